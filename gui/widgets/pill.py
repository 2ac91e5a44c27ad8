"""The state of a document, as one pill; the same in every list and beside every title."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui import theme
from models.disclosure.case import State

HEIGHT = 20
PAD = 9

# Colour names of `theme.Colours`: text, and its ground.
COLOURS: dict[State, tuple[str, str]] = {
    State.RECEIVED: ("note", "note_tint"),
    State.SUBMITTED: ("accent", "accent_tint"),
    State.CHECKED: ("accent", "accent_tint"),
    State.CLEARED: ("accent", "accent_tint"),
    State.APPROVED: ("done", "done_tint"),
    State.RELEASED: ("done", "done_tint"),
    State.RETURNED: ("hide", "hide_tint"),
    State.WITHHELD: ("note", "note_tint"),
    State.REFERRED: ("ask", "ask_tint"),
    State.RECALLED: ("hide", "hide_tint"),
    State.DISCARDED: ("note", "note_tint"),
}
# Ended well: a filled pill tells 已发布 from 待发布 without reading.
SOLID = frozenset({State.RELEASED})


def pill_width(text: str) -> int:
    """Width of a pill with this text, in pixels."""
    return QFontMetrics(theme.font(theme.CAPTION_POINTS)).horizontalAdvance(text) + 2 * PAD


def paint_pill(painter: QPainter, box: QRectF, state: State) -> None:
    """Draw a state's pill at the left of `box`, centred in its height."""
    ink, ground = COLOURS[state]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = min(pill_width(state.label), box.width())
    shape = QRectF(box.left(), box.center().y() - HEIGHT / 2, width, HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(shape, HEIGHT / 2, HEIGHT / 2)
    painter.setFont(theme.font(theme.CAPTION_POINTS, strong=state in SOLID))
    painter.setPen(QColor(theme.colour(ink)))
    painter.drawText(shape, Qt.AlignmentFlag.AlignCenter, state.label)
    painter.restore()


class Pill(QWidget):
    """A state's pill as a widget."""

    def __init__(self, state: State | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.setFixedHeight(HEIGHT + 2)
        self.show_state(state)

    def show_state(self, state: State | None) -> None:
        """Another state; None shows nothing."""
        self._state = state
        self.setAccessibleName(f"状态：{state.label}" if state is not None else "状态")
        self.setFixedWidth(self.sizeHint().width())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(pill_width(self._state.label) if self._state else 1, HEIGHT + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._state is not None:
            paint_pill(QPainter(self), QRectF(self.rect()), self._state)
