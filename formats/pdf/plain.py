"""What the contents of pages may do, and the file as pdfium is given it."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pikepdf

from formats.budget import Budget
from formats.pdf.bombs import Weights
from formats.pdf.content import ANYTHING, Content, content_of, contents_of
from formats.pdf.speech import hushed, replacements
from formats.pdf.structure import PDF_LIES
from formats.reading import Part, Place, Segment

_FIRST = 1001


class Plain:
    """`contents`: one for each page object. `replaced`: texts that stand for others in them, and
    what stands beside their operators.

    `shown`: the streams that pages are painted with, as pikepdf names objects.
    `data`: the file without those, None where it has none: then pdfium may read the file itself.
    """

    def __init__(self, pdf: pikepdf.Pdf | None, leaves: list[Any] | None, budget: Budget) -> None:
        """Raises Unreadable(TOO_BIG)."""
        self.contents: list[Content] = []
        self.replaced: list[Segment] = []
        self.shown: set[tuple[int, int]] = set()
        self.data: bytes | None = None
        if pdf is None or leaves is None:
            return
        weights = Weights(budget)
        self.contents = [content_of(leaf, budget, weights) for leaf in leaves]
        self._show(leaves)
        beside = list(_beside(self.contents, weights))
        budget.spend_segments(len(beside))
        self.replaced += beside
        self.shown |= weights.painted
        if weights.spoken or any(content.spoken for content in self.contents):
            self._hush(pdf, leaves, weights, budget)
            self._show(leaves)

    def _show(self, leaves: list[Any]) -> None:
        # What is not known to be shown is looked at as if nothing showed it: no less is told.
        with suppress(*PDF_LIES):
            self.shown |= contents_of(leaves)

    def _hush(self, pdf: pikepdf.Pdf, leaves: list[Any], weights: Weights, budget: Budget) -> None:
        spoken = [
            (number, leaf)
            for number, leaf in enumerate(leaves, 1)
            if self.contents[number - 1].spoken
        ]
        for number, leaf in spoken:
            self.replaced += replacements(leaf, number)
        for form in weights.spoken:
            self.replaced += replacements(form, None)
        budget.spend_segments(len(self.replaced))
        try:
            self.data = hushed(pdf, [leaf for _, leaf in spoken], weights.spoken, budget)
        except PDF_LIES:
            # Nothing is known of such pages but what pdfium says.
            self.contents = [ANYTHING] * len(leaves)


def _beside(contents: list[Content], weights: Weights) -> Iterator[Segment]:
    """What no operator shows, of pages and of the forms that they paint."""
    pages = [(n, "content", content.unshown) for n, content in enumerate(contents, 1)]
    forms = [(None, f"object {name[0]}", texts) for name, texts in weights.unshown.items()]
    for page, path, texts in (*pages, *forms):
        for number, text in enumerate(texts, _FIRST):
            place = Place(Part.HIDDEN, page=page, paragraph=number, path=path)
            yield Segment(place, text, visible=False, note="页面内容里的注释或不显示的文字")
