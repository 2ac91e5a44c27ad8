"""Gaps inside a line: the borders of the cells of a table and of columns."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from formats.pdf.document import Box


class Gap(NamedTuple):
    """Where a line may be cut: after `end` characters, going on at `start`.

    `before` and `after` are the boxes of the characters there; `wide`: it is cut there whatever
    stands above and below.
    """

    end: int
    start: int
    before: Box
    after: Box
    wide: bool


gap_of = partial(tuple.__new__, Gap)
"""As the class itself, of a tuple; in half the time."""


def repeated(gap: Gap, beside: Sequence[Gap]) -> bool:
    """Whether a line above or below has a gap in the same place."""
    left, right = gap.before[2], gap.after[0]
    for other in beside:
        shared = min(right, other.after[0]) - max(left, other.before[2])
        if shared > (right - left) / 2:
            return True
    return False


def jumps(before: Box, after: Box, *, level: bool) -> bool:
    """Whether the text goes on in another line. `level`: lines run across the page, not along."""
    low, high = (1, 3) if level else (0, 2)
    size = before[high] - before[low]
    return abs(after[low] + after[high] - before[low] - before[high]) > size > 0


def turned(before: Box, after: Box) -> tuple[float, float]:
    """The gap between characters that do not follow to the right, and the size of the first."""
    across = before[0] - after[2]
    along = max(after[1] - before[3], before[1] - after[3])
    return max(across, along), min(before[3] - before[1], before[2] - before[0])


def split(box: Box, gap: Gap) -> tuple[Box, Box]:
    """The box of a line in two at a gap."""
    before, after = gap.before, gap.after
    if after[0] > before[2]:
        return (box[0], box[1], before[2], box[3]), (after[0], box[1], box[2], box[3])
    if before[0] > after[2]:
        return (before[0], box[1], box[2], box[3]), (box[0], box[1], after[2], box[3])
    if after[1] > before[3]:
        return (box[0], box[1], box[2], before[3]), (box[0], after[1], box[2], box[3])
    return (box[0], before[1], box[2], box[3]), (box[0], box[1], box[2], after[3])


def union(one: Box, other: Box) -> Box:
    """The box around two boxes."""
    left, bottom, right, top = one
    if other[0] < left:
        left = other[0]
    if other[1] < bottom:
        bottom = other[1]
    if other[2] > right:
        right = other[2]
    if other[3] > top:
        top = other[3]
    return (left, bottom, right, top)
