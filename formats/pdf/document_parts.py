"""What a PDF says about itself: properties, bookmarks, layers, scripts, attachments."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from lxml import etree

from formats import xml
from formats.budget import Budget
from formats.opening import read_stream
from formats.pdf.annotations import actions
from formats.pdf.layers import raw_name
from formats.pdf.structure import PDF_LIES, Walk, entry, items_of, string_of
from formats.reading import Part, Place, Segment, Trouble, TroubleCode, Unreadable

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


def properties(pdf: pikepdf.Pdf) -> Iterator[Segment]:
    """The Info dictionary and the XMP packet; each text once."""
    said: set[str] = set()
    info = pdf.trailer.get("/Info")
    keys = list(info.keys()) if isinstance(info, pikepdf.Dictionary) else []
    for number, key in enumerate(keys, 1):
        name, text = key.lstrip("/"), string_of(entry(info, key)).strip()
        if name not in _QUIET and text:
            said.add(text)
            place = Place(Part.METADATA, paragraph=number, path="Info")
            yield Segment(place, text, visible=False, note=_LABELS.get(name, name))
    yield from _xmp(entry(pdf.Root, "/Metadata"), said)


def _xmp(stream: Any, said: set[str]) -> Iterator[Segment]:
    if not isinstance(stream, pikepdf.Stream):
        return
    try:
        root = xml.parse(stream.read_bytes().strip().strip(b"\0"), "XMP")
    except Unreadable:
        text = string_of(stream).strip()
        if text:
            yield Segment(Place(Part.METADATA, path="XMP"), text, visible=False, note="XMP")
        return
    number = 0
    for element in root.iter(etree.Element):
        found = [(str(element.tag), element.text or "")]
        found += [(str(key), str(value)) for key, value in element.attrib.items()]
        for tag, raw in found:
            text = raw.strip()
            name = etree.QName(tag).localname
            if not text or text in said or name in _QUIET_XMP or _is_machine(tag):
                continue
            said.add(text)
            number += 1
            place = Place(Part.METADATA, paragraph=number, path="XMP")
            yield Segment(place, text, visible=False, note=_xmp_note(element, name))


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


def scripts(pdf: pikepdf.Pdf) -> Iterator[Segment]:
    """JavaScript of the document and what it does when it opens."""
    for number, (part, text, note) in enumerate(actions(pdf.Root), 1):
        yield Segment(Place(part, paragraph=number, path="Catalog"), text, visible=False, note=note)
    named = Walk().tree(
        items_of(entry(entry(pdf.Root, "/Names"), "/JavaScript")),
        lambda node: (
            items_of(entry(node, "/Kids"))
            + [n for n in items_of(entry(node, "/Names")) if isinstance(n, pikepdf.Dictionary)]
        ),
    )
    for number, node in enumerate(named, 1):
        text = string_of(entry(node, "/JS"))
        if text.strip():
            place = Place(Part.SCRIPT, paragraph=number, path="Names")
            yield Segment(place, text, visible=False, note="文档脚本")


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
        for key, note in (("/Alt", "替代文字"), ("/ActualText", "替换文字"), ("/E", "缩写全称")):
            text = string_of(entry(node, key))
            if text.strip():
                place = Place(Part.ALT_TEXT, paragraph=number, path="StructTreeRoot")
                yield Segment(place, text, visible=False, note=note)


def attachments(pdf: pikepdf.Pdf, budget: Budget) -> tuple[list[Segment], list[Trouble]]:
    """Files inside the file, each read in turn with its name as `place.member`."""
    segments: list[Segment] = []
    troubles: list[Trouble] = []
    specs: dict[str, Any] = {}
    try:
        for key, spec in pdf.attachments.items():
            specs[spec.filename or key] = spec
    except PDF_LIES:
        troubles.append(_unread("附件列表", "附件列表已损坏。"))
    for page in pdf.pages:
        for note in items_of(entry(page.obj, "/Annots")):
            file = entry(note, "/FS")
            if isinstance(file, pikepdf.Dictionary):
                name = string_of(entry(file, "/UF")) or string_of(entry(file, "/F"))
                specs.setdefault(name or "附件", file)
    for number, (name, spec) in enumerate(specs.items(), 1):
        place = Place(Part.ATTACHMENT, paragraph=number)
        segments.append(Segment(place, name, visible=False, note="附件的文件名"))
        budget.spend_entries()
        try:
            data = _contents(spec)
            budget.spend_bytes(len(data))
            with budget.deeper():
                inner = read_stream(io.BytesIO(data), budget, name)
        except Unreadable as error:
            if error.code is TroubleCode.TOO_BIG:
                raise
            troubles.append(_unread(name, error.text, error.code))
            continue
        except PDF_LIES:
            troubles.append(_unread(name, "附件已损坏。"))
            continue
        for segment in inner.segments:
            member = "/".join(x for x in (name, segment.place.member) if x)
            segments.append(
                segment._replace(place=segment.place._replace(member=member), visible=False)
            )
        troubles += inner.troubles
    return segments, troubles


def _contents(spec: Any) -> bytes:
    if isinstance(spec, pikepdf.Dictionary):
        files = entry(spec, "/EF")
        stream = entry(files, "/UF") or entry(files, "/F")
        return bytes(stream.read_bytes())
    return bytes(spec.get_file().read_bytes())


def _unread(name: str, why: str, code: TroubleCode = TroubleCode.DAMAGED) -> Trouble:
    return Trouble(
        code, f"PDF 里的“{name}”没有读成：{why}请人工查看。", Place(Part.ATTACHMENT, member=name)
    )
