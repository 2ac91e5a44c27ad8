"""Pictures that claim more than they hold, or lead in circles."""

import io
import struct
import zlib
from collections.abc import Callable

from PIL import Image

_PNG = b"\x89PNG\r\n\x1a\n"


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _head(width: int, height: int, depth: int = 8, colour: int = 2) -> bytes:
    return _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))


def _small() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "white").save(out, "PNG")
    return out.getvalue()


def _png_of(width: int, height: int, pixels: bytes = b"") -> Callable[[], bytes]:
    return lambda: _PNG + _head(width, height) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _png_full() -> bytes:
    """30,000 x 12,000 white pixels, a gigabyte, honestly packed into a megabyte."""
    packer = zlib.compressobj(9)
    row = b"\0" + b"\xff" * 90_000
    data = b"".join(packer.compress(row * 100) for _ in range(120)) + packer.flush()
    return _PNG + _head(30_000, 12_000) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _with(*chunks: bytes) -> Callable[[], bytes]:
    return lambda: (lambda made: made[:33] + b"".join(chunks) + made[33:])(_small())


def _text_bomb() -> bytes:
    body = zlib.compress(b"x" * 300_000_000, 9)
    made = _small()
    return made[:33] + _chunk(b"zTXt", b"Comment\0\0" + body) + made[33:]


def _profile_bomb() -> bytes:
    body = zlib.compress(b"x" * 300_000_000, 9)
    made = _small()
    return made[:33] + _chunk(b"iCCP", b"a\0\0" + body) + made[33:]


def _many_texts() -> bytes:
    made = _small()
    return made[:33] + _chunk(b"tEXt", b"Comment\0x") * 20_000 + made[33:]


def _jpeg(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(out, "JPEG")
    made = bytearray(out.getvalue())
    at = made.index(b"\xff\xc0")
    made[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(made)


def _jpeg_segments() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(out, "JPEG")
    made = out.getvalue()
    return made[:2] + b"\xff\xfe\x00\x04xx" * 100_000 + made[2:]


def _jpeg_scans() -> bytes:
    """A progressive picture with hundreds of passes over the same points."""
    out = io.BytesIO()
    Image.new("RGB", (2000, 2000), "white").save(out, "JPEG", progressive=True)
    made = out.getvalue()
    at = made.rindex(b"\xff\xda")
    return made[:at] + made[at:-2] * 300 + b"\xff\xd9"


def _tiff(entries: list[tuple[int, int, int, int]], following: int) -> bytes:
    """One directory at offset 8: (tag, type, count, value)."""
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    made = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", len(entries)) + body
    return made + struct.pack("<I", following) + b"\0" * 64


def _tags(width: int, height: int) -> list[tuple[int, int, int, int]]:
    return [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
        (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, 64),
    ]  # fmt: skip


def _tiff_pages() -> bytes:
    """Twenty thousand small pages, one after the other."""
    entries = _tags(8, 8)
    size = 2 + 12 * len(entries) + 4
    out = bytearray(b"II*\0" + struct.pack("<I", 8))
    for number in range(20_000):
        at = 8 + size * (number + 1)
        out += struct.pack("<H", len(entries))
        out += b"".join(struct.pack("<HHII", *entry) for entry in entries)
        out += struct.pack("<I", 0 if number == 19_999 else at)
    return bytes(out)


def _tiff_fax() -> bytes:
    """A fax page that claims 60,000 x 60,000 points."""
    entries = [
        (256, 4, 1, 60_000), (257, 4, 1, 60_000), (258, 3, 1, 1), (259, 3, 1, 4), (262, 3, 1, 0),
        (273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, 60_000), (279, 4, 1, 64),
    ]  # fmt: skip
    return _tiff(entries, 0)


def _bmp(width: int, height: int, bits: int = 24, packing: int = 0) -> bytes:
    info = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, packing, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + 64, 0, 0, 54) + info + b"\0" * 64


def _gif_frames() -> bytes:
    """Ten thousand frames, each as large as the format allows."""
    head = b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"!\xf9\4\0\0\0\0\0," + struct.pack("<HHHHB", 0, 0, 65_535, 65_535, 0)
    return head + (frame + b"\2\2\x44\1\0") * 10_000 + b";"


def _gif_comments() -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", 8, 8, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    return head + b"!\xfe\xff" + b"x" * 255 * 1 + b"\0" + (b"!\xfe\1x\0") * 100_000 + b";"


def _webp(width: int, height: int) -> bytes:
    size = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    body = b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + size
    body += b"VP8L" + struct.pack("<I", 8) + b"\x2f\xff\xff\xff\x0f\0\0\0"
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _exif(tiff: bytes) -> bytes:
    """A photograph with this as its EXIF."""
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(out, "JPEG")
    made = out.getvalue()
    body = b"Exif\0\0" + tiff
    return made[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + made[2:]


CASES: dict[str, Callable[[], bytes]] = {
    "a claim.png": _png_of(30_000, 12_000),
    "the largest claim.png": _png_of(2**31 - 1, 2**31 - 1),
    "full.png": _png_full,
    "no size.png": _png_of(0, 0),
    "texts.png": _many_texts,
    "text bomb.png": _text_bomb,
    "profile bomb.png": _profile_bomb,
    "a claim.jpg": lambda: _jpeg(65_500, 65_500),
    "segments.jpg": _jpeg_segments,
    "scans.jpg": _jpeg_scans,
    "exif circle.jpg": lambda: _exif(_tiff([(0x8769, 4, 1, 8), (0x8825, 4, 1, 8)], 8)),
    "exif claim.jpg": lambda: _exif(_tiff([(0x010E, 2, 2**31, 8), (0x9286, 7, 2**32 - 1, 8)], 0)),
    "a claim.tif": lambda: _tiff(_tags(60_000, 60_000), 0),
    "fax.tif": _tiff_fax,
    "circle.tif": lambda: _tiff(_tags(8, 8), 8),
    "pages.tif": _tiff_pages,
    "strips.tif": lambda: _tiff([*_tags(8, 8)[:5], (273, 4, 2**31, 8), (279, 4, 2**31, 8)], 0),
    "a claim.bmp": lambda: _bmp(30_000, 12_000),
    "the largest claim.bmp": lambda: _bmp(2**31 - 1, -(2**31) + 1),
    "packed.bmp": lambda: _bmp(30_000, 30_000, 8, 1),
    "frames.gif": _gif_frames,
    "comments.gif": _gif_comments,
    "a claim.webp": lambda: _webp(16_383, 16_383),
    "the largest claim.webp": lambda: _webp(2**24, 2**8),
}
