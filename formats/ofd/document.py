"""One document inside an OFD file: its pages, its templates, its resources."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from formats.ofd.archive import Archive, child, children, within
from formats.ofd.colours import Colours, numbers
from formats.ofd.drawing import Box, Canvas, resources_of
from formats.reading import TroubleCode, Unreadable

# A4, where a document does not say.
_A4 = (0.0, 0.0, 210.0, 297.0)


class PageRef(NamedTuple):
    """A page's id and its part; None where the part is missing."""

    id: str
    name: str | None


class PageDrawing(NamedTuple):
    """What one page draws, in order; `area` is the paper in millimetres."""

    canvas: Canvas
    area: Box


class Document:
    """The root part (Document.xml) with what the pages need. Raises Unreadable."""

    def __init__(self, archive: Archive, name: str) -> None:
        self.archive = archive
        self.name = name
        self.root = archive.xml(name)
        self.media: dict[str, str] = {}
        """Picture id to part."""
        self.broken: list[str] = []
        """Parts that could not be read."""
        self.colours = Colours()
        self.composites: dict[str, etree._Element] = {}
        """Unit id to its content."""
        self._templates: dict[str, etree._Element] = {}
        common = child(self.root, "CommonData")
        self.area = _area(child(common, "PageArea")) or _A4
        for element in children(common, "PublicRes", "DocumentRes"):
            self._resources(name, (element.text or "").strip())
        for element in children(common, "TemplatePage"):
            self._templates[element.get("ID", "")] = element

    def pages(self) -> tuple[PageRef, ...]:
        """In reading order."""
        return tuple(
            PageRef(e.get("ID", ""), self.archive.find(self.name, e.get("BaseLoc", "")))
            for e in children(child(self.root, "Pages"), "Page")
        )

    def drawing(self, page: PageRef) -> PageDrawing:
        """The page with its templates, background first. Raises Unreadable."""
        if page.name is None:
            raise Unreadable(TroubleCode.DAMAGED, "缺少这一页的内容。")
        root = self.archive.xml(page.name)
        for element in children(root, "PageRes"):
            self._resources(page.name, (element.text or "").strip())
        canvas = Canvas(self.composites, self.colours)
        area = _area(child(root, "Area")) or self.area
        behind, before = self._templates_of(root)
        for template in behind:
            self._draw_template(template, canvas)
        canvas.draw(child(root, "Content"))
        for template in before:
            self._draw_template(template, canvas)
        found = child(root, "Actions")
        if found is not None:
            canvas.actions.append(found)
        return PageDrawing(canvas, (0.0, 0.0, area[2] - area[0], area[3] - area[1]))

    def unused_templates(self, used: set[str]) -> Iterator[tuple[str, etree._Element]]:
        """Template pages that no page names: nobody sees them. Raises Unreadable."""
        for key, element in self._templates.items():
            name = self.archive.find(self.name, element.get("BaseLoc", ""))
            if name is not None and key not in used:
                yield name, self.archive.xml(name)

    def templates_of(self, page: PageRef) -> set[str]:
        """The ids of the templates a page names. Raises Unreadable."""
        if page.name is None:
            return set()
        root = self.archive.xml(page.name)
        return {e.get("TemplateID", "") for e in children(root, "Template")}

    def _templates_of(
        self, root: etree._Element
    ) -> tuple[list[etree._Element], list[etree._Element]]:
        """Those behind the page's own content, and those before it (7.7, ZOrder)."""
        behind: list[etree._Element] = []
        before: list[etree._Element] = []
        for element in children(root, "Template"):
            template = self._templates.get(element.get("TemplateID", ""))
            if template is not None:
                order = element.get("ZOrder") or template.get("ZOrder") or "Background"
                (before if order == "Foreground" else behind).append(template)
        return behind, before

    def _root(self, name: str | None) -> etree._Element | None:
        """The tree of a part; None where there is none, or it is broken, which is noted."""
        if name is None:
            return None
        try:
            return self.archive.xml(name)
        except Unreadable as error:
            if error.code is TroubleCode.TOO_BIG:
                raise
            self.broken.append(name)
            return None

    def _draw_template(self, template: etree._Element, canvas: Canvas) -> None:
        name = self.archive.find(self.name, template.get("BaseLoc", ""))
        root = self._root(name)
        if name is None or root is None:
            return
        for element in children(root, "PageRes"):
            self._resources(name, (element.text or "").strip())
        canvas.draw(child(root, "Content"), note="模板层")

    def _resources(self, base: str, location: str) -> None:
        name = self.archive.find(base, location)
        root = self._root(name)
        if name is None or root is None:
            return
        for key, (kind, file, element) in resources_of(root, name).items():
            if kind == "MultiMedia":
                part = self.archive.find(name, file) or self.archive.find(
                    name, within(element, "MediaFile")
                )
                if part is not None:
                    self.media[key] = part
            elif kind == "CompositeGraphicUnit":
                content = child(element, "Content")
                if content is not None:
                    self.composites[key] = content
            elif kind == "Font":
                self.archive.find(name, file or within(element, "FontFile"))
            else:
                self.colours.learn(kind, element)


def _area(area: etree._Element | None) -> Box | None:
    box = numbers(within(area, "PhysicalBox")) if area is not None else []
    if len(box) != 4 or box[2] <= 0 or box[3] <= 0:
        return None
    return (box[0], box[1], box[0] + box[2], box[1] + box[3])
