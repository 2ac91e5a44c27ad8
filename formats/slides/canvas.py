"""What a slide inherits: its colours, its background, the places and looks of its placeholders."""

from lxml import etree

from formats.numerals import whole
from formats.package import Package
from formats.slides import names as n
from formats.slides.geometry import Box
from formats.slides.paint import NO_FILL, UNKNOWN, WHITE, Fill, Palette, same
from formats.slides.shapes import Role, Shape, Tree, shapes_of

_TITLES = frozenset({"title", "ctrTitle"})
_EDGES = frozenset({"dt", "ftr", "sldNum", "hdr", "sldImg", "pic"})
_TINY = 100  # hundredths of a point


class Canvas:
    """One slide with its layout and master (either may be missing). Boxes are in EMU."""

    def __init__(
        self,
        roots: list[etree._Element],
        theme: etree._Element | None,
        size: Box,
        defaults: etree._Element | None,
    ) -> None:
        """`roots`: the slide, its layout, its master; `defaults`: the deck's defaultTextStyle."""
        self.size = size
        master = roots[-1]
        override = roots[0].find(f"{n.P}clrMapOvr/{n.A}overrideClrMapping")
        mapping = master.find(f"{n.P}clrMap") if override is None else override
        self.palette = Palette(theme, mapping)
        self.tree: Tree = shapes_of(roots[0], self.palette)
        self._inherited = [shapes_of(root, self.palette).shapes for root in roots[1:]]
        self.background = self._background(roots)
        self._styles = master.find(f"{n.P}txStyles")
        self._defaults = defaults
        decor = [s for shapes in reversed(self._inherited) for s in shapes if s.role is None]
        self._painted = [*decor, *self.tree.shapes]
        self._first = len(decor)

    def _background(self, roots: list[etree._Element]) -> Fill:
        for root in roots:
            background = root.find(f"{n.P}cSld/{n.P}bg")
            if background is None:
                continue
            reference = background.find(f"{n.P}bgRef")
            if reference is not None:
                plain = reference.get("idx") in ("1001", "0")
                return self.palette.solid(reference) if plain else UNKNOWN
            return self.palette.fill(background.find(f"{n.P}bgPr")) or UNKNOWN
        return WHITE

    def box(self, shape: Shape) -> Box | None:
        """Where a shape stands; a placeholder that does not say stands where its layout does."""
        if shape.box is not None or shape.role is None:
            return shape.box
        found = (same_role.box for same_role in self._models(shape.role))
        return next((box for box in found if box is not None), None)

    def off_slide(self, box: Box | None) -> bool:
        """Whether nothing of a box is on the slide."""
        if box is None or box.right - box.left + box.bottom - box.top <= 0:
            return False
        return not self.size.touches(box)

    def covered(self, number: int, box: Box | None) -> bool:
        """Whether a shape painted after the one at `number` hides the whole box."""
        if box is None or box.right - box.left <= 0 or box.bottom - box.top <= 0:
            return False
        return any(
            later.box is not None
            and later.fill.painted
            and not later.fill.clear
            and not later.hidden
            and _is_solid(later.element)
            and later.box.contains(box)
            for later in self._painted[self._first + number + 1 :]
        )

    def behind(self, number: int, box: Box | None) -> Fill:
        """What the letters of the shape at `number` stand on."""
        own = self.tree.shapes[number].fill
        if own.painted:
            return UNKNOWN if own.clear else own
        for lower in reversed(self._painted[: self._first + number]):
            if not lower.fill.painted or lower.hidden or lower.box is None:
                continue
            if box is None or not lower.box.touches(box):
                continue
            return lower.fill if lower.box.contains(box) and not lower.fill.clear else UNKNOWN
        return self.background if self.background.painted else WHITE

    def looks(self, shape: Shape, level: int) -> list[etree._Element]:
        """The a:defRPr that shape a run of this level, nearest first (21.1.2.4)."""
        at = f"{n.A}lvl{level + 1}pPr/{n.A}defRPr"
        found = [shape.element.find(f"{n.TX_BODY}/{n.LST_STYLE}/{at}")]
        reference = shape.element.find(f"{n.P}style/{n.A}fontRef")
        if shape.role is not None:
            models = self._models(shape.role)
            found += [m.element.find(f"{n.TX_BODY}/{n.LST_STYLE}/{at}") for m in models]
        elif reference is not None and len(reference):
            holder = etree.Element(f"{n.A}defRPr")
            etree.SubElement(holder, f"{n.A}solidFill").append(_copy(reference[0]))
            found.append(holder)
        if self._styles is not None:
            found.append(self._styles.find(f"{n.P}{_style_of(shape.role)}/{at}"))
        if self._defaults is not None:
            found.append(self._defaults.find(at))
        return [look for look in found if look is not None]

    def hides(self, looks: list[etree._Element], behind: Fill) -> bool:
        """Whether a run with these looks, nearest first, cannot be read on what is behind it."""
        size = next((look.get("sz") for look in looks if look.get("sz")), None)
        if size is not None and whole(size, _TINY + 1) <= _TINY:
            return True
        fill = next((f for look in looks if (f := self.palette.fill(look)) is not None), None)
        if fill is None:
            return False
        if fill == NO_FILL:
            return looks[0].find(f"{n.A}ln") is None
        highlight = looks[0].find(f"{n.A}highlight")
        if highlight is not None:
            behind = self.palette.solid(highlight)
        if fill.color is None or behind.color is None:
            return False
        return same(fill.color, behind.color)

    def _models(self, role: Role) -> list[Shape]:
        """The placeholders of layout and master that a placeholder takes after."""
        found = []
        for shapes in self._inherited:
            exact = [s for s in shapes if s.role is not None and s.role.slot == role.slot]
            alike = [s for s in shapes if s.role is not None and _kind(s.role) == _kind(role)]
            ready = [s for s in exact if s in alike] or (alike if role.slot == "0" else exact)
            found += (ready or alike)[:1]
        return found


def inherited(package: Package, path: str) -> list[str]:
    """The slide's own part, its layout's and its master's, as far as they are there."""
    chain = [path]
    for kind in ("slideLayout", "slideMaster", "notesMaster"):
        for relationship in package.relationships(chain[-1]):
            if relationship.type == kind and package.find(relationship.target):
                chain.append(relationship.target)
                break
    return chain


def _kind(role: Role) -> str:
    if role.type in _TITLES:
        return "title"
    return role.type if role.type in _EDGES else "body"


def _style_of(role: Role | None) -> str:
    if role is None or role.type in _EDGES:
        return "otherStyle"
    return "titleStyle" if role.type in _TITLES else "bodyStyle"


def _is_solid(shape: etree._Element) -> bool:
    """A shape whose surface fills its box: a rectangle or a picture, not turned."""
    frame = shape.find(f"{n.SPPR}/{n.XFRM}")
    if frame is not None and frame.get("rot", "0") != "0":
        return False
    form = shape.find(f"{n.SPPR}/{n.A}prstGeom")
    return form is not None and form.get("prst") == "rect"


def _copy(element: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(element))
