"""How the window starts and ends, in this order:

1. Qt's application, its Chinese texts, our theme: everything that can be seen needs them.
2. The catalogue: opened, or made by the first start.
3. The officer: named by `--as` only to be chosen beforehand; the password is always asked.
4. The net for errors, the desk, the window; first paint.
5. Only then what costs time: the children that read files, the watch folders.

At the end: the watch stops, jobs are drained and children ended, the catalogue is closed.
"""

import logging
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QDialog

from gui import errors, theme
from models.kernel import base, policy
from models.kernel.errors import Unavailable
from models.kernel.home import Home

if TYPE_CHECKING:
    from gui.main_window import MainWindow
    from gui.taking import Taking
    from models.kernel.people import Person
    from models.kernel.policy import Office
    from models.queries.rows import Counts

log = logging.getLogger(__name__)


def run(home: Home, officer: str | None) -> int:
    """Open the window and stay until it is closed. Gives the process's exit code."""
    app = application()
    net = errors.Net(home.logs, app)
    net.spread()
    try:
        if not _opened(home):
            return 0
        office = policy.office()
        if office is None:
            return 0
        person = sign_in(office, officer)
        if person is None:
            return 0
        return _sit(app, home, office, person)
    except Unavailable as missing:
        from gui.dialogs.box import tell

        tell(None, missing.what, (missing.why,)).finished.connect(app.quit)
        app.exec()
        return 4
    finally:
        base.close_catalogue()


def application() -> QApplication:
    """The one QApplication, with Qt's own Chinese texts and our theme."""
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
    return app


def sign_in(office: "Office", chosen: str | None) -> "Person | None":
    """Ask who sits here; None when the officer leaves."""
    from gui.dialogs.sign_in import SignIn
    from models.kernel.people import everyone

    names = [person.name for person in everyone() if person.active]
    hint = "示例单位的密码写在操作说明里。" if office.sample else ""
    dialog = SignIn(office.name, names, chosen=chosen, hint=hint)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    return dialog.person


def open_window(home: Home, office: "Office", person: "Person") -> "tuple[MainWindow, Taking]":
    """The desk and its window, shown and ready to be used; `wake` does the rest."""
    from gui.desk import Desk
    from gui.main_window import MainWindow
    from gui.taking import Taking

    desk = Desk(home, person)
    window = MainWindow(desk, sample=office.sample, count=_count)
    desk.setParent(window)
    taking = Taking(desk, window)
    desk.offered.connect(taking.take)
    taking.watch_said.connect(window.status.show_watch)
    window.showMaximized()
    return window, taking


def wake(window: "MainWindow", taking: "Taking", office: "Office") -> None:
    """After the first paint: start the children and the watch folders."""
    desk = window.desk
    desk.read(window, "warm", lambda: desk.examiner, lambda _examiner: None)
    folders = [folder for folder in (desk.home.inbox, *office.inboxes) if folder.is_dir()]
    taking.watch(folders)


def _sit(app: QApplication, home: Home, office: "Office", person: "Person") -> int:
    window, taking = open_window(home, office, person)
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: wake(window, taking, office)))
    try:
        return app.exec()
    finally:
        taking.stop_watching()
        window.desk.close()


def _count() -> "Counts":
    from models import queries

    return queries.counts()


def _opened(home: Home) -> bool:
    """Open the catalogue; without one, the first start makes it. False: the officer left."""
    if home.catalogue.exists():
        base.open_catalogue(home, create=False)
        if policy.office() is not None:
            return True
    from gui.dialogs.first_start import FirstStart

    return FirstStart(home).exec() == QDialog.DialogCode.Accepted
