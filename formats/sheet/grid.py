"""The cells of one sheet, row by row: what each holds, what it shows, and whether it is seen.

Reader and redactor walk the same way, so a mark made on a reading meets its cell again.
"""

import io
import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from lxml import etree

from formats import xml
from formats.reading import Part, TroubleCode, Unreadable
from formats.sheet.book import Book, Sheet, rich_text
from formats.sheet.merges import Merges
from formats.sheet.number_format import FIRST_UNSURE
from formats.sheet.references import MOST_COLUMNS, MOST_ROWS, Range, column_of, parse_range
from formats.sheet.styles import is_on, whole

STATES = {"visible": "", "hidden": "隐藏", "veryHidden": "深度隐藏"}
# Below this many points or characters nothing can be read.
NARROW = 0.5
_OPENING = re.compile(rb"<(\w+:)?sheetData[\s/>]")
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


class Row(NamedTuple):
    """A row element; `height` in points, `fixed` if a person set it.

    Cells without a value are in it only if they have a style.
    """

    number: int
    hidden: bool
    height: float | None
    fixed: bool
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
        self.merges = Merges(self._ranges("{*}mergeCells/{*}mergeCell"))
        # Formulas without a stored result: what they would show is not in the file.
        self.uncomputed: list[str] = []
        self.filtered = self.frame.find("{*}autoFilter") is not None
        # A table style may paint the ground of white letters; the cell's own format does not say.
        self._painted = self.frame.find("{*}tableParts") is not None

    def _frame(self) -> etree._Element:
        """The sheet without its rows. Cutting the bytes keeps a million cells out of the tree."""
        cut = self._without_rows()
        if cut is not None:
            try:
                return xml.parse(cut, self._part)
            except Unreadable:
                # Something that looks like the rows stood elsewhere: read it the slow way.
                cut = None
        self._whole = xml.parse(self._data, self._part)
        return self._whole

    def _without_rows(self) -> bytes | None:
        if self._data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
            return None
        opening = _OPENING.search(self._data)
        if opening is None or b"purl.oclc.org" in self._data[:4096]:
            return None
        closing = b"</" + (opening[1] or b"") + b"sheetData>"
        end = self._data.rfind(closing)
        if end <= opening.start():
            return None
        return self._data[: opening.start()] + self._data[end + len(closing) :]

    def _hidden_columns(self) -> frozenset[int]:
        found: set[int] = set()
        for column in self.frame.iterfind("{*}cols/{*}col"):
            if is_on(column.get("hidden")) or _number(column.get("width"), 9.0) < NARROW:
                first = max(1, whole(column.get("min"), 1))
                found.update(range(first, min(MOST_COLUMNS, whole(column.get("max"), first)) + 1))
        return frozenset(found)

    def _ranges(self, path: str) -> Iterator[Range]:
        for element in self.frame.iterfind(path):
            area = parse_range(element.get("ref", ""))
            if area is not None:
                yield area

    @cached_property
    def hidden_rows(self) -> frozenset[int]:
        """The numbers of the hidden rows; costs another pass over the sheet."""
        return frozenset(row.number for row in self._bare_rows() if row.hidden)

    def sight(self, row: Row, cell: Cell) -> tuple[Part, str]:
        """Where a cell belongs for a reader: Part.CELL if it is seen, else why not, with a note."""
        number, column = row.number, cell.column
        if not self.sheet.visible:
            return Part.HIDDEN_SHEET, STATES.get(self.sheet.state, self.sheet.state)
        if (row.hidden or column in self.hidden_columns) and not self._shows_through(row, column):
            if row.hidden:
                return Part.HIDDEN_ROW, "隐藏行（工作表带有筛选）" if self.filtered else ""
            return Part.HIDDEN_COLUMN, ""
        if self.merges and self.merges.covers(number, column):
            return Part.COVERED_TEXT, "合并单元格盖住的内容"
        if not cell.shown:
            return Part.INVISIBLE_TEXT, "格式使内容不显示"
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
        for row, element in self._numbered():
            yield row._replace(cells=self._cells(element))

    def _bare_rows(self) -> Iterator[Row]:
        return (row for row, _ in self._numbered())

    def _numbered(self) -> Iterator[tuple[Row, etree._Element]]:
        previous = 0
        for element in self._row_elements():
            number = whole(element.get("r"), previous + 1)
            if not previous < number <= MOST_ROWS:
                number = previous + 1
            previous = number
            height = element.get("ht")
            points = None if height is None else _number(height, 15.0)
            hidden = is_on(element.get("hidden")) or (points is not None and points < NARROW)
            fixed = is_on(element.get("customHeight"))
            yield Row(number, hidden, points, fixed, []), element

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
        column = last = 0
        for element in row:
            reference = element.get("r")
            column = column_of(reference) if reference else column + 1
            kind = element.get("t", "n")
            style = int(element.get("s", "0")) if element.get("s", "0").isdigit() else 0
            value, formula, computes = None, "", False
            for child in element:
                tag = child.tag
                if tag.endswith("}v"):
                    value = child.text
                elif tag.endswith("}f"):
                    formula, computes = child.text or "", True
                elif tag.endswith("}is"):
                    value = rich_text(child)
            if value is None and computes and kind != "str":
                self.uncomputed.append(reference or "")
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
            if column <= last and any(c.column == column for c in cells):
                # The same cell a second time: programs differ in which of the two they show.
                shown = False
            last = max(last, column)
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


def _number(text: str | None, otherwise: float) -> float:
    try:
        return float(text) if text is not None else otherwise
    except ValueError:
        return otherwise
