"""Lays the labels of a paper over the findings of its file: found, missed, false."""

import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from detection import Severity, scan
from detection.finding import Family, Finding
from detection.rulebook import Rulebook
from formats.budget import Budget
from formats.opening import read_stream
from tests.labelled.carriers import write
from tests.labelled.classes import Class, classes
from tests.labelled.flat import RUNNING, Flat, squeezed
from tests.labelled.paper import Grid, Paper
from tests.labelled.template import UNJUDGED

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
    ask. `places`: marks of state secrets by where they were put."""

    kinds: dict[str, Score] = field(default_factory=dict)
    places: dict[str, Score] = field(default_factory=dict)
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
        for place, score in more.places.items():
            self.places.setdefault(place, Score()).add(score)
        self.misses += more.misses
        self.falses += more.falses
        self.alarms += more.alarms
        self.asked += more.asked
        self.files += more.files
        self.characters += more.characters


class LostLabel(Exception):
    """A label whose text the file's reading does not hold: the builder is wrong, or the reader."""


def _spots(paper: Paper, flat: Flat) -> list[Spot]:
    """The labels of the paper, each at its place in the reading. Raises LostLabel."""
    found: list[Spot] = []
    at = flat.starts[1] if len(flat.starts) > 1 else 0
    known = classes()
    for where, text in paper.texts():
        if not text.marks:
            continue
        bare, marks = squeezed(text.text, text.marks)
        place = flat.find(bare, where, at)
        if place < 0:
            raise LostLabel(f"{paper.template} ({paper.kind}, {where}): {text.text[:60]}")
        if where in RUNNING:
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
    flat = Flat(reading)
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


def _recall(paper: Paper, flat: Flat, spots: list[Spot], found: Found, outcome: Outcome) -> None:
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
        if paper.place and spot.kind == "secret":
            outcome.places.setdefault(paper.place, Score()).add(Score(1, int(enough)))
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


def _precision(paper: Paper, flat: Flat, spots: list[Spot], found: Found, outcome: Outcome) -> None:
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


def _in_grid(flat: Flat, at: int) -> bool:
    return flat.segments[flat.segment(at)].place.row is not None


def _case(paper: Paper, flat: Flat, kind: str, low: int, high: int, said: str) -> Case:
    around = (
        flat.text[max(0, low - 20) : low]
        + "⟦"
        + flat.text[low:high]
        + "⟧"
        + flat.text[high : high + 16]
    )
    return Case(f"{paper.template} [{paper.kind}]", kind, flat.text[low:high], around, said)
