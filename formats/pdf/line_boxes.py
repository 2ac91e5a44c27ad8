"""The boxes of the characters of one page, for the review desk."""

from pathlib import Path

from formats.budget import Budget
from formats.pdf.content import ANYTHING, Content, content_of
from formats.pdf.document import opened, page_of
from formats.pdf.layers import NO_LAYERS, layers_of
from formats.pdf.lines import LineBoxes, PageText
from formats.pdf.objects import Scanner
from formats.pdf.structure import PDF_LIES, open_structure


def boxes(path: Path, page: int) -> tuple[LineBoxes, ...]:
    """The character boxes of each line of page `page` (from 1). Raises Unreadable.

    `LineBoxes.paragraph` is the `place.paragraph` of the segments that the reader gives, and a span
    in such a segment counts in `LineBoxes.boxes`.
    """
    with opened(path) as document, page_of(document, page) as leaf:
        scanner, content = _told_apart(path, page, len(document))
        text = PageText(leaf, scanner, content)
        try:
            return tuple(text.char_boxes(line) for line in text.lines())
        finally:
            text.close()


def _told_apart(path: Path, page: int, count: int) -> tuple[Scanner, Content]:
    """What the structure tells about layers and about the content of a page."""
    with path.open("rb") as source:
        pdf = open_structure(source)
        if pdf is None:
            return Scanner(NO_LAYERS), ANYTHING
        with pdf:
            try:
                if len(pdf.pages) != count:
                    return Scanner(layers_of(pdf)), ANYTHING
                return Scanner(layers_of(pdf)), content_of(pdf.pages[page - 1].obj, Budget())
            except PDF_LIES:
                return Scanner(layers_of(pdf)), ANYTHING
