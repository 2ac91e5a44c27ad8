"""Picture files made by code: pages of text drawn with the fonts there are, and what they carry."""

import io
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

# Any of these draws Chinese; the Latin face that comes with Pillow is enough for markers.
_CHINESE = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf",
    "C:/Windows/Fonts/simsun.ttc",
    "/System/Library/Fonts/PingFang.ttc",
)


def chinese_font() -> str | None:
    """A face with Chinese characters on this machine."""
    return next((face for face in _CHINESE if Path(face).exists()), None)


def page(lines: list[str], *, size: tuple[int, int] = (900, 400), height: int = 40) -> Image.Image:
    """Black lines on white."""
    face = chinese_font()
    font = ImageFont.truetype(face, height) if face else ImageFont.load_default(height)
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((40, 40 + number * height * 1.6), line, fill="black", font=font)
    return image


def scanned(image: Image.Image, *, angle: float = 0.6, blur: float = 0.8) -> Image.Image:
    """As a copier gives it back: a little turned, soft, grey, with the marks of JPEG."""
    grey = image.convert("L").rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC)
    grey = grey.filter(ImageFilter.GaussianBlur(blur)).point(lambda v: 25 + v * 0.83)
    return Image.open(io.BytesIO(encoded(grey, "JPEG", quality=40))).convert("RGB")


def photo(size: tuple[int, int] = (400, 300), hue: int = 0) -> Image.Image:
    """No text: soft coloured areas."""
    width, height = size
    red = Image.linear_gradient("L").resize(size)
    green = red.rotate(90, expand=True).resize(size)
    blue = Image.radial_gradient("L").resize((width, height))
    bands = [red, green, blue]
    return Image.merge("RGB", bands[hue:] + bands[:hue])


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """The bytes of an image file."""
    out = io.BytesIO()
    image.copy().save(out, kind, **options)
    return out.getvalue()


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk with its check sum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def with_chunk(png: bytes, kind: bytes, body: bytes) -> bytes:
    """A PNG with one more chunk before its end."""
    return png[:-12] + png_chunk(kind, body) + png[-12:]


def with_comment(jpeg: bytes, text: bytes) -> bytes:
    """A JPEG with a comment segment behind its start."""
    return jpeg[:2] + b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text + jpeg[2:]


def bomb_png(width: int = 60_000, height: int = 60_000) -> bytes:
    """A tiny file that claims billions of pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", head)
        + png_chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + png_chunk(b"IEND", b"")
    )


def with_thumbnail(image: Image.Image, thumbnail: Image.Image) -> bytes:
    """A JPEG whose EXIF holds a thumbnail (EXIF 2.32, 4.5.8), the directories laid by hand."""
    small = encoded(thumbnail, "JPEG", quality=80)
    head = b"MM\0*" + struct.pack(">I", 8)
    first = struct.pack(">H", 1) + struct.pack(">HHII", 0x0112, 3, 1, 1 << 16)
    second_at = 8 + len(first) + 4
    second = struct.pack(">H", 3)
    second += struct.pack(">HHIHH", 0x0103, 3, 1, 6, 0)
    start = second_at + 2 + 3 * 12 + 4
    second += struct.pack(">HHII", 0x0201, 4, 1, start)
    second += struct.pack(">HHII", 0x0202, 4, 1, len(small))
    body = head + first + struct.pack(">I", second_at) + second + struct.pack(">I", 0) + small
    return encoded(image, "JPEG", exif=b"Exif\0\0" + body)
