"""What stands inside a Word document as a file or picture of its own."""

import io
from pathlib import Path

import pytest

from formats import read, redact
from formats.budget import Budget
from formats.compound import compound
from formats.ocr import Line, Recognised
from formats.opening import read_stream
from formats.reading import Part, Segment, TroubleCode, Unreadable
from tests.build import pdf
from tests.build.pictures import encoded, photo
from tests.build.word import (
    CHANGE,
    MARKER,
    WORD_TYPE,
    Extra,
    docx,
    image,
    paragraph,
    picture,
    run,
)

_HTML = f"<html><body><p>{MARKER}</p></body></html>".encode()
_INNER = docx(paragraph(run(MARKER)))
_SVG = f'<svg xmlns="http://www.w3.org/2000/svg"><text>{MARKER}</text></svg>'.encode()
_SVG_BLIP = (
    '<a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="rId2"/>'
    "</a:ext>"
)


def marked(data: bytes, folder: Path) -> list[Segment]:
    path = folder / "a.docx"
    path.write_bytes(data)
    return [s for s in read(path).segments if MARKER in s.text]


@pytest.mark.parametrize(
    ("data", "suffix", "words"),
    [
        pytest.param(
            d, suffix, words, id=suffix, marks=pytest.mark.place("docx", words, visible=True)
        )
        for d, suffix, words in (
            (_HTML, "html", "插入的外部片段（网页）"),
            (_INNER, "docx", "插入的外部片段（Word 文件）"),
            (MARKER.encode(), "txt", "插入的外部片段（文本）"),
        )
    ],
)
def test_an_alternate_chunk_is_read_as_part_of_the_text(
    data: bytes, suffix: str, words: str, tmp_path: Path
) -> None:
    chunk = Extra(f"word/chunk1.{suffix}", data, "aFChunk", f"text/{suffix}")
    document = docx(paragraph(run("正文")) + '<w:altChunk r:id="rId1"/>', chunk)
    (segment,) = marked(document, tmp_path)
    assert segment.visible
    assert segment.place.member == f"word/chunk1.{suffix}"
    # A copy would lose it, or carry it whole: it is refused with what to do instead.
    with pytest.raises(Unreadable) as caught:
        redact(tmp_path / "a.docx", [], tmp_path / "b.docx")
    assert caught.value.code is TroubleCode.NOT_SUPPORTED
    assert not (tmp_path / "b.docx").exists()


@pytest.mark.place("docx", "矢量图里的文字（SVG）", visible=True)
def test_the_words_of_a_vector_picture_are_read_and_its_copy_is_the_plain_one(
    tmp_path: Path,
) -> None:
    shown = picture("rId1").replace("<a:blip r:embed=\"rId1\"/>", (
        f'<a:blip r:embed="rId1"><a:extLst>{_SVG_BLIP}</a:extLst></a:blip>'))  # fmt: skip
    vector = Extra("word/media/image2.svg", _SVG, "image", "image/svg+xml")
    data = docx(paragraph(shown), image(encoded(photo())), vector)
    (segment,) = marked(data, tmp_path)
    assert (segment.place.part, segment.visible) == (Part.IMAGE, True)
    redact(tmp_path / "a.docx", [], tmp_path / "b.docx")
    assert MARKER.encode() not in (tmp_path / "b.docx").read_bytes()


def pictures(data: bytes, folder: Path) -> dict[str, tuple[bool, str]]:
    path = folder / "a.docx"
    path.write_bytes(data)
    found = [s for s in read(path).segments if s.place.part is Part.IMAGE]
    return {s.text: (s.visible, s.note) for s in found}


@pytest.mark.place("docx", "图片", visible=True)
@pytest.mark.place("docx", "没有显示的图片", visible=False)
@pytest.mark.place("docx", "裁剪过的图片（裁掉的部分还在）", visible=True)
def test_a_picture_is_seen_where_it_is_shown(tmp_path: Path) -> None:
    names = [f"word/media/image{number}.png" for number in range(1, 6)]
    extras = [image(encoded(photo()), name) for name in names]
    body = (
        paragraph(picture("rId1"))
        + paragraph(f"<w:del {CHANGE}>{picture('rId2')}</w:del>")
        + paragraph(picture("rId3").replace("<w:drawing>", "<w:rPr><w:vanish/></w:rPr><w:drawing>"))
        + paragraph(picture("rId4", crop='<a:srcRect l="50000"/>'))
    )
    assert pictures(docx(body, *extras), tmp_path) == {
        "image1.png": (True, ""),
        "image2.png": (False, "文档没有显示的图片"),
        "image3.png": (False, "文档没有显示的图片"),
        "image4.png": (True, "图片被裁剪过，裁掉的部分还在文件里"),
        "image5.png": (False, "文档没有显示的图片"),
    }


@pytest.mark.place("docx", "视频和音频", visible=False)
def test_a_video_is_told_as_what_nobody_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    clip = Extra("word/media/clip.mp4", b"\0\0\0\x18ftypmp42", "video", "video/mp4")
    path.write_bytes(docx(paragraph(run("正文")), clip))
    reading = read(path)
    assert reading.partial
    assert [t.code for t in reading.troubles] == [TroubleCode.NOT_SUPPORTED]
    assert [s.text for s in reading.segments if s.place.part is Part.EMBEDDED] == ["clip.mp4"]


def test_templates_are_read_as_documents(tmp_path: Path) -> None:
    path = tmp_path / "a.dotx"
    kind = f"{WORD_TYPE}template.main+xml"
    path.write_bytes(docx(paragraph(run(MARKER)), main_type=kind))
    reading = read(path)
    assert reading.troubles == ()
    assert [s.text for s in reading.segments] == ["a.dotx", MARKER]


@pytest.mark.place("docx", "OLE 对象里的 PDF", visible=False)
def test_a_pdf_inside_an_object_is_opened(tmp_path: Path) -> None:
    page = pdf.one_page(pdf.show("PDF19283746"))
    data = compound({"CONTENTS": page})
    part = Extra("word/embeddings/a.bin", data, "oleObject", "application/octet-stream")
    path = tmp_path / "a.docx"
    path.write_bytes(docx(paragraph(run("正文")), part))
    found = [s for s in read(path).segments if "19283746" in s.text]
    assert [(s.place.part, s.visible, s.place.page) for s in found] == [(Part.EMBEDDED, False, 1)]


@pytest.mark.parametrize(("letters", "asks"), [(3, True), (60, False)])
def test_a_scan_pasted_into_a_document_asks_to_be_looked_at(letters: int, asks: bool) -> None:
    """However well its picture was read: such a file has no pages that must be seen one by one."""
    line = Line("关于发放春耕补贴的公示", (0.0, 0.0, 90.0, 9.0), 0.99)
    budget = Budget(recogniser=lambda draw: Recognised((line,), 100, 100))
    data = docx(
        paragraph(run("字" * letters)) + paragraph(picture("rId1")), image(encoded(photo(), "PNG"))
    )
    reading = read_stream(io.BytesIO(data), budget, "扫描件.docx")
    assert any(s.text == line.text and s.visible for s in reading.segments)
    assert [t.code for t in reading.troubles] == [TroubleCode.NEEDS_OCR] * asks
    assert reading.partial is asks
