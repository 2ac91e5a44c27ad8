"""Lines are read: the heaviest spans are found, wherever the line stands among others."""

import random
from itertools import product

import pytest

from detection import tagger as room
from detection.tagger import DIGIT, EDGE, PAIRED, SINGLES, STEP, ZERO, Tagged, Tagger, tagger

_SIGNS = "甲乙丙0|"
_OUTSIDE, _BEGINS, _GOES_ON = range(3)
_NEVER = -(10**6)
_NEVER_FOLLOWS = {(_OUTSIDE, _GOES_ON), (_BEGINS, _BEGINS), (_GOES_ON, _BEGINS)}


class Drawn:
    """A table with weights drawn by chance, and how it is meant."""

    def __init__(self, seed: int) -> None:
        choose = random.Random(seed)
        self.bias = [choose.randint(-9, 3) for _ in range(2)]
        self.steps = [choose.randint(-300, 300) for _ in range(9)]
        pairs = [one + two for one in _SIGNS for two in _SIGNS]
        self.of_one = {c: self._drawn(choose, len(SINGLES)) for c in choose.sample(_SIGNS, 3)}
        self.of_two = {c: self._drawn(choose, len(PAIRED)) for c in choose.sample(pairs, 9)}

    @staticmethod
    def _drawn(choose: random.Random, places: int) -> list[tuple[int, int]]:
        return [(choose.randint(-9, 9), choose.randint(-9, 9)) for _ in range(places)]

    def table(self) -> str:
        rows = ["kinds one", "bias " + " ".join(map(str, self.bias))]
        rows.append("steps one " + " ".join(map(str, self.steps)))
        for size, known in ((1, self.of_one), (2, self.of_two)):
            for signs, places in sorted(known.items()):
                letters = "".join(chr(ZERO + weight) for both in places for weight in both)
                rows.append(f"{size} {signs} {letters}")
        return "\n".join(rows)

    def weighs(self, line: str, labels: tuple[int, ...]) -> int:
        """What a row of labels over a line without an end of a sentence weighs."""
        reach = SINGLES[-1]
        signs = EDGE * reach + "".join(DIGIT if c.isdigit() else c for c in line) + EDGE * reach
        total = 0
        for at, label in enumerate(labels):
            if at:
                step = self.steps[labels[at - 1] * 3 + label]
                total += _NEVER if (labels[at - 1], label) in _NEVER_FOLLOWS else step
            elif label == _GOES_ON:
                total += _NEVER
            if label == _OUTSIDE:
                continue
            total += STEP * self.bias[label - 1]
            for n, offset in enumerate(SINGLES):
                place = at + reach + offset
                total += STEP * self._at(self.of_one, signs[place], n, label)
            for n, offset in enumerate(PAIRED):
                place = at + reach + offset
                total += STEP * self._at(self.of_two, signs[place : place + 2], n, label)
        return total

    @staticmethod
    def _at(known: dict[str, list[tuple[int, int]]], signs: str, place: int, label: int) -> int:
        return known[signs][place][label - 1] if signs in known else 0


def labels_of(line: str, found: list[Tagged]) -> tuple[int, ...]:
    labels = [_OUTSIDE] * len(line)
    for one in found:
        labels[one.start : one.end] = [_BEGINS, *[_GOES_ON] * (one.end - one.start - 1)]
    return tuple(labels)


@pytest.mark.parametrize("seed", range(60))
def test_no_other_spans_weigh_more(seed: int) -> None:
    drawn, choose = Drawn(seed), random.Random(seed)
    read = Tagger(drawn.table())
    lines = ["".join(choose.choices("甲乙丙7丁", k=choose.randint(1, 6))) for _ in range(20)]
    for line in lines:
        found = list(read.read([line]))
        ways = product(range(3), repeat=len(line))
        best = max(drawn.weighs(line, labels) for labels in ways)
        assert drawn.weighs(line, labels_of(line, found)) == best
        if len(found) == 1:
            assert found[0].score == best - drawn.weighs(line, (_OUTSIDE,) * len(line))


@pytest.mark.parametrize("seed", range(10))
def test_a_line_is_read_alike_among_others(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    choose = random.Random(seed)
    words = [
        "家住",
        "白石沟镇",
        "双碾坝村",
        "3组",
        "覃小满",
        "村民",
        "患",
        "尿毒症",
        "，",
        "。",
        "9岁",
    ]
    lines = ["".join(choose.choices(words, k=choose.randint(0, 14))) for _ in range(40)]
    each = [
        one._replace(line=number)
        for number, line in enumerate(lines)
        for one in tagger().read([line])
    ]
    assert list(tagger().read(lines)) == each
    assert any(each)
    monkeypatch.setattr(room, "_AT_ONCE", 50)
    assert list(tagger().read(lines)) == each


def test_no_span_lies_over_the_end_of_a_sentence() -> None:
    line = "覃小满家住白石沟镇双碾坝村3组。白石沟镇双碾坝村4组骆青山患尿毒症;" * 3
    found = list(tagger().read([line]))
    assert {"name", "home", "health"} <= {one.kind for one in found}
    assert not any(mark in line[one.start : one.end - 1] for one in found for mark in "。;")


def test_a_very_long_line_is_read_piece_by_piece() -> None:
    line = "村民覃小满住白石沟镇双碾坝村3组老屋" + "，村里的路修好了" * 4000
    found = list(tagger().read([line + "，村民骆青山患尿毒症"]))
    names = [one for one in found if one.kind == "name"]
    assert (names[0].start, names[-1].end > len(line)) == (2, True)


def test_what_no_table_can_name_is_read_too() -> None:
    assert list(tagger().read(["", "\t", "𠮷𠮷𠮷。", "。;", "\x01"])) == []


def test_an_age_says_whether_somebody_is_a_child() -> None:
    child, old = tagger().read(["覃小满，女，9岁"]), tagger().read(["覃小满，女，39岁"])
    assert "minor" in {one.kind for one in child}
    assert "minor" not in {one.kind for one in old}
