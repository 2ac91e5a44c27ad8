"""The rows of a table as figures and labels: what the checks of sums and shares read."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from detection.grids import Cell, Grid, squeeze

_NUMBER = re.compile(
    r"[¥￥]?(?P<sign>-?)(?P<value>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,6})?|[0-9]{1,12}(?:\.[0-9]{1,6})?)"
    r"(?P<unit>%|[万亿]?元|[人户个项件次份套亩吨])?"
)
_TOTAL = re.compile(r"[一-龥]{0,6}(?:合计|总计|共计)(?:数|金额|人数|户数)?[:：]?(?:\([^)]{1,8}\))?")
_SUBTOTAL = re.compile(r"[一-龥]{0,6}小计(?:数|金额)?[:：]?(?:\([^)]{1,8}\))?")
_PART_OF = re.compile(r"^(?:其中|#|＃)|其中[:：]")
_LABELS = 4
LONGEST = 40
"""Characters of a cell that may be a figure or a label."""


class Entry(NamedTuple):
    """A cell and what it says: `value` is None where it is no figure."""

    cell: Cell
    text: str
    value: Decimal | None
    percent: bool


Rows = dict[int, dict[int, Entry]]
"""By row and column."""


def rows_of(grid: Grid) -> Rows:
    """The seen cells of a grid, the rows in their order."""
    found: Rows = {}
    for numbers in grid.columns.values():
        for number in numbers:
            cell = grid.cell(number)
            if grid.segments[cell.segment].visible:
                row = found.setdefault(cell.row, {})
                # Runs of one cell that a revision parts: what it holds is not known for sure.
                raw = "?" if cell.column in row else grid.raw(cell)
                row[cell.column] = _entry(cell, raw)
    return {number: found[number] for number in sorted(found)}


def _entry(cell: Cell, raw: str) -> Entry:
    text = squeeze(raw) if len(raw) <= LONGEST else "…"
    match = _NUMBER.fullmatch(text)
    if not match:
        return Entry(cell, text, None, percent=False)
    value = Decimal(match["sign"] + match["value"].replace(",", ""))
    return Entry(cell, text, value, percent=match["unit"] == "%")


def label_of(row: dict[int, Entry]) -> str:
    """`total`, `sub`, `part` (其中) or nothing, by the first cells of a row."""
    for column in sorted(row)[:_LABELS]:
        text = row[column].text
        if _TOTAL.fullmatch(text):
            return "total"
        if _SUBTOTAL.fullmatch(text):
            return "sub"
        if _PART_OF.match(text):
            return "part"
    return ""


def heads_of(rows: Rows) -> tuple[int, dict[int, str]]:
    """The first row that holds figures, and the heads of the columns above it."""
    heads: dict[int, list[str]] = {}
    for number, row in rows.items():
        figures = [c for c in row.values() if c.value is not None]
        # A figure under a head of its own is one, be it 1990 households.
        headed = all(c.cell.column in heads for c in figures)
        if figures and (len(row) > 1 or label_of(row)) and (headed or not _years(figures)):
            return number, {column: "".join(texts) for column, texts in heads.items()}
        for column, cell in row.items():
            heads.setdefault(column, []).append(cell.text)
    return max(rows) + 1, {}


def _years(figures: Sequence[Entry]) -> bool:
    """Heads that are years: 2024, 2025."""
    return all(c.text.isdigit() and 1990 <= int(c.text) <= 2060 for c in figures)


def full_rows(rows: Rows) -> Rows:
    """Of a table whose rows are the lines of a page: those of figures, each with all of them.

    A line of words alone goes on in a cell above it. Nothing where a line lacks a figure that the
    total has: it may be half a row.
    """
    first, heads = heads_of(rows)
    figured = {
        number: row
        for number, row in rows.items()
        if number >= first and any(entry.value is not None for entry in row.values())
    }
    total = next((row for row in figured.values() if label_of(row) == "total"), None)
    if not heads or total is None:
        return {}
    wanted = {column for column, entry in total.items() if entry.value is not None}
    if not all(wanted <= row.keys() for row in figured.values()):
        return {}
    return {number: row for number, row in rows.items() if number < first} | figured
