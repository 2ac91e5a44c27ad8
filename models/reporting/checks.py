"""Arithmetic of the annual report's tables. Pure.

A1 is printed in the form (国办公开办函〔2021〕30号); A2-A4 follow from its labels; D1 (no blank
cell) and D3 (规章 only where an organ may make them): the domain notes, annual-report 6.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

import resources
from models.reporting.tables import Tables

Status = Literal["holds", "fails", "cannot-tell"]

_PARTS = (
    "granted", "partial", "deny_state_secret", "deny_law", "deny_3s1w", "deny_third_party",
    "deny_internal", "deny_process", "deny_enforcement_file", "deny_admin_query",
    "unable_not_held", "unable_need_make", "unable_unclear", "reject_petition", "reject_repeat",
    "reject_publication", "reject_mass", "reject_confirm", "other_no_correction", "other_no_fee",
    "other_other",
)  # fmt: skip


class Check(NamedTuple):
    """One rule at one place. `left` and `right` are None where a cell could not be read."""

    rule: str
    where: str
    left: int | None
    right: int | None
    status: Status
    says: str

    def to_json(self) -> dict[str, object]:
        """The object of `report check --json`."""
        return dict(self._asdict())


def check(tables: Tables, *, may_make_regulations: bool = False) -> tuple[Check, ...]:
    """All checks of one report in the order of the form: 50 sums, then D1 and D3.

    `may_make_regulations`: only a 省、设区的市 or a ministry; never a town (D3).
    """
    return (
        *_columns(tables),
        *_rows(tables),
        *_blocks(tables),
        _blanks(tables),
        *(() if may_make_regulations else (_regulations(tables),)),
    )


def failed(checks: Iterable[Check]) -> tuple[Check, ...]:
    """Those that do not hold, the undecided ones too."""
    return tuple(one for one in checks if one.status != "holds")


def _columns(tables: Tables) -> Iterator[Check]:
    rows = tables.table3.rows
    for number, label in enumerate(_column_names()):
        cell = {key: cells[number] for key, cells in rows.items()}
        yield _compare(
            "A1", label,
            _add(cell["new"], cell["carried_in"]), _add(cell["total"], cell["carried_out"]),
            f"第三部分表格“{label}”列：第一项加第二项", "第三项总计加第四项",
        )  # fmt: skip
    for number, label in enumerate(_column_names()):
        yield _compare(
            "A2", label,
            rows["total"][number], _add(*(rows[key][number] for key in _PARTS)),
            f"第三部分表格“{label}”列：（七）总计", "（一）至（六）各行之和",
        )  # fmt: skip


def _rows(tables: Tables) -> Iterator[Check]:
    for row in _row_table():
        cells = tables.table3.rows[row["key"]]
        label = _row_name(row)
        yield _compare(
            "A3", label, cells[6], _add(*cells[:6]),
            f"第三部分表格“{label}”行：总计", "自然人和法人或其他组织各列之和",
        )  # fmt: skip


def _blocks(tables: Tables) -> Iterator[Check]:
    names: Sequence[str] = resources.table("law/annual_report.toml")["table4"]["blocks"]
    for label, cells in zip(names, tables.table4.blocks, strict=True):
        yield _compare(
            "A4", label, cells[4], _add(*cells[:4]),
            f"第四部分表格“{label}”：总计", "结果维持、结果纠正、其他结果、尚未审结之和",
        )  # fmt: skip


def _compare(
    rule: str, where: str, left: int | None, right: int | None, what: str, other: str
) -> Check:
    if left is None or right is None:
        says = f"{what}与{other}无法核对，因为有空白或者不是整数的格。请补填，没有的写 0。"
        return Check(rule, where, left, right, "cannot-tell", says)
    if left == right:
        return Check(rule, where, left, right, "holds", f"{what}是 {left}，与{other}相等。")
    says = f"{what}是 {left}，{other}是 {right}，差 {abs(left - right)}。请核对后改正。"
    return Check(rule, where, left, right, "fails", says)


def _blanks(tables: Tables) -> Check:
    """D1: every cell holds a number, 0 where there was nothing."""
    places = tuple(_blank_places(tables))
    if not places:
        return Check("D1", "全部表格", 0, 0, "holds", "各表没有空白的格。")
    shown = "、".join(places[:5]) + ("等" if len(places) > 5 else "")
    says = f"有 {len(places)} 个格是空白或者不是数：{shown}。没有的写 0，不写“/”。"
    return Check("D1", "全部表格", len(places), 0, "fails", says)


def _blank_places(tables: Tables) -> Iterator[str]:
    names = resources.table("law/annual_report.toml")
    second = tables.table2
    for row in names["table2"]["rows"]:
        value = getattr(second, row["key"])
        cells = value if isinstance(value, tuple) else (value,)
        if None in cells:
            yield f"第二部分“{row['label']}”行"
    for row in names["table3"]["rows"]:
        for column, cell in zip(
            names["table3"]["columns"], tables.table3.rows[row["key"]], strict=True
        ):
            if cell is None:
                yield f"第三部分“{_row_name(row)}”行“{column}”列"
    for block, numbers in zip(names["table4"]["blocks"], tables.table4.blocks, strict=True):
        for column, cell in zip(names["table4"]["columns"], numbers, strict=True):
            if cell is None:
                yield f"第四部分“{block}”的“{column}”"


def _regulations(tables: Tables) -> Check:
    """D3: a town, street, county or department makes no 规章; a number there is a slip."""
    total = _add(*tables.table2.regulations)
    where = "第二部分表格“规章”行"
    if total is None:
        return Check("D3", where, None, 0, "cannot-tell", f"{where}有空白的格。没有的写 0。")
    if total == 0:
        return Check("D3", where, 0, 0, "holds", f"{where}都是 0。")
    says = (
        f"{where}合计 {total}，但是乡镇、街道和县级部门不能制定规章，应当是 0。"
        "单位内部的规章制度不算规章，请改正。"
    )
    return Check("D3", where, total, 0, "fails", says)


def _add(*cells: int | None) -> int | None:
    total = 0
    for cell in cells:
        if cell is None:
            return None
        total += cell
    return total


def _column_names() -> list[str]:
    names: list[str] = resources.table("law/annual_report.toml")["table3"]["columns"]
    return names


def _row_table() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = resources.table("law/annual_report.toml")["table3"]["rows"]
    return rows


def _row_name(row: dict[str, str]) -> str:
    return f"{row['group']}{row['label']}" if "group" in row else row["label"]
