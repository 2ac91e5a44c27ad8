"""Cell references and ranges: `B3`, `A1:C9`, column letters (ECMA-376-1, 18.18.62)."""

import re
from functools import cache
from typing import NamedTuple

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_COLUMNS: dict[str, int] = {}


class Range(NamedTuple):
    """A rectangle of cells, bounds included, counted from 1."""

    left: int
    top: int
    right: int
    bottom: int

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell is inside."""
        return self.left <= column <= self.right and self.top <= row <= self.bottom

    @property
    def area(self) -> int:
        """How many cells."""
        return (self.right - self.left + 1) * (self.bottom - self.top + 1)


def column_of(reference: str) -> int:
    """The column number of a reference like `AB12`; 1 where there are no letters."""
    letters = reference.rstrip("0123456789")
    number = _COLUMNS.get(letters)
    if number is None:
        number = 0
        for letter in letters.replace("$", "").upper()[:3]:
            if "A" <= letter <= "Z":
                number = number * 26 + ord(letter) - 64
        number = min(max(number, 1), MOST_COLUMNS)
        if len(_COLUMNS) < MOST_COLUMNS:
            _COLUMNS[letters] = number
    return number


@cache
def letters_of(column: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def parse_range(text: str) -> Range | None:
    """`A1:C3` or `B2`; None for anything else."""
    first, _, last = text.partition(":")
    start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
    if start is None or end is None:
        return None
    columns = sorted((column_of(start[1]), column_of(end[1])))
    rows = sorted((int(start[2]), int(end[2])))
    return Range(columns[0], max(1, rows[0]), columns[1], min(MOST_ROWS, rows[1]))
