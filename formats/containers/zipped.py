"""Zip archives: their members' names, contents and comments, within one budget."""

import stat
import struct
import zipfile
from typing import BinaryIO

from formats.budget import Budget
from formats.containers.listed import check_name
from formats.containers.members import Members
from formats.containers.outside import read_outside
from formats.opening import shown
from formats.reading import Kind, Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable
from formats.zips import open_zip, read_entry

_UTF8_FLAG = 0x800
_UNICODE_PATH, _UNICODE_COMMENT = 0x7075, 0x6375
_DEFLATED_NOTHING = 2
_TWICE = "压缩包里有两个都叫“{}”的文件，不同软件会解出不同的内容。两个都已读取，请核对来源。"
_FOLDER_DATA = "压缩包里的文件夹“{}”自身带有内容，普通解压软件看不到。已读取，请核对来源。"
_LINKED = "压缩包里的“{}”是符号链接，指向压缩包以外的路径。请核对来源。"


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
    outside = read_outside(source, archive, budget)
    if not files and not outside.segments and not any(entry.file_size for entry in entries):
        raise Unreadable(TroubleCode.EMPTY, "压缩包里没有文件。请确认是否放错了文件。")
    unpacking = _Unpacking(archive, budget)
    for entry in entries:
        unpacking.take(entry)
    comment = text(archive.comment)
    if comment.strip():
        place = Place(Part.PROPERTY)
        unpacking.members.segments.append(Segment(place, comment, visible=False, note="压缩包注释"))
    return Reading(
        kind,
        (*unpacking.members.segments, *outside.segments),
        (*unpacking.members.troubles, *outside.troubles),
        partial=unpacking.members.partial or bool(outside.troubles),
    )


class _Unpacking:
    """Gathers the members' readings."""

    def __init__(self, archive: zipfile.ZipFile, budget: Budget) -> None:
        self.archive = archive
        self.budget = budget
        self.members = Members(budget, "压缩包里的")
        self._seen: set[str] = set()

    def take(self, entry: zipfile.ZipInfo) -> None:
        """One entry: its name, and what is in it."""
        name = entry_name(entry)
        member = self.members.named(name)
        here = Place(Part.NAME, member=member)
        self.members.troubles += check_name(name, here)
        if name.casefold() in self._seen:
            self._tell(TroubleCode.BAD_NAME, _TWICE, member)
        self._seen.add(name.casefold())
        self.members.segments.append(Segment(here, shown(name)))
        comment = _comment(entry)
        if comment:
            place = Place(Part.PROPERTY, member=member)
            self.members.segments.append(Segment(place, comment, visible=False, note="压缩包注释"))
        folder = _is_folder(entry)
        if folder and not entry.file_size and entry.compress_size <= _DEFLATED_NOTHING:
            return
        if folder:
            self._tell(TroubleCode.LEFT_OUT, _FOLDER_DATA, member)
        try:
            data = read_entry(self.archive, entry, self.budget)
        except Unreadable as error:
            self.members.refuse(error, member)
            return
        if stat.S_ISLNK(entry.external_attr >> 16):
            self._link(data, member)
        else:
            self.members.take(data, member, name.rstrip("/").rpartition("/")[2])

    def _link(self, data: bytes, member: str) -> None:
        """A symbolic link's content is where it points."""
        target = text(data)
        place = Place(Part.LINK, member=member)
        self.members.segments.append(Segment(place, target, visible=False, note="符号链接指向"))
        if target.startswith("/") or ".." in target.split("/") or ":" in target:
            self._tell(TroubleCode.BAD_NAME, _LINKED, member)

    def _tell(self, code: TroubleCode, said: str, member: str) -> None:
        place = Place(Part.NAME, member=member)
        self.members.troubles.append(Trouble(code, said.format(member), place))


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    # zipfile's own is_dir() fails on an empty name.
    return entry.filename.endswith("/")


def entry_name(entry: zipfile.ZipInfo) -> str:
    """The entry's name as its maker meant it: UTF-8 when declared, else Windows' Chinese code page.

    APPNOTE 4.4.4 bit 11 and 4.6.9 (Info-ZIP Unicode path); GBK is what Chinese Windows writes.
    """
    if entry.flag_bits & _UTF8_FLAG:
        return entry.filename
    said = _extra(entry, _UNICODE_PATH)
    if said:
        return text(said)
    try:
        return text(entry.orig_filename.encode("cp437"))
    except UnicodeEncodeError:
        return entry.filename


def _comment(entry: zipfile.ZipInfo) -> str:
    """A member's comment; APPNOTE 4.6.8 keeps its Unicode form beside it."""
    lines = dict.fromkeys((text(entry.comment), text(_extra(entry, _UNICODE_COMMENT))))
    return "\n".join(line for line in lines if line.strip())


def _extra(entry: zipfile.ZipInfo, wanted: int) -> bytes:
    """The text of a Unicode extra field, behind its version and checksum; empty without one."""
    at, extra = 0, entry.extra
    while at + 4 <= len(extra):
        tag, size = struct.unpack_from("<HH", extra, at)
        if tag == wanted and size > 5:
            return extra[at + 9 : at + 4 + size]
        at += 4 + size
    return b""


def text(raw: bytes) -> str:
    """Bytes of a name or comment: UTF-8, GB18030, else what DOS would have shown."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")
