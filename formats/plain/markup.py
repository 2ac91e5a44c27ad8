"""XML data files: what elements and attributes say; no entity and no address is followed."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from formats.budget import Budget
from formats.plain.html_source import check_crowd, encoding_named, text_of
from formats.reading import Kind, Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.-]+)")
_ENTITIES = "文件带有实体定义，可能是恶意构造，已停止读取。请向来源核实，或转为 .xlsx 后再放入。"
_NOT_WELL = "XML 不完整或有错误，已按普通文本读取。请用原软件重新导出，或人工核对。"
_BROKEN = "文件里有 {} 处文字不是有效的编码，无法辨认。请用原软件打开核对。"
_DEEP = "XML 嵌套层数超过限度，已停止读取。请向来源核实。"
_LONGEST_LOT = 4096
# What Word, Excel and OpenDocument call a paragraph; each look in it is an element of its own, and
# a number in two looks is one number.
_PARAGRAPHS = frozenset({"p", "h", "si", "is"})


def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """A segment for each element's text and each attribute; `path` names the element.

    A file that is not well formed is read as lines of text and says so. Raises Unreadable.
    """
    data = source.read()
    declared = _DECLARED.search(data[:1000])
    named = declared.group(1).decode("ascii") if declared else ""
    text, broken = text_of(data, named if encoding_named(named) else "")
    if "<!ENTITY" in text:
        raise Unreadable(TroubleCode.DAMAGED, _ENTITIES)
    troubles = []
    if broken:
        troubles.append(Trouble(TroubleCode.DAMAGED, _BROKEN.format(broken)))
    root = _parse(_DECLARATION.sub("", text, count=1))
    if root is None:
        troubles.append(Trouble(TroubleCode.DAMAGED, _NOT_WELL))
        segments = [
            Segment(Place(Part.BODY, paragraph=number), line.strip())
            for number, line in enumerate(text.splitlines(), 1)
            if line.strip()
        ]
        budget.spend_segments(len(segments))
    else:
        segments = _Walk(budget).segments_of(root)
    return Reading(kind, tuple(segments), tuple(troubles), partial=bool(troubles))


def _parse(text: str) -> etree._Element | None:
    check_crowd(text)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        if "depth" in str(error):
            raise Unreadable(TroubleCode.TOO_BIG, _DEEP) from None
        return None
    return root


class _Walk:
    """Gathers segments without recursion; `path` is kept as the names from the root down."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.segments: list[Segment] = []
        self._path: list[str] = []
        self._told = 0
        self._inside = 0
        """How deep the paragraph stands in which the walk is; its letters are told as one text."""

    def segments_of(self, root: etree._Element) -> list[Segment]:
        """Everything in document order, comments around the root included."""
        for node in reversed(list(root.itersiblings(preceding=True))):
            self._aside(node)
        for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event == "start":
                self._path.append(_local(str(element.tag)))
                if len(self._path) > self.budget.limits.nodes_deep:
                    raise Unreadable(TroubleCode.TOO_BIG, _DEEP)
                for name, value in element.attrib.items():
                    self._say(Part.PROPERTY, str(value), _local(str(name)))
                if not self._inside and self._path[-1] in _PARAGRAPHS and len(element):
                    self._inside = len(self._path)
                    self._say(Part.BODY, "".join(_letters(element)))
                elif not self._inside:
                    self._say(Part.BODY, element.text)
                continue
            if event == "end":
                if len(self._path) == self._inside:
                    self._inside = 0
                self._path.pop()
            else:
                self._aside(element)
            if element is not root and not self._inside:
                self._say(Part.BODY, element.tail)
        for node in root.itersiblings():
            self._aside(node)
        self.budget.spend_segments(len(self.segments) - self._told)
        return self.segments

    def _aside(self, node: etree._Element) -> None:
        note = "XML 注释" if isinstance(node, etree._Comment) else "XML 处理指令"
        self._say(Part.HIDDEN, node.text, note, visible=False)

    def _say(self, part: Part, text: str | None, note: str = "", *, visible: bool = True) -> None:
        if text is None or not (text := text.strip()):
            return
        path = "/".join(self._path)
        place = Place(part, paragraph=len(self.segments) + 1, path=path)
        self.segments.append(Segment(place, text, visible, note))
        if len(self.segments) - self._told >= _LONGEST_LOT:
            self.budget.spend_segments(_LONGEST_LOT)
            self._told = len(self.segments)


def _letters(element: etree._Element) -> Iterator[str]:
    """All letters in an element, in order, without those of comments."""
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            yield node.text or ""
        elif node is not element:
            yield node.tail or ""


def _local(name: str) -> str:
    return name.rpartition("}")[2]
