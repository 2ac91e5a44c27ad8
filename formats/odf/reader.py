"""An OpenDocument package as segments: content, headers, properties, then all else it carries."""

import base64
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import BinaryIO

from lxml import etree

from formats import xml
from formats.budget import Budget
from formats.damage import damage
from formats.odf import grid
from formats.odf import names as n
from formats.odf.places import Here
from formats.odf.shapes import formula
from formats.odf.styles import Styles, points
from formats.odf.unsaid import attributes
from formats.odf.walk import Walk
from formats.ofd.archive import Archive
from formats.ooxml import vectors
from formats.ooxml.embedded import is_picture, read_embedded
from formats.reading import Kind, Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable
from formats.unsaid import unsaid

_LOCKED = "文件加了密码，无法读取。请取得密码、去掉密码后再放入。"
_NO_CONTENT = "文件缺少正文部分，打不开。请在 WPS 或 LibreOffice 中打开并另存，或向来源重新索取。"
_BROKEN_INLINE = "文中内嵌的图片或对象有损坏，没有读出。请在 WPS 或 LibreOffice 中打开核对。"
_META = {
    "title": "标题", "subject": "主题", "description": "备注", "keyword": "关键词",
    "initial-creator": "作者", "creator": "最后修改者", "printed-by": "打印者",
    "template": "所用模板", "creation-date": "创建时间", "date": "修改时间",
    "print-date": "打印时间", "language": "语言",
}  # fmt: skip
# What programs count and say of themselves.
_COUNTED = frozenset({"generator", "editing-cycles", "editing-duration"})
_MOST_ORDINARY = 2
_ORDINARY = re.compile(r"[第章条节款项篇部分表图附件\W_]*")
_IDLE = frozenset({"mimetype", "META-INF/manifest.xml", "layout-cache"})
_XML, _CONTENT = (".xml", ".rdf"), "content.xml"
# What may stand beside the body (ODF 1.2 part 1, 3.1.3) and is read elsewhere.
_BESIDE = frozenset(
    f"{n.OFFICE}{name}" for name in ("scripts", "font-face-decls", "automatic-styles", "body")
)
_REMARKED = ("content.xml", "styles.xml", "meta.xml", "settings.xml", "META-INF/manifest.xml")
_TOLD_SETTINGS = frozenset({"PrinterName", "CurrentDatabaseDataSource", "CurrentDatabaseCommand"})


def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """All of an .odt, .ods or .odp. Raises Unreadable when its content cannot be read; damage
    elsewhere is a trouble and makes the reading partial."""
    archive = Archive(source, budget)
    manifest: list[bytes] = []
    if (name := archive.find("", "META-INF/manifest.xml")) is not None:
        damage(name, lambda: manifest.append(archive.read(name)))  # told where it is read
    if any(b"encryption-data" in data for data in manifest):
        raise Unreadable(TroubleCode.ENCRYPTED, _LOCKED)
    content = archive.find("", "content.xml")
    if content is None:
        raise Unreadable(TroubleCode.DAMAGED, _NO_CONTENT)
    return _Odf(archive, budget, kind).reading(archive.xml(content))


class _Odf:
    """Reads one package part after part."""

    def __init__(self, archive: Archive, budget: Budget, kind: Kind) -> None:
        self.archive = archive
        self.budget = budget
        self.kind = kind
        self.segments: list[Segment] = []
        self.troubles: list[Trouble] = []

    def reading(self, content: etree._Element) -> Reading:
        """All of it; `content` is the root of content.xml."""
        sheets = self.archive.find("", "styles.xml")
        common = self._root(sheets)
        if common is None:
            common = etree.Element(f"{n.OFFICE}none")
        styles = Styles(common, content)
        walk = Walk(styles, self.budget, "content.xml")
        size = _page_size(common) if self.kind is Kind.ODP else None
        if size is not None:
            walk.width, walk.height = size
            walk.may_be_dark = _is_painted(common)
            walk.hidden_layers = frozenset(
                layer.get(f"{n.DRAW}name", "")
                for layer in common.iter(f"{n.DRAW}layer")
                if layer.get(f"{n.DRAW}display") == "none"
            )
        body = content.find(f"{n.OFFICE}body")
        start = Here(Part.SHEET) if self.kind is Kind.ODS else Here()
        for child in content if body is None else body:
            walk.walk(child, start)
        walk.strays(content, _BESIDE)
        grid.strays(walk, content)
        edges = Walk(styles, self.budget, "styles.xml")
        used = _used_masters(content, styles, self.kind)
        for master in common.iter(f"{n.STYLE}master-page"):
            _edges(edges, master, used=master.get(n.STYLE_NAME, "") in used)
        self.segments += (*walk.segments, *edges.segments, *_counted(common, content))
        self._add("meta.xml", self._meta)
        self._add("settings.xml", self._settings)
        for one in (walk, edges):
            self._inline(one)
            self._objects(one)
        shown = {**edges.pictures, **walk.pictures}
        for name in self.archive.names:
            if name.startswith(("Pictures/", "ObjectReplacements/")):
                self._guard(name, partial(self._picture, name, shown))
        for name in _REMARKED:
            self._add(name, self._remarks)
        for name in self.archive.names:
            if name not in self.archive.reached and name not in _IDLE:
                self._guard(name, partial(self._rest, name))
        lesser = (name for name in self.archive.names if name.endswith(_XML) and name != _CONTENT)
        self.segments += [*unsaid(lesser, self.archive.read, self.segments)]
        for name in (_CONTENT, "styles.xml"):
            self._add(name, self._attributes)
        pages = walk.pages if self.kind is Kind.ODP else None
        troubles = tuple(self.troubles)
        return Reading(self.kind, tuple(self.segments), troubles, pages, partial=bool(troubles))

    def _guard(self, name: str, act: Callable[[], object]) -> None:
        """Do `act` for the part `name`; damage becomes a trouble, once. Raises TOO_BIG."""
        self.troubles += (t for t in damage(name, act) if t not in self.troubles)

    def _add(self, path: str, told: Callable[[str], Iterable[Segment]]) -> None:
        """What is told of a part, if there is one."""
        if (name := self.archive.find("", path)) is not None:
            self._guard(name, lambda: self.segments.extend(told(name)))

    def _root(self, name: str | None) -> etree._Element | None:
        """The root of a part; None where there is none, or none that can be read."""
        found: list[etree._Element] = []
        if name is not None:
            self._guard(name, lambda: found.append(self.archive.xml(name)))
        return found[0] if found else None

    def _attributes(self, name: str) -> Iterator[Segment]:
        return attributes(self.archive.read(name), name, tuple(self.segments))

    def _meta(self, name: str) -> Iterator[Segment]:
        """meta.xml: who made it, and what they wrote about it."""
        for number, element in enumerate(self.archive.xml(name).iter(etree.Element), 1):
            short = str(element.tag).rpartition("}")[2]
            text, note = (element.text or "").strip(), _META.get(short, "")
            if short == "user-defined":
                note = f"自定义属性 {element.get(f'{n.META}name', '')}".strip()
            if short == "template":
                text = element.get(n.HREF, "") or element.get(f"{n.XLINK}title", "")
            if short == "auto-reload":
                text = element.get(n.HREF, "")
            if text and (note or short not in _COUNTED):
                note = note or "其他属性"
                place = Place(Part.PROPERTY, paragraph=number, path=name)
                yield Segment(place, text, visible=False, note=note)

    def _settings(self, name: str) -> Iterator[Segment]:
        """settings.xml: printers, sources of data, and what is not ASCII."""
        for number, item in enumerate(self.archive.xml(name).iter(f"{n.CONFIG}config-item"), 1):
            key, text = item.get(f"{n.CONFIG}name", ""), (item.text or "").strip()
            if text and (key in _TOLD_SETTINGS or not text.isascii()):
                place = Place(Part.PROPERTY, paragraph=number, path=name)
                yield Segment(place, text, visible=False, note=f"设置 {key}")

    def _objects(self, walk: Walk) -> None:
        """Charts and formulas, which are documents of their own beside the text."""
        for target, here in walk.objects.items():
            name = self.archive.find("", f"{target}/content.xml")
            if name is None:
                continue
            for shaping in ("styles.xml", "settings.xml"):
                self.archive.find("", f"{target}/{shaping}")
            self._add(f"{target}/meta.xml", self._meta)
            root = self._root(name)
            if root is None:
                continue
            inside = Walk(Styles(root), self.budget, name)
            part = Part.CHART_CACHE if root.find(f".//{n.OFFICE}chart") is not None else here.part
            if root.tag == f"{n.MATH}math":
                formula(inside, root, here)
            else:
                inside.walk(root, here._replace(part=part, sheet=here.sheet, ground=None))
            self.segments += inside.segments
            self._inline(inside)

    def _picture(self, name: str, shown: dict[str, bool]) -> None:
        """A picture: its name, what it carries, and the text on it where recognition is on."""
        from formats import ocr  # Pillow: only documents with pictures pay for it
        from formats.pictures import reader as pictures

        visible = shown.get(name, False)
        place = Place(Part.IMAGE, path=name)
        note = "" if visible else "文档没有显示的图片"
        self.segments.append(Segment(place, name.rpartition("/")[2], visible, note))
        data = self.archive.read(name)
        drawing = vectors.vector(data, name)
        if drawing is not None:
            self.segments += vectors.segments(drawing, place, visible=visible)
        if drawing is None and not is_picture(data):
            self._file(name, data)
        svg = name.casefold().endswith((".svg", ".svm"))
        if drawing is not None and (svg or name.startswith("ObjectRep")):
            if not drawing.whole:
                self.troubles.append(Trouble(TroubleCode.NEEDS_OCR, vectors.UNREAD, place))
            return
        said = ocr.text_of(self.budget, data, place, visible=visible, note=note)
        carried = pictures.beside(data, self.budget, place)
        self.segments += (*said.segments, *carried.segments)
        self.troubles += (*said.troubles, *carried.troubles)

    def _remarks(self, name: str) -> Iterator[Segment]:
        if said := xml.comments(self.archive.read(name)):
            place = Place(Part.SCRIPT, path=name)
            yield Segment(place, "\n".join(said), visible=False, note="XML 注释")

    def _rest(self, name: str) -> None:
        """A part not read so far: a thumbnail, a script, an object of another program, a stray."""
        data = self.archive.read(name)
        if name == "manifest.rdf" and data:
            self.segments += _remarked(xml.parse(data, name), name)
        elif name.startswith("Thumbnails/") and data and is_picture(data):
            place = Place(Part.THUMBNAIL, path=name)
            leaf = name.rpartition("/")[2]
            self.segments.append(Segment(place, leaf, visible=False, note="保存时生成的首页小图"))
        elif data:
            self._file(name, xml.without_doctype(data))

    def _file(self, name: str, data: bytes, *, visible: bool = False) -> None:
        inside = read_embedded(data, name, self.budget, visible=visible)
        if name.startswith(("Basic/", "Scripts/")):
            inside.segments[:] = [
                s._replace(place=s.place._replace(part=Part.SCRIPT)) for s in inside.segments
            ]
        self.segments += inside.segments
        self.troubles += inside.troubles

    def _inline(self, walk: Walk) -> None:
        """Pictures and objects kept in the tree itself (office:binary-data), in base 64."""
        for number, (text, visible) in enumerate(walk.inline, 1):
            name = f"{walk.path}/binary-{number}"
            try:
                data = base64.b64decode("".join(text.split()), validate=True)
            except ValueError:
                place = Place(Part.HIDDEN, path=name)
                self.segments.append(Segment(place, text, visible=False, note="损坏的内嵌数据"))
                self.troubles.append(Trouble(TroubleCode.DAMAGED, _BROKEN_INLINE, place))
            else:
                self._file(name, data, visible=visible)


def _counted(*roots: etree._Element) -> Iterator[Segment]:
    """What lists print before and behind their numbers, of those that any text counts with."""
    used = {
        str(value)
        for root in roots
        for element in root.iter(etree.Element)
        for key, value in element.attrib.items()
        if key in (f"{n.TEXT}style-name", f"{n.STYLE}list-style-name")
    }
    number = 0
    for style in (s for root in roots for s in root.iter(f"{n.TEXT}list-style")):
        seen = style.get(n.STYLE_NAME, "") in used
        for level in style:
            for side in ("prefix", "suffix"):
                said = level.get(f"{n.STYLE}num-{side}", "")
                if len(said) > _MOST_ORDINARY and not _ORDINARY.fullmatch(said):
                    number += 1
                    place = Place(
                        Part.BODY if seen else Part.HIDDEN, paragraph=number, path="lists"
                    )
                    note = "自动编号里的文字" if seen else "没有用到的列表里的文字"
                    yield Segment(place, said, seen, note)


def _remarked(root: etree._Element, name: str) -> Iterator[Segment]:
    """The words of manifest.rdf; what parts there are, it says in attributes."""
    for number, element in enumerate(root.iter(etree.Element), 1):
        if text := (element.text or "").strip():
            place = Place(Part.METADATA, paragraph=number, path=name)
            yield Segment(place, text, visible=False, note="关于文件的说明（RDF）")


def _page_size(common: etree._Element) -> tuple[float, float] | None:
    sizes = [
        (points(p.get(f"{n.FO}page-width", "")), points(p.get(f"{n.FO}page-height", "")))
        for p in common.iter(f"{n.STYLE}page-layout-properties")
    ]
    widths = [w for w, _ in sizes if w]
    heights = [h for _, h in sizes if h]
    return (max(widths), max(heights)) if widths and heights else None


def _is_painted(common: etree._Element) -> bool:
    """Whether a master page has pictures or grounds of its own, which nobody here draws."""
    fills = common.iter(f"{n.STYLE}drawing-page-properties")
    return any(common.iter(f"{n.DRAW}image")) or any(
        f.get(f"{n.DRAW}fill") in ("solid", "gradient", "bitmap", "hatch") for f in fills
    )


def _used_masters(content: etree._Element, styles: Styles, kind: Kind) -> set[str]:
    if kind is Kind.ODP:
        attribute = f"{n.DRAW}master-page-name"
        return {e.get(attribute, "") for e in content.iter(f"{n.DRAW}page")}
    attribute = f"{n.STYLE}master-page-name"
    families = ("table",) if kind is Kind.ODS else ("paragraph", "table")
    named = {styles.attribute(f, s, attribute) for f in families for s in styles.named(f)}
    return {"Standard", "Default", *named} - {""}


def _edges(walk: Walk, master: etree._Element, *, used: bool) -> None:
    """Headers, footers and shapes of one master page."""
    for child in master:
        short = str(child.tag).rpartition("}")[2]
        here = Here(Part.HEADER if short.startswith("header") else Part.FOOTER)
        if not short.startswith(("header", "footer")):
            here = Here(ground=None)
        if not used:
            here = here.unseen(Part.HIDDEN, "没有用到的母版或页面样式")
        elif child.get(f"{n.STYLE}display") == "false":
            here = here._replace(visible=False, note="没有启用")
        if short == "notes":
            here = here.unseen(Part.NOTES, "备注母版")
        walk.walk(child, here)
