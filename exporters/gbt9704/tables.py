"""Tables: grids with real merged cells, ruled lines, repeated heads."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Twips as Length
from docx.table import Table, _Cell

from exporters.gbt9704 import styles
from exporters.gbt9704.elements import set_style
from exporters.gbt9704.measures import (
    FANGSONG,
    HEITI,
    LATIN,
    SIZE_SMALL_4,
    EighthPoints,
    Pt,
    Twips,
    half_points,
)
from exporters.gbt9704.writer import Paper, clean

PADDING = Twips(57)  # 1 mm beside a cell's text
THIN, THICK = EighthPoints(4), EighthPoints(8)  # 0.5 pt inside, 1 pt around


@dataclass(frozen=True, slots=True)
class Face:
    """How a cell's text looks. `line` is the exact line height, None for single spacing; `inset`
    keeps the text that far from the right rule.
    """

    font: str = FANGSONG
    size: Pt = SIZE_SMALL_4
    align: str = "center"
    latin: str = LATIN
    bold: bool = False
    line: Pt | None = None
    inset: Twips = Twips(0)  # noqa: RUF009 - a number with a name, not a mutable value


HEAD = Face(font=HEITI)


def grid(
    paper: Paper,
    rows: int,
    widths: Sequence[Twips],
    *,
    around: EighthPoints = THICK,
    padding: Twips = PADDING,
) -> Table:
    """An empty ruled table, centred, of fixed column widths in twips."""
    table: Table = paper.document.add_table(rows=rows, cols=len(widths))
    properties = table._tbl.tblPr
    for child in list(properties):
        properties.remove(child)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        for side, size in (
            ("top", around),
            ("left", around),
            ("bottom", around),
            ("right", around),
            ("insideH", THIN),
            ("insideV", THIN),
        )
    )
    made = parse_xml(
        f'<w:tblPr {nsdecls("w")}><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:left w:w="{padding}" w:type="dxa"/><w:right w:w="{padding}" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr>"
    )
    properties.extend(list(made))
    columns = table._tbl.tblGrid
    for column, size in zip(list(columns), widths, strict=True):
        column.set(f"{{{column.nsmap['w']}}}w", str(size))
    for row in table.rows:
        for cell, size in zip(row._tr.tc_lst, widths, strict=True):
            cell.width = Length(size)
    return table


def write(cell: _Cell, text: str, face: Face = Face(), *, vertical: str = "center") -> None:
    """Put text into a cell, one paragraph a line; what was in it goes."""
    element = cell._tc
    for old in list(element.p_lst):
        element.remove(old)
    for line in clean(text).split("\n"):
        made = cell.add_paragraph()
        set_style(made, styles.CELL)
        properties = made._p.get_or_add_pPr()
        if face.line is not None:
            properties.append(
                parse_xml(
                    f'<w:spacing {nsdecls("w")} w:line="{round(face.line * 20)}" '
                    'w:lineRule="exact"/>'
                )
            )
        if face.inset:
            properties.append(parse_xml(f'<w:ind {nsdecls("w")} w:right="{face.inset}"/>'))
        properties.append(parse_xml(f'<w:jc {nsdecls("w")} w:val="{face.align}"/>'))
        if line:
            run = made.add_run(line)
            size = half_points(face.size)
            look = parse_xml(
                f"<w:rPr {nsdecls('w')}>{styles.fonts(face.font, face.latin)}"
                f"{'<w:b/>' if face.bold else ''}"
                f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
            )
            run._r.insert(0, look)
    set_vertical(cell, vertical)


def set_vertical(cell: _Cell, where: str) -> None:
    """`top`, `center` or `bottom`."""
    properties = cell._tc.get_or_add_tcPr()
    made = parse_xml(f'<w:vAlign {nsdecls("w")} w:val="{where}"/>')
    for old in properties.findall(made.tag):
        properties.remove(old)
    properties.append(made)


def cells(table: Table) -> list[list[_Cell]]:
    """The cells of a table that has no merged ones yet, by row and column.

    Taken once: `table.cell` walks the whole table each time it is asked.
    """
    flat, wide = table._cells, len(table.columns)
    return [flat[start : start + wide] for start in range(0, len(flat), wide)]


def merge(first: _Cell, last: _Cell) -> _Cell:
    """Merge the block between two corner cells; returns the merged cell."""
    merged: _Cell = first.merge(last)
    return merged


def set_height(table: Table, row: int, height: Twips, *, exact: bool = False) -> None:
    """A row's height in twips, at least unless `exact`."""
    properties = table.rows[row]._tr.get_or_add_trPr()
    rule = "exact" if exact else "atLeast"
    properties.append(parse_xml(f'<w:trHeight {nsdecls("w")} w:val="{height}" w:hRule="{rule}"/>'))


def repeat_head(table: Table, rows: int = 1) -> None:
    """Print the first rows again on each page."""
    for row in table.rows[:rows]:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def keep_rows_whole(table: Table) -> None:
    """No row is split between two pages."""
    for row in table.rows:
        row._tr.get_or_add_trPr().insert(0, parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))


def keep_together(table: Table) -> None:
    """Keep a small table on one page: each row but the last stays with the next."""
    keep_rows_whole(table)
    for row in table.rows[:-1]:
        for cell in row._tr.tc_lst:
            for paragraph in cell.p_lst:
                properties = paragraph.get_or_add_pPr()
                properties.insert(1, parse_xml(f"<w:keepNext {nsdecls('w')}/>"))
