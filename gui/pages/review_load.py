"""Everything the review desk shows of one document, read in one go away from the main thread."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gui.widgets.document_side import Side, Source
from models import queries
from models.disclosure import aggregation, findings, precedents, review
from models.disclosure.case import Action, Origin, State
from models.disclosure.precedents import Precedent
from models.disclosure.workflow import refusals
from models.kernel.home import Home
from models.kernel.person import Person, Role
from models.kernel.store import path_of
from models.queries.rows import AdmissionRow, DocumentDetail, FindingRow, RevisionRow, StepRow

_FOUND_LATER = (
    "文件已经公开，规则更新后又有新发现：该遮盖的，请先撤回，从各渠道撤下、改正后重新发布；"
    "可以保留或者不是的，由保密审查员复核并写明理由。"
)
WORKABLE = (State.RECEIVED, State.RETURNED)


class Opened(NamedTuple):
    """One document on the desk.

    `against`: for each action all reasons against it, an opinion taken as written.
    `wordless`: the actions that are refused only because no opinion is written yet.
    `clean_due`: a clean copy can be made and has to be made before handing in.
    `rescan_due`: the rules have changed since the file was examined.
    `marked`: the side on which the findings stand, which is the current revision.
    `earlier`: with a clean copy, what was found and ruled on in the original it was made from.
    `labels`: the names of the rules by id. `reviewer`: the officer is a 保密审查员.
    `precedents`: what was decided on the same texts before, by the finding's id. `together`: the
    warnings about other lists of the same people. `admissions`: state-secret marks let pass.
    """

    detail: DocumentDetail
    findings: Sequence[FindingRow]
    earlier: Sequence[FindingRow]
    steps: Sequence[StepRow]
    against: Mapping[Action, tuple[str, ...]]
    wordless: frozenset[Action]
    pages_seen: frozenset[int]
    check_step: bool
    clean_due: bool
    rescan_due: bool
    original: Source
    public: Source | None
    marked: Side
    labels: Mapping[str, str]
    reviewer: bool
    precedents: Mapping[int, Precedent]
    together: tuple[str, ...]
    admissions: Sequence[AdmissionRow]

    @property
    def may_rule(self) -> str:
        """Why findings cannot be ruled on now; empty when they can."""
        if self.detail.state in WORKABLE:
            return ""
        if self.detail.state is State.RELEASED and self.detail.open_findings:
            return "" if self.reviewer else _FOUND_LATER
        return (
            f"文件现在是“{self.detail.state.label}”，处理意见已经定下。要改，请由审查人员退回修改。"
        )


def load(home: Home, document_id: int, officer: Person) -> Opened:
    """Read it. Raises Refused when there is no such document, Unavailable."""
    detail = queries.document(document_id)
    facts = review.case(document_id, officer)
    against = review.possible(document_id, officer)
    wordless = frozenset(a for a, why in against.items() if not why and refusals(facts, a))
    revisions = queries.revisions_of(document_id)
    current = detail.revision
    first = next(
        (r for r in reversed(revisions) if r.origin is not Origin.CLEAN and _before(r, current)),
        current,
    )
    clean = current if current.origin is Origin.CLEAN else None
    return Opened(
        detail=detail,
        findings=queries.findings_of(document_id),
        earlier=() if clean is None else queries.findings_of_revision(first.id),
        steps=queries.steps_of(document_id),
        against=against,
        wordless=wordless,
        pages_seen=facts.pages_seen,
        check_step=facts.check_step,
        clean_due=facts.cleanable
        and (bool(facts.marks_waiting) or facts.origin is not Origin.CLEAN),
        rescan_due=facts.scan is None or facts.scan.rulebook != facts.rulebook,
        original=_source(home, first, detail),
        public=None if clean is None else _source(home, clean, detail),
        marked=Side.ORIGINAL if clean is None else Side.PUBLIC,
        labels={rule.id: rule.label for rule in review.rules_in_force().rules},
        reviewer=Role.SECRECY in facts.person.roles,
        precedents=precedents.precedents(document_id),
        together=aggregation.warnings(document_id),
        admissions=queries.admissions_of(document_id),
    )


def alike(finding_id: int) -> list[int]:
    """The findings that are the same in this batch, this one included."""
    return findings.alike(finding_id)


def past_ruling(opened: Opened | None, finding_id: int) -> str | None:
    """What was ruled in the original on the way to the public copy; None for a finding of now."""
    earlier = opened.earlier if opened is not None else ()
    past = next((f for f in earlier if f.id == finding_id), None)
    if past is None:
        return None
    ruled = f"{past.ruling.label}，{past.ruled_by}" if past.ruling is not None else "没有处理意见"
    return f"{past.masked}：{ruled}"


def _before(revision: RevisionRow, current: RevisionRow) -> bool:
    return revision.ordinal <= current.ordinal


def _source(home: Home, revision: RevisionRow, detail: DocumentDetail) -> Source:
    pages = detail.scan.pages if revision.id == detail.revision.id else None
    return Source(path_of(home, revision.sha256), revision.name, revision.kind, pages)
