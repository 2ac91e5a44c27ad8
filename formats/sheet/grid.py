"""The cells of one sheet, row by row: what each holds, what it shows, and whether it is seen.

Reader and redactor walk the same way, so a mark made on a reading meets its cell again.
"""

from collections.abc import Iterator
from functools import partial
from itertools import compress
from typing import NamedTuple

from formats.reading import Part
from formats.sheet.book import Book, Sheet
from formats.sheet.conditional import Conditional, Constant
from formats.sheet.merges import Merges
from formats.sheet.number_format import Render
from formats.sheet.references import (
    MOST_COLUMNS,
    MOST_ROWS,
    Range,
    column_of,
    letters_of,
    parse_range,
)
from formats.sheet.row_looks import NARROW, RowLook, RowLooks
from formats.sheet.rows import PIECES, Pieces, Rows, attributes_in
from formats.sheet.strings import unescaped
from formats.sheet.styles import WHITE, alike, decimal, is_on, whole
from formats.sheet.tables import tables

STATES = {"visible": "", "hidden": "隐藏", "veryHidden": "深度隐藏"}
_BOOLEANS = {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}


class Cell(NamedTuple):
    """A cell with something in it.

    `text` is what it shows, or would show if its format did not hide it (`shown` False).
    `value` is what is stored: `type` n number, s text, b boolean, e error, d ISO date.
    """

    column: int
    text: str
    shown: bool
    type: str
    value: str
    style: int
    formula: str


PlainCell = tuple[int, str, bool, str, str, int, str]


class Row(NamedTuple):
    """A row element; `height` in points, `fixed` if a person set it.

    Cells without a value are in it only if they have a style. They are plain tuples of what a
    Cell has: a million of them are built in half the time. `ordinary`: each of them is shown as it
    is, without a formula and without stars for digits.
    """

    number: int
    hidden: bool
    folded: bool
    height: float | None
    fixed: bool
    cells: list[PlainCell]
    ordinary: bool


# As the class itself, of a tuple: a sheet has a million rows.
_row_of = partial(tuple.__new__, Row)


# What the attributes of a cell say: its type, its format, and what that does to a value: how a
# number is shown, whether a text is hidden, and whether the ink is. No NamedTuple: a plain tuple is
# unpacked in half the time.
_CellLook = tuple[str, int, Render, bool, bool]


class Grid:
    """One worksheet. `frame` is its XML without the rows."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self.book = book
        self.sheet = sheet
        part = sheet.part or ""
        self._rows = Rows(book.read(part), part)
        self.frame = self._rows.frame
        self.tables = tables(book, sheet)
        self.hidden_columns, self.folded_columns = self._columns_away()
        self.merges = Merges(self._ranges("{*}mergeCells/{*}mergeCell"))
        self._looks: dict[str | None, _CellLook] = {}
        self._columns: dict[str, int] = {}
        # Formulas without a stored result: what they would show is not in the file.
        self.uncomputed: list[str] = []
        # White letters among others in one cell: row, column, the letters.
        self.pale_runs: list[tuple[int, int, str]] = []
        # What formulas of this sheet have said already.
        self.said: set[str] = set()
        self.filtered = self.frame.find("{*}autoFilter") is not None or any(
            table.filtered for table in self.tables
        )
        # A table style may paint the ground of white letters; the cell's own format does not say.
        self._painted = [area for table in self.tables for area in table.painted]
        self._conditional = Conditional(self.frame, book.styles)
        # Cells that a condition nobody has computed may hide: row and column.
        self.doubtful: set[tuple[int, int]] = set()
        self._hidden_rows: frozenset[int] | None = None
        self._row_looks = RowLooks(self.frame)

    def _columns_away(self) -> tuple[frozenset[int], frozenset[int]]:
        """The hidden columns, and those of them that are folded away."""
        usual = self.frame.find("{*}sheetFormatPr")
        narrow = usual is not None and decimal(usual.get("defaultColWidth"), 9.0) < NARROW
        # A byte a column: what is wrongly said a thousand times of all of them costs no time.
        hidden = bytearray([narrow]) * (MOST_COLUMNS + 1)
        folded = bytearray(MOST_COLUMNS + 1)
        for column in self.frame.iterfind("{*}cols/{*}col"):
            first = max(1, whole(column.get("min"), 1))
            last = min(MOST_COLUMNS, whole(column.get("max"), first))
            span, count = slice(first, last + 1), max(0, last + 1 - first)
            if is_on(column.get("hidden")) or decimal(column.get("width"), 9.0) < NARROW:
                hidden[span] = b"\1" * count
                if whole(column.get("outlineLevel")):
                    folded[span] = b"\1" * count
            else:
                hidden[span] = bytes(count)
        return _marked(hidden), _marked(folded)

    def _ranges(self, path: str) -> Iterator[Range]:
        for element in self.frame.iterfind(path):
            area = parse_range(element.get("ref", ""))
            if area is not None:
                yield area

    @property
    def strays(self) -> list[str]:
        """Letters among the rows that belong to no cell; known once all rows were asked for."""
        return list(dict.fromkeys(self._rows.strays))

    @property
    def hidden_rows(self) -> frozenset[int]:
        """The numbers of the hidden rows; costs a pass over the sheet if there was none yet."""
        if self._hidden_rows is None:
            for _ in self._numbered():
                pass
        return self._hidden_rows or frozenset()

    def sight(self, row: Row, column: int, shown: bool) -> tuple[Part, str]:
        """Where a cell belongs for a reader: Part.CELL if it is seen, else why not, with a note."""
        number = row.number
        if not self.sheet.visible:
            return Part.HIDDEN_SHEET, STATES.get(self.sheet.state, self.sheet.state)
        if (row.hidden or column in self.hidden_columns) and not self._shows_through(row, column):
            if row.hidden:
                folded = "折叠的行" if row.folded else ""
                return Part.HIDDEN_ROW, "隐藏行（工作表带有筛选）" if self.filtered else folded
            return Part.HIDDEN_COLUMN, "折叠的列" if column in self.folded_columns else ""
        if self.merges and self.merges.covers(number, column):
            return Part.COVERED_TEXT, "合并单元格盖住的内容"
        if not shown:
            return Part.INVISIBLE_TEXT, "格式使内容不显示"
        if (number, column) in self.doubtful:
            return Part.CELL, "条件格式可能使内容不显示"
        return Part.CELL, ""

    def _shows_through(self, row: Row, column: int) -> bool:
        """Whether a hidden cell is shown in the visible rest of the merge that begins with it."""
        merge = self.merges.by_corner.get((row.number, column))
        if merge is None:
            return False
        columns = range(merge.left, merge.right + 1)
        if all(c in self.hidden_columns for c in columns):
            return False
        if not row.hidden:
            return True
        return any(r not in self.hidden_rows for r in range(merge.top, merge.bottom + 1))

    def rows(self) -> Iterator[Row]:
        """The rows from the top. Raises Unreadable(DAMAGED) when the XML breaks off."""
        for number, look, pieces in self._numbered():
            cells, ordinary = self._cells(number, pieces)
            yield _row_of((number, *look, cells, ordinary))

    def _numbered(self) -> Iterator[tuple[int, RowLook, Pieces]]:
        previous, hidden, look_of = 0, set(), self._row_looks.of
        for said, others, pieces in self._rows:
            number = whole(said, previous + 1)
            if not previous < number <= MOST_ROWS:
                number = previous + 1
            previous = number
            look = look_of(others)
            if look.hidden:
                hidden.add(number)
            yield number, look, pieces
        self._hidden_rows = frozenset(hidden)

    def _cells(self, row: int, pieces: Pieces) -> tuple[list[PlainCell], bool]:
        """The cells of one row, and whether all are ordinary. Written for speed."""
        strings, used, styled = self.book.strings, self.book.used_strings, self._looks
        columns, conditions = self._columns, bool(self._conditional)
        cells: list[PlainCell] = []
        column = last = 0
        # The columns of a row whose cells are out of order.
        placed: set[int] = set()
        pale = self.book.pale_strings
        ordinary, known, doubts = True, len(strings), len(self.doubtful)
        for _, letters, attributes, formula_attributes, formula, stored, inline in zip(
            *[iter(pieces)] * PIECES, strict=False
        ):
            column = (columns.get(letters) or self._column(letters)) if letters else column + 1
            kind, style, render, text_hidden, ink_hidden = styled.get(attributes) or self._look(
                attributes
            )
            value = stored or inline or ""
            if not value:
                if formula_attributes is not None and kind != "str":
                    self.uncomputed.append(f"{letters_of(column)}{row}")
                if not formula:
                    if style:
                        cells.append((column, "", True, "n", "", style, ""))
                    continue
            shown = True
            if kind == "s":
                index = int(value) if value.isdecimal() and len(value) < 10 else known
                if index < known:
                    used.add(index)
                    text = value = strings[index]
                    if text_hidden:
                        shown = False
                    elif index in pale and alike(WHITE, self.book.styles.look(style).ground):
                        text, white = pale[index]
                        self.pale_runs.append((row, column, white))
                        value = text
                else:
                    # No such string: programs show nothing.
                    text, shown = value, False
            elif kind == "n":
                text = render(value) if value else ""
                if not text:
                    text, shown = value, False
                if "*" in text:
                    ordinary = False
            elif kind == "b":
                text = _BOOLEANS.get(value, value)
            elif kind in {"e", "d"}:
                text = value
            else:
                kind, text = "s", unescaped(value) if "_x" in value else value
                value = text
                if text_hidden:
                    shown = False
            if ink_hidden or conditions:
                faint = ink_hidden and not self._is_painted(row, column)
                if conditions:
                    faint = self._is_faint(row, column, kind, text, value, style, already=faint)
                shown = shown and not faint
            if column > last:
                last = column
            else:
                placed = placed or {cell[0] for cell in cells}
                if column in placed:
                    # The same cell a second time: programs differ in which of the two they show.
                    shown = False
            if placed:
                placed.add(column)
            if formula or not shown:
                ordinary = False
            cells.append((column, text, shown, kind, value, style, formula or ""))
        return cells, ordinary and len(self.doubtful) == doubts

    def _is_painted(self, row: int, column: int) -> bool:
        return any(area.holds(row, column) for area in self._painted)

    def _is_faint(
        self, row: int, column: int, kind: str, text: str, value: str, style: int, *, already: bool
    ) -> bool:
        """Whether a cell cannot be seen once the conditional formats are counted in."""
        asked: Constant = text
        if kind == "b":
            asked = text == "TRUE"
        elif kind == "n":
            asked = decimal(value, 0.0)
        look = self.book.styles.look(style)
        hidden = self._conditional.verdict(row, column, asked, look, already=already)
        if hidden is None:
            self.doubtful.add((row, column))
        return bool(hidden)

    def _column(self, letters: str) -> int:
        found = self._columns[letters] = column_of(letters)
        return found

    def _look(self, attributes: str | None) -> _CellLook:
        named = attributes_in(attributes or "")
        style = named.get("s", "0")
        number = whole(style)
        look = self.book.styles.look(number)
        found = (named.get("t", "n"), number, look.render, look.text_hidden, look.ink_hidden)
        self._looks[attributes] = found
        return found


def _marked(columns: bytearray) -> frozenset[int]:
    return frozenset(compress(range(1, len(columns)), columns[1:]) if 1 in columns else ())
