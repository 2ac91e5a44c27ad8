"""Mutants of a file, the same for the same seed: bytes, and the pieces its format is made of.

Bytes alone seldom get past a check sum; so a zip is packed again, a PNG's check sums are made
right, a compound file is cut at its sectors, XML at its elements and a PDF at its objects.
"""

import copy
import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

from lxml import etree

from tests.build.damage import broken

_OLE = b"\xd0\xcf\x11\xe0"
_PNG = b"\x89PNG\r\n\x1a\n"
_ZIP = b"PK\x03\x04"
_SEVEN = b"7z\xbc\xaf\x27\x1c"
_OBJECT = re.compile(rb"(\d+) 0 obj\b(.*?)endobj", re.S)
_TOKENS = re.compile(rb"(<[^<>]*>|[{}]|\\[a-z]+-?\d*|\r?\n|,)")
_NUMBERS = (
    0,
    1,
    2,
    0x7F,
    0x80,
    0xFF,
    0xFFFE,
    0xFFFF,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFFE,
    2**32 - 1,
)
_LARGEST_PART = 1024 * 1024


def mutant(data: bytes, seed: str) -> bytes:
    """One mutant of a file."""
    chance = random.Random(seed)
    return _mutated(data, chance, depth=0)


def _mutated(data: bytes, chance: random.Random, depth: int) -> bytes:
    if not data:
        return chance.randbytes(chance.choice((0, 1, 100)))
    ways: list[Callable[[bytes, random.Random], bytes]] = [_bytes, _cut, _blocks, _numbers]
    if data.startswith(_ZIP) and depth < 3:
        ways += [_member, _member, _member, _member, _members]
    elif data.startswith(_OLE):
        ways += [_sectors, _sectors, _chains, _stream_bytes, _stream_bytes]
    elif data.startswith(_PNG):
        ways += [_chunks, _chunks, _chunk_bytes, _chunk_bytes]
    elif data.startswith(_SEVEN):
        ways += [_seven, _seven, _seven]
    elif b"%PDF-" in data[:1024]:
        ways += [_objects, _objects, _references, _references, _streams]
    elif data.lstrip()[:1] == b"<":
        ways += [_elements, _elements, _elements, _tokens]
    else:
        ways += [_tokens, _tokens]
    way = chance.choice(ways)
    if way is _member:
        return _member(data, chance, depth)
    return way(data, chance)


def _bytes(data: bytes, chance: random.Random) -> bytes:
    return broken(data, chance.randrange(2**32))


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _blocks(data: bytes, chance: random.Random) -> bytes:
    """Two stretches change places."""
    out = bytearray(data)
    length = min(chance.choice((2, 16, 64, 512)), len(out) // 2)
    if length:
        a, b = (chance.randrange(len(out) - length + 1) for _ in "ab")
        out[a : a + length], out[b : b + length] = out[b : b + length], out[a : a + length]
    return bytes(out)


def _numbers(data: bytes, chance: random.Random) -> bytes:
    """Lengths, counts and places become others, in either order of bytes."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        if len(out) < 4:
            break
        form = chance.choice(("<H", ">H", "<I", ">I"))
        size = struct.calcsize(form)
        number = chance.choice(_NUMBERS) & (256**size - 1)
        struct.pack_into(form, out, chance.randrange(len(out) - size + 1), number)
    return bytes(out)


def _unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of an archive; none of what is no archive any more after earlier mutations."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {
                each.filename: archive.read(each)
                for each in archive.infolist()
                if each.file_size < _LARGEST_PART and not each.flag_bits & 1
            }
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, zlib.error, EOFError):
        return {}


def _packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def _member(data: bytes, chance: random.Random, depth: int = 0) -> bytes:
    """One part is mutated inside, and all packed again."""
    members = _unpacked(data)
    if not members:
        return _bytes(data, chance)
    name = chance.choice(sorted(members))
    return _packed(members | {name: _mutated(members[name], chance, depth + 1)})


def _members(data: bytes, chance: random.Random) -> bytes:
    """Parts change places, go missing, or come under another name."""
    members = _unpacked(data)
    names = sorted(members)
    if len(names) < 2:
        return _bytes(data, chance)
    one, other = chance.sample(names, 2)
    match chance.randrange(3):
        case 0:
            members[one], members[other] = members[other], members[one]
        case 1:
            del members[one]
        case _:
            members[chance.choice((one.upper(), f"../{one}", f"{one}/a"))] = members.pop(one)
    return _packed(members)


def _sectors(data: bytes, chance: random.Random) -> bytes:
    """Two sectors of a compound file change places, or one is laid over the other."""
    count = len(data) // 512
    if count < 3:
        return _bytes(data, chance)
    out = bytearray(data)
    a, b = (512 * chance.randrange(1, count) for _ in "ab")
    if chance.random() < 0.5:
        out[a : a + 512], out[b : b + 512] = out[b : b + 512], out[a : a + 512]
    else:
        out[a : a + 512] = out[b : b + 512]
    return bytes(out)


def _chains(data: bytes, chance: random.Random) -> bytes:
    """Links of the FAT lead elsewhere."""
    out = bytearray(data)
    fat = 512 * (1 + struct.unpack_from("<I", out, 76)[0]) if len(out) > 80 else len(out)
    for _ in range(chance.randint(1, 6)):
        at = fat + 4 * chance.randrange(128)
        if at + 4 <= len(out):
            target = chance.choice((0, 1, 2, 5, chance.randrange(128), 0xFFFFFFFE, 0x7FFFFFFF))
            struct.pack_into("<I", out, at, target)
    return bytes(out)


def _stream_bytes(data: bytes, chance: random.Random) -> bytes:
    """Past the tables, where the streams are: flipped bytes, other numbers."""
    if len(data) < 2048:
        return _bytes(data, chance)
    at = 512 * chance.randrange(3, len(data) // 512)
    way = chance.choice((_bytes, _numbers))
    piece = data[at : at + 512]
    return data[:at] + way(piece, chance).ljust(512, b"\0")[:512] + data[at + 512 :]


def _chunk_list(data: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 8
    while at + 12 <= len(data):
        (size,) = struct.unpack_from(">I", data, at)
        found.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + size]))
        at += 12 + size
    return found


def _chunked(chunks: list[tuple[bytes, bytes]]) -> bytes:
    return _PNG + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def _chunks(data: bytes, chance: random.Random) -> bytes:
    chunks = _chunk_list(data)
    if not chunks:
        return _bytes(data, chance)
    chance.shuffle(chunks)
    return _chunked(chunks[: chance.randint(1, len(chunks))])


def _chunk_bytes(data: bytes, chance: random.Random) -> bytes:
    chunks = _chunk_list(data)
    if not chunks:
        return _bytes(data, chance)
    at = chance.randrange(len(chunks))
    kind, body = chunks[at]
    chunks[at] = kind, chance.choice((_bytes, _numbers))(body, chance)
    return _chunked(chunks)


def _seven(data: bytes, chance: random.Random) -> bytes:
    """The tail, where the directory is, changes, and the check sums over it are made right."""
    if len(data) < 40:
        return _bytes(data, chance)
    place, size, _ = struct.unpack_from("<QQI", data, 12)
    tail = chance.choice((_bytes, _numbers))(data[32 + place : 32 + place + size], chance)
    start = struct.pack("<QQI", place, len(tail), zlib.crc32(tail))
    return data[:8] + struct.pack("<I", zlib.crc32(start)) + start + data[32 : 32 + place] + tail


def _objects(data: bytes, chance: random.Random) -> bytes:
    """Two objects of a PDF change their numbers, or one goes missing."""
    found = list(_OBJECT.finditer(data))
    if len(found) < 2:
        return _bytes(data, chance)
    one, other = sorted(chance.sample(found, 2), key=lambda m: m.start())
    if chance.random() < 0.3:
        return data[: one.start()] + data[one.end() :]
    return (
        data[: one.start(2)] + other.group(2) + data[one.end(2) : other.start(2)]
        + one.group(2) + data[other.end(2) :]
    )  # fmt: skip


def _references(data: bytes, chance: random.Random) -> bytes:
    """References and names lead elsewhere."""
    found = list(re.finditer(rb"\b\d+ 0 R|/[A-Z][A-Za-z]+|-?\b\d+(\.\d+)?\b", data))
    out = bytearray(data)
    for each in sorted(chance.sample(found, min(len(found), 3)), key=lambda m: -m.start()):
        text = (
            chance.choice(found).group()
            if chance.random() < 0.7
            else b"%d" % chance.choice(_NUMBERS)
        )
        out[each.start() : each.end()] = text
    return bytes(out)


def _streams(data: bytes, chance: random.Random) -> bytes:
    """What stands between stream and endstream is mutated as text."""
    found = list(re.finditer(rb"stream\r?\n(.*?)endstream", data, re.S))
    if not found:
        return _bytes(data, chance)
    each = chance.choice(found)
    return data[: each.start(1)] + _tokens(each.group(1), chance) + data[each.end(1) :]


def _tokens(data: bytes, chance: random.Random) -> bytes:
    """Tags, groups, words and lines change places, are doubled or go missing."""
    pieces = _TOKENS.split(data)
    for _ in range(chance.randint(1, 5)):
        a, b = (chance.randrange(len(pieces)) for _ in "ab")
        match chance.randrange(4):
            case 0:
                pieces[a], pieces[b] = pieces[b], pieces[a]
            case 1:
                pieces[a] = (pieces[a] * chance.choice((0, 2, 50)))[:_LARGEST_PART]
            case 2:
                pieces.insert(a, pieces[b])
            case _:
                pieces[a] = broken(pieces[a], chance.randrange(2**32))
    return b"".join(pieces)


def _elements(data: bytes, chance: random.Random) -> bytes:
    """Elements move, are doubled or go missing; attributes take each other's values."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return _tokens(data, chance)
    if root is None:
        return _tokens(data, chance)
    try:
        for _ in range(chance.randint(1, 4)):
            _change(list(root.iter("*")), chance)
        return etree.tostring(root)
    except (ValueError, etree.SerialisationError):  # a mutant of a mutant: names that are none
        return _tokens(data, chance)


def _change(found: list[etree._Element], chance: random.Random) -> None:
    one, other = chance.choice(found), chance.choice(found)
    holder = one.getparent()
    match chance.randrange(5):
        case 0 if holder is not None and one not in other.iterancestors() and one is not other:
            other.insert(chance.randrange(len(other) + 1), one)
        case 1 if holder is not None:
            holder.remove(one)
        case 2 if holder is not None:
            holder.insert(chance.randrange(len(holder) + 1), copy.deepcopy(one))
        case 3 if other.attrib:
            value = chance.choice(list(other.attrib.values()))
            for key in list(one.attrib)[:1] or ["val"]:
                one.set(key, value)
        case _:
            for key in list(one.attrib):
                one.set(key, chance.choice(("", "-1", "99999999999", "0", "x", "A1:XFD1048576")))
