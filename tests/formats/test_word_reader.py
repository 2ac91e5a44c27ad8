"""The Word reader's finer points: numbers kept whole, places that lead back, notes, pictures."""

import io
import time
import zipfile

import pytest

from formats.budget import Budget, Limits
from formats.opening import read_stream
from formats.reading import Part, Reading, Segment, TroubleCode, Unreadable
from tests.build.containers import archive
from tests.build.ole import compound
from tests.build.pictures import encoded, photo
from tests.build.word import (
    CHANGE,
    Extra,
    docx,
    field,
    image,
    ole_native,
    paragraph,
    picture,
    properties_part,
    run,
    styles,
    table,
)
from tests.build.word_places import PLACES

NUMBER = "110101199001010000"


def look(data: bytes, limits: Limits | None = None) -> Reading:
    return read_stream(io.BytesIO(data), Budget(limits), "文件.docx")


def seen(reading: Reading) -> list[Segment]:
    return [s for s in reading.segments if s.visible and s.place.part is not Part.NAME]


@pytest.mark.parametrize(
    "pieces",
    [
        [run(NUMBER[:6]), f"<w:ins {CHANGE}>{run(NUMBER[6:9])}</w:ins>", run(NUMBER[9:])],
        [run("证号："), f"<w:ins {CHANGE}>{run(NUMBER)}</w:ins>"],
        [run(NUMBER[:6]), field(" PAGE ", NUMBER[6:])],
        [run(NUMBER[:6]), f"<w:hyperlink w:anchor='_Toc1'>{run(NUMBER[6:])}</w:hyperlink>"],
        [run(NUMBER[:6]), "<w:proofErr w:type='spellStart'/>", run(NUMBER[6:], "<w:i/>")],
    ],
)
def test_a_number_stays_whole_in_one_segment(pieces: list[str]) -> None:
    (segment,) = seen(look(docx(paragraph(*pieces))))
    assert NUMBER in segment.text


def test_insertions_part_from_the_sentence_at_its_marks() -> None:
    ins = f"<w:ins {CHANGE}>{run('新增一句。')}</w:ins>"
    reading = look(docx(paragraph(run("旧的一句。"), ins, run("旧的二句。"))))
    assert [(s.place.part, s.text) for s in seen(reading)] == [
        (Part.BODY, "旧的一句。旧的二句。"),
        (Part.INSERTION, "新增一句。"),
    ]


def test_places_count_paragraphs_tables_rows_and_columns() -> None:
    body = paragraph(run("一")) + paragraph() + paragraph(run("三"))
    body += table(("甲", "乙"), ("丙", table(("丁",)) + paragraph(run("戊"))))
    body += paragraph(run("四"))
    where = {
        s.text: (s.place.table, s.place.row, s.place.column, s.place.paragraph)
        for s in seen(look(docx(body)))
    }
    assert where["三"] == (None, None, None, 3)
    assert where["乙"] == (1, 1, 2, 1)
    assert where["丁"] == (2, 1, 1, 1)
    assert where["戊"] == (1, 2, 2, 1)
    assert where["四"] == (None, None, None, 4)


def test_columns_count_through_spans() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr>{paragraph(run("宽"))}</w:tc>'
    row = f"<w:tr>{wide}<w:tc>{paragraph(run('末'))}</w:tc></w:tr>"
    reading = look(docx(f"<w:tbl><w:tblPr/>{row}</w:tbl>"))
    assert [s.place.column for s in seen(reading)] == [1, 4]


def test_page_numbers_and_contents_are_no_hidden_text() -> None:
    codes = [" PAGE ", ' TOC \\o "1-3" \\h \\z ', ' HYPERLINK \\l "_Toc12345678" ', " NUMPAGES "]
    body = "".join(paragraph(field(code)) for code in codes)
    assert [s for s in look(docx(body)).segments if not s.visible] == []
    loud = look(docx(paragraph(field(f" PAGE {NUMBER} "))))
    assert [s.place.part for s in loud.segments if not s.visible] == [Part.FIELD]


def test_pictures_make_the_reading_partial_and_ask_for_a_person() -> None:
    reading = look(docx(paragraph(picture("rId1")), image(encoded(photo()))))
    assert reading.partial
    assert [t.code for t in reading.troubles] == [TroubleCode.NEEDS_OCR]
    (segment,) = [s for s in reading.segments if s.place.part is Part.IMAGE]
    assert segment.visible


def test_a_file_in_an_old_object_is_opened_with_its_path() -> None:
    native = ole_native("C:\\覃小满\\名单.txt", NUMBER.encode())
    data = compound({"\x01Ole10Native": native})
    part = Extra("word/embeddings/a.bin", data, "oleObject", "application/octet-stream")
    inside = [s for s in look(docx("", part)).segments if s.place.part is Part.EMBEDDED]
    assert [s.text for s in inside] == ["C:\\覃小满\\名单.txt", NUMBER]
    assert not any(s.visible for s in inside)


def test_embedded_workbooks_keep_their_cells_under_the_member() -> None:
    data = archive({"名单.txt": NUMBER.encode()})
    part = Extra("word/embeddings/a.zip", data, "package", "application/zip")
    (segment,) = [s for s in look(docx("", part)).segments if NUMBER in s.text]
    assert segment.place.member == "word/embeddings/a.zip/名单.txt"
    assert not segment.visible


def test_iso_strict_documents_are_read_as_the_others() -> None:
    data = PLACES["table"].data
    strict = {}
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        for name in source.namelist():
            strict[name] = source.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
    assert [s.text for s in look(archive(strict)).segments] == [s.text for s in look(data).segments]


def test_a_damaged_side_part_is_told_and_the_body_still_read() -> None:
    broken = properties_part("core", "a")
    part = Extra(broken.name, b"<broken", broken.type, broken.content_type, "")
    reading = look(docx(paragraph(run("正文")), part))
    assert reading.partial
    assert [t.code for t in reading.troubles] == [TroubleCode.DAMAGED]
    assert [s.text for s in seen(reading)] == ["正文"]


def test_reading_grows_with_the_document_and_no_faster() -> None:
    def seconds(size: int) -> float:
        rows = [tuple(f"单元格{i}" for i in range(6))] * (100 * size)
        lines = [
            paragraph(run(f"第{i}条。", "<w:b/>"), run(f"公示内容{NUMBER}。"))
            for i in range(600 * size)
        ]
        data = docx("".join(lines) + table(*rows), styles(""))
        start = time.process_time()
        look(data)
        return time.process_time() - start

    # The best of several: a machine busy with something else must not look like a slow reader.
    small = seconds(1)
    assert any(seconds(4) < 12 * small + 0.2 for _ in range(4))


def test_too_much_text_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        look(docx(paragraph(run("一")) * 50), Limits(segments=20))
    assert caught.value.code is TroubleCode.TOO_BIG


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [("Wingdings", "F0AB", "★"), ("Wingdings", "AB", "★"), ("Wingdings 2", "F052", "☑"),
     ("宋体", "2605", "★"), ("Wingdings", "F041", "A"), ("Wingdings", "D800", "")],
)  # fmt: skip
def test_a_symbol_is_read_as_what_it_shows(font: str, code: str, shown: str) -> None:
    symbol = f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    reading = look(docx(paragraph(run("秘密"), symbol, run("10年"))))
    assert [s.text for s in seen(reading)] == [f"秘密{shown}10年"]
