"""Numbers that stand in several cells: wrapped in a narrow column of a page, or a digit a cell."""

from collections.abc import Iterable, Iterator, Sequence

from detection.grids import Cell, Grid
from formats.reading import Segment

_SHORTEST = 6
"""Fewer digits in a line and the next line is more likely another number."""

_LONGEST = 21
_WHOLE = frozenset({11, 15, 18})
_BOXES = frozenset({11, 15, 16, 18, 19})
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_ENDS = _DIGITS | frozenset("XxＸｘ")


def chains(segments: Sequence[Segment], grids: Iterable[Grid]) -> Iterator[list[int]]:
    """Indices of segments that may together hold one number, in its order.

    A page's line is a row, so a number that wraps in its cell stands in several rows.
    """
    for grid in grids:
        if grid.paged:
            last = max(numbers[-1] for numbers in grid.columns.values())
            for numbers in grid.columns.values():
                cells = [grid.cell(number) for number in numbers]
                if grid.made is None and _below(segments, cells[-1].segment, last + 1):
                    cells.append(Cell(cells[-1].row + 1, cells[-1].column, last + 1, 0, 0))
                yield from _down(segments, cells)
        if grid.made is None and len(grid.columns) >= min(_BOXES):
            yield from _across(grid)


def _down(segments: Sequence[Segment], cells: Iterable[Cell]) -> Iterator[list[int]]:
    """All lines of a number but its last fill the cell: they are of one length."""
    chain: list[int] = []
    full = size = 0
    for cell in cells:
        text = segments[cell.segment].text.strip()
        number = _number(text)
        if not number or len(text) > full or size + len(text) > _LONGEST:
            if len(chain) > 1:
                yield chain
            chain, full, size = [], 0, 0
        if not number or (not chain and (len(text) < _SHORTEST or len(text) in _WHOLE)):
            continue
        chain.append(cell.segment)
        size += len(text)
        full = full or len(text)
        if len(text) < full:
            yield chain
            chain, full, size = [], 0, 0
    if len(chain) > 1:
        yield chain


def _below(segments: Sequence[Segment], above: int, index: int) -> bool:
    """The line after the table stands right under this cell: it is the cell's last line."""
    if index >= len(segments):
        return False
    one, two = segments[above].place, segments[index].place
    if one.box is None or two.box is None or two.column is not None or one.page != two.page:
        return False
    height = one.box[3] - one.box[1]
    return abs(one.box[0] - two.box[0]) < height / 2 and 0 <= two.box[1] - one.box[3] < height


def _across(grid: Grid) -> Iterator[list[int]]:
    singles: dict[int, list[tuple[int, int]]] = {}
    for column, numbers in grid.columns.items():
        for number in numbers:
            text = grid.segments[number].text
            if len(text) == 1 and text in _ENDS:
                singles.setdefault(grid.cell(number).row, []).append((column, number))
    for found in singles.values():
        run: list[int] = []
        last = 0
        for column, number in sorted(found):
            if run and column != last + 1:
                if len(run) in _BOXES:
                    yield run
                run = []
            run.append(number)
            last = column
        if len(run) in _BOXES:
            yield run


def _number(text: str) -> bool:
    return bool(text) and text[-1] in _ENDS and all(c in _DIGITS for c in text[:-1])
