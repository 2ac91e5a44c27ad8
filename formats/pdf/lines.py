"""The text lines of a page, with boxes, and which of them a reader sees.

A line is cut where visibility changes, so each piece is a line of its own with its own number. The
reader and `boxes` share this walk: number and span mean the same in both.
"""

import ctypes
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from formats.pdf.document import Box, Frame, opened, page_of
from formats.pdf.layers import off_layer_names
from formats.pdf.layout import Line, laid_out
from formats.pdf.objects import PageObjects, Scanner
from formats.pdf.visibility import hidden_characters, off_page
from formats.reading import Part

# pdfium writes these for the hyphen at a line's end that it has joined with the next line.
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\0": " "})
_SIGNS = re.compile("[\x02\ufffe\0]")
# Line ends are cut off before: what is left between two texts of a line is this.
_SPACES = re.compile(r"\s+")
# In line heights: a gap of this width is the border of a cell, even if the page has spaces there.
WIDE, WIDE_SPACES = 0.8, 2.2
_HALF = re.compile("[\ud800-\udfff]")
_ZERO = (0.0, 0.0, 0.0, 0.0)


class LineBoxes(NamedTuple):
    """A box for each character of line `paragraph`: points from the page's top left corner.

    A character without ink, as a space, may have an empty box.
    """

    paragraph: int
    boxes: tuple[Box, ...]

    def around(self, span: tuple[int, int]) -> Box:
        """The box that holds the characters `span`; empty if they have no ink."""
        inked = [b for b in self.boxes[span[0] : span[1]] if b[2] > b[0]]
        if not inked:
            return _ZERO
        return (
            min(b[0] for b in inked),
            min(b[1] for b in inked),
            max(b[2] for b in inked),
            max(b[3] for b in inked),
        )


class PageText:
    """The lines of one pypdfium2 page in the order the page says them."""

    def __init__(self, page: Any, scanner: Scanner) -> None:
        self.frame = Frame(page)
        self.objects: PageObjects = scanner.scan(page)
        self._textpage = page.get_textpage()
        self._count = max(0, pdfium.FPDFText_CountChars(self._textpage.raw))
        self._text = _characters(self._textpage.raw, self._count)
        self._signs = _SIGNS.search(self._text) is not None
        self._halved = _HALF.search(self._text) is not None
        self._loose = pdfium.FS_RECTF()
        self._hidden = (
            hidden_characters(page, self._textpage, self._count, self.objects, scanner)
            if self._text.strip()
            else {}
        )

    def close(self) -> None:
        """Give the memory back to pdfium."""
        self._textpage.close()

    def lines(self) -> list[Line]:
        """The lines that hold more than spaces, numbered in reading order."""
        return laid_out(list(self._found()))

    def _found(self) -> Iterator[Line]:
        number = start = 0
        for raw in self._text.splitlines(keepends=True):
            first, start = start, start + len(raw)
            body = raw.rstrip()
            first += len(body) - len(body.lstrip())
            last = start - len(raw) + len(body)
            if first >= last:
                continue
            box = self._around(first, last)
            for begin, end, part in self._pieces(first, last, box):
                number += 1
                whole = begin == first and end == last
                around = box if whole else self._around(begin, end)
                yield Line(number, self._said(begin, end), begin, end, around, part)

    def _said(self, first: int, last: int) -> str:
        """The text of a line: halves of a character joined, pdfium's own signs replaced."""
        text = self._text[first:last]
        if self._signs:
            text = text.translate(_HYPHENS)
        if self._halved:
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text

    def _pieces(self, first: int, last: int, box: Box) -> list[tuple[int, int, Part]]:
        """The line cut at wide gaps, and where the reason for not being seen changes."""
        found: list[tuple[int, int, Part]] = []
        for begin, end in self._between_gaps(first, last):
            found += self._by_sight(begin, end, box)
        return found

    def _between_gaps(self, first: int, last: int) -> list[tuple[int, int]]:
        """The line cut where the next text stands far off, as in the next cell of a table."""
        text = self._text
        found = []
        for space in _SPACES.finditer(text, first, last):
            before, after = self._char(space.start() - 1), self._char(space.end())
            across = max(after[0] - before[2], before[0] - after[2])
            along = max(after[1] - before[3], before[1] - after[3])
            high = before[3] - before[1] if across >= along else before[2] - before[0]
            written = any(not self._generated(i) for i in range(*space.span()))
            if max(across, along) > high * (WIDE_SPACES if written else WIDE):
                found.append((first, space.start()))
                first = space.end()
        return [*found, (first, last)]

    def _generated(self, index: int) -> bool:
        """Whether pdfium made this space of a gap; the page itself has none here."""
        return bool(pdfium.FPDFText_IsGenerated(self._textpage.raw, index) == 1)

    def _by_sight(self, first: int, last: int, box: Box) -> list[tuple[int, int, Part]]:
        hidden = self._hidden
        outside: list[int] = []
        if box[0] < 0 or box[1] < 0 or box[2] > self.frame.width or box[3] > self.frame.height:
            outside = off_page(self._textpage, first, last, self.frame)
        if not hidden and not outside:
            return [(first, last, Part.BODY)]
        away = set(outside)
        found: list[tuple[int, int, Part]] = []
        for index in range(first, last):
            part = hidden.get(index) or (Part.OFF_PAGE if index in away else Part.BODY)
            # A space has no ink of its own: it belongs to what stands before it.
            if found and (found[-1][2] is part or self._text[index].isspace()):
                found[-1] = (found[-1][0], index + 1, found[-1][2])
            else:
                found.append((index, index + 1, part))
        return found

    def _around(self, first: int, last: int) -> Box:
        start, end = self._char(first), self._char(last - 1)
        left, bottom, right, top = start
        if end != start:
            left, bottom = min(left, end[0]), min(bottom, end[1])
            right, top = max(right, end[2]), max(top, end[3])
        return self.frame.shown(left, bottom, right, top)

    def _char(self, index: int) -> Box:
        rect = self._loose
        if not pdfium.FPDFText_GetLooseCharBox(self._textpage.raw, index, rect):
            return _ZERO
        return (rect.left, rect.bottom, rect.right, rect.top)

    def char_boxes(self, line: Line) -> LineBoxes:
        """A box for each character of a line."""
        text = self._text
        boxes = [
            self.frame.shown(*self._char(i))
            for i in range(line.first, line.last)
            if not (i > line.first and _is_low(text[i]) and _is_high(text[i - 1]))
        ]
        return LineBoxes(line.number, tuple(boxes))


def _characters(textpage: Any, count: int) -> str:
    """The page's text with exactly one code point for each of pdfium's characters.

    pdfium counts a character beyond the basic plane as two; its halves stay apart here.
    """
    buffer = (ctypes.c_ushort * (count * 2 + 2))()
    written = pdfium.FPDFText_GetText(textpage, 0, count, buffer) - 1 if count else 0
    if written == count:
        text = bytes(buffer)[: written * 2].decode("utf-16-le", "surrogatepass")
        return text if len(text) == count else "".join(map(chr, buffer[:count]))
    points = (pdfium.FPDFText_GetUnicode(textpage, i) for i in range(count))
    return "".join(chr(p) if p < 0x110000 else "\ufffd" for p in points)


def _is_high(unit: str) -> bool:
    return "\ud800" <= unit < "\udc00"


def _is_low(unit: str) -> bool:
    return "\udc00" <= unit < "\ue000"


def boxes(path: Path, page: int) -> tuple[LineBoxes, ...]:
    """The character boxes of each line of page `page` (from 1). Raises Unreadable.

    `LineBoxes.paragraph` is the `place.paragraph` of the segments that the reader gives, and a span
    in such a segment counts in `LineBoxes.boxes`.
    """
    with opened(path) as document, page_of(document, page) as leaf:
        text = PageText(leaf, Scanner(off_layer_names(path)))
        try:
            return tuple(text.char_boxes(line) for line in text.lines())
        finally:
            text.close()
