"""How cells are painted: a hairline below each row, shapes, pills, the next step."""

from functools import lru_cache
from typing import Any, Protocol

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui import theme
from gui.tables.columns import Column, Look
from gui.widgets.pill import paint_pill
from gui.widgets.severity import DONE_WORD, GAP, SIDE, paint_severity, paint_sign

PAD = 8
SIGNS = frozenset({Look.SEVERITY, Look.SIGN})


class Cells(Protocol):
    """What the delegate paints from; straight, since each way through Qt costs a conversion."""

    columns: tuple[Column, ...]

    def row_at(self, position: int) -> Any | None:
        """The row at a position, None while it is being fetched."""


@lru_cache(maxsize=4096)
def _elided(text: str, width: int) -> str:
    return QFontMetrics(theme.font()).elidedText(text, Qt.TextElideMode.ElideRight, width)


class CellDelegate(QStyledItemDelegate):
    """One delegate for every list; the column says which look."""

    hovered = -1

    def __init__(self, cells: Cells, parent: QObject) -> None:
        super().__init__(parent)
        self._cells = cells

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
        at = index.row()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(box, theme.colour("selection"))
        elif at == self.hovered:
            painter.fillRect(box, theme.colour("hover"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme.colour("line"))
        column, row = self._cells.columns[index.column()], self._cells.row_at(at)
        inner = QRectF(box.left() + PAD, box.top(), box.width() - 2 * PAD, box.height() - 1)
        if row is None:
            self._paint_waiting(painter, inner)
        else:
            text = column.text(row)
            if selected and column.look in SIGNS and _coloured(column, row, text):
                self._paint_chip(painter, inner, text)
            self._paint_cell(painter, inner, column, row, text)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("focus"), 1))
            painter.drawRect(box.adjusted(0, 0, -1, -2))

    def _paint_cell(
        self, painter: QPainter, box: QRectF, column: Column, row: Any, text: str
    ) -> None:
        value = column.value(row) if column.value is not None else None
        painter.setFont(theme.font())
        if column.look is Look.STATE and value is not None:
            paint_pill(painter, box, value)
            return
        if column.look is Look.SEVERITY:
            paint_severity(painter, box, value, text)
            return
        if column.look is Look.SIGN and value is not None:
            paint_sign(painter, box, value, text)
            return
        ink = {Look.SECOND: "second", Look.NEXT: "accent"}.get(column.look, "text")
        painter.setPen(theme.colour(ink))
        side = (
            Qt.AlignmentFlag.AlignRight
            if column.look is Look.NUMBER
            else Qt.AlignmentFlag.AlignLeft
        )
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, _elided(text, int(box.width())))

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


def _coloured(column: Column, row: Any, text: str) -> bool:
    """Whether the word is in a colour; a plain one can be read on the selection."""
    value = column.value(row) if column.value is not None else None
    return value is not None or text == DONE_WORD
