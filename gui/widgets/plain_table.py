"""A small table of things that fit on one screen (officers, rules), in the look of the lists."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from gui import theme
from gui.tables.columns import Column
from gui.tables.delegate import CellDelegate
from gui.tables.fixed_model import FixedModel


class PlainTable(QTableView):
    """Rows are given, not fetched.

    Signals:
        chosen(object): the row selected, or None.
    """

    chosen = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column],
        name: str,
        entered: Callable[[Any], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows = FixedModel(columns, self)
        self.setModel(self._rows)
        self.setItemDelegate(CellDelegate(self._rows, self))
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(self.SelectionBehavior.SelectRows)
        self.setSelectionMode(self.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        for number, column in enumerate(columns):
            self.setColumnWidth(number, column.width)
            if column.stretch:
                head.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(
            lambda current, _previous: self.chosen.emit(self._rows.row_at(current.row()))
        )
        self._entered = entered
        self.doubleClicked.connect(lambda _index: self._enter())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what a double click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
            return
        super().keyPressEvent(event)

    def _enter(self) -> None:
        row = self.row()
        if self._entered is not None and row is not None:
            self._entered(row)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Other rows; the same position stays selected."""
        at = self.currentIndex().row()
        self._rows.show_rows(rows)
        if rows:
            self.selectRow(min(max(at, 0), len(rows) - 1))
        else:
            self.chosen.emit(None)

    def row(self) -> Any | None:
        """The row selected, or None."""
        return self._rows.row_at(self.currentIndex().row())

    def rows(self) -> Sequence[Any]:
        """All rows."""
        return self._rows.rows
