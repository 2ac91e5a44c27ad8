"""Weights are fitted to what was seen."""

import random

from tests.labelled.fitting import Case, table


def _weights(cases: list[Case]) -> dict[str, int]:
    return {f: int(w) for w, f in (line.split(" ", 1) for line in table(cases, drawn=1))}


def test_what_decides_weighs_and_what_does_not_is_left_out() -> None:
    chance = random.Random(7)
    cases = []
    for _ in range(2000):
        told, noise = chance.random() < 0.3, chance.random() < 0.5
        seen = ("told",) * told + ("noise",) * noise
        cases.append(Case((seen,), 0 if chance.random() < (0.9 if told else 0.1) else None, 1))
    weights = _weights(cases)
    # ln(9) before the pull to nothing, and twice that for what tells.
    assert -240 < weights["bias"] < -190
    assert 380 < weights["told"] < 460
    assert abs(weights.get("noise", 0)) < 40


def test_the_shorter_reading_does_not_speak_against_the_longer() -> None:
    """Both have the same words before them; only one of them can be right."""
    both = [Case((("label", "short"), ("label", "long")), 1, 1) for _ in range(50)]
    none = [Case((("short",), ("long",)), None, 1) for _ in range(50)]
    weights = _weights([*both, *none])
    assert weights["label"] > 200
    assert weights["long"] > 0 > weights["short"]


def test_a_thing_seen_too_seldom_has_no_weight() -> None:
    cases = [Case((("rare",),), 0, 1)] * 3 + [Case((("often",),), None, 1)] * 9
    assert "rare" not in _weights(cases)
