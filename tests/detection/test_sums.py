"""Sums in tables: what does not add up is asked about, and what cannot be judged is left alone."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection import Finding, load, scan
from formats.reading import Kind, Part, Place, Reading, Segment
from tests.detection.examples import grid

Rows = list[list[str]]


def wrong(reading: Reading) -> list[Finding]:
    return [f for f in scan(reading, load()) if f.rule == "sum-mismatch"]


def texts(rows: Rows) -> list[str]:
    return [f.text for f in wrong(grid(rows))]


RIGHT: list[Rows] = [
    [
        ["村名", "户数", "金额（万元）"],
        ["甲", "3", "1.25"],
        ["乙", "4", "2.5"],
        ["合计", "7", "3.75"],
    ],
    [["序号", "村名", "户数"], ["1", "甲", "3"], ["2", "乙", "4"], ["合计", "", "7"]],
    [["村名", "金额"], ["合计", "7"], ["甲", "3"], ["乙", "4"]],
    [["村名", "金额"], ["甲", "1,200元"], ["乙", "800元"], ["合计", "2,000元"]],
    [["村名", "金额"], ["甲", "１２"], ["乙", "—"], ["丙", ""], ["丁", "3"], ["合计", "15"]],
    # Each rounded to a hundredth: a third, a third and a third.
    [["村名", "万元"], ["甲", "0.33"], ["乙", "0.33"], ["丙", "0.33"], ["合计", "1.00"]],
    [
        ["类别", "项目", "金额"],
        ["道路", "甲", "3"],
        ["道路", "乙", "4"],
        ["小计", "", "7"],
        ["水利", "丙", "5"],
        ["水利", "丁", "6"],
        ["小计", "", "11"],
        ["总计", "", "18"],
    ],
    [
        ["村名", "男", "女", "合计"],
        ["甲", "1", "2", "3"],
        ["乙", "3", "4", "7"],
        ["合计", "4", "6", "10"],
    ],
    [["村名", "合计", "男", "女"], ["甲", "3", "1", "2"], ["乙", "7", "3", "4"]],
    [
        ["项目", "单价", "数量", "金额"],
        ["甲", "5", "2", "10"],
        ["乙", "7", "1", "7"],
        ["合计", "", "3", "17"],
    ],
    [["村名", "人数", "占比"], ["甲", "3", "30%"], ["乙", "7", "70%"], ["合计", "10", "100%"]],
    [["村名", "人数", "人均收入"], ["甲", "3", "100"], ["乙", "7", "200"], ["合计", "10", "170"]],
]

NOT_JUDGED: list[Rows] = [
    # Of which: nobody can tell where the details end.
    [["项目", "金额"], ["收入", "10"], ["其中：捐赠", "4"], ["合计", "10"]],
    # A cell that is no figure.
    [["村名", "户数"], ["甲", "3"], ["乙", "约5"], ["合计", "9"]],
    [["村名", "户数"], ["甲", "3"], ["合计", "9"]],
    # Only some of the columns are meant, and nobody says which.
    [["村名", "户数", "人数", "合计"], ["甲", "2", "9", "100"], ["乙", "3", "8", "200"]],
    [["项目", "2024", "2025"], ["甲", "1", "2"], ["乙", "3", "4"]],
    [["合计"], ["5"]],
    [["会计", "出纳"], ["甲", "乙"]],
]


@pytest.mark.parametrize("rows", RIGHT)
def test_what_adds_up_is_left_alone(rows: Rows) -> None:
    assert texts(rows) == []


@pytest.mark.parametrize("rows", NOT_JUDGED)
def test_what_cannot_be_judged_is_left_alone(rows: Rows) -> None:
    assert texts(rows) == []


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([["村名", "户数"], ["甲", "3"], ["乙", "4"], ["合计", "8"]], ["8"]),
        ([["村名", "合计"], ["合计", "9"], ["甲", "3"], ["乙", "4"]], ["9"]),
        (
            [["村名", "户数", "人数"], ["甲", "3", "9"], ["乙", "4", "8"], ["合计", "7", "18"]],
            ["18"],
        ),
        ([["村名", "万元"], ["甲", "1.25"], ["乙", "2.5"], ["合计", "3.85"]], ["3.85"]),
        ([["村名", "元"], ["甲", "1,200"], ["乙", "800"], ["总计", "2,100"]], ["2,100"]),
        (
            [
                ["类别", "金额"],
                ["甲", "3"],
                ["乙", "4"],
                ["小计", "7"],
                ["丙", "5"],
                ["丁", "6"],
                ["小计", "12"],
                ["合计", "18"],
            ],
            ["12"],
        ),
        (
            [
                ["村名", "男", "女", "合计"],
                ["甲", "1", "2", "3"],
                ["乙", "3", "4", "7"],
                ["丙", "3", "4", "8"],
            ],
            ["8"],
        ),
    ],
)
def test_what_does_not_add_up_is_found_at_the_total(rows: Rows, found: list[str]) -> None:
    assert texts(rows) == found


def test_the_reason_says_what_stands_there_and_what_it_should_be() -> None:
    finding = wrong(grid([["村名", "户数"], ["甲", "3"], ["乙", "4"], ["合计", "8"]]))[0]
    assert "写的是 8，各项相加是 7。" in finding.reason
    assert finding.place.cell == "B4"


def test_a_table_of_a_document_is_one_like_a_sheet() -> None:
    rows = [["村名", "户数"], ["甲", "3"], ["乙", "4"], ["合计", "8"]]
    assert [f.text for f in wrong(grid(rows, Part.TABLE))] == ["8"]


def test_a_figure_that_could_be_a_year_is_one_of_the_figures() -> None:
    rows = [["村名", "金额"], ["村0", "1990"], ["村1", "0"], ["合计", "1993"]]
    assert texts(rows) == ["1993"]
    rows = [["村名", "2024", "2025"], ["村0", "7", "1"], ["村1", "2", "3"], ["合计", "9", "4"]]
    assert texts(rows) == [], "these are heads"


@given(st.lists(st.integers(0, 10**7), min_size=2, max_size=12), st.integers(0, 3), st.booleans())
def test_a_right_sum_is_never_doubted_and_a_wrong_one_always(
    values: list[int], places: int, right: bool
) -> None:
    numbers = [Decimal(v).scaleb(-places) for v in values]
    total = sum(numbers, Decimal(0)) + (0 if right else len(numbers) + 1)
    rows = [["村名", "金额"], *([f"村{n}", f"{v:f}"] for n, v in enumerate(numbers))]
    assert bool(texts([*rows, ["合计", f"{total:f}"]])) is not right


def test_a_large_table_is_walked_once() -> None:
    rows = [["村名", "户数"], *([f"村{n}", "1"] for n in range(3000)), ["合计", "3001"]]
    assert texts(rows) == ["3001"]


def test_runs_of_one_cell_are_not_judged() -> None:
    reading = grid([["村名", "户数"], ["甲", "3"], ["乙", "4"], ["合计", "8"]])
    cell = reading.segments[-1]
    more = Segment(cell.place._replace(part=Part.INSERTION), "1")
    assert not wrong(Reading(reading.kind, (*reading.segments, more)))
    assert Place(Part.CELL, row=1) != cell.place


SHARES = ["占比", "所占比例", "占总数比"]


@pytest.mark.parametrize("head", SHARES)
def test_shares_that_are_not_all_of_a_whole(head: str) -> None:
    rows = [["村名", "人数", head], ["甲", "3", "30%"], ["乙", "5", "50%"], ["丙", "2", "25%"]]
    assert texts(rows) == [head]
    assert "105%" in wrong(grid(rows))[0].reason
    total = [*rows, ["合计", "10", "100%"]]
    assert texts(total) == ["100%"]
    rows[-1][-1] = "20%"
    assert texts(rows) == texts([*rows, ["合计", "10", "100%"]]) == []


@pytest.mark.parametrize(
    "rows",
    [
        # Each is a share of something of its own.
        [["村名", "占比"], ["甲", "80%"], ["乙", "75%"], ["丙", "90%"]],
        # Thirds, rounded each.
        [["类别", "占比(%)"], ["甲", "33.3"], ["乙", "33.3"], ["丙", "33.3"]],
        # 比例 alone may be that of a subsidy.
        [["项目", "比例"], ["甲", "30%"], ["乙", "30%"], ["丙", "35%"]],
        [["类别", "占比"], ["甲", "30%"], ["其中：男", "15%"], ["乙", "50%"], ["丙", "25%"]],
        [["类别", "占比"], ["甲", "60%"], ["乙", "45%"]],
    ],
)
def test_what_is_no_share_of_one_whole_is_left_alone(rows: Rows) -> None:
    assert texts(rows) == []


def paged(rows: Rows, page: int = 1) -> tuple[Segment, ...]:
    """A table on a page of a PDF: each line a row."""
    segments = grid(rows, Part.TABLE).segments
    return tuple(s._replace(place=s.place._replace(page=page, table=None)) for s in segments)


def test_the_table_of_a_page() -> None:
    rows = [["村名", "户数"], ["甲", "3"], ["乙村民委员", "4"], ["会"], ["合计", "8"]]
    assert [f.text for f in wrong(Reading(Kind.PDF, paged(rows)))] == ["8"]
    rows[-1][-1] = "7"
    assert wrong(Reading(Kind.PDF, paged(rows))) == []


def test_half_a_row_and_a_turned_page_are_not_judged() -> None:
    half = [["村名", "户数", "元"], ["甲", "3", "1,20"], ["", "", "0"], ["合计", "3", "9"]]
    assert wrong(Reading(Kind.PDF, paged(half))) == []
    head, tail = [["村名", "户数"], ["甲", "3"], ["乙", "4"]], [["村名", "户数"]]
    tail += [["丙", "5"], ["丁", "6"], ["合计", "18"]]
    assert wrong(Reading(Kind.PDF, (*paged(head), *paged(tail, 2)))) == []
    assert [f.text for f in wrong(Reading(Kind.PDF, paged(tail)))] == ["18"]
