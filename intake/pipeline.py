"""The walk of one file: look, keep, register; look again; make a clean copy."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from intake.examine import Examiner

if TYPE_CHECKING:
    from models.kernel.base import Changes
    from models.kernel.home import Home
    from models.kernel.people import Person


class Outcome(StrEnum):
    """What became of one file that was to be taken in."""

    KEPT = "kept"
    SECRET = "secret"
    SAME = "same"
    CHANGED = "changed"
    FAILED = "failed"

    @property
    def label(self) -> str:
        """The word an officer reads."""
        return {
            Outcome.KEPT: "已收下",
            Outcome.SECRET: "有国家秘密标志，已拒收",
            Outcome.SAME: "已有相同文件",
            Outcome.CHANGED: "文件还在变化，未收",
            Outcome.FAILED: "未收下",
        }[self]


@dataclass(frozen=True, slots=True)
class Taken:
    """One file's outcome. `says` is a Chinese sentence: what happened and what to do.

    `document_id` is the new document (KEPT) or the first with the same bytes (SAME).
    """

    path: Path
    outcome: Outcome
    says: str
    document_id: int | None
    changes: "Changes"

    def __repr__(self) -> str:
        """Without the path: a file's name may not reach a log."""
        return f"Taken({self.outcome.value})"


def take_in(
    home: "Home",
    path: Path,
    officer: "Person",
    examiner: Examiner,
    *,
    batch: int | None = None,
    move: bool = False,
) -> Taken:
    """Look at the file where it lies, then keep and register it."""
    raise NotImplementedError


def take_many(
    home: "Home",
    paths: Sequence[Path],
    officer: "Person",
    examiner: Examiner,
    *,
    batch: int | None = None,
    move: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Taken, ...]:
    """Files and folders (walked, sorted): one Taken a file, whatever happens to the others."""
    raise NotImplementedError


def scan_again(home: "Home", document_id: int, officer: "Person", examiner: Examiner) -> "Changes":
    """Examine the current revision's stored bytes again, with today's rules."""
    raise NotImplementedError


def clean_copy(home: "Home", document_id: int, officer: "Person", examiner: Examiner) -> "Changes":
    """Write a clean copy of the current revision by the rulings and make it the new revision."""
    raise NotImplementedError
