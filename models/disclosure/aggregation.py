"""Several lists together: the same person's pieces in one that is public and one that is to be.

Each list may be harmless, and all of them tell who has which illness and where she lives
(保守国家秘密法 art. 36; 个人信息保护法 art. 6). Persons are told by keyed fingerprints; one with
the same name in another village is another. It warns and forbids nothing: an officer decides.
"""

from typing import NamedTuple

from models.disclosure.case import State
from models.kernel import base

_PUBLIC = ", ".join(
    f"'{state.value}'"
    for state in (
        State.RELEASED, State.APPROVED, State.CLEARED, State.CHECKED, State.SUBMITTED,
    )
)  # fmt: skip


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
        "JOIN piece p ON p.scan_id = d.scan_id "
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


def warnings(document_id: int) -> tuple[str, ...]:
    """A sentence for each such list: which, how many people, what it adds, what to do."""
    return tuple(
        f"{one.document_id} 号《{one.title}》（{one.state.label}）里有同样的 {one.persons} 个人，"
        f"和这份合起来还能知道他们的{'、'.join(one.more)}。"
        "请想一想合起来会不会认出不该公开的情况：会的，减少一份里的列，或者遮盖姓名。"
        for one in linked(document_id)
    )
