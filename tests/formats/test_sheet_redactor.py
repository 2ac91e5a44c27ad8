"""The new workbook: marks carried out, nothing unseen left in any byte, what was seen kept."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from formats.budget import Budget
from formats.reading import Kind, Mark, Part, Place, Reading, Segment, TroubleCode, Unreadable
from formats.sheet import read, redact
from formats.sheet.orders import cut
from tests.build.libreoffice import convert, with_libreoffice
from tests.build.sheet import Tab, all_bytes, row, text, workbook
from tests.build.sheet_parts import BESIDE
from tests.build.sheet_places import CELLS, Spot

# LibreOffice's filter tokens: comma, double quote, UTF-8, from line 1.
UTF8_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1"
MARKER = "覃小满四五一二二六"


def cleaned(data: bytes, *marks: Mark) -> bytes:
    out = io.BytesIO()
    redact(io.BytesIO(data), marks, out)
    return out.getvalue()


def reading(data: bytes) -> Reading:
    return read(io.BytesIO(data), Budget(), Kind.XLSX)


def cells(data: bytes) -> dict[str | None, str]:
    return {s.place.cell: s.text for s in reading(data).segments if s.place.part is Part.CELL}


def whole(segment: Segment, replacement: str = "") -> Mark:
    return Mark(segment.place, (0, len(segment.text)), replacement)


def office_book() -> bytes:
    """A subsidy list as a township keeps it, with everything that must not leave the house."""
    book = openpyxl.Workbook()
    book.properties.creator = "韦青禾"
    book.properties.title = MARKER
    sheet = book.active
    assert sheet is not None
    sheet.title = "补贴名单"
    sheet.append(["白石沟镇2026年耕地地力保护补贴公示表", None, None, None, None])
    sheet.merge_cells("A1:E1")
    sheet.append(["姓名", "身份证号", "村组", "面积", "金额"])
    for name, number, village, area, money in [
        ("覃小满", "450126199003074512", "石桥村", 3.5, 420),
        ("莫新河", "450126198511120038", "石桥村", 12, 1440),
        ("韦青禾", "450126197702020021", "河口村", 2.25, 270),
    ]:
        sheet.append([name, number, village, area, money])
    for cell in sheet[2]:
        cell.font = Font(name="黑体", size=12, bold=True, color="FFFFFFFF")
        cell.fill = PatternFill("solid", fgColor="FF1F4E79")
        cell.border = Border(left=Side("thin"), right=Side("thin", color="FFFF0000"))
    sheet["A1"].font = Font(name="方正小标宋简体", size=18)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet["E3"].number_format = "#,##0.00"
    sheet.column_dimensions["B"].width = 24
    sheet.row_dimensions[1].height = 36
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["A3"].comment = Comment(MARKER, "韦青禾")
    sheet.page_setup.orientation = "landscape"
    sheet.freeze_panes = "A3"
    sheet.oddHeader.center.text = "公示稿"
    hidden = book.create_sheet("源数据")
    hidden.sheet_state = "hidden"
    hidden["A1"] = MARKER
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_hidden_rows_columns_and_sheets_are_gone_and_the_rest_closes_up() -> None:
    made = cleaned(office_book())
    assert cells(made) == {
        "A1": "白石沟镇2026年耕地地力保护补贴公示表",
        "A2": "姓名", "B2": "身份证号", "C2": "面积", "D2": "金额",
        "A3": "覃小满", "B3": "450126199003074512", "C3": "3.5", "D3": "420.00",
        "A4": "韦青禾", "B4": "450126197702020021", "C4": "2.25", "D4": "270",
    }  # fmt: skip
    assert all(s.visible for s in reading(made).segments)
    kept = all_bytes(made).decode()
    for gone in (
        MARKER,
        "莫新河",
        "石桥村",
        "河口村",
        "源数据",
        "docProps",
        "comments",
        "calcChain",
    ):
        assert gone not in kept
    assert not reading(made).troubles


def test_looks_and_page_are_kept() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(cleaned(office_book())))["补贴名单"]
    head = sheet["B2"]
    assert (head.font.name, head.font.sz, head.font.b) == ("黑体", 12, True)
    assert head.font.color.rgb == "FFFFFFFF"
    assert head.fill.fgColor.rgb == "FF1F4E79"
    assert (head.border.left.style, head.border.right.color.rgb) == ("thin", "FFFF0000")
    assert sheet["A1"].alignment.horizontal == "center"
    assert sheet["D3"].number_format == "#,##0.00"
    assert sheet["D3"].value == 420
    assert [str(m) for m in sheet.merged_cells.ranges] == ["A1:D1"]
    assert sheet.column_dimensions["B"].width == 24
    assert sheet.row_dimensions[1].height == 36
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.freeze_panes == "A3"
    assert sheet.oddHeader.center.text == "公示稿"


def test_marks_replace_a_span_a_whole_cell_a_tab_and_a_header() -> None:
    data = office_book()
    by_text = {s.text: s for s in reading(data).segments}
    number = by_text["450126199003074512"]
    made = cleaned(
        data,
        Mark(number.place, (6, 14), "********"),
        whole(by_text["覃小满"], "覃某某"),
        whole(by_text["420.00"]),
        Mark(by_text["补贴名单"].place, (0, 2), "公示"),
        whole(by_text["公示稿"], "正式稿"),
    )
    left = cells(made)
    assert (left["B3"], left["A3"]) == ("450126********4512", "覃某某")
    assert "D3" not in left
    kept = all_bytes(made).decode()
    for gone in ("19900307", "覃小满", ">420<", "补贴名单", "公示稿"):
        assert gone not in kept
    assert [s.text for s in reading(made).segments if s.place.part is Part.SHEET] == ["公示名单"]
    assert "正式稿" in kept


def test_the_same_input_gives_the_same_bytes() -> None:
    data = office_book()
    assert cleaned(data) == cleaned(data)


def test_a_mark_that_fits_nowhere_stops_the_work() -> None:
    data = workbook(Tab(rows=row(1, text("A1", "甲"))))
    for place, span in (
        (Place(Part.CELL, sheet="花名册", cell="B9"), (0, 1)),
        (Place(Part.CELL, sheet="花名册", cell="A1"), (0, 9)),
        (Place(Part.SHEET, sheet="没有"), (0, 1)),
    ):
        with pytest.raises(Unreadable) as caught:
            cleaned(data, Mark(place, span, ""))
        assert caught.value.code is TroubleCode.DAMAGED


def test_marks_on_what_is_left_out_anyway_are_met() -> None:
    data = office_book()
    hidden = [s for s in reading(data).segments if not s.visible]
    assert MARKER not in all_bytes(cleaned(data, *map(whole, hidden))).decode()


def test_formulas_become_their_results() -> None:
    rows = row(1, '<c r="A1"><f>REPLACE(B1,1,1,"秘")</f><v>7</v></c>'
                  '<c r="B1" t="str"><f>A9</f><v>结果</v></c>')  # fmt: skip
    made = cleaned(workbook(Tab(rows=rows)))
    assert cells(made) == {"A1": "7", "B1": "结果"}
    assert b"<f>" not in all_bytes(made)


def test_a_title_over_a_hidden_first_column_or_row_moves_to_the_rest() -> None:
    data = workbook(
        Tab(
            before='<cols><col min="1" max="1" hidden="1"/></cols>',
            rows=row(1, text("A1", "标题"), 'hidden="1"') + row(2, text("B2", "甲")),
            after='<mergeCells><mergeCell ref="A1:C2"/></mergeCells>',
        )
    )
    assert cells(cleaned(data)) == {"A1": "标题"}


def test_a_number_format_cannot_carry_a_text_out() -> None:
    styles = (
        f'<numFmts><numFmt numFmtId="164" formatCode="0;&quot;{MARKER}450126199003074512&quot;"/>'
        '</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
        f'<cellStyles><cellStyle name="{MARKER}" xfId="0"/></cellStyles>'
    )
    data = workbook(Tab(rows=row(1, '<c r="A1" s="1"><v>5</v></c>')), styles=styles)
    made = cleaned(data)
    assert cells(made) == {"A1": "5"}
    assert MARKER not in all_bytes(made).decode()


def test_a_workbook_of_hidden_sheets_gives_an_empty_one() -> None:
    made = cleaned(workbook(Tab("乙", row(1, text("A1", MARKER)), state="hidden")))
    assert cells(made) == {}
    assert MARKER not in all_bytes(made).decode()


def test_paths_in_headers_do_not_leave_the_house() -> None:
    after = "<headerFooter><oddFooter>&amp;L&amp;Z&amp;F&amp;C第&amp;P页</oddFooter></headerFooter>"
    made = all_bytes(cleaned(workbook(Tab(after=after)))).decode()
    assert "第&amp;P页" in made
    assert "&amp;Z" not in made
    assert "&amp;F" not in made


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 12), st.integers(1, 6),
            st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12),
        ),
        max_size=25, unique_by=lambda c: c[:2],
    ),
    st.sets(st.integers(1, 12)), st.sets(st.integers(1, 6)),
)  # fmt: skip
def test_exactly_what_is_seen_is_kept(
    placed: list[tuple[int, int, str]], hidden_rows: set[int], hidden_columns: set[int]
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, column, value in placed:
        cell = sheet.cell(number, column)
        cell.value = value
        cell.data_type = "s"
    for number in hidden_rows:
        sheet.row_dimensions[number].hidden = True
    for column in hidden_columns:
        sheet.column_dimensions["ABCDEF"[column - 1]].hidden = True
    out = io.BytesIO()
    book.save(out)
    data = out.getvalue()
    before = [s.text for s in reading(data).segments if s.place.part is Part.CELL]
    made = cleaned(data)
    told = reading(made)
    assert [s.text for s in told.segments if s.place.part is Part.CELL] == before
    assert all(s.visible for s in told.segments)
    assert not told.troubles


@given(st.text(max_size=30), st.data())
def test_a_cut_leaves_nothing_of_its_spans(value: str, data: st.DataObject) -> None:
    spans = data.draw(
        st.lists(
            st.tuples(st.integers(0, len(value)), st.integers(0, len(value))).map(
                lambda s: (min(s), max(s))
            ),
            max_size=4,
        )
    )
    place = Place(Part.CELL)
    left = cut(value, [Mark(place, span, "") for span in spans])
    gone = {i for start, end in spans for i in range(start, end)}
    assert left == "".join(c for i, c in enumerate(value) if i not in gone)


@with_libreoffice
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    made = tmp_path / "clean.xlsx"
    made.write_bytes(cleaned(office_book()))
    convert(made, UTF8_CSV, tmp_path)
    with (tmp_path / "clean.csv").open(encoding="utf-8", newline="") as stream:
        lines = list(csv.reader(stream))
    assert lines[1] == ["姓名", "身份证号", "面积", "金额"]
    assert lines[2] == ["覃小满", "450126199003074512", "3.5", "420.00"]


def test_an_emptied_column_keeps_no_masked_number() -> None:
    data = workbook(Tab(rows=row(1, text("A1", "450126199003074512"))))
    segment = next(s for s in reading(data).segments if s.place.part is Part.CELL)
    masked = whole(segment, "45*************512")
    for marks in ([masked, whole(segment)], [whole(segment), masked]):
        assert "A1" not in cells(cleaned(data, *marks))


def test_what_only_a_table_or_a_condition_shows_is_shown_in_the_clean_copy() -> None:
    spots = {spot.words: spot for spot in CELLS}
    made = cleaned(spots["条件格式涂了底色的白色字"].data)
    assert [s.visible for s in reading(made).segments if s.text == spots["白色字"].marker] == [True]


@pytest.mark.parametrize("spot", [s for s in (*CELLS, *BESIDE) if not s.visible])
def test_nothing_unseen_is_in_the_clean_copy(spot: Spot) -> None:
    made = all_bytes(cleaned(spot.data))
    assert spot.marker.encode() not in made


@pytest.mark.parametrize("spot", [s for s in CELLS if s.visible and s.cell])
def test_what_is_seen_in_cells_is_in_the_clean_copy_and_seen(spot: Spot) -> None:
    kept = [s for s in reading(cleaned(spot.data)).segments if spot.marker in s.text]
    assert [s.visible for s in kept] == [True]


def test_a_column_of_which_nothing_is_left_goes_with_its_head() -> None:
    data = office_book()
    found = reading(data).segments
    numbers = [s for s in found if s.place.part is Part.CELL and (s.place.cell or "")[0] == "B"]
    made = cleaned(data, *[whole(s) for s in numbers])
    left = cells(made)
    # Of A to E the hidden C goes as ever, B because nothing of it is left.
    assert [left[cell] for cell in ("A2", "B2", "C2")] == ["姓名", "面积", "金额"]
    assert "身份证号" not in left.values()
    sheet = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]
    assert [area.coord for area in sheet.merged_cells.ranges] == ["A1:C1"]
    # A head that stays keeps its column.
    kept = cells(cleaned(data, *[whole(s) for s in numbers if s.text != "身份证号"]))
    assert kept["B2"] == "身份证号"
