"""Paragraphs of one stream of text in an RTF file: body, header, note, comment, text box."""

import re
from typing import NamedTuple

from formats.budget import Budget
from formats.reading import Part, Place, Segment
from formats.rtf.state import State, Tables


class Run(NamedTuple):
    """Text of one formatting within a paragraph."""

    text: str
    state: State


class Teller:
    """Makes segments; each has a number of its own."""

    def __init__(self, budget: Budget, tables: Tables) -> None:
        self.budget = budget
        self.tables = tables
        self.segments: list[Segment] = []
        self.grids = 0

    def say(
        self,
        part: Part,
        text: str,
        note: str = "",
        *,
        visible: bool = True,
        cell: tuple[int, int, int] | None = None,
    ) -> None:
        """One segment, if there is anything to say."""
        text = text.replace("\0", "").strip()
        if not text:
            return
        self.budget.spend_segments()
        table, row, column = cell or (None, None, None)
        place = Place(part, table=table, row=row, column=column, paragraph=len(self.segments) + 1)
        self.segments.append(Segment(place, text, visible, note))


class Story:
    """One stream of paragraphs. `visible` is False for a comment; `note` says whose it is."""

    def __init__(self, teller: Teller, part: Part, *, visible: bool = True, note: str = "") -> None:
        self.teller = teller
        self.part = part
        self.visible = visible
        self.note = note
        self.painted = False
        self.in_table = False
        self._runs: list[Run] = []
        self._grids: list[list[int]] = []

    def put(self, text: str, state: State) -> None:
        """Text in the paragraph under way."""
        if self.painted and not state.painted:
            state = state._replace(painted=True, ground=0)
        self._runs.append(Run(text, state))

    def end_paragraph(self) -> None:
        """\\par: a paragraph outside a table ends the table before it."""
        if not self.in_table:
            self._grids.clear()
        self._flush()

    def end_cell(self, level: int) -> None:
        """\\cell and \\nestcell at a level of nesting from 1."""
        self._flush(level)
        self._grid(level)[2] += 1

    def end_row(self, level: int) -> None:
        """\\row and \\nestrow."""
        grid = self._grid(level)
        grid[1] += 1
        grid[2] = 1
        del self._grids[level:]

    def finish(self) -> None:
        """The last paragraph, which nothing ended."""
        self._flush()

    def _grid(self, level: int) -> list[int]:
        """[table, row, column] at a level; a new table where there was none."""
        while len(self._grids) < level:
            self.teller.grids += 1
            self._grids.append([self.teller.grids, 1, 1])
        return self._grids[level - 1]

    def _flush(self, level: int = 0) -> None:
        runs, self._runs = self._runs, []
        if not runs or not any(run.text.strip() for run in runs):
            return
        cell = None
        if level or self.in_table:
            table, row, column = self._grid(level or max(len(self._grids), 1))
            cell = (table, row, column)
        part = Part.TABLE if cell and self.part is Part.BODY else self.part
        tables, say = self.teller.tables, self.teller.say
        seen: list[str] = []
        beside: list[tuple[Part, str, str, bool]] = []
        for text, state in runs:
            why = tables.unseen(state)
            kind = Part.BODY
            if state.deleted:
                kind, why = Part.DELETION, tables.who(state.author, state.moment) or "已删除"
            elif why:
                kind = Part.HIDDEN
            else:
                seen.append(text)
                if state.inserted:
                    kind, why = Part.INSERTION, tables.who(state.author, state.moment) or "插入"
            if kind is not Part.BODY:
                shown = kind is Part.INSERTION and self.visible
                if beside and (beside[-1][0], beside[-1][2]) == (kind, why):
                    beside[-1] = (kind, beside[-1][1] + text, why, shown)
                    continue
                beside.append((kind, text, why, shown))
            else:
                beside.append((kind, "", "", True))
        say(part, _squeezed(seen), self.note, visible=self.visible, cell=cell)
        for kind, text, why, shown in beside:
            say(kind, text, why, visible=shown, cell=cell)


def _squeezed(pieces: list[str]) -> str:
    return re.sub(r" {2,}", " ", "".join(pieces))
