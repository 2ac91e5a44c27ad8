"""What keeps a file from being read whole: an amber line each, what it is and what to do."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui import icons, theme
from gui.actions import button

SIDE = 16


class _Line(QLabel):
    """A sentence with the sign of what must be looked at by a person."""

    def __init__(self, text: str, margin: int) -> None:
        super().__init__(text)
        self._margin = margin
        self.setProperty("role", "trouble")
        self.setWordWrap(True)
        self.setContentsMargins(margin + SIDE + 8, 4, margin, 4)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setAccessibleName(f"须注意：{text}")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        high = float(self.fontMetrics().height())
        box = QRectF(self._margin, 4 + (high - SIDE) / 2, SIDE, SIDE)
        icons.paint(painter, "ask", "ask", box)
        painter.end()
        super().paintEvent(event)


class Troubles(QWidget):
    """The lines; from the fourth on they wait behind a button, so that the text stays in view."""

    FIRST = 3

    def __init__(self, margin: int = theme.GUTTER, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "troubles")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._margin = margin
        self._texts: tuple[str, ...] = ()
        self._lines: list[_Line] = []
        self._all = False
        self.more = button("", self._toggle, role="link")
        self.more.setAccessibleName("其余须注意的事")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 2, 0, 2)
        self._rows.setSpacing(0)
        self._rows.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    @property
    def texts(self) -> tuple[str, ...]:
        """All of them, also those that wait."""
        return self._texts

    def show_texts(self, texts: Sequence[str]) -> None:
        """Other troubles; none: the widget is gone."""
        fresh = tuple(dict.fromkeys(texts))
        if fresh != self._texts:
            self._texts, self._all = fresh, False
            self._build()
        self.setVisible(bool(fresh))

    def _build(self) -> None:
        for line in self._lines:
            self._rows.removeWidget(line)
            line.deleteLater()
        self._lines = [_Line(text, self._margin) for text in self._texts]
        for place, line in enumerate(self._lines):
            self._rows.insertWidget(place, line)
        self._fold()

    def _fold(self) -> None:
        waiting = len(self._lines) - self.FIRST
        for place, line in enumerate(self._lines):
            line.setVisible(self._all or place < self.FIRST)
        self.more.setVisible(waiting > 0)
        self.more.setText("收起" if self._all else f"还有 {waiting} 条")

    def _toggle(self) -> None:
        self._all = not self._all
        self._fold()
