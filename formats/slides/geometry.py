"""Where shapes stand on a slide, in EMU from its top left corner (12,700 EMU to the point)."""

import math
from typing import NamedTuple

from lxml import etree

from formats.slides import names as n

EMU = 12_700
_MOST = 10**12


class Box(NamedTuple):
    """A rectangle in EMU."""

    left: float
    top: float
    right: float
    bottom: float

    def contains(self, other: "Box") -> bool:
        """Whether `other` lies in this box; a hair's breadth (1 pt) is forgiven."""
        return (
            self.left <= other.left + EMU
            and self.top <= other.top + EMU
            and self.right >= other.right - EMU
            and self.bottom >= other.bottom - EMU
        )

    def touches(self, other: "Box") -> bool:
        """Whether the two share any area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def points(self) -> tuple[float, float, float, float]:
        """The same in points."""
        left, top, right, bottom = (round(side / EMU, 1) for side in self)
        return left, top, right, bottom


class Transform(NamedTuple):
    """How a group places its children: scale, then shift (20.1.7.5)."""

    scale_x: float = 1.0
    scale_y: float = 1.0
    shift_x: float = 0.0
    shift_y: float = 0.0

    def of(self, box: Box) -> Box:
        """A child's box on the slide."""
        return Box(
            box.left * self.scale_x + self.shift_x,
            box.top * self.scale_y + self.shift_y,
            box.right * self.scale_x + self.shift_x,
            box.bottom * self.scale_y + self.shift_y,
        )


def box_of(xfrm: etree._Element | None) -> Box | None:
    """The box of an a:xfrm or p:xfrm; None where it says nothing. A turned shape's is the square
    that holds it at every angle, so that it is never called outside while a corner is seen."""
    if xfrm is None:
        return None
    offset, extent = xfrm.find(f"{n.A}off"), xfrm.find(f"{n.A}ext")
    if offset is None or extent is None:
        return None
    left, top = number(offset, "x"), number(offset, "y")
    width, height = number(extent, "cx"), number(extent, "cy")
    if number(xfrm, "rot") % 10_800_000:
        half = math.hypot(width, height) / 2
        x, y = left + width / 2, top + height / 2
        return Box(x - half, y - half, x + half, y + half)
    return Box(left, top, left + width, top + height)


def transform_of(xfrm: etree._Element | None, outer: Transform) -> Transform:
    """What a group's a:xfrm does to its children, inside `outer`."""
    if xfrm is None:
        return outer
    box = box_of(xfrm)
    offset, extent = xfrm.find(f"{n.A}chOff"), xfrm.find(f"{n.A}chExt")
    if box is None or offset is None or extent is None:
        return outer
    width, height = number(extent, "cx"), number(extent, "cy")
    scale_x = (box.right - box.left) / width if width else 1.0
    scale_y = (box.bottom - box.top) / height if height else 1.0
    shift_x = box.left - number(offset, "x") * scale_x
    shift_y = box.top - number(offset, "y") * scale_y
    return Transform(
        scale_x * outer.scale_x,
        scale_y * outer.scale_y,
        shift_x * outer.scale_x + outer.shift_x,
        shift_y * outer.scale_y + outer.shift_y,
    )


def number(element: etree._Element, attribute: str) -> int:
    """A whole number in an attribute; 0 for what is none, never larger than a slide could be."""
    try:
        return max(-_MOST, min(_MOST, int(element.get(attribute, "0"))))
    except ValueError:
        return 0
