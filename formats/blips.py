"""Pictures kept in old office files ([MS-ODRAW] 2.2.22, 2.2.23): taken out, and read as others."""

import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from formats.budget import Budget
from formats.carving import texts_in
from formats.reading import Part, Place, Segment, Trouble, TroubleCode

_ENTRY, _ENTRY_SIZE, _FIRST, _LAST = 0xF007, 36, 0xF01A, 0xF02A
_VECTORS, _BITMAP = (0xF01A, 0xF01B, 0xF01C), 0xF01F
# Fields before the data: one or two checksums of 16 bytes, then a byte, or the size of a drawing.
_SUM, _DRAWING_HEAD = 16, 34
_MOST_DRAWN = 64 * 1024 * 1024
_BEGINNINGS = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|II\*\x00|MM\x00\*|BM")
_VECTOR = "矢量图片（EMF、WMF）没有识别，请人工查看图片。"


class Blip(NamedTuple):
    """One picture: the bytes of a picture file, or (`vector`) drawing orders.

    `used`: whether anything in the document shows it. `kept`: where in the delay stream it stands.
    """

    data: bytes
    vector: bool = False
    used: bool = True
    kept: tuple[int, int] = (0, 0)


class Told(NamedTuple):
    """What pictures say; with a trouble the reading is partial."""

    segments: list[Segment]
    troubles: list[Trouble]


def blips(art: bytes, delayed: bytes = b"") -> Iterator[Blip]:
    """The pictures of a drawing. `delayed`: the stream in which a Word document keeps them."""
    at, used = 0, True
    while at + 8 <= len(art):
        options, kind, length = struct.unpack_from("<HHI", art, at)
        at += 8
        if kind == _ENTRY and at + _ENTRY_SIZE <= len(art):
            count, where = struct.unpack_from("<II", art, at + 24)
            used = count > 0
            named = _ENTRY_SIZE + art[at + 33]
            at += named
            # A Word document keeps the picture itself elsewhere.
            if length <= named and where + 8 <= len(delayed):
                options, kind, length = struct.unpack_from("<HHI", delayed, where)
                if _FIRST <= kind <= _LAST:
                    data = delayed[where + 8 : where + 8 + length]
                    made = _blip(kind, options >> 4, data, used=used)
                    yield made._replace(kept=(where, where + 8 + length))
        elif options & 0xF != 0xF:
            if _FIRST <= kind <= _LAST:
                yield _blip(kind, options >> 4, art[at : at + length], used=used)
                used = True
            at += length


def _blip(kind: int, instance: int, data: bytes, *, used: bool) -> Blip:
    """2.2.24 to 2.2.31: an odd instance has a second checksum, except where JPEGs count by two."""
    skip = _SUM * (2 if instance & 1 else 1)
    if kind in _VECTORS:
        return Blip(data[skip + _DRAWING_HEAD :], vector=True, used=used)
    if kind == _BITMAP:
        return Blip(as_file(data[skip + 1 :]), used=used)
    found = _BEGINNINGS.search(data, 0, 64)
    return Blip(data[found.start() if found else skip + 1 :], used=used)


def as_file(bitmap: bytes) -> bytes:
    """A device-independent bitmap with the header that makes a .bmp of it."""
    size = int.from_bytes(bitmap[:4], "little")
    depth = int.from_bytes(bitmap[14:16], "little")
    colours = int.from_bytes(bitmap[32:36], "little") if size >= 40 else 0
    table = (colours or (1 << depth if depth <= 8 else 0)) * (4 if size >= 40 else 3)
    start = min(14 + size + table, 0xFFFFFFFF)
    return b"BM" + struct.pack("<IHHI", 14 + len(bitmap), 0, 0, start) + bitmap


def told(pictures: Iterable[Blip], path: str, budget: Budget) -> Told:
    """The text on each picture, where recognition is on, and what it carries beside it."""
    from formats import ocr  # Pillow: only documents with pictures pay for it
    from formats.pictures import reader

    found = Told([], [])
    alike: dict[str, list[Trouble]] = {}
    for number, blip in enumerate(pictures, 1):
        place = Place(Part.IMAGE, path=f"{path}/picture-{number}")
        note = "" if blip.used else "文档没有显示的图片"
        budget.spend_bytes(len(blip.data))
        if blip.vector:
            found.segments.extend(_vector(blip, place, budget, note))
            troubles: Iterable[Trouble] = [Trouble(TroubleCode.NEEDS_OCR, _VECTOR, place)]
        else:
            read = ocr.text_of(budget, blip.data, place, visible=blip.used, note=note)
            carried = reader.beside(blip.data, budget, place)
            found.segments.extend((*read.segments, *carried.segments))
            troubles = (*read.troubles, *carried.troubles)
        for trouble in troubles:
            alike.setdefault(trouble.text, []).append(trouble)
    for text, these in alike.items():
        many = f"文件里有 {len(these)} 张图片需要人工逐张查看：" if len(these) > 1 else ""
        found.troubles.append(Trouble(these[0].code, f"{many}{text}", these[0].place))
    return found


def _vector(blip: Blip, place: Place, budget: Budget, note: str) -> Iterator[Segment]:
    """Words in drawing orders, packed (2.2.31) or plain. A cut one gives what it still has."""
    data = blip.data
    try:
        data = zlib.decompressobj().decompress(data, _MOST_DRAWN)
    except zlib.error:
        data = blip.data
    budget.spend_bytes(len(data))
    for number, text in enumerate(texts_in(data), 1):
        said = note or "矢量图里的文字"
        yield Segment(place._replace(paragraph=number), text, blip.used, said)
