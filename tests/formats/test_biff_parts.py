"""Parts of old Excel workbooks that need more than one record: formulas, links, caches, colours."""

import io
import struct

import pytest

from formats.budget import Budget
from formats.opening import read_stream
from formats.reading import Part, Segment
from tests.build import biff
from tests.build.biff import Tab, Workbook, record, text8, text16
from tests.build.word import MARKER


def segments(data: bytes) -> list[Segment]:
    return list(read_stream(io.BytesIO(data), Budget(), "名单.xls").segments)


def marked(data: bytes) -> Segment:
    (found,) = (s for s in segments(data) if MARKER in s.text)
    return found


def own_sheets() -> bytes:
    """References to this workbook's own sheets: 0 is the first, 1 the second."""
    own = record(0x1AE, struct.pack("<HH", 2, 0x0401))
    table = struct.pack("<HHHHHHH", 2, 0, 0, 0, 0, 1, 1)
    return own + record(0x17, table)


def literal(text: str) -> bytes:
    return b"\x17" + text8(text)


AREA = b"\x3b" + struct.pack("<HHHHH", 1, 0, 8, 0, 2)
CELL = b"\x3a" + struct.pack("<HHH", 0, 4, 1)


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        (AREA, "名单：乙!$A$1:$C$9"),
        (CELL, "名单：甲!$B$5"),
        (b"\x44" + struct.pack("<HH", 0, 0) + b"\x1e\7\0\3", "名单：$A$1，7"),
        (b"\x1f" + struct.pack("<d", 510105194912310000.0), "名单：5.1010519491231e+17"),
        (b"\x19\4" + struct.pack("<H", 1) + b"\0" * 4 + literal("选"), "名单：选"),
        (b"\x1d\1\x1c\x2a\x16\x15" + literal("算"), "名单：算"),
        (b"\x7f" + literal("不认识的记号之后"), "名单：不认识的记号之后"),
    ],
)
def test_a_name_says_what_it_stands_for(tokens: bytes, text: str) -> None:
    book = Workbook([Tab("甲"), Tab("乙")], head=own_sheets() + biff.name_of("名单", tokens))
    found = [s.text for s in segments(book.file()) if s.place.part is Part.DEFINED_NAME]
    assert found == [text]


@pytest.mark.place("xls", "数组常量里的文字", visible=False)
def test_a_text_in_a_constant_array_is_read() -> None:
    array = struct.pack("<BH", 1, 0) + b"\1" + struct.pack("<d", 7) + b"\2" + text16(MARKER)
    data = struct.pack("<HHH", 0, 0, 0) + b"\0" * 8 + struct.pack("<HIH", 0, 0, 8)
    body = record(0x06, data + b"\x60" + b"\0" * 7 + array)
    found = marked(Workbook([Tab(body=body)]).file())
    assert (found.place.part, found.visible, found.place.cell) == (Part.FIELD, False, "A1")


@pytest.mark.place("xls", "共享公式里的文字", visible=False)
def test_a_text_in_a_shared_formula_is_read() -> None:
    tokens = literal(MARKER)
    data = struct.pack("<HHBBHH", 2, 5, 1, 1, 0, len(tokens)) + tokens
    found = marked(Workbook([Tab(body=record(0x4BC, data))]).file())
    assert (found.place.part, found.place.cell) == (Part.FIELD, "B3")


@pytest.mark.place("xls", "数组公式里的文字", visible=False)
def test_a_text_in_an_array_formula_is_read() -> None:
    tokens = literal(MARKER)
    data = struct.pack("<HHBBHIH", 2, 5, 1, 1, 0, 0, len(tokens)) + tokens
    found = marked(Workbook([Tab(body=record(0x221, data))]).file())
    assert (found.place.part, found.place.cell) == (Part.FIELD, "B3")


def test_a_long_number_in_a_formula_is_read_and_a_short_word_is_not() -> None:
    tokens = b"\x1f" + struct.pack("<d", 15400003021.0) + literal("是")
    body = biff.formula(0, 0, tokens, struct.pack("<d", 1.0))
    found = [s.text for s in segments(Workbook([Tab(body=body)]).file())]
    assert "15400003021" in found
    assert "是" not in found


def palette_of(index: int, colour: tuple[int, int, int]) -> bytes:
    colours = [(0, 0, 0)] * 56
    colours[index - 8] = colour
    return record(0x92, struct.pack("<H", 56) + b"".join(bytes((*c, 0)) for c in colours))


@pytest.mark.parametrize(
    ("head", "font", "look", "visible"),
    [
        pytest.param(
            palette_of(20, (250, 250, 250)), biff.font(20), biff.xf(5), False,
            marks=pytest.mark.place("xls", "调色板里的白色文字", visible=False),
        ),
        pytest.param(
            b"", biff.font(height=20), biff.xf(5), False,
            marks=pytest.mark.place("xls", "极小的文字", visible=False),
        ),
        pytest.param(
            b"", biff.font(10), biff.xf(5, 0, 1, 10), False,
            marks=pytest.mark.place("xls", "与底色相同的文字", visible=False),
        ),
        (b"", biff.font(10), biff.xf(5, 0, 2, 10), True),
        (b"", biff.font(9), biff.xf(5, 0, 1, 65), False),
        (b"", biff.font(9), biff.xf(5, 0, 1, 64), True),
        (b"", biff.font(), biff.xf(99), True),
    ],
)  # fmt: skip
def test_ink_is_seen_on_another_ground_only(
    head: bytes, font: bytes, look: bytes, *, visible: bool
) -> None:
    body = biff.label(0, 0, MARKER, 1)
    book = Workbook([Tab(body=body)], head=head, fonts=biff.font() * 4 + font)
    book.looks = biff.xf() + look
    assert marked(book.file()).visible is visible


def test_a_merge_that_begins_hidden_shows_in_its_visible_rest() -> None:
    merge = record(0xE5, struct.pack("<HHHHH", 1, 0, 1, 0, 0))
    body = biff.row_of(0, 0x20) + biff.label(0, 0, MARKER) + merge
    assert marked(Workbook([Tab(body=body)]).file()).place.part is Part.CELL
    both = biff.row_of(0, 0x20) + biff.row_of(1, 0x20) + biff.label(0, 0, MARKER) + merge
    assert marked(Workbook([Tab(body=both)]).file()).place.part is Part.HIDDEN_ROW


@pytest.mark.place("xls", "个人视图的名称", visible=False)
def test_a_persons_own_view_is_read() -> None:
    found = marked(Workbook(head=record(0x1A9, b"\0" * 52 + text16(MARKER))).file())
    assert (found.place.part, found.note) == (Part.PROPERTY, "个人视图的名称")


@pytest.mark.place("xls", "定义名称的说明", visible=False)
def test_a_comment_on_a_name_is_read() -> None:
    data = b"\x94\x08" + b"\0" * 10 + struct.pack("<HH", 2, len(MARKER))
    found = marked(
        Workbook(head=record(0x894, data + biff.chars("名单") + biff.chars(MARKER))).file()
    )
    assert (found.place.part, found.note) == (Part.DEFINED_NAME, "定义名称的说明")


@pytest.mark.place("xls", "定义名称的描述", visible=False)
def test_a_description_of_a_name_is_read() -> None:
    head = struct.pack("<HBBHHHBBBB", 0, 0, 2, 0, 0, 0, 0, len(MARKER), 0, 0)
    found = marked(
        Workbook(head=record(0x18, head + biff.chars("名单") + biff.chars(MARKER))).file()
    )
    assert found.text == f"名单（{MARKER}）"


def test_print_areas_are_not_told() -> None:
    data = struct.pack("<HBBHHHBBBB", 0x20, 0, 1, 0, 0, 0, 0, 0, 0, 0) + b"\0\6"
    book = Workbook(head=record(0x18, data))
    assert not [s for s in segments(book.file()) if s.place.part is Part.DEFINED_NAME]


@pytest.mark.place("xls", "外部工作簿的定义名称", visible=False)
def test_a_name_of_another_workbook_is_read() -> None:
    book = record(0x1AE, struct.pack("<H", 0) + text16("\x01D台账.xls"))
    name = record(0x23, b"\0" * 6 + text8(MARKER) + b"\0\0")
    found = marked(Workbook(head=book + name).file())
    assert (found.place.part, found.note) == (Part.EXTERNAL_LINK, "外部工作簿的定义名称")


@pytest.mark.place("xls", "外部数据（DDE）的缓存", visible=False)
def test_values_another_program_sent_are_read() -> None:
    name = record(0x23, b"\0" * 6 + text8("项") + b"\0" * 4 + MARKER.encode("utf-16-le"))
    assert marked(Workbook(head=name).file()).note == "外部数据的缓存"


@pytest.mark.place("xls", "旧版外部工作簿的位置", visible=False)
def test_a_path_of_excel_5_is_read() -> None:
    path = f"\x01D{MARKER}.xls".encode("gb18030")
    begin = biff.bof(biff.GLOBALS, 0x0500) + record(0x42, struct.pack("<H", 936))
    stream = begin + record(0x17, bytes([len(path)]) + path) + record(biff.EOF)
    assert marked(stream).place.part is Part.EXTERNAL_LINK


def stream_of(*records: bytes) -> bytes:
    return Workbook(streams={"_SX_DB_CUR/0001": b"".join(records)}).file()


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        (record(0xC9, struct.pack("<d", 15400003021.0)), "15400003021", "源数据"),
        (record(0xCC, struct.pack("<h", -7)), "-7", "源数据"),
        (record(0xCE, struct.pack("<HHBBBB", 2026, 3, 1, 10, 20, 0)), "2026-03-01 10:20", "源数据"),
        (record(0xC7, b"\0" * 14 + text16("证件号码")), "证件号码", "字段"),
        (
            record(0xC6, b"\0" * 18 + struct.pack("<H", 3) + biff.chars("覃小满")),
            "覃小满",
            "刷新人",
        ),
    ],
)
def test_a_pivot_cache_gives_each_kind_of_value(data: bytes, text: str, note: str) -> None:
    (found,) = (s for s in segments(stream_of(data)) if s.place.part is Part.PIVOT_CACHE)
    assert found.text == text
    assert note in found.note


def file_link(short: str, long: str = "") -> bytes:
    """A link to a file ([MS-OSHARED] 2.3.7.3), and its shown name."""
    shown = "台账\0".encode("utf-16-le")
    raw = short.encode("gb18030") + b"\0"
    moniker = bytes.fromhex("0303000000000000c000000000000046")
    moniker += struct.pack("<HI", 1, len(raw)) + raw + b"\0" * 24
    wide = long.encode("utf-16-le")
    moniker += struct.pack("<I", len(wide) + 6 if wide else 0)
    if wide:
        moniker += struct.pack("<IH", len(wide), 3) + wide
    name = struct.pack("<I", len(shown) // 2) + shown
    frame = struct.pack("<I", 1) + b"\0\0"
    return struct.pack("<II", 2, 0x93) + name + frame + moniker


@pytest.mark.place("xls", "指向本机文件的链接", visible=False)
@pytest.mark.parametrize("long", ["", f"D:\\{MARKER}.xls"])
def test_a_link_to_a_file_gives_its_path(long: str) -> None:
    short = "~1.xls" if long else f"{MARKER}.xls"
    body = record(0x1B8, b"\0" * 24 + file_link(short, long))
    found = marked(Workbook([Tab(body=body)]).file())
    assert found.place.part is Part.LINK
    assert found.text.startswith("..\\")


@pytest.mark.place("xls", "图形的链接", visible=False)
def test_the_link_of_a_shape_is_read() -> None:
    raw = b"\0" * 16 + file_link(f"{MARKER}.xls")
    shape = biff.art(struct.pack("<HI", 0x8382, len(raw)) + raw, 1)
    found = marked(Workbook([Tab(body=biff.boxed("框", shape=shape))]).file())
    assert (found.place.part, found.note) == (Part.ALT_TEXT, "图形的链接")


def test_a_worksheet_without_a_workbook_around_it_is_read() -> None:
    stream = biff.bof(biff.WORKSHEET) + biff.label(0, 0, MARKER) + record(biff.EOF)
    assert marked(stream).place.cell == "A1"
