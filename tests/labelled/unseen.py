"""Homes, names and facts in single lines by hands nothing was ever tuned to or learned from."""

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from detection import Severity, scan
from detection.dwellings import DWELLING
from detection.fact_sight import HOME, KINDS
from detection.finding import Finding
from detection.linking import PERSON
from detection.rulebook import Rulebook
from formats.reading import Kind, Part, Place, Reading, Segment
from tests.labelled.measuring import Score
from tests.labelled.told import Span, Told, told

_LINES = Path(__file__).parent / "unseen_lines"
_FACTS = Path(__file__).parent / "unseen_facts"
_FULL = Path(__file__).parent / "unseen_full"
_ENOUGH = 0.6
_NAMES = {"h": "住址", "n": "姓名"}
_RULES = {"h": DWELLING, "n": PERSON}


def lines(rulebook: Rulebook) -> Iterator[str]:
    """The figures as lines for people."""
    for name, score in figures(rulebook).items():
        yield f"{name}：标注 {score.labels}，查全 {score.recall:.1%}，查准 {score.precision:.1%}"


def figures(rulebook: Rulebook) -> dict[str, Score]:
    """Found and falsely found, of homes, names and each kind of fact; each line is a text of its
    own. Of a fact it is enough that a find lies on it: where one begins nobody can say."""
    scores = {name: Score() for name in _NAMES.values()}
    for line, found in chain(_read(_LINES, rulebook), _read(_FULL, rulebook)):
        for mark, name in _NAMES.items():
            spans = [f.span for f in found if f.rule == _RULES[mark]]
            scores[name].add(_score(line.spans.get(mark, ()), spans, _ENOUGH))
    for line, found in chain(_read(_FACTS, rulebook), _read(_FULL, rulebook)):
        for kind, rule in KINDS.items():
            if kind == HOME:
                continue
            spans = [f.span for f in found if f.rule == rule]
            score = scores.setdefault(rulebook.label(rule), Score())
            score.add(_score(line.spans.get(kind, ()), spans, 0))
    return scores


def _read(folder: Path, rulebook: Rulebook) -> Iterator[tuple[Told, list[Finding]]]:
    """Each line, and what is found in it."""
    for path in sorted(folder.glob("*.txt")):
        for one in told(path):
            segment = Segment(Place(Part.BODY, paragraph=1), one.text)
            found = scan(Reading(Kind.TXT, (segment,)), rulebook)
            yield one, [f for f in found if f.severity is not Severity.NOTE]


def _score(labels: Sequence[Span], found: Sequence[Span], enough: float) -> Score:
    """`enough`: the share of a label that finds must lie on."""
    covered = [sum(max(0, min(b, d) - max(a, c)) for c, d in found) for a, b in labels]
    both = zip(covered, labels, strict=True)
    return Score(
        labels=len(labels),
        found=sum(n > 0 and n >= enough * (b - a) for n, (a, b) in both),
        finds=len(found),
        false=sum(not any(a < d and c < b for a, b in labels) for c, d in found),
    )
