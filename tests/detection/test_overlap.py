"""Overlaps: which of several findings over the same characters stand; values over several lines."""

from detection import Finding, Severity, load, scan
from formats.reading import Kind, Part, Place, Reading, Segment
from tests.detection.examples import grid, lines


def found(text: str) -> list[tuple[str, str]]:
    return [(f.rule, f.text) for f in scan(lines(text), load())]


def test_the_longer_number_stands() -> None:
    assert found("50011419900307001643") == [("disability-certificate", "50011419900307001643")]


def test_an_id_number_is_no_account_even_beside_the_word() -> None:
    assert found("社保卡（身份证）号500114199003070016") == [("id-number", "500114199003070016")]


def test_families_may_lie_over_each_other() -> None:
    place = Place(Part.COMMENT, paragraph=1)
    reading = Reading(Kind.DOCX, (Segment(place, "13800138000", visible=False),))
    assert {f.rule for f in scan(reading, load())} == {"comment", "phone"}


def test_findings_stand_in_the_order_of_the_reading() -> None:
    reading = lines("电话13800138000\n身份证500114199003070016，电话13900139000")
    places = [(f.place.paragraph, f.span) for f in scan(reading, load())]
    assert places == sorted(places)


def test_every_span_is_the_text_in_its_segment() -> None:
    text = "覃小满\u200b 5001141990\u200b03070016，手机１３８００１３８０００。"
    segment = Segment(Place(Part.BODY), text)
    for finding in scan(Reading(Kind.TXT, (segment,)), load()):
        assert segment.text[slice(*finding.span)] == finding.text


def split(first: str, second: str, **place: int) -> list[Finding]:
    segments = (
        Segment(Place(Part.BODY, paragraph=1, **place), first),
        Segment(Place(Part.BODY, paragraph=2, **place), second),
    )
    return list(scan(Reading(Kind.PDF, segments), load()))


def test_a_number_broken_over_two_lines() -> None:
    found = split("覃小满，身份证号500114199003", "070016，住白石沟村", page=1)
    pieces = [f for f in found if f.rule != "person-in-text"]
    assert [f.span for f in pieces] == [(8, 20), (0, 6)]
    assert {f.text for f in pieces} == {"500114199003070016"}
    assert {f.rule for f in pieces} == {"id-number"}
    assert split("电话1380013", "8000", page=1)[0].rule == "phone"


def test_a_wrong_check_digit_over_two_lines_is_chance() -> None:
    assert split("第500114199003", "070017号", page=1) == []


def test_two_cells_are_never_one_number() -> None:
    assert scan(grid([["5001141990", "03070016"]]), load()) == ()


def test_a_number_that_an_insertion_completes() -> None:
    segments = (
        Segment(Place(Part.BODY, paragraph=1), "身份证5001141990"),
        Segment(Place(Part.DELETION, paragraph=1), "99", visible=False),
        Segment(Place(Part.INSERTION, paragraph=1), "03070016"),
    )
    rules = [f.rule for f in scan(Reading(Kind.DOCX, segments), load())]
    assert rules.count("id-number") == 2


def test_doubtful_numbers_are_asked_about() -> None:
    found = scan(lines("编号4111111111111111"), load())
    assert [(f.rule, f.severity) for f in found] == []
    found = scan(lines("4111111111111111"), load())
    assert [(f.rule, f.severity) for f in found] == [("bank-account", Severity.ASK)]
