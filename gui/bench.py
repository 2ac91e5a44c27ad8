"""Measures the window on this machine, each figure in a process of its own.

`python -m gui.bench first_paint HOME`, `... stall_while_examining HOME FOLDER`,
`... opening_stall HOME FILE`, `... table_figures HOME ROWS`: each prints one JSON object, times in
seconds. `main.py bench` calls them. HOME must not exist; it is made and left to the caller to throw
away. This file imports nothing a bare window does not need.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

RUNS = 7


def first_paint(home: str) -> dict[str, float]:
    """From the interpreter's start to the first paint: `ours`, and `bare`, a plain window with an
    empty table; `sign_in` to the box an officer signs in with. Medians of several runs."""
    from statistics import median

    from gui import bench_stage

    bench_stage.sample(Path(home))
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
    from gui import bench_stage

    bench_stage.close(window)
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


def main(words: list[str]) -> None:
    """Run one measurement and print it."""
    if not os.environ.get("DISPLAY") and sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    starts: dict[str, Callable[..., dict[str, float]]] = {
        "first_paint": first_paint,
        "our_window": our_window,
        "sign_in_box": sign_in_box,
        "bare_window": bare_window,
    }
    measure = starts.get(words[0])
    if measure is None:
        from gui import bench_work

        measure = {
            "stall_while_examining": bench_work.stall_while_examining,
            "table_figures": bench_work.table_figures,
            "opening_stall": bench_work.opening_stall,
        }[words[0]]
    sys.stdout.write(json.dumps(measure(*words[1:])) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
