"""The knife for Word: marks across runs, revisions settled, pictures written anew."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from formats import read, redact
from formats.reading import Mark, Part, TroubleCode, Unreadable
from tests.build.libreoffice import convert, with_libreoffice
from tests.build.word import (
    CHANGE,
    MARKER,
    Extra,
    docx,
    field,
    header,
    image,
    paragraph,
    picture,
    run,
    section_with,
    table,
    text_box,
)
from tests.build.word import settings as settings_part

NUMBER = "110101199001010000"


def clean(data: bytes, folder: Path, marks: list[Mark] | None = None) -> Path:
    source, out = folder / "原件.docx", folder / "公开件.docx"
    source.write_bytes(data)
    redact(source, marks or [], out)
    return out


def part_of(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def mark_of(path: Path, text: str, replacement: str) -> Mark:
    segment = next(s for s in read(path).segments if text in s.text)
    start = segment.text.index(text)
    return Mark(segment.place, (start, start + len(text)), replacement)


def test_a_mark_over_three_runs_keeps_the_look_of_the_first(tmp_path: Path) -> None:
    body = run("号码" + NUMBER[:4]) + run(NUMBER[4:9], "<w:b/>") + run(NUMBER[9:] + "止", "<w:i/>")
    source = tmp_path / "a.docx"
    source.write_bytes(docx(paragraph(body)))
    out = clean(source.read_bytes(), tmp_path, [mark_of(source, NUMBER, "1101**")])
    document = part_of(out, "word/document.xml")
    assert re.findall(r"<w:t[^>]*>([^<]*)</w:t>", document) == ["号码1101**", "止"]
    assert "<w:b/>" not in document
    assert "<w:i/>" in document


def test_the_same_source_and_marks_give_the_same_bytes(tmp_path: Path) -> None:
    data = docx(paragraph(run(NUMBER), picture("rId1")), image())
    assert clean(data, tmp_path).read_bytes() == clean(data, tmp_path).read_bytes()


def test_revisions_are_settled_as_word_would(tmp_path: Path) -> None:
    first = paragraph(run("前半"), properties=f"<w:rPr><w:del {CHANGE}/></w:rPr>")
    second = paragraph(
        f"<w:ins {CHANGE}>{run('新')}</w:ins>",
        f"<w:del {CHANGE}><w:r><w:delText>旧</w:delText></w:r></w:del>",
        run("后半", f"<w:b/><w:rPrChange {CHANGE}><w:rPr/></w:rPrChange>"),
        properties='<w:jc w:val="center"/>',
    )
    out = clean(docx(first + second), tmp_path)
    document = part_of(out, "word/document.xml")
    assert [s.text for s in read(out).segments[1:]] == ["前半新后半"]
    assert 'w:jc w:val="center"' in document
    for gone in ("覃小满", "rPrChange", "w:ins", "w:del", "旧"):
        assert gone not in document


def test_only_parts_that_are_shown_are_carried_over(tmp_path: Path) -> None:
    reference = '<w:headerReference w:type="default" r:id="rId1"/>'
    data = docx(
        paragraph(run("正文")),
        header("页眉文字"),
        settings_part('<w:attachedTemplate r:id="x"/><w:defaultTabStop w:val="420"/>'),
        Extra("word/vbaProject.bin", b"\xd0\xcf", "vbaProject", "application/octet-stream"),
        section=section_with(reference),
        unreached={"甲.txt": b"a"},
    )  # fmt: skip
    out = clean(data, tmp_path)
    assert sorted(names(out)) == [
        "[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "word/document.xml",
        "word/header1.xml", "word/settings1.xml",
    ]  # fmt: skip
    assert "defaultTabStop" in part_of(out, "word/settings1.xml")
    assert "attachedTemplate" not in part_of(out, "word/settings1.xml")


def test_links_stay_only_when_they_lead_to_the_public(tmp_path: Path) -> None:
    addresses = {
        "a": "https://www.example.gov.cn/a.html",
        "b": "http://10.1.2.3/oa",
        "c": "file:///D:/a.docx",
        "d": "http://oa/内网",
        "e": "mailto:a@example.com",
    }
    body = "".join(
        paragraph(f'<w:hyperlink r:id="{k}">{run("链接" + k)}</w:hyperlink>') for k in addresses
    )
    links = tuple((k, "hyperlink", v) for k, v in addresses.items())
    out = clean(docx(body, links=links), tmp_path)
    segments = read(out).segments
    assert [s.text for s in segments if s.place.part is Part.LINK] == [addresses["a"]]
    assert [s.text for s in segments if s.place.part is Part.BODY] == [
        f"链接{k}" for k in addresses
    ]


def test_fields_with_paths_become_their_results_and_page_numbers_stay(tmp_path: Path) -> None:
    body = paragraph(field(' FILENAME \\p "D:\\内部\\a.docx" ', "文件名")) + paragraph(
        field(" PAGE ", "7")
    )
    document = part_of(clean(docx(body), tmp_path), "word/document.xml")
    assert "文件名" in document
    assert "内部" not in document
    assert document.count("fldChar ") == 3


def noisy_picture(kind: str) -> bytes:
    """A picture half black, half white, with words in its metadata."""
    made = Image.new("RGB", (40, 20), "white")
    made.paste("black", (0, 0, 20, 20))
    out = io.BytesIO()
    if kind == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Author", MARKER)
        made.save(out, "PNG", pnginfo=words)
    else:
        exif = Image.Exif()
        exif[0x010E] = "MARK19283746"
        made.save(out, kind, exif=exif.tobytes(), comment=b"MARK19283746")
    return out.getvalue() + b"MARK19283746"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_pictures_lose_their_metadata_and_what_follows_them(kind: str, tmp_path: Path) -> None:
    data = noisy_picture(kind)
    out = clean(docx(paragraph(picture("rId1")), image(data)), tmp_path)
    (name,) = [n for n in names(out) if "media" in n]
    with zipfile.ZipFile(out) as archive:
        left = archive.read(name)
    assert b"19283746" not in left
    with Image.open(io.BytesIO(left)) as kept:
        assert kept.size == (40, 20)
        assert kept.convert("L").getpixel((5, 5)) == 0
        assert kept.convert("L").getpixel((35, 5)) == 255


def test_a_cropped_picture_keeps_only_what_is_shown(tmp_path: Path) -> None:
    crop = '<a:srcRect l="50000"/>'
    data = docx(paragraph(picture("rId1", crop=crop)), image(noisy_picture("PNG")))
    out = clean(data, tmp_path)
    (name,) = [n for n in names(out) if "media" in n]
    with zipfile.ZipFile(out) as archive, Image.open(io.BytesIO(archive.read(name))) as kept:
        assert kept.size == (20, 20)
        assert kept.convert("L").getextrema() == (255, 255)
    assert 'l="50000"' not in part_of(out, "word/document.xml")


def test_what_full_transparency_covers_is_not_kept(tmp_path: Path) -> None:
    made = Image.new("RGBA", (40, 20), (200, 10, 10, 0))
    made.paste((0, 200, 0, 255), (0, 0, 20, 20))
    raw = io.BytesIO()
    made.save(raw, "PNG")
    out = clean(docx(paragraph(picture("rId1")), image(raw.getvalue())), tmp_path)
    (name,) = [n for n in names(out) if "media" in n]
    with zipfile.ZipFile(out) as archive, Image.open(io.BytesIO(archive.read(name))) as kept:
        assert kept.getpixel((30, 10)) == (0, 0, 0, 0)
        assert kept.getpixel((10, 10)) == (0, 200, 0, 255)


def test_marks_on_what_a_picture_carries_are_obeyed(tmp_path: Path) -> None:
    source = tmp_path / "a.docx"
    source.write_bytes(docx(paragraph(picture("rId1")), image(noisy_picture("JPEG"))))
    told = [s for s in read(source).segments if s.place.path and "media" in s.place.path]
    assert len(told) > 1
    out = clean(source.read_bytes(), tmp_path, [Mark(s.place, (0, 1), "") for s in told])
    (name,) = [n for n in names(out) if "media" in n]
    with zipfile.ZipFile(out) as archive:
        assert b"19283746" not in archive.read(name)


def test_a_marked_picture_becomes_white(tmp_path: Path) -> None:
    source = tmp_path / "a.docx"
    source.write_bytes(docx(paragraph(picture("rId1")), image(noisy_picture("PNG"))))
    (place,) = [s.place for s in read(source).segments if s.place.part is Part.IMAGE]
    out = clean(source.read_bytes(), tmp_path, [Mark(place, (0, 5), "")])
    (name,) = [n for n in names(out) if "media" in n]
    with zipfile.ZipFile(out) as archive, Image.open(io.BytesIO(archive.read(name))) as kept:
        assert kept.convert("L").getextrema() == (255, 255)


def test_an_inserted_whole_document_cannot_be_cut(tmp_path: Path) -> None:
    chunk = Extra("word/a.html", b"<html><p>a", "aFChunk", "text/html")
    with pytest.raises(Unreadable) as caught:
        clean(docx('<w:altChunk r:id="rId1"/>', chunk), tmp_path)
    assert caught.value.code is TroubleCode.NOT_SUPPORTED
    assert [p.name for p in tmp_path.iterdir()] == ["原件.docx"]


_WORDS = st.text("甲乙丙丁戊0123456789 ", min_size=1, max_size=8)
_RUNS = st.lists(
    st.tuples(_WORDS, st.sampled_from(["", "<w:b/>", "<w:i/>"])), min_size=1, max_size=5
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(_RUNS, min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 39), st.integers(1, 12)), max_size=6),
)
def test_what_is_marked_goes_and_all_else_stays(
    tmp_path: Path,
    paragraphs: list[list[tuple[str, str]]],
    cuts: list[tuple[int, int, int]],
) -> None:
    body = "".join(paragraph(*(run(text, look) for text, look in runs)) for runs in paragraphs)
    source = tmp_path / "a.docx"
    source.write_bytes(docx(body))
    segments = [s for s in read(source).segments if s.place.part is Part.BODY]
    marks, covered = [], [set[int]() for _ in segments]
    for which, start, length in cuts:
        if which < len(segments) and start < len(segments[which].text):
            end = min(start + length, len(segments[which].text))
            marks.append(Mark(segments[which].place, (start, end), "＊"))
            covered[which] |= set(range(start, end))
    out = clean(source.read_bytes(), tmp_path, marks)
    kept = {s.place.paragraph: s.text for s in read(out).segments if s.place.part is Part.BODY}
    for segment, gone in zip(segments, covered, strict=True):
        text = kept.get(segment.place.paragraph, "")
        want = "".join(c for i, c in enumerate(segment.text) if i not in gone)
        assert text.replace("＊", "").strip() == want.strip() or text.replace("＊", "") == want
        assert bool(gone) == ("＊" in text)


@with_libreoffice
def test_libreoffice_shows_what_is_kept_and_nothing_hidden(tmp_path: Path) -> None:
    inserted = f"<w:ins {CHANGE}>{run('插入乙。')}</w:ins>"
    deleted = f"<w:del {CHANGE}><w:r><w:delText>删去丙</w:delText></w:r></w:del>"
    body = (
        paragraph(run("公示正文。"), run("藏起甲", "<w:vanish/>"), inserted, deleted)
        + table(("户主", "号码"), ("覃小满", NUMBER))
        + paragraph(text_box(paragraph(run("框内丁"))))
        + paragraph(picture("rId2"))
    )  # fmt: skip
    reference = '<w:headerReference w:type="default" r:id="rId1"/>'
    data = docx(
        body, header("页眉戊"), image(noisy_picture("PNG")), section=section_with(reference)
    )
    source = tmp_path / "a.docx"
    source.write_bytes(data)
    out = clean(data, tmp_path, [mark_of(source, NUMBER, "1101**")])
    convert(out, "pdf", tmp_path)
    shown = "".join(s.text for s in read(out.with_suffix(".pdf")).segments)
    for word in ("公示正文。插入乙。", "覃小满", "1101**", "框内丁", "页眉戊"):
        assert word in shown
    for word in ("藏起甲", "删去丙", NUMBER):
        assert word not in shown


def list_of_people() -> str:
    """A list with a title over all columns, a column to fill in by hand, and one of pictures."""
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="4"/></w:tcPr>{paragraph(run("补贴名单"))}</w:tc>'
    head = ("姓名", "身份证号", "签名", "金额")
    people = [("覃小满", NUMBER, "", "420"), ("莫新河", NUMBER[::-1], "", "270")]
    made = table(head, *people).replace(
        "<w:tblPr/>",
        "<w:tblPr/><w:tblGrid>"
        + '<w:gridCol w:w="1000"/>' * 4
        + f"</w:tblGrid><w:tr>{wide}</w:tr>",
    )
    return made + paragraph(run("完"))


def grid_of(path: Path) -> list[list[str]]:
    rows = re.findall(r"<w:tr[ >].*?</w:tr>", part_of(path, "word/document.xml"), re.S)
    return [
        [
            "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", cell))
            for cell in row.split("</w:tc>")[:-1]
        ]
        for row in rows
    ]


def test_a_column_of_which_nothing_is_left_goes_with_its_head(tmp_path: Path) -> None:
    source = tmp_path / "a.docx"
    source.write_bytes(docx(list_of_people()))
    texts = ("身份证号", NUMBER, NUMBER[::-1])
    out = clean(source.read_bytes(), tmp_path, [mark_of(source, text, "") for text in texts])
    assert grid_of(out) == [
        ["补贴名单"],
        ["姓名", "签名", "金额"],
        ["覃小满", "", "420"],
        ["莫新河", "", "270"],
    ]
    document = part_of(out, "word/document.xml")
    assert re.findall(r'gridSpan w:val="(\d)"', document) == ["3"]
    assert re.findall(r'gridCol w:w="(\d+)"', document) == ["1333"] * 3


def test_a_column_whose_head_stays_keeps_its_place(tmp_path: Path) -> None:
    source = tmp_path / "a.docx"
    source.write_bytes(docx(list_of_people()))
    out = clean(
        source.read_bytes(), tmp_path, [mark_of(source, t, "") for t in (NUMBER, NUMBER[::-1])]
    )
    assert grid_of(out)[1] == ["姓名", "身份证号", "签名", "金额"]
    assert grid_of(out)[2] == ["覃小满", "", "", "420"]


def test_a_picture_holds_its_column(tmp_path: Path) -> None:
    photo = paragraph(run("") + picture("rId1"))
    source = tmp_path / "a.docx"
    body = table(("姓名", "照片"), ("覃小满", photo), ("莫新河", "无")) + paragraph(run("完"))
    source.write_bytes(docx(body, image()))
    out = clean(source.read_bytes(), tmp_path, [mark_of(source, t, "") for t in ("照片", "无")])
    assert [len(row) for row in grid_of(out)] == [2, 2, 2]
