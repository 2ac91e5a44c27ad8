"""政府信息公开保密审查审批表: the sheet that is printed, signed by hand and kept.

It lies beside a package, never in it: names and opinions of officers are internal.
"""

from pathlib import Path
from typing import Any

from docx.table import Table, _Cell

import resources
from exporters import disk, forms
from exporters.gbt9704 import elements, styles, tables
from exporters.gbt9704.measures import Mm, twips
from exporters.gbt9704.tables import Face
from exporters.gbt9704.writer import Paper
from formats.reading import Kind
from models.disclosure.catalogue import ATTRIBUTES
from models.disclosure.releases import ReleaseContent, ReleaseItem
from models.queries.rows import StepRow

COLUMNS = (24, 31, 30, 24, 31, 30)  # mm; pairs of label and value, the value over two columns
_LISTS = {Kind.XLSX, Kind.XLSM, Kind.XLS, Kind.CSV}
_PICTURES = {Kind.PNG, Kind.JPEG, Kind.TIFF, Kind.BMP, Kind.GIF, Kind.WEBP}


def number(content: ReleaseContent, item: ReleaseItem) -> str:
    """编号: the year and the document's number in the catalogue; one sheet an item."""
    return f"{content.made_at.year}-{item.document_id:05d}"


def write(content: ReleaseContent, item: ReleaseItem, out: Path) -> None:
    """Write the sheet of one document as a .docx. Raises Unavailable when the disk refuses."""
    disk.put(out, draw(content, item).bytes(), "审批表没有写成")


def draw(content: ReleaseContent, item: ReleaseItem) -> Paper:
    """The sheet as a paper."""
    words = resources.table("letters/approval_sheet.toml")
    paper = forms.paper(content.organ)
    heading = elements.paragraph(paper, words["title"], styles.FORM_TITLE)
    heading.paragraph_format.keep_with_next = True
    head = elements.paragraph(
        paper,
        f"编号：{number(content, item)}\t填表日期：{forms.day(content.made_at)}",
        styles.FORM_LINE,
    )
    elements.right_tab(head, twips(forms.WIDTH))
    rows = _Rows(paper, 24)
    _facts(rows, item, content.organ, words)
    _questions(rows, words)
    _handled(rows, item)
    _opinions(rows, item, words)
    _outcome(rows, item, words)
    tables.keep_rows_whole(rows.table)
    for text in (
        f"日志链头：{forms.grouped(content.head)}",
        words["foot"],
    ):
        elements.paragraph(paper, text, styles.FORM_NOTE)
    return paper


class _Rows:
    """The ruled table, filled from the top; `next` gives the next row's number."""

    def __init__(self, paper: Paper, count: int) -> None:
        self.table: Table = tables.grid(paper, count, [twips(Mm(w)) for w in COLUMNS])
        self._cells = self.table._cells
        self._at = -1

    def next(self, height: float) -> int:
        """Go to the next row, at least `height` millimetres high."""
        self._at += 1
        tables.set_height(self.table, self._at, twips(Mm(height)))
        return self._at

    def put(self, first: int, last: int, text: str, face: Face, **look: Any) -> _Cell:
        """Write into columns `first` to `last` of the current row."""
        cell = self._cells[self._at * len(COLUMNS) + first]
        if last > first:
            cell = cell.merge(self._cells[self._at * len(COLUMNS) + last])
        tables.write(cell, text, face, **look)
        return cell


def _facts(rows: _Rows, item: ReleaseItem, organ: str, words: dict[str, Any]) -> None:
    fields = item.fields
    rows.next(9)
    rows.put(0, 0, "信息名称", forms.LABEL)
    rows.put(1, 5, item.title, forms.TEXT)
    _pair(
        rows, "拟公开单位", fields.get("organ") or organ, "承办科室", fields.get("department", "")
    )
    _pair(
        rows,
        "发文字号",
        fields.get("document_number") or "无",
        "成文日期",
        forms.iso_day(fields.get("signed_on", "")),
    )
    _pair(rows, "信息来源", fields.get("source", ""), "载体形式", _carrier(item.kind))
    rows.next(7.5)
    rows.put(0, 0, "公开属性", forms.LABEL)
    rows.put(1, 5, forms.boxes(ATTRIBUTES, fields.get("attribute", "")), forms.BOXES)
    rows.next(7.5)
    rows.put(0, 0, "公开方式", forms.LABEL)
    rows.put(1, 5, forms.boxes(words["channels"]), forms.BOXES)
    _pair(
        rows,
        "公开栏目",
        fields.get("column", ""),
        "范围和时限",
        "、".join(v for v in (fields.get("scope"), fields.get("time_limit")) if v),
    )
    rows.next(9)
    rows.put(0, 0, "文件", forms.LABEL)
    rows.put(1, 5, item.name, forms.TEXT)
    rows.next(7.5)
    rows.put(0, 0, "SHA-256", forms.LABEL)
    rows.put(1, 5, forms.grouped(item.sha256), forms.CODE)


def _pair(rows: _Rows, label: str, value: str, other: str, more: str) -> None:
    rows.next(7.5)
    rows.put(0, 0, label, forms.LABEL)
    rows.put(1, 2, value, forms.TEXT)
    rows.put(3, 3, other, forms.LABEL)
    rows.put(4, 5, more, forms.TEXT)


def _carrier(kind: str) -> str:
    if kind in _LISTS:
        return "非公文类（数据表）"
    return "非公文类（图片）" if kind in _PICTURES else "公文类"


def _questions(rows: _Rows, words: dict[str, Any]) -> None:
    questions = words["question"]
    answers = forms.boxes(("是", "否"))
    for left, right in zip(questions[::2], questions[1::2], strict=True):
        rows.next(7.5)
        rows.put(0, 1, left["text"], forms.QUESTION)
        rows.put(2, 2, answers, forms.BOXES)
        rows.put(3, 4, right["text"], forms.QUESTION)
        rows.put(5, 5, answers, forms.BOXES)


def _handled(rows: _Rows, item: ReleaseItem) -> None:
    """What was done about what was found: counts by family, as the rulings say."""
    rows.next(14)
    rows.put(0, 0, "脱敏处理\n说明", forms.LABEL)
    families = dict.fromkeys(row.family for row in item.handled)
    said = "；".join(
        f"{family.label}："
        + "、".join(f"{r.ruling.label}{r.number}处" for r in item.handled if r.family is family)
        for family in families
    )
    texts = [f"{said}。" if said else "程序检查没有发现需要处理的内容。"]
    texts += (
        f"国家秘密标志由{row.officer}于{forms.day(row.at)}放行，理由：{row.reason}"
        for row in item.admissions
    )
    rows.put(1, 5, "\n".join(texts), forms.TEXT)


def _opinions(rows: _Rows, item: ReleaseItem, words: dict[str, Any]) -> None:
    rows.next(7)
    rows.put(0, 0, "环节", forms.LABEL)
    rows.put(1, 2, "意见", forms.LABEL)
    rows.put(3, 4, "办理人和日期（程序记录）", forms.LABEL)
    rows.put(5, 5, "签名、日期", forms.LABEL)
    # A step repeated after a return counts by its newest record.
    newest: dict[str, StepRow] = {str(step.action): step for step in item.steps}
    for opinion in words["opinion"]:
        step = newest.get(opinion["action"])
        rows.next(15)
        rows.put(0, 0, opinion["label"] + "\n意见", forms.LABEL)
        said = (
            "" if step is None else step.action.label + (f"。{step.reason}" if step.reason else "")
        )
        rows.put(1, 2, said, forms.TEXT)
        done = "" if step is None else f"{step.officer}\n{forms.day(step.at)}"
        rows.put(3, 4, done, forms.CENTRED)
        rows.put(5, 5, "", forms.TEXT)


def _outcome(rows: _Rows, item: ReleaseItem, words: dict[str, Any]) -> None:
    rows.next(8)
    rows.put(0, 0, "审查结论", forms.LABEL)
    changed = any(row.ruling.hides for row in item.handled)
    outcome = words["approved_changed"] if changed else words["approved"]
    rows.put(1, 5, forms.boxes(words["outcomes"], outcome), forms.BOXES)
    rows.next(8)
    rows.put(0, 0, "发布日期", forms.LABEL)
    rows.put(1, 2, "　　　　年　　月　　日", forms.TEXT)
    rows.put(3, 3, "发布人", forms.LABEL)
    rows.put(4, 5, "", forms.TEXT)
    rows.next(10)
    rows.put(0, 0, "发布网址\n张贴地点", forms.LABEL)
    rows.put(1, 5, "", forms.TEXT)
    rows.next(8)
    rows.put(0, 0, "备注", forms.LABEL)
    rows.put(1, 5, "", forms.TEXT)
