"""What every tab of 日志与设置 is."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.desk import Desk

if TYPE_CHECKING:
    from models.kernel.changes import Changes


class Tab(QWidget):
    """One tab; refreshed when it comes to the front and is stale."""

    title: ClassVar[str]

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.title)

    def lay_out(self, words: QWidget, buttons: Iterable[QWidget], table: QWidget) -> None:
        """What the list is and what can be done with it; under that the list."""
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 16, 8)
        bar.setSpacing(8)
        bar.addWidget(words, 1)
        for widget in buttons:
            bar.addWidget(widget)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(bar)
        rows.addWidget(table, 1)

    def refresh(self, changes: "Changes | None") -> None:
        """Show what is true now."""


def caption(text: str) -> QLabel:
    """A grey sentence that explains."""
    label = QLabel(text)
    label.setProperty("role", "second")
    label.setWordWrap(True)
    return label
