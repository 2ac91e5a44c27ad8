"""Planted hits: what every rule must find, tried before a file may be called clean.

An engine that finds nothing looks like a pile of clean files. So each rule's own first example (and
a small list of people, for the rules that live in tables) is scanned with the rules in force; where
one keeps silent, nothing is examined at all. Facts are told by patterns, by their wording and by
reading the line: each must speak by itself. It is done anew at every start of a batch.
"""

from collections.abc import Iterator

from detection import sums
from detection.engine import scan
from detection.fact_sight import KINDS
from detection.facts import Weighed
from detection.linking import PERSON
from detection.normal import END, plain
from detection.rule import Rule
from detection.rulebook import Rulebook
from detection.tagger import tagger
from detection.tags import NAME
from formats.reading import Kind, Part, Place, Reading, Segment

_LIST = (
    ("姓名", "身份证号", "家庭住址", "残疾类别", "年龄", "困难原因"),
    ("覃小满", "500114199003070016", "白石沟镇双碾坝村3组12号", "肢体二级", "36", "缺劳力"),
)
"""An invented person; the rules that know only columns find her here."""
_FACTS = {
    "health": "多年前查出尿毒症",
    "aid": "每月领取低保金",
    "crime": "因盗窃被判处有期徒刑",
    "minor": "今年才读小学二年级",
    "family": "前年和丈夫离了婚",
    "home": "住在老街石桥头的木屋里",
}
"""What is told by its wording."""
_READ = (
    "村民覃小满，家住白石沟镇双碾坝村3组老水井旁，多年前查出尿毒症，每月领取低保金。",
    "骆青山因盗窃被判处有期徒刑，前年和丈夫离了婚，女儿今年才读小学二年级。",
)
"""Of each kind one that is told by reading the line."""
_BY_KIND = {NAME: PERSON, **KINDS}
_SUM = (("项目", "金额"), ("甲", "1"), ("乙", "2"), ("合计", "4"))
"""A sum that is wrong: its rule has no pattern and no line could show it."""


def silent(rulebook: Rulebook) -> tuple[str, ...]:
    """The ids of the rules that do not find their own planted hit; empty where all do.

    A rule of the hidden family needs no pattern, a word list of the office has no example: neither
    is asked. Takes some milliseconds.
    """
    planted = Reading(Kind.ZIP, tuple(_planted(rulebook)))
    found = scan(planted, rulebook, weighed=False, read=False)
    heard = {(f.rule, f.place.member) for f in found}
    said = END.join(["", *_FACTS.values(), ""])
    weighed = {KINDS[fact.kind] for fact in Weighed(said).facts()}
    read = {_BY_KIND[one.kind] for one in tagger().read(map(plain, _READ))}
    return tuple(
        rule.id
        for rule in rulebook.rules
        if (rule.hit and (rule.id, rule.id) not in heard)
        or (not rule.hit and _tabular(rule) and (rule.id, None) not in heard)
        or (rule.id in KINDS.values() and rule.id not in weighed)
        or (rulebook.reads and rule.id in _BY_KIND.values() and rule.id not in read)
    )


def complaint(rulebook: Rulebook) -> str:
    """What an officer is told where rules keep silent, and what to do; empty where all speak."""
    missed = silent(rulebook)
    if not missed:
        return ""
    labels = "、".join(f"“{rulebook.label(rule)}”" for rule in missed[:_NAMED])
    packs = {rule.pack for rule in rulebook.rules if rule.id in set(missed) & rulebook.office}
    files = "、".join(f"“{pack}”" for pack in sorted(packs))
    what = f"请改正或者移走本单位的规则文件{files}" if packs else "请重新安装程序"
    more = f"等 {len(missed)} 条规则" if len(missed) > _NAMED else ""
    return f"{labels}{more}查不出自带的样例，所有文件都不能算已检查，也不能送审和发布。{what}。"


_NAMED = 3


def _tabular(rule: Rule) -> bool:
    return bool(rule.columns) or rule.id == sums.RULE


def _planted(rulebook: Rulebook) -> Iterator[Segment]:
    """One reading with all of them, each rule's example as a member of its own."""
    for sheet, table in (("名单", _LIST), ("合计", _SUM)):
        for number, row in enumerate(table, 1):
            for column, text in enumerate(row, 1):
                yield Segment(Place(Part.CELL, sheet=sheet, row=number, column=column), text)
    for rule in rulebook.rules:
        if rule.hit:
            example = rule.hit[0]
            lines = example.bare.split("\n")
            for number, line in enumerate(lines, 1):
                yield Segment(Place(Part(example.part), rule.id, paragraph=number), line)
