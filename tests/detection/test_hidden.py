"""Hidden things: one finding each, whatever it holds, with an excerpt that gives nothing away."""

import pytest

from detection import Family, Finding, Severity, load, scan
from formats.reading import Kind, Part, Place, Reading, Segment

ALWAYS_SEEN = {Part.NAME, Part.BODY, Part.TABLE, Part.CELL, Part.SHEET, Part.SUBJECT}
ALWAYS_SEEN |= {Part.FOOTNOTE, Part.ENDNOTE}


def hidden(*segments: Segment) -> list[Finding]:
    reading = Reading(Kind.XLSX, segments)
    return [f for f in scan(reading, load()) if f.family is Family.HIDDEN]


def cell(part: Part, row: int, column: int, text: str = "甲", sheet: str = "明细") -> Segment:
    return Segment(Place(part, sheet=sheet, row=row, column=column), text, visible=False)


@pytest.mark.parametrize("part", [p for p in Part if p not in ALWAYS_SEEN])
def test_every_part_a_reader_does_not_see_has_a_rule(part: Part) -> None:
    found = hidden(Segment(Place(part, paragraph=1), "内容", visible=False))
    assert [f.rule for f in found] == [part.value]


@pytest.mark.parametrize("part", [p for p in Part if p is not Part.INSERTION])
def test_what_is_seen_is_not_hidden(part: Part) -> None:
    assert hidden(Segment(Place(part, paragraph=1), "内容")) == []


def test_an_insertion_is_told_of() -> None:
    found = hidden(Segment(Place(Part.INSERTION, paragraph=1), "内容"))
    assert [(f.rule, f.severity) for f in found] == [("insertion", Severity.NOTE)]


def test_one_finding_a_sheet_a_column_a_comment_and_one_for_all_properties() -> None:
    found = hidden(
        *(cell(Part.HIDDEN_SHEET, r, c) for r in range(1, 5) for c in range(1, 5)),
        *(cell(Part.HIDDEN_COLUMN, r, c, sheet="表") for r in range(1, 5) for c in (3, 4)),
        *(Segment(Place(Part.COMMENT, paragraph=n), "批注", visible=False) for n in (1, 2)),
        *(Segment(Place(Part.PROPERTY, paragraph=n), "属性", visible=False) for n in (1, 2, 3)),
    )
    assert [f.rule for f in found] == [
        "hidden-sheet",
        "hidden-column",
        "hidden-column",
        "comment",
        "comment",
        "property",
    ]


def test_rows_hidden_together_are_one() -> None:
    rows = (2, 3, 4, 9, 10)
    found = hidden(*(cell(Part.HIDDEN_ROW, r, c) for r in rows for c in (1, 2)))
    assert [f.place.row for f in found] == [2, 9]


def test_what_is_kept_of_a_hidden_thing_holds_no_word_of_it() -> None:
    text = "请把覃小满的身份证号500114199003070016和手机号13800138000删掉"
    found = hidden(Segment(Place(Part.COMMENT, paragraph=1), text, visible=False))[0]
    assert found.span == (0, len(text))
    assert found.masked == f"批注（{len(text)} 字）"


def test_what_stands_in_hidden_parts_is_found_too() -> None:
    reading = Reading(Kind.XLSX, (cell(Part.HIDDEN_COLUMN, 2, 4, "500114199003070016"),))
    expected = {"hidden-column", "id-number", "mask-on-top"}
    assert {f.rule for f in scan(reading, load())} == expected
