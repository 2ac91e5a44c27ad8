"""The strip of chips and the pane under the document, kept in step with what has been read."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from formats.reading import Kind, Part, Segment
from gui.widgets.apart_pane import ApartPane
from gui.widgets.document_parts import Unseen, chip_of, member_words
from gui.widgets.document_side import Side
from gui.widgets.document_text import ShownText
from gui.widgets.hidden_strip import HiddenStrip


class HiddenParts(QObject):
    """What cannot be seen on the side that is looked at.

    Signals:
        opened(frozenset[Part], frozenset[Part]): all that are open, and those just opened.
    """

    opened = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.strip = HiddenStrip()
        self.apart = ApartPane()
        self._unseen: dict[Side, Unseen] = {}
        self._open: frozenset[Part] = frozenset()
        self.strip.opened.connect(self._toggled)

    def take(self, side: Side, kind: Kind | None, segments: Sequence[Segment], new: range) -> None:
        """More of this side's text has been read."""
        if new.start == 0:
            self._unseen[side] = Unseen(kind)
        self._unseen[side].take(segments, new)

    def show(self, side: Side, text: ShownText, kind: Kind | None) -> None:
        """Begin with this side: nothing is open."""
        self._open = frozenset()
        self.apart.show_text(text, self.of(side), member_words(kind))
        self.strip.show_unseen(self.of(side))

    def grew(self, side: Side) -> None:
        """More of the side on show has been read."""
        self.strip.show_unseen(self.of(side))
        self.apart.grew()

    def close(self) -> None:
        """Another document comes, or none."""
        self._open = frozenset()
        self.strip.clear()
        self.apart.show_text(ShownText(), Unseen(), "")

    def of(self, side: Side) -> Unseen:
        """What is known of this side."""
        return self._unseen.setdefault(side, Unseen())

    def reveal(self, side: Side, index: int, segment: Segment) -> None:
        """Open the part a segment belongs to, if it has to be opened to be seen."""
        part = chip_of(self.of(side).kind, segment)
        if not segment.visible or index in self.of(side).apart.get(part, ()):
            self.strip.open_part(part)

    def set_apart(self, side: Side, index: int, segment: Segment) -> None:
        """This one has no place on the document after all: list it, and open it."""
        self.of(side).set_apart(index, segment)
        self.strip.show_unseen(self.of(side))
        self.strip.open_part(chip_of(self.of(side).kind, segment))
        self.apart.open_parts(self.strip.shown())

    def _toggled(self, shown: frozenset[Part]) -> None:
        before, self._open = self._open, shown
        self.apart.open_parts(shown)
        self.opened.emit(shown, shown - before)
        listed = self.apart.first_of(shown - before)
        if listed is not None:
            self.apart.lead_to(listed)
