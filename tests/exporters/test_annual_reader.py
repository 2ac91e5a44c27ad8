"""Reading reports that others made: what is tolerated, and what is told instead of guessed."""

import time
import zipfile
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook

import resources
from exporters import annual_report
from exporters.annual_cells import key_of_row, number, whole
from formats.reading import Unreadable
from models.reporting.tables import Tables
from tests.exporters.test_annual_report import ORGAN, consistent, written


@pytest.mark.parametrize(
    ("text", "value", "odd"),
    [
        ("12", 12, ""), ("１２", 12, ""), (" 1,234 ", 1234, ""), ("1，234", 1234, ""),
        ("3件", 3, ""), ("22（其中修订16件）", 22, "附注"), ("", None, "空白"),
        ("/", None, "不是数字"), ("—", None, "不是数字"), ("无", None, "不是数字"),
        ("1.5", None, "不是整数"), ("3.0", 3, ""),
        ("1 2", None, "多个"), ("12\n", 12, ""), ("-5", -5, ""), ("12abc", None, "不是数字"),
    ],
)  # fmt: skip
def test_cells_as_people_type_them(text: str, value: int | None, odd: str) -> None:
    found, said = whole(text)
    assert found == value
    assert odd in said if odd else said == ""


def test_a_fee_may_have_decimals() -> None:
    assert number("24，252.311082").value == Decimal("24252.311082")


@pytest.mark.parametrize(
    ("label", "group", "key"),
    [
        ("一、本年新收政府信息公开申请数量", "", "new"),
        ("(一)予以公开", "三、本年度办理结果", "granted"),
        ("（二）部分公开（区分处理的,只计这一情形，不计其他情形）", "", "partial"),
        ("2．其他法律行政止公开", "（三）不予公开", "deny_law"),
        ('3.危及"三安全一稳定"', "（三）不予公开", "deny_3s1w"),
        ("3.其他", "（六）其他处理", "other_other"),
        ("（七）总计", "三、本年度办理结果", "total"),
        ("1.申请人无正当理由逾期不补正", "（六）其他处理", "other_no_correction"),
        ("申请人情况", "", None),
    ],
)
def test_labels_damaged_by_copying_are_known(label: str, group: str, key: str | None) -> None:
    assert key_of_row(label, group, set()) == key


def html(tables: Tables, *, split_heads: bool = False, one_other_row: bool = False) -> str:
    """The report as a web page: rowspan and colspan as the published ones have them."""
    names = resources.table("law/annual_report.toml")
    second = "".join(
        f"<tr><td>{r['label']}</td>"
        + "".join(f"<td>{v}</td>" for v in getattr(tables.table2, r["key"]))
        + "</tr>"
        if r["heading"] == 0
        else f"<tr><td>{r['label']}</td><td colspan=3>{getattr(tables.table2, r['key'])}</td></tr>"
        for r in names["table2"]["rows"]
    )
    columns = [n if not split_heads or len(n) < 4 else f"{n[:2]}<br/>{n[2:]}"
               for n in names["table3"]["columns"]]  # fmt: skip
    head = (
        "<tr><td colspan=3 rowspan=3>（勾稽）</td><td colspan=7>申请人情况</td></tr>"
        f"<tr><td rowspan=2>{columns[0]}</td><td colspan=5>法人或其他组织</td>"
        f"<td rowspan=2>{columns[6]}</td></tr>"
        "<tr>" + "".join(f"<td>{c}</td>" for c in columns[1:6]) + "</tr>"
    )
    body, groups = [], set()
    sizes = {"（三）不予公开": 8, "（四）无法提供": 3, "（五）不予处理": 5, "（六）其他处理": 3}
    for row in names["table3"]["rows"]:
        key, group = row["key"], row.get("group", "")
        if one_other_row and key in {"other_no_correction", "other_no_fee"}:
            continue
        text = "<tr>"
        if key == "granted":
            text += f"<td rowspan={20 if one_other_row else 22}>三、本年度办理结果</td>"
        if one_other_row and key == "other_other":
            text += "<td colspan=2>（六）其他处理</td>"
        elif group:
            text += "" if group in groups else f"<td rowspan={sizes[group]}>{group}</td>"
            text += f"<td>{row['label']}</td>"
        else:
            wide = 2 if key in {"granted", "partial", "total"} else 3
            text += f"<td colspan={wide}>{row['label']}</td>"
        groups.add(group)
        body.append(text + "".join(f"<td>{v}</td>" for v in tables.table3.rows[key]) + "</tr>")
    heads = names["table4"]["columns"]
    fourth = (
        "<tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr><tr>"
        + "".join(f"<td rowspan=2>{h}</td>" for h in heads)
        + "<td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr><tr>"
        + "".join(f"<td>{h}</td>" for h in heads * 2)
        + "</tr><tr>"
        + "".join(f"<td>{v}</td>" for v in tables.table4.cells)
        + "</tr>"
    )
    return (
        f"<html><head><script>1</script></head><body><h1>{ORGAN}<br>二〇二五年政府信息公开年度报告</h1>"
        "<p>一、总体情况</p><p>全年平稳。</p><p>二、行政机关主动公开政府信息情况</p>"
        f"<table>{second}</table><p>三、收到和处理政府信息公开申请情况</p><table>{head}{''.join(body)}"
        "</table><p>四、因政府信息公开工作被申请行政复议、提起行政诉讼情况</p>"
        f"<table>{fourth}</table><p>五、政府信息公开工作存在的主要问题及改进情况</p>"
        "<p>六、其他需要报告的事项</p><p>无收费。</p></body></html>"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("split", [False, True], ids=["whole heads", "split heads"])
def test_a_web_page_in_either_encoding(tmp_path: Path, encoding: str, split: bool) -> None:
    path = tmp_path / "年报.html"
    path.write_bytes(html(consistent(), split_heads=split).encode(encoding))
    back = annual_report.read(path)
    assert back.tables == consistent()
    assert (back.organ, back.year) == (ORGAN, 2025)
    assert back.headings == ("一", "二", "三", "四", "五", "六")
    assert back.texts == {"overview": "全年平稳。", "problems": "", "other": "无收费。"}


def test_one_row_for_other_handling_is_told_not_split(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(html(consistent(), one_other_row=True), encoding="utf-8")
    back = annual_report.read(path)
    assert back.tables.table3.rows["other_no_fee"] == (None,) * 7
    assert back.tables.table3.rows["other_other"] == (0,) * 7
    assert back.tables.table3.rows["total"] == consistent().table3.rows["total"]
    assert any("应当分三行" in trouble for trouble in back.troubles)


def test_a_workbook_with_merged_cells(tmp_path: Path) -> None:
    written(consistent(), tmp_path)
    source = docx.Document(str(tmp_path / "a.docx"))
    book = Workbook()
    for name, table in zip("二三四", source.tables, strict=True):
        sheet = book.create_sheet(f"表{name}")
        seen: dict[object, list[tuple[int, int]]] = {}
        for r, row in enumerate(table.rows, 1):
            for c, cell in enumerate(row.cells, 1):
                seen.setdefault(cell._tc, []).append((r, c))
        for element, places in seen.items():
            (top, left), (bottom, right) = places[0], places[-1]
            text = docx.table._Cell(element, table).text
            sheet.cell(top, left, int(text) if text.isdecimal() else text)
            if len(places) > 1:
                sheet.merge_cells(
                    start_row=top, start_column=left, end_row=bottom, end_column=right
                )
    book.remove(book.worksheets[0])
    book.save(tmp_path / "a.xlsx")
    back = annual_report.read(tmp_path / "a.xlsx")
    assert back.tables == consistent()


def test_the_old_template_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    text = html(consistent()).replace("<table>", "<table><tr><td>本年新制作数量</td></tr>", 1)
    path.write_text(text, encoding="utf-8")
    back = annual_report.read(path)
    assert back.template == 2019
    assert any("旧模板" in trouble for trouble in back.troubles)


def test_a_missing_heading_and_a_missing_table_are_named(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("某镇2025年政府信息公开工作年度报告")
    document.add_paragraph("一、总体情况")
    document.save(str(tmp_path / "a.docx"))
    back = annual_report.read(tmp_path / "a.docx")
    assert back.year == 2025
    assert back.tables.table4.cells == (None,) * 15
    assert any("没有找到第二、三、四、五、六部分" in trouble for trouble in back.troubles)
    assert any("十五个数" in trouble for trouble in back.troubles)


def test_a_table_split_over_pages_is_one_table(tmp_path: Path) -> None:
    text = html(consistent())
    cut = text.index("<tr>", text.index("二、上年结转"))
    path = tmp_path / "a.html"
    path.write_text(text[:cut] + "</table><p>（续）</p><table>" + text[cut:], encoding="utf-8")
    assert annual_report.read(path).tables == consistent()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0rest"])
def test_a_damaged_file_is_one_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as caught:
        annual_report.read(path)
    assert caught.value.text.endswith("。")


def test_a_file_that_is_no_report_gives_nothing_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes("通讯录".encode())
    back = annual_report.read(path)
    assert (back.organ, back.year) == (None, None)
    assert back.tables.table2.licence is None
    assert len(back.troubles) > 30


def test_a_merged_area_over_a_whole_sheet_takes_no_time(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "某镇2025年政府信息公开工作年度报告"
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as source:
        parts = {name: source.read(name) for name in source.namelist()}
    area = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b"</sheetData>", area)
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as target:
        for part, data in parts.items():
            target.writestr(part, data)
    before = time.process_time()
    assert annual_report.read(tmp_path / "b.xlsx").organ == "某镇"
    assert time.process_time() - before < 20


def test_a_fee_keeps_its_digits_through_excel(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["行政事业性收费", 59237.2449])
    book.worksheets[0].append(["行政许可", 37])
    book.save(tmp_path / "a.xlsx")
    second = annual_report.read(tmp_path / "a.xlsx").tables.table2
    assert (second.fee_wan, second.licence) == (Decimal("59237.2449"), 37)
