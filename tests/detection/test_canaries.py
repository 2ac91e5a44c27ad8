"""Planted hits: an engine that has gone deaf is noticed before a file is called clean."""

import dataclasses
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import detection
import resources
from detection import canaries, examination, load
from detection.canaries import silent
from detection.expression import Expression
from detection.facts import Fact, Weighed
from detection.report import Status
from detection.rule import Column, Rule
from detection.tagger import Tagged, Tagger
from formats.reading import TroubleCode

NOTHING = Expression("(?!x)x")


def without_heads(rule: Rule) -> tuple[Column, ...]:
    """Columns that no head can speak for; of a rule that knows none by its head, no cells."""
    headed = any(column.header for column in rule.columns)
    return tuple(
        dataclasses.replace(c, header=NOTHING, cell=c.cell if headed else NOTHING)
        for c in rule.columns
    )


def deaf(rule_id: str) -> detection.Rulebook:
    """Our rulebook with one rule that finds nothing any more."""
    book = load()
    rules = [
        dataclasses.replace(
            rule,
            patterns=tuple(dataclasses.replace(p, regex=NOTHING) for p in rule.patterns),
            columns=without_heads(rule),
            words=(),
        )
        if rule.id == rule_id
        else rule
        for rule in book.rules
    ]
    return dataclasses.replace(book, version="deaf", rules=tuple(rules))


def test_every_rule_of_ours_finds_its_own() -> None:
    assert silent(load()) == ()


def test_a_rule_that_went_deaf_is_named() -> None:
    for rule in load().rules:
        if rule.patterns or rule.columns:
            first, *others = silent(deaf(rule.id))
            assert first == rule.id
            # What is worked out from its finds (`undone`) keeps silent with it.
            assert all(not (r.patterns or r.columns) for r in load().rules if r.id in others)


def test_nothing_is_called_clean_by_a_deaf_engine(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text("白石沟镇人民政府关于夏季作息时间的通知", encoding="utf-8")
    assert detection.examine(path, load()).status is Status.READ
    report = detection.examine(path, deaf("id-number"))
    assert report.status is Status.UNREADABLE
    assert report.sha256 is None, "what nobody looked at is not kept"
    (trouble,) = report.troubles
    assert trouble.code is TroubleCode.DEAF
    assert "身份证号码" in trouble.text


def test_rules_that_spoke_are_asked_again_with_the_next_batch_and_deaf_ones_always() -> None:
    sound, broken = load(), deaf("id-number")
    examination.begin_batch()
    assert examination.complaint(sound) == ""
    assert "" not in map(examination.complaint, [broken, broken])
    # The same version, gone deaf in between: who spoke in this batch is believed to its end.
    gone = dataclasses.replace(broken, version=sound.version)
    assert examination.complaint(gone) == ""
    examination.begin_batch()
    assert "身份证号码" in examination.complaint(gone)


def test_a_kind_of_fact_that_is_no_longer_weighed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The patterns of the rule still speak: that is not enough."""

    class WithoutCrime(Weighed):
        def facts(self) -> Iterator[Fact]:
            return (fact for fact in super().facts() if fact.kind != "crime")

    monkeypatch.setattr(canaries, "Weighed", WithoutCrime)
    assert silent(load()) == ("crime-record",)


def test_a_kind_that_is_no_longer_read_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class WithoutNames(Tagger):
        def read(self, lines: Iterable[str]) -> Iterator[Tagged]:
            return (one for one in super().read(lines) if one.kind != "name")

    table = resources.text("rules/tables/tagger_weights.txt")
    monkeypatch.setattr(canaries, "tagger", lambda: WithoutNames(table))
    assert silent(load()) == ("person-in-text",)
    off = dataclasses.replace(load(), reads=False)
    assert silent(off) == (), "what the office switched off need not speak"
