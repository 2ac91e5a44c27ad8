"""How the window starts and ends, in this order:

1. Qt's application, its Chinese texts, our theme: everything that can be seen needs them.
2. The frame, painted before the catalogue or its library is so much as loaded: an officer who sees
   where she is waits differently from one who sees nothing.
3. The catalogue: opened, or made by the first start; then who sits here (`gui.seating`).
4. Only then what costs time: the children that read files, the watch folders.

At the end: the watch stops, jobs are drained and children ended, the catalogue is closed.
"""

import logging
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from gui import collector, errors, icons, theme
from gui.desk import Desk
from gui.main_window import MainWindow

if TYPE_CHECKING:
    from models.kernel.home import Home

log = logging.getLogger(__name__)


def run(home: "Home", officer: str | None) -> int:
    """Open the window and stay until it is closed. Gives the process's exit code."""
    app = application()
    net = errors.Net(home.logs, app)
    net.spread()
    window = show_frame(home)
    # The frame is on the screen before the slot is called; nothing below may be imported earlier.
    window.painted.connect(lambda: _sit_down(window, officer))
    try:
        return app.exec()
    finally:
        window.desk.close()
        from models.kernel import base

        base.close_catalogue()


# Each call of Qt gives the interpreter away and waits to have it back; a thread that only computes
# keeps it for this long. With the usual 5 ms an event of fifty calls stood still for 250 ms.
SWITCH_SECONDS = 0.0005


def application() -> QApplication:
    """The one QApplication, with Qt's own Chinese texts and our theme."""
    sys.setswitchinterval(SWITCH_SECONDS)
    present = QApplication.instance()
    app = present if isinstance(present, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("gongkai-desk")
    app.setApplicationDisplayName("政务公开工作台")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    words = QTranslator(app)
    if words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)
    else:
        log.warning("Qt's Chinese texts are missing")
    theme.dress(app)
    theme.scheme().changed.connect(icons.dress_again)
    return app


def show_frame(home: "Home") -> MainWindow:
    """The window with nobody at it yet; `painted` tells when it can be seen."""
    desk = Desk(home)
    window = MainWindow(desk)
    desk.setParent(window)
    window.begun.connect(collector.begin)
    window.showMaximized()
    return window


def _sit_down(window: MainWindow, officer: str | None) -> None:
    from gui.seating import Seating
    from models.kernel import logs

    logs.begin(window.desk.home.logs)
    Seating(window, chosen=officer).begin()
