"""Compound files with more, or less, than their streams say: old documents, objects, macros."""

import io
import struct

import pytest

from formats.budget import Budget
from formats.compound import compound
from formats.macros import macros
from formats.oleparts import OleParts
from formats.ooxml.embedded import Inside, read_embedded
from formats.opening import read_stream
from formats.reading import Reading, TroubleCode
from tests.build.biff import Workbook
from tests.build.doc97 import Paper
from tests.build.macros import vba_project
from tests.build.word import MARKER, docx, ole_native, paragraph, run

_WIDE = MARKER.encode("utf-16-le")
_INNER = docx(paragraph(run("附件正文")))


def reading(data: bytes, name: str = "公示.doc") -> Reading:
    return read_stream(io.BytesIO(data), Budget(), name)


def codes(found: Reading | Inside) -> list[TroubleCode]:
    return [t.code for t in found.troubles]


def says(found: Reading | Inside, text: str = MARKER) -> list[str]:
    return [s.text for s in found.segments if text in s.text and not s.visible]


def line_of(data: bytes, name: str) -> int:
    """Where the directory's line of a stream stands."""
    return data.index((name + "\0").encode("utf-16-le"))


def sized(data: bytes, name: str, size: int) -> bytes:
    at = line_of(data, name) + 120
    return data[:at] + struct.pack("<Q", size) + data[at + 8 :]


@pytest.mark.place("doc", "比所写长度更长的数据流", visible=False)
def test_sectors_linked_behind_the_end_of_a_stream_are_read() -> None:
    data = Paper(streams={"Custom": b"\0" * 12_000 + _WIDE}).file()
    found = reading(sized(data, "Custom", 5_000))
    assert len(says(found)) == 1
    assert codes(found) == []


def test_small_sectors_are_read_even_where_the_others_break_off() -> None:
    data = bytearray(Paper(streams={"Custom": b"\0" * 70 + _WIDE}).file())
    data[line_of(bytes(data), "Custom") + 120] = 60
    assert len(says(reading(bytes(data)))) == 1


def test_small_sectors_beyond_the_file_are_told() -> None:
    data = sized(Workbook(tail=b"\0" * 5_000).file(), "Root Entry", 1 << 30)
    assert codes(reading(data, "名单.xls")) == [TroubleCode.DAMAGED]


@pytest.mark.place("doc", "重名的数据流", visible=False)
@pytest.mark.parametrize("holder", ["CustomA", "CustomB"])
def test_of_two_streams_with_one_name_both_are_read(holder: str) -> None:
    streams = {"CustomA": b"\0" * 5_000, "CustomB": b"\0" * 5_000}
    streams[holder] = _WIDE.ljust(5_000, b"\0")
    data = Paper(streams=streams).file()
    twice = data.replace("CustomA".encode("utf-16-le"), "CustomB".encode("utf-16-le"))
    assert len(says(reading(twice))) == 1


def test_a_stream_that_is_shorter_than_it_says_is_told_and_read() -> None:
    data = Paper(streams={"Custom": _WIDE.ljust(5_000, b"\0")}).file()
    found = reading(sized(data, "Custom", 9_000))
    assert len(says(found)) == 1
    (trouble,) = found.troubles
    assert trouble.code is TroubleCode.DAMAGED
    assert "“Custom”" in trouble.text


@pytest.mark.place("doc", "链接对象的原文件位置", visible=False)
@pytest.mark.parametrize("stream", ["\x01Ole", "\x03LINKINFO", "\x03EPRINT"])
def test_what_stands_beside_an_object_of_another_program_is_read(stream: str) -> None:
    path = f"D:\\{MARKER}.xls".encode("utf-16-le")
    found = reading(Paper(streams={f"ObjectPool/_1/{stream}": b"\0" * 20 + path}).file())
    assert len(says(found)) == 1


def packed(native: bytes, **others: bytes) -> Inside:
    return read_embedded(compound({"\x01Ole10Native": native, **others}), "对象1", Budget())


@pytest.mark.place("doc", "嵌入文件包装里的其他文字", visible=False)
def test_all_around_a_packaged_file_is_read() -> None:
    behind = packed(ole_native("附件.docx", _INNER) + b"\0" * 4 + _WIDE)
    beside = packed(ole_native("附件.docx", _INNER), **{"\x02OlePres000": b"\0" * 40 + _WIDE})
    for found in (behind, beside):
        assert len(says(found)) == 1
        assert says(found, "附件正文")
        assert found.troubles == []


def test_a_package_that_breaks_off_gives_what_it_has_and_is_told() -> None:
    whole = ole_native(f"C:\\{MARKER}.txt", "附件正文".encode())
    cut = packed(whole[:-3])
    assert says(cut)
    assert TroubleCode.DAMAGED in codes(cut)
    headless = packed(whole[: whole.index(MARKER.encode("gb18030")) + 30])
    assert says(headless)
    assert codes(headless) == [TroubleCode.DAMAGED]


def test_a_package_without_a_frame_of_the_packager_is_the_file_itself() -> None:
    found = packed(struct.pack("<I", len(_INNER)) + _INNER)
    assert says(found, "附件正文")
    assert found.troubles == []


def test_what_stands_beside_a_whole_document_in_an_object_is_read() -> None:
    data = compound({"Package": _INNER, "\x02OlePres000": b"\0" * 40 + _WIDE})
    found = read_embedded(data, "对象1", Budget())
    assert (len(says(found)), found.troubles) == (1, [])


def test_one_broken_stream_of_an_object_does_not_hide_the_others() -> None:
    data = compound({"A": b"a" * 5_000, "B": _WIDE.ljust(5_000, b"\0")})
    found = read_embedded(sized(data, "A", 1 << 40), "对象1", Budget())
    assert len(says(found)) == 1
    assert codes(found) == [TroubleCode.NOT_SUPPORTED]


def streams_of(data: bytes) -> dict[str, bytes]:
    parts = OleParts(io.BytesIO(data), Budget())
    return {name: parts.read(name) for name in parts.names}


def project(data: bytes) -> list[str]:
    parts = OleParts(io.BytesIO(data), Budget())
    return [s.text for s in macros(parts, "vbaProject.bin", Budget())]


def test_a_broken_module_does_not_hide_the_others() -> None:
    streams = streams_of(vba_project({"甲": "Sub A()", "乙": f"' {MARKER}"}))
    broken = b"cache\x07" + "损坏的模块".encode("gb18030")
    found = project(compound(streams | {"VBA/甲": broken}))
    assert any(MARKER in text for text in found)
    assert any("损坏的模块" in text for text in found)


@pytest.mark.place("docm", "宏窗体的标题", visible=False)
def test_the_caption_of_a_form_is_read() -> None:
    caption = f'Begin Form\r\n   Caption = "{MARKER}"\r\n'.encode("gb18030")
    streams = streams_of(vba_project({"M": "Sub A()"})) | {"窗体/\x03VBFrame": caption}
    assert any(MARKER in text for text in project(compound(streams)))
