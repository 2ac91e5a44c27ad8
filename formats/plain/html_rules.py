"""The rules of a page's own style sheets, as far as they can hide something.

Only simple selectors are understood: tag, .class, #id, and chains of them; a rule with a state, an
attribute or a sibling in its selector is left alone, since it does not hold for the page as opened.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from formats.reading import TroubleCode, Unreadable

# CSS 2.2 and css-color/-masking/-transforms: whatever can make text unseen.
TELLING = frozenset(
    {
        "display", "visibility", "opacity", "font-size", "color", "background", "position", "left",
        "background-color", "background-image", "text-indent", "top", "right", "margin-left",
        "margin-top", "height", "width", "max-height", "max-width", "overflow", "clip", "clip-path",
        "transform", "mso-hide", "content-visibility", "font", "-webkit-text-fill-color", "filter",
    }
)  # fmt: skip
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_TOKEN = re.compile(r"[{};]|[^{};]+")
_COMPOUND = re.compile(r"(\*|[\w|-]+)?((?:[.#][\w-]+)*)")
_NAME = re.compile(r"[.#][\w-]+")
_SHOWN_MEDIA = re.compile(r"@media\s+(all|screen|only screen)\s*\Z|@supports|@layer")
_MOST_RULES = 20_000
_MOST_TRIES = 2_000_000

Declarations = dict[str, str]


class Compound(NamedTuple):
    """One step of a selector: `div.a.b#c`."""

    tag: str
    marks: frozenset[str]


class Rule(NamedTuple):
    """Selector steps from the outside in, and whether each but the last must be the parent."""

    steps: tuple[Compound, ...]
    tight: tuple[bool, ...]
    weight: tuple[int, int, int]
    properties: Declarations


def declarations(text: str) -> Declarations:
    """The telling properties of a style attribute or of a rule's block, lower case, no spaces
    around; a later one wins, an important one over it."""
    found: Declarations = {}
    for piece in text.split(";"):
        name, colon, value = piece.partition(":")
        name = name.strip().lower()
        if colon and name in TELLING:
            value = value.strip().lower()
            if not found.get(name, "").endswith("!important") or value.endswith("!important"):
                found[name] = value
    return found


class Rules:
    """All rules that may hide something, found by the last step's id, class or tag."""

    def __init__(self, sheets: Sequence[str]) -> None:
        self._by_key: dict[str, list[Rule]] = {}
        self._count = 0
        self._tries = 0
        for sheet in sheets:
            self._read(sheet)

    def __bool__(self) -> bool:
        return bool(self._by_key)

    def _read(self, sheet: str) -> None:
        blocks: list[str] = []
        head = ""
        for token in _TOKEN.findall(_COMMENT.sub("", sheet)):
            if token == "{":
                blocks.append(head.strip())
                head = ""
            elif token == "}":
                if blocks and all(_SHOWN_MEDIA.match(b.lower()) for b in blocks[:-1]):
                    self._rule(blocks[-1], head)
                if blocks:
                    blocks.pop()
                head = ""
            else:
                head = head + token if blocks or token != ";" else ""
            if len(blocks) > 20:
                return

    def _rule(self, selectors: str, body: str) -> None:
        if selectors.startswith("@"):
            return
        properties = declarations(body)
        if not properties:
            return
        for selector in selectors.split(","):
            rule = _rule(selector.strip(), properties, self._count)
            if rule is None:
                continue
            self._count += 1
            if self._count > _MOST_RULES:
                raise Unreadable(
                    TroubleCode.TOO_BIG, "网页的样式规则过多，已停止读取。请用浏览器另存为 PDF。"
                )
            last = rule.steps[-1]
            key = min(last.marks) if last.marks else last.tag
            self._by_key.setdefault(key, []).append(rule)

    def of(self, element: etree._Element, tag: str) -> Declarations:
        """What the style sheets say about one element, by the cascade."""
        marks = marks_of(element)
        rules = [
            rule
            for key in (*marks, tag, "*")
            for rule in self._by_key.get(key, ())
            if self._fits(rule, element, tag, marks)
        ]
        if not rules:
            return {}
        rules.sort(key=lambda rule: rule.weight)
        found: Declarations = {}
        for rule in rules:
            merge(found, rule.properties)
        return found

    def _fits(self, rule: Rule, element: etree._Element, tag: str, marks: frozenset[str]) -> bool:
        self._tries += 1
        if self._tries > _MOST_TRIES:
            raise Unreadable(
                TroubleCode.TOO_BIG, "网页的样式规则过多，已停止读取。请用浏览器另存为 PDF。"
            )
        if not _matches(rule.steps[-1], tag, marks):
            return False
        at = element.getparent()
        step = len(rule.steps) - 2
        while step >= 0:
            if at is None:
                return False
            self._tries += 1
            if _matches(rule.steps[step], str(at.tag).lower(), marks_of(at)):
                step -= 1
            elif rule.tight[step]:
                return False
            at = at.getparent()
        return True


def merge(lower: Declarations, upper: Declarations) -> None:
    """Lay one level of the cascade over another; an important word below stays."""
    for name, value in upper.items():
        if not lower.get(name, "").endswith("!important") or value.endswith("!important"):
            lower[name] = value


def marks_of(element: etree._Element) -> frozenset[str]:
    """An element's classes and id as selectors write them."""
    return _marks(element.get("class", ""), element.get("id", ""))


@lru_cache(maxsize=4096)
def _marks(classes: str, name: str) -> frozenset[str]:
    found = {f".{word}" for word in classes.split()}
    if name:
        found.add(f"#{name}")
    return frozenset(found)


def _matches(compound: Compound, tag: str, marks: frozenset[str]) -> bool:
    return compound.tag in ("*", tag) and compound.marks <= marks


def _rule(selector: str, properties: Declarations, order: int) -> Rule | None:
    words = selector.replace(">", " > ").split()
    steps: list[Compound] = []
    tight: list[bool] = []
    for word in words:
        if word == ">":
            if not steps:
                return None
            tight[-1] = True
            continue
        match = _COMPOUND.fullmatch(word)
        if match is None or len(steps) > 8:
            return None
        steps.append(
            Compound((match.group(1) or "*").lower(), frozenset(_NAME.findall(match.group(2))))
        )
        tight.append(False)
    if not steps:
        return None
    ids = sum(1 for s in steps for m in s.marks if m.startswith("#"))
    classes = sum(len(s.marks) for s in steps) - ids
    tags = sum(1 for s in steps if s.tag != "*")
    return Rule(tuple(steps), tuple(tight), (ids, classes, tags * 100_000 + order), properties)
