"""A desk over a real catalogue, with real children that examine real files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from pytestqt.qtbot import QtBot

from gui import theme
from gui.desk import Desk
from gui.pages.review import ReviewPage
from intake import pipeline
from intake.pipeline import Outcome
from models.kernel import base
from models.kernel.errors import Refused
from models.kernel.home import Home
from models.kernel.person import Person
from tests import office
from tests.office import People

SECONDS = 20_000

DUTY = (
    "白石沟镇夏季用水安排\n"
    "8月1日至10日由一组负责，电话15400003021。\n"
    "8月11日至20日由二组负责，电话15400004127。\n"
)


class Office(NamedTuple):
    """What a test of a page needs."""

    desk: Desk
    who: People
    folder: Path

    def take(self, name: str, data: bytes | str, batch: int | None = None) -> int:
        """Write a file and take it in through the whole walk; the document's id."""
        path = self.folder / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        taken = pipeline.take_in(
            self.desk.home, path, self.who.drafter, self.desk.examiner, batch=batch
        )
        assert taken.outcome is Outcome.KEPT, taken.says
        assert taken.document_id is not None
        return taken.document_id

    def sit(self, officer: Person) -> None:
        """Another officer works at the desk."""
        self.desk.sit_down(officer)

    def settle(self, qtbot: QtBot) -> None:
        """Wait until every job has been delivered, and what those asked for too."""
        qtbot.waitUntil(lambda: self.desk.jobs.idle, timeout=SECONDS)
        qtbot.wait(20)
        qtbot.waitUntil(lambda: self.desk.jobs.idle, timeout=SECONDS)


@contextmanager
def opened_office(tmp_path: Path, *, check_step: bool = True) -> Iterator[Office]:
    """Set up, open, and in the end drain and close, as the window does."""
    home = Home(tmp_path / "home")
    home.create()
    who = office.make_office(home, check_step=check_step)
    folder = tmp_path / "incoming"
    folder.mkdir()
    desk = Desk(home, who.drafter)
    failures: list[BaseException] = []
    desk.failed.connect(failures.append)
    try:
        yield Office(desk, who, folder)
    finally:
        desk.close()
        base.close_catalogue()
    unforeseen = [repr(f) for f in failures if not isinstance(f, Refused)]
    if unforeseen:
        pytest.fail(f"the desk failed: {unforeseen}")


@pytest.fixture
def sitting(tmp_path: Path, qapp: object) -> Iterator[Office]:
    """An office whose drafter sits at the desk."""
    theme.scheme()
    with opened_office(tmp_path) as found:
        yield found


@pytest.fixture
def page(sitting: Office, qtbot: QtBot) -> Iterator[ReviewPage]:
    """The review desk of that office."""
    made = ReviewPage(sitting.desk)
    qtbot.addWidget(made)
    made.resize(1182, 640)
    sitting.desk.changed.connect(made.refresh)
    yield made
    sitting.settle(qtbot)
