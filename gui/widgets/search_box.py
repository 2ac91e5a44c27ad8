"""The search box over every page: Enter seeks in the catalogue, Esc goes back to the page."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

WIDTH = 320


class SearchBox(QLineEdit):
    """What is typed stays in it until it is sought or given up.

    Signals:
        sought(str): Enter with words in it; the page that shows them has its own field for them.
        given_up(): Esc.
    """

    sought = Signal(str)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumWidth(WIDTH)
        self.setPlaceholderText("查找标题、正文、文号（Ctrl+K）")
        self.setAccessibleName("在目录中查找")
        self.returnPressed.connect(self._seek)

    def enter(self) -> None:
        """The keyboard comes here; what stands in it is replaced by what is typed."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.given_up.emit()
            return
        super().keyPressEvent(event)

    def _seek(self) -> None:
        words = self.text().strip()
        if words:
            self.sought.emit(words)
            self.clear()
