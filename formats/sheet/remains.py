"""What a workbook carries beside its sheets: names, caches, connections, properties, leftovers.

Every XML part that no other reader has taken is read here, so that nothing is passed over because
nobody knew its name.
"""

import io
import re
from collections.abc import Iterator

from lxml import etree

from formats.budget import Budget
from formats.opening import read_stream
from formats.package import Package
from formats.reading import Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable
from formats.sheet.book import Book
from formats.sheet.styles import is_on
from formats.sheet.surroundings import base_name, drawing

# By folder or file under xl/: what a part is to an officer. The first that fits counts.
_KINDS = (
    ("xl/externallinks/", Part.EXTERNAL_LINK, "外部工作簿的缓存"),
    ("xl/pivotcache/", Part.PIVOT_CACHE, "透视表保存的源数据"),
    ("xl/pivottables/", Part.PIVOT_CACHE, "透视表"),
    ("xl/charts/", Part.CHART_CACHE, "图表保存的数据"),
    ("xl/chartsheets/", Part.CHART_CACHE, "图表工作表"),
    ("xl/revisions/", Part.REVISION_HISTORY, "共享工作簿的修订记录"),
    ("xl/connections", Part.VARIABLE, "数据连接"),
    ("xl/querytables/", Part.VARIABLE, "外部查询"),
    ("xl/diagrams/", Part.TEXTBOX, "图示"),
    ("customxml/", Part.VARIABLE, "自定义数据"),
    ("docprops/", Part.PROPERTY, "文档属性"),
)
_CHART = re.compile(r"xl/charts/chart[^/]*\.xml")
_SHAPE = re.compile(rb"<(?:\w+:)?sp[\s>]")
# Parts that hold shapes, formats or copies of what cells already say.
_SILENT = (
    "[content_types].xml",
    "xl/styles.xml",
    "xl/theme/",
    "xl/calcchain.xml",
    "xl/tables/",
    "xl/metadata",
    "xl/printersettings/",
)
_QUIET_PROPERTIES = frozenset(
    {
        *("TotalTime", "Pages", "Words", "Characters", "Application", "DocSecurity", "Lines"),
        *("Paragraphs", "ScaleCrop", "LinksUpToDate", "CharactersWithSpaces", "SharedDoc"),
        *("HyperlinksChanged", "AppVersion", "HeadingPairs", "TitlesOfParts", "created"),
        *("modified", "lastPrinted", "revision", "version", "language"),
        # What WPS writes into the custom properties of every file.
        *("KSOProductBuildVer", "ICV", "KSOReadingLayout", "KSOTemplateUUID"),
    }
)
_LABELS = {
    "creator": "作者",
    "lastModifiedBy": "最后修改人",
    "title": "标题",
    "subject": "主题",
    "description": "备注",
    "keywords": "关键词",
    "category": "类别",
    "contentStatus": "状态",
    "Company": "单位",
    "Manager": "主管",
    "HyperlinkBase": "链接基础",
    "Template": "模板",
}
_NAMING_ATTRIBUTES = ("v", "name", "caption", "command", "connection", "sourceFile", "author")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg")


def names(book: Book) -> Iterator[Segment]:
    """Defined names with what they stand for; the program's own print areas are left out."""
    for number, element in enumerate(book.root.iterfind("{*}definedNames/{*}definedName"), 1):
        name, text = element.get("name", ""), element.text or ""
        if name.startswith("_xlnm."):
            continue
        comment = element.get("comment", "")
        shown = "：".join(x for x in (name, text) if x) + (f"（{comment}）" if comment else "")
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
    said = (
        ("absPath", "url", "文件曾经存放的位置"),
        ("fileSharing", "userName", "文件的保护人"),
        ("customWorkbookView", "name", "个人视图的名称"),
    )
    number = 0
    for element_name, key, note in said:
        for element in book.root.iter(f"{{*}}{element_name}"):
            text = element.get(key, "").strip()
            if text:
                number += 1
                place = Place(Part.PROPERTY, paragraph=number, path=book.name)
                yield Segment(place, text, visible=False, note=note)


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


def everything_else(book: Book, handled: set[str]) -> Iterator[Segment]:
    """Text of every XML part not in `handled`."""
    package = book.package
    for part in package.names:
        folded = part.casefold()
        if part in handled or not folded.endswith((".xml", ".vml", ".rels")):
            continue
        if folded.startswith(_SILENT):
            continue
        if folded.endswith(".rels"):
            found = _addresses(package, part)
        elif folded.startswith("xl/drawings/"):
            found = drawing(package, None, part)
        elif folded.startswith("docprops/"):
            found = _properties(package, part)
        else:
            found = _texts(package, part)
        yield from book.carefully(part, found)


def _texts(package: Package, part: str) -> Iterator[Segment]:
    kind, note = next(
        ((k, n) for prefix, k, n in _KINDS if part.casefold().startswith(prefix)),
        (Part.HIDDEN, "表格以外的数据"),
    )
    number = 0
    for element in package.xml(part).iter(etree.Element):
        texts = [element.text or ""]
        texts += [element.get(key, "") for key in _NAMING_ATTRIBUTES]
        for text in texts:
            if text.strip():
                number += 1
                yield Segment(
                    Place(kind, paragraph=number, path=part), text.strip(), visible=False, note=note
                )


def _properties(package: Package, part: str) -> Iterator[Segment]:
    for number, element in enumerate(package.xml(part), 1):
        name = etree.QName(element).localname
        own = element.get("name")
        if (own or name) in _QUIET_PROPERTIES:
            continue
        text = "".join(str(t) for t in element.itertext()).strip()
        if text:
            note = f"自定义属性 {own}" if own else _LABELS.get(name, name)
            yield Segment(
                Place(Part.PROPERTY, paragraph=number, path=part), text, visible=False, note=note
            )


def _addresses(package: Package, part: str) -> Iterator[Segment]:
    """External targets: paths of linked workbooks and files on somebody's disk."""
    if "xl/worksheets/" in part.casefold():
        return
    for number, link in enumerate(package.xml(part), 1):
        if link.get("TargetMode") == "External" and link.get("Target"):
            place = Place(Part.LINK, paragraph=number, path=part)
            yield Segment(place, link.get("Target", ""), visible=False, note="指向外部文件的链接")


def pictures(package: Package) -> list[Trouble]:
    """One trouble for all images: nobody has read them."""
    found = [n for n in package.names if n.casefold().endswith(_PICTURES)]
    found = [n for n in found if not n.casefold().startswith("docprops/")]
    if not found:
        return []
    return [
        Trouble(
            TroubleCode.NEEDS_OCR,
            f"表格里有 {len(found)} 张图片，程序没有读图片上的文字，请逐张查看；公开件中不会保留。",
            Place(Part.IMAGE, path=found[0]),
        )
    ]


def left_out(package: Package) -> list[Trouble]:
    """What a reader sees and the clean copy will not hold: charts, and shapes with text."""
    charts = shapes = 0
    for name in package.names:
        folded = name.casefold()
        charts += bool(_CHART.fullmatch(folded))
        if folded.startswith("xl/drawings/drawing"):
            shapes += len(_SHAPE.findall(package.read(name)))
    found = [
        f"{count} {what}"
        for count, what in ((charts, "个图表"), (shapes, "个文本框或者形状"))
        if count
    ]
    if not found:
        return []
    return [
        Trouble(
            TroubleCode.LEFT_OUT,
            f"表格里有 {'、'.join(found)}，公开件中不会保留。需要公开的，请写进单元格，"
            "或者另存为 PDF 后放入。",
        )
    ]


def inner_files(book: Book, budget: Budget) -> tuple[list[Segment], list[Trouble]]:
    """Files embedded in the workbook, read in turn."""
    segments: list[Segment] = []
    troubles: list[Trouble] = []
    for part in book.package.names:
        if "/embeddings/" not in f"/{part.casefold()}":
            continue
        member = base_name(part)
        try:
            with budget.deeper():
                inner: Reading = read_stream(io.BytesIO(book.package.read(part)), budget, member)
        except Unreadable as error:
            troubles.append(
                Trouble(
                    error.code,
                    f"嵌入的文件“{member}”没有读成：{error.text}",
                    Place(Part.EMBEDDED, member=member, path=part),
                )
            )
            continue
        for segment in inner.segments:
            path = f"{member}/{segment.place.member}" if segment.place.member else member
            segments.append(
                segment._replace(place=segment.place._replace(member=path), visible=False)
            )
        troubles += inner.troubles
    return segments, troubles
