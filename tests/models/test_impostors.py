"""The doors beside the sign-in: names, homes, clocks, the sample office, a bare shell."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from models.kernel import base, people, policy
from models.kernel.home import Home
from models.kernel.person import NewPerson, Role
from models.kernel.policy import Office
from tests import office
from tests.office import PASSWORD, People, reasons


def test_set_up_opens_the_home_it_was_given(tmp_path: Path, who: People) -> None:
    """Not the office that happens to be open."""
    other = Home(tmp_path / "另一处")
    policy.set_up(other, Office("另一个镇"), office.new_people())
    assert base.home() == other
    assert other.catalogue.exists()


def test_a_set_up_that_is_refused_leaves_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    reasons(lambda: policy.set_up(home, Office(""), office.new_people()))
    assert not home.root.exists()


def test_an_office_does_not_become_the_sample(home: Home, who: People) -> None:
    """The command line asks the sample office's officers for no password."""
    assert "样例" in reasons(lambda: policy.change(replace(who.office, sample=False), who.admin))[0]
    base.close_catalogue()
    real = Home(home.root.parent / "real")
    policy.set_up(real, Office("镇"), office.new_people())
    admin = people.by_name("牟管理")
    assert admin is not None
    assert "样例" in reasons(lambda: policy.change(Office("镇", sample=True), admin))[0]
    assert policy.office() == Office("镇")


@pytest.mark.parametrize(
    "name",
    ["覃小满\u200b", "覃小满\u202e", "覃\n小满", "覃" * 41, "覃\u00ad小满", "\udcff"],
)
def test_a_name_that_looks_like_anothers_is_refused(who: People, name: str) -> None:
    new = NewPerson(name, frozenset({Role.LEADER}), PASSWORD)
    assert "姓名" in reasons(lambda: people.add(new, who.admin))[0]


def test_the_same_name_in_other_characters_is_the_same_name(who: People) -> None:
    people.add(NewPerson("王A", frozenset({Role.HEAD}), PASSWORD), who.admin)
    again = NewPerson("王Ａ", frozenset({Role.LEADER}), PASSWORD)
    assert "已经有" in reasons(lambda: people.add(again, who.admin))[0]


def test_a_clock_set_back_does_not_lock_for_years(
    who: People, pass_time: Callable[[timedelta], None]
) -> None:
    """A machine whose clock ran ahead when the lock was set."""
    for _ in range(6):
        reasons(lambda: people.sign_in("覃小满", "wrong-password"))
        pass_time(timedelta(seconds=10))
    pass_time(timedelta(days=-3650))
    assert "15 分钟" in reasons(lambda: people.sign_in("覃小满", PASSWORD))[0]
    pass_time(timedelta(minutes=16))
    assert people.sign_in("覃小满", PASSWORD) == who.drafter


def test_a_bare_shell_changes_no_officer_and_no_setting(home: Home, who: People) -> None:
    """It lacks chain_hash, so that it cannot give itself a post, a password or a shorter route."""
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with closing(sqlite3.connect(home.catalogue)) as shell:
        for statement in (
            "UPDATE officer SET roles = 'leader' WHERE id = 1",
            "UPDATE officer SET password = (SELECT password FROM officer WHERE id = 2)",
            "UPDATE officer SET active = 1",
            "INSERT INTO officer (name, roles, password, created_at) VALUES ('丁','head','','')",
            "UPDATE policy SET value = 'true' WHERE key = 'sample'",
            "DELETE FROM policy",
            "INSERT INTO policy (key, value) VALUES ('x', '1')",
            "INSERT INTO page_view (revision_id, page, officer_id, at) VALUES (1, 1, 1, '')",
            "INSERT INTO ruling (finding_id, act, ruling, officer_id, at) VALUES (1, 1, '', 1, '')",
        ):
            with pytest.raises(sqlite3.OperationalError, match="chain_hash"):
                shell.execute(statement)


def test_a_rare_han_may_stand_in_a_name(who: People) -> None:
    """Private use (older GB18030 fonts) and characters newer than this Python."""
    for rare in ("陶\ue863", "覃\U0003134a", "石\U000323b0"):
        people.add(NewPerson(rare, frozenset({Role.HEAD}), PASSWORD), who.admin)
        assert people.by_name(rare) is not None


@pytest.mark.parametrize(("name", "word"), [("覃小满", "\udcff" * 9), ("\udcff", PASSWORD)])
def test_bytes_that_are_no_text_sign_nobody_in(who: People, name: str, word: str) -> None:
    assert "姓名或密码不对" in reasons(lambda: people.sign_in(name, word))[0]
    new = NewPerson("丁某", frozenset({Role.HEAD}), "\udcff" * 9)
    assert "密码" in reasons(lambda: people.add(new, who.admin))[0]
