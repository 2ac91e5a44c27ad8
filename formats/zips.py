"""Zip files from strangers: opened and read within a budget, every lie turned into a sentence."""

import lzma
import struct
import zipfile
import zlib
from typing import BinaryIO

from formats.budget import Budget
from formats.reading import TroubleCode, Unreadable

_PIECE = 256 * 1024
# Everything the standard library is known to raise on a zip that lies.
ZIP_LIES = (
    zipfile.BadZipFile,
    RuntimeError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    struct.error,
    IndexError,
)
_METHODS = frozenset(
    {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
)
_UNKNOWN_METHOD = "压缩方法不支持，没有读取。请解压后用普通方式重新打包为 .zip。"
_HEADER = 30
OVERLAP = (
    "压缩包里的文件共用同一段数据，解开后会成倍变大，可能是恶意构造的，没有读取。"
    "请核实来源，重新打包后再放入。"
)
DAMAGED = "文件已损坏，打不开。请在办公软件中打开并另存，或向来单位重新索取。"


def open_zip(source: BinaryIO, budget: Budget) -> zipfile.ZipFile:
    """The archive, its entries counted. Raises Unreadable(DAMAGED, TOO_BIG)."""
    try:
        source.seek(0)
        archive = zipfile.ZipFile(source)
    except ZIP_LIES:
        raise Unreadable(TroubleCode.DAMAGED, DAMAGED) from None
    budget.spend_entries(len(archive.infolist()))
    if _overlap(archive):
        raise Unreadable(TroubleCode.TOO_BIG, OVERLAP)
    return archive


def _overlap(archive: zipfile.ZipFile) -> bool:
    """Do entries share bytes? An honest one has a header (APPNOTE 4.3.7) and bytes of its own.

    Newer Pythons refuse some of these by themselves, older ones none.
    """
    end = 0
    for entry in sorted(archive.infolist(), key=lambda one: one.header_offset):
        if entry.header_offset < end:
            return True
        end = entry.header_offset + _HEADER + entry.compress_size
    return False


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget) -> bytes:
    """One entry's bytes, paid for piece by piece: a lying size cannot make it larger than allowed.

    Raises Unreadable: ENCRYPTED, DAMAGED, NOT_SUPPORTED, TOO_BIG.
    """
    if entry.flag_bits & 0x1:
        raise Unreadable(
            TroubleCode.ENCRYPTED, "压缩包加了密码，无法读取。请取得密码、解密后再放入。"
        )
    if entry.compress_type not in _METHODS:
        raise Unreadable(TroubleCode.NOT_SUPPORTED, _UNKNOWN_METHOD)
    if entry.file_size > budget.limits.opened_bytes:
        budget.spend_bytes(entry.file_size)
    pieces = []
    try:
        with archive.open(entry) as stream:
            while piece := stream.read(_PIECE):
                budget.spend_bytes(len(piece))
                pieces.append(piece)
    except ZIP_LIES:
        raise Unreadable(TroubleCode.DAMAGED, DAMAGED) from None
    if sum(map(len, pieces)) != entry.file_size:
        raise Unreadable(TroubleCode.DAMAGED, DAMAGED)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
