"""The table by enumeration: every state x action x post x history, with and without 科室 step."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from detection.report import Status
from formats.reading import Kind
from models.disclosure import workflow
from models.disclosure.case import Action, Case, Origin, ScanFacts, State, Step
from models.kernel.person import Person, Role

SHA = "aa" * 32
OTHER = "bb" * 32
IDS = {role: number for number, role in enumerate(Role, 1)}
VALUES = {"title": "通知", "organ": "白石沟镇人民政府", "attribute": "主动公开"}
ROUTE = (Action.SUBMIT, Action.CHECK, Action.CLEAR, Action.APPROVE)
POST = {
    Action.SUBMIT: Role.DRAFTER,
    Action.CHECK: Role.HEAD,
    Action.CLEAR: Role.SECRECY,
    Action.APPROVE: Role.LEADER,
}
WITH_REASON = {Action.RETURN, Action.WITHHOLD, Action.REFER, Action.RESUME, Action.RECALL}


def person(*roles: Role, number: int | None = None, active: bool = True) -> Person:
    return Person(number or IDS[roles[0]], roles[0].label, frozenset(roles), active)


def step(action: Action, *, by: int | None = None, sha256: str = SHA, reason: str = "") -> Step:
    number = by or IDS[POST[action]]
    return Step(action, number, f"{number} 号人员", sha256, reason)


def steps(*actions: Action) -> tuple[Step, ...]:
    return tuple(step(action) for action in actions)


def fit(state: State = State.RECEIVED, **changes: Any) -> Case:
    """A text document in `state` against which nothing stands but what is changed."""
    taken = {
        State.SUBMITTED: steps(*ROUTE[:1]),
        State.CHECKED: steps(*ROUTE[:2]),
        State.CLEARED: steps(*ROUTE[:3]),
        State.APPROVED: steps(*ROUTE),
        State.RELEASED: steps(*ROUTE),
        State.REFERRED: steps(*ROUTE[:2]),
    }
    case = Case(
        state=state,
        person=person(Role.DRAFTER),
        reason="理由",
        check_step=True,
        sha256=SHA,
        origin=Origin.CLEAN,
        kind=Kind.TXT,
        cleanable=True,
        scan=ScanFacts(Status.READ, "r1"),
        rulebook="r1",
        findings_open=0,
        marks_waiting=0,
        stops=(),
        pages_seen=frozenset(),
        steps=taken.get(state, ()),
        values=dict(VALUES),
    )
    return replace(case, **changes)


# What the house says, written down a second time: (state, action, 科室 step) -> posts.
S, H, L, P, D = (
    Role.SECRECY, Role.HEAD, Role.LEADER, Role.PUBLISHER, Role.DRAFTER,
)  # fmt: skip
ALLOWED: dict[tuple[State, Action], tuple[set[Role], set[Role], State]] = {
    # (with the 科室 step, without it, to)
    (State.RECEIVED, Action.SUBMIT): ({D}, {D}, State.SUBMITTED),
    (State.RETURNED, Action.SUBMIT): ({D}, {D}, State.SUBMITTED),
    (State.SUBMITTED, Action.CHECK): ({H}, set(), State.CHECKED),
    (State.SUBMITTED, Action.CLEAR): (set(), {S}, State.CLEARED),
    (State.CHECKED, Action.CLEAR): ({S}, {S}, State.CLEARED),
    (State.CLEARED, Action.APPROVE): ({L}, {L}, State.APPROVED),
    (State.APPROVED, Action.RELEASE): ({P}, {P}, State.RELEASED),
    (State.SUBMITTED, Action.RETURN): ({H}, {S}, State.RETURNED),
    (State.CHECKED, Action.RETURN): ({S}, {S}, State.RETURNED),
    (State.CLEARED, Action.RETURN): ({L}, {L}, State.RETURNED),
    (State.APPROVED, Action.RETURN): ({P, L}, {P, L}, State.RETURNED),
    (State.SUBMITTED, Action.WITHHOLD): ({S, L}, {S, L}, State.WITHHELD),
    (State.CHECKED, Action.WITHHOLD): ({S, L}, {S, L}, State.WITHHELD),
    (State.CLEARED, Action.WITHHOLD): ({S, L}, {S, L}, State.WITHHELD),
    (State.APPROVED, Action.WITHHOLD): ({S, L}, {S, L}, State.WITHHELD),
    (State.REFERRED, Action.WITHHOLD): ({S, L}, {S, L}, State.WITHHELD),
    (State.SUBMITTED, Action.REFER): (set(), {S}, State.REFERRED),
    (State.CHECKED, Action.REFER): ({S}, {S}, State.REFERRED),
    (State.REFERRED, Action.RESUME): ({S}, {S}, State.CHECKED),
    (State.WITHHELD, Action.RESUME): ({S, L}, {S, L}, State.RETURNED),
    (State.RECALLED, Action.RESUME): ({P, L}, {P, L}, State.RETURNED),
    (State.RELEASED, Action.RECALL): ({P, L}, {P, L}, State.RECALLED),
    (State.RECEIVED, Action.DISCARD): ({D}, {D}, State.DISCARDED),
    (State.RETURNED, Action.DISCARD): ({D}, {D}, State.DISCARDED),
    (State.DISCARDED, Action.RESTORE): ({D}, {D}, State.RECEIVED),
}


@pytest.mark.parametrize("check_step", [True, False])
@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("state", list(State))
def test_who_may_do_what_where(state: State, action: Action, check_step: bool) -> None:
    with_step, without_step, to = ALLOWED.get((state, action), (set(), set(), State.RECEIVED))
    allowed = with_step if check_step else without_step
    for role in Role:
        case = fit(state, person=person(role), check_step=check_step)
        reasons = workflow.refusals(case, action)
        assert bool(reasons) == (role not in allowed), (role, reasons)
        if role in allowed:
            move = workflow.move_for(case, action)
            assert move is not None
            assert move.to is to


HISTORIES = [
    tuple(step(action, sha256=sha) for action, sha in zip(chosen, shas, strict=True))
    for length in range(5)
    for chosen in [ROUTE[:length], ROUTE[:1] + ROUTE[2 : length + 1]]
    for shas in ([SHA] * len(chosen), [OTHER] * len(chosen))
]


@pytest.mark.parametrize("check_step", [True, False])
@pytest.mark.parametrize("history", HISTORIES)
def test_total_for_every_state_action_role_and_history(
    history: tuple[Step, ...], check_step: bool
) -> None:
    for state, action, role in product(State, Action, Role):
        case = fit(state, person=person(role), steps=history, check_step=check_step)
        reasons = workflow.refusals(case, action)
        assert all(r.endswith("。") and len(r) > 12 for r in reasons)
        if action is Action.RELEASE and not reasons:
            done = [s.action for s in history]
            wanted = list(ROUTE) if check_step else [a for a in ROUTE if a is not Action.CHECK]
            assert [a for a in done if a in wanted] == wanted
            assert {s.sha256 for s in history} == {SHA}


FORWARD = [
    (State.RECEIVED, Action.SUBMIT, Role.DRAFTER),
    (State.RETURNED, Action.SUBMIT, Role.DRAFTER),
    (State.SUBMITTED, Action.CHECK, Role.HEAD),
    (State.CHECKED, Action.CLEAR, Role.SECRECY),
    (State.CLEARED, Action.APPROVE, Role.LEADER),
    (State.APPROVED, Action.RELEASE, Role.PUBLISHER),
]
UNFIT: list[tuple[dict[str, Any], str]] = [
    ({"scan": None}, "还没有检查过"),
    ({"scan": ScanFacts(Status.UNREADABLE, "r1")}, "读不出来"),
    ({"scan": ScanFacts(Status.STOPPED, "r1")}, "国家秘密标志"),
    ({"scan": ScanFacts(Status.READ, "r0")}, "规则更新过"),
    ({"stops": ("身份证号批量清单",)}, "身份证号批量清单"),
    ({"findings_open": 3}, "3 处发现"),
    ({"marks_waiting": 2}, "2 处决定"),
    ({"marks_waiting": 2, "cleanable": False, "kind": Kind.PDF}, "PDF格式暂时不能"),
    ({"origin": Origin.ORIGINAL}, "还没有生成公开件"),
    ({"origin": Origin.REPLACEMENT}, "还没有生成公开件"),
    ({"scan": ScanFacts(Status.PARTLY, "r1", (2, 4)), "pages_seen": frozenset({2})}, "第 4 页"),
    ({"scan": ScanFacts(Status.PARTLY, "r1", tuple(range(1, 30)))}, "、10等 页"),
    ({"values": {}}, "目录项"),
    ({"values": VALUES | {"attribute": "依申请公开"}}, "还没有写理由"),
    ({"values": VALUES | {"source": "转载"}}, "来源网址"),
]


@pytest.mark.parametrize(("state", "action", "role"), FORWARD)
@pytest.mark.parametrize(("change", "said"), UNFIT)
def test_an_unfit_document_goes_nowhere(
    state: State, action: Action, role: Role, change: dict[str, Any], said: str
) -> None:
    case = fit(state, person=person(role), **change)
    (reason, *more) = workflow.refusals(case, action)
    assert any(said in text for text in (reason, *more))


@pytest.mark.parametrize(("state", "action", "role"), FORWARD)
def test_what_needs_no_clean_copy_passes_as_it_is(state: State, action: Action, role: Role) -> None:
    case = fit(
        state, person=person(role), kind=Kind.PDF, cleanable=False, origin=Origin.ORIGINAL,
        scan=ScanFacts(Status.PARTLY, "r1", (1, 2)), pages_seen=frozenset({1, 2}),
    )  # fmt: skip
    assert workflow.refusals(case, action) == ()


def test_what_has_no_pages_is_explained_when_handed_in() -> None:
    partly = ScanFacts(Status.PARTLY, "r1")
    assert "人工看完" in workflow.refusals(fit(reason=" ", scan=partly), Action.SUBMIT)[0]
    assert workflow.refusals(fit(reason="图片已看", scan=partly), Action.SUBMIT) == ()
    silent = fit(State.SUBMITTED, person=person(Role.HEAD), scan=partly)
    assert "人工看完" in workflow.refusals(silent, Action.CHECK)[0]
    told = replace(silent, steps=(step(Action.SUBMIT, reason="图片已看"),))
    assert workflow.refusals(told, Action.CHECK) == ()


def test_all_reasons_come_at_once() -> None:
    case = fit(
        State.RELEASED, person=person(Role.ADMIN, active=False), findings_open=1, stops=("甲",)
    )
    assert len(workflow.refusals(case, Action.SUBMIT)) == 3
    case = fit(
        findings_open=1, marks_waiting=1, stops=("甲", "乙"), values={}, scan=None,
        person=person(Role.HEAD),
    )  # fmt: skip
    assert len(workflow.refusals(case, Action.SUBMIT)) == 9


@pytest.mark.parametrize("action", sorted(WITH_REASON))
def test_what_must_be_explained(action: Action) -> None:
    for (state, possible), (roles, _, _) in ALLOWED.items():
        if possible is action:
            for role in roles:
                (reason,) = workflow.refusals(fit(state, person=person(role), reason="  "), action)
                assert "理由" in reason


@pytest.mark.parametrize(
    ("state", "action", "role"),
    [row for row in FORWARD if row[1] not in (Action.SUBMIT, Action.RELEASE)],
)
def test_nobody_takes_two_steps(state: State, action: Action, role: Role) -> None:
    for number, earlier in enumerate(fit(state).steps):
        again = person(role, Role.DRAFTER, Role.HEAD, Role.SECRECY, number=earlier.officer_id)
        reasons = workflow.refusals(fit(state, person=again), action)
        assert len(reasons) == 1, number
        assert "同一个人" in reasons[0]


@pytest.mark.parametrize(
    ("who_took", "said"),
    [
        ({Action.CLEAR: 1}, "送审和保密审查"),
        ({Action.CLEAR: 2}, "科室审核和保密审查"),
        ({Action.APPROVE: 1}, "送审和审批"),
        ({Action.APPROVE: 2}, "科室审核和审批"),
        ({Action.APPROVE: 3}, "保密审查和审批"),
    ],
)
def test_a_release_reads_the_whole_history(who_took: dict[Action, int], said: str) -> None:
    taken = tuple(step(action, by=who_took.get(action)) for action in ROUTE)
    case = fit(State.APPROVED, person=person(Role.PUBLISHER), steps=taken)
    assert any(said in reason for reason in workflow.refusals(case, Action.RELEASE))


@pytest.mark.parametrize("left_out", ROUTE)
def test_a_missing_step_is_named(left_out: Action) -> None:
    taken = tuple(step(action) for action in ROUTE if action is not left_out)
    case = fit(State.APPROVED, person=person(Role.PUBLISHER), steps=taken)
    assert len(workflow.refusals(case, Action.RELEASE)) == 1


@pytest.mark.parametrize(("state", "action", "role"), FORWARD[2:])
def test_other_bytes_end_the_round(state: State, action: Action, role: Role) -> None:
    case = fit(state, person=person(role), sha256=OTHER)
    assert any("换过版本" in reason for reason in workflow.refusals(case, action))


@pytest.mark.parametrize("attribute", ["依申请公开", "不予公开"])
def test_only_what_is_public_is_released(attribute: str) -> None:
    values = VALUES | {"attribute": attribute, "attribute_reason": "条例第十六条"}
    case = fit(State.APPROVED, person=person(Role.PUBLISHER), values=values)
    (reason,) = workflow.refusals(case, Action.RELEASE)
    assert attribute in reason


def test_an_officer_without_posts_is_told() -> None:
    nobody = Person(9, "田守夜", frozenset())
    assert "（无）" in workflow.refusals(fit(person=nobody), Action.SUBMIT)[0]


def test_the_office_has_no_such_step() -> None:
    case = fit(State.SUBMITTED, person=person(Role.HEAD), check_step=False)
    assert "没有“审核通过”这一步" in workflow.refusals(case, Action.CHECK)[0]


def test_labels() -> None:
    assert [state.label for state in State][:2] == ["已收", "待审核"]
    assert all(action.label for action in Action)
    assert [origin.label for origin in Origin] == ["原件", "公开件", "替换件"]
