"""A process killed in the middle of an act: nothing doubled, nothing lost, nothing half done."""

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from models import queries
from models.disclosure import releases, review
from models.disclosure.case import Action, State
from models.kernel import audit, base
from models.kernel.home import Home
from tests import office
from tests.office import People

# A child opens the same home, says where it is and is killed there with SIGKILL.
CHILD = """
import os, signal, sys
from pathlib import Path
from models.disclosure import documents, findings, ledger, releases, review, search
from models.disclosure.case import Action
from models.kernel import audit, base, store
from models.kernel.home import Home
from tests import office

def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

review.current_rulebook = lambda: "rulebook-1"
home = Home(Path(sys.argv[1]))
base.open_catalogue(home, create=False)
who = office.everyone()
{body}
"""
REGISTER = "office.register_text(home, who.drafter, '中途断电的通知', [office.make_finding()])"
PERFORM = "review.perform(1, Action.SUBMIT, who.drafter)"
RELEASE = "releases.release(home, [1], lambda c: office.build_plain(home, c), who.publisher)"


def killed(home: Home, where: str, act: str) -> None:
    """Run `act` in a child that dies at `where`, a name of one of our modules."""
    base.close_catalogue()
    body = f"{where} = die\n{act}\n"
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", CHILD.replace("{body}", body), str(home.root)],
        cwd=root, check=False, capture_output=True,
    )  # fmt: skip
    assert done.returncode == -9, done.stderr.decode()
    base.open_catalogue(home, create=False)
    assert base.integrity() == ""
    assert audit.verify().ok


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
class TestKilled:
    """Each act, killed at each of its steps."""

    @pytest.mark.parametrize(
        "where",
        ["Path.replace", "ledger.write_revision", "ledger.write_scan", "ledger.index",
         "search._insert", "audit.write"],
    )  # fmt: skip
    def test_while_registering(self, home: Home, who: People, where: str) -> None:
        before = audit.head()
        killed(home, where, REGISTER)
        assert audit.head() == before
        assert list(queries.document_ids()) == []
        assert base.fetch("SELECT count(*) FROM finding") == [(0,)]
        number = office.register_text(home, who.drafter, "中途断电的通知")
        assert list(queries.document_ids()) == [number]
        assert queries.document_ids(queries.DocumentFilter(text="断电"))[0] == number

    @pytest.mark.parametrize("where", ["audit.write", "review.Document.update", "base.to_text"])
    def test_while_handing_in(self, home: Home, who: People, where: str) -> None:
        number = office.register_text(home, who.drafter, "通知")
        office.clean_text(home, who.drafter, number, "公开件")
        before = audit.head()
        killed(home, where, PERFORM)
        assert audit.head() == before
        assert queries.document(number).state is State.RECEIVED
        review.perform(number, Action.SUBMIT, who.drafter)

    @pytest.mark.parametrize(
        ("where", "begun"),
        [("store.intact", 0), ("office.build_plain", 1), ("audit.verify", 1),
         ("review.advance", 1)],
    )  # fmt: skip
    def test_while_releasing(self, home: Home, who: People, where: str, begun: int) -> None:
        number = office.approved_text(home, who, "通知")
        killed(home, where, RELEASE)
        assert queries.document(number).state is State.APPROVED
        assert len(queries.releases()) == begun
        assert all(row.released_at is None for row in queries.releases())
        left = releases.orphans(home)
        assert len([o for o in left if o.release_id is not None]) == begun
        packages = len([o for o in left if o.folder is not None])
        assert packages == (where in ("audit.verify", "review.advance"))
        releases.release(home, [number], partial(office.build_plain, home), who.publisher, "再来")
        assert queries.document(number).state is State.RELEASED
        assert len([row for row in queries.releases() if row.released_at]) == 1
