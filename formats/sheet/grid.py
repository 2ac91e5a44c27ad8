"""The cells of one sheet, row by row: what each holds, what it shows, and whether it is seen.

Reader and redactor walk the same way, so a mark made on a reading meets its cell again.
"""

import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from formats import xml
from formats.reading import TroubleCode, Unreadable
from formats.sheet.book import Book, Sheet, rich_text
from formats.sheet.number_format import FIRST_UNSURE
from formats.sheet.styles import is_on, whole

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
# Below this many points or characters nothing can be read.
NARROW = 0.5
# Merges larger than this are asked one by one instead of being spread out into cells.
WIDE_MERGE = 5_000
MOST_WIDE = 1_000
MOST_COVERED = 1_000_000
_OPENING = re.compile(rb"<(\w+:)?sheetData[\s/>]")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_BOOLEANS = {"1": "TRUE", "0": "FALSE", "true": "TRUE", "false": "FALSE"}


class Range(NamedTuple):
    """A rectangle of cells, bounds included, counted from 1."""

    left: int
    top: int
    right: int
    bottom: int

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell is inside."""
        return self.left <= column <= self.right and self.top <= row <= self.bottom


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


class Row(NamedTuple):
    """A row element; cells without a value are in it only if they have a style."""

    number: int
    hidden: bool
    height: float | None
    cells: list[Cell]


class Grid:
    """One worksheet. `frame` is its XML without the rows."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self.book = book
        self.sheet = sheet
        self._part = sheet.part or ""
        self._data = book.package.read(self._part)
        self._whole: etree._Element | None = None
        self.frame = self._frame()
        self.hidden_columns = self._hidden_columns()
        self.merges = self._merges()
        self.filtered = self.frame.find("{*}autoFilter") is not None
        # A table style may paint the ground of white letters; the cell's own format does not say.
        self._painted = self.frame.find("{*}tableParts") is not None
        self._wide: list[Range] = []
        self._covered: set[tuple[int, int]] = set()
        self._spread()

    def _spread(self) -> None:
        """Write the covered cells of small merges into a set; keep the large ones as ranges."""
        room = MOST_COVERED
        for merge in self.merges:
            area = _area(merge)
            if area > WIDE_MERGE or area > room:
                if len(self._wide) < MOST_WIDE:
                    self._wide.append(merge)
                continue
            room -= area
            self._covered.update(
                (row, column)
                for row in range(merge.top, merge.bottom + 1)
                for column in range(merge.left, merge.right + 1)
            )
            self._covered.discard((merge.top, merge.left))

    def _frame(self) -> etree._Element:
        """The sheet without its rows. Cutting the bytes keeps a million cells out of the tree."""
        opening = _OPENING.search(self._data)
        plain = not self._data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"))
        if opening and plain and b"purl.oclc.org" not in self._data[:4096]:
            closing = b"</" + (opening[1] or b"") + b"sheetData>"
            end = self._data.rfind(closing)
            if end > opening.start():
                cut = self._data[: opening.start()] + self._data[end + len(closing) :]
                try:
                    return xml.parse(cut, self._part)
                except Unreadable:
                    pass
        self._whole = xml.parse(self._data, self._part)
        return self._whole

    def _hidden_columns(self) -> frozenset[int]:
        found: set[int] = set()
        for column in self.frame.iterfind("{*}cols/{*}col"):
            if is_on(column.get("hidden")) or _number(column.get("width"), 9.0) < NARROW:
                first = max(1, whole(column.get("min"), 1))
                found.update(range(first, min(MOST_COLUMNS, whole(column.get("max"), first)) + 1))
        return frozenset(found)

    def _merges(self) -> list[Range]:
        found = []
        for merge in self.frame.iterfind("{*}mergeCells/{*}mergeCell"):
            area = parse_range(merge.get("ref", ""))
            if area is not None and _area(area) > 1:
                found.append(area)
        return found

    def covered(self, row: int, column: int) -> bool:
        """Whether a merge hides this cell behind its top left one."""
        if (row, column) in self._covered:
            return True
        return any(m.holds(row, column) and (row, column) != (m.top, m.left) for m in self._wide)

    def rows(self) -> Iterator[Row]:
        """The rows from the top. Raises Unreadable(DAMAGED) when the XML breaks off."""
        previous = 0
        for element in self._row_elements():
            number = whole(element.get("r"), previous + 1)
            if not 0 < number <= MOST_ROWS:
                number = previous + 1
            previous = number
            height = element.get("ht")
            points = None if height is None else _number(height, 15.0)
            hidden = is_on(element.get("hidden")) or (points is not None and points < NARROW)
            yield Row(number, hidden, points, self._cells(element))

    def _row_elements(self) -> Iterator[etree._Element]:
        if self._whole is not None:
            yield from self._whole.iterfind("{*}sheetData/{*}row")
            return
        if b"<!DOCTYPE" in self._data or b"<!ENTITY" in self._data:
            xml.parse(self._data, self._part)
        try:
            for _, element in etree.iterparse(
                io.BytesIO(self._data),
                events=("end",),
                tag="{*}row",
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            ):
                yield element
                element.clear()
                before = element.getprevious()
                if before is not None:
                    before.getparent().remove(before)
        except etree.XMLSyntaxError:
            raise Unreadable(
                TroubleCode.DAMAGED,
                f"文件内部的 {self._part} 已损坏。请在 WPS 或 Excel 中打开并另存，"
                "或向来源单位重新索取。",
            ) from None

    def _cells(self, row: etree._Element) -> list[Cell]:
        strings, used = self.book.strings, self.book.used_strings
        look = self.book.styles.look
        cells = []
        column = 0
        for element in row:
            reference = element.get("r")
            column = column_of(reference) if reference else column + 1
            kind = element.get("t", "n")
            style = int(element.get("s", "0")) if element.get("s", "0").isdigit() else 0
            value, formula = None, ""
            for child in element:
                tag = child.tag
                if tag.endswith("}v"):
                    value = child.text
                elif tag.endswith("}f"):
                    formula = child.text or ""
                elif tag.endswith("}is"):
                    value = rich_text(child)
            if value is None and not formula:
                if style:
                    cells.append(
                        Cell(column, "", shown=True, type="n", value="", style=style, formula="")
                    )
                continue
            value = value or ""
            shown = True
            appearance = look(style)
            if kind == "s":
                try:
                    index = int(value)
                    used.add(index)
                    text = strings[index] if index >= 0 else ""
                except (ValueError, IndexError):
                    text = ""
                kind, value = "s", text
                shown = not appearance.text_hidden
            elif kind == "n":
                text = appearance.render(value) if value else ""
                if not text and value:
                    text, shown = value, False
            elif kind == "b":
                text = _BOOLEANS.get(value, value)
            elif kind in {"e", "d"}:
                text = value
            else:
                kind, text = "s", value
                shown = not appearance.text_hidden
            if appearance.ink_hidden and not self._painted:
                shown = False
            cells.append(Cell(column, text, shown, kind, value, style, formula))
        return cells


def is_unsure(cell: Cell) -> bool:
    """Whether a number is so long that Excel has lost its last digits."""
    if (
        cell.type != "n"
        or len(cell.value) < 10
        or ("E" not in cell.value.upper() and len(cell.value) < 15)
    ):
        return False
    try:
        return abs(float(cell.value)) >= FIRST_UNSURE
    except ValueError:
        return False


_COLUMNS: dict[str, int] = {}


def column_of(reference: str) -> int:
    """The column number of a reference like `AB12`; 1 where there are no letters."""
    letters = reference.rstrip("0123456789")
    number = _COLUMNS.get(letters)
    if number is None:
        number = 0
        for letter in letters.replace("$", "").upper()[:3]:
            if "A" <= letter <= "Z":
                number = number * 26 + ord(letter) - 64
        number = min(max(number, 1), MOST_COLUMNS)
        if len(_COLUMNS) < MOST_COLUMNS:
            _COLUMNS[letters] = number
    return number


def letters_of(column: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def parse_range(text: str) -> Range | None:
    """`A1:C3` or `B2`; None for anything else."""
    first, _, last = text.partition(":")
    start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
    if start is None or end is None:
        return None
    columns = sorted((column_of(start[1]), column_of(end[1])))
    rows = sorted((int(start[2]), int(end[2])))
    return Range(columns[0], max(1, rows[0]), columns[1], min(MOST_ROWS, rows[1]))


def _area(merge: Range) -> int:
    return (merge.right - merge.left + 1) * (merge.bottom - merge.top + 1)


def _number(text: str | None, otherwise: float) -> float:
    try:
        return float(text) if text is not None else otherwise
    except ValueError:
        return otherwise
