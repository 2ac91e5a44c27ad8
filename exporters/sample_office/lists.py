"""The lists: workbooks, a CSV and a Word table full of what must not be published."""

import csv
import io
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.worksheet import Worksheet

from exporters.sample_office import letters
from exporters.sample_office.persons import Person, persons

_LINE = Border(*(Side(style="thin"),) * 4)


def write(folder: Path) -> None:
    """Seven lists; which columns they hold is in their names."""
    subsidy(folder / "2026年耕地地力保护补贴发放名单.xlsx")
    aid_with_hidden_column(folder / "2026年二季度临时救助发放表.xlsx")
    totals_with_hidden_sheet(folder / "各村耕地补贴面积汇总表.xlsx")
    disability(folder / "2026年残疾人两项补贴发放名单.xlsx")
    accounts(folder / "白石沟村2026年上半年财务收支公开表.xlsx")
    housing(folder / "2026年农村危房改造拟补助对象.csv")
    minimum_living(folder / "2026年8月农村低保对象名单.docx")


def table(sheet: Worksheet, heading: str, header: list[str], rows: list[list[object]]) -> None:
    """A heading over all columns, a header row, the rows, thin borders."""
    sheet.append([heading])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(header))
    sheet["A1"].font = Font(name="方正小标宋简体", size=18)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.append(header)
    for row in rows:
        sheet.append(row)
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.border = _LINE
    for index, word in enumerate(header):
        letter = chr(ord("A") + index)
        longest = max([len(word) * 2, *(len(str(row[index])) for row in rows)])
        sheet.column_dimensions[letter].width = longest + 3


def book(path: Path, *sheets: tuple[str, str, list[str], list[list[object]]]) -> Workbook:
    """A workbook of (sheet name, heading, header, rows), saved to `path`."""
    workbook = Workbook()
    workbook.properties.creator = letters.AUTHOR
    for index, (name, heading, header, rows) in enumerate(sheets):
        sheet = workbook.worksheets[0] if index == 0 else workbook.create_sheet()
        sheet.title = name
        table(sheet, heading, header, rows)
    workbook.save(path)
    return workbook


def _numbered(people: list[Person]) -> list[tuple[int, Person]]:
    return list(enumerate(people, 1))


def subsidy(path: Path) -> None:
    """The mistake of 2025: a public list with ID and bank-card columns."""
    rows: list[list[object]] = [
        [n, p.village, p.name, p.id_number, p.card, round(1.2 + n % 7 * 0.35, 2), 0]
        for n, p in _numbered(persons(40, seed=1))
    ]
    for row in rows:
        row[6] = round(float(str(row[5])) * 92.5, 2)
    header = [
        "序号",
        "村（社区）",
        "户主姓名",
        "身份证号",
        "一卡通账号",
        "补贴面积（亩）",
        "补贴金额（元）",
    ]
    book(path, ("发放名单", "白石沟镇2026年耕地地力保护补贴发放名单", header, rows))


def aid_with_hidden_column(path: Path) -> None:
    """The ID column is hidden, not deleted."""
    rows: list[list[object]] = [
        [n, p.village, p.name, p.id_number, "因病致困", 1200 + n % 4 * 300]
        for n, p in _numbered(persons(12, seed=2))
    ]
    header = ["序号", "村（社区）", "姓名", "身份证号码", "困难原因", "救助金额（元）"]
    workbook = book(path, ("发放表", "白石沟镇2026年二季度临时救助发放表", header, rows))
    sheet = workbook["发放表"]
    sheet.column_dimensions["D"].hidden = True
    workbook.save(path)


def totals_with_hidden_sheet(path: Path) -> None:
    """Harmless totals in front, the household detail on a hidden sheet behind."""
    villages = ["白石沟村", "双碾坝村", "青冈坪村", "老鹰岩村"]
    totals: list[list[object]] = [
        [n, v, 310 + n * 12, 1260.5 + n * 88] for n, v in enumerate(villages, 1)
    ]
    detail: list[list[object]] = [
        [n, p.village, p.name, p.id_number, p.phone] for n, p in _numbered(persons(20, seed=3))
    ]
    workbook = book(
        path,
        ("汇总", "各村耕地补贴面积汇总表", ["序号", "村", "户数", "面积（亩）"], totals),
        ("明细", "分户明细", ["序号", "村", "户主", "身份证号", "联系电话"], detail),
    )
    workbook["明细"].sheet_state = "hidden"
    workbook.save(path)


def disability(path: Path) -> None:
    """Certificate numbers that hold the ID number, the class and the degree."""
    rows: list[list[object]] = [
        [n, p.village, p.name, p.disability, "肢体二级", 90]
        for n, p in _numbered(persons(10, seed=4))
    ]
    header = ["序号", "村（社区）", "姓名", "残疾人证号", "残疾类别等级", "补贴金额（元/月）"]
    book(path, ("名单", "白石沟镇2026年残疾人两项补贴发放名单", header, rows))


def accounts(path: Path) -> None:
    """A list that may be published as it is."""
    rows: list[list[object]] = [
        [1, "2026-01-18", "路灯电费", "支出", 1860.4],
        [2, "2026-02-06", "上级拨付运转经费", "收入", 25000],
        [3, "2026-03-21", "垃圾清运", "支出", 4200],
        [4, "2026-05-30", "饮水管网维修", "支出", 6830.5],
    ]
    header = ["序号", "日期", "事项", "收支", "金额（元）"]
    book(path, ("收支", "白石沟村2026年上半年财务收支公开表", header, rows))


def housing(path: Path) -> None:
    """A CSV as an old system exports it: GB18030."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(["序号", "村", "户主", "身份证号", "危房等级", "拟补助（元）"])
    for n, p in _numbered(persons(8, seed=5)):
        writer.writerow([n, p.village, p.name, p.id_number, "D级", 35000])
    path.write_bytes(lines.getvalue().encode("gb18030"))


def minimum_living(path: Path) -> None:
    """A Word table with addresses down to the group, ID numbers and accounts."""
    document = letters.blank()
    letters.title(document, "白石沟镇2026年8月农村低保对象名单")
    header = ["序号", "姓名", "家庭住址", "身份证号", "保障人口", "月保障金额（元）", "开户账号"]
    grid = document.add_table(rows=1, cols=len(header), style="Table Grid")
    for cell, word in zip(grid.rows[0].cells, header, strict=True):
        cell.text = word
    for n, p in _numbered(persons(15, seed=6)):
        values = [
            n,
            p.name,
            f"{p.village}{p.group}组",
            p.id_number,
            1 + n % 4,
            540 + n % 4 * 310,
            p.card,
        ]
        for cell, value in zip(grid.add_row().cells, values, strict=True):
            cell.text = str(value)
    letters.say(document, "监督电话：023-59900119。公示期7天。")
    document.save(str(path))
