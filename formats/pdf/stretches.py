"""The lines of a page as pdfium writes them: their characters by index, their boxes and the gaps in
them. Nothing is cut here and nothing judged (`lines`)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice, pairwise, repeat, starmap
from typing import NamedTuple

from formats.pdf.document import Box
from formats.pdf.gaps import Gap, gap_of, jumps, turned
from formats.pdf.native import is_generated, loose_boxes

# What stands between two texts of a line; begun at its first sign only, however long it is.
_INNER = re.compile(r"(?<![^\S\r\n])[^\S\r\n]++(?=\S)")
# The same for pages that have no other spaces than the common one: found faster.
_PLAIN_INNER = re.compile(r" (?<!  ) *+(?=\S)")
_BLANKS = ("\u3000", "\t", "\xa0", "\u2002", "\u2003", "\u2009")
# In line heights: a gap of this width is the border of a cell, even if the page has spaces there.
WIDE, WIDE_SPACES = 0.8, 2.2
# A narrower gap is one as well if the line above or below has one in the same place.
NARROW = 0.32
# pdfium ends a line after each sign of some files: signs closer than this belong together.
CLOSE, WORD = 0.5, 0.18
GAP = -1
"""Stands in `Stretch.chars` for a space that neither the page nor pdfium has."""

_ZERO = (0.0, 0.0, 0.0, 0.0)
_NONE: Sequence[Gap] = ()


class Stretch(NamedTuple):
    """A line before it is cut: its characters by index, its box in page space, the gaps in it."""

    chars: Sequence[int]
    box: Box
    gaps: Sequence[Gap]


# As the class itself, of a tuple: a page has hundreds, and calls take time.
_stretch_of = partial(tuple.__new__, Stretch)


def stretches(textpage: int, text: str) -> list[Stretch]:
    """pdfium's lines without the spaces at their ends; those of single signs joined.

    `text` has one character for each that pdfium counts on the page.
    """
    pattern = _INNER if any(blank in text for blank in _BLANKS) else _PLAIN_INNER
    spaces = [match.span() for match in pattern.finditer(text)]
    lines = _lines(text)
    asked = [end - 1 for end, _ in spaces]
    asked += [start for _, start in spaces]
    asked += [first for first, _ in lines]
    asked += [last - 1 for _, last in lines]
    boxes = iter(loose_boxes(textpage, asked))
    ones, others = list(islice(boxes, len(spaces))), list(islice(boxes, len(spaces)))
    heads, tails = list(islice(boxes, len(lines))), list(boxes)
    # After most spaces the text goes on right behind, as between the words of one line.
    jumping = [
        at
        for at, ((_, top, right, bottom), (onward, _, _, lower)) in enumerate(
            zip(ones, others, strict=True)
        )
        if not (
            0 <= onward - right <= NARROW * (top - bottom)
            and bottom - top < 2 * (lower - bottom) < top - bottom
        )
    ]
    if not jumping and _ZERO not in tails:
        around = _all_around(heads, tails)
        if not any(
            after[0] > before[2] - CLOSE * (before[3] - before[1])
            for before, after in pairwise(around)
        ):
            # Line under line of running text, as nearly all pages are.
            chars = starmap(range, lines)
            return list(map(_stretch_of, zip(chars, around, repeat(_NONE), strict=False)))
    jumps_over = [(spaces[at], ones[at], others[at]) for at in jumping]
    return _joined(_parted(textpage, lines, heads, tails, jumps_over))


def _lines(text: str) -> list[tuple[int, int]]:
    """First and last (excluded) of each line, without the spaces at its ends."""
    found: list[tuple[int, int]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        said = line.rstrip()
        last = at + len(said)
        first = last - len(said.lstrip())
        if first < last:
            found.append((first, last))
        at += len(line)
    return found


def _all_around(heads: Sequence[Box], tails: Sequence[Box]) -> list[Box]:
    """The boxes of lines from those of their first and last characters, as pdfium gives these."""
    return [
        (
            left if left < start else start,
            bottom if bottom < lower else lower,
            right if right > end else end,
            top if top > upper else upper,
        )
        for (left, top, right, bottom), (start, upper, end, lower) in zip(heads, tails, strict=True)
    ]


def _joined(parts: Iterable[tuple[int, int, Sequence[Gap], Box, Box]]) -> list[Stretch]:
    """Lines with their boxes; what pdfium has taken apart for no reason is put together."""
    found: list[Stretch] = []
    before, high, near = _ZERO, 0.0, 0.0
    for first, last, gaps, head, tail in parts:
        left, top, right, bottom = head
        if tail != _ZERO:
            start, upper, end, lower = tail
            if start < left:
                left = start
            if lower < bottom:
                bottom = lower
            if end > right:
                right = end
            if upper > top:
                top = upper
        box = (left, bottom, right, top)
        if (
            -near < left - before[2] < near
            and abs(bottom - before[1]) + abs(top - before[3]) < near
            and right > before[2]
        ):
            chars, _, others = found[-1]
            space = (GAP,) if left - before[2] > WORD * high else ()
            moved = len(chars) + len(space)
            later = [g._replace(end=g.end + moved, start=g.start + moved) for g in gaps]
            box = (before[0], min(before[1], bottom), right, max(before[3], top))
            chars = (*chars, *space, *range(first, last))
            found[-1] = Stretch(chars, box, [*others, *later])
        else:
            found.append(_stretch_of((range(first, last), box, gaps)))
        before, high = box, box[3] - box[1]
        near = CLOSE * high
    return found


def _parted(
    textpage: int,
    lines: Sequence[tuple[int, int]],
    heads: Sequence[Box],
    tails: Sequence[Box],
    spaces: Sequence[tuple[tuple[int, int], Box, Box]],
) -> Iterator[tuple[int, int, Sequence[Gap], Box, Box]]:
    """First and last (excluded) of each line, its gaps, and its first and last box as pdfium gives
    them. pdfium writes the rows of some tables as one line: it is cut where it goes up or down.

    `spaces`: those after which the text does not just go on, with the boxes beside them.
    """
    coming = iter(spaces)
    space = next(coming, None)
    for (first, last), head, tail in zip(lines, heads, tails, strict=True):
        while space is not None and space[0][0] < first:
            space = next(coming, None)
        if space is None or space[0][0] >= last:
            yield first, last, _NONE, head, tail
            continue
        # Whether the line runs across the page, not along it.
        level = abs(tail[0] - head[0]) >= abs(tail[3] - head[3])
        gaps: list[Gap] = []
        begin, opening = first, head
        while space is not None and space[0][0] < last:
            (end, start), one, other = space
            space = next(coming, None)
            left, top, right, bottom = one
            onward, upper, far, lower = other
            before, after = (left, bottom, right, top), (onward, lower, far, upper)
            if jumps(before, after, level=level):
                yield begin, end, gaps, opening, one
                begin, gaps, opening = start, [], other
                continue
            gap = _gap(textpage, end, start, before, after, begin)
            if gap is not None:
                gaps.append(gap)
        yield begin, last, gaps, opening, tail


def _gap(textpage: int, end: int, start: int, before: Box, after: Box, first: int) -> Gap | None:
    """Where the next text stands far off, as in the next cell of a table. The line begins at
    character `first`."""
    gap, high = after[0] - before[2], before[3] - before[1]
    if gap <= 0:
        # To the left, or up or down: text that is turned.
        gap, high = turned(before, after)
    if gap <= NARROW * high:
        return None
    wide = gap > WIDE_SPACES * high
    if not wide:
        for index in range(end, start):
            if is_generated(textpage, index) != 1:
                return None
        wide = gap > WIDE * high
    return gap_of((end - first, start - first, before, after, wide))
