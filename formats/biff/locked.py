"""Workbooks locked with the password every Excel knows ([MS-OFFCRYPTO] 2.3.5, 2.3.6).

A workbook whose structure is protected is written encrypted with a fixed password; Excel and WPS
open it without asking, so anybody who is given the file reads it. Any other password stays a lock.
"""

import hashlib
import struct
from collections.abc import Callable

from formats.biff.records import BOF, RECORD_LIES

# [MS-XLS] 2.2.10: what the file is encrypted with if the person gave no password to open it.
_KNOWN = "VelvetSweatshop"
_FILE_PASS, _SHEET = 0x002F, 0x0085
# [MS-XLS] 2.2.10: records that are written as they are.
_OPEN = frozenset({BOF, _FILE_PASS, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138})
_BLOCK = 1024

KeyOf = Callable[[int], bytes]
"""The key of one block of the stream, by its number."""


def opened(stream: bytes) -> bytes | None:
    """The stream with its records in the clear; None if the password is another one."""
    try:
        key_of = _key(stream)
        return None if key_of is None else _decrypted(stream, key_of)
    except RECORD_LIES:
        return None


def _key(stream: bytes) -> KeyOf | None:
    at = 0
    for _ in range(64):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _FILE_PASS:
            return _of_pass(stream[at + 4 : at + 4 + size])
        at += 4 + size
    return None


def _of_pass(data: bytes) -> KeyOf | None:
    """[MS-XLS] 2.4.117 FilePass: RC4, in its first form or through CryptoAPI."""
    method, major, minor = struct.unpack_from("<HHH", data)
    if method != 1:
        return None
    if (major, minor) == (1, 1):
        salt, proof, digest = data[6:22], data[22:38], data[38:54]
        key_of = _first_form(_KNOWN, salt)
        clear = rc4(key_of(0), proof + digest)
        right = hashlib.md5(clear[:16], usedforsecurity=False).digest()
        return key_of if clear[16:] == right else None
    if minor == 2 and major in (2, 3, 4):
        (header,) = struct.unpack_from("<I", data, 10)
        (bits,) = struct.unpack_from("<I", data, 14 + 16)
        at = 14 + header + 4
        salt, proof, digest = data[at : at + 16], data[at + 16 : at + 32], data[at + 36 : at + 56]
        key_of = _later_form(_KNOWN, salt, bits or 40)
        clear = rc4(key_of(0), proof + digest)
        right = hashlib.sha1(clear[:16], usedforsecurity=False).digest()
        return key_of if clear[16:36] == right else None
    return None


def _first_form(password: str, salt: bytes) -> KeyOf:
    """[MS-OFFCRYPTO] 2.3.6.2."""
    short = hashlib.md5(password.encode("utf-16-le"), usedforsecurity=False).digest()[:5]
    base = hashlib.md5((short + salt) * 16, usedforsecurity=False).digest()[:5]

    def key_of(block: int) -> bytes:
        return hashlib.md5(base + struct.pack("<I", block), usedforsecurity=False).digest()

    return key_of


def _later_form(password: str, salt: bytes, bits: int) -> KeyOf:
    """[MS-OFFCRYPTO] 2.3.5.2."""
    base = hashlib.sha1(salt + password.encode("utf-16-le"), usedforsecurity=False).digest()

    def key_of(block: int) -> bytes:
        made = hashlib.sha1(base + struct.pack("<I", block), usedforsecurity=False).digest()
        return made[:5].ljust(16, b"\0") if bits == 40 else made[: bits // 8]

    return key_of


def _decrypted(stream: bytes, key_of: KeyOf) -> bytes:
    """Headers are in the clear but count in the cipher, which begins anew every 1,024 bytes."""
    made = bytearray(stream)
    number, cipher = -1, b""
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        at += 4
        end = min(at + size, len(stream))
        if kind not in _OPEN:
            start = at + (4 if kind == _SHEET else 0)
            while start < end:
                block = start // _BLOCK
                if block != number:
                    number, cipher = block, rc4(key_of(block), bytes(_BLOCK))
                stop = min(end, (block + 1) * _BLOCK)
                mask = cipher[start % _BLOCK : start % _BLOCK + stop - start]
                piece = int.from_bytes(stream[start:stop], "big") ^ int.from_bytes(mask, "big")
                made[start:stop] = piece.to_bytes(stop - start, "big")
                start = stop
        at = end
    return bytes(made)


def rc4(key: bytes, data: bytes) -> bytes:
    """The RC4 stream cipher over `data`."""
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) & 0xFF
        box[i], box[j] = box[j], box[i]
    out = bytearray(len(data))
    i = j = 0
    for n, byte in enumerate(data):
        i = (i + 1) & 0xFF
        a = box[i]
        j = (j + a) & 0xFF
        b = box[j]
        box[i], box[j] = b, a
        out[n] = byte ^ box[(a + b) & 0xFF]
    return bytes(out)
