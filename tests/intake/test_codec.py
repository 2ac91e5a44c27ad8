"""Border values through JSON and back, and everything that must not come back."""

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detection.finding import Family, Finding, Severity
from detection.report import Report, Status
from formats.budget import Limits
from formats.reading import Kind, Mark, Part, Place, Segment, Trouble, TroubleCode
from intake import codec
from intake.frames import BrokenFrame

FINDING = Finding(
    rule="id-number",
    family=Family.PERSONAL,
    severity=Severity.HIDE,
    place=Place(Part.CELL, sheet="低保", cell="B3", box=(1.0, 2.0, 3.5, 4.0)),
    span=(5, 23),
    text="x" * 18,
    masked="x****x",
    visible=True,
    certainty=0.99,
    valid=None,
    reason="理由",
    basis="条例第十五条",
    suggest="",
)
REPORT = Report(
    status=Status.PARTLY,
    kind=Kind.PDF,
    sha256="ab" * 32,
    size=12,
    findings=(FINDING,),
    troubles=(Trouble(TroubleCode.NEEDS_OCR, "第2页是图片", Place(Part.IMAGE, page=2)),),
    pages=3,
    image_pages=(2,),
    characters=100,
    seconds=0.25,
    rulebook="cd" * 32,
    title="公示",
    plain="",
)


def _wire(value: object) -> Any:
    return json.loads(json.dumps(value, default=codec.row))


@pytest.mark.parametrize(
    "value",
    [REPORT, FINDING, Mark(Place(Part.BODY, paragraph=3), (0, 4), "***"), Limits(seconds=3)],
)
def test_a_value_comes_back_equal(value: Any) -> None:
    assert codec.decode(type(value), _wire(value)) == value


def test_segments_come_back_as_segments() -> None:
    segment = Segment(
        Place(Part.TABLE, table=1, row=2), "覃小满", visible=False, note="隐藏", certainty=0.5
    )
    (back,) = codec.decode_all(Segment, _wire([segment]), 1)
    assert back == segment
    assert type(back) is Segment
    assert type(back.place) is Place
    assert back.place.part is Part.TABLE


def test_more_than_agreed_is_refused() -> None:
    with pytest.raises(BrokenFrame):
        codec.decode_all(int, [1, 2, 3], 2)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (int, True),
        (int, 1.0),
        (int, "1"),
        (int, 2**60),
        (float, "0.5"),
        (float, float("nan")),
        (float, False),
        (bool, 1),
        (str, None),
        (str, 5),
        (str, "\ud800"),
        (Kind, "exe"),
        (Kind, ["docx"]),
        (Place, {"part": "body"}),
        (Place, ["body"]),
        (Place, ["body", *[None] * 9, [1.0, 2.0, 3.0]]),
        (Place, ["body", *[None] * 11]),
        (Segment, [["body", *[None] * 10], "text", True, ""]),
        (Mark, [["body", *[None] * 10], [0, 1, 2], ""]),
        (Report, []),
        (Report, None),
    ],
)
def test_the_wrong_shape_is_refused(kind: Any, value: Any) -> None:
    with pytest.raises(BrokenFrame):
        codec.decode(kind, value)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=13) | st.dictionaries(st.text(), inner),
        max_leaves=40,
    )
)
def test_any_json_is_a_report_or_is_refused(value: Any) -> None:
    with pytest.raises(BrokenFrame):
        codec.decode(Report, value)


def test_one_wrong_field_anywhere_is_refused() -> None:
    whole = _wire(REPORT)
    for index in range(len(whole)):
        broken = [*whole[:index], {"no": "field"}, *whole[index + 1 :]]
        with pytest.raises(BrokenFrame):
            codec.decode(Report, broken)


def test_types_that_cannot_be_carried_are_our_error() -> None:
    @dataclass
    class Empty:
        pass

    class Odd(NamedTuple):
        value: int | str

    for kind in (Empty, Odd, dict, complex):
        with pytest.raises(TypeError):
            codec.decoder(kind)
    with pytest.raises(TypeError):
        codec.row(object())
