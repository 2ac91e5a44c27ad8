"""A place between two characters, and how the keys move it through segments. No widget."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt

from formats.reading import Segment
from gui.widgets.document_text import Selected


class Caret(NamedTuple):
    """Before character `offset` of segment number `segment`."""

    segment: int
    offset: int


def step(
    key: int, caret: Caret | None, order: Sequence[int], segments: Sequence[Segment]
) -> Caret | None:
    """Where the key leads; None for keys that are not ours. `order`: the segments on show."""
    if key not in _KEYS or not order:
        return None
    if caret is None:
        return Caret(order[0], 0)
    segment, offset = caret
    length = len(segments[segment].text)
    if key == Qt.Key.Key_Home:
        return Caret(segment, 0)
    if key == Qt.Key.Key_End:
        return Caret(segment, length)
    if key == Qt.Key.Key_Right and offset < length:
        return Caret(segment, offset + 1)
    if key == Qt.Key.Key_Left and offset > 0:
        return Caret(segment, offset - 1)
    at = order.index(segment)
    if key == Qt.Key.Key_Right and at + 1 < len(order):
        return Caret(order[at + 1], 0)
    if key == Qt.Key.Key_Left and at > 0:
        return Caret(order[at - 1], len(segments[order[at - 1]].text))
    return caret


_KEYS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End})


def selected_ranges(
    anchor: Caret, caret: Caret, order: Sequence[int], segments: Sequence[Segment]
) -> list[Selected]:
    """The characters between the two, one piece a segment, in reading order."""
    if anchor == caret or anchor.segment not in order or caret.segment not in order:
        return []
    first, last = sorted((anchor, caret), key=lambda c: (order.index(c.segment), c.offset))
    begin, end = order.index(first.segment), order.index(last.segment)
    pieces = []
    for index in order[begin : end + 1]:
        start = first.offset if index == first.segment else 0
        stop = last.offset if index == last.segment else len(segments[index].text)
        if start < stop:
            pieces.append(Selected(index, start, stop))
    return pieces
