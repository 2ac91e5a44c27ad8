"""Descriptions that programs put into a picture: XMP, IPTC, text chunks and comments."""

import contextlib
import re
import struct
import zlib
from collections.abc import Iterator

from lxml import etree
from PIL import IptcImagePlugin

from formats import xml
from formats.pictures.decoding import LIES, opened
from formats.reading import Part, Place, Segment, Unreadable

_MOST_TEXT = 1024 * 1024
_EXTENSION, _FRAME, _GIF_COMMENT, _CONTROL = 0x21, 0x2C, 0xFE, 0xF9
# How a note ends on something that could not be read wholly.
BROKEN = "（已损坏）"
_LINES = str.maketrans("\r\n\t", "   ")
_MACHINE = re.compile(
    r"^\{(http://www\.w3\.org/1999/02/22-rdf-syntax-ns#|http://www\.w3\.org/XML/1998/namespace|"
    r"adobe:ns:meta/)\}(about|parseType|lang|xmptk|resource)$"
)
# IPTC-IIM 4.2, record 2.
_IPTC = {5: "标题", 25: "关键词", 40: "特别说明", 80: "作者", 85: "作者职务", 90: "城市",
         92: "地点", 95: "省", 101: "国家", 105: "题目", 110: "来源", 115: "出处", 116: "版权",
         118: "联系人", 120: "图片说明", 122: "说明撰写人"}  # fmt: skip


def read(data: bytes) -> Iterator[Segment]:
    """One segment a description."""
    said: set[tuple[str, str]] = set()
    number = 0
    for text, note in (*_xmp(data), *_iptc(data), *_chunks(data)):
        if text and (text, note) not in said:
            said.add((text, note))
            number += 1
            place = Place(Part.METADATA, paragraph=number)
            yield Segment(place, text, visible=False, note=note)


def _xmp(data: bytes) -> Iterator[tuple[str, str]]:
    try:
        with opened(data) as image:
            packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
            if not packet and image.format == "TIFF":
                packet = image.tag_v2.get(0x02BC, b"")
    except (*LIES, Unreadable):
        return
    if isinstance(packet, str):
        packet = packet.encode()
    if not isinstance(packet, bytes) or not packet.strip(b"\0 \r\n"):
        return
    try:
        root = xml.parse(packet.strip(b"\0 \r\n"), "XMP")
    except Unreadable:
        yield decoded(packet), f"XMP{BROKEN}"
        return
    for element in root.iter(etree.Element):
        name = _property(element)
        if element.text and element.text.strip():
            yield element.text.strip(), f"XMP {name}"
        for key, value in element.attrib.items():
            if value.strip() and not _MACHINE.match(str(key)):
                yield str(value).strip(), f"XMP {etree.QName(key).localname}"


def _property(element: etree._Element) -> str:
    """The property a list item belongs to: dc:creator/rdf:Seq/rdf:li is creator."""
    name = etree.QName(element).localname
    while name in {"li", "Seq", "Bag", "Alt", "Description"}:
        parent = element.getparent()
        if parent is None:
            break
        element, name = parent, etree.QName(parent).localname
    return name


def _iptc(data: bytes) -> Iterator[tuple[str, str]]:
    try:
        with opened(data) as image:
            found = IptcImagePlugin.getiptcinfo(image) or {}
    except (*LIES, Unreadable):
        return
    for key, value in found.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, bytes) and isinstance(key, tuple) and key[0] == 2 and key[1]:
                text = decoded(one)
                if is_written(text):
                    yield text, f"IPTC {_IPTC.get(key[1], key[1])}"


def _chunks(data: bytes) -> Iterator[tuple[str, str]]:
    if data.startswith(b"\x89PNG"):
        yield from _png_texts(data)
    elif data.startswith(b"\xff\xd8"):
        for marker, body in jpeg_segments(data):
            if marker == 0xFE:
                yield decoded(body), "JPEG 注释"
    elif data.startswith(b"GIF8"):
        for label, body in gif_blocks(data):
            if label == _GIF_COMMENT:
                yield decoded(body), "GIF 注释"


def _png_texts(data: bytes) -> Iterator[tuple[str, str]]:
    """PNG 1.2, 4.2.3: tEXt, zTXt, iTXt, wherever they stand."""
    for kind, body in png_chunks(data):
        if kind not in (b"tEXt", b"zTXt", b"iTXt"):
            continue
        key, _, rest = body.partition(b"\0")
        if key == b"XML:com.adobe.xmp":
            continue
        packed = kind == b"zTXt"
        if kind == b"iTXt":
            packed = rest[:1] == b"\1"
            _, _, rest = rest[2:].partition(b"\0")
            _, _, rest = rest.partition(b"\0")
        elif packed:
            rest = rest[1:]
        if packed:
            engine = zlib.decompressobj()
            try:
                rest = engine.decompress(rest, _MOST_TEXT)
            except zlib.error:
                rest = _unpacked(rest)
            if not engine.eof and len(rest) < _MOST_TEXT:
                yield f"{decoded(key)} {decoded(rest)}", f"PNG 文字块{BROKEN}"
                continue
        yield decoded(rest), f"PNG 文字块 {decoded(key)}"


def _unpacked(data: bytes) -> bytes:
    """Bytes that break off, as far as they can be unpacked."""
    engine, found = zlib.decompressobj(), b""
    with contextlib.suppress(zlib.error):
        for at in range(len(data)):
            found += engine.decompress(data[at : at + 1], _MOST_TEXT)
            if len(found) >= _MOST_TEXT:
                break
    return found


def gif_blocks(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Label and bytes of each extension (GIF89a, 23 to 26), frames passed over."""
    at = 13 + _colours(data[10]) if len(data) > 10 else len(data)
    while at + 1 < len(data) and data[at] in (_EXTENSION, _FRAME):
        label, at = (data[at + 1], at + 2) if data[at] == _EXTENSION else (0, at + _frame(data, at))
        body = b""
        while at < len(data) and data[at]:
            body += data[at + 1 : at + 1 + data[at]] if label else b""
            at += 1 + data[at]
        at += 1
        if label and label != _CONTROL:
            yield label, body


def _frame(data: bytes, at: int) -> int:
    return 11 + (_colours(data[at + 9]) if at + 9 < len(data) else 0)


def _colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Type and body of each chunk up to IEND or to where the file breaks off."""
    at = 8
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        yield kind, data[at + 8 : at + 8 + size]
        at += 12 + size
        if kind == b"IEND":
            return


def jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and body of each segment, behind scans too (ITU T.81, B.1)."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 2
        elif marker == 0xD9:
            return
        else:
            end = at + 2 + max(2, struct.unpack_from(">H", data, at + 2)[0])
            yield marker, data[at + 4 : end]
            at = after_scan(data, end) if marker == 0xDA else end


def after_scan(data: bytes, at: int) -> int:
    """Where the scan that begins there ends: in it 0xFF stands before 0 or a restart (F.1.2.3)."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        follower = data[at + 1]
        if follower == 0 or 0xD0 <= follower <= 0xD7:
            at += 2
        elif follower == 0xFF:
            at += 1
        else:
            return at


def is_written(text: str) -> bool:
    """Whether it is made of letters alone, on however many lines."""
    return text.translate(_LINES).isprintable()


def decoded(raw: bytes) -> str:
    """Text of unknown encoding: UTF-8, else the Chinese code page, else byte by byte."""
    raw = raw.strip(b"\0 \r\n\t")
    for code in ("utf-8", "gb18030"):
        try:
            return raw.decode(code)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")
