"""Where patterns may begin: the short way finds what a search from the left finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection import load
from detection.rule import Over, Zone
from detection.runs import Runs
from detection.search import Search, Sought
from detection.starts import Beginnings, beginnings_of

PATTERNS = [
    *(p.regex for r in load().rules for p in r.patterns),
    *(c.header for r in load().rules for c in r.columns if c.header),
]
SEARCH = Search([Sought(0, number, regex) for number, regex in enumerate(PATTERNS)])
PIECES = [text for r in load().rules for e in (*r.hit, *r.miss) for text in [e.text]]
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), st.integers(0, 40))
def test_the_short_way_finds_what_a_search_finds(pieces: list[str], cut: int) -> None:
    text = ("\x00" + "\x00".join(pieces).translate({0x27E6: None, 0x27E7: None}))[cut:]
    found = {
        t.subject: [m.span() for m in t.matches(text)] for t in SEARCH.find(text, Runs(text)).tries
    }
    for number, pattern in enumerate(PATTERNS):
        assert found.get(number, []) == [m.span() for m in pattern.finditer(text)]


def test_few_patterns_are_searched_for_through_the_whole_text() -> None:
    """Each costs as much as a tenth of all others together; a gate must be shut on most text."""
    slow = {
        rule.id
        for rule in load().rules
        for p in rule.patterns
        if p.over is Over.TEXT and p.zone is Zone.ANY and not p.linked
        if beginnings_of(p.regex.pattern) is None
    }
    assert slow <= {"email", "state-secret-mark"}


def test_a_pattern_of_figures_is_tried_where_so_many_stand_before_the_mark() -> None:
    pattern = re.compile("(?:[0-9]{4}年)?[0-9]{1,2}月")
    search = Search([Sought(0, "day", pattern), Sought(1, "number", re.compile("号[0-9]{3}"))])
    text = "12026年3月5日，编号123456，20月"
    tries = search.find(text, Runs(text)).tries
    assert [(t.rule, t.subject, t.places) for t in tries] == [
        (0, "day", [1, 6, 20, 21]),
        (1, "number", [12]),
    ]


def test_what_begins_with_one_character_is_tried_where_its_words_stand() -> None:
    """One character is in every text; that it goes on as it must is seldom."""
    search = Search([Sought(0, "home", re.compile("在[一-鿿]{1,4}(?=居住|暂住)"))])
    tried = [
        [t.places for t in search.find(text, Runs(text)).tries]
        for text in ("他在沟口，她在山顶", "他在沟口，她在山顶居住")
    ]
    assert tried == [[], [[1, 6]]]


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
        (f"[(〔【](?P<value>[{STEMS}][{BRANCHES}])", {a + b for a in "(〔【" for b in STEMS}),
        ("[^甲]乙丙", None),
        ("(?i)ab甲", None),
        ("[0-2]甲", {"0甲", "1甲", "2甲"}),
        ("甲?", None),
    ],
)
def test_beginnings_are_read_off_the_pattern(pattern: str, expected: set[str] | None) -> None:
    begins = beginnings_of(pattern)
    assert begins == (None if expected is None else Beginnings(frozenset(expected), {}))


@pytest.mark.parametrize(
    ("pattern", "heads", "figures"),
    [
        ("[0-9]{4}年", set(), {"年": (4,)}),
        ("[0-9][0-9]{0,1}(?:[0-9]{2}年|[月.])", set(), {"年": (3, 4), "月": (1, 2), ".": (1, 2)}),
        ("20[0-9]{1,3}+(?![0-9])[-/]甲", set(), {"-": (3, 4, 5), "/": (3, 4, 5)}),
        (
            "甲乙|丙[0-9]{2}丁|[0-9]{4}年",
            {"甲乙", *(f"丙{n:02}丁" for n in range(100))},
            {"年": (4,)},
        ),
    ],
)
def test_figures_are_read_off_the_pattern(
    pattern: str, heads: set[str], figures: dict[str, tuple[int, ...]]
) -> None:
    assert beginnings_of(pattern) == Beginnings(frozenset(heads), figures)


@pytest.mark.parametrize(
    "pattern",
    [
        "(?:19|20)[0-9]{2}(?:年|甲)?",
        "[0-9]{1,40}年",
        "[0-9]{3}[^0-9]",
        "甲乙|[0-9]{3}",
        "、|[0-9]{4}年",
        "[^甲]|[0-9]{4}年",
    ],
)
def test_what_comes_behind_the_figures_must_be_known(pattern: str) -> None:
    assert beginnings_of(pattern) is None
