"""A new package from the parts that are shown: names, relationships and types made afresh."""

import re
import zipfile
from typing import BinaryIO

from lxml import etree

from formats.package import Package, Relationship
from formats.reading import TroubleCode, Unreadable
from formats.word import names as n
from formats.word.addresses import is_public
from formats.word.fields import unwrap
from formats.word.pictures import Crop, clean_picture
from formats.word.stripping import clean

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE_RELS = n.R[1:-1]
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawingml."
_MICROSOFT = "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing"
# The parts a clean document may have: where they go and what they are.
_KEPT = {
    "header": ("word/header", f"{_WORD_TYPE}header+xml"),
    "footer": ("word/footer", f"{_WORD_TYPE}footer+xml"),
    "footnotes": ("word/footnotes", f"{_WORD_TYPE}footnotes+xml"),
    "endnotes": ("word/endnotes", f"{_WORD_TYPE}endnotes+xml"),
    "styles": ("word/styles", f"{_WORD_TYPE}styles+xml"),
    "numbering": ("word/numbering", f"{_WORD_TYPE}numbering+xml"),
    "settings": ("word/settings", f"{_WORD_TYPE}settings+xml"),
    "fontTable": ("word/fontTable", f"{_WORD_TYPE}fontTable+xml"),
    "theme": ("word/theme/theme", "application/vnd.openxmlformats-officedocument.theme+xml"),
    "chart": ("word/charts/chart", f"{_DRAWING_TYPE}chart+xml"),
    "diagramData": ("word/diagrams/data", f"{_DRAWING_TYPE}diagramData+xml"),
    "diagramLayout": ("word/diagrams/layout", f"{_DRAWING_TYPE}diagramLayout+xml"),
    "diagramQuickStyle": ("word/diagrams/quickStyle", f"{_DRAWING_TYPE}diagramStyle+xml"),
    "diagramColors": ("word/diagrams/colors", f"{_DRAWING_TYPE}diagramColors+xml"),
    "diagramDrawing": (
        "word/diagrams/drawing",
        "application/vnd.ms-office.drawingml.diagramDrawing+xml",
    ),
}
# Parts the document has without naming them in its text.
_IMPLICIT = ("styles", "numbering", "settings", "fontTable", "theme", "footnotes", "endnotes",
             "diagramDrawing")  # fmt: skip
_CROP = re.compile(r"(-?[\d.]+)(f?)")


class Rebuilding:
    """Carries parts into the new package, each once. Trees in `ready` are already cut and clean,
    pictures in `blank` become white."""

    def __init__(
        self, package: Package, ready: dict[str, etree._Element], blank: frozenset[str]
    ) -> None:
        self.package = package
        self.ready = ready
        self.blank = blank
        self.parts: dict[str, bytes] = {}
        self.types: dict[str, str] = {}
        self.relationships: dict[str, list[Relationship]] = {}
        self._carried: dict[tuple[str, Crop], str] = {}
        self._counts: dict[str, int] = {}

    def carry_document(self, main: str) -> None:
        """The main part and all it needs, under fresh names."""
        target = "word/document.xml"
        self._carried[main, Crop()] = target
        self._carry_xml(main, target, f"{_WORD_TYPE}document.main+xml")
        self.relationships[""] = [Relationship("rId1", "officeDocument", target, external=False)]

    def _carry(self, relationship: Relationship, crop: Crop) -> str | None:
        """The new name of the part a relationship points at; None when it must stay behind."""
        old, kind = relationship.target, relationship.type
        if (old, crop) in self._carried:
            return self._carried[old, crop]
        if self.package.find(old) is None:
            return None
        if kind == "image":
            return self._carry_picture(old, crop)
        if kind not in _KEPT:
            return None
        stem, content_type = _KEPT[kind]
        target = f"{stem}{self._next(stem)}.xml"
        self._carried[old, crop] = target
        self._carry_xml(old, target, content_type)
        return target

    def _carry_picture(self, old: str, crop: Crop) -> str:
        data = b"" if old in self.blank else self.package.read(old)
        picture = clean_picture(data, crop)
        target = f"word/media/image{self._next('image')}.{picture.suffix}"
        self._carried[old, crop] = target
        self.parts[target] = picture.data
        self.types[target] = picture.mime
        return target

    def _carry_xml(self, old: str, target: str, content_type: str) -> None:
        root = self.ready.get(old)
        if root is None:
            root = self.package.xml(old)
            clean(root)
            for element in root.iter():
                element.text = None  # what shapes a document holds no character data
        found = {r.id: r for r in self.package.relationships(old)}
        new: list[Relationship] = []
        for element in list(root.iter()):
            keys = [key for key in map(str, element.attrib) if key.startswith(n.R)]
            if keys:
                self._point(element, keys, found, new)
        for relationship in found.values():
            if relationship.type in _IMPLICIT and not relationship.external:
                name = self._carry(relationship, Crop())
                if name is not None:
                    new.append(self._numbered(new, relationship.type, name))
        self.relationships[target] = new
        self.types[target] = content_type
        self.parts[target] = etree.tostring(
            root, xml_declaration=True, encoding="UTF-8", standalone=True
        )

    def _point(
        self,
        element: etree._Element,
        keys: list[str],
        found: dict[str, Relationship],
        new: list[Relationship],
    ) -> None:
        """Lead an element's references to the new parts, or take them away."""
        if element.tag == f"{n.W}altChunk":
            raise Unreadable(
                TroubleCode.NOT_SUPPORTED,
                "文中插入了整篇外部文档，不能自动生成公开件。"
                "请用 WPS 或 Word 打开、另存为 .docx 后重新放入。",
            )
        for key in keys:
            relationship = found.get(element.get(key, ""))
            name: str | None = None
            if relationship is not None and relationship.external:
                if relationship.type == "hyperlink" and is_public(relationship.target):
                    name = relationship.target
            elif relationship is not None:
                name = self._carry(relationship, _crop_of(element))
            if relationship is None or name is None:
                del element.attrib[key]
                self._bereave(element)
            else:
                made = self._numbered(new, relationship.type, name, external=relationship.external)
                new.append(made)
                element.set(key, made.id)
        _uncrop(element)

    def _bereave(self, element: etree._Element) -> None:
        """What is left of an element whose target stays behind."""
        parent = element.getparent()
        if parent is None:
            return
        if element.tag == n.HYPERLINK:
            if element.get(f"{n.W}anchor") is None:
                unwrap(element)
        elif element.tag in _NOTHING_WITHOUT:
            parent.remove(element)

    def _numbered(
        self,
        new: list[Relationship],
        kind: str,
        target: str,
        *,
        external: bool = False,
    ) -> Relationship:
        return Relationship(f"rId{len(new) + 1}", kind, target, external)

    def _next(self, stem: str) -> int:
        self._counts[stem] = self._counts.get(stem, 0) + 1
        return self._counts[stem]

    def write(self, out: BinaryIO) -> None:
        """The package, the same bytes for the same parts."""
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            _put(archive, "[Content_Types].xml", self._content_types())
            for source in ("", *self.parts):
                if self.relationships.get(source):
                    folder, _, leaf = source.rpartition("/")
                    name = f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels"
                    _put(archive, name, _rels(source, self.relationships[source]))
                if source:
                    _put(archive, source, self.parts[source])

    def _content_types(self) -> bytes:
        root = etree.fromstring(f'<Types xmlns="{_TYPES}"/>')
        for suffix, kind in (
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
        ):
            etree.SubElement(root, f"{{{_TYPES}}}Default", Extension=suffix, ContentType=kind)
        for name, kind in sorted(self.types.items()):
            etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=kind)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


_NOTHING_WITHOUT = frozenset(
    {
        f"{n.W}headerReference", f"{n.W}footerReference", f"{n.A}hlinkClick", f"{n.A}hlinkHover",
        f"{n.W}embedRegular", f"{n.W}embedBold", f"{n.W}embedItalic", f"{n.W}embedBoldItalic",
        f"{n.VML}imagedata", f"{n.W}attachedTemplate", f"{n.W}object",
    }
)  # fmt: skip


def _rels(source: str, relationships: list[Relationship]) -> bytes:
    root = etree.fromstring(f'<Relationships xmlns="{_RELS}"/>')
    for relationship in relationships:
        address = f"{_OFFICE_RELS}/{relationship.type}"
        if relationship.type == "diagramDrawing":
            address = _MICROSOFT
        target = relationship.target if relationship.external else f"/{relationship.target}"
        line = etree.SubElement(
            root, f"{{{_RELS}}}Relationship", Id=relationship.id, Type=address, Target=target
        )
        if relationship.external:
            line.set("TargetMode", "External")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    archive.writestr(entry, data)


def _crop_of(element: etree._Element) -> Crop:
    """How a picture is cropped: a:srcRect in thousandths of a percent, or VML's fractions."""
    if element.tag == f"{n.A}blip":
        rectangle = element.getnext()
        if rectangle is None or rectangle.tag != f"{n.A}srcRect":
            return Crop()
        return Crop(*(_part(rectangle.get(side, "0"), 100_000) for side in "ltrb"))
    if element.tag == f"{n.VML}imagedata":
        sides = ("cropleft", "croptop", "cropright", "cropbottom")
        return Crop(*(_part(element.get(side, "0"), 1) for side in sides))
    return Crop()


def _part(value: str, whole: int) -> float:
    """A side as a part of 1; `65536f` is VML's way to write 1. Negative means white space added."""
    found = _CROP.match(value)
    if found is None:
        return 0.0
    number = float(found.group(1)) / (65536 if found.group(2) else whole)
    return max(0.0, number)


def _uncrop(element: etree._Element) -> None:
    """The crop is in the pixels now."""
    rectangle = element.getnext() if element.tag == f"{n.A}blip" else None
    if rectangle is not None and rectangle.tag == f"{n.A}srcRect":
        for side in "ltrb":
            if not rectangle.get(side, "0").startswith("-") and side in rectangle.attrib:
                del rectangle.attrib[side]
    if element.tag == f"{n.VML}imagedata":
        for side in ("cropleft", "croptop", "cropright", "cropbottom"):
            if not element.get(side, "0").startswith("-") and side in element.attrib:
                del element.attrib[side]
