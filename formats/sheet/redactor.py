"""A new workbook out of an old one: visible values only, marks carried out, nothing else kept.

Hidden rows, columns and sheets are left out and the rest closes up; so does a column of which head
and cells are all cut to nothing. Formulas become their results.
"""

from collections.abc import Sequence
from typing import BinaryIO

from formats.budget import Budget
from formats.reading import Mark, Part
from formats.resting import collector_resting
from formats.sheet.book import Book
from formats.sheet.clean_styles import CleanStyles
from formats.sheet.closing_up import ClosedUp, moved, reference
from formats.sheet.grid import Cell, Grid, Row
from formats.sheet.orders import Orders
from formats.sheet.page_setup import after_cells, before_cells, columns_xml
from formats.sheet.references import Range
from formats.sheet.workbook_writer import (
    Strings,
    cell_xml,
    row_xml,
    safe_tab,
    sheet_xml,
    write_workbook,
)


def redact(source: BinaryIO, marks: Sequence[Mark], out: BinaryIO) -> None:
    """Write the new .xlsx to `out`; the same source and marks always give the same bytes.

    Raises Unreadable: as the reader does, and DAMAGED for a mark whose text is not there.
    """
    with collector_resting():
        _write(source, Orders(marks), out)


def _write(source: BinaryIO, orders: Orders, out: BinaryIO) -> None:
    book = Book(source, Budget())
    strings, styles = Strings(), CleanStyles(book.styles)
    tabs: list[str] = []
    sheets: list[str] = []
    for sheet in book.sheets:
        if not sheet.visible or sheet.part is None or sheet.type not in {"worksheet", ""}:
            continue
        tabs.append(safe_tab(orders.apply(sheet.name, Part.SHEET, sheet.name), tabs))
        gone = _emptied(Grid(book, sheet), orders) if orders.marked(sheet.name) else set[int]()
        sheets.append(_Copy(Grid(book, sheet), orders, strings, styles, gone).xml())
    if not sheets:
        tabs, sheets = ["Sheet1"], [sheet_xml("", "", "", "", "")]
    orders.done()
    write_workbook(out, tabs, sheets, strings.xml(), styles.xml())


def _emptied(grid: Grid, orders: Orders) -> set[int]:
    """The columns of two cells or more of which nothing that is seen stays."""
    cells: dict[int, int] = {}
    left: set[int] = set()
    for row in grid.rows():
        for cell in map(Cell._make, row.cells):
            if not (cell.text or cell.value):
                continue
            if grid.sight(row, cell.column, cell.shown)[0] is not Part.CELL:
                continue
            cells[cell.column] = cells.get(cell.column, 0) + 1
            place = reference(row.number, cell.column)
            if cell.column not in left and orders.leaves(cell.text, grid.sheet.name, place):
                left.add(cell.column)
    return {column for column, number in cells.items() if number > 1} - left


class _Copy:
    """One worksheet on its way into the new workbook; the columns in `gone` stay behind."""

    def __init__(
        self, grid: Grid, orders: Orders, strings: Strings, styles: CleanStyles, gone: set[int]
    ) -> None:
        self._grid = grid
        self._orders = orders
        self._strings = strings
        self._styles = styles
        self._gone = gone
        self._columns = ClosedUp(grid.hidden_columns | gone)
        # Filled while walking down the sheet: a row's new number needs only those above it.
        self._rows = ClosedUp()
        # Values of merges whose first cell is hidden: they move to the first one that is seen.
        self._moved: dict[int, list[tuple[int, str]]] = {}

    def xml(self) -> str:
        """The new worksheet part."""
        rows = [self._row(row) for row in self._grid.rows()]
        frame = self._grid.frame
        merges = (moved(m, self._rows, self._columns) for m in self._grid.merges.ranges)
        return sheet_xml(
            before_cells(frame, self._rows, self._columns),
            columns_xml(frame, self._columns, self._styles),
            "".join(self._in_order(rows)),
            "".join(f'<mergeCell ref="{_range(m)}"/>' for m in merges if m is not None),
            after_cells(frame, self._grid.sheet.name, self._orders),
        )

    def _row(self, row: Row) -> tuple[int, float | None, bool, list[tuple[int, str]]]:
        kept: list[tuple[int, str]] = []
        number = self._rows.new(row.number)
        if row.hidden:
            self._rows.take_out(row.number)
        taken: set[int] = set()
        for cell in map(Cell._make, row.cells):
            part, _ = self._grid.sight(row, cell.column, cell.shown)
            column = self._columns.new(cell.column)
            if cell.column in self._gone:
                old = reference(row.number, cell.column)
                self._orders.apply(cell.text, Part.CELL, self._grid.sheet.name, old)
                continue
            if part is Part.CELL and (cell.text or cell.value):
                written = self._cell(row.number, cell, reference(number, column))
            elif not row.hidden and self._columns.keeps(cell.column) and column not in taken:
                style = self._styles.number(cell.style, numeric=False)
                written = cell_xml(reference(number, column), style, "", "")
            else:
                continue
            taken.add(column)
            if row.hidden:
                self._moved.setdefault(number, []).append((column, written))
            else:
                kept.append((column, written))
        return (0 if row.hidden else number, row.height, row.fixed, kept)

    def _cell(self, row: int, cell: Cell, place: str) -> str:
        """The XML of a cell that is seen; a number stays one unless a mark touches its text."""
        old = reference(row, cell.column)
        text = self._orders.apply(cell.text, Part.CELL, self._grid.sheet.name, old)
        # A format that stars digits leaves the whole number in the file: what it shows is written.
        numeric = cell.type in {"n", "b"} and text == cell.text and "*" not in text
        if numeric and self._styles.keeps_code(cell.style):
            style = self._styles.number(cell.style, numeric=True)
            return cell_xml(place, style, cell.type, cell.value)
        style = self._styles.number(cell.style, numeric=False)
        if not text:
            return cell_xml(place, style, "", "")
        return cell_xml(place, style, "s", str(self._strings.number(text)))

    def _in_order(
        self, rows: list[tuple[int, float | None, bool, list[tuple[int, str]]]]
    ) -> list[str]:
        """The rows that are left, with the values that moved down into them."""
        written = []
        for number, height, fixed, cells in rows:
            if not number:
                continue
            moved_here = dict(self._moved.pop(number, []))
            found = dict(cells) | moved_here
            inner = "".join(found[c] for c in sorted(found))
            if inner or height is not None:
                written.append(row_xml(number, height if fixed else None, inner))
        return written


def _range(area: Range) -> str:
    return f"{reference(area.top, area.left)}:{reference(area.bottom, area.right)}"
