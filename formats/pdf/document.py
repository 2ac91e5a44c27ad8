"""Opening a PDF with pdfium: the pages, their shapes, and why a file does not open."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from math import floor
from pathlib import Path
from typing import Any, BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from formats.reading import TroubleCode, Unreadable

Box = tuple[float, float, float, float]

ENCRYPTED = "这个 PDF 设了打开密码，程序无法读取。请取得密码解除加密后再放入。"
GONE = "文件已不在原处，请重新选择。"
DAMAGED = "这个 PDF 已损坏，无法读取。请用原软件重新导出后再放入。"
MISSING_PAGE = "这个 PDF 的第 {page} 页打不开，可能已损坏。请用原软件重新导出后再放入。"


@contextmanager
def source_of(path: Path) -> Iterator[BinaryIO]:
    """The open file. Raises Unreadable(MISSING)."""
    try:
        source = path.open("rb")
    except FileNotFoundError:
        raise Unreadable(TroubleCode.MISSING, GONE) from None
    with source:
        yield source


@contextmanager
def opened(source: BinaryIO | Path | bytes) -> Iterator[Any]:
    """The pdfium document; closed at the end. Raises Unreadable(ENCRYPTED or DAMAGED)."""
    try:
        document = pypdfium2.PdfDocument(source)
    except FileNotFoundError:
        raise Unreadable(TroubleCode.MISSING, GONE) from None
    except (pypdfium2.PdfiumError, ValueError) as error:
        code = getattr(error, "err_code", None)
        if code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            raise Unreadable(TroubleCode.ENCRYPTED, ENCRYPTED) from None
        raise Unreadable(TroubleCode.DAMAGED, DAMAGED) from None
    with closing(document):
        yield document


@contextmanager
def page_of(document: Any, number: int) -> Iterator[Any]:
    """Page `number`, from 1. Raises Unreadable(DAMAGED) if it does not load."""
    if not 1 <= number <= len(document):
        raise Unreadable(TroubleCode.MISSING, f"这个 PDF 没有第 {number} 页。")
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        raise Unreadable(TroubleCode.DAMAGED, MISSING_PAGE.format(page=number)) from None
    with closing(page):
        yield page


class Frame:
    """How page space lies on the shown page: crop box and rotation.

    Page space is in points, y upwards; the shown page is in points from its top left corner.
    """

    __slots__ = ("bottom", "height", "left", "right", "rotation", "top", "width")

    def __init__(self, page: Any) -> None:
        box: tuple[float, float, float, float] = page.get_bbox()
        self.left, self.bottom, self.right, self.top = box
        self.rotation: int = page.get_rotation()
        self.width, self.height = page.get_size()

    def shown(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of page space as (left, top, right, bottom) on the shown page."""
        if self.rotation == 0:
            # To hundredths as `round` does, in a quarter of the time: a page has hundreds of boxes.
            return (
                ((left - self.left) * 100 + 0.5) // 1 / 100,
                ((self.top - top) * 100 + 0.5) // 1 / 100,
                ((right - self.left) * 100 + 0.5) // 1 / 100,
                ((self.top - bottom) * 100 + 0.5) // 1 / 100,
            )
        if self.rotation == 90:
            box = (bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        elif self.rotation == 180:
            box = (self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        elif self.rotation == 270:
            box = (self.top - top, self.right - right, self.top - bottom, self.right - left)
        else:
            box = (left - self.left, self.top - top, right - self.left, self.top - bottom)
        return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))

    def all_shown(self, boxes: Sequence[Box]) -> list[Box]:
        """As `shown` for each; of an upright page in a third of the time."""
        x, y = self.left, self.top
        if not self.rotation:
            with suppress(OverflowError, ValueError):  # a file may place text nowhere: inf, nan
                return [
                    (
                        floor((left - x) * 100 + 0.5) / 100,
                        floor((y - top) * 100 + 0.5) / 100,
                        floor((right - x) * 100 + 0.5) / 100,
                        floor((y - bottom) * 100 + 0.5) / 100,
                    )
                    for left, bottom, right, top in boxes
                ]
        return [self.shown(*box) for box in boxes]

    def encloses(self, box: Box) -> bool:
        """Whether all of a box of page space is inside the crop box."""
        return (
            box[0] >= self.left
            and box[1] >= self.bottom
            and box[2] <= self.right
            and box[3] <= self.top
        )

    def meets(self, box: Box) -> bool:
        """Whether some of a box of page space is inside the crop box."""
        return (
            box[0] < self.right
            and box[2] > self.left
            and box[1] < self.top
            and box[3] > self.bottom
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether a point of page space is inside the crop box."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top
