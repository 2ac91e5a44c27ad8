"""kill -9 of the whole program between two steps: nothing is lost, nothing is doubled."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from intake.examine import Examiner
from intake.pipeline import Outcome, take_in, take_many
from models import queries
from models.kernel import audit, base, store
from models.kernel.home import Home
from tests import office
from tests.intake.files import text_file
from tests.office import People

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")

# Takes in one file and kills itself, without any tidying, when it comes to the step named.
SCRIPT = """
import importlib, os, signal, sys
from pathlib import Path
from intake.examine import Examiner
from intake.pipeline import take_in
from models.kernel import base, people
from models.kernel.home import Home

home, path, where, when = Home(Path(sys.argv[1])), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
module, name = where.split(":")
module = importlib.import_module(module)
real = getattr(module, name)

def step(*arguments, **named):
    if when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    real(*arguments, **named)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(module, name, step)
base.open_catalogue(home, create=False)
with Examiner(home.temp, workers=1) as examiner:
    take_in(home, path, people.by_name(sys.argv[5]), examiner, move=True)
"""


@pytest.fixture
def closed_home(office_template: Path, home: Home) -> Home:
    office.copy_office(office_template, home)
    base.close_catalogue()
    return home


def crash(home: Home, path: Path, where: str, when: str, who: str) -> None:
    command = [sys.executable, "-c", SCRIPT, str(home.root), str(path), where, when, who]
    done = subprocess.run(command, cwd=ROOT, check=False, timeout=60)
    assert done.returncode == -9


def again(home: Home) -> People:
    base.open_catalogue(home, create=False)
    return office.everyone()


@pytest.mark.parametrize(
    ("where", "when", "registered"),
    [
        ("models.kernel.store:keep", "before", False),
        ("models.kernel.store:_settle", "before", False),
        ("models.disclosure.documents:register", "before", False),
        ("models.kernel.audit:write", "after", False),
        ("models.disclosure.documents:register", "after", True),
        ("intake.received:put_away", "before", True),
        ("intake.received:_reserve", "after", True),
        ("intake.received:put_away", "after", True),
    ],
)
def test_a_restart_finishes_what_was_begun(
    closed_home: Home, where: str, when: str, registered: bool
) -> None:
    home = closed_home
    path = text_file(home.inbox)
    content = path.read_bytes()
    crash(home, path, where, when, office.NAMES[office.Role.DRAFTER])

    who = again(home)
    try:
        assert base.fetch("SELECT count(*) FROM document") == [(int(registered),)]
        moved = not path.exists()
        with Examiner(home.temp, workers=1) as examiner:
            if moved:
                assert (where, when) == ("intake.received:put_away", "after")
            else:
                taken = take_in(home, path, who.drafter, examiner, move=True)
                assert taken.outcome is (Outcome.SAME if registered else Outcome.KEPT)
                assert taken.document_id == 1
        assert base.fetch("SELECT count(*) FROM document") == [(1,)]
        assert queries.document(1).revision.ordinal == 1
        assert store.intact(home, queries.document(1).revision.sha256)
        assert audit.verify().ok
        assert not path.exists()
        lying = [p.read_bytes() for p in (home.inbox / "已收").iterdir() if p.stat().st_size]
        assert lying == [content]
        kept = [p for p in home.originals.rglob("*") if p.is_file()]
        assert len(kept) == 1
        assert list(home.temp.glob("at-*")) == []
    finally:
        base.close_catalogue()


def test_a_batch_killed_anywhere_is_complete_after_a_restart(
    closed_home: Home, tmp_path: Path
) -> None:
    home = closed_home
    for number in range(30):
        text_file(home.inbox, f"{number:02}.txt", f"第 {number} 号公示\n")
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from intake.examine import Examiner\n"
        "from intake.pipeline import take_many\n"
        "from models.kernel import base, people\n"
        "from models.kernel.home import Home\n"
        "home = Home(Path(sys.argv[1]))\n"
        "base.open_catalogue(home, create=False)\n"
        "officer = people.by_name(sys.argv[2])\n"
        "with Examiner(home.temp) as examiner:\n"
        "    take_many(home, [home.inbox], officer, examiner, move=True,\n"
        "              progress=lambda *a: print('.', flush=True))\n"
    )
    name = office.NAMES[office.Role.DRAFTER]
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", script, str(home.root), name], cwd=ROOT, stdout=subprocess.PIPE
        ) as program:
            assert program.stdout is not None
            for _ in range(6):
                program.stdout.readline()
            time.sleep(0.013)
            program.kill()
    who = again(home)
    try:
        with Examiner(home.temp) as examiner:
            take_many(home, [home.inbox], who.drafter, examiner, move=True)
        hashes = base.fetch("SELECT original_sha256 FROM document")
        assert len(set(hashes)) == len(hashes) == 30
        assert all(store.intact(home, sha256) for (sha256,) in hashes)
        assert [p for p in home.inbox.iterdir() if p.is_file()] == []
        assert audit.verify().ok
    finally:
        base.close_catalogue()
