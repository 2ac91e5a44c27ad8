"""What every page of the window is."""

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

if TYPE_CHECKING:
    from gui.desk import Desk
    from models.kernel.base import Changes


class Page(QWidget):
    """One page in the frame.

    The frame calls `refresh(None)` the first time the page is shown and whenever everything may
    have changed, `refresh(changes)` after an act. A page that is not in front is only marked, and
    refreshed when it comes to the front. The number on the rail is in `gui.pages.ENTRIES`,
    because it must be known before the page is built.
    """

    key: ClassVar[str]
    title: ClassVar[str]
    icon: ClassVar[str]

    def __init__(self, desk: "Desk") -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName(f"page-{self.key}")
        self.setAccessibleName(self.title)

    def refresh(self, changes: "Changes | None") -> None:
        """Show what is true now. `changes` says what an act touched; None: look at everything."""

    def open_record(self, record: object) -> None:
        """Bring one record to the front; what a record is, the page says."""

    def seek(self, text: str) -> None:
        """Ctrl+K typed `text` while this page is in front, or sent it here."""

    def may_leave(self) -> bool:
        """False while something unsaved would be lost; the page itself asks the officer."""
        return True

    def start(self) -> QWidget | None:
        """What the keyboard should be in when the page comes to the front; None: leave it."""
        return None

    def take_focus(self) -> None:
        """Put the keyboard where work starts, unless the officer is typing in the frame."""
        found, has = self.start(), QApplication.focusWidget()
        typing = isinstance(has, QLineEdit) and has.text() and not self.isAncestorOf(has)
        if found is not None and not typing:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.take_focus()

    def close_down(self) -> None:
        """The window closes: stop timers, keep the view's settings."""
