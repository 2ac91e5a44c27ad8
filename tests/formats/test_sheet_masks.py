"""Masks of a spreadsheet: what a number format or a formula stars is read, and not let out."""

import io

import pytest

from formats.budget import Budget
from formats.reading import Kind, Part, Segment
from formats.sheet import read, redact
from tests.build.sheet import Tab, all_bytes, row, text, workbook

STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="000&quot;****&quot;0000"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
)


def segments(data: bytes) -> list[Segment]:
    return list(read(io.BytesIO(data), Budget(), Kind.XLSX).segments)


@pytest.mark.place("xlsx", "数字格式显示成星号的号码", visible=False)
def test_the_number_behind_a_starring_format_is_read() -> None:
    data = workbook(Tab(rows=row(1, '<c r="A1" s="1"><v>13800138000</v></c>')), styles=STYLES)
    shown, behind = (s for s in segments(data) if s.place.cell == "A1")
    assert "****" in shown.text
    assert shown.visible
    assert (behind.text, behind.place.part, behind.visible) == (
        "13800138000",
        Part.INVISIBLE_TEXT,
        False,
    )


def test_a_short_number_behind_a_starring_format_is_read_as_well() -> None:
    data = workbook(Tab(rows=row(1, '<c r="A1" s="1"><v>8612345</v></c>')), styles=STYLES)
    shown, behind = (s for s in segments(data) if s.place.cell == "A1")
    assert "****" in shown.text
    assert (behind.text, behind.visible) == ("8612345", False)


def test_the_clean_copy_holds_only_what_such_a_format_shows() -> None:
    data = workbook(Tab(rows=row(1, '<c r="A1" s="1"><v>13800138000</v></c>')), styles=STYLES)
    out = io.BytesIO()
    redact(io.BytesIO(data), [], out)
    (cell,) = (s for s in segments(out.getvalue()) if s.place.cell == "A1")
    assert "****" in cell.text
    assert b"13800138000" not in all_bytes(out.getvalue())


@pytest.mark.place("xlsx", "公式里的遮盖", visible=False)
def test_a_formula_that_masks_is_told_once_a_column() -> None:
    masks = [
        f'<c r="B{n}" t="str"><f>REPLACE(A{n},7,8,"********")</f><v>500114********0016</v></c>'
        for n in (1, 2)
    ]
    rows = "".join(row(n, text(f"A{n}", "500114199003070016") + masks[n - 1]) for n in (1, 2))
    (told,) = (s for s in segments(workbook(Tab(rows=rows))) if s.place.part is Part.FIELD)
    assert told.text == 'REPLACE(A,7,8,"********")'
    assert told.place.cell == "B1"
    assert not told.visible
