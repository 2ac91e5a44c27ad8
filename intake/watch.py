"""Hears what arrives in the watched folders and says when each file is complete."""

import logging
import os
import queue
import stat
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from intake import ignore, network
from intake.settling import Seen, Settling

log = logging.getLogger(__name__)

DELAY = 2.0
RESCAN_SECONDS = 300.0
POLL_SECONDS = 5.0
# A share that does not answer may hold a thread in the kernel; the program must still end.
_JOIN_SECONDS = 10.0
# Not "opened" and "closed_no_write": the examination itself causes those.
_EVENTS = frozenset({"created", "modified", "moved", "deleted", "closed"})


class _Observer(Protocol):
    def stop(self) -> None: ...
    def join(self, timeout: float | None = None) -> None: ...


class Watch:
    """Watches folders with everything under them; never opens a file.

    Each folder has a thread of its own, so that a share that does not answer holds up nobody else.
    `on_ready(path)` is called on such a thread for each complete file, once, and again when the
    file has changed. `on_trouble(folder, sentence)` is called when a folder cannot be watched, and
    with an empty sentence when it is back. Neither is called after `stop` has returned.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        on_ready: Callable[[Path], None],
        *,
        on_trouble: Callable[[Path, str], None] | None = None,
        delay: float = DELAY,
        polling: bool | None = None,
    ) -> None:
        """`delay`: seconds a file must rest. `polling`: None asks each folder where it lies."""
        self._folders = [
            _Folder(folder, on_ready, on_trouble or _no_trouble, delay, polling)
            for folder in dict.fromkeys(folder.absolute() for folder in folders)
        ]

    def start(self) -> None:
        """Begin: one scan of what is there already, then events."""
        for folder in self._folders:
            folder.start()

    def stop(self) -> None:
        """End and wait for the threads."""
        for folder in self._folders:
            folder.ask_to_stop()
        for folder in self._folders:
            folder.join(_JOIN_SECONDS)

    def rescan(self) -> None:
        """Look at everything in all folders again, soon, on the watch's own threads."""
        for folder in self._folders:
            folder.rescan()


def _no_trouble(folder: Path, sentence: str) -> None:
    log.info("a watched folder %s", "is missing" if sentence else "is back")


class _Queueing(FileSystemEventHandler):
    """Hands on paths and does nothing else: it runs on watchdog's thread."""

    def __init__(self, paths: "queue.SimpleQueue[Path | None]") -> None:
        self._paths = paths

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _EVENTS or (
            event.is_directory and event.event_type == "modified"
        ):
            return
        for path in (event.src_path, event.dest_path):
            if path:
                self._paths.put(Path(os.fsdecode(path)))


class _Folder(threading.Thread):
    def __init__(
        self,
        folder: Path,
        on_ready: Callable[[Path], None],
        on_trouble: Callable[[Path, str], None],
        delay: float,
        polling: bool | None,
    ) -> None:
        super().__init__(name="watch", daemon=True)
        self._folder = folder
        self._on_ready = on_ready
        self._on_trouble = on_trouble
        self._polling = polling
        self._tick = min(0.5, max(0.05, delay / 4))
        self._settling = Settling(delay)
        self._paths: queue.SimpleQueue[Path | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._rescan = threading.Event()
        self._observer: _Observer | None = None
        self._watched: tuple[int, int] | None = None
        self._missing = False
        self._next_scan = 0.0

    def ask_to_stop(self) -> None:
        self._stopping.set()
        self._paths.put(None)

    def rescan(self) -> None:
        self._rescan.set()
        self._paths.put(None)

    def run(self) -> None:
        while not self._stopping.is_set():
            events = self._events()
            if self._there():
                now = time.monotonic()
                if self._rescan.is_set() or now >= self._next_scan:
                    self._rescan.clear()
                    self._scan()
                for path in events:
                    self._look(path, event=True)
                for path in self._settling.waiting():
                    self._look(path, event=False)
                self._give_out()
        self._unwatch()

    def _events(self) -> set[Path]:
        """What was heard; waits for at most one tick."""
        found: set[Path] = set()
        try:
            path = self._paths.get(timeout=self._tick)
            while True:
                if path is not None:
                    found.add(path)
                path = self._paths.get_nowait()
        except queue.Empty:
            return found

    def _there(self) -> bool:
        """Is the folder there, and is it the one that is being watched? Takes it up if not."""
        try:
            found = self._folder.stat()
            if not stat.S_ISDIR(found.st_mode):
                raise NotADirectoryError
        except OSError:
            if not self._missing:
                self._missing = True
                self._unwatch()
                self._settling.present(frozenset())
                self._on_trouble(
                    self._folder,
                    f"收件文件夹“{self._folder}”不见了或打不开，新文件暂时收不到。"
                    "请检查网络盘、U盘是否连接，或到“日志与设置”里改换文件夹；恢复后会自动继续。",
                )
            return False
        which = (found.st_dev, found.st_ino)
        if which != self._watched:
            self._unwatch()
            self._watched = which
            self._watch()
            self._next_scan = 0.0
        if self._missing:
            self._missing = False
            self._on_trouble(self._folder, "")
        return True

    def _watch(self) -> None:
        polling = network.is_remote(self._folder) if self._polling is None else self._polling
        if polling:
            return
        observer = Observer()
        try:
            observer.schedule(_Queueing(self._paths), str(self._folder), recursive=True)
            observer.start()
        except OSError as error:  # the user's inotify watches are used up
            log.info("no events from a watched folder, polling: errno %s", error.errno)
            return
        self._observer = observer

    def _unwatch(self) -> None:
        observer, self._observer, self._watched = self._observer, None, None
        if observer is not None:
            observer.stop()
            observer.join(_JOIN_SECONDS)

    def _scan(self) -> None:
        present: set[Path] = set()
        for path in self._walk(self._folder):
            if self._stopping.is_set():
                return
            present.add(path)
            self._look(path, event=False)
        self._settling.present(present)
        every = RESCAN_SECONDS if self._observer else POLL_SECONDS
        self._next_scan = time.monotonic() + every

    @staticmethod
    def _walk(top: Path) -> Iterator[Path]:
        """Every file under `top` that is not to be ignored; what cannot be listed is left out."""
        for folder, folders, files in os.walk(top):
            folders[:] = sorted(name for name in folders if not ignore.ignored_folder(name))
            for name in sorted(files):
                if not ignore.ignored_file(name):
                    yield Path(folder, name)

    def _look(self, path: Path, *, event: bool) -> None:
        if ignore.ignored(path, self._folder):
            return
        try:
            found = path.lstat()
        except OSError:
            self._settling.gone(path)
            return
        if stat.S_ISREG(found.st_mode):
            now = time.monotonic()
            self._settling.saw(path, Seen(found.st_size, found.st_mtime_ns, found.st_ino), now)
            if event:
                self._settling.touched(path, now)
        elif stat.S_ISDIR(found.st_mode) and event:
            for inner in self._walk(path):
                self._look(inner, event=False)

    def _give_out(self) -> None:
        for path in self._settling.ready(time.monotonic()):
            if self._stopping.is_set():
                return
            try:
                self._on_ready(path)
            except Exception as error:  # noqa: BLE001 the listener's bug must not end the watch
                log.error("taking up a file failed: %s", type(error).__name__)
