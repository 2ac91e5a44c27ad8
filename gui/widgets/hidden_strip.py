"""What cannot be seen: a chip a part; pressed, it opens the content where it stands."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSizePolicy,
    QTableView,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from formats.reading import Part
from gui import icons, theme
from gui.widgets.document_places import place_words
from gui.widgets.document_text import ShownText, hidden_words, one_line

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_HEADS = ("在哪里", "内容", "说明")
LIST_ROWS = 5


class _HiddenModel(QAbstractTableModel):
    """Hidden segments as lines: where, what, who and when."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = ShownText()
        self._indexes: Sequence[int] = ()

    def show_segments(self, text: ShownText, indexes: Sequence[int]) -> None:
        """Show these segments."""
        self.beginResetModel()
        self._text, self._indexes = text, indexes
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._indexes)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _HEADS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        segment = self._text.segments[self._indexes[index.row()]]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            shown = (place_words(segment.place), segment.text, segment.note)[index.column()]
            return one_line(shown) if role == Qt.ItemDataRole.DisplayRole else shown
        return None


class HiddenStrip(QWidget):
    """Chips above the page, and under them a list for what has no place on the page.

    Signals:
        opened(frozenset[Part]): the parts whose content shall be shown.
    """

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = ShownText()
        self._hidden: dict[Part, list[int]] = {}
        self._counts: dict[Part, int] = {}
        self._in_place: frozenset[Part] = frozenset()
        self._chips: dict[Part, QAction] = {}
        self._says = QLabel("看不见的内容")
        self._says.setProperty("role", "section")
        self._bar = QToolBar()
        self._bar.setAccessibleName("看不见的内容")
        self._bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._bar.setIconSize(icons.sizes(14))
        self._bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._bar.setStyleSheet("QToolBar { border: none; spacing: 4px; background: transparent; }")
        line = QHBoxLayout()
        line.setContentsMargins(16, 2, 8, 2)
        line.setSpacing(8)
        line.addWidget(self._says)
        line.addWidget(self._bar, 1)
        self._model = _HiddenModel(self)
        self._list = QTableView()
        self._list.setAccessibleName("看不见的内容列表")
        self._list.setModel(self._model)
        self._list.setWordWrap(False)
        self._list.setShowGrid(False)
        self._list.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self._list.verticalHeader().hide()
        self._list.verticalHeader().setDefaultSectionSize(26)
        self._list.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._list.setColumnWidth(0, 150)
        self._list.setColumnWidth(2, 160)
        self._list.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(line)
        whole.addWidget(self._list)
        self.hide()
        theme.scheme().changed.connect(self._repaint_chips)

    def show_text(self, text: ShownText, in_place: frozenset[Part]) -> None:
        """The hidden parts of this text; those `in_place` are shown on the page itself."""
        hidden = text.hidden()
        counts = {part: len(indexes) for part, indexes in hidden.items()}
        if text is self._text and counts == self._counts:
            return
        self._text, self._in_place = text, in_place
        self._hidden, self._counts = hidden, counts
        words = dict(hidden_words(self._hidden, text))
        for part in [part for part in self._chips if part not in words]:
            self._bar.removeAction(self._chips.pop(part))
        for part, word in words.items():
            chip = self._chips.get(part)
            if chip is None:
                chip = self._chips[part] = self._bar.addAction(icons.icon("hide", "hide"), word)
                chip.setCheckable(True)
                chip.toggled.connect(self._toggled)
                button = self._bar.widgetForAction(chip)
                button.setProperty("role", "framed")
                button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.setText(word)
            chip.setToolTip(f"{word}：打开后在原处显示，用橙色标出。公开件中不会有这些内容。")
        self.setVisible(bool(words))
        self._show_list()

    def clear(self) -> None:
        """Another document comes: all chips closed."""
        for chip in self._chips.values():
            self._bar.removeAction(chip)
        self._chips.clear()
        self._hidden, self._counts, self._text = {}, {}, ShownText()
        self._list.hide()
        self.hide()

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

    def shown(self) -> frozenset[Part]:
        """The parts that are open."""
        return frozenset(part for part, chip in self._chips.items() if chip.isChecked())

    def _toggled(self) -> None:
        self._show_list()
        self.opened.emit(self.shown())

    def _show_list(self) -> None:
        apart = [
            index
            for part, indexes in self._hidden.items()
            if part in self.shown() and part not in self._in_place
            for index in indexes
        ]
        self._model.show_segments(self._text, apart)
        self._list.setVisible(bool(apart))
        rows = min(LIST_ROWS, len(apart))
        self._list.setFixedHeight(34 + 26 * rows)

    def _repaint_chips(self) -> None:
        for chip in self._chips.values():
            chip.setIcon(icons.icon("hide", "hide"))
