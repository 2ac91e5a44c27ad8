"""The styles of one OpenDocument file, as far as they decide what a reader sees."""

from typing import NamedTuple

from lxml import etree

from formats.odf import names as n

_TINY = 1.0
_NARROW = 5.0
_ALIKE = 16
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "px": 0.75}
PAPER = 0xFFFFFF
MIXED = -2
_OF_MANY = frozenset({"gradient", "bitmap", "hatch"})


class Look(NamedTuple):
    """What a style says; None where it says nothing. Colours are 0xRRGGBB; -1 is "transparent"
    for a ground, and "of a colour that cannot be told" for letters; MIXED of many colours."""

    hidden: bool | None = None
    tiny: bool | None = None
    ink: int | None = None
    ground: int | None = None
    shown: bool | None = None
    """False for a table that is not displayed, a slide that is left out, a row folded away."""

    def over(self, lower: "Look") -> "Look":
        """This level on top of another."""
        return Look(
            self.hidden if self.hidden is not None else lower.hidden,
            self.tiny if self.tiny is not None else lower.tiny,
            self.ink if self.ink is not None else lower.ink,
            self.ground if self.ground is not None else lower.ground,
            self.shown if self.shown is not None else lower.shown,
        )

    def why(self, ground: int | None) -> str:
        """Why letters of this look are unseen on what lies under them; "" if they are seen.

        `ground`: None where nobody can tell what is there.
        """
        if self.hidden:
            return "隐藏文字"
        if self.tiny:
            return "字号过小"
        under = self.ground if self.ground not in (None, -1) else ground
        if self.ink is None or self.ink < 0 or under is None or under < 0:
            return ""
        near = all(abs((self.ink >> at & 255) - (under >> at & 255)) < _ALIKE for at in (0, 8, 16))
        return "文字与底色同色" if near else ""


PLAIN = Look()


def points(length: str) -> float | None:
    """A length in points; None for none."""
    unit = _POINTS.get(length[-2:])
    try:
        return float(length[:-2]) * unit if unit is not None else None
    except ValueError:
        return None


class Styles:
    """Looks by family and name, each over the one it is based on."""

    def __init__(self, *roots: etree._Element) -> None:
        self._elements: dict[tuple[str, str], etree._Element] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        self._default: dict[str, Look] = {}
        for root in roots:
            for style in root.iter(f"{n.STYLE}style"):
                key = style.get(f"{n.STYLE}family", ""), style.get(n.STYLE_NAME, "")
                self._elements[key] = style
            for style in root.iter(f"{n.STYLE}default-style"):
                self._default[style.get(f"{n.STYLE}family", "")] = _look(style)

    def look(self, family: str, name: str) -> Look:
        """Of one style; that of the family where there is no such style."""
        key = (family, name)
        if key not in self._looks:
            made, at, seen = PLAIN, name, set[str]()
            while (family, at) in self._elements and at not in seen:
                seen.add(at)
                style = self._elements[family, at]
                made = made.over(_look(style))
                at = style.get(f"{n.STYLE}parent-style-name", "")
            self._looks[key] = made.over(self._default.get(family, PLAIN))
        return self._looks[key]

    def attribute(self, family: str, name: str, attribute: str) -> str:
        """An attribute of a style itself, as the master page it begins; "" where there is none."""
        style = self._elements.get((family, name))
        return "" if style is None else style.get(attribute, "")

    def named(self, family: str) -> list[str]:
        """All styles of a family."""
        return [name for kind, name in self._elements if kind == family]


def _look(style: etree._Element) -> Look:
    made = PLAIN
    for properties in style:
        # LibreOffice writes an opacity of 0 beside the program's own colour, and means nothing.
        own = properties.get(f"{n.STYLE}use-window-font-color") == "true"
        if not own and _percent(properties.get(f"{n.LOEXT}opacity", "")) <= _NARROW:
            made = made._replace(hidden=True)
        for name, value in properties.attrib.items():
            made = _said(made, str(name), str(value))
    return made


def _said(made: Look, name: str, value: str) -> Look:
    space, _, short = name.rpartition("}")
    match f"{space}}}", short:
        case n.TEXT, "display":
            return made._replace(hidden=value == "none")
        case n.FO, "font-size":
            size = points(value)
            return made if size is None else made._replace(tiny=size <= _TINY or made.tiny)
        case n.STYLE, "text-scale":
            return made._replace(tiny=_percent(value) <= _NARROW or made.tiny)
        case n.FO, "color":
            return made if made.ink == -1 else made._replace(ink=_colour(value))
        case n.STYLE, "use-window-font-color" if value == "true":
            return made._replace(ink=-1)
        case n.FO, "background-color":
            return made._replace(ground=_colour(value))
        case n.DRAW, "fill-color":
            return made if made.ground in (-1, MIXED) else made._replace(ground=_colour(value))
        case n.DRAW, "fill" if value == "none":
            return made._replace(ground=-1)
        case n.DRAW, "fill" if value in _OF_MANY:
            return made._replace(ground=MIXED)
        case n.TABLE, "display":
            return made._replace(shown=value != "false")
        case n.PRESENTATION, "visibility":
            return made._replace(shown=value != "hidden")
    return made


def _colour(value: str) -> int:
    try:
        return int(value[1:], 16) if len(value) == 7 and value[0] == "#" else -1
    except ValueError:
        return -1


def _percent(value: str) -> float:
    try:
        return float(value.rstrip("%"))
    except ValueError:
        return 100.0
