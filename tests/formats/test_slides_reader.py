"""The presentation reader's finer points: order, pages, what a person must look at, damage."""

import io
import zipfile

import pytest

from formats.budget import Budget, Limits
from formats.opening import read_stream
from formats.reading import Kind, Part, Reading, TroubleCode, Unreadable
from tests.build.containers import archive
from tests.build.pictures import encoded, photo
from tests.build.slides import Slide, frame, line, picture, pptx, run, shape, text
from tests.build.word import Extra

_THUMBNAIL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"


def look(data: bytes, limits: Limits | None = None) -> Reading:
    return read_stream(io.BytesIO(data), Budget(limits), "培训.pptx")


def texts(reading: Reading, part: Part = Part.BODY) -> list[tuple[int | None, str]]:
    return [(s.place.page, s.text) for s in reading.segments if s.place.part is part]


def photo_part(name: str = "ppt/media/image1.png") -> Extra:
    return Extra(name, encoded(photo()), "image", "image/png")


def test_slides_are_numbered_and_read_from_the_title_down() -> None:
    def at(left: int, top: int) -> str:
        return frame(left, top, 3_000_000, 400_000)

    first = (
        text("右下", at=at(5_000_000, 4_000_000))
        + text("左下", at=at(500_000, 4_000_000))
        + text("上", at=at(500_000, 2_000_000))
        + text("标题", at=at(500_000, 6_000_000), holder='<p:ph type="title"/>')
    )
    reading = look(pptx(first, Slide(text("藏"), 'show="0"'), text("末页"), Slide(notes="说明")))
    assert (reading.kind, reading.pages, reading.partial) == (Kind.PPTX, 4, False)
    assert texts(reading) == [(1, "标题"), (1, "上"), (1, "左下"), (1, "右下"), (3, "末页")]
    assert texts(reading, Part.HIDDEN) == [(2, "藏")]
    assert texts(reading, Part.NOTES) == [(4, "说明")]
    boxes = [s.place.box for s in reading.segments if s.text == "上"]
    assert boxes == [(39.4, 157.5, 275.6, 189.0)]


@pytest.mark.place("pptx", "自动编号", visible=True)
def test_counted_numbers_stand_before_their_paragraphs() -> None:
    def item(words: str, kind: str, level: int = 0, more: str = "") -> str:
        look = f'<a:pPr lvl="{level}"><a:buAutoNum type="{kind}"{more}/></a:pPr>'
        return f"<a:p>{look}{run(words) if words else ''}</a:p>"

    body = (
        item("甲", "ea1ChsPeriod") + item("子", "arabicParenBoth", 1)
        + item("丑", "arabicParenBoth", 1) + item("", "ea1ChsPeriod") + item("乙", "ea1ChsPeriod")
        + item("子", "arabicParenBoth", 1) + line(run("无")) + item("丙", "circleNumDbPlain")
        + item("丁", "arabicPeriod", 0, ' startAt="7"') + item("戊", "unheardOf")
    )  # fmt: skip
    assert [t for _, t in texts(look(pptx(shape(body))))] == [
        "一. 甲", "(1) 子", "(2) 丑", "二. 乙", "(1) 子", "无", "① 丙", "7. 丁", "1. 戊",
    ]  # fmt: skip


@pytest.mark.place("pptx", "图片", visible=True)
@pytest.mark.place("pptx", "没有显示的图片", visible=False)
def test_pictures_ask_for_a_person_and_a_slide_of_nothing_else_is_named() -> None:
    reading = look(
        pptx(
            text("有字"),
            Slide(picture("rId2"), extras=(photo_part(),)),
            Slide(text("字"), extras=(photo_part("ppt/media/image2.png"),)),
        )
    )
    found = {s.text: (s.visible, s.place.page) for s in reading.segments
             if s.place.part is Part.IMAGE}  # fmt: skip
    assert found == {"image1.png": (True, 2), "image2.png": (False, 3)}
    assert reading.image_pages == (2,)
    assert reading.partial
    assert TroubleCode.NEEDS_OCR in {t.code for t in reading.troubles}


@pytest.mark.place("pptx", "背景图片", visible=True)
def test_a_picture_behind_the_slide_is_seen() -> None:
    back = '<p:bg><p:bgPr><a:blipFill><a:blip r:embed="rId2"/></a:blipFill></p:bgPr></p:bg>'
    reading = look(pptx(Slide(text("字"), before=back, extras=(photo_part(),))))
    assert [s.visible for s in reading.segments if s.place.part is Part.IMAGE] == [True]


@pytest.mark.place("pptx", "视频和音频", visible=False)
def test_a_video_is_told_as_what_nobody_looked_at() -> None:
    clip = Extra("ppt/media/clip.mp4", b"\0\0\0\x18ftypmp42", "video", "video/mp4")
    reading = look(pptx(Slide(text("字"), extras=(clip,))))
    assert [t.code for t in reading.troubles] == [TroubleCode.NOT_SUPPORTED]
    assert texts(reading, Part.EMBEDDED) == [(1, "clip.mp4")]


@pytest.mark.place("pptx", "缩略图", visible=False)
def test_the_thumbnail_is_told() -> None:
    small = Extra("docProps/thumbnail.jpeg", b"\xff\xd8\xff", _THUMBNAIL, "image/jpeg", "")
    reading = look(pptx(text("字"), extras=(small,)))
    assert [(s.text, s.visible) for s in reading.segments if s.place.part is Part.THUMBNAIL] == [
        ("thumbnail.jpeg", False)
    ]


@pytest.mark.place("pptx", "链接的图片地址", visible=False)
def test_a_linked_picture_tells_where_it_lies() -> None:
    links = (("rIdI", "image", "file:///D:/内部/照片.png"),)
    reading = look(pptx(Slide(text("字"), links=links)))
    assert texts(reading, Part.EXTERNAL_LINK) == [(None, "file:///D:/内部/照片.png")]


def test_what_programs_name_and_prompt_is_no_hidden_text() -> None:
    said = {"title": "单击此处编辑母版标题样式", "body": "Click to edit Master text styles"}
    prompts = "".join(
        shape(line(run(words)), holder=f'<p:ph type="{kind}"/>') for kind, words in said.items()
    )
    names = (
        "标题 1",
        "Title 1",
        "内容占位符 2",
        "Content Placeholder 2",
        "TextBox 3",
        "矩形: 圆角 4",
    )
    body = "".join(text("字", described=f'name="{name}"') for name in names)
    reading = look(pptx(body, master=prompts, layouts=(prompts,)))
    assert [s.text for s in reading.segments if not s.visible] == []


def changed(data: bytes, name: str, part: bytes) -> bytes:
    """The package with one part replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return archive({n: part if n == name else source.read(n) for n in source.namelist()})


def test_a_damaged_slide_is_told_and_the_others_are_read() -> None:
    reading = look(changed(pptx(text("一"), text("二")), "ppt/slides/slide1.xml", b"<p:sld"))
    assert reading.partial
    assert [t.code for t in reading.troubles] == [TroubleCode.DAMAGED]
    assert texts(reading) == [(2, "二")]


def test_a_deck_without_its_main_part_is_damaged() -> None:
    with pytest.raises(Unreadable) as caught:
        look(changed(pptx(text("一")), "ppt/presentation.xml", b"<broken"))
    assert caught.value.code is TroubleCode.DAMAGED


def test_too_many_slides_and_too_much_text_are_refused() -> None:
    for limits in (Limits(pages=2), Limits(segments=3)):
        with pytest.raises(Unreadable) as caught:
            look(pptx(*(text("页") for _ in range(5))), limits)
        assert caught.value.code is TroubleCode.TOO_BIG


def test_groups_as_deep_as_the_parser_allows_are_read() -> None:
    content = text("底")
    for _ in range(60):
        content = (
            '<p:grpSp><p:nvGrpSpPr><p:cNvPr id="9" name=""/><p:cNvGrpSpPr/><p:nvPr/>'
            f"</p:nvGrpSpPr><p:grpSpPr/>{content}</p:grpSp>"
        )
    assert texts(look(pptx(content))) == [(1, "底")]
