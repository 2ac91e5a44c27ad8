"""The rows of a worksheet cut into pieces of text, without a tree of its cells.

A tree of a million cells costs more than all that is done with it. An ordinary row is cut by one
expression that accepts only whole, well-formed cells, one right after the other; a row with
anything else in it is given to the XML parser, and so is all the rest after something that is no
row. Nothing between the first row and the last can be passed over.
"""

import io
import re
from collections.abc import Generator, Iterator

from lxml import etree

from formats import xml
from formats.reading import TroubleCode, Unreadable
from formats.sheet.strings import (
    Irregular,
    is_cuttable,
    letters_written_out,
    phonetic_text,
    plain_text,
    raw_text,
    resolved,
    root_like,
)

# What a cell is cut into: nothing (what stands before it), the letters of its reference, its
# attributes, those of its formula (None: no formula), the formula, the value, the inline text.
PIECES = 7
Pieces = list[str | None]
# The number of a row as it stands there, its other attributes as one text, its cells in pieces.
Told = tuple[str | None, str, Pieces]

_VALUES = ("{*}v", "{*}f", "{*}t")
_OPENING = re.compile(rb"<(\w+:)?sheetData>")
# Possessive, as nothing here need ever be tried again: a third faster.
_ROW = re.compile(r'\s*+<row(?>(?: r="([^"<>&]*+)")?)((?>(?: [\w:]++="[^"<>&]*+")*)) ?+(/?)>')
_ATTRIBUTE = re.compile(r' ([\w:]+)="([^"]*)"')
# The usual two attributes are known at a glance; an alternative of nothing takes less time than a
# question mark.
_CELL = re.compile(
    r'<c(?>(?: r="([A-Z]{1,3}+)[0-9]++")?)'
    r'( s="[0-9]++" t="[a-z]++"|(?>(?: [a-qs-z][a-z]*+="[^"<>&]*+")*)) ?+(?:/>|>'
    r'(?:<f((?>(?: [a-z0-9]++="[^"<]*+")*))(?:/>|>([^<]*+)</f>)|)'
    r'(?:<v>([^<]*+)</v>|<v ?/>|<is><t(?>(?: xml:space="preserve")?)>([^<]*+)</t></is>|)</c>)'
)
# Bytes looked at together: enough to make little of what is done once for each block.
_BLOCK = 64 * 1024


def attributes_in(text: str) -> dict[str, str]:
    """The attributes of an ordinary tag by name."""
    return dict(_ATTRIBUTE.findall(text))


class Rows:
    """The rows of one worksheet part. `frame` is its XML without them.

    `strays`: letters among the rows that belong to no cell; known once all rows were asked for.
    Raises Unreadable, on making and while going through it.
    """

    def __init__(self, data: bytes, part: str) -> None:
        self._data = data
        self._part = part
        # Where the rows begin and end, when no look at the bytes can be deceived about it.
        self._first = self._last = 0
        self._whole: etree._Element | None = None
        frame = self._without_rows()
        if frame is None:
            frame = self._whole = xml.parse(data, part)
        self.frame = frame
        # A root like the part's own, for pieces of it: they keep the meaning of their prefixes.
        self._root = root_like(self.frame).encode(), b"</r>"
        self.strays: list[str] = []

    def _without_rows(self) -> etree._Element | None:
        data = self._data
        # Among comments and the like, `<sheetData>` need not be where the rows are.
        if not is_cuttable(data):
            return None
        opening = _OPENING.search(data)
        if opening is None:
            return None
        closing = b"</" + (opening[1] or b"") + b"sheetData>"
        last = data.find(closing, opening.end())
        if last < 0:
            return None
        try:
            frame = xml.parse(data[: opening.start()] + data[last + len(closing) :], self._part)
        except Unreadable:
            return None
        if frame.find(".//{*}sheetData") is not None:
            return None
        self._first, self._last = opening.end(), last
        return frame

    def __iter__(self) -> Iterator[Told]:
        """What each row says, and its cells in PIECES each, with one piece after them."""
        if self._whole is not None:
            for element in self._whole.iterfind(".//{*}sheetData//{*}row"):
                yield self._told(element)
            for holder in self._whole.iterfind(".//{*}sheetData"):
                self._between(holder)
            return
        data, at, last = self._data, self._first, self._last
        while at < last:
            end = data.find(b"</row>", at + _BLOCK, last)
            stop = last if end < 0 else end + len(b"</row>")
            block = data[at:stop]
            at = stop
            try:
                text = letters_written_out(plain_text(block))
            except Irregular:
                yield from self._parsed(block + data[at:last])
                return
            left = yield from self._in_block(text)
            if left:
                yield from self._parsed(left.encode() + data[at:last])
                return

    def _in_block(self, text: str) -> Generator[Told, None, str]:
        """The rows of a piece of the part; returns what is left of it that is not made of rows."""
        at, last = 0, len(text.rstrip())
        while at < last:
            opening = _ROW.match(text, at)
            if opening is None:
                return text[at:]
            number, others, empty = opening.groups()
            if number is None and others:
                number = attributes_in(others).get("r")
            begin = opening.end()
            if empty:
                yield number, others, [""]
                at = begin
                continue
            end = text.find("</row>", begin)
            if end < 0:
                return text[at:]
            cells = text[begin:end]
            pieces: Pieces = _CELL.split(cells)
            try:
                if any(pieces[::PIECES]):
                    raise Irregular
                if "&" in cells:
                    pieces = [piece and resolved(piece) for piece in pieces]
                yield number, others, pieces
            except Irregular:
                row = self._parsed_row(text[at : end + 6].encode())
                if row is None:
                    return text[at:]
                yield row
            at = end + 6
        return ""

    def _parsed_row(self, row: bytes) -> Told | None:
        """What should be one row, by the XML parser; None where it is something else."""
        try:
            around = xml.parse(self._root[0] + row + self._root[1], self._part)
        except Unreadable:
            return None
        if len(around) != 1 or next(around[0].iterdescendants("{*}row"), None) is not None:
            return None
        return self._told(around[0])

    def _told(self, row: etree._Element) -> Told:
        self.strays += _beside_values(row)
        return row.get("r"), _attributes(row), _taken_apart(row)

    def _between(self, holder: etree._Element) -> None:
        """Letters around the rows in an element that holds them, and elements that are none."""
        self.strays += _said(holder.text)
        for child in holder:
            self.strays += _left(child)

    def _parsed(self, rows: bytes) -> Iterator[Told]:
        """All rows of a long piece, one at a time, by the XML parser."""
        try:
            walk = etree.iterparse(
                io.BytesIO(self._root[0] + rows + self._root[1]),
                events=("end",),
                tag="{*}row",
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            for _, element in walk:
                yield self._told(element)
                element.clear()
                for before in list(element.itersiblings(preceding=True)):
                    self.strays += _left(before)
                    before.getparent().remove(before)
            self._between(walk.root)
        except etree.XMLSyntaxError:
            raise Unreadable(
                TroubleCode.DAMAGED,
                f"文件内部的 {self._part} 已损坏。请在 WPS 或 Excel 中打开并另存，"
                "或向来源单位重新索取。",
            ) from None


def _left(child: etree._Element) -> list[str]:
    """Letters behind an element among the rows, and in it if it is no row."""
    inside = () if str(child.tag).endswith("}row") else map(str, child.itertext())
    return _said(*inside, child.tail)


def _beside_values(row: etree._Element) -> list[str]:
    """Letters of a row that are in no formula, value or text of a cell."""
    letters = sum(len(text) for text in row.itertext())
    if letters == sum(len(value.text or "") for value in row.iter(*_VALUES)):
        return []
    found: list[str | None] = [row.text]
    for element in row.iterdescendants(etree.Element):
        found.append(element.tail)
        if str(element.tag).rpartition("}")[2] not in ("v", "f", "t"):
            found.append(element.text)
    return _said(*found)


def _said(*letters: str | None) -> list[str]:
    return [text.strip() for text in letters if text and text.strip()]


def _attributes(row: etree._Element) -> str:
    """As they stand in an ordinary row; no quote is part of a number or a yes."""
    named = ((str(name), str(value)) for name, value in row.attrib.items() if name != "r")
    return "".join([' {}="{}"'.format(name, value.replace('"', "'")) for name, value in named])


def _taken_apart(row: etree._Element) -> Pieces:
    """The same pieces of a row that the XML parser has read.

    Values that no program shows because the cell has another one come as a second cell there.
    """
    pieces: Pieces = [""]
    for cell in row:
        formula_attributes = formula = inline = None
        values, guide = [], ""
        for child in cell:
            name = str(child.tag).rpartition("}")[2]
            if name == "v":
                values.append(child.text)
            elif name == "f":
                formula_attributes, formula = "", child.text
            elif name == "is":
                inline = raw_text(child)
                guide = phonetic_text(child)
        letters = cell.get("r", "").rstrip("0123456789")
        kind = cell.get("t", "n")
        if inline and kind == "inlineStr":
            values.append(None)
        attributes = f' s="{cell.get("s", "0")}" t="{kind}"'
        value = values.pop() if values else None
        pieces += (letters, attributes, formula_attributes, formula, value, inline, "")
        for other in [*values, inline if value else None, guide]:
            if other:
                pieces += (letters, ' t="str"', None, None, other, None, "")
    return pieces
