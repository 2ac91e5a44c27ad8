"""What a camera or a program noted in a picture (EXIF 2.32, also the tags of a TIFF page)."""

import contextlib
import re
from collections.abc import Iterator
from typing import Any

from PIL import ExifTags

from formats.carving import texts_in
from formats.pictures.decoding import LIES, opened
from formats.pictures.notes import BROKEN, is_written, jpeg_segments, png_chunks
from formats.reading import Part, Place, Segment, Unreadable

_LABELS = {
    "ImageDescription": "图片说明", "Artist": "作者", "Copyright": "版权", "UserComment": "备注",
    "XPTitle": "标题", "XPComment": "备注", "XPAuthor": "作者", "XPKeywords": "关键词",
    "XPSubject": "主题", "DateTime": "修改时间", "DateTimeOriginal": "拍摄时间",
    "DateTimeDigitized": "数字化时间", "Make": "相机厂商", "Model": "相机型号",
    "Software": "软件", "HostComputer": "电脑名称", "CameraOwnerName": "相机所有者",
    "BodySerialNumber": "相机序列号", "DocumentName": "文档名", "PageName": "页名",
}  # fmt: skip
# Numbers of the format itself, and the blobs that other files of this room read.
_QUIET = frozenset({0x8769, 0x8825, 0xA005, 0x927C, 0x02BC, 0x83BB, 0x8649, 0x8773, 0x9000, 0xA000,
                    0x0111, 0x0117, 0x0140, 0x0144, 0x0145, 0x015B, 0x0201, 0x0202, 0x9101, 0xA300,
                    0xA301, 0xA302, 0x9010, 0x9011, 0x9012, 0x9290, 0x9291, 0x9292})  # fmt: skip
_XP = range(0x9C9B, 0x9CA0)
_USER_COMMENT = 0x9286
_MAKER_NOTE = 0x927C
_CODES = {b"ASCII\0\0\0": "utf-8", b"UNICODE\0": "utf-16", b"JIS\0\0\0\0\0": "iso2022_jp"}
_PRINTED = re.compile(rb"[\x20-\x7e]{6,}")
_MOST = 4000


def read(data: bytes) -> Iterator[Segment]:
    """One segment a tag with text, one for the place the picture was taken at."""
    for number, (text, note) in enumerate(_all(data), 1):
        yield Segment(Place(Part.EXIF, paragraph=number), text, visible=False, note=note)


def _all(data: bytes) -> Iterator[tuple[str, str]]:
    tags: dict[int, Any] = {}
    details: dict[int, Any] = {}
    gps: dict[int, Any] = {}
    with contextlib.suppress(*LIES, Unreadable), opened(data) as image:
        exif = image.getexif()
        tags = dict(exif)
        details = dict(exif.get_ifd(ExifTags.IFD.Exif))
        gps = dict(exif.get_ifd(ExifTags.IFD.GPSInfo))
    if not (tags or details or gps):  # there is nothing, or nothing of it can be told apart
        yield from ((text, f"照片信息{BROKEN}") for text in texts_in(_kept(data)))
    for group in (tags, details):
        for tag, value in group.items():
            text = "" if tag in _QUIET else _text(tag, value)
            if text:
                name = ExifTags.TAGS.get(tag, f"0x{tag:04x}")
                yield text, _LABELS.get(name, name)
    if gps:
        where = _position(gps)
        if where:
            yield where, "拍摄位置（GPS）"
        for tag, value in gps.items():
            text = _text(tag, value) if isinstance(value, str | bytes) else ""
            if len(text) > 2:
                yield text, f"拍摄位置 {ExifTags.GPSTAGS.get(tag, tag)}"
    maker = details.get(_MAKER_NOTE)
    if isinstance(maker, bytes) and maker:
        said = " ".join(found.decode() for found in _PRINTED.findall(maker))[:_MOST]
        told = f"厂商自定义数据 {len(maker)} 字节" + (f"：{said}" if said else "")
        yield told, "厂商自定义数据（MakerNote），程序不能逐项解读"


def _kept(data: bytes) -> bytes:
    """The bytes of the camera's notes in a JPEG or PNG."""
    if data.startswith(b"\x89PNG"):
        return b"".join(body for kind, body in png_chunks(data) if kind == b"eXIf")
    if not data.startswith(b"\xff\xd8"):
        return b""
    return b"".join(body for _, body in jpeg_segments(data) if body.startswith(b"Exif\0"))


def _text(tag: int, value: Any) -> str:
    if isinstance(value, tuple) and value and all(isinstance(v, str) for v in value):
        value = " ".join(value)
    if isinstance(value, tuple) and tag in _XP:
        value = bytes(v & 0xFF for v in value if isinstance(v, int))
    if isinstance(value, str):
        return _repaired(value).strip("\0 \t\r\n")
    if not isinstance(value, bytes):
        return ""
    if tag in _XP:
        return value.decode("utf-16-le", "replace").strip("\0 ")
    if tag == _USER_COMMENT:
        code, value = _CODES.get(value[:8]), value[8:]
        if code == "utf-16" and value[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            code = "utf-16-be" if value[:1] == b"\0" else "utf-16-le"
        return _plain(value) if code is None else value.decode(code, "replace").strip("\0 ")
    return _plain(value)


def _plain(value: bytes) -> str:
    """Bytes as text where they are text; empty where they are numbers."""
    value = value.strip(b"\0 \t\r\n")
    for code in ("utf-8", "gb18030"):
        try:
            text = value.decode(code)
        except UnicodeDecodeError:
            continue
        return text if is_written(text) else ""
    return ""


def _repaired(value: str) -> str:
    """Tags are ASCII by the standard; Pillow shows what Chinese programs write there as Latin 1."""
    try:
        raw = value.encode("latin-1")
    except UnicodeEncodeError:
        return value
    if raw.isascii():
        return value
    for code in ("utf-8", "gb18030"):
        try:
            return raw.decode(code)
        except UnicodeDecodeError:
            continue
    return value


def _position(gps: dict[int, Any]) -> str:
    """Degrees of north and east, as a map takes them (EXIF 4.6.6: degrees, minutes, seconds)."""
    try:
        values = []
        for tag in (2, 4):
            degrees, minutes, seconds = (float(part) for part in gps[tag])
            values.append(degrees + minutes / 60 + seconds / 3600)
        latitude, longitude = values
    except (*LIES, ZeroDivisionError):
        return ""
    north = "南纬" if str(gps.get(1, "N")).upper().startswith("S") else "北纬"
    east = "西经" if str(gps.get(3, "E")).upper().startswith("W") else "东经"
    return f"{north} {latitude:.6f}，{east} {longitude:.6f}"
