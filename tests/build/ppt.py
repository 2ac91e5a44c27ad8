"""The parts of an old presentation ([MS-PPT]) that hold text, in a compound file."""

import struct

from tests.build.ole import compound


def record(kind: int, data: bytes, *, container: bool = False) -> bytes:
    """2.3.1: version, kind and length before the data."""
    return struct.pack("<HHI", 0xF if container else 0, kind, len(data)) + data


def wide(text: str) -> bytes:
    """A text as PowerPoint keeps it (2.9.42)."""
    return record(0x0FA0, text.encode("utf-16-le"))


def narrow(text: str) -> bytes:
    """A text of no letters beyond Latin-1 (2.9.43)."""
    return record(0x0FA8, text.encode("latin-1"))


def name(text: str) -> bytes:
    """A name or a remark (2.2.3)."""
    return record(0x0FBA, text.encode("utf-16-le"))


def ppt(*atoms: bytes, more: dict[str, bytes] | None = None) -> bytes:
    """A presentation of one slide; `more` streams stand beside it."""
    document = record(1000, record(1006, b"".join(atoms), container=True), container=True)
    return compound({"Current User": b"\0" * 20, "PowerPoint Document": document, **(more or {})})
