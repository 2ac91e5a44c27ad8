"""Everything of a PDF that does not stand in the content of its pages."""

from collections.abc import Callable, Iterator, Set
from typing import Any, NamedTuple

import pikepdf

from formats.budget import Budget
from formats.ocr import PictureText
from formats.pdf import appearance, attachments, document_parts, fields, names, pictures
from formats.pdf.annotations import OfPage
from formats.pdf.layers import Layers
from formats.pdf.loose import loose_of, patterns, unpainted, words
from formats.pdf.pages import Pages, ranges
from formats.pdf.structure import PDF_LIES, ObjectName, entry, gathered, items_of
from formats.pdf.sweep import Swept, swept
from formats.pdf.unsaid import unsaid
from formats.reading import Part, Place, Segment, Trouble, TroubleCode
from formats.unsaid import Said


def rest(
    pdf: pikepdf.Pdf,
    leaves: list[Any] | None,
    layers: Layers,
    pages: Pages,
    shown: Set[ObjectName],
    budget: Budget,
) -> tuple[list[Segment], list[Trouble]]:
    """Notes, forms, files, bookmarks, properties, scripts, lost pages, and the troubles met.

    `shown`: the streams that pages are painted with. Raises Unreadable(TOO_BIG).
    """
    segments: list[Segment] = []
    troubles: list[Trouble] = []
    try:
        root = pdf.Root
        all_of_it = swept(pdf, leaves)
    except PDF_LIES:
        return [], [no_structure()]
    noted = _Noted(pdf, leaves, pages)
    readers: tuple[Callable[[], Iterator[Segment]], ...] = (
        noted.segments,
        lambda: appearance.texts(noted.looks, pdf, budget),
        lambda: fields.other_fields(root, noted.shown),
        lambda: document_parts.outline(pdf),
        lambda: document_parts.properties(pdf, all_of_it.packets),
        lambda: document_parts.layers(pdf, layers.off),
        lambda: document_parts.scripts(pdf, all_of_it.scripts),
        lambda: document_parts.descriptions(pdf),
        lambda: names.named_places(pdf),
        lambda: names.page_labels(pdf),
        lambda: names.articles(pdf),
        lambda: names.private_data(pdf, leaves or []),
    )
    whole = [gathered(reader, segments) for reader in readers]
    if all_of_it.lost_pages:
        whole.append(gathered(lambda: appearance.lost(all_of_it.lost_pages, budget), segments))
    budget.spend_segments(len(segments))
    seen = _pictures(all_of_it.images, leaves, budget)
    if seen is None:
        whole.append(False)
    else:
        segments += seen.segments
        troubles += seen.troubles
    if not (all(whole) and all_of_it.whole):
        troubles.append(no_structure())
    troubles += noted.troubles()
    inner, more = attachments.attachments(pdf, leaves or [], all_of_it, budget)
    segments += inner
    troubles += more
    try:
        shown = {*shown, *noted.painted(), *all_of_it.known()}
        net = _unsaid(pdf, leaves or [], all_of_it, shown, pages.segments + segments, budget)
    except PDF_LIES:
        return segments, [*troubles, no_structure()]
    return segments + net.segments, troubles + net.troubles


class _Found(NamedTuple):
    segments: list[Segment]
    troubles: list[Trouble]


def _unsaid(
    pdf: pikepdf.Pdf,
    leaves: list[Any],
    all_of_it: Swept,
    shown: Set[ObjectName],
    segments: list[Segment],
    budget: Budget,
) -> _Found:
    """What stands in none of the segments. Raises Unreadable(TOO_BIG), what pikepdf raises."""
    found = _Found([], [])
    loose = loose_of(all_of_it.streams, shown)
    if loose.forms or loose.data:
        said = Said(segments)
        where = patterns(leaves) if loose.forms else {}
        found.segments.extend(unpainted(loose.forms, where, said, pdf, budget))
        found.segments.extend(words(loose.data, said, budget, found.troubles))
    holders = [*all_of_it.telling, pdf.trailer]
    found.segments.extend(unsaid(holders, leaves, [*segments, *found.segments]))
    budget.spend_segments(len(found.segments))
    return found


def _pictures(images: list[Any], leaves: list[Any] | None, budget: Budget) -> PictureText | None:
    """What the pictures carry; None where the file broke off under it."""
    if not images:
        return PictureText((), ())
    try:
        return pictures.noted(images, pictures.where(leaves or ()), budget)
    except PDF_LIES:
        return None


class _Noted:
    """The annotations of all pages."""

    def __init__(self, pdf: pikepdf.Pdf, leaves: list[Any] | None, pages: Pages) -> None:
        self._pdf, self._leaves, self._pages = pdf, leaves, pages
        self.looks: list[appearance.Look] = []
        self.shown: set[tuple[int, int]] = set()
        self._unapplied: list[int] = []
        self._media: list[int] = []

    def segments(self) -> Iterator[Segment]:
        leaves = self._leaves
        if leaves is None:
            leaves = [page.obj for page in self._pdf.pages]
        for number, frame in self._pages.noted:
            page = leaves[number - 1]
            if "/Annots" not in page and "/AA" not in page:
                continue
            notes = OfPage(page, number, frame)
            yield from notes.segments()
            self.looks += notes.looks
            if notes.unapplied:
                self._unapplied.append(number)
            if notes.media:
                self._media.append(number)
            for note in items_of(entry(page, "/Annots")):
                self.shown.add(getattr(note, "objgen", (0, 0)))

    def painted(self) -> set[ObjectName]:
        """The streams that they are painted with."""
        return {look.stream.objgen for look in self.looks}

    def troubles(self) -> list[Trouble]:
        found = []
        if self._unapplied:
            text = (
                f"第 {ranges(self._unapplied)} 页有涂黑标记，但没有执行，下面的文字还在。"
                "请在原软件里执行涂黑（密文），重新导出后再放入。"
            )
            place = Place(Part.ANNOTATION, page=self._unapplied[0])
            found.append(Trouble(TroubleCode.BAD_REDACTION, text, place))
        if self._media:
            text = (
                f"第 {ranges(self._media)} 页有录音、影片或三维模型，程序读不了。"
                "请人工播放查看，公开件一般不应带有。"
            )
            place = Place(Part.ANNOTATION, page=self._media[0])
            found.append(Trouble(TroubleCode.LEFT_OUT, text, place))
        return found


def no_structure() -> Trouble:
    """The sentence for a file whose objects cannot all be followed."""
    return Trouble(
        TroubleCode.DAMAGED,
        "这个 PDF 的内部结构有损坏，注释、表单、附件等可能没有读全。"
        "请用原软件重新导出后再放入，或人工查看。",
    )
