"""Shapes of old office files ([MS-ODRAW]): their names, descriptions, links, and pictures kept."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from formats.hyperlinks import hyperlink

_SHAPE, _DATA = 0xF004, 0xF011
_TABLES = frozenset({0xF00B, 0xF121, 0xF122})
# [MS-ODRAW] 2.3: the properties that hold a text, and what each is to an officer.
_TEXTS = {
    0x00C0: "艺术字",
    0x0105: "图片的文件名",
    0x0380: "图形的名称",
    0x0381: "图形的替代文字",
    0x038D: "图形的提示文字",
}
_LINK, _GROUP_FLAGS, _BLIP = 0x0382, 0x03BF, 0x0104
_LIES = (struct.error, IndexError, ValueError)


class Shape(NamedTuple):
    """One shape: its texts as (property, text), whether it is hidden, and whether it has an Obj."""

    texts: list[tuple[int, str]]
    hidden: bool
    has_object: bool
    has_picture: bool


def label_of(prop: int) -> str:
    """What a property is to an officer."""
    return _TEXTS.get(prop, "图形的链接")


def is_word_art(prop: int) -> bool:
    """Whether the property's text is drawn as a picture of letters."""
    return prop == 0x00C0


def shapes(data: bytes) -> list[Shape]:
    """The shapes of a drawing in order. What is broken is passed over.

    Containers are entered by going on behind their header: no depth to limit.
    """
    found: list[Shape] = []
    at = 0
    current: list[tuple[int, str]] | None = None
    hidden = has_object = has_picture = False

    while at + 8 <= len(data):
        options, kind, length = struct.unpack_from("<HHI", data, at)
        at += 8
        if kind == _SHAPE:
            if current is not None:
                found.append(Shape(current, hidden, has_object, has_picture))
            current, hidden, has_object, has_picture = [], False, False, False
            continue
        if options & 0xF == 0xF:
            continue
        if kind in _TABLES and current is not None:
            try:
                for prop, text in _properties(data[at : at + length], options >> 4):
                    if prop == _GROUP_FLAGS:
                        hidden = True
                    elif prop == _BLIP:
                        has_picture = True
                    else:
                        current.append((prop, text))
            except _LIES:
                current.append((0, ""))
        elif kind == _DATA:
            has_object = True
        at += length
    if current is not None:
        found.append(Shape(current, hidden, has_object, has_picture))
    return found


def _properties(data: bytes, count: int) -> Iterator[tuple[int, str]]:
    """2.2.9 OfficeArtFOPT: a table of numbers, then the long values in the same order."""
    behind = 6 * count
    for number in range(count):
        name, value = struct.unpack_from("<HI", data, 6 * number)
        prop = name & 0x3FFF
        if name & 0x8000:
            raw = data[behind : behind + value]
            behind += value
            if prop in _TEXTS:
                text = raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace").partition("\0")[0]
                if text.strip():
                    yield prop, text.strip()
            elif prop == _LINK:
                link = hyperlink(raw, 16)
                text = "#".join(x for x in (link.address, link.location) if x)
                if text:
                    yield prop, text
        elif prop == _GROUP_FLAGS:
            if value & 0x00020002 == 0x00020002:
                yield prop, ""
        elif prop == _BLIP and value:
            yield prop, ""
