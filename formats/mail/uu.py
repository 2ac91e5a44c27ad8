"""Files written into the text of a mail with uuencode (POSIX.1-2017), as was done before MIME."""

import binascii
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_BEGIN = re.compile(r"begin [0-7]{3,4} (\S.*)")
# A letter for how many bytes the line holds, then three bytes in four letters.
_LINE = re.compile(r"[ -`]{5,85}")
_IDLE = frozenset({"", "`"})


class Block(NamedTuple):
    """One file between the lines `first` and `behind`. Not `whole`: its end was not found."""

    first: int
    behind: int
    name: str
    data: bytes
    whole: bool


def blocks(lines: Sequence[str]) -> Iterator[Block]:
    """The files in a text. A line that begins one is prose unless data in full follows it."""
    at = 0
    while at < len(lines):
        begun = _BEGIN.fullmatch(lines[at])
        if begun is None or not _is_sure(lines, at + 1):
            at += 1
            continue
        data, behind, whole = _data(lines, at + 1)
        yield Block(at, behind, begun[1].strip(), data, whole)
        at = behind


def _is_sure(lines: Sequence[str], at: int) -> bool:
    """Whether a line of data begins here that is as long as it says, or an empty file."""
    if [line.rstrip() for line in lines[at : at + 2]] == ["`", "end"]:
        return True
    line = lines[at] if at < len(lines) else ""
    return _bytes(line) is not None and 3 * (len(line) - 1) >= 4 * _count(line)


def _data(lines: Sequence[str], at: int) -> tuple[bytes, int, bool]:
    """The bytes from here on, the line behind them, and whether that is behind an end."""
    pieces: list[bytes] = []
    over = False
    while at < len(lines):
        line = lines[at].rstrip()
        if line == "end":
            return b"".join(pieces), at + 1, True
        piece = b"" if line in _IDLE else _bytes(line)
        if piece is None or (over and piece):
            break
        over = not piece
        pieces.append(piece)
        at += 1
    return b"".join(pieces), at, False


def _bytes(line: str) -> bytes | None:
    """What a line of data holds; None for any other. Blanks at its end may have been cut off."""
    wide = -(-_count(line) // 3) * 4 + 1 if line else 0
    line = line.ljust(wide)
    if len(line) != wide or not _LINE.fullmatch(line):
        return None
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        return None


def _count(line: str) -> int:
    return ord(line[0]) - 32 & 63
