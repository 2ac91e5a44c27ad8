"""Data of a Word document that is not what its element is made for: read as the words it is."""

import io

import pytest

from formats.budget import Budget
from formats.opening import read_stream
from formats.reading import Part, Segment
from tests.build.word import MARKER, docx, paragraph, run

_PHONE = "13800138000"


def found(content: str, text: str) -> Segment:
    data = docx(paragraph(run("正文"), content))
    reading = read_stream(io.BytesIO(data), Budget(), "公示.docx")
    (segment,) = (s for s in reading.segments if text in s.text)
    return segment


def field_data(text: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="begin"><w:fldData>{text}</w:fldData></w:fldChar></w:r>'


@pytest.mark.place("docx", "域数据（不是 base64）", visible=False)
@pytest.mark.parametrize("text", [MARKER, f"{_PHONE}a", f"{_PHONE}x", _PHONE])
def test_field_data_that_is_no_base64_is_read_as_text(text: str) -> None:
    segment = found(field_data(text), text)
    assert (segment.place.part, segment.visible) == (Part.FIELD, False)


@pytest.mark.place("docx", "符号代码里的文字", visible=False)
def test_words_in_place_of_the_code_of_a_symbol_are_read() -> None:
    segment = found(f'<w:r><w:sym w:font="Wingdings" w:char="{MARKER}"/></w:r>', MARKER)
    assert (segment.place.part, segment.visible) == (Part.FIELD, False)


@pytest.mark.place("docx", "图形位置里的长数字", visible=False)
def test_a_number_too_long_to_place_a_drawing_is_read() -> None:
    anchor = f"<wp:positionH><wp:posOffset>{_PHONE}</wp:posOffset></wp:positionH>"
    segment = found(f"<w:r><w:drawing><wp:anchor>{anchor}</wp:anchor></w:drawing></w:r>", _PHONE)
    assert (segment.place.part, segment.visible) == (Part.HIDDEN, False)
