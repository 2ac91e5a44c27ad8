"""The source text of VBA macros ([MS-OVBA] 2.4.1), with the names and numbers written in it."""

import io
import struct
from collections.abc import Iterator

_OLE_LIES = (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error)
_SIGNATURE = 1
# Each module's compressed source begins with its attributes: a literal run of eight signs.
_BEGINS = b"\x00Attribut"
_MOST_CHUNKS = 2_000
_CHUNK = 4096


def modules(data: bytes) -> Iterator[tuple[str, str]]:
    """(name, source) of each module in a vbaProject.bin; nothing where it is none."""
    import olefile  # only workbooks with macros pay for it

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            streams = [
                (path[-1], ole.openstream(path).read())
                for path in ole.listdir(streams=True, storages=False)
                if len(path) > 1 and path[-2].upper() == "VBA"
            ]
    except _OLE_LIES:
        return
    for name, stream in streams:
        begins = stream.find(_BEGINS)
        # Signature byte and chunk header stand before the first run (2.4.1.1.1, 2.4.1.1.5).
        if begins >= 3 and stream[begins - 3] == _SIGNATURE:
            source = decompressed(stream[begins - 3 :])
            yield name, _readable(source)


def decompressed(container: bytes) -> bytes:
    """A CompressedContainer taken apart; as much as there is of one that breaks off."""
    out = bytearray()
    at = 1
    for _ in range(_MOST_CHUNKS):
        if at + 2 > len(container):
            break
        header = struct.unpack_from("<H", container, at)[0]
        end = min(at + (header & 0x0FFF) + 3, len(container))
        body = container[at + 2 : end]
        out += _chunk(body) if header & 0x8000 else body[:_CHUNK]
        at = end
    return bytes(out)


def _chunk(body: bytes) -> bytes:
    """2.4.1.3.5: flag bytes, each for eight tokens, a token a literal or a copy."""
    out = bytearray()
    at = 0
    while at < len(body) and len(out) < _CHUNK:
        flags = body[at]
        at += 1
        for bit in range(8):
            if at >= len(body) or len(out) >= _CHUNK:
                break
            if not flags >> bit & 1:
                out.append(body[at])
                at += 1
                continue
            if at + 2 > len(body):
                return bytes(out)
            token = struct.unpack_from("<H", body, at)[0]
            at += 2
            # 2.4.1.3.19.1: the further on, the more bits tell the distance.
            bits = max((len(out) - 1).bit_length(), 4)
            length = (token & (0xFFFF >> bits)) + 3
            distance = (token >> (16 - bits)) + 1
            if distance > len(out):
                return bytes(out)
            for _ in range(length):
                out.append(out[-distance])
    return bytes(out)


def _readable(source: bytes) -> str:
    """Macros are in the code page of the machine they were written on: here GBK."""
    text = source.decode("gb18030", "replace")
    lines = (line for line in text.splitlines() if not line.startswith("Attribute VB_"))
    return "\n".join(lines).strip()
