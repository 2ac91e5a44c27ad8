"""When is a file that somebody is still copying finished? Pure: the clock is an argument."""

from collections.abc import Callable, Set
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class Seen(NamedTuple):
    """What one look at a file tells; two equal looks mean that nobody wrote in between."""

    size: int
    mtime_ns: int
    inode: int = 0


@dataclass(slots=True)
class _Waiting:
    seen: Seen
    since: float


class Settling:
    """Holds back paths until nothing about them has changed for `delay` seconds.

    `now` is any clock that only goes forward, in seconds (`time.monotonic`).
    """

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._waiting: dict[Path, _Waiting] = {}
        self._given: dict[Path, Seen] = {}

    def saw(self, path: Path, seen: Seen, now: float) -> None:
        """A look at `path`. A file already given out is taken up again only if it has changed."""
        if self._given.get(path) == seen:
            return
        self._given.pop(path, None)
        waiting = self._waiting.get(path)
        if waiting is None or waiting.seen != seen:
            self._waiting[path] = _Waiting(seen, now)

    def touched(self, path: Path, now: float) -> None:
        """Something was reported about `path` that a look need not show: wait the full delay."""
        waiting = self._waiting.get(path)
        if waiting is not None:
            waiting.since = now

    def gone(self, path: Path) -> None:
        """`path` is no longer there; if it was a folder, everything in it is forgotten too."""
        was_file = self._waiting.pop(path, None) or self._given.pop(path, None)
        if was_file is None:
            self._forget(lambda known: path in known.parents)

    def present(self, paths: Set[Path]) -> None:
        """These are all the files there are; whatever else was known is gone."""
        self._forget(lambda known: known not in paths)

    def _forget(self, gone: Callable[[Path], bool]) -> None:
        for path in [p for p in self._waiting if gone(p)]:
            del self._waiting[path]
        for path in [p for p in self._given if gone(p)]:
            del self._given[path]

    def waiting(self) -> tuple[Path, ...]:
        """The paths that must be looked at again before they can be ready."""
        return tuple(self._waiting)

    def ready(self, now: float) -> tuple[Path, ...]:
        """The paths that have settled, longest waiting first; each is given out once."""
        settled = sorted(
            (w.since, p) for p, w in self._waiting.items() if now - w.since >= self._delay
        )
        for _, path in settled:
            self._given[path] = self._waiting.pop(path).seen
        return tuple(path for _, path in settled)
