"""Colours: of fills, of letters and of what lies behind them, as far as they can be told."""

from typing import NamedTuple

from lxml import etree

from formats.slides import names as n

Rgb = tuple[int, int, int]
_CHANGES = frozenset(
    f"{n.A}{name}" for name in ("lumMod", "lumOff", "tint", "shade", "satMod", "hueMod", "inv")
)
_PRESET = {"white": (255, 255, 255), "black": (0, 0, 0), "red": (255, 0, 0)}
_MAPPED = {"tx1": "dk1", "tx2": "dk2", "bg1": "lt1", "bg2": "lt2"}
_FAINT = 10_000  # a tenth, in thousandths of a percent
_NEAR = 16


class Fill(NamedTuple):
    """A surface: painted or not, and its colour where that can be told. `clear`: sees through."""

    painted: bool
    color: Rgb | None = None
    clear: bool = False


NO_FILL = Fill(painted=False)
UNKNOWN = Fill(painted=True)
WHITE = Fill(painted=True, color=(255, 255, 255))


class Palette:
    """The colours of one theme under one master's map (20.1.6.2, 19.3.1.6)."""

    def __init__(self, theme: etree._Element | None, mapping: etree._Element | None) -> None:
        self._colors: dict[str, Rgb] = {}
        self._map = dict(_MAPPED)
        if mapping is not None:
            self._map |= {str(key): str(value) for key, value in mapping.attrib.items()}
        scheme = None if theme is None else theme.find(f".//{n.A}clrScheme")
        for child in () if scheme is None else scheme:
            color = self._plain(child[0]) if len(child) else None
            if color is not None:
                self._colors[etree.QName(child).localname] = color

    def fill(self, holder: etree._Element | None) -> Fill | None:
        """The fill among the children of an spPr, rPr, tcPr or bgPr; None where none is named."""
        for child in () if holder is None else holder:
            if child.tag == f"{n.A}noFill":
                return NO_FILL
            if child.tag == f"{n.A}solidFill":
                return self.solid(child)
            if child.tag in _PAINTS:
                return UNKNOWN
        return None

    def solid(self, holder: etree._Element) -> Fill:
        """The colour that is the first child of `holder`."""
        if not len(holder):
            return UNKNOWN
        color = holder[0]
        alpha = color.find(f"{n.A}alpha")
        clear = alpha is not None and _thousandths(alpha) < 90_000
        if alpha is not None and _thousandths(alpha) < _FAINT:
            return NO_FILL
        if any(child.tag in _CHANGES for child in color):
            return Fill(painted=True, clear=clear)
        return Fill(painted=True, color=self._plain(color), clear=clear)

    def _plain(self, color: etree._Element) -> Rgb | None:
        local = etree.QName(color).localname
        value = color.get("val", "")
        if local == "schemeClr":
            return self._colors.get(self._map.get(value, value))
        if local == "sysClr":
            value = color.get("lastClr", "FFFFFF" if value == "window" else "000000")
        elif local == "prstClr":
            return _PRESET.get(value)
        elif local != "srgbClr":
            return None
        try:
            whole = int(value, 16) if len(value) == 6 else -1
        except ValueError:
            return None
        return (whole >> 16, whole >> 8 & 255, whole & 255) if whole >= 0 else None


_PAINTS = frozenset(f"{n.A}{name}" for name in ("gradFill", "blipFill", "pattFill", "grpFill"))


def same(one: Rgb, other: Rgb) -> bool:
    """Whether letters of one colour cannot be told from the other."""
    return all(abs(a - b) < _NEAR for a, b in zip(one, other, strict=True))


def _thousandths(element: etree._Element) -> int:
    try:
        return int(element.get("val", "100000").rstrip("%"))
    except ValueError:
        return 100_000
