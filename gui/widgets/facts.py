"""A short list of things that happened: a strong word, who and when, a remark."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget


class Fact(NamedTuple):
    """One entry; `remark` may be empty."""

    head: str
    line: str
    remark: str = ""


class Facts(QWidget):
    """Entries one below the other, or one sentence when there are none."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)

    def show_facts(self, facts: Sequence[Fact], none: str) -> None:
        """Other entries; `none` is said when there are none."""
        while self._rows.count():
            old = self._rows.takeAt(0).widget()
            if old is not None:
                old.deleteLater()
        if not facts:
            self._line(none, "second")
        for number, fact in enumerate(facts):
            if number:
                self._rows.addSpacing(8)
            self._line(fact.head, "section")
            self._line(fact.line, "second")
            if fact.remark:
                self._line(fact.remark, "caption")

    def _line(self, text: str, role: str) -> None:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._rows.addWidget(label)
