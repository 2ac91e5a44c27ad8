"""Outlook messages ([MS-OXMSG]) built stream by stream."""

import struct

from formats.compound import compound

_UNICODE, _STRING8, _BINARY = 0x001F, 0x001E, 0x0102
SUBJECT, BODY, HTML, RTF, HEADERS = 0x0037, 0x1000, 0x1013, 0x1009, 0x007D
SENDER, TO, COPY, BLIND, FILE_NAME, DATA = 0x0C1A, 0x0E04, 0x0E03, 0x0E02, 0x3707, 0x3701
PROPERTIES = "__properties_version1.0"
Streams = dict[str, bytes]


def text(number: int, said: str) -> Streams:
    """A Unicode property."""
    return {f"__substg1.0_{number:04X}{_UNICODE:04X}": said.encode("utf-16-le")}


def old_text(number: int, said: str) -> Streams:
    """A property in the message's code page."""
    return {f"__substg1.0_{number:04X}{_STRING8:04X}": said.encode("gb18030")}


def binary(number: int, data: bytes) -> Streams:
    """A binary property."""
    return {f"__substg1.0_{number:04X}{_BINARY:04X}": data}


def fixed(header: int, *entries: tuple[int, int, int]) -> Streams:
    """The property stream: (number, type, value) each."""
    made = b"\0" * header
    for number, kind, value in entries:
        made += struct.pack("<IIQ", number << 16 | kind, 6, value)
    return {PROPERTIES: made}


def under(folder: str, streams: Streams) -> Streams:
    """Streams in a storage."""
    return {f"{folder}/{name}": data for name, data in streams.items()}


def named(number: int, name: str) -> Streams:
    """The table that gives one property from 0x8000 on a name."""
    raw = name.encode("utf-16-le")
    return under(
        "__nameid_version1.0",
        {
            "__substg1.0_00020102": b"",
            "__substg1.0_00030102": struct.pack("<IHH", 0, 0x0B, number - 0x8000),
            "__substg1.0_00040102": struct.pack("<I", len(raw)) + raw,
        },
    )


def recipient(index: int, kind: int, streams: Streams) -> Streams:
    """A recipient: `kind` 1 to, 2 copy, 3 blind copy."""
    own = streams | fixed(8, (0x0C15, 3, kind))
    return under(f"__recip_version1.0_#{index:08X}", own)


def attachment(index: int, name: str, data: bytes) -> Streams:
    """A file by value."""
    own = text(FILE_NAME, name) | binary(DATA, data) | fixed(8, (0x3705, 3, 1))
    return under(f"__attach_version1.0_#{index:08X}", own)


def embedded(index: int, name: str, message: Streams) -> Streams:
    """A message by value; its property stream has the shorter header."""
    inner = under(f"__substg1.0_{DATA:04X}000D", message | fixed(24))
    own = text(0x3001, name) | inner | fixed(8, (0x3705, 3, 5))
    return under(f"__attach_version1.0_#{index:08X}", own)


def message(*streams: Streams, entries: tuple[tuple[int, int, int], ...] = ()) -> bytes:
    """A whole file."""
    made = fixed(32, *entries)
    for more in streams:
        made |= more
    return compound(made)


def plainly_packed(data: bytes) -> bytes:
    """RTF behind the header that says it is not compressed ([MS-OXRTFCP] 2.1.3.1.1)."""
    return struct.pack("<IIII", len(data) + 12, len(data), 0x414C454D, 0) + data


def literally_packed(data: bytes) -> bytes:
    """RTF in the compressed form, but every token a letter, and the mark that ends it."""
    made = b""
    for at in range(0, len(data), 8):
        made += b"\0" + data[at : at + 8]
    end = (207 + len(data)) % 4096
    rest = len(data) % 8
    mark = bytes(((end << 4) >> 8, (end << 4) & 0xFF))
    if rest:
        cut = len(made) - rest - 1
        made = made[:cut] + bytes((1 << rest,)) + made[cut + 1 :] + mark
    else:
        made += b"\1" + mark
    return struct.pack("<IIII", len(made) + 12, len(data), 0x75465A4C, 0) + made
