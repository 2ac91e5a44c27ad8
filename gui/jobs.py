"""Work away from the main thread; the only file that knows QThreadPool.

Two lanes: a pool for reading, scanning and exporting (threads that mostly wait for children), and
one single thread for writes, so that acts follow each other as they were asked for. A job is a
plain function. `Jobs` owns the signals; a runnable holds only bound `emit`s, so nothing is
destroyed on a pool thread. Results come back on the main thread; a late one is dropped.
"""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThread, QThreadPool, Signal
from shiboken6 import isValid

SECONDS_BETWEEN_PROGRESS = 0.05


class Cancelled(Exception):
    """The officer pressed 停止; raised inside a job by its progress callable."""


class Progress:
    """What a long job calls between files, on its own thread.

    Calling it raises Cancelled when the officer has pressed 停止. A job that must hand back what
    it has done so far uses `tell` and looks at `stopped()` instead.
    """

    def __init__(
        self, number: int, stop: threading.Event, moved: Callable[[int, int, int, str], None]
    ) -> None:
        self._number = number
        self._stop = stop
        self._moved = moved
        self._last = 0.0

    def __call__(self, done: int, total: int, note: str = "") -> None:
        """`done` of `total` (0: unknown); `note`: the current file or step."""
        if self._stop.is_set():
            raise Cancelled
        self.tell(done, total, note)

    def tell(self, done: int, total: int, note: str = "") -> None:
        """Say how far it is, not more often than an eye can follow; never raises."""
        now = time.monotonic()
        if now - self._last >= SECONDS_BETWEEN_PROGRESS or done == total:
            self._last = now
            self._moved(self._number, done, total, note)

    def stopped(self) -> bool:
        """Has the officer pressed 停止?"""
        return self._stop.is_set()


@dataclass(frozen=True, slots=True)
class Running:
    """One long job as the status line shows it. `started` is of `time.monotonic`; `background`:
    nobody asked for it."""

    number: int
    title: str
    done: int
    total: int
    note: str
    started: float
    stopping: bool = False
    background: bool = False

    @property
    def seconds_left(self) -> int | None:
        """A guess from the pace so far; None before there is a pace."""
        if self.total <= 0 or self.done <= 0:
            return None
        pace = (time.monotonic() - self.started) / self.done
        return max(0, round(pace * (self.total - self.done)))


@dataclass(slots=True)
class _Ticket:
    """What is waited for: who asked, and what to call."""

    owner: QObject | None
    key: str | None
    then: Callable[[Any], object] | None
    failed: Callable[[BaseException], None]
    stop: threading.Event


class _Run(QRunnable):
    def __init__(self, body: Callable[[], None]) -> None:
        super().__init__()
        self._body = body

    def run(self) -> None:
        self._body()


class Jobs(QObject):
    """Runs plain functions elsewhere and brings the outcome to the main thread.

    `around` is entered on the job's thread around each job (a database connection).

    Signals:
        changed: a long job began, moved on or ended.
    """

    changed = Signal()
    _ended = Signal(int, object, object)
    _moved = Signal(int, int, int, str)

    def __init__(
        self,
        around: Callable[[], AbstractContextManager[Any]] = nullcontext,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._around = around
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(max(4, QThread.idealThreadCount()))
        self._lane = QThreadPool(self)
        self._lane.setMaxThreadCount(1)
        self._tickets: dict[int, _Ticket] = {}
        self._newest: dict[tuple[int, str], int] = {}
        self._running: dict[int, Running] = {}
        self._count = 0
        self._closed = False
        self._ended.connect(self._deliver)
        self._moved.connect(self._move)

    def read(
        self,
        owner: QObject,
        key: str,
        fn: Callable[[], Any],
        then: Callable[[Any], object],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Run `fn` on the pool. A newer read of the same owner and key makes this one late."""
        ticket = _Ticket(owner, key, then, failed, threading.Event())
        number = self._start(self._pool, ticket, lambda _progress: fn())
        if number is not None:
            self._newest[id(owner), key] = number

    def write(
        self,
        fn: Callable[[], Any],
        then: Callable[[Any], object] | None,
        failed: Callable[[BaseException], None],
    ) -> bool:
        """Run `fn` after all earlier writes. False: the program is closing, nothing was done."""
        ticket = _Ticket(None, None, then, failed, threading.Event())
        return self._start(self._lane, ticket, lambda _progress: fn()) is not None

    def work(
        self,
        title: str,
        fn: Callable[[Progress], Any],
        then: Callable[[Any], object] | None,
        failed: Callable[[BaseException], None],
        *,
        background: bool = False,
    ) -> int | None:
        """Run a long `fn(progress)` on the pool, seen in the status line and stoppable there.

        `failed` gets Cancelled when it was stopped. Gives the job's number.
        """
        ticket = _Ticket(None, None, then, failed, threading.Event())
        number = self._start(self._pool, ticket, fn)
        if number is not None:
            self._running[number] = Running(
                number, title, 0, 0, "", time.monotonic(), background=background
            )
            self.changed.emit()
        return number

    def running(self) -> tuple[Running, ...]:
        """The long jobs, oldest first, those in the background last."""
        return tuple(sorted(self._running.values(), key=lambda job: job.background))

    @property
    def idle(self) -> bool:
        """Nothing is under way or waiting, and every result has been delivered."""
        return not self._tickets

    def cancel(self, number: int) -> None:
        """Ask a job to stop; it does between two files."""
        ticket = self._tickets.get(number)
        if ticket is None:
            return
        ticket.stop.set()
        if number in self._running:
            self._running[number] = replace(self._running[number], stopping=True)
            self.changed.emit()

    def drain(self, close: Callable[[], None]) -> None:
        """Refuse new jobs, cancel what runs, `close` what they wait for, wait for every thread.

        Writes that were asked for are still done; nothing is delivered any more.
        """
        self._closed = True
        for ticket in list(self._tickets.values()):
            if ticket.owner is not None or ticket.key is not None:
                ticket.then = None
            ticket.stop.set()
        close()
        self._lane.waitForDone()
        self._pool.waitForDone()
        self._tickets.clear()
        self._running.clear()
        self._newest.clear()

    def _start(
        self, pool: QThreadPool, ticket: _Ticket, fn: Callable[[Progress], Any]
    ) -> int | None:
        if self._closed:
            return None
        self._count += 1
        number = self._count
        self._tickets[number] = ticket
        ended, moved = self._ended.emit, self._moved.emit
        around, stop, writes = self._around, ticket.stop, pool is self._lane
        progress = Progress(number, stop, moved)

        def body() -> None:
            result: Any = None
            error: BaseException | None = None
            try:
                if stop.is_set() and not writes:
                    raise Cancelled
                with around():
                    result = fn(progress)
            except BaseException as problem:  # noqa: BLE001  carried to the main thread, shown there
                error = problem
            ended(number, result, error)

        pool.start(_Run(body))
        return number

    def _move(self, number: int, done: int, total: int, note: str) -> None:
        if number in self._running:
            self._running[number] = replace(
                self._running[number], done=done, total=total, note=note
            )
            self.changed.emit()

    def _deliver(self, number: int, result: object, error: BaseException | None) -> None:
        ticket = self._tickets.pop(number, None)
        if self._running.pop(number, None) is not None:
            self.changed.emit()
        if ticket is None or self._closed or self._late(number, ticket):
            return
        if error is not None:
            ticket.failed(error)
        elif ticket.then is not None:
            ticket.then(result)

    def _late(self, number: int, ticket: _Ticket) -> bool:
        if ticket.owner is None or ticket.key is None:
            return False
        if self._newest.get((id(ticket.owner), ticket.key)) != number:
            return True
        del self._newest[id(ticket.owner), ticket.key]
        return not isValid(ticket.owner)
