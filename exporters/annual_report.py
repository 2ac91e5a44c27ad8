"""The statutory annual report (政府信息公开工作年度报告) as Word.

Six headings and three tables with the exact labels and merged cells of 国办公开办函〔2021〕30号
(`resources/law/annual_report.toml`). Numbers come from `Tables`; labels are never typed.
"""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from docx.table import _Cell

import resources
from exporters import disk
from exporters.annual_report_reader import ReadReport, read
from exporters.gbt9704 import elements, tables
from exporters.gbt9704.measures import FANGSONG, HEITI, TYPE_WIDTH, Mm, Pt, Twips, twips
from exporters.gbt9704.tables import Face
from exporters.gbt9704.writer import Paper
from models.reporting.annual import SECTIONS
from models.reporting.tables import Table2, Tables

__all__ = ["AnnualReport", "ReadReport", "draw", "read", "title", "write"]

LABEL = Face(FANGSONG, Pt(9), "center", line=Pt(11.5))
LEFT = Face(FANGSONG, Pt(9), "left", line=Pt(11.5))
HEAD = Face(HEITI, Pt(9), "center", line=Pt(11.5))
NUMBER = Face(FANGSONG, Pt(9.5), "center", line=Pt(11.5))
# Table 二 has room: 10.5 pt.
WIDE_LABEL = Face(FANGSONG, Pt(10.5), "center")
WIDE_HEAD = Face(HEITI, Pt(10.5), "center")


@dataclass(frozen=True, slots=True)
class AnnualReport:
    """What is printed. Texts are paragraphs separated by line feeds; an empty one is left blank.

    Their names are those of `models.reporting.annual.SECTIONS`: 一 has five aspects, each under its
    own heading; `overview` is for a text that brings its own. `date` is the signature's, in Chinese
    form, empty for a report without a signature.
    """

    organ: str
    year: int
    tables: Tables
    introduction: str = ""
    overview: str = ""
    overview_active: str = ""
    overview_request: str = ""
    overview_management: str = ""
    overview_platform: str = ""
    overview_supervision: str = ""
    problems: str = ""
    other: str = ""
    date: str = ""


def title(organ: str, year: int) -> str:
    """「机关 年份 年政府信息公开工作年度报告」."""
    return f"{organ}{year}年政府信息公开工作年度报告"


def write(report: AnnualReport, out: Path) -> None:
    """Write the report as a .docx. Raises Unavailable when the disk refuses."""
    disk.put(out, draw(report).bytes(), "年度报告没有写成")


def draw(report: AnnualReport) -> Paper:
    """The whole report as a paper."""
    labels = resources.table("law/annual_report.toml")
    headings = [section["heading"] for section in labels["sections"]]
    paper = Paper(organ=report.organ)
    elements.title(paper, title(report.organ, report.year), keep=(report.organ, f"{report.year}年"))
    elements.prose(paper, report.introduction)
    elements.heading(paper, 1, headings[0])
    _overview(paper, report)
    elements.heading(paper, 1, headings[1])
    _second(paper, labels["table2"], report.tables.table2)
    # Table 三 fills a page; it begins one, so that it is never torn.
    elements.heading(paper, 1, headings[2]).paragraph_format.page_break_before = True
    _third(paper, labels["table3"], report.tables)
    elements.heading(paper, 1, headings[3]).paragraph_format.page_break_before = True
    _fourth(paper, labels["table4"], report.tables)
    elements.gap(paper)
    elements.heading(paper, 1, headings[4])
    _text(paper, report.problems)
    elements.heading(paper, 1, headings[5])
    _text(paper, report.other)
    if report.date:
        elements.signature(paper, report.organ, report.date, sealed=True)
    return paper


def _overview(paper: Paper, report: AnnualReport) -> None:
    """One text, or the five aspects; only those that say something, numbered as the form does."""
    aspects = {key: getattr(report, key) for key in SECTIONS if key.startswith("overview_")}
    if report.overview.strip() or not any(text.strip() for text in aspects.values()):
        _text(paper, report.overview)
    for key, text in aspects.items():
        if text.strip():
            elements.heading(paper, 2, SECTIONS[key])
            elements.prose(paper, text)


def _text(paper: Paper, text: str) -> None:
    if text.strip():
        elements.prose(paper, text)
    else:
        elements.empty(paper)


def shown(value: int | Decimal | None) -> str:
    """A number as printed; a cell nobody could read stays blank."""
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _second(paper: Paper, labels: dict[str, Any], numbers: Table2) -> None:
    width = twips(Mm(TYPE_WIDTH / 4))
    table = tables.grid(paper, 14, [width] * 4)
    cells = tables.cells(table)
    row = 0
    for index, heading in enumerate(labels["headings"]):
        tables.write(tables.merge(cells[row][0], cells[row][3]), heading, WIDE_HEAD)
        row += 1
        heads = labels[("documents", "decisions", "decisions", "fees")[index]]
        _row(cells[row], heads)
        row += 1
        for entry in labels["rows"]:
            if entry["heading"] == index:
                found = getattr(numbers, entry["key"])
                values = found if isinstance(found, tuple) else (found,)
                _row(cells[row], [entry["label"], *map(shown, values)])
                row += 1
    for index in range(14):
        tables.set_height(table, index, twips(Mm(8)))
    tables.keep_together(table)


def _row(cells: list[_Cell], texts: list[str]) -> None:
    """One row of table 二: of two texts the second reaches over three columns."""
    if len(texts) == 2:
        tables.merge(cells[1], cells[3])
    for cell, text in zip(cells, texts, strict=False):
        tables.write(cell, text, WIDE_LABEL)


def _third(paper: Paper, labels: dict[str, Any], values: Tables) -> None:
    # Widths that break no label badly: 三、本/年度办/理结果, groups on one line, heads two by two.
    widths = [twips(Mm(w)) for w in (12, 24.5, 43, 12, *(10.5,) * 5, 12)]
    rows = labels["rows"]
    table = tables.grid(paper, 3 + len(rows), widths)
    cells = tables.cells(table)
    tables.write(tables.merge(cells[0][0], cells[2][2]), labels["corner"], LABEL)
    tables.write(tables.merge(cells[0][3], cells[0][9]), labels["applicants"], HEAD)
    columns = labels["columns"]
    tables.write(tables.merge(cells[1][3], cells[2][3]), columns[0], HEAD)
    tables.write(tables.merge(cells[1][4], cells[1][8]), labels["organisations"], HEAD)
    tables.write(tables.merge(cells[1][9], cells[2][9]), columns[6], HEAD)
    for column in range(1, 6):
        tables.write(cells[2][3 + column], columns[column], HEAD)
    keys = [row["key"] for row in rows]
    first, last = 3 + keys.index("granted"), 3 + keys.index("total")
    tables.write(tables.merge(cells[first][0], cells[last][0]), labels["outcome"], LABEL)
    for index, row in enumerate(rows):
        at = 3 + index
        if "group" in row:
            tables.write(cells[at][2], row["label"], LEFT)
        elif first <= at <= last:
            tables.write(tables.merge(cells[at][1], cells[at][2]), row["label"], LEFT)
        else:
            tables.write(tables.merge(cells[at][0], cells[at][2]), row["label"], LEFT)
        for column, value in enumerate(values.table3.rows[row["key"]]):
            tables.write(cells[at][3 + column], shown(value), NUMBER)
        tables.set_height(table, at, twips(Mm(6.8)))
    for group in dict.fromkeys(row["group"] for row in rows if "group" in row):
        inside = [3 + i for i, row in enumerate(rows) if row.get("group") == group]
        tables.write(tables.merge(cells[inside[0]][1], cells[inside[-1]][1]), group, LABEL)
    tables.repeat_head(table, 3)
    tables.keep_rows_whole(table)


def _fourth(paper: Paper, labels: dict[str, Any], values: Tables) -> None:
    width = Twips(int(twips(TYPE_WIDTH) / 15))
    table = tables.grid(paper, 4, [width] * 15)
    cells = tables.cells(table)
    tables.write(tables.merge(cells[0][0], cells[0][4]), labels["review"], HEAD)
    tables.write(tables.merge(cells[0][5], cells[0][14]), labels["litigation"], HEAD)
    for start, block in ((5, labels["blocks"][1]), (10, labels["blocks"][2])):
        tables.write(tables.merge(cells[1][start], cells[1][start + 4]), block, HEAD)
    for index in range(15):
        label = labels["columns"][index % 5]
        cell = tables.merge(cells[1][index], cells[2][index]) if index < 5 else cells[2][index]
        tables.write(cell, label, LABEL)
        tables.write(cells[3][index], shown(values.table4.cells[index]), NUMBER)
    for index, height in enumerate((7, 7, 11, 9)):
        tables.set_height(table, index, twips(Mm(height)))
    tables.keep_rows_whole(table)
