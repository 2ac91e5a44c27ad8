"""What the frame says over every page: rules that may not be trusted; public documents to look at.

A notice stays as long as it is true; nothing here is closed by hand.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui import icons, theme
from gui.actions import button


class _Notice(QWidget):
    """One line: a sign, a sentence, a verb."""

    def __init__(self, role: str, sign: str, made: QPushButton) -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._sign = QLabel()
        self._icon, self._colour = sign, role.removeprefix("notice-")
        self.text = QLabel()
        self.text.setProperty("role", role)
        self.text.setWordWrap(True)
        self.verb = made
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.text, 1)
        row.addWidget(self.verb, 0, Qt.AlignmentFlag.AlignVCenter)
        self._dress()
        theme.scheme().changed.connect(self._dress)
        self.hide()

    def say(self, sentence: str) -> None:
        """Show it; an empty sentence hides the line."""
        self.text.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))

    def _dress(self) -> None:
        self._sign.setPixmap(icons.icon(self._icon, self._colour).pixmap(icons.sizes(16)))


class Notices(QWidget):
    """The lines under the top of the window; no room is taken while all is well.

    Signals:
        rules_asked(): the officer wants to see the rules.
        later_asked(): the officer wants to see what was found in public documents.
    """

    rules_asked = Signal()
    later_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.alarm = _Notice("notice-stop", "stop", button("去看规则", self.rules_asked.emit))
        self.later = _Notice("notice-hide", "warning", button("逐份查看", self.later_asked.emit))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.alarm)
        rows.addWidget(self.later)

    def show_complaint(self, complaint: str) -> None:
        """Rules that keep silent: nothing may be called clean until they are mended."""
        self.alarm.say(f"现在不能检查文件。{complaint}" if complaint else "")

    def show_found_later(self, count: int) -> None:
        """So many public documents have something that only later rules found."""
        self.later.say(
            f"规则更新后，{count} 份已公开的文件里有新发现。请先看这些："
            "不该公开的马上撤回，从各渠道撤下；可以公开的由保密审查员写明理由。"
            if count
            else ""
        )
