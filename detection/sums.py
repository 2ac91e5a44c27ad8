"""Sums in tables: a row or a column that is called 合计, 小计 or 总计 and does not add up.

What a total covers is not written in a table, so it is taken from the table itself: of the ways a
total may be meant, the one that holds for most of its cells counts, and the cells that fall out of
it are asked about. Where no way holds, nothing is said. Figures with decimals may have been rounded
each: half a unit of the last place is allowed for each of them.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from detection.doubt import Doubt
from detection.grids import Grid
from detection.shares import wrong_shares
from detection.table_rows import LONGEST, Entry, Rows, full_rows, heads_of, label_of, rows_of

RULE = "sum-mismatch"

_BLANK = frozenset({"", "-", "--", "/", "无", "—", "――", "\\"})
_NOT_ADDED = re.compile(
    "序号|编号|号码|账号|电话|年份|年度$|日期|时间|单价|价格|标准|均|率|比例|占比|百分|增长|同比|环比|"
    "增幅|排名|名次|得分|分数|年龄|代码|等级|比重|倍|指数|温度|%"
)
_MOST_CELLS = 200_000
_MOST_COLUMNS = 60
_MOST = Decimal("0.6")


def wrong(grids: Sequence[Grid]) -> Iterator[Doubt]:
    """A doubt for each total of a table that does not add up, at the total's cell; and for each
    column of shares that are not all of a whole.

    On a page the rows are lines, and the page may be turned within the table: only what stands
    there in full is judged.
    """
    before: Grid | None = None
    for grid in grids:
        if _asks(grid):
            rows = rows_of(grid)
            if grid.paged:
                rows = {} if before and _turned(before, grid) else full_rows(rows)
            if rows and sum(map(len, rows.values())) <= _MOST_CELLS:
                yield from _down(rows)
                yield from _across(rows)
                yield from wrong_shares(rows)
        before = grid


def _asks(grid: Grid) -> bool:
    """Does it speak of a total or of shares?"""
    texts = (grid.raw(grid.cell(n)) for numbers in grid.columns.values() for n in numbers)
    return any("计" in text or "比" in text for text in texts if len(text) <= LONGEST)


def _turned(before: Grid, grid: Grid) -> bool:
    """Does the table begin on the page before: as many columns, and no total at its end?"""
    if not before.paged or before.columns.keys() != grid.columns.keys():
        return False
    return not any(label_of(row) == "total" for row in rows_of(before).values())


def _added(heads: dict[int, str], column: int) -> bool:
    return not _NOT_ADDED.search(heads.get(column, ""))


def _down(rows: Rows) -> Iterator[Doubt]:
    first, heads = heads_of(rows)
    labels = {number: label_of(row) for number, row in rows.items() if number >= first}
    items: list[int] = []
    subs: list[int] = []
    since_sub: list[int] = []
    numbers = list(labels)
    for place, number in enumerate(numbers):
        label = labels[number]
        if label == "sub":
            yield from _total(rows, heads, number, [since_sub])
            subs.append(number)
            since_sub = []
        elif label == "total":
            after = []
            if not items:
                for other in numbers[place + 1 :]:
                    if labels[other] == "total":
                        break
                    after.append(other)
            ways = [items, subs, [n for n in after if not labels[n]], _of(after, labels, "sub")]
            yield from _total(rows, heads, number, ways)
            items, subs, since_sub = [], [], []
        else:
            items.append(number)
            since_sub.append(number)


def _of(numbers: Sequence[int], labels: dict[int, str], label: str) -> list[int]:
    return [n for n in numbers if labels[n] == label]


def _total(
    rows: Rows, heads: dict[int, str], number: int, ways: Sequence[Sequence[int]]
) -> Iterator[Doubt]:
    """The cells of one total row against the way of adding that most of them follow."""
    columns = [c for c, cell in rows[number].items() if cell.value is not None]
    columns = [c for c in columns if _added(heads, c) and not rows[number][c].percent]
    best: tuple[int, list[tuple[Entry, Decimal]]] | None = None
    for way in ways:
        if len(way) < 2 or any(label_of(rows[n]) == "part" for n in way):
            continue
        held, broken = 0, []
        for column in columns:
            parts = _figures([rows[n].get(column) for n in way])
            if parts is None or len(parts) < 2:
                continue
            cell = rows[number][column]
            if _adds_up(parts, cell):
                held += 1
            else:
                broken.append((cell, sum(parts)))
        if best is None or held > best[0]:
            best = held, [(cell, Decimal(total)) for cell, total in broken]
    if best is None or (len(best[1]) > 1 and best[0] < _MOST * (best[0] + len(best[1]))):
        return
    for cell, total in best[1]:
        yield _doubt(cell, total)


def _across(rows: Rows) -> Iterator[Doubt]:
    """Columns called 合计 or 小计: their cells against the columns before or after them."""
    first, heads = heads_of(rows)
    columns = sorted(heads)[:_MOST_COLUMNS]
    totals = [c for c in columns if _ends(heads[c])]
    for column in totals:
        best: tuple[int, list[tuple[Entry, Decimal]]] = (0, [])
        for way in _ways(columns, totals, column, heads):
            held, broken = 0, []
            for number, row in rows.items():
                cell = row.get(column)
                if number < first or cell is None or cell.value is None or not cell.value:
                    continue
                parts = _figures([row.get(c) for c in way])
                if parts is None or not any(parts):
                    continue
                if _adds_up(parts, cell):
                    held += 1
                else:
                    broken.append((cell, Decimal(sum(parts))))
            if held > best[0]:
                best = held, broken
        held, broken = best
        if held and held >= _MOST * (held + len(broken)):
            for cell, total in broken:
                yield _doubt(cell, total)


def _ends(head: str) -> bool:
    return bool(re.search(r"(?:合计|总计|小计|共计)(?:数|金额)?(?:\([^)]{1,8}\))?$", head))


def _ways(
    columns: Sequence[int], totals: Sequence[int], column: int, heads: dict[int, str]
) -> Iterator[list[int]]:
    """What a total column may cover: a run of columns that ends before it or begins after it."""
    added = [c for c in columns if _added(heads, c)]
    before = [c for c in added if c < column and c not in totals]
    after = [c for c in added if c > column and c not in totals]
    others = [c for c in totals if c != column]
    for start in range(len(before) - 1):
        yield before[start:]
    for end in range(len(after), 1, -1):
        yield after[:end]
    if len(others) > 1:
        yield others


def _figures(cells: Sequence[Entry | None]) -> list[Decimal] | None:
    """The figures; blanks count as nothing. None where a cell holds something else."""
    found: list[Decimal] = []
    for cell in cells:
        if cell is None or cell.text in _BLANK:
            continue
        if cell.value is None or cell.percent:
            return None
        found.append(cell.value)
    return found


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _adds_up(parts: Sequence[Decimal], cell: Entry) -> bool:
    assert cell.value is not None
    places = max(map(_places, (*parts, cell.value)))
    slack = Decimal(len(parts)) / 2 * Decimal(1).scaleb(-places) if places else Decimal(0)
    return abs(sum(parts) - cell.value) <= slack


def _doubt(cell: Entry, total: Decimal) -> Doubt:
    says = f"写的是 {cell.text}，各项相加是 {total}。"
    return Doubt(RULE, cell.cell.segment, (cell.cell.start, cell.cell.end), says)
