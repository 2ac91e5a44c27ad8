"""The words of the review, and all that a refusal may depend on. Pure.

States and outcomes: domain notes, disclosure A3, A6 (条例 art. 14-17).
"""

from dataclasses import dataclass
from enum import StrEnum

from detection.report import Status
from formats.reading import Kind
from models.kernel.person import Person


class State(StrEnum):
    """Where a document stands."""

    RECEIVED = "received"
    SUBMITTED = "submitted"
    CHECKED = "checked"
    CLEARED = "cleared"
    APPROVED = "approved"
    RELEASED = "released"
    RETURNED = "returned"
    WITHHELD = "withheld"
    REFERRED = "referred"
    RECALLED = "recalled"
    DISCARDED = "discarded"

    @property
    def label(self) -> str:
        """The word an officer reads."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    State.RECEIVED: "已收",
    State.SUBMITTED: "待审核",
    State.CHECKED: "待保密审查",
    State.CLEARED: "待审批",
    State.APPROVED: "待发布",
    State.RELEASED: "已发布",
    State.RETURNED: "退回修改",
    State.WITHHELD: "不予公开",
    State.REFERRED: "报请确定",
    State.RECALLED: "已撤回",
    State.DISCARDED: "回收站",
}


class Action(StrEnum):
    """What an officer does with a document. Values are the words of the command line."""

    SUBMIT = "submit"
    CHECK = "check"
    CLEAR = "clear"
    APPROVE = "approve"
    RETURN = "return"
    WITHHOLD = "withhold"
    REFER = "refer"
    RESUME = "resume"
    RELEASE = "release"
    RECALL = "recall"
    DISCARD = "discard"
    RESTORE = "restore"

    @property
    def label(self) -> str:
        """The word on the button."""
        return _ACTION_LABELS[self]


_ACTION_LABELS = {
    Action.SUBMIT: "送审",
    Action.CHECK: "审核通过",
    Action.CLEAR: "保密审查通过",
    Action.APPROVE: "审批同意",
    Action.RETURN: "退回修改",
    Action.WITHHOLD: "不予公开",
    Action.REFER: "报请确定",
    Action.RESUME: "恢复办理",
    Action.RELEASE: "发布",
    Action.RECALL: "撤回",
    Action.DISCARD: "放入回收站",
    Action.RESTORE: "移出回收站",
}


class Origin(StrEnum):
    """How a revision came to be."""

    ORIGINAL = "original"
    CLEAN = "clean"
    REPLACEMENT = "replacement"

    @property
    def label(self) -> str:
        """The word an officer reads."""
        return {
            Origin.ORIGINAL: "原件",
            Origin.CLEAN: "公开件",
            Origin.REPLACEMENT: "替换件",
        }[self]


@dataclass(frozen=True, slots=True)
class Step:
    """One step already taken in the current round; `sha256` is the revision it was taken on."""

    action: Action
    officer_id: int
    officer: str
    sha256: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ScanFacts:
    """What the newest scan of the current revision says."""

    status: Status
    rulebook: str
    image_pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a refusal may depend on, for one document and the officer who wants to act.

    `steps`: the steps since the last submission, that submission first; empty before the first.
    `findings_open`: findings of the newest scan without a ruling; `marks_waiting`: those ruled
    REDACT or MASK that still stand in the current revision; `stops`: what may never be released.
    `pages_seen`: pages of this revision looked at by the submitter (before: by this officer).
    `values`: the catalogue fields. `rulebook`: the version in force. `admitters`: who let a
    state-secret mark of this document pass, by id and name; such a mark is not among the `stops`.
    """

    state: State
    person: Person
    reason: str
    check_step: bool
    sha256: str
    origin: Origin
    kind: Kind
    cleanable: bool
    scan: ScanFacts | None
    rulebook: str
    findings_open: int
    marks_waiting: int
    stops: tuple[str, ...]
    pages_seen: frozenset[int]
    steps: tuple[Step, ...]
    values: dict[str, str]
    admitters: tuple[tuple[int, str], ...] = ()
