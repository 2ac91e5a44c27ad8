"""What the cells of a list are: a head above or beside them says it, or what they hold.

A head speaks for the cells below it, in a form for the cell to its right. A list that goes on in
the next table or page keeps its heads. Where no head speaks, most of the cells must look alike.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from detection.by_cells import NAMES, ByCells, Fits
from detection.grids import Cell, Grid, may_be_head, titles, top
from detection.heads import Heads, Speech, speaks
from detection.normal import END
from detection.rule import Column, Rule

_FORM_ROWS = 60
_FIRST_ROWS = 3
_LEAST_LABELS = 2
_REACH = 3
_LABEL = re.compile(
    "(?:电话|号码|[编账帐证卡]号|地址|住址|名称|金额|日期|时间|类[别型]|等级|价格|情况|原因|备注|面积|标准|签名|意见|性别|姓名|方式)$"
)
"""What ends the label of another field: an empty form has such beside such."""

_NOTHING = frozenset({"", "无", "否", "/", "-", "—", "同上"})
"""What stands in a cell that holds nothing."""

_PEOPLE = frozenset({NAMES, "id_number"})


class Promise(NamedTuple):
    """A cell and what it should hold. `head`: who says so, None where its neighbours do."""

    cell: Cell
    head: Cell | None
    above: bool
    rule: Rule
    column: Column


class Columns:
    """Finds the personal columns of the grids of one reading."""

    def __init__(self, rules: Sequence[Rule], fits: Fits, *, read: bool) -> None:
        """`read`: whether rows are read where neither heads nor cells say what they are."""
        self._fits, self._reads = fits, read
        self._headed = [(r, c) for r in rules for c in r.columns if c.header is not None]
        self._cells = ByCells(rules, fits)
        self._said: dict[str, Sequence[Speech]] = {}

    def promises(
        self, grids: Iterable[Grid], found: Mapping[int, Sequence[Speech]]
    ) -> Iterator[Promise]:
        """All promises. `found`: by segment, what the heads of tables and sheets say."""
        before: tuple[Grid, Heads] | None = None
        for grid in grids:
            heads = self._lying(grid, self._heads(grid, found))
            going_on: dict[int, tuple[Cell, list[Speech]]] = {}
            if heads.columns:
                before = grid, heads
            elif before is not None and _goes_on(before[0], grid):
                going_on = _carried(before[0], before[1], grid)
            yield from self._in(grid, heads, going_on)

    def said(self, text: str) -> Sequence[Speech]:
        """What a head of this text may say."""
        known = self._said.get(text)
        if known is None:
            known = self._said[text] = [s for s in self._headed if speaks(s[1], text)]
        return known

    def _heads(self, grid: Grid, found: Mapping[int, Sequence[Speech]]) -> Heads:
        tops = top(grid)
        above = {number for numbers in tops.values() for number in numbers}
        heads = Heads(titles=titles(grid), words=END.join(grid.text(number) for number in above))
        if grid.made is None:
            for numbers in grid.columns.values():
                for number in numbers:
                    if number in above:
                        speeches = [*found.get(number, ()), *self.said(grid.text(number))]
                    else:
                        speeches = [s for s in found.get(number, ()) if not s[1].top]
                    heads.hear(grid, number, speeches)
        else:
            for number in _candidates(grid):
                heads.hear(grid, number, self.said(grid.text(number)))
        for column, numbers in tops.items():
            # A head in two cells: 家庭住 over 址, 申请人 over 联系方式.
            for upper, lower in pairwise(numbers):
                known = {speech[0].id for _, _, speech in heads.columns.get(column, ())}
                said = self.said(grid.text(upper) + grid.text(lower))
                heads.hear(grid, lower, [s for s in said if s[0].id not in known])
        heads.drop(set(self._values(grid, heads)))
        return heads

    def _values(self, grid: Grid, heads: Heads) -> Iterator[int]:
        """What is no head but what the head above it holds: A类低保 below 类别."""
        for spoken in heads.columns.values():
            above: dict[str, tuple[int, str, Speech]] = {}
            for row, number, (rule, spec) in sorted(spoken, key=lambda s: s[:2]):
                text = grid.text(number)
                known = above.setdefault(rule.id, (row, text, (rule, spec)))
                if rule.check or known[0] == row or known[1] == text or _LABEL.search(text):
                    continue
                if self._fits(*known[2], text):
                    yield number

    def _in(
        self, grid: Grid, heads: Heads, going_on: dict[int, tuple[Cell, list[Speech]]]
    ) -> Iterator[Promise]:
        open_to = [c for c in grid.columns if c not in going_on and not heads.settle(c)]
        alike = {column: self._cells.alike(grid, column, heads) for column in open_to}
        speeches = [
            *(speech for spoken in heads.columns.values() for _, _, speech in spoken),
            *(speech for _, spoken in going_on.values() for speech in spoken),
            *(speech for speech in alike.values() if speech),
        ]
        checks = {rule.check for rule, _ in speeches}
        if NAMES not in checks:
            unheard = [c for c in open_to if not (alike[c] or c in heads.columns)]
            alike.update(self._cells.beside_numbers(grid, unheard, heads))
        if self._reads:
            unheard = [c for c in open_to if not (alike[c] or c in heads.columns)]
            alike.update(self._cells.by_rows(grid, unheard, heads))
        named = any(speech in self._cells.names for speech in alike.values())
        people = named or not checks.isdisjoint(_PEOPLE)
        for promise in self._all(grid, heads, going_on, alike):
            if people or not promise.column.with_names:
                yield promise

    def _all(
        self,
        grid: Grid,
        heads: Heads,
        going_on: dict[int, tuple[Cell, list[Speech]]],
        alike: Mapping[int, Speech | None],
    ) -> Iterator[Promise]:
        for column, numbers in grid.columns.items():
            speech = alike.get(column)
            # What most cells look like says more than 备注 above them.
            spoken = [
                said
                for said in heads.columns.get(column, ())
                if speech is None or said[2][0] is not speech[0]
            ]
            yield from self._below(grid, numbers, spoken, heads)
            head, speeches = going_on.get(column, (None, [speech] if speech else []))
            first = speech is not None and not self._fits(*speech, grid.text(numbers[0]))
            for number in numbers if speeches else ():
                cell = grid.cell(number)
                if speech and (first or heads.over(cell.row, number)):
                    head, first = head or cell, False
                    continue
                for rule, spec in speeches:
                    yield Promise(cell, head, above=True, rule=rule, column=spec)
        yield from self._beside(grid, heads)
        for number, (rule, spec), others in heads.lying:
            for other in others:
                head = grid.cell(number)
                yield Promise(grid.cell(other), head, above=False, rule=rule, column=spec)

    def _lying(self, grid: Grid, heads: Heads) -> Heads:
        """Of a table on its side the labels: they stand in the first column, and each person has
        a column, or in the second beside the word for a group of them. What looks like a head
        beside them is a value: 户主 beside 与户主关系."""
        first = max(heads.columns, key=lambda c: (len(heads.columns[c]), -c), default=0)
        spoken = heads.columns.get(first, [])
        labelled = {row for row, _, _ in spoken}
        if not _LEAST_LABELS <= len(labelled) <= _FORM_ROWS or heads.rows.keys() != labelled:
            return heads
        rows = grid.rows()
        labels = Heads(heads.titles, heads.words)
        for row, number, speech in spoken:
            labels.hear(grid, number, [speech])
            others = [n for n in rows.get(row, ()) if grid.cell(n).column > first]
            texts = [text for n in others if (text := grid.text(n)) not in _NOTHING]
            if len(others) > 1 and texts and all(self._fits(*speech, text) for text in texts):
                labels.lying.append((number, speech, others))
        # In a form such cells are the next labels: here they are few, and it speaks of people.
        people = any(speech[0].check in _PEOPLE for _, speech, _ in labels.lying)
        beside = sum(len(heads.rows[row]) > 1 for row in labelled)
        lies = len(labels.lying) > beside and (people or not beside)
        return labels if lies else heads

    @staticmethod
    def _below(
        grid: Grid, numbers: Sequence[int], spoken: list[tuple[int, int, Speech]], heads: Heads
    ) -> Iterator[Promise]:
        """A head holds down its column until another of the same kind stands in it."""
        in_force: dict[str, tuple[Cell, Speech]] = {}
        alone = heads.alone()
        waiting = sorted(spoken, key=lambda s: s[0])
        at = 0
        for number in numbers:
            cell = grid.cell(number)
            while at < len(waiting) and waiting[at][0] < cell.row:
                in_force[waiting[at][2][0].id] = (grid.cell(waiting[at][1]), waiting[at][2])
                at += 1
            if number not in heads.cells or cell.row in alone:
                for head, (rule, column) in in_force.values():
                    yield Promise(cell, head, above=True, rule=rule, column=column)

    @staticmethod
    def _beside(grid: Grid, heads: Heads) -> Iterator[Promise]:
        """The next cell to the right, though some between may be empty."""
        rows = heads.rows
        places: dict[tuple[int, int], int] = {}
        for column, numbers in grid.columns.items() if rows else ():
            for number in numbers:
                row = grid.cell(number).row
                if row in rows:
                    places.setdefault((row, column), number)
        for spoken in heads.columns.values():
            for row, number, (rule, spec) in spoken:
                head = grid.cell(number)
                reached = ((row, head.column + step) for step in range(1, _REACH + 1))
                following = next((places[place] for place in reached if place in places), None)
                if following is None or following in heads.cells:
                    continue
                if not _LABEL.search(grid.text(following)):
                    yield Promise(grid.cell(following), head, above=False, rule=rule, column=spec)


def _candidates(grid: Grid) -> Iterator[int]:
    """Cells of a text list that may be heads: of the first rows, of each row of a short one."""
    rows = grid.rows()
    first = rows if len(rows) <= _FORM_ROWS else list(rows)[:_FIRST_ROWS]
    repeated: set[tuple[str, ...]] = set()
    for row, numbers in rows.items():
        texts = tuple(grid.text(number) for number in numbers)
        if row in first:
            repeated.add(texts)
        elif texts not in repeated:
            continue
        for number, text in zip(numbers, texts, strict=True):
            if may_be_head(text):
                yield number


def _goes_on(before: Grid, grid: Grid) -> bool:
    """It has no head of its own, and stands in the same file and in the same way."""
    alike = (before.made is None) == (grid.made is None) and before.key[:2] == grid.key[:2]
    return alike and not top(grid)


def _carried(before: Grid, heads: Heads, grid: Grid) -> dict[int, tuple[Cell, list[Speech]]]:
    """The last heads of the table before, by the column of this one that goes on with them."""
    found: dict[int, tuple[Cell, list[Speech]]] = {}
    for column, spoken in heads.columns.items():
        goes_on = _same(before, column, grid)
        if goes_on is not None:
            head = before.cell(max(spoken, key=lambda s: s[0])[1])
            found[goes_on] = (head, list({s[2][0].id: s[2] for s in spoken}.values()))
    return found


def _same(before: Grid, column: int, grid: Grid) -> int | None:
    """Which column goes on with this one: by its place on the page, else by its number."""
    if set(grid.columns) == set(before.columns):
        return column
    bounds = _bounds(before, column)
    if bounds is None:
        return None
    for other in grid.columns:
        across = _bounds(grid, other)
        if across and min(bounds[1], across[1]) > max(bounds[0], across[0]):
            return other
    return None


def _bounds(grid: Grid, column: int) -> tuple[float, float] | None:
    boxes = [grid.segments[grid.cell(n).segment].place.box for n in grid.columns[column][:40]]
    known = [box for box in boxes if box is not None]
    if not known or (grid.made is not None and grid.key[3] is None):
        return None
    return min(box[0] for box in known), max(box[2] for box in known)
