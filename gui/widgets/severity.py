"""A severity as shape, word and colour; never by colour alone."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from detection.finding import Severity
from detection.report import Status
from gui import icons, theme

SIDE = 16
GAP = 5
DONE_WORD = "已处理"


def words(
    worst: Severity | None, open_findings: int, findings: int, status: Status = Status.READ
) -> str:
    """What stands beside the shape: 遮盖 3, 已处理, or nothing where nothing was found.

    Of a file that was not read, or not wholly, nobody may think that nothing is in it.
    """
    if not findings and status is not Status.READ:
        return "没有读全" if status is Status.PARTLY else "没有检查"
    if worst is not None:
        return f"{worst.label} {open_findings}" if open_findings else worst.label
    return DONE_WORD if findings else "无"


def paint_severity(painter: QPainter, box: QRectF, worst: Severity | None, text: str) -> None:
    """Shape, then word, at the left of `box`. `worst` None: the tick, or the plain word."""
    if worst is not None:
        paint_sign(painter, box, worst.value, text)
    elif text == DONE_WORD:
        paint_sign(painter, box, "done", text)
    else:
        painter.setPen(theme.colour("second"))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def paint_sign(painter: QPainter, box: QRectF, name: str, text: str) -> None:
    """The icon of this name and a word, both in the colour of this name."""
    icons.paint(painter, name, name, QRectF(box.left(), box.top(), SIDE, box.height()))
    painter.setPen(theme.colour(name))
    painter.drawText(
        box.adjusted(SIDE + GAP, 0, 0, 0),
        Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
        text,
    )


class SeverityMark(QWidget):
    """Shape and word of one severity as a widget."""

    def __init__(self, worst: Severity | None = None, text: str = "") -> None:
        super().__init__()
        self._worst = worst
        self._text = text
        self.setFixedHeight(22)
        self.show_severity(worst, text)

    def show_severity(self, worst: Severity | None, text: str) -> None:
        """Another severity with its words."""
        self._worst, self._text = worst, text
        self.setAccessibleName(text)
        self.setFixedWidth(self.sizeHint().width())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.text_width(self._text) + SIDE + GAP + 4, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        paint_severity(painter, QRectF(self.rect()), self._worst, self._text)
