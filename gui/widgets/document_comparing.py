"""The original beside the public copy: compared away from the main thread when both are read."""

from PySide6.QtCore import QObject, Signal

from gui.desk import Desk
from gui.widgets.document_diff import (
    as_segments,
    changed,
    compare,
    folded,
    unseen_lines,
    visible_lines,
)
from gui.widgets.document_loading import TextLoading
from gui.widgets.document_text import ShownText


class Comparing(QObject):
    """One comparison at a time.

    Signals:
        compared(ShownText, int): the folded difference, and in how many lines they differ.
    """

    compared = Signal(object, int)

    def __init__(self, desk: Desk, before: TextLoading, after: TextLoading) -> None:
        super().__init__(before)
        self._desk = desk
        self._before, self._after = before, after

    def begin(self) -> None:
        """Compare, if both are read to the end."""
        if not (self._before.complete and self._after.complete):
            return
        before, after = list(self._before.text.segments), list(self._after.text.segments)

        def work() -> tuple[ShownText, int]:
            lines = compare(visible_lines(before), visible_lines(after))
            shown = [*folded(lines), *unseen_lines(before, after)]
            return ShownText(as_segments(shown)), len(changed(lines))

        self._desk.read(self, "difference", work, lambda found: self.compared.emit(*found))
