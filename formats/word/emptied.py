"""Columns of a table of which nothing is left: they go with their heads, the rest closes up."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from formats.word import names as n

_W = f"{n.W}w"
_SPAN = f"{n.W}gridSpan"
# What says something without letters of the text's own.
_FILLS = (n.DRAWING, f"{n.W}pict", f"{n.W}object", f"{n.W}sym", f"{n.MATH}oMath")
# What else may stand between rows and cells; anything more, and the table is left as it is.
_BESIDE = frozenset(f"{n.W}{name}" for name in ("bookmarkStart", "bookmarkEnd", "proofErr"))
_IN_TABLE = frozenset({n.TBLPR, n.GRID, n.TR}) | _BESIDE
_IN_ROW = frozenset({n.TRPR, f"{n.W}tblPrEx", n.TC}) | _BESIDE
_UNEVEN = (f"{n.W}gridBefore", f"{n.W}gridAfter", f"{n.W}hMerge")


class _Cell(NamedTuple):
    """A cell and the columns of the grid it covers, the last one included."""

    element: etree._Element
    first: int
    last: int


def cell_of(element: etree._Element | None) -> etree._Element | None:
    """The table cell an element stands in."""
    while element is not None and element.tag != n.TC:
        element = element.getparent()
    return element


def take_out_emptied(touched: Iterable[etree._Element]) -> None:
    """Take out the columns of which nothing is left.

    `touched`: the cells that were cut. A column of which fewer than two were is left alone: it was
    empty before, to be filled in by hand.
    """
    cut = set(touched)
    tables = {row.getparent() for cell in cut if (row := cell.getparent()) is not None}
    for table in tables:
        if table is not None:
            _close_up(table, cut)


def _close_up(table: etree._Element, cut: set[etree._Element]) -> None:
    rows = _rows(table)
    if rows is None:
        return
    single: dict[int, list[etree._Element]] = {}
    for cell in (cell for row in rows for cell in row if cell.first == cell.last):
        single.setdefault(cell.first, []).append(cell.element)
    gone = {
        column
        for column, cells in single.items()
        if sum(cell in cut for cell in cells) > 1 and all(map(_is_blank, cells))
    }
    if not gone or len(gone) >= max(cell.last for row in rows for cell in row) + 1:
        return
    for row in rows:
        for cell in row:
            _shrink(cell, gone)
    _rescale(table, gone)


def _rows(table: etree._Element) -> list[list[_Cell]] | None:
    """The cells row by row, None for a table whose rows do not cover the same columns."""
    if any(child.tag not in _IN_TABLE for child in table):
        return None
    rows = []
    for row in table.iterchildren(n.TR):
        if any(child.tag not in _IN_ROW for child in row):
            return None
        rows.append(list(_cells(row)))
    uneven = any(True for row in table.iterchildren(n.TR) for _ in _own(row, _UNEVEN))
    widths = {row[-1].last for row in rows if row}
    return None if uneven or len(widths) != 1 or not all(rows) else rows


def _own(row: etree._Element, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """Properties of a row and its cells, not of tables inside them."""
    for holder in row.iterchildren(n.TRPR, n.TC):
        properties = holder if holder.tag == n.TRPR else holder.find(n.TCPR)
        if properties is not None:
            yield from properties.iterchildren(*tags)


def _cells(row: etree._Element) -> Iterator[_Cell]:
    at = 0
    for element in row.iterchildren(n.TC):
        span = element.find(f"{n.TCPR}/{_SPAN}")
        width = max(1, _number(span.get(n.VAL) if span is not None else "1"))
        yield _Cell(element, at, at + width - 1)
        at += width


def _is_blank(cell: etree._Element) -> bool:
    said = "".join(text.text or "" for text in cell.iter(n.T)).strip()
    return not said and next(cell.iter(*_FILLS), None) is None


def _shrink(cell: _Cell, gone: set[int]) -> None:
    lost = sum(cell.first <= column <= cell.last for column in gone)
    left = cell.last - cell.first + 1 - lost
    parent = cell.element.getparent()
    if not left and parent is not None:
        parent.remove(cell.element)
    elif lost and (span := cell.element.find(f"{n.TCPR}/{_SPAN}")) is not None:
        span.set(n.VAL, str(left))


def _rescale(table: etree._Element, gone: set[int]) -> None:
    """The columns that are left share the width of the table."""
    grid = table.find(n.GRID)
    columns = list(grid) if grid is not None else []
    widths = [_number(column.get(_W)) for column in columns]
    left = sum(width for number, width in enumerate(widths) if number not in gone)
    if grid is None or not left:
        return
    for number, column in enumerate(columns):
        if number in gone:
            grid.remove(column)
        else:
            column.set(_W, str(widths[number] * sum(widths) // left))
    for width in (w for row in table.iterchildren(n.TR) for w in _widths(row)):
        width.set(_W, str(_number(width.get(_W)) * sum(widths) // left))


def _widths(row: etree._Element) -> Iterator[etree._Element]:
    for cell in row.iterchildren(n.TC):
        width = cell.find(f"{n.TCPR}/{n.W}tcW")
        if width is not None and width.get(f"{n.W}type") == "dxa":
            yield width


def _number(text: str | None) -> int:
    try:
        return int(text or "0")
    except ValueError:
        return 0
