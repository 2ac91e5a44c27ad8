"""Batches, releases, the audit log, and the numbers on the rail."""

import json
from array import array
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from models.disclosure.case import State
from models.disclosure.unfinished import GIVEN_UP
from models.kernel import base
from models.queries import outdated
from models.queries.rows import AuditRow, BatchRow, Counts, ReleaseRow


def batches() -> list[BatchRow]:
    """All batches with their progress, the newest first."""
    rows = base.fetch(
        "SELECT b.id, b.name, b.made_at, o.name, count(d.id), coalesce(sum(d.findings), 0), "
        "coalesce(sum(d.open_findings), 0) FROM batch b JOIN officer o ON o.id = b.made_by_id "
        "LEFT JOIN document d ON d.batch_id = b.id AND d.state <> 'discarded' "
        "GROUP BY b.id ORDER BY b.id DESC"
    )
    return [BatchRow(row[0], row[1], base.from_text(row[2]), *row[3:]) for row in rows]


def batch_ids(batch: int) -> "array[int]":
    """The documents of a batch as they came, without the trash."""
    rows = base.fetch(
        "SELECT id FROM document WHERE batch_id = ? AND state <> 'discarded' ORDER BY id", (batch,)
    )
    return array("q", (row[0] for row in rows))


def releases() -> list[ReleaseRow]:
    """All packages, the newest first; the unfinished too, but not those given up."""
    rows = base.fetch(
        "SELECT r.id, r.name, r.made_at, o.name, r.released_at, "  # noqa: S608  # constant
        "(SELECT count(*) FROM release_item i WHERE i.release_id = r.id), r.folder, r.archive, "
        "r.manifest_sha256, r.head FROM release r JOIN officer o ON o.id = r.made_by_id "
        f"WHERE NOT {GIVEN_UP} ORDER BY r.id DESC"
    )
    return [
        ReleaseRow(
            row[0],
            row[1],
            base.from_text(row[2]),
            row[3],
            _moment(row[4]),
            row[5],
            _path(row[6]),
            _path(row[7]),
            row[8],
            row[9],
        )
        for row in rows
    ]


def release_documents(release_id: int) -> list[tuple[int, str]]:
    """(document id, path in the package) of a release, as they stand in it."""
    rows = base.fetch(
        "SELECT document_id, path FROM release_item WHERE release_id = ? ORDER BY id", (release_id,)
    )
    return [(row[0], row[1]) for row in rows]


def stored_hashes() -> list[str]:
    """The sha256 of every revision's bytes: what the store must hold."""
    return [row[0] for row in base.fetch("SELECT DISTINCT sha256 FROM revision ORDER BY sha256")]


def audit_ids(subject: str | None = None, subject_id: int | None = None) -> "array[int]":
    """Ids of audit entries, the newest first; of one kind of subject, or of one subject."""
    if subject is None:
        rows = base.fetch("SELECT id FROM audit ORDER BY id DESC")
    else:
        rows = base.fetch(
            "SELECT id FROM audit WHERE subject = ?1 AND (?2 IS NULL OR subject_id = ?2) "
            "ORDER BY id DESC",
            (subject, subject_id),
        )
    return array("q", (row[0] for row in rows))


def audit_rows(ids: Iterable[int]) -> list[AuditRow]:
    """The entries of these ids, in their order."""
    wanted = list(ids)
    rows = base.fetch(
        "SELECT id, at, officer, action, subject, subject_id, from_state, to_state, sha256, "
        "reason, detail, prev, hash FROM audit WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(wanted),),
    )
    found = {row[0]: AuditRow(row[0], base.from_text(row[1]), *row[2:]) for row in rows}
    return [found[number] for number in wanted if number in found]


def counts() -> Counts:
    """The numbers on the rail; the trash counts only in `states`."""
    found = dict(base.fetch("SELECT state, count(*) FROM document GROUP BY state"))
    states = {state: found.get(state.value, 0) for state in State}
    rest = base.fetch(
        "SELECT (SELECT count(*) FROM document WHERE open_findings > 0 AND state <> 'discarded'), "
        "(SELECT count(*) FROM release WHERE released_at IS NOT NULL), "
        "(SELECT count(*) FROM document d WHERE d.state = 'released' "
        "AND NOT EXISTS (SELECT 1 FROM publication p WHERE p.document_id = d.id))"
    )[0]
    documents = sum(number for state, number in states.items() if state is not State.DISCARDED)
    old, found_later = outdated.how_many()
    return Counts(states, documents, rest[0], rest[1], rest[2], old, found_later)


def _moment(text: str | None) -> datetime | None:
    return base.from_text(text) if text else None


def _path(text: Any) -> Path | None:
    return Path(text) if text else None
