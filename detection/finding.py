"""What detection says of a text: what was found, where, why, under which article, what to do."""

from enum import StrEnum
from typing import NamedTuple

from formats.reading import Place

COLUMN = "personal-column"
"""The rule of the finding that stands for a whole column of a list, at its head."""


class Family(StrEnum):
    """What kind of danger a finding is. Values are the contract of the JSON."""

    SECRET = "secret"
    INTERNAL = "internal"
    PERSONAL = "personal"
    BUSINESS = "business"
    PROCESS = "process"
    HIDDEN = "hidden"
    WORDING = "wording"
    KIND = "kind"

    @property
    def label(self) -> str:
        """The word an officer reads."""
        return {
            Family.SECRET: "国家秘密",
            Family.INTERNAL: "工作秘密与内部事项",
            Family.PERSONAL: "个人信息",
            Family.BUSINESS: "商业秘密",
            Family.PROCESS: "过程性信息",
            Family.HIDDEN: "看不见的内容",
            Family.WORDING: "文字表述",
            Family.KIND: "文种",
        }[self]


class Severity(StrEnum):
    """How much it matters, worst first. Values are the contract of the JSON."""

    STOP = "stop"
    HIDE = "hide"
    ASK = "ask"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The word an officer reads."""
        return {
            Severity.STOP: "禁止",
            Severity.HIDE: "遮盖",
            Severity.ASK: "核实",
            Severity.NOTE: "提示",
        }[self]

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Finding(NamedTuple):
    """One hit. `span` counts characters in the raw text of the segment at `place`.

    `text` is the bare text: it lives in memory and in the pipe from the child, never in a log or
    in the catalogue. `masked` is what may be stored and shown in lists.
    `valid` is the outcome of a check digit, None where the rule has none.
    `suggest` is the text to put in its place; empty means: delete.
    `whole`: nothing but blanks stands beside it at its place, a table's cell above all.
    """

    rule: str
    family: Family
    severity: Severity
    place: Place
    span: tuple[int, int]
    text: str
    masked: str
    visible: bool
    certainty: float
    valid: bool | None
    reason: str
    basis: str
    suggest: str
    whole: bool = False

    def __repr__(self) -> str:
        """Place and family only."""
        return f"Finding({self.rule}, {self.place.part.value})"
