"""Paragraphs and tables of a .docx, .xlsx or .html as plain text grids, merged cells spread out.

A grid is rows of `Slot`s; a merged cell stands in each place it covers, always as the same object.
"""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from lxml import etree, html

from exporters import annual_sheets
from exporters.annual_sheets import MOST_COLUMNS, MOST_ROWS
from exporters.office_parts import DAMAGED, Parts, W
from formats.reading import TroubleCode, Unreadable

LARGEST_HTML = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """One cell's text; the same object wherever the merged cell reaches."""

    text: str


Grid = list[list[Slot]]


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands in a file, in order: a paragraph is a str, a table a Grid."""

    blocks: tuple["str | Grid", ...]

    @property
    def grids(self) -> list[Grid]:
        """The tables."""
        return [block for block in self.blocks if not isinstance(block, str)]

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs outside tables."""
        return [block for block in self.blocks if isinstance(block, str)]


def squeeze(text: str) -> str:
    """NFKC without any white space: how labels are compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def read(path: Path) -> Contents:
    """Read by what the bytes are, never by the name. Raises Unreadable."""
    try:
        with path.open("rb") as file:
            head = file.read(4)
    except OSError as error:
        raise Unreadable(TroubleCode.MISSING, "文件找不到或打不开。请检查路径。") from error
    if head.startswith((b"PK", b"\xd0\xcf")) or not head:
        with Parts(path) as parts:
            if "word/document.xml" in parts.names:
                return _docx(parts)
            if "xl/workbook.xml" in parts.names:
                return _xlsx(parts)
        raise Unreadable(
            TroubleCode.NOT_SUPPORTED, "文件不是 Word、Excel 或网页。请提供 .docx、.xlsx 或 .html。"
        )
    return _html(path)


def _docx(parts: Parts) -> Contents:
    root = parts.xml("word/document.xml")
    blocks: list[str | Grid] = []
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise Unreadable(TroubleCode.DAMAGED, DAMAGED)
    for element in body.iter(f"{W}p", f"{W}tbl"):
        if any(e.tag == f"{W}tbl" for e in element.iterancestors()):
            continue
        if element.tag == f"{W}tbl":
            blocks.append(_word_grid(element))
        else:
            blocks.append(_word_text(element))
    return Contents(tuple(blocks))


def _word_text(element: etree._Element) -> str:
    """Visible text: deleted revisions are not `w:t`, hidden runs are left out."""
    found = []
    for node in element.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}p"):
        if node.tag == f"{W}t":
            run = node.getparent()
            if run is not None and run.find(f"{W}rPr/{W}vanish") is not None:
                continue
            found.append(node.text or "")
        elif node.tag == f"{W}p":
            found.append("\n" if found else "")
        elif (run := node.getparent()) is not None and run.tag == f"{W}r":
            found.append("\n" if node.tag == f"{W}br" else "\t")
    return "".join(found)


def _word_grid(table: etree._Element) -> Grid:
    grid: Grid = []
    for row in table.iterchildren(f"{W}tr"):
        slots: list[Slot] = []
        skipped = row.find(f"{W}trPr/{W}gridBefore")
        if skipped is not None:
            slots += [Slot("")] * min(_number(skipped.get(f"{W}val")), MOST_COLUMNS)
        for cell in row.iter(f"{W}tc"):
            if cell.getparent() is not row and not _wrapped(cell, row):
                continue
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            wide = _number(span.get(f"{W}val")) if span is not None else 1
            down = cell.find(f"{W}tcPr/{W}vMerge")
            column = len(slots)
            if down is not None and down.get(f"{W}val") != "restart" and grid:
                above = grid[-1][column] if column < len(grid[-1]) else Slot("")
                slots += [above] * wide
            else:
                slots += [Slot(_word_text(cell))] * wide
            if len(slots) > MOST_COLUMNS:
                break
        grid.append(slots)
        if len(grid) > MOST_ROWS:
            break
    return grid


def _wrapped(cell: etree._Element, row: etree._Element) -> bool:
    """A cell inside a content control of this row, not of a table within."""
    for above in cell.iterancestors():
        if above is row:
            return True
        if above.tag == f"{W}tbl":
            return False
    return False


def _number(text: str | None) -> int:
    return max(1, min(int(text), MOST_COLUMNS)) if text and text.isdecimal() else 1


def _xlsx(parts: Parts) -> Contents:
    blocks: list[str | Grid] = []
    for texts, areas in annual_sheets.sheets(parts):
        grid: Grid = [[Slot(text) for text in row] for row in texts]
        for top, left, bottom, right in areas:
            if top >= len(grid) or left >= len(grid[0]):
                continue
            slot = grid[top][left]
            for line in grid[top : bottom + 1]:
                for column in range(left, min(right + 1, len(line))):
                    line[column] = slot
        for line in grid:
            told = list(dict.fromkeys(slot for slot in line if slot.text.strip()))
            if len(told) == 1:
                blocks.append(told[0].text)
        blocks.append(grid)
    return Contents(tuple(blocks))


def _html(path: Path) -> Contents:
    data = path.read_bytes()
    if len(data) > LARGEST_HTML:
        raise Unreadable(TroubleCode.TOO_BIG, "网页文件过大，已停止读取。请另存正文部分。")
    parser = html.HTMLParser(encoding=_encoding(data), no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Unreadable(TroubleCode.DAMAGED, "网页文件读不出内容。请重新另存一份。") from error
    for element in list(root.iter("script", "style", "noscript")):
        if isinstance(element, html.HtmlElement):
            element.drop_tree()
    blocks: list[str | Grid] = []
    for element in root.iter("p", "div", "h1", "h2", "h3", "h4", "li", "td", "table", "title"):
        if any(above.tag == "table" for above in element.iterancestors()):
            continue
        if element.tag == "table":
            blocks.append(_html_grid(element))
        elif (
            next(element.iterdescendants("p", "div", "table", "h1", "h2", "h3", "li"), None) is None
        ):
            text = "".join(map(str, element.itertext())).strip()
            if text:
                blocks.append(text)
    return Contents(tuple(blocks))


def _encoding(data: bytes) -> str:
    """What decodes: UTF-8, else GB18030, the only two in which such pages are written."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _html_grid(table: html.HtmlElement) -> Grid:
    grid: Grid = []
    falling: dict[int, tuple[int, Slot]] = {}
    for row in table.iter("tr"):
        slots: list[Slot] = []

        for cell in row.iterchildren("td", "th"):
            _fall(slots, falling)
            slot = Slot(cell.text_content())
            deep = _number(cell.get("rowspan"))
            for _ in range(_number(cell.get("colspan"))):
                if deep > 1:
                    falling[len(slots)] = (deep - 1, slot)
                slots.append(slot)
        _fall(slots, falling)
        grid.append(slots[:MOST_COLUMNS])
        if len(grid) > MOST_ROWS:
            break
    return grid


def _fall(slots: list[Slot], falling: dict[int, tuple[int, Slot]]) -> None:
    """Continue the cells of rows above that reach down into this one."""
    while len(slots) in falling and len(slots) < MOST_COLUMNS:
        column = len(slots)
        left, slot = falling.pop(column)
        if left > 1:
            falling[column] = (left - 1, slot)
        slots.append(slot)
