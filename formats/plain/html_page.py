"""The walk over a web page: its text in reading order, told apart by what hides it."""

import re
from collections.abc import Iterable, Set
from typing import NamedTuple

from lxml import etree

from formats.budget import Budget
from formats.numerals import whole
from formats.plain.html_look import FALLBACK, Look, look_of
from formats.plain.html_rules import Rules
from formats.plain.html_source import DEEP
from formats.plain.html_told import DATA, Told, attributes, coded, sheet, unescaped
from formats.reading import Part, Place, Segment, TroubleCode, Unreadable

# Elements that flow with the text around them; those with a colon are Office's own.
_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em",
        "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike",
        "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "nobr", "img", "input",
        "script", "style", "meta", "link", "svg", "picture", "source", "iframe", "noscript", "rt",
        "rp", "ruby", "map", "area", "object", "template", "slot", "output", "datalist", "del",
        "audio", "video", "canvas", "param", "embed", "base", "rb", "g", "path", "use", "defs",
    }
)  # fmt: skip
_KEPT = frozenset({"pre", "textarea", "listing", "xmp", "plaintext"})
_PICTURES = frozenset({"img", "canvas", "embed", "image", "video", "v:imagedata"})
_SPACES = re.compile(r"[ \t\r\n\f]+")
_DATA_END = re.compile(r"[)\"'\s]")
_MOST_COLUMNS = 1000


class Piece(NamedTuple):
    """Text that flows until a block begins or ends."""

    text: str
    look: Look
    part: Part | None


class Address(NamedTuple):
    """A file inside the page: a data: address or an iframe's own page."""

    text: str
    visible: bool = False
    srcdoc: bool = False


class Page:
    """Walks one tree without recursion. `segments` in reading order; `causes[i]` names what hides
    segment i; `pictures` counts those that nobody reads, `carried` ones are read elsewhere;
    `inside` are files in the page."""

    def __init__(self, budget: Budget, rules: Rules, carried: Set[str] = frozenset()) -> None:
        self.budget = budget
        self.rules = rules
        self.carried = carried
        self.segments: list[Segment] = []
        self.causes: list[int] = []
        self.inside: list[Address] = []
        self.pictures = 0
        self.scripts = 0
        self._looks: list[Look] = [Look()]
        self._flow: list[Piece] = []
        self._part: Part | None = None
        self._kept = 0
        self._number = 0
        self._tables = 0
        self._grids: list[list[int]] = []
        self._cells: list[tuple[int, int, int] | None] = [None]

    def walk(self, top: etree._Element) -> None:
        """One top node and all under it. Raises Unreadable(TOO_BIG)."""
        if isinstance(top, etree._Comment | etree._ProcessingInstruction):
            self._comment(top)
            return
        events = ("start", "end", "comment", "pi")
        for event, element in etree.iterwalk(top, events=events):
            if event == "start":
                self._start(element)
            elif event == "end":
                self._end(element)
                if element is not top and element.tail:
                    self._text(element.tail)
            else:
                self._comment(element)
                if element.tail:
                    self._text(element.tail)
        self._end_block()

    def _start(self, element: etree._Element) -> None:
        tag = _tag(element)
        self._number += 1
        if len(self._looks) > self.budget.limits.nodes_deep:
            raise Unreadable(TroubleCode.TOO_BIG, DEEP)
        look = look_of(element, tag, self._looks[-1], self.rules, self._number)
        if _breaks(tag, look):
            self._end_block()
        self._looks.append(look)
        self._enter(element, tag)
        if element.attrib:
            self._attributes(element, tag, look)
        text = element.text
        if not text:
            return
        if tag == "script":
            self.scripts += 1
            self._say(Told(Part.SCRIPT, unescaped(text), "网页脚本"))
            for told in coded(text):
                self._say(told)
        elif tag == "style":
            for told in sheet(text):
                self._say(told)
            self._data_in(text)
        else:
            self._text(text)

    def _end(self, element: etree._Element) -> None:
        tag = _tag(element)
        look = self._looks[-1]
        if _breaks(tag, look):
            self._end_block()
        self._looks.pop()
        if tag in _KEPT:
            self._kept -= 1
        if tag in ("title", "textarea", "option", "del", "select"):
            self._part = None
        if tag == "table" and self._grids:
            self._grids.pop()
        if tag in ("td", "th", "table"):
            self._cells.pop()

    def _enter(self, element: etree._Element, tag: str) -> None:
        if tag == "table":
            self._tables += 1
            self._grids.append([self._tables, 0, 0])
            self._cells.append(None)
        elif tag == "tr" and self._grids:
            self._grids[-1][1] += 1
            self._grids[-1][2] = 0
        elif tag in ("td", "th"):
            self._cells.append(self._next_cell(element))
        elif tag == "br":
            self._flow.append(Piece("\n", self._looks[-1], self._part))
        elif tag in _KEPT:
            self._kept += 1
        if tag == "title":
            self._part = Part.METADATA
        elif tag in ("textarea", "option"):
            self._part = Part.FORM_VALUE
        elif tag == "del":
            self._part = Part.DELETION
        elif tag == "script" and element.get("src"):
            self.scripts += 1

    def _next_cell(self, element: etree._Element) -> tuple[int, int, int] | None:
        if not self._grids:
            return None
        grid = self._grids[-1]
        cell = (grid[0], max(grid[1], 1), grid[2] + 1)
        grid[2] += min(whole(element.get("colspan", "1")), _MOST_COLUMNS)
        return cell

    def _attributes(self, element: etree._Element, tag: str, look: Look) -> None:
        values = {str(k).lower(): str(v) for k, v in element.attrib.items()}
        if look.gone == FALLBACK:  # what is inside is not shown, the thing itself is
            look = look._replace(gone=self._looks[-2].gone)
        seen = not look.why
        for told in attributes(values, tag):
            self._say(told._replace(visible=told.visible and seen))
        if tag in _PICTURES or (tag == "input" and values.get("type", "").lower() == "image"):
            source = values.get("src", values.get("href", values.get("xlink:href", "")))
            if source not in self.carried and not DATA.match(source.lstrip()):
                self.pictures += 1
                self._say(Told(Part.IMAGE, tag, "图片未识别", seen))
        for name, text in values.items():
            if name == "srcdoc":
                self.inside.append(Address(text, seen, srcdoc=True))
            elif "data:" in text:
                self._data_in(text, visible=seen and tag in _PICTURES)
            elif name == "style" and "url(" in text.lower():
                self.pictures += 1
                self._say(Told(Part.LINK, text, "样式里的背景图片"))

    def _data_in(self, text: str, *, visible: bool = False) -> None:
        """A data: address, whole or in the url() of a style."""
        if DATA.match(text.lstrip()):
            self.inside.append(Address(text, visible))
            return
        at = 0
        while (match := DATA.search(text, at)) is not None:
            end = _DATA_END.search(text, match.end())
            at = end.start() if end else len(text)
            self.inside.append(Address(text[match.start() : at]))

    def _comment(self, node: etree._Element) -> None:
        text = node.text or ""
        conditional = text.lstrip().startswith("[if")
        self._say(Told(Part.HIDDEN, text, "条件注释" if conditional else "网页注释"))

    def _text(self, text: str) -> None:
        if not self._kept:
            text = _SPACES.sub(" ", text)
        self._flow.append(Piece(text, self._looks[-1], self._part))

    def _end_block(self) -> None:
        """Make segments of the text that has flowed together: all that is seen as one, since that
        is how it reads; each unseen stretch by itself."""
        flow, self._flow = self._flow, []
        if not flow:
            return
        for part, why, cause, pieces in _runs(flow):
            text = "".join(pieces)
            if not self._kept:
                text = re.sub(r" *\n *", "\n", text)
            base = Part.TABLE if self._cells[-1] else Part.BODY
            if why:
                base = Part.OFF_PAGE if why == "移出页面" else Part.HIDDEN
            self._say(Told(part or base, text, why, not why), cause)

    def _say(self, told: Told, cause: int = 0) -> None:
        """One segment; each has a number of its own, since a page has no other order."""
        text = told.text.strip()
        if not text:
            return
        self.budget.spend_segments()
        table, row, column = self._cells[-1] or (None, None, None)
        place = Place(
            told.part, table=table, row=row, column=column, paragraph=len(self.segments) + 1
        )
        self.segments.append(Segment(place, text, told.visible, told.note))
        self.causes.append(cause)


def _runs(flow: list[Piece]) -> Iterable[tuple[Part | None, str, int, list[str]]]:
    """Seen text of each part in one run, then unseen text, a run for each reason in a row."""
    seen: dict[Part | None, list[str]] = {}
    unseen: list[tuple[Part | None, str, int, list[str]]] = []
    for text, look, part in flow:
        why = look.why
        if not why:
            seen.setdefault(part, []).append(text)
        elif unseen and unseen[-1][1:3] == (why, look.cause):
            unseen[-1][3].append(text)
        else:
            unseen.append((part, why, look.cause, [text]))
    yield from ((part, "", 0, pieces) for part, pieces in seen.items())
    yield from unseen


def _tag(element: etree._Element) -> str:
    return str(element.tag).lower()


def _breaks(tag: str, look: Look) -> bool:
    return look.block or (tag not in _INLINE and ":" not in tag and tag != "br")
