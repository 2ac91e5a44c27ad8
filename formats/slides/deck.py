"""The presentation part: which slides there are, in which order, how large, in what sections."""

from typing import NamedTuple

from lxml import etree

from formats.package import Package
from formats.reading import Part, Place, Segment
from formats.slides import names as n
from formats.slides.geometry import Box, number

_SLIDE_TYPE = "presentationml.slide+xml"
_WIDTH, _HEIGHT = 9_144_000, 6_858_000


class Deck(NamedTuple):
    """`slides`: part names in the order of showing; `loose`: slides outside that order."""

    path: str
    root: etree._Element
    size: Box
    notes_size: Box
    slides: list[str]
    loose: list[str]
    defaults: etree._Element | None


def open_deck(package: Package, main: str) -> Deck:
    """The presentation at `main`. Raises Unreadable."""
    root = package.xml(main)
    targets = {r.id: r.target for r in package.relationships(main) if not r.external}
    order: list[str] = []
    for entry in root.iterfind(f"{n.P}sldIdLst/{n.P}sldId"):
        target = package.find(targets.get(entry.get(n.RID, ""), ""))
        if target is not None and target not in order:
            order.append(target)
    loose = [
        name
        for name in package.names
        if name not in order and package.content_type(name).endswith(_SLIDE_TYPE)
    ]
    return Deck(
        main,
        root,
        _size(root.find(f"{n.P}sldSz"), _WIDTH, _HEIGHT),
        _size(root.find(f"{n.P}notesSz"), _HEIGHT, _WIDTH),
        order,
        loose,
        root.find(f"{n.P}defaultTextStyle"),
    )


def names_in(deck: Deck) -> list[Segment]:
    """Names of sections and of custom shows, and texts the presentation part should not hold."""
    found: list[Segment] = []
    sections = [e.get("name", "") for e in deck.root.iter(f"{n.P14}section")]
    shows = [e.get("name", "") for e in deck.root.iter(f"{n.P}custShow")]
    for names, note in ((sections, "节的名称"), (shows, "自定义放映的名称")):
        for name in names:
            if name.strip():
                place = Place(Part.OUTLINE, path=deck.path, paragraph=len(found) + 1)
                found.append(Segment(place, name, visible=False, note=note))
    stray = "\n".join(t.strip() for t in map(str, deck.root.itertext()) if t.strip())
    if stray:
        place = Place(Part.HIDDEN, path=deck.path, paragraph=1)
        found.append(Segment(place, stray, visible=False, note="办公软件不显示的文字"))
    return found


def _size(element: etree._Element | None, width: int, height: int) -> Box:
    if element is None:
        return Box(0, 0, width, height)
    return Box(0, 0, number(element, "cx") or width, number(element, "cy") or height)
