"""Pictures of pages, drawn by a child process and kept while they are near the window."""

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from formats.reading import Unreadable
from gui.desk import Desk
from gui.widgets.document_page_boxes import Box

A4_POINTS = 595.0
KEPT = 10
AT_ONCE = 2


class Picture(NamedTuple):
    """One page: its picture at the wanted width, pixels a point, and the boxes of each line.

    `lines` maps the line's number on the page to a box in points for each of its characters.
    """

    image: QImage
    per_point: float
    lines: dict[int, tuple[Box, ...]]


class PagePictures(QObject):
    """Asks for pages one or two at a time and forgets those far away.

    Signals:
        arrived(int): the picture of this page is there, or known to be impossible.
    """

    arrived = Signal(int)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._path: Path | None = None
        self._width = 600
        self._density = 1.0
        self._edition = 0
        self._drawn: OrderedDict[int, Picture] = OrderedDict()
        self._asked: set[int] = set()
        self._failed: dict[int, str] = {}

    def begin(self, path: Path | None, width: int, density: float) -> None:
        """Another file or another width: forget everything, drop what is on its way."""
        self._path, self._width, self._density = path, width, density
        self._edition += 1
        self._drawn.clear()
        self._asked.clear()
        self._failed.clear()

    def get(self, page: int) -> Picture | None:
        """The picture of a page (from 1) if it is there."""
        return self._drawn.get(page)

    def why_not(self, page: int) -> str:
        """Why a page has no picture and will not get one; empty while there is hope."""
        return self._failed.get(page, "")

    def want(self, pages: Sequence[int]) -> None:
        """These pages are in view, most wanted first."""
        for page in pages:
            if page in self._drawn:
                self._drawn.move_to_end(page)
            elif page not in self._asked and page not in self._failed:
                if len(self._asked) >= AT_ONCE:
                    return
                self._ask(page)

    def _ask(self, page: int) -> None:
        if self._path is None:
            return
        self._asked.add(page)
        desk, path, edition = self._desk, self._path, self._edition
        width, density = self._width, self._density

        def draw() -> Picture:
            return _draw(desk, path, page, width, density)

        def take(picture: Picture) -> None:
            if edition != self._edition:
                return
            self._asked.discard(page)
            self._drawn[page] = picture
            while len(self._drawn) > KEPT:
                self._drawn.popitem(last=False)
            self.arrived.emit(page)

        def lost(error: BaseException) -> None:
            if edition != self._edition:
                return
            self._asked.discard(page)
            why = getattr(error, "text", "") or getattr(error, "why", "")
            self._failed[page] = why or "这一页画不出来。请用自己的软件打开原件查看。"
            self.arrived.emit(page)

        desk.read(self, f"page-{page}", draw, take, lost)


def _draw(desk: Desk, path: Path, page: int, width: int, density: float) -> Picture:
    """On a pool thread: QImage may be used there, widgets and pixmaps may not."""
    target = int(width * density)
    scale = target / A4_POINTS
    made = desk.examiner.page(path, page, scale)
    raw = QImage(made.data, made.width, made.height, made.width * 3, QImage.Format.Format_RGB888)
    if made.width != target:
        raw = raw.scaledToWidth(target, Qt.TransformationMode.SmoothTransformation)
    # The conversion also copies: `raw` only borrows the bytes.
    image = raw.convertToFormat(QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(density)
    return Picture(image, width * scale / made.width, _boxes(desk, path, page))


def _boxes(desk: Desk, path: Path, page: int) -> dict[int, tuple[Box, ...]]:
    """Where each character stands; a picture file knows only where its lines are."""
    try:
        return {line.paragraph: tuple(line.boxes) for line in desk.examiner.boxes(path, page)}
    except Unreadable:
        return {}
