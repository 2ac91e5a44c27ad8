"""The one database handle, the base of all rows, the transaction, the clock.

`db` has a connection per thread. The thread that calls `open_catalogue` has one; any other thread
works inside `with db.connection_context():`.
"""

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import peewee

from models.kernel import chain
from models.kernel.changes import Changes
from models.kernel.errors import Unavailable
from models.kernel.home import Home

__all__ = [
    "Changes", "Row", "close_catalogue", "db", "execute", "fetch", "from_text", "home", "is_open",
    "now", "open_catalogue", "speaking", "to_text", "transaction",
]  # fmt: skip

# At DEBUG peewee prints every parameter: names, titles, password hashes.
logging.getLogger("peewee").setLevel(logging.INFO)

db = peewee.SqliteDatabase(None)
db.register_function(chain.sql_link, "chain_hash", -1, deterministic=True)

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: an act that was answered survives a power cut
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "trusted_schema": 1,  # the audit triggers call chain_hash()
    "cache_size": -16000,
    "temp_store": 2,
}

_opened: list[Home] = []


class Row(peewee.Model):
    """Base of all tables. `only_save_dirty`: a stale object must not write an old state back."""

    class Meta:
        database = db
        legacy_table_names = False
        only_save_dirty = True


def open_catalogue(home: Home, *, create: bool) -> None:
    """Open (and migrate) the office's catalogue for this process.

    Raises Unavailable when there is none and `create` is false, TooNew when it is from a later
    program, Unavailable when the disk or another program stands in the way.
    """
    from models.kernel import migrations  # it needs `db` from here

    if not create and not home.catalogue.exists():
        raise Unavailable(
            "还没有目录库",
            f"位置“{home.root}”里没有目录库。请先完成首次设置，或者用 --home 指出正确的位置。",
        )
    if not create and _emptied(home):
        # Migrating it would quietly put a new catalogue in the place of a lost one.
        raise Unavailable(
            "目录库打不开",
            f"“{home.catalogue}”是空文件。用过的请停止使用并从备份恢复；从未用过的请重新设置。",
        )
    home.create()
    close_catalogue()
    db.init(str(home.catalogue), pragmas=PRAGMAS, timeout=5)
    _opened.append(home)
    try:
        with speaking("目录库打不开"):
            migrations.run(home)
            db.connect(reuse_if_open=True)
    except BaseException:
        close_catalogue()
        raise


def _emptied(home: Home) -> bool:
    """Nothing in the file and nothing beside it: a first start that was killed leaves a WAL."""
    beside = home.catalogue.with_name(home.catalogue.name + "-wal")
    return all(
        (file.is_file() and not file.stat().st_size) or not file.exists()
        for file in (home.catalogue, beside)
    )


def close_catalogue() -> None:
    """Close this thread's connection and forget the office. Safe to call twice."""
    if _opened:
        _opened.clear()
        if not db.is_closed():
            db.close()


def is_open() -> bool:
    """Whether a catalogue is open in this process."""
    return bool(_opened)


def home() -> Home:
    """The office that is open. Raises Unavailable when none is."""
    if not _opened:
        raise Unavailable("还没有打开目录库", "请先完成首次设置，再做这一步。")
    return _opened[0]


@contextmanager
def transaction() -> Iterator[None]:
    """One act: everything in it is written, or nothing. Waits up to five seconds for its turn.

    Begins IMMEDIATE: a transaction that reads first and writes later would otherwise be refused as
    "locked" at once. Raises Unavailable for a lock, a full disk or a damaged file.
    """
    home()
    with speaking("没有保存"), db.atomic("IMMEDIATE"):
        yield


@contextmanager
def speaking(what: str) -> Iterator[None]:
    """Turn the database's own troubles into Unavailable; our mistakes pass through."""
    try:
        yield
    except peewee.DatabaseError as error:
        why = _explain(error)
        if why is None:
            raise
        raise Unavailable(what, why) from error


def fetch(sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
    """All rows of one reading query, as tuples."""
    with speaking("读不出目录库"):
        found: list[Any] = execute(sql, parameters).fetchall()
    return found


def execute(sql: str, parameters: Sequence[Any] = ()) -> Any:
    """One statement on this thread's connection; its cursor."""
    return db.execute_sql(sql, parameters)  # type: ignore[no-untyped-call]  # peewee's stub


def execute_many(sql: str, rows: Sequence[Any]) -> None:
    """One statement for each of `rows` on this thread's connection; inside a transaction."""
    try:
        connection = db.connection()  # type: ignore[no-untyped-call]  # peewee's stub
        connection.executemany(sql, rows)
    except sqlite3.IntegrityError as error:
        raise peewee.IntegrityError(*error.args) from error
    except sqlite3.DatabaseError as error:
        raise peewee.DatabaseError(*error.args) from error


def integrity() -> str:
    """What SQLite finds broken in the catalogue file; empty where nothing is."""
    try:
        found = fetch("PRAGMA quick_check(1)")
    except Unavailable as problem:
        return problem.why
    return "" if found == [("ok",)] else str(found[0][0])


def now() -> datetime:
    """The time, aware, in this machine's zone."""
    return datetime.now(UTC).astimezone()


def to_text(moment: datetime) -> str:
    """A moment as it is stored: ISO 8601 in UTC, of one width: text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """A stored moment, aware, in this machine's zone."""
    return datetime.fromisoformat(text).astimezone()


_WHY = (
    ("locked", "目录库正被另一个窗口或者程序使用。请关掉它，稍等几秒再试。"),
    ("busy", "目录库正被另一个窗口或者程序使用。请关掉它，稍等几秒再试。"),
    ("disk is full", "磁盘已满。请清理出空间后再试，原有内容没有改动。"),
    ("malformed", "目录库文件已损坏。请停止使用并从备份恢复，不要删除现有文件。"),
    ("no such table", "目录库文件不是本程序的目录库或者已损坏。请从备份恢复，不要删除现有文件。"),
    ("not a database", "目录库文件不是本程序的目录库或者已损坏。请从备份恢复，不要删除现有文件。"),
    ("disk i/o", "磁盘已满或者读写出错。请清理出空间，检查磁盘或者网络位置是否还在，再试。"),
    ("readonly", "目录库是只读的。请检查文件夹的写入权限。"),
    ("unable to open", "目录库文件打不开。请检查它的位置是否还在、是否有读写权限。"),
)


def _explain(error: BaseException | None) -> str | None:
    if error is None or isinstance(error, peewee.IntegrityError):
        return None
    text = str(error).lower()
    if "cannot rollback" in text:
        # SQLite undid a full disk's transaction itself; the cause is the error before this one.
        return _explain(error.__context__)
    return next((why for sign, why in _WHY if sign in text), None)
