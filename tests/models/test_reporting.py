"""The annual report: the tables, the arithmetic, what is counted and what is saved."""

from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from models.disclosure import documents, releases
from models.kernel.errors import Refused
from models.kernel.home import Home
from models.reporting import annual, checks
from models.reporting.tables import ROWS, Table3, Table4, Tables
from tests import office
from tests.office import People

CELL = st.none() | st.integers(0, 10**7)
TABLES = st.builds(
    lambda third, fourth, second, fee: Tables(
        table3=Table3(dict(zip(ROWS, third, strict=True))), table4=Table4(fourth)
    ).with_table2(regulations=second, normative=second, licence=second[0], fee_wan=fee),
    st.tuples(*[st.tuples(*[CELL] * 7)] * 25),
    st.tuples(*[CELL] * 15),
    st.tuples(CELL, CELL, CELL),
    st.none() | st.decimals(0, 10**5, places=6),
)


def whole() -> Tables:
    """A report in which all sums are right: three applications, one open."""
    tables = Tables()
    third = tables.table3
    for key, number in (("new", 3), ("granted", 1), ("reject_petition", 1), ("total", 2),
                        ("carried_out", 1)):  # fmt: skip
        third = third.with_row(key, (number, 0, 0, 0, 0, 0, number))
    return Tables(tables.table2, third, Table4((1, 0, 0, 1, 2, *(0,) * 10)))


def failing(tables: Tables, **options: bool) -> list[tuple[str, str, str]]:
    return [(c.rule, c.where, c.status) for c in checks.failed(checks.check(tables, **options))]


def with_cell(tables: Tables, key: str, column: int, value: int | None) -> Tables:
    cells = list(tables.table3.rows[key])
    cells[column] = value
    return Tables(tables.table2, tables.table3.with_row(key, tuple(cells)), tables.table4)


def test_a_whole_report_holds() -> None:
    found = checks.check(whole())
    assert failing(whole()) == []
    assert [c.rule for c in found] == ["A1"] * 7 + ["A2"] * 7 + ["A3"] * 25 + ["A4"] * 3 + [
        "D1", "D3",
    ]  # fmt: skip
    assert all(c.left == c.right for c in found)


def test_a1_names_column_and_both_numbers() -> None:
    tables = with_cell(with_cell(whole(), "new", 0, 4), "new", 6, 4)
    assert failing(tables) == [("A1", "自然人", "fails"), ("A1", "总计", "fails")]
    check = checks.check(tables)[0]
    assert (check.left, check.right) == (4, 3)
    assert check.says == (
        "第三部分表格“自然人”列：第一项加第二项是 4，第三项总计加第四项是 3，差 1。请核对后改正。"
    )


@pytest.mark.parametrize("key", checks._PARTS)
def test_a2_adds_every_row(key: str) -> None:
    before = whole().table3.rows[key][1]
    assert before is not None
    found = failing(with_cell(whole(), key, 1, before + 1))
    assert ("A2", "商业企业", "fails") in found
    assert len(found) == 2


@pytest.mark.parametrize("key", ROWS)
def test_a3_adds_every_row(key: str) -> None:
    total = whole().table3.rows[key][6]
    assert total is not None
    found = failing(with_cell(whole(), key, 6, total + 5))
    rows = resources.table("law/annual_report.toml")["table3"]["rows"]
    labels = {row["key"]: row for row in rows}
    (where,) = [place for rule, place, _ in found if rule == "A3"]
    assert where.endswith(labels[key]["label"])


@pytest.mark.parametrize("block", [0, 1, 2])
def test_a4_adds_every_block(block: int) -> None:
    cells = list(whole().table4.cells)
    cells[block * 5 + 4] = 9
    tables = Tables(whole().table2, whole().table3, Table4(tuple(cells)))
    names = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    assert failing(tables) == [("A4", names[block], "fails")]


def test_a_cell_that_cannot_be_read_is_not_guessed() -> None:
    tables = with_cell(whole(), "new", 2, None)
    found = failing(tables)
    assert found == [
        ("A1", "科研机构", "cannot-tell"),
        ("A3", "一、本年新收政府信息公开申请数量", "cannot-tell"),
        ("D1", "全部表格", "fails"),
    ]
    blank = next(c for c in checks.check(tables) if c.rule == "D1")
    assert "“一、本年新收政府信息公开申请数量”行“科研机构”列" in blank.says


def test_blank_cells_of_every_table() -> None:
    tables = Tables.from_json({})
    found = checks.check(tables)
    assert {c.status for c in found if c.rule != "D1"} == {"cannot-tell"}
    blank = next(c for c in found if c.rule == "D1")
    assert blank.left == 6 + 175 + 15
    assert "等。" in blank.says


def test_d3_regulations_of_a_town() -> None:
    tables = whole().with_table2(regulations=(0, 0, 6))
    assert failing(tables) == [("D3", "第二部分表格“规章”行", "fails")]
    assert failing(tables, may_make_regulations=True) == []


def test_the_object_of_the_command_line() -> None:
    check = checks.check(whole())[0].to_json()
    assert set(check) == {"rule", "where", "left", "right", "status", "says"}


@given(TABLES)
def test_checks_are_total(tables: Tables) -> None:
    for check in checks.check(tables):
        assert check.says.endswith("。")
        if check.status != "cannot-tell":
            assert (check.status == "holds") == (check.left == check.right)


@given(TABLES)
def test_json_there_and_back(tables: Tables) -> None:
    data = tables.to_json()
    again = Tables.from_json(data)
    assert again.table3 == tables.table3
    assert again.table4 == tables.table4
    assert again.to_json() == data


@pytest.mark.parametrize(
    ("given_value", "read"),
    [(3, 3), ("3", 3), (" 12 ", 12), ("3.0", 3), ("3.5", None), ("/", None), ("", None),
     (None, None), (True, None), ("22（其中修订16件）", None), ("inf", None)],
)  # fmt: skip
def test_what_is_read_as_a_number(given_value: Any, read: int | None) -> None:
    tables = Tables.from_json({"table2": {"licence": given_value}})
    assert tables.table2.licence == read


def test_money_has_decimals() -> None:
    tables = Tables.from_json({"table2": {"fee_wan": "190.457379"}})
    assert tables.table2.fee_wan == Decimal("190.457379")
    assert tables.to_json()["table2"]["fee_wan"] == 190.457379
    for odd in ("nan", "x", True):
        assert Tables.from_json({"table2": {"fee_wan": odd}}).table2.fee_wan is None
    assert Tables.from_json({}).to_json()["table2"]["fee_wan"] is None
    assert Tables().to_json()["table2"]["fee_wan"] == 0


def test_rows_have_seven_numbers() -> None:
    assert Table3().with_row("new", (1, 2)).rows["new"] == (1, 2, None, None, None, None, None)
    with pytest.raises(KeyError):
        Table3().with_row("nothing", ())


def test_labels_are_those_of_the_form() -> None:
    table = resources.table("law/annual_report.toml")
    assert tuple(row["key"] for row in table["table3"]["rows"]) == ROWS
    assert len(table["table3"]["columns"]) == 7
    assert [row["key"] for row in table["table2"]["rows"]] == list(Tables().table2.to_json())


def test_normative_documents_are_counted(home: Home, who: People) -> None:
    made = {"old": "2024-05-01", "new": "2025-06-01", "ended": "2023-01-01", "next": "2026-01-05"}
    numbers = {}
    for name, day in made.items():
        number = office.register_text(home, who.drafter, f"办法{name}")
        documents.edit(number, {"genre": "行政规范性文件", "signed_on": day}, who.drafter)
        office.clean_text(home, who.drafter, number, f"办法{name}")
        office.approve(number, who)
        numbers[name] = number
    office.register_text(home, who.drafter, "没有发布的办法")
    releases.release(home, list(numbers.values()), partial(office.build_plain, home), who.publisher)
    documents.edit(
        numbers["ended"], {"validity": "废止", "repealed_on": "2025-08-01"}, who.publisher
    )
    assert annual.counted(2025).table2.normative == (1, 1, 2)
    assert annual.counted(2024).table2.normative == (1, 0, 2)
    assert annual.draft(2026).table2.normative == (1, 0, 3)


def test_what_was_saved_comes_back(who: People) -> None:
    empty = annual.load(2025)
    assert (empty.saved_at, empty.saved_by) == (None, "")
    assert set(empty.texts) == set(annual.SECTIONS)
    changes = annual.save(2025, whole(), {"problems": "培训不够"}, who.publisher)
    assert changes.reports == {2025}
    report = annual.load(2025)
    assert report.tables == whole()
    assert report.texts["problems"] == "培训不够"
    assert report.saved_by == "谭公明"
    assert report.saved_at is not None
    annual.save(2025, Tables(), report.texts, who.drafter)
    assert annual.draft(2025) == Tables()
    assert annual.load(2025).saved_by == "覃小满"
    assert annual.years() == (2025,)


def test_wrong_years_and_sections(who: People) -> None:
    for year in (2007, 2999):
        with pytest.raises(Refused):
            annual.save(year, Tables(), {}, who.publisher)
    with pytest.raises(KeyError):
        annual.save(2025, Tables(), {"nothing": ""}, who.publisher)
