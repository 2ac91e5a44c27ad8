"""Columns: what a head says of its cells, in sheets, tables and forms."""

from detection import Severity, load, scan
from formats.reading import Part, Reading
from tests.detection.examples import grid

ID = "500114199003070016"


def rules_at(reading: Reading) -> dict[tuple[int | None, int | None], tuple[str, ...]]:
    found: dict[tuple[int | None, int | None], tuple[str, ...]] = {}
    for finding in scan(reading, load()):
        if finding.rule == "personal-column":
            continue
        place = (finding.place.row, finding.place.column)
        found[place] = (*found.get(place, ()), finding.rule)
    return found


def test_a_list_under_a_title_row() -> None:
    rows = [
        ["白石沟镇2026年低保对象名单"],
        [
            "序号",
            "户主姓名",
            "身份证\n号码",
            "一卡通账号",
            "家庭住址",
            "致贫病种",
            "联系电话",
            "金额",
        ],
        ["1", "覃小满", ID, "310101200012345", "白石沟村3组12号", "尿毒症", "13800138000", "1280"],
        ["2", "欧阳青禾", "50011419900307", "31010120001", "双碾坝村", "无", "138001380", "640"],
        ["合计", "", "", "", "", "", "", "1920"],
    ]
    expected = {
        (3, 2): ("name",),
        (3, 3): ("id-number",),
        (3, 4): ("bank-account",),
        (3, 5): ("address",),
        (3, 6): ("health",),
        (3, 7): ("phone",),
        (4, 2): ("name",),
        (4, 3): ("id-number",),
        (4, 4): ("bank-account",),
        (4, 7): ("phone",),
    }
    assert rules_at(grid(rows)) == expected
    assert rules_at(grid(rows, Part.TABLE)) == expected


def test_a_cell_in_bad_form_is_found_with_less_certainty() -> None:
    reading = grid([["姓名", "身份证号"], ["覃小满", "5.00114E+17"], ["牟春", ID]])
    found = {f.place.row: f for f in scan(reading, load()) if f.rule == "id-number"}
    assert found[2].valid is False
    assert found[3].valid is True
    assert found[2].certainty < found[3].certainty
    assert found[2].severity is Severity.HIDE


def test_masked_cells_and_other_columns_are_left_alone() -> None:
    rows = [
        ["姓名", "身份证号", "证件类型", "项目名称", "单位账户名称", "补贴面积"],
        ["覃**", "50*************016", "身份证", "道路硬化", "白石沟村民委员会", "12.5"],
        ["牟*", "500114********0016", "身份证", "高山", "双碾坝村民委员会", "8.75"],
    ]
    assert rules_at(grid(rows)) == {}


def test_a_column_that_was_masked_is_no_form() -> None:
    """Its head must not speak for the head beside it."""
    rows = [
        ["姓名", "残疾类别等级", "补贴金额（元/月）"],
        ["覃*", "****", "90"],
        ["骆*", "****", "90"],
    ]
    assert rules_at(grid(rows)) == {}


def test_a_form_speaks_sideways() -> None:
    rows = [
        ["姓名", "覃小满", "性别", "女"],
        ["身份证号", "50011419900307", "联系电话", "13800138000"],
        ["家庭住址", "白石沟镇白石沟村3组", "开户账号", "31010120001234"],
    ]
    assert rules_at(grid(rows, Part.TABLE)) == {
        (1, 2): ("name",),
        (2, 2): ("id-number",),
        (2, 4): ("phone",),
        (3, 2): ("address",),
        (3, 4): ("bank-account",),
    }


def test_a_head_repeated_on_the_next_page_is_no_name() -> None:
    rows = [["姓名", "村"], ["覃小满", "白石沟村"], ["姓名", "村"], ["牟春", "双碾坝村"]]
    assert rules_at(grid(rows)) == {(2, 1): ("name",), (4, 1): ("name",)}


def test_statistics_hold_no_one() -> None:
    rows = [
        ["村名", "户数", "人数", "发放金额（元）", "负责人", "办公电话"],
        ["白石沟村", "120", "356", "13800138000", "", "023-48612345"],
        ["合计", "1200", "3560", "1234567.00", "", ""],
    ]
    assert rules_at(grid(rows)) == {}


def test_labels_beside_a_number_name_it() -> None:
    reading = grid([["开户行：白石沟农商行", "账号", "0301010120001234"]])
    assert rules_at(reading) == {(1, 3): ("bank-account",)}


def test_index_numbers_and_codes_in_a_ledger() -> None:
    rows = [
        ["索引号", "统一社会信用代码", "项目编号", "文号", "金额"],
        ["11500114009130039C/2026-00003", "915001140091300390", "500114202603070016", "", "1"],
        ["11500114009130039C/2026-00004", "11500114009130039C", "500114202603080011", "", "2"],
    ]
    hides = [f for f in scan(grid(rows), load()) if f.severity is Severity.HIDE]
    assert hides == []


def test_what_lies_in_an_account_is_an_amount() -> None:
    head = ["科目", "账户余额", "账户"]
    rows = [["2026年预算公开表"], head, ["行政运行", "62170000100012", "310101200012345"]]
    assert rules_at(grid(rows)) == {(3, 3): ("bank-account",)}


def test_the_title_over_a_table_is_no_head() -> None:
    rows = [["救助对象名单"], ["白石沟村", "覃小满"], ["姓名", "村"], ["覃小满", "白石沟村"]]
    assert rules_at(grid(rows)) == {(4, 1): ("name",)}
