"""The text lines of a page, with boxes, and which of them a reader sees.

A line is cut at wide gaps and where visibility changes, so each piece is a line of its own with its
own number. The reader and `boxes` share this walk: number and span mean the same in both.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from formats.pdf.content import ANYTHING, Content
from formats.pdf.document import Box, Frame
from formats.pdf.gaps import Gap, gap_of, jumps, repeated, split, turned, union
from formats.pdf.geometry import off_page
from formats.pdf.layout import Line, laid_out, line_of
from formats.pdf.native import is_generated, loose_box, loose_boxes
from formats.pdf.objects import PageObjects, Scanner
from formats.pdf.visibility import Sight
from formats.reading import Part

# pdfium writes these for the hyphen at a line's end that it has joined with the next line.
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\0": " "})
_SIGNS = ("\x02", "\ufffe", "\0")
# Fonts without a table of characters give private-use code points or nothing that can be read.
_UNREADABLE = re.compile("[\ue000-\uf8ff\ufffd\x01\x03-\x08\x0e-\x1f]")
# A line without the spaces at its ends.
_LINE = re.compile("[^\\s](?:[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]*[^\\s])?")
# What stands between two texts of a line.
_INNER = re.compile(r"[^\S\r\n]+(?=\S)")
# The same for pages that have no other spaces than the common one: found faster.
_PLAIN_INNER = re.compile(r" +(?=\S)")
_BLANKS = ("\u3000", "\t", "\xa0", "\u2002", "\u2003", "\u2009")
# In line heights: a gap of this width is the border of a cell, even if the page has spaces there.
WIDE, WIDE_SPACES = 0.8, 2.2
# A narrower gap is one as well if the line above or below has one in the same place.
NARROW = 0.32
# pdfium ends a line after each sign of some files: signs closer than this belong together.
CLOSE, WORD = 0.5, 0.18
_ZERO = (0.0, 0.0, 0.0, 0.0)
_GAP = -1
"""Stands in `Stretch.chars` for a space that neither the page nor pdfium has."""


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


class _Stretch(NamedTuple):
    """A line before it is cut: its characters by index, and its box in page space."""

    chars: Sequence[int]
    box: Box


class PageText:
    """The lines of one pypdfium2 page in the order the page says them."""

    def __init__(self, page: Any, scanner: Scanner, content: Content = ANYTHING) -> None:
        self.frame = Frame(page)
        self._textpage = page.get_textpage()
        self._handle = ctypes.cast(self._textpage.raw, ctypes.c_void_p).value or 0
        self._count = max(0, pdfium.FPDFText_CountChars(self._textpage.raw))
        self._text = _characters(self._textpage.raw, self._count)
        self._signs = any(sign in self._text for sign in _SIGNS)
        self._halved = _is_halved(self._text)
        self._found_gaps: dict[int, list[Gap]] = {}
        self._loose = pdfium.FS_RECTF()
        self._loose_at = ctypes.addressof(self._loose)
        self._sight = Sight(page, self._textpage, scanner, content)

    @property
    def objects(self) -> PageObjects:
        """What is painted on the page."""
        return self._sight.objects

    @property
    def boxed(self) -> bool:
        """Whether text was covered and left in: known after `lines`."""
        return self._sight.boxed

    @property
    def unreadable(self) -> int:
        """How many of the page's characters no font tells the meaning of."""
        return len(_UNREADABLE.findall(self._text))

    def close(self) -> None:
        """Give the memory back to pdfium."""
        self._textpage.close()

    def lines(self) -> list[Line]:
        """The lines that hold more than spaces, numbered in reading order."""
        self._found_gaps = {}
        stretches = self._stretches()
        if not stretches:
            return []
        hidden = self._hidden = self._sight.hidden(
            self._text, [(s.chars[0], s.chars[-1] + 1, s.box) for s in stretches], self.frame
        )
        frame, text = self.frame, self._text
        gaps = self._found_gaps
        simple = self._simple = not (hidden or self._signs or self._halved)
        found: list[Line] = []
        number = 0
        body, shown, encloses = Part.BODY, frame.shown, frame.encloses
        for at, (chars, box) in enumerate(stretches):
            cuts = gaps.get(at) if gaps else None
            if cuts and not all(g.wide for g in cuts):
                beside = [*gaps.get(at - 1, ()), *gaps.get(at + 1, ())]
                cuts = [g for g in cuts if g.wide or repeated(g, beside)]
            if simple and not cuts and type(chars) is range and encloses(box):
                number += 1
                said = text[chars.start : chars.stop]
                found.append(line_of((number, said, chars, shown(*box), body, None)))
            else:
                found += self._cut(stretches[at], cuts or [], number)
                number = len(found)
        return laid_out(found)

    def _stretches(self) -> list[_Stretch]:
        """pdfium's lines without the spaces at their ends; those of single signs joined."""
        found: list[_Stretch] = []
        before, high, near = _ZERO, 0.0, 0.0
        for first, last, gaps, head, tail in self._spans():
            left, top, right, bottom = head
            box = (left, bottom, right, top)
            if tail != _ZERO:
                start, upper, end, lower = tail
                box = (
                    left if left < start else start,
                    bottom if bottom < lower else lower,
                    right if right > end else end,
                    top if top > upper else upper,
                )
            if (
                -near < box[0] - before[2] < near
                and abs(box[1] - before[1]) + abs(box[3] - before[3]) < near
                and box[2] > before[2]
            ):
                space = (_GAP,) if box[0] - before[2] > WORD * high else ()
                old = found[-1].chars
                chars = (*old, *space, *range(first, last))
                box = (before[0], min(before[1], box[1]), box[2], max(before[3], box[3]))
                found[-1] = _Stretch(chars, box)
                moved = len(old) + len(space)
                later = [g._replace(end=g.end + moved, start=g.start + moved) for g in gaps]
                if later:
                    self._found_gaps.setdefault(len(found) - 1, []).extend(later)
            else:
                if gaps:
                    self._found_gaps[len(found)] = gaps
                found.append(_Stretch(range(first, last), box))
            before, high = box, box[3] - box[1]
            near = CLOSE * high
        return found

    def _spans(self) -> Iterator[tuple[int, int, list[Gap], Box, Box]]:
        """First and last (excluded) of each line, its gaps, and its first and last box as pdfium
        gives them. pdfium writes the rows of some tables as one line: it is cut where it goes up
        or down."""
        text = self._text
        pattern = _INNER if any(blank in text for blank in _BLANKS) else _PLAIN_INNER
        spaces = [match.span() for match in pattern.finditer(text)]
        lines = [match.span() for match in _LINE.finditer(text)]
        asked = [i for end, start in spaces for i in (end - 1, start)]
        asked += [i for first, last in lines for i in (first, last - 1)]
        boxes = loose_boxes(self._handle, asked)
        ends = 2 * len(spaces)
        spaces.append((self._count + 1, 0))
        at = 0
        for number, (begin, last) in enumerate(lines):
            first = begin
            head, tail = boxes[ends + 2 * number : ends + 2 * number + 2]
            # Whether the line runs across the page, not along it.
            level = abs(tail[0] - head[0]) >= abs(tail[3] - head[3])
            gaps: list[Gap] = []
            while spaces[at][0] < first:
                at += 1
            while spaces[at][0] < last:
                end, start = spaces[at]
                one, other = boxes[2 * at], boxes[2 * at + 1]
                at += 1
                left, top, right, bottom = one
                onward, upper, far, lower = other
                high = top - bottom
                # Most spaces stand between words of one line: they are let through at once.
                if 0 <= onward - right <= NARROW * high and -high < 2 * (lower - bottom) < high:
                    continue
                before, after = (left, bottom, right, top), (onward, lower, far, upper)
                if jumps(before, after, level=level):
                    yield first, end, gaps, head, one
                    first, gaps, head = start, [], other
                    continue
                gap = self._gap(end, start, before, after, first)
                if gap is not None:
                    gaps.append(gap)
            yield first, last, gaps, head, tail

    def _gap(self, end: int, start: int, before: Box, after: Box, first: int) -> Gap | None:
        """Where the next text stands far off, as in the next cell of a table. The line begins at
        character `first`."""
        gap, high = after[0] - before[2], before[3] - before[1]
        if gap <= 0:
            # To the left, or up or down: text that is turned.
            gap, high = turned(before, after)
        if gap <= NARROW * high:
            return None
        wide = gap > WIDE_SPACES * high
        if not wide:
            for index in range(end, start):
                if is_generated(self._handle, index) != 1:
                    return None
            wide = gap > WIDE * high
        return gap_of((end - first, start - first, before, after, wide))

    def _cut(self, stretch: _Stretch, cuts: list[Gap], before: int) -> Iterator[Line]:
        """The pieces of a line. `before`: how many lines there are already."""
        number, start, left = before, 0, stretch.box
        text, body = self._text, Part.BODY
        shown, encloses = self.frame.shown, self.frame.encloses
        for gap in [*cuts, None]:
            box, end, following = left, len(stretch.chars), 0
            if gap is not None:
                end, following = gap.end, gap.start
                edge, onward = gap.before[2], gap.after[0]
                if onward > edge:
                    _, low, right, high = left
                    box, left = (left[0], low, edge, high), (onward, low, right, high)
                else:
                    box, left = split(left, gap)
            chars = stretch.chars[start:end]
            start = following
            if self._simple and type(chars) is range and encloses(box):
                number += 1
                said = text[chars.start : chars.stop]
                yield line_of((number, said, chars, shown(*box), body, None))
                continue
            for piece, part in self._by_sight(chars, box):
                number += 1
                around = box if len(piece) == len(chars) else self._around(piece)
                yield Line(number, self._said(piece), piece, shown(*around), part)

    def _said(self, chars: Sequence[int]) -> str:
        """The text of a line: halves of a character joined, pdfium's own signs replaced."""
        if isinstance(chars, range):
            text = self._text[chars.start : chars.stop]
        else:
            text = "".join([" " if i == _GAP else self._text[i] for i in chars])
        if self._signs:
            text = text.translate(_HYPHENS)
        if self._halved:
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text

    def _by_sight(self, chars: Sequence[int], box: Box) -> list[tuple[Sequence[int], Part]]:
        """A line cut where the reason for not being seen changes."""
        hidden, frame = self._hidden, self.frame
        away: set[int] = set()
        if not frame.encloses(box):
            away = set(off_page(self._textpage, [i for i in chars if i != _GAP], frame))
        if not hidden and not away:
            return [(chars, Part.BODY)]
        found: list[tuple[int, int, Part]] = []
        for at, index in enumerate(chars):
            part = Part.OFF_PAGE if index in away else hidden.get(index, Part.BODY)
            # A space has no ink of its own: it belongs to what stands before it.
            blank = index == _GAP or self._text[index].isspace()
            if found and (found[-1][2] is part or blank):
                found[-1] = (found[-1][0], at + 1, found[-1][2])
            else:
                found.append((at, at + 1, part))
        return [(chars[begin:end], part) for begin, end, part in found]

    def _around(self, chars: Sequence[int]) -> Box:
        return union(self._char(chars[0]), self._char(chars[-1]))

    def _char(self, index: int) -> Box:
        """The loose box of a character in page space."""
        if index == _GAP or not loose_box(self._handle, index, self._loose_at):
            return _ZERO
        rect = self._loose
        return (rect.left, rect.bottom, rect.right, rect.top)

    def char_boxes(self, line: Line) -> LineBoxes:
        """A box for each character of a line."""
        text, chars = self._text, line.chars
        boxes = [
            _ZERO if i == _GAP else self.frame.shown(*self._char(i))
            for at, i in enumerate(chars)
            if not (at and _is_low(text[i]) and _is_high(text[chars[at - 1]]))
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


def _is_halved(text: str) -> bool:
    """Whether a character beyond the basic plane stands here as two halves."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _is_high(unit: str) -> bool:
    return "\ud800" <= unit < "\udc00"


def _is_low(unit: str) -> bool:
    return "\udc00" <= unit < "\ue000"
