"""Web pages: the blocks a reader sees, and everything a browser is told besides."""

import contextlib
import re
from typing import BinaryIO

from lxml import etree

from formats.budget import Budget
from formats.plain.text import decoded
from formats.reading import Kind, Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable

_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em",
        "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike",
        "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "center", "nobr", "o", "st1",
    }
)  # fmt: skip
_UNSEEN = frozenset({"template", "noscript", "noframes", "datalist", "object", "applet", "del"})
_HIDING = re.compile(
    r"display:none|visibility:(hidden|collapse)|font-size:0|opacity:0(?![.\d]*[1-9])|"
    r"color:(#fff\b|#ffffff|white)|left:-\d{3,}|text-indent:-\d{3,}"
)
_HIDING_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SELECTOR = re.compile(r"[.#][\w-]+")
_TOLD = (
    ("alt", Part.ALT_TEXT), ("title", Part.ALT_TEXT), ("placeholder", Part.ALT_TEXT),
    ("aria-label", Part.ALT_TEXT), ("href", Part.LINK), ("src", Part.LINK), ("action", Part.LINK),
    ("summary", Part.ALT_TEXT),
)  # fmt: skip
_IDLE_META = frozenset({"viewport", "generator", "renderer", "robots", "progid"})


def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """A segment a block of visible text; comments, hidden elements, meta, scripts, form values and
    data attributes beside them. Raises Unreadable."""
    text = decoded(source)
    root = _parse(text)
    if root is None:
        raise Unreadable(
            TroubleCode.DAMAGED, "网页文件已损坏，无法读取。请用浏览器打开，另存为 PDF 后再放入。"
        )
    page = _Page(root, budget)
    page.walk(root, 0)
    page.end_block()
    troubles = []
    if page.pictures:
        troubles.append(
            Trouble(
                TroubleCode.NEEDS_OCR,
                f"网页里有 {page.pictures} 张图片，图上的文字没有识别。请人工逐张查看。",
            )
        )
    return Reading(kind, tuple(page.segments), tuple(troubles), partial=bool(troubles))


def _parse(text: str) -> etree._Element | None:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, recover=True, huge_tree=False, remove_pis=True
    )
    with contextlib.suppress(etree.LxmlError, ValueError):
        return etree.fromstring(text.encode("utf-8"), parser)
    return None


class _Page:
    """Walks the tree; inline text flows together until a block begins or ends."""

    def __init__(self, root: etree._Element, budget: Budget) -> None:
        self.budget = budget
        self.segments: list[Segment] = []
        self.number = 0
        self.pictures = 0
        self.flow: list[str] = []
        self.hidden = 0
        self.tables = 0
        self.cell: tuple[int, int, int] | None = None
        self.table: list[int] = []
        self.hiding = _hiding_selectors(root)

    def walk(self, element: etree._Element, depth: int) -> None:
        """One element and all under it, then the text behind it."""
        if depth > self.budget.limits.nodes_deep:
            raise Unreadable(
                TroubleCode.TOO_BIG, "网页嵌套层数超过限度，已停止读取。请用浏览器另存为 PDF。"
            )
        if isinstance(element, etree._Comment):
            self.say(Part.HIDDEN, element.text or "", "网页注释")
        else:
            self._element(element, element.tag.lower(), depth)
        if element.tail:
            self.flow.append(element.tail)

    def _element(self, element: etree._Element, tag: str, depth: int) -> None:
        if tag in ("script", "style"):
            if tag == "script" or "content" in (element.text or ""):
                self.say(Part.SCRIPT, element.text or "", "网页脚本")
            return
        self._attributes(element, tag)
        block = tag not in _INLINE
        unseen = tag in _UNSEEN or self._is_hidden(element)
        outer_cell = self.cell
        if block or unseen:
            self.end_block()
        self.hidden += unseen
        self._enter(tag)
        if element.text:
            self.flow.append(element.text)
        for child in element:
            self.walk(child, depth + 1)
        if block or unseen:
            self.end_block(Part.METADATA if tag == "title" else None)
        self.hidden -= unseen
        if tag == "table" and self.table:
            del self.table[-3:]
        if tag in ("td", "th", "table"):
            self.cell = outer_cell

    def _enter(self, tag: str) -> None:
        if tag == "table":
            self.tables += 1
            self.table += [self.tables, 0, 0]
            self.cell = None
        elif tag == "tr" and self.table:
            self.table[-2] += 1
            self.table[-1] = 0
        elif tag in ("td", "th") and self.table:
            self.table[-1] += 1
            self.cell = (self.table[-3], self.table[-2], self.table[-1])
        elif tag == "br":
            self.flow.append("\n")
        elif tag in ("img", "svg", "canvas", "picture", "embed"):
            self.pictures += 1
            self.say(Part.IMAGE, tag, "图片未识别", visible=True)

    def _attributes(self, element: etree._Element, tag: str) -> None:
        values = {str(k).lower(): str(v) for k, v in element.attrib.items()}
        if tag == "meta":
            name = values.get("name", values.get("http-equiv", "")).lower()
            if name not in _IDLE_META and "http-equiv" not in values:
                self.say(Part.METADATA, values.get("content", ""), name)
            return
        if tag in ("input", "option", "button", "param"):
            seen = values.get("type", "") != "hidden" and tag != "param"
            self.say(Part.FORM_VALUE, values.get("value", ""), "表单值", visible=seen)
        for name, part in _TOLD:
            text = values.get(name, "")
            if text and not text.startswith(("#", "data:image")):
                self.say(part, text, "")
        for name, text in values.items():
            if name.startswith("data-"):
                self.say(Part.HIDDEN, text, name)
            elif name.startswith("on"):
                self.say(Part.SCRIPT, text, name)

    def _is_hidden(self, element: etree._Element) -> bool:
        if element.get("hidden") is not None:
            return True
        style = re.sub(r"\s", "", element.get("style", "")).lower()
        if style and _HIDING.search(re.sub(r"background-color:[^;]*", "", style)):
            return not (style.count("color") > 1 and "background" in style)
        if not self.hiding:
            return False
        marks = {f".{c}" for c in element.get("class", "").split()}
        marks.add(f"#{element.get('id', '')}")
        return not marks.isdisjoint(self.hiding)

    def end_block(self, part: Part | None = None) -> None:
        """Make a segment of the text that has flowed together."""
        text = re.sub(r"[ \t\r\f]*\n[ \t\r\f]*", "\n", "".join(self.flow)).strip()
        self.flow.clear()
        if not text:
            return
        base = Part.TABLE if self.cell else Part.BODY
        seen = not self.hidden
        self.say(part or (base if seen else Part.HIDDEN), text, "", visible=seen)

    def say(self, part: Part, text: str, note: str, *, visible: bool = False) -> None:
        """One segment; every segment has a number of its own, since a page has no other order."""
        text = text.strip()
        if not text:
            return
        self.number += 1
        self.budget.spend_segments()
        table, row, column = self.cell or (None, None, None)
        place = Place(part, table=table, row=row, column=column, paragraph=self.number)
        self.segments.append(Segment(place, text, visible, note))


def _hiding_selectors(root: etree._Element) -> set[str]:
    """Classes and ids that the page's own style sheet hides."""
    found: set[str] = set()
    for style in root.iter("style"):
        for selectors, rules in _HIDING_RULE.findall((style.text or "")[:200_000]):
            if re.search(r"display:none|visibility:hidden", re.sub(r"\s", "", rules).lower()):
                found.update(_SELECTOR.findall(selectors))
    return found
