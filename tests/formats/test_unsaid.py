"""Words in XML parts where no reader of the part looks: the net under all readers tells them."""

import io
import re
import zipfile

import pytest

from formats import unsaid
from formats.budget import Budget
from formats.opening import read_stream
from formats.reading import Part, Place, Reading, Segment
from tests.build import odf, ofd, sheet, slides, word
from tests.build.odf import p

MARKER = "青桐沟标记4503212026"
_FILES = {
    "docx": word.docx(word.paragraph(word.run("正文")), word.header("页眉")),
    "xlsx": sheet.workbook(
        sheet.Tab("名单", rows=sheet.row(1, "<c r='A1' t='s'><v>0</v></c>")),
        strings="<si><t>甲</t></si>",
    ),
    "pptx": slides.pptx(slides.text("正文")),
    "odt": odf.odf("odt", p("正文")),
    "ofd": ofd.ofd([ofd.page(ofd.text("正文", 20, 30))]),
}
# At the end of a part's root element.
_WAYS = {
    "comment": f"<!--{MARKER}-->",
    "instruction": f"<?other {MARKER}?>",
    "letters": MARKER,
    "element": f'<other xmlns="urn:other">{MARKER}</other>',
    "letters as they are": f"<![CDATA[{MARKER}]]>",
}
_PARTS = [
    *(("docx", n) for n in ("[Content_Types].xml", "_rels/.rels", "word/document.xml")),
    *(("docx", n) for n in ("word/header1.xml", "word/_rels/document.xml.rels")),
    *(("xlsx", n) for n in ("[Content_Types].xml", "xl/workbook.xml", "xl/sharedStrings.xml")),
    *(("xlsx", n) for n in ("xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels")),
    *(("pptx", n) for n in ("ppt/presentation.xml", "ppt/slides/slide1.xml")),
    *(("pptx", n) for n in ("ppt/slides/_rels/slide1.xml.rels", "_rels/.rels")),
    *(("odt", n) for n in ("content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml")),
    *(("ofd", n) for n in ("OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml")),
]


def reading(data: bytes, kind: str) -> Reading:
    return read_stream(io.BytesIO(data), Budget(), f"公示.{kind}")


def changed(kind: str, name: str, pattern: str, put: str) -> bytes:
    """The file with the first place of one part that fits replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_FILES[kind])) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            data = old.read(each)
            if each == name:
                text = re.sub(pattern, put, data.decode(), count=1)
                assert text.encode() != data
                data = text.encode()
            new.writestr(zipfile.ZipInfo(each), data)
    return out.getvalue()


def marked(found: Reading) -> Segment:
    (segment,) = (s for s in found.segments if MARKER in s.text)
    return segment


@pytest.mark.place("docx", "部件里多出的文字、注释和指令", visible=False)
@pytest.mark.place("xlsx", "部件里多出的文字、注释和指令", visible=False)
@pytest.mark.place("pptx", "部件里多出的文字、注释和指令", visible=False)
@pytest.mark.place("odt", "部件里多出的文字、注释和指令", visible=False)
@pytest.mark.place("ofd", "部件里多出的文字、注释和指令", visible=False)
@pytest.mark.parametrize("way", _WAYS)
@pytest.mark.parametrize(("kind", "name"), _PARTS)
def test_words_at_the_end_of_a_part_are_read(kind: str, name: str, way: str) -> None:
    data = changed(kind, name, r"(</[^<>]*>)\s*$", rf"{_WAYS[way]}\1")
    assert not marked(reading(data, kind)).visible


@pytest.mark.place("xlsx", "行和单元格之间的文字", visible=False)
@pytest.mark.parametrize("way", _WAYS)
@pytest.mark.parametrize("behind", ["<sheetData>", "<row[^>]*>", "<c[^>]*>", "</c>", "</row>"])
def test_words_among_the_cells_of_a_sheet_are_read(behind: str, way: str) -> None:
    data = changed("xlsx", "xl/worksheets/sheet1.xml", f"({behind})", rf"\1{_WAYS[way]}")
    found = reading(data, "xlsx")
    assert not marked(found).visible
    assert [s.text for s in found.segments if s.place.cell == "A1"] == ["甲"]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("docx", "[Content_Types].xml"),
        ("xlsx", "_rels/.rels"),
        ("odt", "META-INF/manifest.xml"),
        ("ofd", "OFD.xml"),
        ("ofd", "Doc_0/Pages/Page_0/Content.xml"),
    ],
)
def test_an_attribute_nobody_knows_in_a_part_of_few_is_read(kind: str, name: str) -> None:
    data = changed(kind, name, r"(<\w[\w:]*)(?=[\s>])", rf'\1 other="{MARKER}"')
    assert not marked(reading(data, kind)).visible


@pytest.mark.parametrize("kind", _FILES)
def test_a_plain_file_says_nothing_twice(kind: str) -> None:
    found = reading(_FILES[kind], kind)
    assert found.troubles == ()
    assert not [s for s in found.segments if s.note == "办公软件不显示的文字"]


def test_a_remark_in_the_encoding_of_its_part_is_read() -> None:
    data = changed("docx", "word/header1.xml", r"^(<\?xml[^>]*\?>)?", "<?xml version='1.0'?>")
    text = f"<?xml version='1.0' encoding='gb18030'?><a><!--{MARKER}--></a>".encode("gb18030")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            new.writestr(zipfile.ZipInfo(each), old.read(each))
        new.writestr("customXml/item9.xml", text)
    assert not marked(reading(out.getvalue(), "docx")).visible


def test_ranges_of_cells_are_no_words() -> None:
    names = (
        "<x><b>'目录'!$1:$1,'目录'!$A:$C</b><b>目录!$A$1,$B$2:$C$7</b><b>目录!13900000000</b></x>"
    )
    told = unsaid.unsaid(["xl/workbook.xml"], lambda _: names.encode(), ())
    assert [segment.text for segment in told] == ["目录!13900000000"]


_MANY = 30_000


@pytest.mark.parametrize(
    "opening", ["<![CDATA[", "<!--", "<?other ", "<!-- <![CDATA[", "<b " + " " * 7, "=  "]
)
def test_what_never_ends_is_told_and_costs_no_more_than_its_length(opening: str) -> None:
    """Each opening looked for its end through all of the part: a minute for 250 KB."""
    data = f"<a>{MARKER}{opening * _MANY}{MARKER}甲".encode()[: unsaid.MOST]
    told = list(unsaid.unsaid(["docProps/a.xml"], lambda _: data, ()))
    assert told
    assert all(not segment.visible for segment in told)


def test_what_is_asked_for_beyond_all_measure_counts_as_not_said() -> None:
    """Each question goes through all that is said: so many of so much would take hours."""
    said = unsaid.Said(
        [Segment(Place(Part.BODY), "甲乙" * 20_000_000), Segment(Place(Part.BODY), "丙")]
    )
    assert [said.has("乙甲") for _ in range(120)] == [True] * 99 + [False] * 21
    assert said.has("丙")
