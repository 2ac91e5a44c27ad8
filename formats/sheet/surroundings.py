"""What a worksheet carries beside its cells: comments, drawings, headers, rules, links."""

import re
from collections.abc import Iterator

from lxml import etree

from formats.reading import Part, Place, Segment, TroubleCode, Unreadable
from formats.sheet.book import Book, Sheet
from formats.sheet.drawings import drawing
from formats.sheet.grid import Grid
from formats.sheet.references import parse_range
from formats.sheet.strays import strays
from formats.sheet.strings import rich_text
from formats.sheet.styles import is_on, whole

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# 18.3.1.46: one letter, a quoted font, a size, or a colour after an ampersand.
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|[A-Za-z&])')
HEADERS = ("oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter")
_AUTHOR_TEXT = re.compile(r"^tc=|^\[Threaded comment\]")


def of_frame(sheet: Sheet, frame: etree._Element, cells: set[str]) -> Iterator[Segment]:
    """Headers, footers, validation lists, input prompts, condition texts, link tips, scenarios.

    `cells`: texts of the sheet's cells; what only repeats one of them says nothing new.
    """
    for number, (name, text) in enumerate(headers(frame), 1):
        part = Part.HEADER if name.endswith("Header") else Part.FOOTER
        place = Place(part, sheet=sheet.name, paragraph=number, path=sheet.part)
        printed = is_printed(frame, name)
        if text:
            note = "" if printed else "没有启用的页眉页脚"
            yield Segment(place, text, sheet.visible and printed, note)
    seen = set(cells)
    for number, (what, text) in enumerate(_rules(frame), 1):
        if text.strip() and text not in seen:
            seen.add(text)
            place = Place(Part.FIELD, sheet=sheet.name, paragraph=number, path=sheet.part)
            yield Segment(place, text, visible=False, note=what)
    rest = Place(Part.FIELD, sheet=sheet.name, path=sheet.part)
    seen.update(raw.text or "" for raw in frame.iterfind("{*}headerFooter/*"))
    yield from strays(frame, rest, seen, "工作表里的其他数据")


def headers(frame: etree._Element) -> list[tuple[str, str]]:
    """(element name, text without codes) of each header and footer there is, in a fixed order."""
    found = []
    for name in HEADERS:
        element = frame.find(f"{{*}}headerFooter/{{*}}{name}")
        if element is not None:
            found.append((name, header_text(element.text or "")))
    return found


def is_printed(frame: etree._Element, name: str) -> bool:
    """18.3.1.46: those of even and first pages are printed only where a page differs."""
    around = frame.find("{*}headerFooter")
    key = {"even": "differentOddEven", "firs": "differentFirst"}.get(name[:4])
    return key is None or (around is not None and is_on(around.get(key)))


def repeats_cells(frame: etree._Element) -> bool:
    """Whether the sheet has things that usually say what one of its cells says."""
    repeating = ("{*}filter", "{*}customFilter", "{*}hyperlink")
    return any(next(frame.iter(name), None) is not None for name in repeating)


def header_text(raw: str) -> str:
    """A header as read: sections on lines of their own, page numbers and fonts left out."""

    def plain(match: re.Match[str]) -> str:
        code = match.group(0)
        return "&" if code == "&&" else "\n" if code in {"&L", "&C", "&R"} else ""

    return _CODE.sub(plain, raw).strip("\n")


def _rules(frame: etree._Element) -> Iterator[tuple[str, str]]:
    for rule in frame.iter("{*}dataValidation"):
        for name in ("promptTitle", "prompt", "errorTitle", "error"):
            yield "数据有效性提示", rule.get(name, "")
        for formula in rule.iter("{*}formula1", "{*}formula2"):
            text = "".join(str(t) for t in formula.itertext())
            if '"' in text:
                yield "数据有效性的下拉选项", text
    for rule in frame.iter("{*}cfRule"):
        yield "条件格式中的文字", rule.get("text", "")
        for formula in rule.iter("{*}formula", "{*}f"):
            if '"' in (formula.text or ""):
                yield "条件格式中的公式", formula.text or ""
    for link in frame.iter("{*}hyperlink"):
        yield "链接提示", link.get("tooltip", "")
        yield "链接位置", link.get("location", "")
        yield "链接的显示文字", link.get("display", "")
    for scenario in frame.iter("{*}scenario", "{*}inputCells"):
        for name in ("name", "comment", "user", "val"):
            yield "方案", scenario.get(name, "")
    for column in frame.iter("{*}filter", "{*}customFilter"):
        yield "筛选条件", column.get("val", "")
    for sheet in frame.iter("{*}protectedRange"):
        yield "受保护区域", sheet.get("name", "")


def of_relations(book: Book, grid: Grid, handled: set[str]) -> Iterator[Segment]:
    """Comments, drawings and links of one sheet. Parts that were read are added to `handled`."""
    sheet, package = grid.sheet, book.package
    linked = {link.get(f"{_R}id", ""): link.get("ref") for link in grid.frame.iter("{*}hyperlink")}
    for number, link in enumerate(package.relationships(sheet.part or ""), 1):
        if link.external:
            cell = linked.get(link.id)
            place = Place(Part.LINK, sheet=sheet.name, cell=cell, paragraph=number, path=sheet.part)
            yield Segment(place, link.target, visible=False, note="链接地址")
            continue
        part = package.find(link.target)
        if part is None or part in handled:
            continue
        if link.type == "comments":
            handled.add(part)
            yield from book.carefully(part, _comments(book, sheet, part, _shown_notes(book, sheet)))
        elif link.type == "threadedComment":
            handled.add(part)
            yield from book.carefully(part, _threads(book, sheet, part))
        elif link.type in {"drawing", "vmlDrawing"}:
            handled.add(part)
            yield from book.carefully(part, drawing(book, part, grid, shown=True))


def _shown_notes(book: Book, sheet: Sheet) -> set[tuple[int, int]]:
    """Row and column, from 1, of the comments that stay open on the screen ([MS-OI29500], VML)."""
    found: set[tuple[int, int]] = set()
    for link in book.package.relationships(sheet.part or ""):
        part = None if link.external else book.package.find(link.target)
        if link.type != "vmlDrawing" or part is None:
            continue
        try:
            root = book.package.xml(part)
        except Unreadable as error:
            if error.code is not TroubleCode.DAMAGED:
                raise
            continue
        for note in root.iter("{*}ClientData"):
            if note.get("ObjectType") == "Note" and note.find("{*}Visible") is not None:
                row, column = (whole(note.findtext(f"{{*}}{n}"), -1) for n in ("Row", "Column"))
                found.add((row + 1, column + 1))
    return found


def _comments(
    book: Book, sheet: Sheet, part: str, shown: set[tuple[int, int]]
) -> Iterator[Segment]:
    root = book.xml(part)
    authors = [a.text or "" for a in root.iterfind("{*}authors/{*}author")]
    for number, comment in enumerate(root.iterfind("{*}commentList/{*}comment"), 1):
        text_of = comment.find("{*}text")
        text = "" if text_of is None else rich_text(text_of)
        index = whole(comment.get("authorId"), -1)
        author = authors[index] if 0 <= index < len(authors) else ""
        note = (
            "批注" if _AUTHOR_TEXT.match(author) or not author.strip() else f"批注，作者 {author}"
        )
        place = Place(
            Part.COMMENT, sheet=sheet.name, cell=comment.get("ref"), paragraph=number, path=part
        )
        area = parse_range(comment.get("ref", ""))
        seen = sheet.visible and area is not None and (area.top, area.left) in shown
        if text:
            yield Segment(place, text, seen, note)
    for number, author in enumerate(authors, 1):
        if author.strip() and not _AUTHOR_TEXT.match(author):
            place = Place(Part.PROPERTY, sheet=sheet.name, paragraph=number, path=part)
            yield Segment(place, author, visible=False, note="批注作者")


def _threads(book: Book, sheet: Sheet, part: str) -> Iterator[Segment]:
    for number, comment in enumerate(book.xml(part).iter("{*}threadedComment"), 1):
        text = "".join(t.text or "" for t in comment.iterfind("{*}text"))
        author = book.people.get(comment.get("personId", ""), "")
        day = comment.get("dT", "")[:10]
        note = "，".join(x for x in ("会话批注", f"作者 {author}" if author else "", day) if x)
        place = Place(
            Part.COMMENT, sheet=sheet.name, cell=comment.get("ref"), paragraph=number, path=part
        )
        if text:
            yield Segment(place, text, visible=False, note=note)
