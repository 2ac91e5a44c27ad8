"""Who may do what: roles and persons as plain values, without the database."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """A post. One person may hold several, but takes only one step of one document."""

    DRAFTER = "drafter"
    HEAD = "head"
    SECRECY = "secrecy"
    LEADER = "leader"
    PUBLISHER = "publisher"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        """The post's name as an officer reads it."""
        return _LABELS[self]


_LABELS = {
    Role.DRAFTER: "承办人",
    Role.HEAD: "科室负责人",
    Role.SECRECY: "保密审查员",
    Role.LEADER: "分管领导",
    Role.PUBLISHER: "信息公开专员",
    Role.ADMIN: "管理员",
}


@dataclass(frozen=True, slots=True)
class Person:
    """An officer as known when read; acts read the roles again before they believe them."""

    id: int
    name: str
    roles: frozenset[Role]
    active: bool = True

    @property
    def posts(self) -> str:
        """All posts in words, in the order of the route."""
        return role_names(self.roles)


@dataclass(frozen=True, slots=True)
class NewPerson:
    """An officer to add. `password` has at least eight characters and never reaches a log."""

    name: str
    roles: frozenset[Role]
    password: str = field(repr=False)


def role_names(roles: Iterable[Role]) -> str:
    """Posts in words: 承办人、分管领导."""
    held = set(roles)
    return "、".join(role.label for role in Role if role in held)
