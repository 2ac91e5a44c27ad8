"""Rich text with words and bytes where none belong, and with objects that break off."""

import io
import struct

import pytest

from formats.budget import Budget
from formats.compound import compound
from formats.opening import read_stream
from formats.reading import Part, Reading, Segment, TroubleCode
from tests.build.rtf import gbk, ole_object, rtf
from tests.formats.test_metafiles import wmf, wmf_text

MARKER = "青桐沟标记4503212026"
M = gbk(MARKER)
_WIDE = MARKER.encode("utf-16-le")


def reading(body: str, head: str = "") -> Reading:
    return read_stream(io.BytesIO(rtf(body, head)), Budget(), "公示.rtf")


def marked(found: Reading) -> Segment:
    (segment,) = (s for s in found.segments if MARKER in s.text)
    return segment


def told(body: str) -> Segment:
    """The one segment with the marker, in a reading that asks for a look."""
    found = reading(body)
    assert TroubleCode.DAMAGED in [t.code for t in found.troubles]
    return marked(found)


def kept(body: str, head: str = "") -> Segment:
    """The one segment with the marker, unseen, in a reading without a doubt."""
    found = reading(body, head)
    assert found.troubles == ()
    assert not marked(found).visible
    return marked(found)


@pytest.mark.parametrize("word", [r"\pict\pngblip", r"\*\objdata", r"\*\datastore"])
def test_words_among_the_bytes_of_a_picture_are_told(word: str) -> None:
    assert told(rf"{{{word} {M}}}").place.part is Part.HIDDEN


def test_an_object_with_broken_hexadecimal_is_read_as_far_as_it_goes() -> None:
    data = ole_object("Text", f"附件{MARKER}".encode())
    found = reading(rf"{{\object{{\*\objdata {data}zz}}}}")
    assert TroubleCode.DAMAGED in [t.code for t in found.troubles]
    assert marked(found).place.part is Part.EMBEDDED


@pytest.mark.parametrize("word", ["", r"\pntxta ", r"\*\rsidtbl "])
def test_bytes_where_no_bytes_belong_are_told(word: str) -> None:
    binary = _WIDE.decode("latin-1")
    data = rtf("BINARY").replace(
        b"BINARY", rf"{{{word}\bin{len(_WIDE)} {binary}}}".encode("latin-1")
    )
    found = read_stream(io.BytesIO(data), Budget(), "公示.rtf")
    assert [t.code for t in found.troubles] == [TroubleCode.DAMAGED]
    assert not marked(found).visible


def test_bytes_and_hexadecimal_in_one_picture_are_told() -> None:
    assert told(rf"{{\pict\pngblip\bin3 abc{M}}}").place.part is Part.HIDDEN


def test_an_object_that_breaks_off_is_told() -> None:
    whole = bytes.fromhex(ole_object("Text", f"附件{MARKER}".encode()))
    for cut in (whole[:-2], whole[:30]):
        found = reading(rf"{{\object{{\*\objdata {cut.hex()}}}}}")
        assert TroubleCode.DAMAGED in [t.code for t in found.troubles]


@pytest.mark.place("rtf", "对象旁边的预览数据", visible=False)
def test_what_stands_behind_an_object_is_read() -> None:
    data = ole_object("Text", b"note") + _WIDE.hex()
    assert kept(rf"{{\object{{\*\objdata {data}}}}}").place.part is Part.EMBEDDED


@pytest.mark.place("rtf", "链接对象里的其他数据", visible=False)
def test_what_a_linked_object_keeps_is_read() -> None:
    head = struct.pack("<II", 0x501, 1) + b"\0" * 12
    assert kept(rf"{{\object{{\*\objdata {(head + _WIDE).hex()}}}}}").visible is False


@pytest.mark.place("rtf", "矢量图里的文字（WMF）", visible=True)
def test_the_words_of_a_drawing_are_read() -> None:
    found = reading(rf"{{\pict\wmetafile8 {wmf(wmf_text(MARKER)).hex()}}}")
    assert [t.code for t in found.troubles] == [TroubleCode.NEEDS_OCR]
    assert marked(found).visible


@pytest.mark.place("rtf", "数据仓库里的其他数据", visible=False)
def test_all_of_a_data_store_is_read() -> None:
    data = compound({"甲/Item": b"<a/>", "甲/Other": _WIDE})
    assert kept(rf"{{\*\datastore {data.hex()}}}").visible is False


@pytest.mark.place("rtf", "域保存的数据", visible=False)
def test_the_data_of_a_field_is_read() -> None:
    field = rf"{{\field{{\*\fldinst ADDIN}}{{\*\datafield {_WIDE.hex()}}}{{\fldrslt 1}}}}"
    assert kept(field).place.part is Part.EMBEDDED


@pytest.mark.place("rtf", "程序不显示的表里的文字", visible=False)
@pytest.mark.parametrize(
    "word", ["rsidtbl", "themedata", "latentstyles", "generator", "password", "htmltag", "upr"]
)
def test_words_in_tables_of_numbers_are_read(word: str) -> None:
    assert kept(rf"{{\*\{word} {M}}}").place.part is Part.HIDDEN


@pytest.mark.parametrize("word", ["rsidtbl", "pgptbl"])
def test_a_long_number_in_a_table_of_numbers_is_read(word: str) -> None:
    found = reading(rf"{{\*\{word} 510105194912310011}}")
    assert any("510105194912310011" in s.text for s in found.segments)


@pytest.mark.place("rtf", "颜色表、字体表里的文字", visible=False)
def test_words_in_the_tables_of_colours_and_fonts_are_read() -> None:
    assert kept("", rf"{{\colortbl;\red1 {M};}}").place.part is Part.HIDDEN
    assert kept("", rf"{{\fonttbl{{\f9 {M};}}}}").place.part is Part.HIDDEN


@pytest.mark.place("rtf", "没有批注的批注作者", visible=False)
@pytest.mark.parametrize("after", ["", rf"{{\*\atnauthor {gbk('覃小满')}}}"])
def test_an_author_without_a_comment_is_read(after: str) -> None:
    assert kept(rf"{{\*\atnauthor {M}}}{after}").place.part is Part.PROPERTY


@pytest.mark.place("rtf", "图形的其他数据", visible=False)
def test_words_in_a_property_of_a_shape_nobody_knows_are_read() -> None:
    shape = rf"{{\shp{{\*\shpinst{{\sp{{\sn other}}{{\sv {M}}}}}}}}}"
    assert kept(shape).place.part is Part.HIDDEN


@pytest.mark.place("rtf", "新程序略过的替代文字", visible=False)
def test_words_that_new_programs_pass_over_are_read() -> None:
    body = rf"{{\uc16\u30332 {M}\uc0\u30332 }}"
    found = reading(body)
    assert found.troubles == ()
    assert any("青桐沟标记" in s.text and not s.visible for s in found.segments)


def test_a_picture_in_place_of_a_bullet_is_looked_at() -> None:
    found = reading(r"{\*\listpicture{\*\shppict{\pict\wmetafile8 0102}}}")
    assert [t.code for t in found.troubles] == [TroubleCode.NEEDS_OCR]


NUMBER = "450126199003074512"


@pytest.mark.parametrize(
    "body",
    [
        rf"{{\*\ffdata {NUMBER}}}",
        rf"{{\*\mine {NUMBER}}}",
        rf"{{\*\bkmkstart _{NUMBER}}}",
        rf"{{\shp{{\*\shpinst{{\sp{{\sn fAny}}{{\sv {NUMBER}}}}}}}}}",
        rf"{{\*\userprops{{\propname {NUMBER}}}}}",
        rf"{{\shp{{\*\shpinst{{\sp{{\sn {NUMBER}}}}}}}}}",
    ],
    ids=["data", "destination", "bookmark", "shape", "property", "name"],
)
def test_a_number_of_a_person_alone_is_read_anywhere(body: str) -> None:
    """Eighteen digits are hexadecimal too, and were taken for a sum."""
    (segment,) = (s for s in reading(body).segments if NUMBER in s.text)
    assert not segment.visible


def test_a_bookmark_with_a_name_of_its_own_is_read() -> None:
    assert kept(rf"{{\*\bkmkstart _{M}}}").place.part is Part.OUTLINE


def test_the_name_of_a_property_with_a_value_is_told_with_it() -> None:
    found = reading(rf"{{\*\userprops{{\propname {M}}}{{\staticval 1}}}}")
    assert [s.note for s in found.segments if s.text == "1"] == [MARKER]
    assert [s for s in found.segments if MARKER in s.text] == []
