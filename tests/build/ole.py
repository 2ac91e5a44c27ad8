"""Compound files ([MS-CFB]) small enough to write by hand: what old Office files are wrapped in."""

import struct

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams at its root; each is padded past the mini-stream limit."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    directory_sectors = (len(padded) + 1 + 3) // 4
    fat = [_FAT, *range(2, directory_sectors + 1), _END]
    entries, body = [], b""
    for name, data in padded.items():
        start, count = len(fat), -(-len(data) // _SECTOR)
        fat += [*range(start + 1, start + count), _END]
        body += data.ljust(count * _SECTOR, b"\0")
        entries.append((name, start, len(data)))
    assert len(fat) <= 128, "one FAT sector is all this writes"
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    tree = _entry("Root Entry", 5, 1, _FREE, _END, 0)
    for number, (name, start, size) in enumerate(entries, 1):
        following = number + 1 if number < len(entries) else _FREE
        tree += _entry(name, 2, _FREE, following, start, size)
    tree = tree.ljust(directory_sectors * _SECTOR, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    return header + table + tree + body


def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw), kind, 1, _FREE, right, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
