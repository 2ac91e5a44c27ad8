"""The shapes of one slide, layout or master, groups taken apart, in the order they are painted."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from formats.slides import names as n
from formats.slides.geometry import Box, Transform, box_of, transform_of
from formats.slides.paint import NO_FILL, UNKNOWN, Fill, Palette
from formats.word.drawn import understood

_SHAPES = frozenset({n.SHAPE, n.PICTURE, n.FRAME, n.CONNECTOR, f"{n.P}contentPart"})


class Role(NamedTuple):
    """Which placeholder of its layout a shape fills (19.3.1.36)."""

    type: str
    slot: str


class Shape(NamedTuple):
    """One shape: where it stands, what it paints, whether it is switched off."""

    element: etree._Element
    box: Box | None
    fill: Fill
    hidden: bool
    role: Role | None


class Tree(NamedTuple):
    """All shapes, and the other drawings of an mc:AlternateContent, which nobody sees."""

    shapes: list[Shape]
    unseen: list[etree._Element]


def shapes_of(root: etree._Element, palette: Palette) -> Tree:
    """The shapes under the root of a slide, notes page, layout or master."""
    tree = root.find(f"{n.P}cSld/{n.SP_TREE}")
    found = Tree([], [])
    if tree is not None:
        found.shapes.extend(_inside(tree, palette, Transform(), found.unseen, hidden=False))
    return found


def _inside(
    parent: etree._Element,
    palette: Palette,
    outer: Transform,
    unseen: list[etree._Element],
    *,
    hidden: bool,
) -> Iterator[Shape]:
    for child in parent:
        if child.tag == n.GROUP:
            frame = child.find(f"{n.GROUP_PR}/{n.XFRM}")
            inner = transform_of(frame, outer)
            yield Shape(child, None, NO_FILL, hidden or is_hidden(child), None)
            yield from _inside(child, palette, inner, unseen, hidden=hidden or is_hidden(child))
        elif child.tag == n.ALTERNATE:
            shown = chosen(child)
            unseen += [other for other in child if other is not shown]
            if shown is not None:
                yield from _inside(shown, palette, outer, unseen, hidden=hidden)
        elif child.tag in _SHAPES:
            box = box_of(_frame_of(child))
            yield Shape(
                child,
                None if box is None else outer.of(box),
                _paint_of(child, palette),
                hidden or is_hidden(child),
                _role_of(child),
            )


def chosen(alternate: etree._Element) -> etree._Element | None:
    """The branch of an mc:AlternateContent that is shown (ECMA-376 part 3, 9.3)."""
    for child in alternate:
        if child.tag == n.CHOICE and understood(child):
            return child
    return alternate.find(n.FALLBACK)


def is_hidden(shape: etree._Element) -> bool:
    """Whether the selection pane switched a shape off."""
    properties = properties_of(shape)
    return properties is not None and properties.get("hidden") in ("1", "true")


def properties_of(shape: etree._Element) -> etree._Element | None:
    """The p:cNvPr of a shape: its name, description and links."""
    for child in shape:
        found = child.find(n.CNVPR)
        if found is not None:
            return found
    return None


def _frame_of(shape: etree._Element) -> etree._Element | None:
    if shape.tag == n.FRAME:
        return shape.find(f"{n.P}xfrm")
    return shape.find(f"{n.SPPR}/{n.XFRM}")


def _role_of(shape: etree._Element) -> Role | None:
    for child in shape:
        holder = child.find(f"{n.P}nvPr/{n.P}ph")
        if holder is not None:
            return Role(holder.get("type", "obj"), holder.get("idx", "0"))
    return None


def _paint_of(shape: etree._Element, palette: Palette) -> Fill:
    if shape.tag == n.PICTURE:
        return UNKNOWN
    if shape.tag != n.SHAPE:
        return NO_FILL
    direct = palette.fill(shape.find(n.SPPR))
    if direct is not None:
        return direct
    by_style = shape.find(f"{n.P}style/{n.A}fillRef")
    if by_style is None or by_style.get("idx", "0") == "0":
        return NO_FILL
    return palette.solid(by_style) if by_style.get("idx") == "1" else UNKNOWN
