"""The one thing every page is given: who sits here, where the office's data lie, how to act.

A mutation goes through `act`: it runs on the single write lane, and the `Changes` it returns are
broadcast to all pages; each decides whether it is stale. A read that may take a while goes through
`read`; long work with files through `work`.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from gui.jobs import Jobs, Progress
from models.kernel.changes import Changes

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from intake.examine import Examiner
    from models.kernel.home import Home
    from models.kernel.people import Person


def changes_in(result: object) -> Changes:
    """The `Changes` an act gave back, alone or inside its tuple."""
    if isinstance(result, Changes):
        return result
    if isinstance(result, tuple):
        for part in result:
            if isinstance(part, Changes):
                return part
    return Changes()


def _connected() -> "AbstractContextManager[Any]":
    """A database connection for a job's thread; its library is loaded after the first paint."""
    from models.kernel.base import db

    return db.connection_context()


class Desk(QObject):
    """One officer at one catalogue; nobody yet while the sign-in box is open for the first time.

    Signals:
        changed(Changes): an act changed something.
        opened(str, object): show this record on the page of this key.
        said(str): one short sentence for the status line.
        failed(BaseException): something nobody else handled; the frame shows it.
        officer_changed(): another officer signed in.
        offered(list[Path], int | None): files and folders to take in, into this batch.
    """

    changed = Signal(object)
    opened = Signal(str, object)
    said = Signal(str)
    failed = Signal(object)
    officer_changed = Signal()
    offered = Signal(list, object)

    def __init__(
        self, home: "Home", officer: "Person | None" = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.home = home
        self._officer = officer
        self.jobs = Jobs(_connected, self)
        self._lock = threading.Lock()
        self._examiner: Examiner | None = None
        self._rules: tuple[tuple[Path, int], ...] = ()

    @property
    def officer(self) -> "Person":
        """Who sits here. Pages and acts exist only after somebody has signed in."""
        assert self._officer is not None, "nobody has signed in"
        return self._officer

    @property
    def occupied(self) -> bool:
        """Whether somebody has signed in."""
        return self._officer is not None

    @property
    def examiner(self) -> "Examiner":
        """The warm children that read files; started at the first call, from any thread.

        They follow the office's rule files: one that was added, changed or taken away since the
        last call is in force for the next file.
        """
        stamps = self.rule_stamps()
        rules = [path for path, _ in stamps]
        with self._lock:
            if self._examiner is None:
                from intake.examine import Examiner

                self._examiner = Examiner(self.home.temp, rules=rules)
            elif stamps != self._rules:
                self._examiner.use_rules(rules)
            self._rules = stamps
            return self._examiner

    def rule_stamps(self) -> "tuple[tuple[Path, int], ...]":
        """The office's rule files and when each was last written."""
        found = []
        for path in self.home.rule_files():
            with suppress(OSError):  # taken away in this moment
                found.append((path, path.stat().st_mtime_ns))
        return tuple(found)

    @property
    def complaint(self) -> str:
        """Why no file can be called clean, as the last trial of the rules said; else empty."""
        examiner = self._examiner
        return examiner.complaint if examiner is not None else ""

    def act(
        self,
        fn: Callable[[], Any],
        *,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        says: str = "",
    ) -> None:
        """Run an act of `models` on the write lane and broadcast its `Changes`.

        `fn` gives `Changes` or a tuple that holds them; `then` gets what it gave, after the
        broadcast. `says` goes to the status line when it is done. A refusal goes to `failed`,
        else to the frame.
        """

        def done(result: object) -> None:
            self.changed.emit(changes_in(result))
            if says:
                self.said.emit(says)
            if then is not None:
                then(result)

        self.jobs.write(fn, done, failed or self.failed.emit)

    def read(
        self,
        owner: QObject,
        key: str,
        fn: Callable[[], Any],
        then: Callable[[Any], object],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Run `fn` on the pool and give its result to `then` on the main thread.

        Dropped when `owner` is gone or has asked again under the same `key`.
        """
        self.jobs.read(owner, key, fn, then, failed or self.failed.emit)

    def work(
        self,
        title: str,
        fn: Callable[[Progress], Any],
        *,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        background: bool = False,
    ) -> int | None:
        """Long work with progress and 停止 in the status line; its `Changes` are broadcast.

        `background`: nobody asked for it; other work is shown before it.
        """

        def done(result: object) -> None:
            self.changed.emit(changes_in(result))
            if then is not None:
                then(result)

        return self.jobs.work(title, fn, done, failed or self.failed.emit, background=background)

    def open(self, page: str, record: object = None) -> None:
        """Ask the frame to show `record` on the page of this key."""
        self.opened.emit(page, record)

    def sit_down(self, officer: "Person") -> None:
        """Another officer signed in."""
        self._officer = officer
        self.officer_changed.emit()

    def close(self) -> None:
        """Drain the jobs and end the children; the catalogue is closed by the caller."""
        self.jobs.drain(self._end_children)

    def _end_children(self) -> None:
        with self._lock:
            examiner, self._examiner = self._examiner, None
        if examiner is not None:
            examiner.close()
