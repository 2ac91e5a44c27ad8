"""A real catalogue, a real examiner with children."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.examine import Examiner
from models.kernel import base
from models.kernel.home import Home
from tests import office
from tests.office import People


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Where `who` opens the catalogue."""
    return Home(tmp_path / "home")


@pytest.fixture
def who(office_template: Path, home: Home) -> Iterator[People]:
    """Six officers with an open catalogue at `home`."""
    yield office.copy_office(office_template, home)
    base.close_catalogue()


@pytest.fixture
def examiner(home: Home) -> Iterator[Examiner]:
    """Two children that work in the home's own temp folder."""
    with Examiner(home.temp, workers=2) as made:
        yield made
