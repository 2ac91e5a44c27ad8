"""Many files at once: examined side by side in the children, registered one after the other."""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from pathlib import Path

from intake import door, entry, ignore
from intake.entry import Looked
from intake.examine import Cancelled, Examiner
from intake.taken import EMPTY_FOLDER, Outcome, Taken
from models.kernel.home import Home
from models.kernel.person import Person

Progress = Callable[[int, int, str], None]
_ASK_SECONDS = 0.1
# Files under way for each worker: behind one that takes long the others go on so far, as long as
# what waits for it holds no more text than this (characters).
_LEAST_AHEAD, _MOST_AHEAD, _MOST_HELD = 2, 32, 5_000_000


def take_many(
    home: Home,
    paths: Sequence[Path],
    officer: Person,
    examiner: Examiner,
    *,
    batch: int | None = None,
    move: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Taken, ...]:
    """Files and folders (walked, sorted): one Taken a file, whatever happens to the others.

    The planted hits are tried first; where a rule keeps silent, no file is looked at or kept.

    `progress(done, total, name of the last file)` is called on this thread after each file; what it
    raises ends the batch. `cancelled()` is asked every tenth of a second; when it says yes, files
    under way are given up, and those not yet registered are not in the answer.
    """
    wanted = list(files_in(paths))
    complaint = examiner.begin_batch()
    if complaint:
        return tuple(Taken(path, Outcome.FAILED, complaint) for path in wanted)
    done: list[Taken] = []
    stop = threading.Event()
    with ThreadPoolExecutor(examiner.workers, "take-many") as pool:
        try:
            for path, looked in _looks(pool, wanted, examiner, stop, cancelled):
                if looked is None:
                    taken = Taken(path, Outcome.FAILED, EMPTY_FOLDER)
                else:
                    taken = entry.enter(
                        home, path, officer, examiner, looked, batch=batch, move=move
                    )
                done.append(taken)
                if progress:
                    progress(len(done), len(wanted), door.shown_name(path))
        except Cancelled:
            pass
        finally:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
    return tuple(done)


def files_in(paths: Sequence[Path]) -> Iterator[Path]:
    """The files among `paths` and in the folders among them, sorted within each, none twice.

    A folder without files is given itself: the officer must learn that nothing came of it.
    """
    seen: set[Path] = set()
    for path in paths:
        for each in _under(path) if path.is_dir() else (path,):
            if each not in seen:
                seen.add(each)
                yield each


def _under(top: Path) -> list[Path]:
    found = []
    for folder, folders, files in os.walk(top):
        folders[:] = [name for name in folders if not ignore.ignored_folder(name)]
        found += [Path(folder, name) for name in files if not ignore.ignored_file(name)]
    return sorted(path for path in found if not path.is_symlink()) or [top]


def _looks(
    pool: ThreadPoolExecutor,
    paths: Sequence[Path],
    examiner: Examiner,
    stop: threading.Event,
    cancelled: Callable[[], bool] | None,
) -> Iterator[tuple[Path, Looked | None]]:
    """Each path with what was seen, in order; never far ahead, because reports hold text."""
    rest = iter(paths)
    under_way: deque[tuple[Path, Future[Looked] | None]] = deque()
    while True:
        while len(under_way) < ahead(under_way) * examiner.workers:
            path = next(rest, None)
            if path is None:
                break
            future = None if path.is_dir() else pool.submit(entry.look, path, examiner, stop)
            under_way.append((path, future))
        if not under_way:
            return
        path, future = under_way.popleft()
        yield path, None if future is None else _wait(future, cancelled)


def ahead(under_way: Iterable[tuple[Path, "Future[Looked] | None"]]) -> int:
    """How many files a worker may be ahead of the one that is waited for."""
    held = 0
    for _, future in under_way:
        if future is not None and future.done() and future.exception() is None:
            held += len(future.result().report.plain)
    return _MOST_AHEAD if held < _MOST_HELD else _LEAST_AHEAD


def _wait(future: "Future[Looked]", cancelled: Callable[[], bool] | None) -> Looked:
    while True:
        if cancelled and cancelled():
            raise Cancelled
        try:
            return future.result(timeout=_ASK_SECONDS if cancelled else None)
        except NotYet:
            continue
