"""Turns the examples of the packs and of the tests into readings, and findings into marked text."""

from collections.abc import Iterable

from detection.finding import Finding
from detection.naming import SIGNS
from detection.rule import Example
from detection.runs import Runs
from detection.search import Search, Signs
from formats.reading import Kind, Part, Place, Reading, Segment

OPEN, CLOSE = "⟦", "⟧"
UNSEEN = {
    Part.COMMENT,
    Part.DELETION,
    Part.HIDDEN,
    Part.PROPERTY,
    Part.HIDDEN_SHEET,
    Part.HIDDEN_ROW,
    Part.HIDDEN_COLUMN,
}


def lines(text: str, part: Part = Part.BODY) -> Reading:
    """A reading with one segment a line, all of one part."""
    sheet = "台账" if part in {Part.HIDDEN_SHEET, Part.CELL} else None
    return Reading(
        Kind.TXT,
        tuple(
            Segment(
                Place(part, paragraph=number, sheet=sheet),
                line,
                visible=part not in UNSEEN,
            )
            for number, line in enumerate(text.split("\n"), 1)
        ),
    )


def grid(rows: Iterable[Iterable[str]], part: Part = Part.CELL) -> Reading:
    """A reading of one sheet (or, for TABLE, one table), a segment a cell that is not empty."""
    segments = []
    for row, cells in enumerate(rows, 1):
        for column, text in enumerate(cells, 1):
            if text:
                place = Place(
                    part,
                    sheet="名单" if part is Part.CELL else None,
                    table=1 if part is Part.TABLE else None,
                    cell=f"{chr(64 + column)}{row}" if part is Part.CELL else None,
                    row=row,
                    column=column,
                )
                segments.append(Segment(place, text))
    return Reading(Kind.XLSX, tuple(segments))


def example_reading(example: Example) -> Reading:
    """The reading of an example, its marks taken out."""
    return lines(example.bare, Part(example.part))


def marked(reading: Reading, findings: Iterable[Finding]) -> str:
    """The text of `reading`, a line a segment, with each finding's span between marks."""
    spans: dict[Place, list[tuple[int, int]]] = {}
    for finding in findings:
        spans.setdefault(finding.place, []).append(finding.span)
    out = []
    for segment in reading.segments:
        text = segment.text
        for start, end in sorted(spans.get(segment.place, []), reverse=True):
            text = text[:start] + OPEN + text[start:end] + CLOSE + text[end:]
        out.append(text)
    return "\n".join(out)


def signs_of(text: str) -> Signs:
    """Where what speaks of names stands in a normalised text."""
    return Search((), signs=SIGNS).find(text, Runs(text)).signs
