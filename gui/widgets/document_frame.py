"""The middle of the desk put together: chips above, the document, what has no place on it below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget


def framed(
    view: QWidget, strip: QWidget, fronts: Sequence[QWidget], below: QWidget
) -> QStackedWidget:
    """Of the fronts one is shown at a time; the border to what lies below can be moved."""
    stack = QStackedWidget()
    for front in fronts:
        stack.addWidget(front)
    split = QSplitter(Qt.Orientation.Vertical)
    split.setChildrenCollapsible(False)
    split.addWidget(stack)
    split.addWidget(below)
    split.setStretchFactor(0, 3)
    split.setStretchFactor(1, 2)
    whole = QVBoxLayout(view)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(strip)
    whole.addWidget(split, 1)
    return stack
