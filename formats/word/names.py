"""The element and attribute names of WordprocessingML that we act on (ECMA-376 part 1)."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VML = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

VAL = f"{W}val"
ID = f"{W}id"
AUTHOR = f"{W}author"
DATE = f"{W}date"
INSTR = f"{W}instr"
RID = f"{R}id"

P = f"{W}p"
PPR = f"{W}pPr"
RUN = f"{W}r"
RPR = f"{W}rPr"
T = f"{W}t"
DEL_TEXT = f"{W}delText"
INSTR_TEXT = f"{W}instrText"
DEL_INSTR = f"{W}delInstrText"
TBL = f"{W}tbl"
TR = f"{W}tr"
TC = f"{W}tc"
TRPR = f"{W}trPr"
TCPR = f"{W}tcPr"
TBLPR = f"{W}tblPr"
SECTPR = f"{W}sectPr"
GRID = f"{W}tblGrid"
INS = f"{W}ins"
DEL = f"{W}del"
MOVE_FROM = f"{W}moveFrom"
MOVE_TO = f"{W}moveTo"
FLD_CHAR = f"{W}fldChar"
FLD_SIMPLE = f"{W}fldSimple"
HYPERLINK = f"{W}hyperlink"
TXBX = f"{W}txbxContent"
ALTERNATE = f"{MC}AlternateContent"
CHOICE = f"{MC}Choice"
FALLBACK = f"{MC}Fallback"
SHD = f"{W}shd"
DRAWING = f"{W}drawing"
PSTYLE = f"{W}pStyle"
SPACING = f"{W}spacing"
INDENT = f"{W}ind"
FRAME = f"{W}framePr"

# Property changes keep the old look and the name of who changed it; they hold no text.
CHANGES = frozenset(
    f"{W}{name}"
    for name in (
        "rPrChange",
        "pPrChange",
        "sectPrChange",
        "tblPrChange",
        "tblPrExChange",
        "trPrChange",
        "tcPrChange",
        "tblGridChange",
        "numberingChange",
    )
)
# All that says who changed the text or its look.
CHANGED = (
    CHANGES
    | {INS, DEL, MOVE_FROM, MOVE_TO}
    | frozenset(
        f"{W}{name}"
        for name in (
            "cellIns",
            "cellDel",
            "cellMerge",
            "moveFromRangeStart",
            "moveToRangeStart",
            "customXmlInsRangeStart",
            "customXmlDelRangeStart",
            "customXmlMoveFromRangeStart",
            "customXmlMoveToRangeStart",
        )
    )
)


def on(value: str | None) -> bool:
    """An ST_OnOff value; a missing attribute means on (ECMA-376 part 1, 17.17.4)."""
    return value not in ("0", "false", "off", "none")
