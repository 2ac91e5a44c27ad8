"""Lists as grids: the cells of tables, sheets, aligned lines and lines that stand side by side.

Tables and sheets say themselves where a cell stands. A text list says it by tabs or blanks, a page
of OFD or a picture by boxes; such lines become a grid of their own (`lists`).
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from detection.normal import plain
from formats.reading import Place, Segment

LONGEST_HEAD = 24
HEAD_ROWS = 8
_EXPLAINED = re.compile(r"[^()。;:]{1,12}\([^()。;]{1,60}\)")
_FEW_DIGITS = 4
_SHORTEST_TITLE = 6

Key = tuple[object, ...]


class Cell(NamedTuple):
    """At a row and a column: characters `start:end` of a segment (its index in the reading)."""

    row: int
    column: int
    segment: int
    start: int
    end: int


class Grid:
    """Cells by column, in the order of their rows.

    A cell is known by a number: the index of its segment where each segment is one cell, its
    place in `made` where lines were cut into cells. A workbook has a million: none is made early.
    """

    __slots__ = ("columns", "key", "made", "segments")

    def __init__(self, key: Key, segments: Sequence[Segment], made: list[Cell] | None = None):
        """`made`: the cells of lines that were cut; they are entered by `columns`."""
        self.key = key
        self.segments = segments
        self.made = made
        self.columns: dict[int, list[int]] = {}
        for number, cell in enumerate(made or ()):
            self.columns.setdefault(cell.column, []).append(number)

    @property
    def paged(self) -> bool:
        """Whether its rows are lines of a page, so that one cell may take several of them."""
        return self.key[3] is not None

    def cell(self, number: int) -> Cell:
        """The cell of this number."""
        if self.made is not None:
            return self.made[number]
        segment = self.segments[number]
        place = segment.place
        return Cell(place.row or 0, place.column or 0, number, 0, len(segment.text))

    def raw(self, cell: Cell) -> str:
        """Its text as it stands."""
        return self.segments[cell.segment].text[cell.start : cell.end]

    def text(self, number: int) -> str:
        """Its text normalised and without blanks."""
        return squeeze(self.raw(self.cell(number)))

    def rows(self) -> dict[int, list[int]]:
        """The numbers of the cells by row, each row from left to right."""
        found: dict[int, list[int]] = {}
        for column in sorted(self.columns):
            for number in self.columns[column]:
                found.setdefault(self.cell(number).row, []).append(number)
        return found


def squeeze(text: str) -> str:
    """A cell's text normalised and without blanks: `身份证\\n号 码` is 身份证号码."""
    if text.isalnum() and text.isascii():
        return text
    return "".join(plain(text).split())


def may_be_head(text: str) -> bool:
    """Short but for what a bracket behind it explains, and no number of any length in it."""
    short = 0 < len(text) <= LONGEST_HEAD or _EXPLAINED.fullmatch(text) is not None
    return short and sum(c.isdigit() for c in text) < _FEW_DIGITS


def _amount(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def key_of(place: Place) -> Key | None:
    """The table a place belongs to, None if it stands in none. A page's tables are its own."""
    if place.row is None or place.column is None:
        return None
    return place.member, place.path, place.sheet, place.page, place.table


def tabled(segments: Sequence[Segment]) -> dict[Key, Grid]:
    """The tables and sheets, in the order of the reading."""
    found: dict[Key, Grid] = {}
    grid: Grid | None = None
    last: Key | None = None
    for index, segment in enumerate(segments):
        place = segment.place
        if place.row is None or place.column is None or not segment.text:
            continue
        key = (place.member, place.path, place.sheet, place.page, place.table)
        if grid is None or key != last:
            grid = found.get(key)
            if grid is None:
                grid = found[key] = Grid(key, segments)
            last = key
        grid.columns.setdefault(place.column, []).append(index)
    return found


def titles(grid: Grid) -> frozenset[int]:
    """The cells that stand alone above the first row of several: what the whole list is about."""
    alone: set[int] = set()
    for numbers in _first_rows(grid):
        if len(numbers) > 1:
            return frozenset(alone)
        if len(grid.text(numbers[0])) >= _SHORTEST_TITLE:
            alone.add(numbers[0])
    return frozenset()


def top(grid: Grid) -> dict[int, list[int]]:
    """By column, the numbers of the cells that may be its head: short ones of the first rows.

    They end above the first row that begins with a number or holds a long one; a row of one cell
    alone (a title) is none.
    """
    found: dict[int, list[int]] = {}
    for numbers in _first_rows(grid):
        texts = [grid.text(number) for number in numbers]
        if any(_amount(text) for text in texts) or not all(may_be_head(text) for text in texts):
            if found:
                break
            continue
        if len(numbers) > 1 or found:
            for number in numbers:
                found.setdefault(grid.cell(number).column, []).append(number)
    return found


def _first_rows(grid: Grid) -> list[list[int]]:
    """The cells of the first rows, each row from left to right."""
    first: dict[int, list[int]] = {}
    for column in sorted(grid.columns):
        for number in grid.columns[column][: HEAD_ROWS * 2]:
            row = grid.cell(number).row
            if row <= HEAD_ROWS:
                first.setdefault(row, []).append(number)
    return [first[row] for row in sorted(first)]
