"""Titles of documents as offices write them, and masks."""

import pytest

from detection import masks
from detection.visible import title_of
from formats.reading import Kind, Part, Place, Reading, Segment
from tests.detection.examples import lines


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "000123\n特急\n白石沟镇人民政府文件\n白石沟府发〔2026〕19号\n"
            "白石沟镇人民政府\n关于做好防汛工作的通知\n各村：",
            "关于做好防汛工作的通知",
        ),
        (
            "白石沟镇人民政府关于印发《农村公路\n养护管理办法》的通知\n各村：",
            "白石沟镇人民政府关于印发《农村公路养护管理办法》的通知",
        ),
        ("关 于 停 水 的 公 告\n因检修停水。", "关于停水的公告"),
        ("附件1\n低保对象名单\n序号", "低保对象名单"),
        ("办法（征求意见稿）\n第一条", "办法（征求意见稿）"),
        ("停水了\n明天停水一天。", "停水公告"),
        ("明天停水一天，请互相转告。\n谢谢。", "停水公告"),
        ("", "停水公告"),
        ("13800138000的情况说明", "***********的情况说明"),
    ],
)
def test_titles(text: str, title: str) -> None:
    name = Segment(Place(Part.NAME), "停水公告.txt")
    segments = (name, *lines(text).segments) if text else (name,)
    assert title_of(Reading(Kind.TXT, segments)) == title


def test_the_head_of_a_column_is_no_title() -> None:
    cells = [
        Segment(Place(Part.CELL, sheet="表一", cell=f"{c}{r}", row=r, column=n), text)
        for r, row in enumerate((("序号", "户主姓名"), ("1", "覃小满")), 1)
        for n, (c, text) in enumerate(zip("AB", row, strict=True), 1)
    ]
    name = Segment(Place(Part.NAME), "补贴发放表.xlsx")
    assert title_of(Reading(Kind.XLSX, (name, *cells))) == "补贴发放表"
    lone = Segment(Place(Part.CELL, sheet="表一", cell="A1", row=1, column=1), "石梁镇补贴情况")
    moved = [s._replace(place=s.place._replace(row=(s.place.row or 0) + 1)) for s in cells]
    assert title_of(Reading(Kind.XLSX, (name, lone, *moved))) == "石梁镇补贴情况"


@pytest.mark.parametrize(
    ("kind", "text", "masked"),
    [
        ("id", "500114199003070016", "50*************016"),
        ("id", "500114 19900307 0016", "50*************016"),
        ("id", "５００１１４１９９００３０７００１６", "50*************016"),
        ("id", "5001", "5***"),
        ("phone", "13800138000", "138****8000"),
        ("phone", "+86 138-0013-8000", "138****8000"),
        ("landline", "023-48612345", "023******45"),
        ("landline", "0825-5123456", "0825*****56"),
        ("landline", "48612345", "4*****45"),
        ("account", "6217000010001234569", "***************4569"),
        ("plate", "渝A·12345", "渝A****5"),
        ("email", "qinxiaoman@qq.com", "q***@qq.com"),
        ("name", "覃小满", "覃**"),
        ("address", "白石沟镇白石沟村3组12号", "白石沟镇白石沟村***"),
        ("address", "滨江路12号", "***"),
        ("word", "尿毒症", "***"),
        ("delete", "全部", ""),
        ("keep", "征求意见稿", "征求意见稿"),
    ],
)
def test_masks(kind: str, text: str, masked: str) -> None:
    assert masks.masked(kind, text) == masked


def test_every_mask_leaves_at_most_half() -> None:
    for kind in set(masks.MASKS) - {"keep", "email", "address"}:
        shown = masks.masked(kind, "12345678901")
        assert sum(c.isdigit() for c in shown) <= 7


def test_a_long_excerpt_is_cut_to_one_line() -> None:
    assert masks.safe("甲\n" * 100).endswith("…")
    assert "\n" not in masks.safe("甲\n乙")
    assert masks.safe("编号1234567") == "编号*******"
