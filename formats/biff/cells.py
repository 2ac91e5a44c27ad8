"""The cells of one sheet ([MS-XLS] 2.1.7.20.5): what each holds, and whether it is seen."""

import struct
from collections.abc import Callable
from typing import NamedTuple

from formats.biff.book import Book
from formats.biff.formulas import Piece
from formats.biff.records import Record
from formats.sheet.merges import Merges
from formats.sheet.references import Range

# In 1/256 of a character, and in twips: below this nothing can be read.
_NARROW, _LOW = 128, 10
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_UNSURE = 1e14
_MOST_MERGES = 100_000


class Cell(NamedTuple):
    """A cell with something in it; row and column count from 1.

    `text` is what it shows, or would show if its format did not hide it (`shown` False).
    `unsure`: a number so long that Excel has lost its last digits.
    """

    row: int
    column: int
    text: str
    shown: bool
    unsure: bool = False


class Formula(NamedTuple):
    """The texts and long numbers written in the formula of a cell."""

    row: int
    column: int
    pieces: list[Piece]


class Cells:
    """Gathers the cell records of one sheet; after the walk it answers what is seen."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.cells: list[Cell] = []
        self.formulas: list[Formula] = []
        self.hidden_columns: set[int] = set()
        self.hidden_rows: set[int] = set()
        self.filtered = False
        self.merges = Merges(())
        self._rows_told: set[int] = set()
        self._rows_hidden_by_default = False
        self._ranges: list[Range] = []
        self._awaited: tuple[int, int, int] | None = None
        self._last = (0, 0)
        self._taken: set[tuple[int, int]] | None = None

    def finish(self) -> None:
        """Once all records are in."""
        self.merges = Merges(self._ranges)
        if self._rows_hidden_by_default:
            self.hidden_rows |= {c.row for c in self.cells} - self._rows_told

    def _add(self, row: int, column: int, xf: int, text: str) -> None:
        """A text cell."""
        if text:
            look = self.book.looks.look(xf)
            shown = not (look.text_hidden or look.ink_hidden)
            self._keep(Cell(row + 1, column + 1, text, shown))

    def _add_number(self, row: int, column: int, xf: int, value: float) -> None:
        look = self.book.looks.look(xf)
        raw = repr(int(value)) if value.is_integer() and abs(value) < _UNSURE else repr(value)
        text = look.render(raw)
        shown = not look.ink_hidden
        if not text:
            text, shown = self.book.looks.plain(raw), False
        self._keep(Cell(row + 1, column + 1, text, shown, abs(value) >= _UNSURE))

    def _keep(self, cell: Cell) -> None:
        at = (cell.row, cell.column)
        if at <= self._last or self._taken is not None:
            # Out of order: only now is it worth to remember a million places.
            if self._taken is None:
                self._taken = {(c.row, c.column) for c in self.cells}
            if at in self._taken:
                # The same cell a second time: programs differ in which of the two they show.
                cell = cell._replace(shown=False)
            self._taken.add(at)
        self._last = at
        self.cells.append(cell)

    def _row(self, record: Record) -> None:
        """2.4.221 Row."""
        row, _, _, height = struct.unpack_from("<HHHH", record.data)
        options = struct.unpack_from("<H", record.data, 12)[0]
        self._rows_told.add(row + 1)
        if options & 0x20 or (not height & 0x8000 and height & 0x7FFF < _LOW):
            self.hidden_rows.add(row + 1)

    def _default_row(self, record: Record) -> None:
        """2.4.87 DefaultRowHeight."""
        options = struct.unpack_from("<H", record.data)[0]
        self._rows_hidden_by_default = bool(options & 2)

    def _columns(self, record: Record) -> None:
        """2.4.53 ColInfo."""
        first, last, width, _, options = struct.unpack_from("<HHHHH", record.data)
        if options & 1 or width < _NARROW:
            self.hidden_columns.update(range(first + 1, min(last, 255) + 2))

    def _filter_mode(self, record: Record) -> None:
        """2.4.120 FilterMode: some rows are hidden by a filter."""
        self.filtered = True

    def _merged(self, record: Record) -> None:
        """2.4.168 MergeCells."""
        (count,) = struct.unpack_from("<H", record.data)
        for number in range(count):
            top, bottom, left, right = struct.unpack_from("<HHHH", record.data, 2 + 8 * number)
            if len(self._ranges) < _MOST_MERGES and top <= bottom and left <= right:
                self._ranges.append(Range(left + 1, top + 1, right + 1, bottom + 1))

    def _shared_label(self, record: Record) -> None:
        """2.4.149 LabelSst."""
        row, column, xf, index = struct.unpack_from("<HHHI", record.data)
        strings = self.book.strings
        if index < len(strings):
            self.book.used_strings.add(index)
            self._add(row, column, xf, strings[index])
        else:
            self.book.damaged += 1

    def _label(self, record: Record) -> None:
        """2.4.148 Label and RString: a cell with its text beside it."""
        data = record.whole
        row, column, xf = struct.unpack_from("<HHH", data)
        self._add(row, column, xf, self.book.texts.long(data, 6)[0])

    def _number(self, record: Record) -> None:
        row, column, xf, value = struct.unpack_from("<HHHd", record.data)
        self._add_number(row, column, xf, value)

    def _rk(self, record: Record) -> None:
        row, column, xf, value = struct.unpack_from("<HHHI", record.data)
        self._add_number(row, column, xf, rk(value))

    def _many_rk(self, record: Record) -> None:
        """2.4.175 MulRk."""
        data = record.data
        row, first = struct.unpack_from("<HH", data)
        for number in range((len(data) - 6) // 6):
            xf, value = struct.unpack_from("<HI", data, 4 + 6 * number)
            self._add_number(row, first + number, xf, rk(value))

    def _boolean(self, record: Record) -> None:
        """2.4.24 BoolErr."""
        row, column, xf, value, is_error = struct.unpack_from("<HHHBB", record.data)
        self._add(row, column, xf, _flag(value, is_error=bool(is_error)))

    def _formula(self, record: Record) -> None:
        """2.4.127 Formula, with the value it had when the file was saved."""
        data = record.whole
        row, column, xf = struct.unpack_from("<HHH", data)
        self._awaited = None
        if data[12:14] != b"\xff\xff":
            self._add_number(row, column, xf, struct.unpack_from("<d", data, 6)[0])
        elif data[6] == 0:
            self._awaited = (row, column, xf)
        elif data[6] in (1, 2):
            self._add(row, column, xf, _flag(data[8], is_error=data[6] == 2))
        self._written(row, column, data, 20, 22)

    def _shared_formula(self, record: Record) -> None:
        """2.4.277 ShrFmla: tokens that several cells share."""
        data = record.whole
        row, _, column = struct.unpack_from("<HHB", data)
        self._written(row, column, data, 8, 10)

    def _array_formula(self, record: Record) -> None:
        """2.4.4 Array."""
        data = record.whole
        row, _, column = struct.unpack_from("<HHB", data)
        self._written(row, column, data, 12, 14)

    def _written(self, row: int, column: int, data: bytes, size_at: int, at: int) -> None:
        (size,) = struct.unpack_from("<H", data, size_at)
        found = [
            p
            for p in self.book.operands(data, at, size)
            if (p.kind == "text" and len(p.text) >= 4 and any(c.isalnum() for c in p.text))
            or (p.kind == "number" and len(p.text) >= 11)
        ]
        if found:
            self.formulas.append(Formula(row + 1, column + 1, found))

    def _result(self, record: Record) -> None:
        """2.4.268 String: the text value of the formula before it."""
        data = record.whole if not record.more else _joined(record)
        text = self.book.texts.long(data, 0)[0]
        awaited, self._awaited = self._awaited, None
        if awaited is not None:
            self._add(*awaited, text)
        elif text:
            raise ValueError("the result of no formula")


def _joined(record: Record) -> bytes:
    """A string that runs into continuations, each of which begins with a flag byte."""
    return record.data + b"".join(piece[1:] for piece in record.more)


def _flag(value: int, *, is_error: bool) -> str:
    return _ERRORS.get(value, f"#{value}") if is_error else "TRUE" if value else "FALSE"


def rk(value: int) -> float:
    """2.5.217 RkNumber: 30 bits of a double or of an integer, perhaps in hundredths."""
    if value & 2:
        number = float((value >> 2) - (1 << 30 if value & 0x80000000 else 0))
    else:
        number = float(struct.unpack("<d", struct.pack("<Q", (value & 0xFFFFFFFC) << 32))[0])
    return number / 100 if value & 1 else number


CELL_RECORDS: dict[int, Callable[[Cells, Record], None]] = {
    0x0208: Cells._row,
    0x0225: Cells._default_row,
    0x007D: Cells._columns,
    0x009B: Cells._filter_mode,
    0x00E5: Cells._merged,
    0x00FD: Cells._shared_label,
    0x0204: Cells._label,
    0x00D6: Cells._label,
    0x0203: Cells._number,
    0x027E: Cells._rk,
    0x00BD: Cells._many_rk,
    0x0205: Cells._boolean,
    0x0006: Cells._formula,
    0x04BC: Cells._shared_formula,
    0x0221: Cells._array_formula,
    0x0207: Cells._result,
}
