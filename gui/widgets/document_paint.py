"""Painting one block: marks at 25 % under the text with a solid left edge, then the text."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from gui import theme
from gui.widgets.document_blocks import Block, BlockKind
from gui.widgets.document_layout import CAPTION_POINTS, PAD, LaidBlock
from gui.widgets.document_text import Selected, ShownMark, one_line

EDGE = 3.0


def mark_colour(mark: ShownMark) -> str:
    """The colour's name: the severity while open, the tick's green when somebody ruled on it."""
    return "done" if mark.done else mark.severity.value


def paint_mark(painter: QPainter, rect: QRectF, name: str, *, current: bool, first: bool) -> None:
    """One stretch of a mark. The current one is also framed, for it must be found at a glance."""
    painter.fillRect(rect, theme.mark(name, 0.42 if current else 0.25))
    if first:
        painter.fillRect(
            QRectF(rect.left() - EDGE, rect.top(), EDGE, rect.height()), theme.mark(name, 1.0)
        )
    if current:
        painter.setPen(QPen(theme.mark(name, 1.0), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)


def paint_frame(painter: QPainter, rect: QRectF, name: str, *, current: bool) -> None:
    """A broken line around what a reader of the page does not see there, or not for certain."""
    if current:
        painter.fillRect(rect, theme.mark(name, 0.18))
    painter.setPen(QPen(theme.mark(name, 1.0), 2.0 if current else 1.2, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect)


def paint_block(
    painter: QPainter,
    block: Block,
    laid: LaidBlock,
    origin: QPointF,
    marks: Mapping[int, Sequence[ShownMark]],
    current: int | None,
    chosen: Mapping[int, Sequence[Selected]],
) -> None:
    """Paint the block with its top left corner at `origin`."""
    _paint_surroundings(painter, block, laid, origin)
    for index in block.indexes():
        for piece in chosen.get(index, ()):
            for rect in laid.rects(index, piece.start, piece.end):
                painter.fillRect(rect.translated(origin), QColor(theme.LIGHT.selection))
        for mark in marks.get(index, ()):
            for number, rect in enumerate(laid.rects(index, mark.start, mark.end)):
                paint_mark(
                    painter,
                    rect.translated(origin),
                    mark_colour(mark),
                    current=mark.finding == current,
                    first=number == 0,
                )
    painter.setPen(theme.colour("on_paper"))
    for line in laid.lines:
        line.layout.draw(painter, origin + QPointF(line.x, line.y))
    painter.setPen(QColor(theme.LIGHT.second))
    for line in laid.words:
        line.layout.draw(painter, origin + QPointF(line.x, line.y))


def _paint_surroundings(painter: QPainter, block: Block, laid: LaidBlock, origin: QPointF) -> None:
    # Paper is light in both schemes, so what is drawn on it takes the light colours.
    if block.kind in (BlockKind.ROW, BlockKind.FACT):
        painter.setPen(QPen(QColor(theme.LIGHT.line_strong), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for frame in laid.frames:
            painter.drawRect(frame.translated(origin))
        return
    if not laid.caption:
        return
    painter.setFont(theme.font(CAPTION_POINTS, strong=block.kind is BlockKind.TITLE))
    painter.setPen(QColor(theme.LIGHT.second))
    width = 2000.0
    if block.kind is BlockKind.TITLE:
        room = QRectF(origin.x(), origin.y(), width, laid.height - PAD)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignBottom), one_line(laid.caption))
        return
    height = laid.height - PAD
    painter.fillRect(QRectF(origin.x(), origin.y(), EDGE, height), QColor(theme.LIGHT.line_strong))
    painter.drawText(QRectF(origin.x() + 12, origin.y(), width, 20), one_line(laid.caption))
