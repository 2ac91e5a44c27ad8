"""The pure parts of showing a document: places, blocks, heights, difference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from formats.reading import Kind, Part, Place, Segment
from gui.widgets.document_blocks import NARROWEST, BlockKind, Laying, column_weights
from gui.widgets.document_diff import Change, changed, compare, unseen_lines, visible_lines
from gui.widgets.document_heights import Heights
from gui.widgets.document_parts import Unseen
from gui.widgets.document_sheet import SheetView
from gui.widgets.document_text import (
    ShownText,
    column_name,
    from_utf16,
    one_line,
    utf16,
)


def body(n: int, text: str, part: Part = Part.BODY, *, visible: bool = True) -> Segment:
    return Segment(Place(part, paragraph=n, path="word/document.xml"), text, visible)


def cell(row: int, column: int, text: str, part: Part = Part.TABLE) -> Segment:
    return Segment(Place(part, table=1, row=row, column=column, paragraph=1), text)


def test_a_finding_is_found_again_though_its_box_was_measured_anew() -> None:
    seen = Place(Part.BODY, page=1, paragraph=2, box=(1.0, 2.0, 3.0, 4.0))
    stored = seen._replace(box=(1.01, 2.0, 3.0, 4.0))
    text = ShownText([Segment(seen, "覃小满 13900000000")])
    assert text.locate(stored, (4, 15)) == 0
    assert text.bare(stored, (4, 15)) == "13900000000"
    assert text.locate(stored, (4, 16)) is None
    assert text.locate(stored._replace(page=2), (4, 15)) is None


def test_runs_of_one_paragraph_stand_in_one_block_and_hidden_ones_only_when_asked_for() -> None:
    segments = [
        body(1, "关于发放补贴的公示"),
        body(2, "补贴"),
        body(2, "五百元", Part.DELETION, visible=False),
        body(2, "三百元", Part.INSERTION),
        body(3, "白石沟镇人民政府"),
    ]
    plain = Laying().lay(segments, range(5))
    assert [b.kind for b in plain] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
    ]
    assert plain[1].cells == (((1, 3),),)
    opened = Laying(frozenset({Part.DELETION})).lay(segments, range(5))
    assert opened[1].cells == (((1, 2, 3),),)


def test_a_hidden_sheet_of_a_file_inside_is_a_table() -> None:
    inside = {"member": "名单.xlsx", "sheet": "账号", "path": "xl/worksheets/sheet2.xml"}
    segments = [
        Segment(Place(Part.HIDDEN_SHEET, row=row, column=column, **inside), text, visible=False)
        for row, column, text in (
            (1, 1, "姓名"),
            (1, 2, "账号"),
            (2, 1, "岑怀远"),
            (2, 2, "622202"),
        )
    ]
    blocks = Laying(frozenset({Part.HIDDEN_SHEET})).lay(segments, range(4))
    assert [b.kind for b in blocks] == [BlockKind.TITLE, BlockKind.ROW, BlockKind.ROW]
    assert [b.columns for b in blocks[1:]] == [(1, 2), (1, 2)]
    assert blocks[1].table == blocks[2].table


def test_cells_of_one_row_become_one_block_with_columns_and_lines() -> None:
    segments = [
        cell(1, 1, "姓名"),
        cell(1, 2, "金额"),
        cell(2, 1, "覃小满"),
        Segment(Place(Part.TABLE, table=1, row=2, column=2, paragraph=1), "300"),
        Segment(Place(Part.TABLE, table=1, row=2, column=2, paragraph=2), "元"),
    ]
    rows = Laying().lay(segments, range(5))
    assert [b.kind for b in rows] == [BlockKind.ROW, BlockKind.ROW]
    assert rows[1].columns == (1, 2)
    assert rows[1].cells == (((2,),), ((3,), (4,)))
    assert rows[0].table == rows[1].table
    weights = column_weights(rows, segments)[rows[0].table or ()]
    assert weights[1] == pytest.approx(4.2)
    assert weights[2] == NARROWEST


def test_headers_are_set_apart_and_the_files_own_name_is_not_text_of_the_page() -> None:
    segments = [
        Segment(Place(Part.NAME), "公示.docx"),
        Segment(Place(Part.HEADER, paragraph=1, path="word/header1.xml"), "白石沟镇"),
        body(1, "正文。"),
    ]
    blocks = Laying().lay(segments, range(3))
    assert [b.kind for b in blocks] == [BlockKind.ASIDE, BlockKind.PARAGRAPH]
    assert blocks[0].caption == "页眉"


def test_a_member_of_an_archive_begins_with_its_name() -> None:
    segments = [
        Segment(Place(Part.BODY, member="名单.txt", paragraph=1), "一"),
        Segment(Place(Part.BODY, member="内/说明.txt", paragraph=1), "二"),
    ]
    blocks = Laying().lay(segments, range(2))
    assert [b.caption for b in blocks if b.kind is BlockKind.TITLE] == [
        "压缩包内：名单.txt",
        "压缩包内：内/说明.txt",
    ]


@given(
    st.lists(st.integers(0, 90), min_size=1, max_size=80),
    st.lists(st.tuples(st.integers(0, 79), st.integers(0, 90))),
    st.integers(0, 7300),
)
def test_heights_agree_with_adding_up(
    heights: list[int], changes: list[tuple[int, int]], y: int
) -> None:
    half = len(heights) // 2
    tree = Heights(heights[:half])
    tree.extend(heights[half:])
    for index, height in changes:
        if index < len(heights):
            tree.change(index, height)
            heights[index] = height
    assert [tree.offset(n) for n in range(len(heights) + 1)] == [
        sum(heights[:n]) for n in range(len(heights) + 1)
    ]
    assert tree.total == sum(heights)
    found = tree.at(y)
    if y < sum(heights):
        assert sum(heights[:found]) <= y < sum(heights[: found + 1])
    else:
        assert found == len(heights) - 1


def test_the_difference_shows_what_went_and_what_came() -> None:
    old = visible_lines([body(1, "电话13900000000"), body(2, "完"), body(3, "藏", visible=False)])
    new = visible_lines([body(1, "电话139****0000"), body(2, "完")])
    assert old == ["电话13900000000", "完"]
    lines = compare(old, new)
    assert changed(lines) == [0]
    assert "".join(p.text for p in lines[0] if p.change is not Change.NEW) == old[0]
    assert "".join(p.text for p in lines[0] if p.change is not Change.GONE) == new[0]


@given(st.lists(st.text("甲乙丙", max_size=4)), st.lists(st.text("甲乙丙", max_size=4)))
def test_nothing_is_lost_in_a_difference(old: list[str], new: list[str]) -> None:
    lines = compare(old, new)
    for change, text in ((Change.NEW, old), (Change.GONE, new)):
        kept = ["".join(p.text for p in line if p.change is not change) for line in lines]
        assert [k for k in kept if k] == [t for t in text if t]


def test_a_chip_names_what_is_hidden() -> None:
    def hidden(part: Part, **where: object) -> Segment:
        return Segment(Place(part, **where), "x", visible=False)  # type: ignore[arg-type] # test data

    text = ShownText(
        [
            hidden(Part.HIDDEN_COLUMN, sheet="名单", cell="C2", row=2, column=3),
            hidden(Part.HIDDEN_COLUMN, sheet="名单", cell="C3", row=3, column=3),
            hidden(Part.COMMENT, paragraph=1),
            hidden(Part.COMMENT, paragraph=2),
            hidden(Part.PROPERTY),
            *(hidden(Part.HIDDEN_ROW, row=r, column=1) for r in range(4, 9)),
        ]
    )
    unseen = Unseen(Kind.XLSX)
    unseen.take(text.segments, range(len(text)))
    words = dict(unseen.words())
    assert words == {
        Part.HIDDEN_COLUMN: "隐藏列 C",
        Part.COMMENT: "批注 2",
        Part.PROPERTY: "文档属性",
        Part.HIDDEN_ROW: "隐藏行 5",
    }


def test_columns_have_letters() -> None:
    assert [column_name(n) for n in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]


@given(st.text())
def test_a_line_fit_to_paint_keeps_its_length(text: str) -> None:
    shown = one_line(text)
    assert len(shown) == len(text)
    assert not set(shown) & {chr(c) for c in (0, 9, 10, 13, 0x202E)}


@given(st.text("甲a𬱖é"), st.integers(0, 20))
def test_positions_of_qt_and_of_spans_agree(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    position = utf16(text, offset)
    assert position == len(text[:offset].encode("utf-16-le")) // 2
    assert from_utf16(text, position) == offset


def test_a_workbook_of_several_sheets_is_shown_again(qtbot: QtBot) -> None:
    def two_sheets() -> ShownText:
        return ShownText(
            Segment(Place(Part.CELL, sheet=sheet, cell="A1", row=1, column=1), sheet)
            for sheet in ("汇总", "明细")
        )

    view = SheetView()
    qtbot.addWidget(view)
    view.show_text(two_sheets())
    view.tabs.setCurrentIndex(1)
    view.show_text(two_sheets())
    assert view.tabs.count() == 2
    assert view.table.model().index(0, 0).data() == "明细"
    view.show_text(ShownText())
    assert view.table.model() is None


def test_a_difference_tells_what_became_of_what_cannot_be_seen() -> None:
    """The lines compare what is seen; that comments and authors are gone must be said too."""
    hidden = [
        Segment(Place(part, paragraph=1), "x", visible=False)
        for part in (Part.COMMENT, Part.COMMENT, Part.PROPERTY)
    ]
    lines = ["".join(piece.text for piece in line) for line in unseen_lines(hidden, hidden[2:])]
    assert lines == [
        "看不见的内容 · 批注：原件 2 处，公开件没有",
        "看不见的内容 · 文档属性：仍有 1 处",
    ]
