"""A labelled document before it is a file: lines and tables, each text with its labels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from tests.labelled.template import Mark, Text

_CLOSING = "，。、；：！？）》”"


def wrapped(text: str, width: int) -> list[str]:
    """Lines of `width` characters; one more where a line would begin with a closing mark."""
    lines = []
    for line in text.split("\n"):
        at = 0
        while at < len(line):
            end = at + width
            end += end < len(line) and line[end] in _CLOSING
            lines.append(line[at:end])
            at = end
    return lines or [""]


@dataclass(frozen=True)
class Line:
    """A paragraph, or a text in another place: header, footer, footnote, comment, and what else a
    carrier knows (as `formats.reading.Part` says)."""

    text: Text
    where: str = "body"


@dataclass(frozen=True)
class Grid:
    """A table. A cell that is None lies under the merged cell to its left."""

    rows: list[list[Text | None]]

    @property
    def width(self) -> int:
        return max(len(row) for row in self.rows)


@dataclass
class Paper:
    """One document: its file's stem, its blocks in order, and how it is to be written.

    `split`: values are cut over runs (docx), lines (txt, pdf) and pages (pdf).
    `place`: where its mark of state secrets was put.
    `full`: everything in it is labelled, so a find without a label is false; else only a mark of
    state secrets is.
    """

    stem: Text
    blocks: list[Line | Grid]
    kind: str = "docx"
    split: bool = False
    full: bool = True
    encoding: str = "utf-8"
    template: str = ""
    place: str = ""
    rng: Random = field(default_factory=lambda: Random(0))

    def lines(self, where: str) -> list[Text]:
        """The texts of one place."""
        return [b.text for b in self.blocks if isinstance(b, Line) and b.where == where]

    def texts(self) -> list[tuple[str, Text]]:
        """Every text with its place, in writing order; the file's name first."""
        found = [("name", self.stem)]
        for block in self.blocks:
            if isinstance(block, Line):
                found.append((block.where, block.text))
            else:
                found.extend(("table", t) for row in block.rows for t in _whole(row))
        return found


def _whole(row: Sequence[Text | None]) -> Iterator[Text]:
    """The texts of a row; a number that has a cell for each digit is one."""
    boxed = ""
    kind = ""
    for cell in (*row, None):
        if cell is not None and len(cell.text) == 1 and cell.marks:
            boxed, kind = boxed + cell.text, cell.marks[0].kind
            continue
        if boxed:
            yield Text(boxed, (Mark(0, len(boxed), kind),))
            boxed = ""
        if cell is not None:
            yield cell
