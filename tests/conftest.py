"""What holds for every test: a busy machine fails none of them. And an office to copy."""

from pathlib import Path

import pytest
from hypothesis import settings

from models.kernel import base
from models.kernel.home import Home
from tests import office

# How fast a thing is, `main.py bench` measures; an example that waits its turn proves nothing.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def office_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed home with six officers and no documents."""
    root = tmp_path_factory.mktemp("office") / "home"
    office.make_office(Home(root))
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.close_catalogue()
    return root
