"""A real catalogue for each test: made once, copied, opened, closed."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from models.disclosure import review
from models.kernel import base
from models.kernel.home import Home
from tests import office
from tests.office import People

RULEBOOK = "rulebook-1"


@pytest.fixture(autouse=True)
def _cheap_passwords() -> Iterator[None]:
    with office.cheap_passwords():
        yield


@pytest.fixture(autouse=True)
def _one_rulebook(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about the acts; which rules there are does not matter to them."""
    monkeypatch.setattr(review, "current_rulebook", lambda: RULEBOOK)
    monkeypatch.setattr(review, "newest_rulebook", lambda: RULEBOOK)


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    base.close_catalogue()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that does not exist yet."""
    return Home(tmp_path / "home")


@pytest.fixture
def who(office_template: Path, home: Home) -> People:
    """Six officers with an open catalogue at `home`."""
    return office.copy_office(office_template, home)


@pytest.fixture
def pass_time(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Move the clock of the catalogue."""
    moved = [timedelta(0)]
    real = base.now
    monkeypatch.setattr(base, "now", lambda: real() + moved[0])

    def move(by: timedelta) -> None:
        moved[0] += by

    return move
