"""Packs: what is refused, with a sentence; gates; the rulebook's version."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import detection
import resources
from detection import BadRule, Severity, load, packs
from detection.expression import expression
from detection.gates import gate_of
from detection.packs import read_pack
from detection.runs import Runs
from detection.search import Search
from formats.reading import Kind, Part, Place, Reading, Segment

RULE = """
[[rule]]
id = "{id}"
label = "本镇用语"
family = "{family}"
severity = "ask"
reason = "这是本镇内部用语。"
article = "条例第十六条"
suggest = "keep"
[[rule.pattern]]
regex = '{regex}'
"""


def pack(regex: str = "石板田", *, id: str = "own-word", family: str = "internal") -> str:
    return RULE.format(regex=regex, id=id, family=family)


def test_an_office_may_add(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(pack(), encoding="utf-8")
    with_ours = load((path,))
    assert with_ours.rule("own-word") is not None
    assert with_ours.label("own-word") == "本镇用语"
    assert with_ours.version != load().version
    assert load((path,)) is with_ours
    assert load().label("no-such-rule") == "no-such-rule"


@pytest.mark.parametrize(
    "text",
    [
        "not toml",
        pack("a(b"),
        pack("a.b"),
        pack(r"\S"),
        pack("a*"),
        pack("(?:a{1,9}b{1,9}c{1,9}){1,9}"),
        pack("(?:a{0,2}a){17}b"),
        pack(r"(a)\1"),
        pack("a(?=b)c"),
        pack("x{1,9999}"),
        pack("<<unknown>>"),
        pack(id="id-number"),
        pack(family="secret"),
        pack(family="nonsense"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadRule, match="own"):
        read_pack("own", text, own=False, taken={"id-number"})


def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadRule, match="打不开"):
        load((tmp_path / "none.toml",))
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadRule, match="UTF-8"):
        load((path,))


def test_a_context_may_not_look_too_far() -> None:
    text = (
        pack() + "[[rule.context]]\nscope = 'before'\neffect = 'drop'\nregex = 'a'\nwithin = 999\n"
    )
    with pytest.raises(BadRule, match="within"):
        read_pack("own", text, own=False, taken=set())


def test_our_own_packs_hold_what_is_asked_of_an_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are not judged at each start."""
    told: list[str] = []

    def judging(text: str, fragments: Mapping[str, str], *, judged: bool) -> re.Pattern[str]:
        assert not judged
        told.append(text)
        return expression(text, fragments)

    monkeypatch.setattr(packs, "expression", judging)
    for name in resources.names("rules", ".toml"):
        read_pack(name, resources.text(name), own=True, taken=set())
    assert len(told) > 400


def test_full_width_letters_in_a_pattern_mean_what_the_text_becomes() -> None:
    assert expression("（[１-３]）", {}).search("(2)")
    assert not expression("a[^b]c", {}).search("a\0c")


@pytest.mark.parametrize(
    ("regex", "gate"),
    [
        ("征求意见稿", (("征求意见稿",),)),
        ("(?:甲乙|丙)丁", (("丁",), ("丙", "甲乙"))),
        ("绝 {0,4}密", (("密",), ("绝",))),
        ("[绝机]密?", (("机", "绝"),)),
        ("(?:甲)?[0-9]{3}", ()),
        ("(?:甲|乙?)", ()),
        ("(?:甲乙){2}", (("甲乙",),)),
        ("(?i)ab甲", ()),
        ("(?<=丁)甲(?=乙乙|丙)", (("丁",), ("丙", "乙乙"), ("甲",))),
        ("甲(?!乙)", (("甲",),)),
    ],
)
def test_gates(regex: str, gate: tuple[tuple[str, ...], ...]) -> None:
    assert gate_of(regex) == gate


def test_no_gate_shuts_out_a_hit() -> None:
    for rule in load().rules:
        for pattern in rule.patterns:
            for example in rule.hit:
                match = pattern.regex.search(example.text)
                if match:
                    for words in gate_of(pattern.regex.pattern):
                        assert any(word in example.text for word in words)


def scan(text: str, *files: Path) -> list[tuple[str, Severity, str]]:
    reading = Reading(Kind.TXT, (Segment(Place(Part.BODY, paragraph=1), text),))
    return [(f.rule, f.severity, f.text) for f in detection.scan(reading, load(files))]


def test_an_office_adds_a_plain_list_of_words(tmp_path: Path) -> None:
    path = tmp_path / "本镇用词.txt"
    path.write_text("# 项目代号\n石板田工程\n\nAB12   # 型号\n", encoding="utf-8")
    found = scan("石板田工程用ＡＢ12，不是XAB12，也不是AB123。", path)
    assert found == [
        ("words-本镇用词", Severity.ASK, "石板田工程"),
        ("words-本镇用词", Severity.ASK, "ＡＢ12"),
    ]


def test_half_a_character_hides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "own.txt"
    path.write_text("石板田工程", encoding="utf-8")
    assert [text for _, _, text in scan("\ud840石板田工程\udc00", path)] == ["石板田工程"]


def test_twenty_thousand_words_are_found_in_one_walk(tmp_path: Path) -> None:
    words = [f"代号{number}号" for number in range(20_000)]
    path = tmp_path / "own.txt"
    path.write_text("\n".join(words), encoding="utf-8")
    assert [text for _, _, text in scan("先做代号19999号，再做代号7号。", path)] == [
        "代号19999号",
        "代号7号",
    ]


@given(st.lists(st.text("甲乙丙丁", min_size=2, max_size=4), min_size=1), st.text("甲乙丙丁戊"))
def test_words_are_found_wherever_they_stand(words: list[str], text: str) -> None:
    found = {
        text[word.start : word.end] for word in Search((), [words]).find(text, Runs(text)).words
    }
    assert found == {one for one in words if one in text}


@pytest.mark.parametrize("bad", ["田", "", "12", "长" * 65])
def test_a_word_that_would_hit_everywhere_is_refused(bad: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    text = pack().replace("[[rule.pattern]]", f'words = ["{bad}"]\n[[rule.pattern]]')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadRule, match="own-word"):
        load((path,))


EXCEPTION = '[[exception]]\nrule = "{rule}"\ntext = "{text}"\nreason = "{reason}"\n'


def test_an_exception_becomes_a_note_that_says_why(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    row = EXCEPTION.format(rule="phone", text="138 0013 8000", reason="便民服务公开电话")
    path.write_text(row, encoding="utf-8")
    text = "请拨打13800138000，或者13900139000。"
    reading = Reading(Kind.TXT, (Segment(Place(Part.BODY, paragraph=1), text),))
    first, second = detection.scan(reading, load((path,)))
    assert (first.severity, second.severity) == (Severity.NOTE, Severity.HIDE)
    assert "便民服务公开电话" in first.reason


@pytest.mark.parametrize(
    "row",
    [
        EXCEPTION.format(rule="state-secret-mark", text="机密★10年", reason="不是"),
        EXCEPTION.format(rule="hidden-column", text="B", reason="不是"),
        EXCEPTION.format(rule="no-such-rule", text="x", reason="不是"),
        EXCEPTION.format(rule="phone", text=" ", reason="不是"),
        EXCEPTION.format(rule="phone", text="13800138000", reason=""),
    ],
)
def test_an_exception_never_weakens_a_firm_rule_nor_goes_without_a_reason(
    row: str, tmp_path: Path
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(row, encoding="utf-8")
    with pytest.raises(BadRule):
        load((path,))


def test_the_version_is_told_without_reading_the_rules(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(pack(), encoding="utf-8")
    for files in ((), (path,)):
        assert detection.rulebook.version(files) == load(files).version
    assert load().office == frozenset()
    assert load((path,)).office == {"own-word"}


def test_an_office_may_not_stop(tmp_path: Path) -> None:
    for text in (
        pack().replace('"ask"', '"stop"'),
        pack() + 'severity = "stop"\n',
    ):
        with pytest.raises(BadRule, match="禁止"):
            read_pack("own", text, own=False, taken=set())
