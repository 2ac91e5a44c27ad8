"""What every tab of 日志与设置 is."""

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

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

    def refresh(self, changes: "Changes | None") -> None:
        """Show what is true now."""


def caption(text: str) -> QLabel:
    """A grey sentence that explains."""
    label = QLabel(text)
    label.setProperty("role", "second")
    label.setWordWrap(True)
    return label
