"""Pictures written anew: the pixels that are shown, without what the camera or program noted."""

import io
from typing import NamedTuple

from PIL import Image, UnidentifiedImageError

from formats import metafiles
from formats.reading import TroubleCode, Unreadable

_FORMATS = {
    "PNG": "png",
    "JPEG": "jpeg",
    "MPO": "jpeg",
    "GIF": "gif",
    "TIFF": "tiff",
    "BMP": "bmp",
    "WEBP": "png",
}
_MIMES = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif", "tiff": "image/tiff",
          "bmp": "image/bmp", "emf": "image/x-emf", "wmf": "image/x-wmf"}  # fmt: skip
_MOST_PIXELS = 100_000_000
_LIES = (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, MemoryError,
         UnidentifiedImageError, Image.DecompressionBombError,
         Image.DecompressionBombWarning)  # fmt: skip
_MODES = {"png": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"), "jpeg": ("L", "RGB", "CMYK"),
          "gif": ("1", "L", "P"), "tiff": ("1", "L", "P", "RGB", "RGBA", "CMYK"),
          "bmp": ("1", "L", "P", "RGB")}  # fmt: skip


class Crop(NamedTuple):
    """What a document cuts off a picture, as parts of its width and height."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


class Picture(NamedTuple):
    """A clean picture: its bytes, suffix and content type."""

    data: bytes
    suffix: str
    mime: str


def clean_picture(data: bytes, crop: Crop) -> Picture:
    """The picture with only the pixels that are shown and no metadata.

    Windows metafiles, which nothing here can draw, keep the records that draw; their words were
    read, so whatever stays was looked at. What is no picture at all becomes a white square, so that
    nothing rides along under a picture's name. Raises Unreadable for a metafile that would be
    blank.
    """
    metafile = metafiles.kind_of(data)
    if metafile:
        try:
            return Picture(metafiles.drawing_only(data), metafile, _MIMES[metafile])
        except metafiles.Damaged:
            return _encoded(Image.new("RGB", (8, 8), "white"), "png", {})
        except metafiles.Blank:
            raise Unreadable(
                TroubleCode.NOT_SUPPORTED,
                "文中有一张新式矢量图（EMF+），不能自动生成公开件。"
                "请在 WPS 或 Word 中把它另存为图片、重新插入后再放入。",
            ) from None
    try:
        return _again(data, crop)
    except _LIES:
        return _encoded(Image.new("RGB", (8, 8), "white"), "png", {})


def _again(data: bytes, crop: Crop) -> Picture:
    with Image.open(io.BytesIO(data)) as source:
        width, height = source.size
        if width * height > _MOST_PIXELS:
            raise ValueError("too many pixels")
        kind = _FORMATS[source.format or ""]
        dpi = source.info.get("dpi")
        tables = getattr(source, "quantization", None) if kind == "jpeg" else None
        source.load()
        box = (
            round(width * min(max(crop.left, 0.0), 0.99)),
            round(height * min(max(crop.top, 0.0), 0.99)),
            round(width * (1 - min(max(crop.right, 0.0), 0.99))),
            round(height * (1 - min(max(crop.bottom, 0.0), 0.99))),
        )
        if box[2] <= box[0] or box[3] <= box[1]:
            raise ValueError("nothing is shown")
        shown = source.crop(box)
        transparency = source.info.get("transparency")
    if shown.mode not in _MODES[kind]:
        shown = shown.convert("RGBA" if "A" in shown.mode and kind == "png" else "RGB")
    if "A" in shown.getbands():
        # What full transparency covers comes to light in a program that drops it.
        clear = shown.getchannel("A").point(lambda value: 255 if value else 0)
        shown = Image.composite(shown, Image.new(shown.mode, shown.size, 0), clear)
    shown.info = {}
    options: dict[str, object] = {}
    if transparency is not None and kind in ("png", "gif"):
        options["transparency"] = transparency
    if dpi:
        options["dpi"] = tuple(float(side) for side in dpi)
    if kind == "jpeg":
        # The source's own tables: encoding once more then costs almost nothing to see.
        options |= {"qtables": tables} if tables else {"quality": 92}
    return _encoded(shown, kind, options)


def _encoded(image: Image.Image, kind: str, options: dict[str, object]) -> Picture:
    out = io.BytesIO()
    image.save(out, format=kind.upper(), **options)
    return Picture(out.getvalue(), kind, _MIMES[kind])
