"""The one way a document changes its state. Nobody else writes `document.state`."""

from collections.abc import Sequence

import formats
from detection import canaries, rulebook
from detection.finding import Severity
from detection.report import Status
from formats.reading import Kind
from models.disclosure import admissions, aggregation, catalogue, ledger
from models.disclosure.case import Action, Case, Origin, ScanFacts, State, Step
from models.disclosure.workflow import move_for, refusals
from models.kernel import audit, base, people, policy
from models.kernel.base import Changes
from models.kernel.errors import Refused, Unavailable
from models.kernel.person import Person
from models.kernel.schema import Document, Revision, Scan

_IN_ROUND = (
    State.SUBMITTED,
    State.CHECKED,
    State.CLEARED,
    State.APPROVED,
    State.REFERRED,
    State.RELEASED,
)
_WARNED = (Action.SUBMIT, Action.CLEAR)
_STEPS = frozenset(action.value for action in Action)


def rules_in_force() -> rulebook.Rulebook:
    """Our rules and the office's own, in the order of their names.

    Raises Unavailable, naming the file, when a rule file of the office cannot be used.
    """
    try:
        return rulebook.load(base.home().rule_files())
    except rulebook.BadRule as error:
        raise Unavailable("检查规则读不出来", str(error)) from error


def current_rulebook() -> str:
    """The version a scan must have. Raises Unavailable where no rule may be trusted now.

    A rule that misses its planted hit would call a file clean: then nothing goes on to the public.
    """
    book = rules_in_force()
    if book.version not in _heard:
        _heard[book.version] = canaries.complaint(book)
    if _heard[book.version]:
        raise Unavailable("检查规则的自检没有通过", _heard[book.version])
    return book.version


_heard: dict[str, str] = {}
"""What the planted hits said of each version of the rules, in this process."""


def newest_rulebook() -> str:
    """The version by the files alone: cheap, for counting; the rules are not read, nor tried.

    Raises Unavailable when a rule file cannot be read.
    """
    try:
        return rulebook.version(base.home().rule_files())
    except rulebook.BadRule as error:
        raise Unavailable("检查规则读不出来", str(error)) from error


def perform(document_id: int, action: Action, officer: Person, reason: str = "") -> Changes:
    """Take one step with one document, or raise Refused with every reason against it."""
    return perform_all([document_id], action, officer, reason)


def perform_all(
    document_ids: Sequence[int], action: Action, officer: Person, reason: str = ""
) -> Changes:
    """Take the same step with several documents: all of them or none."""
    if action is Action.RELEASE:
        raise Refused("发布要先生成发布包。请在“发布”页选中文件生成发布包，或者用 release 命令。")
    version = current_rulebook()
    with base.transaction():
        return advance(document_ids, action, officer, reason, version)


def advance(
    document_ids: Sequence[int],
    action: Action,
    officer: Person,
    reason: str,
    version: str,
    package: str = "",
) -> Changes:
    """`perform_all` inside the caller's transaction; `package` is the manifest's sha256."""
    changes = Changes()
    reasons: list[str] = []
    ids = tuple(dict.fromkeys(document_ids))
    for document_id in ids:
        row = ledger.document_row(document_id)
        facts = _case(row, officer, reason, version)
        against = refusals(facts, action)
        if against:
            reasons += against if len(ids) == 1 else (f"《{row.title}》：{r}" for r in against)
            continue
        move = move_for(facts, action)
        assert move is not None  # no refusal: the table has a row
        detail: dict[str, object] = {"package": package} if package else {}
        if action in _WARNED:
            # What the officer was told before the step stands with the step.
            linked = {one.document_id for one in aggregation.linked(document_id)}
            ordered = {one.document_id for one in aggregation.ordered(document_id)}
            together = sorted(linked | ordered)
            detail |= {"together": together} if together else {}
        audit.write(
            facts.person, action.value, "document", document_id,
            from_state=facts.state.value, to_state=move.to.value,
            sha256=facts.sha256, reason=reason.strip(), detail=detail,
        )  # fmt: skip
        Document.update(state=move.to.value, updated_at=base.to_text(base.now())).where(
            Document.id == document_id
        ).execute()
        batches = frozenset({row.batch_id}) if row.batch_id is not None else frozenset[int]()
        changes |= Changes(documents=frozenset({document_id}), batches=batches)
    if reasons:
        raise Refused(*reasons)
    return changes


def possible(document_id: int, officer: Person) -> dict[Action, tuple[str, ...]]:
    """For every action all reasons against it now; an empty tuple where it may be done.

    A reason that the officer is still to write is taken as written.
    """
    facts = case(document_id, officer, reason="（待填写）")
    return {action: refusals(facts, action) for action in Action}


def case(document_id: int, officer: Person, reason: str = "") -> Case:
    """What stands of this document now, for this officer."""
    version = current_rulebook()
    with base.speaking("读不出目录库"):
        return _case(ledger.document_row(document_id), officer, reason, version)


def steps_of_round(document_id: int) -> tuple[Step, ...]:
    """The review steps since the newest submission, that one first; empty before any."""
    rows = base.fetch(
        "SELECT action, officer_id, officer, sha256, reason FROM audit "
        "WHERE subject = 'document' AND subject_id = ?1 AND to_state <> '' AND id >= "
        "(SELECT max(id) FROM audit WHERE subject = 'document' AND subject_id = ?1 "
        "AND action = 'submit') ORDER BY id",
        (document_id,),
    )
    return tuple(
        Step(Action(action), officer_id, officer, sha256, reason)
        for action, officer_id, officer, sha256, reason in rows
        if action in _STEPS
    )


def _case(row: Document, officer: Person, reason: str, version: str) -> Case:
    person = people.current(officer)
    office = policy.office()
    state = State(row.state)
    revision = Revision.get_by_id(row.revision_id)
    scan = Scan.get_or_none((Scan.id == row.scan_id) & (Scan.revision_id == row.revision_id))
    steps = steps_of_round(row.id) if state in _IN_ROUND else ()
    viewer = steps[0].officer_id if steps else person.id
    kind = Kind(revision.kind)
    return Case(
        state=state,
        person=person,
        reason=reason,
        check_step=office.check_step if office else True,
        sha256=revision.sha256,
        origin=Origin(revision.origin),
        kind=kind,
        cleanable=kind in formats.CLEANABLE,
        scan=ScanFacts(Status(scan.status), scan.rulebook, tuple(scan.image_pages))
        if scan
        else None,
        rulebook=version,
        findings_open=row.open_findings,
        marks_waiting=row.marks_waiting,
        stops=_stops(row),
        pages_seen=_pages_seen(revision.id, viewer),
        steps=steps,
        values={key: getattr(row, key) for key in catalogue.KEYS},
        admitters=admissions.admitters(row.id),
    )


def _stops(row: Document) -> tuple[str, ...]:
    """What forbids release: every mark but those let pass in these very bytes."""
    found = base.fetch(
        "SELECT DISTINCT reason FROM finding f WHERE scan_id = ? AND severity = ? "
        "AND NOT EXISTS (SELECT 1 FROM admission a JOIN json_each(a.marks) m "
        "WHERE a.revision_id = ? AND m.value = f.rule || ':' || f.fingerprint) ORDER BY number",
        (row.scan_id, Severity.STOP.rank, row.revision_id),
    )
    return tuple(reason for (reason,) in found)


def _pages_seen(revision_id: int, officer_id: int) -> frozenset[int]:
    rows = base.fetch(
        "SELECT page FROM page_view WHERE revision_id = ? AND officer_id = ?",
        (revision_id, officer_id),
    )
    return frozenset(page for (page,) in rows)
