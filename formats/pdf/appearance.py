"""Text in the appearances of annotations and fields, and on pages that no page tree holds.

Both are painted like a page but stand on none, so each becomes a page of a new document in memory,
which is read as any other.
"""

import io
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

import pikepdf

from formats.budget import Budget
from formats.pdf.document import opened
from formats.pdf.layout import Line
from formats.pdf.lines import PageText
from formats.pdf.losses import broke_off
from formats.pdf.objects import Scanner
from formats.pdf.structure import PDF_LIES, entry, inherited, items_of, pairs, string_of
from formats.pdf.unpacking import unpacked
from formats.reading import Part, Place, Segment

MOST = 2000
_Found = TypeVar("_Found")
_WORDS = (b"Tj", b"TJ", b"'", b'"', b"Do")


class Look(NamedTuple):
    """One appearance: its stream, where it stands, whether it is the one that is shown."""

    stream: Any
    place: Place
    shown: bool
    said: str


def looks_of(note: Any, place: Place, said: str, *, shown: bool) -> Iterator[Look]:
    """The appearances of an annotation (12.5.5). `said`: what its other entries say already."""
    looks = entry(note, "/AP")
    state = string_of(entry(note, "/AS"))
    for key in ("/N", "/R", "/D"):
        look = entry(looks, key)
        if isinstance(look, pikepdf.Stream):
            yield Look(look, place, shown and key == "/N", said)
        elif isinstance(look, pikepdf.Dictionary):
            for name, inner in pairs(look)[:100]:
                if isinstance(inner, pikepdf.Stream):
                    now = shown and key == "/N" and name == "/" + state
                    yield Look(inner, place, now, said)


def texts(looks: Iterable[Look], pdf: pikepdf.Pdf, budget: Budget) -> Iterator[Segment]:
    """The lines of appearances that say something else than their annotations do.

    Raises Unreadable(TOO_BIG) and what pikepdf raises.
    """
    written = _most([look for look in looks if _has_text(look.stream, budget)])
    pages = _pages(pdf, [look.stream for look in written])
    for look, lines in zip(written, pages, strict=True):
        said = "".join(look.said.split())
        for line in lines:
            bare = "".join(line.text.split())
            if bare and bare not in said:
                said += bare
                seen = look.shown and line.part in (Part.BODY, Part.TABLE)
                yield Segment(look.place, line.text, seen, "画在页面上的样子")


def painted(
    streams: Iterable[Any], pdf: pikepdf.Pdf, budget: Budget
) -> Iterator[tuple[Any, list[Line]]]:
    """The lines of forms and patterns that have any. Raises Unreadable(TOO_BIG), what pikepdf
    raises."""
    written = _most([stream for stream in streams if _has_text(stream, budget)])
    yield from zip(written, _pages(pdf, written), strict=True)


def _most(found: list[_Found]) -> list[_Found]:
    """As many as are read; that there are more is noted as a loss."""
    if len(found) > MOST:
        broke_off()
    return found[:MOST]


def _pages(pdf: pikepdf.Pdf, streams: list[Any]) -> list[list[Line]]:
    """The lines of each, as if it were a page."""
    if not streams:
        return []
    fonts = entry(entry(pdf.Root, "/AcroForm"), "/DR")
    with pikepdf.Pdf.new() as paper:
        for stream in streams:
            _add(paper, stream, fonts)
        return list(_lines(paper))


def lost(pages: Iterable[Any], budget: Budget) -> Iterator[Segment]:
    """The lines of page objects that the page tree has lost: pages somebody has deleted."""
    with pikepdf.Pdf.new() as paper:
        for page in pages:
            for stream in items_of(entry(page, "/Contents")):
                unpacked(stream, budget)
            for key in ("/Resources", "/MediaBox"):
                value = inherited(page, key)
                if value is not None and key not in page:
                    page[key] = value
            paper.pages.append(pikepdf.Page(page))
            for key in ("/Annots", "/B", "/AA"):
                if key in paper.pages[-1].obj:
                    del paper.pages[-1].obj[key]
        found = list(_lines(paper))
    for number, lines in enumerate(found, 1):
        for line in lines:
            place = Place(Part.REVISION_HISTORY, paragraph=line.number, path=f"lost page {number}")
            yield Segment(place, line.text, visible=False, note="已删除但仍留在文件里的页")


def _has_text(stream: Any, budget: Budget) -> bool:
    try:
        data = unpacked(stream, budget, whole=True)
    except (*PDF_LIES, zlib.error):
        broke_off()
        return True  # what is left of it is looked at
    return any(word in data for word in _WORDS)


def _add(paper: pikepdf.Pdf, stream: Any, fonts: Any) -> None:
    """A page that paints nothing but this form."""
    form = paper.copy_foreign(stream)
    if "/Matrix" in form:
        del form["/Matrix"]
    if "/Resources" not in form and isinstance(fonts, pikepdf.Dictionary):
        form["/Resources"] = paper.copy_foreign(fonts) if fonts.is_indirect else fonts
    form["/Type"], form["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
    box = [float(v) for v in items_of(entry(form, "/BBox"))] or [0.0, 0.0, 600.0, 800.0]
    paper.pages.append(
        pikepdf.Page(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=box,
                Contents=paper.make_stream(b"/A Do"),
                Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=form)),
            )
        )
    )


def _lines(paper: pikepdf.Pdf) -> Iterator[list[Line]]:
    out = io.BytesIO()
    paper.save(out, static_id=True)
    with opened(out.getvalue()) as document:
        for page in document:
            text = PageText(page, Scanner())
            try:
                yield text.lines()
            finally:
                text.close()
                page.close()
