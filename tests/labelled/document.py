"""docs/detection.md: the figures, what the real laws say, and a table of what each rule hits."""

from collections.abc import Iterator
from pathlib import Path

from detection.finding import Family
from detection.rule import Example, Rule
from detection.rulebook import Rulebook

PAGE = Path(__file__).parents[2] / "docs" / "detection.md"
COMMAND = "python -m tests.labelled --write"
RULES = "## 规则"
_NOTE = Path(__file__).parent / "laws.md"
_TOP = f"""# 查得出什么、查不错什么

本页由命令生成（`{COMMAND}`），请勿手工修改。

标注文件由模板生成，模板与规则分开写；规则只对照 develop 部分调整，held-out 部分只用来算数；
名称带数字的部分由没有看过规则的人另写。
“查全”是标注里被查出（“核实”以上）的比例，“查准”是查出的里面确有标注的比例，普通文件里查出的都算错；“偏轻”是查出但轻于应有的级别，
“类别不同”是由别的规则查出。`--show 类别` 列出 develop 部分的漏报和误报。

## 数字
"""


def page(figures: Iterator[str], laws: Iterator[str], rulebook: Rulebook) -> str:
    """The whole page."""
    note = _NOTE.read_text(encoding="utf-8").strip()
    body = [_TOP, *figures, "", "## 真实的法律法规", "", *laws, "", note, "", rules(rulebook)]
    return "\n".join(body)


def rules(rulebook: Rulebook) -> str:
    """The table of rules, from their own examples."""
    head = [
        RULES,
        "",
        "⟦⟧ 之间是查出的文字；例子就是规则集里的自检样例。",
        "",
        "| 规则 | 级别 | 查得出 | 不会查 | 理由 | 依据 |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    return "\n".join([*head, *(_row(r) for r in rulebook.rules)]) + "\n"


def rules_of(text: str) -> str:
    """The table of rules in a page that was written before."""
    return RULES + text.partition(RULES)[2]


def _row(rule: Rule) -> str:
    hit, miss = _examples(rule.hit), _examples(rule.miss)
    if rule.family is Family.HIDDEN and not rule.hit:
        hit, miss = f"任何文字，只要在“{rule.label}”的位置", "别的位置的文字"
    cells = (
        f"{rule.label} `{rule.id}`", rule.severity.label, hit, miss, rule.reason, rule.article,
    )  # fmt: skip
    return "| " + " | ".join(_safe(c) for c in cells) + " |"


def _examples(examples: tuple[Example, ...]) -> str:
    shown = [" / ".join(e.text.split("\n")) for e in examples[:3]]
    return "\n".join(shown)


def _safe(text: str) -> str:
    """A text that may stand in a cell of a Markdown table."""
    for mark in "\\*_<>`|":
        if mark != "`" or text.count("`") != 2:
            text = text.replace(mark, "\\" + mark)
    return text.replace("\n", "<br>")
