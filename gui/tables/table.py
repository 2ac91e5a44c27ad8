"""The one table: sort, resize, reorder, hide columns, copy, export; remembered per list."""

import csv
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any
from zlib import crc32

from PySide6.QtCore import (
    QByteArray,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSettings,
    QSignalBlocker,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from gui import theme
from gui.desk import Desk
from gui.tables.columns import Column
from gui.tables.delegate import CellDelegate
from gui.tables.rows_model import RowsModel

REMEMBER_MS = 400


class Table(QTableView):
    """A view on a `RowsModel`.

    Signals:
        chosen(object): the current row's id, or None.
        entered_row(int): Enter or a double click on this id.
        menu_asked(QPoint): where the context menu should open, global.
    """

    chosen = Signal(object)
    entered_row = Signal(int)
    menu_asked = Signal(QPoint)

    def __init__(
        self, desk: Desk, model: RowsModel, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows = model
        self._key = f"tables/{name}-{_edition(model.columns)}"
        self._wanted: int | None = None
        self._told: int | None = None
        self._settings = QSettings(str(desk.home.settings), QSettings.Format.IniFormat)
        self.setModel(model)
        self._cells = CellDelegate(model, self)
        self.setItemDelegate(self._cells)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(theme.ROW)
        side.setMinimumSectionSize(theme.ROW)
        self._set_head()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(REMEMBER_MS)
        self._later.timeout.connect(self._remember)
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._find_place)
        self.selectionModel().currentRowChanged.connect(self._current_changed)

    # --- what is chosen

    def current_id(self) -> int | None:
        """The id of the current row."""
        return self._rows.id_at(self.currentIndex().row())

    def chosen_ids(self) -> list[int]:
        """The ids of all selected rows, in the order shown."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [found for row in rows if (found := self._rows.id_at(row)) is not None]

    def show_id(self, row_id: int) -> None:
        """Select this row; if the list is still loading, when it has arrived."""
        position = self._rows.position_of(row_id)
        if position is None:
            self._wanted = row_id
            return
        self.select_alone(position)
        self.scrollTo(self._rows.index(position, 0), QAbstractItemView.ScrollHint.EnsureVisible)

    def select_alone(self, row: int) -> None:
        """Stand on a row and choose it alone. Qt's own selectRow adds to what is chosen while a
        key is held, as when Ctrl+1 has just brought the page."""
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(
            self._rows.index(row, 0), flags.ClearAndSelect | flags.Rows
        )

    # --- copying and export

    def copy(self) -> None:
        """The selected rows as tab-separated text, with the heads, for Excel."""
        self._fetch_rows(
            self.chosen_ids(),
            lambda table: QGuiApplication.clipboard().setText(_as_tsv(table)),
        )

    def export_csv(self, file: Path, then: Callable[[None], object]) -> None:
        """All rows of the list as shown, CSV that Excel opens (UTF-8 with a mark)."""
        ids = list(self._rows.ids())
        columns, rows_fn = self._shown_columns(), self._rows.rows_fn

        def write() -> None:
            with file.open("w", encoding="utf-8-sig", newline="") as out:
                csv.writer(out).writerows(_cells(columns, rows_fn(ids), ids))

        self._desk.read(self, "export", write, then)

    def _fetch_rows(self, ids: Sequence[int], then: Callable[[list[list[str]]], None]) -> None:
        columns, rows_fn = self._shown_columns(), self._rows.rows_fn
        if ids:
            self._desk.read(self, "copy", lambda: _cells(columns, rows_fn(ids), ids), then)

    def _shown_columns(self) -> list[Column]:
        head = self.horizontalHeader()
        order = sorted(range(len(self._rows.columns)), key=head.visualIndex)
        return [self._rows.columns[i] for i in order if not head.isSectionHidden(i)]

    # --- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            found = self.current_id()
            if found is not None:
                self.entered_row.emit(found)
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        found = self._rows.id_at(self.rowAt(event.position().toPoint().y()))
        if found is not None:
            self.entered_row.emit(found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: Any) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    # --- columns

    def _set_head(self) -> None:
        head = self.horizontalHeader()
        head.setSectionsMovable(True)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setMinimumSectionSize(40)
        head.setSortIndicatorShown(True)
        head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head.customContextMenuRequested.connect(self._head_menu)
        with QSignalBlocker(head):
            self._standard_columns()
            kept = self._settings.value(self._key)
            if isinstance(kept, QByteArray):
                head.restoreState(kept)
            self._show_order()
        self.setSortingEnabled(True)
        head.sectionResized.connect(self._resized)
        head.sectionMoved.connect(self._remember_later)
        head.sortIndicatorChanged.connect(self._guard_order)

    def _standard_columns(self) -> None:
        head = self.horizontalHeader()
        for number, column in enumerate(self._rows.columns):
            head.moveSection(head.visualIndex(number), number)
            head.setSectionHidden(number, column.hidden)
            self.setColumnWidth(number, column.width)
            if column.stretch:
                head.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)

    def _show_order(self) -> None:
        order = self._rows.order
        for number, column in enumerate(self._rows.columns):
            if column.sort == order.key:
                self.horizontalHeader().setSortIndicator(
                    number,
                    Qt.SortOrder.DescendingOrder
                    if order.descending
                    else Qt.SortOrder.AscendingOrder,
                )

    def _guard_order(self, section: int, _order: Qt.SortOrder) -> None:
        """A column that cannot be sorted must not wear the sign of one that is."""
        if 0 <= section < len(self._rows.columns) and self._rows.columns[section].sort is None:
            with QSignalBlocker(self.horizontalHeader()):
                self._show_order()

    def _head_menu(self, at: QPoint) -> None:
        head = self.horizontalHeader()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(self._rows.columns):
            line = menu.addAction(column.title)
            line.setCheckable(True)
            line.setChecked(not head.isSectionHidden(number))
            line.setEnabled(number > 0)
            line.toggled.connect(
                lambda shown, number=number: self._show_column(number, shown=shown)
            )
        menu.addSeparator()
        menu.addAction("恢复默认列", self._reset_columns)
        menu.popup(head.mapToGlobal(at))

    def _show_column(self, number: int, *, shown: bool) -> None:
        self.horizontalHeader().setSectionHidden(number, not shown)
        self._remember_later()

    def _reset_columns(self) -> None:
        self._standard_columns()
        self._remember_later()

    def _resized(self, section: int, _before: int, _after: int) -> None:
        if not self._rows.columns[section].stretch:  # that one follows the window, not the officer
            self._later.start()

    def _remember_later(self, *_sizes: int) -> None:
        self._later.start()

    def _remember(self) -> None:
        self._settings.setValue(self._key, self.horizontalHeader().saveState())

    # --- keeping the place over a reload

    def _keep_place(self) -> None:
        if self._wanted is None:
            self._wanted = self.current_id()

    def _find_place(self) -> None:
        wanted, self._wanted = self._wanted, None
        position = self._rows.position_of(wanted) if wanted is not None else None
        if position is not None and wanted is not None:
            self.show_id(wanted)
        else:
            self._tell(None)

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._tell(self._rows.id_at(current.row()))

    def _tell(self, row_id: int | None) -> None:
        if row_id != self._told:
            self._told = row_id
            self.chosen.emit(row_id)

    def _hover(self, row: int) -> None:
        if row != self._cells.hovered:
            self._cells.hovered = row
            self.viewport().update()


def _edition(columns: Sequence[Column]) -> int:
    """A number for the set of columns: what was remembered for another set does not fit."""
    return crc32(" ".join(f"{c.key}:{c.width}:{c.hidden:d}" for c in columns).encode())


def _cells(columns: Sequence[Column], rows: Sequence[Any], ids: Sequence[int]) -> list[list[str]]:
    """Heads and cells as text, in the order of `ids`."""
    found = {row.id: row for row in rows}
    return [
        [column.title for column in columns],
        *(
            [_safe(column.text(found[row_id])) for column in columns]
            for row_id in ids
            if row_id in found
        ),
    ]


def _safe(text: str) -> str:
    """A cell that Excel would run as a formula is made text; line ends would break the row."""
    text = text.replace("\r", " ").replace("\n", " ").replace("\t", " ")
    return "'" + text if text[:1] in ("=", "+", "-", "@") else text


def _as_tsv(table: list[list[str]]) -> str:
    out = StringIO()
    for row in table:
        out.write("\t".join(row) + "\r\n")
    return out.getvalue()
