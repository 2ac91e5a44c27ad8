"""Macros are read as text: modules, what the project says of itself, the words on its forms."""

import struct
from pathlib import Path

import pytest

from formats import read
from formats.budget import Budget, Limits
from formats.macros import decompressed
from formats.reading import Part, Segment, TroubleCode, Unreadable
from tests.build.macros import packed, vba_project
from tests.build.slides import pptx
from tests.build.word import MARKER, Extra, docx, paragraph, run

_DOCM = "application/vnd.ms-word.document.macroEnabled.main+xml"
_BIN = "application/vnd.ms-office.vbaProject"


def project(data: bytes, folder: str = "word") -> Extra:
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    return Extra(f"{folder}/vbaProject.bin", data, kind, _BIN)


def marked(data: bytes, folder: Path, name: str = "a.docm") -> list[Segment]:
    path = folder / name
    path.write_bytes(data)
    reading = read(path)
    assert TroubleCode.MACROS in [t.code for t in reading.troubles]
    return [s for s in reading.segments if MARKER in s.text]


def docm(data: bytes) -> bytes:
    return docx(paragraph(run("正文")), project(data), main_type=_DOCM)


@pytest.mark.parametrize(
    ("data", "note"),
    [
        pytest.param(
            vba_project({"模块一": f"Sub A()\r\n' {MARKER}\r\nEnd Sub"}), "宏模块 模块一",
            marks=pytest.mark.place("docm", "宏的源程序", visible=False), id="module",
        ),
        pytest.param(
            vba_project({"M": "Sub A()"}, docstring=MARKER), "宏工程的说明",
            marks=pytest.mark.place("docm", "宏工程的说明", visible=False), id="docstring",
        ),
        pytest.param(
            vba_project({"M": "Sub A()"}, form=MARKER), "宏的窗体里的文字",
            marks=pytest.mark.place("docm", "宏的窗体里的文字", visible=False), id="form",
        ),
    ],
)  # fmt: skip
def test_macros_are_read_where_they_stand(data: bytes, note: str, tmp_path: Path) -> None:
    (segment,) = marked(docm(data), tmp_path)
    assert (segment.place.part, segment.visible, segment.note) == (Part.SCRIPT, False, note)
    assert "Attribute" not in segment.text


@pytest.mark.place("pptx", "宏的源程序", visible=False)
def test_macros_of_a_presentation(tmp_path: Path) -> None:
    extra = project(vba_project({"M": f"' {MARKER}"}), "ppt")
    (segment,) = marked(pptx("", extras=(extra,)), tmp_path, "a.pptm")
    assert (segment.place.part, segment.visible) == (Part.SCRIPT, False)


@pytest.mark.place("docm", "自定义命令（功能区）", visible=False)
def test_a_command_of_ones_own(tmp_path: Path) -> None:
    ribbon = f'<customUI xmlns="urn:a"><button label="{MARKER}"/></customUI>'.encode()
    part = Extra("customUI/customUI.xml", ribbon, "http://a/relationships/extensibility",
                 "application/xml", "")  # fmt: skip
    data = docx(paragraph(run("正文")), part, project(vba_project({"M": "a"})), main_type=_DOCM)
    (segment,) = marked(data, tmp_path)
    assert segment.place.part is Part.SCRIPT


def test_copies_of_what_stands_before_are_unpacked() -> None:
    # [MS-OVBA] 3.2.2: "#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa"
    data = bytes.fromhex(
        "01 2f b0 00 23 61 61 61 62 63 64 65 82 66 00 70 61 67 68 69 6a 01 38 08 61 6b 6c 00 30 6d"
        "6e 6f 70 06 71 02 70 04 10 72 73 74 75 76 10 77 78 79 7a 00 3c"
    )
    text = b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa"
    assert decompressed(data, Budget()) == text
    long = bytes(range(256)) * 40
    assert decompressed(packed(long), Budget()) == long


@pytest.mark.parametrize(
    "data", [b"", b"\2", b"\1" + struct.pack("<H", 0xB002) + b"\xff\xff\xff\xff\xff"]
)
def test_a_project_that_lies_is_damaged(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        decompressed(data, Budget())
    assert caught.value.code is TroubleCode.DAMAGED


def test_a_project_that_swells_is_stopped() -> None:
    # Each chunk of seven bytes unpacks to four kilobytes.
    chunk = struct.pack("<H", 0xB000 | (6 - 3)) + b"\x02a" + struct.pack("<H", 0x0FFF)
    with pytest.raises(Unreadable) as caught:
        decompressed(b"\1" + chunk * 2000, Budget(Limits(opened_bytes=1_000_000)))
    assert caught.value.code is TroubleCode.TOO_BIG


def test_damage_in_a_project_leaves_the_text_readable(tmp_path: Path) -> None:
    path = tmp_path / "a.docm"
    path.write_bytes(docm(b"no compound file"))
    reading = read(path)
    assert reading.partial
    assert "正文" in [s.text for s in reading.segments]
