"""Lists of strings and of positions in the table stream ([MS-DOC] 2.2.4 STTB, 2.8 PLC)."""

import struct
from typing import NamedTuple

from formats.carving import texts_in
from formats.doc97.fib import DOC_LIES

_MOST = 100_000


class Strings(NamedTuple):
    """The strings of a list and where it ends; if it is not `whole`, all texts in its bytes too."""

    texts: list[str]
    end: int
    whole: bool


def strings(data: bytes, encoding: str, *, old: bool = False) -> Strings:
    """2.2.4 STTB: extended (UTF-16) or not. Word 6 and 95 write bytes behind the list's size."""
    found: list[str] = []
    at = 0
    if not data:
        return Strings(found, 0, whole=True)
    try:
        if old:
            at = _old_strings(data, encoding, found)
            return _checked(found, data, at)
        wide = data[:2] == b"\xff\xff"
        at = 2 if wide else 0
        count, extra = struct.unpack_from("<HH", data, at)
        at += 4
        for _ in range(count):
            if wide:
                (length,) = struct.unpack_from("<H", data, at)
                at += 2
                raw = data[at : at + 2 * length]
                found.append(raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace"))
                at += 2 * length
            else:
                length = data[at]
                found.append(data[at + 1 : at + 1 + length].decode(encoding, "replace"))
                at += 1 + length
            at += extra
    except DOC_LIES:
        return _checked(found, data, len(data) + 1)
    return _checked(found, data, at)


def _checked(found: list[str], data: bytes, end: int) -> Strings:
    """A list that ends behind its bytes is broken: its texts are looked for in all of them."""
    if end <= len(data):
        return Strings(found, end, whole=True)
    said = "\n".join(found)
    carved = [text for text in texts_in(data) if text not in said]
    return Strings([*found, *carved], len(data), whole=False)


def _old_strings(data: bytes, encoding: str, found: list[str]) -> int:
    """Fills `found`; where the last string ends."""
    at = 2
    end = min(len(data), struct.unpack_from("<H", data)[0] if len(data) > 1 else 0)
    while at < end:
        length = data[at]
        found.append(data[at + 1 : at + 1 + length].decode(encoding, "replace"))
        at += 1 + length
    return at


def counted(data: bytes) -> Strings:
    """2.2.1 Xst, one behind the other: a length and UTF-16."""
    found: list[str] = []
    at = 0
    while at + 2 <= len(data) and len(found) < _MOST:
        (length,) = struct.unpack_from("<H", data, at)
        raw = data[at + 2 : at + 2 + 2 * length]
        found.append(raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace"))
        at += 2 + 2 * length
    return _checked(found, data, at)


def positions(data: bytes, size: int) -> tuple[list[int], list[bytes]]:
    """2.2.2 PLC: n + 1 positions, then n structures of `size` bytes."""
    if len(data) < 8:
        return [], []
    count = min((len(data) - 4) // (4 + size), _MOST)
    edges = list(struct.unpack_from(f"<{count + 1}I", data))
    base = 4 * (count + 1)
    return edges, [data[base + size * n : base + size * (n + 1)] for n in range(count)]
