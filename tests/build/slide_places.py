"""The table of places of PowerPoint: one deck for each place a text can stand in."""

from dataclasses import dataclass, replace

from formats.reading import Part
from tests.build.sheet import Tab, row, workbook
from tests.build.sheet import text as cell_text
from tests.build.slides import (
    HEIGHT,
    P_TYPE,
    SPACES,
    WIDTH,
    Slide,
    comment,
    frame,
    graphic,
    image,
    line,
    picture,
    pptx,
    run,
    shape,
    solid,
    table,
    tc,
    text,
    thread,
)
from tests.build.word import MARKER, OFFICE_TYPE, Extra, docx, paragraph, properties_part
from tests.build.word import run as word_run

LEAD = text("白石沟镇政务公开培训", at=frame(500_000, 300_000, 6_000_000, 500_000))
OTHER = "只留在数据里的文字"


@dataclass(frozen=True)
class SlidePlace:
    """A deck with MARKER in one place, and what reading it must say; `words` name the place."""

    words: str
    data: bytes
    part: Part
    visible: bool
    page: int | None = 1
    note: str = ""


def _seen(words: str, slide: Slide | str, part: Part = Part.BODY, **more: object) -> SlidePlace:
    return _one(words, slide, part, visible=True, **more)


def _hidden(words: str, slide: Slide | str, part: Part = Part.HIDDEN, **more: object) -> SlidePlace:
    return _one(words, slide, part, visible=False, **more)


def _one(
    words: str, slide: Slide | str, part: Part, *, visible: bool, **more: object
) -> SlidePlace:
    made = Slide(slide) if isinstance(slide, str) else slide
    note = str(more.get("note", ""))
    return SlidePlace(words, pptx(replace(made, shapes=LEAD + made.shapes)), part, visible, 1, note)


def _apart(
    words: str,
    data: bytes,
    part: Part = Part.HIDDEN,
    *,
    visible: bool = False,
    page: int | None = None,
    note: str = "",
) -> SlidePlace:
    return SlidePlace(words, data, part, visible, page, note)


_CHART_BODY = (
    f"<c:chartSpace {SPACES}><c:chart><c:plotArea><c:barChart><c:ser><c:cat><c:strRef>"
    f'<c:f>Sheet1!$A$1</c:f><c:strCache><c:pt idx="0"><c:v>{MARKER}</c:v></c:pt></c:strCache>'
    "</c:strRef></c:cat></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"
)
_CHART_URI = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_CHART_TYPE = f"{OFFICE_TYPE}drawingml.chart+xml"


def _chart(data: str, *more: Extra) -> Slide:
    part = Extra("ppt/charts/chart1.xml", data.encode(), "chart", _CHART_TYPE)
    return Slide(graphic(_CHART_URI, '<c:chart r:id="rId2"/>'), extras=(part, *more))


_BOOK = Extra(
    "ppt/embeddings/book.xlsx",
    workbook(Tab(rows=row(1, cell_text("A1", MARKER)))),
    "package",
    f"{OFFICE_TYPE}spreadsheetml.sheet",
    "ppt/charts/chart1.xml",
)
_DIAGRAM_URI = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_DRAWING = "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing"


def _diagram(in_data: str, in_drawing: str) -> Slide:
    data = (
        f"<dgm:dataModel {SPACES}><dgm:ptLst><dgm:pt><dgm:t><a:bodyPr/>{line(run(in_data))}"
        "</dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"
    )
    drawing = (
        f"<dsp:drawing {SPACES}><dsp:spTree><dsp:sp><dsp:txBody><a:bodyPr/>{line(run(in_drawing))}"
        "</dsp:txBody></dsp:sp></dsp:spTree></dsp:drawing>"
    )
    kind = f"{OFFICE_TYPE}drawingml.diagramData+xml"
    parts = [Extra("ppt/diagrams/data1.xml", data.encode(), "diagramData", kind)]
    if in_drawing:
        kind = "application/vnd.ms-office.drawingml.diagramDrawing+xml"
        parts.append(Extra("ppt/diagrams/drawing1.xml", drawing.encode(), _DRAWING, kind))
    return Slide(graphic(_DIAGRAM_URI, '<dgm:relIds r:dm="rId2"/>'), extras=tuple(parts))


_HIDDEN_NAME = f'name="文本框 3" descr="{MARKER}"'
_OLD, _OLD_AUTHORS = comment(MARKER)
_NEW, _NEW_AUTHORS = thread(MARKER, "答复")
_REPLY, _REPLY_AUTHORS = thread("起头", MARKER)
_PLAIN, _ACCOUNTS = thread("起头", "答复")
_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TAGS = Extra(
    "ppt/tags/tag1.xml",
    f'<p:tagLst {SPACES}><p:tag name="来源" val="{MARKER}"/></p:tagLst>'.encode(),
    "tags",
    f"{P_TYPE}tags+xml",
)
_ITEM = Extra("customXml/item1.xml", f"<a><b>{MARKER}</b></a>".encode(), "customXml",
              "application/xml", "")  # fmt: skip
_WORD = Extra(
    "ppt/embeddings/a.docx",
    docx(paragraph(word_run(MARKER))),
    "package",
    f"{OFFICE_TYPE}wordprocessingml.document",
)
_SECTIONS = (
    '<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst>'
    f'<p14:section name="{MARKER}" id="{{1}}"><p14:sldIdLst/></p14:section></p14:sectionLst>'
    "</p:ext></p:extLst>"
)
_SHOWS = (
    f'<p:custShowLst><p:custShow name="{MARKER}" id="0"><p:sldLst/></p:custShow></p:custShowLst>'
)
_TITLE = '<p:ph type="title"/>'
_COVER = shape("", at=frame(800_000, 800_000, 6_000_000, 1_200_000), fill=solid("000000"))
_DARK = shape("", at=frame(0, 0, WIDTH, HEIGHT), fill=solid("1F3864"))
_GROUP = (
    '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="9" name="组合 9"{hidden}/><p:cNvGrpSpPr/><p:nvPr/>'
    '</p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="{x}" y="0"/><a:ext cx="4000000" cy="2000000"/>'
    '<a:chOff x="0" y="0"/><a:chExt cx="2000000" cy="1000000"/></a:xfrm></p:grpSpPr>'
    "{inside}</p:grpSp>"
)
_IN_GROUP = text(MARKER, at=frame(100_000, 500_000, 1_500_000, 400_000))
_FORMULA = (
    '<mc:AlternateContent><mc:Choice Requires="a14"><a14:m><m:oMath><m:r><m:t>'
    f"{MARKER}</m:t></m:r></m:oMath></a14:m></mc:Choice><mc:Fallback/></mc:AlternateContent>"
)
_FALLBACK = (
    f'<mc:AlternateContent><mc:Choice Requires="a14">{text("新图形")}</mc:Choice><mc:Fallback>'
    f"{text(MARKER)}</mc:Fallback></mc:AlternateContent>"
)
_FOREIGN = (
    f'<mc:AlternateContent xmlns:z="urn:other"><mc:Choice Requires="z">{text("别的")}</mc:Choice>'
    f"<mc:Fallback>{text(MARKER)}</mc:Fallback></mc:AlternateContent>"
)
_LINKED = run("点此", '<a:hlinkClick r:id="rIdL"/>')
_TIPPED = run("点此", f'<a:hlinkClick r:id="rIdL" tooltip="{MARKER}"/>')
_DARK_BACK = f"<p:bg><p:bgPr>{solid('1F3864')}<a:effectLst/></p:bgPr></p:bg>"
_WHITE_TITLES = (
    f'<p:titleStyle><a:lvl1pPr><a:defRPr sz="4400">{solid("FFFFFF")}</a:defRPr></a:lvl1pPr>'
    "</p:titleStyle><p:bodyStyle/><p:otherStyle/>"
)
_USED = "母版或版式上的文字"

PLACES: tuple[SlidePlace, ...] = (
    _seen("文本框", text(MARKER)),
    _seen("标题占位符", text(MARKER, at="", holder=_TITLE)),
    _seen("段落里拆成几段的文字", shape(line(run(MARKER[:4]), run(MARKER[4:], "", 'b="1"')))),
    _seen("域（自动更新的文字）", shape(
        f'<a:p><a:fld id="{{1}}" type="x"><a:rPr/><a:t>{MARKER}</a:t></a:fld></a:p>')),
    _seen("公式", shape(f"<a:p>{_FORMULA}</a:p>")),
    _seen("组合里的文字", _GROUP.format(hidden="", x=0, inside=_IN_GROUP)),
    _seen("页脚占位符", text(MARKER, holder='<p:ph type="ftr" idx="11"/>'), Part.FOOTER),
    _seen("表格", table(("甲", MARKER)), Part.TABLE),
    _hidden("被合并掉的单元格", table((tc(line(run("甲")), 'gridSpan="2"'),
                               tc(line(run(MARKER)), 'hMerge="1"')))),
    _seen("深色背景上的白字", Slide(text(MARKER, solid("FFFFFF")), before=_DARK_BACK)),
    _seen("深色形状上的白字", text(MARKER, solid("FFFFFF"), fill=solid("1F3864"))),
    _seen("深色底图形前面的白字", _DARK + text(MARKER, solid("FFFFFF"))),
    _hidden("白底白字", text(MARKER, solid("FFFFFF"))),
    _hidden("黑底黑字", text(MARKER, solid("000000"), fill=solid("000000"))),
    _hidden("主题色与背景相同的文字", text(
        MARKER, '<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>')),
    _hidden("无填充的文字", text(MARKER, "<a:noFill/>")),
    _hidden("全透明的文字", text(MARKER, solid("000000").replace(
        "/></a:solid", '><a:alpha val="0"/></a:srgbClr></a:solid'))),
    _apart("母版样式的白字", pptx(LEAD + text(MARKER, at="", holder=_TITLE), styles=_WHITE_TITLES,
                          master=shape("", holder=_TITLE)), page=1),
    _hidden("一磅的小字", text(MARKER, attributes='sz="100"')),
    _hidden("选择窗格里隐藏的形状", text(MARKER, described='name="文本框 3" hidden="1"')),
    _hidden("选择窗格里隐藏的组合", _GROUP.format(hidden=' hidden="1"', x=0, inside=_IN_GROUP)),
    _hidden("幻灯片以外的形状", text(MARKER, at=frame(WIDTH + 100_000, 0, 900_000, 900_000)),
            Part.OFF_PAGE),
    _hidden("幻灯片以外的组合", _GROUP.format(hidden="", x=-9_000_000, inside=_IN_GROUP),
            Part.OFF_PAGE),
    _seen("一半在幻灯片以外的形状", text(MARKER, at=frame(WIDTH - 900_000, 0, 1_800_000, 900_000))),
    _hidden("被上层形状盖住的文字", text(MARKER) + _COVER, Part.COVERED_TEXT),
    _hidden("隐藏的幻灯片", Slide(text(MARKER), 'show="0"'), note="隐藏的幻灯片"),
    _hidden("隐藏幻灯片上的表格", Slide(table((MARKER,)), 'show="0"')),
    _hidden("备注", Slide(notes=MARKER), Part.NOTES),
    _apart("批注与作者", pptx(Slide(LEAD, extras=(_OLD,)), extras=(_OLD_AUTHORS,)), Part.COMMENT,
           page=1, note="覃小满 2026-03-01 10:20"),
    _apart("新式批注（会话）", pptx(Slide(LEAD, extras=(_NEW,)), extras=(replace(
        _NEW_AUTHORS, data=_NEW_AUTHORS.data.replace(MARKER.encode(), b"a")),)), Part.COMMENT,
        page=1, note="覃小满 2026-03-01 10:20"),
    _apart("新式批注的答复", pptx(Slide(LEAD, extras=(_REPLY,)), extras=(replace(
        _REPLY_AUTHORS, data=_REPLY_AUTHORS.data.replace(MARKER.encode(), b"a")),)), Part.COMMENT,
        page=1, note="覃小满 2026-03-02 08:00（答复）"),
    _apart("批注者的账号", pptx(Slide(LEAD, extras=(_PLAIN,)), extras=(_ACCOUNTS,)),
           Part.PROPERTY),
    _hidden("替代文字", text("字", described=_HIDDEN_NAME), Part.ALT_TEXT),
    _hidden("图片的文件名", Slide(picture("rId2", f'name="D:\\{MARKER}.jpg"'), extras=(image(),)),
            Part.ALT_TEXT),
    _hidden("链接地址", Slide(shape(line(_LINKED)), links=(
        ("rIdL", "hyperlink", f"file:///D:/{MARKER}.docx"),)), Part.LINK),
    _hidden("链接提示", Slide(shape(line(_TIPPED)), links=(
        ("rIdL", "hyperlink", "https://www.example.gov.cn/"),)), Part.LINK),
    _hidden("整个形状的链接", Slide(text("点此", inside='<a:hlinkClick r:id="rIdL"/>'), links=(
        ("rIdL", "hyperlink", f"file:///D:/{MARKER}.docx"),)), Part.LINK),
    _seen("图表保存的数据", _chart(_CHART_BODY), Part.CHART_CACHE),
    _hidden("图表背后的工作簿", _chart(_CHART_BODY.replace(MARKER, "甲"), _BOOK), Part.EMBEDDED),
    _seen("SmartArt 图示（绘图）", _diagram("数据里的字", MARKER), Part.TEXTBOX),
    _hidden("SmartArt 图示（只在数据里）", _diagram(MARKER, "画出来的字")),
    _seen("SmartArt 图示（没有绘图部分）", _diagram(MARKER, ""), Part.TEXTBOX),
    _hidden("嵌入的 Word 文件", Slide("", extras=(_WORD,)), Part.EMBEDDED),
    _hidden("只有旧版软件显示的图形", _FALLBACK),
    _seen("别的软件的图形之替代", _FOREIGN),
    _apart("母版上的文字", pptx(LEAD, master=text(MARKER)), Part.BODY, visible=True, note=_USED),
    _apart("版式上的文字", pptx(LEAD, layouts=(text(MARKER),)), Part.BODY, visible=True,
           note=_USED),
    _apart("没有用到的版式", pptx(LEAD, layouts=("", text(MARKER)))),
    _apart("不显示母版图形的幻灯片", pptx(Slide(LEAD, 'showMasterSp="0"'), master=text(MARKER))),
    _apart("版式占位符里的提示文字", pptx(LEAD, layouts=(text(MARKER, holder=_TITLE),))),
    _apart("不在放映顺序里的幻灯片", pptx(LEAD, left_out=(Slide(text(MARKER)),)),
           note="不在放映顺序里的幻灯片"),
    _apart("没有引用的幻灯片部分", pptx(LEAD, unreached={
        "ppt/slides/slide9.xml": f"<p:sld {SPACES}><p:cSld><p:spTree>{text(MARKER)}</p:spTree>"
        "</p:cSld></p:sld>".encode()})),
    _apart("没有引用的文件", pptx(LEAD, unreached={"ppt/old.txt": MARKER.encode()}), Part.EMBEDDED),
    _apart("核心属性", pptx(LEAD, extras=(properties_part("core", MARKER),)), Part.PROPERTY),
    _apart("应用属性", pptx(LEAD, extras=(properties_part("app", MARKER),)), Part.PROPERTY),
    _apart("自定义属性", pptx(LEAD, extras=(properties_part("custom", MARKER),)), Part.PROPERTY),
    _apart("自定义 XML", pptx(LEAD, extras=(_ITEM,)), Part.PROPERTY),
    _hidden("标签", Slide("", extras=(_TAGS,)), Part.VARIABLE),
    _apart("节的名称", pptx(LEAD, more=_SECTIONS), Part.OUTLINE),
    _apart("自定义放映的名称", pptx(LEAD, more=_SHOWS), Part.OUTLINE),
    _hidden("XML 注释", f"<!-- {MARKER} -->", Part.SCRIPT),
    _hidden("软件不认的元素", Slide(after=f"<p:unknown>{MARKER}</p:unknown>")),
)  # fmt: skip
