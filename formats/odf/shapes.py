"""Slides and shapes: what stands on them, under which colour, and what stands off the page."""

import re
from typing import TYPE_CHECKING

from lxml import etree

from formats.odf import names as n
from formats.odf.places import ADDRESS, Here
from formats.odf.styles import PAPER, points
from formats.reading import Part

if TYPE_CHECKING:
    from formats.odf.walk import Walk

# Words of a formula in Chinese, or numbers; its signs have names of their own.
_WORDS = re.compile("[\u4e00-\u9fff]+|[0-9]+")
KINDS = frozenset(
    f"{n.DRAW}{kind}"
    for kind in ("frame", "custom-shape", "rect", "ellipse", "circle", "line", "polygon",
                 "polyline", "path", "connector", "caption", "measure", "regular-polygon", "g",
                 "control")
)  # fmt: skip


def slide(walk: "Walk", element: etree._Element, here: Here) -> None:
    """A slide. What lies under letters is known only where no picture and no fill may."""
    walk.pages += 1
    look = walk.styles.look("drawing-page", element.get(f"{n.DRAW}style-name", ""))
    here = here._replace(page=walk.pages, ground=None if walk.may_be_dark else PAPER)
    if look.ground not in (None, -1):
        here = here._replace(ground=look.ground)
    elif any(str(e.tag) == f"{n.DRAW}image" for e in element.iter()):
        here = here._replace(ground=None)
    if look.shown is False:
        here = here.unseen(Part.HIDDEN, "隐藏的幻灯片")
    walk.told_attributes(element, here)
    shapes = [e for e in element if str(e.tag).startswith(n.DRAW)]
    if any(_fill(walk, shape) not in (None, -1) for shape in shapes):
        here = here._replace(ground=None)
    walk.children(element, here)


def _fill(walk: "Walk", shape: etree._Element) -> int | None:
    return walk.styles.look("graphic", shape.get(f"{n.DRAW}style-name", "")).ground


def notes(walk: "Walk", element: etree._Element, here: Here) -> None:
    """The notes of a slide."""
    walk.children(element, here.unseen(Part.NOTES, "备注")._replace(ground=None))


def shape(walk: "Walk", element: etree._Element, here: Here) -> None:
    """A frame, drawing or control with all it holds."""
    family = "presentation" if f"{n.PRESENTATION}style-name" in element.attrib else "graphic"
    space = n.PRESENTATION if family == "presentation" else n.DRAW
    name = element.get(f"{space}style-name", "")
    look = walk.styles.look(family, name)
    if look.ground not in (None, -1):
        here = here._replace(ground=look.ground)
    here = here._replace(look=look._replace(ground=None).over(here.look))
    layer = element.get(f"{n.DRAW}layer", "")
    if layer in walk.hidden_layers or any(
        str(key).endswith("}display") and value == "none" for key, value in element.attrib.items()
    ):
        here = here.unseen(Part.HIDDEN, "不显示的图形")
    if _is_off(walk, element):
        here = here.unseen(Part.OFF_PAGE, "页面以外")
    holds_table = element.find(f"{n.TABLE}table") is not None
    on_paper = here.part is Part.BODY and here.page is None and not holds_table
    if here.visible and (on_paper or here.part in (Part.CELL, Part.SHEET)):
        here = here._replace(part=Part.TEXTBOX)
    walk.told_attributes(element, here)
    walk.children(element, here)


def _is_off(walk: "Walk", element: etree._Element) -> bool:
    """Whether a shape stands wholly outside a slide."""
    if not walk.width:
        return False
    left, top, width, height = (
        points(element.get(f"{n.SVG}{side}", "")) for side in ("x", "y", "width", "height")
    )
    if left is None or top is None:
        return False
    return (
        left >= walk.width or top >= walk.height
        or left + (width or 0) <= 0 or top + (height or 0) <= 0
    )  # fmt: skip


def image(walk: "Walk", element: etree._Element, here: Here) -> None:
    """A picture shown; its bytes are read after the text."""
    target = element.get(n.HREF, "")
    if ADDRESS.search(target.partition("Pictures/")[0] or ""):
        walk.say(here.unseen(Part.LINK, "链接的图片"), target)
    walk.pictures[target] = here.visible or walk.pictures.get(target, False)
    walk.children(element, here)


def inside(walk: "Walk", element: etree._Element, here: Here) -> None:
    """A chart, formula or file in a frame: read after the text."""
    target = element.get(n.HREF, "")
    walk.objects[target.removeprefix("./")] = here
    walk.children(element, here)


def formula(walk: "Walk", root: etree._Element, here: Here) -> None:
    """What a formula shows, and the code it is made of where that says something else."""
    codes = list(root.iter(f"{n.MATH}annotation", f"{n.MATH}annotation-xml"))
    hidden = ["".join(map(str, code.itertext())).strip() for code in codes]
    for code in codes:
        behind = code.tail
        code.clear()
        code.tail = behind
    shown = "".join(map(str, root.itertext())).strip()
    if shown:
        walk.say(here, shown)
    for text in hidden:
        if set(_WORDS.findall(text)) - set(_WORDS.findall(shown)):
            walk.say(here.unseen(Part.FIELD, "公式的代码"), text)
