"""The line at the foot: who sits here, what runs, what was said, the inbox's last look."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from gui import icons, theme
from gui.jobs import Running

SAID_FOR_MS = 8000


class StatusLine(QWidget):
    """One row, 32 px.

    Signals:
        stop_asked(int): the officer pressed 停止 for the job of this number.
        officer_pressed(): the officer's name was pressed.
        results_asked(): the officer wants to see what was not taken in.
    """

    stop_asked = Signal(int)
    officer_pressed = Signal()
    results_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.ROW)
        self.setAccessibleName("状态栏")
        self._job: int | None = None
        self.officer = QToolButton()
        self.officer.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.officer.setIconSize(icons.sizes(16))
        self.officer.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        icons.dress(self.officer, "person", "second")
        self.officer.clicked.connect(lambda _checked=False: self.officer_pressed.emit())
        self._said = QLabel()
        self._said.setProperty("role", "second")
        self.results = QToolButton()
        self.results.setProperty("role", "alert")
        self.results.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.results.setIconSize(icons.sizes(16))
        self.results.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.results.hide()
        icons.dress(self.results, "warning", "hide")
        self.results.clicked.connect(lambda _checked=False: self.results_asked.emit())
        self._work = QLabel()
        self._work.setAccessibleName("正在进行的工作")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(140)
        self._bar.setAccessibleName("进度")
        self.stop = QToolButton()
        self.stop.setText("停止")
        self.stop.setProperty("role", "framed")
        self.stop.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.stop.setIconSize(icons.sizes(14))
        self.stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stop.setAccessibleName("停止正在进行的工作")
        icons.dress(self.stop, "halt")
        self.stop.clicked.connect(lambda _checked=False: self._stop())
        self._watch = QLabel()
        self._watch.setProperty("role", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 16, 0)
        row.setSpacing(10)
        row.addWidget(self.officer)
        row.addWidget(self._said, 1)
        row.addWidget(self.results)
        row.addWidget(self._work)
        row.addWidget(self._bar)
        row.addWidget(self.stop)
        row.addWidget(self._watch)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAID_FOR_MS)
        self._timer.timeout.connect(self._said.clear)
        self.show_jobs(())

    def show_officer(self, name: str, posts: str) -> None:
        """Who is signed in."""
        self.officer.setText(f"{name} · {posts}" if posts else name)
        self.officer.setAccessibleName(f"当前人员：{name}，{posts}")
        self.officer.setToolTip("换人登录（Ctrl+Shift+L）、修改自己的密码")

    def say(self, text: str) -> None:
        """One short sentence; it goes away by itself."""
        self._said.setText(text)
        self._timer.start()

    def said(self) -> str:
        """The sentence shown."""
        return self._said.text()

    def show_results(self, left: int) -> None:
        """How many files that arrived by themselves were not taken in; 0 hides it."""
        self.results.setVisible(left > 0)
        self.results.setText(f"{left} 个文件未收下，查看")
        self.results.setAccessibleName(self.results.text())

    def show_watch(self, text: str) -> None:
        """The watch folders' last check."""
        self._watch.setText(text)

    def show_jobs(self, jobs: Sequence[Running]) -> None:
        """The oldest long job, and how many wait behind it."""
        for widget in (self._work, self._bar, self.stop):
            widget.setVisible(bool(jobs))
        if not jobs:
            self._job = None
            return
        job = jobs[0]
        self._job = job.number
        self._bar.setRange(0, max(job.total, 0))
        self._bar.setValue(job.done)
        self._work.setText(words(job, len(jobs) - 1))
        self._work.setToolTip(job.note)
        self.stop.setEnabled(not job.stopping)
        self.stop.setText("正在停止" if job.stopping else "停止")

    def _stop(self) -> None:
        if self._job is not None:
            self.stop_asked.emit(self._job)


def words(job: Running, others: int) -> str:
    """A job in words: 正在放入文件 12/300，约剩 40 秒."""
    text = job.title
    if job.total > 0:
        text += f" {job.done}/{job.total}"
    left = job.seconds_left
    if left is not None and left >= 2:
        text += f"，约剩 {left} 秒" if left < 90 else f"，约剩 {round(left / 60)} 分钟"
    return text + (f"（还有 {others} 项在等）" if others else "")
