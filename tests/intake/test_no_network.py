"""Nothing opens a socket: neither the program nor its children."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from models.kernel import base
from models.kernel.home import Home
from tests import office
from tests.intake.files import text_file
from tests.sockets import Forbidden

ROOT = Path(__file__).resolve().parents[2]
CALLS = "socket,connect,bind,socketpair"

WALK = """
import sys
from pathlib import Path
from intake.examine import Examiner
from intake.pipeline import Outcome, clean_copy, take_many
from intake.watch import Watch
from models.kernel import base, people
from models.kernel.home import Home

home = Home(Path(sys.argv[1]))
base.open_catalogue(home, create=False)
officer = people.by_name(sys.argv[2])
seen = []
watch = Watch([home.inbox], seen.append, delay=0.1)
watch.start()
with Examiner(home.temp, workers=1) as examiner:
    (taken,) = take_many(home, [home.inbox], officer, examiner)
    assert taken.outcome is Outcome.KEPT, taken.says
    assert examiner.view(taken.path).total
    clean_copy(home, taken.document_id, officer, examiner)
watch.stop()
base.close_catalogue()
print("done")
"""


@pytest.fixture
def command(office_template: Path, home: Home) -> list[str]:
    office.copy_office(office_template, home)
    base.close_catalogue()
    text_file(home.inbox, text="号码 450321199001010014\n")
    return [sys.executable, "-c", WALK, str(home.root), office.NAMES[office.Role.DRAFTER]]


def test_the_walk_works_where_sockets_are_forbidden(command: list[str], tmp_path: Path) -> None:
    net = Forbidden(tmp_path)
    done = subprocess.run(
        command,
        cwd=ROOT,
        check=False,
        timeout=60,
        capture_output=True,
        text=True,
        env=os.environ | net.environment,
    )
    assert done.stdout == "done\n", done.stderr
    assert net.opened() == []
    assert net.interpreters() >= 3  # the program, two kinds of children


@pytest.fixture
def strace(tmp_path: Path) -> list[str]:
    """A command before another that writes the calls of it and its children into `trace`."""
    program = shutil.which("strace")
    if program is None:
        pytest.skip("strace is not installed")
    trace = tmp_path / "trace"
    command = [program, "-f", "-qq", "-e", f"trace={CALLS}", "-o", str(trace)]
    opens = [sys.executable, "-c", "import socket; socket.socket()"]
    if subprocess.run([*command, *opens], check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let strace attach")
    assert "socket(" in trace.read_text(errors="replace")
    return command


def test_the_kernel_sees_no_socket(command: list[str], strace: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [*strace, *command], cwd=ROOT, check=False, timeout=120, capture_output=True, text=True
    )
    assert done.stdout == "done\n", done.stderr
    calls = [
        line
        for line in (tmp_path / "trace").read_text(errors="replace").splitlines()
        if re.search(rf"\b({CALLS.replace(',', '|')})\(", line)
    ]
    assert calls == []
