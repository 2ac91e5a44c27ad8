"""Old Excel workbooks that break off, or hold more than they count: what is there is still told."""

import struct
from functools import partial

import pytest

from formats.reading import Part, Segment, TroubleCode
from tests.build import biff, marked
from tests.build.biff import Tab, Workbook, record, text8, text16
from tests.build.word import MARKER

_UNKNOWN = b"\x7f"
_LITERAL = b"\x17" + text8(MARKER)


kept = partial(marked.kept, name="名单.xls")


def told(data: bytes) -> Segment:
    """The one segment with the marker, in a reading that asks for a look."""
    (segment,) = marked.told(data, "名单.xls")
    return segment


def _formula(tokens: bytes, arrays: bytes = b"", size: int | None = None) -> bytes:
    data = struct.pack("<HHH", 0, 0, 0) + b"\0" * 8
    size = len(tokens) if size is None else size
    return record(0x06, data + struct.pack("<HIH", 0, 0, size) + tokens + arrays)


def test_a_formula_with_an_unknown_token_is_read_to_its_end_and_told() -> None:
    found = told(Workbook([Tab(body=_formula(_UNKNOWN + _LITERAL))]).file())
    assert (found.place.part, found.place.cell, found.visible) == (Part.FIELD, "A1", False)


def test_a_formula_longer_than_its_record_is_told() -> None:
    assert told(Workbook([Tab(body=_formula(_LITERAL, size=900))]).file()).text == MARKER


def test_a_constant_array_that_breaks_off_is_told() -> None:
    array = struct.pack("<BH", 9, 0) + b"\2" + text16(MARKER)
    found = told(Workbook([Tab(body=_formula(b"\x60" + b"\0" * 7, array))]).file())
    assert found.place.part is Part.FIELD


def test_ranges_kept_before_a_constant_array_are_passed_over() -> None:
    ranges = struct.pack("<H4H", 1, 0, 4, 0, 1)
    array = struct.pack("<BH", 0, 0) + b"\2" + text16(MARKER)
    tokens = b"\x26" + b"\0" * 6 + b"\x60" + b"\0" * 7
    assert kept(Workbook([Tab(body=_formula(tokens, ranges + array))]).file()).text == MARKER


def test_a_drop_down_list_with_an_unknown_token_is_told() -> None:
    empty = (b"\1\0" + b"\0\0") * 4
    tokens = _UNKNOWN + _LITERAL
    rule = struct.pack("<HH", len(tokens), 0) + tokens + struct.pack("<HH", 0, 0)
    body = record(0x1BE, b"\0" * 4 + empty + rule)
    assert told(Workbook([Tab(body=body)]).file()).place.part is Part.FIELD


def test_globals_without_an_end_are_told() -> None:
    stream = Workbook([Tab(body=biff.label(0, 0, MARKER))]).stream()
    at = stream.index(record(biff.EOF))
    found = marked.reading(stream[:at] + record(0x0E) + stream[at + 4 :], "名单.xls")
    assert [t.code for t in found.troubles] == [TroubleCode.DAMAGED]
    assert any(MARKER in s.text and s.place.cell == "A1" for s in found.segments)


@pytest.mark.parametrize("kind", [0x18, 0x1A9])
def test_what_a_broken_record_of_the_globals_holds_is_told(kind: int) -> None:
    data = struct.pack("<HBBHHHBBBB", 0, 0, 250, 0, 0, 0, 0, 0, 0, 0).ljust(52, b"\0")
    broken = record(kind, data + struct.pack("<HB", 200, 1) + MARKER.encode("utf-16-le"))
    assert told(Workbook(head=broken).file()).place.part in (Part.HIDDEN, Part.DEFINED_NAME)


def test_what_a_broken_record_of_a_sheet_holds_is_told() -> None:
    data = b"\0" * 6 + struct.pack("<HB", 200, 1) + MARKER.encode("utf-16-le")
    found = told(Workbook([Tab(body=record(0x204, data))]).file())
    assert (found.place.part, found.visible) == (Part.HIDDEN, False)


def test_shared_strings_behind_a_broken_one_are_told() -> None:
    broken = struct.pack("<HBH", 1, 8, 60000) + b"\x32\x75" + text16(MARKER)
    table = record(0xFC, struct.pack("<II", 3, 3) + text16("甲") + broken)
    found = told(Workbook(head=table).file())
    assert found.place.part is Part.HIDDEN


def test_shared_strings_beyond_their_count_are_read() -> None:
    table = record(0xFC, struct.pack("<II", 1, 1) + text16("甲") + text16(MARKER))
    assert kept(Workbook(head=table).file()).visible is False


def test_a_result_that_belongs_to_no_formula_is_told() -> None:
    body = biff.number(0, 0, 1.0) + record(0x207, text16(MARKER))
    assert told(Workbook([Tab(body=body)]).file()).place.part is Part.HIDDEN


@pytest.mark.place("xls", "新式图表元素的文字", visible=True)
def test_a_chart_text_wrapped_for_newer_programs_is_read() -> None:
    inner = record(0x100D, b"\0\0" + text8(MARKER))
    wrapped = record(0x851, struct.pack("<HH", 0x851, 0) + inner)
    chart = biff.bof(biff.CHART) + wrapped + record(biff.EOF)
    found = kept(Workbook([Tab(body=chart)]).file())
    assert (found.place.part, found.visible) == (Part.CHART_CACHE, True)


def test_a_record_wrapped_in_its_own_kind_is_told() -> None:
    inner = record(0x851, MARKER.encode("utf-16-le"))
    chart = biff.bof(biff.CHART) + record(0x851, b"\0" * 4 + inner) + record(biff.EOF)
    assert told(Workbook([Tab(body=chart)]).file()).place.part is Part.HIDDEN


@pytest.mark.place("xls", "透视表和图表的附加名称", visible=False)
@pytest.mark.parametrize("kind", [0x864, 0x858, 0x868])
def test_names_in_records_of_later_programs_are_read(kind: int) -> None:
    data = struct.pack("<HH", kind, 0) + b"\0" * 8 + text16(MARKER)
    assert kept(Workbook([Tab(body=record(kind, data))]).file()).visible is False


def _pivot(*records: bytes) -> bytes:
    return Workbook(streams={"_SX_DB_CUR/0001": b"".join(records)}).file()


@pytest.mark.parametrize(
    "broken",
    [
        record(0xCD, struct.pack("<HB", 500, 1) + MARKER.encode("utf-16-le")),
        struct.pack("<HH", 0xCD, 900) + text16(MARKER),
    ],
)
def test_a_pivot_cache_that_breaks_off_is_told(broken: bytes) -> None:
    found = told(_pivot(record(0xCD, text16("甲")), broken))
    assert (found.place.part, found.visible) == (Part.PIVOT_CACHE, False)


@pytest.mark.place("xls", "透视表的计算公式", visible=False)
def test_records_of_a_pivot_cache_that_hold_no_value_are_read() -> None:
    assert kept(_pivot(record(0xF9, b"\0" * 4 + _LITERAL))).place.part is Part.PIVOT_CACHE
