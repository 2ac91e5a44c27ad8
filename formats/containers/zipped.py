"""Zip archives: their members' names, contents and comments, within one budget."""

import io
import struct
import zipfile
from typing import BinaryIO

from formats.budget import Budget
from formats.opening import read_stream, shown
from formats.reading import Kind, Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable
from formats.zips import open_zip, read_entry

_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075


def read_zip(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """Every member through its own reader. A member that cannot be read makes the reading partial;
    an archive of which every file is locked is Unreadable(ENCRYPTED), a bomb TOO_BIG."""
    archive = open_zip(source, budget)
    entries = archive.infolist()
    files = [entry for entry in entries if not _is_folder(entry)]
    if files and all(entry.flag_bits & 0x1 for entry in files):
        raise Unreadable(
            TroubleCode.ENCRYPTED, "压缩包加了密码，无法读取。请取得密码、解密后再放入。"
        )
    if not files:
        raise Unreadable(TroubleCode.EMPTY, "压缩包里没有文件。请确认是否放错了文件。")
    unpacking = _Unpacking(archive, budget)
    for entry in entries:
        unpacking.take(entry)
    comment = _text(archive.comment)
    if comment.strip():
        place = Place(Part.PROPERTY)
        unpacking.segments.append(Segment(place, comment, visible=False, note="压缩包注释"))
    return Reading(
        kind,
        tuple(unpacking.segments),
        tuple(unpacking.troubles),
        partial=unpacking.partial,
    )


class _Unpacking:
    """Gathers the members' readings."""

    def __init__(self, archive: zipfile.ZipFile, budget: Budget) -> None:
        self.archive = archive
        self.budget = budget
        self.segments: list[Segment] = []
        self.troubles: list[Trouble] = []
        self.partial = False
        self._taken: dict[str, int] = {}

    def take(self, entry: zipfile.ZipInfo) -> None:
        """One entry: its name, and what is in it."""
        name = entry_name(entry)
        member = self._member(shown(name))
        here = Place(Part.NAME, member=member)
        self._check_name(name, here)
        self.segments.append(Segment(here, shown(name)))
        if entry.comment:
            place = Place(Part.PROPERTY, member=member)
            text = _text(entry.comment)
            self.segments.append(Segment(place, text, visible=False, note="压缩包注释"))
        if _is_folder(entry):
            return
        try:
            data = read_entry(self.archive, entry, self.budget)
            with self.budget.deeper():
                reading = read_stream(io.BytesIO(data), self.budget, name.rpartition("/")[2])
        except Unreadable as error:
            if error.code is TroubleCode.TOO_BIG:
                raise
            text = f"压缩包里的“{member}”没有读取：{error.text}"
            self.troubles.append(Trouble(error.code, text, here))
            self.partial |= error.code is not TroubleCode.EMPTY
            return
        self._add(reading, member)

    def _add(self, reading: Reading, member: str) -> None:
        for segment in reading.segments:
            inner = segment.place.member
            if segment.place.part is Part.NAME and inner is None:
                continue
            place = segment.place._replace(member=f"{member}/{inner}" if inner else member)
            self.segments.append(segment._replace(place=place))
        for trouble in reading.troubles:
            place = trouble.place or Place(Part.NAME)
            inner = place.member
            place = place._replace(member=f"{member}/{inner}" if inner else member)
            text = f"压缩包里的“{member}”：{trouble.text}"
            self.troubles.append(Trouble(trouble.code, text, place))
        self.partial |= reading.partial

    def _member(self, name: str) -> str:
        """How places name this entry; a second one of the same name is told apart."""
        count = self._taken[name] = self._taken.get(name, 0) + 1
        return name if count == 1 else f"{name} ({count})"

    def _check_name(self, name: str, place: Place) -> None:
        parts = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
            said = (
                "路径指向压缩包以外的位置，可能是恶意构造。内容已读取，没有解压到磁盘。请核对来源。"
            )
            self.troubles.append(Trouble(TroubleCode.BAD_NAME, said, place))
        elif "/" in name and shown(name) != name:
            said = "压缩包里的文件名带有看不见的控制字符，可能在伪装文件类型。请核对来源。"
            self.troubles.append(Trouble(TroubleCode.BAD_NAME, said, place))


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    # zipfile's own is_dir() fails on an empty name.
    return entry.filename.endswith("/")


def entry_name(entry: zipfile.ZipInfo) -> str:
    """The entry's name as its maker meant it: UTF-8 when declared, else Windows' Chinese code page.

    APPNOTE 4.4.4 bit 11 and 4.6.9 (Info-ZIP Unicode path); GBK is what Chinese Windows writes.
    """
    if entry.flag_bits & _UTF8_FLAG:
        return entry.filename
    at, extra = 0, entry.extra
    while at + 4 <= len(extra):
        tag, size = struct.unpack_from("<HH", extra, at)
        if tag == _UNICODE_PATH and size > 5:
            return _text(extra[at + 9 : at + 4 + size])
        at += 4 + size
    try:
        return _text(entry.orig_filename.encode("cp437"))
    except UnicodeEncodeError:
        return entry.filename


def _text(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")
