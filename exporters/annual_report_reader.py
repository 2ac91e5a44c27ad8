"""Reading an annual report that somebody else made: tables, headings, texts, and what was odd.

Tolerant as practice demands (both heading sets, split heads, remarks in cells, one 其他处理 row),
but a cell that cannot be read stays None and is named in `troubles`; nothing is guessed.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import resources
from exporters import annual_cells, annual_grids
from exporters.annual_grids import Grid, Slot, squeeze
from models.reporting.tables import COLUMNS, ROWS, Cells, Table2, Table3, Table4, Tables

# The explanatory part of 国办公开办函〔2021〕30号 has longer names for 二 to 五; both are met.
_HEADINGS = {
    "一": ("总体情况",),
    "二": ("主动公开政府信息情况", "行政机关主动公开政府信息情况"),
    "三": ("收到和处理政府信息公开申请情况", "行政机关收到和处理政府信息公开申请情况"),
    "四": (
        "政府信息公开行政复议、行政诉讼情况",
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    ),
    "五": ("存在的主要问题及改进情况", "政府信息公开工作存在的主要问题及改进情况"),
    "六": ("其他需要报告的事项",),
}
_TEXTS = {"一": "overview", "五": "problems", "六": "other"}
_DIGITS = dict(zip("〇零○Ｏ一二三四五六七八九", "0000123456789", strict=True))
_TITLE = re.compile(
    r"^(.*?)([12]\d{3}|[一二〇零○]{1}[〇零○一二三四五六七八九]{3})年(?:度)?政府信息公开(?:工作)?年度报告"
)


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What could be read. `headings`: section numbers found in order, `texts`: overview, problems,
    other; `template` is 2021 or 2019; `troubles` are sentences: what, where.
    """

    organ: str | None
    year: int | None
    tables: Tables
    headings: tuple[str, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    template: int = 2021
    troubles: tuple[str, ...] = ()


def read(path: Path) -> ReadReport:
    """Read a report from .docx, .xlsx or .html. Raises Unreadable."""
    contents = annual_grids.read(path)
    troubles: list[str] = []
    organ, year = _title(contents.paragraphs)
    headings, texts = _sections(contents.paragraphs)
    everything = squeeze("".join(s.text for g in contents.grids for row in g for s in row))
    template = 2019 if "本年新制作数量" in everything or "政府集中采购" in everything else 2021
    if year is None:
        troubles.append("标题里没有找到年份和机关名称，请核对标题。")
    if template == 2019:
        troubles.append("用的是2019年的旧模板，2021年起应当用国办公开办函〔2021〕30号的格式。")
    missing = [number for number in _HEADINGS if number not in headings]
    if missing:
        troubles.append(f"没有找到第{'、'.join(missing)}部分的标题，请核对六个标题。")
    tables = Tables(
        _second(contents.grids, troubles),
        _third(contents.grids, troubles),
        _fourth(contents.grids, troubles),
    )
    return ReadReport(organ, year, tables, headings, texts, template, tuple(troubles))


def _title(paragraphs: list[str]) -> tuple[str | None, int | None]:
    """Organ and year; a title may be broken over three paragraphs."""
    lines = [squeeze(p) for p in paragraphs[:40]]
    for count in (1, 2, 3):
        for start in range(len(lines)):
            found = _TITLE.match("".join(lines[start : start + count]))
            if found and len(found.group(1)) <= 60:
                digits = "".join(_DIGITS.get(c, c) for c in found.group(2))
                return found.group(1) or None, int(digits)
    return None, None


def _sections(paragraphs: list[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    found: list[str] = []
    lines: dict[str, list[str]] = {}
    for paragraph in paragraphs:
        number = _heading(paragraph)
        if number:
            if number not in found:
                found.append(number)
                lines[number] = []
        elif found and paragraph.strip():
            lines[found[-1]].append(paragraph.strip())
    texts = {name: "\n".join(lines.get(number, ())) for number, name in _TEXTS.items()}
    return tuple(found), texts


def _heading(paragraph: str) -> str | None:
    """The section number of a heading; a number before it may be wrong or missing."""
    line = annual_cells.bare(paragraph)
    if not line or len(line) > 45:
        return None
    for number, names in _HEADINGS.items():
        if line in {annual_cells.bare(name) for name in names}:
            return number
    return None


def _second(grids: list[Grid], troubles: list[str]) -> Table2:
    rows = resources.table("law/annual_report.toml")["table2"]["rows"]
    found: dict[str, Cells | int | Decimal | None] = {}
    for row in (row for grid in grids for row in grid):
        cells = list(dict.fromkeys(row))
        label = annual_cells.bare(cells[0].text) if cells else ""
        entry = next((r for r in rows if _names(r["label"], label)), None)
        if entry is None or entry["key"] in found or len(cells) < 2:
            continue
        key, where = entry["key"], f"第二部分“{entry['label']}”"
        # In a sheet a merged number is one cell with empty ones behind it; in Word it is one.
        values = cells[1:]
        if entry["heading"] == 0:
            three = [_count(s, f"{where}第{i}个数", troubles) for i, s in enumerate(values[:3], 1)]
            found[key] = (*three, None, None, None)[:3]
        elif key == "fee_wan":
            read = annual_cells.number(values[0].text)
            _note(read.odd, where, troubles)
            found[key] = read.value
        else:
            found[key] = _count(values[0], where, troubles)
    for entry in rows:
        if entry["key"] not in found:
            troubles.append(f"第二部分没有找到“{entry['label']}”一行。")
            found[entry["key"]] = (None,) * 3 if entry["heading"] == 0 else None
    return Table2(**found)  # type: ignore[arg-type]  # built key by key from the table of labels


def _names(label: str, found: str) -> bool:
    """规范性文件 is met for 行政规范性文件."""
    return found == annual_cells.bare(label) or (
        found == "规范性文件" and label == "行政规范性文件"
    )


def _third(grids: list[Grid], troubles: list[str]) -> Table3:
    names = resources.table("law/annual_report.toml")["table3"]
    found: dict[str, Cells] = {}
    columns: list[int] | None = None
    for row in (row for grid in grids for row in grid):
        columns = _columns(row, names["columns"]) or columns
        if columns is None or len(row) <= columns[-1]:
            continue
        labels = list(dict.fromkeys(s for s in row[: columns[0]] if s.text.strip()))
        if not labels or all(row[c] is row[columns[0]] for c in columns):
            continue
        group = labels[-2].text if len(labels) > 1 else ""
        merged = annual_cells.bare(labels[-1].text) == "其他处理"
        key = (
            "other_other" if merged else annual_cells.key_of_row(labels[-1].text, group, set(found))
        )
        if key is None or key in found:
            continue
        where = f"第三部分“{labels[-1].text.strip()[:16]}”"
        found[key] = tuple(
            _count(row[c], f"{where}“{name}”列", troubles)
            for c, name in zip(columns, names["columns"], strict=True)
        )
        if merged:
            found["other_no_correction"] = found["other_no_fee"] = (None,) * COLUMNS
            troubles.append("第三部分“（六）其他处理”只有一行，应当分三行填写。")
    for entry in names["rows"]:
        if entry["key"] not in found:
            troubles.append(f"第三部分没有找到“{entry['label'][:16]}”一行。")
    return Table3({key: found.get(key, (None,) * COLUMNS) for key in ROWS})


def _columns(row: list[Slot], names: list[str]) -> list[int] | None:
    """Where the seven numbers stand, told from a head row that names all seven."""
    texts = [squeeze(slot.text) for slot in row]
    places = []
    start = 0
    for name in names:
        at = next((i for i in range(start, len(texts)) if texts[i] == name), None)
        if at is None:
            return None
        places.append(at)
        start = at + 1
    return places


def _fourth(grids: list[Grid], troubles: list[str]) -> Table4:
    names = resources.table("law/annual_report.toml")["table4"]["columns"]
    for grid in grids:
        headed = False
        for row in grid:
            texts = [squeeze(slot.text) for slot in row]
            if sum(text == names[0] for text in texts) >= 2:
                headed = True
                continue
            # Editors split columns by a hair: a cell that reaches over two counts once.
            cells = list(dict.fromkeys(row))
            if not headed or any(text in names for text in texts):
                continue
            while len(cells) > 15 and not cells[-1].text.strip():
                cells.pop()
            if len(cells) == 15:
                blocks = ("行政复议", "未经复议直接起诉", "复议后起诉")
                return Table4(
                    tuple(
                        _count(s, f"第四部分“{blocks[i // 5]}”“{names[i % 5]}”", troubles)
                        for i, s in enumerate(cells)
                    )
                )
    troubles.append("第四部分没有找到十五个数的一行。")
    return Table4((None,) * 15)


def _count(slot: Slot, where: str, troubles: list[str]) -> int | None:
    value, odd = annual_cells.whole(slot.text)
    _note(odd, where, troubles)
    return value


def _note(odd: str, where: str, troubles: list[str]) -> None:
    if odd:
        troubles.append(f"{where}：{odd}。")
