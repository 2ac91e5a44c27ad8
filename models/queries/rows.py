"""What the screens and the command line read: NamedTuples, never models. Times are aware."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from detection.finding import Family, Severity
from detection.report import Status
from formats.reading import Kind, Place, Trouble
from models.disclosure.case import Action, Origin, State
from models.disclosure.rulings import Ruling


class Recheck(StrEnum):
    """What a change of the rules did to a document. Values are words of the command line.

    OUTDATED: its newest examination is by other rules. FOUND_LATER: it is released, and rules that
    came later found something in it that nobody has ruled on.
    """

    OUTDATED = "outdated"
    FOUND_LATER = "found-later"

    @property
    def label(self) -> str:
        """The word an officer reads."""
        return {
            Recheck.OUTDATED: "规则更新待重查",
            Recheck.FOUND_LATER: "公开后有新发现",
        }[self]


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents; every given part must hold. `trash`: only the trash; else never the trash.

    `severity`: documents whose worst open finding is this one. `text`: several words are AND.
    `received_from` and `received_to` are days in this machine's zone, both inclusive.
    """

    states: frozenset[State] = frozenset()
    attribute: str | None = None
    kind: Kind | None = None
    severity: Severity | None = None
    batch: int | None = None
    text: str = ""
    received_from: date | None = None
    received_to: date | None = None
    recheck: Recheck | None = None
    trash: bool = False


@dataclass(frozen=True, slots=True)
class Sort:
    """`key`: a column name of DocumentRow that can be sorted (see `queries.SORT_KEYS`)."""

    key: str = "received_at"
    descending: bool = True


class DocumentRow(NamedTuple):
    """One line of the catalogue. `severity`: of the worst finding without a ruling.

    `outdated`: the newest examination is by other rules than those in force.
    """

    id: int
    title: str
    name: str
    state: State
    status: Status
    kind: Kind
    severity: Severity | None
    open_findings: int
    findings: int
    attribute: str
    document_number: str
    signed_on: date | None
    received_at: datetime
    updated_at: datetime
    batch: int | None
    next_step: str
    outdated: bool = False


class RevisionRow(NamedTuple):
    """One set of bytes of a document; `ordinal` counts from 1."""

    id: int
    document_id: int
    ordinal: int
    origin: Origin
    sha256: str
    size: int
    kind: Kind
    name: str
    made_by: str
    made_at: datetime


class ScanRow(NamedTuple):
    """One examination of a revision."""

    id: int
    revision_id: int
    status: Status
    kind: Kind
    pages: int | None
    image_pages: tuple[int, ...]
    characters: int
    seconds: float
    rulebook: str
    troubles: tuple[Trouble, ...]
    made_at: datetime


class DocumentDetail(NamedTuple):
    """One document with its catalogue fields, current revision and that revision's newest scan."""

    id: int
    title: str
    name: str
    state: State
    kind: Kind
    taken_from: str
    registered_by: str
    fields: dict[str, str]
    severity: Severity | None
    open_findings: int
    findings: int
    received_at: datetime
    updated_at: datetime
    batch: int | None
    next_step: str
    original: RevisionRow
    revision: RevisionRow
    scan: ScanRow


class FindingRow(NamedTuple):
    """One finding with the ruling in force. `number` counts from 1 within the scan: "f1", "f2"."""

    id: int
    number: int
    rule: str
    family: Family
    severity: Severity
    place: Place
    span: tuple[int, int]
    masked: str
    visible: bool
    certainty: float
    valid: bool | None
    reason: str
    basis: str
    suggest: str
    manual: bool
    ruling: Ruling | None
    ruled_by: str
    ruled_at: datetime | None
    ruling_reason: str
    carried: bool


class AdmissionRow(NamedTuple):
    """A state-secret mark let pass. `current`: in the bytes that are the document's now."""

    document_id: int
    officer: str
    at: datetime
    reason: str
    sha256: str
    current: bool


class HandledRow(NamedTuple):
    """How many findings of a family were ruled on in one way, over a document's revisions."""

    family: Family
    ruling: Ruling
    number: int


class StepRow(NamedTuple):
    """One step of a document's review; `at` with zone; `sha256` of the revision it was taken on."""

    action: Action
    officer: str
    at: datetime
    reason: str
    sha256: str
    from_state: State
    to_state: State


class BatchRow(NamedTuple):
    """Files that came together."""

    id: int
    name: str
    made_at: datetime
    made_by: str
    documents: int
    findings: int
    open_findings: int


class ReleaseRow(NamedTuple):
    """One package. `released_at` is None when it was never finished."""

    id: int
    name: str
    made_at: datetime
    made_by: str
    released_at: datetime | None
    documents: int
    folder: Path | None
    archive: Path | None
    manifest_sha256: str
    head: str


class PublicationRow(NamedTuple):
    """Where and when a document was put before the public."""

    id: int
    document_id: int
    release_id: int | None
    channel: str
    url: str
    date: date
    officer: str


class AuditRow(NamedTuple):
    """One line of the audit log."""

    id: int
    at: datetime
    officer: str
    action: str
    subject: str
    subject_id: int | None
    from_state: str
    to_state: str
    sha256: str
    reason: str
    detail: str
    prev: str
    hash: str


class Counts(NamedTuple):
    """Numbers for the rail. `states`: documents in each state (all eleven keys).

    `outdated` and `found_later`: documents that `Recheck` speaks of.
    """

    states: dict[State, int]
    documents: int
    with_open_findings: int
    releases: int
    unpublished: int
    outdated: int = 0
    found_later: int = 0
