"""Texts of a Word package outside its stories: settings and drawings."""

from collections.abc import Iterator

from lxml import etree

from formats.ooxml.parts import Reached
from formats.ooxml.properties import one, telling
from formats.package import Package
from formats.reading import Part, Place, Segment
from formats.word import names as n
from formats.word.drawn import dense, whole_text
from formats.word.passages import BREAK, Atom
from formats.word.walker import Story

_SHOWN = frozenset({n.T, f"{n.A}t", f"{n.MATH}t", f"{n.CHART}v"})
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
    strays = [BREAK, *_strays(root)]
    text = "".join(atom.text for atom in strays).strip("\n")
    if text:
        place = Place(Part.HIDDEN, path=reached.name, paragraph=0)
        segment = Segment(place, text, visible=False, note="图形里不显示的文字")
        story.keep([(segment, strays[1:])])


def _strays(root: etree._Element) -> Iterator[Atom]:
    """Character data that no drawing shows, with a break behind each piece."""
    for element in root.iter():
        text, tail = element.text or "", element.tail or ""
        if text.strip() and element.tag not in _SHOWN and not _is_idle(element.tag, text):
            yield Atom(text, element)
            yield BREAK
        if tail.strip():
            yield Atom(tail, element, "tail")
            yield BREAK


def _is_idle(tag: str, text: str) -> bool:
    """A number that places or counts, a cell's address, a format of numbers."""
    if tag == f"{n.CHART}f":
        return not any(mark in text for mark in "[]\\/:|")
    if tag.startswith(n.CHART):
        return not telling(text)
    return len(text) <= 12 and text.strip().lstrip("-").isdigit()


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
