"""One pass over a story's tree by the parser's own tag filter: where there is more than words.

All other paragraphs and rows are runs of text and nothing else, and take the short way (`plain`).
"""

from lxml import etree

from formats.word import names as n
from formats.word.look import (
    LIGHT_THEMES,
    PAPER,
    PENS,
    Effect,
    Look,
    fill_of,
    is_narrow,
    is_squeezed,
    is_tiny,
    may_hide,
    same,
)
from formats.word.numbering import Numbering
from formats.word.paragraph_look import may_lead_away

_HOLDERS = frozenset({n.P, n.TC, n.TR, n.TBL})
_PSTYLE, _RSTYLE, _NUMPR = n.PSTYLE, f"{n.W}rStyle", f"{n.W}numPr"
_COLOR, _THEME, _SIZE, _SCALE = f"{n.W}color", f"{n.W}themeColor", f"{n.W}sz", f"{n.W}w"
_HIGHLIGHT, _VANISH, _BODY = f"{n.W}highlight", f"{n.W}vanish", f"{n.W}body"
_TEXT_FILL = f"{n.W14}textFill"
_ASKED = (n.TBL, n.SECTPR, n.SHD, _PSTYLE, _RSTYLE, _NUMPR, _COLOR, _SIZE, _SCALE, _HIGHLIGHT,
          _VANISH, _TEXT_FILL, n.INDENT, n.FRAME)  # fmt: skip
_REPEATED = (_PSTYLE, _RSTYLE, _COLOR, _SIZE, _SCALE, n.INDENT)


class Marked:
    """`special`: paragraphs, cells, rows and tables that hold more than ordinary runs of text;
    `counted`: paragraphs that may be numbered; `winding`: both, and what is nested. `inspect`: does
    anything in the story look as if it hid a run? `sections`: the w:sectPr, and `changed`: what
    says who changed something, in order."""

    def __init__(
        self,
        root: etree._Element,
        wanted: list[str],
        numbering: Numbering | None,
        look: Look,
        *,
        exact: bool,
    ) -> None:
        """`exact`: a line may be of exact height; where none is, nobody asks each paragraph."""
        self.special: set[etree._Element] = set()
        self.sections: list[etree._Element] = []
        self.changed: list[etree._Element] = []
        self.inspect = look.always
        self.always = look.always
        self._look = look
        self._colors: set[str] = set()
        self._shades: dict[tuple[str | None, ...], etree._Element] = {}
        self._fills: set[str] = {"FFFFFF"}
        self._styles: dict[tuple[str, str], Effect] = {}
        self._boxes = False
        self._scan(root, [*wanted, n.SPACING] if exact else wanted, numbering)
        self._judge_colors(root)
        self.winding = self.special
        if self._aside:
            self.winding = set(self.special)
            for element in self._aside:
                _mark(element, self.winding)

    def _scan(self, root: etree._Element, wanted: list[str], numbering: Numbering | None) -> None:
        self.counted: set[etree._Element] = set()
        self.texts: dict[etree._Element, list[str]] = {}
        """The pieces of text of each paragraph in which only runs stand."""
        texts = self.texts
        pieces: list[str] = []
        run_text, paragraph = n.T, n.P
        self._aside: list[etree._Element] = []
        # What each of these says that is of no consequence: all of an element's attributes are
        # got in a fifth of the time that one takes by its name.
        idle: dict[str, set[str]] = {tag: set() for tag in _REPEATED}
        colors = self._colors
        lists = numbering is not None and numbering.any
        styled: dict[str, tuple[bool, bool]] = {}
        ordinary = n.CHANGED.difference(wanted)
        for element in root.iter(run_text, paragraph, *_ASKED, *ordinary, *wanted):
            tag = element.tag
            if tag == run_text:
                text = element.text
                if text:
                    pieces.append(text)
            elif tag == paragraph:
                texts[element] = pieces = []
            elif tag in idle and idle[tag].issuperset(element.values()):
                pass
            elif tag == _PSTYLE:
                value = element.get(n.VAL, "")
                if value not in styled:
                    counted = numbering is not None and numbering.of_style(value) is not None
                    styled[value] = (self._hides(tag, value), counted)
                hides, counted = styled[value]
                if hides:
                    self._suspect(element)
                if counted:
                    self._count(element)
                elif not hides:
                    idle[tag].add(value)
            elif tag == _COLOR:
                value = element.get(n.VAL, "auto")
                if len(value) == 6:
                    colors.add(value)
                    idle[tag].add(value)
                elif element.get(_THEME) in LIGHT_THEMES:
                    colors.add("FFFFFF")
            elif tag in (_SIZE, _SCALE):
                value = element.get(n.VAL, "")
                if is_tiny(value) if tag == _SIZE else is_narrow(value):
                    self._suspect(element)
                else:
                    idle[tag].add(value)
            elif tag == n.SHD:
                self._shades.setdefault(tuple(map(str, element.attrib.items())), element)
            elif tag == _HIGHLIGHT:
                self._fills.add(PENS.get(element.get(n.VAL, ""), PAPER))
            elif tag == _RSTYLE:
                value = element.get(n.VAL, "")
                if self._hides(tag, value):
                    self._suspect(element)
                else:
                    idle[tag].add(value)
            elif tag in (_VANISH, _TEXT_FILL, n.FRAME):
                self._suspect(element)
            elif tag == n.SPACING:
                if is_squeezed(element):
                    self._suspect(element)
            elif tag == n.INDENT:
                if may_lead_away(element):
                    self._suspect(element)
                else:
                    idle[tag].update(map(str, element.values()))
            elif tag == _NUMPR:
                if lists:
                    self._count(element)
            elif tag == n.TBL:
                parent = element.getparent()
                if parent is not None and parent.tag != _BODY:
                    self._aside.append(element)
            elif tag == n.SECTPR:
                self.sections.append(element)
            else:
                if tag in n.CHANGED:
                    self.changed.append(element)
                if tag not in ordinary:
                    self._boxes = self._boxes or tag == n.TXBX
                    _mark(element.getparent(), self.special)

    def _hides(self, tag: str, style: str) -> bool:
        """Whether a style that the story names can hide what is written in it."""
        return may_hide(self._effect(tag, style))

    def _effect(self, tag: str, style: str) -> Effect:
        if (tag, style) not in self._styles:
            kind = "paragraph" if tag == _PSTYLE else "character"
            self._styles[tag, style] = self._look.effect(style, kind)
        return self._styles[tag, style]

    def _suspect(self, element: etree._Element) -> None:
        self.inspect = True
        _mark(element.getparent(), self.special)

    def _count(self, element: etree._Element) -> None:
        """A paragraph told by its w:pStyle or w:numPr, which stand in its w:pPr."""
        properties = element.getparent()
        paragraph = None if properties is None else properties.getparent()
        if paragraph is not None:
            self.counted.add(paragraph)
            self._aside.append(paragraph)

    def _judge_colors(self, root: etree._Element) -> None:
        """Suspect the letters whose colour is also a ground somewhere in the story."""
        usual = self._look.usual
        effects = [usual, *self._styles.values()]
        colors = self._colors | {e.color for e in effects if e.color}
        fills = self._fills | {e.fill for e in effects if e.fill}
        fills |= {fill_of(shade) for shade in self._shades.values()}
        # What a text box is painted with is told when it is walked.
        wanted = {c for c in colors if c and (self._boxes or any(same(c, f) for f in fills))}
        if not wanted:
            return
        if usual.color in wanted:
            self.always = self.inspect = True
            return
        for element in root.iter(_COLOR, _PSTYLE, _RSTYLE):
            value = element.get(n.VAL, "")
            if element.tag == _COLOR:
                light = "FFFFFF" in wanted and element.get(_THEME) in LIGHT_THEMES
                if value in wanted or light:
                    self._suspect(element)
            elif self._effect(str(element.tag), value).color in wanted:
                self._suspect(element)


def _mark(at: etree._Element | None, found: set[etree._Element]) -> None:
    while at is not None and at not in found:
        if at.tag in _HOLDERS:
            found.add(at)
        at = at.getparent()
