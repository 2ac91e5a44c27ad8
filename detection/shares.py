"""Shares in tables: a column called 占比 whose parts do not come to a hundred."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from detection.doubt import Doubt
from detection.table_rows import Entry, Rows, heads_of, label_of

RULE = "sum-mismatch"

_SHARE = re.compile(
    r"占比|比重|构成比|所占(?:比例|百分比)|占(?:总数|全部|合计|全镇|全县)[一-龥]{0,4}(?:比|%)"
)
_MAYBE = re.compile(r"^(?:比例|百分比)(?:\(%\))?$")
_LEAST = 3
_WHOLE = Decimal(100)
_NEAR = Decimal(10)
"""Parts that come nearer to a hundred than this are meant to be all of it."""


def wrong_shares(rows: Rows) -> Iterator[Doubt]:
    """A doubt at the total of such a column, or at its head where no total stands."""
    first, heads = heads_of(rows)
    for column, head in heads.items():
        if _SHARE.search(head) or _MAYBE.search(head):
            yield from _column(rows, first, column, surely=bool(_SHARE.search(head)))


def _column(rows: Rows, first: int, column: int, *, surely: bool) -> Iterator[Doubt]:
    parts: list[Decimal] = []
    total: Entry | None = None
    for number, row in rows.items():
        if number < first:
            continue
        label = label_of(row)
        entry = row.get(column)
        if label in {"sub", "part"} or total is not None:
            return  # parts of parts: nobody can tell which make up the whole
        if entry is None:
            continue
        if label == "total":
            total = entry
        elif entry.value is None or not 0 <= entry.value <= _WHOLE:
            return
        else:
            parts.append(entry.value)
    if len(parts) < _LEAST or (total is None and not surely):
        return
    said = _said(parts, total)
    if said is None:
        return
    at = total or _head(rows, first, column)
    if at is not None:
        cell = at.cell
        yield Doubt(RULE, cell.segment, (cell.start, cell.end), said)


def _said(parts: Sequence[Decimal], total: Entry | None) -> str | None:
    """What is wrong, None where nothing is or the parts are no shares of one whole."""
    found = sum(parts, Decimal(0))
    places = max(max(0, -int(part.as_tuple().exponent)) for part in parts)
    slack = Decimal(len(parts)) / 2 * Decimal(1).scaleb(-places)
    if total is not None and total.value is not None and total.value != _WHOLE:
        return None
    if abs(found - _WHOLE) <= slack or abs(found - _WHOLE) > _NEAR:
        return None
    return f"这一列各项相加是 {found}%，不是 100%。"


def _head(rows: Mapping[int, dict[int, Entry]], first: int, column: int) -> Entry | None:
    above = [row[column] for number, row in rows.items() if number < first and column in row]
    return above[-1] if above else None
