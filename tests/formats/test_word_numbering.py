"""The numbers Word counts out before paragraphs: read as shown, and cut only by freezing them."""

import io
from pathlib import Path

import pytest

from formats import read, redact
from formats.budget import Budget
from formats.opening import read_stream
from formats.reading import Mark, Part
from formats.word.counting import written
from tests.build.word import WORD_TYPE, Extra, docx, paragraph, part, run, styles


def level(number: int, style: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels: str, nums: str = "") -> Extra:
    """numbering.xml: one list (numId 1) of these levels."""
    content = (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{nums}'
    )
    return Extra(
        "word/numbering.xml", part("w:numbering", content), "numbering", f"{WORD_TYPE}numbering+xml"
    )


def item(text: str, at: int = 0, num: int = 1) -> str:
    look = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{num}"/></w:numPr>'
    return paragraph(run(text), properties=look)


def texts(body: str, *extras: Extra) -> list[str]:
    reading = read_stream(io.BytesIO(docx(body, *extras)), Budget(), "a.docx")
    return [s.text for s in reading.segments if s.place.part in (Part.BODY, Part.TABLE)]


@pytest.mark.place("docx", "自动编号（第一条、（一）、1.）", visible=True)
def test_levels_count_and_begin_anew() -> None:
    made = lists(
        level(0, "chineseCounting", "第%1条", '<w:suff w:val="space"/>'),
        level(1, "chineseCounting", "（%2）", '<w:suff w:val="nothing"/>'),
        level(2, "decimal", "%3."),
        level(3, "lowerLetter", "%1-%3-%4)", '<w:isLgl/><w:suff w:val="nothing"/>'),
    )
    body = (
        item("总则") + item("目的", 1) + item("依据", 1) + item("甲", 2) + item("乙", 2)
        + item("丙", 3) + item("职责") + item("机关", 1) + paragraph(run("无编号"))
    )  # fmt: skip
    assert texts(body, made) == [
        "第一条 总则", "（一）目的", "（二）依据", "1. 甲", "2. 乙", "1-2-1)丙", "第二条 职责",
        "（一）机关", "无编号",
    ]  # fmt: skip


def test_a_number_by_style_and_one_switched_off() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="条"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="U"><w:basedOn w:val="T"/></w:style>'
    )
    made = lists(level(0, "decimal", "%1、", '<w:suff w:val="nothing"/>'))
    off = '<w:pStyle w:val="T"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = "".join(
        paragraph(run("条"), properties=look)
        for look in ('<w:pStyle w:val="T"/>', off, '<w:pStyle w:val="U"/>')
    )
    assert texts(body, made, styles(style)) == ["1、条", "条", "2、条"]


def test_a_list_that_begins_anew_at_a_number_of_its_own() -> None:
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    made = lists(level(0, "decimal", "%1."), nums=again)
    body = item("甲") + item("乙") + item("丙", num=2) + item("丁", num=2) + item("戊")
    assert texts(body, made) == ["1. 甲", "2. 乙", "5. 丙", "6. 丁", "7. 戊"]


def test_bullets_say_nothing_and_words_in_a_number_do() -> None:
    made = lists(
        level(0, "bullet", "\uf06c"), level(1, "bullet", "密件"), level(2, "none", "附件：")
    )
    body = item("甲") + item("乙", 1) + item("丙", 2)
    assert texts(body, made) == ["甲", "密件 乙", "附件： 丙"]


@pytest.mark.parametrize(
    ("number", "style", "shown"),
    [
        (10, "chineseCounting", "十"), (11, "chineseCountingThousand", "十一"),
        (20, "japaneseCounting", "二十"), (105, "chineseCountingThousand", "一百零五"),
        (1010, "chineseCountingThousand", "一千零一十"), (25, "ideographDigital", "二五"),
        (12, "chineseLegalSimplified", "壹拾贰"), (14, "lowerRoman", "xiv"),
        (28, "upperLetter", "BB"),
        (3, "decimalEnclosedCircle", "③"), (2, "ideographTraditional", "乙"),
        (7, "decimalZero", "07"),
        (99, "decimalEnclosedCircle", "99"), (8, "unheardOf", "8"),
        (5, "decimalFullWidth", "５"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_word_writes_them(number: int, style: str, shown: str) -> None:
    assert written(number, style) == shown


def test_a_mark_in_a_counted_number_freezes_the_numbers(tmp_path: Path) -> None:
    made = lists(level(0, "decimal", "证号1101%1", '<w:suff w:val="nothing"/>'))
    source, out = tmp_path / "a.docx", tmp_path / "b.docx"
    source.write_bytes(docx(item("甲") + item("乙") + item("丙"), made))
    found = [s for s in read(source).segments if s.place.part is Part.BODY]
    assert [s.text for s in found] == ["证号11011甲", "证号11012乙", "证号11013丙"]
    redact(source, [Mark(found[1].place, (2, 8), "某"), Mark(found[2].place, (7, 8), "人")], out)
    left = [s.text for s in read(out).segments if s.place.part is Part.BODY]
    assert left == ["证号11011甲", "证号某", "证号11013人"]


def test_a_mark_beside_a_counted_number_leaves_the_list_alone(tmp_path: Path) -> None:
    made = lists(level(0, "decimal", "%1."))
    source, out = tmp_path / "a.docx", tmp_path / "b.docx"
    source.write_bytes(docx(item("覃小满") + item("乙"), made))
    (first, _) = [s for s in read(source).segments if s.place.part is Part.BODY]
    redact(source, [Mark(first.place, (3, 6), "某某")], out)
    again = [s.text for s in read(out).segments if s.place.part is Part.BODY]
    assert again == ["1. 某某", "2. 乙"]
