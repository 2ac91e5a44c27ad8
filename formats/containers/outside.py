"""Bytes of a zip that its directory does not own: before, between and behind the members.

Most programs never show them; a member taken out of the directory can still be brought back.
"""

import struct
import zipfile
import zlib
from typing import BinaryIO, NamedTuple

from formats.budget import Budget
from formats.carving import words_of
from formats.containers.members import Members
from formats.reading import Part, Place, Segment, Trouble, TroubleCode

_LOCAL, _DIRECTORY, _END, _DESCRIPTOR = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"PK\x07\x08"
_HEADER = struct.Struct("<4s5H3I2H")  # APPNOTE 4.3.7
_END_SIZE, _LONGEST_COMMENT = 22, 65_535
_LOST = "压缩包里有 {} 个目录没有列出的文件，普通解压软件看不到。已尽量读出，请核对来源。"
_EXTRA = (
    "压缩包{}有 {} 个字节不属于任何文件，普通解压软件看不到，没有读取。请向来源核实后重新打包。"
)
# A data descriptor and alignment (Android's zipalign) leave less than this between members.
_SLACK = 32
_MOST_READ = 64 * 1024 * 1024


class Outside(NamedTuple):
    """Segments and troubles of what the directory does not own."""

    segments: list[Segment]
    troubles: list[Trouble]


def read_outside(source: BinaryIO, archive: zipfile.ZipFile, budget: Budget) -> Outside:
    """What lies outside the members. Raises Unreadable(TOO_BIG)."""
    size = source.seek(0, 2)
    taken = sorted(_extents(source, archive))
    segments: list[Segment] = []
    troubles: list[Trouble] = []
    gaps = []
    at = 0
    for start, end in taken:
        if start > at:
            gaps.append((at, start))
        at = max(at, end)
    if archive.start_dir > at:
        gaps.append((at, archive.start_dir))
    lost = 0
    lost_bytes = {"开头": 0, "中间": 0}
    for start, end in gaps:
        found = _members_in(source, start, end, budget)
        segments += found.segments
        lost += len(found.taken)
        where = "开头" if start == 0 and end == (taken[0][0] if taken else end) else "中间"
        if not found.taken:
            segments += _loose(source, start, end, where)
        rest = end - start - found.bytes
        if rest > (_SLACK if where == "中间" else 0):
            lost_bytes[where] += rest
    ends = _end_of(source, size)
    behind = size - ends
    segments += _loose(source, ends, size, "末尾")
    for where, count in (*lost_bytes.items(), ("末尾", behind)):
        if count > 0:
            troubles.append(Trouble(TroubleCode.LEFT_OUT, _EXTRA.format(where, count)))
    if lost:
        troubles.append(Trouble(TroubleCode.LEFT_OUT, _LOST.format(lost)))
    return Outside(segments, troubles)


def _loose(source: BinaryIO, start: int, end: int, where: str) -> list[Segment]:
    source.seek(start)
    found = words_of(source.read(min(end - start, _MOST_READ)))
    return [
        Segment(
            Place(Part.EMBEDDED, member=f"压缩包{where}", paragraph=number),
            text,
            visible=False,
            note="压缩包里不属于任何文件的数据",
        )
        for number, text in enumerate(found, 1)
    ]


def _extents(source: BinaryIO, archive: zipfile.ZipFile) -> list[tuple[int, int]]:
    """Where each listed member's header and data lie."""
    found = []
    for entry in archive.infolist():
        if entry.header_offset < 0:  # a directory that lies about its own place
            continue
        source.seek(entry.header_offset)
        head = source.read(_HEADER.size)
        if len(head) < _HEADER.size or not head.startswith(_LOCAL):
            continue
        name, extra = struct.unpack_from("<HH", head, 26)
        start = entry.header_offset
        end = start + _HEADER.size + name + extra + entry.compress_size
        if entry.flag_bits & 0x8:
            source.seek(end)
            marked = source.read(4) == _DESCRIPTOR
            end += 16 if marked else 12
        found.append((start, end))
    return found


def _end_of(source: BinaryIO, size: int) -> int:
    """Where the archive says it ends: behind the end record and its comment."""
    start = max(size - _END_SIZE - _LONGEST_COMMENT, 0)
    source.seek(start)
    tail = source.read(size - start)
    at = tail.rfind(_END)
    if at < 0 or at + _END_SIZE > len(tail):
        return size
    comment = struct.unpack_from("<H", tail, at + 20)[0]
    return int(min(start + at + _END_SIZE + comment, size))


class _Found(NamedTuple):
    segments: list[Segment]
    taken: list[str]
    bytes: int


def _members_in(source: BinaryIO, start: int, end: int, budget: Budget) -> _Found:
    """Members whose headers still stand in a gap, opened as far as their bytes go."""
    if end - start < _HEADER.size:
        return _Found([], [], 0)
    source.seek(start)
    data = source.read(min(end - start, _MOST_READ))
    members = Members(budget, "目录没有列出的", sealed=True)
    taken: list[str] = []
    owned = 0
    at = data.find(_LOCAL)
    while at >= 0:
        header = data[at : at + _HEADER.size]
        if len(header) < _HEADER.size:
            break
        _, _, flags, method, _, _, _, packed, _, name_size, extra = _HEADER.unpack(header)
        body = at + _HEADER.size + name_size + extra
        raw_name = data[at + _HEADER.size : at + _HEADER.size + name_size]
        following = data.find(_LOCAL, body)
        stop = body + packed if packed and not flags & 0x8 else following
        stop = len(data) if stop < 0 else min(stop, len(data))
        budget.spend_entries()
        opened = _opened(data[body:stop], method, flags, budget)
        name = raw_name.decode("utf-8" if flags & 0x800 else "gb18030", "replace")
        member = members.named(name)
        place = Place(Part.EMBEDDED, member=member)
        note = "压缩包目录没有列出的文件"
        members.segments.append(Segment(place, member, visible=False, note=note))
        taken.append(member)
        owned += stop - at
        if opened:
            members.take(opened, member, name.rpartition("/")[2])
        at = data.find(_LOCAL, max(stop, at + 4))
    return _Found(members.segments, taken, owned)


def _opened(packed: bytes, method: int, flags: int, budget: Budget) -> bytes:
    """The bytes of a stored or deflated member, as many as there are; empty if locked."""
    if flags & 0x1 or method not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return b""
    if method == zipfile.ZIP_STORED:
        budget.spend_bytes(len(packed))
        return packed
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces = []
    try:
        while packed:
            piece = inflating.decompress(packed, 1 << 20)
            if not piece:
                break
            budget.spend_bytes(len(piece))
            pieces.append(piece)
            packed = inflating.unconsumed_tail
    except zlib.error:
        pass  # what came before the break is still text that someone can read
    return b"".join(pieces)
