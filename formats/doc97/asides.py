"""The stories beside the main text: notes, headers, comments and boxes, each with its divisions."""

import struct
from collections.abc import Iterator
from itertools import pairwise

from formats.doc97 import fib as numbers
from formats.doc97.fib import Fib
from formats.doc97.remains import Tables
from formats.doc97.sprms import sprms
from formats.doc97.story import Stories, Story, moment_of
from formats.doc97.tables import positions
from formats.reading import Part, Place, Segment

# 2.3.3: what the six stories of a section are, and when each is printed.
_HEADERS = (
    (Part.HEADER, "偶数页"), (Part.HEADER, ""), (Part.FOOTER, "偶数页"),
    (Part.FOOTER, ""), (Part.HEADER, "首页"), (Part.FOOTER, "首页"),
)  # fmt: skip
_EVEN, _FIRST = frozenset({0, 2}), frozenset({4, 5})


class Asides:
    """Tells every story of a document in the order in which they follow each other."""

    def __init__(
        self, fib: Fib, stream: bytes, tables: Tables, stories: Stories, path: str
    ) -> None:
        self._fib = fib
        self._stream = stream
        self._tables = tables
        self._stories = stories
        self._path = path

    def all(self) -> Iterator[Segment]:
        """Main text, notes, headers, macros' leftovers, comments, endnotes, boxes."""
        at = 0
        tell = (
            self._main, self._notes, self._headers, self._macros,
            self._comments, self._endnotes, self._boxes, self._header_boxes,
        )  # fmt: skip
        for count, story in zip(self._fib.counts, tell, strict=True):
            if count:
                yield from story(at, at + count)
            at += count
        path = f"{self._path}/rest"
        beyond = Story(self._stories, Part.HIDDEN, path, visible=False, note="正文之后多出的文字")
        yield from beyond.segments(at, self._stories.pieces.end)

    def _main(self, start: int, end: int) -> Iterator[Segment]:
        return Story(self._stories, Part.BODY, self._path).segments(start, end)

    def _notes(self, start: int, end: int) -> Iterator[Segment]:
        path = f"{self._path}/footnotes"
        return Story(self._stories, Part.FOOTNOTE, path).segments(start, end)

    def _endnotes(self, start: int, end: int) -> Iterator[Segment]:
        path = f"{self._path}/endnotes"
        return Story(self._stories, Part.ENDNOTE, path).segments(start, end)

    def _macros(self, start: int, end: int) -> Iterator[Segment]:
        """A story Word no longer writes (2.4.1): nobody sees it."""
        path = f"{self._path}/macros"
        return Story(self._stories, Part.HIDDEN, path, visible=False).segments(start, end)

    def _boxes(self, start: int, end: int) -> Iterator[Segment]:
        path = f"{self._path}/textboxes"
        return Story(self._stories, Part.TEXTBOX, path).segments(start, end)

    def _header_boxes(self, start: int, end: int) -> Iterator[Segment]:
        path = f"{self._path}/header-textboxes"
        return Story(self._stories, Part.TEXTBOX, path, note="页眉里的文本框").segments(start, end)

    def _headers(self, start: int, end: int) -> Iterator[Segment]:
        """2.8.21 Plcfhdd: six separators of notes, then six stories a section."""
        edges, _ = positions(self._tables.bytes_of(numbers.HEADERS), 0)
        edges = [start + edge for edge in edges if edge <= end - start]
        if len(edges) < 2:
            path = f"{self._path}/headers"
            yield from Story(self._stories, Part.HEADER, path).segments(start, end)
            return
        even, firsts = self._even_pages(), self._title_pages()
        told = start
        for number, (first, last) in enumerate(pairwise(edges)):
            if last <= first or first < told:
                continue
            if first > told:
                yield from self._rest(told, first)
            told = last
            path = f"{self._path}/header-{number + 1}"
            if number < 6:
                # Lines between text and notes: shown, though mostly without words.
                story = Story(self._stories, Part.FOOTNOTE, path, note="脚注分隔符")
            else:
                section, kind = divmod(number - 6, 6)
                part, note = _HEADERS[kind]
                seen = (
                    even if kind in _EVEN else
                    section >= len(firsts) or firsts[section] if kind in _FIRST else True
                )  # fmt: skip
                said = note if seen else f"{note}，没有启用"
                story = Story(self._stories, part, path, visible=seen, note=said)
            yield from story.segments(first, last)
        if told < end:
            yield from self._rest(told, end)

    def _rest(self, start: int, end: int) -> Iterator[Segment]:
        path = f"{self._path}/header-rest-{start}"
        story = Story(self._stories, Part.HEADER, path, visible=False, note="没有启用")
        return story.segments(start, end)

    def _even_pages(self) -> bool:
        """2.7.2 DopBase: fFacingPages."""
        settings = self._tables.bytes_of(numbers.SETTINGS)
        return bool(settings and settings[0] & 1)

    def _title_pages(self) -> list[bool]:
        """For each section whether its first page has headers of its own (sprmSFTitlePage)."""
        _, sections = positions(self._tables.bytes_of(numbers.SECTIONS), 12)
        found = []
        for section in sections:
            (at,) = struct.unpack_from("<I", section, 2)
            title = False
            if at != 0xFFFFFFFF and at + 2 <= len(self._stream):
                (size,) = struct.unpack_from("<H", self._stream, at)
                for number, operand in sprms(self._stream[at + 2 : at + 2 + size]):
                    if number == 0x300A:
                        title = operand[:1] == b"\x01"
            found.append(title)
        return found

    def _comments(self, start: int, end: int) -> Iterator[Segment]:
        """2.8.7 PlcfandRef and 2.8.8 PlcfandTxt: initials and author of each comment."""
        edges, _ = positions(self._tables.bytes_of(numbers.COMMENT_TEXT), 0)
        _, about = positions(self._tables.bytes_of(numbers.COMMENT_REFS), 30)
        owners = self._tables.counted_of(numbers.OWNERS)
        dates = self._tables.bytes_of(numbers.COMMENT_DATES)
        edges = [start + edge for edge in edges if edge <= end - start]
        edges = sorted({start, *edges, end})
        for number, (first, last) in enumerate(pairwise(edges)):
            note = ""
            if number < len(about):
                note = self._author(about[number], owners)
                moment = dates[18 * number : 18 * number + 4]
                if len(moment) == 4:
                    note = f"{note} {moment_of(int.from_bytes(moment, 'little'))}".strip()
            path = f"{self._path}/comment-{number + 1}"
            story = Story(self._stories, Part.COMMENT, path, visible=False, note=note)
            yield from story.segments(first, last)
        for number, name in enumerate(owners, 1):
            if name.strip():
                place = Place(Part.PROPERTY, paragraph=number, path=f"{self._path}/comment-authors")
                yield Segment(place, name, visible=False, note="批注作者")

    @staticmethod
    def _author(about: bytes, owners: list[str]) -> str:
        """2.9.4 ATRDPre10: the initials, then the number of the author."""
        length, number = struct.unpack_from("<H", about)[0], struct.unpack_from("<H", about, 20)[0]
        initials = about[2 : 2 + 2 * min(length, 9)].decode("utf-16-le", "replace").strip("\0")
        name = owners[number] if number < len(owners) else ""
        return f"{name}（{initials}）" if initials and initials != name else name
