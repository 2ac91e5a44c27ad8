"""Expressions written anew match the same, at the same places."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection import alternatives, load
from detection.alternatives import grouped

PIECES = [e.text for r in load().rules for e in (*r.hit, *r.miss)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("甲乙|甲丙|丁|戊|己|庚|辛|壬|癸", "甲(?:乙|丙)|丁|戊|己|庚|辛|壬|癸"),
        ("甲乙|甲丙|丁", "甲乙|甲丙|丁"),
        ("甲|[乙丙]|甲丁|甲戊|己|庚|辛|壬|癸", "甲|[乙丙]|甲(?:丁|戊)|己|庚|辛|壬|癸"),
        ("甲?乙|甲丙|甲丁|戊|己|庚|辛|壬|癸", "甲?乙|甲(?:丙|丁)|戊|己|庚|辛|壬|癸"),
        (
            r"(?<!子)(?:甲\)|甲[)|]|丁|戊|己|庚|辛|壬|癸)",
            r"(?<!子)(?:甲(?:\)|[)|])|丁|戊|己|庚|辛|壬|癸)",
        ),
    ],
)
def test_ways_that_begin_alike_are_put_together(expression: str, expected: str) -> None:
    assert grouped(expression) == expected


@given(
    st.lists(st.text("甲乙丙", max_size=4), min_size=9, max_size=14),
    st.text("甲乙丙丁", max_size=30),
)
def test_the_same_is_matched(ways: list[str], text: str) -> None:
    expression = "|".join(ways)
    assert [m.span() for m in re.finditer(grouped(expression), text)] == [
        m.span() for m in re.finditer(expression, text)
    ]


def test_our_patterns_match_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    from detection import expression, rulebook

    text = "\x00".join(PIECES)
    ours = load()
    monkeypatch.setattr(expression, "grouped", lambda plain: plain)
    plain = rulebook._load.__wrapped__(())
    assert alternatives.grouped is grouped
    for rule, other in zip(ours.rules, plain.rules, strict=True):
        for one, two in zip(rule.patterns, other.patterns, strict=True):
            found = [m.span() for m in one.regex.finditer(text)]
            assert found == [m.span() for m in two.regex.finditer(text)], rule.id
