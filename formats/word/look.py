"""Whether a run's look hides it: w:vanish, white on white, one point or less."""

import re
from typing import NamedTuple

from lxml import etree

from formats.word.names import PPR, RPR, SHD, VAL, W, on

_VANISH = f"{W}vanish"
_COLOR = f"{W}color"
_SIZE = f"{W}sz"
_HIGHLIGHT = f"{W}highlight"
_RSTYLE = f"{W}rStyle"
_FILL = f"{W}fill"
_THEME_FILL = f"{W}themeFill"
_TYPE = f"{W}type"
_STYLE_ID = f"{W}styleId"
# Half-points: 1 pt and below cannot be read on paper.
_TINY = 2
# Does any run of a part ask for one of the three? If none does, no run's properties are looked at.
_SUSPECT_WORDS = (b"vanish", b"&#", b"background1", b"light1")
_SUSPECT = (
    re.compile(rb":color\s[^>]{0,200}?val=[\"'][Ff][0-9A-Fa-f][Ff][0-9A-Fa-f][Ff]"),
    re.compile(rb":sz\s[^>]{0,80}?val=[\"'][0-2](?:\.\d+)?(?:pt)?[\"']"),
)
_WHITE = re.compile("[Ff][0-9A-Fa-f]" * 3)
_LIGHT_THEMES = frozenset({"background1", "light1"})


class Effect(NamedTuple):
    """What one level of formatting says; None where it says nothing."""

    vanish: bool | None = None
    white: bool | None = None
    tiny: bool | None = None
    shaded: bool | None = None

    def over(self, lower: "Effect") -> "Effect":
        """This level on top of another."""
        return Effect(
            *(
                mine if mine is not None else theirs
                for mine, theirs in zip(self, lower, strict=True)
            )
        )


NOTHING = Effect()


def is_fill(shade: etree._Element) -> bool:
    """Whether a w:shd paints something white text can be read on."""
    fill = shade.get(_FILL, "auto")
    if shade.get(_THEME_FILL) not in (None, *_LIGHT_THEMES):
        return True
    return fill not in ("auto", "") and not _WHITE.fullmatch(fill)


def effect_of(rpr: etree._Element | None) -> Effect:
    """What one w:rPr says, without its styles."""
    if rpr is None:
        return NOTHING
    vanish = white = tiny = shaded = None
    for child in rpr:
        tag = child.tag
        if tag == _VANISH:
            vanish = on(child.get(VAL))
        elif tag == _COLOR:
            white = _is_white(child)
        elif tag == _SIZE:
            tiny = _half_points(child.get(VAL, "")) <= _TINY
        elif tag == SHD:
            shaded = is_fill(child)
        elif tag == _HIGHLIGHT:
            shaded = child.get(VAL) not in ("none", "white")
    return Effect(vanish, white, tiny, shaded)


def _is_white(color: etree._Element) -> bool:
    value = color.get(VAL, "auto")
    if _WHITE.fullmatch(value):
        return True
    return value == "auto" and color.get(f"{W}themeColor") in _LIGHT_THEMES


def _half_points(value: str) -> float:
    try:
        if value.endswith("pt"):
            return float(value[:-2]) * 2
        return float(value)
    except ValueError:
        return 99.0


class Look:
    """The styles of one document, resolved; asks whether a run with given formatting is hidden."""

    def __init__(self, styles: etree._Element | None) -> None:
        self._paragraph: dict[str, Effect] = {}
        self._character: dict[str, Effect] = {}
        self._shading_tables: set[str] = set()
        self._default = NOTHING
        self._default_paragraph = ""
        if styles is not None:
            self._read(styles)
        hiding = [
            key
            for key, effect in (*self._paragraph.items(), *self._character.items())
            if _may_hide(effect)
        ]
        self._hiding = [f"{quote}{key}{quote}".encode() for key in hiding for quote in "\"'"]
        self._always = _may_hide(self._default) or self._default_paragraph in hiding

    def _read(self, styles: etree._Element) -> None:
        own: dict[str, tuple[Effect, str, str]] = {}
        for child in styles:
            if child.tag == f"{W}docDefaults":
                self._default = effect_of(child.find(f"{W}rPrDefault/{RPR}"))
            elif child.tag == f"{W}style":
                key = child.get(_STYLE_ID, "")
                kind = child.get(_TYPE, "paragraph")
                based = child.find(f"{W}basedOn")
                own[key] = (
                    _style_effect(child),
                    "" if based is None else based.get(VAL, ""),
                    kind,
                )
                if kind == "paragraph" and child.get(f"{W}default") in ("1", "true", "on"):
                    self._default_paragraph = key
                if kind == "table" and any(is_fill(shade) for shade in child.iter(SHD)):
                    self._shading_tables.add(key)
        for key, (_, _, kind) in own.items():
            effect, seen, at = NOTHING, set[str](), key
            while at in own and at not in seen:
                seen.add(at)
                effect = effect.over(own[at][0])
                at = own[at][1]
            if kind == "paragraph":
                self._paragraph[key] = effect
            elif kind == "character":
                self._character[key] = effect

    def suspects(self, data: bytes) -> bool:
        """Whether anything in a part's bytes, or a style it names, could hide a run.

        Where nothing could, the walker need not look at the properties of every run.
        """
        return (
            self._always
            or any(word in data for word in _SUSPECT_WORDS)
            or any(pattern.search(data) for pattern in _SUSPECT)
            or any(key in data for key in self._hiding)
        )

    def shades_table(self, style: str) -> bool:
        """Whether a table style paints any cell."""
        return style in self._shading_tables

    def hides(self, rpr: etree._Element | None, paragraph_style: str, *, shaded: bool) -> bool:
        """Whether a run is unseen. `shaded`: the paragraph, cell or shape around it is painted."""
        direct = effect_of(rpr)
        paragraph = self._paragraph.get(paragraph_style or self._default_paragraph, NOTHING)
        character = NOTHING
        if rpr is not None:
            style = rpr.find(_RSTYLE)
            if style is not None:
                character = self._character.get(style.get(VAL, ""), NOTHING)
        vanish = direct.vanish
        if vanish is None:
            # A toggle property: set by both styles it cancels out (ECMA-376 part 1, 17.7.3).
            vanish = bool(self._default.vanish) or (
                bool(paragraph.vanish) != bool(character.vanish)
            )
        rest = direct.over(character).over(paragraph).over(self._default)
        return vanish or bool(rest.tiny) or bool(rest.white and not rest.shaded and not shaded)


def _may_hide(effect: Effect) -> bool:
    return bool(effect.vanish or effect.white or effect.tiny)


def _style_effect(style: etree._Element) -> Effect:
    effect = effect_of(style.find(RPR))
    shade = style.find(f"{PPR}/{SHD}")
    if shade is not None and effect.shaded is None:
        return effect._replace(shaded=is_fill(shade))
    return effect
