"""Names are weighed where they stand: the right characters, and none of a common word."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection import load, scan
from detection.evidence import NONE, Role, after, before
from detection.finding import Finding
from detection.linking import PERSON
from detection.naming import Mention, candidates, mentions, sight, weigh
from detection.normal import normalise
from detection.told import told
from detection.weights import learned
from formats.reading import Kind, Part, Place, Reading, Segment
from tests.detection.examples import signs_of


def named(text: str) -> Iterator[Mention]:
    """What may be a name in the normalised `text`."""
    return mentions(text, signs_of(text))


def persons(*lines: str) -> list[Finding]:
    """Whom the rules find, a paragraph a line."""
    segments = tuple(Segment(Place(Part.BODY, paragraph=n), t) for n, t in enumerate(lines, 1))
    found = scan(Reading(Kind.TXT, segments), load())
    return [finding for finding in found if finding.rule == PERSON]


def best(text: str) -> str:
    """The name of the highest sum in `text`."""
    return max(named(normalise(text).text), key=lambda m: m.score).text


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
        # Surnames too rare to be counted, and more of two characters.
        ("据菅小满反映", "菅小满"),
        ("粘秀兰家中失火", "粘秀兰"),
        ("欠檀德贵工钱", "檀德贵"),
        ("户主寸明珍", "寸明珍"),
        ("单于秀兰与邻居争执", "单于秀兰"),
    ],
)
def test_the_name_and_nothing_else(text: str, name: str) -> None:
    assert best(text) == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("库尔班江·艾则孜领走了两袋化肥。", ["库尔班江·艾则孜"]),
        ("由安德烈·伊万诺夫代签。", ["安德烈·伊万诺夫"]),
        ("益西卓嘎和达瓦是邻居。", ["益西卓嘎", "达瓦"]),
        ("吉克伍呷把羊赶回了村里。", ["吉克伍呷"]),
        ("乌日娜、宝音两户因界限争吵。", ["乌日娜", "宝音"]),
        ("马尤素、韩保罗两人到场。", ["马尤素", "韩保罗"]),
        ("感谢扎西顿珠送来奶渣。", ["扎西顿珠"]),
        # A flower, a tent, a district; 卫生 and 订单; what is no transliteration.
        ("路旁种了格桑花，帐篷外挂着达瓦灯。", []),
        ("金大卫生院的订单增加了。", []),
        ("专栏：脱贫攻坚·乡村振兴；世外桃源·水墨田园。", []),
    ],
)
def test_names_of_other_peoples_are_known_by_their_parts(text: str, names: list[str]) -> None:
    assert [f.text for f in persons(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "高度重视安全生产工作，严格落实主体责任。",
        "张家坝村、李子坪村、王家沟社区完成排查。",
        "应当公开的信息，由镇党政办公室负责公布。",
        "平安建设、文明创建、双拥工作稳步推进。",
        "马铃薯、高粱、黄豆、花椒等作物长势良好。",
        "以习近平新时代中国特色社会主义思想为指导。",
        "西门3号楼、南宫1号院已经完成改造。",
        "易地搬迁安置点配套建设幼儿园1所。",
        "证人和与案件有关的人，可以向国家机关申请，但延长期限不得超过三十日。",
        "依照《中华人民共和国国家赔偿法》的有关规定。",
    ],
)
def test_common_words_are_no_names(text: str) -> None:
    assert [m.text for m in named(normalise(text).text) if m.score >= 0] == []


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


def test_what_bears_a_number_on_its_door_is_a_place() -> None:
    assert after("南门口71号", 3).role is Role.PLACE
    assert after("金桂苑一期", 3).role is Role.PLACE
    assert after("骆青山3号到县医院", 3).role is not Role.PLACE


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
    assert [f.text for f in persons(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # What one lives by or what befell one, as an attribute.
        ("卖豆腐的常克贵最先看见。", ["常克贵"]),
        ("退伍的康连山报了名。", ["康连山"]),
        # His own house, a pronoun, a relation, a livelihood.
        ("经查，常智将自家院墙外移半米。", ["常智"]),
        ("邻桌是石堂，他家住得远。", ["石堂"]),
        ("纪兰与施工员系叔侄关系。", ["纪兰"]),
        ("牛根在菜场东头卖豆腐。", ["牛根"]),
        # Who they are together, what befell them, whose kin they are.
        ("家里只剩路庆财老两口。", ["路庆财"]),
        ("石堂透析三年。", ["石堂"]),
        ("罗河的小儿子在外。", ["罗河"]),
        # The ledger, the chat, the register at the door.
        ("初八，退骆兰押金20元。", ["骆兰"]),
        ("罗河09:41收到", ["罗河"]),
        ("手机13700000001纪兰", ["纪兰"]),
        ("未到：于财（请假）、石堂（外出务工）。", ["于财", "石堂"]),
        ("第三行“季波”应为“洪花”。", ["季波", "洪花"]),
        ("乙方（受让方）：安子栓。", ["安子栓"]),
        ("紧急联系人骆青山，+86-13700000001。", ["骆青山"]),
        # Of village offices and firms too, who is no more in them or is told by where he lives.
        ("村医骆青山退休后仍给人看病。", ["骆青山"]),
        ("安全员骆青山擅离岗位。", ["骆青山"]),
        ("楼道长改由三楼的骆青山担任。", ["骆青山"]),
    ],
)
def test_what_is_said_of_people_alone_names_them(text: str, names: list[str]) -> None:
    assert [f.text for f in persons(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "白桦店村、官舟埠社区、王家岭、丰源家庭农场已经通电。",
        "彭坪土家族苗族自治县人民政府。",
        "老人已于凌晨找到，患者由家庭医生照料，专家从新疆赶来。",
        "令狐姓、单姓、白姓陆续迁入。",
        "弘扬焦裕禄精神，演出《穆桂英》《诸葛亮》。",
        "文化站借用东方红小学的操场，饭店名叫扎西德勒。",
        "案例：张三与李四是邻居，张三擅自将排水沟改道。",
        "新闻发言人骆青山回答了提问。",
        "刑满释放人员、艾滋病感染者应当保密。",
    ],
)
def test_what_is_like_a_name_beside_names_is_none(text: str) -> None:
    """Beside four people beyond doubt, when least is enough."""
    sure = "村民覃小满，男，62岁。村民骆德贵，男，70岁。村民向秀兰，女，45岁。村民冉明珍，女，8岁。"
    found = persons(sure, text)
    assert [f.text for f in found if f.place.paragraph == 2] == []


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
    found = persons(text)
    assert [text[slice(*f.span)] for f in found] == [name]
    assert found[0].text == name


@given(st.text("覃小满村民对和、，镇长主任 \0\n·0男女组12岁", max_size=60))
def test_mentions_never_overlap_and_lie_in_the_text(text: str) -> None:
    last = 0
    for one in named(text):
        assert one.start >= last
        assert text[one.start : one.end] == one.text
        last = one.end


@given(st.text("覃小满欧阳青禾村民向有权、, \0\n·扎西卓玛0男女　", max_size=40))
def test_the_sum_is_that_of_all_that_is_seen(text: str) -> None:
    weights = learned("name_weights.txt")
    for one in candidates(normalise(text).text, signs_of(normalise(text).text)):
        features, _, _ = sight(normalise(text).text, one)
        seen = weights["bias"] + sum(weights.get(feature, 0) for feature in features)
        assert weigh(normalise(text).text, one).score == seen


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # A name like a word where words say that it is one, and the word elsewhere.
        ("申请人：高峰，男，41岁。", ["高峰"]),
        ("早晚高峰车流量大，高峰路段限速。", []),
        ("被害人文静陈述了经过。", ["文静"]),
        ("她性格文静，喜欢读书。", []),
        # A firm, a brand; and who founds or owes one.
        ("张海轴承制造有限公司、吴德胜牌膏药、周宝莲希望小学。", []),
        ("村民李大山成立了有限公司。", ["李大山"]),
        ("王小海欠恒达建材有限公司货款。", ["王小海"]),
        # What joins words behind a role.
        ("应当告知信访人向有权处理的机关提出。", []),
        ("由监护人代为申请领取。", []),
        # A word that stands mostly where no name can is none where one could.
        ("许可。行政许可的范围，依照许可办理；许可证由许可机关发放，申请许可、变更许可。", []),
    ],
)
def test_a_word_is_a_name_only_where_much_speaks_for_it(text: str, names: list[str]) -> None:
    assert [f.text for f in persons(text)] == names


@given(st.text("男女,( 。公民身份证1385岁周甲", max_size=40))
def test_what_is_said_of_people_is_found_with_the_marks_before_it(text: str) -> None:
    plain = re.compile(
        "[,( ]{0,2}(?:[男女][,、)。; ]|[1-9][0-9]{0,2}周{0,1}岁|(?:公民){0,1}身份证"
        "|1[3-9][0-9]{9}(?![0-9]))"
    )
    # No name ends in a digit.
    ends = [m.start() for m in plain.finditer(text) if not text[: m.start()][-1:].isdigit()]
    assert [end for end in told(text, signs_of(text)) if not text[:end][-1:].isdigit()] == ends
