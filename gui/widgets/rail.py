"""The rail at the left: the pages, a count on each, and the sentence that must always be seen."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui import icons, theme

WARNING = "本软件运行于非涉密计算机，禁止导入涉密文件"
LINE = 40
MARK = 3


class RailButton(QAbstractButton):
    """One page: icon, name, count. The mark at its left says that it is the one in front."""

    def __init__(self, title: str, icon: str, number: int) -> None:
        super().__init__()
        self._icon = icon
        self._count = 0
        self._alert = 0
        self.folded = False
        self.setText(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._key = QKeySequence(f"Ctrl+{number}")
        self._name()

    def set_count(self, count: int | None, alert: int | None = None) -> None:
        """The number at the right; none for None and 0. `alert`: so many wait to be rechecked."""
        self._count, self._alert = count or 0, alert or 0
        self._name()
        self.update()

    def count(self) -> int:
        """The number shown, 0 for none."""
        return self._count

    def sizeHint(self) -> QSize:
        return QSize(theme.RAIL_FOLDED if self.folded else theme.RAIL, LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.now()
        box = self.rect()
        chosen = self.isChecked()
        if chosen:
            painter.fillRect(box, QColor(colours.accent_tint))
            painter.fillRect(QRect(0, 0, MARK, box.height()), QColor(colours.accent))
        elif self.underMouse():
            painter.fillRect(box, QColor(colours.hover))
        ink = "accent" if chosen else "text"
        icons.paint(
            painter, self._icon, ink if chosen else "second", QRectF(18, 0, 20, box.height())
        )
        painter.setFont(theme.font(strong=chosen))
        painter.setPen(QColor(getattr(colours, ink)))
        if not self.folded:
            words = box.adjusted(50, 0, -48, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._count:
            self._paint_count(painter, colours, chosen)
        if self.hasFocus():
            painter.setPen(QColor(colours.focus))
            painter.drawRect(box.adjusted(1, 1, -2, -2))

    def _paint_count(self, painter: QPainter, colours: theme.Colours, chosen: bool) -> None:
        box = self.rect()
        if self.folded:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(QRectF(37, 8, 6, 6))
            return
        painter.setFont(theme.font(theme.CAPTION_POINTS))
        painter.setPen(QColor(colours.accent if chosen else colours.second))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        number = f"{self._count}" if self._count < 100_000 else "10 万+"
        painter.drawText(box.adjusted(0, 0, -16, 0), right, number)
        if self._alert:
            beside = -24 - painter.fontMetrics().horizontalAdvance(number)
            painter.setPen(QColor(colours.hide))
            painter.drawText(box.adjusted(0, 0, beside, 0), right, f"待重查 {self._alert}")

    def _name(self) -> None:
        shown = self._key.toString(QKeySequence.SequenceFormat.NativeText)
        waits = f"，{self._alert} 件规则更新后待重查" if self._alert else ""
        self.setAccessibleName(
            f"{self.text()}，{self._count} 件{waits}" if self._count else self.text()
        )
        self.setToolTip(f"{self.text()}（{shown}）{waits}")


# In logical pixels: 1366 at 125 % and more.
SMALL_SCREEN = 1100


class Rail(QFrame):
    """All pages, one below the other.

    Signals:
        chosen(str): the key of the page asked for.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setProperty("role", "panel")
        self.setAccessibleName("页面")
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.folded = False
        self._shown = False
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self._name = QLabel("政务公开工作台")
        self._name.setFont(theme.font(theme.BASE_POINTS + 1, strong=True))
        self._fold = QToolButton()
        self._fold.setIconSize(icons.sizes(18))
        self._fold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._fold.clicked.connect(lambda _checked=False: self.fold(not self.folded))
        top = QHBoxLayout()
        top.setContentsMargins(16, 0, 10, 0)
        top.addWidget(self._name, 1)
        top.addWidget(self._fold)
        head = QWidget()
        head.setFixedHeight(48)
        head.setLayout(top)
        self._top = top
        rows.addWidget(head)
        self._pages = QVBoxLayout()
        self._pages.setContentsMargins(0, 4, 0, 0)
        self._pages.setSpacing(0)
        rows.addLayout(self._pages)
        rows.addStretch(1)
        self._warning = QLabel(WARNING)
        self._warning.setWordWrap(True)
        self._warning.setProperty("role", "caption")
        self._warning.setContentsMargins(16, 8, 12, 12)
        rows.addWidget(self._warning)
        self._shield = QToolButton()
        self._shield.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._shield.setToolTip(WARNING)
        self._shield.setAccessibleName(WARNING)
        self._shield.setIconSize(icons.sizes(20))
        icons.dress(self._shield, "shield", "second")
        rows.addWidget(self._shield, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addSpacing(4)
        self.fold(folded=False)
        theme.scheme().changed.connect(self._dress)

    def add(self, key: str, title: str, icon: str) -> None:
        """One more page at the end; its key is Ctrl and its number."""
        made = RailButton(title, icon, len(self._buttons) + 1)
        made.folded = self.folded
        made.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
        self._group.addButton(made)
        self._pages.addWidget(made)
        self._buttons[key] = made

    def show_chosen(self, key: str) -> None:
        """Mark the page that is in front."""
        self._buttons[key].setChecked(True)

    def set_count(self, key: str, count: int | None, alert: int | None = None) -> None:
        """The number on one page, and how many of them wait to be rechecked."""
        self._buttons[key].set_count(count, alert)

    def button(self, key: str) -> RailButton:
        """The button of a page."""
        return self._buttons[key]

    def fold(self, folded: bool) -> None:
        """Icons only, or icons and names."""
        self.folded = folded
        self.setFixedWidth(theme.RAIL_FOLDED if folded else theme.RAIL)
        self._name.setVisible(not folded)
        self._warning.setVisible(not folded)
        self._shield.setVisible(folded)
        self._top.setContentsMargins(13 if folded else 16, 0, 13 if folded else 8, 0)
        words = "展开侧栏" if folded else "收起侧栏"
        self._fold.setToolTip(words)
        self._fold.setAccessibleName(words)
        for made in self._buttons.values():
            made.folded = folded
            made.updateGeometry()
            made.update()
        self._dress()

    def showEvent(self, event: QShowEvent) -> None:
        """On a screen that is small, or large only in pixels, the names give their room away."""
        super().showEvent(event)
        if not self._shown:
            self._shown = True
            if self.screen().availableGeometry().width() < SMALL_SCREEN:
                self.fold(folded=True)

    def _dress(self) -> None:
        self._fold.setIcon(icons.icon("unfold" if self.folded else "fold", "second"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme.now()
        painter.fillRect(self.rect(), QColor(colours.surface))
        painter.setPen(QColor(colours.line))
        edge = self.rect().right()
        painter.drawLine(edge, 0, edge, self.height())
