"""Documents: taking in, new revisions, new scans, catalogue fields, pages looked at."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from detection.finding import Family
from detection.report import Report, Status
from formats.reading import Kind, Mark
from models.disclosure import admissions, carrying, catalogue, findings, ledger
from models.disclosure.case import Origin, State
from models.kernel import audit, base, policy
from models.kernel.base import Changes
from models.kernel.errors import Refused
from models.kernel.person import Person
from models.kernel.schema import Batch, Document, PageView, Revision, Scan
from models.kernel.store import Stored
from models.kernel.visible import line

__all__ = [
    "Origin", "add_revision", "add_scan", "edit", "open_batch", "register", "same_bytes",
    "saw_page",
]  # fmt: skip

_OPEN = (
    State.RECEIVED,
    State.RETURNED,
    State.SUBMITTED,
    State.CHECKED,
    State.CLEARED,
    State.APPROVED,
    State.REFERRED,
)

# What goes into the package is approved with it and stays as it is during the review; what the
# website gives, and whether it still holds, is entered afterwards.
_EDITABLE = (State.RECEIVED, State.RETURNED)
_LATER = {"index_number", "validity", "repealed_on", "remark", "column"}
_LATE = (State.RELEASED, State.RECALLED, State.WITHHELD)


def register(
    stored: Stored,
    report: Report,
    *,
    name: str,
    source: str,
    officer: Person,
    batch: int | None = None,
    admission: str = "",
) -> tuple[int, Changes]:
    """Enter an examined and stored file: document, revision, scan, findings, entry, index; its id.

    `name`: the file's own name; `source`: where it was taken from, in words. The title and the
    catalogue fields are guesses for a person to correct. `admission`: the reason for which the
    officer, a 保密审查员, lets a state-secret mark in it pass. Raises Refused, naming the first,
    when these bytes were the original of a document before.
    """
    _refuse_marked(report, admission)
    with base.transaction():
        person = ledger.acting(officer)
        known = same_bytes(stored.sha256)
        if known is not None:
            first, title = known
            raise Refused(
                f"这个文件已经收过了，是 {first} 号《{title}》。请直接办理那一份；"
                "确需重新办理的，请在那一份里替换文件。"
            )
        now = base.to_text(base.now())
        values = _guess(report, name)
        document_id = int(
            Document.insert(
                name=name,
                kind=report.kind.value,
                taken_from=source,
                original_sha256=stored.sha256,
                batch_id=batch,
                registered_by_id=person.id,
                received_at=now,
                updated_at=now,
                status=report.status.value,
                **values,
            ).execute()
        )
        _examined(document_id, stored, report, name, Origin.ORIGINAL, person)
        ledger.index(document_id, report.plain)
        audit.write(
            person, "register", "document", document_id,
            to_state=State.RECEIVED.value, sha256=stored.sha256,
            detail={"findings": len(report.findings), "status": report.status.value},
        )  # fmt: skip
        if admissions.marked(report.findings):
            _admit(document_id, person, admission)
    return document_id, _changes(document_id, batch)


def add_revision(
    document_id: int,
    stored: Stored,
    report: Report,
    *,
    name: str,
    origin: Origin,
    officer: Person,
    made_from: tuple[int, Sequence[Mark]] | None = None,
    admission: str = "",
) -> tuple[int, Changes]:
    """New bytes for a document: a clean copy or a replacement; the revision's id.

    Every earlier approval stops counting, because it was given to other bytes. `made_from`: the
    scan and the marks the new bytes were cut by; Refused when either is no longer what stands, or
    a mark made meanwhile would be lost with the scan it belongs to. `admission`: as in `register`;
    that of an earlier revision does not count for this one.
    """
    _refuse_marked(report, admission)
    with base.transaction():
        person = ledger.acting(officer)
        row = ledger.document_row(document_id)
        ledger.require_state(row, _OPEN, "换新版本")
        if made_from is not None and made_from != (row.scan_id, findings.marks(document_id)):
            raise Refused(
                f"《{row.title}》在生成新版本时换过文件或者改过处理意见，这次的没有保存。请重新生成。"
            )
        old_revision = Revision.get_by_id(row.revision_id)
        revision_id, scan_id = _examined(document_id, stored, report, name, origin, person)
        same = old_revision.sha256 == stored.sha256
        carrying.carry(document_id, ledger.scan_of(row), scan_id, same=same)
        ledger.count(document_id)
        ledger.index(document_id, report.plain)
        audit.write(
            person, "revise", "document", document_id, sha256=stored.sha256,
            detail={"origin": origin.value, "findings": len(report.findings)},
        )  # fmt: skip
        if admissions.marked(report.findings):
            _admit(document_id, person, admission)
    return revision_id, _changes(document_id, row.batch_id)


def add_scan(
    document_id: int, report: Report, officer: Person | None, *, admission: str = ""
) -> Changes:
    """A new examination of the current revision, in any state of the document.

    A state-secret mark that a newer rulebook finds is kept as a scan with status STOPPED; the text
    leaves the index and every further step is refused. `officer` None: the program looked by
    itself, because its rules have changed. `admission`: as in `register`.
    """
    with base.transaction():
        person = None if officer is None else ledger.acting(officer)
        row = ledger.document_row(document_id)
        revision = Revision.get_by_id(row.revision_id)
        stopped = report.status is Status.STOPPED
        if not stopped and report.sha256 != revision.sha256:
            raise Refused(f"《{row.title}》检查的不是当前版本。请重新检查。")
        before = Scan.get_by_id(ledger.scan_of(row)).rulebook
        scan_id = ledger.write_scan(document_id, revision.id, report)
        base.execute(
            "UPDATE document SET scan_id = ?, status = ? WHERE id = ?",
            (scan_id, report.status.value, document_id),
        )
        carrying.carry(document_id, ledger.scan_of(row), scan_id, same=True)
        ledger.count(document_id)
        ledger.index(document_id, "" if stopped else report.plain)
        audit.write(
            person, "examine", "document", document_id, sha256=revision.sha256,
            detail={
                "findings": len(report.findings), "status": report.status.value,
                "rules": [before[:12], report.rulebook[:12]],
            },
        )  # fmt: skip
        if admission and person is not None:
            _admit(document_id, person, admission)
    return _changes(document_id, row.batch_id)


def edit(document_id: int, fields: Mapping[str, object], officer: Person) -> Changes:
    """Set catalogue fields (keys of catalogue.KEYS); only what differs is written and logged."""
    values, wrong = catalogue.clean(fields)
    with base.transaction():
        person = ledger.acting(officer)
        row = ledger.document_row(document_id)
        before = {key: getattr(row, key) for key in values}
        changed = {key: text for key, text in values.items() if text != before[key]}
        if not changed:
            return Changes()
        if set(changed) - {"remark"}:
            late = set(changed) <= _LATER
            ledger.require_state(row, _EDITABLE + (_LATE if late else ()), "改目录信息")
        if wrong:
            raise Refused(*wrong)
        Document.update(**changed, updated_at=base.to_text(base.now())).where(
            Document.id == document_id
        ).execute()
        ledger.index(document_id, None)
        audit.write(
            person, "edit", "document", document_id,
            detail={key: [before[key], text] for key, text in changed.items()},
        )  # fmt: skip
    return _changes(document_id, row.batch_id)


def saw_page(document_id: int, page: int, officer: Person) -> Changes:
    """This officer looked at this page (from 1) of the current revision."""
    with base.transaction():
        person = ledger.acting(officer)
        row = ledger.document_row(document_id)
        pages = Scan.get_by_id(row.scan_id).pages
        if page < 1 or (pages is not None and page > pages):
            raise Refused(f"《{row.title}》没有第 {page} 页，一共 {pages or 0} 页。")
        mine = (
            (PageView.revision_id == row.revision_id)
            & (PageView.officer_id == person.id)
            & (PageView.page == page)
        )
        if PageView.select().where(mine).exists():
            return Changes()
        PageView.insert(
            revision_id=row.revision_id,
            page=page,
            officer_id=person.id,
            at=base.to_text(base.now()),
        ).execute()
        sha256 = Revision.get_by_id(row.revision_id).sha256
        audit.write(
            person, "saw-page", "document", document_id, sha256=sha256, detail={"page": page}
        )
    return _changes(document_id, None)


def open_batch(name: str, officer: Person) -> tuple[int, Changes]:
    """A name for files that come together; its id goes to `register`."""
    with base.transaction():
        person = ledger.acting(officer)
        number = int(
            Batch.insert(
                name=name.strip() or "未命名批次",
                made_at=base.to_text(base.now()),
                made_by_id=person.id,
            ).execute()
        )
        audit.write(person, "open", "batch", number, detail={"name": name.strip()})
    return number, Changes(batches=frozenset({number}))


def same_bytes(sha256: str) -> tuple[int, str] | None:
    """Number and title of the document whose original has this hash."""
    found = base.fetch("SELECT id, title FROM document WHERE original_sha256 = ?", (sha256,))
    return (int(found[0][0]), str(found[0][1])) if found else None


def _refuse_marked(report: Report, admission: str) -> None:
    if report.status is Status.STOPPED or (admissions.marked(report.findings) and not admission):
        raise ValueError("a file with a state-secret mark must not reach the catalogue")


def _admit(document_id: int, officer: Person, reason: str) -> None:
    row = ledger.document_row(document_id)
    assert row.revision_id is not None
    admissions.admit(row, row.revision_id, ledger.scan_of(row), officer, reason)
    ledger.count(document_id)


def _examined(
    document_id: int, stored: Stored, report: Report, name: str, origin: Origin, officer: Person
) -> tuple[int, int]:
    """Write revision, scan and findings, and make them the current ones; both ids."""
    revision_id = ledger.write_revision(document_id, stored, report, name, origin, officer)
    scan_id = ledger.write_scan(document_id, revision_id, report)
    Document.update(
        revision_id=revision_id, scan_id=scan_id, status=report.status.value, kind=report.kind.value
    ).where(Document.id == document_id).execute()
    ledger.count(document_id)
    return revision_id, scan_id


_NOT_USUALLY_PUBLIC = frozenset({Family.INTERNAL, Family.PROCESS, Family.KIND})


def _guess(report: Report, name: str) -> dict[str, str]:
    """Catalogue fields before anybody looked: what is likely, for a person to correct."""
    office = policy.office()
    title = next(filter(None, map(line, (report.title, PurePath(name).stem, name))), "")
    title = title[:200] or "（无标题）"
    genre = next((g for g in catalogue.GENRES if title.endswith(g)), "")
    if not genre and report.kind in (Kind.XLSX, Kind.XLSM, Kind.XLS, Kind.CSV):
        genre = "名单"
    # A 请示, minutes or an inner paper is usually not published (条例 art. 16): a person decides.
    doubtful = any(f.family in _NOT_USUALLY_PUBLIC for f in report.findings)
    return {
        "title": title,
        "organ": office.name if office else "",
        "genre": genre,
        "attribute": "" if doubtful else catalogue.ATTRIBUTES[0],
        "validity": "有效",
        "scope": "面向社会",
        "time_limit": "长期公开",
        "source": catalogue.SOURCES[0],
    }


def _changes(document_id: int, batch: int | None) -> Changes:
    batches = frozenset({batch}) if batch is not None else frozenset[int]()
    return Changes(documents=frozenset({document_id}), batches=batches)
