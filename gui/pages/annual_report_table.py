"""One statutory table on screen: merged labels that nobody edits, numbers typed fast."""

from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui import theme
from gui.pages.annual_report_grid import Field, Grid, GridCell, get, put, shown
from models.reporting.tables import Tables

ROW_HEIGHT = 26
LARGEST = 99_999_999

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


def parse(text: str, field: Field) -> int | Decimal | None:
    """What was typed as a number: whole, or for 万元 with decimals; None if it is neither.

    An empty cell is 0: the form has no blanks. Full-width digits and thousands separators count.
    """
    plain = text.strip().translate(_WIDE).replace(",", "").replace("，", "")
    if not plain:
        return Decimal(0) if field.decimal else 0
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    if not number.is_finite() or not 0 <= number <= LARGEST:
        return None
    if field.decimal:
        return number
    return int(number) if number == number.to_integral_value() else None


_WIDE = str.maketrans("０１２３４５６７８９．", "0123456789.")


class GridModel(QAbstractTableModel):
    """The numbers of one grid in the tables of one year.

    Signals:
        edited(Tables): a number was typed; the new tables.
        refused(str): what was typed is no number; what to type.
    """

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, grid: Grid, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid = grid
        self._tables = Tables()
        self._at = {(cell.row, cell.column): cell for cell in grid.cells}
        self._wrong: frozenset[Field] = frozenset()

    def show_tables(self, tables: Tables) -> None:
        """Other numbers."""
        self._tables = tables
        self.dataChanged.emit(
            self.index(0, 0), self.index(self.grid.rows - 1, self.grid.columns - 1)
        )

    def show_wrong(self, wrong: frozenset[Field]) -> None:
        """The cells whose check fails."""
        self._wrong = wrong
        self.show_tables(self._tables)

    def cell(self, index: Index) -> GridCell | None:
        """The cell that begins here."""
        return self._at.get((index.row(), index.column())) if index.isValid() else None

    def index_of(self, field: Field) -> QModelIndex:
        """Where a number stands; invalid if it is in another grid."""
        for cell in self.grid.cells:
            if cell.field == field:
                return self.index(cell.row, cell.column)
        return QModelIndex()

    def editable(self, index: Index) -> bool:
        """May a number be typed here?"""
        cell = self.cell(index)
        return cell is not None and cell.field is not None and not cell.field.computed

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self.grid.rows

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self.grid.columns

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain | Qt.ItemFlag.ItemIsEditable if self.editable(index) else plain

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.cell(index)
        if cell is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return cell.text if cell.field is None else shown(get(self._tables, cell.field))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            left = cell.field is None and not cell.head and cell.rows == 1
            side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignHCenter
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._ground(cell)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(cell)
        if role == Qt.ItemDataRole.FontRole:
            strong = cell.field is not None and cell.field.computed
            return theme.font(theme.BASE_POINTS if cell.field else 9.0, strong=strong)
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.text or (
                "自动合计，不用填写" if cell.field and cell.field.computed else None
            )
        return None

    def _ground(self, cell: GridCell) -> QBrush:
        if cell.field in self._wrong:
            return QBrush(theme.colour("stop_tint"))
        if cell.field is None or cell.field.computed:
            return QBrush(theme.colour("window"))
        return QBrush(theme.colour("surface"))

    def _ink(self, cell: GridCell) -> QBrush:
        if cell.field in self._wrong:
            return QBrush(theme.colour("stop"))
        if cell.field is None:
            return QBrush(theme.colour("second" if cell.head else "text"))
        zero = not get(self._tables, cell.field)
        return QBrush(theme.colour("second" if zero else "text"))

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        cell = self.cell(index)
        if cell is None or cell.field is None or not self.editable(index):
            return False
        number = parse(str(value), cell.field)
        if number is None:
            kind = "数字，单位万元，可以有小数" if cell.field.decimal else "不小于 0 的整数"
            self.refused.emit(f"“{str(value)[:20]}”填不进去：这一格要填{kind}。没有的填 0。")
            return False
        if number != get(self._tables, cell.field):
            self.edited.emit(put(self._tables, cell.field, number))
        return True


class _Number(QStyledItemDelegate):
    """Edits a number: the old one is selected, so typing replaces it."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        editor.setFrame(False)
        editor.setStyleSheet("border: 2px solid; min-height: 0; padding: 0; border-radius: 0;")
        editor.setMaxLength(16)
        return editor

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that end a number also lead to the next one, as in a spreadsheet.

        Qt's own way commits an Enter later, when the table has already moved on.
        """
        table = self.parent()
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in ENDS
            and isinstance(watched, QWidget)
            and isinstance(table, GridTable)
        ):
            self.commitData.emit(watched)
            self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.NoHint)
            table.follow(event.key())
            return True
        return super().eventFilter(watched, event)


DOWN = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
ENDS = (*DOWN, Qt.Key.Key_Up, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class GridTable(QTableView):
    """A grid with its spans. Enter goes down, Tab to the right, over labels and totals."""

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = model
        self.setModel(model)
        self.setAccessibleName(model.grid.title)
        self.setItemDelegate(_Number(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setWordWrap(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self._dress()
        theme.scheme().changed.connect(self._dress)
        for cell in model.grid.cells:
            if cell.rows > 1 or cell.columns > 1:
                self.setSpan(cell.row, cell.column, cell.rows, cell.columns)
        first = next(cell for cell in model.grid.cells if cell.field is not None)
        self.setCurrentIndex(model.index(first.row, first.column))

    def _dress(self) -> None:
        now = theme.now()
        self.setStyleSheet(
            f"QTableView {{ border-top: 1px solid {now.line}; border-left: 1px solid {now.line}; }}"
            "QTableView::item { padding: 0 6px; }"
            f"QTableView::item:selected {{ background: {now.selection}; color: {now.text};"
            f" border: 2px solid {now.focus}; }}"
        )

    def go_to(self, field: Field) -> bool:
        """Bring a number into view and select it."""
        index = self._grid.index_of(field)
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(1)
        elif key == Qt.Key.Key_Tab:
            if not self._along(1):
                super().keyPressEvent(event)
        elif key == Qt.Key.Key_Backtab:
            if not self._along(-1):
                super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._grid.setData(self.currentIndex(), "0")
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab walks through the numbers and leaves the table after the last one."""
        if self._along(1 if following else -1):
            return True
        return super().focusNextPrevChild(following)

    def follow(self, key: int) -> None:
        """Where a key leads that has ended a number."""
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._along(1 if key == Qt.Key.Key_Tab else -1)
        else:
            self.step(1 if key in DOWN else -1)

    def step(self, by: int) -> None:
        """The next number above or below in the same column."""
        at = self.currentIndex()
        row = at.row() + by
        while 0 <= row < self._grid.rowCount():
            index = self._grid.index(row, at.column())
            if self._grid.editable(index):
                self.setCurrentIndex(index)
                return
            row += by

    def _along(self, by: int) -> bool:
        """The next number in reading order; False after the last one."""
        columns = self._grid.columnCount()
        at = self.currentIndex()
        position = at.row() * columns + at.column() + by
        while 0 <= position < self._grid.rowCount() * columns:
            index = self._grid.index(*divmod(position, columns))
            if self._grid.editable(index):
                self.setCurrentIndex(index)
                return True
            position += by
        return False

    def _paste(self) -> None:
        """A block copied from a spreadsheet, from the current cell on."""
        at = self.currentIndex()
        for down, line in enumerate(QGuiApplication.clipboard().text().splitlines()):
            for right, text in enumerate(line.split("\t")):
                index = self._grid.index(at.row() + down, at.column() + right)
                if self._grid.editable(index):
                    self._grid.setData(index, text)
