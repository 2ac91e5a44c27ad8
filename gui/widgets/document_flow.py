"""A document without fixed pages as one long sheet: laid out only where the reader looks."""

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from gui import theme
from gui.widgets.document_blocks import (
    ApartLaying,
    Block,
    BlockKind,
    Laying,
    column_weights,
)
from gui.widgets.document_caret import Caret, step
from gui.widgets.document_heights import Heights
from gui.widgets.document_layout import LaidBlock, Layouter
from gui.widgets.document_marked import MarkedView
from gui.widgets.document_paint import paint_block
from gui.widgets.document_text import Selected, ShownText

MARGIN = 36
WIDEST = 760
KEPT = 600


class FlowView(MarkedView):
    """Paragraphs and tables with marks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("文件内容")
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self._laying: Laying | ApartLaying = Laying()
        self._blocks: list[Block] = []
        self._block_of: dict[int, int] = {}
        self._shown: list[int] = []
        self._weights: dict[tuple[object, ...], dict[int, float]] = {}
        self._layouter = Layouter(1.0, {})
        self._heights = Heights()
        self._laid: OrderedDict[int, LaidBlock] = OrderedDict()
        self.verticalScrollBar().valueChanged.connect(self._lay_visible)

    # -- what is shown ------------------------------------------------------------------------

    def show_text(
        self,
        text: ShownText,
        laying: Laying | ApartLaying | None = None,
        indexes: Sequence[int] | None = None,
    ) -> None:
        """Begin with this text, all of it or the segments at `indexes`."""
        self._text = text
        self._laying = laying or Laying()
        self._blocks, self._block_of, self._shown, self._weights = [], {}, [], {}
        self._caret = self._anchor = None
        self._laid.clear()
        self._heights = Heights()
        self.verticalScrollBar().setValue(0)
        self.text_grew(range(len(text)) if indexes is None else indexes)

    def text_grew(self, fresh: Sequence[int]) -> None:
        """More of the file has been read."""
        blocks = self._laying.lay(self._text.segments, fresh)
        first = len(self._blocks)
        self._blocks.extend(blocks)
        for number, block in enumerate(blocks, first):
            for index in block.indexes():
                self._block_of[index] = number
                self._shown.append(index)
        for table, widest in column_weights(blocks, self._text.segments).items():
            known = self._weights.setdefault(table, {})
            for column, weight in widest.items():
                known[column] = max(weight, known.get(column, 0))
        if first == 0:
            self._lay_anew()
        else:
            self._heights.extend(self._layouter.estimate(b, self._text.segments) for b in blocks)
            self._lay_visible()

    def go_to(self, segment: int, start: int = 0) -> bool:
        """Scroll so that the character can be read; False when that segment is not shown."""
        number = self._block_of.get(segment)
        if number is None:
            return False
        bar = self.verticalScrollBar()
        for _ in range(2):  # the second time with the heights learnt the first time
            laid = self._lay(number)
            rect = next(iter(laid.rects(segment, start, start + 1)), QRectF(0, 0, 1, laid.height))
            top = int(MARGIN / 2 + self._heights.offset(number) + rect.top())
            seen = self.viewport().height()
            if not bar.value() + 24 <= top <= bar.value() + seen - 72:
                bar.setValue(max(0, top - seen // 3))
            self._lay_visible()
        self.viewport().update()
        return True

    @property
    def total_height(self) -> int:
        """How high all of it would be, in pixels, as far as that is known."""
        return self._heights.total + MARGIN

    @property
    def at_caret(self) -> int | None:
        """The segment the caret stands in."""
        return None if self._caret is None else self._caret.segment

    # -- laying out ---------------------------------------------------------------------------

    def _paper(self) -> QRectF:
        width = min(WIDEST, self.viewport().width() - 24)
        left = (self.viewport().width() - width) / 2
        return QRectF(left, 0, width, self.viewport().height())

    def _lay_anew(self) -> None:
        self._layouter = Layouter(self._paper().width() - 2 * MARGIN, self._weights)
        self._laid.clear()
        segments = self._text.segments
        self._heights = Heights(self._layouter.estimate(b, segments) for b in self._blocks)
        self._lay_visible()

    def _lay(self, number: int) -> LaidBlock:
        laid = self._laid.get(number)
        if laid is None:
            laid = self._layouter.lay(self._blocks[number], self._text.segments)
            self._laid[number] = laid
            self._heights.change(number, int(laid.height))
            if len(self._laid) > KEPT:
                self._laid.popitem(last=False)
        self._laid.move_to_end(number)
        return laid

    def _lay_visible(self) -> None:
        bar = self.verticalScrollBar()
        y = bar.value() - MARGIN // 2
        end = y + self.viewport().height()
        number = self._heights.at(y)
        while number < len(self._blocks) and self._heights.offset(number) <= end:
            self._lay(number)
            number += 1
        bar.setRange(0, max(0, self._heights.total + MARGIN - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(24)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        bar = self.verticalScrollBar()
        top = self._heights.at(bar.value())
        if abs(self._paper().width() - 2 * MARGIN - self._layouter.width) > 0.5:
            self._lay_anew()
            bar.setValue(self._heights.offset(top) if bar.value() else 0)
        self._lay_visible()

    def sizeHint(self) -> QSize:
        return QSize(640, 600)

    # -- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.viewport().rect(), theme.colour("window"))
        paper = self._paper()
        painter.fillRect(paper, theme.colour("paper"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(paper.topLeft(), paper.bottomLeft())
        painter.drawLine(paper.topRight(), paper.bottomRight())
        chosen: dict[int, list[Selected]] = {}
        for piece in self.selection():
            chosen.setdefault(piece.segment, []).append(piece)
        y = self.verticalScrollBar().value() - MARGIN // 2
        number = self._heights.at(y)
        while number < len(self._blocks):
            top = self._heights.offset(number) - y
            if top > self.viewport().height():
                break
            origin = QPointF(paper.left() + MARGIN, top)
            block = self._blocks[number]
            paint_block(
                painter, block, self._lay(number), origin, self._marks, self._current, chosen
            )
            number += 1
        if self._caret is not None and self.hasFocus():
            self._paint_caret(painter, paper, y)
        painter.end()

    def _paint_caret(self, painter: QPainter, paper: QRectF, y: int) -> None:
        assert self._caret is not None
        number = self._block_of.get(self._caret.segment)
        if number is None:
            return
        for rect in self._lay(number).rects(
            self._caret.segment, self._caret.offset, self._caret.offset
        ):
            at = rect.translated(paper.left() + MARGIN, self._heights.offset(number) - y)
            painter.fillRect(
                QRectF(at.left(), at.top(), 2, at.height()), QColor(theme.LIGHT.accent)
            )
            return

    # -- pointing and keys ----------------------------------------------------------------------

    def _order(self) -> Sequence[int]:
        return self._shown

    def _hit(self, point: QPointF) -> Caret | None:
        y = int(point.y()) + self.verticalScrollBar().value() - MARGIN // 2
        if not self._blocks:
            return None
        number = self._heights.at(y)
        inner = QPointF(point.x() - self._paper().left() - MARGIN, y - self._heights.offset(number))
        found = self._lay(number).hit(inner)
        return None if found is None else Caret(*found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the caret, with Shift they select: text can be marked without a mouse."""
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        moved = step(event.key(), self._caret, self._shown, self._text.segments)
        if moved is None and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            moved = self._line_step(event.key() == Qt.Key.Key_Down)
        if moved is None:
            super().keyPressEvent(event)
            return
        self._place(moved, extend=extend)
        self.go_to(moved.segment, moved.offset)

    def _line_step(self, down: bool) -> Caret | None:
        if self._caret is None:
            return Caret(self._shown[0], 0) if self._shown else None
        number = self._block_of[self._caret.segment]
        rects = self._lay(number).rects(self._caret.segment, self._caret.offset, self._caret.offset)
        rect = next(iter(rects), None)
        if rect is None:
            return None
        paper = self._paper()
        y = self._heights.offset(number) - self.verticalScrollBar().value() + MARGIN // 2
        aim = rect.bottom() + 6 if down else rect.top() - 6
        if not down and self._blocks[number].kind is BlockKind.ASIDE:
            aim -= self._layouter.caption_height
        return self._hit(QPointF(paper.left() + MARGIN + rect.left(), y + aim))
