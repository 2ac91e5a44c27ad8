"""Texts of a Word package outside its stories: settings and drawings."""

from lxml import etree

from formats.ooxml.properties import one
from formats.reading import Part, Place, Segment
from formats.word import names as n
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


def drawn(root: etree._Element, name: str, story: Story) -> None:
    """A chart or diagram: its words, and the numbers it keeps of the sheet it was drawn from.

    Cached values are drawn on the page and so are seen; they keep a part of their own because
    there may be more of them than the drawing shows. They join the story's segments.
    """
    story.walk(root)
    values = [e for e in root.iter(f"{n.CHART}v") if (e.text or "").strip()]
    for number, element in enumerate(values, 1):
        text = element.text or ""
        place = Place(Part.CHART_CACHE, path=name, paragraph=number)
        story.keep([(Segment(place, text, story.visible), [Atom(text, element)])])
