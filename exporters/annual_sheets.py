"""The sheets of a workbook as grids, read straight from the XML.

openpyxl walks every cell of a merged area when it opens a file; one area over a whole sheet would
keep it busy for hours.
"""

import math
import re
from collections.abc import Iterator

from lxml import etree

from exporters.office_parts import Parts
from formats.reading import TroubleCode, Unreadable

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MOST_COLUMNS = 60
MOST_ROWS = 2000
LARGEST_XML = 40 * 1024 * 1024

Area = tuple[int, int, int, int]


def sheets(parts: Parts) -> Iterator[tuple[list[list[str]], list[Area]]]:
    """Each sheet's texts by row and column, and its merged areas (top, left, bottom, right from 0).

    Cells and areas beyond MOST_ROWS and MOST_COLUMNS are cut off: no report is that large.
    """
    if parts.opened_bytes > LARGEST_XML:
        raise Unreadable(
            TroubleCode.TOO_BIG, "表格文件过大，不像年度报告的表格。请只保留三张表后再试。"
        )
    book, relations = parts.xml("xl/workbook.xml"), parts.xml("xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        return
    targets = {r.get("Id"): r.get("Target") or "" for r in relations if isinstance(r.tag, str)}
    strings = _strings(parts)
    for sheet in book.iter(f"{S}sheet"):
        target = targets.get(sheet.get(R_ID), "")
        root = parts.xml(target.removeprefix("/") if target.startswith("/") else f"xl/{target}")
        if root is not None:
            yield _texts(root, strings), list(_areas(root))


def _strings(parts: Parts) -> list[str]:
    root = parts.xml("xl/sharedStrings.xml")
    if root is None:
        return []
    return [_joined(item) for item in root.iter(f"{S}si")]


def _joined(item: etree._Element) -> str:
    """All runs of a text but not its phonetic guide."""
    return "".join(
        t.text or ""
        for t in item.iter(f"{S}t")
        if not any(True for _ in t.iterancestors(f"{S}rPh"))
    )


def _texts(root: etree._Element, strings: list[str]) -> list[list[str]]:
    found: dict[tuple[int, int], str] = {}
    row_number = -1
    for row in root.iter(f"{S}row"):
        given = row.get("r") or ""
        row_number = int(given) - 1 if given.isdecimal() and len(given) < 8 else row_number + 1
        column = -1
        for cell in row.iterchildren(f"{S}c"):
            place = _place(cell.get("r") or "")
            column = place[1] if place else column + 1
            if row_number < MOST_ROWS and column < MOST_COLUMNS:
                found[row_number, column] = _value(cell, strings)
    high = max((row for row, _ in found), default=-1) + 1
    wide = max((column for _, column in found), default=-1) + 1
    return [[found.get((r, c), "") for c in range(wide)] for r in range(high)]


def _value(cell: etree._Element, strings: list[str]) -> str:
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        return _joined(cell)
    raw = (cell.findtext(f"{S}v") or "").strip()
    if kind == "s":
        return strings[int(raw)] if raw.isdecimal() and int(raw) < len(strings) else ""
    if kind != "n":
        return raw
    # Excel keeps 59237.2449 as 59237.244899999998; the shortest form is what was typed.
    try:
        number = float(raw)
    except ValueError:
        return raw
    if not math.isfinite(number):
        return raw
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _areas(root: etree._Element) -> Iterator[Area]:
    for element in root.iter(f"{S}mergeCell"):
        first, _, last = (element.get("ref") or "").partition(":")
        top, bottom = _place(first), _place(last)
        if top and bottom:
            yield (*top, min(bottom[0], MOST_ROWS - 1), min(bottom[1], MOST_COLUMNS - 1))


def _place(reference: str) -> tuple[int, int] | None:
    """B3 as (2, 1)."""
    found = re.fullmatch(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", reference)
    if found is None:
        return None
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - 64
    return int(found.group(2)) - 1, column - 1
