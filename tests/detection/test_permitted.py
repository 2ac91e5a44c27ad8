"""A chosen matter judges the columns of a list: may stay, with the reason; else to be deleted."""

import pytest

from detection import Severity, load, scan
from detection.finding import Finding
from detection.matters import choose, find, matters
from formats.reading import Part
from tests.detection.examples import grid, lines

TABLE = [
    ["白石沟镇2026年低保对象名单"],
    ["序号", "姓名", "村（社区）", "身份证号", "致贫原因", "备注", "月保障金额"],
    ["1", "覃小满", "白石沟村", "500114199003070016", "因病", "党员", "640"],
    ["2", "骆青山", "双碾坝村", "500114196512310029", "缺劳力", "", "320"],
]


def judged(part: Part = Part.CELL, matter: str = "低保公示") -> dict[str, Finding]:
    return {f.text: f for f in scan(grid(TABLE, part), load(), matter=find(matter))}


@pytest.mark.parametrize("part", [Part.CELL, Part.TABLE])
def test_a_permitted_column_is_a_note_with_the_reason(part: Part) -> None:
    found = judged(part)["覃小满"]
    assert found.severity is Severity.NOTE
    assert "低保公示" in found.reason
    assert "社会救助暂行办法" in found.reason


@pytest.mark.parametrize("part", [Part.CELL, Part.TABLE])
def test_every_other_column_is_to_be_deleted_cell_by_cell(part: Part) -> None:
    found = judged(part)
    for text in ("备注", "党员", "致贫原因", "因病", "缺劳力"):
        assert found[text].severity is Severity.ASK, text
        assert found[text].suggest == "", text
        assert "请删去" in found[text].reason, text
    assert found["备注"].rule == "outside-matter"
    assert found["因病"].rule == "family-fact"


def test_what_must_be_hidden_stays_so() -> None:
    found = judged()
    assert found["500114199003070016"].severity is Severity.HIDE
    assert found["身份证号"].severity is Severity.ASK


def test_columns_that_hold_no_one_and_titles_are_left_alone() -> None:
    found = judged()
    assert not {"白石沟镇2026年低保对象名单", "白石沟村", "640", "1"} & set(found)


def test_without_a_matter_or_for_another_kind_of_table_nothing_changes() -> None:
    assert {f.rule for f in scan(grid(TABLE), load())}.isdisjoint({"outside-matter"})
    other = grid([["科目", "预算数"], ["行政运行", "120"]])
    assert scan(other, load(), matter=find("低保公示")) == ()


def test_every_matter_of_the_directories_is_there() -> None:
    known = {m.label for m in matters()}
    assert known >= {
        "低保公示", "特困供养公示", "临时救助", "医疗救助", "涉农补贴", "村务公开", "宅基地审批",
        "征地补偿", "行政处罚公示", "招录公示", "危房改造", "保障性住房", "救灾款物",
    }  # fmt: skip
    for matter in matters():
        assert matter.basis, matter.label
        for name in ("身份证号", "联系电话", "银行账号", "家庭住址", "残疾类别", "出生日期"):
            assert not choose(matter, [name]).kept, (matter.label, name)


TEXT = """2026年低保对象名单
序号  姓名  村（社区）  致贫原因  月保障金额
1.  覃小满  白石沟村  因病  640
2.  骆青山  双碾坝村  缺劳力  320
3.  万知秋  双碾坝村  因残  320"""


@pytest.mark.parametrize("gap", ["  ", "\t", "　"])
def test_a_list_written_as_text_is_judged_by_its_columns_too(gap: str) -> None:
    reading = lines(TEXT.replace("  ", gap))
    found = {f.text: f for f in scan(reading, load(), matter=find("低保公示"))}
    assert found["覃小满"].severity is Severity.NOTE
    assert "低保公示" in found["覃小满"].reason
    for text in ("致贫原因", "因病", "缺劳力"):
        assert found[text].severity is Severity.ASK, text
        assert "致贫原因" in found[text].reason, text
    assert not {"白石沟村", "640"} & set(found)
    assert found.keys() >= {"骆青山", "万知秋"}
