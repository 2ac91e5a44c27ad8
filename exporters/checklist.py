"""发布核对清单: one page or two for the person who uploads: what to check, file by file."""

from collections.abc import Sequence

import resources
from exporters import forms
from exporters.gbt9704 import elements, styles, tables
from exporters.gbt9704.measures import FANGSONG, Mm, Pt, twips
from exporters.gbt9704.tables import Face
from exporters.gbt9704.writer import Paper
from models.disclosure.releases import ReleaseContent, ReleaseItem

NAME = "发布核对清单.docx"
COLUMNS = (12, 61, 24, 27, 46)  # mm
_NAME = Face(FANGSONG, Pt(10), "left", line=Pt(13))
_CODE = Face(FANGSONG, Pt(9), "center", latin="Courier New", line=Pt(13))


def build(content: ReleaseContent, files: Sequence[tuple[ReleaseItem, str]]) -> bytes:
    """The checklist as a .docx; `files` are the documents with their names in the package."""
    words = resources.table("letters/checklist.toml")
    paper = forms.paper(content.organ)
    elements.paragraph(paper, words["title"], styles.FORM_TITLE)
    line = elements.paragraph(
        paper, f"{content.name}\t{content.organ}　{forms.day(content.made_at)}", styles.FORM_LINE
    )
    elements.right_tab(line, twips(forms.WIDTH))
    _steps(paper, [step["text"] for step in words["step"]])
    elements.paragraph(paper, f"文件（共{len(files)}份）", styles.FORM_LINE)
    _files(paper, files)
    elements.paragraph(paper, f"日志链头：{forms.grouped(content.head)}", styles.FORM_NOTE)
    elements.paragraph(
        paper,
        "文件哈希（SHA-256）全文见 manifest.json 和目录.xlsx。\t"
        "上传人：＿＿＿＿＿＿　日期：＿＿＿＿＿＿",
        styles.FORM_NOTE,
    )
    elements.right_tab(paper.document.paragraphs[-1], twips(forms.WIDTH))
    return paper.bytes()


def _steps(paper: Paper, steps: Sequence[str]) -> None:
    table = tables.grid(paper, len(steps), [twips(Mm(w)) for w in (12, 146, 12)])
    cells = table._cells
    for row, text in enumerate(steps):
        tables.write(cells[row * 3], str(row + 1), forms.CENTRED)
        tables.write(cells[row * 3 + 1], text, forms.TEXT)
        tables.write(cells[row * 3 + 2], "□", forms.BOXES)
        tables.set_height(table, row, twips(Mm(7.5)))
    tables.keep_rows_whole(table)


def _files(paper: Paper, files: Sequence[tuple[ReleaseItem, str]]) -> None:
    table = tables.grid(paper, 1 + len(files), [twips(Mm(w)) for w in COLUMNS])
    cells = table._cells
    for column, name in enumerate(("序号", "文件", "栏目", "哈希前12位", "网址和日期（上传后填）")):
        tables.write(cells[column], name, forms.LABEL)
    for row, (item, name) in enumerate(files, 1):
        texts = (str(row), name, item.fields.get("column", ""), item.sha256[:12], "")
        faces = (forms.CENTRED, _NAME, _NAME, _CODE, _NAME)
        for column, (text, face) in enumerate(zip(texts, faces, strict=True)):
            tables.write(cells[row * len(COLUMNS) + column], text, face)
        tables.set_height(table, row, twips(Mm(11)))
    tables.set_height(table, 0, twips(Mm(8)))
    tables.repeat_head(table)
    tables.keep_rows_whole(table)
