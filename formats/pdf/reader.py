"""A PDF as segments: the lines of its pages, seen or unseen, then everything else it carries."""

import io
from typing import Any, BinaryIO, NamedTuple

import pikepdf

from formats.budget import Budget
from formats.pdf import outside, revisions
from formats.pdf.bombs import refuse_bursting
from formats.pdf.content import ANYTHING
from formats.pdf.document import opened
from formats.pdf.layers import NO_LAYERS, layers_of
from formats.pdf.losses import noting
from formats.pdf.objects import Scanner
from formats.pdf.pages import Pages
from formats.pdf.plain import Plain
from formats.pdf.rest import no_structure, rest
from formats.pdf.structure import PDF_LIES, entry, items_of, open_structure
from formats.reading import Kind, Reading, Segment, Trouble, TroubleCode, Unreadable
from formats.resting import collector_resting


class _Version(NamedTuple):
    """What one version of a file holds."""

    segments: list[Segment]
    troubles: list[Trouble]
    pages: int
    images: tuple[int, ...]


def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """All of a PDF. Raises Unreadable: ENCRYPTED, DAMAGED, TOO_BIG."""
    source.seek(0)
    with collector_resting():
        return _read(source.read(), budget, kind)


def _read(data: bytes, budget: Budget, kind: Kind) -> Reading:
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
    now.segments.extend(outside.between(data, now.segments))
    tail = outside.behind(data, budget)
    now.segments.extend(tail.segments)
    now.troubles.extend(tail.troubles)
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
    with noting() as losses:
        version = _told(data, budget)
    if losses.met and no_structure() not in version.troubles:
        version.troubles.append(no_structure())
    return version


def _told(data: bytes, budget: Budget) -> _Version:
    refuse_bursting(data, budget)
    structure = open_structure(io.BytesIO(data))
    try:
        layers = NO_LAYERS if structure is None else layers_of(structure)
        leaves = _leaves(structure, budget)
        plain = Plain(structure, leaves, budget)
        with opened(plain.data or data) as document:
            count = len(document)
            budget.check_pages(count)
            # Where the two libraries differ in what the pages are, neither is believed.
            agreed = leaves is not None and len(leaves) == count
            pages = Pages(document, Scanner(layers), budget)
            for number in range(1, count + 1):
                pages.read(number, plain.contents[number - 1] if agreed else ANYTHING)
        pages.segments += plain.replaced
        segments, troubles = pages.segments, pages.troubles()
        if count == 0:
            troubles.append(Trouble(TroubleCode.DAMAGED, "这个 PDF 没有一页，请核对文件。"))
        if structure is None:
            troubles.append(no_structure())
        else:
            inner, more = rest(structure, leaves, layers, pages, plain.shown, budget)
            segments += inner
            troubles += more
    finally:
        if structure is not None:
            structure.close()
    return _Version(segments, troubles, count, pages.images)


def _leaves(structure: pikepdf.Pdf | None, budget: Budget) -> list[Any] | None:
    """The page objects. Raises Unreadable(TOO_BIG)."""
    if structure is None:
        return None
    try:
        budget.check_pages(_at_least(structure, budget.limits.pages))
        leaves = [page.obj for page in structure.pages]
    except PDF_LIES:
        return None
    budget.check_pages(len(leaves))
    return leaves


def _at_least(structure: pikepdf.Pdf, most: int) -> int:
    """A count of pages that stops past `most`: qpdf first makes an object of each mention of one.

    A circle of nodes is left to qpdf, which knows it.
    """
    nodes, seen, pages = [entry(structure.Root, "/Pages")], set[tuple[int, int]](), 0
    while nodes and pages <= most:
        node = nodes.pop()
        kids = entry(node, "/Kids")
        if not isinstance(kids, pikepdf.Array):
            pages += 1
        elif node.objgen not in seen:
            if len(kids) > most:
                return pages + len(kids)
            seen.add(node.objgen)
            nodes += items_of(kids)
    return pages
