"""What a worksheet carries beside its cells: comments, drawings, headers, rules, links."""

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from formats.package import Package
from formats.reading import Part, Place, Segment
from formats.sheet.book import Book, Sheet
from formats.sheet.strings import rich_text
from formats.sheet.styles import is_on

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# 18.3.1.46: one letter, a quoted font, a size, or a colour after an ampersand.
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|[A-Za-z&])')
HEADERS = ("oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter")
_AUTHOR_TEXT = re.compile(r"^tc=|^\[Threaded comment\]")


def of_frame(sheet: Sheet, frame: etree._Element, cells: set[str]) -> Iterator[Segment]:
    """Headers, footers, validation lists, input prompts, condition texts, link tips, scenarios.

    `cells`: texts of the sheet's cells; a filter that names one of them says nothing new.
    """
    for number, (name, text) in enumerate(headers(frame), 1):
        part = Part.HEADER if name.endswith("Header") else Part.FOOTER
        place = Place(part, sheet=sheet.name, paragraph=number, path=sheet.part)
        if text:
            yield Segment(place, text, sheet.visible)
    seen = set(cells)
    for number, (what, text) in enumerate(_rules(frame), 1):
        if text.strip() and text not in seen:
            seen.add(text)
            place = Place(Part.FIELD, sheet=sheet.name, paragraph=number, path=sheet.part)
            yield Segment(place, text, visible=False, note=what)


def headers(frame: etree._Element) -> list[tuple[str, str]]:
    """(element name, text without codes) of each header and footer there is, in a fixed order."""
    found = []
    for name in HEADERS:
        element = frame.find(f"{{*}}headerFooter/{{*}}{name}")
        if element is not None:
            found.append((name, header_text(element.text or "")))
    return found


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
        for formula in rule.iter("{*}formula"):
            if '"' in (formula.text or ""):
                yield "条件格式中的公式", formula.text or ""
    for link in frame.iter("{*}hyperlink"):
        yield "链接提示", link.get("tooltip", "")
        yield "链接位置", link.get("location", "")
    for scenario in frame.iter("{*}scenario", "{*}inputCells"):
        for name in ("name", "comment", "user", "val"):
            yield "方案", scenario.get(name, "")
    for column in frame.iter("{*}filter", "{*}customFilter"):
        yield "筛选条件", column.get("val", "")
    for sheet in frame.iter("{*}protectedRange"):
        yield "受保护区域", sheet.get("name", "")


def of_relations(book: Book, sheet: Sheet, handled: set[str]) -> Iterator[Segment]:
    """Comments, drawings and links of one sheet. Parts that were read are added to `handled`."""
    package = book.package
    persons = people(book, handled)
    for link in package.relationships(sheet.part or ""):
        if link.external:
            yield Segment(
                Place(Part.LINK, sheet=sheet.name, path=sheet.part),
                link.target,
                visible=False,
                note="链接地址",
            )
            continue
        part = package.find(link.target)
        if part is None or part in handled:
            continue
        if link.type == "comments":
            handled.add(part)
            yield from book.carefully(part, _comments(package, sheet, part))
        elif link.type == "threadedComment":
            handled.add(part)
            yield from book.carefully(part, _threads(package, sheet, part, persons))
        elif link.type in {"drawing", "vmlDrawing"}:
            handled.add(part)
            yield from book.carefully(part, drawing(package, sheet, part))


def _comments(package: Package, sheet: Sheet, part: str) -> Iterator[Segment]:
    root = package.xml(part)
    authors = [a.text or "" for a in root.iterfind("{*}authors/{*}author")]
    for number, comment in enumerate(root.iterfind("{*}commentList/{*}comment"), 1):
        text_of = comment.find("{*}text")
        text = "" if text_of is None else rich_text(text_of)
        index = comment.get("authorId", "")
        author = authors[int(index)] if index.isdigit() and int(index) < len(authors) else ""
        note = "批注" if _AUTHOR_TEXT.match(author) or not author else f"批注，作者 {author}"
        place = Place(
            Part.COMMENT, sheet=sheet.name, cell=comment.get("ref"), paragraph=number, path=part
        )
        if text:
            yield Segment(place, text, visible=False, note=note)
    for number, author in enumerate(authors, 1):
        if author and not _AUTHOR_TEXT.match(author):
            place = Place(Part.PROPERTY, sheet=sheet.name, paragraph=number, path=part)
            yield Segment(place, author, visible=False, note="批注作者")


def people(book: Book, handled: set[str]) -> dict[str, str]:
    """Person id -> shown name, of threaded comments."""
    found = {}
    for link in book.relationships:
        part = None if link.external else book.package.find(link.target)
        if link.type == "person" and part is not None:
            handled.add(part)
            for person in book.package.xml(part).iter("{*}person"):
                found[person.get("id", "")] = person.get("displayName", "")
    return found


def _threads(
    package: Package, sheet: Sheet, part: str, persons: dict[str, str]
) -> Iterator[Segment]:
    for number, comment in enumerate(package.xml(part).iter("{*}threadedComment"), 1):
        text = "".join(t.text or "" for t in comment.iterfind("{*}text"))
        author = persons.get(comment.get("personId", ""), "")
        day = comment.get("dT", "")[:10]
        note = "，".join(x for x in ("会话批注", f"作者 {author}" if author else "", day) if x)
        place = Place(
            Part.COMMENT, sheet=sheet.name, cell=comment.get("ref"), paragraph=number, path=part
        )
        if text:
            yield Segment(place, text, visible=False, note=note)


def drawing(package: Package, sheet: Sheet | None, part: str) -> Iterator[Segment]:
    """Text boxes, and the names and descriptions of shapes, of a DrawingML or VML part."""
    name = None if sheet is None else sheet.name
    seen = sheet is None or sheet.visible
    number = 0
    root = package.xml(part)
    for body in root.iter("{*}txBody", "{*}textbox", "{*}textPath"):
        for paragraph in _paragraphs(body):
            number += 1
            place = Place(Part.TEXTBOX, sheet=name, paragraph=number, path=part)
            yield Segment(place, paragraph, seen)
    for shape in root.iter("{*}cNvPr", "{*}shape"):
        for key in ("descr", "title", "alt"):
            text = shape.get(key, "")
            if text:
                number += 1
                place = Place(Part.ALT_TEXT, sheet=name, paragraph=number, path=part)
                yield Segment(place, text, visible=False, note="图形的替代文字")
        if is_on(shape.get("hidden")) and shape.get("name"):
            number += 1
            place = Place(Part.ALT_TEXT, sheet=name, paragraph=number, path=part)
            yield Segment(place, shape.get("name", ""), visible=False, note="隐藏的图形")


def _paragraphs(body: etree._Element) -> Iterator[str]:
    paragraphs = ["".join(t.text or "" for t in p.iter("{*}t")) for p in body.iterfind("{*}p")] or [
        "".join(str(t) for t in body.itertext()),
        body.get("string", ""),
    ]
    for text in paragraphs:
        if text.strip():
            yield text.strip()


def base_name(part: str) -> str:
    """The last step of a part name."""
    return posixpath.basename(part)
