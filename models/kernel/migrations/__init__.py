"""Steps from one catalogue version to the next, each with its own frozen SQL.

`PRAGMA user_version` counts the steps taken. All missing steps run in one EXCLUSIVE transaction;
a catalogue that already holds data is copied aside first.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from models.kernel.base import db, execute
from models.kernel.errors import TooNew
from models.kernel.home import Home
from models.kernel.migrations import (
    m0001_catalogue,
    m0002_admissions,
    m0003_pieces,
    m0004_matter,
)
from models.kernel.migrations.step import Step

STEPS: tuple[Step, ...] = (
    m0001_catalogue.STEP,
    m0002_admissions.STEP,
    m0003_pieces.STEP,
    m0004_matter.STEP,
)


def triggers() -> tuple[str, ...]:
    """The SQL of every trigger a whole catalogue has."""
    return tuple(
        text for step in STEPS for text in step.statements if text.startswith("CREATE TRIGGER")
    )


def run(home: Home, steps: Sequence[Step] = STEPS) -> int:
    """Bring the open catalogue to the newest version; how many steps were taken.

    Raises TooNew, with nothing touched, when the catalogue is from a later program.
    """
    with db.connection_context():
        found = version()
        if found > len(steps):
            raise TooNew(found, len(steps))
        if found == len(steps):
            return 0
        if found:
            copy_aside(home.catalogue, found)
        with db.atomic("EXCLUSIVE"):
            # Another window may have migrated while this one waited for the lock.
            found = version()
            for step in steps[found:]:
                for statement in step.statements:
                    execute(statement)
            execute(f"PRAGMA user_version = {len(steps)}")
        return len(steps) - found


def version() -> int:
    """The number of steps the open catalogue has taken; 0 for an empty file."""
    return int(execute("PRAGMA user_version").fetchone()[0])


def copy_aside(catalogue: Path, found: int) -> Path:
    """A whole copy beside the catalogue, WAL included, named by its version."""
    aside = catalogue.with_name(f"{catalogue.stem}-v{found}{catalogue.suffix}")
    aside.unlink(missing_ok=True)
    with closing(sqlite3.connect(catalogue)) as source, closing(sqlite3.connect(aside)) as copy:
        source.backup(copy)
    return aside
