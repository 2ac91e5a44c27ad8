"""Letting a state-secret mark pass: by a 保密审查员, in writing, for these bytes and no others.

A mark means refusal (保守国家秘密法 art. 31(3)). Where it is none, in training material about marks
above all, only the office's own secrecy reviewer may say so. The marks stay findings, ruled by her
with her reason; whoever let them pass decides nothing more about the document.
"""

from collections.abc import Iterable

from detection.finding import Finding as Found
from detection.finding import Severity
from models.disclosure import carrying
from models.disclosure.rulings import Ruling
from models.kernel import audit, base, people
from models.kernel.errors import Refused
from models.kernel.person import Person, Role
from models.kernel.schema import Admission, Document, Finding, RulingRow

__all__ = ["admit", "admitted", "admitters", "marked", "require"]


def require(officer: Person, reason: str) -> Person:
    """The officer as known now, if she may let a mark pass with this reason. Raises Refused."""
    person = people.current(officer)
    wrong = []
    if not person.active or Role.SECRECY not in person.roles:
        wrong.append(
            f"“{person.name}”不是在岗的保密审查员，不能放行带有国家秘密标志的文件。"
            "请停止办理，马上报告保密员。"
        )
    if not reason.strip():
        wrong.append(
            "放行要写理由。请写明为什么不是国家秘密、看过什么、依据什么，它会记入日志并印在审批表上。"
        )
    if wrong:
        raise Refused(*wrong)
    return person


def marked(found: Iterable[Found]) -> bool:
    """Whether a state-secret mark is among the findings."""
    return any(finding.severity is Severity.STOP for finding in found)


def admit(row: Document, revision_id: int, scan_id: int, officer: Person, reason: str) -> None:
    """Let the marks of this scan pass, inside the caller's transaction. Raises Refused.

    They are ruled NOT_ONE by the officer; a mark that only later rules find is not among them.
    """
    person, reason = require(officer, reason), reason.strip()
    sha256 = base.fetch("SELECT sha256 FROM revision WHERE id = ?", (revision_id,))[0][0]
    marks = base.fetch(
        "SELECT id, rule || ':' || fingerprint, ruling_id FROM finding "
        "WHERE scan_id = ? AND severity = ? ORDER BY number",
        (scan_id, Severity.STOP.rank),
    )
    names = list(dict.fromkeys(mark for _, mark, _ in marks))
    audit.write(
        person, "admit", "document", row.id, sha256=sha256, reason=reason,
        detail={"marks": len(marks)},
    )  # fmt: skip
    now = base.to_text(base.now())
    Admission.insert(
        document_id=row.id, revision_id=revision_id, sha256=sha256, officer_id=person.id,
        reason=reason, marks=names, at=now,
    ).execute()  # fmt: skip
    act = carrying.next_act()
    for finding_id, _, ruled in marks:
        if ruled is None:
            number = RulingRow.insert(
                finding_id=finding_id, act=act, ruling=Ruling.NOT_ONE.value,
                officer_id=person.id, reason=reason, at=now,
            ).execute()  # fmt: skip
            Finding.update(ruling_id=number).where(Finding.id == finding_id).execute()


def admitted(revision_id: int) -> str:
    """The sha256 of the revision's bytes if a mark in them was let pass, else ""."""
    found = base.fetch("SELECT sha256 FROM admission WHERE revision_id = ? LIMIT 1", (revision_id,))
    return str(found[0][0]) if found else ""


def admitters(document_id: int) -> tuple[tuple[int, str], ...]:
    """Who let a mark of this document pass, in any of its revisions: id and name."""
    rows = base.fetch(
        "SELECT DISTINCT o.id, o.name FROM admission a JOIN officer o ON o.id = a.officer_id "
        "WHERE a.document_id = ? ORDER BY o.id",
        (document_id,),
    )
    return tuple((int(number), str(name)) for number, name in rows)
