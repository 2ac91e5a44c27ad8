"""The fields of one rule of the office: words, a pattern with its examples, or an exception."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from detection.finding import Family, Severity
from detection.rule import Rule
from models.disclosure.office_rules import Entry

WORDS, PATTERN, EXCEPTION = "词语", "句式", "例外"
_LINES = 52
_FAMILIES = (
    Family.INTERNAL, Family.PERSONAL, Family.BUSINESS, Family.PROCESS, Family.KIND, Family.WORDING,
)  # fmt: skip
_SEVERITIES = (Severity.ASK, Severity.HIDE, Severity.NOTE)
_FIRM = frozenset({Family.SECRET, Family.HIDDEN})
_KNOWN = frozenset(
    {
        "id", "label", "family", "severity", "reason", "article", "suggest", "words", "pattern",
        "hit", "miss", "rule", "text",
    }
)  # fmt: skip


def may_edit(entry: Entry) -> bool:
    """Whether these fields show all that the entry says; what they do not know stays a file's."""
    patterns = entry.data.get("pattern", [])
    simple = len(patterns) <= 1 and all(set(p) == {"regex"} for p in patterns)
    examples = [*entry.data.get("hit", []), *entry.data.get("miss", [])]
    plain = all(isinstance(example, str) for example in examples)
    return bool(entry.data) and set(entry.data) <= _KNOWN and simple and plain


class RuleFields(QWidget):
    """What is typed is a table of the rule file; the words of a field say what belongs there.

    Signals:
        edited(): something was typed or chosen.
    """

    edited = Signal()

    def __init__(self, rules: Sequence[Rule], entry: Entry | None = None) -> None:
        super().__init__()
        self._id = ""
        self.kind = _combo("种类", [(one, one) for one in (WORDS, PATTERN, EXCEPTION)])
        self.label = _line("名称", "例如：在建工程代号")
        self.family = _combo("类别", [(f.label, f.value) for f in _FAMILIES])
        self.severity = _combo("程度", [(s.label, s.value) for s in _SEVERITIES])
        self.words = _lines("词语", "一行一个词")
        self.regex = _line("句式", "例如：青石[甲乙丙]号工程；不能用 . * +")
        self.hit = _lines("应当查出", "一行一个例子，要查的部分写在 ⟦⟧ 里")
        self.miss = _lines("不应当查出", "一行一个例子")
        self.rule = _combo(
            "不算哪条规则", [(r.label, r.id) for r in rules if r.family not in _FIRM]
        )
        self.text = _line("哪些文字", "例如：镇政府公布的值班电话")
        self.reason = _line("理由", "为什么查它，办理的人会看到")
        self.article = _line("依据", "例如：本单位规定")
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setVerticalSpacing(6)
        for widget in self._all():
            self.form.addRow(widget.accessibleName(), widget)
        self.article.setText("本单位规定")
        if entry is not None:
            self._show(entry.data)
        self.kind.currentIndexChanged.connect(lambda _index: self._arrange())
        for widget in self._all():
            changed = (
                widget.currentIndexChanged if isinstance(widget, QComboBox) else widget.textChanged
            )
            changed.connect(lambda *_: self.edited.emit())
        self._arrange()

    @property
    def part(self) -> str:
        """The list of the rule file it belongs to."""
        return "exception" if self.kind.currentText() == EXCEPTION else "rule"

    @property
    def named(self) -> str:
        """What it is called in the log."""
        if self.part == "exception":
            return f"“{self.rule.currentText()}”的例外"
        return self.label.text().strip()

    def row(self) -> dict[str, Any]:
        """The table as it is typed. What is missing is found by the trial, and said."""
        reason = self.reason.text().strip()
        if self.part == "exception":
            return {
                "rule": self.rule.currentData(), "text": self.text.text().strip(), "reason": reason
            }  # fmt: skip
        row: dict[str, Any] = {
            "id": self._id or f"office-{secrets.token_hex(4)}",
            "label": self.label.text().strip(),
            "family": self.family.currentData(),
            "severity": self.severity.currentData(),
            "reason": reason,
            "article": self.article.text().strip(),
            "suggest": "delete" if self.severity.currentData() == Severity.HIDE.value else "keep",
        }
        self._id = row["id"]
        if self.kind.currentText() == WORDS:
            return row | {"words": _rows(self.words)}
        return row | {
            "pattern": [{"regex": self.regex.text().strip()}],
            "hit": _rows(self.hit),
            "miss": _rows(self.miss),
        }

    def missing(self) -> str:
        """What has to be filled in before it can be tried; empty when nothing."""
        needed: tuple[QLineEdit | QPlainTextEdit, ...] = {
            WORDS: (self.label, self.words, self.reason, self.article),
            PATTERN: (self.label, self.regex, self.hit, self.miss, self.reason, self.article),
            EXCEPTION: (self.text, self.reason),
        }[self.kind.currentText()]
        names = [one.accessibleName() for one in needed if not _typed(one).strip()]
        return f"还没有填：{'、'.join(names)}。" if names else ""

    def _show(self, data: Mapping[str, Any]) -> None:
        exception = "text" in data
        kind = EXCEPTION if exception else PATTERN if data.get("pattern") else WORDS
        self.kind.setCurrentText(kind)
        self.kind.setEnabled(False)
        self._id = str(data.get("id", ""))
        for line, key in (
            (self.label, "label"), (self.text, "text"), (self.reason, "reason"),
            (self.article, "article"),
        ):  # fmt: skip
            line.setText(str(data.get(key, "")))
        for choice, key in (
            (self.family, "family"), (self.severity, "severity"), (self.rule, "rule"),
        ):  # fmt: skip
            choice.setCurrentIndex(max(0, choice.findData(data.get(key))))
        for lines, key in ((self.words, "words"), (self.hit, "hit"), (self.miss, "miss")):
            lines.setPlainText("\n".join(map(str, data.get(key, []))))
        if data.get("pattern"):
            self.regex.setText(str(data["pattern"][0]["regex"]))

    def _arrange(self) -> None:
        kind = self.kind.currentText()
        only: dict[str, tuple[QWidget, ...]] = {
            WORDS: (self.words,),
            PATTERN: (self.regex, self.hit, self.miss),
            EXCEPTION: (self.rule, self.text),
        }
        for one, widgets in only.items():
            for widget in widgets:
                self.form.setRowVisible(widget, kind == one)
        for common in (self.label, self.family, self.severity, self.article):
            self.form.setRowVisible(common, kind != EXCEPTION)

    def _all(self) -> tuple[QComboBox | QLineEdit | QPlainTextEdit, ...]:
        return (
            self.kind, self.label, self.family, self.severity, self.words, self.regex, self.hit,
            self.miss, self.rule, self.text, self.reason, self.article,
        )  # fmt: skip


def _rows(field: QPlainTextEdit) -> list[str]:
    return [line.strip() for line in field.toPlainText().splitlines() if line.strip()]


def _typed(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _line(name: str, hint: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made


def _lines(name: str, hint: str) -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    made.setTabChangesFocus(True)
    made.setFixedHeight(_LINES)
    return made


def _combo(name: str, items: Sequence[tuple[str, str]]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    for words, data in items:
        made.addItem(words, data)
    return made
