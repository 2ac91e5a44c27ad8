"""Under the document: what has no place on it, as tables of what it is and what it says."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from formats.reading import Part
from gui.widgets.document_blocks import ApartLaying
from gui.widgets.document_flow import FlowView
from gui.widgets.document_parts import Unseen, chip_of
from gui.widgets.document_text import ShownMark, ShownText

HEAD = 26
LEAST = 96


class ApartPane(QWidget):
    """The opened parts that cannot be shown where they stand.

    Signals:
        looked_at(int): the caret went to this segment: show where it comes from.
    """

    looked_at = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ShownText()
        self._unseen = Unseen()
        self._shown: frozenset[Part] = frozenset()
        self._member = ""
        self._indexes: list[int] = []
        self._last: int | None = None
        self._says = QLabel()
        self._says.setProperty("role", "caption")
        head = QWidget()
        head.setProperty("role", "bar")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(HEAD)
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 0, 16, 0)
        line.addWidget(self._says, 1)
        self.flow = FlowView()
        self.flow.setAccessibleName("版面以外的内容")
        self.flow.setMinimumHeight(LEAST - HEAD)
        self.flow.selection_changed.connect(self._moved)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(head)
        rows.addWidget(self.flow, 1)
        self.hide()

    def show_text(self, text: ShownText, unseen: Unseen, member: str) -> None:
        """Another document: nothing is opened. `member`: what a file inside it is called."""
        self._text, self._unseen, self._member = text, unseen, member
        self._shown, self._indexes, self._last = frozenset(), [], None
        self.flow.show_text(ShownText())
        self.hide()

    def open_parts(self, shown: frozenset[Part]) -> None:
        """List these parts."""
        self._shown = shown
        self._show()

    def grew(self) -> None:
        """More of the text has been read."""
        if self._shown and self._wanted() != self._indexes:
            self._show()

    def lead_to(self, index: int, start: int = 0) -> bool:
        """Bring one segment into view; False when its part is not opened."""
        if index not in self._indexes:
            return False
        return self.flow.go_to(index, start)

    def holds(self, index: int) -> bool:
        """Is it listed now?"""
        return index in self._indexes

    def set_marks(self, marks: Sequence[ShownMark], current: int | None) -> None:
        """The same marks as on the document."""
        self.flow.set_marks(marks, current)

    def first_of(self, parts: frozenset[Part]) -> int | None:
        """The first segment of these parts that is listed."""
        kind, segments = self._unseen.kind, self._text.segments
        return next((i for i in self._indexes if chip_of(kind, segments[i]) in parts), None)

    def _wanted(self) -> list[int]:
        apart = self._unseen.apart
        return [
            i for part in self._unseen.parts() if part in self._shown for i in apart.get(part, ())
        ]

    def _show(self) -> None:
        self._indexes = self._wanted()
        self._last = None
        self.setVisible(bool(self._indexes))
        self.flow.show_text(self._text, ApartLaying(self._member), self._indexes)
        self._says.setText(f"以下 {len(self._indexes)} 处 · 按 T 进入，方向键走动，上方显示在哪里")
        self.setMaximumHeight(HEAD + max(LEAST, self.flow.total_height))

    def _moved(self) -> None:
        at = self.flow.at_caret
        if at is not None and at != self._last:
            self._last = at
            self.looked_at.emit(at)
