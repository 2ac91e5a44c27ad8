"""The three columns of the review desk."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

MIDDLE = 320


def three_columns(
    page: QWidget, left: QWidget, middle: tuple[QWidget, ...], right: QWidget
) -> None:
    """Queue, document, findings; of the middle ones, the last takes the room."""
    # The middle takes what is left and gives way first, so that the desk fits at 150 % scaling.
    centre = QWidget()
    centre.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    centre.setMinimumWidth(MIDDLE)
    inner = QVBoxLayout(centre)
    inner.setContentsMargins(0, 0, 0, 0)
    inner.setSpacing(0)
    for widget in middle[:-1]:
        inner.addWidget(widget)
    inner.addWidget(middle[-1], 1)
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(left)
    row.addWidget(_line())
    row.addWidget(centre, 1)
    row.addWidget(_line())
    row.addWidget(right)


def fold(page: QWidget, queue: QWidget) -> None:
    """Where three columns do not fit, as at 200 % scaling, the queue is put away; Q brings it."""
    around = page.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None and around.viewport().width() < page.minimumSizeHint().width():
        queue.hide()


def _line() -> QFrame:
    made = QFrame()
    made.setProperty("role", "line")
    made.setFixedWidth(1)
    return made
