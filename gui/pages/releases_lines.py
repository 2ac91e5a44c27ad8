"""A short list in memory: lines of words with a payload; the first column may be ticked.

For what is counted in tens (documents waiting for release, packages). Long lists are `RowsModel`.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gui import theme

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Line(NamedTuple):
    """One line. `id`: what it is about; `off`: why it cannot be ticked, empty when it can."""

    id: int
    words: tuple[str, ...]
    payload: Any = None
    off: str = ""


class LinesModel(QAbstractTableModel):
    """Lines under fixed heads.

    Signals:
        ticked(): another choice.
    """

    ticked = Signal()

    def __init__(
        self, heads: Sequence[str], *, tickable: bool = False, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._heads = tuple(heads)
        self._tickable = tickable
        self._lines: tuple[Line, ...] = ()
        self._chosen: set[int] = set()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Other lines; a tick stays with its id."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self._chosen &= {line.id for line in lines if not line.off}
        self.endResetModel()
        self.ticked.emit()

    def line(self, index: Index) -> Line | None:
        """The line at an index."""
        return self._lines[index.row()] if index.isValid() else None

    def row_of(self, line_id: int) -> int | None:
        """Where a line stands."""
        return next((n for n, line in enumerate(self._lines) if line.id == line_id), None)

    def chosen(self) -> tuple[int, ...]:
        """The ids that are ticked, in the order shown."""
        return tuple(line.id for line in self._lines if line.id in self._chosen)

    def choose_all(self, *, chosen: bool) -> None:
        """Tick every line that can be ticked, or none."""
        self._chosen = {line.id for line in self._lines if not line.off} if chosen else set()
        self._repaint()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        line = self.line(index)
        if self._tickable and index.column() == 0 and line is not None and not line.off:
            return plain | Qt.ItemFlag.ItemIsUserCheckable
        return plain

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index)
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.words[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and self._tickable and index.column() == 0:
            ticked = line.id in self._chosen
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.off or line.words[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and (line.off or index.column() > 0):
            return theme.colour("second")
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = self.line(index)
        if role != Qt.ItemDataRole.CheckStateRole or line is None or line.off:
            return False
        self._chosen ^= {line.id}
        self._repaint()
        return True

    def _repaint(self) -> None:
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, 0))
        self.ticked.emit()


class LinesTable(QTableView):
    """The view: rows of 32 px, a hairline between them; Space ticks.

    Signals:
        current(object): the line that is current, or None.
        entered(int): Enter or a double click on this line's id.
    """

    current = Signal(object)
    entered = Signal(int)

    def __init__(
        self, model: LinesModel, name: str, widths: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self._dress()
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(
            lambda now, _before: self.current.emit(model.line(now))
        )
        self._place: int | None = None
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._reset)
        self.doubleClicked.connect(lambda _index: self._enter())
        theme.scheme().changed.connect(self._dress)

    def current_line(self) -> Line | None:
        """The line the officer stands on."""
        return self._model.line(self.currentIndex())

    def show_id(self, line_id: int) -> None:
        """Stand on a line."""
        row = self._model.row_of(line_id)
        if row is not None:
            self.setCurrentIndex(self._model.index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            index = self._model.index(self.currentIndex().row(), 0)
            self._model.setData(index, None, Qt.ItemDataRole.CheckStateRole)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
            return
        super().keyPressEvent(event)

    def _enter(self) -> None:
        line = self.current_line()
        if line is not None:
            self.entered.emit(line.id)

    def _keep_place(self) -> None:
        line = self.current_line()
        self._place = line.id if line is not None else self._place

    def _reset(self) -> None:
        row = self._model.row_of(self._place) if self._place is not None else None
        if self._model.rowCount():
            self.setCurrentIndex(self._model.index(row or 0, 0))
        else:
            self.current.emit(None)

    def _dress(self) -> None:
        now = theme.now()
        self.setStyleSheet(
            f"QTableView::item {{ border-bottom: 1px solid {now.line}; padding-left: 8px; }}"
            f"QTableView::item:selected {{ background: {now.selection}; color: {now.text}; }}"
        )
