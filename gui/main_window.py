"""The frame: rail, top line, the page in front, status line. It knows no page's inside."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui import errors, icons, theme
from gui.desk import Desk
from gui.pages import ENTRIES, Entry
from gui.pages.page import Page
from gui.widgets.floor import Floor
from gui.widgets.notices import Notices
from gui.widgets.rail import Rail
from gui.widgets.search_box import SearchBox
from gui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from models.kernel.changes import Changes
    from models.queries.rows import Counts

# 1366x768 at 200 %, less the system's bars; a page that needs more room is scrolled.
SMALLEST = (640, 320)
# Let the frame reach the screen before anything else is loaded.
AFTER_PAINT_MS = 10
_DOWN = QPoint(0, 1)


class MainWindow(QMainWindow):
    """The one window.

    Signals:
        painted(): the frame has reached the screen, once.
        begun(): the first page is built.
        left(): the window has been closed.
        switch_asked(): another officer wants to sign in.
        password_asked(): the officer wants another password.
    """

    painted = Signal()
    begun = Signal()
    left = Signal()
    switch_asked = Signal()
    password_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._painted = False
        self._settings = QSettings(str(desk.home.settings), QSettings.Format.IniFormat)
        self.setWindowTitle("政务公开工作台")
        self.setMinimumSize(*SMALLEST)
        self.resize(1366, 728)
        self._lay_out()
        self._connect()
        self.status.show_officer("未登录", "")
        self.title.setText(ENTRIES[0].title)

    # --- pages

    def page(self, key: str) -> Page:
        """The page of this key, built when first asked for."""
        if key not in self._pages:
            made = _entry(key).build(self.desk)
            self._pages[key] = made
            self.stack.addWidget(made)
            self._stale.add(key)
        return self._pages[key]

    def begin(self, *, sample: bool) -> None:
        """An officer has sat down: the first page, the keys, the drop hint."""
        self.banner.setVisible(sample)
        self._show_officer()
        self.search.setClearButtonEnabled(True)
        self._add_keys()
        self._add_drop_hint()
        self.setAcceptDrops(True)
        self.go(ENTRIES[0].key).setFocus()
        self.count_again()
        self.begun.emit()

    def go(self, key: str) -> Page:
        """Bring a page to the front."""
        front = self._front()
        if front and front.key != key and not front.may_leave():
            self.rail.show_chosen(front.key)
            return front
        page = self.page(key)
        self.stack.setCurrentWidget(page)
        self.title.setText(_entry(key).title)
        self.rail.show_chosen(key)
        if key in self._stale:
            self._stale.discard(key)
            page.refresh(None)
        return page

    def count_again(self) -> None:
        """Ask for the numbers on the rail."""
        self.desk.read(self, "counts", _count, self._show_counts)

    def save_view(self) -> None:
        """Keep what belongs to this person at this machine."""
        self._settings.setValue("window/folded", self.rail.folded)
        for page in self._pages.values():
            page.close_down()
        self._settings.sync()

    # --- events

    def closeEvent(self, event: QCloseEvent) -> None:
        front = self._front()
        if front and not front.may_leave():
            event.ignore()
            return
        running = self.desk.jobs.running()
        if running and not self._closing_agreed:
            event.ignore()
            self._ask_to_close(running[0].title)
            return
        self.save_view()
        event.accept()
        self.left.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            # A method, not the signal's own emit: Qt forgets it when the window goes first.
            QTimer.singleShot(AFTER_PAINT_MS, self._tell_painted)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._show_drop(shown=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_drop(shown=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._show_drop(shown=False)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.desk.offered.emit(paths, None)

    # --- building

    def _lay_out(self) -> None:
        self.rail = Rail()
        for entry in ENTRIES:
            self.rail.add(entry.key, entry.title, entry.icon)
        if self._settings.value("window/folded", defaultValue=False, type=bool):
            self.rail.fold(folded=True)
        self.title = QLabel()
        self.title.setFont(theme.font(theme.TITLE_POINTS, strong=True))
        self.search = SearchBox()
        top = QWidget()
        top.setProperty("role", "bar")
        top.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        top.setFixedHeight(48)
        line = QHBoxLayout(top)
        line.setContentsMargins(16, 0, 16, 0)
        line.addWidget(self.title)
        line.addStretch(1)
        line.addWidget(self.search, 2)
        self.banner = QLabel("示例单位：人员和内容都是虚构的，用来熟悉操作；不要放入真实文件。")
        self.banner.setProperty("role", "sample")
        self.stack = QStackedWidget()
        self.status = StatusLine()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        self.banner.hide()
        self.notices = Notices()
        right.addWidget(self.banner)
        right.addWidget(top)
        right.addWidget(self.notices)
        self.room = QScrollArea()
        self.room.setFrameShape(QFrame.Shape.NoFrame)
        self.room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.room.setWidgetResizable(True)
        self.room.setWidget(Floor(self.stack))
        right.addWidget(self.room, 1)
        upper = QHBoxLayout()
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(0)
        upper.addWidget(self.rail)
        upper.addLayout(right, 1)
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(upper, 1)
        rows.addWidget(self.status)
        self.setCentralWidget(whole)
        self._closing_agreed = False
        self._covered: QWidget | None = None

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go)
        self.search.sought.connect(lambda words: self.go("catalogue").seek(words))
        self.search.given_up.connect(self._back_to_page)
        self.status.stop_asked.connect(self.desk.jobs.cancel)
        self.status.officer_pressed.connect(self._officer_menu)
        self.desk.jobs.changed.connect(lambda: self.status.show_jobs(self.desk.jobs.running()))
        self.desk.said.connect(self.status.say)
        self.desk.changed.connect(self._spread)
        self.desk.opened.connect(self._open)
        self.desk.failed.connect(lambda error: errors.show(error, self, self.desk.home.logs))
        self.desk.officer_changed.connect(self._new_officer)

    def _add_keys(self) -> None:
        from gui.actions import action

        for number, entry in enumerate(ENTRIES, 1):
            turn = partial(self.go, entry.key)
            action(self, entry.title, turn, key=f"Ctrl+{number}", everywhere=True)
        action(self, "查找", self.search.enter, key="Ctrl+K", everywhere=True)
        self._switch = action(
            self,
            "换人登录…",
            self.switch_asked.emit,
            key="Ctrl+Shift+L",
            icon="person",
            everywhere=True,
        )
        self._switch.setShortcutVisibleInContextMenu(True)

    def _add_drop_hint(self) -> None:
        self.drop_hint = QLabel("松开鼠标，放入文件或文件夹\n\n先检查，后收下；涉密文件不会被保存")
        self.drop_hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.drop_hint.setFont(theme.font(theme.TITLE_POINTS, strong=True))
        self.stack.addWidget(self.drop_hint)

    # --- slots

    def _tell_painted(self) -> None:
        self.painted.emit()

    def _spread(self, changes: "Changes") -> None:
        if not changes:
            return
        front = self.stack.currentWidget()
        for key, page in self._pages.items():
            if page is front:
                page.refresh(changes)
            else:
                self._stale.add(key)
        self.count_again()

    def _front(self) -> Page | None:
        front = self.stack.currentWidget()
        return front if isinstance(front, Page) else None

    def _open(self, key: str, record: object) -> None:
        page = self.go(key)
        if page.key == key and record is not None:
            page.open_record(record)

    def _back_to_page(self) -> None:
        if front := self._front():
            front.take_focus()

    def _show_counts(self, counts: "Counts") -> None:
        for entry in ENTRIES:
            self.rail.set_count(entry.key, entry.badge(counts), entry.alert(counts))
        self.notices.show_found_later(counts.found_later)

    def _show_officer(self) -> None:
        self.status.show_officer(self.desk.officer.name, self.desk.officer.posts)

    def _new_officer(self) -> None:
        self._show_officer()
        self._stale.update(self._pages)
        if front := self._front():
            self.go(front.key)

    def _officer_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._switch)
        menu.addAction(icons.icon("lock"), "修改我的密码…", self.password_asked.emit)
        button = self.status.officer
        menu.popup(button.mapToGlobal(button.rect().topLeft()) - _DOWN * menu.sizeHint().height())

    def _ask_to_close(self, title: str) -> None:
        from gui.dialogs.box import confirm

        def close() -> None:
            self._closing_agreed = True
            self.close()

        confirm(
            self,
            f"“{title}”还没有做完，要停下来并关闭程序吗？",
            "停止并关闭",
            close,
            lines=("已经收下的文件都已保存；还没有处理的留在原处，下次可以继续。",),
            decline="继续工作",
        )

    def _show_drop(self, *, shown: bool) -> None:
        if shown:
            self._covered = self.stack.currentWidget()
            self.stack.setCurrentWidget(self.drop_hint)
        elif self._covered is not None:
            self.stack.setCurrentWidget(self._covered)
            self._covered = None


def _count() -> "Counts":
    from models import queries

    return queries.counts()


def _entry(key: str) -> Entry:
    return next(entry for entry in ENTRIES if entry.key == key)
