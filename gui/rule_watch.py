"""Rules that change under the office: planted hits tried, then stored documents looked at again.

It tries the rules when an officer sits down and whenever a rule file was added, changed or taken
away; where all of them speak, what other rules examined is examined again in the background, one
document at a time, and never while the officer's own files are being worked on.
"""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gui.desk import Desk
from gui.jobs import Cancelled, Progress

if TYPE_CHECKING:
    from intake.rechecking import Rechecked

LOOK_MS = 3000
# Looks between two trials while something is wrong: it may have passed by itself.
AGAIN = 10
TITLE = "按新规则重新检查"
_WAIT_SECONDS = 0.2


class RuleWatch(QObject):
    """See the module.

    Signals:
        complained(str): why no file can be called clean now; empty when all is well again.
        marked(tuple): documents in which the new rules found a state-secret mark.
    """

    complained = Signal(str)
    marked = Signal(tuple)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._seen: tuple[tuple[Path, int], ...] = ()
        self._said = ""
        self._looks = 0
        self._job: int | None = None
        self._stopped = False
        self._alone = threading.Event()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        desk.jobs.changed.connect(self._jobs_changed)

    def begin(self) -> None:
        """Try the rules now, and look for changed files from now on."""
        self._seen = self._desk.rule_stamps()
        self._timer.start()
        self.try_rules()

    def end(self) -> None:
        """Look no more."""
        self._timer.stop()

    def look(self) -> None:
        """Were rule files added, changed or taken away since the last look?"""
        stamps = self._desk.rule_stamps()
        self._looks += 1
        if stamps != self._seen:
            self._seen = stamps
            self._stopped = False
            self.try_rules()
        elif self._said and self._looks % AGAIN == 0:
            self.try_rules()

    def try_rules(self) -> None:
        """The planted hits, in a child."""
        self._desk.read(self, "trial", self._trial, self._tried)

    def _trial(self) -> str:
        """On the pool: starting the children takes a moment."""
        return self._desk.examiner.begin_batch()

    def _tried(self, complaint: str) -> None:
        self._say(complaint)
        if not complaint and self._job is None and not self._stopped:
            self._desk.read(self, "outdated", _outdated, self._recheck)

    def _say(self, complaint: str) -> None:
        if complaint != self._said:
            self._said = complaint
            self.complained.emit(complaint)

    def _recheck(self, outdated: int) -> None:
        if not outdated or self._job is not None:
            return
        desk = self._desk

        def work(progress: Progress) -> "tuple[Rechecked, object]":
            from intake.rechecking import recheck

            found = recheck(
                desk.home,
                desk.examiner,
                progress=progress.tell,
                stopped=progress.stopped,
                wait=lambda: self._wait(progress),
            )
            return found, found.changes

        self._job = desk.work(
            TITLE, work, then=lambda made: self._ended(made[0]), failed=self._failed,
            background=True,
        )  # fmt: skip
        self._jobs_changed()

    def _wait(self, progress: Progress) -> None:
        """On the job's thread: the officer's own work goes first."""
        while not progress.stopped() and not self._alone.wait(_WAIT_SECONDS):
            pass

    def _ended(self, found: "Rechecked") -> None:
        self._job = None
        self._stopped = found.left > 0
        if found.left:
            self._desk.said.emit(f"还有 {found.left} 份没有重新检查，下次打开程序时接着查。")
        elif found.failed:
            self._desk.said.emit(f"有 {len(found.failed)} 份不能重新检查，请在目录中逐份查看。")
        else:
            self._desk.said.emit(f"已按新规则重新检查 {len(found.done)} 份文件。")
        if found.stopped:
            self.marked.emit(found.stopped)

    def _failed(self, error: BaseException) -> None:
        self._job = None
        from intake import examine

        if not isinstance(error, Cancelled | examine.Cancelled):
            self._desk.failed.emit(error)

    def _jobs_changed(self) -> None:
        """Any batch tries the rules too; what it heard is shown here."""
        others = [job for job in self._desk.jobs.running() if not job.background]
        if others:
            self._alone.clear()
        else:
            self._alone.set()
        self._say(self._desk.complaint)


def _outdated() -> int:
    from models import queries

    return len(queries.outdated_ids())
