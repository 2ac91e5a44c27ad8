"""A storage inside a compound file, written out as a compound file of its own ([MS-CFB]).

An embedded document is a folder of streams; only as a file can it be opened in its turn.
"""

import struct
from dataclasses import dataclass, field

_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_CUTOFF, _MINI, _IN_HEADER = 4096, 64, 109
_ROOT, _STORAGE, _STREAM = 5, 1, 2
_SMALL_FILE = 6 * 1024 * 1024


@dataclass(slots=True)
class _Entry:
    """A line of the directory; `left`, `right` and `child` are numbers of other lines."""

    name: str
    type: int
    data: bytes = b""
    children: dict[str, "_Entry"] = field(default_factory=dict)
    number: int = 0
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    start: int = _END


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams, by path with `/` between storages."""
    root = _Entry("Root Entry", _ROOT)
    for path, data in streams.items():
        *folders, name = path.split("/")
        at = root
        for folder in folders:
            at = at.children.setdefault(folder, _Entry(folder, _STORAGE))
        at.children[name] = _Entry(name, _STREAM, data)
    entries = [root]
    _number(root, entries)
    size = 512 if sum(map(len, streams.values())) < _SMALL_FILE else 4096
    return _written(root, entries, size)


def _number(top: _Entry, entries: list[_Entry]) -> None:
    """Give every entry its number and link siblings into a balanced tree."""
    waiting = [top]
    while waiting:
        parent = waiting.pop()
        inside = sorted(parent.children.values(), key=lambda e: (len(e.name), e.name.upper()))
        for entry in inside:
            entry.number = len(entries)
            entries.append(entry)
        parent.child = _balanced(inside)
        waiting += inside


def _balanced(entries: list[_Entry]) -> int:
    if not entries:
        return _NONE
    middle = len(entries) // 2
    top = entries[middle]
    top.left, top.right = _balanced(entries[:middle]), _balanced(entries[middle + 1 :])
    return top.number


def _written(root: _Entry, entries: list[_Entry], size: int) -> bytes:
    table: list[int] = []
    body: list[bytes] = []

    def chain(data: bytes) -> int:
        count = -(-len(data) // size)
        if not count:
            return _END
        start = len(table)
        table.extend([*range(start + 1, start + count), _END])
        body.append(data.ljust(count * size, b"\0"))
        return start

    mini, mini_table = bytearray(), list[int]()
    for entry in entries:
        if entry.type != _STREAM or not entry.data:
            continue
        if len(entry.data) >= _CUTOFF:
            entry.start = chain(entry.data)
            continue
        entry.start = len(mini_table)
        count = -(-len(entry.data) // _MINI)
        mini_table += [*range(entry.start + 1, entry.start + count), _END]
        mini += entry.data.ljust(count * _MINI, b"\0")
    root.data = bytes(mini)
    root.start = chain(root.data)
    packed = struct.pack(f"<{len(mini_table)}I", *mini_table)
    padded = packed.ljust(-(-len(packed) // size) * size, b"\xff")
    first_mini, mini_sectors = chain(padded), len(padded) // size
    lines = b"".join(_line(entry) for entry in entries)
    empty = _line(_Entry("", 0))
    while len(lines) % size:
        lines += empty
    directory = chain(lines)
    each = size // 4
    count = 1
    while count * each < len(table) + count:
        count += 1
    if count > _IN_HEADER:
        raise ValueError("too large for one compound file")
    places = [len(table) + n for n in range(count)]
    table += [_FAT] * count
    table += [_FREE] * (count * each - len(table))
    body.append(struct.pack(f"<{len(table)}I", *table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    version, shift = (3, 9) if size == 512 else (4, 12)
    header += struct.pack("<HHHHH", 0x3E, version, 0xFFFE, shift, 6) + b"\0" * 6
    header += struct.pack("<II", 0 if size == 512 else len(lines) // size, count)
    header += struct.pack("<IIIII", directory, 0, _CUTOFF, first_mini, mini_sectors)
    header += struct.pack("<II", _END, 0)
    header += struct.pack(f"<{_IN_HEADER}I", *places, *[_FREE] * (_IN_HEADER - count))
    return header.ljust(size, b"\0") + b"".join(body)


def _line(entry: _Entry) -> bytes:
    """2.6.1: one directory entry of 128 bytes."""
    raw = (entry.name[:31] + "\0").encode("utf-16-le") if entry.type else b""
    size = len(entry.data) if entry.type != _STORAGE else 0
    start = 0 if entry.type == _STORAGE or not entry.type else entry.start
    return (
        raw[:64].ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw[:64]), entry.type, 1, entry.left, entry.right, entry.child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
