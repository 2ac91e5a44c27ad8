"""What is read in a sheaf: which lines, and where a home ends."""

import dataclasses
from pathlib import Path

import pytest

from detection import BadRule, Severity, load, scan
from detection.engine import NOT_READ
from formats.reading import Kind, Part, Place, Reading, Segment

HOME, NAME = "address-in-text", "person-in-text"


def found(*lines: str) -> list[tuple[str, str]]:
    segments = (Segment(Place(Part.BODY, paragraph=n), line) for n, line in enumerate(lines, 1))
    return [(f.rule, f.text) for f in scan(Reading(Kind.TXT, tuple(segments)), load()) if f.text]


def test_who_lives_there_is_no_part_of_a_home() -> None:
    said = found("沁园里7-3-1502的苻晓棠投诉楼上住户弹琴。")
    assert (NAME, "苻晓棠") in said
    homes = [text for rule, text in said if rule == HOME]
    assert homes
    assert not any("苻晓棠" in text or text.endswith("的") for text in homes if len(text) > 12)


def test_a_home_ends_at_no_mark() -> None:
    said = found("出警地址：滨江花园3幢1802；当事人：骆青山。")
    assert (HOME, "滨江花园3幢1802") in said


def test_what_lies_within_a_home_is_no_person_and_no_fact() -> None:
    """柏 is a surname, 单身 and 劳改 are facts elsewhere."""
    for home in ("松树坪12号柏树院", "老钢厂单身楼5栋507", "西山坪劳改农场老宿舍3栋"):
        said = found(f"村民焦大成家住{home}，村里送去了米和油。")
        assert [text for rule, text in said if rule == HOME] == [home]
        assert [text for rule, text in said if rule == NAME] == ["焦大成"]
        assert {rule for rule, _ in said} == {HOME, NAME}


def test_a_home_that_was_read_alone_is_somebodys() -> None:
    """Without anybody it is as often the place of an office or a work."""
    assert not [text for rule, text in found("任石板溪村四组道路硬化已完工。") if rule == HOME]


def test_an_office_may_switch_reading_off_and_every_report_says_so(tmp_path: Path) -> None:
    path = tmp_path / "本单位.toml"
    path.write_text("reading = false\n", encoding="utf-8")
    book = load([path])
    assert not book.reads
    assert book.version != load().version, "what was examined before is told to be behind"
    segment = Segment(Place(Part.BODY, paragraph=1), "温度，是的，就叫温度，在柳南村握手楼写代码。")
    said = scan(Reading(Kind.TXT, (segment,)), book)
    (told,) = [f for f in said if f.rule == NOT_READ]
    assert told.severity is Severity.NOTE
    assert "逐句识读" in told.reason
    assert not any(f.rule == NOT_READ for f in scan(Reading(Kind.TXT, (segment,)), load()))
    path.write_text('reading = "off"\n', encoding="utf-8")
    with pytest.raises(BadRule, match="reading"):
        load([path])


def test_a_line_of_any_length_is_read_piece_by_piece() -> None:
    said = "村民覃小满家住白石沟镇双碾坝村3组，患尿毒症。" + "村里修好了路。" * 900
    texts = found(said * 4)
    assert [text for rule, text in texts if rule == NAME] == ["覃小满"] * 4
    assert [text for rule, text in texts if rule == HOME] == ["白石沟镇双碾坝村3组"] * 4


def test_without_reading_the_rules_still_speak() -> None:
    segment = Segment(
        Place(Part.BODY, paragraph=1), "村民覃小满家住白石沟镇双碾坝村3组，患尿毒症。"
    )
    book = dataclasses.replace(load(), reads=False)
    rules = {f.rule for f in scan(Reading(Kind.TXT, (segment,)), book)}
    assert {HOME, NAME, "illness-in-text"} <= rules
