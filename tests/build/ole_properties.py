"""Property set streams ([MS-OLEPS] 2.21) written by hand."""

import struct

_SETS = {
    "summary": "e0859ff2f94f6810ab9108002b27b3d9",
    "office": "02d5cdd59c2e1b10939708002b2cf9ae",
    "own": "05d5cdd59c2e1b10939708002b2cf9ae",
}


def property_set(values: dict[int, str], kind: str = "summary", codepage: int = 936) -> bytes:
    """A stream with one set of texts; a person's own set names its properties 属性2, 属性3."""
    entries: list[tuple[int, bytes]] = [(1, struct.pack("<IHH", 2, codepage, 0))]
    if kind == "own":
        lines = b""
        for number in values:
            name = f"属性{number}".encode("gb18030") + b"\0"
            lines += struct.pack("<II", number, len(name)) + name
        entries.append((0, _padded(struct.pack("<I", len(values)) + lines)))
    for number, text in values.items():
        raw = text.encode("gb18030") + b"\0"
        entries.append((number, _padded(struct.pack("<II", 0x1E, len(raw)) + raw)))
    at = 8 + 8 * len(entries)
    index, body = b"", b""
    for number, data in entries:
        index += struct.pack("<II", number, at + len(body))
        body += data
    section = struct.pack("<II", at + len(body), len(entries)) + index + body
    head = struct.pack("<HHI", 0xFFFE, 0, 0x00020105) + b"\0" * 16 + struct.pack("<I", 1)
    return head + bytes.fromhex(_SETS[kind]) + struct.pack("<I", 48) + section


def _padded(data: bytes) -> bytes:
    return data.ljust(-(-len(data) // 4) * 4, b"\0")
