"""Each place of a workbook that can hold text: found, told apart, and seen or not seen."""

import io
from collections.abc import Callable

import pytest

from formats.budget import Budget, Limits
from formats.reading import Kind, Part, Reading, Segment, TroubleCode, Unreadable
from formats.sheet import read
from tests.build.sheet import MAIN, OFFICE, Tab, relations, row, text, workbook

MARKER = "覃小满四五一二二六"
THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
STYLES = (
    '<numFmts count="4"><numFmt numFmtId="164" formatCode=";;;"/>'
    '<numFmt numFmtId="165" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>'
    '<numFmt numFmtId="166" formatCode="0&quot;户&quot;"/>'
    '<numFmt numFmtId="167" formatCode="000\\-0000\\-0000"/></numFmts>'
    "<fonts><font/>"
    '<font><color rgb="FFFFFFFF"/></font><font><color theme="0"/></font></fonts>'
    '<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="solid">'
    '<fgColor rgb="FF1F4E79"/></patternFill></fill></fills>'
    '<cellXfs><xf numFmtId="0" fontId="0" fillId="0"/><xf numFmtId="164" fontId="0" fillId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0"/><xf numFmtId="0" fontId="1" fillId="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0"/><xf numFmtId="166" fontId="0" fillId="0"/>'
    '<xf numFmtId="167" fontId="0" fillId="0"/><xf numFmtId="0" fontId="2" fillId="0"/>'
    '<xf numFmtId="14" fontId="0" fillId="0"/><xf numFmtId="10" fontId="0" fillId="0"/></cellXfs>'
)


def reading(data: bytes, limits: Limits | None = None) -> Reading:
    return read(io.BytesIO(data), Budget(limits), Kind.XLSX)


def found(data: bytes, marker: str = MARKER) -> list[Segment]:
    return [s for s in reading(data).segments if marker in s.text]


def only(data: bytes, marker: str = MARKER) -> Segment:
    hits = found(data, marker)
    assert len(hits) == 1, [s.place for s in hits]
    return hits[0]


def test_a_cell_knows_its_sheet_reference_row_and_column() -> None:
    place = only(workbook(Tab("低保名单", row(3, text("B3", MARKER))))).place
    assert (place.part, place.sheet, place.cell, place.row, place.column) == (
        Part.CELL, "低保名单", "B3", 3, 2,
    )  # fmt: skip


def test_tabs_are_segments() -> None:
    sheets = reading(workbook(Tab("甲"), Tab("乙"))).segments
    assert [(s.place.part, s.text) for s in sheets] == [(Part.SHEET, "甲"), (Part.SHEET, "乙")]


def test_cells_without_references_count_on() -> None:
    data = workbook(Tab(rows="<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"))
    cells = [s for s in reading(data).segments if s.place.part is Part.CELL]
    assert [(s.place.cell, s.text) for s in cells] == [("A1", "1"), ("B1", "2"), ("A2", "3")]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c r="A1"><v>12</v></c>', "12"),
        ('<c r="A1"><v>12.0</v></c>', "12"),
        ('<c r="A1"><v>0.30000000000000004</v></c>', "0.3"),
        ('<c r="A1" s="4"><v>46086</v></c>', "2026-03-05"),
        ('<c r="A1" s="8"><v>46086.5</v></c>', "2026-03-05 12:00"),
        ('<c r="A1" s="5"><v>5</v></c>', "5户"),
        ('<c r="A1" s="6"><v>13800001234</v></c>', "138-0000-1234"),
        ('<c r="A1" s="9"><v>0.1234</v></c>', "12.34%"),
        ('<c r="A1" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="A1" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="A1" t="str"><f>A2&amp;"x"</f><v>结果</v></c>', "结果"),
        ('<c r="A1"><f>A2*2</f><v>4</v></c>', "4"),
        ('<c r="A1" t="s"><v>0</v></c>', "覃小满"),
        ('<c r="A1" t="s"><v>1</v></c>', "粗斜"),
        ('<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>', "甲乙"),
        ('<c r="A1" t="inlineStr"><is><t>一_x000A_二</t></is></c>', "一\n二"),
    ],
)
def test_a_value_is_read_as_shown(cell: str, shown: str) -> None:
    strings = (
        "<si><t>覃小满</t></si>"
        "<si><r><rPr><b/></rPr><t>粗</t></r><r><t>斜</t></r><rPh><t>ひ</t></rPh></si>"
    )
    data = workbook(Tab(rows=row(1, cell)), strings=strings, styles=STYLES)
    cells = [s for s in reading(data).segments if s.place.part is Part.CELL]
    assert [(s.text, s.visible) for s in cells] == [(shown, True)]


def test_days_may_count_from_1904() -> None:
    data = workbook(Tab(rows=row(1, '<c r="A1" s="4"><v>44624</v></c>')), styles=STYLES)
    assert "2022-03-04" in [s.text for s in reading(data).segments]
    data = workbook(
        Tab(rows=row(1, '<c r="A1" s="4"><v>44624</v></c>')),
        styles=STYLES,
        inside='<workbookPr date1904="1"/>',
    )
    assert "2026-03-05" in [s.text for s in reading(data).segments]


def test_an_id_stored_as_a_number_is_told() -> None:
    data = workbook(Tab(rows=row(1, '<c r="A1"><v>1.1010519491231E+17</v></c>')))
    cell = only(data, "110105194912310000")
    assert cell.note == "以数字保存，末几位可能已丢失"
    fine = only(workbook(Tab(rows=row(1, '<c r="A1"><v>13800001234</v></c>'))), "138")
    assert fine.note == ""


@pytest.mark.parametrize(("state", "note"), [("hidden", "隐藏"), ("veryHidden", "深度隐藏")])
def test_hidden_sheets(state: str, note: str) -> None:
    data = workbook(Tab("甲"), Tab("乙", row(1, text("A1", MARKER)), state=state))
    segment = only(data)
    assert (segment.place.part, segment.visible, segment.note) == (Part.HIDDEN_SHEET, False, note)


@pytest.mark.parametrize("how", ['hidden="1"', 'ht="0" customHeight="1"', 'hidden="true"'])
def test_hidden_rows(how: str) -> None:
    segment = only(workbook(Tab(rows=row(2, text("A2", MARKER), how))))
    assert (segment.place.part, segment.visible) == (Part.HIDDEN_ROW, False)


@pytest.mark.parametrize("how", ['hidden="1" width="9"', 'width="0"', 'width="0.1"'])
def test_hidden_columns(how: str) -> None:
    before = f'<cols><col min="2" max="3" {how}/></cols>'
    segment = only(workbook(Tab(before=before, rows=row(1, text("C1", MARKER)))))
    assert (segment.place.part, segment.visible) == (Part.HIDDEN_COLUMN, False)


def test_rows_that_a_filter_hides_say_so() -> None:
    rows = row(1, text("A1", "姓名")) + row(2, text("A2", MARKER), 'hidden="1"')
    data = workbook(Tab(rows=rows, after='<autoFilter ref="A1:A2"/>'))
    assert "筛选" in only(data).note


@pytest.mark.parametrize("style", [1, 2, 7])
def test_formats_that_show_nothing(style: int) -> None:
    data = workbook(Tab(rows=row(1, text("A1", MARKER, style))), styles=STYLES)
    segment = only(data)
    assert (segment.place.part, segment.visible) == (Part.INVISIBLE_TEXT, False)


def test_white_letters_on_a_dark_ground_are_seen() -> None:
    data = workbook(Tab(rows=row(1, text("A1", MARKER, 3))), styles=STYLES)
    assert only(data).visible


def test_a_number_that_its_format_hides() -> None:
    data = workbook(Tab(rows=row(1, '<c r="A1" s="1"><v>13800001234</v></c>')), styles=STYLES)
    segment = only(data, "13800001234")
    assert (segment.place.part, segment.visible) == (Part.INVISIBLE_TEXT, False)


def test_values_behind_a_merge() -> None:
    data = workbook(
        Tab(
            rows=row(1, text("A1", "标题") + text("B1", MARKER)),
            after='<mergeCells><mergeCell ref="A1:C1"/></mergeCells>',
        )
    )
    segment = only(data)
    assert (segment.place.part, segment.visible) == (Part.COVERED_TEXT, False)


def test_a_title_merged_over_a_hidden_column_is_seen() -> None:
    merge = '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>'
    data = workbook(
        Tab(
            before='<cols><col min="1" max="1" hidden="1"/></cols>',
            rows=row(1, text("A1", MARKER)),
            after=merge,
        )
    )
    assert only(data).place.part is Part.CELL


def test_formula_texts_and_formulas_without_result() -> None:
    formula = f"""<c r="A1" t="str"><f>IF(B1="","{MARKER}","否")</f><v>否</v></c>"""
    segment = only(workbook(Tab(rows=row(1, formula))))
    assert (segment.place.part, segment.visible, segment.place.cell) == (Part.FIELD, False, "A1")
    told = reading(workbook(Tab(rows=row(1, '<c r="A1"><f>SUM(B1:B9)</f></c>'))))
    assert told.partial
    assert "A1" in told.troubles[0].text


def old_comment() -> bytes:
    comments = (
        f'<comments xmlns="{MAIN}"><authors><author>韦青禾</author></authors><commentList>'
        f'<comment ref="B2" authorId="0"><text><r><t>{MARKER}</t></r></text></comment>'
        "</commentList></comments>"
    )
    tab = Tab(rels={"c": ("comments", "../comments1.xml")})
    return workbook(tab, parts={"xl/comments1.xml": comments})


def threaded_comment() -> bytes:
    threads = (
        f'<ThreadedComments xmlns="{THREADED}"><threadedComment ref="B2" dT="2026-03-05T08:00:00"'
        f' personId="p"><text>{MARKER}</text></threadedComment></ThreadedComments>'
    )
    people = f'<personList xmlns="{THREADED}"><person displayName="韦青禾" id="p"/></personList>'
    return workbook(
        Tab(rels={"t": ("threadedComment", "../threadedComments/t1.xml")}),
        parts={"xl/threadedComments/t1.xml": threads, "xl/persons/person.xml": people},
        links={"p": ("person", "persons/person.xml")},
    )


@pytest.mark.parametrize("build", [old_comment, threaded_comment])
def test_comments_with_author(build: Callable[[], bytes]) -> None:
    segment = only(build())
    assert (segment.place.part, segment.place.cell, segment.visible) == (Part.COMMENT, "B2", False)
    assert "韦青禾" in segment.note


def test_a_threaded_comment_has_its_day() -> None:
    assert "2026-03-05" in only(threaded_comment()).note


def in_part(name: str, inner: str) -> bytes:
    return workbook(Tab(), parts={name: f'<x xmlns="{MAIN}">{inner}</x>'})


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (in_part("xl/pivotCache/pivotCacheRecords1.xml", f'<r><s v="{MARKER}"/></r>'),
         Part.PIVOT_CACHE),
        (in_part("xl/externalLinks/externalLink1.xml", f"<cell><v>{MARKER}</v></cell>"),
         Part.EXTERNAL_LINK),
        (in_part("xl/charts/chart1.xml", f"<v>{MARKER}</v>"), Part.CHART_CACHE),
        (in_part("xl/connections.xml", f'<connection name="{MARKER}"/>'), Part.VARIABLE),
        (in_part("xl/revisions/log1.xml", f"<t>{MARKER}</t>"), Part.REVISION_HISTORY),
        (in_part("customXml/item1.xml", f"<t>{MARKER}</t>"), Part.VARIABLE),
        (in_part("docProps/core.xml", f"<creator>{MARKER}</creator>"), Part.PROPERTY),
        (in_part("docProps/custom.xml", f'<property name="密级"><v>{MARKER}</v></property>'),
         Part.PROPERTY),
        (in_part("xl/nobody/knows.xml", f"<t>{MARKER}</t>"), Part.HIDDEN),
        (workbook(Tab(), strings=f"<si><t>{MARKER}</t></si>"), Part.HIDDEN),
        (workbook(Tab(), inside="<definedNames><definedName name='区域' hidden='1'>"
                                f"\"{MARKER}\"</definedName></definedNames>"), Part.DEFINED_NAME),
        (workbook(Tab(after="<dataValidations><dataValidation sqref='A1'><formula1>"
                            f'"{MARKER},乙"</formula1></dataValidation></dataValidations>')),
         Part.FIELD),
        (workbook(Tab(), inside=f'<absPath url="D:/{MARKER}/"/>'), Part.PROPERTY),
        (workbook(Tab(after=f"<autoFilter ref='A1:A2'><filter val='{MARKER}'/></autoFilter>")),
         Part.FIELD),
        (workbook(Tab(rels={"h": ("hyperlink", f"https://example.invalid/{MARKER}")})), Part.LINK),
    ],
)  # fmt: skip
def test_what_is_never_on_screen(data: bytes, part: Part) -> None:
    segment = only(data)
    assert (segment.place.part, segment.visible) == (part, False)


def test_headers_and_footers_are_printed() -> None:
    codes = f'&amp;L&amp;"宋体,常规"&amp;12{MARKER}&amp;RP&amp;P'
    after = f"<headerFooter><oddHeader>{codes}</oddHeader></headerFooter>"
    segment = only(workbook(Tab(after=after)))
    assert (segment.place.part, segment.visible, segment.text) == (
        Part.HEADER, True, f"{MARKER}\nP",
    )  # fmt: skip


def test_text_boxes_and_alternative_texts() -> None:
    shape = (
        f'<xdr:wsDr xmlns:xdr="{DRAWING}" xmlns:a="{A}"><xdr:sp><xdr:nvSpPr>'
        f'<xdr:cNvPr id="1" name="框" descr="照片里是{MARKER}"/></xdr:nvSpPr><xdr:txBody><a:p><a:r>'
        f"<a:t>{MARKER}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>"
    )
    tab = Tab(rels={"d": ("drawing", "../drawings/drawing1.xml")})
    hits = found(workbook(tab, parts={"xl/drawings/drawing1.xml": shape}))
    assert [(s.place.part, s.visible) for s in hits] == [
        (Part.TEXTBOX, True), (Part.ALT_TEXT, False),
    ]  # fmt: skip


def test_one_segment_a_property_and_no_tool_names() -> None:
    core = (
        '<c:coreProperties xmlns:c="urn:c" xmlns:dc="urn:dc"><dc:creator>韦青禾</dc:creator>'
        "<c:lastModifiedBy>莫新河</c:lastModifiedBy><dc:created>2026-01-01</dc:created>"
        "</c:coreProperties>"
    )
    app = "<Properties><Application>WPS 表格</Application><Company>白石沟镇</Company></Properties>"
    data = workbook(Tab(), parts={"docProps/core.xml": core, "docProps/app.xml": app})
    said = [(s.note, s.text) for s in reading(data).segments if s.place.part is Part.PROPERTY]
    assert said == [("作者", "韦青禾"), ("最后修改者", "莫新河"), ("单位", "白石沟镇")]


def test_a_picture_was_not_read() -> None:
    told = reading(workbook(Tab(), parts={"xl/media/image1.png": b"\x89PNG"}))
    assert told.partial
    assert told.troubles[0].code is TroubleCode.NEEDS_OCR
    assert told.troubles[0].place is not None
    assert told.troubles[0].place.path == "xl/media/image1.png"


def test_what_the_clean_copy_will_not_hold_is_told_beforehand() -> None:
    drawing = b'<xdr:wsDr xmlns:xdr="urn:x"><xdr:sp><a/></xdr:sp><xdr:sp macro=""/></xdr:wsDr>'
    parts = {"xl/charts/chart1.xml": b"<c/>", "xl/drawings/drawing1.xml": drawing}
    told = reading(workbook(Tab(), parts=parts))
    trouble = next(t for t in told.troubles if t.code is TroubleCode.LEFT_OUT)
    assert "1 个图表" in trouble.text
    assert "2 个文本框" in trouble.text
    assert not told.partial


def test_a_file_inside_the_file_is_read() -> None:
    inner = workbook(Tab("内表", row(1, text("A1", MARKER))))
    segment = only(workbook(Tab(), parts={"xl/embeddings/a.xlsx": inner}))
    place = segment.place
    assert (place.part, place.cell, segment.visible) == (Part.EMBEDDED, "A1", False)
    assert place.member == "xl/embeddings/a.xlsx"


def test_other_prefixes_and_strict_names_mean_the_same() -> None:
    prefixed = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is>'
        f"<x:t>{MARKER}</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"
    )
    strict = Tab(rows=row(1, text("A1", MARKER))).xml().replace(
        MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"
    )  # fmt: skip
    wide = f'<?xml version="1.0" encoding="UTF-16"?>{prefixed}'.encode("utf-16")
    for sheet in (prefixed, strict, wide):
        parts: dict[str, str | bytes] = {"xl/worksheets/sheet1.xml": sheet}
        assert only(workbook(Tab(), parts=parts)).place.part is Part.CELL


def test_entities_are_refused() -> None:
    bomb = f'<!DOCTYPE x [<!ENTITY a "{MARKER}">]>' + Tab(rows=row(1, text("A1", "&a;"))).xml()
    with pytest.raises(Unreadable):
        reading(workbook(Tab(), parts={"xl/worksheets/sheet1.xml": bomb}))


def test_the_budget_stops_a_sheet_without_end() -> None:
    rows = "".join(row(n, text(f"A{n}", "甲") + text(f"B{n}", "乙")) for n in range(1, 200))
    with pytest.raises(Unreadable) as caught:
        reading(workbook(Tab(rows=rows)), Limits(segments=100))
    assert caught.value.code is TroubleCode.TOO_BIG


def test_a_sheet_that_is_not_there_is_told() -> None:
    data = workbook(
        Tab(),
        parts={"xl/_rels/workbook.xml.rels": relations({}), "x/y.xml": f'<a b="{OFFICE}"/>'},
    )
    told = reading(data)
    assert told.partial
    assert "花名册" in told.troubles[0].text


def test_a_broken_lesser_part_is_read_bare_and_told() -> None:
    for name, partial in (("xl/drawings/vmlDrawing1.vml", False), ("xl/charts/chart1.xml", True)):
        data = workbook(Tab(), parts={name: f"<xml><br>{MARKER}</xml>"})
        told = reading(data)
        assert [s.visible for s in told.segments if MARKER in s.text] == [False]
        assert told.partial is partial


@pytest.mark.parametrize(
    "cell",
    [
        f'<c r="A1" t="inlineStr"><v>{MARKER}</v><is><t>甲</t></is></c>',
        f'<c r="A1" t="str"><v>{MARKER}</v><v>甲</v></c>',
        f'<c r="A1" t="str"><v>甲</v></c><c r="A1" t="str"><v>{MARKER}</v></c>',
        f'<c r="A1" t="s"><v>{MARKER}</v></c>',
    ],
)
def test_a_value_no_program_shows_is_read(cell: str) -> None:
    segment = only(workbook(Tab(rows=row(1, cell))))
    assert (segment.place.cell, segment.visible) == ("A1", False)


def test_numbers_without_end_are_survived() -> None:
    long = "9" * 6000
    cells = f'<c r="A1" t="s"><v>{long}</v></c><c r="B1" s="{long}"><v>{long}</v></c>'
    comments = f'<comments xmlns="{MAIN}"><commentList><comment ref="A1" authorId="{long}"/>'
    parts = {"xl/comments1.xml": f"{comments}</commentList></comments>"}
    tab = Tab(rows=row(1, cells), rels={"c": ("comments", "../comments1.xml")})
    assert found(workbook(tab, parts=parts), long)
