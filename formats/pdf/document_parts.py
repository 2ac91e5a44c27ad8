"""What a PDF says about itself: properties, bookmarks, layers, scripts, attachments."""

from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from lxml import etree

from formats import xml
from formats.carving import telling
from formats.pdf.actions import actions
from formats.pdf.layers import raw_name
from formats.pdf.structure import Walk, entry, items_of, pairs, plain_bytes, string_of
from formats.reading import Part, Place, Segment, Unreadable

_LABELS = {
    "Author": "作者",
    "Title": "标题",
    "Subject": "主题",
    "Keywords": "关键词",
    "Company": "单位",
    "SourceModified": "源文件修改时间",
}
# Names of tools and times say nothing about a person.
_QUIET = frozenset(
    {
        "Producer",
        "Creator",
        "CreationDate",
        "ModDate",
        "Trapped",
        "PTEX.Fullbanner",
        "SourceModified",
    }
)
_QUIET_XMP = (
    *("CreatorTool", "Producer", "CreateDate", "ModifyDate", "MetadataDate", "DocumentID"),
    *("InstanceID", "format", "PDFVersion", "Trapped", "part", "conformance", "OriginalDocumentID"),
    *("VersionID", "RenditionClass", "rendition", "when", "instanceID", "softwareAgent", "action"),
    *("changed", "language", "documentID", "date", "RenditionOf", "amd"),
)


def properties(pdf: pikepdf.Pdf, packets: Iterable[Any] = ()) -> Iterator[Segment]:
    """The Info dictionary and the XMP packets, also those of pages and pictures; each text once."""
    said: set[str] = set()
    info = pdf.trailer.get("/Info")
    for number, (key, value) in enumerate(pairs(info), 1):
        name, text = key.lstrip("/"), string_of(value).strip()
        if name not in _QUIET and text:
            said.add(text)
            place = Place(Part.METADATA, paragraph=number, path="Info")
            yield Segment(place, text, visible=False, note=_LABELS.get(name, name))
    for packet in (entry(pdf.Root, "/Metadata"), *packets):
        yield from _xmp(packet, said)


def _xmp(stream: Any, said: set[str]) -> Iterator[Segment]:
    if not isinstance(stream, pikepdf.Stream):
        return
    try:
        data = plain_bytes(stream).strip().strip(b"\0")
        root = xml.parse(data, "XMP")
    except Unreadable:
        text = string_of(stream).strip()
        if text:
            yield Segment(Place(Part.METADATA, path="XMP"), text, visible=False, note="XMP")
        return
    number = 0
    for element in root.iter(etree.Element):
        found = [(str(element.tag), element.text or "")]
        found += [(str(key), str(value)) for key, value in element.attrib.items()]
        found.append(("behind", element.tail or ""))
        for tag, raw in found:
            text = raw.strip()
            name = etree.QName(tag).localname
            if not text or text in said or name in _QUIET_XMP or _is_machine(tag):
                continue
            said.add(text)
            number += 1
            place = Place(Part.METADATA, paragraph=number, path="XMP")
            yield Segment(place, text, visible=False, note=_xmp_note(element, name))
    for text in filter(telling, xml.comments(data)):
        if text not in said and not text.startswith("xpacket "):
            said.add(text)
            number += 1
            place = Place(Part.METADATA, paragraph=number, path="XMP")
            yield Segment(place, text, visible=False, note="XMP 里的注释")


def _is_machine(tag: str) -> bool:
    """RDF's own attributes, XML's language, and the toolkit's version."""
    return tag.startswith(
        ("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about",
         "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}parseType",
         "{http://www.w3.org/XML/1998/namespace}",
         "{adobe:ns:meta/}")
    )  # fmt: skip


def _xmp_note(element: etree._Element, name: str) -> str:
    """The property a list item belongs to: dc:creator/rdf:Seq/rdf:li is creator."""
    while name in {"li", "Seq", "Bag", "Alt"}:
        parent = element.getparent()
        if parent is None:
            break
        element, name = parent, etree.QName(parent).localname
    return f"XMP {name}"


def outline(pdf: pikepdf.Pdf) -> Iterator[Segment]:
    """The bookmarks; a reader sees them beside the page."""
    top = entry(pdf.Root, "/Outlines")
    if top is None:
        return

    def following(item: Any) -> list[Any]:
        return [x for x in (entry(item, "/First"), entry(item, "/Next")) if x is not None]

    first = entry(top, "/First")
    walk = Walk().tree([] if first is None else [first], following)
    for number, item in enumerate(walk, 1):
        place = Place(Part.OUTLINE, paragraph=number)
        text = string_of(entry(item, "/Title"))
        if text.strip():
            yield Segment(place, text)
        for part, target, note in actions(item):
            yield Segment(place._replace(part=part), target, visible=False, note=note)


def layers(pdf: pikepdf.Pdf, off: frozenset[bytes]) -> Iterator[Segment]:
    """The names of layers."""
    for number, layer in enumerate(items_of(entry(entry(pdf.Root, "/OCProperties"), "/OCGs")), 1):
        name = string_of(entry(layer, "/Name"))
        if name.strip():
            note = "关闭的图层名称" if raw_name(layer) in off else "图层名称"
            place = Place(Part.LAYER, paragraph=number, path="OCGs")
            yield Segment(place, name, visible=False, note=note)


def scripts(pdf: pikepdf.Pdf, loose: Iterable[Any] = ()) -> Iterator[Segment]:
    """JavaScript of the document and what it does when it opens. `loose`: actions found anywhere;
    each script once."""
    said: set[str] = set()
    for number, (part, text, note) in enumerate(actions(pdf.Root), 1):
        said.add(text)
        yield Segment(Place(part, paragraph=number, path="Catalog"), text, visible=False, note=note)
    named = Walk().tree(
        items_of(entry(entry(pdf.Root, "/Names"), "/JavaScript")),
        lambda node: (
            items_of(entry(node, "/Kids"))
            + [n for n in items_of(entry(node, "/Names")) if isinstance(n, pikepdf.Dictionary)]
        ),
    )
    for path, nodes in (("Names", named), ("objects", loose)):
        for number, node in enumerate(nodes, 1):
            text = string_of(entry(node, "/JS"))
            if text.strip() and text not in said:
                said.add(text)
                place = Place(Part.SCRIPT, paragraph=number, path=path)
                yield Segment(place, text, visible=False, note="文档脚本")
    base = string_of(entry(entry(pdf.Root, "/URI"), "/Base"))
    if base:
        yield Segment(Place(Part.LINK, path="URI"), base, visible=False, note="链接的共同开头")


_SPOKEN = (
    ("/Alt", "替代文字"),
    ("/ActualText", "替换文字"),
    ("/E", "缩写全称"),
    ("/T", "结构标题"),
)


def descriptions(pdf: pikepdf.Pdf) -> Iterator[Segment]:
    """Alternative and replacement texts of the structure tree (14.9.3, 14.9.4)."""
    root = entry(pdf.Root, "/StructTreeRoot")
    if root is None:
        return
    nodes = Walk().tree(
        items_of(entry(root, "/K")),
        lambda node: [k for k in items_of(entry(node, "/K")) if isinstance(k, pikepdf.Dictionary)],
    )
    for number, node in enumerate(nodes, 1):
        for key, note in _SPOKEN:
            text = string_of(entry(node, key))
            if text.strip():
                place = Place(Part.ALT_TEXT, paragraph=number, path="StructTreeRoot")
                yield Segment(place, text, visible=False, note=note)
