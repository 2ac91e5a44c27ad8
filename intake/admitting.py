"""A file with a state-secret mark let in by a 保密审查员: looked at, kept and entered in one go.

Until she has said so, by name and in writing, nothing of the file is kept; afterwards it is taken
in as ever, and her admission holds for these bytes only.
"""

from pathlib import Path

from detection.report import Status
from intake import door, outcomes
from intake.entry import NO_MARK, first_trouble, keep_and_enter
from intake.examine import Examiner
from intake.taken import CHANGED, SECRET, Outcome, Taken
from models.disclosure import admissions
from models.kernel.errors import Changed, Unavailable
from models.kernel.home import Home
from models.kernel.person import Person


def let_in(
    home: Home,
    path: Path,
    officer: Person,
    reason: str,
    examiner: Examiner,
    *,
    batch: int | None = None,
) -> Taken:
    """Take `path` in though it bears a state-secret mark. The file stays where it is.

    A file without a mark needs no admission and is not taken in here: nothing may be admitted in
    advance. Raises Refused when the officer may not, or gives no reason; Cancelled.
    """
    admissions.require(officer, reason)
    digest = outcomes.fingerprint(path)[1]
    if digest is None:
        return Taken(path, Outcome.FAILED, door.MISSING)
    complaint = examiner.begin_batch()
    if complaint:
        return Taken(path, Outcome.FAILED, complaint)
    report = examiner.examine(path, admitted=digest)
    if report.status is Status.STOPPED:
        return Taken(path, Outcome.SECRET, SECRET)
    if report.sha256 != digest:
        return Taken(path, Outcome.CHANGED, first_trouble(report) if report.troubles else CHANGED)
    if not admissions.marked(report.findings):
        return Taken(path, Outcome.FAILED, NO_MARK)
    try:
        return keep_and_enter(home, path, officer, report, digest, batch, admission=reason)
    except Changed:
        return Taken(path, Outcome.CHANGED, CHANGED)
    except Unavailable as error:
        return Taken(path, Outcome.FAILED, f"{error.what}：{error.why}")
