"""Image files from strangers: looked at before they are decoded, and decoded within limits."""

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from PIL import Image, ImageOps

from formats.reading import TroubleCode, Unreadable

if TYPE_CHECKING:
    from formats.ocr import Drawing

MOST_PIXELS = 60_000_000
_LEAST_DPI, _USUAL_DPI, _MOST_DPI = 50.0, 96.0, 2400.0
_ORIENTATION = 0x0112
# Lower or narrower than this, nothing on it can be read.
_LEAST_SIDE = 10
# What Pillow's readers are known to raise on files that lie.
LIES = (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError,
        AttributeError, OverflowError, ZeroDivisionError, AssertionError, RuntimeError,
        struct.error)  # fmt: skip
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "DIB", "GIF", "WEBP")


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The image, its pixels not yet decoded. Raises Unreadable(TOO_BIG), and what is in LIES."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # "corrupt EXIF data", with bytes of the file
        try:
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                yield image
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise _bomb("") from None


def is_tiny(data: bytes) -> bool:
    """Whether it is an image too small to hold a line of text; False for what does not open."""
    try:
        with opened(data) as image:
            return bool(min(image.size) < _LEAST_SIDE)
    except (*LIES, Unreadable):
        return False


def drawing(data: bytes, page: int = 0) -> "Drawing":
    """Decodes one page or frame (from 0) when it is called: see `decoded`."""

    def draw() -> Image.Image:
        with opened(data) as image:
            if page:
                image.seek(page)
            return decoded(image)

    return draw


def decoded(image: Image.Image) -> Image.Image:
    """The page at which `image` stands, as RGB on white, upright as its EXIF says.

    Raises Unreadable(TOO_BIG), and what is in LIES.
    """
    refuse_bomb(image)
    image.load()
    turned = image
    ImageOps.exif_transpose(turned, in_place=True)  # a copy of a large picture is a lot of memory
    if turned.mode == "RGB" and "transparency" not in turned.info:
        return turned
    if turned.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in turned.info:
        full = turned.convert("RGBA")
        white = Image.new("RGBA", full.size, "white")
        return Image.alpha_composite(white, full).convert("RGB")
    if turned.mode in ("I", "I;16", "I;16B", "I;16L", "F"):
        grey: Any = turned.convert("F")
        low, high = grey.getextrema()
        scale = 255 / ((high - low) or 1)
        return cast(Image.Image, grey.point(lambda v: v * scale - low * scale).convert("RGB"))
    return turned.convert("RGB")


def points(image: Any) -> tuple[float, float]:
    """Width and height of the page at which `image` stands, upright, in points."""
    try:
        across, down = (float(side) for side in image.info.get("dpi") or (0, 0))
    except LIES:
        across = down = 0.0
    if not (_LEAST_DPI <= across <= _MOST_DPI and _LEAST_DPI <= down <= _MOST_DPI):
        across = down = _USUAL_DPI
    wide, high = image.width * 72 / across, image.height * 72 / down
    try:
        lying = image.getexif().get(_ORIENTATION) in (5, 6, 7, 8)
    except LIES:
        lying = False
    return (high, wide) if lying else (wide, high)


def refuse_bomb(image: Image.Image) -> None:
    """By the size it claims, before a pixel is decoded. Raises Unreadable(TOO_BIG)."""
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise _bomb(f"图片有 {width}×{height} 个像素，")


def _bomb(size: str) -> Unreadable:
    return Unreadable(
        TroubleCode.TOO_BIG, f"{size or '图片'}超过像素上限，没有读取。请缩小后再放入，或人工查看。"
    )
