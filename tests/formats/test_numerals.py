"""Numbers of thousands of digits where a file counts something: no reader breaks off at them."""

import io

import pytest

from formats.budget import Budget
from formats.numerals import whole
from formats.opening import read_stream
from tests.build import odf, slides, word

DIGITS = "9" * 5000
MARKER = "标记甲8613"
_CLEAR = (
    '<w:p><w:r><w:rPr><w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
    f'<w14:solidFill><w14:srgbClr val="000000"><w14:alpha w14:val="{DIGITS}"/></w14:srgbClr>'
    f"</w14:solidFill></w14:textFill></w:rPr><w:t>{MARKER}</w:t></w:r></w:p>"
)
_CELLS = (
    f'<table:table><table:table-column table:number-columns-repeated="{DIGITS}"/>'
    f'<table:table-row table:number-rows-repeated="{DIGITS}"><table:table-cell>{odf.p(MARKER)}'
    "</table:table-cell></table:table-row></table:table>"
)
_BULLET = f'<a:pPr><a:buAutoNum type="arabicPeriod" startAt="{DIGITS}"/></a:pPr>'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", f"<table><tr><td colspan={DIGITS}>{MARKER}<td>乙</table>".encode()),
        ("a.odt", odf.odf("odt", odf.p(f'<text:s text:c="{DIGITS}"/>{MARKER}'))),
        ("a.odt", odf.odf("odt", _CELLS)),
        ("a.docx", word.docx(_CLEAR)),
        ("a.pptx", slides.pptx(slides.text(MARKER).replace("<a:rPr ", f'<a:rPr sz="{DIGITS}" '))),
        ("a.pptx", slides.pptx(slides.text(MARKER).replace("<a:p>", f"<a:p>{_BULLET}"))),
    ],
    ids=["span", "blanks", "cells", "alpha", "size", "bullet"],
)
def test_a_number_without_end_breaks_no_reader(name: str, data: bytes) -> None:
    reading = read_stream(io.BytesIO(data), Budget(), name)
    assert any(MARKER in segment.text for segment in reading.segments)


def test_counts() -> None:
    assert [whole(text) for text in ("0", "07", "12", "", "x", "-1", "²", "१")] == [
        0, 7, 12, 1, 1, 1, 1, 1,
    ]  # fmt: skip
    assert whole("0" * 5000 + "3") == 3
    assert whole(DIGITS) > 10**17
