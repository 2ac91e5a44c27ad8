"""Where patterns may begin: the short way finds what a search from the left finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection import load
from detection.rule import Over
from detection.starts import Starts, matches, starts_of

PATTERNS = [
    *(p.regex for r in load().rules for p in r.patterns if p.over is Over.TEXT),
    *(c.header for r in load().rules for c in r.columns if c.header),
]
STARTS = Starts(PATTERNS)
PIECES = [text for r in load().rules for e in (*r.hit, *r.miss) for text in [e.text]]


def found(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    places = STARTS.find(text).begun.get(id(pattern), [])
    return [m.span() for m in matches(pattern, text, places)]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), st.integers(0, 40))
def test_the_short_way_finds_what_a_search_finds(pieces: list[str], cut: int) -> None:
    text = ("\x00" + "\x00".join(pieces).translate({0x27E6: None, 0x27E7: None}))[cut:]
    for pattern in PATTERNS:
        if id(pattern) in STARTS.known:
            assert found(pattern, text) == [m.span() for m in pattern.finditer(text)]


def test_most_patterns_have_known_beginnings() -> None:
    assert len(STARTS.known) > 0.5 * len(PATTERNS)


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
