"""What the window asks of a file: a stretch of its segments, a picture of a page.

Light twins of what `formats.pdf` makes, because that room loads pdfium, and pdfium belongs into a
child and not into the window's own process.
"""

from typing import NamedTuple

from formats.reading import Kind, Segment


class View(NamedTuple):
    """A stretch of a file's segments, of `total` in all."""

    kind: Kind
    segments: tuple[Segment, ...]
    total: int
    pages: int | None


class PageImage(NamedTuple):
    """A drawn page: `data` is RGB888, rows packed, `width * height * 3` bytes."""

    width: int
    height: int
    data: bytes

    def __repr__(self) -> str:
        """Size only."""
        return f"PageImage({self.width} x {self.height})"


class LineBoxes(NamedTuple):
    """A box (left, top, right, bottom) for each character of line `paragraph` of a PDF page.

    Points from the page's top left corner. A character without ink may have an empty box.
    """

    paragraph: int
    boxes: tuple[tuple[float, float, float, float], ...]

    def around(self, span: tuple[int, int]) -> tuple[float, float, float, float]:
        """The box that holds the characters `span`; empty if they have no ink."""
        inked = [box for box in self.boxes[span[0] : span[1]] if box[2] > box[0]]
        if not inked:
            return (0.0, 0.0, 0.0, 0.0)
        lefts, tops, rights, bottoms = zip(*inked, strict=True)
        return (min(lefts), min(tops), max(rights), max(bottoms))
