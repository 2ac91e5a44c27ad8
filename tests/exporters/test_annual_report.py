"""The annual report: exact labels, real merged cells, and what was written reads back equal."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import resources
from exporters import annual_report
from exporters.annual_report import AnnualReport
from exporters.gbt9704 import check as layout_check
from models.kernel.errors import Unavailable
from models.reporting import checks
from models.reporting.tables import COLUMNS, ROWS, Table2, Table3, Table4, Tables

ORGAN = "白石沟镇人民政府"
REAL = Path(__file__).resolve().parents[3] / "shared" / "real" / "annual-reports.json"


def consistent() -> Tables:
    """Seven applications: five answered, one carried in, two carried out; one review case."""
    rows = dict.fromkeys(ROWS, (0,) * COLUMNS)
    rows["new"] = (4, 2, 0, 0, 0, 0, 6)
    rows["carried_in"] = (1, 0, 0, 0, 0, 0, 1)
    rows["granted"] = (2, 1, 0, 0, 0, 0, 3)
    rows["unable_not_held"] = (1, 1, 0, 0, 0, 0, 2)
    rows["total"] = (3, 2, 0, 0, 0, 0, 5)
    rows["carried_out"] = (2, 0, 0, 0, 0, 0, 2)
    return Tables(
        Table2((0, 0, 0), (2, 1, 9), 37, 4, 0, Decimal("190.457379")),
        Table3(rows),
        Table4((1, 0, 0, 0, 1) + (0,) * 10),
    )


def report(tables: Tables, **texts: str) -> AnnualReport:
    return AnnualReport(ORGAN, 2025, tables, **texts)


def written(tables: Tables, folder: Path, **texts: str) -> Path:
    annual_report.write(report(tables, **texts), folder / "a.docx")
    return folder / "a.docx"


def grid(table: Any) -> list[list[str]]:
    """Each row's own cells: a merged cell once."""
    return [
        [docx.table._Cell(cell, table).text for cell in row._tr.tc_lst if cell.vMerge != "continue"]
        for row in table.rows
    ]


def test_what_is_written_reads_back_equal(tmp_path: Path) -> None:
    back = annual_report.read(written(consistent(), tmp_path))
    assert back.tables == consistent()
    assert (back.organ, back.year, back.template) == (ORGAN, 2025, 2021)
    assert back.headings == ("一", "二", "三", "四", "五", "六")
    assert back.troubles == ()
    assert checks.failed(checks.check(back.tables)) == ()


def test_every_label_of_the_form_is_printed(tmp_path: Path) -> None:
    document = docx.Document(str(written(consistent(), tmp_path)))
    labels = resources.table("law/annual_report.toml")
    texts = [p.text for p in document.paragraphs]
    assert texts[0].replace("\n", "") == f"{ORGAN}2025年政府信息公开工作年度报告"
    assert [t for t in texts if t[:2] in {"一、", "二、", "三、", "四、", "五、", "六、"}] == [
        section["heading"] for section in labels["sections"]
    ]
    second, third, fourth = document.tables
    rows = grid(second)
    assert [row[0] for row in rows if len(row) == 1] == labels["table2"]["headings"]
    assert rows[1] == labels["table2"]["documents"]
    assert rows[3] == ["行政规范性文件", "2", "1", "9"]
    assert rows[13] == ["行政事业性收费", "190.457379"]
    rows = grid(third)
    assert rows[0] == [labels["table3"]["corner"], "申请人情况"]
    assert rows[1] == ["自然人", "法人或其他组织", "总计"]
    assert rows[2] == ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    assert [row[-8] for row in rows[3:]] == [row["label"] for row in labels["table3"]["rows"]]
    rows = grid(fourth)
    assert rows[0] == ["行政复议", "行政诉讼"]
    assert rows[1] == [*labels["table4"]["columns"], "未经复议直接起诉", "复议后起诉"]
    assert rows[2] == labels["table4"]["columns"] * 2
    assert rows[3] == ["1", "0", "0", "0", "1"] + ["0"] * 10


def test_the_merged_cells_are_those_of_the_form(tmp_path: Path) -> None:
    second, third, fourth = docx.Document(str(written(consistent(), tmp_path))).tables
    assert (len(second.rows), len(second.columns)) == (14, 4)
    assert (len(third.rows), len(third.columns)) == (28, 10)
    assert (len(fourth.rows), len(fourth.columns)) == (4, 15)
    outcome = [third.cell(row, 0).text for row in range(28)]
    assert outcome.count("三、本年度办理结果") == 22
    groups = [third.cell(row, 1).text for row in range(28)]
    sizes = {"（三）不予公开": 8, "（四）无法提供": 3, "（五）不予处理": 5, "（六）其他处理": 3}
    assert {group: groups.count(group) for group in sizes} == sizes
    assert third.cell(0, 0)._tc is third.cell(0, 2)._tc
    assert third.cell(2, 2).text == third.cell(0, 0).text
    assert "w:txbxContent" not in second._tbl.xml


def test_it_keeps_the_layout_rules(tmp_path: Path) -> None:
    path = written(consistent(), tmp_path, overview="（一）主动公开。全年公开306条。", other="无。")
    assert [r for r in layout_check(path) if r["result"] in {"fail", "warn"}] == []


def test_the_five_aspects_have_their_headings(tmp_path: Path) -> None:
    path = written(consistent(), tmp_path, overview_active="全年公开306条。", other="无。")
    texts = [p.text for p in docx.Document(str(path)).paragraphs]
    assert texts[texts.index("（一）主动公开") + 1] == "全年公开306条。"
    back = annual_report.read(path)
    assert back.texts["overview"] == "（一）主动公开\n全年公开306条。"
    assert back.texts["other"] == "无。"


def test_a_cell_nobody_could_read_stays_blank_and_is_told(tmp_path: Path) -> None:
    tables = consistent().with_table2(licence=None)
    back = annual_report.read(written(tables, tmp_path))
    assert back.tables == tables
    assert back.troubles == ("第二部分“行政许可”：空白。",)


MUTATIONS = [
    ("new", 0, {"A1", "A3"}),
    ("granted", 1, {"A2", "A3"}),
    ("total", 6, {"A1", "A2", "A3"}),
    ("carried_out", 6, {"A1", "A3"}),
]


@pytest.mark.parametrize(("key", "column", "rules"), MUTATIONS)
def test_a_changed_cell_fails_its_checks(
    tmp_path: Path, key: str, column: int, rules: set[str]
) -> None:
    path = written(consistent(), tmp_path)
    document = docx.Document(str(path))
    cell = document.tables[1].cell(3 + ROWS.index(key), 3 + column)
    cell.paragraphs[0].runs[0].text = str(int(cell.text) + 1)
    document.save(str(path))
    failed = checks.failed(checks.check(annual_report.read(path).tables))
    assert {one.rule for one in failed} == rules


def test_a_changed_total_in_table_four_fails(tmp_path: Path) -> None:
    path = written(consistent(), tmp_path)
    document = docx.Document(str(path))
    document.tables[2].cell(3, 4).paragraphs[0].runs[0].text = "0"
    document.save(str(path))
    failed = checks.failed(checks.check(annual_report.read(path).tables))
    assert [(one.rule, one.left, one.right) for one in failed] == [("A4", 0, 1)]


counts = st.one_of(st.none(), st.integers(0, 99_999))
cells = st.lists(counts, min_size=7, max_size=7).map(tuple)


@settings(max_examples=4, suppress_health_check=list(HealthCheck))
@given(
    st.fixed_dictionaries(dict.fromkeys(ROWS, cells)),
    st.lists(counts, min_size=15, max_size=15),
    st.decimals(0, 10**6, places=4),
)
def test_any_numbers_read_back_equal(
    tmp_path: Path, third: dict[str, Any], fourth: list[int | None], fee: Decimal
) -> None:
    tables = Tables(Table2(fee_wan=fee), Table3(third), Table4(tuple(fourth)))
    assert annual_report.read(written(tables, tmp_path)).tables == tables


def reports() -> list[dict[str, Any]]:
    """Reports as JSON with the rules they break: our own, and published ones where they lie
    beside the checkout."""
    sound = {"organ": ORGAN, "year": 2025, **consistent().to_json(), "violations": []}
    wrong = {**sound, "table3": {**sound["table3"], "new": [4, 2, 0, 0, 0, 0, 7]}}
    wrong["violations"] = [{"rule": "A1"}, {"rule": "A3"}]
    published = json.loads(REAL.read_text(encoding="utf-8"))["reports"] if REAL.exists() else []
    return [sound, wrong, *published]


def test_reports_survive_and_break_the_rules_they_break(tmp_path: Path) -> None:
    for known in reports():
        tables = Tables.from_json(known)
        written = AnnualReport(known["organ"], known["year"], tables)
        annual_report.write(written, tmp_path / "a.docx")
        back = annual_report.read(tmp_path / "a.docx")
        assert back.tables == tables
        assert (back.organ, back.year) == (known["organ"], known["year"])
        fails = {
            c.rule
            for c in checks.check(back.tables, may_make_regulations=True)
            if c.status == "fails"
        }
        assert fails - {"D1"} == {
            v["rule"] for v in known["violations"] if v["rule"] in {"A1", "A2", "A3", "A4"}
        }


def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Unavailable) as caught:
        written(consistent(), tmp_path)
    assert "磁盘空间不足" in caught.value.why
    assert list(tmp_path.iterdir()) == []
