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

    def add_row(self, row: etree._Element, number: int) -> None:
        """The paragraphs of a plain w:tr, counted by cell."""
        column = paragraph_number = 0
        begun = False
        rows, columns, numbers, texts = self.rows, self.columns, self.numbers, self.texts
        paragraph, cell, run_text = n.P, n.TC, n.T
        for element in row.iter(run_text, paragraph, cell):
            tag = element.tag
            if tag == run_text:
                text = element.text
                if not text:
                    continue
                if begun:
                    texts[-1] += text
                else:
                    rows.append(number)
                    columns.append(column)
                    numbers.append(paragraph_number)
                    texts.append(text)
                    begun = True
            elif tag == paragraph:
                paragraph_number += 1
                begun = False
            else:
                column += 1
                paragraph_number = 0
                begun = False

    def add_paragraph(self, text: str, number: int) -> None:
        """A plain w:p outside tables."""
        self.numbers.append(number)
        self.texts.append(text)

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
    special, counted = story.marked.special, story.marked.counted
    ready = not story.cutting
    for child in element:
        if ready and child.tag == n.P and child not in special and story.is_plain:
            story.number += 1
            text = "".join([e.text or "" for e in child.iter(n.T)])
            story.raw.append(text)
            if story.counts is not None and child in counted:
                text = story.counts.label(child) + text
            if text:
                batch.add_paragraph(text, story.number)
            continue
        _flush(story, batch, None)
        batch = Batch()
        HANDLERS.get(child.tag, Story.descend)(story, child)
    _flush(story, batch, None)


def rows(story: Story, table: etree._Element) -> None:
    """The rows of a table, plain ones that follow one another at one stroke."""
    batch = Batch()
    winding = story.marked.winding
    ready = not story.cutting
    for child in table:
        if ready and child.tag == n.TR and child not in winding and story.is_plain:
            story.row = (story.row or 0) + 1
            batch.add_row(child, story.row)
            continue
        _flush(story, batch, story.table)
        batch = Batch()
        HANDLERS.get(child.tag, Story.descend)(story, child)
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
