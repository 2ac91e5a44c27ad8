"""The triggers: what direct SQL may not do to the catalogue."""

import sqlite3
from contextlib import closing
from functools import partial

import peewee
import pytest

from models import queries
from models.disclosure import findings, releases
from models.disclosure.case import State
from models.disclosure.rulings import Ruling
from models.kernel import audit, base, chain
from models.kernel.home import Home
from tests import office
from tests.office import People


@pytest.fixture
def document_id(home: Home, who: People) -> int:
    """A document with two findings, one ruled, and one page looked at."""
    number = office.register_text(
        home, who.drafter, "关于清理沟渠的通知", [office.make_finding(), office.make_finding("李")]
    )
    first = queries.findings_of(number)[0]
    findings.rule_on([first.id], Ruling.KEEP, who.drafter, "依法公开")
    return number


def refused(sql: str, *values: object) -> str:
    """Run a statement that must fail; what the trigger said."""
    with pytest.raises(peewee.DatabaseError) as error:
        base.execute(sql, values)
    return str(error.value)


def columns(table: str) -> str:
    rows = base.fetch(f"PRAGMA table_info({table})")
    return ", ".join(f'"{row[1]}"' for row in rows)


def copy_over(table: str, number: int) -> str:
    """INSERT OR REPLACE a row over itself."""
    names = columns(table)
    return refused(
        f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM {table} WHERE id = ?", number
    )


def test_state_does_not_move_by_sql(document_id: int) -> None:
    for state in State:
        if state is not State.RECEIVED:
            said = refused("UPDATE document SET state = ? WHERE id = ?", state.value, document_id)
            assert "state without audit entry" in said


def test_state_does_not_move_by_insert_or_replace(document_id: int) -> None:
    assert "not over an existing row" in copy_over("document", document_id)


def test_an_upsert_does_not_move_the_state(document_id: int) -> None:
    names = columns("document")
    refused(
        f"INSERT INTO document ({names}) SELECT {names} FROM document WHERE id = ? "
        "ON CONFLICT (id) DO UPDATE SET state = 'released'",
        document_id,
    )
    assert queries.document(document_id).state is State.RECEIVED


def test_the_same_original_is_not_inserted_over(document_id: int) -> None:
    names = columns("document").replace('"id", ', "")
    said = refused(
        f"INSERT OR REPLACE INTO document ({names}) SELECT {names} FROM document WHERE id = ?",
        document_id,
    )
    assert "not over an existing row" in said


@pytest.mark.parametrize("state", [s for s in State if s is not State.RECEIVED])
def test_a_document_starts_as_received(document_id: int, state: State) -> None:
    said = refused(
        "INSERT INTO document (state, name, kind, taken_from, original_sha256, registered_by_id, "
        "received_at, updated_at, status, title) VALUES (?, 'a', 'txt', '', 'ff', 1, '', '', "
        "'read', 't')",
        state.value,
    )
    assert "must start as received" in said


@pytest.mark.parametrize(
    "table",
    [
        "document", "audit", "revision", "scan", "finding", "ruling", "officer", "release",
        "release_item", "page_view", "publication",
    ],
)  # fmt: skip
def test_nothing_is_deleted(home: Home, who: People, table: str) -> None:
    number = office.approved_text(home, who, "关于清理沟渠的通知")
    office.register_text(home, who.drafter, "另一份", [office.make_finding()])
    base.execute("INSERT INTO page_view VALUES (1, 1, 1, 1, '')")
    with_ruling = queries.findings_of(2)[0].id
    findings.rule_on([with_ruling], Ruling.REDACT, who.drafter)
    releases.release(home, [number], partial(office.build_plain, home), who.publisher)
    base.execute("INSERT INTO publication VALUES (1, 1, 1, 'a', '', '2026-01-01', 1, '')")
    before = base.fetch(f"SELECT count(*) FROM {table}")[0][0]
    assert before
    base.execute("PRAGMA foreign_keys = 0")
    assert "no delete" in refused(f"DELETE FROM {table}")
    assert base.fetch(f"SELECT count(*) FROM {table}")[0][0] == before


@pytest.mark.parametrize("column", ["id", "original_sha256", "received_at", "registered_by_id"])
def test_a_document_keeps_its_origin(document_id: int, column: str) -> None:
    assert "no update" in refused(f"UPDATE document SET {column} = 99 WHERE id = {document_id}")


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("audit", "reason"), ("audit", "at"), ("audit", "hash"), ("revision", "sha256"),
        ("revision", "id"), ("scan", "status"), ("scan", "rulebook"), ("finding", "severity"),
        ("finding", "place"), ("finding", "number"), ("ruling", "ruling"), ("ruling", "officer_id"),
        ("officer", "name"), ("officer", "id"),
    ],
)  # fmt: skip
def test_the_past_is_not_rewritten(document_id: int, table: str, column: str) -> None:
    assert "no update" in refused(f"UPDATE {table} SET {column} = '7'")


@pytest.mark.parametrize("table", ["audit", "revision", "scan", "finding", "ruling", "officer"])
def test_insert_or_replace_does_not_rewrite_the_past(document_id: int, table: str) -> None:
    said = copy_over(table, 1)
    assert "not over an existing row" in said or "audit: broken chain" in said


def test_a_finding_takes_only_its_own_ruling(document_id: int, who: People) -> None:
    first, second = queries.findings_of(document_id)
    taken = base.fetch("SELECT ruling_id FROM finding WHERE id = ?", (first.id,))[0][0]
    said = refused("UPDATE finding SET ruling_id = ? WHERE id = ?", taken, second.id)
    assert "not a ruling on it" in said
    findings.undo(document_id, who.drafter)
    said = refused("UPDATE finding SET ruling_id = ? WHERE id = ?", taken, first.id)
    assert "not a ruling on it" in said


def test_a_bare_shell_cannot_append_to_the_log(home: Home, document_id: int) -> None:
    with (
        closing(sqlite3.connect(home.catalogue)) as shell,
        pytest.raises(sqlite3.OperationalError, match="no such function"),
    ):
        shell.execute(
            "INSERT INTO audit (id, at, officer, action, subject, subject_id, from_state, "
            "to_state, prev, hash) SELECT max(id) + 1, '', 'x', 'release', 'document', 1, "
            "'received', 'released', (SELECT hash FROM audit ORDER BY id DESC LIMIT 1), 'ff' "
            "FROM audit"
        )


def insert_entry(**changes: object) -> None:
    """A rightly chained entry with some fields changed; its hash fits unless it is given."""
    number, previous = base.fetch("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")[0]
    fields: dict[str, object] = {
        "id": number + 1, "at": "2026-03-05T00:00:00.000000+00:00", "officer_id": 1,
        "officer": "覃小满", "action": "edit", "subject": "document", "subject_id": 1,
        "from_state": "", "to_state": "", "sha256": "", "reason": "", "detail": "{}",
    } | changes  # fmt: skip
    prev = str(fields.pop("prev", previous))
    given = fields.pop("hash", None)
    entry = chain.Entry(**fields)  # type: ignore[arg-type]
    base.execute(
        f"INSERT INTO audit VALUES ({','.join('?' * 14)})",
        (*entry, prev, given or chain.link(prev, entry)),
    )


def test_a_rightly_chained_entry_is_taken(document_id: int) -> None:
    insert_entry()
    assert audit.verify().ok


@pytest.mark.parametrize(
    "changes", [{"hash": "00ff"}, {"prev": chain.GENESIS}, {"id": 500}, {"id": 2}]
)
def test_a_wrongly_chained_entry_is_refused(document_id: int, changes: dict[str, object]) -> None:
    with pytest.raises(peewee.IntegrityError, match="audit"):
        insert_entry(**changes)


def test_an_entry_tells_the_real_state(document_id: int) -> None:
    with pytest.raises(peewee.IntegrityError, match="not the state of the document"):
        insert_entry(action="approve", from_state="cleared", to_state="approved")


def test_an_old_entry_does_not_back_a_new_move(home: Home, who: People) -> None:
    number = office.approved_text(home, who, "关于清理沟渠的通知")
    insert_entry(subject_id=number)
    for state in State:
        if state is not State.APPROVED:
            assert "state without audit" in refused(
                "UPDATE document SET state = ? WHERE id = ?", state.value, number
            )


def release_entry(document_id: int, **changes: object) -> None:
    sha256 = queries.document(document_id).revision.sha256
    insert_entry(
        **{
            "action": "release", "subject_id": document_id, "officer_id": 5,
            "from_state": "approved", "to_state": "released", "sha256": sha256, **changes,
        }
    )  # fmt: skip


def open_release(document_id: int) -> None:
    """A release row with the document in it, as `releases` opens one."""
    base.execute("INSERT INTO release VALUES (1, 'x', '', 5, '', NULL, '', '', '')")
    base.execute(
        "INSERT INTO release_item SELECT 1, 1, d.id, r.id, r.sha256, '' FROM document d "
        "JOIN revision r ON r.id = d.revision_id WHERE d.id = ?",
        (document_id,),
    )


REFUSED = "release without approval by others"


def test_a_release_entry_with_everything_is_taken(home: Home, who: People) -> None:
    number = office.approved_text(home, who, "关于清理沟渠的通知")
    open_release(number)
    release_entry(number)
    assert audit.verify().entries


def test_a_release_entry_needs_a_package(home: Home, who: People) -> None:
    number = office.approved_text(home, who, "关于清理沟渠的通知")
    with pytest.raises(peewee.IntegrityError, match=REFUSED):
        release_entry(number)


@pytest.mark.parametrize("action", ["release", "edit"])
def test_a_release_entry_needs_an_approval(home: Home, who: People, action: str) -> None:
    number = office.register_text(home, who.drafter, "关于清理沟渠的通知")
    open_release(number)
    with pytest.raises(peewee.IntegrityError, match=REFUSED):
        release_entry(number, action=action, from_state="received")


def test_a_release_entry_is_of_the_approved_bytes(home: Home, who: People) -> None:
    number = office.approved_text(home, who, "关于清理沟渠的通知")
    open_release(number)
    with pytest.raises(peewee.IntegrityError, match=REFUSED):
        release_entry(number, sha256="ff" * 32)
    office.clean_text(home, who.drafter, number, "别的内容")
    with pytest.raises(peewee.IntegrityError, match=REFUSED):
        release_entry(number)


@pytest.mark.parametrize(
    ("submitter", "clearer", "approver"), [(1, 3, 1), (1, 1, 4), (1, 4, 4), (1, 1, 1)]
)
def test_a_release_entry_needs_three_people(
    home: Home, who: People, submitter: int, clearer: int, approver: int
) -> None:
    number = office.register_text(home, who.drafter, "关于清理沟渠的通知")
    sha256 = queries.document(number).revision.sha256
    steps = (
        ("submit", "received", "submitted", submitter),
        ("check", "submitted", "checked", 2),
        ("clear", "checked", "cleared", clearer),
        ("approve", "cleared", "approved", approver),
    )
    for action, before, after, person in steps:
        insert_entry(
            action=action, subject_id=number, officer_id=person, from_state=before,
            to_state=after, sha256=sha256,
        )  # fmt: skip
        base.execute("UPDATE document SET state = ? WHERE id = ?", (after, number))
    open_release(number)
    with pytest.raises(peewee.IntegrityError, match=REFUSED):
        release_entry(number)


def test_a_finished_release_stays(home: Home, who: People) -> None:
    number = office.approved_text(home, who, "关于清理沟渠的通知")
    releases.release(home, [number], partial(office.build_plain, home), who.publisher)
    assert "no update" in refused("UPDATE release SET manifest_sha256 = 'ff'")
    assert "no update" in refused("UPDATE release_item SET sha256 = 'ff'")
    assert "not over" in copy_over("release", 1)
    assert "not over" in copy_over("release_item", 1)
