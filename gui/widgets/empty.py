"""An empty list: one sentence that says what belongs here, and one button with the next act."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui import icons, theme
from gui.actions import button, spoken

ICON = 40


class Empty(QWidget):
    """The sentence may change (nothing at all, nothing that fits the filter); the look stays."""

    def __init__(self, icon: str, sentence: str, act: QAction | None = None) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon_name = icon
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = QLabel()
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setWordWrap(True)
        self._words.setProperty("role", "second")
        self._button = button("", lambda: None, role="primary")
        self._act: QAction | None = None
        self._button.clicked.disconnect()
        self._button.clicked.connect(lambda _checked=False: self._do())
        rows = QVBoxLayout(self)
        rows.addStretch(2)
        rows.addWidget(self._picture)
        rows.addSpacing(8)
        rows.addWidget(self._words)
        rows.addSpacing(8)
        rows.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addStretch(3)
        self._dress()
        theme.scheme().changed.connect(self._dress)
        self.say(sentence, act)

    def say(self, sentence: str, act: QAction | None = None) -> None:
        """Another sentence, another act; without an act there is no button."""
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self._button.setAccessibleName(spoken(act.text()) if act is not None else sentence)
        self._act = act
        self._button.setVisible(act is not None)
        if act is not None:
            self._button.setText(act.text())

    def sentence(self) -> str:
        """The sentence shown."""
        return self._words.text()

    def _do(self) -> None:
        if self._act is not None:
            self._act.trigger()

    def _dress(self) -> None:
        density = self.devicePixelRatioF()
        self._picture.setPixmap(icons.pixmap(self._icon_name, "line_strong", ICON, density))
