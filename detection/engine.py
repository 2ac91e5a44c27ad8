"""Runs all rules over a reading: one pass, bound in sheaves, gated, timed, overlaps settled."""

import re
import time
from collections.abc import Iterator, Sequence

from detection.chains import chains
from detection.columns import Columns, Promise, Speech
from detection.finding import COLUMN, Family, Finding, Severity
from detection.gates import Gate, is_open
from detection.grids import Cell, Grid, squeeze, tabled
from detection.hidden import hidden_findings
from detection.judge import Hit, Judge
from detection.linking import Linking
from detection.lists import listed
from detection.matters import Matter
from detection.overlap import settle
from detection.people import People
from detection.permitted import OUTSIDE, permitted
from detection.rule import Column, Over, Pattern, Rule, Zone
from detection.rulebook import Rulebook
from detection.runs import Runs
from detection.sheaf import Sheaf, bound, sheaves
from detection.starts import Beginnings, matches
from detection.structure import structural_findings
from detection.undone import undone
from formats.reading import Reading, Segment

# Processor seconds one rule may use: on a busy machine waiting is not the rule's fault.
_BASE_SECONDS = 5.0
_SECONDS_A_CHARACTER = 2e-5
UNFINISHED = "unfinished-rule"

# A word lies as any hit does, wherever it stands.
_WORD = Pattern(re.compile(""), name="word")

_HEAD_CELL = 24
_CLAIMS = 0.85


def scan(
    reading: Reading,
    rulebook: Rulebook,
    *,
    matter: Matter | None = None,
    rule_seconds: float | None = None,
) -> tuple[Finding, ...]:
    """All findings of `rulebook` in `reading`, in the order of its segments.

    A span counts characters in the raw text of the segment at the finding's place. Overlaps are
    settled within a family; findings of different families may lie over each other. A value that
    is split over segments gives one finding a piece, each with the whole value as its text.

    `matter`: the matter the document is published for; its whitelist judges the columns of lists.

    `rule_seconds`: the processor time one rule may use; by default it grows with the text. A rule
    that uses more is stopped and gives a finding of its own (`unfinished-rule`), never silence.
    """
    return _Scan(reading, rulebook, matter, rule_seconds).run()


class _Scan:
    def __init__(
        self,
        reading: Reading,
        rulebook: Rulebook,
        matter: Matter | None = None,
        rule_seconds: float | None = None,
    ) -> None:
        self.segments: Sequence[Segment] = reading.segments
        self.rulebook = rulebook
        self.matter = matter
        self.judge = Judge(self.segments, rulebook.allowed)
        self.hits: list[Hit] = []
        self.people = People()
        self.heads: dict[int, list[Speech]] = {}
        usual = _BASE_SECONDS + _SECONDS_A_CHARACTER * reading.characters
        self.limit = usual if rule_seconds is None else rule_seconds
        self.seconds = [0.0] * len(rulebook.rules)
        self.unfinished: dict[int, int] = {}
        self._present: frozenset[str] = frozenset()
        self._searched = {front: _searched(rulebook.rules, front=front) for front in (False, True)}

    def run(self) -> tuple[Finding, ...]:
        tables = list(tabled(self.segments).values())
        lists = list(listed(self.segments))
        text = list(sheaves(self.segments))
        for sheaf in text:
            self._read(sheaf, front=False, tabular=bool(tables))
            self.people.read(sheaf)
        for chain in chains(self.segments, [*tables, *lists]):
            self._read_chain(chain)
        for sheaf in sheaves(self.segments, self.judge.setting.front):
            self._read(sheaf, front=True, tabular=False)
        self._cells([*tables, *lists])
        self._persons(text)
        found = settle(self.hits)
        rules = self.rulebook.rules
        found.extend(self._undone(found, [*tables, *lists]))
        found = self._by_matter(found, tables)
        found.extend(hidden_findings(self.segments, rules))
        found.extend(structural_findings(self.segments, tables, self.rulebook))
        found.extend(
            (index, self._unfinished(rules[number], index))
            for number, index in self.unfinished.items()
        )
        found.sort(key=lambda pair: (pair[0], pair[1].span, pair[1].rule))
        return tuple(finding for _, finding in found)

    def _cells(self, grids: Sequence[Grid]) -> None:
        """Cells under a head; a head that has none below is a form's label, and speaks sideways."""
        known: dict[tuple[int, str], list[tuple[int, int]]] = {}
        for hit in self.hits:
            known.setdefault((hit.index, hit.finding.rule), []).append(hit.finding.span)
        counts: dict[tuple[Cell, str], int] = {}
        beside: list[Promise] = []
        made: list[Hit] = []
        for promise in Columns(self.rulebook.rules, self.judge.fits).promises(grids, self.heads):
            cell, head, rule = promise.cell, promise.head, promise.rule
            if not promise.above:
                beside.append(promise)
                continue
            found, masked = 0, False
            spans = known.get((cell.segment, rule.id), ())
            if any(start < cell.end and cell.start < end for start, end in spans):
                found = 1
            elif not (masked := _masked(self.segments[cell.segment].text[cell.start : cell.end])):
                hits = list(self.judge.cell(cell, rule, promise.column))
                made.extend(hits)
                found = 1 if hits else 0
            if head is not None and (found or masked):
                # A cell that was masked is still a cell of its column.
                counts[head, rule.id] = counts.get((head, rule.id), 0) + found
        for promise in beside:
            if promise.head is not None and (promise.head, promise.rule.id) not in counts:
                made.extend(self.judge.cell(promise.cell, promise.rule, promise.column))
        self.hits.extend(made)
        for (head, name), count in counts.items():
            if count:
                self.hits.extend(self._column(head, name, count))

    def _column(self, head: Cell, name: str, count: int) -> Iterator[Hit]:
        """One finding for the column, at its head."""
        rule, of = self.rulebook.rule(COLUMN), self.rulebook.rule(name)
        if rule is not None and of is not None:
            yield self.judge.column(head, rule, of, count)

    def _by_matter(
        self, found: list[tuple[int, Finding]], tables: Sequence[Grid]
    ) -> list[tuple[int, Finding]]:
        rule = self.rulebook.rule(OUTSIDE)
        if self.matter is None or rule is None:
            return found
        judged = permitted(tables, found, self.matter)
        known = {index for index, f in judged.found if f.family is Family.PERSONAL}
        for cell, why in judged.outside:
            if cell.segment not in known and self.segments[cell.segment].visible:
                index, new = self.judge.at(rule, cell.segment, (cell.start, cell.end))
                judged.found.append((index, new._replace(reason=why)))
        return judged.found

    def _undone(
        self, found: Sequence[tuple[int, Finding]], grids: Sequence[Grid]
    ) -> list[tuple[int, Finding]]:
        known = {rule.id: rule for rule in self.rulebook.rules}
        return [
            self.judge.at(known[one.rule], one.segment, one.span)
            for one in undone(self.segments, grids, found)
            if one.rule in known
        ]

    def _read_chain(self, chain: Sequence[int]) -> None:
        """A number in several cells: only what is found over more than one of them is new."""
        sheaf = bound(self.segments, chain)
        runs = Runs(sheaf.text)
        for rule in self.rulebook.rules:
            for pattern in rule.patterns:
                if pattern.over is not Over.NUMBERS:
                    continue
                for span in self._spans(pattern, sheaf, runs, {}):
                    hits = list(self.judge.hits(rule, pattern, sheaf, *span))
                    self.hits.extend(hits if len(hits) > 1 else ())

    def _persons(self, text: Sequence[Sheaf]) -> None:
        """Whoever was named in one place is found in all, and with him what is said of him."""
        columns = {rule.id for rule in self.rulebook.rules if rule.check == "person_name"}
        listed: set[tuple[int, int]] = set()
        for hit in self.hits:
            if hit.finding.rule in columns:
                self.people.add(hit.finding.place.member, squeeze(hit.finding.text))
                listed.update((hit.index, at) for at in range(*hit.finding.span))
        people = self.people.named()
        if not people:
            return
        linking = Linking(people, self.rulebook.rules, self.judge, self.rulebook.facts)
        for sheaf in text:
            for hit in linking.read(sheaf):
                # What its column says of a name stands.
                if listed.isdisjoint((hit.index, at) for at in range(*hit.finding.span)):
                    self.hits.append(hit)

    def _read(self, sheaf: Sheaf, *, front: bool, tabular: bool) -> None:
        runs = Runs(sheaf.text)
        begun, words = self.rulebook.starts.find(sheaf.text)
        self._present = self.rulebook.gates.present(sheaf.text)
        claimed: set[tuple[int, int]] = set()
        known = self.rulebook.starts.known
        for number, rule, patterns in self._searched[front]:
            # Of most rules nothing begins in a text: this is told before a clock is read.
            begins = [p for p in patterns if id(p.regex) in begun or id(p.regex) not in known]
            if number in self.unfinished or not (begins or (tabular and rule.columns)):
                continue
            began = time.process_time()
            left = self.limit - self.seconds[number]
            found = self._matches(rule, begins, sheaf, runs, begun, claimed)
            for count, hit in enumerate(found):
                self.hits.append(hit)
                if count % 256 == 0 and time.process_time() - began > left:
                    self.unfinished[number] = hit.index
                    break
            if tabular:
                self._heads(rule, sheaf, begun)
            self.seconds[number] += time.process_time() - began
            if self.seconds[number] > self.limit and number not in self.unfinished:
                self.unfinished[number] = sheaf.indices[-1]
        if not front:
            for start, end, number in words:
                rule = self.rulebook.rules[number]
                self.hits.extend(self.judge.hits(rule, _WORD, sheaf, start, end))

    def _heads(self, rule: Rule, sheaf: Sheaf, begun: Beginnings) -> None:
        for column in rule.columns:
            if column.header is None:
                continue
            for match in self._found(column.header, column.gate, sheaf, begun):
                self._head(rule, column, sheaf, match.start())

    def _found(
        self, regex: re.Pattern[str], gate: Gate, sheaf: Sheaf, begun: Beginnings
    ) -> Iterator[re.Match[str]]:
        """All matches of a pattern over the text, tried only where one can begin."""
        if id(regex) in self.rulebook.starts.known:
            return matches(regex, sheaf.text, begun.get(id(regex), ()))
        return regex.finditer(sheaf.text) if is_open(gate, sheaf.text, self._present) else iter(())

    def _matches(
        self,
        rule: Rule,
        patterns: Sequence[Pattern],
        sheaf: Sheaf,
        runs: Runs,
        begun: Beginnings,
        claimed: set[tuple[int, int]],
    ) -> Iterator[Hit]:
        """The hits of one rule. What a number surely is, no later rule for numbers asks again."""
        for pattern in patterns:
            number = pattern.over is Over.NUMBERS
            for span in self._spans(pattern, sheaf, runs, begun):
                if number and span in claimed:
                    continue
                for hit in self.judge.hits(rule, pattern, sheaf, *span):
                    if number and hit.finding.certainty >= _CLAIMS:
                        claimed.add(span)
                    yield hit

    def _spans(
        self, pattern: Pattern, sheaf: Sheaf, runs: Runs, begun: Beginnings
    ) -> Iterator[tuple[int, int]]:
        """The flat spans where `pattern` matches."""
        text = sheaf.text
        group: str | int = "value" if "value" in pattern.regex.groupindex else 0
        if pattern.over is Over.NUMBERS:
            for first, last in runs.of(*pattern.digits):
                # Some more: an area code in brackets before, a check letter and a kind after.
                match = pattern.regex.search(text, max(0, first - 6), last + 6)
                while match is not None:
                    yield match.span(group)
                    free = max(match.end(), match.start() + 1)
                    match = pattern.regex.search(text, free, last + 6)
            return
        for match in self._found(pattern.regex, pattern.gate, sheaf, begun):
            span = match.span(group)
            if span[1] > span[0]:
                yield span

    def _head(self, rule: Rule, column: Column, sheaf: Sheaf, start: int) -> None:
        index = sheaf.index(start)
        segment = self.segments[index]
        if segment.place.row is None or segment.place.column is None:
            return
        text = segment.text
        if len(text) > _HEAD_CELL or sum(c.isdigit() for c in text) > 3:
            return
        if column.not_header is not None and column.not_header.search(squeeze(text)):
            return
        said = self.heads.setdefault(index, [])
        if (rule, column) not in said:
            said.append((rule, column))

    def _unfinished(self, rule: Rule, index: int) -> Finding:
        segment = self.segments[index]
        return Finding(
            rule=UNFINISHED,
            family=rule.family,
            severity=Severity.ASK,
            place=segment.place,
            span=(0, 0),
            text="",
            masked=rule.label,
            visible=segment.visible,
            certainty=0.0,
            valid=None,
            reason=f"规则“{rule.label}”查得太慢，从这里起没有查完；请人工查看全文。",
            basis=rule.article,
            suggest="",
        )


def _searched(
    rules: Sequence[Rule], *, front: bool
) -> tuple[tuple[int, Rule, tuple[Pattern, ...]], ...]:
    """The rules that look through a text, by their numbers, and the patterns they look for.

    `front`: those that are found at the edges and in the heads alone.
    """
    found = []
    for number, rule in enumerate(rules):
        patterns = tuple(
            p for p in rule.patterns if not p.linked and (p.zone is not Zone.ANY) is front
        )
        if patterns or (rule.columns and not front):
            found.append((number, rule, patterns))
    return tuple(found)


def _masked(text: str) -> bool:
    return "*" in text or "＊" in text
