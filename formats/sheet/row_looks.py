"""How rows look: which are hidden or folded away, and how high they are (ECMA-376-1, 18.3.1.73)."""

from typing import NamedTuple

from lxml import etree

from formats.sheet.rows import attributes_in
from formats.sheet.styles import decimal, is_on

# Below this many points or characters nothing can be read.
NARROW = 0.5
# Points: a row lower than this shows no letter.
LOW = 1.5
_SAID = ("ht", "hidden", "outlineLevel", "customHeight")
# Beside their numbers, most rows say the same.
_MOST_KEPT = 4096


class RowLook(NamedTuple):
    """`height` in points, None where the row names none; `fixed` if a person set it."""

    hidden: bool
    folded: bool
    height: float | None
    fixed: bool


class RowLooks:
    """The looks of the rows of one sheet: most of them say the same."""

    def __init__(self, frame: etree._Element) -> None:
        """`frame` is the sheet's XML without its rows."""
        usual = frame.find("{*}sheetFormatPr")
        # Rows that name no height may have none.
        self._flat = usual is not None and decimal(usual.get("defaultRowHeight"), 15.0) < NARROW
        self._known: dict[str, RowLook] = {}

    def of(self, attributes: str) -> RowLook:
        """What a row's attributes, as they stand in its tag, say."""
        look = self._known.get(attributes)
        if look is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            said = map(attributes_in(attributes).get, _SAID)
            look = self._known[attributes] = self._look(*said)
        return look

    def _look(
        self, height: str | None, hides: str | None, level: str | None, custom: str | None
    ) -> RowLook:
        points = None if height is None else decimal(height, 15.0)
        flat = self._flat if points is None else points < LOW
        hidden = flat or is_on(hides)
        return RowLook(hidden, hidden and level not in (None, "0"), points, is_on(custom))
