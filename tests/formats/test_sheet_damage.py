"""A broken workbook ends in a Reading or an Unreadable, never in anything else."""

import io
import time

import pytest

from formats.budget import Budget, Limits
from formats.reading import Kind, Unreadable
from formats.sheet import read, redact
from formats.sheet.references import letters_of
from tests.build.damage import broken, broken_part
from tests.build.sheet import Tab, row, text, workbook
from tests.build.sheet_parts import BESIDE
from tests.build.sheet_places import CELLS, Spot
from tests.proof.mutants import mutant

SEEDS = 150
LIMITS = Limits(opened_bytes=50_000_000, segments=200_000)


def specimen() -> bytes:
    """Something of everything, small."""
    rows = row(
        1,
        text("A1", "姓名") + '<c r="B1" s="1"><v>46086</v></c><c r="C1" t="s"><v>0</v></c>',
        'ht="20" customHeight="1"',
    ) + row(2, '<c r="A2"><f>IF(B1,"是的是的","不")</f><v>5</v></c>', 'hidden="1"')
    tab = Tab(
        rows=rows,
        before='<cols><col min="2" max="3" width="9" hidden="1"/></cols>',
        after='<autoFilter ref="A1:C2"/><mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
        '<pageSetup orientation="landscape"/><headerFooter><oddHeader>&amp;C页</oddHeader>'
        "</headerFooter>",
        rels={"c": ("comments", "../comments1.xml")},
    )
    comments = (
        '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors>'
        '<author>甲</author></authors><commentList><comment ref="A1" authorId="0"><text><t>注</t>'
        "</text></comment></commentList></comments>"
    )
    styles = (
        '<numFmts><numFmt numFmtId="164"'
        ' formatCode="yyyy-m-d;[&gt;5]0.00;&quot;a&quot;"/></numFmts>'
        '<fonts><font><color theme="1" tint="0.5"/></font></fonts>'
        '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="0"/></cellXfs>'
    )
    return workbook(
        tab,
        Tab("隐藏", row(1, text("A1", "乙")), state="hidden"),
        strings="<si><t>共享</t></si><si><t>残留</t></si>",
        styles=styles,
        inside='<definedNames><definedName name="区域">花名册!$A$1</definedName></definedNames>',
        parts={"xl/comments1.xml": comments, "docProps/core.xml": "<a><title>丙</title></a>"},
    )


def attempt(data: bytes) -> None:
    try:
        reading = read(io.BytesIO(data), Budget(LIMITS), Kind.XLSX)
    except Unreadable:
        return
    for segment in reading.segments:
        segment.text.encode()
    try:
        redact(io.BytesIO(data), (), io.BytesIO())
    except Unreadable:
        return


def test_rows_written_backwards_are_read_in_seconds() -> None:
    """And a cell that comes a second time is one that programs differ about, wherever it comes."""
    cells = "".join(f'<c r="{letters_of(n)}{{0}}"><v>{n}</v></c>' for n in range(16_384, 0, -1))
    made = "".join(row(n, cells.format(n) + text(f"C{n}", "又一个")) for n in range(1, 11))
    began = time.process_time()
    found = read(io.BytesIO(workbook(Tab(rows=made))), Budget(), Kind.XLSX).segments
    assert time.process_time() - began < 20
    assert [s.visible for s in found if s.place.cell == "C7"] == [True, False]
    assert len([s for s in found if s.place.row]) == 10 * 16_385


def test_the_specimen_is_whole() -> None:
    reading = read(io.BytesIO(specimen()), Budget(), Kind.XLSX)
    assert len(reading.segments) > 12
    assert not reading.troubles


@pytest.mark.parametrize("first", range(0, SEEDS, 50))
def test_broken_workbooks(first: int) -> None:
    data = specimen()
    for seed in range(first, first + 50):
        attempt(broken_part(data, seed))
        attempt(broken(data, seed))


@pytest.mark.parametrize("spot", [*CELLS, *BESIDE], ids=lambda spot: spot.words)
def test_broken_places(spot: Spot) -> None:
    for seed in range(4):
        attempt(broken_part(spot.data, seed))
        attempt(mutant(spot.data, f"{spot.words} {seed}"))
