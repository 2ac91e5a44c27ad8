"""What a column of a list is by its rows, each read as a line: the cells beside it say it too."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import accumulate

from detection.fact_sight import KINDS
from detection.grids import Cell, Grid
from detection.heads import Heads
from detection.normal import plain
from detection.tagger import tagger

COLUMNS: Mapping[str, str] = {"home": "address", "health": "health", "crime": KINDS["crime"]}
"""By what the tagger tells apart, the rule whose columns hold such."""

_SAMPLE = 30
_LEAST_CELLS, _MOST = 3, 0.5
_LONGEST_CELL = 60
_HALF = 0.5


def read(grid: Grid, columns: Collection[int], heads: Heads) -> Iterator[tuple[int, str]]:
    """Those of `columns` of whose cells the tagger takes one in two for the same, and its kind."""
    rows = list(_sampled(grid, heads)) if columns else []
    if len(rows) < _LEAST_CELLS:
        return
    cells = Counter(grid.cell(number).column for row in rows for number in row)
    for (column, kind), count in Counter(_taken(grid, rows)).items():
        if column in columns and count >= max(_LEAST_CELLS, _MOST * cells[column]):
            yield column, kind


def _sampled(grid: Grid, heads: Heads) -> Iterator[list[int]]:
    """Some rows below the heads, each from left to right: of a million cells no more are seen."""
    columns = [grid.columns[column] for column in sorted(grid.columns)]
    longest = max(columns, key=len)
    for number in longest[:: max(1, len(longest) // _SAMPLE)]:
        row = grid.cell(number).row
        if row not in heads.rows:
            found = (_in_row(grid, numbers, row) for numbers in columns)
            yield [number for number in found if number is not None]


def _in_row(grid: Grid, numbers: Sequence[int], row: int) -> int | None:
    """The cell of a column (`numbers`, in the order of their rows) that stands in a row."""
    at = bisect_left(numbers, row, key=lambda number: grid.cell(number).row)
    return numbers[at] if at < len(numbers) and grid.cell(numbers[at]).row == row else None


def _taken(grid: Grid, rows: Sequence[Sequence[int]]) -> Iterator[tuple[int, str]]:
    """Column and kind of each cell that is taken for something."""
    cells = [[grid.cell(number) for number in row] for row in rows]
    texts = [[_said(grid, cell) for cell in row] for row in cells]
    starts = [list(accumulate((len(one) + 1 for one in row), initial=0)) for row in texts]
    found: set[tuple[int, int, str]] = set()
    for one in tagger().read(map(" ".join, texts)):
        number = bisect_right(starts[one.line], one.start) - 1
        start, size = starts[one.line][number], len(texts[one.line][number])
        if one.kind in COLUMNS and min(one.end, start + size) - one.start >= _HALF * size:
            found.add((one.line, number, one.kind))
    return ((cells[line][number].column, kind) for line, number, kind in found)


def _said(grid: Grid, cell: Cell) -> str:
    return " ".join(plain(grid.raw(cell)[:_LONGEST_CELL]).split())
