"""Colours and numbers as OFD writes them (GB/T 33190-2016, 7.1 and 8.3)."""

import math

from lxml import etree

from formats.ofd.archive import child

_WHITE = 240


class Colours:
    """The drawing parameters and colour spaces of a document, by id."""

    def __init__(self) -> None:
        self._spaces: dict[str, str] = {}
        self._parameters: dict[str, etree._Element] = {}

    def learn(self, kind: str, element: etree._Element) -> None:
        """A resource: `ColorSpace` or `DrawParam`; others are passed over."""
        if kind == "ColorSpace":
            self._spaces[element.get("ID", "")] = element.get("Type", "RGB")
        elif kind == "DrawParam":
            self._parameters[element.get("ID", "")] = element

    def is_white(self, element: etree._Element, fill: etree._Element | None) -> bool:
        """Whether an object is filled with white or nearly so; without a colour it is black."""
        seen: set[str] = set()
        while fill is None:
            name = element.get("DrawParam") or element.get("Relative") or ""
            if name in seen or name not in self._parameters:
                return False
            seen.add(name)
            element = self._parameters[name]
            fill = child(element, "FillColor")
        values = [_component(word) for word in (fill.get("Value") or "").split()]
        space = self._spaces.get(fill.get("ColorSpace", ""), "")
        if space.upper() == "CMYK" or len(values) == 4:
            return bool(values) and max(values) <= 255 - _WHITE
        return bool(values) and min(values) >= _WHITE


def _component(word: str) -> float:
    if word.startswith("#"):
        try:
            return float(int(word[1:], 16))
        except ValueError:
            return 0.0
    return number(word)


def number(raw: str | None, usual: float = 0.0) -> float:
    """A number of reasonable size; `usual` for anything else."""
    try:
        value = float(raw or "")
    except ValueError:
        return usual
    return value if math.isfinite(value) and abs(value) < 1e7 else usual


def numbers(raw: str | None) -> list[float]:
    """An array (ST_Array, ST_Box): at most 64 numbers."""
    return [number(word) for word in (raw or "").split()[:64]]


def truth(element: etree._Element, name: str, *, usual: bool) -> bool:
    """A boolean attribute."""
    raw = element.get(name)
    return usual if raw is None else raw.strip().lower() in ("true", "1")
