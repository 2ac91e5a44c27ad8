"""The record stream of a workbook ([MS-XLS] 2.1.4): records, continuations, and strings."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

CONTINUE, EOF, BOF = 0x003C, 0x000A, 0x0809
# What reading past the end of a record that lies about its length raises.
RECORD_LIES = (struct.error, IndexError, ValueError, OverflowError)
_HEAD = struct.Struct("<HH")


class Record(NamedTuple):
    """One record: number, where its header stands in the stream, data, continuations, end."""

    type: int
    at: int
    data: bytes
    more: tuple[bytes, ...]
    end: int

    @property
    def whole(self) -> bytes:
        """The data with all continuations."""
        return b"".join((self.data, *self.more)) if self.more else self.data


def records(stream: bytes, at: int) -> Iterator[Record]:
    """The records from a position to the end of the stream; stops where no header fits any more."""
    unpack, size = _HEAD.unpack_from, len(stream)
    while at + 4 <= size:
        kind, length = unpack(stream, at)
        start, end = at + 4, at + 4 + length
        if end > size:
            return
        more: list[bytes] = []
        while end + 4 <= size and stream[end] == CONTINUE and stream[end + 1] == 0:
            length = unpack(stream, end)[1]
            if end + 4 + length > size:
                break
            more.append(stream[end + 4 : end + 4 + length])
            end += 4 + length
        first = stream[start : start + unpack(stream, at)[1]]
        yield Record(kind, at, first, tuple(more), end)
        at = end


class Cursor:
    """Reads on over a record and its continuations. Raises IndexError at the end."""

    __slots__ = ("_at", "_began", "_part", "_parts")

    def __init__(self, record: Record, at: int = 0) -> None:
        self._parts = (record.data, *record.more)
        self._part = 0
        self._at = at
        self._began = (0, at)

    def rest(self) -> bytes:
        """All behind the strings read so far; one that broke off is in it."""
        part, at = self._began
        return b"".join((self._parts[part][at:], *self._parts[part + 1 :]))

    def take(self, count: int) -> bytes:
        """The next bytes, whatever part they stand in."""
        part = self._parts[self._part]
        if self._at + count <= len(part):
            self._at += count
            return part[self._at - count : self._at]
        out = b""
        while len(out) < count:
            part = self._parts[self._part]
            piece = part[self._at : self._at + count - len(out)]
            out += piece
            self._at += len(piece)
            if len(out) < count:
                self._part, self._at = self._part + 1, 0
        return out

    def characters(self, count: int, *, wide: bool) -> str:
        """2.5.293: characters; where they run into a continuation it begins with a flag byte."""
        found: list[str] = []
        while count:
            part = self._parts[self._part]
            if self._at >= len(part):
                self._part, self._at = self._part + 1, 1
                wide = bool(self._parts[self._part][0] & 1)
                continue
            width = 2 if wide else 1
            fit = min(count, (len(part) - self._at) // width)
            if fit == 0:
                self._at = len(part)
                continue
            raw = part[self._at : self._at + fit * width]
            found.append(raw.decode("utf-16-le", "replace") if wide else raw.decode("latin-1"))
            self._at += fit * width
            count -= fit
        return "".join(found)

    def rich(self) -> tuple[str, str]:
        """2.5.293 XLUnicodeRichExtendedString: the text and its phonetic guide."""
        count, flags = struct.unpack("<HB", self.take(3))
        runs = struct.unpack("<H", self.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<i", self.take(4))[0] if flags & 4 else 0
        text = self.characters(count, wide=bool(flags & 1))
        self.take(4 * runs)
        guide = _phonetic(self.take(extra)) if extra > 0 else ""
        self._began = (self._part, self._at)
        return text, guide


def _phonetic(data: bytes) -> str:
    """2.5.86 ExtRst: the guide's text stands behind ten bytes and its length, twice."""
    if len(data) < 14:
        return ""
    count = struct.unpack_from("<H", data, 10)[0]
    return data[14 : 14 + 2 * count].decode("utf-16-le", "replace")


class Texts:
    """How strings are written in one workbook: BIFF8 Unicode, or bytes of a code page before."""

    def __init__(self, version: int, encoding: str) -> None:
        self.version = version
        self.encoding = encoding

    @property
    def unicode(self) -> bool:
        """Whether strings are those of BIFF8."""
        return self.version >= 8

    def long(self, data: bytes, at: int) -> tuple[str, int]:
        """A string with a two-byte length (2.5.294), and where it ends."""
        (count,) = struct.unpack_from("<H", data, at)
        return self.counted(data, at + 2, count)

    def short(self, data: bytes, at: int) -> tuple[str, int]:
        """A string with a one-byte length (2.5.240), and where it ends."""
        return self.counted(data, at + 1, data[at])

    def counted(self, data: bytes, at: int, count: int) -> tuple[str, int]:
        """A string of `count` characters; in BIFF8 a flag byte stands before them (2.5.296)."""
        if not self.unicode:
            if at + count > len(data):
                raise IndexError("string")
            return data[at : at + count].decode(self.encoding, "replace"), at + count
        if not count and at >= len(data):
            return "", at
        flags = data[at]
        at += 1
        runs = extra = 0
        if flags & 8:
            (runs,) = struct.unpack_from("<H", data, at)
            at += 2
        if flags & 4:
            (extra,) = struct.unpack_from("<I", data, at)
            at += 4
        if flags & 1:
            end = at + 2 * count
            text = data[at:end].decode("utf-16-le", "replace")
        else:
            end = at + count
            text = data[at:end].decode("latin-1")
        if len(text) < count and end > len(data):
            raise IndexError("string")
        return text, end + 4 * runs + extra
