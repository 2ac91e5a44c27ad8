"""Formatting of a document: pages of runs and paragraphs ([MS-DOC] 2.9.33), and the styles."""

import struct
from bisect import bisect_right
from typing import NamedTuple

from formats.doc97 import fib as numbers
from formats.doc97.fib import DOC_LIES, Fib
from formats.doc97.sprms import ORDINARY, PLAIN, Effect, Look, effect, look, sprms
from formats.doc97.word6 import modern

_PAGE = 512
# Lists kept elsewhere may overlap: together no more than this is read.
_MOST_HUGE = 64 * 1024 * 1024
_HUGE = (0x6645, 0x6646)
_PARAGRAPH, _CHARACTER = 1, 2


class Run(NamedTuple):
    """Bytes `start` to `end` of the stream have these properties."""

    start: int
    end: int
    group: bytes


class Formatting:
    """Looks by byte position. Word 6 and 95 have another set of numbers, and no styles here."""

    def __init__(self, fib: Fib, stream: bytes, table: bytes, data: bytes) -> None:
        self._stream = stream
        self._data = data
        self.damaged = False
        self._huge = 0
        self.pages: list[tuple[int, int]] = []
        self.characters: dict[int, Effect] = {}
        self.paragraphs: dict[int, Effect] = {}
        self._runs: list[Run] = []
        self._looks: list[tuple[int, int, Look]] = []
        self._old = fib.old
        self._read(fib, table)
        self._run_starts = [run.start for run in self._runs]
        self._look_starts = [found[0] for found in self._looks]
        self._cache: dict[tuple[bytes, bytes, int], Effect] = {}

    def _read(self, fib: Fib, table: bytes) -> None:
        start, end = fib.span(numbers.STYLES)
        try:
            if not self._old:
                self._styles(table[start:end])
        except DOC_LIES:
            self.damaged = True
        width = 2 if self._old else 4
        for number, page in (
            (numbers.CHARACTERS, self._character_page),
            (numbers.PARAGRAPHS, self._paragraph_page),
        ):
            start, end = fib.span(number)
            plc = table[start:end]
            count = (len(plc) - 4) // (4 + width)
            seen: set[int] = set()
            for index in range(max(0, count)):
                entry = plc[4 * (count + 1) + width * index :][:width]
                at = (int.from_bytes(entry, "little") & 0x3FFFFF) * _PAGE
                if at in seen or at + _PAGE > len(self._stream):
                    self.damaged = True
                    continue
                seen.add(at)
                self.pages.append((at, at + _PAGE))
                try:
                    page(self._stream[at : at + _PAGE])
                except DOC_LIES:
                    self.damaged = True
        self._runs.sort()
        self._looks.sort(key=lambda found: found[:2])

    def _character_page(self, page: bytes) -> None:
        """2.9.33 ChpxFkp."""
        count = page[511]
        edges = struct.unpack_from(f"<{count + 1}I", page)
        for number in range(count):
            at = page[4 * (count + 1) + number] * 2
            group = page[at + 1 : at + 1 + page[at]] if at else b""
            if self._old:
                group = modern(group)
            self._runs.append(Run(edges[number], edges[number + 1], group))

    def _paragraph_page(self, page: bytes) -> None:
        """2.9.175 PapxFkp; in Word 6 a paragraph's box has seven bytes and its style one."""
        count = page[511]
        edges = struct.unpack_from(f"<{count + 1}I", page)
        for number in range(count):
            at = page[4 * (count + 1) + (7 if self._old else 13) * number] * 2
            found = ORDINARY
            if at and self._old:
                found = look(modern(page[at + 2 : at + 1 + 2 * page[at]]), page[at + 1])
            elif at:
                size = page[at] * 2 - 1 if page[at] else page[at + 1] * 2
                at += 1 if page[at] else 2
                group = page[at : at + size]
                (style,) = struct.unpack_from("<H", group)
                found = look(self._whole(group[2:]), style)
            self._looks.append((edges[number], edges[number + 1], found))

    def _whole(self, group: bytes) -> bytes:
        """2.6.2 sprmPHugePapx: a list too long for its page stands in the data stream."""
        for number, operand in sprms(group):
            if number in _HUGE and len(operand) == 4:
                (at,) = struct.unpack("<I", operand)
                if at + 2 <= len(self._data) and self._huge < _MOST_HUGE:
                    (size,) = struct.unpack_from("<H", self._data, at)
                    self._huge += size
                    self.damaged |= at + 2 + size > len(self._data)
                    return group + self._data[at + 2 : at + 2 + size]
                self.damaged = True
        return group

    def look_at(self, position: int) -> Look:
        """What the paragraph holding this byte says."""
        number = bisect_right(self._look_starts, position) - 1
        if number >= 0 and position < self._looks[number][1]:
            return self._looks[number][2]
        return ORDINARY

    def runs(self, start: int, end: int) -> list[Run]:
        """The stretches of equal formatting between two bytes, without gaps."""
        found: list[Run] = []
        number = max(0, bisect_right(self._run_starts, start) - 1)
        at = start
        while number < len(self._runs) and self._runs[number].start < end:
            run = self._runs[number]
            number += 1
            if run.end <= at:
                continue
            if run.start > at:
                found.append(Run(at, run.start, b""))
                at = run.start
            stop = min(run.end, end)
            found.append(Run(at, stop, run.group))
            at = stop
        if at < end:
            found.append(Run(at, end, b""))
        return found

    def effect(self, group: bytes, piece: bytes, style: int) -> Effect:
        """The look of a run in a paragraph of this style, in a piece with these properties."""
        key = (group, piece, style)
        found = self._cache.get(key)
        if found is None:
            base = self.paragraphs.get(style, PLAIN)
            found = self._cache[key] = effect(group + piece, base, self.characters)
        return found

    def _styles(self, sheet: bytes) -> None:
        """2.9.271 STSH: the looks of all styles, each over the one it is based on."""
        if not sheet:
            return
        (size,) = struct.unpack_from("<H", sheet)
        count, fixed = struct.unpack_from("<HH", sheet, 2)
        at = 2 + size
        own: dict[int, tuple[int, int, bytes]] = {}
        for index in range(min(count, 0x0FFF)):
            if at + 2 > len(sheet):
                break
            (length,) = struct.unpack_from("<H", sheet, at)
            if length:
                own[index] = _style(sheet[at + 2 : at + 2 + length], fixed)
            at += 2 + length + (length & 1)
        for index, (kind, _, _) in own.items():
            chain, at_style = list[bytes](), index
            while at_style in own and len(chain) < 32:
                chain.append(own[at_style][2])
                at_style = own[at_style][1]
            made = PLAIN
            for group in reversed(chain):
                made = effect(group, made, {})
            if made != PLAIN:
                target = self.characters if kind == _CHARACTER else self.paragraphs
                target[index] = made


def _style(std: bytes, fixed: int) -> tuple[int, int, bytes]:
    """2.9.260 STD: kind, the style it is based on, and its character properties."""
    _, kind_base, count = struct.unpack_from("<HHH", std)
    kind, base = kind_base & 0xF, kind_base >> 4
    (name,) = struct.unpack_from("<H", std, fixed)
    at = fixed + 2 + 2 * name + 2
    wanted = {_PARAGRAPH: 1, _CHARACTER: 0}.get(kind)
    for number in range(count & 0xF):
        at += at & 1
        if at + 2 > len(std):
            break
        (size,) = struct.unpack_from("<H", std, at)
        if number == wanted:
            return kind, base, std[at + 2 : at + 2 + size]
        at += 2 + size
    return kind, base, b""
