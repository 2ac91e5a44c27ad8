"""A desk on a real catalogue for each test. Offscreen, unless `--onscreen` is given."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

if "--onscreen" not in sys.argv:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import icons, theme
from gui.desk import Desk
from gui.main_window import MainWindow
from models.kernel import base
from models.kernel.home import Home
from tests import office
from tests.office import People

PATIENCE_MS = 60_000


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--onscreen", action="store_true", help="show the windows while testing")


def pytest_configure(config: pytest.Config) -> None:
    # The offscreen platform says so whenever a window is shown; it is no fault of ours.
    config.addinivalue_line("qt_log_ignore", "propagateSizeHints")


@pytest.fixture(autouse=True)
def _cheap_passwords() -> Iterator[None]:
    with office.cheap_passwords():
        yield


@pytest.fixture
def app(qapp: QApplication) -> QApplication:
    """The application in our clothes."""
    theme.dress(qapp)
    theme.scheme().changed.connect(icons.dress_again)
    return qapp


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that does not exist yet."""
    return Home(tmp_path / "home")


@pytest.fixture
def who(office_template: Path, home: Home) -> Iterator[People]:
    """Six officers with an open catalogue at `home`."""
    yield office.copy_office(office_template, home)
    base.close_catalogue()


@pytest.fixture
def desk(app: QApplication, who: People, home: Home) -> Iterator[Desk]:
    """The drafter's desk; every job has ended when the test is over."""
    made = Desk(home, who.drafter)
    made.failed.connect(lambda error: print(f"failed: {error!r}"))  # seen where a test fails
    yield made
    made.close()


@pytest.fixture
def settle(qtbot: QtBot, desk: Desk) -> Callable[[], None]:
    """Wait until every job has ended and its result has been shown."""

    def wait() -> None:
        qtbot.waitUntil(lambda: desk.jobs.idle, timeout=PATIENCE_MS)

    return wait


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, settle: Callable[[], None]) -> MainWindow:
    """The whole window, shown, with its first page."""
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.show()
    made.begin(sample=True)
    settle()
    return made
