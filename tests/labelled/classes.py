"""The kinds of label (`classes.toml`): which rules find them and what is promised of them."""

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from detection.finding import Finding, Severity


@dataclass(frozen=True)
class Class:
    """What `classes.toml` says of one kind of label.

    `rules`: the ids (with * as in file names) whose findings are of this kind; `family` likewise.
    `cover`: the least share of the label's characters that findings must cover.
    `loose`: a false find is one in a sentence (a line) without such a label.
    `document`: the label is the whole file's, whatever place it is found at.
    """

    kind: str
    label: str
    group: str
    severity: Severity
    rules: tuple[str, ...] = ()
    family: str = ""
    cover: float = 1.0
    loose: bool = False
    document: bool = False

    def takes(self, finding: Finding) -> bool:
        """Is this finding one of this kind?"""
        if self.family and finding.family.value == self.family:
            return True
        return any(fnmatchcase(finding.rule, r) for r in self.rules)


@cache
def classes() -> dict[str, Class]:
    """All kinds of label by their name."""
    text = (Path(__file__).parent / "classes.toml").read_text(encoding="utf-8")
    table: dict[str, dict[str, Any]] = tomllib.loads(text)
    made = {}
    for kind, entry in table.items():
        entry["severity"] = Severity(entry["severity"])
        entry["rules"] = tuple(entry.get("rules", ()))
        made[kind] = Class(kind, **entry)
    return made


@dataclass(frozen=True)
class Promise:
    """What the issue promises of a group: least recall and least precision; 0 where nothing is."""

    group: str
    label: str
    recall: float
    precision: float = 0.0


PROMISES = (
    Promise("secret", "国家秘密标志", 1.0),
    Promise("numbers", "各类号码（叙述与表单）", 0.99),
    Promise("cells", "个人信息列的单元格", 0.98),
    Promise("names", "正文中的姓名", 0.92, 0.90),
    Promise("addresses", "正文中的住址", 0.90, 0.90),
)
ALARMS = 1.0
"""The most findings of severity hide or stop in 10,000 characters of ordinary documents."""


def group_of(kind: str) -> str:
    """The group of a kind as `Outcome.kinds` names it."""
    return "cells" if kind.startswith("cell-") else classes()[kind].group


def label_of(kind: str) -> str:
    """The Chinese name of a kind as `Outcome.kinds` names it."""
    label = classes()[kind.removeprefix("cell-")].label
    return f"表列：{label}" if kind.startswith("cell-") else label
