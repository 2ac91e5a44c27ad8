"""A rule cannot rely on what a scan shows: a person looks at each page, and says so here."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.actions import button


class SeenBar(QWidget):
    """`第 4/12 页已看` and the button for the page in view.

    Signals:
        seen(int): the officer has looked at this page.
        wanted(int): bring this page into view.
    """

    seen = Signal(int)
    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._demanded: tuple[int, ...] = ()
        self._seen: frozenset[int] = frozenset()
        self._page = 1
        self._says = QLabel()
        self._says.setWordWrap(True)
        self._does = button(
            "本页已看",
            self.press,
            tip="看完一页按 V 键，自动转到下一张还没有看的扫描页。",
        )
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 4, 16, 4)
        line.addWidget(self._says, 1)
        line.addWidget(self._does)
        self.hide()

    def show_pages(self, demanded: Sequence[int], seen: frozenset[int]) -> None:
        """The pages that hold no text, and those already looked at."""
        self._demanded, self._seen = tuple(demanded), seen
        self.setVisible(bool(demanded))
        self._update(ready=self._does.isEnabled())

    def show_page(self, page: int, *, ready: bool) -> None:
        """Another page is in view; `ready`: its picture is there."""
        self._page = page
        self._update(ready=ready)

    def press(self) -> None:
        """The page in view has been looked at; on to the next one."""
        page = self._page
        if not self._demanded:
            return
        if page not in self.remaining:
            self._on()
            return
        if not self._does.isEnabled():
            return
        self._seen |= {page}
        self.seen.emit(page)
        # First this, then the turn: the page turned to says itself whether it is ready.
        self._update(ready=False)
        self._on()

    @property
    def remaining(self) -> tuple[int, ...]:
        """Pages nobody has looked at."""
        return tuple(page for page in self._demanded if page not in self._seen)

    def _on(self) -> None:
        left = self.remaining
        if left:
            self.wanted.emit(next((page for page in left if page > self._page), left[0]))

    def _update(self, *, ready: bool) -> None:
        looked = len(self._demanded) - len(self.remaining)
        total = len(self._demanded)
        if self.remaining:
            said = f"扫描页上的文字程序认不全，须由人逐页看过：第 {looked}/{total} 页已看"
        else:
            said = f"扫描页全部看过：第 {looked}/{total} 页已看"
        self._says.setText(said)
        due = self._page in self.remaining
        self._does.setText(f"第 {self._page} 页已看（V）" if due else "到下一张未看的页（V）")
        self._does.setVisible(bool(self.remaining))
        self._does.setEnabled(ready or not due)
