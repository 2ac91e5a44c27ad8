"""Where the characters of one page stand: spans to rectangles, and points to characters."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from formats.reading import Part
from gui.widgets.document_blocks import DOUBT, ems
from gui.widgets.document_parts import framed, on_page
from gui.widgets.document_text import ShownText

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


def spread(box: Box, text: str) -> tuple[Box, ...]:
    """Boxes for the characters of a line of which only the whole box is known.

    A Chinese character takes the room of about two letters or digits.
    """
    left, top, right, bottom = box
    unit = (right - left) / max(0.5, ems(text))
    found = []
    for character in text:
        wide = unit * ems(character)
        found.append((left, top, left + wide, bottom))
        left += wide
    return tuple(found)


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


class PageTexts:
    """Which segments stand on which page: those that are seen, and those that are framed there.

    A framed one (under a box, outside the print, a comment) counts only while its part is opened.
    """

    def __init__(self, text: ShownText | None = None, shown: frozenset[Part] = frozenset()) -> None:
        self._text = text or ShownText()
        self._shown = shown
        self._on: dict[int, list[int]] = {}
        self._framed: dict[int, list[int]] = {}

    def grow(self, fresh: Iterable[int]) -> None:
        """More of the text has been read."""
        for index in fresh:
            segment = self._text.segments[index]
            page = segment.place.page
            if page is None:
                continue
            if on_page(segment):
                self._on.setdefault(page, []).append(index)
            elif framed(segment):
                self._framed.setdefault(page, []).append(index)

    def placed(self, page: int, measured: Mapping[int, tuple[Box, ...]]) -> list[TextLine]:
        """The lines of a page; `measured` are the boxes that came with its picture, by line."""
        found = []
        for index in (*self._on.get(page, ()), *self.framed(page)):
            segment = self._text.segments[index]
            place = segment.place
            printed = segment.visible and place.part is Part.BODY
            boxes = measured.get(place.paragraph or 0) if printed else None
            if boxes is None or len(boxes) != len(segment.text):
                boxes = spread(place.box or (0, 0, 0, 0), segment.text)
            if boxes:
                found.append(TextLine(index, boxes))
        return found

    def framed(self, page: int) -> list[int]:
        """What is opened on this page though its letters are not seen there."""
        found = self._framed.get(page, ())
        return [i for i in found if self._text.segments[i].place.part in self._shown]

    def doubtful(self, page: int) -> list[int]:
        """What was recognised from the picture and is not certain."""
        return [i for i in self._on.get(page, ()) if self._text.segments[i].certainty < DOUBT]

    def box(self, index: int) -> Box:
        """The whole box of a segment that stands on a page."""
        return self._text.segments[index].place.box or (0, 0, 0, 0)
