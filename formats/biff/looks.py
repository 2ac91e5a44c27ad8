"""Cell formats of a BIFF workbook: how a number is shown, and whether ink is seen."""

import struct
from typing import NamedTuple

from formats.biff.records import Texts
from formats.sheet.number_format import BUILT_IN, Render, hides_text, renderer
from formats.sheet.styles import PALETTE

Colour = tuple[int, int, int]
_ALIKE = 12
_WHITE: Colour = (255, 255, 255)


class Look(NamedTuple):
    """What one cell format does to a value."""

    render: Render
    text_hidden: bool
    ink_hidden: bool


class _Format(NamedTuple):
    """An XF record: font, number format, fill pattern, and the colours of the fill."""

    font: int
    code: int
    pattern: int
    fore: int
    back: int


class Looks:
    """Fonts, formats and colours as the globals name them; looks by index, made when asked for."""

    def __init__(self) -> None:
        self.codes: dict[int, str] = dict(BUILT_IN)
        self.own_codes: list[str] = []
        self._inks: list[int] = []
        self._sizes: list[int] = []
        self._formats: list[_Format] = []
        self._palette: dict[int, Colour] = {}
        self._made: dict[int, Look] = {}
        self.epoch_1904 = False

    def add_font(self, data: bytes) -> None:
        """2.4.122 Font: height in twips, colour index."""
        height, _, colour = struct.unpack_from("<HHH", data)
        self._inks.append(colour)
        self._sizes.append(height)

    def add_format(self, data: bytes, texts: Texts) -> None:
        """2.4.126 Format: the code of a number format."""
        (number,) = struct.unpack_from("<H", data)
        code, _ = texts.long(data, 2) if texts.unicode else texts.short(data, 2)
        self.codes[number] = code
        self.own_codes.append(code)

    def add_xf(self, data: bytes, *, wide: bool) -> None:
        """2.4.353 XF; in BIFF5 fill and colours stand in one word behind the alignment."""
        font, code = struct.unpack_from("<HH", data)
        if wide:
            pattern = struct.unpack_from("<I", data, 14)[0] >> 26
            (colours,) = struct.unpack_from("<H", data, 18)
        else:
            (colours,) = struct.unpack_from("<I", data, 8)
            pattern = colours >> 16 & 0x3F
        self._formats.append(_Format(font, code, pattern, colours & 0x7F, colours >> 7 & 0x7F))

    def add_palette(self, data: bytes) -> None:
        """2.4.188 Palette: the colours 8 to 63 of this workbook."""
        (count,) = struct.unpack_from("<H", data)
        for number in range(min(count, 56)):
            at = 2 + 4 * number
            self._palette[8 + number] = (data[at], data[at + 1], data[at + 2])

    def look(self, index: int) -> Look:
        """The look with this index; one that does not exist is the default."""
        found = self._made.get(index)
        if found is None:
            found = self._made[index] = self._make(index)
        return found

    def plain(self, raw: str) -> str:
        """A number without a format, for cells whose format shows nothing."""
        return renderer("General", self.epoch_1904)(raw)

    def _make(self, index: int) -> Look:
        if not 0 <= index < len(self._formats):
            return Look(renderer("General", self.epoch_1904), text_hidden=False, ink_hidden=False)
        xf = self._formats[index]
        code = self.codes.get(xf.code, "General")
        return Look(renderer(code, self.epoch_1904), hides_text(code), self._unseen(xf))

    def _unseen(self, xf: _Format) -> bool:
        # 2.4.122: there is no font 4, the numbers jump from 3 to 5.
        number = xf.font - 1 if xf.font > 4 else xf.font
        if not 0 <= number < len(self._inks):
            return False
        if 0 < self._sizes[number] <= 20:
            return True
        ink = self._colour(self._inks[number])
        ground: Colour | None = _WHITE
        if xf.pattern:
            if xf.pattern != 1:
                return False
            ground = self._colour(xf.fore) if xf.fore < 64 else _WHITE if xf.fore == 65 else None
        if ink is None or ground is None:
            return False
        return all(abs(i - g) < _ALIKE for i, g in zip(ink, ground, strict=True))

    def _colour(self, index: int) -> Colour | None:
        """2.5.161 Icv: None for automatic."""
        if index in self._palette:
            return self._palette[index]
        if index == 65:
            return _WHITE
        if index >= 64:
            return None
        name = PALETTE[index]
        return int(name[0:2], 16), int(name[2:4], 16), int(name[4:6], 16)
