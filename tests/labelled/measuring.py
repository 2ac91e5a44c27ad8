"""Lays the labels of a paper over the findings of its file: found, missed, false."""

import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from detection import Severity, scan
from detection.finding import Family, Finding
from detection.rulebook import Rulebook
from formats.budget import Budget
from formats.opening import read_stream
from formats.reading import Part, Reading
from tests.labelled.carriers import write
from tests.labelled.classes import Class, classes
from tests.labelled.paper import Grid, Paper
from tests.labelled.template import UNJUDGED, Mark

_BLANK = re.compile(r"\s|\u200b")
_SENTENCE_END = re.compile("[。；;！？]")
_RUNNING = {"body", "table"}
_SEEN = {Part.NAME, Part.BODY, Part.TABLE, Part.CELL}
# A text as long as this stands in no document twice.
_LONG = 12
_OF_PEOPLE = {"numbers", "names", "addresses", "birth", "facts"}
_LOUD = (Severity.STOP, Severity.HIDE, Severity.ASK)


class Spot(NamedTuple):
    """A label in its file: characters of the flat text, and whether it is a personal column's."""

    start: int
    end: int
    kind: str
    severity: Severity
    cell: bool
    where: str
    text: str


Found = list[tuple[Finding, tuple[int, int]]]
"""Findings with their flat spans."""


class Case(NamedTuple):
    """A miss or a false find, for people: the file, the kind, the text and its surroundings."""

    template: str
    kind: str
    text: str
    around: str
    said: str
    cell: bool = False


@dataclass
class Score:
    """Counts of one kind (or group) of label."""

    labels: int = 0
    found: int = 0
    mild: int = 0
    other: int = 0
    finds: int = 0
    false: int = 0

    def add(self, more: "Score") -> None:
        """Sum up."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(more, name))

    @property
    def recall(self) -> float:
        return self.found / self.labels if self.labels else 1.0

    @property
    def precision(self) -> float:
        return 1 - self.false / self.finds if self.finds else 1.0


@dataclass
class Outcome:
    """What one file, or all of them, came to. `alarms` counts hide and stop by rule, `asked`
    ask."""

    kinds: dict[str, Score] = field(default_factory=dict)
    misses: list[Case] = field(default_factory=list)
    falses: list[Case] = field(default_factory=list)
    alarms: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    files: int = 0
    characters: int = 0

    def score(self, kind: str) -> Score:
        return self.kinds.setdefault(kind, Score())

    def add(self, more: "Outcome") -> None:
        """Sum up."""
        for kind, score in more.kinds.items():
            self.score(kind).add(score)
        self.misses += more.misses
        self.falses += more.falses
        self.alarms += more.alarms
        self.asked += more.asked
        self.files += more.files
        self.characters += more.characters


class LostLabel(Exception):
    """A label whose text the file's reading does not hold: the builder is wrong, or the reader."""


class _Flat:
    """The text of all segments without white space, and the way back."""

    def __init__(self, reading: Reading) -> None:
        self.segments = reading.segments
        self.text = ""
        self.starts: list[int] = []
        self._kept: list[list[int]] = []
        pieces, at = [], 0
        for segment in reading.segments:
            kept, piece = [], []
            for c in segment.text:
                kept.append(at)
                if not _BLANK.match(c):
                    piece.append(c)
                    at += 1
            kept.append(at)
            self.starts.append(kept[0])
            self._kept.append(kept)
            pieces.append("".join(piece))
        self.text = "".join(pieces)
        self._begun = set(self.starts)
        self._named = [n for n, s in enumerate(self.segments) if s.place.part is Part.NAME]
        self.places: dict[Any, list[int]] = {}
        for number, segment in enumerate(self.segments):
            self.places.setdefault(segment.place, []).append(number)

    def find(self, bare: str, where: str, at: int) -> int:
        """Where a text of the place `where` begins, from `at` on if it is running text; -1."""
        if where == "name":
            named = (self._within(n, bare) for n in self._named)
            return max(named, default=-1)
        if where in _RUNNING:
            first = self.text.find(bare, at)
            while first >= 0 and not self._leads(first, bare):
                first = self.text.find(bare, first + 1)
            return first if first >= 0 else self.text.find(bare, self.starts[1])
        for number, segment in enumerate(self.segments):
            if segment.place.part not in _SEEN and (place := self._within(number, bare)) >= 0:
                return place
        return -1

    def _within(self, number: int, bare: str) -> int:
        """Where a text stands in a segment; -1."""
        last = number + 1
        high = self.starts[last] if last < len(self.starts) else len(self.text)
        return self.text.find(bare, self.starts[number], high)

    def _leads(self, place: int, bare: str) -> bool:
        """Does a segment begin here? A long text may begin within one."""
        return len(bare) > _LONG or place in self._begun

    def span(self, finding: Finding) -> tuple[int, int]:
        """The flat span of a finding."""
        numbers = self.places[finding.place]
        start, end = finding.span
        for number in numbers:
            text = self.segments[number].text
            if text[start:end] and text[start:end] in finding.text:
                break
        else:
            number = numbers[0]
        kept = self._kept[number]
        last = len(kept) - 1
        return kept[min(start, last)], kept[min(end, last)]

    def segment(self, at: int) -> int:
        """The number of the segment this character is in."""
        return max(n for n, s in enumerate(self.starts) if s <= at)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence, within its segment, around a span."""
        segment = self.segment(start)
        low = self.starts[segment]
        high = self.starts[segment + 1] if segment + 1 < len(self.starts) else len(self.text)
        before = [m.end() for m in _SENTENCE_END.finditer(self.text, low, max(low, start))]
        after = _SENTENCE_END.search(self.text, min(end, high), high)
        return (before[-1] if before else low), (after.end() if after else high)


def _squeezed(text: str, marks: Sequence[Mark]) -> tuple[str, list[tuple[int, int, Mark]]]:
    """The text without white space, and the marks over it."""
    places, count = [], 0
    for c in text:
        places.append(count)
        count += not _BLANK.match(c)
    places.append(count)
    return _BLANK.sub("", text), [(places[m.start], places[m.end], m) for m in marks]


def _spots(paper: Paper, flat: _Flat) -> list[Spot]:
    """The labels of the paper, each at its place in the reading. Raises LostLabel."""
    found: list[Spot] = []
    at = flat.starts[1] if len(flat.starts) > 1 else 0
    known = classes()
    for where, text in paper.texts():
        if not text.marks:
            continue
        bare, marks = _squeezed(text.text, text.marks)
        place = flat.find(bare, where, at)
        if place < 0:
            raise LostLabel(f"{paper.template} ({paper.kind}, {where}): {text.text[:60]}")
        if where in _RUNNING:
            at = place + len(bare)
        for start, end, mark in marks:
            kind = mark.kind.removeprefix("cell-")
            if kind == UNJUDGED:
                severity = Severity.NOTE
            elif mark.severity:
                severity = Severity(mark.severity)
            else:
                severity = known[kind].severity
            spot = Spot(
                place + start, place + end, kind, severity,
                mark.kind.startswith("cell-"), where, bare[start:end],
            )  # fmt: skip
            found.append(spot)
    return found


def measure(paper: Paper, rulebook: Rulebook) -> Outcome:
    """The outcome of one file, which is written, read and examined in memory."""
    name, data = write(paper)
    reading = read_stream(io.BytesIO(data), Budget(), name)
    flat = _Flat(reading)
    outcome = Outcome(files=1, characters=len(flat.text))
    try:
        findings = scan(reading, rulebook)
    except Exception as error:
        error.add_note(f"in {paper.template} as {paper.kind}")
        raise
    spans = [flat.span(f) for f in findings]
    spots = _spots(paper, flat)
    _recall(paper, flat, spots, list(zip(findings, spans, strict=True)), outcome)
    _precision(paper, flat, spots, list(zip(findings, spans, strict=True)), outcome)
    for finding in findings:
        if finding.severity in {Severity.STOP, Severity.HIDE}:
            outcome.alarms[finding.rule] += 1
        elif finding.severity is Severity.ASK:
            outcome.asked[finding.rule] += 1
    return outcome


def _covered(start: int, end: int, spans: Iterable[tuple[int, int]]) -> float:
    seen: set[int] = set()
    for low, high in spans:
        seen.update(range(max(low, start), min(high, end)))
    return len(seen) / max(1, end - start)


def _recall(paper: Paper, flat: _Flat, spots: list[Spot], found: Found, outcome: Outcome) -> None:
    known = classes()
    for spot in spots:
        if spot.kind == UNJUDGED:
            continue
        kind = known[spot.kind]
        over = [
            (f, s)
            for f, s in found
            if (kind.document or (s[0] < spot.end and s[1] > spot.start)) and f.severity in _LOUD
        ]
        right = [(f, s) for f, s in over if kind.takes(f)]
        accepted = [(f, s) for f, s in over if f.family is Family.PERSONAL] if spot.cell else right
        if kind.group == "numbers" and not spot.cell:
            accepted = [(f, s) for f, s in over if _is_number(f)]
        enough = _covered(spot.start, spot.end, (s for _, s in accepted)) >= kind.cover
        if kind.severity is Severity.STOP:
            enough = enough and any(f.severity is Severity.STOP for f, _ in accepted)
        enough = enough or (kind.document and bool(right))
        score = outcome.score(f"cell-{spot.kind}" if spot.cell else spot.kind)
        score.labels += 1
        if enough:
            score.found += 1
            score.mild += all(f.severity.rank > spot.severity.rank for f, _ in accepted)
            score.other += not right
        else:
            said = " ".join(f"{f.rule}:{f.severity.value}" for f, _ in over)
            case = _case(paper, flat, spot.kind, spot.start, spot.end, said)
            outcome.misses.append(case._replace(cell=spot.cell))


def _is_number(finding: Finding) -> bool:
    return any(c.group == "numbers" and c.takes(finding) for c in classes().values())


def _precision(
    paper: Paper, flat: _Flat, spots: list[Spot], found: Found, outcome: Outcome
) -> None:
    tabular = any(isinstance(b, Grid) for b in paper.blocks)
    for finding, (low, high) in found:
        if finding.severity not in _LOUD:
            continue
        for kind in classes().values():
            if not kind.takes(finding) or not _judged(paper, kind):
                continue
            if kind.severity is Severity.STOP is not finding.severity:
                continue  # to ask about prose that names a mark is right
            over = [s for s in spots if s.start < high and s.end > low]
            if any(s.kind == UNJUDGED for s in over) and not any(s.kind == kind.kind for s in over):
                continue
            cell = any(s.cell for s in over) or (
                finding.family is Family.PERSONAL and tabular and _in_grid(flat, low)
            )
            score = outcome.score(f"cell-{kind.kind}" if cell else kind.kind)
            score.finds += 1
            if kind.document:
                good = any(_akin(s, kind) for s in spots)
            elif kind.loose:
                start, end = flat.sentence(low, high)
                good = any(s.start < end and s.end > start and _akin(s, kind) for s in spots)
            else:
                good = any(_akin(s, kind) for s in over)
            if not good:
                score.false += 1
                said = f"{finding.rule}:{finding.severity.value}"
                case = _case(paper, flat, kind.kind, low, high, said)
                outcome.falses.append(case._replace(cell=cell))


def _judged(paper: Paper, kind: Class) -> bool:
    """May a find of this kind be called false in this paper?"""
    return kind.group == "secret" or (paper.full and kind.group != "hidden")


def _akin(spot: Spot, kind: Class) -> bool:
    """Is the label one that a finding of this kind may lie on? Of a group any kind will do."""
    if spot.kind == UNJUDGED:
        return False
    if spot.cell and kind.group in _OF_PEOPLE:
        return True
    return classes()[spot.kind].group == kind.group


def _in_grid(flat: _Flat, at: int) -> bool:
    return flat.segments[flat.segment(at)].place.row is not None


def _case(paper: Paper, flat: _Flat, kind: str, low: int, high: int, said: str) -> Case:
    around = (
        flat.text[max(0, low - 20) : low]
        + "⟦"
        + flat.text[low:high]
        + "⟧"
        + flat.text[high : high + 16]
    )
    return Case(f"{paper.template} [{paper.kind}]", kind, flat.text[low:high], around, said)
