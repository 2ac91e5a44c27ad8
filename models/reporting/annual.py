"""The annual report: what the catalogue can count, what the officer enters, what was saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.disclosure import ledger
from models.kernel import audit, base
from models.kernel.base import Changes
from models.kernel.errors import Refused
from models.kernel.person import Person
from models.kernel.schema import AnnualReport
from models.reporting.tables import ROWS, Table2, Table3, Table4, Tables

__all__ = [
    "ROWS", "SECTIONS", "Report", "Table2", "Table3", "Table4", "Tables", "counted", "draft",
    "load", "save", "years",
]  # fmt: skip

# The sections that are prose; 一 has five aspects (国办公开办函〔2021〕30号).
SECTIONS: Mapping[str, str] = {
    "introduction": "开头说明",
    "overview_active": "（一）主动公开",
    "overview_request": "（二）依申请公开",
    "overview_management": "（三）政府信息管理",
    "overview_platform": "（四）政府信息公开平台建设",
    "overview_supervision": "（五）监督保障",
    "problems": "五、存在的主要问题及改进情况",
    "other": "六、其他需要报告的事项",
}


@dataclass(frozen=True, slots=True)
class Report:
    """One year's report. `saved_at` is None when nothing was saved: a draft from the catalogue."""

    year: int
    tables: Tables
    texts: dict[str, str]
    saved_at: datetime | None
    saved_by: str


def draft(year: int) -> Tables:
    """The year's tables: what was saved, else zeros with what the catalogue counts filled in."""
    return load(year).tables


def counted(year: int) -> Tables:
    """Zeros, with 行政规范性文件 from the released documents of that kind.

    本年制发 counts by 成文日期 in the year, 本年废止 by 废止日期, 现行有效 what stood on
    31 December.
    """
    first, last = f"{year}-01-01", f"{year}-12-31"
    made, repealed, in_force = base.fetch(
        "SELECT coalesce(sum(signed_on BETWEEN ?1 AND ?2), 0), "
        "coalesce(sum(repealed_on BETWEEN ?1 AND ?2), 0), "
        "coalesce(sum(signed_on <= ?2 AND signed_on <> '' AND (repealed_on > ?2 OR "
        "(repealed_on = '' AND validity NOT IN ('废止', '失效')))), 0) "
        "FROM document WHERE genre = '行政规范性文件' AND state = 'released'",
        (first, last),
    )[0]
    return Tables().with_table2(normative=(made, repealed, in_force))


def load(year: int) -> Report:
    """The saved report, or a draft with empty texts."""
    with base.speaking("读不出年度报告"):
        row = AnnualReport.get_or_none(AnnualReport.year == year)
    if row is None:
        return Report(year, counted(year), dict.fromkeys(SECTIONS, ""), None, "")
    names = base.fetch("SELECT name FROM officer WHERE id = ?", (row.officer_id,))
    return Report(
        year,
        Tables.from_json(row.tables),
        {key: row.texts.get(key, "") for key in SECTIONS},
        base.from_text(row.saved_at),
        names[0][0],
    )


def save(year: int, tables: Tables, texts: Mapping[str, str], officer: Person) -> Changes:
    """Keep the officer's numbers and texts (keys of SECTIONS). Failing checks do not stop it."""
    unknown = set(texts) - set(SECTIONS)
    if unknown:
        raise KeyError(sorted(unknown)[0])
    with base.transaction():
        person = ledger.acting(officer)
        if not 2008 <= year <= base.now().year + 1:
            raise Refused(f"{year} 年的年度报告不能填。请选 2008 年至今的年份。")
        row = AnnualReport.get_or_none(AnnualReport.year == year)
        before: Any = row.tables if row else counted(year).to_json()
        after = tables.to_json()
        values: dict[str, Any] = {
            "tables": after,
            "texts": {key: texts.get(key, "") for key in SECTIONS},
            "saved_at": base.to_text(base.now()),
            "officer_id": person.id,
        }
        if row is None:
            AnnualReport.insert(year=year, **values).execute()
        else:
            AnnualReport.update(**values).where(AnnualReport.year == year).execute()
        audit.write(
            person, "save", "report", year,
            detail={"changed": sorted(k for k, v in after.items() if v != before[k])},
        )  # fmt: skip
    return Changes(reports=frozenset({year}))


def years() -> tuple[int, ...]:
    """Years with a saved report, the newest first."""
    return tuple(
        int(row[0]) for row in base.fetch("SELECT year FROM annual_report ORDER BY year DESC")
    )
