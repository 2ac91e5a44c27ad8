"""Old presentations and binary workbooks inside other files: their words, though none is opened."""

import io
import struct
import zipfile

import pytest

from formats.budget import Budget
from formats.opening import read_stream
from formats.reading import Part, Reading, Segment, TroubleCode
from tests.build.containers import archive, seven
from tests.build.damage import broken_part
from tests.build.mail import attachment, mail, text
from tests.build.ppt import name, narrow, ppt, record, wide
from tests.build.word import Extra, docx, paragraph, run
from tests.build.xlsb import xlsb

MARKER = "覃小满"
NUMBER = "450126199003074512"


def look(data: bytes, called: str = "包.zip") -> Reading:
    return read_stream(io.BytesIO(data), Budget(), called)


def packed(file: bytes, called: str = "汇报.ppt") -> Reading:
    return look(archive({called: file}))


def marked(reading: Reading, said: str = MARKER) -> Segment:
    (segment,) = [s for s in reading.segments if said in s.text]
    assert (segment.place.part, segment.visible) == (Part.EMBEDDED, False)
    assert reading.partial
    assert TroubleCode.NOT_SUPPORTED in {t.code for t in reading.troubles}
    return segment


def case(words: str, file: bytes, said: str = MARKER) -> object:
    marks = pytest.mark.place("ppt", f"{words}（压缩包或文件里的）", visible=False)
    return pytest.param(file, said, id=words, marks=marks)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        case("幻灯片上的文字", ppt(wide(MARKER))),
        case("幻灯片上的数字", ppt(narrow(NUMBER)), NUMBER),
        case("批注和名称", ppt(name(MARKER))),
        case("程序不显示的数据", ppt(wide("甲"), more={"x": f"{MARKER}的低保名单".encode("gbk")})),
    ],
)
def test_the_words_of_an_old_presentation_in_an_archive_are_told(file: bytes, said: str) -> None:
    assert marked(packed(file), said).place.member == "汇报.ppt"


@pytest.mark.parametrize(
    ("outer", "called"),
    [
        (archive({"a.zip": archive({"汇报.ppt": ppt(wide(MARKER))})}), "包.zip"),
        (seven({"汇报.dps": ppt(wide(MARKER))}), "包.7z"),
        (mail(text("甲"), attachment("汇报.ppt", ppt(wide(MARKER)))), "a.eml"),
    ],
)
def test_wherever_the_presentation_is_packed(outer: bytes, called: str) -> None:
    member = marked(look(outer, called)).place.member
    assert member is not None
    assert "汇报" in member


@pytest.mark.place("xlsb", "单元格（压缩包或文件里的）", visible=False)
@pytest.mark.place("xlsb", "工作表名（压缩包或文件里的）", visible=False)
def test_the_words_of_a_binary_workbook_in_an_archive_are_told() -> None:
    reading = packed(xlsb(MARKER, NUMBER), "名单.xlsb")
    assert marked(reading).place.path == "xl/worksheets/sheet1.bin"
    assert marked(reading, NUMBER).text == NUMBER
    assert marked(packed(xlsb("甲"), "a.xlsb"), "名单").text == "名单"


def test_marks_of_the_program_and_signs_for_numbers_are_no_words() -> None:
    reading = packed(ppt(wide("*"), name("___PPT10"), wide("甲乙\r丙")))
    assert [s.text for s in reading.segments if s.place.part is Part.EMBEDDED] == ["甲乙\n丙"]


@pytest.mark.parametrize(
    "file",
    [
        ppt(wide(MARKER), record(1000, b"")[:6]),
        ppt(wide(MARKER), struct.pack("<HHI", 0, 0x0FA0, 0xFFFFFFFF)),
        ppt(wide(MARKER), b"\xff" * 300),
    ],
)
def test_a_presentation_that_breaks_off_is_told_so_far(file: bytes) -> None:
    assert marked(packed(file))


def test_a_workbook_that_cannot_be_unpacked_is_told_as_unread() -> None:
    data = xlsb(MARKER)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheet = package.getinfo("xl/worksheets/sheet1.bin")
    found = packed(data.replace(sheet.CRC.to_bytes(4, "little"), b"\1\2\3\4"), "a.xlsb")
    assert {t.code for t in found.troubles} == {TroubleCode.NOT_SUPPORTED}
    assert found.partial
    assert marked(found, "名单").place.path == "xl/workbook.bin"


def test_a_workbook_whose_records_lie_is_told_so_far() -> None:
    for seed in range(300):
        assert packed(broken_part(xlsb(MARKER, NUMBER), seed), "a.xlsb").partial


def test_a_locked_presentation_is_not_carved() -> None:
    locked = ppt(wide(MARKER), more={"Current User": b"\0" * 12 + b"\xdf\xc4\xd1\xf3" + b"\0" * 4})
    found = packed(locked)
    assert [t.code for t in found.troubles] == [TroubleCode.ENCRYPTED]
    assert not any(MARKER in s.text for s in found.segments)


@pytest.mark.place("docx", "嵌入的旧版演示文稿", visible=False)
def test_the_words_of_a_presentation_in_a_document_are_told() -> None:
    part = Extra(
        "word/embeddings/a.ppt", ppt(wide(MARKER)), "oleObject", "application/octet-stream"
    )
    segment = marked(look(docx(paragraph(run("正文")), part), "公示.docx"))
    assert segment.place.member == "word/embeddings/a.ppt"
