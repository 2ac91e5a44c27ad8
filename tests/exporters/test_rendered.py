"""What LibreOffice draws: 22 lines of 28 characters, page counts, nothing cut off."""

from pathlib import Path

from exporters import annual_report, approval_sheet, notices
from exporters.gbt9704 import check, elements
from exporters.gbt9704.writer import Paper
from tests.build import papers, release
from tests.build.libreoffice import needs_libreoffice
from tests.exporters.test_annual_report import consistent, report
from tests.exporters.test_notices import facts
from tests.labelled import laws

pytestmark = needs_libreoffice


def test_22_lines_of_28_characters(tmp_path: Path) -> None:
    paper = Paper()
    elements.body(paper, "国" * 28 * 30)
    paper.save(tmp_path / "a.docx")
    first, second = papers.pages(tmp_path / "a.docx", tmp_path)
    lines = [line for line in first if "国" in line]
    assert len(lines) == 22
    assert [len(line) for line in lines] == [26] + [28] * 21
    assert first[-1] == "—1—"
    assert second[-1] == "—2—"


def test_an_approval_sheet_fits_one_page_and_a_long_one_two(tmp_path: Path) -> None:
    item = release.item(tmp_path, title="白石沟镇人民政府关于耕地地力保护补贴发放情况的公示")
    content = release.content(item)
    approval_sheet.write(content, item, tmp_path / "a.docx")
    assert len(papers.pages(tmp_path / "a.docx", tmp_path)) == 1
    long = release.item(
        tmp_path,
        99,
        title="白石沟镇关于" + "公开事项" * 40,
        name="长" * 120 + ".docx",
        column="栏目" * 30,
    )
    approval_sheet.write(content, long, tmp_path / "b.docx")
    assert len(papers.pages(tmp_path / "b.docx", tmp_path)) <= 2


def test_the_reports_tables_each_stand_on_one_page(tmp_path: Path) -> None:
    annual_report.write(report(consistent(), overview="全年平稳。"), tmp_path / "a.docx")
    pages = papers.pages(tmp_path / "a.docx", tmp_path)
    assert len(pages) == 3
    third = "".join(pages[1])
    assert "申请人情况" in third
    assert "四、结转下年度继续办理" in third
    assert "复议后起诉" in "".join(pages[2])


def test_a_long_list_repeats_its_head_on_every_page(tmp_path: Path) -> None:
    notices.make("公示", facts(rows=70), tmp_path / "a.docx")
    pages = papers.pages(tmp_path / "a.docx", tmp_path)
    assert len(pages) >= 4
    for page in pages[1:]:
        assert any("月保障金额" in line for line in page)


def test_a_text_set_by_libreoffice_is_checked(tmp_path: Path) -> None:
    law = laws.one_at_least()[-1]
    rows = check(papers.convert(law, "docx:MS Word 2007 XML", tmp_path))
    results = {row["id"]: row["result"] for row in rows}
    assert len(results) == 52
    assert results["F-01"] in {"pass", "fail"}
    assert (results["F-02"], results["F-43"]) == ("fail", "warn")


def test_what_we_write_survives_an_editor(tmp_path: Path) -> None:
    annual_report.write(report(consistent(), overview="全年平稳。"), tmp_path / "a.docx")
    saved = tmp_path / "saved"
    saved.mkdir()
    back = papers.convert(tmp_path / "a.docx", "docx:MS Word 2007 XML", saved)
    assert annual_report.read(back).tables == consistent()
    wrong = {row["id"] for row in check(back) if row["result"] == "fail"}
    assert wrong == set()
