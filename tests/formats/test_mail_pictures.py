"""Pictures that ride in pages, mails, rich text and archives are opened by the picture reader."""

import base64
import io
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from formats import read
from formats.reading import Part, TroubleCode
from tests.build import outlook as o
from tests.build.containers import archive, seven
from tests.build.mail import Bit, archive_page, coded, mail, text
from tests.build.rtf import rtf

MARKER = "标记甲8613"


def picture() -> bytes:
    """A small PNG that says something in a text chunk, which no one sees on it."""
    said = PngInfo()
    said.add_itxt("Comment", MARKER)
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "PNG", pnginfo=said)
    return out.getvalue()


PNG = picture()
CODED = base64.b64encode(PNG).decode()
PART = coded(Bit("Content-Type: image/png; name=a.png\r\nContent-ID: <one>", PNG))
KEPT = coded(Bit("Content-Type: image/png\r\nContent-Location: http://a.example/a.png", PNG))
PAGE = f"<html><img src='data:image/png;base64,{CODED}'>".encode()
RICH = rtf(rf"{{\*\shppict{{\pict\pngblip {PNG.hex()}}}}}")
SAVED = archive_page("<img src='http://a.example/a.png'>", KEPT)
SHOWN = text("<p>甲<img src='cid:one'>", kind="html")


def case(kind: str, words: str, data: bytes, member: str) -> object:
    mark = pytest.mark.place(kind, words, visible=False)
    return pytest.param(kind, data, member, id=kind, marks=mark)


@pytest.mark.parametrize(
    ("kind", "data", "member"),
    [
        case("html", "data: 地址里图片的附带文字", PAGE, "data-1.png"),
        case("rtf", "图片的附带文字", RICH, "图片1.png"),
        case("eml", "正文图片的附带文字", mail(SHOWN, PART, kind="related"), "a.png"),
        case("mht", "图片的附带文字", SAVED, "a.png"),
        case("msg", "附件图片的附带文字", o.message(o.attachment(0, "a.png", PNG)), "a.png"),
        case("zip", "成员图片的附带文字", archive({"a.png": PNG}), "a.png"),
        case("7z", "成员图片的附带文字", seven({"a.png": PNG}), "a.png"),
    ],
)  # fmt: skip
def test_a_picture_inside_is_opened(kind: str, data: bytes, member: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(data)
    reading = read(path)
    (segment,) = [s for s in reading.segments if MARKER in s.text]
    assert (segment.place.part, segment.visible) == (Part.METADATA, False)
    assert segment.place.member == member
    # Not "a picture outside the file": the only trouble left is the reader's own, if any.
    assert {t.code for t in reading.troubles} <= {TroubleCode.NEEDS_OCR}
    assert all(t.place is not None and t.place.member == member for t in reading.troubles)


def test_a_picture_on_every_page_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(rtf(rf"{{\pict\pngblip {PNG.hex()}}}" * 3))
    assert [s.text for s in read(path).segments].count(MARKER) == 1
