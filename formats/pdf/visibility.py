"""Which characters of a page a reader does not see, and why."""

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from formats.pdf.document import Box, Frame
from formats.pdf.objects import Colour, PageObjects, Paint, Scanner, Text
from formats.reading import Part

# Out of 255 in each channel: closer than this, ink and paper look the same.
ALIKE = 12
LIGHT = 255 - ALIKE
# A picture covers where it is at least this opaque, out of 255.
OPAQUE = 200
MOST_PAIRS = 4_000_000
PAPER: Colour = (255, 255, 255)
# PDF 32000-1, 9.3.6: 3 neither fills nor strokes, 7 only clips.
UNSEEN_MODES = frozenset({3, 7})
STROKING_MODES = frozenset({1, 2, 5, 6})


def hidden_characters(
    page: Any, textpage: Any, count: int, objects: PageObjects, scanner: Scanner
) -> dict[int, Part]:
    """Character index -> why it is not seen. Characters that are seen are not in it.

    `count` is the number of characters of the pypdfium2 `textpage` of `page`.
    """
    unseen, covers = _suspects(objects, scanner)
    if not unseen and not covers:
        return {}
    found: dict[int, Part] = {}
    pictures: dict[int, _Picture] = {}
    for index in range(count):
        handle = ctypes.cast(pdfium.FPDFText_GetTextObject(textpage, index), ctypes.c_void_p).value
        if handle is None:
            continue
        if handle in unseen:
            found[index] = unseen[handle]
        elif handle in covers:
            box = char_box(textpage, index)
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            if any(_covers(page, paint, x, y, pictures) for paint in covers[handle]):
                found[index] = Part.COVERED_TEXT
    return found


def off_page(textpage: Any, first: int, last: int, frame: Frame) -> list[int]:
    """The characters of first..last (excluded) whose middle is outside the crop box."""
    found = []
    for index in range(first, last):
        box = char_box(textpage, index)
        if box[2] > box[0] and not frame.holds((box[0] + box[2]) / 2, (box[1] + box[3]) / 2):
            found.append(index)
    return found


def char_box(textpage: Any, index: int) -> Box:
    """The ink of one character: (left, bottom, right, top) in page space."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
    return (left.value, bottom.value, right.value, top.value)


def _suspects(
    objects: PageObjects, scanner: Scanner
) -> tuple[dict[int, Part], dict[int, list[Paint]]]:
    """Text objects that are not seen at all, and those that something is painted over."""
    unseen: dict[int, Part] = {}
    covers: dict[int, list[Paint]] = {}
    paints = _largest(objects)
    for text in objects.texts:
        if text.layer:
            unseen[text.handle] = Part.LAYER
        elif text.mode in UNSEEN_MODES or text.tiny:
            unseen[text.handle] = Part.INVISIBLE_TEXT
        elif paints:
            _against(text, paints, scanner, unseen, covers)
        elif text.colour[0] > LIGHT and _alike(text, PAPER):
            unseen[text.handle] = Part.INVISIBLE_TEXT
    return unseen, covers


def _against(
    text: Text,
    paints: list[Paint],
    scanner: Scanner,
    unseen: dict[int, Part],
    covers: dict[int, list[Paint]],
) -> None:
    """Judge one text against what is painted before and after it."""
    box = scanner.bounds(text.handle, text.matrix)
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    ground: Colour | None = PAPER
    over = []
    for paint in paints:
        if paint.order < text.order:
            if _holds(paint.box, x, y):
                ground = paint.colour
        elif _meet(paint.box, box):
            over.append(paint)
    if ground is not None and _alike(text, ground):
        unseen[text.handle] = Part.INVISIBLE_TEXT
    elif over:
        covers[text.handle] = over


def _largest(objects: PageObjects) -> list[Paint]:
    """The paints, in painting order; only the largest ones where there are too many to compare."""
    most = max(100, MOST_PAIRS // (len(objects.texts) + 1))
    if len(objects.paints) <= most:
        return objects.paints
    by_area = sorted(
        objects.paints,
        key=lambda p: (p.box[2] - p.box[0]) * (p.box[3] - p.box[1]),
        reverse=True,
    )
    return sorted(by_area[:most])


def _alike(text: Text, ground: Colour) -> bool:
    """Whether the ink cannot be told from the ground."""
    ink = text.colour
    return (
        abs(ink[0] - ground[0]) < ALIKE
        and abs(ink[1] - ground[1]) < ALIKE
        and abs(ink[2] - ground[2]) < ALIKE
        and text.mode not in STROKING_MODES
    )


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


class _Picture:
    """The opacity of an image object, drawn at one pixel a point."""

    def __init__(self, page: Any, paint: Paint) -> None:
        self.bitmap: bytes | None = None
        if paint.nested:
            return
        handle = ctypes.cast(paint.handle, pdfium.FPDF_PAGEOBJECT)
        bitmap = pdfium.FPDFImageObj_GetRenderedBitmap(page.pdf.raw, page.raw, handle)
        if not bitmap:
            return
        self.width = pdfium.FPDFBitmap_GetWidth(bitmap)
        self.height = pdfium.FPDFBitmap_GetHeight(bitmap)
        self.stride = pdfium.FPDFBitmap_GetStride(bitmap)
        if pdfium.FPDFBitmap_GetFormat(bitmap) == pdfium.FPDFBitmap_BGRA:
            address = pdfium.FPDFBitmap_GetBuffer(bitmap)
            self.bitmap = ctypes.string_at(address, self.stride * self.height)
        pdfium.FPDFBitmap_Destroy(bitmap)

    def opaque(self, x: float, y: float) -> bool:
        """At a point of the image, both from 0 to 1, y downwards."""
        if self.bitmap is None:
            return True
        column = min(self.width - 1, int(x * self.width))
        row = min(self.height - 1, int(y * self.height))
        alpha: int = self.bitmap[row * self.stride + column * 4 + 3]
        return alpha >= OPAQUE


def _covers(page: Any, paint: Paint, x: float, y: float, pictures: dict[int, _Picture]) -> bool:
    """Whether `paint` hides the point; a seal without a ground hides only under its ink."""
    if not _holds(paint.box, x, y):
        return False
    if paint.colour is not None:
        return True
    picture = pictures.get(paint.handle)
    if picture is None:
        picture = pictures[paint.handle] = _Picture(page, paint)
    left, bottom, right, top = paint.box
    return picture.opaque((x - left) / max(right - left, 0.01), (top - y) / max(top - bottom, 0.01))
