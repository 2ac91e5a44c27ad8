"""The table of places: one Word document for each place a text can stand in."""

from formats.reading import Part
from tests.build.word import (
    CHANGE,
    MARKER,
    OFFICE_TYPE,
    WORD_TYPE,
    Extra,
    Specimen,
    comments,
    docx,
    field,
    header,
    image,
    inline,
    notes,
    paragraph,
    part,
    picture,
    properties_part,
    run,
    section_with,
    settings,
    styles,
    table,
    text_box,
)

LEAD = paragraph(run("白石沟镇关于发放补贴的公示。"))
_HALF = len(MARKER) // 2
_SPLIT = run(MARKER[:3]) + run(MARKER[3:_HALF], "<w:b/>") + run(MARKER[_HALF:])
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_MICROSOFT = "http://schemas.microsoft.com/office/2011/relationships/people"


def _body(content: str, *extras: Extra, links: tuple[tuple[str, str, str], ...] = ()) -> bytes:
    return docx(LEAD + content, *extras, links=links)


def _header(kind: str, where: str, more: str = "", *extras: Extra) -> bytes:
    reference = f'<w:{kind}Reference w:type="{where}" r:id="rId1"/>'
    return docx(LEAD, header(MARKER, kind), *extras, section=section_with(reference, more))


def _deleted(text: str) -> str:
    return f"<w:del {CHANGE}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def _styled(kind: str, look: str) -> bytes:
    style = (
        f'<w:style w:type="{kind}" w:styleId="S"><w:name w:val="s"/><w:rPr>{look}</w:rPr></w:style>'
    )
    if kind == "character":
        body = paragraph(run(MARKER, '<w:rStyle w:val="S"/>'))
    else:
        body = paragraph(run(MARKER), properties='<w:pStyle w:val="S"/>')
    return _body(body, styles(style))


def _row(properties: str) -> str:
    cell = f"<w:tc>{paragraph(run(MARKER))}</w:tc>"
    other = f"<w:tr><w:tc>{paragraph(run('留下'))}</w:tc></w:tr>"
    return f"<w:tbl><w:tblPr/>{other}<w:tr><w:trPr>{properties}</w:trPr>{cell}</w:tr></w:tbl>"


def _cell(properties: str, before: str = "") -> str:
    first = f"<w:tr><w:tc><w:tcPr>{before}</w:tcPr>{paragraph(run('上格'))}</w:tc></w:tr>"
    cell = f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(MARKER))}</w:tc>"
    return f"<w:tbl><w:tblPr/>{first}<w:tr>{cell}</w:tr></w:tbl>"


_CHART = part(
    "c:chartSpace",
    f"<c:chart><c:plotArea><c:barChart><c:ser><c:cat><c:strRef><c:f>Sheet1!$A$1</c:f><c:strCache>"
    f'<c:pt idx="0"><c:v>{MARKER}</c:v></c:pt></c:strCache></c:strRef></c:cat></c:ser>'
    "</c:barChart></c:plotArea></c:chart>",
)
_CHART_RUN = inline('<c:chart r:id="rId1"/>', 'id="3" name="图表 3"')
_VML_ART = (
    '<w:r><w:pict><v:shape style="width:100pt;height:20pt" fillcolor="silver">'
    f'<v:textpath string="{MARKER}"/></v:shape></w:pict></w:r>'
)
_VML_ALT = f'<w:r><w:pict><v:shape alt="{MARKER}" style="width:9pt;height:9pt"/></w:pict></w:r>'
_VML_OFF = (
    '<w:r><w:pict><v:shape style="width:90pt;height:20pt;visibility:hidden"><v:textbox>'
    f"<w:txbxContent>{paragraph(run(MARKER))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
_SDT = (
    '<w:sdt><w:sdtPr><w:alias w:val="{alias}"/></w:sdtPr><w:sdtContent>{content}'
    "</w:sdtContent></w:sdt>"
)
_RUBY = (
    f"<w:r><w:ruby><w:rt>{run(MARKER)}</w:rt><w:rubyBase>{run('字')}</w:rubyBase></w:ruby></w:r>"
)
_DEFAULTS = "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>"
_TIP = f'<w:hyperlink w:anchor="_Toc1" w:tooltip="{MARKER}">{run("点此")}</w:hyperlink>'
_BOOKMARK = f'<w:bookmarkStart w:id="1" w:name="{MARKER}"/><w:bookmarkEnd w:id="1"/>'
_SIMPLE = f'<w:fldSimple w:instr=" FILENAME {MARKER} ">{run("名")}</w:fldSimple>'
_ITEM = Extra("customXml/item1.xml", f"<a><b>{MARKER}</b></a>".encode(), _CUSTOM, "application/xml")
_CHART_PART = Extra("word/charts/chart1.xml", _CHART, "chart", f"{OFFICE_TYPE}drawingml.chart+xml")
_INNER = Extra(
    "word/embeddings/a.docx", docx(paragraph(run(MARKER))), "package", f"{WORD_TYPE}document"
)
_BINARY = Extra("word/embeddings/a.bin", MARKER.encode(), "oleObject", "application/octet-stream")
_GLOSSARY = Extra(
    "word/glossary/document.xml",
    part(
        "w:glossaryDocument",
        f"<w:docParts><w:docPart><w:docPartBody>{paragraph(run(MARKER))}"
        "</w:docPartBody></w:docPart></w:docParts>",
    ),
    "glossaryDocument",
    f"{WORD_TYPE}document.glossary+xml",
)
_PEOPLE = part("w:people", f'<w:person w:author="{MARKER}"/>')
_FORM = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="a"/><w:textInput>'
    f'<w:default w:val="{MARKER}"/></w:textInput></w:ffData></w:fldChar></w:r>'
    '<w:r><w:instrText> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/>'
    f'</w:r>{run("填写")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def _hidden(data: bytes, part_: Part = Part.HIDDEN, note: str = "") -> Specimen:
    return Specimen(data, part_, visible=False, note=note)


def _seen(data: bytes, part_: Part = Part.BODY, note: str = "") -> Specimen:
    return Specimen(data, part_, visible=True, note=note)


def _comment() -> bytes:
    anchor = '<w:commentRangeStart w:id="0"/>' + run("正文") + '<w:commentRangeEnd w:id="0"/>'
    reference = '<w:r><w:commentReference w:id="0"/></w:r>'
    return _body(paragraph(anchor + reference), comments(MARKER))


PLACES: dict[str, Specimen] = {
    "body": _seen(_body(paragraph(run(MARKER)))),
    "body split over runs": _seen(_body(paragraph(_SPLIT))),
    "body split by a deletion": _seen(
        _body(paragraph(run(MARKER[:5]), _deleted("旧"), run(MARKER[5:])))
    ),
    "body split by a hidden run": _seen(
        _body(paragraph(run(MARKER[:5]), run("藏", "<w:vanish/>"), run(MARKER[5:])))
    ),
    "vanish switched off": _seen(_body(paragraph(run(MARKER, '<w:vanish w:val="0"/>')))),
    "table": _seen(_body(table(("甲", MARKER))), Part.TABLE),
    "nested table": _seen(_body(table(("甲", table((MARKER,)) + paragraph()))), Part.TABLE),
    "merged cell": _seen(_body(_cell('<w:gridSpan w:val="2"/>')), Part.TABLE),
    "continued merged cell": _hidden(_body(_cell("<w:vMerge/>", '<w:vMerge w:val="restart"/>'))),
    "deleted row": _hidden(_body(_row(f"<w:del {CHANGE}/>")), Part.DELETION, "覃小满"),
    "inserted row": _seen(_body(_row(f"<w:ins {CHANGE}/>")), Part.INSERTION, "覃小满"),
    "hidden row": _hidden(_body(_row("<w:hidden/>"))),
    "header": _seen(_header("header", "default"), Part.HEADER),
    "footer": _seen(_header("footer", "default"), Part.FOOTER),
    "first header": _seen(_header("header", "first", "<w:titlePg/>"), Part.HEADER),
    "first header unused": _hidden(_header("header", "first"), Part.HEADER, "没有启用"),
    "even footer": _seen(
        _header("footer", "even", "", settings("<w:evenAndOddHeaders/>")), Part.FOOTER
    ),
    "even footer unused": _hidden(_header("footer", "even"), Part.FOOTER, "没有启用"),
    "footnote": _seen(
        _body(paragraph('<w:r><w:footnoteReference w:id="2"/></w:r>'), notes("footnote", MARKER)),
        Part.FOOTNOTE,
    ),
    "footnote nobody points at": _hidden(_body("", notes("footnote", MARKER)), Part.FOOTNOTE),
    "endnote": _seen(
        _body(paragraph('<w:r><w:endnoteReference w:id="2"/></w:r>'), notes("endnote", MARKER)),
        Part.ENDNOTE,
    ),
    "comment": _hidden(_comment(), Part.COMMENT, "覃小满 2026-03-01 10:20"),
    "insertion": _seen(
        _body(paragraph(run("原有文字。"), f"<w:ins {CHANGE}>{run(MARKER)}</w:ins>")),
        Part.INSERTION,
        "覃小满 2026-03-01 10:20",
    ),
    "deletion": _hidden(
        _body(paragraph(_deleted(MARKER), run("留"))),
        Part.DELETION,
        "覃小满 2026-03-01 10:20",
    ),
    "moved from": _hidden(
        _body(paragraph(f"<w:moveFrom {CHANGE}>{run(MARKER)}</w:moveFrom>", run("留"))),
        Part.DELETION,
        "覃小满",
    ),
    "moved to": _seen(
        _body(paragraph(f"<w:moveTo {CHANGE}>{run(MARKER)}</w:moveTo>")), Part.INSERTION, "覃小满"
    ),
    "vanish": _hidden(_body(paragraph(run("看得见"), run(MARKER, "<w:vanish/>")))),
    "vanish by character style": _hidden(_styled("character", "<w:vanish/>")),
    "vanish by paragraph style": _hidden(_styled("paragraph", "<w:vanish/>")),
    "vanish by default": _hidden(
        docx(paragraph(run("看得见", '<w:vanish w:val="0"/>'), run(MARKER)), styles(_DEFAULTS))
    ),
    "white": _hidden(_body(paragraph(run(MARKER, '<w:color w:val="FFFFFF"/>')))),
    "white on a dark cell": _seen(
        _body(
            _cell('<w:shd w:val="clear" w:fill="1F4E79"/>').replace(
                run(MARKER), run(MARKER, '<w:color w:val="FFFFFF"/>')
            )
        ),
        Part.TABLE,
    ),
    "one point": _hidden(_body(paragraph(run(MARKER, '<w:sz w:val="2"/>')))),
    "text box": _seen(_body(paragraph(text_box(paragraph(run(MARKER))))), Part.TEXTBOX),
    "fallback that says something else": _hidden(
        _body(paragraph(text_box(paragraph(run("框内")), paragraph(run(MARKER)))))
    ),
    "vml word art": _seen(_body(paragraph(_VML_ART)), Part.TEXTBOX),
    "vml alt": _hidden(_body(paragraph(_VML_ALT)), Part.ALT_TEXT),
    "vml switched off": _hidden(_body(paragraph(_VML_OFF))),
    "alt text": _hidden(
        _body(paragraph(picture("rId1", f'id="1" name="图片 1" descr="{MARKER}"')), image()),
        Part.ALT_TEXT,
    ),
    "picture's file name": _hidden(
        _body(paragraph(picture("rId1", f'id="1" name="C:\\{MARKER}.jpg"')), image()), Part.ALT_TEXT
    ),
    "field code": _hidden(
        _body(paragraph(field(f' INCLUDETEXT "D:\\\\{MARKER}.docx" '))), Part.FIELD
    ),
    "simple field": _hidden(_body(paragraph(_SIMPLE)), Part.FIELD),
    "form field default": _hidden(_body(paragraph(_FORM)), Part.FIELD),
    "link": _hidden(
        _body(
            paragraph(f'<w:hyperlink r:id="rIdL">{run("点此")}</w:hyperlink>'),
            links=(("rIdL", "hyperlink", f"file:///D:/{MARKER}.docx"),),
        ),
        Part.LINK,
    ),
    "link's tip": _hidden(
        _body(paragraph(_TIP)),
        Part.LINK,
    ),
    "content control": _seen(_body(_SDT.format(alias="标题", content=paragraph(run(MARKER))))),
    "content control's name": _hidden(
        _body(_SDT.format(alias=MARKER, content=paragraph(run("内容")))), Part.FIELD
    ),
    "smart tag": _seen(
        _body(paragraph(f'<w:smartTag w:uri="u" w:element="PersonName">{run(MARKER)}</w:smartTag>'))
    ),
    "formula": _seen(_body(paragraph(f"<m:oMath><m:r><m:t>{MARKER}</m:t></m:r></m:oMath>"))),
    "bookmark": _hidden(
        _body(paragraph(_BOOKMARK, run("文"))),
        Part.OUTLINE,
    ),
    "document variable": _hidden(
        _body("", settings(f'<w:docVars><w:docVar w:name="a" w:val="{MARKER}"/></w:docVars>')),
        Part.VARIABLE,
    ),
    "mail merge": _hidden(
        _body("", settings(f'<w:mailMerge><w:query w:val="SELECT {MARKER}"/></w:mailMerge>')),
        Part.EXTERNAL_LINK,
    ),
    "template": _hidden(
        _body("", links=(("rIdT", "attachedTemplate", f"file:///C:/{MARKER}.dotx"),)),
        Part.EXTERNAL_LINK,
    ),
    "core property": _hidden(_body("", properties_part("core", MARKER)), Part.PROPERTY, "作者"),
    "app property": _hidden(_body("", properties_part("app", MARKER)), Part.PROPERTY, "单位"),
    "custom property": _hidden(_body("", properties_part("custom", MARKER)), Part.PROPERTY),
    "custom xml": _hidden(
        _body("", _ITEM),
        Part.PROPERTY,
    ),
    "people": _hidden(
        _body("", Extra("word/people.xml", _PEOPLE, _MICROSOFT, f"{WORD_TYPE}people+xml")),
        Part.PROPERTY,
    ),
    "chart cache": _seen(
        _body(paragraph(_CHART_RUN), _CHART_PART),
        Part.CHART_CACHE,
    ),
    "glossary": _hidden(_body("", _GLOSSARY)),
    "embedded document": _hidden(
        _body("", _INNER),
        Part.EMBEDDED,
    ),
    "embedded text": _hidden(
        _body("", _BINARY),
        Part.EMBEDDED,
    ),
    "part nobody points at": _hidden(
        docx(LEAD, unreached={"word/old.xml": f"<a>{MARKER}</a>".encode()})
    ),
    "file nobody points at": _hidden(
        docx(LEAD, unreached={"word/old.txt": MARKER.encode()}), Part.EMBEDDED
    ),
    "xml comment": _hidden(_body(f"<!-- {MARKER} -->"), Part.SCRIPT),
    "unknown element": _hidden(_body(f"<w:unknown>{MARKER}</w:unknown>")),
    "text behind an element": _hidden(_body(paragraph(run("文")) + MARKER)),
    "guide text": _seen(_body(paragraph(_RUBY))),
}

# How the table of formats and places names them.
WORDS = {
    "body": "正文",
    "body split over runs": "正文（拆成几段的文字）",
    "body split by a deletion": "正文（中间有删除）",
    "body split by a hidden run": "正文（中间有隐藏文字）",
    "vanish switched off": "取消了隐藏的文字",
    "table": "表格",
    "nested table": "表格里的表格",
    "merged cell": "合并的单元格",
    "continued merged cell": "被合并掉的单元格",
    "deleted row": "删除的表格行",
    "inserted row": "插入的表格行",
    "hidden row": "隐藏的表格行",
    "header": "页眉（默认）",
    "footer": "页脚（默认）",
    "first header": "页眉（首页）",
    "first header unused": "页眉（首页，没有启用）",
    "even footer": "页脚（偶数页）",
    "even footer unused": "页脚（偶数页，没有启用）",
    "footnote": "脚注",
    "footnote nobody points at": "没有引用的脚注",
    "endnote": "尾注",
    "comment": "批注与作者",
    "insertion": "修订插入",
    "deletion": "修订删除",
    "moved from": "移动前的文字",
    "moved to": "移动后的文字",
    "vanish": "隐藏文字（直接）",
    "vanish by character style": "隐藏文字（字符样式）",
    "vanish by paragraph style": "隐藏文字（段落样式）",
    "vanish by default": "隐藏文字（文档默认）",
    "white": "白字",
    "white on a dark cell": "深色单元格里的白字",
    "one point": "一磅的小字",
    "text box": "文本框（DrawingML）",
    "fallback that says something else": "只有旧版软件显示的图形",
    "vml word art": "艺术字与水印（VML）",
    "vml alt": "替代文字（VML）",
    "vml switched off": "隐藏的 VML 形状",
    "alt text": "替代文字",
    "picture's file name": "图片的文件名",
    "field code": "域代码",
    "simple field": "简单域的代码",
    "form field default": "窗体域的默认文字",
    "link": "链接地址",
    "link's tip": "链接提示",
    "content control": "内容控件的内容",
    "content control's name": "内容控件的名称",
    "smart tag": "智能标记里的文字",
    "formula": "公式",
    "bookmark": "书签名称",
    "document variable": "文档变量",
    "mail merge": "邮件合并的查询",
    "template": "附加的模板",
    "core property": "核心属性（作者）",
    "app property": "应用属性（单位）",
    "custom property": "自定义属性",
    "custom xml": "自定义 XML",
    "people": "参与修改的人（people）",
    "chart cache": "图表保存的数据",
    "glossary": "文档部件库",
    "embedded document": "嵌入的 Word 文件",
    "embedded text": "嵌入的其他文件",
    "part nobody points at": "没有引用的部分",
    "file nobody points at": "没有引用的文件",
    "xml comment": "XML 注释",
    "unknown element": "软件不认的元素",
    "text behind an element": "元素之间的文字",
    "guide text": "拼音指南",
}
