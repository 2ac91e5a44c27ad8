"""After a change of the rules: stored documents examined again, one at a time, by the program.

Nothing is moved: a released document gets a scan and an entry in the log, rulings go along to the
same findings, and what is new stays open for a person. What is still to be done is asked of the
catalogue, so a stop or a restart loses nothing.
"""

from collections.abc import Callable
from typing import NamedTuple

from detection.report import Status
from intake.examine import Examiner
from intake.many import Progress
from intake.pipeline import scan_again
from models import queries
from models.kernel.changes import Changes
from models.kernel.errors import Refused, Unavailable
from models.kernel.home import Home
from models.kernel.person import Person


class Rechecked(NamedTuple):
    """`done`: examined now; `failed`: their number and why; `left`: not come to, by a stop.

    `found_later`: released documents in which something is found that nobody has ruled on.
    `stopped`: those of `done` in which a state-secret mark was found; the officer must be told.
    """

    done: tuple[int, ...]
    failed: tuple[tuple[int, str], ...]
    left: int
    found_later: tuple[int, ...]
    stopped: tuple[int, ...]
    changes: Changes


def recheck(
    home: Home,
    examiner: Examiner,
    officer: Person | None = None,
    *,
    progress: Progress | None = None,
    stopped: Callable[[], bool] = lambda: False,
    wait: Callable[[], None] = lambda: None,
) -> Rechecked:
    """Examine every outdated document again, the released ones first.

    `officer` None: the program by itself. `stopped()` and `wait()`, which may hold the work up
    while the officer works, are called before each. A document that cannot be examined is passed
    over. Raises Unavailable when the rules are not to be trusted, Cancelled.
    """
    complaint = examiner.begin_batch()
    if complaint:
        raise Unavailable("没有重新检查", complaint)
    ids = queries.outdated_ids()
    done: list[int] = []
    failed: list[tuple[int, str]] = []
    changes = Changes()
    for number, document_id in enumerate(ids):
        wait()
        if stopped():
            break
        try:
            changes |= scan_again(home, document_id, officer, examiner)
            done.append(document_id)
        except Refused as refusal:
            failed.append((document_id, "".join(refusal.reasons)))
        except Unavailable as problem:
            failed.append((document_id, problem.why))
        if progress:
            progress(number + 1, len(ids), f"{document_id} 号")
    left = len(ids) - len(done) - len(failed)
    rows = queries.document_rows(done)
    marked = tuple(row.id for row in rows if row.status is Status.STOPPED)
    later = tuple(queries.found_later_ids())
    return Rechecked(tuple(done), tuple(failed), left, later, marked, changes)
