"""A page as a picture, for the review desk and for reading scanned pages."""

from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from formats.pdf.document import opened, page_of
from formats.reading import TroubleCode, Unreadable

# A4 at 300 dpi has 8.7 million pixels; a poster of 20 metres at scale 4 would have thousands.
MOST_PIXELS = 60_000_000


@dataclass(frozen=True, slots=True)
class PageImage:
    """A rendered page: `data` is RGB888, rows packed, `width * height * 3` bytes."""

    width: int
    height: int
    data: bytes

    def __repr__(self) -> str:
        """Size only."""
        return f"PageImage({self.width} x {self.height})"


def page_image(path: Path, page: int, scale: float) -> PageImage:
    """Page `page` (from 1), with annotations and form values; `scale` 1.0 is 72 pixels an inch.

    Layers that are off stay off. A scale too great for the page's size is lowered.
    Raises Unreadable.
    """
    with opened(path) as document, page_of(document, page) as leaf:
        width, height = leaf.get_size()
        pixels = max(width * scale, 1) * max(height * scale, 1)
        if pixels > MOST_PIXELS:
            scale *= (MOST_PIXELS / pixels) ** 0.5
        try:
            if document.get_formtype():
                document.init_forms()
            bitmap = leaf.render(
                scale=scale,
                rev_byteorder=True,
                force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGR,
            )
        except (pypdfium2.PdfiumError, ValueError, MemoryError):
            raise Unreadable(
                TroubleCode.DAMAGED, f"第 {page} 页画不出来，请用原软件打开查看。"
            ) from None
        rows = memoryview(bytes(bitmap.buffer))
        packed = bitmap.width * 3
        data = b"".join(
            rows[y * bitmap.stride : y * bitmap.stride + packed] for y in range(bitmap.height)
        )
        return PageImage(bitmap.width, bitmap.height, data)
