"""The paragraph styles of an official document, written as one styles part."""

from dataclasses import dataclass

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from exporters.gbt9704.measures import (
    CHARACTER,
    FANGSONG,
    HEITI,
    KAITI,
    LATIN,
    LINE,
    SIZE_2,
    SIZE_3,
    SIZE_4,
    SIZE_5,
    SIZE_SMALL_2,
    SIZE_SMALL_5,
    SONGTI,
    TITLE_LINE,
    TRACKING,
    XIAOBIAOSONG,
    Pt,
    Twips,
    half_points,
)


@dataclass(frozen=True, slots=True)
class Style:
    """One paragraph style. `indent` is the first line's, in characters; `level` the outline's."""

    id: str
    name: str
    font: str = FANGSONG
    size: Pt = SIZE_3
    align: str = "both"
    indent: int = 0
    line: Twips | None = LINE
    tracking: Twips = TRACKING
    level: int | None = None
    keep: bool = False
    latin: str = LATIN
    grid: bool = True


NORMAL = Style("Normal", "Normal")
BODY = Style("GwBody", "公文正文", indent=2)
PLAIN = Style("GwPlain", "公文顶格")
TITLE = Style(
    "GwTitle",
    "公文标题",
    XIAOBIAOSONG,
    SIZE_2,
    "center",
    line=TITLE_LINE,
    tracking=Twips(0),
    keep=True,
    grid=False,
)
LEVELS = (
    Style("GwLevel1", "公文一级标题", HEITI, indent=2, level=0, keep=True),
    Style("GwLevel2", "公文二级标题", KAITI, indent=2, level=1, keep=True),
    Style("GwLevel3", "公文三级标题", FANGSONG, indent=2, level=2),
    Style("GwLevel4", "公文四级标题", FANGSONG, indent=2, level=3),
)
SIGNATURE = Style("GwSignature", "公文署名", align="right")
ATTACHMENT = Style("GwAttachment", "公文附件序号", HEITI, align="left", keep=True, latin=HEITI)
FOOTER = Style(
    "GwFooter",
    "公文页码",
    SONGTI,
    SIZE_4,
    line=None,
    tracking=Twips(0),
    latin=SONGTI,
    grid=False,
)
CELL = Style("GwCell", "公文表格", line=None, tracking=Twips(0), align="center", grid=False)
# Printed forms are no official documents: a smaller title, single lines, no grid.
FORM_TITLE = Style(
    "GwFormTitle",
    "表单标题",
    XIAOBIAOSONG,
    SIZE_SMALL_2,
    "center",
    line=Twips(600),
    tracking=Twips(0),
    grid=False,
)
FORM_LINE = Style(
    "GwFormLine", "表单抬头", size=SIZE_5, line=Twips(400), tracking=Twips(0), grid=False, keep=True
)
FORM_NOTE = Style(
    "GwFormNote",
    "表单注脚",
    size=SIZE_SMALL_5,
    align="left",
    line=Twips(250),
    tracking=Twips(0),
    grid=False,
)

ALL = (
    NORMAL, BODY, PLAIN, TITLE, *LEVELS, SIGNATURE, ATTACHMENT, FOOTER, CELL,
    FORM_TITLE, FORM_LINE, FORM_NOTE,
)  # fmt: skip


def fonts(east: str, latin: str = LATIN) -> str:
    """`w:rFonts` that names the face for Chinese and for Latin text.

    `w:hint` makes quotation marks and dashes, which both scripts share, Chinese ones.
    """
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east}" '
        f'w:cs="{latin}"/>'
    )


def _style(style: Style) -> str:
    based = "" if style is NORMAL else '<w:basedOn w:val="Normal"/>'
    keep = "<w:keepNext/>" if style.keep else ""
    grid = "" if style.grid else '<w:snapToGrid w:val="0"/>'
    if style.line is None:
        spacing = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    else:
        spacing = f'<w:spacing w:before="0" w:after="0" w:line="{style.line}" w:lineRule="exact"/>'
    indent = (
        f'<w:ind w:firstLineChars="{style.indent * 100}" w:firstLine="{style.indent * CHARACTER}"/>'
        if style.indent
        else ""
    )
    level = "" if style.level is None else f'<w:outlineLvl w:val="{style.level}"/>'
    size = half_points(style.size)
    origin = "w:default" if style is NORMAL else "w:customStyle"
    return (
        f'<w:style w:type="paragraph" {origin}="1" w:styleId="{style.id}">'
        f'<w:name w:val="{style.name}"/>{based}<w:qFormat/>'
        f'<w:pPr>{keep}<w:widowControl w:val="0"/>{grid}{spacing}{indent}'
        f'<w:jc w:val="{style.align}"/>{level}</w:pPr>'
        f"<w:rPr>{fonts(style.font, style.latin)}"
        f'<w:spacing w:val="{style.tracking}"/><w:kern w:val="0"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def part() -> BaseOxmlElement:
    """The whole `w:styles` element."""
    size = half_points(SIZE_3)
    return parse_xml(
        f"<w:styles {nsdecls('w')}><w:docDefaults><w:rPrDefault><w:rPr>{fonts(FANGSONG)}"
        f'<w:color w:val="auto"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        + "".join(_style(style) for style in ALL)
        + '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style></w:styles>"
    )
