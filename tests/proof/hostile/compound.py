"""Compound files ([MS-CFB]) whose tables lead in circles or claim too much."""

import struct
from collections.abc import Callable

from tests.build import outlook
from tests.build.ole import compound

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR = 512
# Which kind of file the stream's name makes it.
_STREAMS = {"doc": "WordDocument", "xls": "Workbook", "msg": "__properties_version1.0"}
_RECORD = struct.Struct("<HH")


def _base(suffix: str, data: bytes = b"") -> bytearray:
    return bytearray(compound({_STREAMS[suffix]: data or b"\xec\xa5" + b"\0" * 4094}))


def _fat_circle(made: bytearray) -> None:
    """Every sector is followed by the one before."""
    for number in range(1, 128):
        struct.pack_into("<I", made, _SECTOR + 4 * number, number - 1 or 2)


def _self_circle(made: bytearray) -> None:
    for number in range(1, 128):
        struct.pack_into("<I", made, _SECTOR + 4 * number, number)


def _master_circle(made: bytearray) -> None:
    """The master table goes on in the FAT's own sector."""
    struct.pack_into("<II", made, 68, 0, 0x7FFFFFFF)


def _small_circle(made: bytearray) -> None:
    """The small sectors' table is the directory, which points at itself."""
    struct.pack_into("<II", made, 60, 1, 0x7FFFFFFF)


def _small_claim(made: bytearray) -> None:
    """Two million sectors of the small sectors' table, in a circle, for a stream kept in them."""
    struct.pack_into("<I", made, _SECTOR + 4, 1)
    struct.pack_into("<II", made, 60, 1, 0x200000)
    struct.pack_into("<IQ", made, 2 * _SECTOR + 116, 2, 512)
    struct.pack_into("<Q", made, 2 * _SECTOR + 128 + 120, 100)


def _tree_circle(made: bytearray) -> None:
    """Each entry's neighbours are the root and itself."""
    at = 2 * _SECTOR + 128
    struct.pack_into("<III", made, at + 68, 1, 0, 1)


def _claimed_fat(made: bytearray) -> None:
    struct.pack_into("<I", made, 44, 0x7FFFFFFF)


def _claimed_stream(made: bytearray) -> None:
    struct.pack_into("<Q", made, 2 * _SECTOR + 128 + 120, 2**62)


def _large_sectors(made: bytearray) -> None:
    struct.pack_into("<HH", made, 30, 31, 31)


def _zero_sectors(made: bytearray) -> None:
    struct.pack_into("<HH", made, 30, 0, 0)


_DAMAGE: dict[str, Callable[[bytearray], None]] = {
    "fat circle": _fat_circle,
    "self circle": _self_circle,
    "master circle": _master_circle,
    "small circle": _small_circle,
    "small claim": _small_claim,
    "tree circle": _tree_circle,
    "claimed fat": _claimed_fat,
    "claimed stream": _claimed_stream,
    "large sectors": _large_sectors,
    "zero sectors": _zero_sectors,
}


def _damaged(damage: Callable[[bytearray], None], suffix: str) -> Callable[[], bytes]:
    def build() -> bytes:
        made = _base(suffix)
        damage(made)
        return bytes(made)

    return build


def _book(*records: tuple[int, bytes]) -> bytes:
    """A BIFF8 workbook of these records ([MS-XLS] 2.1.4) between BOF and EOF."""
    bof = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    return b"".join(
        _RECORD.pack(kind, len(body)) + body for kind, body in ((0x809, bof), *records, (0x0A, b""))
    )


def _sheet(name: bytes, at: int) -> tuple[int, bytes]:
    return 0x85, struct.pack("<IBBBB", at, 0, 0, len(name), 0) + name


def _xls(data: bytes) -> Callable[[], bytes]:
    return lambda: bytes(_base("xls", data.ljust(4096, b"\0")[: 100 * _SECTOR]))


_STRINGS = struct.pack("<II", 0x7FFFFFFF, 0x7FFFFFFF)
_BOOKS = {
    "claimed strings": _book((0xFC, _STRINGS)),
    "claimed characters": _book((0xFC, struct.pack("<IIHB", 1, 1, 0xFFFF, 1) + b"x" * 10)),
    "claimed runs": _book(
        (0xFC, struct.pack("<IIHBHI", 1, 1, 1, 0x0D, 0xFFFF, 0x7FFFFFFF) + b"x" * 20)
    ),
    "a sheet in itself": _book(_sheet(b"a", 0), _sheet(b"b", 0)),
    "a sheet far away": _book(_sheet(b"a", 0x7FFFFFFF)),
    "many sheets": _book(*[_sheet(b"a", 0)] * 2500),
    "continued for ever": _book((0xFC, _STRINGS), *[(0x3C, b"")] * 10_000),
    "many formats": _book(*[(0x41E, struct.pack("<HHB", n, 1, 0) + b"0") for n in range(4000)]),
}

_FIB = bytearray(b"\xec\xa5\xc1\0" + b"\0" * 894)


def _fib(**places: int) -> bytes:
    """A Word header ([MS-DOC] 2.5) with these claims at these offsets ("at_418")."""
    made = bytearray(_FIB)
    struct.pack_into("<HHHH", made, 32, 14, 0, 0, 0)
    struct.pack_into("<H", made, 62, 22)
    struct.pack_into("<H", made, 152, 93)
    for name, value in places.items():
        struct.pack_into("<I", made, int(name.removeprefix("at_")), value & 0xFFFFFFFF)
    return bytes(made)


def _doc(fib: bytes, table: bytes = b"") -> Callable[[], bytes]:
    return lambda: compound(
        {"WordDocument": fib.ljust(4096, b"\0"), "0Table": table.ljust(4096, b"\0")}
    )


def _pieces(count: int, length: int) -> bytes:
    """A piece table ([MS-DOC] 2.8.35) of pieces over the same bytes."""
    places = struct.pack(f"<{count + 1}I", *(n * length for n in range(count + 1)))
    body = places + struct.pack("<HIH", 0, 0x40000000, 0) * count
    return b"\x02" + struct.pack("<I", len(body)) + body


def _messages_in_messages() -> bytes:
    """A mail in a mail in a mail ..., each a whole file as an attachment of the next."""
    made = outlook.message(outlook.text(outlook.SUBJECT, "x"))
    for _ in range(30):
        made = outlook.message(outlook.attachment(0, "a.msg", made))
    return made


def _storages_in_storages() -> bytes:
    inner: outlook.Streams = outlook.text(outlook.SUBJECT, "x")
    for _ in range(60):
        inner = outlook.embedded(0, "a", inner)
    return outlook.message(inner)


CASES: dict[str, Callable[[], bytes]] = {
    **{
        f"{name}.{suffix}": _damaged(damage, suffix)
        for suffix in _STREAMS
        for name, damage in _DAMAGE.items()
    },
    **{f"{name}.xls": _xls(data) for name, data in _BOOKS.items()},
    "in each other.msg": _messages_in_messages,
    "deep.msg": _storages_in_storages,
    "claimed text.doc": _doc(_fib(at_76=0x7FFFFFFF, at_418=0, at_422=0x7FFFFFFF)),
    "pieces over the same bytes.doc": _doc(
        _fib(at_76=300 * 2_000_000, at_418=0, at_422=3000), _pieces(300, 2_000_000)
    ),
    "pieces backwards.doc": _doc(_fib(at_76=100, at_418=0, at_422=3000), _pieces(300, -5 & 0xFFFF)),
    "every claim.doc": _doc(_fib(**{f"at_{n}": 0x7FFFFFFF for n in range(154, 890, 4)})),
    "every start.doc": _doc(_fib(**{f"at_{n}": 8 for n in range(154, 890, 4)}), _pieces(300, 7)),
}
