"""Where rows and columns move when the hidden ones are taken out."""

from bisect import bisect_left
from collections.abc import Iterable

from formats.sheet.references import Range, letters_of


class ClosedUp:
    """Old numbers to new ones along one direction; `hidden` are the numbers taken out."""

    def __init__(self, hidden: Iterable[int] = ()) -> None:
        self._sorted = sorted(hidden)
        self._hidden = set(self._sorted)

    def take_out(self, number: int) -> None:
        """One more that is hidden; called from the lowest number up."""
        self._sorted.append(number)
        self._hidden.add(number)

    def keeps(self, number: int) -> bool:
        """Whether the row or column is still there."""
        return number not in self._hidden

    def new(self, number: int) -> int:
        """The new number of one that is kept; of a hidden one, that of the next kept one."""
        return number - bisect_left(self._sorted, number)

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """What is left of first..last (both included), None if nothing."""
        start, end = self.new(first), self.new(last + 1) - 1
        return (start, end) if start <= end else None


def moved(area: Range, rows: ClosedUp, columns: ClosedUp) -> Range | None:
    """A merged range after closing up; None when nothing or a single cell is left."""
    across, down = columns.span(area.left, area.right), rows.span(area.top, area.bottom)
    if across is None or down is None:
        return None
    left = Range(across[0], down[0], across[1], down[1])
    return left if left.area > 1 else None


def reference(row: int, column: int) -> str:
    """`B3`."""
    return f"{letters_of(column)}{row}"
