"""Findings in a list in the light of the matter that an officer chose for its document. Pure.

What stands in a column that the matter lets be shown becomes a note with the reason; every other
column is to be deleted, cell by cell. Nothing is passed over in silence.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from detection.finding import Family, Finding, Severity
from detection.grids import HEAD_ROWS, Cell, Grid
from detection.matters import Choice, Matter, choose

OUTSIDE = "outside-matter"
_LEAST_NAMED = 2
_SOFT = frozenset({Severity.ASK, Severity.NOTE})


class Outside(NamedTuple):
    """A cell of a column that the matter does not show, and why, as a Chinese sentence."""

    cell: Cell
    why: str


class Permitted(NamedTuple):
    """What the matter makes of a reading: findings as they now stand, and cells to delete."""

    found: list[tuple[int, Finding]]
    outside: list[Outside]


def head_row(grid: Grid, matter: Matter) -> int | None:
    """The row that names the most permitted columns; None where none names two."""
    named: dict[int, int] = {}
    for numbers in grid.columns.values():
        for number in numbers[: HEAD_ROWS * 2]:
            row = grid.cell(number).row
            if row <= HEAD_ROWS and choose(matter, [grid.raw(grid.cell(number))]).kept:
                named[row] = named.get(row, 0) + 1
    best = max(named, key=lambda row: (named[row], -row), default=None)
    return best if best is not None and named[best] >= _LEAST_NAMED else None


def columns_of(grid: Grid, matter: Matter, head: int) -> dict[int, Choice]:
    """By column, what the matter says of its head in row `head`; one without a head is dropped."""
    found: dict[int, Choice] = {}
    for column, numbers in grid.columns.items():
        names = [grid.raw(c) for c in map(grid.cell, numbers) if c.row == head]
        found[column] = choose(matter, ["".join(names)])
    return found


def permitted(
    grids: Iterable[Grid], found: Sequence[tuple[int, Finding]], matter: Matter
) -> Permitted:
    """`found` (index of the segment, finding) with each list's columns judged by `matter`."""
    inside: dict[int, list[tuple[int, int]]] = {}
    outside: list[Outside] = []
    for grid in grids:
        head = head_row(grid, matter)
        if head is None:
            continue
        for column, choice in columns_of(grid, matter, head).items():
            cells = [c for c in map(grid.cell, grid.columns[column]) if c.row >= head]
            if choice.kept:
                for cell in cells:
                    inside.setdefault(cell.segment, []).append((cell.start, cell.end))
            else:
                outside += _outside(grid, cells, choice, matter)
    dropped: dict[int, list[Outside]] = {}
    for one in outside:
        dropped.setdefault(one.cell.segment, []).append(one)
    return Permitted(list(_judged(found, inside, dropped, matter)), outside)


def _outside(
    grid: Grid, cells: Sequence[Cell], choice: Choice, matter: Matter
) -> Iterator[Outside]:
    name, why = choice.dropped[0]
    said = f"“{name.strip()}”这一列{why}" if name.strip() else f"没有表头的列不在“{matter.label}”中"
    for cell in cells:
        if grid.raw(cell).strip():
            yield Outside(cell, f"{said}，请删去。")


def _judged(
    found: Sequence[tuple[int, Finding]],
    inside: dict[int, list[tuple[int, int]]],
    dropped: dict[int, list[Outside]],
    matter: Matter,
) -> Iterator[tuple[int, Finding]]:
    allowed = f"按“{matter.label}”可以公开这一列（{matter.basis[0]}），请核对。"
    for index, finding in found:
        if finding.family is not Family.PERSONAL or finding.severity not in _SOFT:
            yield index, finding
            continue
        # Of a list of lines a segment holds several cells: each find lies in its own.
        start, end = finding.span
        why = next(
            (o.why for o in dropped.get(index, ()) if start < o.cell.end and o.cell.start < end), ""
        )
        if why:
            reason = why + finding.reason
            yield index, finding._replace(severity=Severity.ASK, reason=reason, suggest="")
        elif any(first <= start and end <= last for first, last in inside.get(index, ())):
            yield index, finding._replace(severity=Severity.NOTE, reason=allowed + finding.reason)
        else:
            yield index, finding
