"""Pictures kept in old office files: what is on them, and what they carry unseen."""

import io
import struct
import zlib

import pytest

from formats import ocr
from formats.blips import as_file, blips
from formats.budget import Budget
from formats.opening import read_stream
from formats.reading import Part, Place, Reading, TroubleCode, Unreadable
from tests.build.biff import Tab, Workbook, record
from tests.build.doc97 import Paper, Run, long
from tests.build.pictures import encoded, photo, with_chunk
from tests.build.word import MARKER

_SUM = b"\0" * 16


def recognised(draw: ocr.Drawing) -> ocr.Recognised:
    """A recogniser that tells the picture's size: enough to see that the picture was opened."""
    width, height = draw().size
    return ocr.Recognised((ocr.Line(f"{MARKER}{width}x{height}", (0, 0, 9, 9), 0.9),), 9, 9)


def png(text: str = "") -> bytes:
    made = encoded(photo((40, 30)))
    body = b"Comment\0\0\0\0\0" + text.encode()
    return with_chunk(made, b"iTXt", body) if text else made


def blip(kind: int, instance: int, data: bytes) -> bytes:
    return struct.pack("<HHI", instance << 4, kind, len(data)) + data


def png_blip(data: bytes) -> bytes:
    return blip(0xF01E, 0x6E0, _SUM + b"\xff" + data)


def entry(inside: bytes, uses: int = 1, where: int = 0xFFFFFFFF) -> bytes:
    """2.2.32 OfficeArtFBSE."""
    head = b"\6\6" + _SUM + struct.pack("<HIIIBBBB", 0, len(inside), uses, where, 0, 0, 0, 0)
    return struct.pack("<HHI", 2, 0xF007, len(head) + len(inside)) + head + inside


def store(*entries: bytes) -> bytes:
    whole = b"".join(entries)
    inner = struct.pack("<HHI", len(entries) << 4 | 0xF, 0xF001, len(whole)) + whole
    return struct.pack("<HHI", 0xF, 0xF000, len(inner)) + inner


def drawing_orders(text: str) -> bytes:
    """An EMF blip: checksum, head of 34 bytes, packed orders."""
    packed = zlib.compress(b"\1\0\0\0" + text.encode("utf-16-le") + b"\0" * 8)
    return blip(0xF01A, 0x3D4, _SUM + b"\0" * 34 + packed)


def workbook(*entries: bytes) -> bytes:
    return Workbook(head=record(0xEB, store(*entries))).file()


def inline(art: bytes) -> bytes:
    """A picture in the text of a document."""
    head = struct.pack("<iHh", 68 + len(art), 68, 0x64).ljust(68, b"\0")
    run = Run("\x01\r", long(0x6A03, 16))
    return Paper((run,), data=b"\0" * 16 + head + art).file()


def floating(data: bytes, uses: int = 1) -> bytes:
    """A picture beside the text: its bytes stand in the main stream, behind the text."""
    at = 0x800 + 2 * len("白石沟镇公示。\r")
    return Paper(left=data, tables={50: store(entry(b"", uses, at))}).file()


def reading(data: bytes, name: str, *, seeing: bool = True) -> Reading:
    budget = Budget(recogniser=recognised) if seeing else Budget()
    return read_stream(io.BytesIO(data), budget, name)


CASES = [
    pytest.param(
        workbook(entry(png_blip(png()))), "a.xls", True,
        id="xls", marks=pytest.mark.place("xls", "图片上的文字", visible=True),
    ),
    pytest.param(
        workbook(entry(png_blip(png()), uses=0)), "a.xls", False,
        id="xls unused", marks=pytest.mark.place("xls", "没有显示的图片上的文字", visible=False),
    ),
    pytest.param(
        inline(entry(png_blip(png()))), "a.doc", True,
        id="doc inline", marks=pytest.mark.place("doc", "图片上的文字", visible=True),
    ),
    pytest.param(
        floating(png_blip(png())), "a.doc", True,
        id="doc floating", marks=pytest.mark.place("doc", "浮动图片上的文字", visible=True),
    ),
    pytest.param(
        floating(png_blip(png()), uses=0), "a.doc", False,
        id="doc unused", marks=pytest.mark.place("doc", "没有显示的图片上的文字", visible=False),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("data", "name", "visible"), CASES)
def test_the_text_on_a_picture_is_read(data: bytes, name: str, *, visible: bool) -> None:
    found = reading(data, name)
    (segment,) = (s for s in found.segments if MARKER in s.text)
    assert segment.text == f"{MARKER}40x30"
    assert (segment.place.part, segment.visible) == (Part.IMAGE, visible)
    assert segment.certainty < 1
    # But that the whole file is a picture, which is said of it whole.
    doubts = [t for t in found.troubles if t.place != Place(Part.IMAGE)]
    assert TroubleCode.NEEDS_OCR not in [t.code for t in doubts]


@pytest.mark.parametrize(("data", "name", "visible"), CASES)
def test_a_picture_nobody_read_is_told(data: bytes, name: str, *, visible: bool) -> None:
    found = reading(data, name, seeing=False)
    assert [t.code for t in found.troubles] == [TroubleCode.NEEDS_OCR]
    assert found.partial


@pytest.mark.place("xls", "图片文件里的说明", visible=False)
def test_what_a_picture_carries_unseen_is_read() -> None:
    found = reading(workbook(entry(png_blip(png(MARKER)))), "a.xls")
    (segment,) = (s for s in found.segments if s.text == MARKER)
    assert not segment.visible


@pytest.mark.place("doc", "矢量图里的文字", visible=True)
def test_words_in_drawing_orders_are_read_and_the_picture_still_told() -> None:
    found = reading(inline(entry(drawing_orders(MARKER))), "a.doc")
    (segment,) = (s for s in found.segments if MARKER in s.text)
    assert (segment.place.part, segment.visible) == (Part.IMAGE, True)
    assert [t.code for t in found.troubles] == [TroubleCode.NEEDS_OCR]


def test_pictures_of_the_same_trouble_are_told_once() -> None:
    data = workbook(*[entry(png_blip(png()))] * 3)
    (trouble,) = reading(data, "a.xls", seeing=False).troubles
    assert "3 张图片" in trouble.text


def test_a_second_checksum_and_bitmaps_without_a_file_header() -> None:
    twice = blip(0xF01E, 0x6E1, _SUM * 2 + b"\xff" + png())
    (found,) = blips(twice)
    assert found.data == png()
    bitmap = encoded(photo((40, 30)), "BMP")
    (found,) = blips(blip(0xF01F, 0x7A8, _SUM + b"\xff" + bitmap[14:]))
    assert found.data[14:] == bitmap[14:]
    assert found.data[10:14] == bitmap[10:14]


@pytest.mark.place("xls", "工作表的背景图片", visible=True)
def test_a_picture_behind_the_cells_is_read() -> None:
    bitmap = encoded(photo((40, 30)), "BMP")[14:]
    body = record(0xE9, struct.pack("<HHI", 9, 1, len(bitmap)) + bitmap)
    found = reading(Workbook([Tab(body=body)]).file(), "a.xls")
    (segment,) = (s for s in found.segments if MARKER in s.text)
    assert segment.text == f"{MARKER}40x30"


def test_a_bitmap_that_claims_a_billion_pixels_is_refused() -> None:
    lying = as_file(struct.pack("<IiiHHI", 40, 1 << 30, 1 << 30, 1, 24, 0) + b"\0" * 20)
    body = record(0xE9, struct.pack("<HHI", 9, 1, len(lying)) + lying[14:])
    with pytest.raises(Unreadable) as caught:
        reading(Workbook([Tab(body=body)]).file(), "a.xls")
    assert caught.value.code is TroubleCode.TOO_BIG
