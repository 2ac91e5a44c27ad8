"""In the place of a document that cannot be read: why, large, and the acts that are left."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui import icons, theme
from gui.actions import button

WIDE = 520
SIGN = 40


class Left(StrEnum):
    """What can still be done with it."""

    REPLACE = "换一份文件…"
    WITHHOLD = "不予公开"
    DISCARD = "移入回收站"
    ADMIT = "确属误报，写明理由放行…"


_TIPS = {
    Left.REPLACE: "选一份能打开的文件，检查后作为新版本；目录信息和办理记录都保留",
    Left.WITHHOLD: "不公开这份文件，须写明理由",
    Left.DISCARD: "不再办理；可以随时从回收站移出",
    Left.ADMIT: "只由保密审查员办理，只对这些内容有效，记入日志并印在审批表上",
}


class _Sign(QWidget):
    """The sign of a trouble, large."""

    def sizeHint(self) -> QSize:
        return QSize(SIGN, SIGN)

    def paintEvent(self, event: QPaintEvent) -> None:
        drawn = icons.pixmap("warning", "ask", SIGN, self.devicePixelRatioF())
        QPainter(self).drawPixmap(QPoint(), drawn)


class Refusal(QWidget):
    """The notice.

    Signals:
        asked(Left): the officer wants this.
    """

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lead = QLabel()
        self._lead.setFont(theme.font(theme.TITLE_POINTS, strong=True))
        self._lead.setWordWrap(True)
        self._lead.setMaximumWidth(WIDE)
        self._why = QLabel()
        self._why.setFont(theme.font(theme.BASE_POINTS + 1))
        self._why.setWordWrap(True)
        self._why.setMaximumWidth(WIDE)
        self._why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        sign = _Sign()
        sign.setFixedSize(sign.sizeHint())
        self.buttons: dict[Left, QPushButton] = {}
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for left in Left:
            made = button(
                left.value,
                lambda left=left: self.asked.emit(left),  # type: ignore[misc]  # mypy: a default
                role="primary" if left is Left.REPLACE else "",
            )
            self.buttons[left] = made
            acts.addWidget(made)
        acts.addStretch(1)
        inner = QVBoxLayout()
        inner.setSpacing(12)
        inner.addStretch(2)
        for widget in (sign, self._lead, self._why):
            inner.addWidget(widget)
        inner.addSpacing(4)
        inner.addLayout(acts)
        inner.addStretch(3)
        whole = QHBoxLayout(self)
        whole.addStretch(1)
        whole.addLayout(inner, 100)
        whole.addStretch(1)

    def take_focus(self) -> None:
        """The keyboard goes to the first act that is left."""
        for made in self.buttons.values():
            if made.isVisible() and made.isEnabled():
                made.setFocus()
                return

    @property
    def says(self) -> str:
        """Everything that is written here."""
        return f"{self._lead.text()}\n{self._why.text()}"

    def show_refusal(
        self, lead: str, why: Sequence[str], against: Mapping[Left, Sequence[str]]
    ) -> None:
        """`against`: for each act that is left the reasons against it; others are not offered."""
        self._lead.setText(lead)
        self._why.setText("\n".join(why))
        self.setAccessibleName(f"{lead} {' '.join(why)}")
        for left, made in self.buttons.items():
            reasons = against.get(left, ())
            made.setVisible(left in against)
            made.setEnabled(not reasons)
            made.setToolTip("\n".join(reasons) if reasons else _TIPS[left])
