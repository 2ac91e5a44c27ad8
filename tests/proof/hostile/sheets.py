"""Workbooks of a few kilobytes that claim every cell there is, or say one text without end."""

import struct
from collections.abc import Callable

from tests.build import biff
from tests.build.sheet import Tab, row, text, workbook

_ALL = "A1:XFD1048576"
_LAST = 1_048_576


def _sheet(rows: str = "", *, before: str = "", after: str = "", **more: str) -> bytes:
    """One sheet with a cell that says something, and what is claimed around it."""
    return workbook(
        Tab(rows=row(1, text("A1", "正文")) + rows, before=before, after=after),
        strings=more.get("strings", ""),
        styles=more.get("styles", ""),
        inside=more.get("inside", ""),
    )


def _merged() -> bytes:
    """The whole sheet is one merged cell, ten thousand times."""
    return _sheet(after="<mergeCells>" + f'<mergeCell ref="{_ALL}"/>' * 10_000 + "</mergeCells>")


def _merged_over_values() -> bytes:
    """Ten thousand merged ranges of a million cells each, over fifty thousand values."""
    rows = "".join(row(n, text(f"B{n}", "乙")) for n in range(2, 50_000))
    merges = "".join(f'<mergeCell ref="A{n}:A{_LAST}"/>' for n in range(2, 10_000))
    return _sheet(rows, after=f"<mergeCells>{merges}</mergeCells>")


def _hidden_columns() -> bytes:
    columns = '<col min="1" max="16384" width="0" hidden="1" style="1"/>' * 20_000
    return _sheet(before=f"<cols>{columns}</cols>")


def _hidden_rows() -> bytes:
    return _sheet("".join(f'<row r="{n}" hidden="1" s="1"/>' for n in range(2, 300_000)))


def _every_range() -> bytes:
    """What has a range has the largest, and often."""
    checks = (
        f'<dataValidation type="list" sqref="{_ALL}"><formula1>{_ALL}</formula1></dataValidation>'
    )
    colours = (
        f'<conditionalFormatting sqref="{_ALL} {_ALL}"><cfRule type="expression" priority="1"'
        f' dxfId="0"><formula>COUNTIF({_ALL},A1)>1</formula></cfRule></conditionalFormatting>'
    )
    links = f'<hyperlink ref="{_ALL}" location="a"/>' * 5_000
    return _sheet(
        before=f'<dimension ref="{_ALL}"/>',
        after=f'<autoFilter ref="{_ALL}"/>{colours * 5_000}<dataValidations>{checks * 5_000}'
        f"</dataValidations><hyperlinks>{links}</hyperlinks>",
        inside="<definedNames>"
        + "".join(f'<definedName name="n{n}">花名册!{_ALL}</definedName>' for n in range(20_000))
        + "</definedNames>",
        styles='<dxfs><dxf><font><color rgb="FFFFFFFF"/></font></dxf></dxfs>',
    )


def _conditions() -> bytes:
    """Three hundred conditions on each of ten thousand cells."""
    rows = "".join(row(n, text(f"B{n}", "乙")) for n in range(2, 10_000))
    rules = (
        f'<conditionalFormatting sqref="{_ALL}"><cfRule type="expression" priority="1" dxfId="0">'
        f"<formula>COUNTIF({_ALL},A1)>1</formula></cfRule></conditionalFormatting>"
    )
    white = '<dxfs><dxf><font><color rgb="FFFFFFFF"/></font></dxf></dxfs>'
    return _sheet(rows, after=rules * 300, styles=white)


def _shared_formulas() -> bytes:
    """Formulas that fill the sheet, from each of its rows."""
    return _sheet(
        "".join(
            f'<row r="{n}"><c r="A{n}"><f t="shared" si="{n}" ref="{_ALL}">A1+1</f><v>1</v></c>'
            f'<c r="B{n}"><f t="array" ref="{_ALL}">A:A</f><v>1</v></c></row>'
            for n in range(2, 20_000)
        )
    )


def _said_again(length: int, cells: int) -> Callable[[], bytes]:
    """One long shared text in many cells: a hundred kilobytes, gigabytes of text."""
    return lambda: _sheet(
        "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, cells)),
        strings=f"<si><t>{'身份证' * (length // 3)}</t></si>",
    )


def _rich_string() -> bytes:
    runs = "<r><t>甲</t></r>" * 1_000_000
    return _sheet('<row r="2"><c r="A2" t="s"><v>0</v></c></row>', strings=f"<si>{runs}</si>")


def _far_strings() -> bytes:
    return _sheet(
        "".join(
            f'<row r="{n}"><c r="A{n}" t="s"><v>{n * 9**9}</v></c></row>' for n in range(2, 999)
        ),
        strings="<si><t>甲</t></si>",
    )


def _formats() -> bytes:
    """A number format of a megabyte, applied to twenty thousand numbers."""
    code = "&quot;元&quot;0.00;" * 40_000
    return _sheet(
        "".join(f'<row r="{n}"><c r="A{n}" s="1"><v>{n}</v></c></row>' for n in range(2, 20_000)),
        styles=f'<numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>',
    )


def _looks() -> bytes:
    """Half a million styles, each named by one cell that lies far away."""
    return _sheet(
        f'<row r="{_LAST}"><c r="XFD{_LAST}" s="499999"><v>1</v></c></row>',
        styles="<cellXfs>" + "<xf numFmtId='14' fontId='9999999'/>" * 500_000 + "</cellXfs>",
    )


def _long_formula() -> bytes:
    deep = "IF(" * 100_000 + '"甲"' + ")" * 100_000
    return _sheet(f'<row r="2"><c r="A2"><f>{deep}</f><v>1</v></c></row>')


def _wide_rows() -> bytes:
    """Every cell of a hundred rows, each empty but for its style."""
    cells = "".join(f'<c s="{n % 2}"/>' for n in range(16_384))
    return _sheet("".join(f'<row r="{n}">{cells}</row>' for n in range(2, 102)))


def _many_sheets() -> bytes:
    return workbook(*(Tab(name=f"表{n}", rows=row(1, text("A1", "甲"))) for n in range(4_000)))


def _old(body: bytes, **more: object) -> Callable[[], bytes]:
    strings = more.get("strings", ("甲",))
    assert isinstance(strings, tuple)
    return lambda: biff.Workbook([biff.Tab(body=biff.cell(0, 0, 0) + body)], strings=strings).file()


def _old_merges() -> bytes:
    lot = struct.pack("<H", 1_000) + struct.pack("<HHHH", 0, 0xFFFF, 0, 0xFF) * 1_000
    return biff.record(0xE5, lot) * 10


def _old_numbers() -> bytes:
    """MULRK and MULBLANK records that claim more columns than they hold."""
    return b"".join(
        biff.record(kind, struct.pack("<HH", n, 0) + b"\0" * 60 + struct.pack("<H", 0xFFFF))
        for n in range(5_000)
        for kind in (0xBD, 0xBE)
    )


CASES: dict[str, Callable[[], bytes]] = {
    "merged.xlsx": _merged,
    "merged over values.xlsx": _merged_over_values,
    "hidden columns.xlsx": _hidden_columns,
    "hidden rows.xlsx": _hidden_rows,
    "every range.xlsx": _every_range,
    "conditions.xlsx": _conditions,
    "shared formulas.xlsx": _shared_formulas,
    "a text said again.xlsx": _said_again(32_767, 200_000),
    "a long text said again.xlsx": _said_again(3_000_000, 20_000),
    "a rich text.xlsx": _rich_string,
    "far strings.xlsx": _far_strings,
    "formats.xlsx": _formats,
    "looks.xlsx": _looks,
    "a long formula.xlsx": _long_formula,
    "wide rows.xlsx": _wide_rows,
    "many sheets.xlsx": _many_sheets,
    "merged.xls": _old(_old_merges()),
    "claimed columns.xls": _old(_old_numbers()),
    "a text said again.xls": _old(
        b"".join(biff.cell(n, 1, 0) for n in range(60_000)), strings=("身份证" * 10_000,)
    ),
    "hidden.xls": _old(
        biff.column_of(0, 0xFFFF, options=1) * 1000
        + b"".join(biff.row_of(n, 0x20) for n in range(65_536))
    ),
    "a deep formula.xls": _old(
        b"".join(biff.formula(1, n, b"\x15" * 2_000, b"\0" * 8) for n in range(200))
    ),
}
