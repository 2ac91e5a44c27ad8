"""One finding in full: why, under which article, how sure, what is proposed, and the ruling."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from detection.advice import advice, certainty_words
from gui.actions import button
from gui.widgets.document_text import one_line
from gui.widgets.words import moment
from models.disclosure.precedents import Precedent
from models.disclosure.rulings import Ruling
from models.queries.rows import FindingRow

# The buttons in the order of the keys: what is asked for most comes first.
BUTTONS: tuple[tuple[Ruling, str, str], ...] = (
    (Ruling.REDACT, "R", "从公开件中删去这段文字"),
    (Ruling.MASK, "M", "按建议遮盖，保留可以公开的部分"),
    (Ruling.KEEP, "E", "可以公开，原样保留；应当遮盖的要写理由"),
    (Ruling.NOT_ONE, "X", "不是程序说的那种内容；要写理由，相同文字不再询问"),
)


class FindingDetail(QWidget):
    """The card under the list.

    Signals:
        ruling_asked(Ruling): the officer decided.
    """

    ruling_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text = _words("section")
        self.reason = _words()
        self.basis = _words("second")
        self.sure = _words("caption")
        self.advice = _words()
        self.before = _words("caption")
        self.ruled = _words("good")
        self.all_alike = QCheckBox()
        self.all_alike.hide()
        self.buttons = {
            ruling: button(
                f"{ruling.label} {key}",
                lambda ruling=ruling: self.ruling_asked.emit(ruling),  # type: ignore[misc]
                tip=f"{tip}（{key}）",
            )
            for ruling, key, tip in BUTTONS
        }
        rows = self._rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 8, 16, 8)
        rows.setSpacing(4)
        for label in (
            self.text, self.reason, self.basis, self.sure, self.advice, self.before, self.ruled,
        ):  # fmt: skip
            rows.addWidget(label)
        line = QHBoxLayout()
        line.setSpacing(6)
        for each in self.buttons.values():
            each.setStyleSheet("padding: 0 4px;")
            line.addWidget(each, 1)
        rows.addLayout(line)
        rows.addWidget(self.all_alike)
        self.show_finding(None, "", may_rule="")

    def show_finding(
        self,
        finding: FindingRow | None,
        text: str,
        *,
        may_rule: str,
        read: str = "",
        label: str = "",
        before: Precedent | None = None,
    ) -> None:
        """Show it; `text` is bare or masked; `may_rule` says why not, empty when it may.

        `read`: how sure it is that the picture says so, where it was read from one. `label`: what
        the rule looks for. `before`: what an officer decided on the same text in another document.
        """
        self.setVisible(finding is not None)
        if finding is None:
            return
        self.text.setText(one_line(text))
        named = label and label not in finding.reason
        self.reason.setText(f"{label}：{finding.reason}" if named else finding.reason)
        self.basis.setText(f"依据：{finding.basis}" if finding.basis else "")
        self.basis.setVisible(bool(finding.basis))
        self.sure.setText("    ".join(part for part in (_sure(finding), read) if part))
        self.sure.setVisible(bool(self.sure.text()))
        self.advice.setText(_advice(finding))
        self.advice.setVisible(finding.ruling is None)
        self.before.setText(_proposed(before) if before is not None else "")
        self.before.setVisible(before is not None and finding.ruling is None)
        self.ruled.setVisible(finding.ruling is not None)
        if finding.ruling is not None:
            when = f"{finding.ruled_by} {moment(finding.ruled_at)}".strip()
            carried = "（沿用）" if finding.carried else ""
            why = f"：{finding.ruling_reason}" if finding.ruling_reason else ""
            self.ruled.setText(f"已处理：{finding.ruling.label}{carried}{why}  {when}")
        for ruling, key, tip in BUTTONS:
            made = self.buttons[ruling]
            made.setEnabled(not may_rule)
            made.setToolTip(may_rule or f"{tip}（{key}）")
        self._keep_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_height()

    def _keep_height(self) -> None:
        """Sentences that wrap would give way to the list, and lie over the buttons."""
        self.setMinimumHeight(max(0, self._rows.totalHeightForWidth(self.width())))

    def toggle_alike(self) -> None:
        """L: only where the question is asked."""
        if self.all_alike.isVisible() and self.all_alike.isEnabled():
            self.all_alike.toggle()

    def show_alike(self, texts: int, kinds: int = 0, column: int = 0) -> None:
        """How many of the batch are the same text, how many open ones here the same rule's, and
        how many of those its column may keep; this one included."""
        self.all_alike.setChecked(False)
        self.all_alike.setEnabled(True)
        self.all_alike.setVisible(texts > 1 or kinds > 1)
        where, count = ("本文件", kinds) if kinds > texts else ("本批", texts)
        self.all_alike.setText(f"同类全部如此处理：{where} {count} 处（L）")
        self.all_alike.setToolTip(
            f"删除、遮盖：用于本文件同类的 {max(kinds, 1)} 处和本批相同文字的 {texts} 处。\n"
            + (
                f"保留：用于这一列的 {column} 处和本批相同文字的 {texts} 处。\n"
                f"不是：只用于本批相同文字的 {texts} 处。"
                if column > 1
                else f"保留、不是：只用于本批相同文字的 {texts} 处。"
            )
        )
        self._keep_height()

    def show_column(self, count: int) -> None:
        """The finding stands for a column: it and the open ones below are ruled on together."""
        self.all_alike.setChecked(True)
        self.all_alike.setEnabled(False)
        self.all_alike.setVisible(True)
        self.all_alike.setText(f"整列一起处理：{count} 处")
        self.all_alike.setToolTip(
            "删除：表头和各格一起删，公开件里没有这一列。遮盖：各格遮盖，表头不动。\n"
            "保留：表头和只需核实的各格保留；应当遮盖的仍要逐处处理。不是：只用于表头。"
        )
        self._keep_height()


def _advice(finding: FindingRow) -> str:
    suggest = one_line(finding.suggest)
    return advice(finding.family, finding.severity, suggest, visible=finding.visible)


def _sure(finding: FindingRow) -> str:
    if finding.manual:
        return ""
    return f"把握：{certainty_words(finding.certainty, finding.valid)}"


def _proposed(before: Precedent) -> str:
    """去年《…》中张三判为“不是”：理由。按 Y 采纳。"""
    now = datetime.now().astimezone().year
    year = {now: "今年", now - 1: "去年"}.get(before.at.year, f"{before.at.year}年")
    return (
        f"{year}《{before.title}》中{before.officer}对相同文字判为“{before.ruling.label}”："
        f"{before.reason}　按 Y 采纳"
    )


def _words(role: str = "") -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    return label
