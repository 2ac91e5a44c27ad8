"""Measures the window on this machine, each figure in a process of its own.

`python -m gui.bench first_paint HOME`, `... stall_while_examining HOME FOLDER`,
`... table_figures HOME ROWS`: each prints one JSON object, times in seconds. `main.py bench` calls
them. HOME must not exist; it is made and left to the caller to throw away.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.main_window import MainWindow

RUNS = 5
TICK_MS = 5
PATIENCE = 600.0


def first_paint(home: str) -> dict[str, float]:
    """From the interpreter's start to the first paint: `ours`, and `bare`, a plain window with an
    empty table; `sign_in` to the box an officer signs in with. Medians of several runs."""
    from statistics import median

    _sample(Path(home))
    starts = {
        "bare": ("bare_window",),
        "ours": ("our_window", home),
        "sign_in": ("sign_in_box", home),
    }
    for start in starts.values():
        _timed(*start)  # not counted: it leaves the bytecode, as a first start does in an office
    # One after the other in each round: what else the machine does hits all of them alike.
    rounds = [{name: _timed(*start) for name, start in starts.items()} for _ in range(RUNS)]
    return {name: median(one[name] for one in rounds) for name in starts}


def stall_while_examining(home: str, folder: str) -> dict[str, float]:
    """The longest time between two ticks of a timer while a folder is taken in."""
    window, desk = _window(Path(home))
    _turn_until(lambda: desk.jobs.idle)
    _turn_for(1.0)
    ticks = _Ticks()
    began = time.perf_counter()
    desk.offered.emit([Path(folder)], None)
    _turn_until(lambda: desk.jobs.idle)
    spent = time.perf_counter() - began
    from models import queries

    files = queries.counts().documents
    _close(window)
    return {"longest": ticks.longest, "files": files, "seconds": spent}


def table_figures(home: str, rows: str) -> dict[str, float]:
    """A catalogue of `rows` documents: open, sort, filter, and one page of rows after a jump."""
    from PySide6.QtCore import Qt

    from gui.bench_rows import fill
    from gui.pages.catalogue import CataloguePage
    from models import queries
    from models.queries.rows import DocumentFilter

    _sample(Path(home), files=False)
    fill(Path(home), int(rows))
    began = time.perf_counter()
    window, desk = _window(Path(home), fresh=False)
    page = window.page("catalogue")
    assert isinstance(page, CataloguePage)
    _turn_until(lambda: desk.jobs.idle and page.model.row_at(0) is not None)
    figures = {"open": time.perf_counter() - began}
    figures["sort"] = _took(lambda: page.model.sort(0, Qt.SortOrder.AscendingOrder), desk)
    figures["filter"] = _took(
        lambda: page.filter.show_value(DocumentFilter(attribute="主动公开")), desk
    )
    page.filter.show_value(DocumentFilter())
    _turn_until(lambda: desk.jobs.idle)
    ids, pages = page.model.ids(), []
    for start in range(0, len(ids), max(200, len(ids) // 50)):
        asked = time.perf_counter()
        queries.document_rows(ids[start : start + 200])
        pages.append(time.perf_counter() - asked)
    figures["page"] = max(pages)
    figures["page_median"] = sorted(pages)[len(pages) // 2]
    ticks = _Ticks()
    bar = page.table.verticalScrollBar()
    for step in range(60):
        bar.setValue(bar.maximum() * ((step * 37) % 60) // 60)
        _turn_for(0.02)
    figures["scroll_stall"] = ticks.longest
    _close(window)
    return figures


def our_window(home: str) -> dict[str, float]:
    """The program's own start (`gui.app.run`) up to the first paint of its window."""
    from gui import collector

    collector.hold()
    from gui import app as start
    from models.kernel.home import Home

    app = start.application()
    window = start.show_frame(Home(Path(home)))
    painted = _quit_at_paint(window.stack)
    app.exec()
    window.desk.close()
    return {"at": painted[0]}


def sign_in_box(home: str) -> dict[str, float]:
    """The program's own start up to the sign-in box with the officers' names in it."""
    from gui import collector

    collector.hold()
    from gui import app as start
    from models.kernel.home import Home

    app = start.application()
    window = start.show_frame(Home(Path(home)))
    painted: list[list[float]] = []

    def ask() -> None:
        from gui.dialogs.sign_in import SignIn
        from gui.seating import Seating

        Seating(window).begin()
        (box,) = window.findChildren(SignIn)
        painted.append(_quit_at_paint(box))

    window.painted.connect(ask)
    app.exec()
    _close(window)
    return {"at": painted[0][0]}


def bare_window() -> dict[str, float]:
    """What a PySide6 program can do at best: a window with an empty table."""
    from PySide6.QtCore import QAbstractTableModel
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    class Nothing(QAbstractTableModel):
        def rowCount(self, _parent: object = None) -> int:
            return 0

        def columnCount(self, _parent: object = None) -> int:
            return 8

    app = QApplication([])
    window, table = QMainWindow(), QTableView()
    table.setModel(Nothing(table))
    window.setCentralWidget(table)
    window.showMaximized()
    painted = _quit_at_paint(table.viewport())
    app.exec()
    return {"at": painted[0]}


def _timed(what: str, *words: str) -> float:
    """Seconds from just before the process to its first paint."""
    import subprocess

    began = time.time()
    ran = subprocess.run(
        [sys.executable, "-m", "gui.bench", what, *words],
        check=True,
        capture_output=True,
        encoding="utf-8",
        cwd=Path(__file__).resolve().parent.parent,
        env={k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
    )
    at: float = json.loads(ran.stdout)["at"]
    return at - began


def _quit_at_paint(widget: object) -> list[float]:
    """End the event loop when the widget has been painted; the time of it is put in the list."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    assert isinstance(widget, QWidget)
    painted: list[float] = []

    def end() -> None:
        painted.append(time.time())
        QApplication.quit()

    class Watcher(QObject):
        def eventFilter(self, seen: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                seen.removeEventFilter(self)
                QTimer.singleShot(0, end)
            return False

    widget.installEventFilter(Watcher(widget))
    return painted


class _Ticks:
    """A timer on the event loop; `longest` is the longest gap beyond its interval, in seconds."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last - TICK_MS / 1000)
        self._last = now


def _sample(home: Path, *, files: bool = False) -> None:
    """Set up the sample office at `home`, once."""
    from exporters import sample_office
    from models.kernel import base, policy
    from models.kernel.home import Home

    if (home / "catalogue.db").exists():
        return
    office, people = sample_office.setup()
    policy.set_up(Home(home), office, people)
    if files:
        sample_office.write_files(Home(home).inbox)
    base.close_catalogue()


def _window(home: Path, *, fresh: bool = True) -> "tuple[MainWindow, Desk]":
    """The window with the first officer at it, at work."""
    from gui import app as start
    from models.kernel.home import Home

    if fresh:
        _sample(home)
    start.application()
    window = start.show_frame(Home(home))
    from gui.seating import Seating
    from models.kernel import base, people, policy

    base.open_catalogue(window.desk.home, create=False)
    office = policy.office()
    assert office is not None
    Seating(window).seat(office, people.everyone()[0])
    return window, window.desk


def _close(window: "MainWindow") -> None:
    from models.kernel import base

    window.close()
    window.desk.close()
    base.close_catalogue()


def _took(act: Callable[[], None], desk: "Desk") -> float:
    began = time.perf_counter()
    act()
    _turn_until(lambda: desk.jobs.idle)
    return time.perf_counter() - began


def _turn_until(done: Callable[[], bool]) -> None:
    """Run the event loop until `done`; a measurement that never ends is an error."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, timer = QEventLoop(), QTimer()
    limit = time.monotonic() + PATIENCE
    timer.timeout.connect(lambda: loop.quit() if done() or time.monotonic() > limit else None)
    timer.start(TICK_MS)
    loop.exec()
    if not done():
        raise TimeoutError


def _turn_for(seconds: float) -> None:
    end = time.monotonic() + seconds
    _turn_until(lambda: time.monotonic() >= end)


def main(words: list[str]) -> None:
    """Run one measurement and print it."""
    if not os.environ.get("DISPLAY") and sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    known: dict[str, Callable[..., dict[str, float]]] = {
        "first_paint": first_paint,
        "stall_while_examining": stall_while_examining,
        "table_figures": table_figures,
        "our_window": our_window,
        "sign_in_box": sign_in_box,
        "bare_window": bare_window,
    }
    sys.stdout.write(json.dumps(known[words[0]](*words[1:])) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
