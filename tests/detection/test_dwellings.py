"""Homes in running text: what a run is, and why one is a home."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection import load, scan
from detection.dwellings import DWELLING, SIGNS, candidates, told, weigh
from detection.finding import Finding
from detection.place_runs import runs
from formats.reading import Kind, Part, Place, Reading, Segment
from tests.labelled.told import unmarked


def _homes(text: str) -> list[Finding]:
    segment = Segment(Place(Part.BODY, paragraph=1), text)
    found = scan(Reading(Kind.TXT, (segment,)), load())
    return [one for one in found if one.rule == DWELLING]


def _runs(text: str) -> list[str]:
    return [text[run.start : run.end] for run in runs(text, 0, len(text), [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("家住王家湾3组", ["王家湾3组"]),
        ("住在锦川县(白石沟镇)双碾坝村", ["锦川县(白石沟镇)双碾坝村"]),
        ("住在变电所对面新盖的两层小楼", ["变电所对面新盖的两层小楼"]),
        ("住鱼塘边的看护棚", ["鱼塘边的看护棚"]),
        ("住职工住宅区47栋2号", ["职工住宅区47栋2号"]),
        ("住农贸市场24号摊位", ["农贸市场24号摊位"]),
        ("住民族路38号附7号", ["民族路38号附7号"]),
        ("住青峰镇茶园村6组", ["青峰镇茶园村6组"]),
        ("住新建路18号", ["新建路18号"]),
        ("住彭坪土家族苗族自治县双江镇", ["彭坪土家族苗族自治县双江镇"]),
        ("住石坝社区抽水站旁", ["石坝社区抽水站旁"]),
        ("住××县××村××组", []),
        ("住院治疗", []),
    ],
)
def test_a_run_is_the_whole_of_a_place(text: str, expected: list[str]) -> None:
    assert _runs(text) == expected


def test_a_find_says_why() -> None:
    (found,) = _homes("村民覃小满租住在滨江花园9幢3单元638室。")
    assert found.text == "滨江花园9幢3单元638室"
    assert "前面写着“租住在”" in found.reason
    assert "门牌" in found.reason
    assert "覃小满" not in found.reason
    assert 0.6 <= found.certainty <= 0.95


def test_a_village_alone_may_be_public() -> None:
    assert not _homes("覃小满，住白石沟村")
    assert _homes("覃小满，住白石沟村3组")


def test_beside_whom_one_lives_says_nothing_of_where() -> None:
    assert not _homes("覃小满与隔壁的骆青山共用一条水渠。")
    assert _homes("覃小满住在老碾房隔壁的瓦房里。")


def test_who_lives_there_makes_it_a_home() -> None:
    assert _homes("慰问品送到白石沟镇双碾坝村3组12号覃小满家中。")
    assert not _homes("项目位于白石沟镇双碾坝村3组，由镇建设办实施。")


def test_a_home_at_the_end_of_a_line_without_end() -> None:
    text = "全镇各村按时完成排查，情况良好。" * 5000 + "覃小满家住白石沟镇双碾坝村3组12号。"
    assert [one.text for one in _homes(text)] == ["白石沟镇双碾坝村3组12号"]


def test_only_lines_that_tell_of_somebody_are_looked_at() -> None:
    text = "双碾坝村3组道路硬化\n家住双碾坝村3组"
    signs = {sign: [text.index(sign)] for sign in SIGNS if sign in text}
    found = list(candidates(text, told(text, signs), []))
    assert [run.start for run in found] == [text.rindex("双碾坝")]


_WORDS = st.lists(
    st.sampled_from(
        [
            "住",
            "家",
            "村",
            "3组",
            "号",
            "12",
            "旁",
            "的",
            "(",
            ")",
            "，",
            "白石",
            "那",
            "栋",
            "。",
            "\n",
        ]
    ),
    max_size=40,
).map("".join)


@given(_WORDS)
def test_runs_lie_in_the_line_in_order_and_apart(text: str) -> None:
    found = list(runs(text, 0, len(text), []))
    assert all(0 <= run.start < run.end <= len(text) for run in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(isinstance(weigh(run.features), int) for run in found)


def test_marks_of_a_told_line_are_taken_off() -> None:
    line = unmarked("⟦n:覃小满⟧住⟦h:双碾坝村3组⟧。")
    assert line.text == "覃小满住双碾坝村3组。"
    assert [line.text[a:b] for a, b in line.homes] == ["双碾坝村3组"]
    assert [line.text[a:b] for a, b in line.names] == ["覃小满"]
