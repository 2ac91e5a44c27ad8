"""The three statutory tables as grids of merged cells, and how a cell reads and changes `Tables`.

Labels and order: 国办公开办函〔2021〕30号, `resources/law/annual_report.toml`. Totals are computed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

import resources
from models.reporting.checks import Check
from models.reporting.tables import COLUMNS, Cells, Tables

TOTAL = COLUMNS - 1
BLOCK = 5


class Field(NamedTuple):
    """One number: `table` 2, 3 or 4; `key` a row (empty in table 4); `number` its place in it."""

    table: int
    key: str
    number: int

    @property
    def decimal(self) -> bool:
        """Only the fee, in 万元, has decimals."""
        return self.key == "fee_wan"

    @property
    def computed(self) -> bool:
        """Totals are added up, never typed."""
        if self.table == 3:
            return self.number == TOTAL or self.key == "total"
        return self.table == 4 and self.number % BLOCK == BLOCK - 1


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell over `rows` x `columns`, with a label or a number."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    text: str = ""
    field: Field | None = None
    head: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: its size and its cells; every position is covered by exactly one cell."""

    title: str
    rows: int
    columns: int
    cells: tuple[GridCell, ...]


def labels() -> dict[str, Any]:
    """The form's labels."""
    return resources.table("law/annual_report.toml")


@cache
def grids() -> tuple[Grid, Grid, Grid]:
    """Sections 二, 三 and 四."""
    names = labels()
    heads = [section["heading"] for section in names["sections"]]
    return (
        _second(heads[1], names["table2"]),
        _third(heads[2], names["table3"]),
        _fourth(heads[3], names["table4"]),
    )


def _second(title: str, names: dict[str, Any]) -> Grid:
    cells: list[GridCell] = []
    row, heading = 0, -1
    for item in names["rows"]:
        if item["heading"] != heading:
            heading = item["heading"]
            cells.append(GridCell(row, 0, 1, 4, names["headings"][heading], head=True))
            row += 1
            words = (names["documents"], names["decisions"], names["decisions"], names["fees"])
            subtitle: Sequence[str] = words[heading]
            cells.append(GridCell(row, 0, text=subtitle[0], head=True))
            width = 1 if len(subtitle) == 4 else 3
            for number, word in enumerate(subtitle[1:]):
                cells.append(GridCell(row, 1 + number, 1, width, word, head=True))
            row += 1
        cells.append(GridCell(row, 0, text=item["label"]))
        if heading == 0:
            for number in range(3):
                cells.append(GridCell(row, 1 + number, field=Field(2, item["key"], number)))
        else:
            cells.append(GridCell(row, 1, 1, 3, field=Field(2, item["key"], 0)))
        row += 1
    return Grid(title, row, 4, tuple(cells))


def _third(title: str, names: dict[str, Any]) -> Grid:
    columns: Sequence[str] = names["columns"]
    cells = [
        GridCell(0, 0, 3, 3, names["corner"], head=True),
        GridCell(0, 3, 1, 7, names["applicants"], head=True),
        GridCell(1, 3, 2, 1, columns[0], head=True),
        GridCell(1, 4, 1, 5, names["organisations"], head=True),
        GridCell(1, 9, 2, 1, columns[-1], head=True),
        *(GridCell(2, 4 + n, text=columns[1 + n], head=True) for n in range(5)),
    ]
    items = names["rows"]
    outcome = [n for n, item in enumerate(items) if item["key"] not in _OUTSIDE]
    for number, item in enumerate(items):
        row = 3 + number
        if number == outcome[0]:
            cells.append(GridCell(row, 0, len(outcome), 1, names["outcome"]))
        if item["key"] in _OUTSIDE:
            cells.append(GridCell(row, 0, 1, 3, item["label"]))
        elif "group" not in item:
            cells.append(GridCell(row, 1, 1, 2, item["label"]))
        else:
            if items[number - 1].get("group") != item["group"]:
                high = sum(other.get("group") == item["group"] for other in items)
                cells.append(GridCell(row, 1, high, 1, item["group"]))
            cells.append(GridCell(row, 2, text=item["label"]))
        for column in range(COLUMNS):
            cells.append(GridCell(row, 3 + column, field=Field(3, item["key"], column)))
    return Grid(title, 3 + len(items), 3 + COLUMNS, tuple(cells))


_OUTSIDE = frozenset({"new", "carried_in", "carried_out"})


def _fourth(title: str, names: dict[str, Any]) -> Grid:
    columns: Sequence[str] = names["columns"]
    blocks: Sequence[str] = names["blocks"]
    cells = [
        GridCell(0, 0, 1, BLOCK, names["review"], head=True),
        GridCell(0, BLOCK, 1, 2 * BLOCK, names["litigation"], head=True),
        *(GridCell(1, n, 2, 1, columns[n], head=True) for n in range(BLOCK)),
        GridCell(1, BLOCK, 1, BLOCK, blocks[1], head=True),
        GridCell(1, 2 * BLOCK, 1, BLOCK, blocks[2], head=True),
        *(
            GridCell(2, start + n, text=columns[n], head=True)
            for start in (BLOCK, 2 * BLOCK)
            for n in range(BLOCK)
        ),
        *(GridCell(3, n, field=Field(4, "", n)) for n in range(3 * BLOCK)),
    ]
    return Grid(title, 4, 3 * BLOCK, tuple(cells))


# -- numbers ----------------------------------------------------------------------------------


def get(tables: Tables, field: Field) -> int | Decimal | None:
    """The number in a cell; None where it could not be read."""
    if field.table == 4:
        return tables.table4.cells[field.number]
    if field.table == 3:
        return tables.table3.rows[field.key][field.number]
    value = getattr(tables.table2, field.key)
    found: int | Decimal | None = value[field.number] if isinstance(value, tuple) else value
    return found


def put(tables: Tables, field: Field, value: int | Decimal | None) -> Tables:
    """A copy with one cell changed and every total added up anew."""
    if field.table == 4:
        cells = _with(tables.table4.cells, field.number, value)
        return totalled(replace(tables, table4=replace(tables.table4, cells=cells)))
    if field.table == 3:
        row = _with(tables.table3.rows[field.key], field.number, value)
        return totalled(replace(tables, table3=tables.table3.with_row(field.key, row)))
    before = getattr(tables.table2, field.key)
    if isinstance(before, tuple):
        return tables.with_table2(**{field.key: _with(before, field.number, value)})
    return tables.with_table2(**{field.key: value})


def totalled(tables: Tables) -> Tables:
    """Every total added up from its parts; None where a part could not be read."""
    rows = {key: (*cells[:TOTAL], _sum(cells[:TOTAL])) for key, cells in tables.table3.rows.items()}
    parts = [key for key in rows if key not in _OUTSIDE and key != "total"]
    rows["total"] = tuple(_sum([rows[key][n] for key in parts]) for n in range(COLUMNS))
    blocks = [(*block[:-1], _sum(block[:-1])) for block in tables.table4.blocks]
    return replace(
        tables,
        table3=replace(tables.table3, rows=rows),
        table4=replace(tables.table4, cells=tuple(cell for block in blocks for cell in block)),
    )


def _sum(cells: Sequence[int | None]) -> int | None:
    known = [cell for cell in cells if cell is not None]
    return sum(known) if len(known) == len(cells) else None


def _with(cells: Cells, number: int, value: int | Decimal | None) -> Cells:
    changed = None if value is None else int(value)
    return (*cells[:number], changed, *cells[number + 1 :])


def shown(value: int | Decimal | None) -> str:
    """As it stands in the cell; nothing for what could not be read."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def field_of(check: Check, number: int) -> Field | None:
    """The cell a check speaks of; `number`: how manieth of its rule it is, from 0."""
    rows = [row["key"] for row in labels()["table3"]["rows"]]
    if check.rule == "A1":
        return Field(3, "carried_in", number)
    if check.rule == "A2":
        return Field(3, "total", number)
    if check.rule == "A3" and number < len(rows):
        return Field(3, rows[number], TOTAL)
    if check.rule == "A4":
        return Field(4, "", number * BLOCK + BLOCK - 1)
    if check.rule == "D3":
        return Field(2, "regulations", 0)
    return None
