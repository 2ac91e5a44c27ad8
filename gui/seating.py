"""From the painted frame to an officer at work, and from one officer to the next.

One way to sign in: a box over the window, at the start and at every change of officers. `--as`
only chooses a name beforehand; the password is always asked.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QDialog

from gui.dialogs.box import tell
from gui.dialogs.sign_in import SignIn
from gui.dialogs.taken import tell_marked
from gui.main_window import MainWindow
from gui.rule_watch import RuleWatch
from gui.taking import Taking
from models.kernel import base, policy
from models.kernel.changes import Changes
from models.kernel.errors import Unavailable
from models.kernel.people import everyone, set_password
from models.queries.rows import Recheck

if TYPE_CHECKING:
    from models.kernel.people import Person
    from models.kernel.policy import Office

UNAVAILABLE = 4


class Seating(QObject):
    """Opens the office's catalogue, asks who sits here and starts what an officer needs."""

    def __init__(self, window: MainWindow, *, chosen: str | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._desk = window.desk
        self._chosen = chosen
        self._taking = Taking(self._desk, window)
        self._rules = RuleWatch(self._desk, window)

    def begin(self) -> None:
        """Open the catalogue, or make it; without an officer in the end the window closes."""
        try:
            if self._opened():
                self.ask()
                return
        except Unavailable as missing:
            box = tell(self._window, missing.what, (missing.why,))
            box.finished.connect(lambda _result: QApplication.exit(UNAVAILABLE))
            return
        self._window.close()

    def ask(self) -> None:
        """The sign-in box. Leaving it closes the window, or keeps the officer who sat there."""
        office = _office()
        names = [person.name for person in everyone() if person.active]
        dialog = SignIn(
            office.name,
            names,
            chosen=self._chosen,
            secrets=_sample_secrets(office),
            first=not self._desk.occupied,
            parent=self._window,
        )

        def done(_result: int) -> None:
            dialog.deleteLater()
            if dialog.person is not None:
                self.seat(office, dialog.person)
            elif not self._desk.occupied:
                self._window.close()

        dialog.finished.connect(done)
        dialog.open()

    def seat(self, office: "Office", person: "Person") -> None:
        """This officer works here from now on."""
        first = not self._desk.occupied
        self._desk.sit_down(person)
        if first:
            self._connect()
            self._window.begin(sample=office.sample)
            self._rules.begin()
            self._taking.watch((self._desk.home.inbox, *office.inboxes))

    def _opened(self) -> bool:
        """Open the catalogue; without one, the first start makes it. False: the officer left."""
        home = self._desk.home
        if home.catalogue.exists():
            base.open_catalogue(home, create=False)
            if policy.office() is not None:
                return True
        from gui.dialogs.first_start import FirstStart

        return FirstStart(home, self._window).exec() == QDialog.DialogCode.Accepted

    def _connect(self) -> None:
        desk, window, taking = self._desk, self._window, self._taking
        desk.offered.connect(taking.take)
        taking.watch_said.connect(window.status.show_watch)
        taking.unseen_changed.connect(window.status.show_results)
        window.status.results_asked.connect(taking.show_unseen)
        window.password_asked.connect(self._ask_own_password)
        window.switch_asked.connect(self.ask)
        window.left.connect(taking.stop_watching)
        window.left.connect(self._rules.end)
        self._rules.complained.connect(window.notices.show_complaint)
        self._rules.marked.connect(lambda ids: tell_marked(window, ids))
        window.notices.rules_asked.connect(lambda: desk.open("settings", "规则"))
        window.notices.later_asked.connect(lambda: desk.open("catalogue", Recheck.FOUND_LATER))
        desk.changed.connect(self._watch_again)

    def _ask_own_password(self) -> None:
        from gui.dialogs.person import ask_password

        me = self._desk.officer
        ask_password(
            self._window,
            me.name,
            lambda new: self._desk.act(lambda: set_password(me.id, new, me), says="密码已修改。"),
        )

    def _watch_again(self, changes: Changes) -> None:
        """The office's settings changed: perhaps its watch folders did."""
        if changes.policy:
            self._taking.watch((self._desk.home.inbox, *_office().inboxes))


def _office() -> "Office":
    office = policy.office()
    assert office is not None, "an open catalogue has its office"
    return office


def _sample_secrets(office: "Office") -> dict[str, str]:
    """The passwords of the invented officers, which are public; of a real office, none."""
    if not office.sample:
        return {}
    from exporters.sample_office import setup

    return {person.name: person.password for person in setup()[1]}
