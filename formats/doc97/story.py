"""One pass over the characters of a story: paragraphs, cells, fields, and what is unseen."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from formats.budget import Budget
from formats.doc97.formatting import Formatting
from formats.doc97.pieces import Pieces
from formats.doc97.sprms import UNTOLD, Effect, Look
from formats.reading import Part, Place, Segment
from formats.word.passages import Atom, Paragraph
from formats.word.symbols import sign

_CELL = "\x07"
_TOKEN = re.compile("[\x00-\x08\x0b-\x1f]|[^\x00-\x08\x0b-\x1f]+")
_BEGIN, _SEPARATOR, _END = "\x13", "\x14", "\x15"
_SHOWN = {"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\t": "\t"}


class Text(NamedTuple):
    """A stretch of equal formatting."""

    text: str
    group: bytes
    piece: bytes


class Line(NamedTuple):
    """A paragraph as stored: its stretches, the mark that ends it, and its own look."""

    texts: list[Text]
    mark: str
    look: Look


class Revisers(NamedTuple):
    """Who changed the text; the first is unknown (2.9.280 SttbfRMark)."""

    names: list[str]

    def stamp(self, number: int, moment: int) -> str:
        """Who and when, as `覃小满 2026-03-01 10:20`."""
        name = self.names[number] if 0 < number < len(self.names) else ""
        return f"{name} {moment_of(moment)}".strip()


def moment_of(value: int) -> str:
    """2.9.75 DTTM; "" where there is none."""
    minute, hour, day = value & 0x3F, value >> 6 & 0x1F, value >> 11 & 0x1F
    month, year = value >> 16 & 0xF, (value >> 20 & 0x1FF) + 1900
    return f"{year}-{month:02}-{day:02} {hour:02}:{minute:02}" if month and day else ""


class Pictures:
    """Where in the data stream pictures and form fields stand that the text points at."""

    def __init__(self) -> None:
        self.pictures: set[int] = set()
        self.data: set[int] = set()
        self.drawn = 0


class Stories:
    """What all stories of a document share."""

    def __init__(
        self, pieces: Pieces, formatting: Formatting, revisers: Revisers, budget: Budget
    ) -> None:
        self.pieces = pieces
        self.formatting = formatting
        self.revisers = revisers
        self.budget = budget
        self.pictures = Pictures()
        self.fonts: list[str] = []
        self.lists: set[tuple[int, int]] = set()

    def symbol(self, value: int) -> str:
        """2.9.46 CSymbolOperand: a font and a character of it."""
        font, code = value & 0xFFFF, value >> 16
        return sign(self.fonts[font] if font < len(self.fonts) else "", code)

    def lines(self, start: int, end: int) -> Iterator[Line]:
        """The paragraphs between two characters."""
        texts: list[Text] = []
        for span in self.pieces.spans(start, end):
            width = 2 if span.wide else 1
            for run in self.formatting.runs(span.at, span.end):
                begin = run.start + ((run.start - span.at) & (width - 1))
                for at, mark in self.pieces.ends(begin, run.end, wide=span.wide):
                    text = self.pieces.decoded(begin, at, wide=span.wide)
                    texts.append(Text(text, run.group, span.properties))
                    look = self.formatting.look_at(at)
                    if look.list:
                        self.lists.add((look.list, look.level))
                    yield Line(texts, mark, look)
                    texts, begin = [], at + width
                if begin < run.end:
                    text = self.pieces.decoded(begin, run.end, wide=span.wide)
                    texts.append(Text(text, run.group, span.properties))
        if any(t.text for t in texts):
            yield Line(texts, "", Look())


class Story:
    """Walks one story and gives its segments."""

    def __init__(
        self, stories: Stories, part: Part, path: str, *, visible: bool = True, note: str = ""
    ) -> None:
        self._stories = stories
        self._part = part
        self._path = path
        self._visible = visible
        self._note = note
        self._number = 0
        self._tables = 0
        self._fields: list[bool] = []
        self._coding = 0

    def segments(self, start: int, end: int) -> Iterator[Segment]:
        """Everything between two characters, in reading order. Charged to the budget."""
        row: list[Line] = []
        for line in self._stories.lines(start, end):
            if line.look.in_table or line.mark == _CELL:
                row.append(line)
                if line.look.row_end and line.mark == _CELL:
                    yield from self._row_told(row)
                    row = []
                continue
            if row:
                yield from self._row_told(row)
                row = []
            self._in_table = False
            self._number += 1
            yield from self._told(line, Place(self._part, paragraph=self._number, path=self._path))
        if row:
            yield from self._row_told(row)

    _in_table = False
    _row = 0

    def _row_told(self, row: list[Line]) -> Iterator[Segment]:
        """One row: its cells end with a mark each, the row with one more."""
        if not self._in_table:
            self._in_table = True
            self._tables += 1
            self._row = 0
        self._row += 1
        shaded = any(line.look.cells_shaded for line in row)
        part = Part.TABLE if self._part is Part.BODY else self._part
        column, paragraph = 1, 0
        for line in row:
            if line.look.row_end and line.mark == _CELL and not any(t.text for t in line.texts):
                break
            paragraph += 1
            place = Place(
                part,
                table=self._tables,
                row=self._row,
                column=column,
                paragraph=paragraph,
                path=self._path,
            )
            yield from self._told(line, place, shaded=shaded)
            if line.mark == _CELL:
                column, paragraph = column + 1, 0

    def _told(self, line: Line, place: Place, *, shaded: bool = False) -> Iterator[Segment]:
        gathered = Paragraph(place.paragraph)
        formatting = self._stories.formatting
        ground = shaded or line.look.shaded
        for text, group, piece in line.texts:
            look = formatting.effect(group, piece, line.look.style)
            if look.ground == UNTOLD and not look.shaded:
                look = look._replace(ground=line.look.ground)
            self._take(gathered, text, look, ground=ground)
        for segment, _ in gathered.told(place, visible=self._visible, note=self._note):
            self._stories.budget.spend_segments()
            yield segment

    def _take(self, paragraph: Paragraph, text: str, look: Effect, *, ground: bool) -> None:
        for match in _TOKEN.finditer(text):
            token = match[0]
            if token == _BEGIN:
                self._fields.append(True)
                self._coding += 1
                paragraph.last = None
            elif token == _SEPARATOR:
                if self._fields and self._fields[-1]:
                    self._fields[-1] = False
                    self._coding -= 1
            elif token == _END:
                if self._fields and self._fields.pop():
                    self._coding -= 1
            elif token[0] < " " and token[0] != "\t":
                self._sign(paragraph, token, look, ground=ground)
            elif look.symbol and look.special and len(token) == 1:
                self._add(
                    paragraph, self._stories.symbol(look.symbol) or token, look, ground=ground
                )
            else:
                self._add(paragraph, token, look, ground=ground)

    def _sign(self, paragraph: Paragraph, token: str, look: Effect, *, ground: bool) -> None:
        """Characters below the blank: pictures, anchors, breaks, references (2.4.1)."""
        pictures = self._stories.pictures
        if token == "\x01":
            (pictures.data if look.data else pictures.pictures).add(look.location)
        elif token == "\x08":
            pictures.drawn += 1
        shown = _SHOWN.get(token)
        if shown is not None:
            self._add(paragraph, shown, look, ground=ground)

    def _add(self, paragraph: Paragraph, text: str, look: Effect, *, ground: bool) -> None:
        """One piece of running text, to where its look sends it."""
        revisers = self._stories.revisers
        if look.deleted:
            note = revisers.stamp(look.deleted_by, look.deleted_at)
            paragraph.put_aside(Part.DELETION, Atom(text, None), note)
        elif look.hidden or (look.white and not look.shaded and not ground):
            paragraph.put_aside(Part.HIDDEN, Atom(text, None), "")
        elif self._coding:
            paragraph.put_aside(Part.FIELD, Atom(text, None), "")
        else:
            paragraph.visible.append(Atom(text, None, None, look.inserted))
            paragraph.last = None
            if look.inserted:
                stamp = revisers.stamp(look.inserted_by, look.inserted_at)
                paragraph.remark(Part.INSERTION, stamp)
