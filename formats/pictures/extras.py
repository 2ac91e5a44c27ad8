"""Second pictures inside a picture: thumbnails of an earlier state, pixels under transparency."""

from typing import Any

from PIL import ExifTags, Image, ImageChops, ImageOps, ImageStat

from formats import ocr
from formats.budget import Budget
from formats.pictures.decoding import LIES, opened
from formats.reading import Part, Place, Segment, Trouble, TroubleCode, Unreadable

# Larger pictures are not decoded for a comparison.
_MOST_PIXELS = 16_000_000
_GLANCE = (32, 32)
# Mean difference of two glances, of 255: recompression gives 1 to 5.
_DIFFERENT = 14.0
# Hidden pixels that vary less than this (of 255) are the ground that a program left behind.
_VARIED = 12.0
_LEAST_SHARE = 0.002
_PHOTOSHOP_THUMBNAIL = 1036


def thumbnails(data: bytes, budget: Budget) -> ocr.PictureText:
    """Thumbnails that show something else than the picture does."""
    segments: list[Segment] = []
    troubles: list[Trouble] = []
    for number, thumbnail in enumerate(_thumbnails(data), 1):
        if not _differs(data, thumbnail):
            continue
        place = Place(Part.THUMBNAIL, path=f"thumbnail{number}")
        size = _size(thumbnail)
        segments.append(
            Segment(place, f"缩略图 {size}", visible=False, note="与图片内容不一致的缩略图")
        )
        found = ocr.text_of(budget, thumbnail, place, visible=False, note="缩略图上的文字")
        segments += found.segments
        troubles.append(
            Trouble(
                TroubleCode.BAD_REDACTION,
                "图片里带的缩略图与图片不一致，可能留有裁掉或者涂掉以前的内容。"
                "请另存为不带缩略图的新图片后再公开。",
                place,
            )
        )
    return ocr.PictureText(tuple(segments), tuple(troubles))


def _thumbnails(data: bytes) -> list[bytes]:
    """The JPEGs in EXIF's second directory (4.5.8) and in Photoshop's resources."""
    found = []
    try:
        with opened(data) as image:
            exif = image.getexif()
            second = exif.get_ifd(ExifTags.IFD.IFD1)
            start, size = second.get(0x0201), second.get(0x0202)
            raw = image.info.get("exif", b"")
            if isinstance(start, int) and isinstance(size, int) and isinstance(raw, bytes):
                raw = raw.removeprefix(b"Exif\0\0")
                found.append(raw[start : start + size])
            resources = image.info.get("photoshop", {})
            if isinstance(resources, dict):
                block = resources.get(_PHOTOSHOP_THUMBNAIL)
                if isinstance(block, bytes):
                    found.append(block[28:])
    except (*LIES, Unreadable):
        return []
    return [one for one in found if one.startswith(b"\xff\xd8")]


def _size(data: bytes) -> str:
    try:
        with opened(data) as image:
            return f"{image.width}×{image.height}"
    except (*LIES, Unreadable):
        return "（打不开）"


def _differs(data: bytes, thumbnail: bytes) -> bool:
    """As small grey pictures; bars that fill a thumbnail up to 4:3 are cut off first."""
    try:
        whole, small = _grey(data), _grey(thumbnail)
    except (*LIES, Unreadable):
        return False
    if whole is None or small is None:
        return False
    worst = 255.0
    for one in (small, _without_bars(small)):
        if abs(one.width / one.height - whole.width / whole.height) > 0.15:
            continue
        a, b = (
            ImageOps.autocontrast(x.resize(_GLANCE, Image.Resampling.BOX)) for x in (whole, one)
        )
        worst = min(worst, ImageStat.Stat(ImageChops.difference(a, b)).mean[0])
    return worst > _DIFFERENT


def _grey(data: bytes) -> Image.Image | None:
    with opened(data) as image:
        if image.width * image.height > _MOST_PIXELS or min(image.size) < 8:
            return None
        image.draft("L", (256, 256))
        grey: Image.Image = image.convert("L")
        return grey


def _without_bars(image: Image.Image) -> Image.Image:
    box = image.point(lambda v: 255 if v > 16 else 0).getbbox()
    return image.crop(box) if box and min(box[2] - box[0], box[3] - box[1]) > 8 else image


def transparent(data: bytes, budget: Budget) -> ocr.PictureText:
    """Picture content under full transparency: it shows as soon as a program drops the alpha."""
    try:
        bare = _under(data)
    except (*LIES, Unreadable):
        return ocr.PictureText((), ())
    if bare is None:
        return ocr.PictureText((), ())
    place = Place(Part.IMAGE, path="transparent")
    note = "完全透明处藏着的画面"
    found = ocr.text_of(budget, bare, place, visible=False, note=note)
    trouble = Trouble(
        TroubleCode.BAD_REDACTION,
        "图片的完全透明处藏着画面，换个软件打开就会显示出来。"
        "请核对内容，另存为不带透明的新图片后再公开。",
        place,
    )
    return ocr.PictureText(found.segments, (trouble,))


def _under(data: bytes) -> Image.Image | None:
    """The picture as it is without its alpha channel, if that shows something hidden."""
    with opened(data) as image:
        if image.mode not in ("RGBA", "LA", "PA") or image.width * image.height > _MOST_PIXELS:
            return None
        full: Any = image.convert("RGBA")
    alpha = full.getchannel("A")
    clear = alpha.point(lambda v: 255 if v == 0 else 0)
    share = ImageStat.Stat(clear).mean[0] / 255
    bare: Image.Image = full.convert("RGB")
    if share < _LEAST_SHARE or ImageStat.Stat(bare.convert("L"), clear).stddev[0] < _VARIED:
        return None
    return bare
