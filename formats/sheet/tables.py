"""Tables inside a worksheet (ECMA-376-1, 18.5.1): where they paint the ground, what they say."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from formats.reading import Part, Place, Segment, TroubleCode, Unreadable
from formats.sheet.book import Book, Sheet
from formats.sheet.references import Range, parse_range
from formats.sheet.styles import whole

# Built-in styles that paint no more than the first and the last row dark.
_PALE = re.compile(r"TableStyle(Light|Medium)\d+", re.IGNORECASE)
_AUTOMATIC = re.compile(r"(表|表格|Table|列|Column)_?\d*(_\d+)?", re.IGNORECASE)


class Table(NamedTuple):
    """One table part."""

    part: str
    root: etree._Element

    @property
    def painted(self) -> list[Range]:
        """Where white letters may well be seen, because the table's style paints the ground."""
        area = parse_range(self.root.get("ref", ""))
        style = self.root.find("{*}tableStyleInfo")
        name = "" if style is None else style.get("name", "")
        if area is None or not name:
            return []
        if not _PALE.fullmatch(name):
            return [area]
        head = area._replace(bottom=area.top)
        foot = area._replace(top=area.bottom)
        return [
            *([head] if whole(self.root.get("headerRowCount"), 1) else []),
            *([foot] if whole(self.root.get("totalsRowCount")) else []),
        ]

    @property
    def filtered(self) -> bool:
        """Whether it carries a filter."""
        return self.root.find("{*}autoFilter") is not None


def tables(book: Book, sheet: Sheet) -> list[Table]:
    """The tables of one sheet, but for damaged ones. Raises Unreadable(TOO_BIG)."""
    found = []
    for link in book.package.relationships(sheet.part or ""):
        part = None if link.external else book.package.find(link.target)
        if link.type != "table" or part is None:
            continue
        try:
            found.append(Table(part, book.xml(part)))
        except Unreadable as error:
            if error.code is not TroubleCode.DAMAGED:
                raise
    return found


def words(table: Table, sheet: Sheet, cells: set[str]) -> Iterator[Segment]:
    """Names, remarks, filters and formulas of a table that no cell of the sheet says too."""
    seen = set(cells)
    for number, (note, text) in enumerate(_said(table.root), 1):
        if text.strip() and text not in seen and not _AUTOMATIC.fullmatch(text):
            seen.add(text)
            place = Place(Part.FIELD, sheet=sheet.name, paragraph=number, path=table.part)
            yield Segment(place, text, visible=False, note=note)


def _said(root: etree._Element) -> Iterator[tuple[str, str]]:
    for name in ("name", "displayName"):
        yield "表格区域的名称", root.get(name, "")
    yield "表格区域的说明", root.get("comment", "")
    for element in root.iter("{*}tableColumn"):
        yield "表格区域的列名", element.get("name", "").replace("_x000a_", "\n")
        yield "表格区域的汇总标签", element.get("totalsRowLabel", "")
    for element in root.iter("{*}calculatedColumnFormula", "{*}totalsRowFormula"):
        if '"' in (element.text or ""):
            yield "表格区域的公式", element.text or ""
    for element in root.iter("{*}filter", "{*}customFilter"):
        yield "筛选条件", element.get("val", "")
    for element in root.iter("{*}table"):
        for name in ("altText", "altTextSummary"):
            yield "表格区域的替代文字", element.get(name, "")
