"""What lies behind the end of a picture, and where that is."""

import struct

from formats.appended import PADDING, appended
from formats.budget import Budget
from formats.ocr import PictureText
from formats.pictures.notes import after_scan, png_chunks
from formats.reading import Kind


def behind(data: bytes, kind: Kind, budget: Budget) -> PictureText:
    """The bytes after the picture's own end. Raises Unreadable(TOO_BIG)."""
    end = end_of(data, kind)
    return appended(data[end:], end, "图片", budget) if end else PictureText((), ())


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
            following = data[at:].lstrip(PADDING[:1])
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
                at = after_scan(data, at)
    return 0


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
