"""Where the characters of one PDF page stand: spans to rectangles, and points to characters."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

Box = tuple[float, float, float, float]


class TextLine(NamedTuple):
    """One line of a page: its segment, and a box in points for each character."""

    segment: int
    boxes: tuple[Box, ...]

    @property
    def bounds(self) -> Box:
        """Around all characters that take room."""
        solid = [b for b in self.boxes if b[2] > b[0]] or list(self.boxes)
        return (
            min(b[0] for b in solid),
            min(b[1] for b in solid),
            max(b[2] for b in solid),
            max(b[3] for b in solid),
        )


def spread(box: Box, length: int) -> tuple[Box, ...]:
    """Boxes for `length` characters of a line of which only the whole box is known."""
    left, top, right, bottom = box
    step = (right - left) / max(1, length)
    return tuple((left + n * step, top, left + (n + 1) * step, bottom) for n in range(length))


def span_box(line: TextLine, start: int, end: int) -> Box | None:
    """One box around characters `start` to `end`; as high as the line, so that marks align."""
    boxes = [b for b in line.boxes[start:end] if b[2] > b[0]]
    if not boxes:
        return None
    bounds = line.bounds
    return min(b[0] for b in boxes), bounds[1], max(b[2] for b in boxes), bounds[3]


def nearest(lines: Sequence[TextLine], x: float, y: float) -> tuple[int, int] | None:
    """Segment and character at a point of the page (points); None on a page without text."""
    best: tuple[float, TextLine] | None = None
    for line in lines:
        if not line.boxes:
            continue
        left, top, right, bottom = line.bounds
        distance = 4 * max(top - y, 0.0, y - bottom) + max(left - x, 0.0, x - right)
        if best is None or distance < best[0]:
            best = (distance, line)
    if best is None:
        return None
    line = best[1]
    for offset, box in enumerate(line.boxes):
        if x < (box[0] + box[2]) / 2:
            return line.segment, offset
    return line.segment, len(line.boxes)


def rising(lines: Sequence[TextLine]) -> Iterator[int]:
    """The segments of a page from top to bottom, for the keys that walk through the text."""
    for line in sorted(lines, key=lambda one: (one.bounds[1], one.bounds[0])):
        yield line.segment
