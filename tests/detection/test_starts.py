"""Where patterns may begin: the short way finds what a search from the left finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection import load
from detection.runs import Runs
from detection.search import Search, Sought
from detection.starts import figures_of, starts_of

PATTERNS = [
    *(p.regex for r in load().rules for p in r.patterns),
    *(c.header for r in load().rules for c in r.columns if c.header),
]
SEARCH = Search([Sought(0, number, regex) for number, regex in enumerate(PATTERNS)])
PIECES = [text for r in load().rules for e in (*r.hit, *r.miss) for text in [e.text]]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), st.integers(0, 40))
def test_the_short_way_finds_what_a_search_finds(pieces: list[str], cut: int) -> None:
    text = ("\x00" + "\x00".join(pieces).translate({0x27E6: None, 0x27E7: None}))[cut:]
    found = {
        t.subject: [m.span() for m in t.matches(text)] for t in SEARCH.find(text, Runs(text)).tries
    }
    for number, pattern in enumerate(PATTERNS):
        assert found.get(number, []) == [m.span() for m in pattern.finditer(text)]


def test_the_beginnings_of_most_patterns_are_known() -> None:
    told = [p for p in PATTERNS if starts_of(p) is not None or figures_of(p) is not None]
    assert len(told) > 0.8 * len(PATTERNS)


def test_a_pattern_of_figures_is_tried_where_so_many_stand_before_the_mark() -> None:
    pattern = re.compile("(?:[0-9]{4}年)?[0-9]{1,2}月")
    search = Search([Sought(0, "day", pattern), Sought(1, "number", re.compile("号[0-9]{3}"))])
    text = "12026年3月5日，编号123456，20月"
    tries = search.find(text, Runs(text)).tries
    assert [(t.rule, t.subject, t.places) for t in tries] == [
        (0, "day", [1, 6, 20, 21]),
        (1, "number", [12]),
    ]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("(?:甲|乙丙)丁", {"甲丁", "乙丙丁"}),
        ("(?<!子)甲(?=乙)", {"甲"}),
        ("甲?乙丙{2}", {"甲乙丙丙", "乙丙丙"}),
        ("[甲乙]丙丁戊己", {"甲丙丁戊", "乙丙丁戊"}),
        ("(?P<value>甲丁乙{0,3})丙", {"甲丁丙", "甲丁乙"}),
        ("[秘机][ \\t]{0,9}+密", {f"{a}{b}" for a in "秘机" for b in " \t密"}),
        ("甲{2,3}乙", {"甲甲乙", "甲甲甲乙"}),
        ("甲{2,4}乙", {"甲甲乙", "甲甲甲"}),
        ("(?:甲|甲乙?)丙丁", {"甲丙丁", "甲乙丙丁"}),
        ("[。;],甲?", {"。,甲", "。,", ";,甲", ";,"}),
        ("[0-9],", None),
        ("[^甲]乙丙", None),
        ("(?i)ab甲", None),
        ("[0-9]{4}甲", None),
        ("[0-2]甲", {"0甲", "1甲", "2甲"}),
        ("甲?", None),
        ("19[0-9]{2}年", None),
    ],
)
def test_beginnings_are_read_off_the_pattern(pattern: str, expected: set[str] | None) -> None:
    assert starts_of(re.compile(pattern)) == (None if expected is None else frozenset(expected))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("[0-9]{4}年", {"年": (4,)}),
        ("[0-9][0-9]{0,1}(?:[0-9]{2}年|[月.])", {"年": (3, 4), "月": (1, 2), ".": (1, 2)}),
        ("20[0-9]{1,3}+(?![0-9])[-/]甲", {"-": (3, 4, 5), "/": (3, 4, 5)}),
        ("(?:19|20)[0-9]{2}(?:年|甲)?", None),
        ("(?:甲|[0-9])年", None),
        ("[0-9]{1,40}年", None),
        ("[0-9]{3}[^0-9]", None),
        ("[0-9Xx]年", None),
    ],
)
def test_figures_are_read_off_the_pattern(
    pattern: str, expected: dict[str, tuple[int, ...]] | None
) -> None:
    assert figures_of(re.compile(pattern)) == expected
