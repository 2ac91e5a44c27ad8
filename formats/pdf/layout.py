"""How the lines of a page stand to each other: reading order, columns of prose, tables.

PDF text has no tables and no columns, only places. Three signs tell them: lines side by side, the
order they were written in (a table row by row, columns one after the other), and how full a line
is.
"""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from operator import gt
from statistics import median
from typing import NamedTuple

from formats.pdf.document import Box
from formats.reading import Part

# Lines further apart than this many line heights do not belong to one table.
FAR = 3.0
# Prose in two columns: at least so many lines, so many characters in the middle one, so full.
PROSE_LINES, PROSE_CHARACTERS, PROSE_FULL = 5, 12, 0.8
# Column after column, nearly every row starts before the row above it ends.
MOSTLY = 0.7
MOST_LINES = 20_000


class Cell(NamedTuple):
    """A place in a table: the table's number on the page, row and column, all from 1."""

    table: int
    row: int
    column: int


class Line(NamedTuple):
    """One line, or a piece of one: its number on the page from 1, its characters by index."""

    number: int
    text: str
    chars: Sequence[int]
    box: Box
    part: Part
    cell: Cell | None = None


class Group(NamedTuple):
    """Pieces of one line that were cut only because some of it is not seen.

    `first`: the index of its first character.
    """

    lines: list[Line]
    box: Box
    first: int


# As the classes themselves, of a tuple: a page has hundreds of each, and calls take time.
line_of = partial(tuple.__new__, Line)
_group_of = partial(tuple.__new__, Group)
_cell_of = partial(tuple.__new__, Cell)


def laid_out(lines: list[Line]) -> list[Line]:
    """The lines in reading order, numbered from 1, with the cells of tables told."""
    boxes = [line.box for line in lines]
    middles = [(top + bottom) / 2 for _, top, _, bottom in boxes]
    if len(lines) > MOST_LINES or all(map(gt, [box[1] for box in boxes[1:]], middles)):
        return lines
    rows = _rows(_groups(lines))
    if all(len(row) == 1 for row in rows):
        ordered = [line for row in rows for line in row[0].lines]
    else:
        ordered = _side_by_side(lines, rows)
    return [
        line if line.number == number else line_of((number, *line[1:]))
        for number, line in enumerate(ordered, 1)
    ]


def _groups(lines: Sequence[Line]) -> list[Group]:
    found: list[Group] = []
    end = -1
    for line in lines:
        chars = line.chars
        first = chars[0]
        if found and first == end:
            before, box, begin = found[-1]
            found[-1] = Group([*before, line], _union(box, line.box), begin)
        else:
            found.append(_group_of(([line], line.box, first)))
        end = chars[-1] + 1
    return found


def _rows(groups: list[Group]) -> list[list[Group]]:
    """Groups that stand at one height, from top to bottom, each row from left to right."""
    ordered = groups
    if any(after.box[1] < before.box[1] for before, after in pairwise(groups)):
        ordered = sorted(groups, key=lambda g: (g.box[1], g.box[0]))
    rows: list[list[Group]] = []
    low = high = last = 0.0
    mixed = False
    for group in ordered:
        left, top, _, bottom = group.box
        shared = (bottom if bottom < high else high) - (top if top > low else low)
        if rows and shared > min(high - low, bottom - top) / 2:
            rows[-1].append(group)
            mixed = mixed or left < last
        else:
            rows.append([group])
            low, high = top, bottom
        last = left
    if mixed:
        for row in rows:
            row.sort(key=lambda g: g.box[0])
    return rows


def _side_by_side(lines: list[Line], rows: list[list[Group]]) -> list[Line]:
    """The order of a page some of whose lines stand side by side."""
    runs = _runs(rows)
    ordered: list[Line] = []
    table = 0
    at = 0
    for start, end in runs:
        run = rows[start:end]
        if not _row_by_row(run):
            # Written column after column: that order says more than the places do.
            return lines
        ordered += _plain(rows[at:start])
        at = end
        if _is_prose(run):
            ordered += _columns(run)
        elif len(run) > 1:
            table += 1
            ordered += _table(run, table, len(ordered))
        else:
            ordered += _plain(run)
    return ordered + _plain(rows[at:])


def _plain(rows: Sequence[list[Group]]) -> list[Line]:
    return [line for row in rows for group in row for line in group.lines]


def _runs(rows: list[list[Group]]) -> list[tuple[int, int]]:
    """Where rows of two and more stand under each other: first and last (excluded).

    Single lines between two such rows belong to them: a cell of several lines, a merged one.
    """
    found: list[tuple[int, int]] = []
    for number, row in enumerate(rows):
        if len(row) < 2:
            continue
        if found and _near(rows[found[-1][1] - 1 : number + 1]):
            found[-1] = (found[-1][0], number + 1)
        else:
            found.append((number, number + 1))
    return found


def _near(rows: Sequence[list[Group]]) -> bool:
    return len(rows) <= 5 and all(
        below[0].box[1] - above[0].box[3] < FAR * (below[0].box[3] - below[0].box[1])
        for above, below in pairwise(rows)
    )


def _row_by_row(run: Sequence[list[Group]]) -> bool:
    """Whether each row was written before the next; a cell of several lines may be written whole.

    Only backwards jumps count: from the last row of a column to the first row of the next.
    """
    jumps = before = 0
    for row in run:
        firsts = [group.first for group in row]
        jumps += min(firsts) < before
        before = max(firsts)
    return jumps < MOSTLY * (len(run) - 1) or len(run) == 1


def _is_prose(run: Sequence[list[Group]]) -> bool:
    """Two columns whose lines are long and full."""
    pairs = [row for row in run if len(row) == 2]
    if len(pairs) < PROSE_LINES or any(len(row) > 2 for row in run):
        return False
    for side in (0, 1):
        groups = [row[side] for row in pairs]
        widths = [g.box[2] - g.box[0] for g in groups]
        full = sum(w >= PROSE_FULL * max(widths) for w in widths)
        if median(sum(len(line.text) for line in g.lines) for g in groups) < PROSE_CHARACTERS:
            return False
        if full < 0.6 * len(widths):
            return False
    return max(row[0].box[2] for row in pairs) < min(row[1].box[0] for row in pairs)


def _columns(run: Sequence[list[Group]]) -> list[Line]:
    middle = min(row[1].box[0] for row in run if len(row) == 2)
    sides: tuple[list[Line], list[Line]] = ([], [])
    for row in run:
        for group in row:
            sides[group.box[0] >= middle].extend(group.lines)
    return sides[0] + sides[1]


def _table(run: Sequence[list[Group]], table: int, before: int) -> list[Line]:
    """The rows of a table, after so many lines `before`; each piece gets its cell."""
    widest = max(len(row) for row in run)
    full = [row for row in run if len(row) == widest]
    columns = [
        (min(g.box[0] for g in groups), max(g.box[2] for g in groups))
        for groups in zip(*full, strict=True)
    ]
    apart = all(before[1] < after[0] for before, after in pairwise(columns))
    found = []
    body, table_part = Part.BODY, Part.TABLE
    for number, row in enumerate(run, 1):
        # In a full row each piece is part of its column, and overlaps no other.
        even = apart and len(row) == widest
        for at, (lines, box, _) in enumerate(row, 1):
            cell = _cell_of((table, number, at if even else _column(box, columns)))
            for _, text, chars, place, part, _ in lines:
                before += 1
                told = table_part if part is body else part
                found.append(line_of((before, text, chars, place, told, cell)))
    return found


def _column(box: Box, columns: Sequence[tuple[float, float]]) -> int:
    """The column, from 1, that a box overlaps most, or else is nearest to."""
    left, _, right, _ = box
    shared = [min(right, end) - max(left, start) for start, end in columns]
    return shared.index(max(shared)) + 1


def _union(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )
