"""Blocks of picture files no program reads, notes that break off, and what follows a picture."""

import io
import struct
import zlib

import pytest

from formats.budget import Budget
from formats.opening import read_stream
from formats.reading import Part, Reading, Segment, TroubleCode
from tests.build.containers import archive
from tests.build.pictures import encoded, photo, with_chunk
from tests.build.word import Extra, docx, image, paragraph, picture, run

MARKER = "青桐沟标记4503212026"
_TEXT = MARKER.encode()
_PNG, _JPEG, _GIF, _WEBP = (encoded(photo((40, 30)), k) for k in ("PNG", "JPEG", "GIF", "WEBP"))


def reading(data: bytes, name: str) -> Reading:
    return read_stream(io.BytesIO(data), Budget(), name)


def marked(found: Reading) -> Segment:
    (segment,) = (s for s in found.segments if MARKER in s.text)
    assert not segment.visible
    return segment


def segment_of(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def extension(label: int, body: bytes) -> bytes:
    return bytes([0x21, label, len(body)]) + body + b"\0"


def _webp(body: bytes) -> bytes:
    body += b"\0" * (len(body) % 2)
    chunk = b"note" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(_WEBP) - 8 + len(chunk)) + _WEBP[8:] + chunk


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a.png", with_chunk(_PNG, b"noTe", _TEXT),
                     marks=pytest.mark.place("png", "不认识的数据块", visible=False)),
        pytest.param("a.jpg", _JPEG[:2] + segment_of(0xE8, _TEXT) + _JPEG[2:],
                     marks=pytest.mark.place("jpg", "不认识的 APP 段", visible=False)),
        pytest.param("a.jpg", _JPEG[:-2] + segment_of(0xFE, _TEXT) + _JPEG[-2:],
                     marks=pytest.mark.place("jpg", "图像数据之后的注释", visible=False)),
        pytest.param("a.gif", _GIF[:-1] + extension(0xFE, b"one") + extension(0xFE, _TEXT) + b";",
                     marks=pytest.mark.place("gif", "第二条注释", visible=False)),
        pytest.param("a.gif", _GIF[:-1] + extension(0x01, _TEXT) + b";",
                     marks=pytest.mark.place("gif", "不认识的扩展块", visible=False)),
        pytest.param("a.webp", _webp(_TEXT),
                     marks=pytest.mark.place("webp", "不认识的数据块", visible=False)),
    ],
)  # fmt: skip
def test_words_in_blocks_nobody_shows_are_read(name: str, data: bytes) -> None:
    found = reading(data, name)
    assert marked(found).place.part is Part.METADATA
    assert {t.code for t in found.troubles} == {TroubleCode.NEEDS_OCR}


@pytest.mark.place("jpg", "多行的 EXIF 备注", visible=False)
def test_a_camera_note_of_several_lines_is_read() -> None:
    text = "记录\n".encode() + _TEXT
    entry = struct.pack("<HHII", 0x9286, 7, 8 + len(text), 26)
    body = b"II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0)
    body += b"\0" * 8 + text
    data = encoded(photo((40, 30)), "JPEG", exif=b"Exif\0\0" + body)
    assert marked(reading(data, "a.jpg")).place.part is Part.EXIF


def test_a_packed_note_that_breaks_off_is_told_and_read() -> None:
    text = zlib.compress(_TEXT + str([*range(0, 9000, 7)]).encode())
    broken = with_chunk(_PNG, b"zTXt", b"note\0\0" + text[:200] + b"\xff\xff" * 40)
    found = reading(broken, "a.png")
    assert TroubleCode.DAMAGED in {t.code for t in found.troubles}
    assert MARKER in marked(found).text


def test_camera_notes_that_cannot_be_read_are_told_and_carved() -> None:
    body = b"Exif\0\0II*\0" + b"\xff" * 30 + MARKER.encode("utf-16-le")
    found = reading(_JPEG[:2] + segment_of(0xE1, body) + _JPEG[2:], "a.jpg")
    assert any(MARKER in s.text for s in found.segments)
    assert TroubleCode.DAMAGED in {t.code for t in found.troubles}


@pytest.mark.place("docx", "图片结束后附着的文件", visible=False)
def test_what_follows_a_picture_in_a_document_is_read() -> None:
    data = _JPEG + archive({"a.txt": _TEXT})
    part = Extra("word/media/image1.jpg", data, "image", "image/jpeg")
    found = reading(docx(paragraph(run("正文"), picture("rId1")), part), "a.docx")
    assert TroubleCode.NOT_SUPPORTED in {t.code for t in found.troubles}
    assert marked(found).place.part is not Part.BODY
    plain = docx(paragraph(run("正文"), picture("rId1")), image(encoded(photo((40, 30)))))
    assert {t.code for t in reading(plain, "a.docx").troubles} == {TroubleCode.NEEDS_OCR}
