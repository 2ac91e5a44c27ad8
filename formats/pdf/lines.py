"""The text lines of a page, with boxes, and which of them a reader sees.

A line is cut at wide gaps and where visibility changes, so each piece is a line of its own with its
own number. The reader and `boxes` share this walk: number and span mean the same in both.
"""

import ctypes
import re
from collections.abc import Sequence
from operator import itemgetter
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from formats.pdf.content import ANYTHING, Content
from formats.pdf.document import Box, Frame
from formats.pdf.gaps import Gap, repeated, split, union
from formats.pdf.geometry import off_page
from formats.pdf.layout import Line, laid_out, line_of
from formats.pdf.native import address_of, count_chars, get_text, get_unicode, loose_box
from formats.pdf.objects import PageObjects, Scanner
from formats.pdf.stretches import GAP, Stretch, stretches
from formats.pdf.visibility import Sight
from formats.reading import Part

# pdfium writes these for the hyphen at a line's end that it has joined with the next line.
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\0": " "})
_SIGNS = ("\x02", "\ufffe", "\0")
# Fonts without a table of characters give private-use code points or nothing that can be read.
_UNREADABLE = re.compile("[\ue000-\uf8ff\ufffd\x01\x03-\x08\x0e-\x1f]")
_chars_of, _box_of, _gaps_of = map(itemgetter, range(len(Stretch._fields)))
# The types of the characters of lines that nothing has been joined to.
_WHOLE = {range}
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

    def __init__(self, page: Any, scanner: Scanner, content: Content = ANYTHING) -> None:
        self.frame = Frame(page)
        self._textpage = page.get_textpage()
        self._handle = ctypes.cast(self._textpage.raw, ctypes.c_void_p).value or 0
        self._text, self._halved = _characters(self._handle)
        self._signs = any(sign in self._text for sign in _SIGNS)
        self._loose = pdfium.FS_RECTF()
        self._loose_at = ctypes.addressof(self._loose)
        self._hidden: dict[int, Part] = {}
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
    def layered(self) -> bool:
        """Whether some of the text lies over the picture of a scan: known after `lines`."""
        return Part.IMAGE in self._hidden.values()

    @property
    def unreadable(self) -> int:
        """How many of the page's characters no font tells the meaning of."""
        return len(_UNREADABLE.findall(self._text))

    def close(self) -> None:
        """Give the memory back to pdfium."""
        self._textpage.close()

    def lines(self) -> list[Line]:
        """The lines that hold more than spaces, numbered in reading order."""
        raw = stretches(self._handle, self._text)
        if not raw:
            return []
        hidden = self._hidden = self._sight.hidden(self._text, raw, self.frame)
        text, body = self._text, Part.BODY
        # Nothing on the page needs a second look.
        simple = not (hidden or self._signs or self._halved) and self.frame.encloses(_around(raw))
        places = self.frame.all_shown(list(map(_box_of, raw)))
        all_chars = list(map(_chars_of, raw))
        if simple and not any(map(_gaps_of, raw)) and set(map(type, all_chars)) == _WHOLE:
            both = enumerate(zip(all_chars, places, strict=True), 1)
            return laid_out(
                [
                    line_of((number, text[chars.start : chars.stop], chars, place, body, None))
                    for number, (chars, place) in both
                ]
            )
        found: list[Line] = []
        for at, (stretch, place) in enumerate(zip(raw, places, strict=True)):
            chars, _, cuts = stretch
            if cuts and not all(g.wide for g in cuts):
                neighbours = (*raw[max(0, at - 1) : at], *raw[at + 1 : at + 2])
                beside = [g for s in neighbours for g in s.gaps]
                cuts = [g for g in cuts if g.wide or repeated(g, beside)]
            if cuts or not simple or type(chars) is not range:
                self._cut(stretch, cuts, found, simple=simple)
                continue
            said = text[chars.start : chars.stop]
            found.append(line_of((len(found) + 1, said, chars, place, body, None)))
        return laid_out(found)

    def _cut(
        self, stretch: Stretch, cuts: Sequence[Gap], found: list[Line], *, simple: bool
    ) -> None:
        """Append the pieces of a line to those `found` so far."""
        chars, left, _ = stretch
        text, body, shown, start = self._text, Part.BODY, self.frame.shown, 0
        simple = simple and type(chars) is range
        for gap in [*cuts, None]:
            box, end, following = left, len(chars), 0
            if gap is not None:
                end, following = gap.end, gap.start
                edge, onward = gap.before[2], gap.after[0]
                if onward > edge:
                    _, low, right, high = left
                    box, left = (left[0], low, edge, high), (onward, low, right, high)
                else:
                    box, left = split(left, gap)
            these = chars[start:end]
            start = following
            if simple:
                said = text[these[0] : these[-1] + 1]
                found.append(line_of((len(found) + 1, said, these, shown(*box), body, None)))
                continue
            for piece, part in self._by_sight(these, box):
                place = box if len(piece) == len(these) else self._around(piece)
                line = Line(len(found) + 1, self._said(piece), piece, shown(*place), part)
                found.append(line)

    def _said(self, chars: Sequence[int]) -> str:
        """The text of a line: halves of a character joined, pdfium's own signs replaced."""
        if isinstance(chars, range):
            text = self._text[chars.start : chars.stop]
        else:
            text = "".join([" " if i == GAP else self._text[i] for i in chars])
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
            away = set(off_page(self._textpage, [i for i in chars if i != GAP], frame))
        if not hidden and not away:
            return [(chars, Part.BODY)]
        found: list[tuple[int, int, Part]] = []
        for at, index in enumerate(chars):
            part = Part.OFF_PAGE if index in away else hidden.get(index, Part.BODY)
            # A space has no ink of its own: it belongs to what stands before it.
            blank = index == GAP or self._text[index].isspace()
            if found and (found[-1][2] is part or blank):
                found[-1] = (found[-1][0], at + 1, found[-1][2])
            else:
                found.append((at, at + 1, part))
        return [(chars[begin:end], part) for begin, end, part in found]

    def _around(self, chars: Sequence[int]) -> Box:
        return union(self._char(chars[0]), self._char(chars[-1]))

    def _char(self, index: int) -> Box:
        """The loose box of a character in page space."""
        if index == GAP or not loose_box(self._handle, index, self._loose_at):
            return _ZERO
        rect = self._loose
        return (rect.left, rect.bottom, rect.right, rect.top)

    def char_boxes(self, line: Line) -> LineBoxes:
        """A box for each character of a line."""
        text, chars = self._text, line.chars
        boxes = [
            _ZERO if i == GAP else self.frame.shown(*self._char(i))
            for at, i in enumerate(chars)
            if not (at and _is_low(text[i]) and _is_high(text[chars[at - 1]]))
        ]
        return LineBoxes(line.number, tuple(boxes))


def _around(raw: Sequence[Stretch]) -> Box:
    """The box around all lines of a page."""
    lefts, bottoms, rights, tops = zip(*map(_box_of, raw), strict=True)
    return (min(lefts), min(bottoms), max(rights), max(tops))


def _characters(textpage: int) -> tuple[str, bool]:
    """The page's text with exactly one code point for each of pdfium's characters.

    pdfium counts a character beyond the basic plane as two; its halves stay apart here. Whether
    there are any is told as well.
    """
    count = max(0, count_chars(textpage))
    buffer = bytearray(4 * count + 4)
    written = get_text(textpage, 0, count, address_of(buffer)) - 1 if count else 0
    if written == count:
        units = buffer[: 2 * count]
        try:
            text = units.decode("utf-16-le")
        except UnicodeDecodeError:  # a half without its other
            text = ""
        if len(text) == count:
            return text, False
        return "".join(map(chr, memoryview(units).cast("H"))), True
    points = (get_unicode(textpage, i) for i in range(count))
    text = "".join(chr(p) if p < 0x110000 else "\ufffd" for p in points)
    return text, any("\ud800" <= unit < "\ue000" for unit in text)


def _is_high(unit: str) -> bool:
    return "\ud800" <= unit < "\udc00"


def _is_low(unit: str) -> bool:
    return "\udc00" <= unit < "\ue000"
