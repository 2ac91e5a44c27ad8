"""Property changes of Word 6 and 95, said in the numbers of Word 97.

There a number is one byte and its size is known only from a list; what comes behind a number that
is not in the list cannot be read. Source: the sprm table of the Word 6.0 file format (1993).
"""

import struct
from collections.abc import Iterator

_VARIABLE = -1
_SIZES = {
    **dict.fromkeys((3, 12, 15, 23, 68, 74, 81, 82, 103, 105, 106, 108), _VARIABLE),
    **dict.fromkeys((4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 24, 25, 29, 37, 44, 50, 51), 1),
    **dict.fromkeys((2, *range(16, 20), 21, 22, 26, 27, 28, *range(30, 37), *range(38, 44)), 2),
    **dict.fromkeys((45, 46, 47, 48, 49, 69, 72, 80, 93, 96, 97, 107, 109, 110), 2),
    **dict.fromkeys((65, 66, 67, 71, 75, *range(85, 93), 94, *range(98, 103), 104, 117, 118), 1),
    **dict.fromkeys((20, 70), 4),
    **dict.fromkeys((73, 95), 3),
    83: 0,
}
# One-byte switches, and their numbers since Word 97.
_SWITCHES = {
    24: 0x2416, 25: 0x2417, 65: 0x0800, 66: 0x0801, 71: 0x0806, 92: 0x083C, 98: 0x2A42, 117: 0x0855,
}  # fmt: skip


def changes(group: bytes) -> Iterator[tuple[int, bytes]]:
    """(number, operand) of each change, up to the first of unknown size."""
    at = 0
    while at < len(group):
        number = group[at]
        size = _SIZES.get(number)
        at += 1
        if size is None or at + max(size, 0) > len(group):
            return
        if size == _VARIABLE:
            if at >= len(group):
                return
            size = group[at]
            at += 1
        yield number, group[at : at + size]
        at += size


def modern(group: bytes) -> bytes:
    """The same changes as Word 97 writes them, as far as they decide what is seen."""
    out = b""
    for number, operand in changes(group):
        if number in _SWITCHES and operand:
            out += struct.pack("<HB", _SWITCHES[number], operand[0])
        elif number == 69:
            # One reviser for what he put in and what he took out.
            out += struct.pack("<H", 0x4804) + operand + struct.pack("<H", 0x4863) + operand
        elif number == 70:
            out += struct.pack("<H", 0x6805) + operand + struct.pack("<H", 0x6864) + operand
        elif number == 99 and operand:
            out += struct.pack("<HH", 0x4A43, operand[0])
        elif number == 74 and len(operand) >= 3:
            font, code = struct.unpack_from("<HB", operand)
            out += struct.pack("<HHH", 0x6A09, font, code)
        elif number == 68 and len(operand) >= 4:
            out += struct.pack("<H", 0x6A03) + operand[:4]
    return out
