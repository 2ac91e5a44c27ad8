"""A paper has the page and the lines of GB/T 9704 and carries nothing of this machine."""

import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from exporters.gbt9704 import elements, measures, tables
from exporters.gbt9704.measures import Mm, Twips
from exporters.gbt9704.writer import Paper
from tests.build import papers

ORGAN = "白石沟镇人民政府"


def letter(out: Path) -> Path:
    paper = Paper(organ=ORGAN)
    elements.title(paper, "白石沟镇人民政府关于防汛工作的通知", keep=(ORGAN,))
    elements.addressee(paper, "各村（社区）：")
    elements.heading(paper, 1, "一、总体要求")
    elements.prose(paper, "（一）压实责任。各村要落实包保责任。\n正文一段。")
    elements.attachments_note(paper, ["值守安排。", "物资清单"])
    elements.signature(paper, ORGAN, "2026年3月5日", sealed=False)
    elements.note(paper, "（此件公开发布）")
    elements.attachment(paper, 1, "值守安排")
    paper.save(out)
    return out


def test_page_and_grid(tmp_path: Path) -> None:
    section = docx.Document(str(letter(tmp_path / "a.docx"))).sections[0]
    sizes = [section.page_width, section.page_height]
    margins = [section.top_margin, section.left_margin, section.bottom_margin, section.right_margin]
    assert [round(length.mm) for length in sizes if length] == [210, 297]
    assert [round(length.mm) for length in margins if length] == [37, 28, 35, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert grid is not None
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


def test_22_lines_fit_and_23_do_not() -> None:
    height = measures.twips(measures.TYPE_HEIGHT)
    assert 22 * measures.LINE <= height < 23 * measures.LINE
    assert measures.twips(measures.TYPE_WIDTH) >= 28 * measures.CHARACTER


def test_each_style_names_its_chinese_face(tmp_path: Path) -> None:
    styles = docx.Document(str(letter(tmp_path / "a.docx"))).styles
    faces = {
        style.name: style.element.rPr.rFonts.get(qn("w:eastAsia"))
        for style in styles
        if style.type == 1
    }
    assert faces["公文标题"] == "方正小标宋简体"
    assert faces["公文正文"] == "仿宋_GB2312"
    assert faces["公文一级标题"] == "黑体"
    assert faces["公文二级标题"] == "楷体_GB2312"
    assert faces["公文页码"] == "宋体"


def test_nothing_tells_who_made_it_and_with_what(tmp_path: Path) -> None:
    with zipfile.ZipFile(letter(tmp_path / "a.docx")) as file:
        names = file.namelist()
        everything = b"".join(file.read(name) for name in names)
        core = file.read("docProps/core.xml").decode()
    assert "docProps/thumbnail.jpeg" not in names
    assert "docProps/app.xml" not in names
    assert not any(name.startswith(("customXml", "word/theme")) for name in names)
    assert b"python" not in everything
    assert ORGAN in core
    assert "created" not in core
    assert "modified" not in core


def test_the_same_facts_give_the_same_bytes(tmp_path: Path) -> None:
    one, two = letter(tmp_path / "a.docx"), letter(tmp_path / "b.docx")
    assert one.read_bytes() == two.read_bytes()


def test_page_numbers_stand_at_the_outer_edge(tmp_path: Path) -> None:
    document = docx.Document(str(letter(tmp_path / "a.docx")))
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.alignment, even.alignment) == (2, 0)
    assert "PAGE" in odd._p.xml
    assert odd.text.replace("1", "") == "—  —"


@pytest.mark.parametrize(
    ("organ", "day", "sealed", "organ_right", "date_right"),
    [
        # 不加盖印章: the organ two from the right, the date two right of its beginning.
        ("白石沟镇社会治安综合治理中心办公室", "2026年3月5日", False, 200, 1000),
        # A date longer than that leaves stands two from the right and pushes the organ left.
        ("白石沟镇人民政府", "2026年11月23日", False, 400, 200),
        # 加盖印章: the date four from the right, the organ centred over it.
        ("白石沟镇人民政府", "2026年11月23日", True, 400, 400),
    ],
)
def test_signature(organ: str, day: str, sealed: bool, organ_right: int, date_right: int) -> None:
    paper = Paper()
    elements.signature(paper, organ, day, sealed=sealed)
    rights = [
        int(p._p.pPr.ind.get(qn("w:rightChars")))
        for p in paper.document.paragraphs
        if p.text in {organ, day}
    ]
    assert rights[0] == pytest.approx(organ_right, abs=60)
    assert rights[1] == pytest.approx(date_right, abs=60)


def test_attachment_names_lose_their_full_stop(tmp_path: Path) -> None:
    assert "附件：1.\t值守安排\n" in papers.text(letter(tmp_path / "a.docx"))


def test_only_the_heading_of_a_run_in_paragraph_is_in_kai() -> None:
    paper = Paper()
    elements.prose(paper, "（一）压实责任。各村要落实包保责任。")
    runs = paper.document.paragraphs[0].runs
    assert [r.text for r in runs] == ["（一）压实责任。", "各村要落实包保责任。"]
    assert runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "楷体_GB2312"


def test_control_characters_do_not_reach_the_file(tmp_path: Path) -> None:
    paper = Paper(organ="甲\x00乙")
    elements.body(paper, "正\x01文\u202e\ud800　末")
    table = tables.grid(paper, 1, [Twips(2000)])
    tables.write(table.cell(0, 0), "格\x0b内")
    paper.save(tmp_path / "a.docx")
    assert papers.text(tmp_path / "a.docx").split("\n") == ["正文　末", "格内"]


def test_a_merged_cell_is_one_cell() -> None:
    paper = Paper()
    table = tables.grid(paper, 2, [measures.twips(Mm(30))] * 3)
    cells = tables.cells(table)
    tables.write(tables.merge(cells[0][0], cells[1][1]), "合并")
    assert [len(row._tr.tc_lst) for row in table.rows] == [2, 2]
    assert table.cell(1, 1).text == "合并"
