"""Word binary documents written by hand ([MS-DOC]): text in pieces, looks in pages, tables."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from formats.compound import compound

_BASE, _PAIRS, _TEXT_AT, _PAGE = 154, 136, 0x800, 512
STORIES = ("main", "notes", "headers", "macros", "comments", "endnotes", "boxes", "header_boxes")
IN_TABLE = struct.pack("<HB", 0x2416, 1)
ROW_END = IN_TABLE + struct.pack("<HB", 0x2417, 1)


def flag(number: int, value: int = 1) -> bytes:
    """A property of one byte."""
    return struct.pack("<HB", number, value)


def word(number: int, value: int) -> bytes:
    """A property of two bytes."""
    return struct.pack("<HH", number, value)


def long(number: int, value: int) -> bytes:
    """A property of four bytes."""
    return struct.pack("<HI", number, value)


def moment(year: int, month: int, day: int, hour: int, minute: int) -> int:
    """2.9.75 DTTM."""
    return minute | hour << 6 | day << 11 | month << 16 | (year - 1900) << 20


@dataclass(frozen=True)
class Run:
    """A stretch of one story: its text, character properties, and those of paragraphs it ends.

    `narrow` keeps it in single bytes; `piece` changes its look through the piece table.
    """

    text: str
    look: bytes = b""
    paragraph: bytes = b""
    story: str = "main"
    narrow: bool = False
    piece: bytes = b""


def units(text: str) -> int:
    """How many positions a text takes: a rare character takes two."""
    return len(text.encode("utf-16-le")) // 2


def sttb(texts: Sequence[str], extra: int = 0) -> bytes:
    """2.2.4: an extended list of strings."""
    out = struct.pack("<HHH", 0xFFFF, len(texts), extra)
    for text in texts:
        out += struct.pack("<H", len(text)) + text.encode("utf-16-le") + b"\0" * extra
    return out


def xst(*texts: str) -> bytes:
    """2.2.1: strings one behind the other."""
    return b"".join(struct.pack("<H", len(t)) + t.encode("utf-16-le") for t in texts)


def plc(edges: Sequence[int], items: Sequence[bytes] = ()) -> bytes:
    return struct.pack(f"<{len(edges)}I", *edges) + b"".join(items)


def style_sheet(kind: int, look: bytes) -> bytes:
    """2.9.271: an empty style 0, and style 1 with this look; `kind` 1 paragraph, 2 character."""
    head = struct.pack("<HHHHHHHHH", 2, 10, 1, 0x5B, 15, 0, 0, 0, 0)
    count = 2 if kind == 1 else 1
    base = struct.pack("<HHHHH", 0, kind | 0xFFF << 4, count | 1 << 4, 0, 0)
    std = base + struct.pack("<H", 1) + "S\0".encode("utf-16-le")
    if kind == 1:
        std += struct.pack("<HH", 2, 1)
    std += struct.pack("<H", len(look)) + look
    std += b"\0" * (len(std) & 1)
    return struct.pack("<H", len(head)) + head + struct.pack("<HH", 0, len(std)) + std


@dataclass
class Paper:
    """A document. `tables`: number in the FIB -> bytes; `left`: bytes no piece points at."""

    runs: Sequence[Run] = (Run("白石沟镇公示。\r"),)
    tables: dict[int, bytes] = field(default_factory=dict)
    left: bytes = b""
    data: bytes = b""
    sections: Sequence[bytes] = ()
    streams: dict[str, bytes] = field(default_factory=dict)
    flags: int = 0

    def file(self) -> bytes:
        """The compound file."""
        main, table = self._streams()
        parts = {"WordDocument": main, "1Table": table, **self.streams}
        if self.data:
            parts["Data"] = self.data
        return compound(parts)

    def _streams(self) -> tuple[bytes, bytes]:
        ordered = [r for story in STORIES for r in self.runs if r.story == story]
        counts = [sum(units(r.text) for r in self.runs if r.story == s) for s in STORIES]
        body = bytearray(b"\0" * _TEXT_AT)
        groups: list[bytes] = []
        edges, pieces, looks, paragraphs = [0], list[bytes](), list[tuple[int, bytes]](), []
        for run in ordered:
            at = len(body)
            body += run.text.encode("cp1252" if run.narrow else "utf-16-le")
            edges.append(edges[-1] + units(run.text))
            prm = 0
            if run.piece:
                groups.append(run.piece)
                prm = (len(groups) - 1) << 1 | 1
            kept = at * 2 | 0x40000000 if run.narrow else at
            pieces.append(struct.pack("<HIH", 0, kept, prm))
            looks.append((at, run.look))
            width = 1 if run.narrow else 2
            for number, char in enumerate(run.text, 1):
                if char in "\r\x07\x0c":
                    stop = at + units(run.text[:number]) * width
                    paragraphs.append((stop, run.paragraph))
        end = len(body)
        body += self.left
        body += b"\0" * (-len(body) % _PAGE)
        pages = {12: len(body) // _PAGE, 13: len(body) // _PAGE + 1}
        body += self._character_page(looks, end) + self._paragraph_page(paragraphs, end)
        tables = dict(self.tables)
        for number, page in pages.items():
            tables[number] = plc((_TEXT_AT, end), [struct.pack("<I", page)])
        clx = b"".join(b"\1" + struct.pack("<H", len(g)) + g for g in groups)
        plcf = plc(edges, pieces)
        tables[33] = clx + b"\2" + struct.pack("<I", len(plcf)) + plcf
        if self.sections:
            tables[6] = self._section_table(body, counts[0])
        return self._with_fib(body, tables, counts)

    def _section_table(self, body: bytearray, size: int) -> bytes:
        items = []
        for section in self.sections:
            items.append(struct.pack("<HIHI", 0, len(body), 0, 0xFFFFFFFF))
            body += struct.pack("<H", len(section)) + section
        return plc([*range(len(items)), size], items)

    @staticmethod
    def _character_page(looks: list[tuple[int, bytes]], end: int) -> bytes:
        edges = [at for at, _ in looks] + [end]
        at, offsets, tail = _PAGE - 1, b"", bytearray(_PAGE)
        for _, group in looks:
            if not group:
                offsets += b"\0"
                continue
            at = (at - len(group) - 1) & ~1
            tail[at : at + 1 + len(group)] = bytes([len(group)]) + group
            offsets += bytes([at // 2])
        head = plc(edges) + offsets
        tail[: len(head)] = head
        tail[-1] = len(looks)
        return bytes(tail)

    @staticmethod
    def _paragraph_page(paragraphs: list[tuple[int, bytes]], end: int) -> bytes:
        edges = [_TEXT_AT] + [stop for stop, _ in paragraphs]
        at, boxes, tail = _PAGE - 1, b"", bytearray(_PAGE)
        for _, group in paragraphs:
            # The style's number first unless the group brings one: `S` and two bytes.
            style, rest = (group[1:3], group[3:]) if group[:1] == b"S" else (b"\0\0", group)
            made = style + rest + b"\0" * (len(rest) & 1)
            at = (at - len(made) - 2) & ~1
            tail[at : at + 2 + len(made)] = bytes([0, len(made) // 2]) + made
            boxes += bytes([at // 2]) + b"\0" * 12
        head = plc(edges) + boxes
        tail[: len(head)] = head
        tail[-1] = len(paragraphs)
        return bytes(tail)

    def _with_fib(
        self, body: bytearray, tables: dict[int, bytes], counts: list[int]
    ) -> tuple[bytes, bytes]:
        table = bytearray(16)
        struct.pack_into("<HHHHHH", body, 0, 0xA5EC, 0x00C1, 0, 0x0804, 0, 0x1200 | self.flags)
        struct.pack_into("<II", body, 24, _TEXT_AT, len(body))
        struct.pack_into("<H", body, 32, 14)
        struct.pack_into("<H", body, 62, 22)
        struct.pack_into("<I", body, 64, len(body))
        struct.pack_into("<8I", body, 76, *counts)
        struct.pack_into("<H", body, 152, _PAIRS)
        for number, data in tables.items():
            struct.pack_into("<II", body, _BASE + 8 * number, len(table), len(data))
            table += data
        return bytes(body), bytes(table)


def word6(
    text: str, looks: Sequence[tuple[str, bytes]] = (), rows: bool = False, chinese: bool = True
) -> bytes:
    """A document of Word 6: bytes of a code page between two positions, tables in the stream.

    `looks`: stretches of the text with their properties in one-byte numbers. `rows`: paragraphs
    that end with a cell mark stand in a table, an empty one ends a row.
    """
    raw = text.encode("gb18030" if chinese else "cp1252")
    body = bytearray(0x300)
    struct.pack_into("<HHHHHH", body, 0, 0xA5DC, 0x0065, 0, 0x0804 if chinese else 0x0409, 0, 0)
    struct.pack_into("<II", body, 24, 0x300, 0x300 + len(raw))
    struct.pack_into("<I", body, 0x34, len(raw))
    made = bytearray(body + raw)
    made += b"\0" * (-len(made) % _PAGE)
    encoding = "gb18030" if chinese else "cp1252"
    first = len(made) // _PAGE
    made += _old_characters(raw, [(t.encode(encoding), g) for t, g in looks])
    made += _old_paragraphs(raw, rows=rows)
    for number, page in ((12, first), (13, first + 1)):
        struct.pack_into("<II", made, 0x58 + 8 * number, len(made), 10)
        made += struct.pack("<IIH", 0x300, 0x300 + len(raw), page)
    return compound({"WordDocument": bytes(made)})


def _old_characters(raw: bytes, looks: list[tuple[bytes, bytes]]) -> bytes:
    edges, groups = [0x300], list[bytes]()
    for text, group in looks:
        at = 0x300 + raw.index(text)
        edges += [at, at + len(text)]
        groups += [b"", group]
    edges.append(0x300 + len(raw))
    groups.append(b"")
    at, offsets, page = _PAGE - 1, b"", bytearray(_PAGE)
    for group in groups:
        if group:
            at = (at - len(group) - 1) & ~1
            page[at : at + 1 + len(group)] = bytes([len(group)]) + group
        offsets += bytes([at // 2 if group else 0])
    page[: 4 * len(edges) + len(offsets)] = plc(edges) + offsets
    page[-1] = len(groups)
    return bytes(page)


def _old_paragraphs(raw: bytes, *, rows: bool) -> bytes:
    edges, groups, begin = [0x300], list[bytes](), 0
    for at, byte in enumerate(raw):
        if byte in (7, 13):
            edges.append(0x301 + at)
            ends = b"\x19\1" if byte == 7 and at == begin else b""
            groups.append(b"\x18\1" + ends if rows and byte == 7 else b"")
            begin = at + 1
    at, boxes, page = _PAGE - 1, b"", bytearray(_PAGE)
    for group in groups:
        at = (at - 2 - len(group) - 1) & ~1
        # A count of words, the style, then the properties.
        made = bytes([1 + len(group) // 2, 0]) + group
        page[at : at + len(made)] = made
        boxes += bytes([at // 2]) + b"\0" * 6
    page[: 4 * len(edges) + len(boxes)] = plc(edges) + boxes
    page[-1] = len(groups)
    return bytes(page)
