"""Runs all rules over the sheaves of a reading, each rule timed and bounded."""

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from detection.expression import Expression
from detection.finding import Family
from detection.grids import may_be_head, squeeze
from detection.heads import Speech
from detection.judge import Hit, Judge
from detection.rule import Column, Over, Pattern, Rule
from detection.rulebook import Rulebook
from detection.runs import Runs
from detection.search import Search, Signs, Try
from detection.sheaf import Sheaf
from formats.reading import Segment

# Processor seconds one rule may use: on a busy machine waiting is not the rule's fault.
_BASE_SECONDS = 5.0
_SECONDS_A_CHARACTER = 2e-5
_CLOCK = 256
"""The clock is looked at once in so many finds."""

# A word lies as any hit does, wherever it stands.
_WORD = Pattern(Expression(""), name="word")

_HEAD_CELL = 100
_CLAIMS = 0.85
_rule = attrgetter("rule")


class Pass:
    """What reading sheaf after sheaf finds: `hits`, and in `heads`, by segment, what heads say.

    `unfinished`: the rules (their numbers) that ran out of time, and the segment they came to.
    """

    def __init__(
        self,
        segments: Sequence[Segment],
        rulebook: Rulebook,
        judge: Judge,
        *,
        characters: int,
        rule_seconds: float | None,
    ) -> None:
        self.hits: list[Hit] = []
        self.heads: dict[int, list[Speech]] = {}
        self.unfinished: dict[int, int] = {}
        self._segments = segments
        self._rules = rulebook.rules
        self._searches = rulebook.searches
        self._judge = judge
        usual = _BASE_SECONDS + _SECONDS_A_CHARACTER * characters
        self._limit = usual if rule_seconds is None else rule_seconds
        self._seconds = [0.0] * len(rulebook.rules)

    def text(self, sheaf: Sheaf, *, tabular: bool) -> Signs:
        """Read a sheaf for what may stand anywhere; for heads only where there are tables.

        What speaks of names in it is for whoever looks for them.
        """
        signs = self._read(sheaf, self._searches.text)
        if tabular:
            self._read_heads(sheaf)
        return signs

    def flow(self, sheaf: Sheaf) -> Signs:
        """Read a sheaf of paragraphs put together of lines, for what is said of persons."""
        return self._read(sheaf, self._searches.text, Family.PERSONAL)

    def front(self, sheaf: Sheaf) -> None:
        """Read a sheaf of edges and heads for what is found there alone."""
        self._read(sheaf, self._searches.front)

    def chain(self, sheaf: Sheaf) -> None:
        """A number in several cells: only what is found over more than one of them is new."""
        runs = Runs(sheaf.text)
        for rule in self._rules:
            for pattern in rule.patterns:
                if pattern.over is Over.NUMBERS:
                    for span in _in_runs(pattern, sheaf.text, runs):
                        hits = list(self._judge.hits(rule, pattern, sheaf, *span))
                        self.hits.extend(hits if len(hits) > 1 else ())

    def _read(self, sheaf: Sheaf, search: Search[Pattern], only: Family | None = None) -> Signs:
        runs = Runs(sheaf.text)
        found = search.find(sheaf.text, runs)
        claimed: set[tuple[int, int]] = set()
        began = time.process_time()
        for number, tries in groupby(found.tries, _rule):
            if number in self.unfinished or only not in {None, self._rules[number].family}:
                continue
            hits = self._matches(self._rules[number], tries, sheaf, runs, claimed)
            for count, hit in enumerate(hits):
                self.hits.append(hit)
                if count % _CLOCK == 0 and self._left(number) < time.process_time() - began:
                    self.unfinished[number] = hit.at
                    break
            began = self._spent(number, began, sheaf)
        for rule, start, end in found.words if only is None else ():
            self.hits.extend(self._judge.hits(self._rules[rule], _WORD, sheaf, start, end))
        return found.signs

    def _read_heads(self, sheaf: Sheaf) -> None:
        found = self._searches.heads.find(sheaf.text, Runs(sheaf.text))
        began = time.process_time()
        for number, tries in groupby(found.tries, _rule):
            if number in self.unfinished:
                continue
            for attempt in tries:
                for match in attempt.matches(sheaf.text):
                    self._head(self._rules[number], attempt.subject, sheaf, match.start())
            began = self._spent(number, began, sheaf)

    def _left(self, number: int) -> float:
        return self._limit - self._seconds[number]

    def _spent(self, number: int, began: float, sheaf: Sheaf) -> float:
        """Book the time of a rule; the time now, at which the next begins."""
        now = time.process_time()
        self._seconds[number] += now - began
        if self._left(number) < 0 and number not in self.unfinished:
            self.unfinished[number] = sheaf.indices[-1]
        return now

    def _matches(
        self,
        rule: Rule,
        tries: Iterable[Try[Pattern]],
        sheaf: Sheaf,
        runs: Runs,
        claimed: set[tuple[int, int]],
    ) -> Iterator[Hit]:
        """The hits of one rule. What a number surely is, no later rule for numbers asks again."""
        for attempt in tries:
            pattern = attempt.subject
            if pattern.over is Over.NUMBERS:
                for span in _in_runs(pattern, sheaf.text, runs, claimed):
                    for hit in self._judge.hits(rule, pattern, sheaf, *span):
                        if hit.finding.certainty >= _CLAIMS:
                            claimed.add(span)
                        yield hit
                continue
            group = _group(pattern)
            for match in attempt.matches(sheaf.text):
                start, end = match.span(group)
                if end > start:
                    yield from self._judge.hits(rule, pattern, sheaf, start, end)

    def _head(self, rule: Rule, column: Column, sheaf: Sheaf, start: int) -> None:
        index = sheaf.index(start)
        segment = self._segments[index]
        if segment.place.row is None or segment.place.column is None:
            return
        text = squeeze(segment.text[:_HEAD_CELL])
        if len(segment.text) > _HEAD_CELL or not may_be_head(text):
            return
        if column.not_header is not None and column.not_header.search(text):
            return
        said = self.heads.setdefault(index, [])
        if (rule, column) not in said:
            said.append((rule, column))


def _in_runs(
    pattern: Pattern, text: str, runs: Runs, claimed: Collection[tuple[int, int]] = ()
) -> Iterator[tuple[int, int]]:
    """The flat spans in runs of digits where `pattern` matches, but for those `claimed`."""
    group, search = _group(pattern), pattern.regex.search
    for first, last in runs.of(*pattern.digits):
        if (first, last) in claimed:
            continue
        # Some more: an area code in brackets before, a check letter and a kind after.
        match = search(text, max(0, first - 6), last + 6)
        while match is not None:
            if (span := match.span(group)) not in claimed:
                yield span
            free = max(match.end(), match.start() + 1)
            match = search(text, free, last + 6)


def _group(pattern: Pattern) -> str | int:
    return "value" if "value" in pattern.regex.groups else 0
