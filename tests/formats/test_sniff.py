"""Kinds are told from bytes; a name that says otherwise is a lie and is told as one."""

import io
from pathlib import Path

import pytest

from formats import CLEANABLE, clean_suffix, read
from formats.budget import Budget, Limits
from formats.opening import read_stream
from formats.reading import Kind, Part, TroubleCode, Unreadable
from formats.sniff import sniff, sniff_stream
from tests.build.containers import archive
from tests.build.odf import odf
from tests.build.ole import compound
from tests.build.plain import LIST, PAGE, SENTENCES
from tests.build.word import WORD_TYPE, docx, paragraph, run

_MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/a.xml" ContentType="application/vnd.{}"/></Types>'
)


def typed(main: str) -> bytes:
    return archive({"[Content_Types].xml": _TYPES.format(main).encode()})


_OFFICE = "openxmlformats-officedocument."
CASES = {
    "docx": (docx(), "a.docx", Kind.DOCX),
    "dotx": (docx(main_type=f"{WORD_TYPE}template.main+xml"), "a.dotx", Kind.DOCX),
    "docm": (docx(main_type=_MACRO), "a.docm", Kind.DOCM),
    "xlsx": (typed(f"{_OFFICE}spreadsheetml.sheet.main+xml"), "a.xlsx", Kind.XLSX),
    "xlsm": (typed("ms-excel.sheet.macroEnabled.main+xml"), "a.xlsm", Kind.XLSM),
    "xlsb": (typed("ms-excel.sheet.binary.macroEnabled.main"), "a.xlsb", Kind.XLSB),
    "pptx": (typed(f"{_OFFICE}presentationml.presentation.main+xml"), "a.pptx", Kind.PPTX),
    "ofd": (archive({"OFD.xml": b"<OFD/>"}), "a.ofd", Kind.OFD),
    "zip": (archive({"a.txt": b"a"}), "a.zip", Kind.ZIP),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", "a.pdf", Kind.PDF),
    "rar": (b"Rar!\x1a\x07\x01\0", "a.rar", Kind.RAR),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\x04", "a.7z", Kind.SEVEN_ZIP),
    "rtf": (b"{\\rtf1 a}", "a.rtf", Kind.RTF),
    "png": (b"\x89PNG\r\n\x1a\n1", "a.png", Kind.PNG),
    "jpg": (b"\xff\xd8\xff\xe0123", "a.jpg", Kind.JPEG),
    "html": (PAGE.encode(), "a.htm", Kind.HTML),
    "xml": (b"<?xml version='1.0'?><a/>", "a.xml", Kind.XML),
    "txt": (SENTENCES.encode("gb18030"), "a.txt", Kind.TXT),
    "csv by name": (SENTENCES.encode(), "a.csv", Kind.CSV),
    "csv by content": (LIST.encode(), "a", Kind.CSV),
    "txt by name": (LIST.encode(), "a.txt", Kind.TXT),
    "doc": (compound({"WordDocument": b"\xec\xa5" + b"\0" * 40}), "a.doc", Kind.DOC),
    "doc of 1992": (b"\xdb\xa5\x2d\0" + b"\0" * 40, "a.doc", Kind.DOC),
    "xls of 1990": (b"\x09\x02\x06\0" + b"\0" * 40, "a.xls", Kind.XLS),
    "et": (compound({"Workbook": b"\x09\x08"}), "a.et", Kind.XLS),
    "wps": (compound({"WordDocument": b"\xec\xa5" + b"\0" * 40}), "a.wps", Kind.DOC),
    "xls": (compound({"Workbook": b"\x09\x08"}), "a.xls", Kind.XLS),
    "odt": (odf("odt", ""), "a.odt", Kind.ODT),
    "ods": (odf("ods", ""), "a.ods", Kind.ODS),
    "odp": (odf("odp", ""), "a.odp", Kind.ODP),
    "ppt": (compound({"PowerPoint Document": b"\x0f\0\xe8\x03"}), "a.ppt", Kind.PPT),
    "dps": (compound({"PowerPoint Document": b"\x0f\0\xe8\x03"}), "a.dps", Kind.PPT),
    "other compound file": (compound({"甲": b"a"}), "a.vsd", Kind.OLE),
    "empty": (b"", "a.docx", Kind.EMPTY),
    "blank": (b"\xef\xbb\xbf \r\n", "a.txt", Kind.EMPTY),
    "noise": (bytes(range(256)) * 4, "a.bin", Kind.UNKNOWN),
    "mail": (b"From: a\nMIME-Version: 1.0\nContent-Type: text/html\n\nPGh0", "a.eml", Kind.MHT),
}


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_a_kind_is_told_from_the_bytes(case: tuple[bytes, str, Kind], tmp_path: Path) -> None:
    data, name, kind = case
    path = tmp_path / name
    path.write_bytes(data)
    found = sniff(path)
    assert found.kind is kind
    assert found.extension_lies is None
    assert sniff_stream(io.BytesIO(data), "没有后缀").kind in (kind, Kind.CSV, Kind.TXT)


def test_a_name_that_lies_is_told_and_the_file_still_read(tmp_path: Path) -> None:
    path = tmp_path / "名单.pdf"
    path.write_bytes(docx(paragraph(run("正文"))))
    reading = read(path)
    assert reading.kind is Kind.DOCX
    assert [t.code for t in reading.troubles] == [TroubleCode.EXTENSION_LIES]
    assert ".pdf" in reading.troubles[0].text


def test_macros_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.docm"
    path.write_bytes(docx(main_type=_MACRO, unreached={"word/vbaProject.bin": b"\xd0\xcf"}))
    reading = read(path)
    assert TroubleCode.MACROS in [t.code for t in reading.troubles]


def test_control_characters_in_a_name_are_told_and_not_shown() -> None:
    data = "文字".encode()
    reading = read_stream(io.BytesIO(data), Budget(), "名\u202etxt.exe\n.txt")
    assert reading.segments[0].text == "名txt.exe.txt"
    assert reading.segments[0].place.part is Part.NAME
    assert [t.code for t in reading.troubles] == [TroubleCode.BAD_NAME]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.txt", b"", TroubleCode.EMPTY),
        ("a.rar", b"Rar!\x1a\x07\0", TroubleCode.NOT_SUPPORTED),
        ("a.png", b"\x89PNG\r\n\x1a\n1", TroubleCode.DAMAGED),
        ("a.doc", compound({"WordDocument": b"\xec\xa5"}), TroubleCode.DAMAGED),
        ("a.docx", compound({"EncryptedPackage": b"a"}), TroubleCode.ENCRYPTED),
        ("a.doc", compound({"WordDocument": b"\0" * 11 + b"\1"}), TroubleCode.ENCRYPTED),
        ("a.sep", b"\0\1\2\3", TroubleCode.NOT_SUPPORTED),
        ("a.docx", docx()[:-30], TroubleCode.DAMAGED),
        ("a.bin", bytes(range(256)), TroubleCode.NOT_SUPPORTED),
    ],
)
def test_what_cannot_be_read_says_what_to_do(
    name: str, data: bytes, code: TroubleCode, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert caught.value.code is code
    assert caught.value.text.endswith("。")


def test_a_missing_a_folder_and_a_huge_file_say_so(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as missing:
        read(tmp_path / "没有.docx")
    assert missing.value.code is TroubleCode.MISSING
    with pytest.raises(Unreadable):
        read(tmp_path)
    big = tmp_path / "大.txt"
    big.write_bytes(b"a" * 2000)
    with pytest.raises(Unreadable) as huge:
        read(big, Budget(Limits(file_bytes=1000)))
    assert huge.value.code is TroubleCode.TOO_BIG


def test_clean_suffixes_lose_their_macros() -> None:
    assert {k: clean_suffix(k) for k in CLEANABLE} == {
        Kind.DOCX: ".docx", Kind.DOCM: ".docx", Kind.XLSX: ".xlsx", Kind.XLSM: ".xlsx",
        Kind.TXT: ".txt", Kind.CSV: ".csv",
    }  # fmt: skip
    with pytest.raises(Unreadable):
        clean_suffix(Kind.PDF)
