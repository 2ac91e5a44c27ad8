"""The cell formats of a new workbook: only those in use, rebuilt from what is known to be harmless.

Colours become plain values, so that the new file needs no theme part; names of styles, extensions
and unused number formats, which can all hold text, stay behind.
"""

import re
from xml.sax.saxutils import quoteattr

from lxml import etree

from formats.sheet.number_format import BUILT_IN, Section, sections
from formats.sheet.styles import Styles, alike, whole

# 18.8.22 and 18.8.4: what a font and a border may have, in the order of the schema.
_FONT = ("b", "i", "strike", "outline", "shadow", "u", "vertAlign", "sz", "color", "name")
_FONT_MORE = ("family", "charset")
_SIDES = ("left", "right", "top", "bottom", "diagonal")
_ALIGNMENT = ("horizontal", "vertical", "wrapText", "indent", "shrinkToFit", "textRotation")
_PLAIN = re.compile(r"[A-Za-z0-9.]{1,20}")
# Longer than any font's name; a format with more words than this is a text in disguise.
LONGEST_NAME, LONGEST_WORDS = 31, 12
_FIRST_OWN_CODE = 164


class CleanStyles:
    """Gives new numbers to the formats in use, and writes the part at the end."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._numbers: dict[tuple[int, bool], int] = {}
        self._harmless: dict[int, bool] = {}
        self._xfs: list[str] = []
        self._fonts: list[str] = []
        self._fills = [
            '<fill><patternFill patternType="none"/></fill>',
            '<fill><patternFill patternType="gray125"/></fill>',
        ]
        self._borders: list[str] = []
        self._codes: list[str] = []
        self.number(-1, numeric=False)

    def number(self, style: int, *, numeric: bool) -> int:
        """The new index of a format; `numeric`: a number is shown in it, so its code is kept."""
        key = (style, numeric)
        if key not in self._numbers:
            self._numbers[key] = _index(self._xfs, self._xf(style, numeric))
        return self._numbers[key]

    def keeps_code(self, style: int) -> bool:
        """Whether numbers in this format may stay numbers: its code holds no text to speak of."""
        found = self._harmless.get(style)
        if found is None:
            found = self._harmless[style] = is_harmless(self._styles.look(style).code)
        return found

    def _xf(self, style: int, numeric: bool) -> str:
        formats = self._styles.formats
        xf = formats[style] if 0 <= style < len(formats) else None
        if xf is None:
            xf = etree.Element("xf")
        look = self._styles.look(style)
        # A table or a condition painted the ground, neither of which the new workbook has.
        pale = alike(look.ink, look.ground)
        letters = self._font(_pick(self._styles, "fonts", xf.get("fontId")), pale=pale)
        font = _index(self._fonts, letters)
        fill = _index(self._fills, self._fill(_pick(self._styles, "fills", xf.get("fillId"))))
        border = _index(
            self._borders, self._border(_pick(self._styles, "borders", xf.get("borderId")))
        )
        code = self._code(whole(xf.get("numFmtId"))) if numeric else 0
        alignment = xf.find("{*}alignment")
        inner = "" if alignment is None else f"<alignment{_attributes(alignment, _ALIGNMENT)}/>"
        return (
            f'<xf numFmtId="{code}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"'
            f' applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1"'
            f' applyAlignment="1">{inner}</xf>'
        )

    def _code(self, number: int) -> int:
        own = self._styles.codes.get(number, "General")
        if BUILT_IN.get(number) == own:
            return number
        if not is_harmless(own):
            return 0
        return _FIRST_OWN_CODE + _index(self._codes, own)

    def _font(self, font: etree._Element | None, *, pale: bool) -> str:
        if font is None:
            return '<font><sz val="11"/><name val="宋体"/></font>'
        pieces = []
        for name in _FONT + _FONT_MORE:
            element = font.find(f"{{*}}{name}")
            if element is None or (pale and name == "color"):
                continue
            if name == "color":
                pieces.append(self._colour("color", element))
            elif name == "name":
                pieces.append(f"<name val={quoteattr(element.get('val', '')[:LONGEST_NAME])}/>")
            else:
                pieces.append(f"<{name}{_attributes(element, ('val',))}/>")
        return f"<font>{''.join(pieces)}</font>"

    def _fill(self, fill: etree._Element | None) -> str:
        pattern = None if fill is None else fill.find("{*}patternFill")
        if pattern is None:
            return self._fills[0]
        colours = "".join(
            self._colour(name, element)
            for name in ("fgColor", "bgColor")
            if (element := pattern.find(f"{{*}}{name}")) is not None
        )
        kind = _attributes(pattern, ("patternType",)) or ' patternType="none"'
        return f"<fill><patternFill{kind}>{colours}</patternFill></fill>"

    def _border(self, border: etree._Element | None) -> str:
        if border is None:
            return "<border><left/><right/><top/><bottom/><diagonal/></border>"
        pieces = []
        for name in _SIDES:
            side = border.find(f"{{*}}{name}")
            if side is None:
                pieces.append(f"<{name}/>")
                continue
            colour = side.find("{*}color")
            inner = "" if colour is None else self._colour("color", colour)
            pieces.append(f"<{name}{_attributes(side, ('style',))}>{inner}</{name}>")
        direction = _attributes(border, ("diagonalUp", "diagonalDown"))
        return f"<border{direction}>{''.join(pieces)}</border>"

    def _colour(self, name: str, element: etree._Element) -> str:
        colour = self._styles.colour(element)
        if colour is None:
            return f'<{name} auto="1"/>' if name == "color" else f'<{name} indexed="64"/>'
        return f'<{name} rgb="FF{colour[0]:02X}{colour[1]:02X}{colour[2]:02X}"/>'

    def xml(self) -> str:
        """The whole of styles.xml."""
        codes = "".join(
            f'<numFmt numFmtId="{_FIRST_OWN_CODE + i}" formatCode={quoteattr(code)}/>'
            for i, code in enumerate(self._codes)
        )
        base = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            + (_list("numFmts", len(self._codes), codes) if codes else "")
            + _list("fonts", len(self._fonts), "".join(self._fonts))
            + _list("fills", len(self._fills), "".join(self._fills))
            + _list("borders", len(self._borders), "".join(self._borders))
            + _list("cellStyleXfs", 1, base)
            + _list("cellXfs", len(self._xfs), "".join(self._xfs))
            + _list("cellStyles", 1, '<cellStyle name="常规" xfId="0" builtinId="0"/>')
            + "</styleSheet>"
        )


def is_harmless(code: str) -> bool:
    """Whether the words in a number format are few, and hold no long number."""
    words = "".join(text for part in sections(code) for text in _words(part))
    return len(words) <= LONGEST_WORDS and not re.search(r"\d{5}", words) and len(code) <= 200


def _words(section: Section) -> list[str]:
    return [t for k, t in section.pieces if k == "literal"]


def _list(name: str, count: int, inner: str) -> str:
    return f'<{name} count="{count}">{inner}</{name}>'


def _index(items: list[str], item: str) -> int:
    """The place of an item in the list; added if it is new."""
    try:
        return items.index(item)
    except ValueError:
        items.append(item)
        return len(items) - 1


def _pick(styles: Styles, section: str, index: str | None) -> etree._Element | None:
    items = styles.section(section)
    number = whole(index)
    return items[number] if 0 <= number < len(items) else None


def _attributes(element: etree._Element, names: tuple[str, ...]) -> str:
    """The attributes with these names, where their value is a plain word or number."""
    found = ((n, element.get(n)) for n in names)
    return "".join(f' {n}="{v}"' for n, v in found if v is not None and _PLAIN.fullmatch(v))
