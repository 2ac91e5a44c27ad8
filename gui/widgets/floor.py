"""What the pages stand on: all the room there is, and never less than they need."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

# Below these a page would squeeze its parts into each other; 1366x768 at 150 % still gives them.
WIDTH, HEIGHT = 820, 376


class Floor(QWidget):
    """Sits in a scroll area and gives `pages` its own size, at least WIDTH x HEIGHT.

    It has no layout: a scroll area would take the height a layout wishes for as one it needs.
    """

    def __init__(self, pages: QWidget) -> None:
        super().__init__()
        self._pages = pages
        pages.setParent(self)
        self.setMinimumSize(WIDTH, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._pages.resize(event.size())
