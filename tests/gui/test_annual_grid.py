"""The annual report's tables as grids: every position covered once, totals added, labels exact."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.pages.annual_report_grid import Field, Grid, field_of, get, grids, put, shown, totalled
from models.reporting.checks import check
from models.reporting.tables import ROWS, Tables

FIELDS = [cell.field for grid in grids() for cell in grid.cells if cell.field is not None]


@pytest.mark.parametrize(
    ("number", "rows", "columns", "numbers"), [(0, 14, 4, 10), (1, 28, 10, 175), (2, 4, 15, 15)]
)
def test_each_grid_has_the_size_of_the_form(
    number: int, rows: int, columns: int, numbers: int
) -> None:
    grid = grids()[number]
    assert (grid.rows, grid.columns) == (rows, columns)
    assert sum(cell.field is not None for cell in grid.cells) == numbers


@pytest.mark.parametrize("grid", grids(), ids=lambda grid: str(grid.title))
def test_every_position_is_covered_by_exactly_one_cell(grid: Grid) -> None:
    covered = [
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]
    assert sorted(covered) == [(r, c) for r in range(grid.rows) for c in range(grid.columns)]


def test_the_merged_labels_of_section_three() -> None:
    spans = {cell.text: (cell.rows, cell.columns) for cell in grids()[1].cells if cell.text}
    assert spans["三、本年度办理结果"] == (22, 1)
    assert spans["（三）不予公开"] == (8, 1)
    assert spans["（六）其他处理"] == (3, 1)
    assert spans["四、结转下年度继续办理"] == (1, 3)
    assert spans["（七）总计"] == (1, 2)


def test_totals_follow_what_is_typed() -> None:
    tables = put(Tables(), Field(3, "new", 0), 3)
    tables = put(tables, Field(3, "deny_law", 0), 2)
    tables = put(tables, Field(4, "", 5), 1)
    assert get(tables, Field(3, "new", 6)) == 3
    assert get(tables, Field(3, "total", 0)) == 2
    assert get(tables, Field(3, "total", 6)) == 2
    assert get(tables, Field(4, "", 9)) == 1
    failing = [one for one in check(tables) if one.status == "fails"]
    assert {one.rule for one in failing} == {"A1"}


@given(st.sampled_from(FIELDS), st.integers(0, 9999))
def test_what_is_put_is_there(field: Field, value: int) -> None:
    tables = put(Tables(), field, Decimal(value) if field.decimal else value)
    if not field.computed:
        assert get(tables, field) == value
    assert totalled(tables) == tables
    assert not [
        one for one in check(tables) if one.rule in ("A2", "A3", "A4") and one.left != one.right
    ]


def test_a_blank_part_makes_no_total() -> None:
    tables = put(Tables(), Field(3, "granted", 1), None)
    assert get(tables, Field(3, "granted", 6)) is None
    assert get(tables, Field(3, "total", 6)) is None


def test_every_failing_sum_leads_to_a_cell() -> None:
    seen: dict[str, int] = {}
    for one in check(Tables()):
        number = seen.get(one.rule, 0)
        seen[one.rule] = number + 1
        if one.rule != "D1":
            assert field_of(one, number) in FIELDS
    assert seen["A3"] == len(ROWS)


def test_numbers_are_shown_plainly() -> None:
    assert [shown(v) for v in (0, Decimal("190.457379"), Decimal("24.500"), None)] == [
        "0",
        "190.457379",
        "24.5",
        "",
    ]
