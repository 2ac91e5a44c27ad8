"""The pictures in a PDF: what is written on them, and what cameras noted in them."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

import pikepdf

from formats import ocr
from formats.budget import Budget
from formats.pdf.document import Box, Frame
from formats.pdf.losses import broke_off
from formats.pdf.structure import PDF_LIES, entry, inherited, pairs
from formats.reading import Part, Place, Segment, Trouble

if TYPE_CHECKING:
    from PIL import Image

# What a scanner usually gives; a page is drawn with at most so many pixels.
DPI, MOST_PIXELS = 200, 24_000_000
_NOTED = (b"Exif\0\0", b"http://ns.adobe.com/", b"Photoshop 3.0", b"\xff\xfe")
_HEAD = 256 * 1024
MOST_PICTURES = 2000


def written(
    page: Any, frame: Frame, number: int, boxes: Iterable[Box], budget: Budget
) -> ocr.PictureText:
    """The text on a page's pictures, or on all of the page where there are no `boxes` (shown page,
    points). `page` is pypdfium2's and open."""
    segments: list[Segment] = []
    troubles: list[Trouble] = []
    whole = (0.0, 0.0, frame.width, frame.height)
    parts = list(boxes)
    for index, box in enumerate(parts or [whole], 1):
        place = Place(Part.IMAGE, page=number, paragraph=index if len(parts) > 1 else None)
        found = ocr.text_of(
            budget,
            partial(_drawn, page, frame, box),
            place,
            note="图片上的文字" if parts else "扫描图片上的文字",
            frame=box,
        )
        segments += found.segments
        troubles += found.troubles
    return ocr.PictureText(tuple(segments), tuple(troubles))


def _drawn(page: Any, frame: Frame, box: Box) -> "Image.Image":
    pixels = max(1.0, (box[2] - box[0]) * (box[3] - box[1]))
    scale = min(DPI / 72, (MOST_PIXELS / pixels) ** 0.5)
    crop = (box[0], frame.height - box[3], frame.width - box[2], box[1])
    image: Image.Image = page.render(
        scale=scale, crop=tuple(max(0.0, c) for c in crop), may_draw_forms=False
    ).to_pil()
    return image


def noted(
    images: Iterable[Any], pages: dict[tuple[int, int], int], budget: Budget
) -> ocr.PictureText:
    """What pictures carry beside their pixels. `pages`: by object, the page a picture stands on."""
    segments: list[Segment] = []
    troubles: list[Trouble] = []
    for number, image in enumerate(images, 1):
        if number > MOST_PICTURES:
            broke_off()
            break
        try:
            data = _file(image)
        except PDF_LIES:
            broke_off()
            continue
        if data is None or not any(sign in data[:_HEAD] for sign in _NOTED):
            continue
        from formats.pictures.reader import beside

        place = Place(Part.IMAGE, page=pages.get(image.objgen), path=f"picture {number}")
        found = beside(data, budget, place)
        segments += found.segments
        troubles += found.troubles
    return ocr.PictureText(tuple(segments), tuple(troubles))


def _file(image: Any) -> bytes | None:
    """The picture's own file, where its bytes are one."""
    kind = entry(image, "/Filter")
    if isinstance(kind, pikepdf.Array) and len(kind) == 1:
        kind = kind[0]
    if kind in (pikepdf.Name.DCTDecode, pikepdf.Name.JPXDecode):
        return bytes(image.read_raw_bytes())
    if isinstance(kind, pikepdf.Array) and kind[-1] == pikepdf.Name.DCTDecode:
        # Wrapped once more, as by programs that deflate everything.
        return bytes(image.read_bytes(decode_level=pikepdf.StreamDecodeLevel.generalized))
    return None


def where(leaves: Iterable[Any]) -> dict[tuple[int, int], int]:
    """By object: the first page that names a picture among its resources."""
    found: dict[tuple[int, int], int] = {}
    for number, leaf in enumerate(leaves, 1):
        for _, thing in pairs(entry(inherited(leaf, "/Resources"), "/XObject")):
            if isinstance(thing, pikepdf.Stream):
                found.setdefault(thing.objgen, number)
    return found
