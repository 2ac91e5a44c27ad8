"""Masks that can be undone, in tables and over whole files."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from detection import load, scan
from detection.orders import MASKED_NAME
from detection.undone import _masked_names
from formats.reading import Kind, Part, Place, Reading, Segment
from tests.detection.examples import grid, lines

RULES = {
    "mask-few-digits",
    "mask-beside-birth",
    "mask-elsewhere-whole",
    "mask-by-formula",
    "mask-on-top",
    "order-joined",
}
HEAD = ["姓名", "身份证号"]
NAMES = ("覃小满", "骆青山", "万知秋", "岑怀远", "闻一舟", "欧阳青禾")


def undone(reading: Reading) -> list[tuple[str, str]]:
    return [(f.rule, f.text) for f in scan(reading, load()) if f.rule in RULES]


def test_six_and_four_beside_a_birth_date_or_an_age() -> None:
    masked = "500114********0016"
    for head, value in (("出生日期", "1990-03-07"), ("出生年月", "1990年3月"), ("年龄", "36")):
        table = [[*HEAD, head], ["覃**", masked, value]]
        assert undone(grid(table)) == [("mask-beside-birth", masked)], head
        assert undone(grid(table, Part.TABLE)) == [("mask-beside-birth", masked)], head
    assert undone(grid([[*HEAD, "金额"], ["覃**", masked, "36"]])) == []
    assert undone(grid([[*HEAD, "年龄"], ["覃**", "50*************016", "36"]])) == []


def test_another_row_has_the_birth_date() -> None:
    table = [[*HEAD, "出生日期"], ["覃**", "500114********0016", ""], ["骆**", "", "1990-03-07"]]
    assert undone(grid(table)) == []


def test_masked_in_the_list_and_whole_in_the_text() -> None:
    body = Segment(Place(Part.BODY, paragraph=1), "经入户核查，村民覃小满反映的情况属实。")
    table = grid([["姓名", "电话"], ["覃**", "138****8000"], ["骆**", "139****9000"]]).segments
    assert undone(Reading(Kind.DOCX, (body, *table))) == [("mask-elsewhere-whole", "覃**")]
    call = Segment(Place(Part.BODY, paragraph=2), "手机13800138000")
    assert undone(Reading(Kind.DOCX, (call, *table))) == [("mask-elsewhere-whole", "138****8000")]


def test_several_may_be_meant() -> None:
    text = "村民覃小满反映情况。村民覃大满反映情况。\n补助对象覃**"
    assert undone(lines(text)) == []


def joined(names: Sequence[str], masked: Sequence[str]) -> Reading:
    one = grid([["姓名", "金额"], *([n, str(90 + i)] for i, n in enumerate(names))])
    two = grid([["姓名", "病种"], *([m, "高血压"] for m in masked)])
    moved = (s._replace(place=s.place._replace(sheet="公示")) for s in two.segments)
    return Reading(Kind.XLSX, (*one.segments, *moved))


def test_two_lists_in_the_same_order() -> None:
    masked = [("欧阳" if n.startswith("欧阳") else n[0]) + "**" for n in NAMES]
    ordered = [r for r, _ in undone(joined(NAMES, masked))]
    assert ordered.count("order-joined") == 1
    shuffled = [*masked[3:], *masked[:3]]
    assert "order-joined" not in [r for r, _ in undone(joined(NAMES, shuffled))]


def test_what_is_hidden_is_told_once_a_column() -> None:
    places = [
        Place(Part.HIDDEN_COLUMN, sheet="名单", row=n, column=2, cell=f"B{n}") for n in range(1, 9)
    ]
    segments = tuple(Segment(p, "500114199003070016", visible=False) for p in places)
    assert [r for r, _ in undone(Reading(Kind.XLSX, segments))] == ["mask-on-top"]


def test_a_good_mask_is_left_alone() -> None:
    table = [
        ["姓名", "身份证号", "电话", "账号"],
        ["覃**", "50*************016", "138****8000", "***********4563"],
    ]
    assert undone(grid(table)) == []


@given(st.text("张欧阳某*×○xX甲 ", max_size=30))
def test_masked_names_are_found_as_a_search_finds_them(text: str) -> None:
    assert [m.span() for m in _masked_names(text)] == [m.span() for m in MASKED_NAME.finditer(text)]
