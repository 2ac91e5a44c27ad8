"""The table of places in a worksheet: one workbook for each place a text can stand in."""

from dataclasses import dataclass
from typing import Any

from formats.reading import Kind, Part
from tests.build.sheet import MAIN, Tab, row, text, workbook

MARKER = "覃小满四五一二二六"
NUMBER = "450126199003074512"
# Whether a reader of the opened or printed file sees a place.
SEEN, UNSEEN = True, False
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"

_FORMATS = (";;;", f'0"{MARKER}"', "[White]General", '0;-0;0;"(无)"@')
_FONTS = (
    "", '<color rgb="FFFFFFFF"/>', '<color theme="0"/>', '<color indexed="9"/>',
    '<color rgb="FF1F4E79"/>', '<sz val="1"/>', '<color theme="1" tint="1"/>',
)  # fmt: skip
_FILLS = (
    '<patternFill patternType="none"/>',
    '<patternFill patternType="gray125"/>',
    '<patternFill patternType="solid"><fgColor rgb="FF1F4E79"/></patternFill>',
    '<patternFill patternType="solid"><fgColor rgb="FFFFFFFF"/></patternFill>',
)
# (number format, font, fill): what `s` of a cell counts in.
_LOOKS = {
    "plain": (0, 0, 0), "silent": (164, 0, 0), "white": (0, 1, 0), "theme": (0, 2, 0),
    "indexed": (0, 3, 0), "on blue": (0, 1, 2), "on white": (0, 1, 3), "blue on blue": (0, 4, 2),
    "tiny": (0, 5, 0), "worded": (165, 0, 0), "white number": (166, 0, 0), "tinted": (0, 6, 0),
}  # fmt: skip
LOOK = {name: number for number, name in enumerate(_LOOKS)}
# Differential formats: 0 white letters, 1 a dark ground, 2 nothing shown, 3 red letters.
_CHANGES = (
    '<dxf><font><color rgb="FFFFFFFF"/></font></dxf>'
    '<dxf><fill><patternFill><bgColor rgb="FF1F4E79"/></patternFill></fill></dxf>'
    '<dxf><numFmt numFmtId="170" formatCode=";;;"/></dxf>'
    '<dxf><font><color rgb="FFFF0000"/></font></dxf>'
)


def _listed(name: str, items: list[str]) -> str:
    return f'<{name} count="{len(items)}">{"".join(items)}</{name}>'


def _quoted(code: str) -> str:
    return code.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


STYLES = (
    _listed("numFmts", [f'<numFmt numFmtId="{n}" formatCode="{_quoted(c)}"/>'
                        for n, c in enumerate(_FORMATS, 164)])
    + _listed("fonts", [f"<font>{f}</font>" for f in _FONTS])
    + _listed("fills", [f"<fill>{f}</fill>" for f in _FILLS])
    + _listed("borders", ["<border><left/><right/><top/><bottom/><diagonal/></border>"])
    + _listed("cellStyleXfs", ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'])
    + _listed("cellXfs", [f'<xf numFmtId="{n}" fontId="{f}" fillId="{g}" borderId="0" xfId="0"'
                          ' applyNumberFormat="1" applyFont="1" applyFill="1"/>'
                          for n, f, g in _LOOKS.values()])
    + f'<dxfs count="4">{_CHANGES}</dxfs>'
)  # fmt: skip
# The same without the format that says MARKER.
BARE_STYLES = STYLES.replace(MARKER, "户")


_ACCENTS = (*(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
_SLOTS = {"dk1": "000000", "lt1": "FFFFFF", "dk2": "44546A", "lt2": "E7E6E6"}
_SLOTS |= dict.fromkeys(_ACCENTS, "4472C4")
THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office">'
    '<a:themeElements><a:clrScheme name="Office">'
    + "".join(f'<a:{slot}><a:srgbClr val="{c}"/></a:{slot}>' for slot, c in _SLOTS.items())
    + "</a:clrScheme></a:themeElements></a:theme>"
)


@dataclass(frozen=True)
class Spot:
    """A workbook with `marker` in one place, and what reading it must say.

    `drawn`: in LibreOffice's pages the marker is text if it is seen, and is not if it is unseen.
    Not where it differs from Excel: it gives rows and columns of no size their usual size.
    `inked`: letters that are text in its pages all the same, and only their colour hides.
    """

    words: str
    data: bytes
    part: Part
    visible: bool
    cell: str | None = None
    sheet: str | None = "花名册"
    note: str = ""
    marker: str = MARKER
    kind: Kind = Kind.XLSX
    drawn: bool = False
    inked: bool = False


def book(*tabs: Tab, **more: Any) -> bytes:
    """A workbook with the styles above."""
    more["parts"] = {"xl/theme/theme1.xml": THEME} | more.get("parts", {})
    more["links"] = {"theme": ("theme", "theme/theme1.xml")} | more.get("links", {})
    return workbook(*(tabs or (Tab(),)), **({"styles": BARE_STYLES} | more))


# Wide enough for all of the marker, where something stands to the right of it.
_WIDE = '<cols><col min="2" max="2" width="40" customWidth="1"/></cols>'


def _rows(look: str = "plain", line: str = "") -> str:
    return row(3, text("A3", "姓名") + text("B3", MARKER, LOOK[look]) + text("C3", "金额"),
               line or 'ht="20" customHeight="1"')  # fmt: skip


def _cell(words: str, part: Part, visible: bool, note: str = "", /, look: str = "plain",
          line: str = "", drawn: bool = True, inked: bool = False,
          **tab: Any) -> Spot:  # fmt: skip
    """MARKER as a text in B3; `tab` goes into the Tab."""
    data = book(Tab(**({"rows": _rows(look, line), "before": _WIDE} | tab)))
    return Spot(words, data, part, visible, cell="B3", note=note,
                drawn=drawn and not inked, inked=inked)  # fmt: skip


def _number(words: str, visible: bool, inner: str, marker: str, /, look: str = "plain",
            note: str = "", drawn: bool = True, inked: bool = False,
            **more: Any) -> Spot:  # fmt: skip
    """A number in B3; `inner` is what stands in its cell."""
    rows = row(3, f'<c r="B3" s="{LOOK[look]}">{inner}</c>')
    part = Part.CELL if visible else Part.INVISIBLE_TEXT
    data = book(Tab("花名册", rows, _WIDE), **more)
    return Spot(words, data, part, visible, cell="B3", note=note,
                marker=marker, drawn=drawn, inked=inked)  # fmt: skip


def _rule(inner: str, attributes: str, change: int = 0) -> str:
    """A conditional format on A1:C9."""
    return (
        f'<conditionalFormatting sqref="A1:C9"><cfRule priority="1" dxfId="{change}"'
        f" {attributes}>{inner}</cfRule></conditionalFormatting>"
    )


def _sheet(words: str, state: str, note: str) -> Spot:
    hidden = Tab("底表", _rows(), state=state)
    return Spot(words, book(Tab(rows=row(1, text("A1", "公示"))), hidden), Part.HIDDEN_SHEET,
                UNSEEN, cell="B3", sheet="底表", note=note, drawn=True)  # fmt: skip


def _formula(words: str, inner: str, part: Part, visible: bool, marker: str = MARKER,
             kind: str = "str") -> Spot:  # fmt: skip
    rows = row(3, f'<c r="B3" t="{kind}">{inner}</c>')
    return Spot(words, book(Tab(rows=rows)), part, visible, cell="B3", marker=marker)


_EXTENDED = (
    f'<extLst><ext xmlns:x14="{X14}"><x14:conditionalFormattings><x14:conditionalFormatting'
    f' xmlns:xm="{XM}"><x14:cfRule type="cellIs" priority="1" operator="equal"><xm:f>"{MARKER}"'
    '</xm:f><x14:dxf><font><color rgb="FFFFFFFF"/></font></x14:dxf></x14:cfRule><xm:sqref>A1:C9'
    "</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"
)
_MERGE = '<mergeCells><mergeCell ref="A3:C3"/></mergeCells>'
_RICH = f"<si><r><t>{MARKER[:3]}</t></r><r><rPr><b/></rPr><t>{MARKER[3:]}</t></r></si>"
_PALE = '<r><rPr><color rgb="FFFFFFFF"/></rPr><t>{}</t></r>'.format
_FAR = row(1_048_576, text("XFD1048576", MARKER))


def _strings(words: str, item: str, look: str = "plain", part: Part = Part.CELL) -> Spot:
    """A shared string in B3."""
    cell = f'<c r="B3" s="{LOOK[look]}" t="s"><v>1</v></c>'
    data = book(Tab(rows=row(3, cell)), strings=f"<si><t>甲</t></si>{item}")
    seen = part is Part.CELL
    return Spot(words, data, part, seen, cell="B3", drawn=seen)


def _table(words: str, style: str, part: Part, first: int) -> Spot:
    """White letters in B3, in a table that begins with row `first`."""
    table = (
        f'<table xmlns="{MAIN}" id="1" name="表1" displayName="表1" ref="A{first}:C9">'
        '<tableColumns count="3"><tableColumn id="1" name="甲"/><tableColumn id="2" name="乙"/>'
        f'<tableColumn id="3" name="丙"/></tableColumns><tableStyleInfo name="{style}"/></table>'
    )
    tab = Tab(rows=_rows("white"), after='<tableParts><tablePart r:id="t"/></tableParts>',
              rels={"t": ("table", "../tables/table1.xml")})  # fmt: skip
    data = book(tab, parts={"xl/tables/table1.xml": table})
    return Spot(words, data, part, part is Part.CELL, cell="B3")


CELLS = (
    _cell("单元格里的文字", Part.CELL, SEEN),
    _strings("共享字符串", f"<si><t>{MARKER}</t></si>"),
    _strings("分段格式的共享字符串", _RICH),
    _strings("单元格里的部分白色字", f"<si><r><t>姓名</t></r>{_PALE(MARKER)}</si>",
             part=Part.INVISIBLE_TEXT),
    _strings("全部分段都是白色字", f"<si>{_PALE('甲')}{_PALE(MARKER)}</si>",
             part=Part.INVISIBLE_TEXT),
    _strings("蓝底上的部分白色字", f"<si><r><t>姓名</t></r>{_PALE(MARKER)}</si>", "on blue"),
    _table("表格样式涂了底色的白色字", "TableStyleMedium9", Part.CELL, 3),
    _table("表格正文里的白色字", "TableStyleMedium9", Part.INVISIBLE_TEXT, 1),
    Spot("极远处的单元格", book(Tab(rows=_FAR)), Part.CELL, SEEN, cell="XFD1048576"),
    _cell("受保护的工作表", Part.CELL, SEEN, after='<sheetProtection sheet="1" objects="1"/>'),
    _sheet("隐藏的工作表", "hidden", "隐藏"),
    _sheet("深度隐藏的工作表", "veryHidden", "深度隐藏"),
    Spot("工作表名", book(Tab(MARKER)), Part.SHEET, SEEN, sheet=MARKER),
    Spot("隐藏的工作表名", book(Tab(), Tab(MARKER, state="hidden")), Part.HIDDEN_SHEET, UNSEEN,
         sheet=MARKER, note="隐藏"),
    _cell("隐藏的行", Part.HIDDEN_ROW, UNSEEN, line='hidden="1"'),
    _cell("高度为零的行", Part.HIDDEN_ROW, UNSEEN, drawn=False, line='ht="0" customHeight="1"'),
    _cell("低得看不见字的行", Part.HIDDEN_ROW, UNSEEN, drawn=False,
          line='ht="1" customHeight="1"'),
    _cell("默认高度为零的行", Part.HIDDEN_ROW, UNSEEN, drawn=False, line=" ",
          before='<sheetFormatPr defaultRowHeight="0" customHeight="1"/>'),
    _cell("筛选掉的行", Part.HIDDEN_ROW, UNSEEN, "隐藏行（工作表带有筛选）", line='hidden="1"',
          after='<autoFilter ref="A1:B3"/>'),
    _cell("折叠的行", Part.HIDDEN_ROW, UNSEEN, "折叠的行", line='hidden="1" outlineLevel="1"'),
    _cell("隐藏的列", Part.HIDDEN_COLUMN, UNSEEN,
          before='<cols><col min="2" max="2" width="9" hidden="1"/></cols>'),
    _cell("宽度为零的列", Part.HIDDEN_COLUMN, UNSEEN, drawn=False,
          before='<cols><col min="2" max="2" width="0" customWidth="1"/></cols>'),
    _cell("默认宽度为零的列", Part.HIDDEN_COLUMN, UNSEEN, drawn=False,
          before='<sheetFormatPr defaultColWidth="0" defaultRowHeight="15"/>'),
    _cell("折叠的列", Part.HIDDEN_COLUMN, UNSEEN, "折叠的列", before=
          '<cols><col min="2" max="2" width="9" hidden="1" outlineLevel="1"/></cols>'),
    _cell("格式为 ;;; 的单元格", Part.INVISIBLE_TEXT, UNSEEN, look="silent"),
    _number("格式为 ;;; 的数字", UNSEEN, "<v>13800001234</v>", "13800001234", look="silent"),
    _cell("白色字", Part.INVISIBLE_TEXT, UNSEEN, look="white", inked=True),
    _cell("主题色的白色字", Part.INVISIBLE_TEXT, UNSEEN, look="theme", inked=True),
    _cell("主题色加淡的白色字", Part.INVISIBLE_TEXT, UNSEEN, look="tinted", inked=True),
    _cell("索引色的白色字", Part.INVISIBLE_TEXT, UNSEEN, look="indexed", inked=True),
    _cell("白底白字", Part.INVISIBLE_TEXT, UNSEEN, look="on white", inked=True),
    _cell("蓝底蓝字", Part.INVISIBLE_TEXT, UNSEEN, look="blue on blue", inked=True),
    _cell("蓝底白字", Part.CELL, SEEN, look="on blue", inked=True),
    _cell("极小的字", Part.INVISIBLE_TEXT, UNSEEN, look="tiny", drawn=False),
    _number("数字格式指定的白色", UNSEEN, "<v>13800001234</v>", "13800001234",
            look="white number", drawn=False, inked=True),
    _cell("条件格式的白色字", Part.INVISIBLE_TEXT, UNSEEN, inked=True,
          after=_rule("", f'type="containsText" text="{MARKER}"')),
    _cell("扩展条件格式的白色字", Part.INVISIBLE_TEXT, UNSEEN, inked=True, after=_EXTENDED),
    _cell("条件格式里的 ;;;", Part.INVISIBLE_TEXT, UNSEEN,
          after=_rule("<formula>TRUE</formula>", 'type="expression"', 2)),
    _cell("条件不满足的白色字条件格式", Part.CELL, SEEN,
          after=_rule("<formula>5</formula>", 'type="cellIs" operator="equal"')),
    _cell("算不出的条件格式", Part.CELL, SEEN, "条件格式可能使内容不显示", drawn=False,
          after=_rule("<formula>LEN(A1)&gt;2</formula>", 'type="expression"')),
    _cell("条件格式涂了底色的白色字", Part.CELL, SEEN, look="white", inked=True, after=
          _rule("", 'type="notContainsBlanks"', 1)
          + _rule("<formula>5</formula>", 'type="cellIs" operator="equal"')),
    _cell("合并单元格盖住的内容", Part.COVERED_TEXT, UNSEEN, after=_MERGE),
    _number("数字格式里的文字", SEEN, "<v>7</v>", MARKER, look="worded", styles=STYLES),
    _number("以数字保存的十八位号码", SEEN, f"<v>{NUMBER}</v>", NUMBER, drawn=False,
            note="以数字保存，末几位可能已丢失"),
    _number("已丢失末几位的十八位号码", SEEN, "<v>4.5012619900307453E+17</v>",
            "450126199003074530", note="以数字保存，末几位可能已丢失", drawn=False),
    _number("以数字保存的十五位号码", SEEN, "<v>450126900307451</v>", "450126900307451",
            note="以数字保存", drawn=False),
    _formula("公式的结果", f"<f>A1&amp;A2</f><v>{MARKER}</v>", Part.CELL, SEEN),
    _formula("公式里的文字", f'<f>IF(A1="","{MARKER}","")</f><v>否</v>', Part.FIELD, UNSEEN),
    _formula("公式里的短名字", '<f>IF(A1="","覃小满","")</f><v>否</v>', Part.FIELD, UNSEEN,
             "覃小满"),
    _formula("公式里的号码", f"<f>IF(A1={NUMBER},1,2)</f><v>2</v>", Part.FIELD, UNSEEN, NUMBER,
             "n"),
    _formula("公式引用的文件", f"<f>'D:\\{MARKER}\\[表.xlsx]甲'!A1</f><v>2</v>", Part.FIELD, UNSEEN,
             MARKER, "n"),
)  # fmt: skip
