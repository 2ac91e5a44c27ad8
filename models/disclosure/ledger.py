"""The rows behind a document that several acts write: revisions, scans, findings, counters."""

from collections.abc import Iterable

from detection.finding import Finding as Found
from detection.finding import Severity
from detection.report import Report
from models.disclosure import catalogue, search
from models.disclosure.case import Origin, State
from models.disclosure.fingerprints import fingerprint
from models.disclosure.places import place_text, troubles_value
from models.kernel import base, people
from models.kernel.errors import Refused
from models.kernel.person import Person, Role
from models.kernel.schema import Document, Revision, Scan
from models.kernel.store import Stored

NO_SEVERITY = 9


def acting(officer: Person) -> Person:
    """The officer as known now, who must be at work and hold a post besides 管理员."""
    person = people.current(officer)
    if not person.active:
        raise Refused(f"“{person.name}”已经停用，不能再办理。请换人登录。")
    if not person.roles - {Role.ADMIN}:
        raise Refused(f"“{person.name}”只是管理员，不能办理文件。请由承办人等岗位的人登录。")
    return person


def document_row(document_id: int) -> Document:
    """The document's row; Refused when there is none."""
    row = Document.get_or_none(Document.id == document_id)
    if row is None:
        raise Refused(f"目录里没有 {document_id} 号文件。请刷新列表后再选。")
    return row


def scan_of(row: Document) -> int:
    """The newest scan of the current revision; only a row that is just being made has none."""
    assert row.scan_id is not None
    return row.scan_id


def require_state(row: Document, states: Iterable[State], what: str) -> None:
    """Refuse an act on a document that is past it."""
    allowed = tuple(states)
    if State(row.state) not in allowed:
        names = "、".join(f"“{state.label}”" for state in allowed)
        raise Refused(
            f"《{row.title}》现在是“{State(row.state).label}”，{names}时才能{what}。"
            "需要改动的，请先退回或者恢复办理。"
        )


def write_revision(
    document_id: int, stored: Stored, report: Report, name: str, origin: Origin, officer: Person
) -> int:
    """One more revision; its id."""
    last = base.fetch("SELECT max(ordinal) FROM revision WHERE document_id = ?", (document_id,))
    return int(
        Revision.insert(
            document_id=document_id,
            ordinal=(last[0][0] or 0) + 1,
            origin=origin.value,
            sha256=stored.sha256,
            size=stored.size,
            kind=report.kind.value,
            name=name,
            made_by_id=officer.id,
            made_at=base.to_text(base.now()),
        ).execute()
    )


def write_scan(document_id: int, revision_id: int, report: Report) -> int:
    """A scan with its findings; its id."""
    scan_id = int(
        Scan.insert(
            revision_id=revision_id,
            status=report.status.value,
            kind=report.kind.value,
            pages=report.pages,
            image_pages=list(report.image_pages),
            characters=report.characters,
            seconds=report.seconds,
            rulebook=report.rulebook,
            troubles=troubles_value(report.troubles),
            made_at=base.to_text(base.now()),
        ).execute()
    )
    prints: dict[str, str] = {}
    rows = [
        finding_values(scan_id, document_id, number, found, prints)
        for number, found in enumerate(report.findings, 1)
    ]
    if rows:
        # A list has thousands: peewee's own insert would spend longer on SQL than SQLite on rows.
        names = ", ".join(rows[0])
        places = ", ".join(f":{name}" for name in rows[0])
        base.execute_many(f"INSERT INTO finding ({names}) VALUES ({places})", rows)  # noqa: S608
    _write_pieces(scan_id, report, prints)
    return scan_id


def _write_pieces(scan_id: int, report: Report, prints: dict[str, str]) -> None:
    """Who stands in the scan's lists, as fingerprints."""

    def hashed(text: str) -> str:
        if text and text not in prints:
            prints[text] = fingerprint(text)
        return prints.get(text, "")

    base.execute_many(
        "INSERT INTO piece (scan_id, person, village, kinds) VALUES (?, ?, ?, ?)",
        [(scan_id, hashed(p.person), hashed(p.village), "|".join(p.kinds)) for p in report.pieces],
    )


def finding_values(
    scan_id: int,
    document_id: int,
    number: int,
    found: Found,
    prints: dict[str, str],
    *,
    manual: bool = False,
) -> dict[str, object]:
    """A finding's columns. The bare text goes into the fingerprint and nowhere else."""
    if found.text not in prints:
        prints[found.text] = fingerprint(found.text)
    return {
        "scan_id": scan_id,
        "document_id": document_id,
        "number": number,
        "rule": found.rule,
        "family": found.family.value,
        "severity": found.severity.rank,
        "place": place_text(found.place),
        "span_start": found.span[0],
        "span_end": found.span[1],
        "masked": found.masked,
        "fingerprint": prints[found.text],
        "visible": found.visible,
        "certainty": found.certainty,
        "valid": found.valid,
        "reason": found.reason,
        "basis": found.basis,
        "suggest": found.suggest,
        "whole": found.whole,
        "manual": manual,
    }


def count(document_id: int) -> None:
    """Bring the document's counters in line with its current scan and mark it as changed now."""
    base.execute(
        """
        UPDATE document SET (findings, open_findings, marks_waiting, severity, updated_at) = (
            SELECT count(*), coalesce(sum(f.ruling_id IS NULL), 0),
                   coalesce(sum(r.ruling IN ('redact', 'mask')), 0),
                   coalesce(min(CASE WHEN f.ruling_id IS NULL THEN f.severity END), ?), ?
            FROM finding f LEFT JOIN ruling r ON r.id = f.ruling_id
            WHERE f.scan_id = document.scan_id
        ) WHERE id = ?
        """,
        (NO_SEVERITY, base.to_text(base.now()), document_id),
    )


def index(document_id: int, plain: str | None) -> None:
    """Renew the document in the full-text index; `plain` None keeps the text that is there."""
    row = document_row(document_id)
    values = [getattr(row, key) for key in catalogue.KEYS if key not in ("time_limit", "scope")]
    search.put(document_id, plain, "\n".join((row.name, *(value for value in values if value))))


def worst(severity: int) -> Severity | None:
    """The severity of a stored rank; None when nothing is open."""
    return None if severity >= NO_SEVERITY else tuple(Severity)[severity]
