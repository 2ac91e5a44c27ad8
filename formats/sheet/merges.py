"""Merged cells: only the top left one is shown, whatever the others still hold."""

from collections.abc import Iterable

from formats.sheet.references import Range

# Larger merges are asked one by one, for each cell, instead of being spread out into cells.
WIDE = 5_000
MOST_WIDE = 100
MOST_SPREAD = 1_000_000


class Merges:
    """The merged ranges of one sheet."""

    def __init__(self, ranges: Iterable[Range]) -> None:
        self.ranges = tuple(r for r in ranges if r.area > 1)
        self.by_corner = {(r.top, r.left): r for r in self.ranges}
        self._wide: list[Range] = []
        self._covered: set[tuple[int, int]] = set()
        room = MOST_SPREAD
        for merge in self.ranges:
            if merge.area > WIDE or merge.area > room:
                if len(self._wide) < MOST_WIDE:
                    self._wide.append(merge)
                continue
            room -= merge.area
            self._covered.update(
                (row, column)
                for row in range(merge.top, merge.bottom + 1)
                for column in range(merge.left, merge.right + 1)
            )
            self._covered.discard((merge.top, merge.left))

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def covers(self, row: int, column: int) -> bool:
        """Whether a merge hides this cell behind its top left one."""
        if (row, column) in self._covered:
            return True
        return any(
            left <= column <= right and top <= row <= bottom and (row, column) != (top, left)
            for left, top, right, bottom in self._wide
        )
