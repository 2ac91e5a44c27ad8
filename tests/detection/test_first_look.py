"""The glance at surnames: all places of a text at once give what each by itself would."""

import random
import re

import pytest

from detection import arrays, first_look
from detection.arrays import PairTable, codes, figures
from detection.evidence import GIVEN, PAIRS, SURNAME
from detection.name_sight import GLANCE_TAIL, glimpse, glimpse_ahead
from detection.names import DOUBLE
from detection.weights import learned

_WEIGHTS = learned("name_weights.txt")


def _sum(text: str, start: int) -> tuple[int, int]:
    """The sums without and with what stands before, feature by feature."""
    own = sum(_WEIGHTS.get(feature, 0) for feature in glimpse(text[start : start + 2]))
    seen = own + sum(_WEIGHTS.get(f, 0) for f in glimpse_ahead(text[max(start - 2, 0) : start]))
    if text[start - 1 : start + 1] in PAIRS:
        seen += _WEIGHTS[GLANCE_TAIL]
    bias = _WEIGHTS["glance bias"]
    return own + bias, seen + bias


@pytest.mark.parametrize("seed", range(40))
def test_all_places_at_once_are_each_by_itself(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    choose = random.Random(seed)
    words = [*choose.sample(sorted(PAIRS), 60), *choose.sample(sorted(DOUBLE), 6), "\0", "\n", ","]
    singles = [
        *choose.sample(sorted(SURNAME), 30),
        *choose.sample(sorted(GIVEN), 30),
        "𠮷",
        "a",
        "7",
    ]
    text = "\0" + "".join(choose.choices([*words, *singles], k=400))
    wanted = []
    for match in first_look.MAY_BEGIN.finditer(text):
        own, seen = _sum(text, match.start())
        if own >= -380 - 300 and seen >= -380:
            wanted.append(match.start())
    assert list(first_look.starts(text)) == wanted
    assert wanted
    # A text of any length is asked about piece by piece.
    monkeypatch.setattr(first_look, "PIECE", 50)
    first_look.starts.cache_clear()
    assert list(first_look.starts(text)) == wanted


def test_pairs_are_told_apart_from_what_is_none() -> None:
    table = PairTable(["公开", "有关", "开公"])
    text = "公开有关公有开公𠮷公"
    found = table.holds(codes(text)[:-1], codes(text)[1:])
    assert [text[i : i + 2] for i in found.nonzero()[0]] == ["公开", "有关", "开公"]


@pytest.mark.parametrize("text", ["", "7", "a12\0003.14 电话138", "𠮷90𠮷8", "没有"])
@pytest.mark.parametrize("piece", [1, 2, 3, 1 << 18])
def test_digits_that_stand_together(text: str, piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrays, "PIECE", piece)
    assert figures(text) == [match.span() for match in re.finditer("[0-9]+", text)]
