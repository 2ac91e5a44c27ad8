"""One sheet of a workbook as a table model over segments; no widget a cell, no copy of the text."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from formats.reading import Part, Segment
from gui.widgets.document_blocks import ems
from gui.widgets.document_text import ShownMark, ShownText, column_name, one_line

SEGMENT_ROLE = int(Qt.ItemDataRole.UserRole)
MARKS_ROLE = SEGMENT_ROLE + 1
HIDDEN_ROLE = SEGMENT_ROLE + 2

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()

SheetKey = tuple[str | None, str | None]
# The first rows say well enough how wide a column should be.
MEASURED = 300


@dataclass(slots=True)
class Grid:
    """The cells of one sheet, filled as the file is read. Rows and columns count from 1.

    `top` holds the first rows once more: what is measured must not grow with the sheet.
    """

    key: SheetKey
    hidden: bool = False
    cells: dict[tuple[int, int], int] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    top: dict[tuple[int, int], int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What its tab says."""
        member, sheet = self.key
        return " · ".join(part for part in (member, sheet) if part) or "内容"

    def titles(self) -> list[tuple[int, int]]:
        """Cells that stand alone in their row: titles and notes that run over the others."""
        in_row = Counter(row for row, _ in self.top)
        return [place for place in self.top if in_row[place[0]] == 1]

    def widths(self, text: ShownText) -> dict[int, float]:
        """The widest text of each column in Chinese characters, titles left out."""
        alone = set(self.titles())
        widest: dict[int, float] = {}
        for place, index in self.top.items():
            if place not in alone:
                wanted = ems(text.segments[index].text)
                widest[place[1]] = max(widest.get(place[1], 0.0), wanted)
        return widest


_IN_GRID = frozenset(
    {Part.CELL, Part.HIDDEN_ROW, Part.HIDDEN_COLUMN, Part.HIDDEN_SHEET, Part.TABLE}
)


def in_grid(segment: Segment) -> bool:
    """Does it stand in a cell (and not in a comment, a name, a header)?"""
    place = segment.place
    return place.part in _IN_GRID and place.row is not None and place.column is not None


def sheet_key(segment: Segment) -> SheetKey:
    """Which sheet of which member."""
    return segment.place.member, segment.place.sheet


def sort_into(
    grids: dict[SheetKey, Grid], text: ShownText, fresh: range, crowded: list[int]
) -> set[SheetKey]:
    """Put fresh segments into their sheets; gives the sheets that grew.

    A cell shows one text; others that stand in it too are added to `crowded`.
    """
    grown: set[SheetKey] = set()
    for index in fresh:
        segment = text.segments[index]
        if not in_grid(segment):
            continue
        key = sheet_key(segment)
        grid = grids.get(key)
        if grid is None:
            grid = grids[key] = Grid(key)
        grown.add(key)
        row, column = segment.place.row or 1, segment.place.column or 1
        if (row, column) in grid.cells:
            crowded.append(index)
            continue
        grid.cells[row, column] = index
        grid.rows = max(grid.rows, row)
        grid.columns = max(grid.columns, column)
        if row <= MEASURED:
            grid.top[row, column] = index
        if not segment.visible:
            part = segment.place.part
            if part is Part.HIDDEN_ROW:
                grid.hidden_rows.add(row)
            elif part is Part.HIDDEN_COLUMN:
                grid.hidden_columns.add(column)
            elif part is Part.HIDDEN_SHEET:
                grid.hidden = True
    return grown


class SheetModel(QAbstractTableModel):
    """The cells of one `Grid`; marks by segment."""

    def __init__(self, grid: Grid, text: ShownText, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid = grid
        self._text = text
        self._rows = grid.rows
        self._columns = grid.columns
        self._marks: dict[int, list[ShownMark]] = {}

    def grew(self) -> None:
        """The grid holds more cells than before."""
        if self.grid.columns > self._columns:
            self.beginInsertColumns(_NOWHERE, self._columns, self.grid.columns - 1)
            self._columns = self.grid.columns
            self.endInsertColumns()
        if self.grid.rows > self._rows:
            self.beginInsertRows(_NOWHERE, self._rows, self.grid.rows - 1)
            self._rows = self.grid.rows
            self.endInsertRows()

    def set_marks(self, marks: dict[int, list[ShownMark]]) -> None:
        """Marks of all segments; those of other sheets do no harm."""
        self._marks = marks
        if self._rows and self._columns:
            self.dataChanged.emit(
                self.index(0, 0), self.index(self._rows - 1, self._columns - 1), [MARKS_ROLE]
            )

    def segment_at(self, row: int, column: int) -> int | None:
        """The segment in a cell, counted from 0; None for an empty cell."""
        return self.grid.cells.get((row + 1, column + 1))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._columns

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            name = column_name(section + 1)
            return f"{name} 隐藏" if section + 1 in self.grid.hidden_columns else name
        return f"{section + 1} 隐藏" if section + 1 in self.grid.hidden_rows else str(section + 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        segment = self.segment_at(index.row(), index.column())
        if role == HIDDEN_ROLE:
            return (
                self.grid.hidden
                or index.row() + 1 in self.grid.hidden_rows
                or index.column() + 1 in self.grid.hidden_columns
            )
        if segment is None:
            return "" if role == Qt.ItemDataRole.DisplayRole else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return one_line(self._text.segments[segment].text)
        if role == Qt.ItemDataRole.ToolTipRole:
            whole = self._text.segments[segment].text
            return whole if len(whole) > 12 else None
        if role == SEGMENT_ROLE:
            return segment
        if role == MARKS_ROLE:
            return self._marks.get(segment)
        return None
