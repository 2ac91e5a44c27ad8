"""Windows metafiles ([MS-EMF], [MS-WMF], [MS-EMFPLUS]): the words they draw, and a copy that holds
only what draws.

Nothing here can paint them, so they are neither re-encoded nor recognised; but their records can be
listed: text is told, comments, descriptions and what follows the end are left out of a copy.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from formats.carving import texts_in_all

EMF_MARK = b"\x01\0\0\0"
_WMF_MARKS = (b"\xd7\xcd\xc6\x9a", b"\x01\0\x09\0\0\x03", b"\x02\0\x09\0\0\x03")
_HEADER, _EOF, _COMMENT, _SMALL = 1, 14, 70, 108
_TEXT_A, _TEXT_W, _POLY_A, _POLY_W = 83, 84, 96, 97
_PLUS, _PLUS_HEADER, _PLUS_STRING = b"EMF+", 0x4001, 0x401C
_W_TEXT, _W_EXT_TEXT, _W_ESCAPE = 0x0521, 0x0A32, 0x0626
_PLACEABLE, _W_HEADER, _PLAIN_HEADER = 22, 18, 88
_NO_RECT, _BYTES = 0x100, 0x200


class Damaged(ValueError):
    """No metafile, or one whose records do not add up."""


class Blank(ValueError):
    """A metafile that only newer programs draw, from comments: its copy would show nothing."""


class _Said(NamedTuple):
    line: int
    text: str


class Told(NamedTuple):
    """`words`: the texts drawn, those of one height on one line. `beside`: those of comments, of
    the description, behind the end and in what is broken; not `whole`, more may be lost."""

    words: str
    beside: str
    whole: bool


def kind_of(data: bytes) -> str:
    """ "emf", "wmf", or "" for another kind of bytes."""
    if data[:4] == EMF_MARK and data[40:44] == b" EMF":
        return "emf"
    return "wmf" if data.startswith(_WMF_MARKS) else ""


def told(data: bytes) -> Told:
    """What a metafile says, as far as its records add up."""
    emf = kind_of(data) == "emf"
    at, records = (0, _emf_records(data)) if emf else (_wmf_body(data), _wmf_records(data))
    words_of, beside_of = (_emf_words, _emf_beside) if emf else (_wmf_words, _wmf_beside)
    said: list[_Said] = []
    beside: list[bytes] = []
    whole = True
    try:
        for kind, record in records:
            at += len(record)
            beside.append(beside_of(kind, record))
            try:
                said += words_of(kind, record)
            except (Damaged, struct.error):
                whole = False
                beside.append(record)
    except Damaged:
        whole = False
    beside.append(data[at:])
    words = _lines(said)
    return Told(words, "\n".join(t for t in texts_in_all(beside) if t not in words), whole)


def _lines(said: list[_Said]) -> str:
    out = ""
    for number, piece in enumerate(said):
        out += ("\n" if number and said[number - 1].line != piece.line else "") + piece.text
    return "\n".join(line for line in out.replace("\0", "").split("\n") if line.strip())


def drawing_only(data: bytes) -> bytes:
    """The same metafile without comments, description and tail. Raises Damaged, Blank."""
    return _emf_copy(data) if kind_of(data) == "emf" else _wmf_copy(data)


def _emf_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<II", data, at)
        if size < 8 or size % 4 or at + size > len(data):
            break
        yield kind, data[at : at + size]
        if kind == _EOF:
            return
        at += size
    raise Damaged


def _emf_words(kind: int, record: bytes) -> Iterator[_Said]:
    if kind in (_TEXT_A, _TEXT_W):
        yield _text(record, 36, wide=kind == _TEXT_W)
    elif kind in (_POLY_A, _POLY_W):
        count = min(struct.unpack_from("<I", record, 36)[0], len(record) // 40)
        for number in range(count):
            yield _text(record, 40 + 40 * number, wide=kind == _POLY_W)
    elif kind == _SMALL:
        _, line, count, options = struct.unpack_from("<iiII", record, 8)
        at = 36 if options & _NO_RECT else 52
        yield _Said(line, _letters(record, at, count, wide=not options & _BYTES))
    elif kind == _COMMENT and record[12:16] == _PLUS:
        yield from _plus_words(record)


def _emf_beside(kind: int, record: bytes) -> bytes:
    if kind == _HEADER:
        return record[_PLAIN_HEADER:]
    return record[12:] if kind == _COMMENT and record[12:16] != _PLUS else b""


def _text(record: bytes, at: int, *, wide: bool) -> _Said:
    """An EmrText object (2.2.5)."""
    _, line, count, offset = struct.unpack_from("<iiII", record, at)
    return _Said(line, _letters(record, offset, count, wide=wide))


def _letters(record: bytes, at: int, count: int, *, wide: bool) -> str:
    end = at + count * (2 if wide else 1)
    if end > len(record):
        raise Damaged
    return record[at:end].decode("utf-16-le" if wide else "gb18030", "replace")


def _plus_records(record: bytes) -> Iterator[tuple[int, int, bytes]]:
    """EMF+ records in a comment: type, flags, body ([MS-EMFPLUS] 2.3)."""
    at, end = 16, 12 + struct.unpack_from("<I", record, 8)[0]
    while at + 12 <= min(end, len(record)):
        kind, flags, size, length = struct.unpack_from("<HHII", record, at)
        if size < 12:
            raise Damaged
        yield kind, flags, record[at + 12 : at + 12 + length]
        at += size


def _plus_words(record: bytes) -> Iterator[_Said]:
    for kind, _, body in _plus_records(record):
        if kind == _PLUS_STRING and len(body) >= 28:
            count, _, top = struct.unpack_from("<Iff", body, 8)
            line = int(top) if abs(top) < 1e9 else 0
            yield _Said(line, body[28 : 28 + 2 * count].decode("utf-16-le", "replace"))


def _emf_copy(data: bytes) -> bytes:
    kept: list[bytes] = []
    header = b""
    plain = True
    for kind, record in _emf_records(data):
        if kind == _HEADER and not header:
            header = record
        elif kind == _COMMENT:
            if record[12:16] == _PLUS:
                records = _plus_records(record)
                plain = plain and not any(k == _PLUS_HEADER and not f & 1 for k, f, _ in records)
        else:
            kept.append(record)
    if not plain:
        raise Blank
    if len(header) < _PLAIN_HEADER:
        raise Damaged
    # Up to the pixel format and the GL flag of the second version; the description follows them.
    size = 108 if len(header) >= 108 else 100 if len(header) >= 100 else _PLAIN_HEADER
    whole = size + sum(map(len, kept))
    made = bytearray(header[:size])
    struct.pack_into("<I", made, 4, size)
    struct.pack_into("<II", made, 48, whole, len(kept) + 1)
    struct.pack_into("<II", made, 60, 0, 0)
    if size >= 100:
        struct.pack_into("<II", made, 88, 0, 0)
    return bytes(made) + b"".join(kept)


def _wmf_body(data: bytes) -> int:
    return (_PLACEABLE if data.startswith(_WMF_MARKS[0]) else 0) + _W_HEADER


def _wmf_records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = _wmf_body(data)
    while at + 6 <= len(data):
        size, function = struct.unpack_from("<IH", data, at)
        if size < 3 or at + 2 * size > len(data):
            break
        yield function, data[at : at + 2 * size]
        if function == 0:
            return
        at += 2 * size
    raise Damaged


def _wmf_words(function: int, record: bytes) -> Iterator[_Said]:
    if function == _W_TEXT:
        count = struct.unpack_from("<H", record, 6)[0]
        after = 8 + count + count % 2
        line = struct.unpack_from("<h", record, after)[0]
        yield _Said(line, _letters(record, 8, count, wide=False))
    elif function == _W_EXT_TEXT:
        line, _, count, options = struct.unpack_from("<hhHH", record, 6)
        at = 22 if options & 6 else 14
        yield _Said(line, _letters(record, at, count, wide=False))


def _wmf_beside(function: int, record: bytes) -> bytes:
    return record[6:] if function == _W_ESCAPE else b""


def _wmf_copy(data: bytes) -> bytes:
    body_at = _wmf_body(data)
    start = body_at - _W_HEADER
    if len(data) < body_at:
        raise Damaged
    kept = [record for function, record in _wmf_records(data) if function != _W_ESCAPE]
    body = b"".join(kept)
    made = bytearray(data[:body_at])
    struct.pack_into("<I", made, start + 6, (_W_HEADER + len(body)) // 2)
    struct.pack_into("<I", made, start + 12, max(len(record) for record in kept) // 2)
    return bytes(made) + body
