"""Judges one match: how it lies, what the text around it says, what arithmetic says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detection import masks
from detection.checks import CHECKS, Check, Checked
from detection.finding import Finding, Severity
from detection.names import NAME_CHECKS
from detection.normal import plain
from detection.rule import TABULAR, Allowed, Column, Effect, Pattern, Rule, Scope
from detection.setting import Around, Setting
from detection.sheaf import Sheaf
from detection.tables import squeeze
from formats.reading import Segment

DOUBTFUL = 0.55
"""Below this certainty nothing is hidden without asking: `hide` becomes `ask`."""

_CHECKS: dict[str, Check] = {**CHECKS, **NAME_CHECKS}
_LONGEST_CELL = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A finding and the index of its segment in the reading."""

    index: int
    finding: Finding


@dataclass(slots=True)
class _Verdict:
    severity: Severity
    certainty: float
    named: bool = False
    valid: bool | None = None

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

    def hits(
        self, rule: Rule, pattern: Pattern, sheaf: Sheaf, start: int, end: int
    ) -> Iterator[Hit]:
        """The findings for the flat span `start:end`: none, one, or one a segment it lies in."""
        pieces = sheaf.pieces(start, end)
        if not pieces:
            return
        index, span = pieces[0]
        if not self.setting.zone(pattern.zone, index, span[0]):
            return
        if not self.setting.lies(pattern.where, sheaf, start, end):
            return
        # Where not even a name beside it would make it such a number, nothing is looked at.
        whole = sheaf.text[start:end]
        check = _CHECKS[rule.check] if rule.check else None
        best = check(whole, named=True) if check else None
        if check and best is None:
            return
        tabular = self.segments[index].place.row is not None
        around = self.setting.around(sheaf, start, end, index)
        verdict = self._verdict(rule, pattern, around, tabular=tabular)
        if verdict is None:
            return
        if check:
            outcome = best if verdict.named else check(whole, named=False)
            if outcome is None or (pattern.valid and not outcome.valid):
                return
            verdict.take(outcome)
        raw = "".join(self.segments[i].text[s[0] : s[1]] for i, s in pieces)
        for index, span in pieces:
            yield Hit(index, self._finding(rule, index, span, raw, verdict))

    @staticmethod
    def _verdict(rule: Rule, pattern: Pattern, around: Around, *, tabular: bool) -> _Verdict | None:
        verdict = _Verdict(
            pattern.severity or rule.severity,
            rule.certainty if pattern.certainty is None else pattern.certainty,
        )
        seen: dict[Scope, str] = {}
        for context in rule.contexts:
            if context.patterns and pattern.name not in context.patterns:
                continue
            if not tabular and context.scope in TABULAR:
                continue
            text = seen.get(context.scope)
            if text is None:
                text = seen[context.scope] = around.look(context.scope)
            if not text:
                continue
            if context.scope is Scope.BEFORE:
                text = text[-context.within :]
            elif context.scope is Scope.AFTER:
                text = text[: context.within]
            elif context.scope is Scope.AROUND:
                text = around.both(context.within)
            if not context.regex.search(text):
                continue
            if context.effect is Effect.DROP:
                return None
            verdict.named = verdict.named or context.effect is Effect.RAISE
            verdict.severity = context.severity or verdict.severity
            if context.certainty is not None:
                verdict.certainty = context.certainty
        return None if pattern.named and not verdict.named else verdict

    def cell(self, index: int, rule: Rule, column: Column) -> Iterator[Hit]:
        """The finding for a cell whose column's head says what it holds."""
        text = self.segments[index].text
        bare = squeeze(text[:_LONGEST_CELL])
        if not column.cell.fullmatch(bare):
            return
        if column.skip is not None and column.skip.search(bare):
            return
        verdict = _Verdict(
            column.severity or rule.severity,
            rule.certainty if column.certainty is None else column.certainty,
            named=True,
        )
        if rule.check:
            outcome = _CHECKS[rule.check](bare, named=True)
            if outcome is None and rule.check == "person_name":
                return
            # A cell in bad form is still what its column says.
            outcome = outcome or Checked(0.6, valid=False)
            verdict.take(outcome)
        start = len(text) - len(text.lstrip())
        span = (start, len(text.rstrip()))
        yield Hit(index, self._finding(rule, index, span, text[slice(*span)], verdict))

    def _finding(
        self, rule: Rule, index: int, span: tuple[int, int], text: str, verdict: _Verdict
    ) -> Finding:
        segment = self.segments[index]
        severity = verdict.severity
        shown = rule.pairs.get(plain(text)) or masks.masked(rule.suggest, text)
        if severity is Severity.HIDE and verdict.certainty < DOUBTFUL:
            severity = Severity.ASK
        reason = rule.reason
        if rule.pairs:
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
            basis=rule.article,
            suggest=shown,
            whole=text.strip() == segment.text.strip(),
        )
