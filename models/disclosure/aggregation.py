"""Several lists together: the same person's pieces in one that is public and one that is to be.

Each list may be harmless, and all of them tell who has which illness and where she lives
(保守国家秘密法 art. 36; 个人信息保护法 art. 6). Persons are told by keyed fingerprints; one with
the same name in another village is another. It warns and forbids nothing: an officer decides.
"""

from typing import NamedTuple

from detection.pieces import MASKED_ORDER, ORDER
from models.disclosure.case import State
from models.kernel import base

_PUBLIC = ", ".join(
    f"'{state.value}'"
    for state in (
        State.RELEASED, State.APPROVED, State.CLEARED, State.CHECKED, State.SUBMITTED,
    )
)  # fmt: skip


_AT_HOME = ", ".join(f"'{state.value}'" for state in (State.WITHHELD, State.DISCARDED))
_ORDERS = f"'{ORDER}', '{MASKED_ORDER}'"


class Linked(NamedTuple):
    """Another list with `persons` of the same people, which tells `more` of them than this one."""

    document_id: int
    title: str
    state: State
    persons: int
    more: tuple[str, ...]


def linked(document_id: int) -> tuple[Linked, ...]:
    """The public lists, and those on their way, that together with this one tell more; by id."""
    rows = base.fetch(
        "SELECT o.id, o.title, o.state, p.person, p.kinds, q.kinds FROM document d "  # noqa: S608
        f"JOIN piece p ON p.scan_id = d.scan_id AND p.kinds NOT IN ({_ORDERS}) "
        "JOIN piece q ON q.person = p.person AND q.scan_id <> p.scan_id "
        "AND (p.village = '' OR q.village = '' OR p.village = q.village) "
        "JOIN document o ON o.scan_id = q.scan_id AND o.id <> d.id "
        f"AND o.state IN ({_PUBLIC}) WHERE d.id = ? ORDER BY o.id",
        (document_id,),
    )
    found: dict[int, tuple[str, State, set[str], dict[str, None]]] = {}
    for number, title, state, person, mine, theirs in rows:
        more = [kind for kind in theirs.split("|") if kind and kind not in mine.split("|")]
        if more:
            entry = found.setdefault(number, (title, State(state), set(), {}))
            entry[2].add(person)
            entry[3].update(dict.fromkeys(more))
    return tuple(
        Linked(number, title, state, len(persons), tuple(more))
        for number, (title, state, persons, more) in found.items()
    )


class Ordered(NamedTuple):
    """Another document with a list in the same order; `masked`: this one's names are the masked."""

    document_id: int
    title: str
    state: State
    masked: bool


def ordered(document_id: int) -> tuple[Ordered, ...]:
    """Documents of the same batch, or public ones, in which a list comes in the order of one of
    this document's, the one masked and the other whole; by id."""
    rows = base.fetch(
        "SELECT DISTINCT o.id, o.title, o.state, p.kinds FROM document d "  # noqa: S608
        f"JOIN piece p ON p.scan_id = d.scan_id AND p.kinds IN ({_ORDERS}) "
        f"JOIN piece q ON q.person = p.person AND q.kinds IN ({_ORDERS}) AND q.kinds <> p.kinds "
        "JOIN document o ON o.scan_id = q.scan_id AND o.id <> d.id "
        f"AND (o.state IN ({_PUBLIC}) "
        f"OR (o.batch_id = d.batch_id AND o.state NOT IN ({_AT_HOME}))) "
        "WHERE d.id = ? ORDER BY o.id",
        (document_id,),
    )
    return tuple(
        Ordered(number, title, State(state), kind == MASKED_ORDER)
        for number, title, state, kind in rows
    )


def warnings(document_id: int) -> tuple[str, ...]:
    """A sentence for each such list: which, how many people, what it adds, what to do."""
    return (
        *_together(document_id),
        *(
            f"{one.document_id} 号《{one.title}》（{one.state.label}）里有一份名单，"
            f"顺序和这份{'遮盖过' if one.masked else ''}的名单相同，"
            f"{'那一份' if one.masked else '这一份'}的姓名没有遮盖，对着看就能认出被遮盖的人。"
            "请打乱遮盖过的名单的顺序，或者把两份一起遮盖。"
            for one in ordered(document_id)
        ),
    )


def _together(document_id: int) -> tuple[str, ...]:
    return tuple(
        f"{one.document_id} 号《{one.title}》（{one.state.label}）里有同样的 {one.persons} 个人，"
        f"和这份合起来还能知道他们的{'、'.join(one.more)}。"
        "请想一想合起来会不会认出不该公开的情况：会的，减少一份里的列，或者遮盖姓名。"
        for one in linked(document_id)
    )
