"""What lists put before their numbers ([MS-DOC] 2.9.131 LSTF, 2.9.150 LVL), printed or not."""

import re
import struct
from collections.abc import Iterator, Set
from typing import NamedTuple

from formats.doc97.fib import DOC_LIES
from formats.reading import Part, Place, Segment

_LIST, _LEVEL, _OVERRIDE = 28, 28, 16
_NO_STYLE = 0x0FFF
_HOLDER = re.compile("[\0-\x08]")
# Words of which an ordinary list is made tell nothing of what they number.
_ORDINARY = re.compile(r"[第章条节款项篇部分表图附件\W_A-Za-z\uf000-\uf0ff]*")


class Level(NamedTuple):
    """`words` holds a character from 0 to 8 for each level's number. `styled`: a style counts."""

    owner: int
    depth: int
    words: str
    styled: bool


class Levels(NamedTuple):
    """The levels of all lists, and where in the bytes given they end or, not `whole`, break off."""

    levels: list[Level]
    end: int
    whole: bool


def told(
    levels: list[Level], overrides: bytes, used: Set[tuple[int, int]], path: str
) -> Iterator[Segment]:
    """The words of every level. `used`: (list from 1, level from 0) of paragraphs that count."""
    printed = {(_owner(overrides, number), depth) for number, depth in used}
    for number, level in enumerate(levels, 1):
        said = _HOLDER.sub("", level.words)
        if _ORDINARY.fullmatch(said):
            continue
        seen = level.styled or (level.owner, level.depth) in printed
        note = "自动编号里的文字" if seen else "没有用到的列表里的文字"
        part = Part.BODY if seen else Part.HIDDEN
        yield Segment(Place(part, paragraph=number, path=f"{path}/lists"), said, seen, note)


def _owner(overrides: bytes, number: int) -> int:
    """2.9.129 LFO: which list the one of this number stands for; 0 where there is none."""
    at = 4 + _OVERRIDE * (number - 1)
    return int.from_bytes(overrides[at : at + 4], "little") if number > 0 else 0


def levels_of(data: bytes) -> Levels:
    """2.9.198 PlfLst, and the levels that stand behind it: one for a simple list, else nine."""
    found: list[Level] = []
    end = 0
    try:
        (count,) = struct.unpack_from("<H", data)
        end = at = 2 + _LIST * count
        for number in range(count):
            head = data[2 + _LIST * number : 2 + _LIST * (number + 1)]
            (owner,) = struct.unpack_from("<I", head)
            styles = struct.unpack_from("<9H", head, 8)
            for depth in range(1 if head[26] & 1 else 9):
                character, paragraph = data[at + 24], data[at + 25]
                at += _LEVEL + character + paragraph
                (length,) = struct.unpack_from("<H", data, at)
                raw = data[at + 2 : at + 2 + 2 * length]
                at += 2 + 2 * length
                words = raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace")
                found.append(Level(owner, depth, words, styles[depth] != _NO_STYLE))
                if at > len(data):
                    return Levels(found, len(data), whole=False)
                end = at
    except DOC_LIES:
        return Levels(found, end, whole=False)
    return Levels(found, end, whole=True)
