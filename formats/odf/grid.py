"""Tables of a text and sheets of a workbook: cells, their addresses, what is folded away."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from lxml import etree

from formats.numerals import whole
from formats.odf import names as n
from formats.odf.places import ADDRESS, LONG_NUMBER, Here, Piece, is_short, says_something
from formats.reading import Part

if TYPE_CHECKING:
    from formats.odf.walk import Walk

_MOST_REPEATED = 1_000_000
_BETWEEN = etree.XPath(
    "//t:table-row/text()[normalize-space()] | //t:table-row/*/text()[normalize-space()]",
    namespaces={"t": n.TABLE.strip("{}")},
    smart_strings=False,
)
_REPEATED = f"{n.TABLE}number-columns-repeated"


class Columns:
    """What a table says of its columns, each word of it for as many as it repeats."""

    def __init__(self) -> None:
        self._ends: list[int] = []
        self._said: list[tuple[bool, str]] = []

    def add(self, count: int, *, shown: bool, style: str) -> None:
        """The next `count` columns."""
        self._ends.append((self._ends[-1] if self._ends else 0) + count)
        self._said.append((shown, style))

    def at(self, column: int) -> tuple[bool, str]:
        """Whether a column, from 1, is shown, and the style of its cells."""
        found = bisect_left(self._ends, column)
        return self._said[found] if found < len(self._said) else (True, "")


def strays(walk: "Walk", root: etree._Element) -> None:
    """Letters between the rows, cells and paragraphs of all tables: asked for once in a tree."""
    here = Here().unseen(Part.HIDDEN, "软件不认的文字")
    for text in cast("list[str]", _BETWEEN(root)):
        walk.say(here, text.strip())


def table(walk: "Walk", element: etree._Element, here: Here) -> None:
    """A table of a text, or a sheet where the walk stands in a workbook."""
    look = walk.styles.look("table", element.get(f"{n.TABLE}style-name", ""))
    sheet = here.sheet is None and here.part is Part.SHEET
    name = element.get(f"{n.TABLE}name", "")
    walk.tables += 1
    if element.find(f"{n.TABLE}scenario") is not None:
        here = here.unseen(Part.HIDDEN, "方案")
    if sheet:
        here = here._replace(sheet=name, part=Part.CELL if here.visible else here.part)
        if look.shown is False:
            here = here.unseen(Part.HIDDEN_SHEET, "隐藏的工作表")
        titled = here._replace(part=Part.SHEET) if here.visible else here
        walk.say(titled, name)
    else:
        part = Part.TABLE if here.part in (Part.BODY, Part.TEXTBOX) else here.part
        here = here._replace(table=walk.tables, part=part)
        if says_something("name", name):
            walk.say(here.unseen(Part.PROPERTY, "表格的名称"), name)
    columns = Columns()
    row = 1
    for child, seen in _rows(element):
        tag = str(child.tag)
        if tag == f"{n.TABLE}table-column":
            shown = seen and child.get(f"{n.TABLE}visibility", "visible") == "visible"
            style = child.get(f"{n.TABLE}default-cell-style-name", "")
            columns.add(_repeated(child, "columns"), shown=shown, style=style)
        elif tag == f"{n.TABLE}table-row":
            _row(walk, child, here, row, columns, seen=seen, sheet=sheet)
            row += _repeated(child, "rows")
        else:
            walk.walk(child, here)


def _row(walk: "Walk", element: etree._Element, here: Here, row: int,
    columns: "Columns", *, seen: bool, sheet: bool,
) -> None:  # fmt: skip
    if not seen or element.get(f"{n.TABLE}visibility", "visible") != "visible":
        here = here.unseen(Part.HIDDEN_ROW, "隐藏的行")
    column = 1
    for cell in element:
        if len(cell) or any(key != _REPEATED for key in cell.attrib):
            shown, style = columns.at(column)
            inside = here if shown else here.unseen(Part.HIDDEN_COLUMN, "隐藏的列")
            if str(cell.tag) == f"{n.TABLE}covered-table-cell":
                inside = inside.unseen(Part.HIDDEN, "合并单元格盖住的内容")
            inside = inside._replace(row=row, column=column)
            if sheet:
                inside = inside._replace(cell=f"{letters(column)}{row}")
            _cell(walk, cell, inside, cell.get(f"{n.TABLE}style-name", style))
        column += _repeated(cell, "columns")


def _cell(walk: "Walk", element: etree._Element, here: Here, style: str) -> None:
    look = walk.styles.look("table-cell", style)
    ground = look.ground if look.ground not in (None, -1) else here.ground
    here = here._replace(look=look._replace(ground=None).over(here.look), ground=ground)
    pieces: list[Piece] = []
    for child in element:
        if child.tag in (n.P, n.H):
            if pieces:
                pieces.append(Piece("\n", pieces[-1].why))
            pieces += walk.pieces_of(child, here)
    walk.tell(pieces, here)
    whole = "".join(p.text for p in pieces)
    for kept in ("value", "string-value"):
        value = element.get(f"{n.OFFICE}{kept}", "")
        if value and value not in whole and not is_short(value):
            walk.say(here.unseen(Part.HIDDEN, "单元格里保存的值"), value)
    formula = element.get(f"{n.TABLE}formula", "")
    if '"' in formula or LONG_NUMBER.search(formula) or ADDRESS.search(formula):
        walk.say(here.unseen(Part.FIELD, "公式"), formula)
    for child in element:
        if child.tag not in (n.P, n.H):
            walk.walk(child, here)


def _rows(table: etree._Element, *, seen: bool = True) -> Iterator[tuple[etree._Element, bool]]:
    """Rows and columns out of their groups; and whether a group is folded away."""
    groups = ("table-row-group", "table-rows", "table-header-rows", "table-column-group",
              "table-columns", "table-header-columns")  # fmt: skip
    for child in table:
        if str(child.tag).removeprefix(n.TABLE) in groups:
            shown = child.get(f"{n.TABLE}display", "true") != "false"
            yield from _rows(child, seen=seen and shown)
        else:
            yield child, seen


def _repeated(element: etree._Element, what: str) -> int:
    said = element.get(f"{n.TABLE}number-{what}-repeated")
    return 1 if said is None else min(whole(said), _MOST_REPEATED)


def letters(column: int) -> str:
    """The name of a column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
