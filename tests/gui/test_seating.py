"""From the painted frame to an officer at work, and from one officer to the next."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from gui import seating
from gui.desk import Desk
from gui.dialogs.box import Box
from gui.dialogs.sign_in import SignIn
from gui.main_window import AFTER_PAINT_MS, MainWindow
from gui.pages.page import Page
from gui.seating import Seating
from models.kernel import base
from models.kernel.home import Home
from tests.gui.conftest import PATIENCE_MS
from tests.office import PASSWORD, People

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def empty(app: QApplication, qtbot: QtBot, who: People, home: Home) -> MainWindow:
    """The frame with nobody at it, of an office that exists."""
    base.close_catalogue()
    desk = Desk(home)
    window = MainWindow(desk)
    qtbot.addWidget(window, before_close_func=lambda _window: desk.close())
    window.show()
    return window


def box_of(window: MainWindow) -> SignIn:
    (box,) = [one for one in window.findChildren(SignIn) if one.isVisible()]
    return box


def sit(window: MainWindow, name: str, wait: Callable[[], None]) -> None:
    box = box_of(window)
    box.name.setCurrentText(name)
    box.password.setText(PASSWORD)
    box._try()
    wait()


def test_nothing_of_the_database_is_loaded_before_the_first_paint() -> None:
    code = "import sys; sys.path.insert(0, '.'); import gui.app; print('peewee' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert ran.stdout.strip() == b"False"


def test_the_frame_is_painted_once_and_waits(empty: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(empty.painted):
        empty.update()
    empty.repaint()
    assert not empty.desk.occupied
    assert not isinstance(empty.stack.currentWidget(), Page), "no page without an officer"


def test_an_officer_signs_in_over_the_frame_and_the_next_one_too(
    empty: MainWindow, qtbot: QtBot, who: People
) -> None:
    def wait() -> None:
        qtbot.waitUntil(lambda: empty.desk.jobs.idle, timeout=PATIENCE_MS)

    Seating(empty, chosen=who.leader.name).begin()
    assert box_of(empty).name.currentText() == who.leader.name, "--as chooses beforehand"
    sit(empty, who.drafter.name, wait)
    assert empty.desk.officer == who.drafter
    assert isinstance(empty.stack.currentWidget(), Page)
    assert who.drafter.name in empty.status.officer.text()
    page = empty.stack.currentWidget()
    empty.switch_asked.emit()
    sit(empty, who.leader.name, wait)
    assert empty.desk.officer == who.leader
    assert who.leader.name in empty.status.officer.text()
    assert empty.stack.currentWidget() is page, "the window stays as it was"
    empty.close()


def test_leaving_the_first_box_leaves_the_program(empty: MainWindow, who: People) -> None:
    Seating(empty).begin()
    box_of(empty).reject()
    assert not empty.isVisible()


def test_leaving_a_change_of_officers_keeps_who_sat_there(
    empty: MainWindow, qtbot: QtBot, who: People
) -> None:
    Seating(empty).begin()
    sit(
        empty,
        who.drafter.name,
        lambda: qtbot.waitUntil(lambda: empty.desk.jobs.idle, timeout=PATIENCE_MS),
    )
    empty.switch_asked.emit()
    box_of(empty).reject()
    assert empty.isVisible()
    assert empty.desk.officer == who.drafter
    empty.close()


def test_a_catalogue_that_cannot_be_opened_is_said_and_ends_with_code_four(
    empty: MainWindow, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.catalogue.write_bytes(b"this is no catalogue at all " * 40)
    left: list[int] = []
    monkeypatch.setattr(seating.QApplication, "exit", left.append)
    Seating(empty).begin()
    (said,) = empty.findChildren(Box)
    said.accept()
    assert left == [4]


def test_a_window_that_goes_at_once_tells_nothing(
    app: QApplication, qtbot: QtBot, home: Home
) -> None:
    desk = Desk(home)
    window = MainWindow(desk)
    window.show()
    qtbot.waitUntil(lambda: window._painted)
    delete(window)
    desk.close()
    with qtbot.captureExceptions() as errors:
        qtbot.wait(5 * AFTER_PAINT_MS)
    assert errors == []
