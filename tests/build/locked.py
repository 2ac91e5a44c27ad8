"""A workbook encrypted as Excel does ([MS-OFFCRYPTO] 2.3.5, 2.3.6), with any password."""

import hashlib
import struct
from collections.abc import Callable

from formats.compound import compound
from tests.build.biff import Workbook, record

KNOWN = "VelvetSweatshop"
_SALT = bytes(range(16))
_PROOF = bytes(range(100, 116))
_CLEAR = (0x0809, 0x002F, 0x00E1)


def rc4_stream(key: bytes, count: int) -> bytes:
    """The first bytes of the key stream."""
    box = [*range(256)]
    mixed = 0
    for place in range(256):
        mixed = (mixed + box[place] + key[place % len(key)]) % 256
        box[place], box[mixed] = box[mixed], box[place]
    out, mixed = [], 0
    for step in range(1, count + 1):
        place = step % 256
        mixed = (mixed + box[place]) % 256
        box[place], box[mixed] = box[mixed], box[place]
        out.append(box[(box[place] + box[mixed]) % 256])
    return bytes(out)


def _mixed(data: bytes, key: bytes, skip: int = 0) -> bytes:
    mask = rc4_stream(key, skip + len(data))[skip:]
    return bytes(a ^ b for a, b in zip(data, mask, strict=True))


def _first(password: str) -> tuple[bytes, Callable[[int], bytes]]:
    digest = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    base = hashlib.md5((digest + _SALT) * 16).digest()[:5]

    def key(block: int) -> bytes:
        return hashlib.md5(base + block.to_bytes(4, "little")).digest()

    proof = _mixed(_PROOF + hashlib.md5(_PROOF).digest(), key(0))
    return struct.pack("<HHH", 1, 1, 1) + _SALT + proof, key


def _later(password: str) -> tuple[bytes, Callable[[int], bytes]]:
    base = hashlib.sha1(_SALT + password.encode("utf-16-le")).digest()

    def key(block: int) -> bytes:
        return hashlib.sha1(base + block.to_bytes(4, "little")).digest()[:16]

    provider = "Microsoft Enhanced Cryptographic Provider v1.0\0".encode("utf-16-le")
    header = struct.pack("<IIIIIIII", 4, 0, 0x6801, 0x8004, 128, 1, 0, 0) + provider
    proof = _mixed(_PROOF + hashlib.sha1(_PROOF).digest(), key(0))
    data = struct.pack("<HHHII", 1, 2, 2, 4, len(header)) + header
    data += struct.pack("<I", 16) + _SALT + proof[:16] + struct.pack("<I", 20) + proof[16:]
    return data, key


def locked(book: Workbook, password: str = KNOWN, *, later: bool = False) -> bytes:
    """The compound file of a workbook, encrypted."""
    data, key = (_later if later else _first)(password)
    book.head = record(0x2F, data) + book.head
    stream = bytearray(book.stream())
    at = 0
    while at < len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        at += 4
        if kind not in _CLEAR:
            for place in range(at + (4 if kind == 0x85 else 0), at + size):
                block, skip = divmod(place, 1024)
                stream[place] ^= _keys(key, block)[skip]
        at += size
    return compound({"Workbook": bytes(stream)})


_made: dict[bytes, bytes] = {}


def _keys(key: Callable[[int], bytes], block: int) -> bytes:
    made = key(block)
    if made not in _made:
        _made[made] = rc4_stream(made, 1024)
    return _made[made]
