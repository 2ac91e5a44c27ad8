"""Archives that lie: bombs, overlaps, crowds, names no system should write."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from tests.build import containers

MIB = 1024 * 1024
BOMB = 3 * 1024 * MIB


class Member(NamedTuple):
    """One entry as it is written; `size` is what the headers claim the data opens to."""

    name: bytes
    data: bytes
    size: int
    method: int = zipfile.ZIP_DEFLATED
    flags: int = 0x800
    crc: int = 0


def deflated(size: int, byte: bytes = b"0") -> bytes:
    """A raw deflate stream of some kilobytes that opens to `size` bytes (a multiple of 16 MiB)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(byte * (16 * MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(byte * (16 * MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * (size // (16 * MIB) - 1) + packer.flush()


def packed(members: Iterable[Member], *, shared: bool = False) -> bytes:
    """A zip of exactly these entries; `shared`: they all point at the first one's data."""
    out, directory, count = io.BytesIO(), io.BytesIO(), 0
    for number, each in enumerate(members):
        place = 0 if shared else out.tell()
        sizes = struct.pack(
            "<III", each.crc, len(each.data), min(each.size, 0xFFFFFFFE)
        ) + struct.pack("<H", len(each.name))
        common = struct.pack("<HHHHH", 20, each.flags, each.method, 0, 0x21)
        if not shared or number == 0:
            out.write(b"PK\3\4" + common + sizes + b"\0\0" + each.name + each.data)
        directory.write(
            b"PK\1\2\x14\0" + common + sizes + struct.pack("<HHHHII", 0, 0, 0, 0, 0, place)
        )
        directory.write(each.name)
        count += 1
    start, size = out.tell(), directory.tell()
    out.write(directory.getvalue())
    count = min(count, 0xFFFF)
    out.write(b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, size, start, 0))
    return out.getvalue()


def plain(name: str, data: bytes) -> Member:
    """An honest entry."""
    return Member(name.encode(), data, len(data), zipfile.ZIP_STORED, crc=zlib.crc32(data))


def with_part(package: bytes, name: str, data: bytes) -> bytes:
    """A package with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, data)
    return out.getvalue()


def part_of(package: bytes, name: str) -> bytes:
    """One part of a package."""
    with zipfile.ZipFile(io.BytesIO(package)) as old:
        return old.read(name)


def with_bomb(package: bytes, name: str, *, claimed: int = BOMB) -> bytes:
    """A package in which one part opens to three gigabytes of spaces inside its root element."""
    with zipfile.ZipFile(io.BytesIO(package)) as old:
        members = [plain(each, old.read(each)) for each in old.namelist() if each != name]
    return packed([*members, Member(name.encode(), deflated(BOMB, b" "), claimed)])


def _flat() -> bytes:
    return packed([Member(b"a.txt", deflated(BOMB), BOMB)])


def _lying() -> bytes:
    """The headers claim a kilobyte."""
    return packed([Member(b"a.txt", deflated(BOMB), 1024)])


def _overlapping() -> bytes:
    """Ten thousand entries over the same kilobytes: 160 gigabytes."""
    data = deflated(16 * MIB)
    return packed((Member(b"%05d.txt" % n, data, 16 * MIB) for n in range(10_000)), shared=True)


def _crowd() -> bytes:
    return packed(plain(f"{n}.txt", b"") for n in range(60_000))


def _nested() -> bytes:
    made = packed([plain("a.txt", b"x")])
    for level in range(200):
        made = packed([plain(f"{level}.zip", made)])
    return made


def _tree() -> bytes:
    """Sixteen archives in each of sixteen, five deep: a million files, 260 kilobytes."""
    made = packed([plain("a.txt", b"x" * 100)])
    for _ in range(5):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(16):
                archive.writestr(f"{number}.zip", made)
        made = out.getvalue()
    return made


def _names() -> bytes:
    names = (
        "../../../../tmp/上一层.txt", "/etc/passwd", "C:\\Windows\\a.txt", "a\0b.txt", "a\nb.txt",
        "合同\u202etxt.exe", "\u200b.txt", "", ".", "..", "/", "x" * 60_000, "a/" * 5_000 + "b.txt",
        "CON", "~$a.docx", "甲\x1b[31m.txt", "a.txt", "a.txt", "A.TXT",
    )  # fmt: skip
    return packed(plain(name, b"text " * 5) for name in names)


def _claims() -> bytes:
    """A directory that says 65,535 entries and holds one, at a place past the end."""
    made = bytearray(packed([plain("a.txt", b"x")]))
    at = made.rindex(b"PK\5\6")
    made[at + 8 : at + 20] = struct.pack("<HHII", 0xFFFF, 0xFFFF, 0x7FFFFFFF, 0x7FFFFFFF)
    return bytes(made)


def _methods() -> bytes:
    """Entries packed by every method there is a number for."""
    return packed(
        Member(b"%d.txt" % method, b"\x5d\0\0\x10\0garbage" * 9, 99, method)
        for method in (1, 6, 9, 12, 14, 20, 93, 95, 98, 99)
    )


def _bombed(method: int, pack: Callable[[bytes], bytes]) -> bytes:
    return packed([Member(b"a.txt", pack(b"0" * (240 * MIB)), 240 * MIB, method)])


def _bzip2() -> bytes:
    import bz2

    return _bombed(zipfile.ZIP_BZIP2, partial(bz2.compress, compresslevel=9))


def _seven() -> bytes:
    """A 7z of some kilobytes that opens to a quarter of a gigabyte."""
    return containers.seven({"a.txt": b"0" * (240 * MIB)})


def _dictionary() -> bytes:
    """A 7z whose packer wants a dictionary of four gigabytes; the check sums over it are right."""
    made = bytearray(containers.seven({"a.txt": b"text " * 100}))
    place, size, _ = struct.unpack_from("<QQI", made, 12)
    at, end = 32 + place, 32 + place + size
    lzma2 = made.index(b"\x21\x21\x01", at, end)  # one byte of properties: the dictionary's size
    made[lzma2 + 3] = 40
    start = struct.pack("<QQI", place, size, zlib.crc32(made[at:end]))
    made[8:32] = struct.pack("<I", zlib.crc32(start)) + start
    return bytes(made)


def _lzma_dictionary() -> bytes:
    """The same in a zip: LZMA with a dictionary of four gigabytes and an endless claim."""
    return packed(
        [
            Member(
                b"a.txt", b"\x09\x14\5\0\x5d\xff\xff\xff\xff" + b"\0" * 60, 2**31, zipfile.ZIP_LZMA
            )
        ]
    )


CASES: dict[str, Callable[[], bytes]] = {
    "flat.zip": _flat,
    "lying.zip": _lying,
    "overlapping.zip": _overlapping,
    "crowd.zip": _crowd,
    "nested.zip": _nested,
    "tree.zip": _tree,
    "names.zip": _names,
    "claims.zip": _claims,
    "methods.zip": _methods,
    "bzip2.zip": _bzip2,
    "zeros.7z": _seven,
    "dictionary.7z": _dictionary,
    "dictionary.zip": _lzma_dictionary,
}
