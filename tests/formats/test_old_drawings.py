"""Drawings of old office files: what breaks off, goes on elsewhere, or is no text by its name."""

import io
import struct

import pytest

from formats.budget import Budget
from formats.opening import read_stream
from formats.reading import Part, Reading, Segment, TroubleCode
from tests.build import biff
from tests.build.biff import Tab, Workbook, record
from tests.build.doc97 import Paper, Run, flag, long
from tests.build.word import MARKER


def reading(data: bytes, name: str = "名单.xls") -> Reading:
    return read_stream(io.BytesIO(data), Budget(), name)


def told(data: bytes, name: str = "名单.xls") -> Segment:
    """The one segment with the marker, in a reading that asks for a look."""
    found = reading(data, name)
    assert TroubleCode.DAMAGED in [t.code for t in found.troubles]
    return _marked(found)


def kept(data: bytes, name: str = "名单.xls") -> Segment:
    """The one segment with the marker, in a reading that is not said to be damaged."""
    found = reading(data, name)
    assert TroubleCode.DAMAGED not in [t.code for t in found.troubles]
    return _marked(found)


def _marked(found: Reading) -> Segment:
    (segment,) = (s for s in found.segments if MARKER in s.text)
    return segment


def test_a_text_box_that_is_cut_off_is_told_and_kept() -> None:
    whole = biff.boxed(MARKER)
    count = struct.pack("<HH", len(MARKER), 16)
    body = whole.replace(count, struct.pack("<HH", 500, 16))
    found = reading(Workbook([Tab(body=body)]).file())
    assert [t.code for t in found.troubles] == [TroubleCode.DAMAGED]
    assert any(MARKER in s.text and s.place.part is Part.TEXTBOX for s in found.segments)


def test_a_rare_character_ends_a_text_where_it_ends() -> None:
    found = kept(Workbook([Tab(body=biff.boxed(f"𠮷{MARKER}"))]).file())
    assert found.text == f"𠮷{MARKER}"


@pytest.mark.place("xls", "续记录里的图形说明", visible=False)
@pytest.mark.parametrize("behind", [0x5D, 0x1B6])
def test_a_drawing_that_goes_on_behind_an_object_or_its_text_is_read(behind: int) -> None:
    rest = record(0x3C, biff.described(0x381, MARKER))
    boxed = biff.boxed("框")
    at = boxed.index(struct.pack("<H", 0x1B6)) if behind == 0x5D else len(boxed)
    found = kept(Workbook([Tab(body=boxed[:at] + rest + boxed[at:])]).file())
    assert (found.place.part, found.visible) == (Part.ALT_TEXT, False)


def test_two_comments_of_one_number_are_both_read() -> None:
    body = biff.boxed(MARKER, 1, 0x19) + biff.note(0, 0, "覃小满", "另一个", 1)
    found = kept(Workbook([Tab(body=body)]).file())
    assert (found.place.part, found.visible) == (Part.TEXTBOX, False)


def _shape(table: bytes, count: int) -> bytes:
    return Workbook([Tab(body=biff.boxed("框", shape=biff.art(table, count)))]).file()


def test_a_broken_table_of_a_shape_is_told() -> None:
    raw = MARKER.encode("utf-16-le")
    found = told(_shape(struct.pack("<HI", 0x8381, 9999) + raw, 1))
    assert (found.place.part, found.visible) == (Part.ALT_TEXT, False)


def test_a_drawing_cut_off_in_a_record_is_told() -> None:
    raw = MARKER.encode("utf-16-le")
    cut = struct.pack("<HHI", 0, 0xF0FE, 9999) + raw
    body = biff.boxed("框") + record(0xEC, cut)
    assert told(Workbook([Tab(body=body)]).file()).place.part is Part.ALT_TEXT


@pytest.mark.place("xls", "图形里其他程序的数据", visible=False)
def test_texts_of_a_shape_that_have_no_name_are_read() -> None:
    raw = MARKER.encode("utf-16-le")
    found = kept(_shape(struct.pack("<HI", 0x83A9, len(raw)) + raw, 1))
    assert found.note == "图形的数据"


@pytest.mark.place("xls", "带有节点的图形的名称", visible=False)
@pytest.mark.parametrize("head_counted", [True, False])
def test_a_name_behind_the_corners_of_a_shape_is_read(*, head_counted: bool) -> None:
    corners = struct.pack("<HHH", 2, 2, 8) + b"\0" * 16
    name = (MARKER + "\0").encode("utf-16-le")
    table = struct.pack("<HI", 0xC145, len(corners) if head_counted else 16)
    table += struct.pack("<HI", 0xC380, len(name))
    found = kept(_shape(table + corners + name, 2))
    assert (found.text, found.note) == (MARKER, "图形的名称")


def _drawings(*labelled: tuple[int, bytes]) -> bytes:
    """2.9.172 OfficeArtContent: what all share, then each drawing behind a byte of its own."""
    made = struct.pack("<HHI", 0xF, 0xF000, 0)
    for label, shape in labelled:
        made += bytes([label]) + struct.pack("<HHI", 0xF, 0xF002, len(shape)) + shape
    return made


@pytest.mark.place("doc", "页眉里图形的名称", visible=False)
@pytest.mark.parametrize("label", [0, 1])
def test_the_shapes_of_text_and_headers_are_read(label: int) -> None:
    art = _drawings((0, biff.described(0x380, "图框")), (label, biff.described(0x380, MARKER)))
    paper = Paper((Run("公示\x08\r", flag(0x0855)),), tables={50: art})
    found = kept(paper.file(), "公示.doc")
    assert (found.place.part, found.note, found.visible) == (Part.ALT_TEXT, "图形的名称", False)


def test_a_drawing_of_a_document_that_breaks_off_is_told() -> None:
    art = _drawings((0, biff.described(0x380, MARKER)[:-20]))
    paper = Paper((Run("公示\x08\r", flag(0x0855)),), tables={50: art})
    found = reading(paper.file(), "公示.doc")
    assert TroubleCode.DAMAGED in [t.code for t in found.troubles]
    assert any(MARKER[:8] in s.text for s in found.segments)


@pytest.mark.place("doc", "链接图片的文件名", visible=False)
def test_the_file_name_of_a_linked_picture_is_read() -> None:
    name = f"D:\\{MARKER}.jpg".encode("gb18030")
    inside = bytes([len(name)]) + name + biff.described(0x381, "说明")
    head = struct.pack("<iHh", 68 + len(inside), 68, 0x66).ljust(68, b"\0")
    paper = Paper((Run("\x01\r", long(0x6A03, 16)),), data=b"\0" * 16 + head + inside)
    found = kept(paper.file(), "公示.doc")
    assert (found.place.part, found.visible) == (Part.LINK, False)
