"""Every place of an old Word document: a marker hidden there is read as what it is."""

import io
import struct
from dataclasses import dataclass
from pathlib import Path

import pytest

from formats import read
from formats.budget import Budget
from formats.oleparts import OleParts
from formats.reading import Kind, Part, Reading, Segment, TroubleCode
from tests.build import biff
from tests.build.doc97 import (
    IN_TABLE,
    ROW_END,
    Paper,
    Run,
    flag,
    long,
    moment,
    plc,
    sttb,
    style_sheet,
    word,
    xst,
)
from tests.build.macros import vba_project
from tests.build.ole_properties import property_set
from tests.build.word import MARKER, docx, ole_native, paragraph, run

_WHEN = moment(2026, 3, 1, 10, 20)
_WHO = {51: sttb(["Unknown", "覃小满"])}
_INSERTED = flag(0x0801) + word(0x4804, 1) + long(0x6805, _WHEN)
_DELETED = flag(0x0800) + word(0x4863, 1) + long(0x6864, _WHEN)
_LEAD = Run("白石沟镇关于发放补贴的公示。\r")
_PRINTED_WHITE = word(0x4866, 2 << 5)


@dataclass(frozen=True)
class Case:
    """A file, and what the reading must say of the marker in it."""

    data: bytes
    words: str
    part: Part
    visible: bool = False
    note: str = ""
    table: tuple[int, int, int] | None = None


def body(*runs: Run, **more: object) -> bytes:
    return Paper((_LEAD, *runs), **more).file()  # type: ignore[arg-type]


def marked(look: bytes = b"", paragraph_: bytes = b"", **more: object) -> bytes:
    return body(Run(MARKER, look), Run("\r", b"", paragraph_), **more)


def row(*cells: str, look: bytes = b"", shade: bytes = b"") -> tuple[Run, ...]:
    """A row: each cell ends with a mark, the row with one more."""
    filled = tuple(Run(f"{cell}\x07", look, IN_TABLE) for cell in cells)
    return (*filled, Run("\x07", b"", ROW_END + shade))


def headers(kind: int, text: str, **more: object) -> bytes:
    """Plcfhdd with one section: six separators, six stories, of which one has this text."""
    edges = [0] * (7 + kind) + [len(text)] * (7 - kind)
    paper = Paper((_LEAD, Run(text, story="headers")), {11: plc(edges)}, **more)  # type: ignore[arg-type]
    return paper.file()


def first_page(title: bool) -> bytes:
    return headers(4, f"{MARKER}\r", sections=[flag(0x300A, int(title))])


def even_page(on: bool) -> bytes:
    text = f"{MARKER}\r"
    edges = [0] * 7 + [len(text)] * 7
    tables = {11: plc(edges), 31: bytes([int(on)]) + b"\0" * 83}
    return Paper((_LEAD, Run(text, story="headers")), tables).file()


def comment(text: str, author: str) -> bytes:
    about = struct.pack("<H", 1) + "覃".encode("utf-16-le").ljust(18, b"\0")
    about += struct.pack("<HHHI", 0, 0, 0, 0xFFFFFFFF)
    said = f"\x05{text}\r"
    tables = {
        4: plc((1, 2), [about]),
        5: plc((0, len(said))),
        36: xst(author),
        112: struct.pack("<IHIII", _WHEN, 0, 0, 0, 0),
    }
    runs = (_LEAD, Run("\x05", flag(0x0855)), Run(said, story="comments"))
    return Paper(runs, tables).file()


def symbol() -> bytes:
    name = "Wingdings\0".encode("utf-16-le")
    fonts = struct.pack("<HH", 1, 0) + bytes([39 + len(name)]) + b"\0" * 39 + name
    return body(
        Run("(", long(0x6A09, 0xF0AB0000) + flag(0x0855)), Run(f"{MARKER}\r"), tables={15: fonts}
    )


def field(code: str, result: str) -> bytes:
    return body(Run(f"\x13{code}\x14{result}\x15\r"))


def drawing(prop: int) -> bytes:
    return body(Run("\x08\r", flag(0x0855)), tables={50: biff.described(prop, MARKER)})


def picture() -> tuple[Run, bytes]:
    inside = biff.described(0x381, MARKER)
    head = struct.pack("<iHh", 68 + len(inside), 68, 0x64).ljust(68, b"\0")
    return Run("\x01\r", long(0x6A03, 16)), b"\0" * 16 + head + inside


def form() -> tuple[Run, bytes]:
    raw = MARKER.encode("utf-16-le")
    head = struct.pack("<iH", 68 + len(raw), 68).ljust(68, b"\0")
    return Run("\x01\r", flag(0x0806) + long(0x6A03, 16)), b"\0" * 16 + head + raw


def dropdown() -> bytes:
    """A form field to choose from, as 2.9.78 lays it out."""
    kept = struct.pack("<IHHH", 0xFFFFFFFF, 2 | 0x8000, 0, 0) + xst("名单") + b"\0\0\0\0"
    kept += (xst("") + b"\0\0") * 5
    kept += sttb([MARKER, "李白"])
    head = struct.pack("<iH", 68 + len(kept), 68).ljust(68, b"\0")
    run = Run("\x01\r", flag(0x0806) + long(0x6A03, 16))
    return body(run, data=b"\0" * 16 + head + kept)


def listed(*, used: bool) -> bytes:
    """A simple list with words before its number; a paragraph that counts with it, or none."""
    head = struct.pack("<II9HBB", 7, 0, *[0x0FFF] * 9, 1, 0)
    level = b"\0" * 28 + xst(f"{MARKER}\0、")
    over = struct.pack("<II", 1, 7) + b"\0" * 12
    tables = {73: struct.pack("<H", 1) + head + level, 74: over}
    return body(Run("条文"), Run("\r", b"", word(0x460B, 1) if used else b""), tables=tables)


def huge() -> bytes:
    """A row whose properties do not fit on their page: they stand in the data stream."""
    runs = (
        Run(f"{MARKER}\x07", b"", IN_TABLE),
        Run("\x07", b"", long(0x6646, 16)),
    )
    return body(*runs, data=b"\0" * 16 + struct.pack("<H", len(ROW_END)) + ROW_END)


_SPREAD = biff.Workbook([biff.Tab(body=biff.label(0, 0, MARKER))]).stream()
_PACKAGE = ole_native("附件.docx", docx(paragraph(run(MARKER))))
_SHADED_CELLS = struct.pack("<HB", 0xD612, 10) + struct.pack("<IIH", 0, 0x00800000, 0)
_VARIABLE = sttb(["变量"], 4) + xst(MARKER)
_ASSOC = [""] * 18


def associated(number: int) -> bytes:
    return Paper(tables={32: sttb([*_ASSOC[:number], MARKER, *_ASSOC[number + 1 :]])}).file()


def saved_by() -> bytes:
    return Paper(tables={71: sttb(["覃小满", f"D:\\{MARKER}.doc"])}).file()


def with_macro() -> bytes:
    project = OleParts(io.BytesIO(vba_project({"模块1": f"' {MARKER}"})), Budget())
    return Paper(streams={f"Macros/{n}": project.read(n) for n in project.names}).file()


CASES = [
    Case(marked(), "正文", Part.BODY, visible=True),
    Case(
        body(Run(MARKER[:5]), Run(MARKER[5:], narrow=True), Run("\r")),
        "正文（两种编码的片段）",
        Part.BODY,
        visible=True,
    ),
    Case(body(*row("甲", MARKER)), "表格", Part.TABLE, visible=True, table=(1, 1, 2)),
    Case(
        body(*row("甲"), *row("乙"), *row("丙", MARKER)),
        "表格第三行",
        Part.TABLE,
        visible=True,
        table=(1, 3, 2),
    ),
    Case(
        body(*row("甲"), _LEAD, *row(MARKER)),
        "第二个表格",
        Part.TABLE,
        visible=True,
        table=(2, 1, 1),
    ),
    Case(huge(), "属性在别处的表格行", Part.TABLE, visible=True, table=(1, 1, 1)),
    Case(
        body(Run("正文\x02\r"), Run(f"\x02 {MARKER}\r", story="notes")),
        "脚注",
        Part.FOOTNOTE,
        visible=True,
    ),
    Case(body(Run(f"\x02 {MARKER}\r", story="endnotes")), "尾注", Part.ENDNOTE, visible=True),
    Case(headers(1, f"{MARKER}\r"), "页眉", Part.HEADER, visible=True),
    Case(headers(3, f"{MARKER}\r"), "页脚", Part.FOOTER, visible=True),
    Case(first_page(title=True), "首页页眉", Part.HEADER, visible=True, note="首页"),
    Case(first_page(title=False), "没有启用的首页页眉", Part.HEADER, note="没有启用"),
    Case(even_page(on=True), "偶数页页眉", Part.HEADER, visible=True, note="偶数页"),
    Case(even_page(on=False), "没有启用的偶数页页眉", Part.HEADER, note="没有启用"),
    Case(comment(MARKER, "覃小满"), "批注", Part.COMMENT, note="覃小满（覃） 2026-03-01 10:20"),
    Case(comment("内容", MARKER), "批注作者", Part.PROPERTY, note="批注作者"),
    Case(body(Run(f"{MARKER}\r", story="boxes")), "文本框", Part.TEXTBOX, visible=True),
    Case(
        body(Run(f"{MARKER}\r", story="header_boxes")), "页眉里的文本框", Part.TEXTBOX, visible=True
    ),
    Case(body(Run(f"{MARKER}\r", story="macros")), "不再使用的宏文字", Part.HIDDEN),
    Case(
        marked(_INSERTED, tables=_WHO),
        "修订插入",
        Part.INSERTION,
        visible=True,
        note="覃小满 2026-03-01 10:20",
    ),
    Case(marked(_DELETED, tables=_WHO), "修订删除", Part.DELETION, note="覃小满 2026-03-01 10:20"),
    Case(marked(flag(0x083C)), "隐藏文字", Part.HIDDEN),
    Case(
        marked(b"", b"S\1\0", tables={1: style_sheet(1, flag(0x083C))}),
        "段落样式隐藏的文字",
        Part.HIDDEN,
    ),
    Case(
        marked(word(0x4A30, 1), tables={1: style_sheet(2, flag(0x083C))}),
        "字符样式隐藏的文字",
        Part.HIDDEN,
    ),
    Case(body(Run(MARKER, piece=flag(0x083C)), Run("\r")), "片段表隐藏的文字", Part.HIDDEN),
    Case(marked(flag(0x2A42, 8)), "白色文字", Part.HIDDEN),
    Case(marked(long(0x6870, 0x00FFFFFF)), "白色文字（真彩色）", Part.HIDDEN),
    Case(marked(flag(0x2A42, 8) + _PRINTED_WHITE), "深色底上的白字", Part.BODY, visible=True),
    Case(
        body(*row(MARKER, look=flag(0x2A42, 8), shade=_SHADED_CELLS)),
        "深色单元格里的白字",
        Part.TABLE,
        visible=True,
        table=(1, 1, 1),
    ),
    Case(marked(word(0x4A43, 2)), "极小的文字", Part.HIDDEN),
    Case(field(f' INCLUDETEXT "D:\\\\{MARKER}.doc" ', "结果"), "域代码", Part.FIELD),
    Case(
        field(rf" EQ \* jc2 \o\ad(\s\up 11(qin),{MARKER}) ", ""),
        "拼音指南",
        Part.FIELD,
        visible=True,
    ),
    Case(field(f" MACROBUTTON None {MARKER} ", ""), "按钮域显示的文字", Part.FIELD, visible=True),
    Case(listed(used=True), "自动编号里的文字", Part.BODY, visible=True),
    Case(listed(used=False), "没有用到的列表里的文字", Part.HIDDEN, note="没有用到"),
    Case(dropdown(), "表单的下拉选项", Part.FIELD, note="域里的数据"),
    Case(marked(flag(0x2A42, 1) + flag(0x2A0C, 1)), "黑底黑字", Part.HIDDEN),
    Case(marked(flag(0x2A42, 2), word(0x442D, 2 << 5)), "段落底纹与文字同色", Part.HIDDEN),
    Case(marked(word(0x4852, 1)), "缩到百分之一的字", Part.HIDDEN),
    Case(field(" PAGE ", MARKER), "域的结果", Part.BODY, visible=True),
    Case(field(f' HYPERLINK "http://bai.invalid/{MARKER}" ', "网站"), "链接地址", Part.FIELD),
    Case(Paper(tables={21: sttb([MARKER])}).file(), "书签", Part.OUTLINE),
    Case(Paper(tables={60: _VARIABLE}).file(), "文档变量", Part.VARIABLE, note="变量"),
    Case(associated(1), "附加的模板", Part.PROPERTY, note="模板"),
    Case(associated(2), "标题（关联字符串）", Part.PROPERTY, note="标题"),
    Case(associated(6), "作者（关联字符串）", Part.PROPERTY, note="作者"),
    Case(associated(7), "最后修改人（关联字符串）", Part.PROPERTY, note="最后修改人"),
    Case(associated(8), "邮件合并的数据源", Part.VARIABLE, note="数据源"),
    Case(saved_by(), "保存过文件的人和位置", Part.PROPERTY, note="位置"),
    Case(
        Paper(tables={51: sttb(["Unknown", MARKER])}).file(), "修订人", Part.PROPERTY, note="修订人"
    ),
    Case(Paper(tables={9: sttb([MARKER])}).file(), "自动图文集", Part.HIDDEN),
    Case(drawing(0x381), "图形的替代文字", Part.ALT_TEXT, note="替代文字"),
    Case(drawing(0x105), "图片的文件名", Part.ALT_TEXT, note="文件名"),
    Case(drawing(0xC0), "艺术字", Part.TEXTBOX, visible=True),
    Case(body(picture()[0], data=picture()[1]), "图片的替代文字", Part.ALT_TEXT, note="替代文字"),
    Case(body(form()[0], data=form()[1]), "表单域的数据", Part.FIELD, note="域里的数据"),
    Case(
        Paper(streams={"\x05SummaryInformation": property_set({4: MARKER})}).file(),
        "作者属性",
        Part.PROPERTY,
        note="作者",
    ),
    Case(
        Paper(
            streams={"\x05DocumentSummaryInformation": property_set({15: MARKER}, "office")}
        ).file(),
        "单位属性",
        Part.PROPERTY,
        note="单位",
    ),
    Case(
        Paper(streams={"\x05DocumentSummaryInformation": property_set({2: MARKER}, "own")}).file(),
        "自定义属性",
        Part.PROPERTY,
        note="自定义属性",
    ),
    Case(Paper(streams={"ObjectPool/_1/Workbook": _SPREAD}).file(), "嵌入的工作簿", Part.EMBEDDED),
    Case(
        Paper(streams={"ObjectPool/_2/\x01Ole10Native": _PACKAGE}).file(),
        "嵌入的文件",
        Part.EMBEDDED,
    ),
    Case(
        Paper(left=b"\1\0\2\0" + MARKER.encode("utf-16-le")).file(),
        "快速保存后残留的文字",
        Part.REVISION_HISTORY,
        note="删除后",
    ),
    Case(
        Paper(
            left=b"\1\2\3" + "白石沟镇青桐沟标记".encode("gb18030") + MARKER[-8:].encode()
        ).file(),
        "快速保存后残留的文字（GBK）",
        Part.REVISION_HISTORY,
        note="删除后",
    ),
    Case(Paper(streams={"0Table": MARKER.encode("utf-16-le")}).file(), "停用的表格流", Part.HIDDEN),
    Case(
        Paper().file() + b"\0" * 64 + MARKER.encode("utf-16-le").ljust(448, b"\0"),
        "文件末尾以外的残留",
        Part.REVISION_HISTORY,
        note="空隙",
    ),
    Case(with_macro(), "宏的源代码", Part.SCRIPT, note="模块1"),
    Case(
        Paper(data=b"\0" * 20 + MARKER.encode("utf-16-le")).file(),
        "删去的域残留的数据",
        Part.REVISION_HISTORY,
        note="删除后",
    ),
]


def look(data: bytes, folder: Path, name: str = "文件.doc") -> Reading:
    path = folder / name
    path.write_bytes(data)
    return read(path)


def with_marker(reading: Reading) -> list[Segment]:
    return [s for s in reading.segments if MARKER in s.text]


def placed(case: Case) -> object:
    mark = pytest.mark.place(Kind.DOC.value, case.words, visible=case.visible)
    return pytest.param(case, id=case.words, marks=mark)


@pytest.mark.parametrize("case", [placed(c) for c in CASES])
def test_each_place_is_read_as_what_it_is(case: Case, tmp_path: Path) -> None:
    reading = look(case.data, tmp_path)
    (found,) = with_marker(reading)
    assert (found.place.part, found.visible) == (case.part, case.visible)
    assert case.note in found.note
    if case.table is not None:
        assert (found.place.table, found.place.row, found.place.column) == case.table
    assert TroubleCode.DAMAGED not in [t.code for t in reading.troubles]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.words)
def test_no_two_segments_share_a_place_and_text(case: Case, tmp_path: Path) -> None:
    seen = [(s.place, s.text) for s in look(case.data, tmp_path).segments]
    assert len(seen) == len(set(seen))


def test_a_star_of_a_symbol_font_is_a_star(tmp_path: Path) -> None:
    (found,) = with_marker(look(symbol(), tmp_path))
    assert found.text == f"★{MARKER}"


def test_a_rare_character_of_two_units_moves_nothing_behind_it(tmp_path: Path) -> None:
    runs = (Run("\U00020bb7小满\x07", b"", IN_TABLE), Run(f"{MARKER}\x07", b"", IN_TABLE))
    (found,) = with_marker(look(body(*runs, Run("\x07", b"", ROW_END)), tmp_path))
    assert (found.place.row, found.place.column, found.text) == (1, 2, MARKER)
