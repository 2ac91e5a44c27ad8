"""The review on a real catalogue: what is refused, what is written, and any order of acts."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from detection import rulebook
from detection.report import Status
from formats.reading import Kind
from models import queries
from models.disclosure import documents, findings, review
from models.disclosure.case import Action, State
from models.disclosure.rulings import Ruling
from models.disclosure.workflow import move_for, refusals
from models.kernel import audit, base, people
from models.kernel.errors import Refused, Unavailable
from models.kernel.home import Home
from models.kernel.person import Person, Role
from tests import office
from tests.office import People


def test_the_whole_way(home: Home, who: People) -> None:
    number = office.register_text(home, who.drafter, "通知", [office.make_finding()])
    findings.rule_on([queries.findings_of(number)[0].id], Ruling.REDACT, who.drafter)
    office.clean_text(home, who.drafter, number, "***")
    office.approve(number, who)
    steps = queries.steps_of(number)
    assert [step.action for step in steps] == [
        Action.SUBMIT, Action.CHECK, Action.CLEAR, Action.APPROVE,
    ]  # fmt: skip
    assert {step.sha256 for step in steps} == {queries.document(number).revision.sha256}
    assert steps[-1].to_state is State.APPROVED
    assert audit.verify().ok


def test_refused_with_every_reason_and_nothing_written(home: Home, who: People) -> None:
    number = office.register_text(home, who.drafter, "通知", [office.make_finding()])
    before = audit.head()
    with pytest.raises(Refused) as refused:
        review.perform(number, Action.SUBMIT, who.head)
    assert len(refused.value.reasons) == 3
    assert audit.head() == before
    assert queries.document(number).state is State.RECEIVED


def test_several_all_or_none(home: Home, who: People) -> None:
    good = office.register_text(home, who.drafter, "甲")
    office.clean_text(home, who.drafter, good, "甲甲")
    bad = office.register_text(home, who.drafter, "乙")
    with pytest.raises(Refused) as refused:
        review.perform_all([good, bad], Action.SUBMIT, who.drafter)
    assert refused.value.reasons[0].startswith("《乙》：")
    assert queries.document(good).state is State.RECEIVED
    office.clean_text(home, who.drafter, bad, "乙乙")
    changes = review.perform_all([good, bad, good], Action.SUBMIT, who.drafter)
    assert changes.documents == {good, bad}


def test_changes_name_the_batch(home: Home, who: People) -> None:
    batch, _ = documents.open_batch("批次", who.drafter)
    number = office.register_text(home, who.drafter, "甲", batch=batch)
    assert review.perform(number, Action.DISCARD, who.drafter).batches == {batch}


def test_roles_are_read_anew(home: Home, who: People) -> None:
    number = office.register_text(home, who.drafter, "甲")
    people.set_roles(who.drafter.id, frozenset({Role.HEAD}), who.admin)
    with pytest.raises(Refused):
        review.perform(number, Action.DISCARD, who.drafter)
    people.set_roles(who.drafter.id, frozenset({Role.DRAFTER}), who.admin)
    people.deactivate(who.drafter.id, who.admin)
    with pytest.raises(Refused) as refused:
        review.perform(number, Action.DISCARD, who.drafter)
    assert "已经停用" in refused.value.reasons[0]


def test_buttons_tell_what_performing_would(home: Home, who: People) -> None:
    number = office.approved_text(home, who, "甲")
    for person in people.everyone():
        possible = review.possible(number, person)
        assert set(possible) == set(Action)
        facts = review.case(number, person, reason="理由")
        for action, reasons in possible.items():
            assert reasons == refusals(facts, action)
    assert review.possible(number, who.publisher)[Action.RELEASE] == ()


def test_a_returned_document_starts_a_new_round(home: Home, who: People) -> None:
    number = office.approved_text(home, who, "甲")
    review.perform(number, Action.RETURN, who.publisher, "标题有误")
    assert review.case(number, who.drafter).steps == ()
    review.perform(number, Action.SUBMIT, who.drafter)
    assert [step.action for step in review.case(number, who.head).steps] == [Action.SUBMIT]
    with pytest.raises(Refused):
        review.perform(number, Action.APPROVE, who.leader)


def test_a_new_rulebook_asks_for_a_new_scan(
    home: Home, who: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = office.register_text(home, who.drafter, "甲")
    office.clean_text(home, who.drafter, number, "乙")
    monkeypatch.setattr(review, "current_rulebook", lambda: "rulebook-2")
    with pytest.raises(Refused) as refused:
        review.perform(number, Action.SUBMIT, who.drafter)
    assert "规则更新过" in refused.value.reasons[0]
    documents.add_scan(number, office.make_report("乙".encode()), who.drafter)
    review.perform(number, Action.SUBMIT, who.drafter)


def test_pages_are_seen_by_the_submitter(home: Home, who: People) -> None:
    number = office.register_text(
        home, who.drafter, "扫描件", kind=Kind.PDF, status=Status.PARTLY, pages=2,
        image_pages=(1, 2),
    )  # fmt: skip
    documents.saw_page(number, 1, who.drafter)
    documents.saw_page(number, 2, who.head)
    with pytest.raises(Refused) as refused:
        review.perform(number, Action.SUBMIT, who.drafter)
    assert "第 2 页" in refused.value.reasons[0]
    documents.saw_page(number, 2, who.drafter)
    review.perform(number, Action.SUBMIT, who.drafter)
    review.perform(number, Action.CHECK, who.head)


def test_referred_and_answered(home: Home, who: People) -> None:
    number = office.register_text(home, who.drafter, "甲")
    office.clean_text(home, who.drafter, number, "甲甲")
    review.perform(number, Action.SUBMIT, who.drafter)
    review.perform(number, Action.CHECK, who.head)
    review.perform(number, Action.REFER, who.secrecy, "请县保密局确定")
    review.perform(number, Action.RESUME, who.secrecy, "复函：不属于国家秘密")
    review.perform(number, Action.CLEAR, who.secrecy)
    assert queries.document(number).state is State.CLEARED


def test_without_the_check_step(home: Home) -> None:
    who = office.make_office(home, check_step=False)
    number = office.approved_text(home, who, "甲")
    assert queries.document(number).state is State.APPROVED


def test_an_office_that_is_not_set_up_has_every_step(home: Home, who: People) -> None:
    number = office.register_text(home, who.drafter, "甲")
    base.execute("DELETE FROM policy")
    assert review.case(number, who.drafter).check_step


class TestRulebook:
    """The lookup of the rulebook itself, without the stand-in of the other tests."""

    @pytest.fixture(autouse=True)
    def _real(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.undo()

    def test_it_is_the_one_of_detection(self, who: People) -> None:
        assert review.current_rulebook() == rulebook.load().version

    def test_the_offices_own_rules_count(self, home: Home, who: People) -> None:
        (home.rules / "own.toml").write_text("this is no rule", encoding="utf-8")
        with pytest.raises(Unavailable) as unavailable:
            review.current_rulebook()
        assert "own" in unavailable.value.why


class ReviewMachine(RuleBasedStateMachine):
    """Any officer does anything in any order; the promises hold after each act."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.home = Home(self.folder / "home")
        self.texts = 0

    @initialize()
    def start(self) -> None:
        self.who = office.copy_office(self.template, self.home)
        self.number = office.register_text(
            self.home, self.who.drafter, "通知", [office.make_finding()]
        )

    def anybody(self, index: int) -> Person:
        return people.everyone()[index % 6]

    @rule(action=st.sampled_from(sorted(set(Action) - {Action.RELEASE})), by=st.integers(0, 5))
    def act(self, action: Action, by: int) -> None:
        person = self.anybody(by)
        facts = review.case(self.number, person, "理由")
        expected = refusals(facts, action)
        move = move_for(facts, action)
        before = audit.head()
        reasons: tuple[str, ...] = ()
        try:
            review.perform(self.number, action, person, "理由")
        except Refused as refused:
            reasons = refused.reasons
        assert reasons == expected
        assert (audit.head() == before) == bool(reasons)
        if not reasons:
            assert move is not None
            assert queries.document(self.number).state is move.to

    @rule()
    def go_on(self) -> None:
        """The next forward step by whoever may take it, so that far states are reached too."""
        for action in (Action.SUBMIT, Action.CHECK, Action.CLEAR, Action.APPROVE):
            for person in people.everyone():
                if not refusals(review.case(self.number, person), action):
                    review.perform(self.number, action, person)
                    return

    @rule(by=st.sampled_from([0, 1]), ruling=st.sampled_from(Ruling))
    def rule_on_everything(self, by: int, ruling: Ruling) -> None:
        ids = [row.id for row in queries.findings_of(self.number)]
        state = queries.document(self.number).state
        try:
            findings.rule_on(ids, ruling, self.anybody(by), "理由")
        except Refused:
            assert state not in (State.RECEIVED, State.RETURNED)

    @rule(left=st.booleans())
    def clean(self, left: bool) -> None:
        self.texts += 1
        found = [office.make_finding()] if left else []
        try:
            office.clean_text(
                self.home, self.who.drafter, self.number, f"公开件{self.texts}", found
            )
        except Refused:
            assert queries.document(self.number).state in (
                State.RELEASED, State.WITHHELD, State.RECALLED, State.DISCARDED,
            )  # fmt: skip

    @rule()
    def take_back(self) -> None:
        try:
            findings.undo(self.number, self.who.drafter)
        except Refused:
            return
        assert queries.document(self.number).state in (State.RECEIVED, State.RETURNED)

    @invariant()
    def the_log_is_whole(self) -> None:
        if hasattr(self, "who"):
            assert audit.verify().ok

    @invariant()
    def what_is_approved_was_seen_by_four_and_is_clean(self) -> None:
        if not hasattr(self, "who"):
            return
        found = queries.document(self.number)
        if found.state is State.APPROVED:
            facts = review.case(self.number, self.who.publisher)
            assert len({step.officer_id for step in facts.steps}) >= 4
            if {step.sha256 for step in facts.steps} == {found.revision.sha256}:
                assert found.open_findings == 0
                assert refusals(facts, Action.RELEASE) == ()

    @invariant()
    def the_counters_are_right(self) -> None:
        if not hasattr(self, "who"):
            return
        found = queries.document(self.number)
        rows = queries.findings_of(self.number)
        assert found.findings == len(rows)
        assert found.open_findings == sum(row.ruling is None for row in rows)

    def teardown(self) -> None:
        base.close_catalogue()
        shutil.rmtree(self.folder)


def test_any_order_of_acts(office_template: Path) -> None:
    ReviewMachine.template = office_template
    run_state_machine_as_test(
        ReviewMachine,
        settings=settings(
            max_examples=12,
            stateful_step_count=30,
            suppress_health_check=list(HealthCheck),
        ),
    )
