"""Files come in: dropped, chosen or heard by the watch; one way for all of them."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from gui.desk import Desk
from gui.jobs import Progress
from models.kernel.changes import Changes
from models.kernel.person import Role

if TYPE_CHECKING:
    from intake.pipeline import Taken
    from intake.watch import Watch

GATHER_MS = 400


class Taking(QObject):
    """Takes files in through the pipeline, on the pool, and says what became of each.

    Signals:
        unseen_changed(int): so many files that arrived by themselves were not taken in.
        watch_said(str): words for the status line about the watch folders.
    """

    unseen_changed = Signal(int)
    watch_said = Signal(str)
    _heard = Signal(object)
    _trouble = Signal(object, str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._watch: Watch | None = None
        self._waiting: list[Path] = []
        self._unseen: tuple[Taken, ...] = ()
        self._troubles: dict[Path, str] = {}
        self._heard.connect(self._gather)
        self._trouble.connect(self._note_trouble)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GATHER_MS)
        self._timer.timeout.connect(self._take_heard)

    def take(self, paths: Sequence[Path], batch: int | None = None) -> None:
        """Files and folders an officer dropped or chose; the originals stay where they are."""
        if paths:
            self._run(tuple(paths), batch=batch, move=False, quiet=False)

    def watch(self, folders: Sequence[Path]) -> None:
        """Watch these folders from now on instead of the earlier ones."""
        from intake.watch import Watch

        self.stop_watching()
        if not folders:
            self.watch_said.emit("没有收件文件夹")
            return
        self._watch = Watch(folders, self._heard.emit, on_trouble=self._trouble.emit)
        self._watch.start()
        self._say_watch()

    def stop_watching(self) -> None:
        """End the watch and wait for its threads."""
        if self._watch is not None:
            self._watch.stop()
            self._watch = None

    def show_unseen(self) -> None:
        """What became of the files that arrived by themselves and were not taken in."""
        from gui.dialogs.taken import show_taken

        if self._unseen:
            show_taken(self._window, self._unseen)
        self._unseen = ()
        self.unseen_changed.emit(0)

    def rescan(self) -> None:
        """Look at the watch folders now."""
        if self._watch is not None:
            self._watch.rescan()
            self._say_watch()

    def _gather(self, path: Path) -> None:
        self._waiting.append(path)
        self._timer.start()

    def _take_heard(self) -> None:
        paths, self._waiting = tuple(self._waiting), []
        if paths:
            self._run(paths, batch=None, move=True, quiet=True)
        self._say_watch()

    def _note_trouble(self, folder: Path, sentence: str) -> None:
        if sentence:
            self._troubles[folder] = sentence
        else:
            self._troubles.pop(folder, None)
        self._say_watch()

    def _say_watch(self) -> None:
        if self._troubles:
            self.watch_said.emit(next(iter(self._troubles.values())))
        else:
            at = datetime.now().astimezone()
            self.watch_said.emit(f"收件文件夹 {at:%H:%M} 已查看")

    def _run(self, paths: tuple[Path, ...], *, batch: int | None, move: bool, quiet: bool) -> None:
        desk = self._desk
        officer = desk.officer

        def work(progress: Progress) -> "tuple[tuple[Taken, ...], Changes]":
            from intake.pipeline import take_many

            taken = take_many(
                desk.home,
                paths,
                officer,
                desk.examiner,
                batch=batch,
                move=move,
                progress=progress.tell,
                cancelled=progress.stopped,
            )
            changes = Changes()
            for one in taken:
                changes |= one.changes
            return taken, changes

        desk.work("放入文件", work, then=lambda result: self._show(result[0], quiet=quiet))

    def _admit(self, paths: list[Path]) -> None:
        """A 保密审查员 lets marked files in, one by one, each with its own reason."""
        from gui.dialogs.taken import ask_admission, shown_name

        desk, officer, path, rest = self._desk, self._desk.officer, paths[0], paths[1:]

        def let_in(reason: str) -> None:
            def work(_progress: Progress) -> "tuple[Taken, Changes]":
                from intake.pipeline import let_in

                taken = let_in(desk.home, path, officer, reason, desk.examiner)
                return taken, taken.changes

            desk.work("放行并收下", work, then=lambda made: done(made[0]))

        def done(taken: "Taken") -> None:
            from intake.pipeline import Outcome

            if taken.outcome is Outcome.KEPT:
                desk.said.emit(taken.says)
            else:
                from gui.dialogs.box import tell

                tell(self._window, "没有放行", (taken.says,))

        box = ask_admission(self._window, f"“{shown_name(path.name)}”", let_in)
        if rest:
            box.finished.connect(lambda _result: self._admit(rest))

    def _show(self, taken: "tuple[Taken, ...]", *, quiet: bool) -> None:
        from intake.pipeline import Outcome

        secrets = [one.path for one in taken if one.outcome is Outcome.SECRET]
        open_ones = tuple(one for one in taken if one.outcome is not Outcome.SECRET)
        if secrets:
            from gui.dialogs.taken import tell_secret

            reviewer = Role.SECRECY in self._desk.officer.roles
            tell_secret(
                self._window, len(secrets), (lambda: self._admit(secrets)) if reviewer else None
            )
        kept = sum(one.outcome is Outcome.KEPT for one in open_ones)
        if kept:
            self._desk.said.emit(f"收下 {kept} 个文件。")
        left = tuple(one for one in open_ones if one.outcome is not Outcome.KEPT)
        if quiet:
            self._unseen += left
            self.unseen_changed.emit(len(self._unseen))
        elif left:
            from gui.dialogs.taken import show_taken

            show_taken(self._window, open_ones)
