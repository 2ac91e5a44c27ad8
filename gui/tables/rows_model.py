"""The model of every list: an array of ids and a few pages of rows.

Ids and rows come from the pool, so opening, sorting and scrolling never wait for the database.
While fresh rows are on their way the old ones are shown. `data()` never raises and never asks the
database.
"""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtCore import Signal as QtSignal

from gui.desk import Desk
from gui.tables.columns import Column
from gui.tables.columns_model import COLUMN_ROLE, NOWHERE, ROW_ROLE, ColumnsModel, Index, alignment

PAGE_ROWS = 200
PAGES_KEPT = 40


class Order(NamedTuple):
    """How a list is sorted: the column's sort key, and the direction."""

    key: str
    descending: bool = False


class _Page(NamedTuple):
    rows: Sequence[Any]
    edition: int


class RowsModel(ColumnsModel):
    """Rows of `rows_fn(ids)` in the order of `ids_fn(order)`; both run on the pool.

    `rows_fn` gives one row a known id, each with an `id` attribute, in any order.

    Signals:
        loaded(int): the ids have arrived; how many.
    """

    loaded = QtSignal(int)

    def __init__(
        self,
        desk: Desk,
        columns: Sequence[Column],
        ids_fn: Callable[[Order], Sequence[int]],
        rows_fn: Callable[[Sequence[int]], Sequence[Any]],
        order: Order,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, parent)
        self.order = order
        self.waiting = True
        self._desk = desk
        self._ids_fn = ids_fn
        self.rows_fn = rows_fn
        self._ids: array[int] = array("q")
        self._positions: dict[int, int] | None = None
        self._pages: OrderedDict[int, _Page] = OrderedDict()
        self._asked: dict[int, int] = {}
        self._edition = 0

    # --- what the list holds

    def ids(self) -> Sequence[int]:
        """All ids in the order shown."""
        return self._ids

    def id_at(self, position: int) -> int | None:
        """The id shown at a position, None outside."""
        return self._ids[position] if 0 <= position < len(self._ids) else None

    def position_of(self, row_id: int) -> int | None:
        """Where an id is shown, None if it is not."""
        if self._positions is None:
            self._positions = {value: at for at, value in enumerate(self._ids)}
        return self._positions.get(row_id)

    def row_at(self, position: int) -> Any | None:
        """The row at a position if it has been fetched, else None; asks for it then."""
        page = self._page(position // PAGE_ROWS)
        if page is None:
            return None
        inside = position % PAGE_ROWS
        return page.rows[inside] if inside < len(page.rows) else None

    def reload(self) -> None:
        """Ask for the ids again; the rows shown stay until they arrive."""
        order = self.order
        self.waiting = True
        self._desk.read(self, "ids", lambda: self._ids_fn(order), self._take_ids)

    def freshen(self, row_ids: frozenset[int]) -> None:
        """These rows changed, the list's members did not."""
        for row_id in row_ids:
            position = self.position_of(row_id)
            if position is not None:
                self._fetch(position // PAGE_ROWS)

    # --- QAbstractTableModel

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.column() >= len(self.columns):
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column)
        if role == COLUMN_ROLE:
            return column
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
            ROW_ROLE,
        ):
            return None
        row = self.row_at(index.row())
        if role == ROW_ROLE:
            return row
        if row is None:
            return "" if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.tip(row) if column.tip is not None else None
        return column.text(row)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self.columns):
            return
        key = self.columns[column].sort
        if key is None:
            return
        wanted = Order(key, order == Qt.SortOrder.DescendingOrder)
        if wanted != self.order:
            self.order = wanted
            self.reload()

    # --- fetching

    def _take_ids(self, ids: Sequence[int]) -> None:
        self.waiting = False
        self._edition += 1
        self._asked.clear()
        fresh = ids if isinstance(ids, array) else array("q", ids)
        if fresh == self._ids:
            for number in list(self._pages)[-4:]:
                self._fetch(number)
            self.loaded.emit(len(self._ids))
            return
        self.beginResetModel()
        self._ids = fresh
        self._positions = None
        self._pages.clear()
        self.endResetModel()
        self.loaded.emit(len(self._ids))

    def _page(self, number: int) -> _Page | None:
        page = self._pages.get(number)
        if page is None or page.edition != self._edition:
            if self._asked.get(number) != self._edition:
                self._fetch(number)
        else:
            self._pages.move_to_end(number)
        return page

    def _fetch(self, number: int) -> None:
        wanted = self._ids[number * PAGE_ROWS : (number + 1) * PAGE_ROWS]
        if not wanted:
            return
        edition = self._edition
        self._asked[number] = edition

        def fetch() -> list[Any]:
            found = {row.id: row for row in self.rows_fn(wanted)}
            return [found.get(row_id) for row_id in wanted]

        self._desk.read(
            self, f"page-{number}", fetch, lambda rows: self._take_rows(number, edition, rows)
        )

    def _take_rows(self, number: int, edition: int, rows: Sequence[Any]) -> None:
        if edition != self._edition:
            return
        self._pages[number] = _Page(rows, edition)
        self._pages.move_to_end(number)
        while len(self._pages) > PAGES_KEPT:
            gone, _ = self._pages.popitem(last=False)
            self._asked.pop(gone, None)
        first = number * PAGE_ROWS
        last = min(first + PAGE_ROWS, len(self._ids)) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
