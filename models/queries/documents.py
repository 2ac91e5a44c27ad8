"""Lists of documents: ids by filter and order, rows by id."""

import json
from array import array
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import formats
from detection.finding import Family, Severity
from detection.report import Status
from formats.reading import Kind
from models.disclosure import ledger, search
from models.disclosure.case import Origin, State
from models.kernel import base, policy
from models.queries import outdated
from models.queries.rows import DocumentFilter, DocumentRow, FindingRow, Recheck, Sort

SORT_KEYS: tuple[str, ...] = (
    "id", "title", "name", "state", "status", "kind", "severity", "open_findings", "findings",
    "attribute", "document_number", "signed_on", "received_at", "updated_at", "batch",
)  # fmt: skip
_COLUMN = {"batch": "batch_id"}
_STATES = {state.value: state for state in State}
_KINDS = {kind.value: kind for kind in Kind}
_STATUSES = {status.value: status for status in Status}


def document_ids(wanted: DocumentFilter | None = None, sort: Sort | None = None) -> "array[int]":
    """Ids of all documents that pass, in order; ties by id in the same direction."""
    wanted, order = wanted or DocumentFilter(), sort or Sort()
    where, parameters = _where(wanted)
    if order.key not in SORT_KEYS:
        raise KeyError(order.key)
    column = _COLUMN.get(order.key, order.key)
    way = "DESC" if order.descending else "ASC"
    sql = f"SELECT id FROM document WHERE {where} ORDER BY {column} {way}, id {way}"  # noqa: S608
    return array("q", (row[0] for row in base.fetch(sql, parameters)))


def document_rows(ids: Iterable[int]) -> list[DocumentRow]:
    """The rows of these ids, in their order; ids that are gone are left out."""
    wanted = list(ids)
    office = policy.office()
    check_step = office.check_step if office else True
    rows = base.fetch(
        "SELECT id, title, name, state, status, kind, severity, open_findings, findings, "
        "attribute, document_number, signed_on, received_at, updated_at, batch_id, "
        "marks_waiting, (SELECT origin FROM revision WHERE revision.id = document.revision_id), "
        "CASE WHEN open_findings > 0 AND state IN ('received', 'returned') THEN (SELECT count(*) "
        "FROM finding WHERE document_id = document.id AND scan_id = document.scan_id "
        "AND ruling_id IS NULL AND visible = 0 AND family = ? AND severity = ?) ELSE 0 END, "
        "EXISTS(SELECT 1 FROM publication WHERE document_id = document.id), "
        "(SELECT rulebook FROM scan WHERE scan.id = document.scan_id) "
        "FROM document WHERE id IN (SELECT value FROM json_each(?))",
        (Family.HIDDEN.value, Severity.NOTE.rank, json.dumps(wanted)),
    )
    rules = outdated.in_force()
    found = {row[0]: _row(row, check_step=check_step, rules=rules) for row in rows}
    return [found[number] for number in wanted if number in found]


def swept(finding: FindingRow) -> bool:
    """Is it one of those that a clean copy leaves behind by itself and nobody has to look at?

    Properties, thumbnails, alternative texts. They are ruled on when the copy is made, by the
    officer who makes it. `document_rows` counts them by the same rule.
    """
    hidden = finding.family is Family.HIDDEN and not finding.visible
    return hidden and finding.severity is Severity.NOTE and finding.ruling is None


def next_step(
    state: State,
    *,
    status: Status,
    open_findings: int,
    marks_waiting: int,
    check_step: bool,
    attribute: str = "主动公开",
    copy_due: bool = False,
    cleanable: bool = True,
    published: bool = False,
    alarming: bool = False,
) -> str:
    """What somebody should do next with a document, in a few words.

    `open_findings`: those a person has to rule on. `copy_due`: a clean copy can be made of the
    current revision and was not; `cleanable`: we can write this format. `published`: it is entered
    where the document was put up. `alarming`: one of the open findings is more than a note.
    """
    if state in (State.RECEIVED, State.RETURNED):
        if not open_findings and marks_waiting and not cleanable and status in _READ:
            return "换成能做公开件的格式"
        return _before_review(status, open_findings, copy_due=copy_due or bool(marks_waiting))
    if state is State.RELEASED and open_findings and alarming:
        return f"有 {open_findings} 处新发现"
    if state is State.RELEASED and published:
        return "已登记，可核对渠道"
    if state is State.SUBMITTED:
        return "等科室负责人审核" if check_step else "等保密审查"
    if state is State.APPROVED and attribute != "主动公开":
        return "公开方式不是主动公开，退回或者不予公开"
    return _NEXT[state]


_NEXT = {
    State.CHECKED: "等保密审查",
    State.CLEARED: "等分管领导审批",
    State.APPROVED: "生成发布包",
    State.RELEASED: "上传后登记网址",
    State.WITHHELD: "定期复核能否公开",
    State.REFERRED: "等上级或者保密部门答复",
    State.RECALLED: "从各渠道撤下并改正",
    State.DISCARDED: "可移出回收站",
}


_READ = (Status.READ, Status.PARTLY)


def copy_due(kind: Kind, origin: Origin) -> bool:
    """Whether a file of this kind still lacks the clean copy that it is released as."""
    return kind in formats.CLEANABLE and origin is not Origin.CLEAN


def _before_review(status: Status, open_findings: int, *, copy_due: bool) -> str:
    if status is Status.STOPPED:
        return "停止办理，报告保密员"
    if status is Status.UNREADABLE:
        return "读不出来，换一份文件"
    if open_findings:
        return f"处理 {open_findings} 处发现"
    if copy_due:
        return "生成公开件"
    return "看完图片页后送审" if status is Status.PARTLY else "送审"


def _row(row: Sequence[Any], *, check_step: bool, rules: str) -> DocumentRow:
    state, status, kind = _STATES[row[3]], _STATUSES[row[4]], _KINDS[row[5]]
    due = copy_due(kind, Origin(row[16]))
    return DocumentRow(
        id=row[0],
        title=row[1],
        name=row[2],
        state=state,
        status=status,
        kind=kind,
        severity=ledger.worst(row[6]),
        open_findings=row[7],
        findings=row[8],
        attribute=row[9],
        document_number=row[10],
        signed_on=date.fromisoformat(row[11]) if row[11] else None,
        received_at=base.from_text(row[12]),
        updated_at=base.from_text(row[13]),
        batch=row[14],
        next_step=next_step(
            state,
            status=status,
            open_findings=row[7] - (row[17] if due else 0),
            marks_waiting=row[15],
            check_step=check_step,
            attribute=row[9],
            copy_due=due,
            cleanable=kind in formats.CLEANABLE,
            published=bool(row[18]),
            alarming=row[6] <= Severity.ASK.rank,
        ),
        outdated=bool(rules) and row[19] != rules and state is not State.DISCARDED,
    )


def _where(wanted: DocumentFilter) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []
    if wanted.trash:
        parts.append("state = 'discarded'")
    elif wanted.states:
        parts.append(f"state IN ({','.join('?' * len(wanted.states))})")
        values += sorted(state.value for state in wanted.states)
    else:
        parts.append("state <> 'discarded'")
    exact = (
        ("attribute", wanted.attribute),
        ("kind", wanted.kind.value if wanted.kind else None),
        ("severity", wanted.severity.rank if wanted.severity else None),
        ("batch_id", wanted.batch),
    )
    for column, value in exact:
        if value is not None:
            parts.append(f"{column} = ?")
            values.append(value)
    if wanted.received_from:
        parts.append("received_at >= ?")
        values.append(_midnight(wanted.received_from))
    if wanted.received_to:
        parts.append("received_at < ?")
        values.append(_midnight(wanted.received_to + timedelta(days=1)))
    if wanted.recheck is Recheck.OUTDATED:
        parts.append(outdated.OUTDATED.replace("?1", "?"))
        values += [outdated.in_force()] * 2
    elif wanted.recheck is Recheck.FOUND_LATER:
        parts.append(outdated.FOUND_LATER)
    query = search.match(wanted.text)
    if query is not None:
        parts.append("id IN (SELECT rowid FROM document_index WHERE document_index MATCH ?)")
        values.append(query)
    return " AND ".join(parts), values


def _midnight(day: date) -> str:
    return base.to_text(datetime.combine(day, time()).astimezone())
