"""What a drawing of a page tells: which places change when some text is left out."""

import ctypes
from collections.abc import Iterable
from itertools import islice
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from formats.pdf.document import Box, Frame
from formats.pdf.native import set_active
from formats.pdf.objects import OPAQUE, PageObjects, Paint

# A drawing of a page has at most so many pixels, and at most so many a point.
MOST_PIXELS, FINEST = 6_000_000, 2.0
# A picture declared larger than this is not decoded.
MOST_PICTURE_PIXELS = 100_000_000
# Out of 255: what differs less is not told apart by an eye; ink on a scan differs by more.
FAINT, DARK = 24, 60


# So many texts are painted to learn whether a font is there.
TRIED = 20


class Drawing:
    """A page in grey, one byte a pixel."""

    def __init__(self, page: Any, frame: Frame) -> None:
        """Raises PdfiumError, ValueError, MemoryError."""
        pixels = max(frame.width * frame.height, 1.0)
        self._frame = frame
        self.scale = min(FINEST, (MOST_PIXELS / pixels) ** 0.5)
        bitmap = page.render(scale=self.scale, grayscale=True, may_draw_forms=False)
        self.width, self.height, self.stride = bitmap.width, bitmap.height, bitmap.stride
        self.data = bytes(bitmap.buffer)
        bitmap.close()

    def rows(self, box: Box) -> list[bytes]:
        """The pixels of a box (shown page, points), row by row."""
        left = max(0, int(box[0] * self.scale))
        right = min(self.width, int(box[2] * self.scale) + 1)
        top = max(0, int(box[1] * self.scale))
        bottom = min(self.height, int(box[3] * self.scale) + 1)
        if left >= right:
            return []
        return [
            self.data[y * self.stride + left : y * self.stride + right] for y in range(top, bottom)
        ]

    def is_inked(self, box: Box) -> bool:
        """Whether a box of page space holds dark and light, as ink on paper does."""
        rows = [row for row in self.rows(self._frame.shown(*box)) if row]
        return bool(rows) and max(map(max, rows)) - min(map(min, rows)) >= DARK


class Changed:
    """Where two drawings of one page differ."""

    def __init__(self, one: Drawing, other: Drawing, frame: Frame) -> None:
        self._one, self._other, self._frame = one, other, frame

    def at(self, box: Box) -> bool:
        """Whether an eye sees a difference in a box of page space."""
        shown = self._frame.shown(*box)
        pairs = zip(self._one.rows(shown), self._other.rows(shown), strict=True)
        return any(
            abs(a - b) >= FAINT for one, other in pairs if one != other
            for a, b in zip(one, other, strict=True)
        )  # fmt: skip


def drawable(page: Any, handles: Iterable[int], objects: PageObjects) -> set[int]:
    """Those of the text objects whose font pdfium can paint: one not in the file may be missing."""
    known: dict[int, bool] = {}
    found = set()
    for handle in handles:
        font = _font(handle)
        if font not in known:
            known[font] = _is_there(page, font, [handle, *objects.texts])
        if known[font]:
            found.add(handle)
    return found


def _font(handle: int) -> int:
    font = pdfium.FPDFTextObj_GetFont(ctypes.cast(handle, pdfium.FPDF_PAGEOBJECT))
    return ctypes.cast(font, ctypes.c_void_p).value or 0


def _is_there(page: Any, font: int, handles: Iterable[int]) -> bool:
    """Whether the font is in the file, or some text in it leaves ink when it is painted alone."""
    if pdfium.FPDFFont_GetIsEmbedded(ctypes.cast(font, pdfium.FPDF_FONT)) == 1:
        return True
    same = (handle for handle in handles if _font(handle) == font)
    return any(_leaves_ink(page, handle) for handle in islice(same, TRIED))


def _leaves_ink(page: Any, handle: int) -> bool:
    pointer = ctypes.cast(handle, pdfium.FPDF_PAGEOBJECT)
    bitmap = pdfium.FPDFTextObj_GetRenderedBitmap(page.pdf.raw, page.raw, pointer, 1.0)
    if not bitmap:
        return False
    size = pdfium.FPDFBitmap_GetStride(bitmap) * pdfium.FPDFBitmap_GetHeight(bitmap)
    data = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), size)
    pdfium.FPDFBitmap_Destroy(bitmap)
    return any(data)


class Ink:
    """Draws one page with and without text."""

    def __init__(self, page: Any, frame: Frame) -> None:
        self._page, self._frame = page, frame

    def without(self, handles: Iterable[int], objects: PageObjects) -> Changed | None:
        """What leaving out these text objects changes; None where the page cannot be drawn."""
        if _too_large(objects):
            return None
        texts = list(dict.fromkeys(handles))
        try:
            whole = Drawing(self._page, self._frame)
            for handle in texts:
                set_active(handle, 0)
            try:
                bare = Drawing(self._page, self._frame)
            finally:
                for handle in texts:
                    set_active(handle, 1)
        except (pypdfium2.PdfiumError, ValueError, MemoryError):
            return None
        return Changed(whole, bare, self._frame)

    def drawing(self, objects: PageObjects) -> Drawing | None:
        """The page as it is shown; None where it cannot be drawn."""
        if _too_large(objects):
            return None
        try:
            return Drawing(self._page, self._frame)
        except (pypdfium2.PdfiumError, ValueError, MemoryError):
            return None


def _too_large(objects: PageObjects) -> bool:
    return any(declared(p.handle) > MOST_PICTURE_PIXELS for p in objects.pictures)


def declared(handle: int) -> int:
    """How many pixels a picture says it has."""
    wide, tall = ctypes.c_uint(), ctypes.c_uint()
    pointer = ctypes.cast(handle, pdfium.FPDF_PAGEOBJECT)
    if not pdfium.FPDFImageObj_GetImagePixelSize(pointer, wide, tall):
        return 0
    return int(wide.value) * int(tall.value)


class Picture:
    """The opacity of an image object, drawn at one pixel a point."""

    def __init__(self, page: Any, paint: Paint) -> None:
        self.bitmap: bytes | None = None
        if paint.nested or declared(paint.handle) > MOST_PICTURE_PIXELS:
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
