"""The review as one table. Pure: a case in, all reasons against it out.

Order of steps and different people: domain notes, disclosure A2-A6 (保守国家秘密法 art. 35,
实施条例 art. 42 先审查、后公开; 条例 art. 14-17). Nothing here looks at a clock: silence is never
approval.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from models.disclosure.case import Action, Case, Origin, ScanFacts, State, Step
from models.disclosure.checks import (
    admitted_by_others,
    admitter_stays_out,
    approved_by_others,
    approved_to_publish,
    bytes_examined,
    check_taken,
    clean_copy_made,
    cleared_by_others,
    described,
    different_person,
    findings_ruled,
    nothing_forbidden,
    pages_seen,
    reason_given,
    same_bytes,
)
from models.kernel.person import Role, role_names

__all__ = [
    "TABLE", "Action", "Case", "Move", "Origin", "ScanFacts", "State", "Step", "move_for",
    "refusals",
]  # fmt: skip

Check = Callable[[Case], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Move:
    """A row of the table. `check_step`: the row counts only with (or without) the 科室 step."""

    action: Action
    states: frozenset[State]
    roles: frozenset[Role]
    to: State
    checks: tuple[Check, ...] = ()
    check_step: bool | None = None


def _move(
    action: Action,
    states: tuple[State, ...],
    roles: tuple[Role, ...],
    to: State,
    *checks: Check,
    check_step: bool | None = None,
) -> Move:
    return Move(action, frozenset(states), frozenset(roles), to, checks, check_step)


# What every step towards the public asks anew: the file may have changed since the last one.
_FIT = (
    bytes_examined,
    nothing_forbidden,
    findings_ruled,
    clean_copy_made,
    pages_seen,
    described,
)
# One person takes one deciding step, and none where she let a state-secret mark pass.
_OTHERS = (different_person, admitter_stays_out, admitted_by_others)
_S = State
_R = Role

TABLE: tuple[Move, ...] = (
    _move(
        Action.SUBMIT, (_S.RECEIVED, _S.RETURNED), (_R.DRAFTER,), _S.SUBMITTED,
        admitter_stays_out, *_FIT,
    ),
    _move(
        Action.CHECK, (_S.SUBMITTED,), (_R.HEAD,), _S.CHECKED,
        same_bytes, *_OTHERS, *_FIT, check_step=True,
    ),
    _move(
        Action.CLEAR, (_S.CHECKED,), (_R.SECRECY,), _S.CLEARED,
        same_bytes, check_taken, *_OTHERS, *_FIT, check_step=True,
    ),
    _move(
        Action.CLEAR, (_S.SUBMITTED, _S.CHECKED), (_R.SECRECY,), _S.CLEARED,
        same_bytes, *_OTHERS, *_FIT, check_step=False,
    ),
    _move(
        Action.APPROVE, (_S.CLEARED,), (_R.LEADER,), _S.APPROVED,
        same_bytes, check_taken, cleared_by_others, *_OTHERS, *_FIT,
    ),
    _move(
        Action.RELEASE, (_S.APPROVED,), (_R.PUBLISHER,), _S.RELEASED,
        same_bytes, check_taken, cleared_by_others, approved_by_others, admitted_by_others,
        approved_to_publish, *_FIT,
    ),
    _move(
        Action.RETURN, (_S.SUBMITTED,), (_R.HEAD,), _S.RETURNED, reason_given, check_step=True,
    ),
    _move(
        Action.RETURN, (_S.SUBMITTED,), (_R.SECRECY,), _S.RETURNED, reason_given, check_step=False,
    ),
    _move(Action.RETURN, (_S.CHECKED,), (_R.SECRECY,), _S.RETURNED, reason_given),
    _move(Action.RETURN, (_S.CLEARED,), (_R.LEADER,), _S.RETURNED, reason_given),
    _move(Action.RETURN, (_S.APPROVED,), (_R.PUBLISHER, _R.LEADER), _S.RETURNED, reason_given),
    _move(
        Action.WITHHOLD, (_S.SUBMITTED, _S.CHECKED, _S.CLEARED, _S.APPROVED, _S.REFERRED),
        (_R.SECRECY, _R.LEADER), _S.WITHHELD, reason_given,
    ),
    _move(
        Action.REFER, (_S.CHECKED,), (_R.SECRECY,), _S.REFERRED, reason_given, check_step=True,
    ),
    _move(
        Action.REFER, (_S.SUBMITTED, _S.CHECKED), (_R.SECRECY,), _S.REFERRED, reason_given,
        check_step=False,
    ),
    # The answer of the body asked is the reason; the secrecy review then starts over.
    _move(Action.RESUME, (_S.REFERRED,), (_R.SECRECY,), _S.CHECKED, reason_given),
    # 条例 art. 18: what was withheld is looked at again; it goes the whole way anew.
    _move(Action.RESUME, (_S.WITHHELD,), (_R.SECRECY, _R.LEADER), _S.RETURNED, reason_given),
    _move(Action.RESUME, (_S.RECALLED,), (_R.PUBLISHER, _R.LEADER), _S.RETURNED, reason_given),
    _move(
        Action.RECALL, (_S.RELEASED,), (_R.PUBLISHER, _R.LEADER), _S.RECALLED, reason_given,
    ),
    _move(Action.DISCARD, (_S.RECEIVED, _S.RETURNED), (_R.DRAFTER,), _S.DISCARDED),
    _move(Action.RESTORE, (_S.DISCARDED,), (_R.DRAFTER,), _S.RECEIVED),
)  # fmt: skip


def move_for(case: Case, action: Action) -> Move | None:
    """The row that this action takes from this state; None when there is none."""
    return next((move for move in _rows(case, action) if case.state in move.states), None)


def refusals(case: Case, action: Action) -> tuple[str, ...]:
    """All reasons against this action now, as Chinese sentences; empty when it may be done."""
    move = move_for(case, action)
    reasons: list[str] = []
    if not case.person.active:
        reasons.append(f"“{case.person.name}”已经停用，不能再办理。请换人登录。")
    if move is None:
        rows = _rows(case, action)
        reasons.append(_wrong_state(case, action, rows))
        roles = frozenset[Role]().union(*(row.roles for row in rows))
    else:
        roles = move.roles
    if roles and not roles & case.person.roles:
        reasons.append(
            f"“{action.label}”由{role_names(roles)}办理，“{case.person.name}”的岗位是"
            f"{case.person.posts or '（无）'}。请由该岗位的人登录办理。"
        )
    for check in move.checks if move else ():
        reasons.extend(check(case))
    return tuple(reasons)


def _rows(case: Case, action: Action) -> tuple[Move, ...]:
    return tuple(
        move
        for move in TABLE
        if move.action is action and move.check_step in (None, case.check_step)
    )


def _wrong_state(case: Case, action: Action, rows: Iterable[Move]) -> str:
    possible = frozenset[State]().union(*(row.states for row in rows))
    if not possible:
        return f"本单位的流程没有“{action.label}”这一步。如需要，请管理员在设置中打开。"
    names = "、".join(f"“{state.label}”" for state in State if state in possible)
    return f"文件现在是“{case.state.label}”，只有{names}的文件才能{action.label}。"
