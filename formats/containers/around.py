"""What the zip of a document holds around its parts: no office program shows it or keeps it."""

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from formats.budget import Budget
from formats.carving import words_of
from formats.containers.members import Members
from formats.containers.outside import read_outside
from formats.containers.zipped import text
from formats.reading import Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable
from formats.zips import ZIP_LIES, read_entry

# APPNOTE 4.5.2 and 4.6: sizes, times, owners, padding.
_QUIET = frozenset({0x0001, 0x000A, 0x5455, 0x5855, 0x7855, 0x7875, 0xA220, 0xCAFE, 0xD935})
_FOLDER = "文件内部的文件夹“{}”自身带有内容，办公软件看不到。请在办公软件中打开并另存。"


def with_surroundings(reading: Reading, source: BinaryIO, budget: Budget) -> Reading:
    """The reading of a package with what stands around its parts. Raises Unreadable(TOO_BIG)."""
    try:
        archive = zipfile.ZipFile(source)
    except ZIP_LIES:
        return reading  # whoever read the parts has opened it
    with archive:
        outside = read_outside(source, archive, budget)
        folders = _folders(archive, budget)
        segments = [*_notes(archive), *outside.segments, *folders.segments]
    troubles = (*outside.troubles, *folders.troubles)
    budget.spend_segments(len(segments))
    return replace(
        reading,
        segments=(*reading.segments, *segments),
        troubles=(*reading.troubles, *troubles),
        partial=reading.partial or bool(troubles),
    )


def _notes(archive: zipfile.ZipFile) -> Iterator[Segment]:
    """Comments, and fields of the directory that programs add for themselves."""
    said = [(text(archive.comment), "")]
    for entry in archive.infolist():
        said.append((text(entry.comment), entry.filename))
        said += (
            (word, entry.filename) for field in _fields(entry.extra) for word in words_of(field)
        )
    for number, (note, name) in enumerate(said, 1):
        if note.strip():
            place = Place(Part.PROPERTY, paragraph=number, path=name or None)
            yield Segment(place, note.strip(), visible=False, note="压缩包注释或附加字段")


def _fields(extra: bytes) -> Iterator[bytes]:
    at = 0
    while at + 4 <= len(extra):
        tag, size = struct.unpack_from("<HH", extra, at)
        if tag not in _QUIET:
            yield extra[at + 4 : at + 4 + size]
        at += 4 + size
    yield extra[at:]


def _folders(archive: zipfile.ZipFile, budget: Budget) -> Members:
    """Folders with bytes of their own, which the readers of the parts pass over."""
    members = Members(budget, "文件内部的", sealed=True)
    for entry in archive.infolist():
        if entry.filename.endswith("/") and entry.file_size:
            member = members.named(entry.filename)
            place = Place(Part.EMBEDDED, member=member)
            members.troubles.append(Trouble(TroubleCode.LEFT_OUT, _FOLDER.format(member), place))
            try:
                members.take(read_entry(archive, entry, budget), member, "")
            except Unreadable as error:
                members.refuse(error, member)
    return members
