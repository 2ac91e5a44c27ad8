"""How cells are painted: a hairline below each row, shapes, pills, the next step."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui import theme
from gui.tables.columns import Column, Look
from gui.tables.rows_model import COLUMN_ROLE, ROW_ROLE
from gui.widgets.pill import paint_pill
from gui.widgets.severity import GAP, SIDE, paint_severity, paint_sign

PAD = 8
SIGNS = frozenset({Look.SEVERITY, Look.SIGN})


class CellDelegate(QStyledItemDelegate):
    """One delegate for every list; the column says which look."""

    hovered = -1

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(80, theme.ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        box: QRect = option.rect  # type: ignore[attr-defined]  # missing in the stubs
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # missing in the stubs
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("selection"))
        elif index.row() == self.hovered:
            painter.fillRect(box, theme.colour("hover"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        column = index.data(COLUMN_ROLE)
        row = index.data(ROW_ROLE)
        if isinstance(column, Column):
            inner = QRectF(box).adjusted(PAD, 0, -PAD, -1)
            if state & QStyle.StateFlag.State_Selected and column.look in SIGNS:
                self._paint_chip(painter, inner, str(index.data() or ""))
            self._paint_cell(painter, inner, column, row, str(index.data() or ""))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("focus"), 1))
            painter.drawRect(box.adjusted(0, 0, -1, -2))

    def _paint_cell(
        self, painter: QPainter, box: QRectF, column: Column, row: Any, text: str
    ) -> None:
        if row is None:
            self._paint_waiting(painter, box)
            return
        value = column.value(row) if column.value is not None else None
        painter.setFont(theme.font())
        if column.look is Look.STATE and value is not None:
            paint_pill(painter, box, value)
            return
        if column.look is Look.SEVERITY:
            paint_severity(painter, box, value, text)
            return
        if column.look is Look.SIGN and value is not None:
            paint_sign(painter, box, value.value[0], text)
            return
        ink = {Look.SECOND: "second", Look.NEXT: "accent"}.get(column.look, "text")
        painter.setPen(theme.colour(ink))
        side = (
            Qt.AlignmentFlag.AlignRight
            if column.look is Look.NUMBER
            else Qt.AlignmentFlag.AlignLeft
        )
        shown = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(box.width())
        )
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_chip(self, painter: QPainter, box: QRectF, text: str) -> None:
        """A plain ground under a coloured word: on the selection it could not be read."""
        wide = min(theme.text_width(text) + SIDE + GAP + 12, box.width() + 10)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(QRectF(box.left() - 5, box.center().y() - 11, wide, 22), 4, 4)

    def _paint_waiting(self, painter: QPainter, box: QRectF) -> None:
        bar = QRectF(box.left(), box.center().y() - 4, min(box.width() * 0.6, 120), 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(bar, 4, 4)
