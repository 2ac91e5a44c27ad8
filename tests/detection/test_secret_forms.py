"""State-secret marks as people write, scan and hide them: every one of these must stop the file."""

import pytest

from detection import Severity, load, scan
from formats.reading import Kind, Part, Place, Reading, Segment
from tests.detection.examples import grid, lines

TITLE = "关于做好有关工作的通知"
DEEP = "\n".join(f"第{n}条　各村要按时报送。" for n in range(1, 31))

STARS = "★☆*＊✩✪✫✬✭✮✯✰⭐🌟⋆﹡٭✱✲✳✴✵✶✷✸✹✺✽❋※◆◇▲△●○■□◎♦\uf0ab\uf0b5\uf0b6\uf0ac⭑⭒⛤"

TERMS = [
    "10年",
    "１０年",
    "6个月",
    "三年",
    "二十年",
    "拾年",
    "30天",
    "长期",
    "长 期",
    "启用前",
    "会议开始前",
    "考试结束前",
    "启封并使用完毕前",
    "2030年6月30日",
    "2030年6月",
    "2030.6.30",
    "至2030年12月31日",
    "2030年6月30日解密",
    "解密时间：2030年6月",
    "项目竣工验收后解密",
    "公布前",
    "l0年",
    "",
]

ALONE_ANYWHERE = [
    "秘密★10年",
    "机密★20年　　特急",
    "000123　　绝密★长期",
    "机 密 ★ 5 年",
    "机　　密　★　５　年",
    "秘\u200b密\u200b★10年",
    "【机密★5年】",
    "（秘密★10年）",
    "《秘密★10年》",
    "機密★20年",
    "絕密★長期",
    "絶密★30年",
    "祕密★10年",
    "机蜜★10年",
    "秘密级★10年",
    "国家秘密★10年",
    "机密★5年（会议结束后收回）",
    "秘密★10年　第12份",
    "No.000012　机密★3年",
    "编号：0012　机密★3年",
    "密级：秘密★10年",
    "密级　机密",
    "密级：机密",
    "密 级： 秘 密",
    "密级为：机密",
    "密级：机密　保密期限：10年",
    "密级和保密期限：机密 20年",
    "文件密级：秘密",
    "保密级别：机密",
    "秘密等级：机密",
    "密级：機密",
    "机密大10年",
    "秘密女5年",
    "机密 * 10年",
    "机密食5年",
    "秘密+10年",
    "机密x3年",
    "枫密★10年",
    "秘宓★10年",
    "泌密★10年",
    "秘密+1O年",
    "★秘密★10年",
    "秘密 10年",
    "机密（5年）",
    "绝密·启用前",
    "绝密（启用前）",
    "绝密：启用前",
    "启用前★绝密",
    "一、（机密）防汛部署。",
    "（秘密）本条规定另行印发。",
    "〔机密〕下列人员不得外泄。",
    "防汛保障方案（机密★10年）",
    "本材料为机密★5年，请妥善保管。",
    "本文件密级为机密，请注意保管。",
    "此件为秘密级，阅后请交回。",
    "本件属机密级国家秘密，严禁复制。",
    "本文件涉及国家秘密，请妥善保管。",
    "本资料属于国家秘密，严禁外传。",
    "附件2　机密★10年",
    "机密\n★\n10年",
    "机密★\n10年",
    "秘\n密★10年",
    "密级：□绝密 ☑机密 □秘密",
    "密级：√秘密 □机密",
    "密级　绝密（　）机密（√）秘密（　）",
]

IN_FRONT = [
    "绝密",
    "机密",
    "秘密",
    "机　　密",
    "机                    密",
    "機密",
    "祕密",
    "机密级",
    "秘密件",
    "绝密文件",
    "机密资料",
    "【秘密】",
    "（机密）",
    "★机密★",
    "※秘密※",
    "机密 特急",
    "特急 机密",
    "特提　绝密",
    "机密　平急",
    "机密　　　　　　　　　　　　　　　　特急",
    "000012　　机密",
    "份号：000012　机密　特急",
    "机密　000012",
    "第 000012 号　机密",
    "机密　№000012",
    "白石府发〔2026〕3号　　　　机密",
    "机密　　　　白石府发〔2026〕3号",
    "机密电报",
    "密码电报　机密",
    "等级　特急·机密",
    "发电单位　白石沟镇　密级　机密",
    "编号：0012　密级：机密　份数：30",
    "文号：白石府发〔2026〕3号　密级：秘密",
    "绝密·启用前　2026年招聘考试试卷",
    "绝密★启用前　试卷类型：A",
    "机密 关于做好有关工作的通知",
    "【机密】关于做好有关工作的通知",
    "机密：关于做好有关工作的通知",
    "关于做好有关工作的通知（机密）",
    "关于做好有关工作的通知【秘密】",
    "关于报送名单的报告（秘密级）",
    "机\n密",
    "机\n密\n★\n10\n年",
    "秘 密 10 年",
    "秘密10年",
    "机密五年",
    "秘密 2030年6月30日前",
    "机密，5年",
    "机密/5年",
    "秘密—10年",
    "机密 保密期限：10年",
    "秘密 请按规定保管",
    "机密，注意保管",
    "机密！严禁复印",
    "绝密 阅后即焚",
]

NAMES = [
    "机密.docx",
    "绝密文件.pdf",
    "机密资料.zip",
    "秘密★10年.docx",
    "机密★5年会议材料.docx",
    "【机密】关于有关工作的通知.docx",
    "〔秘密〕关于有关工作的通知.docx",
    "（绝密）名单.xlsx",
    "[机密]名单.xlsx",
    "机密-会议材料.docx",
    "机密_会议材料.docx",
    "机密 会议材料.docx",
    "机密+会议材料.docx",
    "机密—会议材料.docx",
    "机密·会议材料.docx",
    "机密、会议材料.docx",
    "机密：会议材料.docx",
    "机密件-会议材料.docx",
    "机密级会议材料.docx",
    "会议材料（秘密）.docx",
    "会议材料(机密).docx",
    "会议材料-机密.docx",
    "会议材料_绝密_定稿.docx",
    "会议材料 机密.docx",
    "会议材料【秘密级】.docx",
    "会议材料（秘密 10年）.docx",
    "会议材料（机密5年）.docx",
    "会议材料-秘密10年.docx",
    "机密关于有关工作的通知.docx",
    "機密-會議材料.docx",
    "机密/方案.txt",
    "材料/绝密/方案.txt",
    "材料/机密文件/方案.txt",
    "材料/秘密级/方案.txt",
    "内.zip/机密/方案.docx",
    "01机密-方案.docx",
    "1.机密 方案.docx",
    "附件1（机密）方案.docx",
    "2026年机密文件.rar",
    "绝密白石沟镇2026年第二季度民生实事.docx",
    "绝 密关于切实做好森林防火工作的通知.docx",
    "机密2026年重点工作.docx",
    "机密会议纪要.docx",
    "秘密征收补偿方案（定稿）.docx",
]

GRIDS = [
    [["000001", "机密★10年", "特急"]],
    [["文号", "白石府发〔2026〕3号"], ["密级", "机密★10年"]],
    [["密级：", "秘密"], ["份数", "30"]],
    [["密级和保密期限", "秘密 10年"]],
    [["密级及保密期限", "机密"], ["拟稿", "覃小满"]],
    [["秘密等级", "机密"]],
    [["保密等级", "机密"]],
    [["密 级", "机 密"]],
    [["密级", "绝密", "缓急", "特急"]],
    [["白石沟镇发文稿纸"], ["文号", "密级", "缓急"], ["白石府发〔2026〕3号", "机密", "特急"]],
    [["文号", "密级", "份数"], ["白石府发〔2026〕3号", "机密★5年", "30"]],
    [["公文处理签"], ["来文单位", "密级", "份数"], ["县委办", "秘密★5年", "1"]],
    [["机密", "★", "10年"]],
    [["机密", "★10年"]],
    [["机密"], ["序号", "姓名"], ["1", "覃小满"]],
    [["防汛保障方案（秘密★10年）"], ["序号", "姓名"]],
    [["序号", "内容"], ["1", "机密★5年"]],
]


def stops(reading: Reading) -> bool:
    return any(f.severity is Severity.STOP for f in scan(reading, load()))


@pytest.mark.parametrize("star", STARS)
def test_every_star(star: str) -> None:
    assert stops(lines(f"秘密{star}10年\n{TITLE}"))
    assert stops(lines(f"{TITLE}\n{DEEP}\n机密{star}5年\n{DEEP}"))


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("grade", ["绝密", "机密", "秘密"])
def test_every_term(grade: str, term: str) -> None:
    assert stops(lines(f"{TITLE}\n{DEEP}\n{grade}★{term}\n{DEEP}"))


@pytest.mark.parametrize("mark", ALONE_ANYWHERE)
def test_a_mark_stops_in_front_and_deep_in_the_text(mark: str) -> None:
    assert stops(lines(f"{mark}\n{TITLE}"))
    assert stops(lines(f"{TITLE}\n{DEEP}\n{mark}\n{DEEP}"))


@pytest.mark.parametrize("mark", IN_FRONT)
def test_a_grade_stops_in_front(mark: str) -> None:
    assert stops(lines(f"{mark}\n{TITLE}\n各村：\n{DEEP}"))
    assert stops(lines(f"白石沟镇人民政府\n{mark}\n{TITLE}\n各村：\n{DEEP}"))


@pytest.mark.parametrize("mark", IN_FRONT)
@pytest.mark.parametrize("part", [Part.HEADER, Part.TEXTBOX, Part.IMAGE])
def test_a_grade_stops_outside_the_running_text(mark: str, part: Part) -> None:
    place = Place(part, paragraph=40)
    before = lines(f"{TITLE}\n{DEEP}").segments
    assert stops(Reading(Kind.DOCX, (*before, Segment(place, mark))))


@pytest.mark.parametrize("name", NAMES)
def test_a_grade_in_a_name_stops(name: str) -> None:
    for part, member in ((Part.NAME, None), (Part.NAME, "内.zip"), (Part.EMBEDDED, "内.zip")):
        assert stops(Reading(Kind.ZIP, (Segment(Place(part, member=member), name),)))


@pytest.mark.parametrize("rows", GRIDS)
@pytest.mark.parametrize("part", [Part.CELL, Part.TABLE])
def test_a_grade_in_a_table_stops(rows: list[list[str]], part: Part) -> None:
    assert stops(grid(rows, part))


@pytest.mark.parametrize("pieces", [("机", "密★5年"), ("机密", "★5年"), ("机密★", "5年")])
def test_a_mark_split_over_a_revision_and_its_neighbours(pieces: tuple[str, str]) -> None:
    parts = (Part.INSERTION, Part.BODY)
    found = [Segment(Place(p, paragraph=3), t) for p, t in zip(parts, pieces, strict=True)]
    assert stops(Reading(Kind.DOCX, (*lines(TITLE).segments, *found)))


def test_a_grade_under_the_number_of_an_annex_stops() -> None:
    assert stops(lines(f"{TITLE}\n{DEEP}\n附件1\n机密\n人员名单\n{DEEP}"))
