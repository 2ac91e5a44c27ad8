"""A notice prints what its matter allows and nothing else."""

import json
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from detection import matters
from exporters import masks, notices
from exporters.gbt9704 import check
from models.kernel.errors import Refused, Unavailable
from tests.build import papers

# Invented; the check digit is right, the region code is not a real county's register.
ID = "520999198801011237"
CARD = "6217000000000000001"
PHONE = "13900000000"


def facts(rows: int = 5, **changes: Any) -> dict[str, Any]:
    return {
        "title": "白石沟镇2026年8月农村低保对象公示",
        "organ": "白石沟镇人民政府",
        "lead": "根据有关规定，经本人申请、村级评议、镇政府审核，现予公示。",
        "matter": "低保公示",
        "columns": ["序号", "姓名", "家庭住址", "身份证号", "所在村", "保障人口",
                    "月保障金额（元）", "开户账号", "联系电话"],
        "rows": [
            [n, f"覃小满{n}", "白石沟村3组12号", ID, "白石沟村3组", 2, 540 + n, CARD, PHONE]
            for n in range(1, rows + 1)
        ],
        "period": "2026年8月11日至8月17日",
        "contact": "镇民政和社会事务办公室，023-59900119",
        "date": "2026-08-11",
    } | changes  # fmt: skip


def test_only_whitelisted_columns_are_printed_and_the_others_are_named(tmp_path: Path) -> None:
    made = notices.make("公示", facts(), tmp_path / "a.docx")
    assert made.printed == ("序号", "姓名", "所在村", "保障人口", "月保障金额（元）")
    assert [d.split("：")[0] for d in made.dropped] == [
        "家庭住址",
        "身份证号",
        "开户账号",
        "联系电话",
    ]
    assert made.rows == 5
    text = papers.text(tmp_path / "a.docx")
    assert "覃小满1" in text
    for hidden in (ID, CARD, PHONE, "12号", "3组"):
        assert hidden not in text
        assert hidden.encode() not in (tmp_path / "a.docx").read_bytes()


@pytest.mark.parametrize(
    "name",
    ["身份证号", "身份证号码", "证件号码", "公民身份号码", "联系电话", "手机号", "银行卡号",
     "一卡通账号", "开户行", "出生日期", "年龄", "残疾证号", "健康状况", "致贫原因", "户口本号",
     "监护人", "家庭收入"],
)  # fmt: skip
def test_some_columns_no_matter_ever_prints(name: str) -> None:
    for matter in matters.matters():
        choice = matters.choose(matter, [name])
        assert choice.kept == ()
        assert choice.dropped[0][0] == name
        assert "一律不公示" in choice.dropped[0][1]


def test_a_column_nobody_named_is_dropped() -> None:
    matter = matters.find("涉农补贴")
    assert matter is not None
    choice = matters.choose(matter, ["户主姓名", "补贴金额（元）", "民族", "备注"])
    assert [place for place, _ in choice.kept] == [0, 1]
    assert [name for name, _ in choice.dropped] == ["民族", "备注"]


def test_every_matter_has_its_basis_and_a_name_column() -> None:
    assert {m.label for m in matters.matters()} >= {"低保公示", "涉农补贴", "临时救助", "危房改造"}
    for matter in matters.matters():
        assert matter.basis
        assert matters.find(matter.label) is matter
        assert any(column.mask == "name" for column in matter.columns)


@pytest.mark.parametrize(
    ("place", "value", "kind"),
    [
        (1, f"覃小满{ID}", "身份证"),
        (4, PHONE, "手机"),
        (6, CARD, "银行"),
        (1, " ".join(ID), "身份证"),
    ],
)
def test_a_number_hidden_in_an_allowed_column_is_refused(
    tmp_path: Path, place: int, value: str, kind: str
) -> None:
    given = facts()
    given["rows"][2][place] = value
    if place == 4:
        given["matter"], given["columns"][4] = "招录公示", "岗位"
    with pytest.raises(Refused) as caught:
        notices.make("公示", given, tmp_path / "a.docx")
    assert any("第3行" in r and kind in r for r in caught.value.reasons)
    assert all(value not in r for r in caught.value.reasons)
    assert not (tmp_path / "a.docx").exists()


def test_names_are_masked_when_asked(tmp_path: Path) -> None:
    notices.make("list", facts(rows=1, mask_names=True), tmp_path / "a.docx")
    text = papers.text(tmp_path / "a.docx")
    assert "覃***" in text
    assert "小满" not in text


@pytest.mark.parametrize(
    ("name", "masked"),
    [("覃小满", "覃**"), ("韦田", "韦*"), ("欧阳守田", "欧阳**"), ("欧阳", "欧*")],
)
def test_masked_names(name: str, masked: str) -> None:
    assert masks.masked_name(name) == masked


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("白石沟村3组12号", "白石沟村"),
        ("白石沟镇双碾坝村四组", "白石沟镇双碾坝村"),
        ("柏树垭社区", "柏树垭社区"),
        ("白石沟镇街上5号", "白石沟镇"),
        ("青冈坪3组", "青冈坪"),
    ],
)
def test_an_address_ends_at_the_village(address: str, shown: str) -> None:
    assert masks.village(address) == shown


def test_numbers_stand_right_and_the_head_is_repeated(tmp_path: Path) -> None:
    notices.make("公示", facts(rows=60), tmp_path / "a.docx")
    table = docx.Document(str(tmp_path / "a.docx")).tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    aligns = [c.paragraphs[0].alignment for c in table.rows[1].cells]
    assert aligns == [1, 1, 1, 2, 2]


def test_a_short_list_stands_in_the_text_a_long_one_is_an_attachment(tmp_path: Path) -> None:
    notices.make("公示", facts(rows=5), tmp_path / "a.docx")
    notices.make("公示", facts(rows=30), tmp_path / "b.docx")
    assert "附件" not in papers.text(tmp_path / "a.docx")
    assert "附件：最低生活保障对象名单" in papers.text(tmp_path / "b.docx")


def test_the_notice_keeps_the_layout_rules(tmp_path: Path) -> None:
    for rows in (3, 40):
        notices.make("公示", facts(rows=rows), tmp_path / "a.docx")
        wrong = [r for r in check(tmp_path / "a.docx") if r["result"] in {"fail", "warn"}]
        assert wrong == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": ""}, "标题"),
        ({"matter": "抽奖"}, "不认识事项"),
        ({"rows": []}, "名单"),
        ({"rows": [["1", "2"]]}, "第1行"),
        ({"date": "2026年08月11日"}, "成文日期"),
        ({"columns": None}, "列名"),
        ({"lead": f"受理人证件{ID}"}, "正文"),
        ({"period": {"from": "x"}}, "公示期"),
        ({"columns": ["身份证号", "电话"], "rows": [["1", "2"]]}, "没有"),
    ],
)
def test_facts_that_will_not_do_are_refused(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused) as caught:
        notices.make("公示", facts() | change, tmp_path / "a.docx")
    assert any(said in reason for reason in caught.value.reasons)
    assert all(reason.endswith("。") for reason in caught.value.reasons)


def test_all_reasons_come_at_once() -> None:
    with pytest.raises(Refused) as caught:
        notices.facts({})
    assert len(caught.value.reasons) >= 9


def test_an_unknown_kind_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        notices.make("公告", facts(), tmp_path / "a.docx")
    assert "公示（list）" in caught.value.reasons[0]


def test_facts_survive_json(tmp_path: Path) -> None:
    assert notices.facts(json.loads(json.dumps(facts()))).date == "2026年8月11日"


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as caught:
        notices.make("公示", facts(), tmp_path / "无" / "a.docx")
    assert "文件夹不存在" in caught.value.why
