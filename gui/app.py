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

from gui import collector, errors, icons, theme
from models.kernel import base, logs, policy
from models.kernel.errors import Unavailable
from models.kernel.home import Home

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.main_window import MainWindow
    from gui.taking import Taking
    from models.kernel.changes import Changes
    from models.kernel.people import Person
    from models.kernel.policy import Office
    from models.queries.rows import Counts

log = logging.getLogger(__name__)


def run(home: Home, officer: str | None) -> int:
    """Open the window and stay until it is closed. Gives the process's exit code."""
    app = application()
    net = errors.Net(home.logs, app)
    net.spread()
    logs.begin(home.logs)
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
    theme.scheme().changed.connect(icons.dress_again)
    return app


def sign_in(office: "Office", chosen: str | None) -> "Person | None":
    """Ask who sits here; None when the officer leaves."""
    from gui.dialogs.sign_in import SignIn
    from models.kernel.people import everyone

    names = [person.name for person in everyone() if person.active]
    dialog = SignIn(office.name, names, chosen=chosen, secrets=_sample_secrets(office))
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
    taking.unseen_changed.connect(window.status.show_results)
    window.status.results_asked.connect(taking.show_unseen)
    window.password_asked.connect(lambda: ask_own_password(desk, window))
    window.switch_asked.connect(lambda: switch(desk, office, window))
    desk.changed.connect(lambda changes: _watch_again(changes, desk, taking))
    window.begun.connect(collector.begin)
    window.showMaximized()
    return window, taking


def ask_own_password(desk: "Desk", window: "MainWindow") -> None:
    """The officer changes his own password."""
    from gui.dialogs.person import ask_password
    from models.kernel.people import set_password

    me = desk.officer
    ask_password(
        window,
        me.name,
        lambda new: desk.act(lambda: set_password(me.id, new, me), says="密码已修改。"),
    )


def switch(desk: "Desk", office: "Office", window: "MainWindow") -> None:
    """Another officer sits down at the same window."""
    from gui.dialogs.sign_in import SignIn
    from models.kernel.people import everyone

    names = [person.name for person in everyone() if person.active]
    dialog = SignIn(office.name, names, secrets=_sample_secrets(office), parent=window)

    def done(_result: int) -> None:
        if dialog.person is not None:
            desk.sit_down(dialog.person)
        dialog.deleteLater()

    dialog.finished.connect(done)
    dialog.open()


def wake(window: "MainWindow", taking: "Taking", office: "Office") -> None:
    """After the first paint: start the children and the watch folders."""
    desk = window.desk
    desk.read(window, "warm", lambda: desk.examiner, lambda _examiner: None)
    taking.watch((desk.home.inbox, *office.inboxes))


def _sit(app: QApplication, home: Home, office: "Office", person: "Person") -> int:
    window, taking = open_window(home, office, person)
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: wake(window, taking, office)))
    try:
        return app.exec()
    finally:
        taking.stop_watching()
        window.desk.close()


def _watch_again(changes: "Changes", desk: "Desk", taking: "Taking") -> None:
    """The office's settings changed: perhaps its watch folders did."""
    office = policy.office() if changes.policy else None
    if office is not None:
        taking.watch((desk.home.inbox, *office.inboxes))


def _sample_secrets(office: "Office") -> dict[str, str]:
    """The passwords of the invented officers, which are public; of a real office, none."""
    if not office.sample:
        return {}
    from exporters.sample_office import setup

    return {person.name: person.password for person in setup()[1]}


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
