"""Names and notes that a PDF carries for programs: named places, page labels, articles, data of the
programs that made it (12.3.2.3, 12.4.2, 12.4.3, 14.5)."""

from collections.abc import Iterator
from typing import Any

import pikepdf

from formats.pdf.structure import Walk, entry, items_of, pairs, string_of
from formats.reading import Part, Place, Segment

_MOST_STRINGS = 5000


def named_places(pdf: pikepdf.Pdf) -> Iterator[Segment]:
    """The names that links inside and from outside point to."""
    tree = Walk().tree(
        items_of(entry(entry(pdf.Root, "/Names"), "/Dests")),
        lambda node: items_of(entry(node, "/Kids")),
    )
    names = [string_of(name) for node in tree for name in items_of(entry(node, "/Names"))[::2]]
    names += [key.lstrip("/") for key, _ in pairs(entry(pdf.Root, "/Dests"))]
    for number, name in enumerate(names, 1):
        if name.strip():
            place = Place(Part.OUTLINE, paragraph=number, path="Dests")
            yield Segment(place, name, visible=False, note="命名位置")


def page_labels(pdf: pikepdf.Pdf) -> Iterator[Segment]:
    """What programs show in front of page numbers."""
    tree = Walk().tree(
        items_of(entry(pdf.Root, "/PageLabels")), lambda node: items_of(entry(node, "/Kids"))
    )
    labels = [label for node in tree for label in items_of(entry(node, "/Nums"))[1::2]]
    for number, label in enumerate(labels, 1):
        text = string_of(entry(label, "/P"))
        if text.strip():
            place = Place(Part.METADATA, paragraph=number, path="PageLabels")
            yield Segment(place, text, visible=False, note="页码的前缀")


def articles(pdf: pikepdf.Pdf) -> Iterator[Segment]:
    """What the threads of articles say of themselves."""
    for number, thread in enumerate(items_of(entry(pdf.Root, "/Threads")), 1):
        info = entry(thread, "/I")
        for text in _strings(info):
            place = Place(Part.METADATA, paragraph=number, path="Threads")
            yield Segment(place, text, visible=False, note="文章的说明")


def private_data(pdf: pikepdf.Pdf, leaves: list[Any]) -> Iterator[Segment]:
    """Texts that programs keep for themselves: of the document, of pages, of a portfolio."""
    owners: list[tuple[int | None, Any, str]] = [
        (None, entry(pdf.Root, "/PieceInfo"), "制作程序自己的数据"),
        (None, entry(pdf.Root, "/Collection"), "文件包的目录"),
    ]
    owners += [
        (number, entry(page, "/PieceInfo"), "制作程序自己的数据")
        for number, page in enumerate(leaves, 1)
        if "/PieceInfo" in page
    ]
    for page, owner, note in owners:
        for number, text in enumerate(_strings(owner), 1):
            place = Place(Part.METADATA, page=page, paragraph=number, path="PieceInfo")
            yield Segment(place, text, visible=False, note=note)


def _strings(owner: Any) -> Iterator[str]:
    """Every text string below an object, each once, without dates."""
    if owner is None:
        return
    said: set[str] = set()
    walk = Walk().tree([owner], _below)
    for value in walk:
        text = string_of(value) if isinstance(value, pikepdf.String) else ""
        if text.strip() and text not in said and not text.startswith("D:"):
            said.add(text)
            yield text
        if len(said) >= _MOST_STRINGS:
            return


def _below(value: Any) -> list[Any]:
    if isinstance(value, pikepdf.Array):
        return [v for v in items_of(value) if isinstance(v, pikepdf.Object)]
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        found = [inner for key, inner in pairs(value) if key not in ("/Parent", "/P")]
        return [v for v in found if isinstance(v, pikepdf.Object)]
    return []
