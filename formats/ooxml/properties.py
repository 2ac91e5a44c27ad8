"""Properties, custom XML and what nothing points at: the same parts in every OOXML package."""

import re

from lxml import etree

from formats import xml
from formats.ooxml.parts import Contents
from formats.reading import Part, Place, Segment

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
    "TitlesOfParts": "各部分的标题",
    "HLinks": "链接清单",
}
# Numbers and names that every program writes by itself and that say nothing of a person.
_IDLE = frozenset(
    {
        "created", "modified", "lastPrinted", "revision", "version", "language", "Application",
        "AppVersion", "TotalTime", "Pages", "Words", "Characters", "CharactersWithSpaces", "Lines",
        "Paragraphs", "DocSecurity", "ScaleCrop", "LinksUpToDate", "SharedDoc", "HyperlinksChanged",
        "HeadingPairs", "identifier", "Slides", "Notes", "HiddenSlides", "MMClips",
        "PresentationFormat",
    }
)  # fmt: skip
_TEMPLATES = frozenset({"Normal", "Normal.dotm", "Normal.dot", "Normal.wpt"})
_LONG_NUMBER = re.compile(r"(?<![0-9A-Fa-f-])\d{7,}[\dXx]?(?![0-9A-Fa-f-])")
_NUMBER_ONLY = re.compile(r"[0-9A-Fa-f.\-_{}]{1,48}")
_AUTHORS = re.compile(r"author$|userId$|initials$")
_STRAY = re.compile(rb">\s*[^<\s]")
_IDLE_TEXT = re.compile(r"-?[\d.]{1,12}|[{}0-9A-Fa-f-]{36,38}")
_OUTSIDE = {
    "attachedTemplate": "附加的模板",
    "mailMergeSource": "邮件合并数据源",
    "mailMergeHeaderSource": "邮件合并数据源",
    "image": "链接的图片",
    "oleObject": "链接的对象",
    "subDocument": "子文档",
    "frame": "框架网页",
    "aFChunk": "外部文档片段",
    "video": "链接的视频",
    "audio": "链接的音频",
    "media": "链接的音视频",
    "slideUpdateUrl": "幻灯片来源",
}


def properties(root: etree._Element, path: str) -> list[Segment]:
    """docProps/core.xml, app.xml and custom.xml: one segment a property that a person filled in."""
    found = []
    for number, child in enumerate(root, 1):
        name = etree.QName(child).localname
        if name == "property":
            label, text = child.get("name", ""), words(child)
            if not label.startswith(("KSO", "ICV")) or not _NUMBER_ONLY.fullmatch(text):
                found += one(Part.PROPERTY, path, number, f"{label}：{text}", "自定义属性")
        elif name not in _IDLE and not (name == "Template" and (child.text or "") in _TEMPLATES):
            found += one(Part.PROPERTY, path, number, words(child), _LABELS.get(name, name))
    return found


def custom_xml(root: etree._Element, path: str) -> list[Segment]:
    """Data a program keeps beside the document; nobody sees it in the window."""
    texts = []
    for element in root.iter():
        texts += [text.strip() for text in (element.text, element.tail) if text and text.strip()]
        if not isinstance(element.tag, str) or "bibliography" in element.tag:
            continue
        texts += [value for value in map(str, element.attrib.values()) if telling(value)]
    return one(Part.PROPERTY, path, 1, "\n".join(texts), "自定义 XML 数据")


def people(root: etree._Element, path: str) -> list[Segment]:
    """Everybody who ever changed or commented, by account."""
    names = {
        str(value)
        for element in root.iter()
        for key, value in element.attrib.items()
        if _AUTHORS.search(str(key)) and str(value).strip()
    }
    return one(Part.PROPERTY, path, 1, "\n".join(sorted(names)), "参与修改的人")


def outside(contents: Contents) -> list[Segment]:
    """Targets outside the file that no hyperlink names: templates, data sources, pictures."""
    found = []
    for number, (source, relationship) in enumerate(contents.external, 1):
        if relationship.type != "hyperlink":
            found += one(Part.EXTERNAL_LINK, source or "_rels/.rels", number, relationship.target,
                         _OUTSIDE.get(relationship.type, "外部引用"))  # fmt: skip
    return found


def leftovers(root: etree._Element, path: str) -> list[Segment]:
    """All words of an XML part that nothing in the document points at."""
    kept = {str(v) for e in root.iter(etree.Element) for v in e.attrib.values() if telling(str(v))}
    said = "\n".join(filter(None, (words(root), *sorted(kept))))
    return one(Part.HIDDEN, path, 1, said, "文档没有引用的部分")


def strays(root: etree._Element, path: str) -> list[Segment]:
    """Character data in a part that only shapes the document: nobody sees it."""
    texts = [text for text in words(root).splitlines() if not _IDLE_TEXT.fullmatch(text)]
    return one(Part.HIDDEN, path, 1, "\n".join(texts), "办公软件不显示的文字")


def may_stray(data: bytes) -> bool:
    """Whether a part holds any character data or comment; cheaper than to parse it."""
    return bool(xml.comments(data)) or _STRAY.search(data) is not None


def words(element: etree._Element) -> str:
    """All character data under an element, a line a piece."""
    return "\n".join(text.strip() for text in map(str, element.itertext()) if text.strip())


def telling(value: str) -> bool:
    """Does an attribute look like words or numbers of a person rather than of a program?"""
    if not value.isascii():
        return True
    return _LONG_NUMBER.search(value) is not None


def one(part: Part, path: str, number: int, text: str, note: str) -> list[Segment]:
    """The unseen text as a segment; none when it is blank."""
    if not text.strip():
        return []
    return [Segment(Place(part, path=path, paragraph=number), text, visible=False, note=note)]
