"""Saved web archives: the page, its frames, its style sheets and what lies beside it."""

from pathlib import Path

import pytest

from formats import read
from formats.reading import Kind, Part, Reading, Segment
from tests.build.containers import archive
from tests.build.mail import Bit, archive_page, coded

MARKER = "标记甲8613"


def look(folder: Path, data: bytes) -> Reading:
    path = folder / "a.mht"
    path.write_bytes(data)
    return read(path)


def found(reading: Reading, text: str = MARKER) -> Segment:
    (segment,) = [s for s in reading.segments if text in s.text]
    return segment


def place(words: str, *, visible: bool) -> pytest.MarkDecorator:
    return pytest.mark.place("mht", words, visible=visible)


def beside(media: str, where: str, data: bytes) -> bytes:
    return coded(Bit(f"Content-Type: {media}\r\nContent-Location: {where}", data))


def case(words: str, data: bytes, part: Part, *, visible: bool = False) -> object:
    return pytest.param(data, part, visible, id=words, marks=place(words, visible=visible))


SHEET = beside("text/css", "cid:css-1@mhtml.blink", b".x{display:none}")
CASES = [
    case("正文", archive_page(f"<p>{MARKER}"), Part.BODY, visible=True),
    case("正文（GBK）", archive_page(f"<p>{MARKER}", charset="gbk"), Part.BODY, visible=True),
    case("表格", archive_page(f"<table><tr><td>{MARKER}</table>"), Part.TABLE, visible=True),
    case("注释", archive_page(f"<p>甲<!--{MARKER}-->"), Part.HIDDEN),
    case("隐藏文字", archive_page(f"<p>甲<p hidden>{MARKER}"), Part.HIDDEN),
    case("另存的样式表隐藏的文字", archive_page(f"<p>甲<p class=x>{MARKER}", SHEET), Part.HIDDEN),
    case(
        "样式表里的注释",
        archive_page("<p>甲", beside("text/css", "a.css", f"/*{MARKER}*/".encode())),
        Part.HIDDEN,
    ),
    case(
        "框架里的页面",
        archive_page("<p>甲", beside("text/html", "b.html", f"<html><p>{MARKER}".encode())),
        Part.BODY,
        visible=True,
    ),
    case(
        "网址",
        archive_page("<p>甲").replace(b"Subject: a", f"Subject: {MARKER}".encode()),
        Part.SUBJECT,
        visible=True,
    ),
    case(
        "保存时的网址",
        archive_page("<p>甲").replace(b"Subject: a", f"X-Snapshot: file:///D:/{MARKER}".encode()),
        Part.PROPERTY,
    ),
]


@pytest.mark.parametrize(("data", "part", "visible"), CASES)
def test_each_place_is_read(data: bytes, part: Part, visible: bool, tmp_path: Path) -> None:
    reading = look(tmp_path, data)
    segment = found(reading)
    assert reading.kind is Kind.MHT
    assert (segment.place.part, segment.visible) == (part, visible)
    assert not reading.partial


@place("另存的文件", visible=True)
def test_files_beside_the_page_are_opened(tmp_path: Path) -> None:
    packed = archive({"甲.txt": MARKER.encode()})
    data = archive_page("<p>甲", beside("application/zip", "http://a.example/f/b.zip", packed))
    assert found(look(tmp_path, data)).place.member == "b.zip/甲.txt"


def test_a_frame_is_told_apart_from_the_page(tmp_path: Path) -> None:
    frame = beside("text/html", "http://a.example/f/b.html", f"<html><p>{MARKER}".encode())
    reading = look(tmp_path, archive_page("<p>丙", frame))
    assert found(reading).place.member == "b.html"
    assert found(reading, "丙").place.member is None


def test_pictures_kept_in_the_archive_are_read_for_themselves(tmp_path: Path) -> None:
    kept = beside("text/plain", "http://a.example/p.png", b"a1")
    reading = look(tmp_path, archive_page("<p>甲<img src='http://a.example/p.png'>", kept))
    assert not reading.partial
