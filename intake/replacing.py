"""Another file in the place of one that is already in the catalogue, through the same door."""

from pathlib import Path

from detection.report import Report, Status
from intake import door
from intake.entry import look
from intake.examine import Examiner
from intake.taken import CHANGED, SECRET, Outcome, Taken
from models import queries
from models.disclosure import documents, findings
from models.disclosure.case import Origin, State
from models.kernel import store
from models.kernel.errors import Changed, Refused, Unavailable
from models.kernel.home import Home
from models.kernel.person import Person

_LOOKS = 3
_WORKABLE = (State.RECEIVED, State.RETURNED)


def replace(home: Home, document_id: int, path: Path, officer: Person, examiner: Examiner) -> Taken:
    """Examine `path` where it lies and make it the document's current revision.

    A file with a state-secret mark is refused without a trace, as at the door; one that cannot be
    read is of no use and is refused too. The chosen file itself stays as it is. Raises Refused
    when the document is not in the drafter's hands, or was ruled on meanwhile, Cancelled.
    """
    detail = queries.document(document_id)
    if detail.state not in _WORKABLE:
        raise Refused(
            f"《{detail.title}》现在是“{detail.state.label}”，不能换文件。请由审查人员退回修改后再换。"
        )
    complaint = examiner.begin_batch()
    if complaint:
        return Taken(path, Outcome.FAILED, complaint)
    stood = (detail.scan.id, findings.marks(document_id))
    for _ in range(_LOOKS):
        report = look(path, examiner, matter=detail.fields["matter"]).report
        refused = _against(path, report, document_id, detail.revision.sha256)
        if refused is not None or report.sha256 is None:
            return refused or Taken(path, Outcome.FAILED, _trouble(report))
        try:
            stored = store.keep(home, path, report.sha256)
        except Changed:
            continue
        except Unavailable as error:
            return Taken(path, Outcome.FAILED, f"{error.what}：{error.why}")
        _, changes = documents.add_revision(
            document_id,
            stored,
            report,
            name=door.shown_name(path),
            origin=Origin.REPLACEMENT,
            officer=officer,
            made_from=stood,
        )
        says = f"已换上新文件，是 {document_id} 号的新版本。"
        return Taken(path, Outcome.KEPT, says, document_id, changes)
    return Taken(path, Outcome.CHANGED, CHANGED)


def _against(path: Path, report: Report, document_id: int, current: str) -> Taken | None:
    if report.status is Status.STOPPED:
        return Taken(path, Outcome.SECRET, SECRET)
    if report.sha256 is None:
        changing = any(t.text == door.CHANGING for t in report.troubles)
        outcome = Outcome.CHANGED if changing else Outcome.FAILED
        return Taken(path, outcome, _trouble(report))
    if report.sha256 == current:
        return Taken(path, Outcome.SAME, "选的就是现在的版本，没有换。请选修改后的文件。")
    known = documents.same_bytes(report.sha256)
    if known is not None and known[0] != document_id:
        number, title = known
        says = f"这个文件是 {number} 号《{title}》的原件，没有换。请直接办理那一份。"
        return Taken(path, Outcome.SAME, says, number)
    if report.status is Status.UNREADABLE:
        says = f"选的文件也读不了，没有换。{_trouble(report)}"
        return Taken(path, Outcome.FAILED, says)
    return None


def _trouble(report: Report) -> str:
    return next((t.text for t in report.troubles), Status.UNREADABLE.label)
