"""What is drawn on an OFD page: runs of text, pictures, and areas that may cover them.

GB/T 33190-2016: 7.7 pages and layers, 8.5 graphic units, 11 text, 10 images, 13 composites. Lengths
are millimetres from the page's top left corner.
"""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from formats.ofd.archive import child, children, local, within
from formats.ofd.colours import Colours, number, numbers, truth
from formats.reading import TroubleCode, Unreadable

Box = tuple[float, float, float, float]

_MOST_OBJECTS = 100_000
_DEEPEST = 12
# Producers draw boundaries too small: only what is cut off almost wholly counts as unseen.
_LEAST_SEEN = 0.1
# Where a glyph stands about its base line, in parts of the size.
_ASCENT, _DESCENT = 0.88, 0.14


class Matrix(NamedTuple):
    """x' = a x + c y + e; y' = b x + d y + f (8.2.2)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, other: "Matrix") -> "Matrix":
        """First this, then `other`."""
        return Matrix(
            self.a * other.a + self.b * other.c,
            self.a * other.b + self.b * other.d,
            self.c * other.a + self.d * other.c,
            self.c * other.b + self.d * other.d,
            self.e * other.a + self.f * other.c + other.e,
            self.e * other.b + self.f * other.d + other.f,
        )

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def around(self, box: Box) -> Box:
        """The upright box around where a box comes to lie."""
        corners = [self.at(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
        xs, ys = zip(*corners, strict=True)
        return (min(xs), min(ys), max(xs), max(ys))


UPRIGHT = Matrix()


class Run(NamedTuple):
    """Text drawn by one TextCode. `order` counts what is drawn, later lies above."""

    text: str
    box: Box
    size: float
    order: int
    faint: bool
    white: bool
    note: str


class Drawn(NamedTuple):
    """A picture or an opaque area. `resource` is a picture's id, empty for an area."""

    box: Box
    order: int
    resource: str
    white: bool
    faint: bool
    covers: bool


class Canvas:
    """Collects what the layers of a page draw."""

    def __init__(self, composites: dict[str, etree._Element], colours: Colours) -> None:
        self.runs: list[Run] = []
        self.drawn: list[Drawn] = []
        self.actions: list[etree._Element] = []
        self._composites = composites
        self._colours = colours
        self._order = 0

    @classmethod
    def above(cls, other: "Canvas") -> "Canvas":
        """An empty canvas on which everything lies above what `other` holds."""
        made = cls(other._composites, other._colours)
        made._order = other._order
        return made

    def draw(
        self,
        parent: etree._Element | None,
        matrix: Matrix = UPRIGHT,
        note: str = "",
        *,
        faint: bool = False,
        depth: int = 0,
    ) -> None:
        """Every object in `parent`. Raises Unreadable(TOO_BIG)."""
        if depth > _DEEPEST:
            return
        for element in children(parent):
            self._order += 1
            if self._order > _MOST_OBJECTS:
                raise Unreadable(
                    TroubleCode.TOO_BIG, "页面上的对象过多，已停止读取。请拆分文件后再放入。"
                )
            name = local(element)
            if name in ("PageBlock", "Layer"):
                self.draw(element, matrix, note, faint=faint, depth=depth)
                continue
            if name not in ("TextObject", "ImageObject", "PathObject", "CompositeObject"):
                continue
            inner = _placed(element).then(matrix)
            gone = faint or not truth(element, "Visible", usual=True) or _alpha(element) < 10
            found = child(element, "Actions")
            if found is not None:
                self.actions.append(found)
            if name == "TextObject":
                clip = _clip(element, matrix)
                self._text(element, inner, note, clip, gone=gone)
            elif name == "CompositeObject":
                unit = self._composites.get(element.get("ResourceID", ""))
                if unit is not None:
                    self.draw(unit, inner, note, faint=gone, depth=depth + 1)
            else:
                self._area(element, inner, gone)

    def _text(
        self, element: etree._Element, matrix: Matrix, note: str, clip: Box | None, *, gone: bool
    ) -> None:
        size = number(element.get("Size"))
        spread = number(element.get("HScale"), 1.0) or 1.0
        fill = child(element, "FillColor")
        shown = truth(element, "Fill", usual=True) or truth(element, "Stroke", usual=False)
        gone = gone or not shown or (fill is not None and number(fill.get("Alpha"), 255) < 10)
        white = self._colours.is_white(element, fill)
        for code in children(element, "TextCode"):
            said = (code.text or "").strip("\r\n")
            if not said.strip():
                continue
            x, y = number(code.get("X")), number(code.get("Y"))
            right, bottom = _end(code, said, x, y, size * spread)
            box = matrix.around((x, y - size * _ASCENT, right, bottom + size * _DESCENT))
            high = abs(size) * (matrix.c**2 + matrix.d**2) ** 0.5
            cut = clip is not None and share(box, clip) < _LEAST_SEEN
            self.runs.append(Run(said, box, high, self._order, gone or cut, white, note))

    def _area(self, element: etree._Element, matrix: Matrix, gone: bool) -> None:
        picture = element.get("ResourceID", "") if local(element) == "ImageObject" else ""
        if local(element) == "ImageObject":
            # 10.1: the picture fills the unit square; its CTM stretches it.
            box = matrix.around((0.0, 0.0, 1.0, 1.0))
            covers, white = _alpha(element) > 250, False
        else:
            fill = child(element, "FillColor")
            if not truth(element, "Fill", usual=False):
                return
            if fill is not None and number(fill.get("Alpha"), 255) < 250:
                return
            outline = _rectangle(within(element, "AbbreviatedData"))
            if outline is None:
                return
            box = matrix.around(outline)
            covers, white = _alpha(element) > 250, self._colours.is_white(element, fill)
        self.drawn.append(Drawn(box, self._order, picture, white, gone, covers and not gone))


def _placed(element: etree._Element) -> Matrix:
    """From an object's own space to the page: its matrix, then the corner of its boundary."""
    given = numbers(element.get("CTM"))
    matrix = Matrix(*given) if len(given) == 6 else Matrix()
    boundary = numbers(element.get("Boundary"))
    if len(boundary) >= 2:
        return matrix.then(Matrix(e=boundary[0], f=boundary[1]))
    return matrix


def _clip(element: etree._Element, matrix: Matrix) -> Box | None:
    """An object's boundary on the page: what it draws outside is cut off (8.5)."""
    boundary = numbers(element.get("Boundary"))
    if len(boundary) != 4:
        return None
    left, top, wide, high = boundary
    return matrix.around((left, top, left + wide, top + high))


def share(box: Box, other: Box) -> float:
    """The part of `box` that lies in `other`, 0 to 1."""
    wide = min(box[2], other[2]) - max(box[0], other[0])
    high = min(box[3], other[3]) - max(box[1], other[1])
    area = max(box[2] - box[0], 1e-6) * max(box[3] - box[1], 1e-6)
    return max(wide, 0.0) * max(high, 0.0) / area


def _alpha(element: etree._Element) -> float:
    return number(element.get("Alpha"), 255.0)


def _end(code: etree._Element, said: str, x: float, y: float, size: float) -> tuple[float, float]:
    """Right and lower end of a run: DeltaX and DeltaY give the steps, `g 3 5` three steps of 5."""
    across, down = list(_steps(code.get("DeltaX"))), list(_steps(code.get("DeltaY")))
    last = size if not said[-1].isascii() else size / 2
    if not across and not down:
        wide = sum(size if ord(letter) > 0x2000 else size / 2 for letter in said)
        return x + wide, y
    return x + sum(across[: len(said) - 1]) + last, y + sum(down[: len(said) - 1])


def _steps(raw: str | None) -> Iterator[float]:
    words = (raw or "").split()
    at = 0
    while at < len(words):
        if words[at] == "g" and at + 2 < len(words):
            count = min(int(number(words[at + 1])), 10_000)
            yield from [number(words[at + 2])] * max(0, count)
            at += 3
        else:
            yield number(words[at])
            at += 1


def _rectangle(data: str) -> Box | None:
    """The box of a path made of four straight sides (9.3: M, L, C closes); None for others."""
    words = data.split()
    if any(word.isalpha() and word not in ("S", "M", "L", "C") for word in words):
        return None
    values = [number(word) for word in words if not word.isalpha()]
    points = set(zip(values[::2], values[1::2], strict=False))
    xs, ys = {x for x, _ in points}, {y for _, y in points}
    if len(points) != 4 or len(xs) != 2 or len(ys) != 2:
        return None
    return (min(xs), min(ys), max(xs), max(ys))


def resources_of(root: etree._Element, base: str) -> dict[str, tuple[str, str, etree._Element]]:
    """Id to (kind, file, element) of the pictures, composites and colours of one resource part."""
    folder = root.get("BaseLoc", "")
    found = {}
    for group in children(root):
        for element in children(group):
            file = within(element, "MediaFile")
            where = f"{folder}/{file}" if folder and file and not file.startswith("/") else file
            found[element.get("ID", "")] = (local(element), where, element)
    return found
