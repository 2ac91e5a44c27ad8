"""No text makes a rule slow: each pattern is fed what it almost matches, over and over."""

import time
from collections.abc import Callable

import pytest

from detection import Severity, load, scan
from detection.attacks import attacks, cost
from detection.examination import troubles_of
from detection.proof import MOST
from detection.rule import Rule
from formats.reading import Kind, Part, Place, Reading, Segment, TroubleCode

PATTERNS = [(rule, number) for rule in load().rules for number in range(len(rule.patterns))]


@pytest.mark.parametrize(("rule", "number"), PATTERNS, ids=lambda v: getattr(v, "id", str(v)))
def test_no_pattern_runs_away(rule: Rule, number: int) -> None:
    """Five times the promise: what is slow by nature is so a hundredfold. `bench` measures it."""
    pattern = rule.patterns[number]
    for text in attacks(rule, pattern):
        assert cost(pattern, text) < MOST or cost(pattern, text, times=5) < MOST, text[:40]


@pytest.mark.parametrize(
    "piece",
    [
        "500114199003070016 ",
        "13800138000/",
        "秘密★10年",
        "秘密 ",
        "内部资料 ",
        "姓名 身份证号 ",
        "1",
        "1 ",
        "1-",
        "\u200b1",
        "密级：",
        "（征求意见稿）",
        "a@b.",
    ],
)
def test_a_scan_of_nothing_but_hits_stays_linear(piece: str) -> None:
    def seconds(characters: int) -> float:
        text = (piece * (characters // len(piece) + 1))[:characters]
        reading = Reading(Kind.TXT, (Segment(Place(Part.BODY, paragraph=1), text),))
        began = time.process_time()
        scan(reading, load())
        return time.process_time() - began

    # The best of several: a machine busy with something else must not look like a slow rule.
    small = seconds(20_000)
    assert any(seconds(80_000) < 12 * small + 0.5 for _ in range(4))


def test_many_lines_of_nothing_but_hits_stay_linear() -> None:
    for line in ("秘密", "机密★5年", "13800138000", "500114199003", "覃小满，身份证号"):
        segments = tuple(Segment(Place(Part.BODY, paragraph=n), line) for n in range(20_000))
        began = time.process_time()
        scan(Reading(Kind.TXT, segments), load())
        assert time.process_time() - began < 12


def test_a_rule_that_takes_too_long_is_a_finding_and_a_trouble() -> None:
    segments = tuple(Segment(Place(Part.BODY, paragraph=n), "电话13800138000") for n in range(3))
    found = scan(Reading(Kind.TXT, segments), load(), rule_seconds=0.0)
    unfinished = [f for f in found if f.rule == "unfinished-rule"]
    assert {f.masked for f in unfinished} >= {"手机号码"}
    assert all(f.severity is Severity.ASK and f.place.part is Part.BODY for f in unfinished)
    assert [t.code for t in troubles_of(unfinished)] == [TroubleCode.TIMEOUT] * len(unfinished)


def _rows(count: int) -> tuple[Segment, ...]:
    return tuple(
        Segment(Place(Part.BODY, paragraph=n), f"村民 姓名 覃小满 {n}") for n in range(count)
    )


def _wide(count: int) -> tuple[Segment, ...]:
    return tuple(
        Segment(Place(Part.CELL, sheet="表", row=1, column=n), "姓名") for n in range(1, count)
    )


def _deep(count: int) -> tuple[Segment, ...]:
    return tuple(
        Segment(Place(Part.CELL, sheet="表", row=n, column=n % 3 + 1), "配偶")
        for n in range(1, count)
    )


def _boxes(count: int) -> tuple[Segment, ...]:
    return tuple(
        Segment(
            Place(Part.BODY, page=1, paragraph=n, box=(n % 7, n / 7, n % 7 + 3, n / 7 + 1)), "1"
        )
        for n in range(count)
    )


@pytest.mark.parametrize("made", [_rows, _wide, _deep, _boxes])
def test_no_list_is_more_than_the_sum_of_its_cells(
    made: Callable[[int], tuple[Segment, ...]],
) -> None:
    def seconds(count: int) -> float:
        reading = Reading(Kind.TXT, made(count))
        began = time.process_time()
        scan(reading, load())
        return time.process_time() - began

    small = seconds(2_000)
    assert any(seconds(8_000) < 12 * small + 0.5 for _ in range(4))
