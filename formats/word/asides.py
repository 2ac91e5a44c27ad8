"""Texts of a Word package outside its stories: settings and drawings."""

from lxml import etree

from formats.ooxml.parts import Reached
from formats.ooxml.properties import one
from formats.package import Package
from formats.reading import Part, Place, Segment
from formats.word import names as n
from formats.word.drawn import dense, whole_text
from formats.word.passages import Atom
from formats.word.walker import Story

_MERGE_TEXTS = frozenset(
    f"{n.W}{name}"
    for name in ("connectString", "query", "udl", "table", "addressFieldName", "mailSubject",
                 "mappedName", "name")
)  # fmt: skip


def settings(root: etree._Element, path: str) -> list[Segment]:
    """Document variables and mail-merge sources."""
    found = []
    for number, child in enumerate(root.iter(f"{n.W}docVar"), 1):
        name, text = child.get(f"{n.W}name", ""), child.get(n.VAL, "")
        found += one(Part.VARIABLE, path, number, f"{name}：{text}" if name else text, "文档变量")
    number = 0
    for merge in root.iter(f"{n.W}mailMerge"):
        for child in merge.iter(*_MERGE_TEXTS):
            number += 1
            text = child.get(n.VAL, "")
            found += one(Part.EXTERNAL_LINK, path, number, text, "邮件合并数据源")
    return found


def drawn(package: Package, reached: Reached, story: Story) -> None:
    """A chart or diagram: its words, and the numbers it keeps of the sheet it was drawn from.

    Cached values are drawn on the page and so are seen; they keep a part of their own because
    there may be more of them than the drawing shows. They join the story's segments. Raises
    Unreadable.
    """
    root = package.xml(reached.name)
    story.walk(root)
    values = [e for e in root.iter(f"{n.CHART}v") if (e.text or "").strip()]
    for number, element in enumerate(values, 1):
        text = element.text or ""
        place = Place(Part.CHART_CACHE, path=reached.name, paragraph=number)
        story.keep([(Segment(place, text, story.visible), [Atom(text, element)])])
    if reached.type == "diagramData":
        _hide_undrawn(package, reached, story)


def _hide_undrawn(package: Package, reached: Reached, story: Story) -> None:
    """SmartArt is shown from its drawing part; what only its data says is unseen. Without a
    drawing part programs lay the data out, and all of it is seen."""
    drawings = [
        package.xml(r.target)
        for r in package.relationships(reached.source)
        if r.type == "diagramDrawing" and not r.external and package.find(r.target)
    ]
    if not drawings:
        return
    said = dense("\n".join(whole_text(root) for root in drawings))
    for at, segment in enumerate(story.segments):
        if segment.visible and dense(segment.text) not in said:
            place = segment.place._replace(part=Part.HIDDEN)
            story.segments[at] = segment._replace(
                place=place, visible=False, note="SmartArt 数据里有、图上没有的文字"
            )
            if segment.place in story.atoms:
                story.atoms[place] = story.atoms.pop(segment.place)
