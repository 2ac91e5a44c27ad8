"""Homes and names in single lines by a hand nothing was ever tuned to or learned from."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from detection import Severity, scan
from detection.dwellings import DWELLING
from detection.linking import PERSON
from detection.rulebook import Rulebook
from formats.reading import Kind, Part, Place, Reading, Segment
from tests.labelled.learning import Span, unmarked
from tests.labelled.measuring import Score

_LINES = Path(__file__).parent / "unseen_lines"
_ENOUGH = 0.6


def lines(rulebook: Rulebook) -> Iterator[str]:
    """The figures as lines for people."""
    for name, score in figures(rulebook).items():
        yield f"{name}：标注 {score.labels}，查全 {score.recall:.1%}，查准 {score.precision:.1%}"


def figures(rulebook: Rulebook) -> dict[str, Score]:
    """Found and falsely found, of homes and of names; each line is a text of its own."""
    scores = {"住址": Score(), "姓名": Score()}
    for path in sorted(_LINES.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            one = unmarked(line)
            segment = Segment(Place(Part.BODY, paragraph=1), one.text)
            found = [
                f
                for f in scan(Reading(Kind.TXT, (segment,)), rulebook)
                if f.severity is not Severity.NOTE
            ]
            homes = [f.span for f in found if f.rule == DWELLING]
            scores["住址"].add(_score(one.homes, homes))
            scores["姓名"].add(_score(one.names, [f.span for f in found if f.rule == PERSON]))
    return scores


def _score(labels: Sequence[Span], found: Sequence[Span]) -> Score:
    covered = [sum(max(0, min(b, d) - max(a, c)) for c, d in found) for a, b in labels]
    return Score(
        labels=len(labels),
        found=sum(n >= _ENOUGH * (b - a) for n, (a, b) in zip(covered, labels, strict=True)),
        finds=len(found),
        false=sum(not any(a < d and c < b for a, b in labels) for c, d in found),
    )
