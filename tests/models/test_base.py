"""The catalogue file: opening, migrating, transactions, the clock, and the world's troubles."""

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import peewee
import pytest

from models.kernel import audit, base, migrations
from models.kernel import home as home_module
from models.kernel.changes import Changes
from models.kernel.errors import Refused, TooNew, Unavailable
from models.kernel.home import Home
from models.kernel.migrations.step import Step
from models.kernel.schema import ROWS
from tests import office
from tests.office import People


def test_a_new_catalogue_has_the_newest_version_and_every_guard(home: Home) -> None:
    base.open_catalogue(home, create=True)
    assert migrations.version() == len(migrations.STEPS)
    present = {row[0] for row in base.fetch("SELECT sql FROM sqlite_master WHERE type='trigger'")}
    assert set(migrations.triggers()) == present
    assert base.integrity() == ""


def test_the_rows_are_the_tables(home: Home) -> None:
    base.open_catalogue(home, create=True)
    tables = {
        row[0]
        for row in base.fetch(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            "AND name NOT LIKE 'document_index%'"
        )
    }
    assert {row._meta.table_name for row in ROWS} == tables
    for row in ROWS:
        found = base.fetch(f"PRAGMA table_info({row._meta.table_name})")
        assert {column[1]: not column[3] for column in found if not column[5]} == {
            field.column_name: field.null
            for field in row._meta.sorted_fields
            if not field.primary_key
        }, row
        assert row._meta.only_save_dirty


def test_how_it_is_opened(home: Home) -> None:
    base.open_catalogue(home, create=True)
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    for key, value in wanted.items():
        assert base.fetch(f"PRAGMA {key}") == [(value,)]


def test_there_must_be_one_to_open(home: Home) -> None:
    with pytest.raises(Unavailable) as error:
        base.open_catalogue(home, create=False)
    assert str(home.root) in error.value.why
    assert not home.root.exists()
    assert not base.is_open()


def test_one_from_a_later_program_is_left_alone(home: Home) -> None:
    base.open_catalogue(home, create=True)
    base.execute("PRAGMA user_version = 99")
    base.close_catalogue()
    before = home.catalogue.read_bytes()
    with pytest.raises(TooNew) as error:
        base.open_catalogue(home, create=False)
    assert (error.value.found, error.value.known) == (99, len(migrations.STEPS))
    assert "99" in error.value.why
    assert not base.is_open()
    assert home.catalogue.read_bytes() == before


def test_what_is_no_catalogue(home: Home) -> None:
    home.create()
    home.catalogue.write_bytes(b"not a database at all" * 100)
    with pytest.raises(Unavailable) as error:
        base.open_catalogue(home, create=False)
    assert "从备份恢复" in error.value.why


NEXT = Step("one more version, for this test", ("CREATE TABLE later (id INTEGER PRIMARY KEY)",))


def test_an_old_catalogue_is_copied_aside_and_brought_up(home: Home, who: People) -> None:
    now = len(migrations.STEPS)
    assert migrations.run(home, (*migrations.STEPS, NEXT)) == 1
    with closing(sqlite3.connect(home.catalogue.with_name(f"catalogue-v{now}.db"))) as aside:
        assert aside.execute("PRAGMA user_version").fetchone() == (now,)
        assert aside.execute("SELECT count(*) FROM officer").fetchone() == (6,)
    with base.db.connection_context():
        assert base.fetch("SELECT * FROM later") == []
        assert migrations.version() == now + 1
        assert migrations.run(home, (*migrations.STEPS, NEXT)) == 0


@pytest.mark.parametrize("version", range(1, len(migrations.STEPS)))
def test_a_catalogue_of_every_earlier_version_becomes_one_of_today(
    home: Home, version: int
) -> None:
    home.create()
    base.db.init(str(home.catalogue), pragmas=base.PRAGMAS)
    assert migrations.run(home, migrations.STEPS[:version]) == version
    with base.db.connection_context():
        base.execute(
            "INSERT INTO officer (name, roles, active, password, created_at) "
            "VALUES ('向守口', 'secrecy', 1, 'x', '2026-01-01')"
        )
    base.open_catalogue(home, create=False)
    assert migrations.version() == len(migrations.STEPS)
    present = {row[0] for row in base.fetch("SELECT sql FROM sqlite_master WHERE type='trigger'")}
    assert set(migrations.triggers()) == present
    assert base.fetch("SELECT name FROM officer") == [("向守口",)]


def test_a_step_that_fails_leaves_the_old_version(home: Home, who: People) -> None:
    broken = Step("broken", ("CREATE TABLE half (id INTEGER)", "CREATE NONSENSE"))
    with pytest.raises(peewee.OperationalError):
        migrations.run(home, (*migrations.STEPS, NEXT, broken))
    base.open_catalogue(home, create=False)
    assert migrations.version() == len(migrations.STEPS)
    names = {row[0] for row in base.fetch("SELECT name FROM sqlite_master")}
    assert not {"half", "later"} & names


def test_a_transaction_is_all_or_nothing(home: Home, who: People) -> None:
    def fail() -> None:
        with base.transaction():
            base.execute("INSERT INTO policy VALUES ('x', '1')")
            raise Refused("x")

    with pytest.raises(Refused):
        fail()
    assert base.fetch("SELECT * FROM policy WHERE key = 'x'") == []


def test_a_transaction_needs_a_catalogue() -> None:
    with pytest.raises(Unavailable), base.transaction():
        pytest.fail("there is no catalogue")


def test_a_locked_catalogue_is_the_worlds_fault(home: Home, who: People) -> None:
    base.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(home.catalogue, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable) as error, base.transaction():
            pytest.fail("it is locked")
    assert "另一个窗口" in error.value.why
    office.register_text(home, who.drafter, "之后照常")


def test_a_full_disk_is_the_worlds_fault(home: Home, who: People) -> None:
    pages = base.fetch("PRAGMA page_count")[0][0]
    base.execute(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        for number in range(200):
            office.register_text(home, who.drafter, f"通知{number}" + "字" * 3000)

    with pytest.raises(Unavailable) as error:
        fill()
    assert "磁盘已满" in error.value.why
    assert base.integrity() == ""
    base.execute("PRAGMA max_page_count = 100000")
    office.register_text(home, who.drafter, "之后照常")
    assert audit.verify().ok


def test_our_own_mistakes_are_not_explained_away(who: People) -> None:
    with pytest.raises(peewee.OperationalError):
        base.fetch("SELECT nothing FROM nowhere")
    with pytest.raises(peewee.IntegrityError):
        base.execute("DELETE FROM audit")


def test_a_damaged_file_is_told(home: Home, who: People) -> None:
    for number in range(20):
        office.register_text(home, who.drafter, f"通知{number}" + "字" * 2000)
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.close_catalogue()
    data = bytearray(home.catalogue.read_bytes())
    data[-len(data) // 4 :] = b"\xff" * (len(data) // 4 + 1)
    home.catalogue.write_bytes(bytes(data))
    base.open_catalogue(home, create=False)
    assert base.integrity() != ""


def test_a_catalogue_that_went_away_is_told(home: Home, who: People) -> None:
    base.close_catalogue()
    base.open_catalogue(home, create=False)
    home.catalogue.write_bytes(b"no longer a database" * 500)
    base.db.close()
    assert "从备份恢复" in base.integrity()


def test_other_threads_have_their_own_connection(home: Home, who: People) -> None:
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            with base.db.connection_context():
                for turn in range(5):
                    with base.transaction():
                        base.execute("INSERT INTO policy VALUES (?, '1')", (f"{number}-{turn}",))
        except BaseException as error:  # noqa: BLE001  # handed to the test
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert base.fetch("SELECT count(*) FROM policy WHERE key LIKE '%-%'") == [(20,)]


def test_opening_another_home_closes_the_first(tmp_path: Path) -> None:
    one, two = Home(tmp_path / "one"), Home(tmp_path / "two")
    office.make_office(one)
    base.open_catalogue(two, create=True)
    assert base.home() == two
    assert base.fetch("SELECT count(*) FROM officer") == [(0,)]
    base.close_catalogue()
    base.close_catalogue()


def test_times() -> None:
    moment = datetime(2026, 3, 5, 9, 30, tzinfo=timezone(timedelta(hours=8)))
    assert base.to_text(moment) == "2026-03-05T01:30:00.000000+00:00"
    assert base.from_text(base.to_text(moment)) == moment
    assert base.now().tzinfo is not None
    assert abs(base.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_changes_merge() -> None:
    one = Changes(documents=frozenset({1}), officers=True)
    two = Changes(documents=frozenset({2}), releases=frozenset({3}), reports=frozenset({2025}))
    both = one | two
    assert both.documents == {1, 2}
    assert both.officers
    assert not both.policy
    assert both.releases == {3}
    assert not Changes()
    assert one
    assert two
    assert Changes(policy=True)
    assert Changes(batches=frozenset({1}))
    assert Changes(reports=frozenset({2025}))


def test_where_the_home_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Home.locate(tmp_path) == Home(tmp_path)
    monkeypatch.setenv("GONGKAI_HOME", str(tmp_path / "named"))
    assert Home.locate(None).root == tmp_path / "named"
    monkeypatch.delenv("GONGKAI_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    for platform, folder in (
        ("linux", tmp_path / "data"),
        ("win32", tmp_path / "local"),
        ("darwin", Path.home() / "Library" / "Application Support"),
    ):
        monkeypatch.setattr(home_module.sys, "platform", platform)
        assert Home.locate(None).root == folder / "gongkai-desk"


def test_a_home_is_made_once(home: Home) -> None:
    home.create()
    key = home.key.read_bytes()
    assert len(key) == 32
    home.create()
    home._make_key()
    assert home.key.read_bytes() == key
    assert home.settings.parent == home.root
    for folder in (home.originals, home.packages, home.logs, home.inbox, home.temp, home.rules):
        assert folder.is_dir()


def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    with pytest.raises(Unavailable) as error:
        Home(blocked / "home").create()
    assert "请换一个" in error.value.why


def test_an_emptied_catalogue_is_not_begun_anew(home: Home, who: People) -> None:
    base.close_catalogue()
    for file in home.root.glob("catalogue.db*"):
        file.unlink()
    home.catalogue.touch()
    with pytest.raises(Unavailable) as problem:
        base.open_catalogue(home, create=False)
    assert "备份" in problem.value.why
    assert home.catalogue.stat().st_size == 0


def test_another_programs_catalogue_is_told(home: Home, who: People) -> None:
    base.close_catalogue()
    for file in home.root.glob("catalogue.db*"):
        file.unlink()
    with closing(sqlite3.connect(home.catalogue)) as other:
        other.executescript("CREATE TABLE x (a); PRAGMA user_version = 1;")
    with pytest.raises(Unavailable) as problem:
        base.open_catalogue(home, create=False)
    assert "不是本程序" in problem.value.why
