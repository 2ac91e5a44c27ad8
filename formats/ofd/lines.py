"""Runs of text to lines with their place on the page and whether a reader sees them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from formats.ofd.drawing import Box, Drawn, Run, share
from formats.reading import Part

POINTS = 72 / 25.4
NOTES = {
    Part.INVISIBLE_TEXT: "不显示、透明、字太小、裁掉或与底色相同",
    Part.COVERED_TEXT: "被图形或图片盖住",
    Part.OFF_PAGE: "在页面可见范围以外",
}
# Millimetres; about two points.
_TINY = 0.7
# Gaps in parts of the size: a space, another column.
_SPACE, _COLUMN = 0.35, 1.6


class Line(NamedTuple):
    """One line of a page in reading order; `box` in points."""

    text: str
    part: Part
    box: Box
    note: str


def lines(runs: Sequence[Run], drawn: Sequence[Drawn], page: Box) -> list[Line]:
    """All lines, from top to bottom and from left to right, seen and unseen."""
    parts = [(run, _part(run, drawn, page)) for run in runs]
    found: list[Line] = []
    for row in _rows(parts):
        found += _joined(row)
    return found


def _part(run: Run, drawn: Sequence[Drawn], page: Box) -> Part:
    if share(run.box, page) < 0.2:
        return Part.OFF_PAGE
    if run.faint or run.size < _TINY:
        return Part.INVISIBLE_TEXT
    if any(d.covers and d.order > run.order and share(run.box, d.box) > 0.9 for d in drawn):
        return Part.COVERED_TEXT
    if run.white and not _on_dark(run, drawn):
        return Part.INVISIBLE_TEXT
    return Part.BODY


def _on_dark(run: Run, drawn: Sequence[Drawn]) -> bool:
    """White text is seen on a picture or on an area of another colour."""
    under = [d for d in drawn if d.order < run.order and not d.faint]
    below = [d for d in under if share(run.box, d.box) > 0.5]
    return bool(below) and not below[-1].white


def _rows(parts: Sequence[tuple[Run, Part]]) -> Iterator[list[tuple[Run, Part]]]:
    """Runs that stand on one line, each row from left to right."""
    row: list[tuple[Run, Part]] = []
    for one in sorted(parts, key=lambda p: (p[0].box[1] + p[0].box[3], p[0].box[0])):
        if row and not _level(row[-1][0].box, one[0].box):
            yield sorted(row, key=lambda p: p[0].box[0])
            row = []
        row.append(one)
    if row:
        yield sorted(row, key=lambda p: p[0].box[0])


def _level(one: Box, other: Box) -> bool:
    both = min(one[3], other[3]) - max(one[1], other[1])
    return both > 0.5 * min(one[3] - one[1], other[3] - other[1])


def _joined(row: Sequence[tuple[Run, Part]]) -> Iterator[Line]:
    """Neighbours of one kind as one line; a wide gap is another column."""
    some: list[Run] = []
    kind = Part.BODY
    for run, part in row:
        gap = run.box[0] - some[-1].box[2] if some else 0.0
        if some and (part is not kind or run.note != some[-1].note or gap > _COLUMN * run.size):
            yield _line(some, kind)
            some = []
        some.append(run)
        kind = part
    if some:
        yield _line(some, kind)


def _line(some: Sequence[Run], part: Part) -> Line:
    text = ""
    for at, run in enumerate(some):
        if at and run.box[0] - some[at - 1].box[2] > _SPACE * run.size:
            text += " "
        text += run.text
    box = (
        min(r.box[0] for r in some),
        min(r.box[1] for r in some),
        max(r.box[2] for r in some),
        max(r.box[3] for r in some),
    )
    note = "，".join(x for x in (NOTES.get(part, ""), some[0].note) if x)
    return Line(text.strip(), part, points(box), note)


def points(box: Box) -> Box:
    """Millimetres to points."""
    left, top, right, bottom = (round(side * POINTS, 2) for side in box)
    return (left, top, right, bottom)
