"""What a file is, told from its bytes; its name only tells text kinds apart."""

import re
import struct
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO

from formats.plain.decoding import decode_sample
from formats.reading import Kind, TroubleCode, Unreadable
from formats.zips import ZIP_LIES

_HEAD = 64 * 1024
# [MS-PPT] 2.3.2 CurrentUserAtom: the headerToken of an encrypted presentation.
_LOCKED_SLIDES = b"\xdf\xc4\xd1\xf3"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"Rar!\x1a\x07", Kind.RAR),
    (b"7z\xbc\xaf\x27\x1c", Kind.SEVEN_ZIP),
    (b"{\\rtf", Kind.RTF),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"II*\0", Kind.TIFF),
    (b"MM\0*", Kind.TIFF),
    (b"GIF87a", Kind.GIF),
    # Workbooks without a compound file around them, and Word before it was one.
    *((bytes((9, kind, size, 0)), Kind.XLS) for kind, size in ((0, 4), (2, 6), (4, 6), (8, 8))),
    (b"\x09\x08\x10\0", Kind.XLS),
    (b"\xdb\xa5\x2d\0", Kind.DOC),
    (b"\x9b\xa5\x21\0", Kind.DOC),
    (b"GIF89a", Kind.GIF),
)
# The content type of a package's main part (ECMA-376 part 1, 15.2), in the order they are tried.
_MAIN_TYPES = (
    (b"wordprocessingml.document.main+xml", Kind.DOCX),
    (b"wordprocessingml.template.main+xml", Kind.DOCX),
    (b"ms-word.document.macroEnabled.main+xml", Kind.DOCM),
    (b"ms-word.template.macroEnabledTemplate.main+xml", Kind.DOCM),
    (b"spreadsheetml.sheet.main+xml", Kind.XLSX),
    (b"spreadsheetml.template.main+xml", Kind.XLSX),
    (b"ms-excel.sheet.macroEnabled.main+xml", Kind.XLSM),
    (b"ms-excel.template.macroEnabled.main+xml", Kind.XLSM),
    (b"ms-excel.addin.macroEnabled.main+xml", Kind.XLSM),
    (b"ms-excel.sheet.binary.macroEnabled.main", Kind.XLSB),
    (b"presentationml.", Kind.PPTX),
    (b"ms-powerpoint.", Kind.PPTX),
)
_OPEN_TYPES = (
    (b"text", Kind.ODT),
    (b"spreadsheet", Kind.ODS),
    (b"presentation", Kind.ODP),
    (b"graphics", Kind.ODP),
)
# The header block of a mail (RFC 5322 2.2), an mbox line before it allowed.
_HEADERS = re.compile(
    rb"(?:From [^\r\n]*\r?\n)?(?>(?:[!-9;-~]+[ \t]*:[^\n]*\n(?>(?:[ \t][^\n]*\n)*))+)"
)
_HEADER = re.compile(rb"\n([!-9;-~]+)[ \t]*:")
_POSTED = frozenset({b"date", b"received", b"message-id"})
_OLE_LIES = (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error,
             OverflowError, RecursionError)  # fmt: skip

_WORD = frozenset({Kind.DOCX, Kind.DOCM, Kind.DOC})
_SHEET = frozenset({Kind.XLSX, Kind.XLSM, Kind.XLS, Kind.XLSB})
_TEXT = frozenset({Kind.TXT, Kind.CSV, Kind.HTML, Kind.XML})
# Which kinds a suffix may honestly stand for.
_HONEST: dict[str, frozenset[Kind]] = {
    ".docx": frozenset({Kind.DOCX}),
    ".docm": frozenset({Kind.DOCM}),
    ".dotx": frozenset({Kind.DOCX}),
    ".dotm": frozenset({Kind.DOCM}),
    ".doc": frozenset({Kind.DOC}),
    ".wps": _WORD,
    ".xlsx": frozenset({Kind.XLSX}),
    ".xlsm": frozenset({Kind.XLSM}),
    ".xltx": frozenset({Kind.XLSX}),
    ".xltm": frozenset({Kind.XLSM}),
    ".xls": frozenset({Kind.XLS}),
    ".xlsb": frozenset({Kind.XLSB}),
    ".et": _SHEET,
    ".pptx": frozenset({Kind.PPTX}),
    ".ppt": frozenset({Kind.PPT}),
    ".pps": frozenset({Kind.PPT}),
    ".pot": frozenset({Kind.PPT}),
    ".dps": frozenset({Kind.PPT, Kind.PPTX}),
    ".pdf": frozenset({Kind.PDF}),
    ".ofd": frozenset({Kind.OFD}),
    **dict.fromkeys((".odt", ".ott"), frozenset({Kind.ODT})),
    **dict.fromkeys((".ods", ".ots"), frozenset({Kind.ODS})),
    **dict.fromkeys((".odp", ".otp", ".odg"), frozenset({Kind.ODP})),
    ".txt": _TEXT,
    ".csv": _TEXT,
    ".tsv": _TEXT,
    ".html": _TEXT,
    ".htm": _TEXT,
    ".xml": _TEXT,
    ".rtf": frozenset({Kind.RTF}),
    ".eml": frozenset({Kind.EML, Kind.MHT}),
    ".mht": frozenset({Kind.MHT, Kind.EML}),
    ".mhtml": frozenset({Kind.MHT, Kind.EML}),
    ".msg": frozenset({Kind.MSG}),
    ".zip": frozenset({Kind.ZIP}),
    ".rar": frozenset({Kind.RAR}),
    ".7z": frozenset({Kind.SEVEN_ZIP}),
    ".png": frozenset({Kind.PNG}),
    ".jpg": frozenset({Kind.JPEG}),
    ".jpeg": frozenset({Kind.JPEG}),
    ".tif": frozenset({Kind.TIFF}),
    ".tiff": frozenset({Kind.TIFF}),
    ".bmp": frozenset({Kind.BMP}),
    ".gif": frozenset({Kind.GIF}),
    ".webp": frozenset({Kind.WEBP}),
}
_UNTOLD = frozenset({Kind.EMPTY, Kind.UNKNOWN, Kind.OLE})
# Book-reader formats of Chinese e-government archives with no public description.
_CLOSED = frozenset({".ceb", ".cebx", ".gd", ".gw", ".sep", ".s2", ".s72", ".s92"})


@dataclass(frozen=True, slots=True)
class Sniffed:
    """`extension_lies` is the sentence for the officer when the name says another kind."""

    kind: Kind
    encrypted: bool = False
    macros: bool = False
    extension_lies: str | None = None


def sniff(path: Path) -> Sniffed:
    """What the file at `path` is. Raises OSError, and Unreadable as `sniff_stream`."""
    with path.open("rb") as source:
        return sniff_stream(source, path.name)


def sniff_stream(source: BinaryIO, name: str) -> Sniffed:
    """What a seekable stream holds; leaves it at any position.

    Raises Unreadable(NOT_SUPPORTED) for the closed formats that only their suffix tells.
    """
    source.seek(0)
    head = source.read(_HEAD)
    suffix = PurePath(name).suffix.lower()
    found = _from_bytes(source, head, suffix)
    if found.kind is Kind.UNKNOWN and suffix in _CLOSED:
        raise Unreadable(
            TroubleCode.NOT_SUPPORTED,
            f"{suffix} 是专用版式文件，不能读取。请在原阅读器中转存为 PDF 后再放入。",
        )
    if found.encrypted or found.kind in _UNTOLD or suffix not in _HONEST:
        return found
    if found.kind in _HONEST[suffix]:
        return found
    lie = (
        f"文件名写的是 {suffix}，内容其实是 {found.kind.value} 文件，已按内容读取。"
        "请向来源核实，改正文件名后再发布。"
    )
    return Sniffed(found.kind, found.encrypted, found.macros, lie)


def _from_bytes(source: BinaryIO, head: bytes, suffix: str) -> Sniffed:
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return Sniffed(Kind.EMPTY if len(head) < _HEAD else Kind.UNKNOWN)
    if head.startswith(OLE):
        return _ole(source)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK00PK", b"PK\x07\x08")):
        return _zip(source)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return Sniffed(kind)
    if head.startswith(b"BM") and len(head) > 14 and head[6:10] == b"\0\0\0\0":
        return Sniffed(Kind.BMP)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Sniffed(Kind.WEBP)
    if b"%PDF-" in head[:1024]:
        return Sniffed(Kind.PDF)
    if _is_mail(head, suffix):
        return Sniffed(_mail_kind(head))
    text = decode_sample(head, whole=len(head) < _HEAD)
    if text is not None:
        return Sniffed(_text_kind(text, suffix))
    # A page or data file in a broken encoding still says what it is in ASCII.
    marked = _text_kind(head.decode("latin-1"), "")
    if marked in (Kind.HTML, Kind.XML):
        return Sniffed(marked)
    if zipfile.is_zipfile(source):
        return _zip(source)
    return Sniffed(Kind.UNKNOWN)


def _is_mail(head: bytes, suffix: str) -> bool:
    """Mail and saved web archives look like text, but carry their content encoded.

    RFC 5322 2.2: header fields from the first line on, up to an empty line. A mail pasted into a
    text file, without MIME, hides nothing in codes and stays the text that its name says.
    """
    names = _header_names(head)
    if b"mime-version" in names and b"content-type" in names:
        return True
    if suffix in {".txt", ".csv", ".md", ".log"}:
        return False
    return b"from" in names and b"subject" in names and not names.isdisjoint(_POSTED)


def _header_names(head: bytes) -> set[bytes]:
    top = _HEADERS.match(head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
    if top is None:
        return set()
    return {name.lower() for name in _HEADER.findall(b"\n" + top.group())}


def _mail_kind(head: bytes) -> Kind:
    """A saved page is multipart/related (RFC 2557) and went to nobody."""
    names = _header_names(head)
    related = re.search(rb"(?i)\ncontent-type:\s*(multipart/related|text/html)", b"\n" + head)
    posted = names & {b"to", b"cc", b"received", b"message-id", b"delivered-to"}
    return Kind.MHT if related is not None and not posted else Kind.EML


def _ole(source: BinaryIO) -> Sniffed:
    from formats.oleparts import opened, stream_of  # only the old formats pay for it

    source.seek(0)
    try:
        data = source.read()
        with opened(data) as ole:
            names = {entry[0].lower() for entry in ole.listdir(streams=True, storages=True)}
            macros = bool(names & {"macros", "_vba_project_cur"})
            if "encryptedpackage" in names:
                return Sniffed(Kind.OLE, encrypted=True)
            if "worddocument" in names:
                fib = b""
                # [MS-DOC] 2.5.2 FibBase: bit 8 of the flags at offset 10 is fEncrypted.
                with suppress(*_OLE_LIES):  # the reader says that it is damaged
                    fib = stream_of(ole, "WordDocument", len(data))[:12]
                locked = len(fib) == 12 and bool(struct.unpack("<H", fib[10:12])[0] & 0x0100)
                return Sniffed(Kind.DOC, encrypted=locked, macros=macros)
            if "__properties_version1.0" in names:  # [MS-OXMSG] 2.4
                return Sniffed(Kind.MSG)
            if names & {"workbook", "book"}:
                return Sniffed(Kind.XLS, macros=macros)
            if "powerpoint document" in names:
                user = b""
                with suppress(*_OLE_LIES):  # whoever opens it says that it is damaged
                    user = stream_of(ole, "Current User", len(data))[:16]
                return Sniffed(Kind.PPT, encrypted=user[12:16] == _LOCKED_SLIDES)
    except _OLE_LIES:
        return Sniffed(Kind.OLE)
    return Sniffed(Kind.OLE)


def _zip(source: BinaryIO) -> Sniffed:
    try:
        with zipfile.ZipFile(source) as archive:
            names = {entry.casefold(): entry for entry in archive.namelist()}
            if "ofd.xml" in names:
                return Sniffed(Kind.OFD)
            if "mimetype" in names and "content.xml" in names:
                with archive.open(names["mimetype"]) as stream:
                    return _open_document(stream.read(200))
            if "[content_types].xml" not in names:
                return Sniffed(Kind.ZIP)
            with archive.open(names["[content_types].xml"]) as stream:
                types = stream.read(1024 * 1024)
    except ZIP_LIES:
        return Sniffed(Kind.ZIP)
    if b"\0" in types:
        types = types.replace(b"\0", b"")  # UTF-16: the names looked for are ASCII
    macros = b"macroEnabled" in types or any(n.endswith("vbaproject.bin") for n in names)
    for needle, kind in _MAIN_TYPES:
        if needle in types:
            return Sniffed(kind, macros=macros)
    return Sniffed(Kind.ZIP)


def _open_document(said: bytes) -> Sniffed:
    """ODF 1.2 part 3, 3.3: the first entry says in ASCII what the package is."""
    for word, kind in _OPEN_TYPES:
        if said.startswith(b"application/vnd.oasis.opendocument." + word):
            return Sniffed(kind)
    return Sniffed(Kind.ZIP)


def _text_kind(text: str, suffix: str) -> Kind:
    top = text[:2048].lstrip("\ufeff \t\r\n").lower()
    if re.search(r"<!doctype html|<html[\s>]|<(head|body|table)[\s>]", top) and top.startswith("<"):
        return Kind.HTML
    if top.startswith(("<?xml", "<svg")):
        return Kind.XML
    if suffix in {".html", ".htm"} and re.search(r"<[a-z]+[\s>/]", top):
        return Kind.HTML
    if suffix in {".csv", ".tsv"}:
        return Kind.CSV
    if suffix in {".txt", ".md", ".log"}:
        return Kind.TXT
    return Kind.CSV if _is_regular(text) else Kind.TXT


def _is_regular(text: str) -> bool:
    """At least three lines that all hold the same number of commas or of tabs."""
    bare = re.sub(r'"[^"\n]*"', "", text)
    lines = [line for line in bare.splitlines()[:50] if line.strip()]
    if len(lines) < 3:
        return False
    return any(len({line.count(d) for line in lines}) == 1 and d in lines[0] for d in ",\t")
