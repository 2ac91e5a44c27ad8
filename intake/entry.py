"""The walk of one file into the catalogue: look, keep, register, and only then move."""

import logging
import threading
from pathlib import Path
from typing import NamedTuple

from detection.finding import Severity
from detection.report import Report, Status
from intake import door, received
from intake.examine import Examiner
from intake.taken import CHANGED, NOT_MOVED, SECRET, Outcome, Taken
from models.disclosure import documents
from models.kernel import policy, store
from models.kernel.errors import Changed, Refused, Unavailable
from models.kernel.home import Home
from models.kernel.person import Person

log = logging.getLogger(__name__)

_LOOKS = 3
_TO_RULE = (Severity.HIDE, Severity.ASK)
NO_MARK = "这个文件里没有国家秘密标志，不需要放行，没有收下。请按平常的办法放入。"


class Looked(NamedTuple):
    """A file as it was examined: who it was at that moment, and what was found."""

    identity: door.Identity | None
    report: Report


def look(
    path: Path, examiner: Examiner, stop: threading.Event | None = None, *, matter: str = ""
) -> Looked:
    """Examine a file where it lies, for a matter (its label) or none. Raises Cancelled."""
    try:
        identity = door.identity(path)
    except (OSError, ValueError):
        identity = None
    return Looked(identity, examiner.examine(path, stop=stop, matter=matter))


def take_in(
    home: Home,
    path: Path,
    officer: Person,
    examiner: Examiner,
    *,
    batch: int | None = None,
    move: bool = False,
) -> Taken:
    """Examine `path` where it lies; keep and register it unless it may not be here.

    `move`: afterwards into the inbox's 已收 folder. A restart after a crash finds the bytes already
    registered and only moves. Raises Cancelled.
    """
    complaint = examiner.begin_batch()
    if complaint:
        return Taken(path, Outcome.FAILED, complaint)
    return enter(home, path, officer, examiner, look(path, examiner), batch=batch, move=move)


def enter(
    home: Home,
    path: Path,
    officer: Person,
    examiner: Examiner,
    looked: Looked,
    *,
    batch: int | None,
    move: bool,
) -> Taken:
    """`take_in` after the first look. Needs the catalogue's connection on this thread."""
    for again in range(_LOOKS):
        if again:
            looked = look(path, examiner)
        report = looked.report
        if report.status is Status.STOPPED:
            return Taken(path, Outcome.SECRET, SECRET)
        if report.sha256 is None:
            changing = any(t.text == door.CHANGING for t in report.troubles)
            outcome = Outcome.CHANGED if changing else Outcome.FAILED
            return Taken(path, outcome, first_trouble(report))
        try:
            taken = keep_and_enter(home, path, officer, report, report.sha256, batch)
        except Changed:
            continue
        except Unavailable as error:
            return Taken(path, Outcome.FAILED, f"{error.what}：{error.why}")
        if move and taken.document_id is not None:
            return _moved(home, taken, looked)
        return taken
    return Taken(path, Outcome.CHANGED, CHANGED)


def keep_and_enter(
    home: Home,
    path: Path,
    officer: Person,
    report: Report,
    sha256: str,
    batch: int | None,
    *,
    admission: str = "",
) -> Taken:
    """Keep the bytes that were examined and register them; the first of the same is named.

    `admission`: why the officer lets a state-secret mark in them pass. Raises Changed, Unavailable.
    """
    known = documents.same_bytes(sha256)
    if known is not None:
        if not store.intact(home, sha256):  # the officer holds what the store has lost
            store.keep(home, path, sha256)
        return _same(path, known)
    stored = store.keep(home, path, sha256)
    source = str(path.absolute().parent).encode("utf-8", "replace").decode()
    try:
        document_id, changes = documents.register(
            stored,
            report,
            name=door.shown_name(path),
            source=source,
            officer=officer,
            batch=batch,
            admission=admission,
        )
    except Refused as error:
        known = documents.same_bytes(sha256)  # another window was quicker
        if known is not None:
            return _same(path, known)
        return Taken(path, Outcome.FAILED, "".join(error.reasons))
    return Taken(path, Outcome.KEPT, _kept(document_id, report), document_id, changes)


def _kept(document_id: int, report: Report) -> str:
    says = f"已收下，是 {document_id} 号。"
    if report.status is not Status.READ:
        says += f"但没有读全，需人工查看：{first_trouble(report)}"
    elif count := sum(f.severity in _TO_RULE for f in report.findings):
        says += f"发现 {count} 处需要处理，请到“审查”逐处办理。"
    return says


def _same(path: Path, known: tuple[int, str]) -> Taken:
    number, title = known
    says = f"这个文件以前收过，是 {number} 号《{title}》，没有重复收下。请直接办理那一份。"
    return Taken(path, Outcome.SAME, says, number)


def first_trouble(report: Report) -> str:
    """Why the file could not be read, or not whole, in a sentence."""
    return next((t.text for t in report.troubles), Status.UNREADABLE.label)


def _inboxes(home: Home) -> tuple[Path, ...]:
    office = policy.office()
    return (*(office.inboxes if office else ()), home.inbox)


def _moved(home: Home, taken: Taken, looked: Looked) -> Taken:
    """Out of the inbox, unless somebody has meanwhile put other bytes under that name."""
    try:
        if door.identity(taken.path) != looked.identity:
            return taken
        received.put_away(taken.path, _inboxes(home))
    except (OSError, Unavailable) as error:
        log.info("a file could not be moved out of the inbox: %s", type(error).__name__)
        return Taken(
            taken.path, taken.outcome, taken.says + NOT_MOVED, taken.document_id, taken.changes
        )
    return taken
