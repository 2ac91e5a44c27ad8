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
