"""The boxes of the characters of one page, for the review desk."""

from pathlib import Path

import pikepdf

from formats.budget import Budget
from formats.pdf.content import ANYTHING, Content
from formats.pdf.document import opened, page_of, source_of
from formats.pdf.layers import NO_LAYERS, layers_of
from formats.pdf.lines import LineBoxes, PageText
from formats.pdf.objects import Scanner
from formats.pdf.plain import Plain
from formats.pdf.structure import PDF_LIES, open_structure


def boxes(path: Path, page: int) -> tuple[LineBoxes, ...]:
    """The character boxes of each line of page `page` (from 1). Raises Unreadable.

    `LineBoxes.paragraph` is the `place.paragraph` of the segments that the reader gives, and a span
    in such a segment counts in `LineBoxes.boxes`.
    """
    with source_of(path) as source:
        pdf = open_structure(source)
        try:
            scanner, content, data = _told_apart(pdf, page)
        finally:
            if pdf is not None:
                pdf.close()
    with opened(path if data is None else data) as document, page_of(document, page) as leaf:
        text = PageText(leaf, scanner, content)
        try:
            return tuple(text.char_boxes(line) for line in text.lines())
        finally:
            text.close()


def _told_apart(pdf: pikepdf.Pdf | None, page: int) -> tuple[Scanner, Content, bytes | None]:
    """What the structure tells about layers and the page, and the file as pdfium is given it."""
    if pdf is None:
        return Scanner(NO_LAYERS), ANYTHING, None
    scanner = Scanner(layers_of(pdf))
    try:
        leaves = [leaf.obj for leaf in pdf.pages][page - 1 : page]
    except PDF_LIES:
        return scanner, ANYTHING, None
    plain = Plain(pdf, leaves, Budget())
    # Only the reader compares how many pages each library sees: here everything is looked at.
    return scanner, ANYTHING, plain.data
