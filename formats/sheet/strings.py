"""Texts of a workbook: shared strings (ECMA-376-1, 18.4.9), and what stands for a text in XML.

Ordinary ones are cut out of the bytes, as rows are; anything else goes through the XML parser.
"""

import re
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from lxml import etree

from formats import xml
from formats.reading import Unreadable

# Not the halves of a character (D800 to DFFF), which would not be a text.
_ESCAPE = re.compile(r"_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_")
# Characters XML does not allow.
_ODD = bytes(n for n in range(32) if n not in (9, 10, 13))
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_CHARACTERS = (
    range(9, 11), range(13, 14), range(0x20, 0xD800), range(0xE000, 0xFFFE),
    range(0x10000, 0x110000),
)  # fmt: skip
_LETTER = re.compile(r"&#(\d{1,7});")
_REFERENCE = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9A-Fa-f]{1,6}));|&")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
# What may stand before the root: UTF-8 declared, or nothing said, which is UTF-8.
_DECLARED = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml(?![^>]*encoding)[^>]*\?>"
    rb"|<\?xml[^>]*\sencoding=[\"'](?i:utf-8)[\"'][^>]*\?>|(?=<\w))"
)
_STRING = re.compile(
    r'<si><t(?>(?: xml:space="preserve")?)>([^<]*+)</t>'
    r'(?>(?:<phoneticPr(?>(?: \w++="\w*+")*)/>)?)</si>'
)


class Irregular(Exception):
    """A piece of XML that the expressions are not made for: the parser must read it."""


class _Letters(dict[str, str]):
    """Decimal code -> what to write for a reference to it: the character, if it is no markup."""

    def __missing__(self, code: str) -> str:
        number = int(code)
        plain = number > ord(">") and any(number in allowed for allowed in _CHARACTERS)
        self[code] = found = chr(number) if plain else f"&#{code};"
        return found


_LETTERS = _Letters()


class Shared(NamedTuple):
    """The shared strings in order, and the phonetic guides with the index of their string.

    `pale`: strings with white letters by index: what is not white in them, and what is.
    `strays`: letters in elements that belong to no string.
    """

    texts: list[str]
    guides: list[tuple[int, str]]
    pale: dict[int, tuple[str, str]]
    strays: list[str]


def is_cuttable(data: bytes) -> bool:
    """Whether a part is UTF-8 with nothing but elements in it, so that a tag is always a tag."""
    return (
        _DECLARED.match(data) is not None
        and (b"!" not in data or b"<!" not in data)
        and data.find(b"<?", 5) < 0
        and b"purl.oclc.org" not in data[:4096]
    )


def shared(data: bytes, part: str) -> Shared:
    """The strings of a shared string part. Raises Unreadable."""
    try:
        return _cut(data, part)
    except Irregular:
        found = Shared([], [], {}, [])
        _parsed(xml.parse(data, part), found)
        return found


def _cut(data: bytes, part: str) -> Shared:
    if not is_cuttable(data):
        raise Irregular
    first, last = data.find(b"<si>"), data.rfind(b"</si>") + len(b"</si>")
    if first < 0 or last < first:
        raise Irregular
    frame = xml.parse(data[:first] + data[last:], part)
    if len(frame):
        raise Irregular
    opening = root_like(frame)
    text = letters_written_out(plain_text(data[first:last]))
    refers = "&" in text
    found = Shared([], [], {}, _said(frame.text))
    pieces = _STRING.split(text)
    for between, string in zip(pieces[::2], [*pieces[1::2], None], strict=True):
        if between and not between.isspace():
            try:
                _parsed(xml.parse(f"{opening}{between}</r>".encode(), part), found)
            except Unreadable:
                raise Irregular from None
        if string is not None:
            found.texts.append(unescaped(resolved(string) if refers else string))
    return found


def _parsed(root: etree._Element, found: Shared) -> None:
    found.strays.extend(_said(root.text))
    for item in root:
        found.strays.extend(_strays(item))
        guide = phonetic_text(item) if len(item) > 1 else ""
        if guide:
            found.guides.append((len(found.texts), guide))
        white = _white_text(item) if len(item) else ""
        if white:
            runs = (r for r in item.iterfind("{*}r") if not _is_white(r))
            rest = "".join(t.text or "" for r in runs for t in r.iterfind("{*}t"))
            found.pale[len(found.texts)] = unescaped(rest), unescaped(white)
        found.texts.append(rich_text(item))


def _strays(item: etree._Element) -> list[str]:
    """Letters in and behind an `si` that are in no `t` of it."""
    letters = "".join(map(str, item.itertext()))
    found: list[str | None] = []
    if len(letters) > sum(len(t.text or "") for t in item.iter("{*}t")):
        found += (e.text for e in item.iter(etree.Element) if not str(e.tag).endswith("}t"))
        found += (e.tail for e in item.iterdescendants(etree.Element))
    return _said(*found, item.tail)


def _said(*letters: str | None) -> list[str]:
    return [text.strip() for text in letters if text and text.strip()]


def _white_text(item: etree._Element) -> str:
    runs = (run for run in item.iterfind("{*}r") if _is_white(run))
    return "".join(t.text or "" for run in runs for t in run.iterfind("{*}t"))


def _is_white(run: etree._Element) -> bool:
    """Whether a run names white for its letters (18.4.7); a theme's first colour is its paper."""
    colour = run.find("{*}rPr/{*}color")
    if colour is None or colour.get("tint", "0").strip("0.") not in {"", "1"}:
        return False
    if colour.get("rgb"):
        return colour.get("rgb", "")[-6:].upper() == "FFFFFF"
    return colour.get("theme") == "0" or colour.get("indexed") in {"1", "9"}


def root_like(frame: etree._Element) -> str:
    """The opening tag of an element `r` that knows the prefixes of `frame`."""
    spaces = "".join(
        f" xmlns{f':{prefix}' if prefix else ''}={quoteattr(uri)}"
        for prefix, uri in frame.nsmap.items()
    )
    return f"<r{spaces}>"


def plain_text(data: bytes) -> str:
    """Bytes of XML decoded. Raises Irregular where a parser would see other characters, or none."""
    if len(data.translate(None, _ODD)) != len(data) or any(n in data for n in _NO_CHARACTERS):
        raise Irregular
    # XML 1.0, 2.11: every end of a line is a line feed.
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Irregular from None


def letters_written_out(text: str) -> str:
    """XML with the references to ordinary letters replaced (openpyxl writes all Chinese so)."""
    if "&#" not in text:
        return text
    pieces = _LETTER.split(text)
    pieces[1::2] = map(_LETTERS.__getitem__, pieces[1::2])
    return "".join(pieces)


def resolved(text: str) -> str:
    """The text that a piece of XML without tags stands for. Raises Irregular."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    name, decimal, hexadecimal = reference.groups()
    if name:
        return _NAMED[name]
    if not decimal and not hexadecimal:
        raise Irregular
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if not any(code in allowed for allowed in _CHARACTERS):
        raise Irregular
    return chr(code)


def unescaped(text: str) -> str:
    """22.9.2.19: `_x000D_` stands for a character that XML cannot hold."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)


def raw_text(item: etree._Element) -> str:
    """The text of `si` or `is` (18.4.8): of its `t`, or of its runs; never its phonetic guide."""
    if len(item) == 1 and not len(item[0]):
        return item[0].text or ""
    pieces = []
    for child in item:
        name = etree.QName(child).localname
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            pieces += [t.text or "" for t in child.iterfind("{*}t")]
    return "".join(pieces)


def rich_text(item: etree._Element) -> str:
    """As `raw_text`, with escaped characters put back."""
    return unescaped(raw_text(item))


def phonetic_text(item: etree._Element) -> str:
    """The phonetic guides of a string, which few programs show."""
    return "".join(t.text or "" for t in item.iterfind("{*}rPh/{*}t"))
