"""The statutory annual report (政府信息公开工作年度报告) as Word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from models.reporting.annual import Tables


@dataclass(frozen=True, slots=True)
class AnnualReport:
    """What is printed. Texts are paragraphs separated by line feeds; an empty one is left blank.

    `overview`, `problems`, `other` are sections 一, 五, 六; `intro` the customary first paragraph.
    """

    organ: str
    year: int
    tables: Tables
    overview: str = ""
    problems: str = ""
    other: str = ""
    intro: str = ""


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What could be read out of a file: null cells stay None, `troubles` says what was odd."""

    organ: str | None
    year: int | None
    tables: Tables
    headings: tuple[str, ...]
    texts: dict[str, str]
    troubles: tuple[str, ...]


def write(report: AnnualReport, out: Path) -> None:
    """Write the report as a .docx. Raises Unavailable when the disk refuses."""
    raise NotImplementedError


def read(path: Path) -> ReadReport:
    """Read a report from .docx, .xlsx or .html. Raises Unreadable."""
    raise NotImplementedError
