"""More places of Word: looks, controls, drawings, files inside, parts that shape the document."""

import base64

from formats.reading import Part
from tests.build.ole import compound
from tests.build.sheet import Tab, row, workbook
from tests.build.sheet import text as cell_text
from tests.build.word import (
    CHANGE,
    MARKER,
    OFFICE_TYPE,
    SPACES,
    WORD_TYPE,
    Extra,
    Specimen,
    comments,
    docx,
    field,
    header,
    image,
    inline,
    ole_native,
    paragraph,
    part,
    picture,
    properties_part,
    run,
    section_with,
    settings,
    styles,
    table,
)

_CONTROL = Extra(
    "word/activeX/activeX1.bin",
    compound({"contents": b"\0\2\x34\0" + MARKER.encode("utf-16-le") + b"\0" * 8}),
    "activeXControlBinary", "application/vnd.ms-office.activeX",
)  # fmt: skip
_KEPT = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:fldData>'
    f"{base64.b64encode(MARKER.encode('utf-16-le')).decode()}</w:fldData></w:fldChar></w:r>"
    '<w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
LEAD = paragraph(run("白石沟镇关于发放补贴的公示。"))
_MICROSOFT = "http://schemas.microsoft.com/office"
_SHEET = f"{OFFICE_TYPE}spreadsheetml.sheet"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"


def _body(content: str, *extras: Extra, links: tuple[tuple[str, str, str], ...] = ()) -> bytes:
    return docx(LEAD + content, *extras, links=links)


def _hidden(data: bytes, part_: Part = Part.HIDDEN, note: str = "") -> Specimen:
    return Specimen(data, part_, visible=False, note=note)


def _seen(data: bytes, part_: Part = Part.BODY, note: str = "") -> Specimen:
    return Specimen(data, part_, visible=True, note=note)


def _look(properties: str, around: str = "") -> bytes:
    return _body(paragraph(run(MARKER, properties), properties=around))


def _edge(kind: str, where: str, more: str = "", *extras: Extra) -> bytes:
    reference = f'<w:{kind}Reference w:type="{where}" r:id="rId1"/>'
    return docx(LEAD, header(MARKER, kind), *extras, section=section_with(reference, more))


def _shade(color: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{color}"/>'


def _ink(color: str) -> str:
    return f'<w:color w:val="{color}"/>'


def _vml_box(content: str, attributes: str = "") -> str:
    return (
        f'<w:r><w:pict><v:rect style="width:90pt;height:40pt" {attributes}><v:textbox>'
        f"<w:txbxContent>{content}</w:txbxContent></v:textbox></v:rect></w:pict></w:r>"
    )


def _control(properties: str, content: str = "内容") -> str:
    return (
        f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{paragraph(run(content))}"
        "</w:sdtContent></w:sdt>"
    )


def _shape(name: str, root: str, content: str, kind: str = "") -> Extra:
    kind = kind or name
    return Extra(f"word/{name}.xml", part(f"w:{root}", content), kind, f"{WORD_TYPE}{name}+xml")


def _thread(words: str, done: str) -> tuple[Extra, Extra]:
    """A comment that answers another, and the part that says so."""
    body = "".join(
        f'<w:comment w:id="{number}" w:author="覃小满" w:date="2026-03-0{number + 1}T10:20:00Z">'
        f'<w:p xmlns:w14="{_W14}" w14:paraId="0000000{number}">{run(text)}</w:p></w:comment>'
        for number, text in enumerate(("起头", words))
    )
    ties = (
        f'<w15:commentsEx xmlns:w15="{_W15}"><w15:commentEx w15:paraId="00000000" w15:done="0"/>'
        f'<w15:commentEx w15:paraId="00000001" w15:paraIdParent="00000000" w15:done="{done}"/>'
        "</w15:commentsEx>"
    )
    return (
        Extra("word/comments.xml", part("w:comments", body), "comments",
              f"{WORD_TYPE}comments+xml"),
        Extra("word/commentsExtended.xml", ties.encode(),
              f"{_MICROSOFT}/2011/relationships/commentsExtended",
              f"{WORD_TYPE}commentsExtended+xml"),
    )  # fmt: skip


_SECOND = header("覃", "header", 2)
_BOOK = workbook(Tab(rows=row(1, cell_text("A1", MARKER))))
_DIAGRAM = (
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram" ' + SPACES
)


def _smart_art(in_data: str, in_drawing: str) -> bytes:
    def said(words: str) -> str:
        return f"<a:bodyPr/><a:p><a:r><a:t>{words}</a:t></a:r></a:p>"

    data = (
        f"<dgm:dataModel {_DIAGRAM}><dgm:ptLst><dgm:pt><dgm:t>{said(in_data)}</dgm:t></dgm:pt>"
        "</dgm:ptLst></dgm:dataModel>"
    )
    drawing = (
        f"<dsp:drawing {_DIAGRAM}><dsp:spTree><dsp:sp><dsp:txBody>{said(in_drawing)}</dsp:txBody>"
        "</dsp:sp></dsp:spTree></dsp:drawing>"
    )
    kind = f"{OFFICE_TYPE}drawingml.diagramData+xml"
    parts = [Extra("word/diagrams/data1.xml", data.encode(), "diagramData", kind)]
    if in_drawing:
        parts.append(
            Extra("word/diagrams/drawing1.xml", drawing.encode(),
                  f"{_MICROSOFT}/2007/relationships/diagramDrawing",
                  "application/vnd.ms-office.drawingml.diagramDrawing+xml")
        )  # fmt: skip
    shown = inline(
        '<dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'r:dm="rId1"/>', 'id="4" name="图示 4"')  # fmt: skip
    return _body(paragraph(shown), *parts)


def _chart(content: str, *more: Extra) -> bytes:
    data = part("c:chartSpace", f"<c:chart>{content}</c:chart>")
    kind = f"{OFFICE_TYPE}drawingml.chart+xml"
    chart = Extra("word/charts/chart1.xml", data, "chart", kind)
    return _body(paragraph(inline('<c:chart r:id="rId1"/>', 'id="3" name="图表 3"')), chart, *more)


_TITLE = (
    f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>{MARKER}</a:t></a:r></a:p></c:rich></c:tx>"
    "</c:title>"
)
_CHART_BOOK = Extra("word/embeddings/b.xlsx", _BOOK, "package", _SHEET, "word/charts/chart1.xml")
_PACKAGED = compound({"\x01Ole10Native": ole_native("名单.xlsx", _BOOK)})
_OLE = Extra("word/embeddings/a.bin", _PACKAGED, "oleObject", "application/octet-stream")
_NATIVE = compound({"Package": _BOOK})
_STREAM = Extra("word/embeddings/a.bin", _NATIVE, "oleObject", "application/octet-stream")
_NESTED = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
    f'{field(" DOCPROPERTY a ", MARKER)}<w:r><w:instrText> = 1 "甲" "乙" </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("甲")
    + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)  # fmt: skip
_LISTS = part(
    "w:numbering",
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    f'<w:numFmt w:val="decimal"/><w:suff w:val="nothing"/><w:lvlText w:val="{MARKER}第%1条"/>'
    '</w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
)
_NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
_CHANGED = CHANGE.replace("覃小满", MARKER)
_SVG = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>{MARKER}</text></svg>'
_PLACEHOLDER = (
    "<w:sdt><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>"
    f"{paragraph(run(MARKER))}</w:sdtContent></w:sdt>"
)
_BOUND = (
    '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a/b" w:storeItemID="{1}"/></w:sdtPr><w:sdtContent>'
    f"{paragraph(run('显示的旧值'))}</w:sdtContent></w:sdt>"
)
_BOUND_DATA = Extra(
    "customXml/item1.xml", f"<a><b>{MARKER}</b></a>".encode(), "customXml", "application/xml"
)
_MERGED = (
    "<w:mailMerge><w:mainDocumentType w:val='formLetters'/>"
    f'<w:connectString w:val="Provider=A;Data Source=D:\\{MARKER}.mdb"/></w:mailMerge>'
)
_GLOSSARY_TYPE = f"{WORD_TYPE}document.glossary+xml"
_CHUNK = Extra("word/chunk1.txt", MARKER.encode(), "aFChunk", "text/plain")

MORE: dict[str, Specimen] = {
    "页眉（偶数页）": _seen(
        _edge("header", "even", "", settings("<w:evenAndOddHeaders/>")), Part.HEADER),
    "页脚（首页）": _seen(_edge("footer", "first", "<w:titlePg/>"), Part.FOOTER),
    "页眉（偶数页，没有启用）": _hidden(_edge("header", "even"), Part.HEADER, "没有启用"),
    "页脚（首页，没有启用）": _hidden(_edge("footer", "first"), Part.FOOTER, "没有启用"),
    "没有引用的页眉": _hidden(docx(LEAD, header(MARKER)), Part.HEADER),
    "页眉里的表格": _seen(docx(LEAD, Extra(
        "word/header1.xml", part("w:hdr", table((MARKER,))), "header", f"{WORD_TYPE}header+xml"),
        section=section_with('<w:headerReference w:type="default" r:id="rId1"/>')), Part.HEADER),
    "新式批注（会话）的答复": _hidden(
        _body("", *_thread(MARKER, "0")), Part.COMMENT, "覃小满 2026-03-02 10:20（答复）"),
    "新式批注（已解决）": _hidden(
        _body("", *_thread(MARKER, "1")), Part.COMMENT, "（已解决）"),
    "格式修订的作者": _hidden(_body(paragraph(
        run("文", f"<w:b/><w:rPrChange {_CHANGED}><w:rPr/></w:rPrChange>"))), Part.PROPERTY,
        "参与修订的人"),
    "段落修订的作者": _hidden(_body(paragraph(run("文"), properties=(
        f"<w:rPr><w:ins {_CHANGED}/></w:rPr><w:pPrChange {CHANGE}><w:pPr/></w:pPrChange>"))),
        Part.PROPERTY),
    "表格修订的作者": _hidden(_body(table(("甲",)).replace("<w:tblPr/>", (
        f"<w:tblPr><w:tblPrChange {_CHANGED}><w:tblPr/></w:tblPrChange></w:tblPr>"))),
        Part.PROPERTY),
    "编号修订前的文字": _hidden(_body(paragraph(run("文"), properties=(
        f'<w:numPr><w:numberingChange {CHANGE} w:original="{MARKER}"/></w:numPr>'))),
        Part.PROPERTY),
    "网页版式隐藏（打印可见）": _seen(_look("<w:webHidden/>")),
    "段落标记隐藏（文字可见）": _seen(_look("<w:specVanish/>", "<w:rPr><w:vanish/></w:rPr>")),
    "隐藏文字（样式分隔符）": _hidden(_look("<w:vanish/><w:specVanish/>")),
    "黑底黑字": _hidden(_look(_ink("000000") + _shade("000000"))),
    "黑色突出显示上的黑字": _hidden(_look(_ink("000000") + '<w:highlight w:val="black"/>')),
    "段落底纹与文字同色": _hidden(_look(_ink("C00000"), _shade("C00000"))),
    "单元格底纹与文字同色": _hidden(_body(table((
        f"<w:tcPr>{_shade('1F4E79')}</w:tcPr>{paragraph(run(MARKER, _ink('1F4E79')))}",)))),
    "深色底纹上的白字": _seen(_look(_ink("FFFFFF") + _shade("1F4E79"))),
    "深色突出显示上的白字": _seen(_look(_ink("FFFFFF") + '<w:highlight w:val="darkBlue"/>')),
    "深色段落底纹上的白字": _seen(_look(_ink("FFFFFF"), _shade("1F4E79"))),
    "近白色的字": _hidden(_look(_ink("FEFEFE"))),
    "主题背景色的字": _hidden(_look('<w:color w:val="auto" w:themeColor="background1"/>')),
    "缩到百分之一的字": _hidden(_look('<w:w w:val="1"/>')),
    "无填充的字": _hidden(_look(
        f'<w14:textFill xmlns:w14="{_W14}"><w14:noFill/></w14:textFill>')),
    "全透明的字": _hidden(_look(
        f'<w14:textFill xmlns:w14="{_W14}"><w14:solidFill><w14:srgbClr w14:val="000000">'
        '<w14:alpha w14:val="100000"/></w14:srgbClr></w14:solidFill></w14:textFill>')),
    "半透明的字": _seen(_look(
        f'<w14:textFill xmlns:w14="{_W14}"><w14:solidFill><w14:srgbClr w14:val="000000">'
        '<w14:alpha w14:val="50000"/></w14:srgbClr></w14:solidFill></w14:textFill>')),
    "白字（样式）": _hidden(_body(paragraph(run(MARKER, '<w:rStyle w:val="S"/>')), styles(
        f'<w:style w:type="character" w:styleId="S"><w:rPr>{_ink("FFFFFF")}</w:rPr></w:style>'))),
    "文本框（VML）": _seen(_body(paragraph(_vml_box(paragraph(run(MARKER))))), Part.TEXTBOX),
    "深色文本框里的白字": _seen(_body(paragraph(_vml_box(
        paragraph(run(MARKER, _ink("FFFFFF"))), 'fillcolor="#1f4e79"'))), Part.TEXTBOX),
    "黑色文本框里的黑字": _hidden(_body(paragraph(_vml_box(
        paragraph(run(MARKER, _ink("000000"))), 'fillcolor="#000000"')))),
    "关掉显示的图形": _hidden(_body(paragraph(inline(
        f"<wps:wsp><wps:txbx><w:txbxContent>{paragraph(run(MARKER))}</w:txbxContent></wps:txbx>"
        "</wps:wsp>", 'id="2" name="文本框 2" hidden="1"')))),
    "域的结果": _seen(_body(paragraph(field(" DOCPROPERTY a ", MARKER)))),
    "嵌套在域代码里的文字": _hidden(_body(paragraph(_NESTED)), Part.FIELD),
    "用公式域叠成的文字（带圈字符、合并字符）": _seen(
        _body(paragraph(field(f" EQ \\\\o\\\\ac(○,{MARKER}) ", ""))), Part.FIELD),
    "表格的替代文字": _hidden(_body(
        f'<w:tbl><w:tblPr><w:tblDescription w:val="{MARKER}"/></w:tblPr><w:tr><w:tc>'
        f'{paragraph(run("甲"))}</w:tc></w:tr></w:tbl>'), Part.ALT_TEXT),
    "域里保存的数据": _hidden(_body(paragraph(_KEPT)), Part.FIELD),
    "没有引用的部分里的属性": _hidden(_body("", Extra(
        "docMetadata/LabelInfo.xml", f'<labels><label name="{MARKER}"/></labels>'.encode(),
        "a", "application/xml"))),
    "按钮域显示的文字": _seen(
        _body(paragraph(field(f" MACROBUTTON None {MARKER} ", ""))), Part.FIELD),
    "用域做的链接": _hidden(_body(paragraph(
        field(f' HYPERLINK "file:///D:/{MARKER}.docx" ', "点此"))), Part.FIELD),
    "图片上的链接": _hidden(_body(paragraph(picture("rId2", 'id="1" name="图片 1"').replace(
        'name="图片 1"/>', 'name="图片 1"><a:hlinkClick r:id="rIdL"/></wp:docPr>', 1)), image(),
        links=(("rIdL", "hyperlink", f"file:///D:/{MARKER}.docx"),)), Part.LINK),
    "内容控件的占位文字": _seen(_body(_PLACEHOLDER)),
    "内容控件的下拉选项": _hidden(_body(_control(
        f'<w:dropDownList><w:listItem w:displayText="{MARKER}" w:value="1"/></w:dropDownList>')),
        Part.FIELD),
    "内容控件绑定的数据": _hidden(_body(_BOUND, _BOUND_DATA), Part.PROPERTY),
    "自定义 XML 标记": _hidden(_body(
        f'<w:customXml w:uri="u" w:element="{MARKER}">{paragraph(run("文"))}</w:customXml>'),
        Part.FIELD),
    "自定义 XML 标记里的文字": _seen(_body(
        f'<w:customXml w:uri="u" w:element="a">{paragraph(run(MARKER))}</w:customXml>')),
    "编辑权限里的账号": _hidden(_body(paragraph(
        f'<w:permStart w:id="1" w:ed="{MARKER}"/>', run("文"), '<w:permEnd w:id="1"/>')),
        Part.FIELD),
    "邮件合并的数据源": _hidden(_body("", settings(_MERGED)), Part.EXTERNAL_LINK),
    "邮件合并的数据源地址": _hidden(_body("", links=(
        ("rIdM", "mailMergeSource", f"file:///D:/{MARKER}.mdb"),)), Part.EXTERNAL_LINK),
    "链接的图片地址": _hidden(_body("", links=(
        ("rIdI", "image", f"file:///D:/{MARKER}.png"),)), Part.EXTERNAL_LINK),
    "核心属性（最后修改者）": _hidden(_body("", Extra(
        "docProps/core.xml", properties_part("core", MARKER).data.replace(
            b"dc:creator", b"cp:lastModifiedBy"), properties_part("core", "").type,
        properties_part("core", "").content_type, "")), Part.PROPERTY, "最后修改者"),
    "自定义属性的名称": _hidden(_body("", Extra(
        "docProps/custom.xml", properties_part("custom", "值").data.replace(
            "备注栏".encode(), MARKER.encode()), "custom-properties",
        f"{OFFICE_TYPE}custom-properties+xml", "")), Part.PROPERTY),
    "自定义属性（应用属性的标题清单）": _hidden(_body("", Extra(
        "docProps/app.xml", properties_part("app", MARKER).data.replace(
            b"Company", b"TitlesOfParts"), "extended-properties",
        f"{OFFICE_TYPE}extended-properties+xml", "")), Part.PROPERTY),
    "图表标题": _seen(_chart(_TITLE), Part.TEXTBOX),
    "图表背后的工作簿": _hidden(_chart("", _CHART_BOOK), Part.EMBEDDED),
    "SmartArt 图示（绘图）": _seen(_smart_art("数据里的字", MARKER), Part.TEXTBOX),
    "SmartArt 图示（只在数据里）": _hidden(_smart_art(MARKER, "画出来的字")),
    "SmartArt 图示（没有绘图部分）": _seen(_smart_art(MARKER, ""), Part.TEXTBOX),
    "嵌入的工作簿": _hidden(
        _body("", Extra("word/embeddings/a.xlsx", _BOOK, "package", _SHEET)), Part.EMBEDDED),
    "OLE 包里的工作簿": _hidden(_body("", _OLE), Part.EMBEDDED),
    "OLE 对象里的工作簿": _hidden(_body("", _STREAM), Part.EMBEDDED),
    "窗体控件里的文字": _hidden(_body("", _CONTROL), Part.EMBEDDED),
    "没有放进正文的外部片段": _hidden(_body("", _CHUNK), Part.EMBEDDED),
    "自动编号里的文字": _seen(_body(paragraph(run("条文"), properties=_NUMBERED), Extra(
        "word/numbering.xml", _LISTS, "numbering", f"{WORD_TYPE}numbering+xml"))),
    "列表的名称": _hidden(_body("", _shape("numbering", "numbering", (
        f'<w:abstractNum w:abstractNumId="0"><w:name w:val="{MARKER}"/></w:abstractNum>'))),
        Part.PROPERTY),
    "样式的名称": _hidden(_body("", styles(
        f'<w:style w:type="paragraph" w:styleId="S"><w:name w:val="{MARKER}"/></w:style>')),
        Part.PROPERTY),
    "网页框架的名称": _hidden(_body("", _shape("webSettings", "webSettings", (
        f'<w:frameset><w:frame><w:name w:val="{MARKER}"/></w:frame></w:frameset>'))),
        Part.PROPERTY),
    "网页设置里的文字": _hidden(
        _body("", _shape("webSettings", "webSettings", f"<w:divs>{MARKER}</w:divs>"))),
    "主题里的 XML 注释": _hidden(_body("", Extra(
        "word/theme/theme1.xml", f"<a:theme {SPACES}><!-- {MARKER} --></a:theme>".encode(),
        "theme", f"{OFFICE_TYPE}theme+xml")), Part.SCRIPT),
    "样式表里的文字": _hidden(_body("", styles(f"<w:style>{MARKER}</w:style>"))),
    "没有显示的矢量图": _hidden(_body("", Extra(
        "word/media/image1.svg", _SVG.encode(), "image", "image/svg+xml")), Part.IMAGE),
    "图表里不显示的文字": _hidden(_chart(f"<c:plotArea><c:ext>{MARKER}</c:ext></c:plotArea>")),
    "图表数据的来源路径": _hidden(_chart(
        f"<c:plotArea><c:ser><c:f>'D:\\[{MARKER}.xlsx]a'!$A$1</c:f></c:ser></c:plotArea>")),
    "没有用到的列表里的文字": _hidden(_body("", Extra(
        "word/numbering.xml", _LISTS, "numbering", f"{WORD_TYPE}numbering+xml")), Part.PROPERTY),
    "缩略图": _hidden(_body("", Extra(
        f"docProps/{MARKER}.jpeg", b"\xff\xd8\xff", "http://schemas.openxmlformats.org/package/2006/"
        "relationships/metadata/thumbnail", "image/jpeg", "")), Part.THUMBNAIL),
    "窗体控件的值": _hidden(_body("", Extra(
        "word/activeX/activeX1.xml", (
            '<ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX">'
            f'<ax:ocxPr ax:name="Value" ax:value="{MARKER}"/></ax:ocx>').encode(), "control",
        "application/vnd.ms-office.activeX+xml")), Part.PROPERTY),
    "文档部件库里的批注": _hidden(_body("", Extra(
        "word/glossary/document.xml", part("w:glossaryDocument", "<w:docParts/>"),
        "glossaryDocument", _GLOSSARY_TYPE), Extra(
        "word/glossary/comments.xml", comments(MARKER).data, "comments", f"{WORD_TYPE}comments+xml",
        "word/glossary/document.xml")), Part.COMMENT),
}  # fmt: skip
