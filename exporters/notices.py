"""Notices from facts. One kind is known: 公示, a list with whitelisted columns only.

公示 is not one of the fifteen kinds of official document and has no addressee; page, title, body,
signature, date and attachment follow GB/T 9704 (domain notes, disclosure F5).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from detection import matters
from exporters import disk, list_table, masks
from exporters.gbt9704 import elements
from exporters.gbt9704.writer import Paper
from models.kernel.errors import Refused

INLINE_ROWS = 12
"""A longer list becomes an attachment on its own page."""

_DATE = re.compile(r"\d{4}年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日")  # GB/T 9704 7.3.5.4
_TEXTS = {
    "title": "标题",
    "organ": "机关名称",
    "lead": "正文",
    "matter": "事项",
    "period": "公示期",
    "contact": "联系方式",
    "date": "成文日期",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """The facts of one list notice. `matter` names a whitelist in `resources/masks/`.

    `period` and `date` are printed as given in Chinese form; `rows` are as wide as `columns`.
    `mask_names` hides given names where the office wants more than the rule; `sealed` leaves room
    for a seal; `list_title` heads the attachment.
    """

    title: str
    organ: str
    lead: str
    matter: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    period: str
    contact: str
    date: str
    mask_names: bool = False
    sealed: bool = True
    list_title: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What was made: columns printed, columns left out (each "name：reason" in Chinese), rows."""

    path: Path
    printed: tuple[str, ...]
    dropped: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice: its name for people, and what makes it from facts."""

    label: str
    make: Callable[[Mapping[str, object], Path], Written]


def facts(values: Mapping[str, object]) -> Notice:
    """Check the JSON object of `--facts`. Raises Refused with every reason."""
    reasons: list[str] = []
    texts = {key: _text(values.get(key)) for key in _TEXTS}
    reasons += [
        f"缺少“{label}”（{key}）。请补上。" for key, label in _TEXTS.items() if not texts[key]
    ]
    columns = _texts(values.get("columns"))
    if not columns:
        reasons.append("缺少“列名”（columns），应当是一组文字。请补上。")
    rows = _rows(values.get("rows"), columns or (), reasons)
    if texts["matter"] and matters.find(texts["matter"]) is None:
        known = "、".join(m.label for m in matters.matters())
        reasons.append(f"不认识事项“{texts['matter'][:20]}”。可用的事项：{known}。")
    day = chinese_date(texts["date"])
    if texts["date"] and not _DATE.fullmatch(day):
        reasons.append(f"成文日期“{texts['date'][:20]}”写法不对，应当写成 2026年3月5日。")
    for key in ("title", "organ", "lead", "period", "contact"):
        betrayed = masks.betrays(texts[key], cell=False)
        if betrayed:
            reasons.append(f"“{_TEXTS[key]}”里有{betrayed}。公示中不能出现，请删去。")
    if reasons:
        raise Refused(*reasons)
    return Notice(
        **{**texts, "date": day},
        columns=columns or (),
        rows=rows,
        mask_names=values.get("mask_names") is True,
        sealed=values.get("sealed") is not False,
        list_title=_text(values.get("list_title")),
    )


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def _texts(value: object) -> tuple[str, ...] | None:
    return tuple(_text(v) for v in value) if isinstance(value, list | tuple) else None


def _rows(
    value: object, columns: tuple[str, ...], reasons: list[str]
) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list | tuple) or not value:
        reasons.append("缺少“名单”（rows），应当至少有一行。请补上。")
        return ()
    rows = []
    for number, row in enumerate(value, 1):
        cells = _texts(row)
        if cells is None or len(cells) != len(columns):
            reasons.append(f"名单第{number}行的格数与列名不一致（应有{len(columns)}格）。请核对。")
        else:
            rows.append(cells)
    return tuple(rows)


def chinese_date(text: str) -> str:
    """2026-03-05 becomes 2026年3月5日; what is no such date stays as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日"


def write(notice: Notice, out: Path) -> Written:
    """Write the notice as a .docx. Raises Refused, or Unavailable when the disk refuses."""
    matter = matters.find(notice.matter)
    if matter is None:
        raise Refused(f"不认识事项“{notice.matter[:20]}”。请先选择公示事项。")
    choice = matters.choose(matter, notice.columns)
    if not any(column.align == "right" or column.mask for _, column in choice.kept):
        raise Refused(
            f"名单里没有“{matter.label}”可以公示的内容列。请核对列名，例如："
            f"{'、'.join(c.names[0] for c in matter.columns)}。"
        )
    table = list_table.pick(notice.columns, notice.rows, choice.kept, names=notice.mask_names)
    found = _betrayals(table)
    if found:
        raise Refused(*found)
    disk.put(out, draw(notice, matter, table).bytes(), "公示没有写成")
    dropped = tuple(f"{name}：{why}" for name, why in choice.dropped)
    return Written(out, table.head, dropped, len(table.rows))


def _betrayals(table: list_table.ListTable) -> list[str]:
    """Cells of permitted columns that hold what no list may show; row and column, not the value."""
    return [
        f"名单第{number}行“{table.head[place]}”一列里有{kind}，不能公示。请改正这一格。"
        for number, row in enumerate(table.rows, 1)
        for place, cell in enumerate(row)
        if (kind := masks.betrays(cell, cell=True))
    ]


def draw(notice: Notice, matter: matters.Matter, table: list_table.ListTable) -> Paper:
    """The whole notice as a paper."""
    paper = Paper(organ=notice.organ)
    inline = len(table.rows) <= INLINE_ROWS
    list_title = notice.list_title or matter.list_title
    elements.title(paper, notice.title, keep=(notice.organ,))
    elements.prose(paper, notice.lead)
    if inline:
        elements.gap(paper)
        list_table.draw(paper, table)
        elements.gap(paper)
    elements.labelled(paper, "公示期：", notice.period)
    elements.labelled(paper, "联系方式：", notice.contact)
    elements.body(paper, "公示期内如有异议，请以书面或者电话形式实名反映。")
    if not inline:
        elements.attachments_note(paper, [list_title])
    elements.signature(paper, notice.organ, notice.date, sealed=notice.sealed)
    if not inline:
        elements.attachment(paper, None, list_title)
        list_table.draw(paper, table)
    return paper


def _public_list(values: Mapping[str, object], out: Path) -> Written:
    return write(facts(values), out)


KINDS: Mapping[str, Kind] = {"list": Kind("公示", _public_list)}


def make(kind: str, values: Mapping[str, object], out: Path) -> Written:
    """`main.py notice KIND --facts FILE -o OUT`: look the kind up by key or label and write it."""
    for key, known in KINDS.items():
        if kind in {key, known.label}:
            return known.make(values, out)
    names = "、".join(f"{k.label}（{key}）" for key, k in KINDS.items())
    raise Refused(f"没有“{kind[:20]}”这种文书。可用的有：{names}。")
