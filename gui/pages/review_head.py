"""Above the document: title, state, steps, and the switch between original and public copy."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from detection.report import Status
from formats.reading import TroubleCode
from gui import icons, theme
from gui.actions import button
from gui.pages.review_load import Opened
from gui.widgets.document_side import Side
from gui.widgets.pill import Pill
from gui.widgets.steps import Steps, steps_of
from gui.widgets.troubles import Troubles
from models.disclosure.case import State
from models.queries.rows import DocumentDetail


class Head(QWidget):
    """Two lines: title with the switch, then what a reader must know (steps, troubles).

    Signals:
        side_asked(Side): show the original, the public copy or the difference.
        keys_asked(): show all keys.
        rescan_asked(): examine the file again.
    """

    side_asked = Signal(object)
    keys_asked = Signal()
    rescan_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = ""
        self.title = QLabel()
        self.title.setFont(theme.font(theme.BASE_POINTS + 1, strong=True))
        self.title.setMinimumWidth(40)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.title.installEventFilter(self)
        self.pill = Pill()
        self.says = QLabel()
        self.says.setProperty("role", "caption")
        self.sides: dict[Side, QToolButton] = {}
        self._group = QButtonGroup(self)
        line = QHBoxLayout()
        line.setContentsMargins(16, 0, 8, 0)
        line.setSpacing(8)
        line.addWidget(self.title, 1)
        line.addWidget(self.pill)
        line.addWidget(self.says)
        for number, side in enumerate(Side, 1):
            made = QToolButton()
            made.setText(side.value)
            made.setCheckable(True)
            made.setToolTip(f"{side.value}（{number}）")
            made.clicked.connect(lambda _on=False, side=side: self.side_asked.emit(side))
            made.setMinimumWidth(made.sizeHint().width())
            self._group.addButton(made)
            self.sides[side] = made
            line.addWidget(made)
        self.keys = QToolButton()
        self.keys.setAccessibleName("按键")
        self.keys.setToolTip("按键（?）")
        self.keys.setIconSize(icons.sizes(18))
        icons.dress(self.keys, "keyboard", "second")
        self.keys.clicked.connect(self.keys_asked)
        line.addWidget(self.keys)
        upper = QWidget()
        upper.setFixedHeight(theme.BAR - 1)
        upper.setLayout(line)
        self.steps = Steps(terse=True)
        self.steps.setContentsMargins(0, 0, 0, 4)
        self.troubles = Troubles()
        self.rescan = button(
            "规则已更新，须重新检查（F5）", self.rescan_asked.emit, role="link", icon="refresh"
        )
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(upper)
        rows.addWidget(self.steps)
        rows.addWidget(self.troubles)
        rows.addWidget(self.rescan, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_document(None)

    def show_document(self, opened: Opened | None) -> None:
        """Its title, state, steps and what keeps it from being read whole."""
        for widget in (self.pill, self.steps, self.keys):
            widget.setVisible(opened is not None)
        readable = opened is not None and opened.detail.scan.status in _READ
        for switch in self.sides.values():
            switch.setVisible(readable)
        self.says.clear()
        due = opened is not None and opened.rescan_due and opened.detail.state not in _ENDED
        self.rescan.setVisible(due)
        if opened is None:
            self._title = ""
            self._elide()
            self.troubles.show_texts(())
            return
        detail = opened.detail
        self._title = detail.title
        self._elide()
        self.pill.show_state(detail.state)
        self.steps.show_steps(steps_of(detail, opened.steps, check_step=opened.check_step))
        for side in (Side.PUBLIC, Side.DIFFERENCE):
            made = self.sides[side]
            made.setEnabled(opened.public is not None)
            none = "还没有公开件。全部发现处理完后按 Ctrl+Enter，程序自动制作。"
            made.setToolTip(none if opened.public is None else _TIPS[side])
        self.troubles.show_texts(_troubles(detail))

    def show_side(self, side: Side) -> None:
        """Which switch is down."""
        self.says.clear()
        self.sides[side].setChecked(True)

    def show_page(self, page: int, opened: Opened | None) -> None:
        """`第 3/12 页` beside the switch."""
        if opened is not None and opened.detail.scan.pages:
            self.says.setText(f"第 {page}/{opened.detail.scan.pages} 页")

    def say(self, sentence: str) -> None:
        """Reading goes on; so many differences."""
        self.says.setText(sentence)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.title and event.type() == QEvent.Type.Resize:
            self._elide()
        return super().eventFilter(watched, event)

    def _elide(self) -> None:
        room = max(40, self.title.width())
        metrics = self.title.fontMetrics()
        self.title.setText(metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, room))
        self.title.setToolTip(self._title)


def _troubles(detail: DocumentDetail) -> list[str]:
    """What is not said elsewhere: of a file that cannot be read the middle says it, large."""
    scan = detail.scan
    if scan.status not in _READ:
        return []
    # The bar for scanned pages says the same, and what to do.
    pages = TroubleCode.NEEDS_OCR if scan.image_pages else None
    texts = [one.text for one in scan.troubles if one.code is not pages]
    if scan.status is Status.PARTLY and not scan.troubles:
        texts.append(scan.status.label)
    return texts


_READ = (Status.READ, Status.PARTLY)
_ENDED = frozenset({State.RELEASED, State.WITHHELD, State.RECALLED, State.DISCARDED})
_TIPS = {Side.PUBLIC: "公开件（2）", Side.DIFFERENCE: "差异（3）"}
