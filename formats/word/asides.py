"""Texts of a Word package outside its stories: properties, settings, custom XML, drawings."""

import re

from lxml import etree

from formats.reading import Part, Place, Segment
from formats.word import names as n
from formats.word.parts import Contents
from formats.word.passages import Atom
from formats.word.walker import Story

_LABELS = {
    "creator": "作者",
    "lastModifiedBy": "最后修改者",
    "title": "标题",
    "subject": "主题",
    "keywords": "关键词",
    "description": "备注",
    "category": "类别",
    "contentStatus": "状态",
    "Company": "单位",
    "Manager": "经理",
    "HyperlinkBase": "超链接基础",
    "Template": "模板",
}
# Numbers and names that every program writes by itself and that say nothing of a person.
_IDLE = frozenset(
    {
        "created", "modified", "lastPrinted", "revision", "version", "language", "Application",
        "AppVersion", "TotalTime", "Pages", "Words", "Characters", "CharactersWithSpaces", "Lines",
        "Paragraphs", "DocSecurity", "ScaleCrop", "LinksUpToDate", "SharedDoc", "HyperlinksChanged",
        "HeadingPairs", "TitlesOfParts", "identifier",
    }
)  # fmt: skip
_TEMPLATES = frozenset({"Normal", "Normal.dotm", "Normal.dot", "Normal.wpt"})
_NUMBER_ONLY = re.compile(r"[0-9A-Fa-f.\-_{}]{1,48}")
_AUTHORS = re.compile(r"author$|userId$|initials$")


def properties(root: etree._Element, path: str) -> list[Segment]:
    """docProps/core.xml, app.xml and custom.xml: one segment a property that a person filled in."""
    found = []
    for number, child in enumerate(root, 1):
        name = etree.QName(child).localname
        if name == "property":
            label, text = child.get("name", ""), _words(child)
            if not label.startswith(("KSO", "ICV")) or not _NUMBER_ONLY.fullmatch(text):
                found += _one(Part.PROPERTY, path, number, f"{label}：{text}", "自定义属性")
        elif name not in _IDLE and not (name == "Template" and (child.text or "") in _TEMPLATES):
            found += _one(Part.PROPERTY, path, number, _words(child), _LABELS.get(name, name))
    return found


def settings(root: etree._Element, path: str) -> list[Segment]:
    """Document variables and mail-merge sources."""
    found = []
    for number, child in enumerate(root.iter(f"{n.W}docVar"), 1):
        name, text = child.get(f"{n.W}name", ""), child.get(n.VAL, "")
        found += _one(Part.VARIABLE, path, number, f"{name}：{text}" if name else text, "文档变量")
    number = 0
    for merge in root.iter(f"{n.W}mailMerge"):
        for child in merge.iter():
            text = child.get(n.VAL, "")
            if etree.QName(child).localname in ("connectString", "query", "udl", "table",
                                                "addressFieldName", "mailSubject"):  # fmt: skip
                number += 1
                found += _one(Part.EXTERNAL_LINK, path, number, text, "邮件合并数据源")
    return found


def custom_xml(root: etree._Element, path: str) -> list[Segment]:
    """Data a program keeps beside the document; nobody sees it in the window."""
    texts = []
    for element in root.iter():
        texts += [text.strip() for text in (element.text, element.tail) if text and text.strip()]
        if not isinstance(element.tag, str) or "bibliography" in element.tag:
            continue
        texts += [value for value in map(str, element.attrib.values()) if _telling(value)]
    return _one(Part.PROPERTY, path, 1, "\n".join(texts), "自定义 XML 数据")


def people(root: etree._Element, path: str) -> list[Segment]:
    """word/people.xml: everybody who ever changed or commented, by account."""
    names = {
        str(value)
        for element in root.iter()
        for key, value in element.attrib.items()
        if _AUTHORS.search(str(key)) and str(value).strip()
    }
    return _one(Part.PROPERTY, path, 1, "\n".join(sorted(names)), "参与修改的人")


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
        story.keep([(Segment(place, text), [Atom(text, element)])])


def outside(contents: Contents) -> list[Segment]:
    """Targets outside the file that no hyperlink names: templates, data sources, pictures."""
    found = []
    for number, (source, relationship) in enumerate(contents.external, 1):
        if relationship.type != "hyperlink":
            found += _one(Part.EXTERNAL_LINK, source or "_rels/.rels", number, relationship.target,
                          _OUTSIDE.get(relationship.type, "外部引用"))  # fmt: skip
    return found


_OUTSIDE = {
    "attachedTemplate": "附加的模板",
    "mailMergeSource": "邮件合并数据源",
    "mailMergeHeaderSource": "邮件合并数据源",
    "image": "链接的图片",
    "oleObject": "链接的对象",
    "subDocument": "子文档",
    "frame": "框架网页",
    "aFChunk": "外部文档片段",
}


def leftovers(root: etree._Element, path: str) -> list[Segment]:
    """All words of an XML part that nothing in the document points at."""
    return _one(Part.HIDDEN, path, 1, _words(root), "文档没有引用的部分")


def _words(element: etree._Element) -> str:
    return "\n".join(text.strip() for text in map(str, element.itertext()) if text.strip())


def _telling(value: str) -> bool:
    """Does an attribute look like words or numbers of a person rather than of a program?"""
    if not value.isascii():
        return True
    return re.search(r"(?<![0-9A-Fa-f-])\d{7,}[\dXx]?(?![0-9A-Fa-f-])", value) is not None


def _one(part: Part, path: str, number: int, text: str, note: str) -> list[Segment]:
    if not text.strip():
        return []
    return [Segment(Place(part, path=path, paragraph=number), text, visible=False, note=note)]
