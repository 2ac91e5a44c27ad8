"""What a workbook carries beside its sheets: names, caches, connections, leftovers.

Every XML part that no other reader has taken is read here, so that nothing is passed over because
nobody knew its name.
"""

import re
from collections.abc import Iterator, Sequence, Set
from functools import cached_property, partial

from lxml import etree

from formats import xml
from formats.ooxml import properties
from formats.ooxml.parts import Contents
from formats.reading import Part, Place, Segment
from formats.sheet.book import Book
from formats.sheet.drawings import chart, drawing
from formats.sheet.grid import Grid
from formats.sheet.number_format import sections
from formats.sheet.strays import strays
from formats.sheet.styles import is_on
from formats.unsaid import MOST, unsaid

# By folder or file under xl/: what a part is to an officer. The first that fits counts.
_KINDS = (
    ("xl/externallinks/", Part.EXTERNAL_LINK, "外部工作簿的缓存"),
    ("xl/pivotcache/", Part.PIVOT_CACHE, "透视表保存的源数据"),
    ("xl/pivottables/", Part.PIVOT_CACHE, "透视表"),
    ("xl/slicer", Part.PIVOT_CACHE, "切片器"),
    ("xl/timeline", Part.PIVOT_CACHE, "日程表"),
    ("xl/chartsheets/", Part.CHART_CACHE, "图表工作表"),
    ("xl/revisions/", Part.REVISION_HISTORY, "共享工作簿的修订记录"),
    ("xl/persons/", Part.PROPERTY, "参与批注的人"),
    ("xl/connections", Part.VARIABLE, "数据连接"),
    ("xl/querytables/", Part.VARIABLE, "外部查询"),
    ("xl/diagrams/", Part.TEXTBOX, "图示"),
    ("customxml/", Part.VARIABLE, "自定义数据"),
)
_DRAWN = ("xl/diagrams/data", "xl/diagrams/drawing")
_CHARTS = re.compile(r"xl/charts/chart[^/]*\.xml")
# Parts that hold formats, or copies of what cells already say; XML comments in them are told.
_SILENT = ("[content_types].xml", "xl/theme/", "xl/calcchain.xml", "xl/metadata", "xl/tables/",
           "xl/charts/style", "xl/charts/colors")  # fmt: skip
_NAMING = frozenset(
    {
        *("v", "name", "caption", "command", "connection", "sourceFile", "author", "userName"),
        *("refreshedBy", "refersTo", "description", "odcFile", "url", "post", "displayName"),
        *("uniqueName", "serverCommand", "ddeTopic", "ddeService", "formula", "altText"),
        *("fmlaLink", "fmlaRange", "fmlaMacro", "fmlaGroup", "value", "userId", "oldName"),
        *("newName", "comment", "descr", "altTextSummary", "grandTotalCaption", "dataCaption"),
    }
)
# Indexes into lists that are told themselves.
_INDEXES = frozenset({"x", "tpl", "i", "ext"})
# ASCII words of a number format that are longer are no unit.
LONGEST_UNIT = 8
# Element and attribute of workbook.xml, and what it says of people.
_TRACES = (
    ("absPath", "url", "文件曾经存放的位置"),
    ("fileSharing", "userName", "文件的保护人"),
    ("customWorkbookView", "name", "个人视图的名称"),
)
# What a program writes into date and money formats by itself.
_UNITS = re.compile(r"[年月日时分秒上下午元万亿千百十户人个次第周星期/\s.,:%()（）$¥￥€£+\-]*")
_STYLE_NAMES = re.compile(
    r"(常规|普通|标题|样式|输入|输出|好|差|适中|货币|千位分隔|百分比|超链接|Normal|Style|Hyperlink|Comma|"
    r"Currency|Percent)?[\s\d_\[\].]*",
    re.IGNORECASE,
)


def names(book: Book) -> Iterator[Segment]:
    """Defined names with what they stand for; the program's own print areas are left out."""
    for number, element in enumerate(book.root.iterfind("{*}definedNames/{*}definedName"), 1):
        name, text = element.get("name", ""), element.text or ""
        if name.startswith("_xlnm."):
            continue
        more = (element.get(key, "") for key in ("comment", "description", "help", "statusBar"))
        more_said = "；".join(x for x in more if x)
        shown = "：".join(x for x in (name, text) if x) + (f"（{more_said}）" if more_said else "")
        note = "隐藏的定义名称" if is_on(element.get("hidden")) else "定义名称"
        if shown:
            yield Segment(
                Place(Part.DEFINED_NAME, paragraph=number, path=book.name),
                shown,
                visible=False,
                note=note,
            )


def traces(book: Book) -> Iterator[Segment]:
    """What workbook.xml says of people: where the file lay, who reserved it, whose views it has."""
    number = 0
    for element_name, key, note in _TRACES:
        for element in book.root.iter(f"{{*}}{element_name}"):
            text = element.get(key, "").strip()
            if text:
                number += 1
                place = Place(Part.PROPERTY, paragraph=number, path=book.name)
                yield Segment(place, text, visible=False, note=note)


def stray_words(book: Book) -> Iterator[Segment]:
    """What else workbook.xml says."""
    told = {sheet.name for sheet in book.sheets}
    for element in book.root.iter(*(f"{{*}}{name}" for name, _, _ in _TRACES)):
        told |= {str(value).strip() for value in element.attrib.values()}
    for element in book.root.iterfind("{*}definedNames/{*}definedName"):
        told |= {str(value) for value in element.attrib.values()}
    yield from strays(book.root, Place(Part.PROPERTY, path=book.name), told, "工作簿里的其他数据")


def leftover_strings(book: Book) -> Iterator[Segment]:
    """Shared strings that no cell uses, and phonetic guides. Call it after reading all sheets."""
    part = book.strings_part
    for index, text in enumerate(book.strings):
        if index not in book.used_strings and text.strip():
            place = Place(Part.HIDDEN, paragraph=index + 1, path=part)
            yield Segment(place, text, visible=False, note="没有单元格使用的残留文字")
    for index, text in book.phonetics:
        place = Place(Part.HIDDEN, paragraph=index + 1, column=2, path=part)
        yield Segment(place, text, visible=False, note="注音")


class Around:
    """Which sheet a part belongs to, by the relationships that lead to it."""

    def __init__(self, contents: Contents, grids: list[Grid], cells: list[Segment]) -> None:
        self._sources = {reached.name: reached.source for reached in contents.reached}
        self._grids = {grid.sheet.part: grid for grid in grids}
        self._cells = cells

    def is_said(self, words: str) -> bool:
        """Whether a cell shows these words."""
        return words in self._shown

    @cached_property
    def _shown(self) -> str:
        return "\n".join(cell.text for cell in self._cells if cell.visible)

    def reached(self, part: str) -> bool:
        """Whether anything in the workbook leads to the part."""
        return part in self._sources

    def source(self, part: str) -> str:
        """The part that leads to it, "" where none does."""
        return self._sources.get(part, "")

    def grid(self, part: str) -> Grid | None:
        """The sheet the part is used by."""
        seen: set[str] = set()
        while part and part not in seen:
            if part in self._grids:
                return self._grids[part]
            seen.add(part)
            part = self._sources.get(part, "")
        return None

    def is_shown(self, part: str) -> bool:
        """Whether something in the workbook leads to it, and not from a hidden sheet."""
        grid = self.grid(part)
        return self.reached(part) and (grid is None or grid.sheet.visible)


def everything_else(book: Book, handled: set[str], around: Around) -> Iterator[Segment]:
    """Text of every XML part not in `handled`."""
    package = book.package
    for part in package.names:
        folded = part.casefold()
        if part in handled or not folded.endswith((".xml", ".vml", ".rels")):
            continue
        handled.add(part)
        if folded.startswith(_SILENT):
            yield from book.carefully(part, _of_silent(book, part))
            continue
        yield from book.carefully(part, _of_part(book, part, folded, around))


def _of_silent(book: Book, part: str) -> Iterator[Segment]:
    data = book.read(part)
    if properties.may_stray(data):
        yield from properties.strays(xml.parse(data, part), part)


def _of_part(book: Book, part: str, folded: str, around: Around) -> Iterator[Segment]:
    grid = around.grid(part)
    sheet = None if grid is None else grid.sheet.name
    if folded.endswith(".rels"):
        return _addresses(book, part)
    if folded.startswith(("xl/drawings/", *_DRAWN)):
        return drawing(book, part, grid, shown=around.is_shown(part))
    if folded == "xl/styles.xml":
        return _styles(book, part, around)
    if _CHARTS.fullmatch(folded):
        return chart(book, part, sheet, shown=around.is_shown(part))
    if folded.startswith("docprops/"):
        return _properties(book, part)
    return _texts(book, part, sheet, around)


def _revised(book: Book, part: str, around: Around) -> str:
    """Who made the revisions of one log, and on which day (18.11.1.12)."""
    source = around.source(part)
    if not source or not part.casefold().startswith("xl/revisions/"):
        return ""
    ids = {r.id for r in book.package.relationships(source) if r.target == part}
    for header in book.xml(source).iter("{*}header"):
        if any(str(value) in ids for value in header.attrib.values()):
            said = (header.get("userName", ""), header.get("dateTime", "")[:10])
            return "".join(f"，{text}" for text in said if text)
    return ""


def _texts(book: Book, part: str, sheet: str | None, around: Around) -> Iterator[Segment]:
    kind, note = next(
        ((k, n) for prefix, k, n in _KINDS if part.casefold().startswith(prefix)),
        (Part.HIDDEN, "表格以外的数据"),
    )
    note += _revised(book, part, around)
    place = partial(Place, kind, sheet=sheet, path=part)
    number = 0
    for element in book.xml(part).iter(etree.Element):
        texts = [element.text or "", element.tail or ""]
        if str(element.tag).rpartition("}")[2] not in _INDEXES:
            texts += [
                str(value)
                for key, value in element.attrib.items()
                if key in _NAMING or properties.telling(str(value))
            ]
        for text in texts:
            if text.strip():
                number += 1
                yield Segment(place(paragraph=number), text.strip(), visible=False, note=note)


def _properties(book: Book, part: str) -> Iterator[Segment]:
    known = {sheet.name for sheet in book.sheets}
    known |= {e.get("name", "") for e in book.root.iterfind("{*}definedNames/{*}definedName")}
    for segment in properties.properties(book.xml(part), part):
        # The titles of the parts are the tabs; what else they name is no longer there.
        if segment.note == "各部分的标题":
            left = [t for t in segment.text.split("\n") if t.rpartition("!")[2] not in known]
            left = [t for t in left if not re.search(r"Print_(Area|Titles)$", t)]
            if left:
                yield segment._replace(text="\n".join(left))
        else:
            yield segment


def _addresses(book: Book, part: str) -> Iterator[Segment]:
    """External targets: paths of linked workbooks and files on somebody's disk."""
    root = book.xml(part)
    if "xl/worksheets/" in part.casefold():
        return
    for number, link in enumerate(root, 1):
        if link.get("TargetMode") == "External" and link.get("Target"):
            place = Place(Part.LINK, paragraph=number, path=part)
            yield Segment(place, link.get("Target", ""), visible=False, note="指向外部文件的链接")


def _styles(book: Book, part: str, around: Around) -> Iterator[Segment]:
    """Texts in number formats, which a cell shows only if it is used, and names of styles."""
    root = book.xml(part)
    said: list[tuple[str, str]] = []
    for element in root.iter("{*}numFmt"):
        for section in sections(element.get("formatCode", "")):
            words = "".join(text for kind, text in section.pieces if kind == "literal")
            if not _is_usual(words) and not around.is_said(words):
                said.append(("数字格式里的文字", words))
    for element in root.iter("{*}cellStyle", "{*}tableStyle"):
        name = element.get("name", "")
        usual = element.get("builtinId") is not None or _STYLE_NAMES.fullmatch(name)
        if not usual and properties.telling(name):
            said.append(("样式的名称", name))
    for number, (note, text) in enumerate(dict.fromkeys(said), 1):
        place = Place(Part.HIDDEN, paragraph=number, path=part)
        yield Segment(place, text.strip(), visible=False, note=note)


def _is_usual(words: str) -> bool:
    """Units and signs of money, as every workbook gathers them in its number formats."""
    if words.isascii():
        return len(words) < LONGEST_UNIT and not properties.telling(words)
    return _UNITS.fullmatch(words) is not None


def unsaid_parts(
    book: Book, own: Set[str | None], segments: Sequence[Segment]
) -> Iterator[Segment]:
    """What XML parts hold that is in none of the segments; parts in `own` look themselves."""
    package = book.package
    names = (
        name
        for name in package.names
        if name.casefold().endswith((".xml", ".rels", ".vml"))
        and name not in own
        and package.size(name) <= MOST
    )
    return unsaid(names, package.read, segments)
