"""Names are weighed where they stand: the right characters, and none of a common word."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection import load, scan
from detection.evidence import NONE, Role, after, before
from detection.linking import PERSON
from detection.naming import mentions
from detection.normal import normalise
from detection.told import told
from formats.reading import Kind, Part, Place, Reading, Segment


def best(text: str) -> str:
    """The name of the highest sum in `text`."""
    return max(mentions(normalise(text).text), key=lambda m: m.score).text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("村民覃小满反映", "覃小满"),
        ("村民覃波反映", "覃波"),
        ("调解员劝说骆青山退还押金", "骆青山"),
        ("与邻居罗德贵家存在纠纷", "罗德贵"),
        ("司马长青与邻居争执", "司马长青"),
        ("申请人欧阳青禾", "欧阳青禾"),
        ("阿依古丽·买买提带着孩子", "阿依古丽·买买提"),
        ("次仁卓玛,女,藏族", "次仁卓玛"),
        ("麦麦提租住在镇上", "麦麦提"),
        ("把闻一舟列为监测户", "闻一舟"),
        ("签名：骆　山", "骆 山"),
        ("由其女覃　青代为到会", "覃 青"),
        ("低保户左云自行拆除", "左云"),
    ],
)
def test_the_name_and_nothing_else(text: str, name: str) -> None:
    assert best(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "高度重视安全生产工作，严格落实主体责任。",
        "张家坝村、李子坪村、王家沟社区完成排查。",
        "应当公开的信息，由镇党政办公室负责公布。",
        "平安建设、文明创建、双拥工作稳步推进。",
        "马铃薯、高粱、黄豆、花椒等作物长势良好。",
        "以习近平新时代中国特色社会主义思想为指导。",
        "易地搬迁安置点配套建设幼儿园1所。",
        "证人和与案件有关的人，可以向国家机关申请，但延长期限不得超过三十日。",
        "依照《中华人民共和国国家赔偿法》的有关规定。",
    ],
)
def test_common_words_are_no_names(text: str) -> None:
    assert [m.text for m in mentions(normalise(text).text) if m.score >= 0] == []


def test_words_beside_a_name_say_whom_they_mean() -> None:
    assert before("村民覃", 2).role is Role.PRIVATE
    assert before("申请人:覃", 4).says == "申请人"
    assert before("副镇长覃", 3).says == "副镇长"
    assert before("对 覃", 2) is NONE
    assert before("覃", 0) is NONE
    assert after("满,男,1960年", 1).says == "性别"
    assert after("满(镇党委书记)", 1).role is Role.OFFICIAL
    assert after("满今年七十三岁", 1).says == "年龄"
    assert after("满村", 1).role is Role.PLACE
    assert after("满", 1) is NONE


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("参会：骆　山、覃　青、向小满", ["骆　山", "覃　青", "向小满"]),
        (
            "群众代表（按印）：骆青山　覃小满　冉德贵　谭秀兰",
            ["骆青山", "覃小满", "冉德贵", "谭秀兰"],
        ),
        ("户主骆青山，妻左云，长子骆小满在外务工", ["骆青山", "左云", "骆小满"]),
        ("填表人骆青山，填表时间2024年3月1日", ["骆青山"]),
        ("会计骆青山、出纳覃小满账目不符", ["骆青山", "覃小满"]),
        ("原村主任骆青山因病请辞", ["骆青山"]),
        ("骆青山老师去年已经退休", ["骆青山"]),
        ("联系人：骆青山；与户主关系：女儿", ["骆青山"]),
        ("村主任骆青山主持会议", []),
        ("联系人：骆青山，电话：0743-8225566", []),
        ("特困供养人员花名册，由姑姑代养，父母均在外省", []),
        ("姓　名　性　别　单　位　合　计", []),
    ],
)
def test_roles_of_a_village_are_told_from_offices(text: str, names: list[str]) -> None:
    reading = Reading(Kind.TXT, (Segment(Place(Part.BODY, paragraph=1), text),))
    assert [f.text for f in scan(reading, load()) if f.rule == PERSON] == names


_SURNAMES, _GIVEN = "覃骆谭冉彭向", "秀兰德贵明珍国芳"
_LEFT = ("村民", "申请人：", "其妻", "低保户", "\u200b村民\u200b", "对 村民")
_RIGHT = ("，男，1960年生。", "反映道路中断。", "因病住院。", "家中失火。", "（62岁）")


@given(
    st.sampled_from(_LEFT),
    st.sampled_from(_SURNAMES),
    st.text(_GIVEN, min_size=2, max_size=2),
    st.sampled_from(_RIGHT),
    st.sampled_from(("", "经查，", "\u3000\u3000一、", "ａ\u200d")),
)
def test_a_span_always_yields_the_name_in_the_raw_text(
    left: str, surname: str, given_name: str, right: str, head: str
) -> None:
    name = surname + given_name
    text = head + left + name + right
    reading = Reading(Kind.TXT, (Segment(Place(Part.BODY, paragraph=1), text),))
    found = [f for f in scan(reading, load()) if f.rule == PERSON]
    assert [text[slice(*f.span)] for f in found] == [name]
    assert found[0].text == name


@given(st.text("覃小满村民对和、，镇长主任 \0\n·0男女组12岁", max_size=60))
def test_mentions_never_overlap_and_lie_in_the_text(text: str) -> None:
    last = 0
    for one in mentions(text):
        assert one.start >= last
        assert text[one.start : one.end] == one.text
        last = one.end


@given(st.text("男女,( 。公民身份证1385岁周甲", max_size=40))
def test_what_is_said_of_people_is_found_with_the_marks_before_it(text: str) -> None:
    plain = re.compile(
        "[,( ]{0,2}(?:[男女][,、)。; ]|[1-9][0-9]{0,2}周{0,1}岁|(?:公民){0,1}身份证"
        "|1[3-9][0-9]{9}(?![0-9]))"
    )
    # No name ends in a digit.
    ends = [m.start() for m in plain.finditer(text) if not text[: m.start()][-1:].isdigit()]
    assert [end for end in told(text) if not text[:end][-1:].isdigit()] == ends
