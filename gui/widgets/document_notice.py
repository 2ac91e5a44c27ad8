"""What stands where a document will be: a calm skeleton while it is read, or why there is none."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from gui import theme

# Widths of the grey lines, as shares of the text's width: a heading and two paragraphs.
_LINES = (0.0, 0.46, 0.0, 1.0, 0.97, 0.99, 0.62, 0.0, 1.0, 0.98, 0.95, 0.4)


class Skeleton(QWidget):
    """Grey lines where the text will stand. Nothing moves: it is there for half a second."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("正在打开文件")
        theme.scheme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("window"))
        width = min(760, self.width() - 24)
        left = (self.width() - width) / 2
        paper = QRectF(left, 0, width, self.height())
        painter.fillRect(paper, theme.colour("paper"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.mark("line"))
        inner = width - 80
        for number, share in enumerate(_LINES):
            begin = left + 40 + (inner * (1 - share) / 2 if number == 1 else 0)
            painter.fillRect(
                QRectF(begin, 44 + number * 30, inner * share, 12), theme.mark("line", 1.0)
            )
        painter.setPen(theme.mark("second", 1.0))
        painter.setFont(theme.font())
        words = QRectF(left, 44 + len(_LINES) * 30, width, 40)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), "正在打开文件……")
        painter.end()


class Sentence(QLabel):
    """One sentence in the middle: what is the matter and what to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setContentsMargins(48, 0, 48, 0)
        self.setProperty("role", "second")
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def say(self, sentence: str) -> None:
        """Show a sentence."""
        self.setText(sentence)
        self.setAccessibleName(sentence)
