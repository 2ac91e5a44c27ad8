"""Rulings on findings: append only; the newest one that was not taken back counts."""

from collections.abc import Iterable, Sequence

from detection.finding import Family, Severity
from detection.finding import Finding as Found
from formats.reading import Mark, Part, Place
from models.disclosure import carrying, ledger
from models.disclosure.case import State
from models.disclosure.places import masked, place_from
from models.disclosure.rulings import Ruling
from models.kernel import audit, base
from models.kernel.base import Changes
from models.kernel.errors import Refused
from models.kernel.person import Person, Role
from models.kernel.schema import Document, Finding, RulingRow

__all__ = ["MANUAL_RULE", "Ruling", "add_mark", "alike", "marks", "rule_on", "undo"]

MANUAL_RULE = "officer-mark"
_REMOVED = "***"
_CELLS = frozenset({Part.TABLE, Part.CELL})
_WORKABLE = (State.RECEIVED, State.RETURNED)


def rule_on(
    finding_ids: Sequence[int], ruling: Ruling, officer: Person, reason: str = ""
) -> Changes:
    """One ruling on some findings of current scans, taken back together by `undo`.

    A reason is required for NOT_ONE, and for KEEP where the finding should be hidden. What later
    rules find in a released document a 保密审查员 may let stand, with a reason; to hide it, the
    document is recalled first.
    """
    if not finding_ids:
        return Changes()
    with base.transaction():
        person = ledger.acting(officer)
        found = [_finding(number) for number in dict.fromkeys(finding_ids)]
        touched = {row.document_id: ledger.document_row(row.document_id) for row in found}
        wrong = _wrong(found, touched, ruling, reason, person)
        if wrong:
            raise Refused(*wrong)
        act, now = carrying.next_act(), base.to_text(base.now())
        for row in found:
            number = RulingRow.insert(
                finding_id=row.id, act=act, ruling=ruling.value, officer_id=person.id,
                reason=reason.strip(), at=now,
            ).execute()  # fmt: skip
            Finding.update(ruling_id=number).where(Finding.id == row.id).execute()
        for document_id in touched:
            numbers = [row.number for row in found if row.document_id == document_id]
            ledger.count(document_id)
            audit.write(
                person, "rule", "document", document_id, reason=reason.strip(),
                detail={"act": act, "ruling": ruling.value, "findings": numbers},
            )  # fmt: skip
    return _changes(touched.values())


def undo(document_id: int, officer: Person) -> Changes:
    """Take back the officer's newest act of ruling in this document that still counts.

    Where the act reached into other documents of the batch, it is taken back there too; what was
    ruled before counts again.
    """
    with base.transaction():
        person = ledger.acting(officer)
        ledger.require_state(ledger.document_row(document_id), _WORKABLE, "改处理意见")
        last = base.fetch(
            "SELECT max(r.act) FROM ruling r JOIN finding f ON f.ruling_id = r.id "
            "JOIN document d ON d.scan_id = f.scan_id "
            "WHERE d.id = ? AND r.officer_id = ? AND r.carried_from IS NULL",
            (document_id, person.id),
        )[0][0]
        if last is None:
            raise Refused("没有可以撤销的处理意见：您在这份文件里还没有处理过，或者已经全部撤销。")
        rows = base.fetch(
            "SELECT r.id, f.id, f.document_id FROM ruling r JOIN finding f ON f.ruling_id = r.id "
            "JOIN document d ON d.id = f.document_id AND d.scan_id = f.scan_id "
            "WHERE r.act = ? AND r.officer_id = ? AND r.carried_from IS NULL "
            "AND d.state IN ('received', 'returned') ORDER BY r.id",
            (last, person.id),
        )
        act, now = carrying.next_act(), base.to_text(base.now())
        for ruling_id, finding_id, _ in rows:
            RulingRow.insert(
                finding_id=finding_id, act=act, ruling="", officer_id=person.id, at=now,
                undoes=ruling_id,
            ).execute()  # fmt: skip
            Finding.update(ruling_id=_before(finding_id)).where(Finding.id == finding_id).execute()
        touched = {number: ledger.document_row(number) for number in {row[2] for row in rows}}
        for number in sorted(touched):
            ledger.count(number)
            audit.write(person, "undo-rule", "document", number, detail={"act": last})
    return _changes(touched.values())


def alike(finding_id: int) -> list[int]:
    """Findings of current scans with the same rule and text, this one too, by id.

    They are sought in the same batch, or in the same document when it came alone.
    """
    return [
        int(row[0])
        for row in base.fetch(
            "SELECT f.id FROM finding a JOIN document da ON da.id = a.document_id "
            "JOIN finding f ON f.rule = a.rule AND f.fingerprint = a.fingerprint "
            "JOIN document d ON d.id = f.document_id AND d.scan_id = f.scan_id "
            "WHERE a.id = ? AND (d.id = da.id OR (d.batch_id = da.batch_id "
            "AND d.state IN ('received', 'returned'))) ORDER BY f.id",
            (finding_id,),
        )
    ]


def marks(document_id: int) -> list[Mark]:
    """What the knife must do to the current revision: rulings that hide, at places a reader sees.

    What no reader sees is dropped by the knife whatever was ruled.
    """
    rows = base.fetch(
        "SELECT f.place, f.span_start, f.span_end, r.ruling, f.suggest, f.whole FROM document d "
        "JOIN finding f ON f.scan_id = d.scan_id JOIN ruling r ON r.id = f.ruling_id "
        "WHERE d.id = ? AND f.visible = 1 AND r.ruling IN ('redact', 'mask') ORDER BY f.number",
        (document_id,),
    )
    return [
        _mark(place_from(place), (start, end), Ruling(ruling), suggest, whole=bool(whole))
        for place, start, end, ruling, suggest, whole in rows
    ]


def _mark(
    place: Place, span: tuple[int, int], ruling: Ruling, suggest: str, *, whole: bool
) -> Mark:
    """A cell of which all is removed is left empty, as a person would; a sentence keeps stars."""
    if ruling is Ruling.MASK and suggest:
        return Mark(place, span, suggest)
    return Mark(place, span, "" if whole and place.part in _CELLS else _REMOVED)


def add_mark(
    document_id: int, place: Place, span: tuple[int, int], text: str, officer: Person
) -> tuple[int, Changes]:
    """A finding of the officer's own on the current scan, already ruled REDACT; its id.

    `text` is the bare text at the span; only a masked excerpt and its fingerprint are kept.
    """
    with base.transaction():
        person = ledger.acting(officer)
        row = ledger.document_row(document_id)
        ledger.require_state(row, _WORKABLE, "加标记")
        if not text or span[0] < 0 or span[1] <= span[0]:
            raise Refused("没有选中文字。请先选中要遮盖的文字，再加标记。")
        last = base.fetch("SELECT max(number) FROM finding WHERE scan_id = ?", (row.scan_id,))
        found = Found(
            rule=MANUAL_RULE,
            family=Family.PERSONAL,
            severity=Severity.HIDE,
            place=place,
            span=span,
            text=text,
            masked=masked(text),
            visible=True,
            certainty=1.0,
            valid=None,
            reason="人工标记",
            basis="",
            suggest=_REMOVED,
        )
        values = ledger.finding_values(
            ledger.scan_of(row), document_id, (last[0][0] or 0) + 1, found, {}, manual=True
        )
        number = int(Finding.insert(**values).execute())
        ruling = RulingRow.insert(
            finding_id=number, act=carrying.next_act(), ruling=Ruling.REDACT.value,
            officer_id=person.id, at=base.to_text(base.now()),
        ).execute()  # fmt: skip
        Finding.update(ruling_id=ruling).where(Finding.id == number).execute()
        ledger.count(document_id)
        audit.write(person, "mark", "document", document_id, detail={"finding": values["number"]})
    return number, _changes([row])


def _finding(finding_id: int) -> Finding:
    row = Finding.get_or_none(Finding.id == finding_id)
    if row is None:
        raise Refused(f"没有编号为 {finding_id} 的发现。请刷新后再选。")
    return row


def _wrong(
    found: Sequence[Finding],
    documents: dict[int, Document],
    ruling: Ruling,
    reason: str,
    person: Person,
) -> tuple[str, ...]:
    wrong: dict[str, None] = {}
    for row in found:
        document = documents[row.document_id]
        state = State(document.state)
        if state is State.RELEASED:
            wrong.update(dict.fromkeys(_after_release(row, document, ruling, reason, person)))
        elif state not in _WORKABLE:
            wrong[
                f"《{document.title}》现在是“{state.label}”，“已收”“退回修改”时才能改处理意见。"
                "请先退回。"
            ] = None
        if row.scan_id != document.scan_id:
            wrong[f"《{document.title}》已经重新检查过，这处发现不再有效。请刷新后再处理。"] = None
        hide = row.severity <= Severity.HIDE.rank
        if not reason.strip() and ruling is Ruling.NOT_ONE:
            wrong["认定“不是”要写理由。请写明为什么不是，同样的内容以后不再提示。"] = None
        if not reason.strip() and ruling is Ruling.KEEP and hide:
            wrong["这处内容应当遮盖，保留要写理由。请写明依据哪一条可以公开。"] = None
    return tuple(wrong)


def _after_release(
    row: Finding, document: Document, ruling: Ruling, reason: str, person: Person
) -> tuple[str, ...]:
    """What stands before the public is not changed by a ruling: it may only be let stand."""
    if row.ruling_id is not None:
        return (f"《{document.title}》已经发布，发布前定下的处理意见不能再改。需要改的请先撤回。",)
    if ruling.hides or row.severity == Severity.STOP.rank:
        return (
            f"《{document.title}》已经公开，要{ruling.label}请先撤回：从各渠道撤下，改正以后重新发布。",
        )
    if Role.SECRECY not in person.roles or not reason.strip():
        return (
            f"《{document.title}》已经公开，新发现可以保留或者“不是”的，由保密审查员复核并写明理由。",
        )
    return ()


def _before(finding_id: int) -> int | None:
    """The newest ruling on the finding that was not taken back."""
    rows = base.fetch(
        "SELECT max(id) FROM ruling r WHERE finding_id = ? AND undoes IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM ruling u WHERE u.undoes = r.id)",
        (finding_id,),
    )
    return None if rows[0][0] is None else int(rows[0][0])


def _changes(rows: Iterable[Document]) -> Changes:
    documents = tuple(rows)
    return Changes(
        documents=frozenset(row.id for row in documents),
        batches=frozenset(row.batch_id for row in documents if row.batch_id is not None),
    )
