"""The short way through a story: tables and paragraphs in which only runs of text stand.

Nearly all of a long document is such; `marked` tells which, so they need no look each.
"""

from functools import partial
from itertools import compress, repeat

from lxml import etree

from formats.reading import Part, Place, Segment
from formats.word import names as n
from formats.word.walker import HANDLERS, Handler, Story

# A NamedTuple's own constructor is Python code; a long table makes a hundred thousand.
_place = partial(tuple.__new__, Place)
_segment = partial(tuple.__new__, Segment)


class Batch:
    """Texts of plain paragraphs that follow one another, gathered and then made at one stroke."""

    __slots__ = ("columns", "numbers", "rows", "texts")

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.columns: list[int] = []
        self.numbers: list[int] = []
        self.texts: list[str] = []

    def add(
        self, rows_of: etree._Element, row: int, pieces: dict[etree._Element, list[str]]
    ) -> int:
        """The paragraphs of a plain w:tr or w:tbl, counted by cell, rows from `row` + 1 on; the
        number of the last row."""
        column = number = 0
        rows, columns, numbers, texts = self.rows, self.columns, self.numbers, self.texts
        paragraph, cell = n.P, n.TC
        for element in rows_of.iter(paragraph, cell, n.TR):
            tag = element.tag
            if tag == paragraph:
                number += 1
                found = pieces[element]
                if found:
                    rows.append(row)
                    columns.append(column)
                    numbers.append(number)
                    texts.append(found[0] if len(found) == 1 else "".join(found))
            elif tag == cell:
                column += 1
                number = 0
            else:
                row += 1
                column = 0
        return row

    def segments(
        self, part: Part, table: int | None, path: str, *, visible: bool, note: str
    ) -> list[Segment]:
        """The segments of all that was gathered; those of nothing but white space left out."""
        texts = self.texts
        none = repeat(None)
        places = map(
            _place,
            zip(repeat(part), none, none, none, none, repeat(table), self.rows or none,
                self.columns or none, self.numbers, repeat(path), none, strict=False),
        )  # fmt: skip
        made = map(
            _segment,
            zip(places, texts, repeat(visible), repeat(note), repeat(1.0), strict=False),
        )
        blank = list(map(str.isspace, texts))
        if any(blank):
            return list(compress(made, [not is_blank for is_blank in blank]))
        return list(made)


def _body(story: Story, element: etree._Element) -> None:
    """w:body: what `descend` does, plain paragraphs that follow one another at one stroke."""
    batch = Batch()
    special, counted, counts = story.marked.special, story.marked.counted, story.counts
    may, ready = not story.cutting, not story.cutting and story.is_plain
    numbers, texts, raw = batch.numbers, batch.texts, story.raw
    pieces = story.marked.texts
    for child in element:
        # Only paragraphs have pieces.
        if ready and (found := pieces.get(child)) is not None and child not in special:
            story.number += 1
            text = "".join(found)
            if counts is not None and child in counted:
                raw.append(text)
                text = counts.label(child) + text
            elif text:
                raw.append(text)
            if text:
                numbers.append(story.number)
                texts.append(text)
            continue
        _flush(story, batch, None)
        batch = Batch()
        numbers, texts = batch.numbers, batch.texts
        HANDLERS.get(child.tag, Story.descend)(story, child)
        ready = may and story.is_plain
    _flush(story, batch, None)


def rows(story: Story, table: etree._Element) -> None:
    """The rows of a table, plain ones that follow one another at one stroke."""
    batch = Batch()
    winding = story.marked.winding
    may, ready = not story.cutting, not story.cutting and story.is_plain
    if ready and table not in winding:
        batch.add(table, 0, story.marked.texts)
        _flush(story, batch, story.table)
        return
    for child in table:
        if ready and child.tag == n.TR and child not in winding:
            story.row = batch.add(child, story.row or 0, story.marked.texts)
            continue
        _flush(story, batch, story.table)
        batch = Batch()
        HANDLERS.get(child.tag, Story.descend)(story, child)
        ready = may and story.is_plain
    _flush(story, batch, story.table)


def _flush(story: Story, batch: Batch, table: int | None) -> None:
    if not batch.texts:
        return
    part = story.part
    if table is not None:
        part = Part.TABLE if part is Part.BODY else part
        story.raw += batch.texts
    story.segments += batch.segments(
        part, table, story.path, visible=story.visible, note=story.note
    )


PLAIN: dict[str, Handler] = {f"{n.W}body": _body}
