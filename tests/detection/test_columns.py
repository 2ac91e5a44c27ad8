"""Columns: what a head says of its cells, in sheets, tables and forms."""

import pytest

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


def test_in_a_table_on_its_side_only_the_first_column_labels() -> None:
    """户主 beside 与户主关系 is a value and no head of the cells below it."""
    rows = [
        ["姓名", "覃小满", "骆青山", "万知秋"],
        ["身份证号", "500114199003070016", "500114199103070013", "500114199203070010"],
        ["与户主关系", "户主", "妻", "长子"],
        ["联系电话", "13800138000", "13800138001", "13800138002"],
    ]
    found = rules_at(grid(rows, Part.TABLE))
    assert {at for at, rules in found.items() if "name" in rules} == {(1, 2), (1, 3), (1, 4)}
    assert {at for at in found if at[0] == 2} == {(2, 2), (2, 3), (2, 4)}
    assert (4, 1) not in found


def test_labels_in_a_list_of_names_are_no_names() -> None:
    rows = [["姓名"], ["覃小满"], ["参会"], ["骆青山"], ["接龙"], ["联系干部"]]
    assert rules_at(grid(rows)) == {(2, 1): ("name",), (4, 1): ("name",)}


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


def test_a_line_at_home_is_asked_about_though_any_line_is_found() -> None:
    reading = grid([["老人姓名", "子女电话"], ["覃小满", "0453-7545709"]])
    found = next(f for f in scan(reading, load()) if f.rule == "landline")
    assert found.severity is Severity.ASK


def test_a_head_that_says_little_leaves_the_cells_to_speak() -> None:
    """A remark is judged by itself; where most cells are an illness, each is one."""
    rows = [["姓名", "类别"], ["覃小满", "肢体"], ["骆青山", "听力"], ["万知秋", "智力"]]
    found = rules_at(grid(rows))
    assert [found[row, 2] for row in (2, 3, 4)] == [("health",)] * 3
    found = rules_at(grid([["姓名", "备注"], ["覃小满", "享受低保"], ["骆青山", "外出务工"]]))
    assert found[2, 2] == ("aid-recipient",)
    assert (3, 2) not in found


def test_of_a_rule_the_head_that_says_more_speaks() -> None:
    """残疾类别 is an illness whatever stands below; 类别 only where the cell says so."""
    found = rules_at(grid([["姓名", "残疾类别"], ["覃小满", "其他"]]))
    assert found[2, 2] == ("health",)


def test_what_a_head_holds_is_no_head_of_the_cells_below() -> None:
    """A类低保 speaks of aid as 低保 does in a head, and is an answer to 类别 all the same."""
    rows = [
        ["序号", "户主", "人口", "类别"],
        ["1", "覃小满", "3", "A类低保"],
        ["2", "牟春", "1", "B类低保"],
    ]
    found = rules_at(grid(rows, Part.TABLE))
    assert (found[2, 4], found[3, 4]) == (("aid-recipient",), ("aid-recipient",))


def test_a_roster_by_hand_asks_in_plain_words() -> None:
    rows = [
        ["第几名", "谁领的", "寄往", "谁的卡"],
        ["1", "覃小满", "白石沟镇环城路12号", "牟春"],
        ["2", "本人", "双碾坝村3组7号", "骆青山"],
        ["3", "冉德贵", "滨江花园9幢602", "谭秀兰"],
    ]
    found = rules_at(grid(rows))
    assert {place for place, rules in found.items() if rules == ("name",)} == {
        (2, 2), (4, 2), (2, 4), (3, 4), (4, 4),
    }  # fmt: skip
    assert {place for place, rules in found.items() if rules == ("address",)} == {
        (2, 3), (3, 3), (4, 3),
    }  # fmt: skip


def test_a_title_alone_in_its_row_is_no_head() -> None:
    """户籍 in a title says nothing of the numbers in the first column."""
    rows = [
        ["户籍迁移申请受理单"],
        ["受理号", "户主姓名", "迁移原因"],
        ["15777", "覃小满", "投靠"],
        ["66529", "牟春", "就学"],
        ["45584", "骆青山", "投靠"],
    ]
    assert rules_at(grid(rows)) == {(r, 2): ("name",) for r in (3, 4, 5)}


def test_beside_other_heads_a_word_like_a_name_is_a_head() -> None:
    rows = [
        ["日期", "来人", "联系电话", "家庭住址"],
        ["4月2日", "覃小满", "13800138000", "白石沟村3组"],
        ["4月3日", "骆青山", "13800138001", "白石沟村5组"],
        ["4月5日", "万知秋", "13800138002", "双碾坝村1组"],
    ]
    names = {at for at, rules in rules_at(grid(rows)).items() if "name" in rules}
    assert names == {(2, 2), (3, 2), (4, 2)}


def test_a_head_is_heard_through_its_marks() -> None:
    rows = [["*来访人", "2.租户(必填)", "月租"], ["牟春", "覃小满", "300"]]
    assert rules_at(grid(rows)) == {(2, 1): ("name",), (2, 2): ("name",)}


@pytest.mark.parametrize(
    "head",
    [
        "监护责任人",
        "来访人姓名/单位",
        "持证渔民",
        "被鉴定人",
        "受伤人员",
        "房东",
        "转移户",
        "家长姓名及电话",
        "按手印",
        "夫妻双方",
        "领款",
        "联系人/电话",
        "家长姓名电话",
        "权利人名称",
        "单位（个人）",
        "保人",
        "烟农",
        "贫困生",
    ],
)
def test_people_by_what_they_are_or_what_happens_to_them(head: str) -> None:
    rows = [["批次", head, "金额"], ["一", "覃小满", "300"], ["一", "牟春", "300"]]
    assert rules_at(grid(rows)) == {(2, 2): ("name",), (3, 2): ("name",)}


@pytest.mark.parametrize(
    "head", ["走访人", "入户干部", "工作人员", "管理人", "林长", "施工员", "监护人手机", "退款账户"]
)
def test_officials_and_what_is_no_name_are_left_alone(head: str) -> None:
    rows = [
        ["批次", head, "金额"],
        ["一", "覃小满", "300"],
        ["一", "牟春", "300"],
        ["二", "骆青山", "300"],
        ["二", "万知秋", "300"],
    ]
    assert rules_at(grid(rows)) == {}


def test_counted_trees_are_no_people() -> None:
    rows = [["姓名", "青苗"], ["覃小满", "杨树3棵"], ["牟春", "杨树22棵"], ["骆青山", "柏树8株"]]
    assert rules_at(grid(rows)) == {(r, 1): ("name",) for r in (2, 3, 4)}


def test_a_word_that_is_also_an_occupation_is_a_head_only_above() -> None:
    rows = [["姓名", "岗位", "工资"], ["覃小满", "保洁员", "800"], ["牟春", "一年", "800"]]
    rows += [["骆青山", "保洁员", "800"], ["万知秋", "一年", "800"]]
    assert {at[1] for at in rules_at(grid(rows))} == {1}


@pytest.mark.parametrize("head", ["备用联系", "第二联系电话", "机主电话", "承租人电话", "应急联系"])
def test_numbers_at_home_by_whose_they_are(head: str) -> None:
    rows = [["编号", head], ["A1", "0556-5735214"], ["A2", "0556-7610598"]]
    found = scan(grid(rows), load())
    assert [f.severity for f in found if f.rule == "landline"] == [Severity.ASK, Severity.ASK]


def test_a_plain_telephone_is_a_home_where_the_list_is_of_households() -> None:
    rows = [["户主", "联系电话"], ["覃小满", "48612345"], ["牟春", "48612346"]]
    assert {at for at, rules in rules_at(grid(rows)).items() if "landline" in rules} == {
        (2, 2),
        (3, 2),
    }
    rows = [["单位", "联系电话"], ["财政所", "48612345"], ["卫生院", "48612346"]]
    assert rules_at(grid(rows)) == {}


@pytest.mark.parametrize(
    ("rule", "head", "cells"),
    [
        ("address", "停放处", ("金盾公寓17幢1单元1257室", "桂花园3幢201")),
        ("address", "房屋所在", ("荷叶墩村老圩埂东侧", "石坝村渡口边")),
        ("address", "装机位置", ("白石沟村3组12号", "双碾坝村5组")),
        ("health", "记事", ("尿毒症", "类风湿关节炎")),
        ("health", "异常项", ("肺部结节待查肺癌", "白内障")),
        ("health", "体况", ("偏瘫", "半身不遂")),
        ("aid-recipient", "摘要", ("临时救助金", "低保金")),
        ("aid-recipient", "款项名称", ("残疾人护理补贴", "特困供养金")),
        ("family-fact", "子女情况", ("独生子女", "二孩")),
        ("family-fact", "备考", ("丧偶", "父母双亡")),
        ("crime-record", "政审", ("曾因盗窃被拘留", "酒驾")),
        ("student-number", "学籍登记号", ("20150312", "20150313")),
        ("student-number", "教育ID", ("40012345", "40012346")),
        ("student-number", "全国学籍", ("20150312", "20150313")),
        ("insurance-number", "居保编号", ("782118690", "782118691")),
        ("insurance-number", "参合证号", ("782118690", "782118691")),
        ("bank-account", "领款卡", ("6214660212345678", "6214660212345679")),
        ("birth-date", "学生出生日期", ("2015-03-07", "2014.3")),
    ],
)
def test_heads_by_what_they_are_about(rule: str, head: str, cells: tuple[str, str]) -> None:
    rows = [["序号", "姓名", head], ["1", "覃小满", cells[0]], ["2", "牟春", cells[1]]]
    found = rules_at(grid(rows))
    assert (found[2, 3], found[3, 3]) == ((rule,), (rule,))


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("隐患位置", ("白石沟村3组", "双碾坝村5组")),
        ("采样地点", ("白石沟村3组", "双碾坝村5组")),
        ("记事", ("身体尚可", "未见异常")),
        ("护理等级", ("半护理", "全自理")),
        ("摘要", ("误工补助", "材料费")),
        ("登记号", ("398826", "609920")),
        ("保险单号", ("782118690", "782118691")),
        ("房源类型", ("公租房", "廉租房")),
    ],
)
def test_heads_that_are_about_something_else(head: str, cells: tuple[str, str]) -> None:
    rows = [["序号", "姓名", head], ["1", "覃小满", cells[0]], ["2", "牟春", cells[1]]]
    assert {at[1] for at in rules_at(grid(rows))} == {2}


def marked_cells(rows: list[list[str]], part: Part = Part.TABLE) -> list[str]:
    """What is found in the cells, as rule and text."""
    found = [f for f in scan(grid(rows, part), load()) if f.rule != "personal-column"]
    return [f"{f.rule} {f.text}" for f in found]


@pytest.mark.parametrize(
    ("head", "cell", "found"),
    [
        ("姓名/学号", "覃小满/2015031234", ["name 覃小满", "student-number 2015031234"]),
        ("学生（学号）", "覃小满（2015031234）", ["name 覃小满", "student-number 2015031234"]),
        ("户主及住址", "覃小满\n白石沟村3组12号", ["name 覃小满", "address 白石沟村3组12号"]),
        ("房号（业主）", "3-1502（覃小满）", ["address 3-1502", "name 覃小满"]),
        ("病种", "尿毒症；白内障", ["health 尿毒症", "health 白内障"]),
    ],
)
def test_several_facts_in_one_cell(head: str, cell: str, found: list[str]) -> None:
    rows = [["序号", "监护人", head], ["1", "骆青山", cell], ["2", "万知秋", "无"]]
    others = {"name 骆青山", "name 万知秋"}
    assert [one for one in marked_cells(rows) if one not in others] == found


def test_a_table_on_its_side_beside_the_word_for_the_group() -> None:
    rows = [
        ["学生", "姓名", "覃小满", "牟春", "骆青山"],
        ["", "学号", "2015031234", "2015031235", "2015031236"],
        ["", "病史", "尿毒症", "肢体二级", "无"],
    ]
    assert marked_cells(rows) == [
        "name 覃小满",
        "name 牟春",
        "name 骆青山",
        "student-number 2015031234",
        "student-number 2015031235",
        "student-number 2015031236",
        "health 尿毒症",
        "health 肢体二级",
    ]


def test_a_head_that_explains_itself_at_length_is_a_head() -> None:
    rows = [
        ["序号", "学籍号（全国统一，G开头共十九位，不得填写临时号码）"],
        ["1", "2015031234"],
        ["2", "2015031235"],
    ]
    assert marked_cells(rows) == ["student-number 2015031234", "student-number 2015031235"]


def test_a_class_between_the_rows_is_nobody() -> None:
    rows = [["姓名", "学号"], ["一班", ""], ["覃小满", "2015031234"], ["二班", ""]]
    assert marked_cells(rows) == ["name 覃小满", "student-number 2015031234"]


def test_a_bare_number_is_what_the_list_is_about() -> None:
    """编号 in a list of pupils, of the insured, and of neither."""
    for other, rule in (("班级", "student-number"), ("缴费档次", "insurance-number"), ("批次", "")):
        rows = [["编号", "姓名", other], ["20150312", "覃小满", "一"], ["20150313", "牟春", "一"]]
        numbers = [one.split()[0] for one in marked_cells(rows) if "2015" in one]
        assert numbers == ([rule, rule] if rule else [])


def test_names_beside_telephones_though_few_begin_with_a_surname() -> None:
    """No head at all: whose numbers these are stands in the next column."""
    rows = [
        ["8/3", "苍桂荣", "13800138000", "打预防针"],
        ["8/3", "初晓东", "13800138001", "留观"],
        ["8/7", "支大庆 臧小红", "13800138002", "留观"],
        ["8/9", "老年大学合唱队", "13800138003", "演出"],
        ["8/9", "覃小满", "", "演出"],
    ]
    found = rules_at(grid(rows))
    assert [found.get((row, 2)) for row in (1, 2, 5)] == [("name",)] * 3
    assert found[3, 2] == ("name", "name")
    # Without their numbers it may be a list of anything.
    bare = rules_at(grid([[row[0], row[1], row[3]] for row in rows]))
    assert (2, 2) not in bare


def test_days_of_the_week_and_years_of_school_name_nobody() -> None:
    rows = [
        ["周一早", "覃小满", "高一(2)"],
        ["周二早", "骆青山", "高三(1)"],
        ["周三晚", "万知秋", "高二(5)"],
        ["周四晚", "周一鸣", "高三(7)"],
    ]
    found = rules_at(grid(rows))
    assert {place for place, rules in found.items() if "name" in rules} == {
        (row, 2) for row in (1, 2, 3, 4)
    }


@pytest.mark.parametrize("head", ["家在哪里", "下车点（家门口）", "产后休养地", "挂牌地点"])
def test_places_that_lead_to_a_house_under_any_head(head: str) -> None:
    rows = [
        ["姓名", head],
        ["覃小满", "双碾坝村3组"],
        ["骆青山", "民生小区11-4-602"],
        ["万知秋", "白石沟镇新街老碾房旁"],
        ["牟春", "白石沟村"],
    ]
    found = rules_at(grid(rows))
    assert [found.get((row, 2)) for row in (2, 3, 4)] == [("address",)] * 3
    assert (5, 2) not in found


@pytest.mark.parametrize(
    "cells",
    [
        ("白石沟村", "双碾坝村", "河南省周口市", "白石沟镇"),
        ("文昌街农贸市场旁", "文昌街农贸市场旁", "文昌街农贸市场旁", "文昌街农贸市场旁"),
        ("锦府发〔2026〕18号", "锦府发〔2026〕19号", "锦府办〔2026〕7号", "锦府办〔2026〕8号"),
        ("SE100732", "SE100733", "SE100734", "SE100735"),
    ],
)
def test_villages_one_place_and_codes_are_no_homes(cells: tuple[str, ...]) -> None:
    names = ["覃小满", "骆青山", "万知秋", "牟春"]
    rows = [["姓名", "所填"], *([name, cell] for name, cell in zip(names, cells, strict=True))]
    assert not any("address" in rules for rules in rules_at(grid(rows)).values())


@pytest.mark.parametrize("name", ["成功", "温暖", "年光荣"])
def test_a_word_that_people_are_called_by_is_a_name_below_a_head(name: str) -> None:
    found = rules_at(grid([["姓名", "号"], [name, "7"]]))
    assert found[2, 1] == ("name",)


def test_the_rows_say_what_a_column_is() -> None:
    """Too few of its cells are homes by themselves; each row reads as a line about somebody."""
    rows = [
        ["1", "覃小满", "3组王家院子", "13912345678", "脑梗后遗症"],
        ["2", "骆青山", "2组", "13912345679", "无"],
        ["3", "万知秋", "1组堰塘边", "13912345670", "尿毒症透析"],
        ["4", "牟春", "4组", "13912345671", "精神分裂症"],
    ]
    found = rules_at(grid(rows))
    assert [found.get((row, 3)) for row in (1, 3)] == [("address",)] * 2
    alone = {(f.place.row, f.rule) for f in scan(grid(rows), load(), read=False)}
    assert not {(1, "address"), (3, "address")} & alone


def test_rows_about_nobody_say_nothing() -> None:
    rows = [["1", "路灯", "12盏"], ["2", "垃圾桶", "30个"], ["3", "河口码头", "1处"]]
    assert rules_at(grid(rows)) == {}


@pytest.mark.parametrize("name", ["哈森其木格", "Marlow Keatinge", "阿依努尔"])
def test_names_of_other_peoples_below_a_head(name: str) -> None:
    found = rules_at(grid([["球员", "号"], [name, "7"]]))
    assert found[2, 1] == ("name",)


def test_a_title_says_nothing_of_a_column() -> None:
    """Projects are in the title; in the column stand homes."""
    rows = [
        ["危房改造项目受益户名单", ""],
        ["户主", "所在"],
        ["覃小满", "双碾坝村3组"],
        ["骆青山", "双碾坝村5组"],
        ["万知秋", "白石沟村老碾房旁"],
    ]
    found = rules_at(grid(rows))
    assert [found.get((row, 2)) for row in (3, 4, 5)] == [("address",)] * 3
