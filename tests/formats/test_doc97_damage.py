"""Old Word documents that break off, or hold more than their tables say: all of it is told."""

import io
import struct
from functools import partial

import pytest

from formats.budget import Budget
from formats.compound import compound
from formats.doc97.fib import Fib
from formats.doc97.remains import Tables
from formats.doc97.sprms import PLAIN, effect, look
from formats.oleparts import OleParts
from formats.reading import Part
from tests.build import marked
from tests.build.doc97 import Paper, Run, flag, long, plc, sttb, word, xst
from tests.build.word import MARKER

_WIDE = MARKER.encode("utf-16-le")
_LEAD = Run("白石沟镇关于发放补贴的公示。\r")


reading = partial(marked.reading, name="公示.doc")
told = partial(marked.told, name="公示.doc")
kept = partial(marked.kept, name="公示.doc")


def _changed(paper: Paper, stream: str, at: int, put: bytes) -> bytes:
    """A document with some bytes of one of its streams changed; `at` from the end if negative."""
    parts = OleParts(io.BytesIO(paper.file()), Budget())
    streams = {name: bytearray(parts.read(name)) for name in parts.names}
    streams[stream][at : at + len(put)] = put
    return compound({name: bytes(data) for name, data in streams.items()})


@pytest.mark.parametrize("number", [21, 32, 51, 71])
def test_a_list_of_strings_that_breaks_off_is_told(number: int) -> None:
    whole = sttb(["Unknown", "甲", "乙", MARKER, "丙"])
    (segment, *_) = told(Paper(tables={number: whole[:-1]}).file())
    assert not segment.visible


def test_a_list_of_strings_that_breaks_off_before_a_string_is_told() -> None:
    broken = struct.pack("<HHHH", 0xFFFF, 9, 0, 60_000) + _WIDE
    assert told(Paper(tables={51: broken}).file())


@pytest.mark.place("doc", "名单列表之后多出的文字", visible=False)
def test_texts_behind_a_list_of_strings_are_read() -> None:
    assert kept(Paper(tables={51: sttb(["Unknown"]) + b"\0\0" + _WIDE}).file()).visible is False


@pytest.mark.place("doc", "修订人列表的第一项", visible=False)
def test_the_first_of_the_revisers_and_of_the_properties_is_read() -> None:
    assert kept(Paper(tables={51: sttb([MARKER])}).file()).note == "修订人"
    assert kept(Paper(tables={32: sttb([MARKER])}).file()).visible is False


def test_variables_that_break_off_are_told() -> None:
    assert told(Paper(tables={60: sttb(["变量"], 4) + xst(MARKER)[:-2] + b"\0"}).file()) == []
    values = struct.pack("<H", 900) + _WIDE
    assert told(Paper(tables={60: sttb(["变量"], 4) + values}).file())
    assert told(Paper(tables={60: struct.pack("<HHH", 0xFFFF, 9, 0) + values}).file())


@pytest.mark.place("doc", "没有名称的文档变量", visible=False)
def test_values_of_no_variable_are_read() -> None:
    found = kept(Paper(tables={60: sttb(["变量"], 4) + xst("值", MARKER)}).file())
    assert found.place.part is Part.VARIABLE


def test_names_of_commenters_that_break_off_are_told() -> None:
    runs = (_LEAD, Run("批注\r", story="comments"))
    owners = xst("覃小满") + struct.pack("<H", 900) + _WIDE
    assert told(Paper(runs, tables={36: owners}).file())


def test_a_list_of_numbers_that_breaks_off_is_told() -> None:
    head = struct.pack("<II9HBB", 7, 0, *[0x0FFF] * 9, 1, 0)
    level = b"\0" * 28 + struct.pack("<H", 900) + _WIDE
    assert told(Paper(tables={73: struct.pack("<H", 1) + head + level}).file())


def test_a_table_that_reaches_beyond_its_stream_is_told() -> None:
    paper = Paper(tables={21: sttb([MARKER])})
    data = _changed(paper, "WordDocument", 154 + 8 * 21, struct.pack("<II", 16, 9_000))
    assert told(data)


@pytest.mark.place("doc", "表格流里没有用到的字节", visible=False)
def test_bytes_of_the_table_stream_that_no_table_owns_are_read() -> None:
    paper = Paper(tables={88: _WIDE.ljust(40, b"\0")})
    data = _changed(paper, "WordDocument", 154 + 8 * 88, b"\0" * 8)
    assert kept(data).place.part is Part.HIDDEN


@pytest.mark.place("doc", "样式名称里的长数字", visible=False)
def test_the_name_of_a_style_that_is_more_than_a_name_is_read() -> None:
    assert kept(Paper(tables={15: b"\0" * 50 + _WIDE}).file()).place.part is Part.HIDDEN


@pytest.mark.place("doc", "正文计数之后多出的文字", visible=False)
def test_text_beyond_the_counts_of_all_stories_is_read() -> None:
    paper = Paper((_LEAD, Run(f"{MARKER}\r")))
    count = struct.pack("<I", len(_LEAD.text))
    found = kept(_changed(paper, "WordDocument", 76, count))
    assert (found.place.part, found.visible) == (Part.HIDDEN, False)


@pytest.mark.parametrize("edges", [(20, 40), (0, 3, 1, 34 + len(MARKER))])
def test_headers_that_no_division_holds_are_read(edges: tuple[int, ...]) -> None:
    runs = (_LEAD, Run(f"空空空{MARKER}{'尾' * 30}\r", story="headers"))
    found = kept(Paper(runs, tables={11: plc(edges)}).file())
    assert MARKER in found.text


def _field(kept_: bytes, size: int = 0) -> bytes:
    head = struct.pack("<iH", 68 + (size or len(kept_)), 68).ljust(68, b"\0")
    run = Run("\x01\r", flag(0x0806) + long(0x6A03, 16))
    return Paper((_LEAD, run), data=b"\0" * 16 + head + kept_).file()


def test_a_form_field_that_breaks_off_is_told_and_read() -> None:
    head = struct.pack("<IHHH", 0xFFFFFFFF, 0, 0, 0)
    short = head + xst("名单") + b"\0\0" + xst("默认") + b"\0\0" + struct.pack("<H", 900) + _WIDE
    for data in (_field(short), _field(_WIDE, size=5_000)):
        (segment,) = told(data)
        assert segment.place.part is Part.FIELD
    assert any(s.text == "默认" for s in reading(_field(short)).segments)


def test_field_data_that_stands_nowhere_is_told() -> None:
    run = Run("\x01\r", flag(0x0806) + long(0x6A03, 9_000))
    assert told(Paper((_LEAD, run), data=b"\0" * 16).file()) == []


@pytest.mark.place("doc", "残留图片之前的文字", visible=False)
def test_words_before_a_picture_left_behind_are_read() -> None:
    data = _WIDE + b"\0\0" + b"\x89PNG\r\n" + b"\0" * 40
    found = reading(Paper((_LEAD,), data=data).file())
    assert [s.place.part for s in marked.of(found)] == [Part.REVISION_HISTORY]


def test_properties_kept_nowhere_are_told() -> None:
    run = Run(f"{MARKER}\x07", b"", long(0x6646, 9_000))
    assert told(Paper((_LEAD, run), data=b"\0" * 16).file())


def test_a_change_that_is_cut_off_does_not_hide_the_next() -> None:
    hidden = flag(0x083C)
    cut = struct.pack("<HB", 0xCA71, 1) + b"\0"
    assert effect(cut + hidden, PLAIN, {}).vanish
    assert look(struct.pack("<HB", 0xC64D, 0) + word(0x4600, 5)).style == 5
    tabs = struct.pack("<HBB", 0xC615, 255, 1) + b"\0" * 4 + b"\1" + b"\0" * 3
    assert effect(tabs + hidden, PLAIN, {}).vanish
    assert not effect(tabs[:4], PLAIN, {}).vanish


def test_tables_that_lie_over_each_other_are_looked_through_twice_at_most() -> None:
    """A hundred and fifty of them over all of the stream made the work so many times its length."""
    table = MARKER.encode("utf-16-le") + b"\xd6\xd0\x01" * 1_000_000
    block = bytearray(154 + 8 * 256)
    struct.pack_into("<HH", block, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", block, 152, 256)
    for number in range(110, 256):
        struct.pack_into("<II", block, 154 + 8 * number, 0, len(table))
    tables = Tables(Fib(bytes(block)), table, "gb18030", "table")
    paths = [s.place.path for s in (*tables.said(), *tables.between()) if MARKER in s.text]
    assert paths == ["table-110", "table-111"]
