"""The numbers Word puts before paragraphs: 第一条, （二）, 3. (ECMA-376 part 1, 17.9)."""

import re
from typing import NamedTuple

from lxml import etree

from formats.word import names as n
from formats.word.counting import written
from formats.word.symbols import sign

_NUMPR = f"{n.W}numPr"
_PSTYLE = f"{n.W}pStyle"
_PLACEHOLDER = re.compile("%([1-9])")
_SUFFIX = {"nothing": ""}
_LEVELS = 9
# So many styles are asked for a list, each based on the next; people get to five.
_MOST_ABOVE = 100
_BULLETS = "bullet"


class Level(NamedTuple):
    """One level of a list. `restart`: the level (from 1) after which it begins anew, 0 never."""

    start: int
    style: str
    text: str
    suffix: str
    legal: bool
    restart: int | None
    hidden: bool


class Listing(NamedTuple):
    """One w:num: the list it counts in, and where it begins anew on first use, by level."""

    abstract: str
    starts: dict[int, int]
    levels: dict[int, etree._Element]


class Numbering:
    """All lists of a document, and which paragraph styles are numbered. Counts are kept apart, in
    a `Counts` for each story; `shown` gathers the w:lvlText of the levels that were used."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._lists: dict[str, dict[int, etree._Element]] = {}
        self._levels: dict[tuple[str, int], Level | None] = {}
        self._nums: dict[str, Listing] = {}
        self._styled: dict[str, tuple[str, int] | None] = {}
        self._styles: dict[str, etree._Element] = {}
        self._by_style: dict[tuple[str, str], int] = {}
        self.shown: set[str] = set()
        if numbering is None:
            return
        self._read(numbering)
        if styles is not None and next(styles.iter(_NUMPR), None) is not None:
            self._styles = {
                style.get(f"{n.W}styleId", ""): style
                for style in styles.iterchildren(f"{n.W}style")
            }

    def _read(self, root: etree._Element) -> None:
        links: dict[str, str] = {}
        named: dict[str, str] = {}
        for abstract in root.iterchildren(f"{n.W}abstractNum"):
            key = abstract.get(f"{n.W}abstractNumId", "")
            self._lists[key] = {}
            for element in abstract.iterchildren(f"{n.W}lvl"):
                number = _level_number(element)
                self._lists[key][number] = element
                style = element.find(_PSTYLE)
                if style is not None:
                    self._by_style[key, style.get(n.VAL, "")] = number
            for tag, found in (("styleLink", named), ("numStyleLink", links)):
                link = abstract.find(f"{n.W}{tag}")
                if link is not None and tag == "styleLink":
                    found[link.get(n.VAL, "")] = key
                elif link is not None:
                    found[key] = link.get(n.VAL, "")
        for num in root.iterchildren(f"{n.W}num"):
            target = num.find(f"{n.W}abstractNumId")
            counted = "" if target is None else target.get(n.VAL, "")
            listing = Listing(named.get(links.get(counted, ""), counted), {}, {})
            for override in num.iterchildren(f"{n.W}lvlOverride"):
                number = _level_number(override)
                start, level = override.find(f"{n.W}startOverride"), override.find(f"{n.W}lvl")
                if start is not None:
                    listing.starts[number] = _int(start, 1)
                if level is not None:
                    listing.levels[number] = level
            self._nums[num.get(f"{n.W}numId", "")] = listing

    def of_style(self, style: str) -> tuple[str, int] | None:
        """The list (numId) and level in which a paragraph style numbers what is written in it."""
        if style not in self._styled:
            self._styled[style] = self._resolved(style)
        return self._styled[style]

    def _resolved(self, style: str) -> tuple[str, int] | None:
        at, seen, level = style, set[str](), None
        while at in self._styles and at not in seen and len(seen) < _MOST_ABOVE:
            seen.add(at)
            element = self._styles[at]
            properties = element.find(f"{n.PPR}/{_NUMPR}")
            num, said = ("", None) if properties is None else _numbers_in(properties)
            level = said if level is None else level
            if num:
                abstract = self._nums[num].abstract if num in self._nums else ""
                if level is None:
                    by_own = self._by_style.get((abstract, at), 0)
                    level = self._by_style.get((abstract, style), by_own)
                return num, level
            above = element.find(f"{n.W}basedOn")
            at = "" if above is None else above.get(n.VAL, "")
        return None

    @property
    def any(self) -> bool:
        """Whether the document has lists at all."""
        return bool(self._nums)

    def of(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """Which list (numId) and level a paragraph counts in; None for no number."""
        if not len(paragraph) or paragraph[0].tag != n.PPR:
            return None
        direct = style = None
        for child in paragraph[0]:
            if child.tag == _NUMPR:
                direct = child
            elif child.tag == _PSTYLE:
                style = child.get(n.VAL, "")
        num, level = ("", None) if direct is None else _numbers_in(direct)
        below = self.of_style(style or "")
        if not num and below is not None:
            num, level = below[0], below[1] if level is None else level
        return (num, level or 0) if num in self._nums else None

    def level(self, num: str, number: int) -> Level | None:
        """The level as this list overrides it."""
        if (num, number) not in self._levels:
            listing = self._nums[num]
            element = self._lists.get(listing.abstract, {}).get(number)
            element = listing.levels.get(number, element)
            self._levels[num, number] = None if element is None else _level(element)
        return self._levels[num, number]

    def listing(self, num: str) -> Listing:
        """The list of a numId that `of` gave."""
        return self._nums[num]


class Counts:
    """The running counts of one story. Every call of `label` counts one paragraph."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, paragraph: etree._Element) -> str:
        """What stands before a paragraph, with a space where Word leaves room; "" for nothing, and
        for the dots and ticks that only mark an item."""
        found = self.numbering.of(paragraph)
        if found is None:
            return ""
        num, number = found
        listing, level = self.numbering.listing(num), self.numbering.level(num, number)
        if level is None:
            return ""
        counts = self._counts.setdefault(listing.abstract, [None] * _LEVELS)
        self._step(counts, num, number, listing, level)
        if level.hidden:
            return ""
        self.numbering.shown.add(level.text)
        text = _PLACEHOLDER.sub(lambda m: self._written(counts, num, m, level), level.text)
        if not text or (level.style == _BULLETS and len(text.strip()) == 1):
            return ""
        return text + _SUFFIX.get(level.suffix, " ")

    def _step(
        self, counts: list[int | None], num: str, number: int, listing: Listing, level: Level
    ) -> None:
        start = listing.starts.get(number)
        now = counts[number]
        if start is not None and (num, number) not in self._begun:
            now = None
        else:
            start = level.start
        self._begun.add((num, number))
        counts[number] = start if now is None else now + 1
        for deeper in range(number + 1, _LEVELS):
            below = self.numbering.level(num, deeper)
            after = None if below is None else below.restart
            if after is None or number < after:
                counts[deeper] = None

    def _written(
        self, counts: list[int | None], num: str, match: re.Match[str], level: Level
    ) -> str:
        number = int(match.group(1)) - 1
        of = self.numbering.level(num, number)
        if of is None:
            return ""
        count = counts[number]
        if count is None:
            count = counts[number] = of.start
        return written(count, "decimal" if level.legal else of.style)


def _level(element: etree._Element) -> Level:
    text = element.find(f"{n.W}lvlText")
    style = element.find(f"{n.W}numFmt")
    suffix = element.find(f"{n.W}suff")
    legal = element.find(f"{n.W}isLgl")
    restart = element.find(f"{n.W}lvlRestart")
    vanish = element.find(f"{n.RPR}/{n.W}vanish")
    font = element.find(f"{n.RPR}/{n.W}rFonts")
    shown = "" if text is None else text.get(n.VAL, "")
    if font is not None and len(shown) == 1:
        shown = sign(font.get(f"{n.W}ascii", ""), ord(shown))
    return Level(
        _int(element.find(f"{n.W}start"), 1),
        "decimal" if style is None else style.get(n.VAL, "decimal"),
        shown,
        "tab" if suffix is None else suffix.get(n.VAL, "tab"),
        legal is not None and n.on(legal.get(n.VAL)),
        None if restart is None else _int(restart, 0),
        vanish is not None and n.on(vanish.get(n.VAL)),
    )


def _numbers_in(properties: etree._Element) -> tuple[str, int | None]:
    num, level = properties.find(f"{n.W}numId"), properties.find(f"{n.W}ilvl")
    return (
        "" if num is None else num.get(n.VAL, ""),
        None if level is None else min(_int(level, 0), _LEVELS - 1),
    )


def _level_number(element: etree._Element) -> int:
    value = element.get(f"{n.W}ilvl", "0")
    return int(value) if value in tuple("012345678") else 0


def _int(element: etree._Element | None, default: int) -> int:
    value = "" if element is None else element.get(n.VAL, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else default
