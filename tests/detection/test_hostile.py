"""No text makes a rule slow: each pattern is fed what it almost matches, over and over."""

import re
import time
from collections.abc import Callable
from functools import cache

import pytest

from detection import Severity, load, scan
from detection.examination import troubles_of
from detection.expression import Expression
from detection.rule import Pattern, Rule
from formats.reading import Kind, Part, Place, Reading, Segment, TroubleCode
from tests.detection.examples import bare

SIZE = 350_000
"""Characters: about 1 MB of Chinese text in UTF-8."""

PLAIN = re.compile(r"[\s\S]")
"""A search that stops at every character: 34 ms where the promise for a pattern is 50."""

MOST = 50 / 34
"""So many times as long as PLAIN a pattern may take: the promise, on any machine."""

PATTERNS = [(rule, number) for rule in load().rules for number in range(len(rule.patterns))]


def attacks(rule: Rule, pattern: Pattern) -> list[str]:
    """Beginnings of what the rule hits, repeated to SIZE; and the pattern's own characters."""
    samples = [bare(e.text) for e in (*rule.hit[:3], *rule.miss[:2])]
    cut = [text[: max(1, len(text) * 2 // 3)] for text in samples]
    literals = "".join(c for c in pattern.regex.pattern if "一" <= c <= "鿿")
    pieces = [*samples, *cut, literals, literals[:1], " ", "1", "1 ", "密 ", "秘 ", "12-", "a@"]
    return [(p * (SIZE // len(p) + 1))[:SIZE] for p in pieces if p]


@pytest.mark.parametrize(("rule", "number"), PATTERNS, ids=lambda v: getattr(v, "id", str(v)))
def test_no_pattern_runs_away(rule: Rule, number: int) -> None:
    pattern = rule.patterns[number]
    for text in attacks(rule, pattern):
        # The best of several: a machine busy with something else must not look like a slow rule.
        assert seconds(pattern.regex, text) < MOST * plain_seconds() or any(
            seconds(pattern.regex, text) < MOST * seconds(PLAIN, text) for _ in range(5)
        ), text[:40]


def seconds(searched: Expression | re.Pattern[str], text: str) -> float:
    """Of processor time for one search through all of `text`."""
    began = time.process_time()
    for _ in searched.finditer(text):
        pass
    return time.process_time() - began


@cache
def plain_seconds() -> float:
    """What PLAIN takes here and now at its best."""
    return min(seconds(PLAIN, "检" * SIZE) for _ in range(5))


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
