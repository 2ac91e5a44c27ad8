"""Formulas as token strings ([MS-XLS] 2.5.198): the texts, numbers and ranges written in them."""

import struct
from collections.abc import Callable, Iterator
from typing import NamedTuple

from formats.biff.records import RECORD_LIES, Texts
from formats.carving import texts_in_all
from formats.sheet.references import letters_of

# Token -> bytes behind it, for BIFF8 and for BIFF5; token numbers above 0x3F repeat these.
_SIZES = {
    0x01: (4, 4), 0x02: (4, 4), 0x18: (5, 5), 0x1C: (1, 1), 0x1D: (1, 1), 0x1E: (2, 2),
    0x1F: (8, 8), 0x20: (7, 7), 0x21: (2, 2), 0x22: (3, 3), 0x23: (4, 14), 0x24: (4, 3),
    0x25: (8, 6), 0x26: (6, 6), 0x27: (6, 6), 0x28: (6, 6), 0x29: (2, 2), 0x2A: (4, 3),
    0x2B: (8, 6), 0x2C: (4, 3), 0x2D: (8, 6), 0x39: (6, 24), 0x3A: (6, 17), 0x3B: (10, 20),
    0x3C: (6, 17), 0x3D: (10, 20),
}  # fmt: skip
_STRING, _ATTRIBUTE, _ARRAY, _INTEGER, _NUMBER, _MEMORY = 0x17, 0x19, 0x20, 0x1E, 0x1F, 0x26


class Piece(NamedTuple):
    """An operand: `kind` text, number or range."""

    kind: str
    text: str


class Operands(NamedTuple):
    """`whole` is False where a token was not known or broke off."""

    pieces: list[Piece]
    whole: bool


def operands(
    tokens: bytes, arrays: bytes, texts: Texts, sheet_of: Callable[[int], str]
) -> Operands:
    """The operands of a formula in order; of one that breaks off, the texts in all its bytes too.

    `arrays`: the bytes behind the tokens, with the contents of constant arrays.
    `sheet_of`: the name of the sheet that an index into ExternSheet stands for.
    """
    found: list[Piece] = []
    try:
        found.extend(_walk(tokens, arrays, texts, sheet_of))
    except RECORD_LIES:
        said = "\n".join(piece.text for piece in found)
        carved = (text for text in texts_in_all((tokens, arrays)) if text not in said)
        return Operands([*found, *(Piece("text", text) for text in carved)], whole=False)
    return Operands(found, whole=True)


def _walk(
    tokens: bytes, arrays: bytes, texts: Texts, sheet_of: Callable[[int], str]
) -> Iterator[Piece]:
    at, behind, wide = 0, 0, texts.unicode
    while at < len(tokens):
        token = tokens[at]
        base = token if token < 0x40 else (token & 0x1F) | 0x20
        at += 1
        if base == _STRING:
            text, at = texts.short(tokens, at)
            yield Piece("text", text)
            continue
        if base == _ATTRIBUTE:
            options, count = struct.unpack_from("<BH", tokens, at)
            at += 3 + (2 * (count + 1) if options & 4 else 0)
            continue
        if base == _ARRAY:
            if behind < len(arrays):
                inside, behind = _array(arrays, behind, texts)
                yield from inside
        elif base == _MEMORY:
            if behind < len(arrays):
                # 2.5.198.73 PtgExtraMem stands among the arrays: a count, and as many ranges.
                (count,) = struct.unpack_from("<H", arrays, behind)
                behind += 2 + (8 if wide else 6) * count
        elif base == _INTEGER:
            yield Piece("number", str(struct.unpack_from("<H", tokens, at)[0]))
        elif base == _NUMBER:
            number = struct.unpack_from("<d", tokens, at)[0]
            yield Piece("number", f"{number:.15g}")
        elif base in (0x24, 0x25, 0x3A, 0x3B) and wide:
            yield Piece("range", _range(tokens, at, base, sheet_of))
        if base in _SIZES:
            at += _SIZES[base][0 if wide else 1]
        elif base > 0x16 or base == 0:
            raise ValueError("a token nobody knows")


def _range(data: bytes, at: int, base: int, sheet_of: Callable[[int], str]) -> str:
    where = ""
    if base >= 0x3A:
        name = sheet_of(struct.unpack_from("<H", data, at)[0])
        where, at = f"{name}!" if name else "", at + 2
    if base in (0x24, 0x3A):
        row, column = struct.unpack_from("<HH", data, at)
        return f"{where}{_cell(row, column)}"
    top, bottom, left, right = struct.unpack_from("<HHHH", data, at)
    return f"{where}{_cell(top, left)}:{_cell(bottom, right)}"


def _cell(row: int, column: int) -> str:
    return f"${letters_of((column & 0xFF) + 1)}${row + 1}"


def _array(data: bytes, at: int, texts: Texts) -> tuple[list[Piece], int]:
    """2.5.198.8 PtgExtraArray: columns, rows, then the values."""
    columns, rows = struct.unpack_from("<BH", data, at)
    at += 3
    count = (columns + 1) * (rows + 1) if texts.unicode else (columns or 256) * rows
    found = []
    for _ in range(count):
        kind = data[at]
        if kind == 2:
            text, at = texts.long(data, at + 1) if texts.unicode else texts.short(data, at + 1)
            found.append(Piece("text", text))
        else:
            if kind == 1:
                found.append(Piece("number", f"{struct.unpack_from('<d', data, at + 1)[0]:.15g}"))
            at += 9
    return found, at
