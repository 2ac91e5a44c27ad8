"""Streams of a PDF, unpacked and counted as they go (7.3.8, 7.4)."""

import zlib
from typing import Any

import pikepdf

from formats.budget import Budget
from formats.pdf.structure import entry, items_of

_CHUNK = 1 << 20


def unpacked(stream: Any, budget: Budget) -> bytes:
    """The decoded bytes of a stream, counted while they are decoded.

    Raises Unreadable(TOO_BIG) past the budget, and what qpdf raises.
    """
    filters = items_of(entry(stream, "/Filter"))
    if any(f != pikepdf.Name.FlateDecode for f in filters) or entry(stream, "/DecodeParms"):
        data = bytes(stream.read_bytes())
        budget.spend_bytes(len(data))
        return data
    data = bytes(stream.read_raw_bytes())
    for _ in filters:
        data = inflated(data, budget)
    return data


def inflated(data: bytes, budget: Budget) -> bytes:
    """As zlib.decompress, but what is damaged at the end is left out, and the bytes are counted."""
    engine = zlib.decompressobj()
    found = []
    while data:
        try:
            piece = engine.decompress(data, _CHUNK)
        except zlib.error:
            break
        budget.spend_bytes(len(piece))
        found.append(piece)
        data = engine.unconsumed_tail
    return b"".join(found)
