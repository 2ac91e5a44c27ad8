"""One document: its fields, revisions, scans, findings, steps."""

from datetime import date
from typing import Any

from detection.finding import Family, Severity
from detection.report import Status
from formats.reading import Kind
from models.disclosure import catalogue, ledger
from models.disclosure.case import Action, Origin, State
from models.disclosure.places import place_from, troubles_from
from models.disclosure.rulings import Ruling
from models.kernel import base
from models.kernel.schema import Scan
from models.queries.documents import document_rows
from models.queries.rows import (
    AdmissionRow,
    DocumentDetail,
    FindingRow,
    HandledRow,
    PublicationRow,
    RevisionRow,
    ScanRow,
    StepRow,
)


def document(document_id: int) -> DocumentDetail:
    """Everything the inspector shows. Raises Refused when there is no such document."""
    with base.speaking("读不出目录库"):
        row = ledger.document_row(document_id)
        scan = Scan.get_by_id(row.scan_id)
    revisions = revisions_of(document_id)
    revision = next(r for r in revisions if r.id == row.revision_id)
    names = base.fetch("SELECT name FROM officer WHERE id = ?", (row.registered_by_id,))
    return DocumentDetail(
        id=row.id,
        title=row.title,
        name=row.name,
        state=State(row.state),
        kind=Kind(row.kind),
        taken_from=row.taken_from,
        registered_by=names[0][0],
        fields={key: getattr(row, key) for key in catalogue.KEYS},
        severity=ledger.worst(row.severity),
        open_findings=row.open_findings,
        findings=row.findings,
        received_at=base.from_text(row.received_at),
        updated_at=base.from_text(row.updated_at),
        batch=row.batch_id,
        next_step=document_rows([document_id])[0].next_step,
        original=revisions[0],
        revision=revision,
        scan=_scan(scan),
    )


def revisions_of(document_id: int) -> list[RevisionRow]:
    """All revisions, the original first."""
    rows = base.fetch(
        "SELECT r.id, r.document_id, r.ordinal, r.origin, r.sha256, r.size, r.kind, r.name, "
        "o.name, r.made_at FROM revision r JOIN officer o ON o.id = r.made_by_id "
        "WHERE r.document_id = ? ORDER BY r.ordinal",
        (document_id,),
    )
    return [
        RevisionRow(
            row[0], row[1], row[2], Origin(row[3]), row[4], row[5], Kind(row[6]), row[7], row[8],
            base.from_text(row[9]),
        )
        for row in rows
    ]  # fmt: skip


def findings_of(document_id: int) -> list[FindingRow]:
    """The findings of the current revision's newest scan, in the order of the document."""
    return _findings("SELECT scan_id FROM document WHERE id = ?", document_id)


def findings_of_revision(revision_id: int) -> list[FindingRow]:
    """The findings of any revision's newest scan with the rulings given on them.

    A clean copy is a revision of its own: what was ruled on the way to it stands in the earlier.
    """
    return _findings("SELECT max(id) FROM scan WHERE revision_id = ?", revision_id)


def last_reason(finding_id: int, ruling: Ruling) -> str:
    """The newest reason in force given to the same text under the same rule, in any document.

    Empty where none was written.
    """
    rows = base.fetch(
        "SELECT r.reason FROM finding a "
        "JOIN finding f ON f.rule = a.rule AND f.fingerprint = a.fingerprint "
        "JOIN ruling r ON r.id = f.ruling_id "
        "WHERE a.id = ? AND r.ruling = ? AND r.reason <> '' ORDER BY r.id DESC LIMIT 1",
        (finding_id, ruling.value),
    )
    return str(rows[0][0]) if rows else ""


def admissions_of(document_id: int) -> list[AdmissionRow]:
    """Who let a state-secret mark of this document pass, when and why; the oldest first."""
    rows = base.fetch(
        "SELECT a.document_id, o.name, a.at, a.reason, a.sha256, a.revision_id = d.revision_id "
        "FROM admission a JOIN officer o ON o.id = a.officer_id "
        "JOIN document d ON d.id = a.document_id WHERE a.document_id = ? ORDER BY a.id",
        (document_id,),
    )
    return [
        AdmissionRow(row[0], row[1], base.from_text(row[2]), row[3], row[4], bool(row[5]))
        for row in rows
    ]


def handled_of(document_id: int) -> list[HandledRow]:
    """What was hidden on the way to the current revision, and what was let stand in it."""
    rows = base.fetch(
        "SELECT f.family, r.ruling, count(*) FROM document d "
        "JOIN revision v ON v.document_id = d.id "
        "JOIN scan s ON s.id = (SELECT max(id) FROM scan WHERE revision_id = v.id) "
        "JOIN finding f ON f.scan_id = s.id JOIN ruling r ON r.id = f.ruling_id "
        "WHERE d.id = ? AND (r.ruling IN ('redact', 'mask') OR v.id = d.revision_id) "
        "GROUP BY f.family, r.ruling ORDER BY min(f.severity), f.family, r.ruling",
        (document_id,),
    )
    return [HandledRow(Family(row[0]), Ruling(row[1]), row[2]) for row in rows]


def steps_of(document_id: int) -> list[StepRow]:
    """All review steps ever taken with the document, the oldest first."""
    rows = base.fetch(
        "SELECT action, officer, at, reason, sha256, from_state, to_state FROM audit "
        "WHERE subject = 'document' AND subject_id = ? AND from_state <> '' AND to_state <> '' "
        "ORDER BY id",
        (document_id,),
    )
    return [
        StepRow(
            Action(row[0]), row[1], base.from_text(row[2]), row[3], row[4], State(row[5]),
            State(row[6]),
        )
        for row in rows
    ]  # fmt: skip


def publications(document_id: int) -> list[PublicationRow]:
    """Where and when it was put before the public, by date."""
    rows = base.fetch(
        "SELECT p.id, p.document_id, p.release_id, p.channel, p.url, p.date, o.name "
        "FROM publication p JOIN officer o ON o.id = p.officer_id "
        "WHERE p.document_id = ? ORDER BY p.date, p.id",
        (document_id,),
    )
    return [
        PublicationRow(
            row[0], row[1], row[2], row[3], row[4], date.fromisoformat(row[5]), row[6]
        )
        for row in rows
    ]  # fmt: skip


def pages_seen(document_id: int, officer_id: int) -> frozenset[int]:
    """Pages of the current revision that this officer looked at."""
    rows = base.fetch(
        "SELECT v.page FROM page_view v JOIN document d ON d.revision_id = v.revision_id "
        "WHERE d.id = ? AND v.officer_id = ?",
        (document_id, officer_id),
    )
    return frozenset(page for (page,) in rows)


def finding_numbers(document_id: int) -> dict[str, int]:
    """The ids of current findings by the names the command line uses: "f1", "f2"."""
    return {f"f{row.number}": row.id for row in findings_of(document_id)}


def _scan(row: Scan) -> ScanRow:
    return ScanRow(
        row.id,
        row.revision_id,
        Status(row.status),
        Kind(row.kind),
        row.pages,
        tuple(row.image_pages),
        row.characters,
        row.seconds,
        row.rulebook,
        troubles_from(row.troubles),
        base.from_text(row.made_at),
    )


def _findings(scan: str, number: int) -> list[FindingRow]:
    """The findings of the scan that the query `scan` gives for `number`."""
    rows = base.fetch(
        "SELECT f.id, f.number, f.rule, f.family, f.severity, f.place, f.span_start, f.span_end, "
        "f.masked, f.visible, f.certainty, f.valid, f.reason, f.basis, f.suggest, f.manual, "
        "r.ruling, o.name, r.at, r.reason, r.carried_from FROM finding f "
        "LEFT JOIN ruling r ON r.id = f.ruling_id LEFT JOIN officer o ON o.id = r.officer_id "
        "WHERE f.scan_id = ? ORDER BY f.number",
        (next((row[0] for row in base.fetch(scan, (number,))), None),),
    )
    return [_finding(row) for row in rows]


def _finding(row: Any) -> FindingRow:
    return FindingRow(
        id=row[0],
        number=row[1],
        rule=row[2],
        family=Family(row[3]),
        severity=tuple(Severity)[row[4]],
        place=place_from(row[5]),
        span=(row[6], row[7]),
        masked=row[8],
        visible=bool(row[9]),
        certainty=row[10],
        valid=None if row[11] is None else bool(row[11]),
        reason=row[12],
        basis=row[13],
        suggest=row[14],
        manual=bool(row[15]),
        ruling=Ruling(row[16]) if row[16] else None,
        ruled_by=row[17] or "",
        ruled_at=base.from_text(row[18]) if row[18] else None,
        ruling_reason=row[19] or "",
        carried=row[20] is not None,
    )
