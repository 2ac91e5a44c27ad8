"""Rows and strings cut out of the bytes are what the XML parser makes of them."""

import pytest

from formats.reading import Unreadable
from formats.sheet.rows import PIECES, Rows, attributes_in
from formats.sheet.strings import Shared, shared
from tests.build.damage import broken
from tests.build.sheet import MAIN

ROWS = (
    '<row r="1" spans="1:3" x14ac:dyDescent="0.2"><c r="A1" s="3" t="s"><v>12</v></c><c r="B1">'
    '<f>IF(A1&gt;1,"x&amp;y","")</f><v>1.5</v></c><c r="C1" t="inlineStr"><is><t>&#26446;四 &amp;'
    ' 五</t></is></c></row><row r="2" ht="0" hidden="1"><c r="A2" s="1"/><c r="B2" t="str">'
    '<f t="shared" si="0"/><v>a]]b</v></c><c t="inlineStr"><is><r><t>富</t></r><r><rPr><b/></rPr>'
    '<t xml:space="preserve"> 文</t></r></is></c></row>\n<row r="5"/><row r="6"><c r="A6"><v></v>'
    '</c><c r="B6"><v/></c><c r="XFD6" t="b"><v>1</v></c></row>'
)
STRINGS = (
    '<si><t>甲</t></si><si><t xml:space="preserve"> &lt;乙&#20108;</t><phoneticPr fontId="1"/></si>'
    '<si><r><t>丙</t></r><r><t>丁</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si><si><t/></si><si/>'
    "<si><t>_x000D_戊</t></si>"
)
# After this nothing may be cut: a comment could hold what looks like the rows.
PARSED = b"<!-- -->"
Row = tuple[dict[str, str | None], list[tuple[str, ...]]]


def sheet(rows: bytes, before: bytes = b"") -> bytes:
    opening = f'<worksheet xmlns="{MAIN}" xmlns:x14ac="urn:a">'.encode()
    return opening + before + b"<cols/><sheetData>" + rows + b"</sheetData></worksheet>"


def table(strings: bytes, before: bytes = b"") -> bytes:
    return f'<sst xmlns="{MAIN}">'.encode() + before + strings + b"</sst>"


def rows(data: bytes) -> list[Row] | str:
    """What each cell says, however it was read; the code where it cannot be."""
    found: list[Row] = []
    try:
        for number, others, pieces in Rows(data, "sheet1.xml"):
            cells: list[tuple[str, ...]] = []
            for at in range(0, len(pieces) - 1, PIECES):
                _, letters, said, computes, formula, value, inline = pieces[at : at + PIECES]
                named = attributes_in(said or "")
                cells.append((letters or "", named.get("s", "0"), named.get("t", "n"),
                              str(computes is not None), formula or "", value or "",
                              inline or ""))  # fmt: skip
            told = attributes_in(others)
            row = {"r": number, "ht": told.get("ht"), "hidden": told.get("hidden")}
            found.append((row, cells))
    except Unreadable as error:
        return error.code.value
    return found


def strings(data: bytes) -> Shared | str:
    try:
        return shared(data, "sharedStrings.xml")
    except Unreadable as error:
        return error.code.value


def test_both_ways_read_rows_of_every_make() -> None:
    found = rows(sheet(ROWS.encode()))
    assert found == rows(sheet(ROWS.encode(), PARSED))
    assert isinstance(found, list)
    assert [row[0]["r"] for row in found] == ["1", "2", "5", "6"]


def test_both_ways_read_strings_of_every_make() -> None:
    found = strings(table(STRINGS.encode()))
    assert found == strings(table(STRINGS.encode(), PARSED))
    assert found == Shared(["甲", " <乙二", "丙丁", "", "", "\r戊"], [(2, "x")], {}, [])


@pytest.mark.parametrize(
    "odd",
    [
        '<row r="1"><!-- <c r="A1"><v>1</v></c> --><c r="A1"><v>2</v></c></row>',
        "<row r='1'><c r='A1'><v>2</v></c></row>",
        '<row r="1"><c r="xfd1"><v>1</v></c><c r="$B$1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>',
        '<row ht="5" r="7"><c s="1" t="s" cm="1"><v>0</v></c><c s="1" t="s"><v>1</v></c></row>',
        '<row r="1" ht=\'"\'><c r="A1" s="1" t="n"><f>1</f><v></v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&#38;lt;&#60;</t></is></c></row>',
        '<row r="1"><c r="A1" t="str"><v>甲\r\n乙\r丙</v></c></row>',
        '<row r="1"><c r="A1"><v><![CDATA[<c>]]></v></c></row>',
        '<x:row xmlns:x="urn:x" r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row><row r="2"/>',
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>',
        '</sheetData><cols/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>&#55296;</v></c></row>',
        '<row r="1"><c r="A1"><v>&nbsp;</v></c></row>',
        '<row r="1"><c r="A1"><v>\x01</v></c></row>',
        "text<row/>",
    ],
)
def test_both_ways_read_what_is_odd(odd: str) -> None:
    assert rows(sheet(odd.encode())) == rows(sheet(odd.encode(), PARSED))


def test_a_fake_beside_the_rows_is_not_taken_for_them() -> None:
    fake = b'<!-- <sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData> -->'
    real = b'<row r="1"><c r="A1"><v>2</v></c></row>'
    found = rows(sheet(real, fake))
    assert isinstance(found, list)
    assert [cell[5] for _, cells in found for cell in cells] == ["2"]


@pytest.mark.parametrize("first", range(0, 400, 100))
def test_nothing_broken_is_read_otherwise(first: int) -> None:
    for seed in range(first, first + 100):
        mine, theirs = broken(ROWS.encode(), seed), broken(STRINGS.encode(), seed)
        parsed = rows(sheet(mine, PARSED))
        assert isinstance(parsed, str) or rows(sheet(mine)) == parsed, seed
        told = strings(table(theirs, PARSED))
        assert isinstance(told, str) or strings(table(theirs)) == told, seed
