"""Cell formats of a workbook (ECMA-376-1, 18.8): how a number is shown, and whether ink is seen."""

import colorsys
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from formats.sheet.number_format import BUILT_IN, Render, hides_text, renderer

Colour = tuple[int, int, int]
# 18.8.27: the default palette; 64 and 65 are the system's ink and paper.
_BASIC = ("000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF")
PALETTE = (
    *_BASIC,
    *_BASIC,
    *("800000", "008000", "000080", "808000", "800080", "008080", "C0C0C0", "808080"),
    *("9999FF", "993366", "FFFFCC", "CCFFFF", "660066", "FF8080", "0066CC", "CCCCFF"),
    *("000080", "FF00FF", "FFFF00", "00FFFF", "800080", "800000", "008080", "0000FF"),
    *("00CCFF", "CCFFFF", "CCFFCC", "FFFF99", "99CCFF", "FF99CC", "CC99FF", "FFCC99"),
    *("3366FF", "33CCCC", "99CC00", "FFCC00", "FF9900", "FF6600", "666699", "969696"),
    *("003366", "339966", "003300", "333300", "993300", "993366", "333399", "333333"),
    *("000000", "FFFFFF"),
)
# The theme Office has shipped since 2013, for workbooks without one. Order of 20.1.6.2, with the
# first two pairs swapped as every spreadsheet program does.
OFFICE_THEME = (
    *("FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31"),
    *("A5A5A5", "FFC000", "5B9BD5", "70AD47", "0563C1", "954F72"),
)
_THEME_SLOTS = (
    *("lt1", "dk1", "lt2", "dk2", "accent1", "accent2"),
    *("accent3", "accent4", "accent5", "accent6", "hlink", "folHlink"),
)
_ALIKE = 12
WHITE: Colour = (255, 255, 255)
# Letters of this many points or fewer are dots.
_TINY = 2.0


@dataclass(frozen=True, slots=True)
class Look:
    """What one cell format does to a value. `style` is its index in the workbook.

    `ink` and `ground`: None where the format leaves them to the program, or paints a pattern.
    """

    style: int
    render: Render
    code: str
    text_hidden: bool
    ink_hidden: bool
    ink: Colour | None = None
    ground: Colour | None = WHITE


class Styles:
    """The formats by index. An index that does not exist is the default format."""

    def __init__(
        self, root: etree._Element | None, theme: etree._Element | None, epoch_1904: bool
    ) -> None:
        self.root = root
        self._epoch_1904 = epoch_1904
        self.theme = _theme(theme)
        self._looks: dict[int, Look] = {}

    def section(self, name: str) -> list[etree._Element]:
        """The children of one part of styles.xml, as `fonts` or `cellXfs`."""
        found = None if self.root is None else self.root.find(f"{{*}}{name}")
        return [] if found is None else [c for c in found if isinstance(c.tag, str)]

    @cached_property
    def formats(self) -> list[etree._Element]:
        """The `xf` elements a cell's `s` counts in."""
        return self.section("cellXfs")

    @cached_property
    def codes(self) -> dict[int, str]:
        """Number format codes by id, built-in ones included."""
        own = {
            whole(item.get("numFmtId")): item.get("formatCode", "General")
            for item in self.section("numFmts")
        }
        return BUILT_IN | own

    @cached_property
    def _fonts(self) -> list[etree._Element]:
        return self.section("fonts")

    @cached_property
    def _fills(self) -> list[etree._Element]:
        return self.section("fills")

    def look(self, style: int) -> Look:
        """The format with this index."""
        found = self._looks.get(style)
        if found is None:
            found = self._looks[style] = self._make(style)
        return found

    def _make(self, style: int) -> Look:
        code, ink, tiny = "General", None, False
        ground: Colour | None = WHITE
        if 0 <= style < len(self.formats):
            xf = self.formats[style]
            code = self.codes.get(whole(xf.get("numFmtId")), "General")
            font = _at(self._fonts, whole(xf.get("fontId")))
            if font is not None:
                ink = self.colour(font.find("{*}color"))
                tiny = _size(font) <= _TINY
            ground = self._ground(_at(self._fills, whole(xf.get("fillId"))))
        render = renderer(code, self._epoch_1904, on_white=alike(WHITE, ground))
        unseen = tiny or alike(ink, ground)
        return Look(style, render, code, hides_text(code), unseen, ink, ground)

    def _ground(self, fill: etree._Element | None) -> Colour | None:
        if fill is None:
            return WHITE
        pattern = fill.find("{*}patternFill")
        if pattern is None:
            return None
        kind = pattern.get("patternType", "none")
        if kind == "none":
            return WHITE
        return self.colour(pattern.find("{*}fgColor")) if kind == "solid" else None

    def colour(self, element: etree._Element | None) -> Colour | None:
        """The colour an element names (18.8.3), None for automatic or unknown."""
        if element is None or element.get("auto") in {"1", "true"}:
            return None
        name = None
        if element.get("rgb"):
            name = element.get("rgb", "")[-6:]
        elif element.get("theme") is not None:
            index = whole(element.get("theme"), -1)
            name = self.theme[index] if 0 <= index < len(self.theme) else None
        elif element.get("indexed") is not None:
            index = whole(element.get("indexed"), -1)
            if index < 64:
                name = PALETTE[index] if index >= 0 else None
        if name is None:
            return None
        try:
            colour = (int(name[0:2], 16), int(name[2:4], 16), int(name[4:6], 16))
            tint = float(element.get("tint", "0"))
        except ValueError:
            return None
        return _tinted(colour, tint) if tint else colour


def alike(ink: Colour | None, ground: Colour | None) -> bool:
    """Whether letters of one colour cannot be told from a ground of the other."""
    if ink is None or ground is None:
        return False
    return all(abs(i - g) < _ALIKE for i, g in zip(ink, ground, strict=True))


def whole(text: str | None, otherwise: int = 0) -> int:
    """An attribute as an integer; `otherwise` where it is missing or not one."""
    try:
        return int(text) if text is not None else otherwise
    except ValueError:
        return otherwise


def decimal(text: str | None, otherwise: float) -> float:
    """As `whole`, for a measure."""
    try:
        return float(text) if text is not None else otherwise
    except ValueError:
        return otherwise


def is_on(text: str | None) -> bool:
    """An attribute of type xsd:boolean."""
    return text in {"1", "true", "on"}


def _at(items: list[etree._Element], index: int) -> etree._Element | None:
    return items[index] if 0 <= index < len(items) else None


def _size(font: etree._Element) -> float:
    element = font.find("{*}sz")
    try:
        return 11.0 if element is None else float(element.get("val", "11"))
    except ValueError:
        return 11.0


def _tinted(colour: Colour, tint: float) -> Colour:
    """18.8.19: negative darkens, positive lightens, in HLS."""
    hue, light, saturation = colorsys.rgb_to_hls(*(c / 255 for c in colour))
    tint = max(-1.0, min(1.0, tint))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    red, green, blue = colorsys.hls_to_rgb(hue, max(0.0, min(1.0, light)), saturation)
    return (round(red * 255), round(green * 255), round(blue * 255))


def _theme(root: etree._Element | None) -> tuple[str, ...]:
    scheme = None if root is None else root.find(".//{*}clrScheme")
    if scheme is None:
        return OFFICE_THEME
    colours = []
    for slot, usual in zip(_THEME_SLOTS, OFFICE_THEME, strict=True):
        found = scheme.find(f"{{*}}{slot}")
        first = found[0] if found is not None and len(found) else None
        name = None if first is None else first.get("lastClr") or first.get("val")
        colours.append(name if name and len(name) == 6 else usual)
    return tuple(colours)
