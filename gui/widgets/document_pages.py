"""Pages under each other, drawn as they come into view, with marks over them."""

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from formats.reading import Part
from gui import theme
from gui.desk import Desk
from gui.widgets.document_caret import Caret, step
from gui.widgets.document_heights import Heights
from gui.widgets.document_marked import MarkedView
from gui.widgets.document_page_boxes import Box, PageTexts, TextLine, nearest, rising, span_box
from gui.widgets.document_page_pictures import A4_POINTS, PagePictures, Picture
from gui.widgets.document_paint import mark_colour, paint_frame, paint_mark
from gui.widgets.document_text import Selected, ShownText

GAP = 12
WIDEST = 900
A4_RATIO = 842.0 / 595.0


class PagesView(MarkedView):
    """Pages; only those near the window are drawn and kept.

    Signals:
        page_changed(int): another page is in the middle, or its picture arrived; from 1.
    """

    page_changed = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("文件页面")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._path: Path | None = None
        self._pictures = PagePictures(desk, self)
        self._pictures.arrived.connect(self._arrived)
        self._heights = Heights()
        self._ratios: list[float] = []
        self._texts = PageTexts()
        self._looked_at: int | None = None
        self.page = 1
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    # -- what is shown ------------------------------------------------------------------------

    def show_pages(self, path: Path | None, pages: int) -> None:
        """Begin with another file; None: nothing. The file on show stays where it is read."""
        if path is not None and (path, pages) == (self._path, len(self._ratios)):
            return
        self._path = path
        self._ratios = [A4_RATIO] * pages
        self._caret = self._anchor = None
        self.page = 1
        self.verticalScrollBar().setValue(0)
        self._begin()

    def show_text(self, text: ShownText, shown: frozenset[Part] = frozenset()) -> None:
        """The text that lies over the pages; what is hidden is framed where its part is `shown`."""
        self._text, self._texts = text, PageTexts(text, shown)
        self._looked_at = None
        self.text_grew(range(len(text)))

    def text_grew(self, fresh: range) -> None:
        """More of the text has been read."""
        self._texts.grow(fresh)
        self.viewport().update()

    def go_to(self, segment: int, start: int = 0) -> bool:
        """Scroll to a line; False when it stands on no page."""
        place = self._text.segments[segment].place
        if place.member or not place.page or not 1 <= place.page <= len(self._ratios):
            return False
        self._looked_at = segment
        top = self._heights.offset(place.page - 1) + GAP
        if place.box is not None:
            top += int(place.box[1] * self._width() / A4_POINTS)
        bar = self.verticalScrollBar()
        if not bar.value() + 40 <= top <= bar.value() + self.viewport().height() - 80:
            bar.setValue(max(0, top - self.viewport().height() // 3))
        self.viewport().update()
        return True

    def go_to_page(self, page: int) -> None:
        """Bring the top of a page to the top of the window."""
        self.verticalScrollBar().setValue(self._heights.offset(max(1, page) - 1))

    def shows(self, page: int) -> bool:
        """Has the picture of this page arrived?"""
        return self._pictures.get(page) is not None

    # -- measuring and fetching -----------------------------------------------------------------

    def _width(self) -> int:
        return max(200, min(WIDEST, self.viewport().width() - 2 * GAP))

    def _begin(self) -> None:
        width = self._width()
        self._pictures.begin(self._path, width, self.devicePixelRatioF())
        self._heights = Heights(int(width * ratio) + GAP for ratio in self._ratios)
        self._set_range()
        self._scrolled()

    def _set_range(self) -> None:
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._heights.total + GAP - self.viewport().height()))
        bar.setPageStep(max(1, self.viewport().height() - 40))
        bar.setSingleStep(48)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() == event.oldSize().width():
            self._set_range()
            self._scrolled()
            return
        page = self.page
        self._begin()
        if page > 1:
            self.go_to_page(page)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._scrolled()

    def sizeHint(self) -> QSize:
        return QSize(640, 600)

    def _visible(self) -> range:
        if not self._ratios:
            return range(0)
        top = self.verticalScrollBar().value()
        return range(
            self._heights.at(top) + 1, self._heights.at(top + self.viewport().height()) + 2
        )

    def _scrolled(self) -> None:
        if self._ratios:
            middle = self.verticalScrollBar().value() + self.viewport().height() // 2
            page = self._heights.at(middle) + 1
            if page != self.page:
                self.page = page
                self.page_changed.emit(page)
        if self.isVisible():
            visible = self._visible()
            following = range(visible.stop, min(visible.stop + 1, len(self._ratios) + 1))
            self._pictures.want([*visible, *following])
        self.viewport().update()

    def _arrived(self, page: int) -> None:
        picture = self._pictures.get(page)
        if picture is not None:
            ratio = picture.image.height() / max(1, picture.image.width())
            if abs(ratio - self._ratios[page - 1]) > 0.002:
                self._ratios[page - 1] = ratio
                self._heights.change(page - 1, int(self._width() * ratio) + GAP)
                self._set_range()
        if page == self.page:
            self.page_changed.emit(page)
        self._scrolled()

    def _placed(self, page: int) -> list[TextLine]:
        """The lines of a page that hold text, by the boxes measured with the picture."""
        picture = self._pictures.get(page)
        return self._texts.placed(page, {} if picture is None else picture.lines)

    # -- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), theme.colour("sunken"))
        chosen: dict[int, Selected] = {piece.segment: piece for piece in self.selection()}
        width = self._width()
        left = (self.viewport().width() - width) // 2
        for page in self._visible():
            top = self._heights.offset(page - 1) + GAP - self.verticalScrollBar().value()
            paper = QRectF(left, top, width, self._heights[page - 1] - GAP)
            self._paint_page(painter, page, paper, chosen)
        painter.end()

    def _paint_page(
        self, painter: QPainter, page: int, paper: QRectF, chosen: dict[int, Selected]
    ) -> None:
        picture = self._pictures.get(page)
        painter.fillRect(paper, theme.colour("paper"))
        if picture is None:
            said = self._pictures.why_not(page) or f"第 {page} 页"
            painter.setPen(theme.mark("second", 1.0))
            painter.setFont(theme.font())
            how = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            room = paper.adjusted(48, 0, -48, 0).intersected(QRectF(self.viewport().rect()))
            painter.drawText(room, how, said)
        else:
            painter.drawImage(paper.topLeft(), picture.image)
            self._paint_lines(painter, page, paper.topLeft(), picture, chosen)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(paper)

    def _paint_lines(
        self,
        painter: QPainter,
        page: int,
        origin: QPointF,
        picture: Picture,
        chosen: dict[int, Selected],
    ) -> None:
        scale = picture.per_point
        # Under the text: paper is light, so multiplying leaves the letters as dark as they are.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        for line in self._placed(page):
            piece = chosen.get(line.segment)
            if piece is not None:
                box = span_box(line, piece.start, piece.end)
                if box is not None:
                    painter.fillRect(_scaled(box, scale, origin), theme.mark("accent", 0.25))
            for mark in self._marks.get(line.segment, ()):
                box = span_box(line, mark.start, mark.end)
                if box is not None:
                    paint_mark(
                        painter,
                        _scaled(box, scale, origin).adjusted(-1, -2, 1, 2),
                        mark_colour(mark),
                        current=mark.finding == self._current,
                        first=True,
                    )
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        for name, indexes in (
            ("hide", self._texts.framed(page)), ("ask", self._texts.doubtful(page)),
        ):  # fmt: skip
            for index in indexes:
                frame = _scaled(self._texts.box(index), scale, origin).adjusted(-2, -2, 2, 2)
                paint_frame(painter, frame, name, current=index == self._looked_at)
        if self._caret is not None and self.hasFocus():
            self._paint_caret(painter, page, origin, scale)

    def _paint_caret(self, painter: QPainter, page: int, origin: QPointF, scale: float) -> None:
        assert self._caret is not None
        for line in self._placed(page):
            if line.segment == self._caret.segment and line.boxes:
                at_end = self._caret.offset >= len(line.boxes)
                box = line.boxes[-1] if at_end else line.boxes[self._caret.offset]
                x = box[2] if at_end else box[0]
                bounds = line.bounds
                rect = _scaled((x, bounds[1], x, bounds[3]), scale, origin)
                painter.fillRect(rect.adjusted(-1, -2, 1, 2), theme.mark("accent", 1.0))

    # -- pointing and keys ----------------------------------------------------------------------

    def _order(self) -> list[int]:
        """The segments from the page in view and its neighbours, from top to bottom."""
        order: list[int] = []
        for page in range(max(1, self.page - 1), min(len(self._ratios), self.page + 1) + 1):
            order += rising(self._placed(page))
        return order

    def _hit(self, point: QPointF) -> Caret | None:
        y = int(point.y()) + self.verticalScrollBar().value()
        page = self._heights.at(y) + 1
        picture = self._pictures.get(page)
        if picture is None:
            return None
        left = (self.viewport().width() - self._width()) / 2
        top = self._heights.offset(page - 1) + GAP
        scale = picture.per_point
        found = nearest(self._placed(page), (point.x() - left) / scale, (y - top) / scale)
        return None if found is None else Caret(*found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the caret, with Shift they select; the others scroll."""
        order = self._order()
        if self._caret is not None and self._caret.segment not in order:
            self._caret = None
        moved = step(event.key(), self._caret, order, self._text.segments)
        if moved is None:
            super().keyPressEvent(event)
            return
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._place(moved, extend=extend)
        self.go_to(moved.segment, moved.offset)


def _scaled(box: Box, scale: float, origin: QPointF) -> QRectF:
    left, top, right, bottom = (value * scale for value in box)
    return QRectF(left + origin.x(), top + origin.y(), right - left, bottom - top)
