"""Streams of a PDF, unpacked and counted as they go (7.3.8, 7.4)."""

import zlib
from typing import Any

import pikepdf

from formats.budget import Budget
from formats.pdf.structure import entry, items_of

_CHUNK = 1 << 20


def unpacked(stream: Any, budget: Budget, *, whole: bool = False) -> bytes:
    """The decoded bytes of a stream, counted while they are decoded.

    Raises Unreadable(TOO_BIG) past the budget, and what qpdf raises. With `whole`, as `inflated`.
    """
    filters = items_of(entry(stream, "/Filter"))
    if any(f != pikepdf.Name.FlateDecode for f in filters) or entry(stream, "/DecodeParms"):
        data = bytes(stream.read_bytes())
        budget.spend_bytes(len(data))
        return data
    data = bytes(stream.read_raw_bytes())
    for _ in filters:
        data = inflated(data, budget, whole=whole)
    return data


def inflated(data: bytes, budget: Budget, *, whole: bool = False) -> bytes:
    """As zlib.decompress, counted; what is damaged at the end is left out.

    With `whole` that raises zlib.error, and so do a stream that ends before its last block and a
    wrong check sum. A missing one does not: readers of PDF do not ask for it.
    """
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    found = []
    rest = data[2:]
    sound = data[:1] and data[0] & 0xF == 8 and int.from_bytes(data[:2], "big") % 31 == 0
    while sound and rest and not engine.eof:
        try:
            piece = engine.decompress(rest, _CHUNK)
        except zlib.error:
            break
        budget.spend_bytes(len(piece))
        found.append(piece)
        rest = engine.unconsumed_tail
    found.append(engine.flush())
    out = b"".join(found)
    if whole:
        check = engine.unused_data[:4]
        if not engine.eof or (
            len(check) == 4 and int.from_bytes(check, "big") != zlib.adler32(out)
        ):
            raise zlib.error
    return out
