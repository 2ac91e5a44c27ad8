"""Reads the text of one file through a child, stretch by stretch, without holding up the window."""

import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from formats.reading import Kind, Unreadable
from gui import collector
from gui.desk import Desk
from gui.widgets.document_text import ShownText
from intake.views import View

# The first stretch fills a window; each later one is as large as this computer shows in a moment.
FIRST = 600
LEAST, MOST = 100, 2400
MOMENT = 0.008


class TextLoading(QObject):
    """One file's text as it arrives.

    Signals:
        grew(range): these segments are new; the first time `text` is a new object.
        finished(): all of it is there.
        failed(str): it cannot be read; why, and what to do.
    """

    grew = Signal(object)
    finished = Signal()
    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.text = ShownText()
        self.kind: Kind | None = None
        self.pages: int | None = None
        self.total = 0
        self.complete = False
        self._path: Path | None = None
        self._name = ""
        self._stretch = FIRST
        self._old: list[ShownText] = []
        self._freeing = QTimer(self)
        self._freeing.setInterval(15)
        self._freeing.timeout.connect(self._free)

    def begin(self, path: Path, name: str) -> None:
        """Read this file from its start; what was on its way is dropped."""
        self._path, self._name = path, name
        self._forget()
        self.kind, self.pages, self.total, self.complete = None, None, 0, False
        self._stretch = FIRST
        self._ask(FIRST)

    def stop(self) -> None:
        """Nothing is wanted any more."""
        self._path = None
        self._forget()
        self.kind, self.pages, self.total, self.complete = None, None, 0, False

    def _forget(self) -> None:
        """Let go of the old text piece by piece: freeing a large one at once can be felt."""
        old, self.text = self.text, ShownText()
        if len(old) > FIRST:
            self._old.append(old)
            self._freeing.start()

    def _free(self) -> None:
        if not self._old or not self._old[0].let_go(FIRST):
            self._old[:1] = []
        if not self._old:
            self._freeing.stop()

    def _ask(self, count: int) -> None:
        desk, path, name = self._desk, self._path, self._name
        if path is None:
            return
        first = len(self.text)

        def fetch() -> View:
            return desk.examiner.view(path, first=first, count=count, name=name)

        desk.read(self, "text", fetch, lambda view: self._take(path, view), self._lost)

    def _take(self, path: Path, view: View) -> None:
        if path != self._path:
            return
        self.kind, self.pages, self.total = view.kind, view.pages, view.total
        began = time.perf_counter()
        fresh = self.text.extend(view.segments)
        self.grew.emit(fresh)
        if len(self.text) > FIRST:
            collector.spare(self.text)
        if len(self.text) < view.total and view.segments:
            self._ask(self._next(len(fresh), time.perf_counter() - began))
            return
        self.complete = True
        self.finished.emit()

    def _next(self, count: int, seconds: float) -> int:
        """How many to ask for, when showing `count` took that long; it grows by steps only."""
        fitting = int(count * MOMENT / max(seconds, 1e-4))
        self._stretch = max(LEAST, min(fitting, 2 * self._stretch, MOST))
        return self._stretch

    def _lost(self, error: BaseException) -> None:
        if self._path is None:
            return
        if isinstance(error, Unreadable):
            self.failed.emit(error.text)
            return
        self._desk.failed.emit(error)
        self.failed.emit("文件内容没有读出来。请稍后再打开；仍不行请由人工查看原件。")
