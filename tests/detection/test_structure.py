"""Checks over a whole document: annexes, numbers of headings, pairs of marks, dates, kinds."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection import BadRule, Finding, load, scan
from formats.reading import Kind, Part, Place, Reading, Segment
from tests.detection.examples import grid, lines

_WEEK = "一二三四五六日"


def found(reading: Reading, rule: str) -> list[Finding]:
    return [f for f in scan(reading, load()) if f.rule == rule]


def texts(text: str, rule: str) -> list[str]:
    return [f.text for f in found(lines(text), rule)]


# Dates


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.integers(0, 6))
def test_a_weekday_is_doubted_exactly_where_it_is_another(day: date, weekday: int) -> None:
    text = f"定于{day.year}年{day.month}月{day.day}日（星期{_WEEK[weekday]}）召开会议。"
    assert bool(texts(text, "contradicting-date")) is (day.weekday() != weekday)


@given(st.integers(1990, 2060), st.integers(0, 19), st.integers(0, 40))
def test_a_day_is_doubted_exactly_where_the_calendar_lacks_it(
    year: int, month: int, day: int
) -> None:
    try:
        date(year, month, day)
        there = True
    except ValueError:
        there = False
    assert bool(texts(f"于{year}年{month}月{day}日印发", "impossible-date")) is not there


@given(st.dates(date(1990, 1, 1), date(2059, 12, 31)), st.integers(-400, 400))
def test_a_period_is_doubted_exactly_where_it_ends_before_it_begins(first: date, days: int) -> None:
    last = first + timedelta(days)
    text = (
        f"公示期为{first.year}年{first.month}月{first.day}日至"
        f"{last.year}年{last.month}月{last.day}日。"
    )
    assert bool(texts(text, "contradicting-date")) is (last < first)


def test_a_date_of_another_year_than_the_number() -> None:
    head = "白石府发〔2026〕3号\n关于报送情况的通知\n各村：\n"
    doubted = found(lines(head + "白石沟镇人民政府\n2025年3月1日"), "date-of-other-year")
    assert [f.text for f in doubted] == ["2025年3月1日"]
    assert "2026 年" in doubted[0].reason
    # The paper that is passed on has its own number and its own date.
    passed_on = head + "白石沟镇人民政府\n2026年3月1日\n县府发〔2025〕9号\n2025年12月1日"
    assert not found(lines(passed_on), "date-of-other-year")


# Annexes


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("通知\n详见附件3。\n附件1\n甲\n附件2\n乙", ["附件3"]),
        ("通知\n附件：甲表\n镇政府\n2026年3月1日", ["甲表"]),
        ("通知\n附件：1.甲表\n　　　2.乙表\n镇政府\n附件1\n甲表", ["乙表"]),
        ("通知\n附件1\n甲\n附件4\n丁", ["附件4", "附件4"]),
        ("通知\n附件：1.甲表\n2.乙表\n镇政府\n附件1\n甲表\n附件2\n乙表", []),
        ("通知\n附件：甲表\n镇政府\n附件\n甲表", []),
        ("通知\n详见附件一。\n附件一\n甲", []),
        ("请在系统中上传附件。", []),
        ("附件大小不超过10MB。", []),
        ("根据《县政府通知》附件2的规定", []),
    ],
)
def test_annexes_that_are_not_there(text: str, doubts: list[str]) -> None:
    assert texts(text, "missing-attachment") == doubts


def test_an_annex_that_lies_in_the_same_archive_is_there() -> None:
    text = lines("通知\n附件：甲表").segments
    other = Segment(Place(Part.NAME, member="附件 甲表.xlsx"), "附件 甲表.xlsx")
    assert not found(Reading(Kind.ZIP, (*text, other)), "missing-attachment")


# Numbers of headings


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("一、甲\n二、乙\n四、丁", ["四、"]),
        ("一、甲\n（一）子\n（二）丑\n（四）卯\n二、乙", ["（四）"]),
        ("一、甲\n（一）子\n（二）丑\n二、乙\n（一）子", []),
        ("一、甲\n二、乙\n一、又一篇\n二、乙", []),
        ("二、接上页\n四、不知道", []),
        ("目录\n一、甲\n三、丙", []),
        ("一、甲\n九、不是标题而是引用", []),
        ("十、甲\n十一、乙\n十三、丁", []),
    ],
)
def test_numbers_that_are_left_out(text: str, doubts: list[str]) -> None:
    assert texts(text, "numbering-gap") == doubts


@given(st.integers(2, 30), st.integers(1, 30))
def test_an_unbroken_count_is_never_doubted(last: int, restart: int) -> None:
    def han(n: int) -> str:
        tens, ones = divmod(n, 10)
        digits = " 一二三四五六七八九"
        return ((digits[tens] if tens > 1 else "") + "十" if tens else "") + digits[ones].strip()

    text = "\n".join(f"{han(n)}、要求" for n in (*range(1, last), *range(1, restart)))
    assert texts(text, "numbering-gap") == []


# Pairs of marks


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("根据《甲办法和《乙办法》的规定", ["《"]),
        ("根据甲办法》的规定", ["》"]),
        ("请于月底前报送（联系人：覃小满）。）", ["）"]),
        ("“甲“乙”", ["“"]),
        ("（一）甲；（二）乙", []),
        ("1）甲；2）乙；a)丙", []),
        ("一）甲", []),
        ("《甲〈乙〉丙》", []),
        ("“第一段\n“第二段”", []),
        ("根据《某某\n办法》的规定", []),
        ("（甲【乙】丙)", []),
    ],
)
def test_marks_without_a_partner(text: str, doubts: list[str]) -> None:
    assert texts(text, "unpaired-mark") == doubts


def test_a_cell_is_a_text_of_its_own() -> None:
    doubted = found(grid([["（甲", "乙）"], ["（丙）", "丁"]]), "unpaired-mark")
    assert [f.text for f in doubted] == ["（", "）"]


# Kinds


MINUTES = "防汛调度\n时间：2026年6月1日\n地点：镇政府三楼\n主持：覃小满\n出席：各村书记\n会议强调……"
REQUEST = (
    "关于解决资金的情况\n县人民政府：\n因水毁严重，需资金十万元。\n妥否，请批示。\n白石沟镇人民政府"
)
DUTY = [["日期", "带班领导", "值班人员", "电话"], ["9月1日", "覃小满", "黎大山", "48612345"]]
CASE = "登记表\n案由：违法占地\n案件来源：巡查发现\n当事人：覃小满\n承办人意见：建议立案"


@pytest.mark.parametrize(
    ("reading", "says"),
    [
        (lines(MINUTES), "会议纪要"),
        (lines(REQUEST), "请示"),
        (grid(DUTY), "值班表"),
        (lines(CASE), "案卷"),
    ],
)
def test_kinds_told_by_their_structure(reading: Reading, says: str) -> None:
    doubted = found(reading, "not-for-release-kind")
    assert any(says in f.reason for f in doubted)
    assert all(f.basis.startswith("条例第十六条") for f in doubted)


@pytest.mark.parametrize(
    "text",
    [
        "关于请示报告制度的通知\n各村：\n重大事项应当请示报告。\n白石沟镇人民政府",
        "镇政府召开防汛会议\n6月1日，白石沟镇召开防汛会议，镇长主持会议。\n会议要求各村加强值守。",
        "关于召开村民代表会议的公告\n时间：6月1日\n地点：村委会\n主持人：覃小满\n出席人员：村民代表",
        "关于做好值班工作的通知\n各村：\n要严格执行领导带班制度。\n白石沟镇人民政府",
        "信访事项办理流程\n信访人可以查询办理情况。\n白石沟镇人民政府",
        "行政处罚决定书\n当事人：白石沟某商店\n案由：销售过期食品\n决定：罚款。",
    ],
)
def test_what_only_speaks_of_such_a_kind(text: str) -> None:
    assert found(lines(text), "not-for-release-kind") == []


# Leaders

LEADERS = """[leaders]
"镇党委书记" = ["覃小满"]
"镇长" = ["黎大山", "欧阳春"]
"副镇长" = "石文明"
"""


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("镇长黎大杉主持会议。", ["黎大杉"]),
        ("镇党委书记谭小满、镇长欧阳春出席。", ["谭小满"]),
        ("会上，黎小山镇长强调。", ["黎小山"]),
        ("副镇长黎大山同志带队。", ["黎大山"]),
        ("镇长黎大山主持会议，镇长：欧阳春。", []),
        ("黎大山镇长强调，副镇长石文明到会。", []),
        ("镇长高度重视，镇长办公会议定。", []),
        ("原镇长王有才已退休。", []),
        ("镇长和副镇长分别带队。", []),
        ("镇长向大家表示慰问，镇长于月底到村。", []),
    ],
)
def test_a_leader_who_is_not_on_the_list_of_the_office(
    text: str, doubts: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "leaders.toml"
    path.write_text(LEADERS, encoding="utf-8")
    doubted = [f for f in scan(lines(text), load((path,))) if f.rule == "unlisted-leader"]
    assert [f.text for f in doubted] == doubts


def test_without_a_list_nobody_is_doubted() -> None:
    assert not found(lines("镇长黎大杉主持会议。"), "unlisted-leader")


@pytest.mark.parametrize(
    "text", ["leaders = 3", '[leaders]\n"镇长" = 3', '[leaders]\n"长" = ["覃小满"]']
)
def test_a_list_in_bad_form_is_refused_with_a_sentence(text: str, tmp_path: Path) -> None:
    path = tmp_path / "leaders.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadRule, match="领导名单"):
        load((path,))
