"""What cannot be seen: a chip a part; pressed, it opens the content where it stands."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from formats.reading import Part
from gui import icons
from gui.widgets.document_parts import Unseen
from gui.widgets.wrapping import Wrapping

CHIP_HEIGHT = 26
# More lines of chips than this are scrolled: the document needs the room.
LINES = 3
# In a window lower than this, as at 200 % scaling, there is room for one line of chips.
LOW = 560


class HiddenStrip(QWidget):
    """Chips above the page, hidden parts first, then what is seen elsewhere than in the layout.

    Signals:
        opened(frozenset[Part]): the parts whose content shall be shown.
        abandoned(): the chip that had the keyboard is gone.
    """

    opened = Signal(object)
    abandoned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._unseen = Unseen()
        self._words: list[tuple[Part, str]] = []
        self._chips: dict[Part, QToolButton] = {}
        self._says = QLabel()
        self._says.setProperty("role", "section")
        self._inner = QWidget()
        self._inner.setAccessibleName("看不见的内容")
        self._row = Wrapping(4, self._inner)
        self._area = QScrollArea()
        self._area.setWidget(self._inner)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._inner.setAutoFillBackground(False)
        self._area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 3, 8, 3)
        line.setSpacing(8)
        line.addWidget(self._says, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._area, 1)
        self._says.setFixedHeight(CHIP_HEIGHT)
        self.hide()

    def show_unseen(self, unseen: Unseen) -> None:
        """The chips for this; those that were open stay open."""
        words = unseen.words()
        fresh = unseen is not self._unseen
        self._unseen = unseen
        if words == self._words and not fresh:
            return
        self._words = words
        for part in [part for part in self._chips if part not in dict(words)]:
            self._drop(part)
        for part, word in words:
            chip = self._chips.get(part) or self._make(part)
            hidden = part in unseen.hidden
            chip.setText(word)
            chip.setAccessibleName(word)
            chip.setToolTip(f"{word}：{_HIDDEN if hidden else _APART}")
            icons.dress(chip, *_SIGNS[hidden])
        only_read = [part for part, _ in words] == [Part.IMAGE]
        apart = "图上识别" if only_read else "版面以外"
        self._says.setText("看不见的内容" if unseen.hidden else apart)
        self.setVisible(bool(words))
        self._fit()

    def clear(self) -> None:
        """Another document comes: all chips closed."""
        focused = any(chip.hasFocus() for chip in self._chips.values())
        for part in list(self._chips):
            self._drop(part)
        self._unseen, self._words = Unseen(), []
        self.hide()
        if focused:
            self.abandoned.emit()

    def open_part(self, part: Part) -> None:
        """Open one part, as if its chip had been pressed."""
        chip = self._chips.get(part)
        if chip is not None:
            chip.setChecked(True)

    def toggle_all(self) -> None:
        """Open all parts; all are open: close them."""
        wanted = len(self.shown()) < len(self._chips)
        for chip in self._chips.values():
            with QSignalBlocker(chip):
                chip.setChecked(wanted)
        self._toggled()

    def take_focus(self) -> bool:
        """Give the keyboard to the first chip; False when there is none."""
        first = next(iter(self._chips.values()), None)
        if first is None or self.isHidden():
            return False
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def shown(self) -> frozenset[Part]:
        """The parts that are open."""
        return frozenset(part for part, chip in self._chips.items() if chip.isChecked())

    def chips(self) -> Sequence[tuple[Part, str]]:
        """The parts and what their chips say, in order."""
        return tuple(self._words)

    def _make(self, part: Part) -> QToolButton:
        chip = self._chips[part] = QToolButton()
        chip.setCheckable(True)
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setIconSize(icons.sizes(14))
        chip.setProperty("role", "framed")
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setFixedHeight(CHIP_HEIGHT)
        chip.toggled.connect(self._toggled)
        self._row.addWidget(chip)
        return chip

    def _drop(self, part: Part) -> None:
        chip = self._chips.pop(part)
        self._row.removeWidget(chip)
        chip.hide()
        chip.deleteLater()

    def _toggled(self) -> None:
        self.opened.emit(self.shown())

    def _fit(self) -> None:
        """As many lines as there are, up to LINES."""
        width = max(120, self.width() - self._says.sizeHint().width() - 32)
        lines = LINES if self.window().height() >= LOW else 1
        most = lines * CHIP_HEIGHT + (lines - 1) * 4
        self._area.setFixedHeight(max(CHIP_HEIGHT, min(most, self._row.heightForWidth(width))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()


_HIDDEN = "打开文件或者打印时看不见。按下在原处显示，用橙色标出；没有版面位置的列在下方。"
_APART = "看得见，但不在下面的版面上。按下在下方列出。"
_SIGNS = {True: ("hide", "hide"), False: ("document", "second")}
