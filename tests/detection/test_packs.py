"""Packs: what is refused, with a sentence; gates; the rulebook's version."""

import re
from pathlib import Path

import pytest

from detection import BadRule, load
from detection.expression import expression
from detection.gates import gate_of
from detection.packs import read_pack

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
    ],
)
def test_gates(regex: str, gate: tuple[tuple[str, ...], ...]) -> None:
    assert gate_of(re.compile(regex)) == gate


def test_no_gate_shuts_out_a_hit() -> None:
    for rule in load().rules:
        for pattern in rule.patterns:
            for example in rule.hit:
                match = pattern.regex.search(example.text)
                if match:
                    for words in pattern.gate:
                        assert any(word in example.text for word in words)
