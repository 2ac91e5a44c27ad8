"""The children at work: started ahead of need, lent to one thread at a time, killed when overdue.

One keeper thread starts every child (Linux ties a child's life to the thread that made it, and a
pool's threads come and go) and watches the deadlines. Three lanes: examinations, which may take
minutes; looks, which a person waits for; and the one large child that reads pictures, started on
demand and ended when it has been idle. A look never queues behind an examination.
"""

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from formats.budget import MIB, Limits
from intake import scratch
from intake.child import Child, Died, Killed

log = logging.getLogger(__name__)

START_SECONDS = 30.0
_RETRY_SECONDS = 1.0
_STOP_POLL = 0.1
FILES_PER_CHILD = 200
IDLE_SECONDS = 60.0
# Of addresses: measured 1.25 GB on A4 pages, 1.55 GB on a picture of 58 million dots; resident 0.52
# and 0.83 GB. More cores take more.
PICTURE_MEMORY = 2000 * MIB


class Lane(Enum):
    """What a child is lent for."""

    EXAMINE = "examine"
    LOOK = "look"
    PICTURES = "pictures"


class Closed(Exception):
    """The crew was closed while somebody waited for a child."""


class NoChild(Exception):
    """No child can be started; `errno` tells why, 0 where the children start and die."""

    def __init__(self, errno: int = 0) -> None:
        super().__init__(errno)
        self.errno = errno


@dataclass(slots=True)
class _Crowd:
    """The children of one lane. `wanted`: how many should be alive."""

    wanted: int
    limits: Limits
    idle: list[Child] = field(default_factory=list)
    alive: set[Child] = field(default_factory=set)
    queue: int = 0


class Crew:
    """See the module. `workers` examine; the one child for looks starts at the first look."""

    def __init__(self, temp: Path, limits: Limits, rules: Sequence[Path], workers: int) -> None:
        self.limits = limits
        self._temp = temp
        self._rules = tuple(rules)
        self._lanes = {
            Lane.EXAMINE: _Crowd(max(1, workers), limits),
            Lane.LOOK: _Crowd(0, limits),
            Lane.PICTURES: _Crowd(0, replace(limits, ocr=True, memory=PICTURE_MEMORY)),
        }
        self._dead: list[Child] = []
        self._changed = threading.Condition()
        self._closed = False
        self._failed_at: float | None = None
        self._errno = 0
        self._keeper = threading.Thread(target=self._keep, name="examiner-keeper", daemon=True)
        self._keeper.start()

    @contextmanager
    def lend(
        self, lane: Lane, stop: threading.Event | None = None, batch: int | None = None
    ) -> Iterator[Child]:
        """A ready child for one exchange. Whatever is raised inside costs the child its life.

        `batch`: to examine, it has tried the planted hits with that batch: no file's time is spent.
        Raises Closed (also when `stop` is set while waiting), NoChild.
        """
        child = self._ready_child(lane, stop, batch)
        try:
            yield child
        except BaseException:
            self._discard(lane, child)
            raise
        self._give_back(lane, child)

    def arm(self, child: Child, seconds: float, stop: threading.Event | None = None) -> None:
        """Kill `child` when `seconds` from now are over, or soon after `stop` is set."""
        with self._changed:
            child.due = time.monotonic() + seconds
            child.stop = stop
            self._changed.notify_all()

    def renew(self, rules: Sequence[Path]) -> None:
        """Other rules from now on: a child is replaced when it is next idle."""
        with self._changed:
            self._rules = tuple(rules)
            for crowd in self._lanes.values():
                self._bury_later(crowd, list(crowd.idle))
                for child in crowd.alive:
                    child.answered = FILES_PER_CHILD
            self._changed.notify_all()

    def pids(self) -> tuple[int, ...]:
        """The process ids of all children alive, for `main.py check` and the tests."""
        with self._changed:
            return tuple(sorted(c.pid for crowd in self._lanes.values() for c in crowd.alive))

    def close(self) -> None:
        """Kill everything and wait until it is gone. Safe to call twice."""
        with self._changed:
            self._closed = True
            for crowd in self._lanes.values():
                for child in crowd.alive:
                    child.kill(Killed.CLOSED)
            self._changed.notify_all()
        if threading.current_thread() is not self._keeper:
            self._keeper.join()

    def _ready_child(self, lane: Lane, stop: threading.Event | None, batch: int | None) -> Child:
        for attempt in (1, 2, 3):
            child = self._borrow(lane, stop)
            self.arm(child, START_SECONDS)
            try:
                child.wait_ready()
                child.prepare(batch if lane is Lane.EXAMINE else None)
            except Died:
                self._discard(lane, child)
                if child.killed is Killed.CLOSED:
                    raise Closed from None
                log.info("a worker died before its first file, attempt %d", attempt)
            except BaseException:
                self._discard(lane, child)
                raise
            else:
                return child
        raise NoChild

    def _borrow(self, lane: Lane, stop: threading.Event | None) -> Child:
        crowd = self._lanes[lane]
        with self._changed:
            crowd.wanted = max(1, crowd.wanted)
            crowd.queue += 1
            self._changed.notify_all()
            try:
                while True:
                    if self._closed or (stop is not None and stop.is_set()):
                        raise Closed
                    while crowd.idle:
                        child = crowd.idle.pop()
                        if child.alive():
                            child.due = None
                            return child
                        self._forget(crowd, child)
                    if self._failed_at is not None and not crowd.alive:
                        raise NoChild(self._errno)
                    self._changed.wait(None if stop is None else _STOP_POLL)
            finally:
                crowd.queue -= 1

    def _give_back(self, lane: Lane, child: Child) -> None:
        crowd = self._lanes[lane]
        most = crowd.limits.memory // (2 if lane is Lane.PICTURES else 4)
        worn = child.answered >= FILES_PER_CHILD or child.resident > most
        with self._changed:
            child.due = child.stop = None
            if lane is Lane.PICTURES:
                child.due = time.monotonic() + IDLE_SECONDS
            if worn or self._closed or child.killed is not None:
                self._forget(crowd, child)
            else:
                crowd.idle.append(child)
            self._changed.notify_all()

    def _discard(self, lane: Lane, child: Child) -> None:
        with self._changed:
            self._forget(self._lanes[lane], child)
            self._changed.notify_all()

    def _bury_later(self, crowd: _Crowd, children: list[Child]) -> None:
        for child in children:
            self._forget(crowd, child)

    def _forget(self, crowd: _Crowd, child: Child) -> None:
        """With the lock held. The keeper reaps it: waiting for its end may take a moment."""
        child.kill()
        child.due = child.stop = None
        if child in crowd.idle:
            crowd.idle.remove(child)
        if child in crowd.alive:
            crowd.alive.remove(child)
            self._dead.append(child)

    def _keep(self) -> None:
        scratch.sweep(self._temp)
        while True:
            with self._changed:
                if self._closed:
                    for crowd in self._lanes.values():
                        self._bury_later(crowd, list(crowd.idle))
                dead, self._dead = self._dead, []
                lane = self._short()
                if not dead and lane is None:
                    if self._closed and not any(c.alive for c in self._lanes.values()):
                        return
                    self._changed.wait(self._kill_overdue())
            for child in dead:
                child.bury()
            if lane is not None:
                self._add(lane)

    def _short(self) -> Lane | None:
        """The lane that lacks a child, looks first; None while starting fails or when closed."""
        if self._closed:
            return None
        if self._failed_at is not None:
            if time.monotonic() - self._failed_at < _RETRY_SECONDS:
                return None
            self._failed_at = None
        for lane in (Lane.LOOK, Lane.EXAMINE, Lane.PICTURES):
            if len(self._lanes[lane].alive) < self._lanes[lane].wanted:
                return lane
        return None

    def _add(self, lane: Lane) -> None:
        rules, crowd = self._rules, self._lanes[lane]
        try:
            child = Child(self._temp, crowd.limits, rules)
        except OSError as error:
            log.warning("no worker could be started: errno %s", error.errno)
            with self._changed:
                self._failed_at = time.monotonic()
                self._errno = error.errno or 0
                self._changed.notify_all()
            return
        with self._changed:
            if lane is Lane.PICTURES:  # whoever asked for it may have given up
                child.due = time.monotonic() + IDLE_SECONDS
            crowd.alive.add(child)
            crowd.idle.insert(0, child)
            if self._closed or rules is not self._rules:
                self._forget(crowd, child)
            self._changed.notify_all()

    def _kill_overdue(self) -> float | None:
        """With the lock held: kill what is overdue; seconds until the next look, None for ever."""
        now = time.monotonic()
        waits = [] if self._failed_at is None else [_RETRY_SECONDS]
        for crowd in self._lanes.values():
            for child in tuple(crowd.alive):
                if child.killed is not None or child.due is None:
                    continue
                if child in crowd.idle and child.due <= now:
                    crowd.wanted -= 1  # the next picture asks for another
                    self._forget(crowd, child)
                    waits.append(0.0)  # it is to be buried
                    continue
                if child.stop is not None and child.stop.is_set():
                    child.kill(Killed.CANCELLED)
                elif child.due <= now:
                    child.kill(Killed.TIMEOUT)
                else:
                    waits.append(child.due - now)
                    if child.stop is not None:
                        waits.append(_STOP_POLL)
        return min(waits, default=None)
