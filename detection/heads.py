"""What the heads of a list say, and which cells of it are heads."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from detection.grids import Grid
from detection.normal import END
from detection.rule import Column, Rule

_BEFORE = re.compile(r"^(?:[*#※★☆●■▲√]|[(]?[0-9一二三四五六七八九十]{1,2}[)]?[.、)])+")
_AFTER = re.compile(r"(?:\([^()]{1,60}\)|[:*#※0-9])+$")
_PARTS = re.compile("[()/、及和与]")
_SEVERAL = 2

Speech = tuple[Rule, Column]


@dataclass(slots=True)
class Heads:
    """The heads of one grid: by column (row, cell, what it says), and which cells are heads.

    `lying`: of a table on its side the labels, each with the cells it speaks for. `titles` stand
    over the whole list. `words`: all that stands in its first rows.
    """

    titles: frozenset[int] = frozenset()
    words: str = ""
    columns: dict[int, list[tuple[int, int, Speech]]] = field(default_factory=dict)
    cells: set[int] = field(default_factory=set)
    rows: dict[int, set[int]] = field(default_factory=dict)
    lying: list[tuple[int, Speech, list[int]]] = field(default_factory=list)

    def hear(self, grid: Grid, number: int, speeches: Sequence[Speech]) -> None:
        """Enter what a cell says, once a rule; a title says nothing of a column."""
        if not speeches or number in self.titles:
            return
        cell = grid.cell(number)
        for speech in _foremost([s for s in speeches if _among(s[1], self.words)]):
            self.columns.setdefault(cell.column, []).append((cell.row, number, speech))
            self.cells.add(number)
            self.rows.setdefault(cell.row, set()).add(number)

    def drop(self, values: set[int]) -> None:
        """Take these cells for no heads."""
        if not values:
            return
        for column, spoken in self.columns.items():
            self.columns[column] = [said for said in spoken if said[1] not in values]
        self.cells -= values
        self.rows = {row: cells - values for row, cells in self.rows.items() if cells - values}

    def settle(self, column: int) -> bool:
        """A head says for certain what the cells are: 病种, not 备注."""
        return any(spec.holds is None for _, _, (_, spec) in self.columns.get(column, ()))

    def alone(self) -> frozenset[int]:
        """The rows where one cell speaks, though elsewhere several do: 配偶 below 关系."""
        if not any(column + 1 in self.columns for column in self.columns):
            return frozenset()  # a form: labels, and values between them
        single = frozenset(row for row, cells in self.rows.items() if len(cells) == 1)
        return single if len(single) < len(self.rows) else frozenset()

    def over(self, row: int, number: int) -> bool:
        """The cell is a title, or several others of its row are heads, so that it is one too."""
        return number in self.titles or len(self.rows.get(row, ())) >= _SEVERAL


def _among(column: Column, words: str) -> bool:
    return column.beside is None or column.beside.search(words) is not None


def _foremost(speeches: Sequence[Speech]) -> Sequence[Speech]:
    """Of each rule the column that stands first in it: a head that says more before one of less."""
    if len(speeches) < 2:
        return speeches
    said: dict[str, Speech] = {}
    for rule, column in speeches:
        known = said.setdefault(rule.id, (rule, column))
        if rule.columns.index(column) < rule.columns.index(known[1]):
            said[rule.id] = rule, column
    return list(said.values())


def speaks(column: Column, text: str) -> bool:
    """Whether a head of this text says such a column, be it `*姓名`, `3.姓名` or `姓名(必填)`."""
    if column.header is None or (column.not_header and column.not_header.search(text)):
        return False
    core = _AFTER.sub("", _BEFORE.sub("", text)) or text
    # Of several facts in one cell each is one: 姓名/学号, 学生(学号).
    parts = () if ":" in text else _PARTS.split(text)
    said = END.join(dict.fromkeys([text, core, *parts]))
    return column.header.search(f"{END}{said}{END}") is not None
