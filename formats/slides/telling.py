"""One slide, layout or notes page to segments: each shape's words, and whether they are seen."""

from collections import Counter
from typing import NamedTuple

from lxml import etree

from formats.package import Relationship
from formats.reading import Part, Place, Segment
from formats.slides import names as n
from formats.slides.canvas import Canvas
from formats.slides.geometry import Box
from formats.slides.paint import UNKNOWN, Fill
from formats.slides.shapes import Role, Shape, properties_of
from formats.slides.words import AUTOMATIC, FILLER, Counts, Piece, pieces_of

_FOOTERS = frozenset({"ftr", "dt", "sldNum"})
_MEASURES = frozenset({f"{n.P}attrName"})


class Page(NamedTuple):
    """Whose segments these are: `part` for running text; `number` of the slide, None for none.

    `visible`: is this page shown at all? `model`: a layout or master, whose placeholders are only
    prompts. `note` is said of everything on it.
    """

    path: str
    part: Part = Part.BODY
    number: int | None = None
    visible: bool = True
    note: str = ""
    model: bool = False


class Telling:
    """Gathers the segments of one page."""

    def __init__(self, page: Page, canvas: Canvas, links: dict[str, Relationship]) -> None:
        self.page = page
        self.canvas = canvas
        self.links = links
        self.segments: list[Segment] = []
        self.shown_ids: set[str] = set()
        self._counts: Counter[Part] = Counter()
        self._tables = 0
        self._read: set[etree._Element] = set()

    def tell(self, root: etree._Element) -> None:
        """Everything the page says: its shapes from top to bottom, then what nobody sees."""
        shapes = self.canvas.tree.shapes
        boxes = [self.canvas.box(shape) for shape in shapes]
        for number in _reading_order(shapes, boxes):
            self._shape(number, shapes[number], boxes[number])
        background = root.find(f"{n.P}cSld/{n.P}bg")
        if background is not None and self.page.visible:
            self._note_pictures(background)
        for other in self.canvas.tree.unseen:
            self._unseen(other)
        self._left_over(root)

    def _shape(self, number: int, shape: Shape, box: Box | None) -> None:
        if shape.element.tag == n.GROUP:
            self._describe(shape.element)
            return
        part, seen, note = self.page.part, self.page.visible, self.page.note
        if self.page.model and shape.role is not None:
            part, seen, note = Part.HIDDEN, False, "版式里的占位文字"
        elif shape.hidden:
            part, seen, note = Part.HIDDEN, False, "在选择窗格中隐藏的形状"
        elif self.canvas.off_slide(box):
            part, seen, note = Part.OFF_PAGE, False, "在幻灯片以外"
        elif self.canvas.covered(number, box):
            part, seen, note = Part.COVERED_TEXT, False, "被上层形状盖住"
        elif part is Part.BODY and shape.role is not None and shape.role.type in _FOOTERS:
            part = Part.FOOTER
        place = Place(
            part, page=self.page.number, path=self.page.path, box=box.points() if box else None
        )
        behind = self.canvas.behind(number, box)
        if seen:
            self._note_pictures(shape.element)
        body = shape.element.find(n.TX_BODY)
        if body is not None:
            self._body(body, shape, behind, place, seen=seen, note=note)
        for table in shape.element.iter(n.TABLE):
            self._table(table, shape, place, seen=seen, note=note)
        self._describe(shape.element)

    def _body(
        self,
        body: etree._Element,
        shape: Shape,
        behind: Fill,
        place: Place,
        *,
        seen: bool,
        note: str,
    ) -> None:
        prompt = self.page.model and shape.role is not None
        counts = Counts()
        for paragraph in body.iter(n.PARAGRAPH):
            self._paragraph(
                paragraph, shape, behind, place, counts, seen=seen, note=note, prompt=prompt
            )

    def _paragraph(
        self,
        paragraph: etree._Element,
        shape: Shape,
        behind: Fill,
        place: Place,
        counts: Counts,
        *,
        seen: bool,
        note: str,
        prompt: bool = False,
    ) -> None:
        shown: list[str] = []
        unseen: list[str] = []
        looks: list[etree._Element] | None = None
        for piece in pieces_of(paragraph):
            self._read |= piece.elements
            if piece.look is not None or piece.text.strip():
                if looks is None:
                    looks = self.canvas.looks(shape, _level(paragraph))
                mine = looks if piece.look is None else [piece.look, *looks]
                hidden = bool(mine) and self.canvas.hides(mine, behind)
            else:
                hidden = False
            (unseen if hidden else shown).append(piece.text)
            self._links(piece)
        text = "".join(shown)
        if prompt and (FILLER.fullmatch(text) or shape.role in _PROMPTED):
            text = ""
        label = counts.label(paragraph, _level(paragraph), empty=not text.strip())
        self._add(place, label + text, visible=seen, note=note)
        hidden_place = place._replace(part=Part.HIDDEN)
        said = note if not seen else "与底色相同或极小的文字"
        self._add(hidden_place, "".join(unseen), visible=False, note=said)

    def _table(
        self, table: etree._Element, shape: Shape, place: Place, *, seen: bool, note: str
    ) -> None:
        self._tables += 1
        styled = table.find(f"{n.A}tblPr/{n.A}tableStyleId") is not None
        part = Part.TABLE if place.part is Part.BODY else place.part
        for row_number, row in enumerate(table.iter(n.ROW), 1):
            for column, cell in enumerate(row.iterchildren(n.CELL), 1):
                fill = self.canvas.palette.fill(cell.find(f"{n.A}tcPr"))
                behind = fill or (UNKNOWN if styled else self.canvas.background)
                at = place._replace(part=part, table=self._tables, row=row_number, column=column)
                visible, said = seen, note
                if "1" in (cell.get("hMerge"), cell.get("vMerge")) or "true" in (
                    cell.get("hMerge"),
                    cell.get("vMerge"),
                ):
                    at = at._replace(part=Part.HIDDEN)
                    visible, said = False, note or "被合并的单元格"
                counts = Counts()
                for paragraph in cell.iter(n.PARAGRAPH):
                    self._paragraph(paragraph, shape, behind, at, counts, seen=visible, note=said)

    def _describe(self, shape: etree._Element) -> None:
        """Alt text, names that a person gave, links of the whole shape."""
        properties = properties_of(shape)
        if properties is None:
            return
        at = Place(Part.ALT_TEXT, page=self.page.number, path=self.page.path)
        self._add(at, properties.get("descr", ""), visible=False, note="替代文字")
        self._add(at, properties.get("title", ""), visible=False, note="替代文字的标题")
        name = properties.get("name", "")
        if not AUTOMATIC.fullmatch(name) and not self.page.model:
            self._add(at, name, visible=False, note="形状的名称")
        for link in properties.iter(f"{n.A}hlinkClick", f"{n.A}hlinkHover"):
            self._link(link)

    def _links(self, piece: Piece) -> None:
        if piece.look is not None:
            for link in piece.look.iter(f"{n.A}hlinkClick", f"{n.A}hlinkMouseOver"):
                self._link(link)

    def _link(self, link: etree._Element) -> None:
        at = Place(Part.LINK, page=self.page.number, path=self.page.path)
        target = self.links.get(link.get(n.RID, ""))
        if target is not None and target.external:
            self._add(at, target.target, visible=False, note="链接地址")
        self._add(at, link.get("tooltip", ""), visible=False, note="链接提示")

    def _note_pictures(self, shape: etree._Element) -> None:
        """Remember which relationships a shown shape uses: its pictures are seen."""
        for element in shape.iter():
            for key in (n.EMBED, n.RID, f"{n.R}link", f"{n.R}pict", f"{n.R}dm"):
                if key in element.attrib:
                    self.shown_ids.add(element.get(key, ""))

    def _unseen(self, other: etree._Element) -> None:
        """The drawing of an mc:AlternateContent that is not chosen; told if it says more."""
        lines = []
        for paragraph in other.iter(n.PARAGRAPH):
            pieces = pieces_of(paragraph)
            for piece in pieces:
                self._read |= piece.elements
            lines.append("".join(piece.text for piece in pieces))
        said = {_dense(s.text) for s in self.segments}
        text = "\n".join(line for line in lines if line.strip() and _dense(line) not in said)
        at = Place(Part.HIDDEN, page=self.page.number, path=self.page.path)
        self._add(at, text, visible=False, note="只有旧版软件显示的图形")

    def _left_over(self, root: etree._Element) -> None:
        """Character data in elements that PowerPoint shows nowhere."""
        found = []
        for element in root.iter():
            if element.tag in _MEASURES or element in self._read:
                continue
            text = (element.text or "").strip()
            if text and not _number(text):
                found.append(text)
            tail = (element.tail or "").strip()
            if tail:
                found.append(tail)
        at = Place(Part.HIDDEN, page=self.page.number, path=self.page.path)
        self._add(at, "\n".join(found), visible=False, note="办公软件不显示的文字")

    def _add(self, place: Place, text: str, *, visible: bool, note: str) -> None:
        if not text.strip():
            return
        self._counts[place.part] += 1
        place = place._replace(paragraph=self._counts[place.part])
        self.segments.append(Segment(place, text, visible, note))


_PROMPTED = frozenset(Role(kind, index) for kind in ("dt", "sldNum") for index in "0123456789")


def _reading_order(shapes: list[Shape], boxes: list[Box | None]) -> list[int]:
    """The title first, then from top to bottom and left to right in bands of half an inch."""

    def key(number: int) -> tuple[int, int, float, int]:
        role, box = shapes[number].role, boxes[number]
        if role is not None and role.type in ("title", "ctrTitle"):
            return (0, 0, 0.0, number)
        if role is not None and role.type in _FOOTERS:
            return (2, 0, 0.0, number)
        if box is None:
            return (1, 1 << 30, 0.0, number)
        return (1, round(box.top / 457_200), box.left, number)

    return sorted(range(len(shapes)), key=key)


def _level(paragraph: etree._Element) -> int:
    properties = paragraph.find(n.PPR)
    value = "0" if properties is None else properties.get("lvl", "0")
    return int(value) if value in tuple("012345678") else 0


def _dense(text: str) -> str:
    return "".join(text.split())


def _number(text: str) -> bool:
    return len(text) <= 12 and text.lstrip("-").replace(".", "", 1).isdigit()
