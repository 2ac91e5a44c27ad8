"""What lies behind the end of a picture: whole files travel there unseen."""

import io
import re
import struct

from formats.budget import Budget
from formats.ocr import PictureText
from formats.opening import read_stream
from formats.pictures.notes import png_chunks
from formats.reading import Kind, Part, Place, Segment, Trouble, TroubleCode, Unreadable
from formats.sniff import sniff_stream

MEMBER = "图片尾部的数据"
_TEXTS = re.compile(rb"[\x20-\x7e\x80-\xff]{6,}")
_MOST = 20_000
# Padding that cameras and scanners leave.
_PADDING = b"\0\xff \r\n\x1a"


def behind(data: bytes, kind: Kind, budget: Budget) -> PictureText:
    """The bytes after the picture's own end: read as the file they are, else as bare text.

    Raises Unreadable(TOO_BIG).
    """
    end = end_of(data, kind)
    tail = data[end:].lstrip(_PADDING) if end else b""
    if len(tail.rstrip(_PADDING)) < 4:
        return PictureText((), ())
    place = Place(Part.EMBEDDED, member=MEMBER, path=f"+{end}")
    trouble = Trouble(
        TroubleCode.NOT_SUPPORTED,
        f"图片结束后还附着 {len(tail)} 字节不属于图片的数据，看图时看不到。"
        "请核对来源，另存为新图片后再公开。",
        place,
    )
    try:
        found = sniff_stream(io.BytesIO(tail), "")
        if found.kind not in (Kind.UNKNOWN, Kind.TXT, Kind.CSV, Kind.EMPTY):
            with budget.deeper():
                reading = read_stream(io.BytesIO(tail), budget, MEMBER)
            return PictureText(tuple(_inner(reading.segments)), (trouble, *reading.troubles))
    except Unreadable as error:
        if error.code is TroubleCode.TOO_BIG:
            raise
    texts = [_text(raw) for raw in _TEXTS.findall(tail[:_MOST])]
    said = "\n".join(text for text in texts if text)
    note = "图片结束后附着的数据"
    if not said:
        said = f"{len(tail)} 字节"
    return PictureText((Segment(place, said, visible=False, note=note),), (trouble,))


def _inner(segments: tuple[Segment, ...]) -> list[Segment]:
    found = []
    for segment in segments:
        if segment.place.part is Part.NAME and segment.place.member is None:
            continue
        member = "/".join(x for x in (MEMBER, segment.place.member) if x)
        place = segment.place._replace(member=member)
        found.append(segment._replace(place=place, visible=False))
    return found


def _text(raw: bytes) -> str:
    for code in ("utf-8", "gb18030"):
        try:
            text = raw.decode(code)
        except UnicodeDecodeError:
            continue
        return text if text.isprintable() else ""
    return ""


def end_of(data: bytes, kind: Kind) -> int:
    """Where the picture ends, in bytes; 0 where that cannot be told."""
    if kind is Kind.PNG:
        size = 8 + sum(12 + len(body) for _, body in png_chunks(data))
        return min(size, len(data))
    if kind is Kind.JPEG:
        return _jpeg_end(data)
    if kind is Kind.GIF:
        return _gif_end(data)
    if kind is Kind.BMP and len(data) > 6:
        return _within(data, struct.unpack_from("<I", data, 2)[0])
    if kind is Kind.WEBP and len(data) > 8:
        size = struct.unpack_from("<I", data, 4)[0] + 8
        return _within(data, size + size % 2)
    return 0


def _within(data: bytes, size: int) -> int:
    return size if 64 <= size <= len(data) else 0


def _jpeg_end(data: bytes) -> int:
    """After the last end-of-image marker of the picture and of those that belong to it (MPO).

    Inside a scan every 0xFF is followed by 0 or by a restart marker (ITU T.81, F.1.2.3).
    """
    at = 2
    size = len(data)
    while at + 1 < size:
        if data[at] != 0xFF:
            return 0
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker == 0xD9:
            at += 2
            following = data[at:].lstrip(_PADDING[:1])
            # Phones put a second picture behind the first and list it in an MPF segment.
            if following.startswith(b"\xff\xd8\xff") and b"MPF\0" in data[:65536]:
                at = size - len(following) + 2
                continue
            return at
        elif marker == 0x01 or 0xD0 <= marker <= 0xD8:
            at += 2
        else:
            if at + 4 > size:
                return 0
            at += 2 + struct.unpack_from(">H", data, at + 2)[0]
            if marker == 0xDA:
                at = _after_scan(data, at)
    return 0


def _after_scan(data: bytes, at: int) -> int:
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


def _gif_end(data: bytes) -> int:
    """GIF89a, appendix A: blocks up to the trailer."""
    if len(data) < 13:
        return 0
    at = 13 + _colours(data[10])
    while at < len(data):
        lead = data[at]
        if lead == 0x3B:
            return at + 1
        if lead == 0x21:
            at += 2
        elif lead == 0x2C and at + 9 < len(data):
            at += 11 + _colours(data[at + 9])
        else:
            return 0
        while at < len(data) and data[at]:
            at += 1 + data[at]
        at += 1
    return 0


def _colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0
