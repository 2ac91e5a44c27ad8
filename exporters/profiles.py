"""A list made fit for a matter: orders to the knife that empty every column not on the whitelist.

The whitelist is the notice's (resources/masks): what a 公示 may print is what a list may show.
"""

from collections import defaultdict
from collections.abc import Iterable

from exporters import masks
from formats.reading import Mark, Part, Reading, Segment
from models.kernel.errors import Refused

_HEAD_WITHIN = 8
"""Heads stand in the first rows; further down a cell of the same words is content."""

_Grid = tuple[str | None, str | None, int | None]


def marks(reading: Reading, matter_name: str) -> list[Mark]:
    """Orders for every visible table and sheet of `reading`, heads of dropped columns included.

    Raises Refused where the matter is unknown or no table has a head that names its columns.
    """
    matter = masks.find(matter_name)
    if matter is None:
        known = "、".join(m.label for m in masks.matters())
        raise Refused(f"没有“{matter_name}”这个事项。可用：{known}。")
    orders: list[Mark] = []
    found = False
    for cells in _grids(reading.segments).values():
        head = _head(cells, matter)
        if head is None:
            continue
        found = True
        columns = [s for s in cells if s.place.row == head]
        dropped = {s.place.column for s in columns if masks.choose(matter, [s.text]).dropped}
        orders += [
            Mark(s.place, (0, len(s.text)), "")
            for s in cells
            if s.place.column in dropped and (s.place.row or 0) >= head
        ]
    if not found:
        raise Refused("没有找到带表头的名单，不能按事项保留列。请检查表头是否写明各列名称。")
    return orders


def _grids(segments: Iterable[Segment]) -> dict[_Grid, list[Segment]]:
    """The visible cells of each sheet and table."""
    grids: dict[_Grid, list[Segment]] = defaultdict(list)
    for segment in segments:
        place = segment.place
        if segment.visible and place.part in {Part.CELL, Part.TABLE} and place.row is not None:
            grids[place.member, place.sheet, place.table].append(segment)
    return grids


def _head(cells: list[Segment], matter: masks.Matter) -> int | None:
    """The row that names the most permitted columns; None where none names two."""
    named: dict[int, int] = defaultdict(int)
    for cell in cells:
        row = cell.place.row or 0
        if row <= _HEAD_WITHIN and masks.choose(matter, [cell.text]).kept:
            named[row] += 1
    best = max(named, key=lambda row: (named[row], -row), default=None)
    return best if best is not None and named[best] >= 2 else None
