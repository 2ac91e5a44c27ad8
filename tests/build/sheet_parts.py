"""The table of places beside a worksheet's cells: a workbook for each that can hold text."""

from formats.reading import Kind, Part
from tests.build.macros import vba_project
from tests.build.ole import compound
from tests.build.sheet import MAIN, OFFICE, Tab, relations, row, text, workbook
from tests.build.sheet_drawings import DRAWINGS
from tests.build.sheet_places import (
    BARE_STYLES,
    LOOK,
    MARKER,
    SEEN,
    STYLES,
    UNSEEN,
    X14,
    XM,
    Spot,
    book,
)
from tests.build.word import docx, ole_native, paragraph, run

THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
TYPE = "vnd.openxmlformats-officedocument.spreadsheetml"
_SEEN = row(1, text("A1", "公示"))


def _part(words: str, name: str, inner: str, part: Part, note: str = "") -> Spot:
    """MARKER in a part nothing of which is on the screen."""
    data = book(parts={name: f'<x xmlns="{MAIN}">{inner}</x>'})
    return Spot(words, data, part, UNSEEN, sheet=None, note=note)


def _after(words: str, after: str, note: str = "") -> Spot:
    """MARKER in what stands after a sheet's rows."""
    return Spot(words, book(Tab(rows=_SEEN, after=after)), Part.FIELD, UNSEEN, note=note)


def _inside(words: str, inside: str, part: Part, note: str = "") -> Spot:
    """MARKER in workbook.xml."""
    return Spot(words, book(inside=inside), part, UNSEEN, sheet=None, note=note)


def _notes(author: str, said: str) -> str:
    return (
        f'<comments xmlns="{MAIN}"><authors><author>{author}</author></authors><commentList>'
        f'<comment ref="B2" authorId="0"><text><r><t>{said}</t></r></text></comment>'
        "</commentList></comments>"
    )


def _comments(author: str, said: str) -> bytes:
    tab = Tab(rows=_SEEN, rels={"c": ("comments", "../comments.xml")})
    return book(tab, parts={"xl/comments.xml": _notes(author, said)})


def _open_note() -> bytes:
    """A comment that stays open on the screen."""
    vml = (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:x">'
        '<v:shape><x:ClientData ObjectType="Note"><x:Visible/><x:Row>1</x:Row>'
        "<x:Column>1</x:Column></x:ClientData></v:shape></xml>"
    )
    tab = Tab(rels={"c": ("comments", "../comments.xml"),
                    "v": ("vmlDrawing", "../drawings/vmlDrawing1.vml")})  # fmt: skip
    parts = {"xl/comments.xml": _notes("韦青禾", MARKER), "xl/drawings/vmlDrawing1.vml": vml}
    return book(tab, parts=parts)


def _thread(author: str, said: str) -> bytes:
    threads = (
        f'<ThreadedComments xmlns="{THREADED}"><threadedComment ref="B2" dT="2026-03-05T08:00:00"'
        f' personId="p"><text>{said}</text></threadedComment></ThreadedComments>'
    )
    people = f'<personList xmlns="{THREADED}"><person displayName="{author}" id="p"/></personList>'
    return book(
        Tab(rels={"t": ("threadedComment", "../threadedComments/t1.xml")}),
        parts={"xl/threadedComments/t1.xml": threads, "xl/persons/person.xml": people},
        links={"p": ("person", "persons/person.xml")},
    )


def _header(words: str, name: str, part: Part, visible: bool, more: str = "") -> Spot:
    after = f"<headerFooter{more}><{name}>&amp;C{MARKER}</{name}></headerFooter>"
    return Spot(words, book(Tab(rows=_SEEN, after=after)), part, visible, drawn=not more)


def _embedded(words: str, name: str, data: bytes) -> Spot:
    tab = Tab(rows=_SEEN, rels={"e": ("package", f"../embeddings/{name}")})
    made = book(tab, parts={f"xl/embeddings/{name}": data})
    return Spot(words, made, Part.EMBEDDED, UNSEEN, sheet=None)


def _table(words: str, attributes: str, column: str, note: str) -> Spot:
    table = (
        f'<table xmlns="{MAIN}" id="1" name="表1" displayName="表1" ref="A1:A2" {attributes}>'
        f'<tableColumns><tableColumn id="1" name="{column}"/></tableColumns></table>'
    )
    tab = Tab(rows=_SEEN, after='<tableParts><tablePart r:id="t"/></tableParts>',
              rels={"t": ("table", "../tables/table1.xml")})  # fmt: skip
    return Spot(words, book(tab, parts={"xl/tables/table1.xml": table}), Part.FIELD, UNSEEN,
                note=note)  # fmt: skip


def _macro_sheet() -> bytes:
    """An old macro sheet, hidden as such sheets are."""
    sheet = f'<xm:macrosheet xmlns="{MAIN}" xmlns:xm="urn:m"><sheetData>'
    cell = row(3, text("B3", MARKER))
    return book(
        links={"s1": ("worksheet", "worksheets/sheet1.xml"), "m": ("xlMacrosheet", "macro.xml")},
        parts={
            "xl/macro.xml": f"{sheet}{cell}</sheetData></xm:macrosheet>",
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet'
            ' name="花名册" r:id="s1"/><sheet name="宏1" state="hidden" r:id="m"/></sheets>'
            "</workbook>",
        },
    )


def _reviewed() -> bytes:
    """A shared workbook: who changed it and when, and what a cell held before."""
    headers = (
        f'<headers xmlns="{MAIN}" xmlns:r="{OFFICE}"><header userName="韦青禾" r:id="l"'
        ' dateTime="2026-03-05T08:00:00"/></headers>'
    )
    log = (
        f'<revisions xmlns="{MAIN}"><rcc rId="1" sId="1"><oc r="A1" t="inlineStr"><is><t>{MARKER}'
        '</t></is></oc><nc r="A1"/></rcc></revisions>'
    )
    return book(
        links={"r": ("revisionHeaders", "revisions/revisionHeaders.xml")},
        parts={
            "xl/revisions/revisionHeaders.xml": headers,
            "xl/revisions/_rels/revisionHeaders.xml.rels": relations(
                {"l": ("revisionLog", "revisionLog1.xml")}
            ),
            "xl/revisions/revisionLog1.xml": log,
        },
    )


def _commented() -> bytes:
    """A workbook with an XML comment in its rows."""
    sheet = Tab(rows=_SEEN).xml().replace("<sheetData>", f"<!-- {MARKER} --><sheetData>")
    return book(parts={"xl/worksheets/sheet1.xml": sheet})


def _kind(words: str, main: str, kind: Kind) -> Spot:
    data = workbook(Tab(rows=row(3, text("B3", MARKER))), main=main)
    return Spot(words, data, Part.CELL, SEEN, cell="B3", kind=kind)


_PROPERTIES = (
    f'<c:coreProperties xmlns:c="urn:c" xmlns:d="urn:d"><d:creator>{MARKER}</d:creator>'
    "</c:coreProperties>"
)
_LINKED = Tab(rows=_SEEN, after='<hyperlinks><hyperlink ref="A1" r:id="h"/></hyperlinks>',
              rels={"h": ("hyperlink", f"https://example.invalid/{MARKER}")})  # fmt: skip
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:9pt"><v:textbox><div>'
    f"{MARKER}</div></v:textbox></v:shape></xml>"
)
_LIST = f'<formula1>"{MARKER},乙"</formula1>'
_EXTENDED = (
    f'<extLst><ext xmlns:x14="{X14}"><x14:dataValidations xmlns:xm="{XM}"><x14:dataValidation'
    f' type="list"><x14:formula1><xm:f>"{MARKER},乙"</xm:f></x14:formula1><xm:sqref>A1</xm:sqref>'
    "</x14:dataValidation></x14:dataValidations></ext></extLst>"
)
_DEFINED = "<definedNames><definedName name='区域' {}>\"{}\"</definedName></definedNames>"

BESIDE = (
    *DRAWINGS,
    Spot("批注", _comments("韦青禾", MARKER), Part.COMMENT, UNSEEN, cell="B2",
         note="批注，作者 韦青禾"),
    Spot("始终显示的批注", _open_note(), Part.COMMENT, SEEN, cell="B2"),
    Spot("批注的作者", _comments(MARKER, "核对"), Part.PROPERTY, UNSEEN, note="批注作者"),
    Spot("会话批注", _thread("韦青禾", MARKER), Part.COMMENT, UNSEEN, cell="B2",
         note="会话批注，作者 韦青禾，2026-03-05"),
    Spot("会话批注的作者", _thread(MARKER, "核对"), Part.PROPERTY, UNSEEN, sheet=None,
         note="参与批注的人"),
    _inside("定义的名称", _DEFINED.format("", MARKER), Part.DEFINED_NAME, "定义名称"),
    _inside("隐藏的名称", _DEFINED.format('hidden="1"', MARKER), Part.DEFINED_NAME,
            "隐藏的定义名称"),
    _inside("名称的备注", _DEFINED.format(f'comment="{MARKER}"', "1"), Part.DEFINED_NAME),
    _inside("文件曾经存放的位置", f'<absPath url="D:/{MARKER}/"/>', Part.PROPERTY),
    _inside("工作簿里程序不显示的数据", f'<webPublishing title="{MARKER}"/>', Part.PROPERTY,
            "工作簿里的其他数据"),
    _inside("个人视图", f'<customWorkbookViews><customWorkbookView name="{MARKER}"/>'
            "</customWorkbookViews>", Part.PROPERTY),
    Spot("没有单元格使用的共享字符串", book(strings=f"<si><t>{MARKER}</t></si>"), Part.HIDDEN,
         UNSEEN, sheet=None, note="没有单元格使用的残留文字"),
    Spot("注音", book(Tab(rows=row(1, '<c r="A1" t="s"><v>0</v></c>')),
         strings=f"<si><t>甲</t><rPh sb='0' eb='1'><t>{MARKER}</t></rPh></si>"), Part.HIDDEN,
         UNSEEN, sheet=None, note="注音"),
    Spot("单元格自带的注音", book(Tab(rows=row(1, '<c r="A1" t="inlineStr"><is><t>甲</t>'
         f"<rPh sb='0' eb='1'><t>{MARKER}</t></rPh></is></c>"))), Part.INVISIBLE_TEXT,
         UNSEEN, cell="A1"),
    Spot("没有使用的数字格式", book(styles=STYLES), Part.HIDDEN, UNSEEN, sheet=None,
         note="数字格式里的文字"),
    Spot("空单元格的数字格式", book(Tab(rows=row(1, f'<c r="A1" s="{LOOK["worded"]}"/>')),
         styles=STYLES), Part.HIDDEN, UNSEEN, sheet=None, note="数字格式里的文字"),
    Spot("自定义样式的名称", book(styles=BARE_STYLES
         + f'<cellStyles><cellStyle name="{MARKER}" xfId="0"/></cellStyles>'), Part.HIDDEN, UNSEEN,
         sheet=None, note="样式的名称"),
    _part("透视表缓存的定义", "xl/pivotCache/pivotCacheDefinition1.xml",
          f'<cacheFields><cacheField name="姓名"><sharedItems><s v="{MARKER}"/></sharedItems>'
          "</cacheField></cacheFields>", Part.PIVOT_CACHE, "透视表保存的源数据"),
    _part("透视表缓存的刷新人", "xl/pivotCache/pivotCacheDefinition1.xml",
          f'<y refreshedBy="{MARKER}"/>', Part.PIVOT_CACHE),
    _part("透视表缓存的记录", "xl/pivotCache/pivotCacheRecords1.xml", f'<r><s v="{MARKER}"/></r>',
          Part.PIVOT_CACHE, "透视表保存的源数据"),
    _part("透视表", "xl/pivotTables/pivotTable1.xml", f'<pivotField name="{MARKER}"/>',
          Part.PIVOT_CACHE, "透视表"),
    _part("外部工作簿的缓存", "xl/externalLinks/externalLink1.xml", f"<cell><v>{MARKER}</v></cell>",
          Part.EXTERNAL_LINK, "外部工作簿的缓存"),
    Spot("外部工作簿的位置", book(parts={"xl/externalLinks/_rels/externalLink1.xml.rels": relations(
         {"x": ("externalLinkPath", f"file:///D:/{MARKER}.xlsx")})}), Part.LINK, UNSEEN,
         sheet=None),
    _part("数据连接", "xl/connections.xml",
          f'<connection name="源"><dbPr connection="Data Source={MARKER}"/></connection>',
          Part.VARIABLE, "数据连接"),
    _part("外部查询", "xl/queryTables/queryTable1.xml", f'<y name="{MARKER}"/>', Part.VARIABLE),
    Spot("VML 图形里的文字", book(Tab(rels={"v": ("vmlDrawing", "../drawings/vmlDrawing1.vml")}),
         parts={"xl/drawings/vmlDrawing1.vml": _VML}), Part.TEXTBOX, SEEN),
    _part("图示（SmartArt）", "xl/diagrams/data1.xml",
          f"<pt><txBody><p><r><t>{MARKER}</t></r></p></txBody></pt>", Part.TEXTBOX),
    _part("图表工作表", "xl/chartsheets/sheet1.xml", f"<oddHeader>{MARKER}</oddHeader>",
          Part.CHART_CACHE, "图表工作表"),
    _header("页眉", "oddHeader", Part.HEADER, SEEN),
    _header("页脚", "oddFooter", Part.FOOTER, SEEN),
    _header("首页页眉", "firstHeader", Part.HEADER, SEEN, ' differentFirst="1"'),
    _header("没有启用的首页页眉", "firstHeader", Part.HEADER, UNSEEN),
    _header("没有启用的偶数页页脚", "evenFooter", Part.FOOTER, UNSEEN),
    _after("下拉选项", f"<dataValidations><dataValidation sqref='A1'>{_LIST}</dataValidation>"
           "</dataValidations>", "数据有效性的下拉选项"),
    _after("扩展的下拉选项", _EXTENDED, "数据有效性的下拉选项"),
    _after("输入提示", f"<dataValidations><dataValidation sqref='A1' prompt='{MARKER}'/>"
           "</dataValidations>", "数据有效性提示"),
    _after("条件格式里的文字", "<conditionalFormatting sqref='A1'><cfRule type='containsText'"
           f" text='{MARKER}' priority='1'/></conditionalFormatting>", "条件格式中的文字"),
    _after("筛选条件", f"<autoFilter ref='A1:A2'><filter val='{MARKER}'/></autoFilter>",
           "筛选条件"),
    _after("工作表里程序不显示的数据", f"<extLst><ext><y>{MARKER}</y></ext></extLst>",
           "工作表里的其他数据"),
    _after("方案", f"<scenarios><scenario name='甲' comment='{MARKER}'/></scenarios>", "方案"),
    _after("允许编辑区域的名称", f"<protectedRanges><protectedRange name='{MARKER}'/>"
           "</protectedRanges>", "受保护区域"),
    _after("链接提示", f"<hyperlinks><hyperlink ref='A1' tooltip='{MARKER}'/></hyperlinks>",
           "链接提示"),
    Spot("链接地址", book(_LINKED), Part.LINK, UNSEEN, cell="A1", note="链接地址"),
    _table("表格区域的列名", 'headerRowCount="0"', MARKER, "表格区域的列名"),
    _table("表格区域的说明", f'comment="{MARKER}"', "列1", "表格区域的说明"),
    Spot("核心属性", book(parts={"docProps/core.xml": _PROPERTIES}), Part.PROPERTY, UNSEEN,
         sheet=None, note="作者"),
    _part("应用程序属性", "docProps/app.xml", f"<Company>{MARKER}</Company>", Part.PROPERTY,
          "单位"),
    _part("已不存在的工作表名", "docProps/app.xml", "<TitlesOfParts><vector><lpstr>花名册</lpstr>"
          f"<lpstr>{MARKER}</lpstr></vector></TitlesOfParts>", Part.PROPERTY, "各部分的标题"),
    _part("自定义属性", "docProps/custom.xml",
          f'<property name="甲"><lpwstr>{MARKER}</lpwstr></property>', Part.PROPERTY, "自定义属性"),
    _part("自定义 XML", "customXml/item1.xml", f"<t>{MARKER}</t>", Part.VARIABLE, "自定义数据"),
    Spot("工作表自定义属性", book(parts={"xl/customProperty1.bin": MARKER.encode("utf-16-le")}),
         Part.PROPERTY, UNSEEN, sheet=None, note="工作表自定义属性"),
    Spot("打印机名称", book(parts={"xl/printerSettings/printerSettings1.bin":
         MARKER.encode("utf-16-le").ljust(220, b"\0")}), Part.PROPERTY, UNSEEN, sheet=None,
         note="打印机名称"),
    _embedded("嵌入的表格", "a.xlsx", workbook(Tab("内表", row(1, text("A1", MARKER))))),
    _embedded("嵌入的文档", "a.docx", docx(paragraph(run(MARKER)))),
    _embedded("嵌入的 OLE 包", "oleObject1.bin", compound(
        {"\x01Ole10Native": ole_native("甲.txt", MARKER.encode())})),
    Spot("修订记录", _reviewed(), Part.REVISION_HISTORY, UNSEEN, sheet=None,
         note="共享工作簿的修订记录，韦青禾，2026-03-05"),
    _part("修订人", "xl/revisions/userNames.xml", f'<userInfo name="{MARKER}"/>',
          Part.REVISION_HISTORY),
    _part("没有引用的部分", "xl/nobody/knows.xml", f"<t>{MARKER}</t>", Part.HIDDEN),
    Spot("Excel 4.0 宏表", _macro_sheet(), Part.HIDDEN_SHEET, UNSEEN, cell="B3", sheet="宏1"),
    _part("没有引用的工作表", "xl/worksheets/sheet9.xml", f"<c><is><t>{MARKER}</t></is></c>",
          Part.HIDDEN),
    Spot("XML 注释", _commented(), Part.SCRIPT, UNSEEN, sheet=None, note="XML 注释"),
    Spot("宏", book(parts={"xl/vbaProject.bin": vba_project({"M": f'MsgBox "{MARKER}"'})},
         main="vnd.ms-excel.sheet.macroEnabled.main+xml"), Part.SCRIPT, UNSEEN, sheet=None,
         kind=Kind.XLSM),
    _kind("带宏工作簿（.xlsm）的单元格", "vnd.ms-excel.sheet.macroEnabled.main+xml", Kind.XLSM),
    _kind("模板（.xltx）的单元格", f"{TYPE}.template.main+xml", Kind.XLSX),
)  # fmt: skip
