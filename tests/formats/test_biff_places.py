"""Every place of an old Excel workbook: a marker hidden there is read as what it is."""

import io
import struct
from dataclasses import dataclass
from pathlib import Path

import pytest

from formats import read
from formats.budget import Budget
from formats.compound import compound
from formats.oleparts import OleParts
from formats.reading import Kind, Part, Reading, Segment, TroubleCode
from tests.build import biff
from tests.build.biff import Tab, Workbook, record, text8, text16
from tests.build.macros import vba_project
from tests.build.ole_properties import property_set
from tests.build.word import MARKER, docx, ole_native, paragraph, run

_HEADER_TEXT = f"&L{MARKER}&C&P"


@dataclass(frozen=True)
class Case:
    """A file, and what the reading must say of the marker in it."""

    data: bytes
    words: str
    part: Part
    visible: bool = False
    note: str = ""
    cell: str | None = None
    sheet: str | None = "花名册"


def sheet(body: bytes, **more: object) -> bytes:
    return Workbook([Tab(body=body)], **more).file()  # type: ignore[arg-type]


def literal(text: str) -> bytes:
    return b"\x17" + text8(text)


def validation() -> bytes:
    texts = b"".join(text16(t) for t in ("\0", "\0", MARKER, "\0"))
    tokens = literal("甲组\0乙组")
    return record(
        0x1BE,
        struct.pack("<I", 3)
        + texts
        + struct.pack("<HH", len(tokens), 0)
        + tokens
        + struct.pack("<HHH", 0, 0, 0),
    )


def options_list() -> bytes:
    texts = b"".join(text16("\0") for _ in range(4))
    tokens = literal(f"{MARKER}\0乙组")
    return record(
        0x1BE,
        struct.pack("<I", 3)
        + texts
        + struct.pack("<HH", len(tokens), 0)
        + tokens
        + struct.pack("<HHH", 0, 0, 0),
    )


def condition() -> bytes:
    tokens = literal(MARKER)
    return record(0x1B1, struct.pack("<BBHHI", 1, 3, len(tokens), 0, 0) + tokens)


def link(address: str, location: str = "") -> bytes:
    raw = (address + "\0").encode("utf-16-le")
    moniker = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b") + struct.pack("<I", len(raw)) + raw
    place = (location + "\0").encode("utf-16-le")
    flags = 3 | (8 if location else 0)
    data = struct.pack("<HHHH", 0, 0, 0, 0) + b"\0" * 16 + struct.pack("<II", 2, flags) + moniker
    if location:
        data += struct.pack("<I", len(place) // 2) + place
    return record(0x1B8, data)


def tip() -> bytes:
    data = struct.pack("<HHHHH", 0x800, 0, 0, 0, 0) + (MARKER + "\0").encode("utf-16-le")
    return record(0x800, data)


def auto_filter() -> bytes:
    first = struct.pack("<BBIBBH", 6, 2, 0, len(MARKER), 0, 0)
    return record(0x9E, struct.pack("<HH", 0, 0) + first + b"\0" * 10 + biff.chars(MARKER))


def scenario() -> bytes:
    head = struct.pack("<HBBBBB", 1, 0, 0, 2, 0, 0)
    return record(0xAF, head + biff.chars("方案") + struct.pack("<HH", 0, 0) + text16(MARKER))


def external() -> bytes:
    book = record(0x1AE, struct.pack("<H", 1) + text16("\x01D台账.xls") + text16("原始数据"))
    cached = record(0x59, struct.pack("<HH", 1, 0))
    return book + cached + record(0x5A, struct.pack("<BBH", 0, 0, 4) + b"\2" + text16(MARKER))


def even_header() -> bytes:
    head = b"\x9c\x08" + b"\0" * 26 + struct.pack("<HHHHH", 1, len(MARKER), 0, 0, 0)
    return record(0x89C, head + text16(MARKER))


def series() -> bytes:
    inside = record(0x100D, b"\0\0" + text8(MARKER))
    return biff.bof(biff.CHART) + inside + record(biff.EOF)


def chart_cache() -> bytes:
    return biff.bof(biff.CHART) + biff.label(0, 0, MARKER) + record(biff.EOF)


def pivot() -> bytes:
    head = struct.pack("<IHHHHHHHH", 1, 1, 0, 0, 1, 1, 0, 1, 0xFFFF)
    return record(0xC6, head) + record(0xCD, text16(MARKER)) + record(biff.EOF)


_WHITE = {"fonts": biff.font() * 4 + biff.font(9), "looks": biff.xf() + biff.xf(5)}
_FILLED = {"fonts": biff.font() * 4 + biff.font(9), "looks": biff.xf() + biff.xf(5, 0, 1, 12)}
_BLANK = {"looks": biff.xf() + biff.xf(0, 164), "head": biff.number_format(164, ";;;")}
_MERGE = record(0xE5, struct.pack("<HHHHH", 1, 0, 1, 0, 1))
_FILTERED = record(0x9B)
_HIDDEN_NAME = biff.name_of("内部", literal(MARKER), hidden=True)
_SHAPE = biff.boxed("框", shape=biff.described(0x381, MARKER))
_HIDDEN_FLAG = struct.pack("<HI", 0x3BF, 0x00020002)
_UNSEEN_BOX = biff.boxed(MARKER, shape=biff.art(_HIDDEN_FLAG, 1))
_FOREIGN = compound({"Workbook": Workbook([Tab(body=biff.label(0, 0, MARKER))]).stream()})
_PACKAGE = ole_native("附件.docx", docx(paragraph(run(MARKER))))


def with_macro() -> bytes:
    project = OleParts(io.BytesIO(vba_project({"模块1": f"' {MARKER}"})), Budget())
    return Workbook(
        streams={f"_VBA_PROJECT_CUR/{n}": project.read(n) for n in project.names}
    ).file()


CASES = [
    Case(sheet(biff.label(0, 0, MARKER)), "单元格", Part.CELL, visible=True, cell="A1"),
    Case(
        sheet(biff.cell(2, 1, 0), strings=(MARKER,)),
        "共享字符串的单元格",
        Part.CELL,
        visible=True,
        cell="B3",
    ),
    Case(
        sheet(biff.formula(0, 0, literal("略")) + record(0x207, text16(MARKER))),
        "公式的结果",
        Part.CELL,
        visible=True,
        cell="A1",
    ),
    Case(
        Workbook([Tab(), Tab("内部", biff.label(0, 0, MARKER), 1)]).file(),
        "隐藏工作表",
        Part.HIDDEN_SHEET,
        note="隐藏",
        cell="A1",
        sheet="内部",
    ),
    Case(
        Workbook([Tab(), Tab("内部", biff.label(0, 0, MARKER), 2)]).file(),
        "深度隐藏工作表",
        Part.HIDDEN_SHEET,
        note="深度隐藏",
        cell="A1",
        sheet="内部",
    ),
    Case(
        Workbook([Tab(), Tab(MARKER, b"", 1)]).file(),
        "隐藏工作表的名称",
        Part.HIDDEN_SHEET,
        note="隐藏",
        sheet=MARKER,
    ),
    Case(
        sheet(biff.row_of(1, 0x20) + biff.label(1, 0, MARKER)), "隐藏行", Part.HIDDEN_ROW, cell="A2"
    ),
    Case(
        sheet(biff.row_of(1, 0x40, 0) + biff.label(1, 0, MARKER)),
        "零高度行",
        Part.HIDDEN_ROW,
        cell="A2",
    ),
    Case(
        sheet(biff.row_of(1, 0x31) + biff.label(1, 0, MARKER)),
        "折叠的行",
        Part.HIDDEN_ROW,
        cell="A2",
    ),
    Case(
        sheet(_FILTERED + biff.row_of(1, 0x20) + biff.label(1, 0, MARKER)),
        "筛选掉的行",
        Part.HIDDEN_ROW,
        note="筛选",
        cell="A2",
    ),
    Case(
        sheet(record(0x225, struct.pack("<HH", 2, 0)) + biff.label(7, 0, MARKER)),
        "默认隐藏的行",
        Part.HIDDEN_ROW,
        cell="A8",
    ),
    Case(
        sheet(biff.column_of(2, 3, options=1) + biff.label(0, 3, MARKER)),
        "隐藏列",
        Part.HIDDEN_COLUMN,
        cell="D1",
    ),
    Case(
        sheet(biff.column_of(2, 3, 0) + biff.label(0, 3, MARKER)),
        "零宽度列",
        Part.HIDDEN_COLUMN,
        cell="D1",
    ),
    Case(
        sheet(biff.column_of(2, 3, options=0x1101) + biff.label(0, 3, MARKER)),
        "折叠的列",
        Part.HIDDEN_COLUMN,
        cell="D1",
    ),
    Case(
        sheet(biff.label(0, 0, MARKER, 1), **_BLANK),
        "三个分号的格式",
        Part.INVISIBLE_TEXT,
        cell="A1",
    ),
    Case(sheet(biff.label(0, 0, MARKER, 1), **_WHITE), "白色文字", Part.INVISIBLE_TEXT, cell="A1"),
    Case(
        sheet(biff.label(0, 0, MARKER, 1), **_FILLED),
        "深色底上的白字",
        Part.CELL,
        visible=True,
        cell="A1",
    ),
    Case(
        sheet(biff.label(0, 1, MARKER) + _MERGE),
        "合并单元格盖住的内容",
        Part.COVERED_TEXT,
        cell="B1",
    ),
    Case(
        sheet(biff.label(0, 0, "甲") + biff.label(0, 0, MARKER)),
        "同一单元格的第二个值",
        Part.INVISIBLE_TEXT,
        cell="A1",
    ),
    Case(
        sheet(biff.label(60_000, 250, MARKER)),
        "远处的单元格",
        Part.CELL,
        visible=True,
        cell="IQ60001",
    ),
    Case(
        sheet(biff.note(0, 0, "覃小满", MARKER)),
        "批注",
        Part.COMMENT,
        note="作者 覃小满",
        cell="A1",
    ),
    Case(sheet(biff.note(0, 0, MARKER, "内容")), "批注作者", Part.PROPERTY, note="批注作者"),
    Case(sheet(biff.boxed(MARKER, 3, 0x19)), "没有单元格的批注", Part.TEXTBOX, note="没有单元格"),
    Case(
        sheet(biff.formula(0, 0, literal(MARKER), b"\0" * 8)),
        "公式里的文字",
        Part.FIELD,
        note="公式里的文字",
        cell="A1",
    ),
    Case(
        Workbook(head=biff.name_of("甲组", literal(MARKER))).file(),
        "定义名称",
        Part.DEFINED_NAME,
        note="定义名称",
        sheet=None,
    ),
    Case(
        Workbook(head=_HIDDEN_NAME).file(),
        "隐藏的定义名称",
        Part.DEFINED_NAME,
        note="隐藏的定义名称",
        sheet=None,
    ),
    Case(
        Workbook(strings=(MARKER,)).file(), "残留的共享字符串", Part.HIDDEN, note="残留", sheet=None
    ),
    Case(
        Workbook(streams={"_SX_DB_CUR/0001": pivot()}).file(),
        "透视表缓存",
        Part.PIVOT_CACHE,
        note="源数据",
        sheet=None,
    ),
    Case(
        Workbook(head=external()).file(),
        "外部工作簿的缓存",
        Part.EXTERNAL_LINK,
        note="原始数据!A5",
        sheet=None,
    ),
    Case(
        Workbook(head=record(0x1AE, struct.pack("<H", 0) + text16(f"\x01D{MARKER}.xls"))).file(),
        "外部工作簿的位置",
        Part.EXTERNAL_LINK,
        sheet=None,
    ),
    Case(sheet(biff.boxed(MARKER)), "文本框", Part.TEXTBOX, visible=True),
    Case(sheet(_UNSEEN_BOX), "隐藏的文本框", Part.TEXTBOX, note="隐藏的图形"),
    Case(sheet(_SHAPE), "图形的替代文字", Part.ALT_TEXT, note="替代文字"),
    Case(
        sheet(biff.boxed("框", shape=biff.described(0xC0, MARKER))),
        "艺术字",
        Part.TEXTBOX,
        visible=True,
    ),
    Case(sheet(record(0x14, text16(_HEADER_TEXT))), "页眉", Part.HEADER, visible=True),
    Case(sheet(record(0x15, text16(_HEADER_TEXT))), "页脚", Part.FOOTER, visible=True),
    Case(sheet(even_header()), "偶数页页眉", Part.HEADER, visible=True, note="偶数页"),
    Case(sheet(validation()), "数据有效性提示", Part.FIELD, note="提示"),
    Case(sheet(options_list()), "数据有效性的下拉选项", Part.FIELD, note="下拉选项"),
    Case(sheet(condition()), "条件格式", Part.FIELD, note="条件格式"),
    Case(sheet(auto_filter()), "筛选条件", Part.FIELD, note="筛选条件"),
    Case(sheet(scenario()), "方案", Part.FIELD, note="方案"),
    Case(
        sheet(link(f"http://bai.invalid/{MARKER}")), "链接地址", Part.LINK, note="链接", cell="A1"
    ),
    Case(sheet(link("http://bai.invalid", MARKER)), "链接位置", Part.LINK, note="链接", cell="A1"),
    Case(sheet(tip()), "链接提示", Part.FIELD, note="链接提示", cell="A1"),
    Case(sheet(series()), "图表里的文字", Part.CHART_CACHE, visible=True),
    Case(sheet(chart_cache()), "图表保存的数据", Part.CHART_CACHE),
    Case(
        Workbook(head=biff.number_format(165, f'0"{MARKER}"')).file(),
        "数字格式里的文字",
        Part.FIELD,
        note="数字格式",
        sheet=None,
    ),
    Case(
        Workbook(head=record(0x5C, text16(MARKER).ljust(112, b" "))).file(),
        "最后保存的用户",
        Part.PROPERTY,
        note="用户",
        sheet=None,
    ),
    Case(
        Workbook(head=record(0x5B, struct.pack("<HH", 1, 0) + text16(MARKER))).file(),
        "文件的保护人",
        Part.PROPERTY,
        note="保护人",
        sheet=None,
    ),
    Case(
        Workbook(streams={"\x05SummaryInformation": property_set({4: MARKER})}).file(),
        "作者属性",
        Part.PROPERTY,
        note="作者",
        sheet=None,
    ),
    Case(
        Workbook(
            streams={"\x05DocumentSummaryInformation": property_set({15: MARKER}, "office")}
        ).file(),
        "单位属性",
        Part.PROPERTY,
        note="单位",
        sheet=None,
    ),
    Case(
        Workbook(
            streams={"\x05DocumentSummaryInformation": property_set({2: MARKER}, "own")}
        ).file(),
        "自定义属性",
        Part.PROPERTY,
        note="自定义属性",
        sheet=None,
    ),
    Case(
        Workbook(
            streams={"MBD0001/Workbook": Workbook([Tab(body=biff.label(0, 0, MARKER))]).stream()}
        ).file(),
        "嵌入的工作簿",
        Part.EMBEDDED,
        cell="A1",
    ),
    Case(
        Workbook(streams={"MBD0002/\x01Ole10Native": _PACKAGE}).file(),
        "嵌入的文件",
        Part.EMBEDDED,
        sheet=None,
    ),
    Case(
        Workbook(tail=biff.label(0, 0, MARKER)).file(),
        "工作簿末尾的残留",
        Part.REVISION_HISTORY,
        note="残留",
        sheet=None,
    ),
    Case(
        Workbook([Tab(), Tab("乙")], between=b"\0\0" + MARKER.encode("utf-16-le")).file(),
        "工作表之间的残留",
        Part.REVISION_HISTORY,
        note="残留",
        sheet=None,
    ),
    Case(
        Workbook(streams={"Revision Log": MARKER.encode("utf-16-le")}).file(),
        "共享工作簿的修订记录",
        Part.HIDDEN,
        sheet=None,
    ),
    Case(
        Workbook().file() + b"\0" * 64 + MARKER.encode("utf-16-le").ljust(448, b"\0"),
        "文件末尾以外的残留",
        Part.REVISION_HISTORY,
        note="空隙",
        sheet=None,
    ),
    Case(
        sheet(record(0x0899, b"\0" * 12 + MARKER.encode("utf-16-le"))),
        "不认识的记录",
        Part.HIDDEN,
        note="表格以外",
    ),
    Case(with_macro(), "宏的源代码", Part.SCRIPT, note="模块1", sheet=None),
    Case(
        sheet(record(0x51, b"\0" * 6 + text16(f"\1\1D{MARKER}.xls"))),
        "合并计算的数据来源",
        Part.EXTERNAL_LINK,
        note="合并计算",
    ),
    Case(
        sheet(record(0xDC, b"\0" * 12) + record(0xCD, text16(f"DSN={MARKER}"))),
        "数据连接",
        Part.VARIABLE,
        note="数据连接",
    ),
    Case(
        sheet(record(0xB1, b"\0" * 10 + text16(MARKER))),
        "透视表的字段名称",
        Part.PIVOT_CACHE,
        note="透视表",
    ),
]


def look(data: bytes, folder: Path, name: str = "文件.xls") -> Reading:
    path = folder / name
    path.write_bytes(data)
    return read(path)


def with_marker(reading: Reading) -> list[Segment]:
    return [s for s in reading.segments if MARKER in s.text]


def placed(case: Case) -> object:
    mark = pytest.mark.place(Kind.XLS.value, case.words, visible=case.visible)
    return pytest.param(case, id=case.words, marks=mark)


@pytest.mark.parametrize("case", [placed(c) for c in CASES])
def test_each_place_is_read_as_what_it_is(case: Case, tmp_path: Path) -> None:
    reading = look(case.data, tmp_path)
    (found,) = with_marker(reading)
    assert (found.place.part, found.visible) == (case.part, case.visible)
    assert case.note in found.note
    assert found.place.sheet == case.sheet
    if case.cell is not None:
        assert found.place.cell == case.cell
    assert TroubleCode.DAMAGED not in [t.code for t in reading.troubles]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.words)
def test_no_two_segments_share_a_place_and_text(case: Case, tmp_path: Path) -> None:
    reading = look(case.data, tmp_path)
    seen = [(s.place, s.text) for s in reading.segments]
    assert len(seen) == len(set(seen))
