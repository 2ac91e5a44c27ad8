"""A public list as a ruled table: widths from the contents, a head repeated on each page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from detection import matters
from exporters import masks
from exporters.gbt9704 import tables
from exporters.gbt9704.measures import (
    HEITI,
    SIZE_4,
    SIZE_5,
    SIZE_SMALL_4,
    SIZE_SMALL_5,
    TYPE_WIDTH,
    Mm,
    Pt,
    Twips,
    twips,
)
from exporters.gbt9704.shape import width
from exporters.gbt9704.tables import Face
from exporters.gbt9704.writer import Paper

_NUMERIC = re.compile(
    r"[+-]?[0-9]{1,3}(?:[,，]?[0-9]{3})*(?:\.[0-9]+)?%?|[+-]?[0-9]+(?:\.[0-9]+)?%?"
)


@dataclass(frozen=True, slots=True)
class ListTable:
    """What is printed: names, cells already masked, and one alignment a column."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    aligns: tuple[str, ...]


def pick(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    kept: Sequence[tuple[int, matters.Column]],
    *,
    names: bool,
) -> ListTable:
    """Take the kept columns in the list's own order; mask villages, and names when asked."""
    body = tuple(tuple(_cell(row[place], c, names) for place, c in kept) for row in rows)
    aligns = []
    for index, (_, column) in enumerate(kept):
        cells = [row[index] for row in body if row[index]]
        numeric = bool(cells) and all(_NUMERIC.fullmatch(cell) for cell in cells)
        align = column.align
        if column.align == "right" and not numeric:
            align = "center"
        aligns.append(align)
    return ListTable(tuple(columns[place].strip() for place, _ in kept), body, tuple(aligns))


def _cell(text: str, column: matters.Column, names: bool) -> str:
    text = " ".join(text.split())
    if column.mask == "name" and names:
        return masks.masked_name(text)
    if column.mask == "village":
        return masks.village(text)
    return text


def draw(paper: Paper, table: ListTable) -> None:
    """Add the table, as large as fits the width without breaking a cell, from 14 pt down to 9."""
    size, widths = _fit(table)
    line = Pt(size + 4)
    drawn = tables.grid(paper, 1 + len(table.rows), widths)
    cells = drawn._cells
    wide = len(table.head)
    for column, name in enumerate(table.head):
        tables.write(cells[column], name, Face(HEITI, size, line=line))
    insets = [_inset(table, column, size, room) for column, room in enumerate(widths)]
    for number, row in enumerate(table.rows, 1):
        for column, text in enumerate(row):
            face = Face(size=size, align=table.aligns[column], line=line, inset=insets[column])
            tables.write(cells[number * wide + column], text, face)
    for row_number in range(1 + len(table.rows)):
        tables.set_height(drawn, row_number, Twips(round(size * 20 * 1.75)))
    tables.repeat_head(drawn)
    tables.keep_rows_whole(drawn)


def _fit(table: ListTable) -> tuple[Pt, list[Twips]]:
    """The largest size at which each column holds its longest cell, and the widths in twips."""
    whole = int(twips(Mm(TYPE_WIDTH)))
    needs = [
        max(width(text) for text in (name, *(row[i] for row in table.rows)))
        for i, name in enumerate(table.head)
    ]
    for size in (SIZE_4, SIZE_SMALL_4, SIZE_5, SIZE_SMALL_5):
        natural = [round((need + 0.6) * size * 20) + 2 * tables.PADDING for need in needs]
        if sum(natural) <= whole:
            spare = (whole - sum(natural)) // len(natural)
            return size, [Twips(n + spare) for n in natural]
    capped = [min(need, 14.0) for need in needs]
    share = whole / sum(capped)
    return SIZE_SMALL_5, [Twips(int(need * share)) for need in capped]


def _inset(table: ListTable, column: int, size: Pt, room: Twips) -> Twips:
    """Numbers line up on the right among themselves and stand in the middle of their column."""
    if table.aligns[column] != "right":
        return Twips(0)
    longest = max(width(row[column]) for row in table.rows) * size * 20
    return Twips(max(0, round((room - 2 * tables.PADDING - longest) / 2)))
