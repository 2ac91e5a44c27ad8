"""The table of places in the drawings of a workbook: text boxes, charts, pictures."""

from formats.reading import Part
from tests.build.sheet import OFFICE, Tab, relations, row, text
from tests.build.sheet_places import MARKER, SEEN, UNSEEN, Spot, book
from tests.build.word import PNG

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_OFFICE_TYPE = "vnd.openxmlformats-officedocument"
_SEEN = row(1, text("A1", "公示"))


def _box(said: str, name: str = "文本框 1", more: str = "") -> str:
    return (
        f'<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="{name}" {more}/>'
        '<xdr:cNvSpPr txBox="1"/></xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="609600" y="190500"/>'
        '<a:ext cx="3000000" cy="400000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>"
        f"{said}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )


def _anchored(shape: str, first: int = 4, last: int = 9) -> str:
    """A drawing whose one shape stands in columns E to J (from 0: 4 to 9)."""
    return (
        f'<xdr:wsDr xmlns:xdr="{DRAWING}" xmlns:a="{A}" xmlns:r="{OFFICE}"><xdr:twoCellAnchor>'
        f"<xdr:from><xdr:col>{first}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>4</xdr:row>"
        f"<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>{last}</xdr:col><xdr:colOff>0"
        "</xdr:colOff><xdr:row>9</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
        f"{shape}<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
    )


def _drawn(words: str, shape: str, part: Part, visible: bool, drawn: bool = True,
           state: str = "visible", before: str = "") -> Spot:  # fmt: skip
    tab = Tab("花名册" if state == "visible" else "底表", _SEEN, before, '<drawing r:id="d"/>',
              state, rels={"d": ("drawing", "../drawings/drawing1.xml")})  # fmt: skip
    tabs = (tab,) if state == "visible" else (Tab(rows=_SEEN), tab)
    types = {"/xl/drawings/drawing1.xml": f"{_OFFICE_TYPE}.drawing+xml"}
    data = book(*tabs, parts={"xl/drawings/drawing1.xml": _anchored(shape)}, types=types)
    return Spot(words, data, part, visible, sheet=tab.name, drawn=drawn)


def _chart(words: str, visible: bool, *, title: str = "", name: str = "甲", value: str = "1",
           marker: str = MARKER) -> Spot:  # fmt: skip
    """A column chart of one bar over B1:B2, its title, category and value kept in it."""
    said = (
        f'<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title>' if title else ""
    )  # fmt: skip
    chart = (
        f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="{A}"><c:chart>{said}<c:plotArea><c:layout/>'
        '<c:barChart><c:barDir val="col"/><c:ser><c:idx val="0"/><c:order val="0"/><c:cat>'
        f'<c:strRef><c:f>花名册!$A$1</c:f><c:strCache><c:pt idx="0"><c:v>{name}</c:v></c:pt>'
        "</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>花名册!$B$1</c:f><c:numCache>"
        f'<c:pt idx="0"><c:v>{value}</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>'
        '<c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling/>'
        '<c:axPos val="b"/><c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling/>'
        '<c:axPos val="l"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart></c:chartSpace>'
    )
    frame = (
        '<xdr:graphicFrame><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="图表 1"/>'
        '<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="{CHART}"><c:chart'
        f' xmlns:c="{CHART}" r:id="c"/></a:graphicData></a:graphic></xdr:graphicFrame>'
    )
    cells = text("A1", name) + f'<c r="B1"><v>{value}</v></c>' if title else _SEEN
    tab = Tab(rows=row(1, cells) if title else _SEEN, after='<drawing r:id="d"/>',
              rels={"d": ("drawing", "../drawings/drawing1.xml")})  # fmt: skip
    parts = {
        "xl/drawings/drawing1.xml": _anchored(frame),
        "xl/drawings/_rels/drawing1.xml.rels": relations({"c": ("chart", "../charts/chart1.xml")}),
        "xl/charts/chart1.xml": chart,
    }
    types = {"/xl/drawings/drawing1.xml": f"{_OFFICE_TYPE}.drawing+xml",
             "/xl/charts/chart1.xml": f"{_OFFICE_TYPE}.drawingml.chart+xml"}  # fmt: skip
    data = book(tab, parts=parts, types=types)
    return Spot(words, data, Part.CHART_CACHE, visible, marker=marker, drawn=bool(title))


def _picture(words: str, part: Part, name: str, *, visible: bool) -> Spot:
    """A picture whose file is named by MARKER: shown by a drawing, or by nothing."""
    shape = (
        '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="图片 1"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        '<xdr:blipFill><a:blip r:embed="p"/></xdr:blipFill><xdr:spPr/></xdr:pic>'
    )
    tab = Tab(rows=_SEEN, after='<drawing r:id="d"/>',
              rels={"d": ("drawing", "../drawings/drawing1.xml")})  # fmt: skip
    link = {"p": ("image", f"/{name}")} if visible else {}
    parts: dict[str, str | bytes] = {
        name: PNG,
        "xl/drawings/drawing1.xml": _anchored(shape),
        "xl/drawings/_rels/drawing1.xml.rels": relations(link),
    }
    return Spot(words, book(tab, parts=parts), part, visible, sheet=None)


DRAWINGS = (
    _drawn("文本框", _box(MARKER), Part.TEXTBOX, SEEN),
    _drawn("组合里的文本框", f"<xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr id='9' name='组合 1'/>"
           f"<xdr:cNvGrpSpPr/></xdr:nvGrpSpPr><xdr:grpSpPr/>{_box(MARKER)}</xdr:grpSp>",
           Part.TEXTBOX, SEEN, drawn=False),
    _drawn("隐藏的文本框", _box(MARKER, more='hidden="1"'), Part.TEXTBOX, UNSEEN),
    _drawn("隐藏工作表上的文本框", _box(MARKER), Part.TEXTBOX, UNSEEN, state="hidden"),
    _drawn("随列隐藏的文本框", _box(MARKER), Part.TEXTBOX, UNSEEN, drawn=False,
           before='<cols><col min="5" max="10" width="9" hidden="1"/></cols>'),
    _drawn("图形的替代文字", _box("甲", more=f'descr="{MARKER}"'), Part.ALT_TEXT, UNSEEN),
    _drawn("图形的名称", _box("甲", name=MARKER), Part.ALT_TEXT, UNSEEN),
    _chart("图表的标题", SEEN, title=MARKER),
    _chart("图表保存的分类名", SEEN, name=MARKER),
    _chart("图表保存的数值", UNSEEN, value="13800001234", marker="13800001234"),
    _picture("图片", Part.IMAGE, f"xl/media/{MARKER}.png", visible=True),
    _picture("没有显示的图片", Part.IMAGE, f"xl/media/{MARKER}.png", visible=False),
    _picture("缩略图", Part.THUMBNAIL, f"docProps/thumbnail{MARKER}.png", visible=False),
)  # fmt: skip
