"""The dispatcher: a stream and its name to a Reading, through the reader its bytes ask for."""

import importlib
import re
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from formats.budget import Budget
from formats.reading import Kind, Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable
from formats.sniff import sniff_stream


class Reader(Protocol):
    """What each reader module offers: the whole file as segments. Raises Unreadable."""

    def read(self, source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
        """`source` is seekable and stays open; `kind` is what `sniff` said."""


# By module name, so that one small file does not pay for the import of every reader.
READERS = {
    Kind.DOCX: "formats.word",
    Kind.DOCM: "formats.word",
    Kind.XLSX: "formats.sheet",
    Kind.XLSM: "formats.sheet",
    Kind.PPTX: "formats.slides",
    Kind.PDF: "formats.pdf",
    Kind.XLS: "formats.biff",
    Kind.DOC: "formats.doc97",
    Kind.TXT: "formats.plain.text",
    Kind.CSV: "formats.plain.table",
    Kind.HTML: "formats.plain.html",
    Kind.ZIP: "formats.containers",
    Kind.SEVEN_ZIP: "formats.containers",
    Kind.XML: "formats.plain.markup",
    Kind.RTF: "formats.rtf",
    Kind.EML: "formats.mail",
    Kind.MSG: "formats.mail",
    Kind.MHT: "formats.mail",
    Kind.OFD: "formats.ofd",
    Kind.ODT: "formats.odf",
    Kind.ODS: "formats.odf",
    Kind.ODP: "formats.odf",
    Kind.PNG: "formats.pictures",
    Kind.JPEG: "formats.pictures",
    Kind.TIFF: "formats.pictures",
    Kind.BMP: "formats.pictures",
    Kind.GIF: "formats.pictures",
    Kind.WEBP: "formats.pictures",
}

_WHAT_TO_DO = {
    Kind.XLSB: "这是二进制的 Excel 文件（.xlsb），还不能读取。请另存为 .xlsx 后再放入。",
    Kind.PPT: (
        "这是旧版演示文稿（.ppt、.dps），本程序不能直接读取。"
        "请用 WPS 或 PowerPoint 另存为 .pptx 或 .pdf 后再放入；也可请管理员在本机装上 LibreOffice。"
    ),
    Kind.OLE: "这是旧版办公软件或邮件的文件，还不能读取。请另存为 .docx 或 .pdf 后再放入。",
    Kind.RAR: "这是 RAR 压缩包，还不能读取。请解压后把里面的文件放入，或改用 .zip。",
    Kind.UNKNOWN: "认不出这是什么文件，无法读取。请用原软件打开，另存为 .docx 或 .pdf 后再放入。",
}
# They have no fixed pages that a desk could demand to be seen one by one.
_PACKAGES = frozenset(
    {Kind.DOCX, Kind.DOCM, Kind.XLSX, Kind.XLSM, Kind.PPTX, Kind.OFD, Kind.ODT, Kind.ODS, Kind.ODP}
)
_FLOWING = frozenset(
    {Kind.DOCX, Kind.DOCM, Kind.DOC, Kind.RTF, Kind.XLSX, Kind.XLSM, Kind.XLS, Kind.PPTX,
     Kind.ODT, Kind.ODS, Kind.ODP, Kind.HTML, Kind.MHT}
)  # fmt: skip
_FEW_LETTERS = 30
_PICTURES_ONLY = (
    "这个文件的内容几乎全是图片，文字是从图片上识别出来的，只供参考。"
    "请打开原文件，对照图片逐张查看。"
)
# Control characters, and the bidirectional overrides that make `fdp.exe` look like `exe.pdf`.
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def read(path: Path, budget: Budget | None = None, *, name: str | None = None) -> Reading:
    """All that one file carries, its own name first. `name` stands in for the name on the disk.

    Raises Unreadable with a sentence for people; a partly readable file is a Reading that says so.
    """
    budget = budget or Budget()
    try:
        with path.open("rb") as source:
            size = source.seek(0, 2)
            if size > budget.limits.file_bytes:
                raise Unreadable(
                    TroubleCode.TOO_BIG,
                    f"文件超过 {budget.limits.file_bytes // 1024 // 1024} 兆字节，没有读取。"
                    "请拆分后再放入。",
                )
            reading = read_stream(source, budget, name if name is not None else path.name)
    except FileNotFoundError:
        raise Unreadable(TroubleCode.MISSING, "文件不在原来的位置。请确认它没有被移走。") from None
    except IsADirectoryError:
        raise Unreadable(TroubleCode.NOT_SUPPORTED, "这是文件夹，请放入其中的文件。") from None
    except PermissionError:
        raise Unreadable(
            TroubleCode.IN_USE, "文件正被其他程序占用或没有读取权限。请关闭后再试。"
        ) from None
    except OSError:
        raise Unreadable(
            TroubleCode.DAMAGED, "读取文件时磁盘出错。请把文件复制到本机硬盘后再试。"
        ) from None
    budget.check_characters(reading.characters)
    return reading


def read_stream(source: BinaryIO, budget: Budget, name: str) -> Reading:
    """As `read`, from an open seekable stream; archive members and embedded files come this way."""
    found = sniff_stream(source, name)
    if found.encrypted:
        raise Unreadable(
            TroubleCode.ENCRYPTED, "文件加了密码，无法读取。请取得密码、去掉密码后再放入。"
        )
    if found.kind is Kind.EMPTY:
        raise Unreadable(TroubleCode.EMPTY, "文件是空的，没有任何内容。请确认是否放错了文件。")
    module = READERS.get(found.kind)
    if module is None:
        raise Unreadable(TroubleCode.NOT_SUPPORTED, _WHAT_TO_DO[found.kind])
    source.seek(0)
    try:
        reading = cast(Reader, importlib.import_module(module)).read(source, budget, found.kind)
        if found.kind in _PACKAGES:
            from formats.containers import around  # a package is opened by its own reader first

            reading = around.with_surroundings(reading, source, budget)
    except (RecursionError, MemoryError):
        raise Unreadable(
            TroubleCode.TOO_BIG, "文件结构过于复杂，已停止读取。请在办公软件中另存后再试。"
        ) from None
    return _with_name(reading, name, found.macros, found.extension_lies)


def shown(name: str) -> str:
    """A file name as it may be shown: without characters that hide or reorder others."""
    return _UNSHOWABLE.sub("", name)


def _with_name(reading: Reading, name: str, macros: bool, lies: str | None) -> Reading:
    place = Place(Part.NAME)
    troubles = []
    if shown(name) != name:
        troubles.append(
            Trouble(
                TroubleCode.BAD_NAME,
                "文件名里有看不见的控制字符或颠倒顺序的字符，可能在伪装文件类型。"
                "请核对来源，改名后再放入。",
                place,
            )
        )
    if lies is not None:
        troubles.append(Trouble(TroubleCode.EXTENSION_LIES, lies, place))
    if macros:
        troubles.append(
            Trouble(TroubleCode.MACROS, "文件带有宏（自动执行的程序）。公开件会去掉宏。")
        )
    scanned = reading.kind in _FLOWING and _is_pictures(reading)
    if scanned:
        troubles.append(Trouble(TroubleCode.NEEDS_OCR, _PICTURES_ONLY, Place(Part.IMAGE)))
    return Reading(
        reading.kind,
        (Segment(place, shown(name)), *reading.segments),
        (*troubles, *reading.troubles),
        reading.pages,
        reading.partial or scanned,
        reading.image_pages,
    )


def _is_pictures(reading: Reading) -> bool:
    """Whether what a reader sees is written on pictures: a scan pasted into a document."""
    letters, recognised = 0, False
    for segment in reading.segments:
        if segment.visible and segment.place.part is Part.IMAGE:
            recognised = recognised or segment.certainty < 1
        elif segment.visible and segment.place.part is not Part.SHEET:
            letters += len(segment.text.strip())
            if letters >= _FEW_LETTERS:
                return False
    return recognised
