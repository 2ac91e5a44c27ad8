"""A PDF as segments: the lines of its pages, seen or unseen, then everything else it carries."""

import io
from typing import Any, BinaryIO, NamedTuple

import pikepdf

from formats.budget import Budget
from formats.pdf import revisions
from formats.pdf.bombs import Weights, refuse_bursting
from formats.pdf.content import ANYTHING, content_of
from formats.pdf.document import opened
from formats.pdf.layers import NO_LAYERS, layers_of
from formats.pdf.objects import Scanner
from formats.pdf.pages import Pages
from formats.pdf.rest import no_structure, rest
from formats.pdf.structure import PDF_LIES, open_structure
from formats.reading import Kind, Reading, Segment, Trouble, TroubleCode, Unreadable


class _Version(NamedTuple):
    """What one version of a file holds."""

    segments: list[Segment]
    troubles: list[Trouble]
    pages: int
    images: tuple[int, ...]


def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """All of a PDF. Raises Unreadable: ENCRYPTED, DAMAGED, TOO_BIG."""
    source.seek(0)
    data = source.read()
    now = _version(data, budget)
    if data.count(b"%%EOF") > 1:
        said = {s.text.strip() for s in now.segments}
        ends = revisions.ends_of(data)
        for number, end in revisions.looked_at(ends):
            try:
                before = _version(data[:end], budget)
            except Unreadable as error:
                if error.code is TroubleCode.TOO_BIG:
                    raise
                continue  # an end that is none: the bytes up to it are no file of their own
            now.segments.extend(revisions.gone(before.segments, number, said))
        now.troubles.extend(revisions.troubles(ends))
    return Reading(
        kind,
        tuple(now.segments),
        tuple(now.troubles),
        now.pages,
        bool(now.troubles),
        now.images,
    )


def _version(data: bytes, budget: Budget) -> _Version:
    """Everything that the bytes show to a program that opens them."""
    refuse_bursting(data, budget)
    structure = open_structure(io.BytesIO(data))
    try:
        layers = NO_LAYERS if structure is None else layers_of(structure)
        with opened(data) as document:
            count = len(document)
            budget.check_pages(count)
            leaves = _leaves(structure, count)
            pages = Pages(document, Scanner(layers), budget)
            weights = Weights(budget)
            for number in range(1, count + 1):
                content = ANYTHING
                if leaves is not None:
                    content = content_of(leaves[number - 1], budget, weights)
                pages.read(number, content)
        segments, troubles = pages.segments, pages.troubles()
        if count == 0:
            troubles.append(Trouble(TroubleCode.DAMAGED, "这个 PDF 没有一页，请核对文件。"))
        if structure is None:
            troubles.append(no_structure())
        else:
            inner, more = rest(structure, leaves, layers, pages, budget)
            segments += inner
            troubles += more
    finally:
        if structure is not None:
            structure.close()
    return _Version(segments, troubles, count, pages.images)


def _leaves(structure: pikepdf.Pdf | None, count: int) -> list[Any] | None:
    """The page objects, where both libraries agree how many there are."""
    if structure is None:
        return None
    try:
        leaves = [page.obj for page in structure.pages]
    except PDF_LIES:
        return None
    return leaves if len(leaves) == count else None
