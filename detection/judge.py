"""Judges one match: how it lies, what the text around it says, what arithmetic says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from detection import masks
from detection.cell_parts import facts_in
from detection.checks import CHECKS, Check, Checked
from detection.dates import DATE_CHECKS
from detection.finding import Finding, Severity
from detection.grids import Cell, squeeze
from detection.name_cells import names_in
from detection.names import NAME_CHECKS
from detection.normal import plain
from detection.place_pieces import tells_a_house
from detection.rule import (
    TABULAR,
    Allowed,
    Column,
    Context,
    Effect,
    Pattern,
    Rule,
    Where,
    Zone,
)
from detection.setting import Around, Setting
from detection.sheaf import Sheaf
from formats.reading import Segment

DOUBTFUL = 0.55
"""Below this certainty nothing is hidden without asking: `hide` becomes `ask`."""

# Asked for every hit, by names of our own: a member is looked up ten times as slowly.
_ANYWHERE, _ANYHOW = Zone.ANY, Where.ANY
_DROP, _RAISE = Effect.DROP, Effect.RAISE
_HIDE = Severity.HIDE

_CHECKS: dict[str, Check] = {**CHECKS, **NAME_CHECKS, **DATE_CHECKS}
_LONGEST_CELL = 200
_NAMES = "person_name"


class Hit(NamedTuple):
    """A finding and the segment it is `at` (its index in the reading)."""

    at: int
    finding: Finding


@dataclass(slots=True)
class _Verdict:
    severity: Severity
    certainty: float
    named: bool = False
    valid: bool | None = None
    reason: str = ""
    article: str = ""

    def hear(self, contexts: Sequence[Context], around: Around) -> bool:
        """What the text around it says; False where that drops it."""
        for context in contexts:
            text = around.look(context.scope, context.within)
            if not text or not context.regex.search(text):
                continue
            if context.effect is _DROP:
                return False
            self.named = self.named or context.effect is _RAISE
            self.severity = context.severity or self.severity
            if context.certainty is not None:
                self.certainty = context.certainty
        return True

    def take(self, outcome: Checked) -> None:
        """What arithmetic says: the check digit, and no more certainty than it gives."""
        self.valid = outcome.valid
        self.certainty = min(self.certainty, outcome.certainty)


class Judge:
    """Turns matches into hits; keeps what it learns of the reading's tables and heads."""

    def __init__(
        self, segments: Sequence[Segment], allowed: Mapping[str, Mapping[str, Allowed]]
    ) -> None:
        self.segments = segments
        self._allowed = allowed
        self.setting = Setting(segments)
        self._asked: dict[tuple[str, str, bool], tuple[Context, ...]] = {}

    def hits(
        self,
        rule: Rule,
        pattern: Pattern,
        sheaf: Sheaf,
        start: int,
        end: int,
        because: str = "",
    ) -> Iterator[Hit]:
        """The findings for the flat span `start:end`: none, one, or one a segment it lies in.

        `because`: a sentence that says why just this is one; it follows the rule's reason.
        """
        pieces = sheaf.pieces(start, end)
        if not pieces:
            return
        index, span = pieces[0]
        if pattern.zone is not _ANYWHERE and not self.setting.zone(pattern.zone, index, span[0]):
            return
        if pattern.where is not _ANYHOW and not self.setting.lies(pattern.where, sheaf, start, end):
            return
        # Where not even a name beside it would make it such a number, nothing is looked at.
        whole = sheaf.text[start:end]
        check = _CHECKS[rule.check] if rule.check else None
        best = check(whole, named=True) if check else None
        if check and best is None:
            return
        tabular = self.segments[index].place.row is not None
        verdict = _Verdict(
            pattern.severity or rule.severity,
            rule.certainty if pattern.certainty is None else pattern.certainty,
            reason=pattern.reason,
            article=pattern.article,
        )
        contexts = self._contexts(rule, pattern, tabular=tabular)
        if contexts and not verdict.hear(contexts, Around(self.setting, sheaf, start, end, index)):
            return
        if pattern.named and not verdict.named:
            return
        if check:
            outcome = best if verdict.named else check(whole, named=False)
            if outcome is None or (pattern.valid and not outcome.valid):
                return
            verdict.take(outcome)
        if len(pieces) == 1:
            raw = self.segments[index].text[span[0] : span[1]]
        else:
            raw = "".join(self.segments[i].text[s[0] : s[1]] for i, s in pieces)
        for index, span in pieces:
            yield Hit(index, self._finding(rule, index, span, raw, verdict, because))

    def _contexts(self, rule: Rule, pattern: Pattern, *, tabular: bool) -> tuple[Context, ...]:
        """The contexts of a rule that say something of what a pattern finds."""
        key = rule.id, pattern.name, tabular
        known = self._asked.get(key)
        if known is None:
            known = self._asked[key] = tuple(
                context
                for context in rule.contexts
                if (tabular or context.scope not in TABULAR)
                and (not context.patterns or pattern.name in context.patterns)
            )
        return known

    @staticmethod
    def fits(rule: Rule, column: Column, text: str) -> bool:
        """Whether a normalised text could stand in such a column, were there no head."""
        bare = squeeze(text)
        if not _in_form(column, bare):
            return False
        if rule.check == _NAMES:
            return bool(names_in(text, named=False))
        return not rule.check or _CHECKS[rule.check](bare, named=True) is not None

    def cell(self, cell: Cell, rule: Rule, column: Column) -> Iterator[Hit]:
        """The finding for a cell whose column says what it holds; of names one each."""
        index, first = cell.segment, cell.start
        text = self.segments[index].text[first : cell.end]
        if rule.check == _NAMES:
            yield from self._names(cell, text[:_LONGEST_CELL], rule, column)
            return
        for start, end in facts_in(text[:_LONGEST_CELL], partial(_in_form, column)):
            verdict = _told(rule, column)
            if rule.check:
                # A cell in bad form is still what its column says.
                found = _CHECKS[rule.check](squeeze(text[start:end]), named=True)
                verdict.take(found or Checked(0.6, valid=False))
            span = (first + start, first + end)
            yield Hit(index, self._finding(rule, index, span, text[start:end], verdict))

    def _names(self, cell: Cell, text: str, rule: Rule, column: Column) -> Iterator[Hit]:
        if not _in_form(column, squeeze(text)):
            return
        for start, end, outcome in names_in(text, named=True):
            verdict = _told(rule, column)
            verdict.take(outcome)
            span = (cell.start + start, cell.start + end)
            found = self._finding(rule, cell.segment, span, text[start:end], verdict)
            yield Hit(cell.segment, found)

    def column(self, head: Cell, rule: Rule, of: Rule, count: int) -> Hit:
        """The finding for a whole column, at its head: `of` says what its `count` cells are."""
        index, found = self.at(rule, head.segment, (head.start, head.end))
        reason = f"这一列是“{of.label}”，共 {count} 格。{of.reason}{rule.reason}"
        return Hit(index, found._replace(reason=reason, basis=of.article))

    def at(self, rule: Rule, index: int, span: tuple[int, int]) -> tuple[int, Finding]:
        """What a rule finds at characters `span` of segment `index`, as the rule judges it."""
        text = self.segments[index].text[slice(*span)]
        verdict = _Verdict(rule.severity, rule.certainty)
        return index, self._finding(rule, index, span, text, verdict)

    def _finding(
        self,
        rule: Rule,
        index: int,
        span: tuple[int, int],
        text: str,
        verdict: _Verdict,
        because: str = "",
    ) -> Finding:
        segment = self.segments[index]
        severity = verdict.severity
        right = rule.pairs.get(plain(text)) if rule.pairs else None
        shown = right or masks.masked(rule.suggest, text)
        if severity is _HIDE and verdict.certainty < DOUBTFUL:
            severity = Severity.ASK
        reason = (verdict.reason or rule.reason) + because
        if right:
            reason = f"{reason}应为“{shown}”。"
        known = self._allowed.get(rule.id)
        exception = known.get(squeeze(plain(text))) if known else None
        if exception is not None:
            severity = Severity.NOTE
            reason = f"本单位规定的例外：{exception.reason}。"
        return Finding(
            rule=rule.id,
            family=rule.family,
            severity=severity,
            place=segment.place,
            span=span,
            text=text,
            masked=masks.safe(text if rule.pairs or rule.suggest == "delete" else shown),
            visible=segment.visible,
            certainty=round(verdict.certainty * segment.certainty, 4),
            valid=verdict.valid,
            reason=reason,
            basis=verdict.article or rule.article,
            suggest=shown,
            whole=text.strip() == segment.text.strip(),
        )


def _told(rule: Rule, column: Column) -> _Verdict:
    certainty = rule.certainty if column.certainty is None else column.certainty
    return _Verdict(column.severity or rule.severity, certainty, named=True)


def _in_form(column: Column, text: str) -> bool:
    """The cell's text is of the form that the column's rule asks for."""
    if not column.cell.fullmatch(text) or (column.skip and column.skip.search(text)):
        return False
    if column.holds is not None and column.holds.search(text) is None:
        return False
    return not column.placed or tells_a_house(text)
