"""BIFF workbooks written by hand ([MS-XLS]): a marker in exactly one place of a small list."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from formats.compound import compound

BOF, EOF = 0x0809, 0x000A
GLOBALS, WORKSHEET, CHART = 0x0005, 0x0010, 0x0020


def record(kind: int, data: bytes = b"") -> bytes:
    """One record; data too long for one goes on in continuations."""
    head, rest = data[:8224], data[8224:]
    out = struct.pack("<HH", kind, len(head)) + head
    while rest:
        out += struct.pack("<HH", 0x3C, len(rest[:8224])) + rest[:8224]
        rest = rest[8224:]
    return out


def text16(text: str) -> bytes:
    """XLUnicodeString: two-byte length, flag, UTF-16."""
    raw = text.encode("utf-16-le")
    return struct.pack("<HB", len(raw) // 2, 1) + raw


def text8(text: str) -> bytes:
    """ShortXLUnicodeString: one-byte length, flag, UTF-16."""
    raw = text.encode("utf-16-le")
    return struct.pack("<BB", len(raw) // 2, 1) + raw


def chars(text: str) -> bytes:
    """A string whose length stands elsewhere: flag and UTF-16."""
    return b"\1" + text.encode("utf-16-le")


def bof(kind: int, version: int = 0x0600) -> bytes:
    return record(BOF, struct.pack("<HHHHII", version, kind, 0x0DBB, 0x07CC, 0, 6))


def font(colour: int = 0x7FFF, height: int = 220) -> bytes:
    data = struct.pack("<HHHHHBBBB", height, 0, colour, 400, 0, 0, 0, 134, 0)
    return record(0x31, data + text8("宋体"))


def xf(font_index: int = 0, code: int = 0, pattern: int = 0, fore: int = 64) -> bytes:
    data = struct.pack("<HHHBBBBI", font_index, code, 0, 0x20, 0, 0, 0, 0)
    return record(0xE0, data + struct.pack("<IH", pattern << 26, fore | 65 << 7))


def number_format(index: int, code: str) -> bytes:
    return record(0x41E, struct.pack("<H", index) + text16(code))


def shared_strings(texts: Sequence[str]) -> bytes:
    """SST: each string plain."""
    return record(0xFC, struct.pack("<II", len(texts), len(texts)) + b"".join(map(text16, texts)))


def cell(row: int, column: int, index: int, look: int = 0) -> bytes:
    """LabelSst; row and column from 0."""
    return record(0xFD, struct.pack("<HHHI", row, column, look, index))


def label(row: int, column: int, text: str, look: int = 0) -> bytes:
    return record(0x204, struct.pack("<HHH", row, column, look) + text16(text))


def number(row: int, column: int, value: float, look: int = 0) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, look, value))


def row_of(row: int, options: int = 0, height: int = 270) -> bytes:
    return record(0x208, struct.pack("<HHHHHHHH", row, 0, 9, height, 0, 0, options | 0x100, 15))


def column_of(first: int, last: int, width: int = 2048, options: int = 0) -> bytes:
    return record(0x7D, struct.pack("<HHHHHH", first, last, width, 0, options, 0))


def formula(row: int, column: int, tokens: bytes, result: bytes | None = None) -> bytes:
    """Formula; `result` None: a text follows in a String record."""
    value = b"\0\0\0\0\0\0\xff\xff" if result is None else result
    data = struct.pack("<HHH", row, column, 0) + value + struct.pack("<HIH", 0, 0, len(tokens))
    return record(0x06, data + tokens)


def name_of(name: str, tokens: bytes, hidden: bool = False) -> bytes:
    size = len(name)
    data = struct.pack("<HBBHHHBBBB", int(hidden), 0, size, len(tokens), 0, 0, 0, 0, 0, 0)
    return record(0x18, data + chars(name) + tokens)


def note(row: int, column: int, author: str, text: str, number_: int = 1) -> bytes:
    """A comment: drawing, object, text with its two continuations, and the note itself."""
    return boxed(text, number_, 0x19) + note_line(row, column, author, number_)


def note_line(row: int, column: int, author: str, number_: int) -> bytes:
    data = struct.pack("<HHHH", row, column, 0, number_)
    return record(0x1C, data + text16(author) + b"\0")


def boxed(text: str, number_: int = 1, kind: int = 6, shape: bytes = b"") -> bytes:
    """A shape with an object and a text."""
    common = struct.pack("<HHHHHIII", 0x15, 0x12, kind, number_, 0x6011, 0, 0, 0)
    raw = text.encode("utf-16-le")
    head = struct.pack("<HHHHHHHH", 0x212, 0, 0, 0, 0, len(raw) // 2, 16, 0) + b"\0\0"
    return (
        record(0xEC, shape or art(b""))
        + record(0x5D, common + struct.pack("<HH", 0, 0))
        + record(0x1B6, head)
        + record(0x3C, b"\1" + raw)
        + record(0x3C, b"\0" * 16)
    )


def art(properties: bytes, count: int = 0) -> bytes:
    """One shape container with client data, and a table of properties ([MS-ODRAW] 2.2.14)."""
    table = struct.pack("<HHI", count << 4 | 3, 0xF00B, len(properties)) + properties
    inside = table + struct.pack("<HHI", 0, 0xF011, 0)
    return struct.pack("<HHI", 0xF, 0xF004, len(inside)) + inside


def described(prop: int, text: str) -> bytes:
    """A shape with one long property."""
    raw = (text + "\0").encode("utf-16-le")
    return art(struct.pack("<HI", 0x8000 | prop, len(raw)) + raw, 1)


# What other programs want before and behind the cells: row height, used cells, the window.
_FRAME = record(0x225, struct.pack("<HH", 0, 255)) + record(
    0x200, struct.pack("<IIHHH", 0, 0xFFFF, 0, 256, 0)
)
_WINDOW = record(0x23E, struct.pack("<HHHIHHI", 0x06B6, 0, 0, 64, 0, 0, 0))


@dataclass
class Tab:
    """A sheet: its records between BOF and EOF."""

    name: str = "花名册"
    body: bytes = b""
    state: int = 0
    type: int = 0


@dataclass
class Workbook:
    """Everything a specimen may need; `strings` are those of the SST."""

    tabs: list[Tab] = field(default_factory=lambda: [Tab()])
    strings: tuple[str, ...] = ()
    head: bytes = b""
    fonts: bytes = font() * 4
    looks: bytes = xf()
    tail: bytes = b""
    between: bytes = b""
    streams: dict[str, bytes] = field(default_factory=dict)

    def stream(self) -> bytes:
        """The Workbook stream."""
        begin = bof(GLOBALS) + record(0x42, struct.pack("<H", 1200)) + self.head
        begin += self.fonts + self.looks
        strings = shared_strings(self.strings) if self.strings else b""
        names = [text8(tab.name) for tab in self.tabs]
        at = len(begin) + sum(4 + 6 + len(n) for n in names) + len(strings) + 4
        bodies, sheets = b"", b""
        for tab, name in zip(self.tabs, names, strict=True):
            start = at + len(bodies)
            kind = CHART if tab.type == 2 else WORKSHEET
            body = _FRAME + tab.body + _WINDOW if kind == WORKSHEET else tab.body
            bodies += bof(kind) + body + record(EOF) + self.between
            sheets += record(0x85, struct.pack("<IBB", start, tab.state, tab.type) + name)
        return begin + sheets + strings + record(EOF) + bodies + self.tail

    def file(self) -> bytes:
        """The whole compound file."""
        return compound({"Workbook": self.stream(), **self.streams})


def byte_text(text: str) -> bytes:
    raw = text.encode("gb18030")
    return struct.pack("<H", len(raw)) + raw


def biff5(marker: str) -> bytes:
    """A workbook of Excel 5 in a stream named Book: a label, a note, a hidden column."""
    name = "花名册".encode("gb18030")
    begin = bof(GLOBALS, 0x0500) + record(0x42, struct.pack("<H", 936))
    begin += record(0x31, struct.pack("<HHHHHBBBBB", 220, 0, 0x7FFF, 400, 0, 0, 0, 134, 0, 0))
    begin += record(0xE0, b"\0" * 16)
    at = len(begin) + 4 + 7 + len(name) + 4
    begin += record(0x85, struct.pack("<IBBB", at, 0, 0, len(name)) + name) + record(EOF)
    raw = f"{marker}批注".encode("gb18030")
    body = bof(WORKSHEET, 0x0500)
    body += record(0x7D, struct.pack("<HHHHHH", 1, 1, 2048, 0, 1, 0))
    body += record(0x204, struct.pack("<HHH", 0, 0, 0) + byte_text(f"{marker}单元格"))
    body += record(0x204, struct.pack("<HHH", 0, 1, 0) + byte_text(f"{marker}隐藏列"))
    body += record(0x14, bytes([len(marker.encode("gb18030"))]) + marker.encode("gb18030"))
    body += record(0x1C, struct.pack("<HHH", 0, 0, len(raw)) + raw) + record(EOF)
    return compound({"Book": begin + body})
