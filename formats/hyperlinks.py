"""Hyperlink objects of old office files ([MS-OSHARED] 2.3.7.1): address, place, shown name."""

import struct
from typing import NamedTuple

_URL = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
_FILE = bytes.fromhex("0303000000000000c000000000000046")


class Link(NamedTuple):
    """What a hyperlink says; "" where it says nothing."""

    shown: str
    address: str
    location: str


def hyperlink(data: bytes, at: int) -> Link:
    """The object at a position. Raises struct.error or IndexError where it is cut off."""
    version, flags = struct.unpack_from("<II", data, at)
    if version != 2:
        raise IndexError("hyperlink")
    at += 8
    shown = address = location = ""
    if flags & 0x10:
        shown, at = _text(data, at)
    if flags & 0x80:
        _, at = _text(data, at)
    if flags & 0x1:
        if flags & 0x100:
            address, at = _text(data, at)
        else:
            address, at = _moniker(data, at)
    if flags & 0x8:
        location, at = _text(data, at)
    return Link(shown, address, location)


def _text(data: bytes, at: int) -> tuple[str, int]:
    (count,) = struct.unpack_from("<I", data, at)
    end = at + 4 + 2 * count
    if end > len(data):
        raise IndexError("hyperlink")
    return _clean(data[at + 4 : end]), end


def _clean(raw: bytes) -> str:
    return raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace").partition("\0")[0]


def _moniker(data: bytes, at: int) -> tuple[str, int]:
    """2.3.7.2: an address on the web, or a file on somebody's disk."""
    kind = data[at : at + 16]
    at += 16
    if kind == _URL:
        (size,) = struct.unpack_from("<I", data, at)
        return _clean(data[at + 4 : at + 4 + size]), at + 4 + size
    if kind == _FILE:
        parents, size = struct.unpack_from("<HI", data, at)
        short = data[at + 6 : at + 6 + size].decode("gb18030", "replace").rstrip("\0")
        at += 6 + size + 24
        (extra,) = struct.unpack_from("<I", data, at)
        if extra:
            (length,) = struct.unpack_from("<I", data, at + 4)
            short = _clean(data[at + 10 : at + 10 + length])
        return "..\\" * min(parents, 16) + short, at + 4 + extra
    raise IndexError("hyperlink")
