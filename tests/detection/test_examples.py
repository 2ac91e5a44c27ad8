"""Every rule: the texts of its pack that it must hit, with exact spans, and those it must not."""

import pytest

from detection import Family, load, scan
from detection.rule import Example, Rule
from tests.detection.examples import example_reading, marked

RULES = load().rules
HITS = [(rule, example) for rule in RULES for example in rule.hit]
MISSES = [(rule, example) for rule in RULES for example in rule.miss]


def named(pair: tuple[Rule, Example]) -> str:
    return f"{pair[0].id}-{pair[1].part}-{pair[0].hit.index(pair[1]) if pair in HITS else 'miss'}"


@pytest.mark.parametrize("pair", HITS, ids=named)
def test_hits_exactly(pair: tuple[Rule, Example]) -> None:
    rule, example = pair
    reading = example_reading(example)
    found = [f for f in scan(reading, load(), read=False) if f.rule == rule.id]
    assert marked(reading, found) == example.text
    severity = example.severity or rule.severity
    assert {f.severity for f in found} == {severity}


@pytest.mark.parametrize("pair", HITS, ids=named)
def test_reading_the_line_takes_nothing_away(pair: tuple[Rule, Example]) -> None:
    """It may draw the bounds otherwise, or know what is said by another rule's name."""
    rule, example = pair
    reading = example_reading(example)
    with_it = [f for f in scan(reading, load()) if f.family is rule.family]
    for known in (f for f in scan(reading, load(), read=False) if f.rule == rule.id):
        start, end = known.span
        beside = [f.span for f in with_it if f.place == known.place]
        assert start == end or any(a < end and start < b for a, b in beside), known.text


@pytest.mark.parametrize("pair", MISSES, ids=named)
def test_leaves_alone(pair: tuple[Rule, Example]) -> None:
    rule, example = pair
    reading = example_reading(example)
    assert marked(reading, [f for f in scan(reading, load()) if f.rule == rule.id]) == example.text


def test_every_rule_shows_what_it_hits_and_what_not() -> None:
    for rule in RULES:
        if rule.family is not Family.HIDDEN and rule.patterns:
            assert rule.hit, rule.id
            assert rule.miss, rule.id


def test_every_rule_says_why_and_under_which_article() -> None:
    for rule in RULES:
        assert rule.reason.endswith("。"), rule.id
        assert rule.article, rule.id
        assert rule.label, rule.id
