"""What paragraphs and pages have in common: marks over a text, a caret, and what is selected."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from gui import theme
from gui.widgets.document_caret import Caret, selected_ranges
from gui.widgets.document_text import Selected, ShownMark, ShownText


class MarkedView(QAbstractScrollArea):
    """A text with marks that can be pointed at and selected.

    Signals:
        mark_clicked(int): a finding's row id.
        selection_changed(): the reader selected other text.
    """

    mark_clicked = Signal(int)
    selection_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._text = ShownText()
        self._marks: dict[int, list[ShownMark]] = {}
        self._current: int | None = None
        self._caret: Caret | None = None
        self._anchor: Caret | None = None
        theme.scheme().changed.connect(self.viewport().update)

    def set_marks(self, marks: Sequence[ShownMark], current: int | None) -> None:
        """The coloured stretches; `current` is the finding that is selected."""
        self._marks = {}
        for mark in marks:
            self._marks.setdefault(mark.segment, []).append(mark)
        self._current = current
        self.viewport().update()

    def selection(self) -> list[Selected]:
        """What is selected, one piece a segment; empty if nothing is."""
        if self._caret is None or self._anchor is None:
            return []
        return selected_ranges(self._anchor, self._caret, self._order(), self._text.segments)

    def _order(self) -> Sequence[int]:
        """The segments the caret can move through, from top to bottom: of no text, none."""
        return ()

    def _hit(self, point: QPointF) -> Caret | None:
        """The place in the text under a point of the viewport; None: no text is there."""
        return None

    def _place(self, caret: Caret | None, *, extend: bool) -> None:
        if caret is None:
            return
        self._caret = caret
        if not extend or self._anchor is None:
            self._anchor = caret
        self.viewport().update()
        self.selection_changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._place(self._hit(event.position()), extend=extend)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._place(self._hit(event.position()), extend=True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        caret = self._hit(event.position())
        if caret is None or caret != self._anchor:
            return
        for mark in self._marks.get(caret.segment, ()):
            if mark.start <= caret.offset <= mark.end:
                self.mark_clicked.emit(mark.finding)
                return
