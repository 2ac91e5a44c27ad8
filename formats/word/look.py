"""Whether a run's look hides it: w:vanish, letters in the colour of their ground, tiny letters."""

import re
from typing import NamedTuple

from lxml import etree

from formats.numerals import whole
from formats.word.names import PPR, RPR, SHD, SPACING, VAL, W14, W, on

_VANISH = f"{W}vanish"
_COLOR = f"{W}color"
_SIZE = f"{W}sz"
_HIGHLIGHT = f"{W}highlight"
_RSTYLE = f"{W}rStyle"
_FILL = f"{W}fill"
_THEME_FILL = f"{W}themeFill"
_TYPE = f"{W}type"
_STYLE_ID = f"{W}styleId"
_BASED_ON = f"{W}basedOn"
_IS_DEFAULT = f"{W}default"
_SCALE = f"{W}w"
_TEXT_FILL = f"{W14}textFill"
# Half-points: 1 pt and below cannot be read on paper.
_TINY = 2
# Twentieths of a point: of a line so low nothing can be read.
_LOW = 40.0
# Percent of a letter's width.
_NARROW = 5
# Thousandths of a percent of w14:alpha from which nothing is left to see.
_CLEAR = 97_000
_HEX = re.compile("[0-9A-Fa-f]{6}")
LIGHT_THEMES = frozenset({"background1", "light1"})
# 17.18.40: the sixteen colours of the marker pen.
PENS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "darkBlue": "000080",
    "darkCyan": "008080", "darkGray": "808080", "darkGreen": "008000", "darkMagenta": "800080",
    "darkRed": "800000", "darkYellow": "808000", "green": "00FF00", "lightGray": "C0C0C0",
    "magenta": "FF00FF", "red": "FF0000", "white": "FFFFFF", "yellow": "FFFF00", "none": "",
}  # fmt: skip
PAPER = ""
"""The ground that nothing paints: white paper."""
PAINTED = "?"
"""A ground or letters of a colour that cannot be told; such letters count as seen."""


class Effect(NamedTuple):
    """What one level of formatting says; None where it says nothing.

    `color` and `fill` are RRGGBB, PAINTED, or "": automatic letters, or no fill at this level.
    `squeezed`: lines too low to show a letter.
    """

    vanish: bool | None = None
    color: str | None = None
    tiny: bool | None = None
    fill: str | None = None
    squeezed: bool | None = None

    def over(self, lower: "Effect") -> "Effect":
        """This level on top of another."""
        return Effect(
            self.vanish if self.vanish is not None else lower.vanish,
            self.color if self.color is not None else lower.color,
            self.tiny if self.tiny is not None else lower.tiny,
            self.fill if self.fill is not None else lower.fill,
            self.squeezed if self.squeezed is not None else lower.squeezed,
        )


NOTHING = Effect()


def same(color: str, ground: str) -> bool:
    """Whether letters of `color` vanish on `ground`: no channel differs by a sixteenth."""
    if len(color) != 6 or ground == PAINTED:
        return False
    ground = ground or "FFFFFF"
    return all(
        abs(int(color[at : at + 2], 16) - int(ground[at : at + 2], 16)) < 16 for at in (0, 2, 4)
    )


def fill_of(shade: etree._Element) -> str:
    """The ground a w:shd makes: RRGGBB, PAINTED, or PAPER (17.3.5)."""
    fill = shade.get(_FILL, "auto")
    pattern = shade.get(VAL, "clear")
    if pattern == "solid":
        fill = shade.get(f"{W}color", "auto")
        return fill if _HEX.fullmatch(fill) else "000000"
    if pattern not in ("clear", "nil", "pct5", "pct10", "pct12", "pct15", "pct20"):
        return PAINTED
    if _HEX.fullmatch(fill):
        return fill
    return PAPER if shade.get(_THEME_FILL) in (None, *LIGHT_THEMES) else PAINTED


def effect_of(rpr: etree._Element | None) -> Effect:
    """What one w:rPr says, without its styles."""
    if rpr is None:
        return NOTHING
    vanish = color = tiny = fill = pen = None
    for child in rpr:
        tag = child.tag
        if tag == _VANISH:
            vanish = on(child.get(VAL))
        elif tag == _COLOR:
            color = _color_of(child)
        elif tag == _SIZE:
            tiny = tiny or is_tiny(child.get(VAL, ""))
        elif tag == _SCALE:
            tiny = tiny or is_narrow(child.get(VAL, ""))
        elif tag == SHD:
            fill = fill_of(child)
        elif tag == _HIGHLIGHT:
            pen = PENS.get(child.get(VAL, ""), PAINTED)
        elif tag == _TEXT_FILL and _is_clear(child):
            vanish = vanish or rpr.find(f"{W14}textOutline") is None
    return Effect(vanish, color, tiny, pen or fill)


def _is_clear(fill: etree._Element) -> bool:
    """Whether a w14:textFill leaves the letters without ink: of w14:alpha, 100000 is all clear."""
    if fill.find(f"{W14}noFill") is not None:
        return True
    return any(
        whole(alpha.get(f"{W14}val", ""), 0) >= _CLEAR
        for alpha in fill.findall(f"{W14}solidFill/*/{W14}alpha")
    )


def _color_of(color: etree._Element) -> str:
    value = color.get(VAL, "auto")
    if _HEX.fullmatch(value):
        return value
    if color.get(f"{W}themeColor") in LIGHT_THEMES:
        return "FFFFFF"
    return PAPER if value == "auto" else PAINTED


def is_tiny(size: str) -> bool:
    """Whether a w:sz, in half-points, is one point or less."""
    try:
        return (float(size[:-2]) * 2 if size.endswith("pt") else float(size)) <= _TINY
    except ValueError:
        return False


def is_squeezed(spacing: etree._Element) -> bool | None:
    """Whether a w:spacing makes lines of two points or less (17.3.1.33); None if it names none."""
    line = spacing.get(f"{W}line")
    if line is None:
        return None
    try:
        high = float(line[:-2]) * 20 if line.endswith("pt") else float(line)
    except ValueError:
        return False
    return spacing.get(f"{W}lineRule") == "exact" and high <= _LOW


def is_narrow(scale: str) -> bool:
    """Whether a w:w, in percent, squeezes letters to a line."""
    try:
        return float(scale.rstrip("%")) <= _NARROW
    except ValueError:
        return False


class Look:
    """The styles of one document, resolved; asks whether a run with given formatting is hidden."""

    def __init__(self, styles: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._effects: dict[tuple[str, str], Effect] = {}
        self._whole: dict[str, Effect] = {}
        self._default = NOTHING
        self._default_paragraph = ""
        for child in () if styles is None else styles:
            if child.tag == f"{W}style":
                key = child.get(_STYLE_ID, "")
                self._elements[key] = child
                if child.get(_IS_DEFAULT) in ("1", "true", "on") and _kind(child) == "paragraph":
                    self._default_paragraph = key
            elif child.tag == f"{W}docDefaults":
                self._default = _with_paragraph(
                    effect_of(child.find(f"{W}rPrDefault/{RPR}")),
                    child.find(f"{W}pPrDefault/{PPR}"),
                )
        self.usual = self.effect(self._default_paragraph, "paragraph").over(self._default)
        """What letters look like that no style and no formatting names."""
        self.always = may_hide(self.usual)

    def effect(self, style: str, kind: str) -> Effect:
        """What a style says with all it is based on; `kind` is that of w:type. Styles are resolved
        when a story names them: most are never used."""
        if (style, kind) not in self._effects:
            element = self._elements.get(style)
            mine = element is not None and _kind(element) == kind
            self._effects[style, kind] = self._resolved(style) if mine else NOTHING
        return self._effects[style, kind]

    def _resolved(self, style: str) -> Effect:
        """Each style once: a chain of thousands is not walked again for each of its links."""
        chain: dict[str, None] = {}
        at = style
        while at in self._elements and at not in chain and at not in self._whole:
            chain[at] = None
            parent = self._elements[at].find(_BASED_ON)
            at = "" if parent is None else parent.get(VAL, "")
        effect = self._whole.get(at, NOTHING)
        for one in reversed(chain):
            effect = _style_effect(self._elements[one]).over(effect)
            self._whole[one] = effect
        return effect

    def shades_table(self, style: str) -> bool:
        """Whether a table style paints any cell."""
        element = self._elements.get(style)
        if element is None or _kind(element) != "table":
            return False
        return any(fill_of(shade) for shade in element.iter(SHD))

    def hides(
        self,
        rpr: etree._Element | None,
        paragraph_style: str,
        ground: str,
        squeezed: bool | None = None,
    ) -> bool:
        """Whether a run is unseen. `ground`: what the paragraph, cell or shape around it paints;
        `squeezed`: what the paragraph itself says of its lines."""
        direct = effect_of(rpr)
        paragraph = self.effect(paragraph_style or self._default_paragraph, "paragraph")
        character = NOTHING
        if rpr is not None:
            style = rpr.find(_RSTYLE)
            if style is not None:
                character = self.effect(style.get(VAL, ""), "character")
        vanish = direct.vanish
        if vanish is None:
            # A toggle property: set by both styles it cancels out (ECMA-376 part 1, 17.7.3).
            vanish = bool(self._default.vanish) or (
                bool(paragraph.vanish) != bool(character.vanish)
            )
        rest = direct.over(character).over(paragraph).over(self._default)
        low = rest.squeezed if squeezed is None else squeezed
        return vanish or bool(rest.tiny or low) or same(rest.color or PAPER, rest.fill or ground)


def _kind(style: etree._Element) -> str:
    return style.get(_TYPE, "paragraph")


def may_hide(effect: Effect) -> bool:
    """Whether a look alone can make letters unseen."""
    if effect.vanish or effect.tiny or effect.squeezed:
        return True
    return same(effect.color or PAPER, effect.fill or PAPER)


def _style_effect(style: etree._Element) -> Effect:
    return _with_paragraph(effect_of(style.find(RPR)), style.find(PPR))


def _with_paragraph(effect: Effect, properties: etree._Element | None) -> Effect:
    """What letters look like, with what the paragraphs around them do to it."""
    if properties is None:
        return effect
    shade, spacing = properties.find(SHD), properties.find(SPACING)
    if shade is not None and effect.fill is None:
        effect = effect._replace(fill=fill_of(shade))
    return effect if spacing is None else effect._replace(squeezed=is_squeezed(spacing))
