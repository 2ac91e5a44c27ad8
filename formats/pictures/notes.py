"""Descriptions that programs put into a picture: XMP, IPTC, text chunks and comments."""

import io
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
        yield decoded(packet), "XMP（结构已损坏）"
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
                if text.isprintable():
                    yield text, f"IPTC {_IPTC.get(key[1], key[1])}"


def _chunks(data: bytes) -> Iterator[tuple[str, str]]:
    if data.startswith(b"\x89PNG"):
        yield from _png_texts(data)
    elif data.startswith(b"\xff\xd8"):
        for marker, body in jpeg_segments(data):
            if marker == 0xFE:
                yield decoded(body), "JPEG 注释"
    elif data.startswith(b"GIF8"):
        try:
            with opened(data) as image:
                comment = image.info.get("comment", b"")
        except (*LIES, Unreadable):
            return
        yield decoded(comment) if isinstance(comment, bytes) else str(comment), "GIF 注释"


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
            try:
                rest = zlib.decompressobj().decompress(rest, _MOST_TEXT)
            except zlib.error:
                yield decoded(key), "PNG 文字块（已损坏）"
                continue
        yield decoded(rest), f"PNG 文字块 {decoded(key)}"


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
    """Marker and body of each segment up to the first scan (ITU T.81, B.1)."""
    stream = io.BytesIO(data)
    stream.seek(2)
    while True:
        lead = stream.read(1)
        if lead != b"\xff":
            return
        while (marker := stream.read(1)) == b"\xff":
            continue
        if not marker or marker in (b"\xd9", b"\xda"):
            return
        if 0xD0 <= marker[0] <= 0xD7 or marker[0] == 0x01:
            continue
        head = stream.read(2)
        if len(head) < 2:
            return
        yield marker[0], stream.read(max(0, struct.unpack(">H", head)[0] - 2))


def decoded(raw: bytes) -> str:
    """Text of unknown encoding: UTF-8, else the Chinese code page, else byte by byte."""
    raw = raw.strip(b"\0 \r\n\t")
    for code in ("utf-8", "gb18030"):
        try:
            return raw.decode(code)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")
