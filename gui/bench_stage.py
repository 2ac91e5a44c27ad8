"""What the window is measured on: a sample office, its window, the event loop and its stalls."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer

from exporters import sample_office
from gui import app as start
from gui.desk import Desk
from gui.main_window import MainWindow
from gui.seating import Seating
from models.kernel import base, people, policy
from models.kernel.home import Home

TICK_MS = 5
PATIENCE = 600.0


class Ticks:
    """A timer on the event loop: the longest time between two of its ticks, in seconds.

    `longest` is by the clock, beyond the timer's interval; `work` is the processor time the main
    thread itself used, which a machine busy with other things does not lengthen.
    """

    def __init__(self) -> None:
        self.longest = self.work = 0.0
        self._last = time.perf_counter()
        self._worked = time.thread_time()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def stop(self) -> None:
        """What comes now does not count."""
        self._timer.stop()

    def _tick(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, now - self._last - TICK_MS / 1000)
        self.work = max(self.work, worked - self._worked)
        self._last, self._worked = now, worked


def sample(home: Path) -> None:
    """Set up the sample office at `home`, without its files, once."""
    if (home / "catalogue.db").exists():
        return
    policy.set_up(Home(home), *sample_office.setup())
    base.close_catalogue()


def window_at(home: Path) -> tuple[MainWindow, Desk]:
    """The window over the sample office at `home`, with the first officer at it, at work."""
    sample(home)
    start.application()
    window = start.show_frame(Home(home))
    base.open_catalogue(window.desk.home, create=False)
    office = policy.office()
    assert office is not None
    Seating(window).seat(office, people.everyone()[0])
    return window, window.desk


def close(window: MainWindow) -> None:
    """End it as the program does."""
    window.close()
    window.desk.close()
    base.close_catalogue()


def took(act: Callable[[], None], desk: Desk) -> float:
    """Seconds until all that `act` asked for has been delivered."""
    began = time.perf_counter()
    act()
    turn_until(lambda: desk.jobs.idle)
    return time.perf_counter() - began


def turn_until(done: Callable[[], bool]) -> None:
    """Run the event loop until `done`; a measurement that never ends is an error."""
    loop, timer = QEventLoop(), QTimer()
    limit = time.monotonic() + PATIENCE
    timer.timeout.connect(lambda: loop.quit() if done() or time.monotonic() > limit else None)
    timer.start(TICK_MS)
    loop.exec()
    if not done():
        raise TimeoutError


def turn_for(seconds: float) -> None:
    """Run the event loop for that long."""
    end = time.monotonic() + seconds
    turn_until(lambda: time.monotonic() >= end)
