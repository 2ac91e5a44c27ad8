"""Shapes of old office files ([MS-ODRAW]): their names, descriptions, links, and pictures kept."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from formats.carving import texts_in
from formats.hyperlinks import hyperlink

_SHAPE, _DATA = 0xF004, 0xF011
_TABLES = frozenset({0xF00B, 0xF121, 0xF122})
# Numbers and places, and ([MS-ODRAW] 2.2.20 to 2.2.23) pictures, which `blips` reads.
_SILENT = frozenset(
    {
        *(0xF006, 0xF008, 0xF009, 0xF00A, 0xF00C, 0xF00D, 0xF00E, 0xF00F, 0xF010, 0xF012, 0xF014),
        *(0xF011, 0xF017, 0xF11A, 0xF11D, 0xF11E, 0xF007, *range(0xF018, 0xF118)),
    }
)
# [MS-ODRAW] 2.3: the properties that hold a text, and what each is to an officer.
_TEXTS = {
    0x00C0: "艺术字",
    0x0105: "图片的文件名",
    0x0380: "图形的名称",
    0x0381: "图形的替代文字",
    0x038D: "图形的提示文字",
}
_FONTS = (0x00C5, 0x00C6)
# Corners, segments, connections, handles, guides and their kin: arrays of numbers.
_ARRAYS = frozenset({0x0145, 0x0146, *range(0x0151, 0x0158), 0x0197, 0x01CF, 0x0383})
_ARRAY_HEAD = 6
_LINK, _GROUP_FLAGS, _BLIP, _CARVED = 0x0382, 0x03BF, 0x0104, -1
_LIES = (struct.error, IndexError, ValueError)


class Shape(NamedTuple):
    """One shape: its texts as (property, text), whether it is hidden, and whether it has an Obj."""

    texts: list[tuple[int, str]]
    hidden: bool
    has_object: bool
    has_picture: bool


class Drawing(NamedTuple):
    """The shapes in order; `broken`: in how many places the drawing is, and may hold more."""

    shapes: list[Shape]
    broken: int


def label_of(prop: int) -> str:
    """What a property is to an officer."""
    return _TEXTS.get(prop, "图形的数据" if prop == _CARVED else "图形的链接")


def is_word_art(prop: int) -> bool:
    """Whether the property's text is drawn as a picture of letters."""
    return prop == 0x00C0


def shapes(data: bytes) -> Drawing:
    """The shapes of a drawing. Of what is broken or not known, the texts in its bytes.

    Containers are entered by going on behind their header: no depth to limit.
    """
    found: list[Shape] = []
    at = broken = 0
    current: list[tuple[int, str]] | None = None
    hidden = has_object = has_picture = False

    while at + 8 <= len(data):
        options, kind, length = struct.unpack_from("<HHI", data, at)
        at += 8
        cut = at + length > len(data)
        broken += cut
        if kind == _SHAPE:
            if current is not None:
                found.append(Shape(current, hidden, has_object, has_picture))
            current, hidden, has_object, has_picture = [], False, False, False
            continue
        if options & 0xF == 0xF:
            continue
        record = data[at : at + length]
        at += length
        texts: list[tuple[int, str]] = []
        if kind in _TABLES:
            try:
                texts += _properties(record, options >> 4)
            except _LIES:
                broken += not cut
                texts += ((_CARVED, text) for text in texts_in(record))
        elif cut or kind not in _SILENT:
            texts += ((_CARVED, text) for text in texts_in(record))
        has_object |= kind == _DATA
        hidden |= (_GROUP_FLAGS, "") in texts
        has_picture |= (_BLIP, "") in texts
        texts = [(prop, text) for prop, text in texts if text]
        if current is not None:
            current += texts
        elif texts:  # of the whole drawing, before its first shape
            found.append(Shape(texts, hidden=False, has_object=False, has_picture=False))
    if current is not None:
        found.append(Shape(current, hidden, has_object, has_picture))
    return Drawing(found, broken)


def _properties(data: bytes, count: int) -> Iterator[tuple[int, str]]:
    """2.2.9 OfficeArtFOPT: a table of numbers, then the long values in the same order."""
    behind = 6 * count
    for number in range(count):
        name, value = struct.unpack_from("<HI", data, 6 * number)
        prop = name & 0x3FFF
        if name & 0x8000:
            if prop in _ARRAYS:
                value = _array_size(data, behind, value)
            raw = data[behind : behind + value]
            behind += value
            if behind > len(data):
                raise IndexError("property")
            if prop in _TEXTS:
                text = raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace")
                if said := text.replace("\0", " ").strip():
                    yield prop, said
            elif prop == _LINK:
                link = hyperlink(raw, 16)
                text = "#".join(x for x in (link.address, link.location) if x)
                if text:
                    yield prop, text
            elif prop not in _FONTS and prop not in _ARRAYS:
                yield from ((_CARVED, text) for text in texts_in(raw))
        elif prop == _GROUP_FLAGS:
            if value & 0x00020002 == 0x00020002:
                yield prop, ""
        elif prop == _BLIP and value:
            yield prop, ""


def _array_size(data: bytes, at: int, written: int) -> int:
    """The bytes of an IMsoArray (2.2.51): a head with the number and size of elements, then they.

    Office and LibreOffice mostly do not count the head: what stands behind is found only with it.
    """
    if not written:
        return 0
    count, _, size = struct.unpack_from("<HHH", data, at)
    each = 4 if size == 0xFFF0 else size
    return written + _ARRAY_HEAD if count * each == written else written
