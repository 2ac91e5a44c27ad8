"""Drawings over a sheet (DrawingML, VML) and charts: their words, and whether these are shown."""

import re
from collections.abc import Iterator

from lxml import etree

from formats.reading import Part, Place, Segment
from formats.sheet.book import Book
from formats.sheet.grid import Grid
from formats.sheet.strays import NAMES, strays
from formats.sheet.styles import is_on, whole

_VML_HIDDEN = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
# Names that programs give by themselves.
_AUTOMATIC = re.compile(
    r"\s*(图片|图像|图形|文本框|形状|矩形|圆角矩形|直线|直接连接符|连接符|椭圆|组合|图表|对象|艺术字|批注|"
    r"按钮|复选框|下拉框|标签|自选图形|任意多边形|图示|Picture|Image|Graphic|Text ?Box|Shape|"
    r"Rectangle|Straight Connector|Line|Oval|Group|Chart|Object|WordArt|Comment|Button|Check Box|"
    r"Drop Down|Label|AutoShape|Freeform|Diagram|_x0000_[a-z]\d+)?[\s\d]*\s*",
    re.IGNORECASE,
)
_WORDS = ("txBody", "textbox", "textPath", "rich")


def drawing(book: Book, part: str, grid: Grid | None, *, shown: bool) -> Iterator[Segment]:
    """Text boxes, and the names and descriptions of shapes, of one part.

    `grid`: of the sheet it lies on, where that is known; `shown`: something leads to it.
    """
    sheet = None if grid is None else grid.sheet.name
    number = 0
    told: set[str] = set()
    root = book.xml(part)
    for body in root.iter(*(f"{{*}}{name}" for name in _WORDS)):
        seen = shown and _is_shown(body, grid)
        told.update(str(text).strip() for text in body.itertext())
        for paragraph in _paragraphs(body):
            number += 1
            place = Place(Part.TEXTBOX, sheet=sheet, paragraph=number, path=part)
            note = "" if seen else "隐藏的图形或者图形所在的行列、工作表被隐藏"
            yield Segment(place, paragraph, seen, note)
    for shape in root.iter("{*}cNvPr", "{*}shape", "{*}rect", "{*}roundrect", "{*}oval"):
        for note, text in _described(shape):
            number += 1
            place = Place(Part.ALT_TEXT, sheet=sheet, paragraph=number, path=part)
            told.add(text)
            yield Segment(place, text, visible=False, note=note)
    rest = Place(Part.HIDDEN, sheet=sheet, path=part)
    told.update(step.text or "" for step in root.iter("{*}Anchor"))
    yield from strays(root, rest, told, "图形里的其他数据", NAMES)


def _described(shape: etree._Element) -> Iterator[tuple[str, str]]:
    for key in ("descr", "title", "alt"):
        text = shape.get(key, "").strip()
        if text and not _AUTOMATIC.fullmatch(text):
            yield "图形的替代文字", text
    name = shape.get("name", "").strip()
    if name and not _AUTOMATIC.fullmatch(name):
        yield "图形的名称", name
    for click in shape.iter("{*}hlinkClick", "{*}hlinkHover"):
        if text := click.get("tooltip", "").strip():
            yield "图形的链接提示", text
    # A form control or a comment box shows what these cells hold, or keeps a list or a macro.
    for said in shape.iter("{*}FmlaMacro", "{*}FmlaLink", "{*}FmlaRange", "{*}FmlaGroup"):
        if text := (said.text or "").strip():
            yield "控件的公式", text


def _is_shown(body: etree._Element, grid: Grid | None) -> bool:
    if grid is not None and not grid.sheet.visible:
        return False
    for above in body.iterancestors():
        name = etree.QName(above).localname
        if name in {"sp", "grpSp", "graphicFrame", "cxnSp", "pic"}:
            hides = any(is_on(own.get("hidden")) for own in above.iterfind("*/{*}cNvPr"))
        elif name in {"shape", "group", "rect"}:
            hides = _VML_HIDDEN.search(above.get("style", "")) is not None
        else:
            hides = name == "twoCellAnchor" and grid is not None and not _has_room(above, grid)
        if hides:
            return False
    return True


def _has_room(anchor: etree._Element, grid: Grid) -> bool:
    """20.5.2.33: a shape that moves and sizes with its cells vanishes with them."""
    if anchor.get("editAs", "twoCell") != "twoCell":
        return True
    for axis, hidden in (("col", grid.hidden_columns), ("row", grid.hidden_rows)):
        first = whole(anchor.findtext(f"{{*}}from/{{*}}{axis}"), -1) + 1
        last = whole(anchor.findtext(f"{{*}}to/{{*}}{axis}"), -1) + 1
        if 0 < first <= last < first + 1000 and all(n in hidden for n in range(first, last + 1)):
            return False
    return True


def _paragraphs(body: etree._Element) -> Iterator[str]:
    paragraphs = [
        "".join(_line_break(e) for e in p.iter("{*}t", "{*}br")) for p in body.iterfind("{*}p")
    ] or ["".join(str(t) for t in body.itertext()), body.get("string", "")]
    for text in paragraphs:
        if text.strip():
            yield text.strip()


def _line_break(element: etree._Element) -> str:
    return "\n" if etree.QName(element).localname == "br" else element.text or ""


def chart(book: Book, part: str, sheet: str | None, *, shown: bool) -> Iterator[Segment]:
    """A chart: its title and labels, and the cells it keeps a copy of (21.2.2)."""
    root = book.xml(part)
    number = 0
    told: set[str] = set()
    labelled = any(is_on(e.get("val")) for e in root.iter("{*}showVal"))
    for element in root.iter("{*}t", "{*}v", "{*}f", "{*}pt", "{*}cNvPr", "{*}lvl"):
        note, seen = _in_chart(element, labelled)
        for text in (element.text or "", element.get("descr", ""), element.get("title", "")):
            if note and text.strip():
                number += 1
                told.add(text.strip())
                place = Place(Part.CHART_CACHE, sheet=sheet, paragraph=number, path=part)
                yield Segment(place, text.strip(), shown and seen, note)
    rest = Place(Part.CHART_CACHE, sheet=sheet, path=part)
    yield from strays(root, rest, told, "图表里的其他数据", NAMES)


def _in_chart(element: etree._Element, labelled: bool) -> tuple[str, bool]:
    """What a text of a chart is, "" for nothing; whether the chart shows it."""
    name = etree.QName(element).localname
    if name == "t":
        return "图表里的文字", True
    if name == "f":
        # References are no news, quoted texts are.
        return ("图表的公式", False) if '"' in (element.text or "") else ("", False)
    if name == "cNvPr":
        return "图形的替代文字", False
    around = {etree.QName(above).localname for above in element.iterancestors()}
    if around & {"cat", "tx", "strDim"} or name == "pt":
        return "图表保存的名称", True
    return "图表保存的数据", labelled
