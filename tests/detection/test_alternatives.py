"""Expressions written anew match the same, at the same places."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detection import alternatives, load
from detection.alternatives import grouped

PIECES = [e.text for r in load().rules for e in (*r.hit, *r.miss)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("甲乙|甲丙|丁|戊|己|庚|辛|壬|癸", "甲(?:乙|丙)|丁|戊|己|庚|辛|壬|癸"),
        ("甲乙|甲丙|丁", "甲乙|甲丙|丁"),
        (
            "甲|[乙丙]|甲丁|甲戊|己|庚|辛|壬|癸",
            "(?=[甲乙丙己庚辛壬癸])(?:甲|[乙丙]|甲(?:丁|戊)|己|庚|辛|壬|癸)",
        ),
        (
            "甲?乙|甲丙|甲丁|戊|己|庚|辛|壬|癸",
            "(?=[甲乙戊己庚辛壬癸])(?:甲?乙|甲(?:丙|丁)|戊|己|庚|辛|壬|癸)",
        ),
        (
            r"(?<!子)(?:甲\)|甲[)|]|丁|戊|己|庚|辛|壬|癸)",
            r"(?<!子)(?:甲(?:\)|[)|])|丁|戊|己|庚|辛|壬|癸)",
        ),
    ],
)
def test_ways_that_begin_alike_are_put_together(expression: str, expected: str) -> None:
    assert grouped(expression) == expected


def test_before_many_ways_their_two_next_characters_are_looked_for() -> None:
    ways = "一甲|二乙|(?:三|四)丙|[五六]丁{1,2}|七{0,1}八戊|九(?![己庚])己|十庚|百辛|千壬|万癸"
    ways += "|子鼠|丑牛|寅虎|卯兔|辰龙|巳蛇|午马"
    found = grouped(ways)
    assert found.startswith("(?=[一二三四五六七八九十百千万子丑寅卯辰巳午][甲乙丙丁八戊己庚")
    assert found.endswith(f"(?:{ways})")


def test_before_all_that_begins_with_groups_stands_a_look_beyond_them() -> None:
    words = "(?:甲乙|丙丁)(?:戊|己)|(?:庚|辛)壬癸|一二三|四五六|七八九|子丑寅"
    look = "(?=[甲丙庚辛一四七子][乙丁壬二五八丑][戊己癸三六九寅])"
    assert grouped(words) == f"{look}(?:{words})"
    assert grouped(f"(?!甲乙庚)(?:{words})") == f"{look}(?:(?!甲乙庚)(?:{words}))"


@pytest.mark.parametrize("way", ["", "十{0,3}", "[^十]十", r"\d十", "(?:十|)", "(?i:a)十"])
def test_where_anything_may_come_first_there_is_no_look_ahead(way: str) -> None:
    ways = "|".join("一二三四五六七八九甲乙丙丁戊己庚辛壬癸")
    assert grouped(f"{ways}|{way}") == f"{ways}|{way}"


@given(
    st.lists(
        st.from_regex(r"\A([子丑]|\(\?:[寅卯](\|辰)?\)|\[巳午未\]){1,3}(\{0,1\}|\{1,2\})?\Z"),
        min_size=1,
        max_size=4,
    ),
    st.text("甲乙子丑寅卯辰巳午", max_size=30),
)
def test_the_same_is_matched_behind_a_look_ahead(some: list[str], text: str) -> None:
    ways = "|".join([*(f"{c}子" for c in "甲乙丙丁戊己庚辛壬癸一二三四五六七"), *some])
    assert [m.span() for m in re.finditer(grouped(ways), text)] == [
        m.span() for m in re.finditer(ways, text)
    ]


@given(
    st.lists(st.text("甲乙丙", max_size=4), min_size=9, max_size=14),
    st.text("甲乙丙丁", max_size=30),
)
def test_the_same_is_matched(ways: list[str], text: str) -> None:
    expression = "|".join(ways)
    assert [m.span() for m in re.finditer(grouped(expression), text)] == [
        m.span() for m in re.finditer(expression, text)
    ]


def test_our_patterns_match_the_same() -> None:
    text = "\x00".join(PIECES)
    anew = 0
    for rule in load().rules:
        for pattern in rule.patterns:
            plain = re.compile(pattern.regex.pattern)
            anew += plain.pattern != pattern.regex.compiled.pattern
            found = [m.span() for m in pattern.regex.finditer(text)]
            assert found == [m.span() for m in plain.finditer(text)], rule.id
    assert anew > 50


LOOKING = [
    (rule.id, written)
    for rule in load().rules
    for pattern in rule.patterns
    for written in sorted({pattern.regex.pattern, pattern.regex.compiled.pattern})
    if written.startswith(("(?=", "(?!"))
]


@pytest.mark.parametrize(("rule", "pattern"), LOOKING, ids=lambda v: v if len(v) < 40 else "")
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_look_ahead_refuses_nothing_that_is_matched(
    data: st.DataObject, rule: str, pattern: str
) -> None:
    # Without it the pattern matches the same: it only says sooner that nothing is there.
    behind = _behind_its_look(pattern)
    text = data.draw(st.from_regex(behind))
    one, other = re.search(pattern, text), re.search(behind, text)
    assert other is not None
    assert one is not None, rule
    assert one.span() == other.span(), rule


def _behind_its_look(pattern: str) -> str:
    deep = 0
    for at, token in enumerate(alternatives._TOKEN.findall(pattern)):
        deep += (token[0] == "(") - (token == ")")
        if not deep:
            return "".join(alternatives._TOKEN.findall(pattern)[at + 1 :])
    raise AssertionError(pattern)
