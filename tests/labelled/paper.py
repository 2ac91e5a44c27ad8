"""A labelled document before it is a file: lines and tables, each text with its labels."""

from dataclasses import dataclass, field
from random import Random

from tests.labelled.template import Text


@dataclass(frozen=True)
class Line:
    """A paragraph, or a text in another place: header, footer, footnote, comment, textbox, hidden,
    deletion, insertion, property, hidden-sheet, hidden-column (as `formats.reading.Part` says)."""

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
                found.extend(("table", c) for row in block.rows for c in row if c is not None)
        return found
