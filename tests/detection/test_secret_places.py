"""State-secret marks: in every part, in forms and members; and the talk about them that is none."""

import pytest

from detection import Finding, Severity, load, scan
from formats.reading import Kind, Part, Place, Reading, Segment
from tests.detection.examples import grid, lines

EDGES = [p for p in Part if p not in {Part.BODY, Part.TABLE, Part.CELL, Part.INSERTION}]


def stops(reading: Reading) -> list[Finding]:
    return [f for f in scan(reading, load()) if f.severity is Severity.STOP]


@pytest.mark.parametrize("part", list(Part))
@pytest.mark.parametrize("visible", [True, False])
@pytest.mark.parametrize("mark", ["秘密★10年", "机 密 ★ 20 年", "绝密★启用前"])
def test_a_mark_stops_wherever_it_stands(part: Part, visible: bool, mark: str) -> None:
    place = Place(part, member="内/外.docx", paragraph=400)
    found = stops(Reading(Kind.ZIP, (Segment(place, mark, visible=visible),)))
    assert [(f.place, f.text) for f in found] == [(place, mark)]


@pytest.mark.parametrize("part", EDGES)
def test_a_bare_grade_stops_outside_the_running_text(part: Part) -> None:
    assert stops(Reading(Kind.DOCX, (Segment(Place(part, paragraph=99), "机密"),)))


def test_a_bare_grade_deep_in_the_text_is_a_question() -> None:
    reading = lines("关于有关工作的通知\n" + "正文。\n" * 30 + "秘密")
    assert not stops(reading)
    assert [f.rule for f in scan(reading, load())] == ["state-secret-mark"]


def test_the_first_ten_lines_of_each_member_count_and_blank_lines_do_not() -> None:
    def member(name: str, before: int) -> list[Segment]:
        texts = ["正文。", "", " "] * before + ["秘密"]
        return [Segment(Place(Part.BODY, member=name, paragraph=n), t) for n, t in enumerate(texts)]

    segments = (*member("甲.txt", 30), *member("乙.txt", 9), *member("丙.txt", 10))
    assert [f.place.member for f in stops(Reading(Kind.ZIP, segments))] == ["乙.txt"]


def test_the_top_three_lines_of_a_later_page() -> None:
    def page(number: int, before: int) -> list[Segment]:
        texts = ["正文。"] * before + ["机密"]
        places = [Place(Part.BODY, page=number, paragraph=n) for n in range(len(texts))]
        return [Segment(p, t) for p, t in zip(places, texts, strict=True)]

    segments = (*page(1, 9), *page(2, 2), *page(3, 3))
    assert [f.place.page for f in stops(Reading(Kind.PDF, segments))] == [1, 2]


def test_lines_inside_one_segment_are_counted() -> None:
    near = Segment(Place(Part.BODY), "通知\n" * 5 + "秘密\n正文")
    far = Segment(Place(Part.BODY), "通知\n" * 12 + "秘密\n正文")
    assert stops(Reading(Kind.DOCX, (near,)))
    assert not stops(Reading(Kind.DOCX, (far,)))


def test_a_form_that_declares_its_grade_stops_and_a_ledger_is_asked_about() -> None:
    assert stops(grid([["文件名称", "防汛方案"], ["密级", "机密"]], Part.TABLE))
    ledger = [["事项", "密级", "保密期限"], ["甲", "秘密", "10年"], ["乙", "机密", "20年"]]
    found = scan(grid(ledger), load())
    assert {f.severity for f in found} == {Severity.ASK}


def test_grades_side_by_side_are_a_list() -> None:
    assert not stops(grid([["绝密", "机密", "秘密", "合计"], ["0", "0", "0", "0"]]))
    assert not stops(lines("绝密\n机密\n秘密"))


def test_a_mark_that_a_revision_interrupts_is_whole() -> None:
    segments = (
        Segment(Place(Part.BODY, paragraph=1), "秘密"),
        Segment(Place(Part.DELETION, paragraph=1), "（草稿）", visible=False),
        Segment(Place(Part.INSERTION, paragraph=1), "★10年"),
    )
    assert stops(Reading(Kind.DOCX, segments))


def test_text_from_a_picture_is_less_certain() -> None:
    reading = Reading(Kind.PDF, (Segment(Place(Part.IMAGE), "机密★5年", certainty=0.5),))
    assert stops(reading)[0].certainty == pytest.approx(0.495)
