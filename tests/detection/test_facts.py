"""Facts told by their wording: what is seen, what it weighs, where it lies, whose it is."""

import random

import pytest

import detection.engine
import detection.facts
from detection import Severity, load, scan
from detection.fact_sight import BIAS, KINDS, NAMED, clauses, hidden, seen
from detection.facts import Weighed
from detection.finding import Finding
from detection.weights import learned
from tests.detection.examples import grid, lines

_WEIGHTS = learned("fact_weights.txt")
_WORDS = [
    "每月透析两次",
    "领着低保金",
    "因盗窃判了刑",
    "才读小学二年级",
    "前年离了婚",
    "村里开会",
    "今天下雨",
    "§§",
    "§§§",
    "半身不遂",
    "0",
    "7",
    "蹲过三年",
    "她",
    "的",
    "在",
    "守寡多年",
    "¹岁",
    "修路",
    "种玉米",
    "去赶场",
    "精神不太正常",
    "学校",
    "医院",
    "派出所",
]


def found(text: str) -> list[Finding]:
    return [f for f in scan(lines(text), load()) if f.rule in KINDS.values()]


def spans(text: str) -> list[tuple[str, str]]:
    return [(f.rule, f.text) for f in found(text)]


@pytest.mark.parametrize("seed", range(30))
def test_all_clauses_at_once_are_each_by_itself(seed: int) -> None:
    choose = random.Random(seed)
    said = ["".join(choose.choices(_WORDS, k=choose.randint(1, 5))) for _ in range(20)]
    text = "\0" + ",".join(said) + "。\0"
    wanted = []
    for start, end in clauses(text):
        for kind in KINDS:
            sees = (*seen(text[start:end]), BIAS)
            score = sum(_WEIGHTS.get(f"{kind} {one}", 0) for one in sees)
            if score > 60:
                wanted.append((kind, score, start, end))
    told = list(Weighed(text).facts())
    assert [(f.kind, f.score) for f in told] == [row[:2] for row in wanted]
    for fact, (_, _, start, end) in zip(told, wanted, strict=True):
        assert start <= fact.start < fact.end <= end
        assert NAMED not in text[fact.start : fact.end]


def test_names_and_ages_are_hidden_without_moving_anything() -> None:
    text = "覃小满,9岁,母亲四十六岁,2015年生,1960年生,十七岁,十八岁"
    assert hidden(text, [(0, 3)]) == "§§§,¹岁,母亲²²²岁,¹¹¹¹年生,²²²²年生,¹¹岁,²²岁"


@pytest.mark.parametrize(
    ("text", "rule", "told"),
    [
        ("村民覃小满半边身子不听使唤。", "illness-in-text", "半边身子不听使唤"),
        ("骆青山说，他爹在里头蹲了六年才放出来。", "crime-record", "六年"),
        ("万知秋老人吃国家的，逢人就夸伙食好。", "aid-recipient", "吃国家的"),
        ("覃小满的男人前年矿上没了，她一个人拉扯两个娃。", "family-life", "矿上没了"),
    ],
)
def test_what_no_pattern_knows_is_told_by_its_wording(text: str, rule: str, told: str) -> None:
    ours = [f for f in found(text) if f.rule == rule and told in f.text]
    assert ours, spans(text)
    assert all(f.severity is Severity.ASK and "依据：" in f.reason for f in ours)
    assert all("覃小满" not in f.reason and "骆青山" not in f.reason for f in ours)


@pytest.mark.parametrize(
    "text",
    [
        "半边身子不听使唤的，应当及时就医。",
        "对吃国家的、住敬老院的老人，每月核查一次。",
        "镇长覃小满同志主持会议，研究社区矫正工作。",
    ],
)
def test_nothing_is_told_where_nobody_private_is_named(text: str) -> None:
    assert spans(text) == []


def test_a_number_and_a_home_are_never_swallowed() -> None:
    text = "村民覃小满半边身子不听使唤电话13800138000住双碾坝村3组。"
    rules = {f.rule: f.text for f in scan(lines(text), load())}
    assert rules["phone"] == "13800138000"
    assert rules["address-in-text"] == "双碾坝村3组"
    assert rules["person-in-text"] == "覃小满"


def test_a_column_of_illnesses_stays_one() -> None:
    rows = [["姓名", "病种"], ["覃小满", "尿毒症"], ["骆青山", "肺结核"], ["万知秋", "精神分裂症"]]
    rules = {f.rule for f in scan(grid(rows), load()) if f.place.column == 2}
    assert rules == {"personal-column", "health"}


def test_many_and_long_lines_are_weighed_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    line = "村民覃小满半边身子不听使唤，住在老街石桥头的木屋里。"
    text = "\n".join([line] * 9 + [line * 9])
    whole = [(f.rule, f.span, f.place.paragraph) for f in scan(lines(text), load())]
    monkeypatch.setattr(detection.facts, "PIECE", 60)
    parted = [(f.rule, f.span, f.place.paragraph) for f in scan(lines(text), load())]
    of_short_lines = [one for one in whole if one[2] != 10]
    assert [one for one in parted if one[2] != 10] == of_short_lines
    assert len(of_short_lines) >= 27
    assert sum(one[0] == "illness-in-text" for one in parted if one[2] == 10) >= 6


def test_what_lies_beside_a_fact_is_asked_about_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of nothing but facts in one line costs each of them alike."""
    asked: list[None] = []

    def counted(fact: Finding, known: Finding) -> bool:
        asked.append(None)
        return says_more(fact, known)

    says_more = detection.engine._says_more
    monkeypatch.setattr(detection.engine, "_says_more", counted)
    found = spans("村民覃小满半边身子不听使唤，每月领取低保金。" * 200)
    assert len(found) >= 400
    assert len(asked) <= 20 * len(found)
