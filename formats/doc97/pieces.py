"""The piece table ([MS-DOC] 2.4.1, 2.8.35): which bytes of the main stream the text is made of."""

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from formats.doc97.fib import DOC_LIES, Fib

_COMPRESSED = 0x40000000
_MOST = 400_000
# Pieces may share bytes, but not so that a small file becomes an endless text.
_MOST_TIMES = 4
_ENDS, _WIDE_ENDS = re.compile(b"[\x07\x0c\r]"), re.compile(b"[\x07\x0c\r]\0")


class Piece(NamedTuple):
    """Characters `start` to `end`, kept from byte `at` on; `properties` change their look."""

    start: int
    end: int
    at: int
    wide: bool
    properties: bytes


class Span(NamedTuple):
    """A part of a piece: its bytes in the stream, and how they are read."""

    start: int
    at: int
    end: int
    wide: bool
    properties: bytes


# 2.9.210 Prm0: the short names of the character properties a reader must know.
_SHORT = {0x41: 0x0800, 0x42: 0x0801, 0x43: 0x0802, 0x5C: 0x083C, 0x18: 0x2416, 0x19: 0x2417}


class Pieces:
    """The text of a document. `damaged` if the table could not be read wholly."""

    def __init__(self, fib: Fib, stream: bytes, table: bytes, encoding: str) -> None:
        self._stream = stream
        self._encoding = encoding
        self.damaged = False
        self.pieces: list[Piece] = []
        total = sum(fib.counts) + 1
        start, end = fib.span(33)
        if end:
            try:
                self._read(table[start:end], old=fib.old)
            except DOC_LIES:
                self.damaged = True
        if not self.pieces:
            width = 1 if fib.old else 2
            self.damaged = self.damaged or not fib.old
            size = max(0, min(fib.last, len(stream)) - fib.first) // width
            self.pieces = [Piece(0, min(total, size), fib.first, not fib.old, b"")]
        self._starts = [piece.start for piece in self.pieces]
        if self.end < sum(fib.counts):
            self.damaged = True

    def _read(self, clx: bytes, *, old: bool) -> None:
        groups: list[bytes] = []
        at = 0
        while at < len(clx) and clx[at] == 1:
            (size,) = struct.unpack_from("<H", clx, at + 1)
            groups.append(clx[at + 3 : at + 3 + size])
            at += 3 + size
        if at >= len(clx) or clx[at] != 2:
            raise IndexError("no piece table")
        (size,) = struct.unpack_from("<I", clx, at + 1)
        plc = clx[at + 5 : at + 5 + size]
        count = min((len(plc) - 4) // 12, _MOST)
        room = _MOST_TIMES * len(self._stream)
        starts = struct.unpack_from(f"<{count + 1}I", plc)
        for number in range(count):
            _, fc, prm = struct.unpack_from("<HIH", plc, 4 * (count + 1) + 8 * number)
            first, last = starts[number], starts[number + 1]
            if last <= first or (self.pieces and first < self.pieces[-1].end):
                self.damaged = self.damaged or last < first
                continue
            wide = not old and not fc & _COMPRESSED
            begin = fc if old or wide else (fc & ~_COMPRESSED) // 2
            fit = max(0, len(self._stream) - begin) // (2 if wide else 1)
            if last - first > fit:
                self.damaged = True
                last = first + fit
            room -= (last - first) * (2 if wide else 1)
            if room < 0:
                self.damaged = True
                return
            if last > first:
                self.pieces.append(Piece(first, last, begin, wide, _properties(prm, groups)))

    @property
    def end(self) -> int:
        """The character behind the last one."""
        return self.pieces[-1].end

    def _from(self, number: int) -> Iterator[Piece]:
        while number < len(self.pieces):
            yield self.pieces[number]
            number += 1

    def spans(self, start: int, end: int) -> Iterator[Span]:
        """The bytes of characters `start` to `end`, in order."""
        number = max(0, bisect_right(self._starts, start) - 1)
        for piece in self._from(number):
            if piece.start >= end:
                return
            first, last = max(start, piece.start), min(end, piece.end)
            if last > first:
                width = 2 if piece.wide else 1
                at = piece.at + (first - piece.start) * width
                yield Span(first, at, at + (last - first) * width, piece.wide, piece.properties)

    def ends(self, at: int, end: int, *, wide: bool) -> Iterator[tuple[int, str]]:
        """Where between two bytes a paragraph, cell or section ends, and with which mark.

        Looked for in the bytes: a character may take two of them, or four, in either width.
        """
        for match in (_WIDE_ENDS if wide else _ENDS).finditer(self._stream, at, end):
            if not (wide and (match.start() - at) & 1):
                yield match.start(), chr(match[0][0])

    def decoded(self, at: int, end: int, *, wide: bool) -> str:
        """Bytes of the stream as text."""
        raw = self._stream[at:end]
        if wide:
            return raw.decode("utf-16-le", "replace")
        return raw.decode(self._encoding, "replace")

    def covered(self) -> list[tuple[int, int]]:
        """The bytes the text is made of."""
        return [(p.at, p.at + (p.end - p.start) * (2 if p.wide else 1)) for p in self.pieces]


def _properties(prm: int, groups: list[bytes]) -> bytes:
    """2.9.209 Prm: a group of the file, or one property written in seven bits."""
    if prm & 1:
        return groups[prm >> 1] if prm >> 1 < len(groups) else b""
    short = _SHORT.get(prm >> 1 & 0x7F)
    return b"" if short is None else struct.pack("<HB", short, prm >> 8)
