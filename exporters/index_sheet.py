"""目录.xlsx: the catalogue fields of what is uploaded, one row a file."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from math import ceil

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from exporters.gbt9704.shape import width
from exporters.gbt9704.writer import EPOCH, clean
from models.disclosure.catalogue import BY_KEY

NAME = "目录.xlsx"

# Catalogue fields that are public (条例 art. 12; domain notes, disclosure B3), and column widths in
# characters. Reasons, remarks and internal notes of the catalogue are not among them.
FIELDS: tuple[tuple[str, int], ...] = (
    ("index_number", 26),
    ("title", 44),
    ("organ", 22),
    ("document_number", 22),
    ("signed_on", 13),
    ("topic", 20),
    ("genre", 11),
    ("attribute", 11),
    ("scope", 12),
    ("time_limit", 14),
    ("validity", 8),
    ("repealed_on", 13),
    ("summary", 40),
    ("keywords", 20),
    ("department", 16),
    ("column", 18),
    ("source", 14),
    ("source_url", 18),
)
_DATES = {"signed_on", "repealed_on"}
_LINE = Side(style="thin", color="BFBFBF")
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties"/>'
)


def headers() -> tuple[str, ...]:
    """The first row."""
    return (
        "序号",
        *(BY_KEY[key].label for key, _ in FIELDS),
        "发布日期",
        "发布网址",
        "文件名",
        "SHA-256",
    )


def build(rows: Sequence[tuple[Mapping[str, str], str, str]], organ: str) -> bytes:
    """The workbook; each row is (catalogue fields, file name, sha256).

    发布日期 and 发布网址 stay empty: they are known only after the upload. Everything is text, so
    that no title becomes a formula and no number loses digits. The same rows give the same bytes.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "目录"
    widths = (6, *(w for _, w in FIELDS), 13, 24, 38, 34)
    for column, wide in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = wide
    for column, text in enumerate(headers(), 1):
        _head(_put(sheet, 1, column, text))
    for number, (fields, name, digest) in enumerate(rows, 1):
        values = [str(number), *(fields.get(key, "") for key, _ in FIELDS), "", "", name, digest]
        keys = ["number", *(key for key, _ in FIELDS), "", "", "name", "sha256"]
        for column, (key, text) in enumerate(zip(keys, values, strict=True), 1):
            cell = _put(sheet, number + 1, column, text)
            centred = key in _DATES or key in {"number", "attribute", "validity", "genre"}
            cell.alignment = Alignment(
                horizontal="center" if centred else "left", vertical="center", wrap_text=True
            )
            cell.font = Font(name="Consolas" if key == "sha256" else "宋体", size=10)
            cell.border = Border(_LINE, _LINE, _LINE, _LINE)
        deepest = max(ceil(2 * width(t) / (w - 2)) for t, w in zip(values, widths, strict=True))
        sheet.row_dimensions[number + 1].height = 8 + 14 * max(1, deepest)
    sheet.row_dimensions[1].height = 26
    sheet.freeze_panes = "D2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{len(rows) + 1}"
    # Too wide for one page: three pages side by side, each beginning with number and title.
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:C"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 3, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.8, footer=0.4)
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = f"{organ}　第 &P 页，共 &N 页"
    return _steady(book)


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Cell | MergedCell:
    """Text stays text, also when it begins with an equals sign."""
    cell = sheet.cell(row, column)
    cell.value = clean(text).replace("\t", " ")
    cell.data_type = "s"
    cell.number_format = "@"
    return cell


def _head(cell: Cell | MergedCell) -> None:
    cell.font = Font(name="黑体", size=10.5, bold=True)
    cell.fill = PatternFill("solid", fgColor="E8EEF7")
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = Border(_LINE, _LINE, _LINE, Side(style="medium", color="1F5FBF"))


def _steady(book: Workbook) -> bytes:
    """Save without author and times: openpyxl writes its own name and the present second."""
    made, steady = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(steady, "w") as target:
        for name in source.namelist():
            data = _CORE.encode() if name == "docProps/core.xml" else source.read(name)
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, data)
    return steady.getvalue()
