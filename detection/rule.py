"""One rule as data: what it looks for, where, what speaks for and against a hit, and why.

The shapes here are what the packs in `resources/rules/*.toml` are read into (`rulebook`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from detection.expression import Expression
from detection.finding import Family, Severity

FARTHEST = 64
"""The most characters before or after a hit that a context may look at."""


class Over(StrEnum):
    """What a pattern runs over: the whole text, or only runs of digits (found once for all)."""

    TEXT = "text"
    NUMBERS = "numbers"


class Where(StrEnum):
    """How a hit must lie in its line."""

    ANY = "any"
    ALONE = "alone"  # nothing but brackets, blanks, a copy number or an urgency grade beside it
    LEAD = "lead"  # the line begins with it
    TAIL = "tail"  # the line ends with it


class Zone(StrEnum):
    """How a hit must lie in its file.

    `head`: the first ten lines of a document or sheet, the first three of a later page.
    `edge`: a part that is not running text (name, header, footer, text box, comment, hidden ...).
    `front`: either.
    """

    ANY = "any"
    HEAD = "head"
    EDGE = "edge"
    FRONT = "front"
    NAME = "name"


class Scope(StrEnum):
    """Which text a context looks at, seen from the hit."""

    BEFORE = "before"  # `within` characters before the hit, in the same segment
    AFTER = "after"
    AROUND = "around"  # both
    TOKEN = "token"  # the unbroken run of characters the hit stands in
    LINE = "line"  # the line, without the hit
    NEAR = "near"  # the line and the lines before and after
    PREVIOUS = "previous"  # the last seen line before
    HEADER = "header"  # the head of the hit's column
    BESIDE = "beside"  # the cell to the left
    ROW = "row"  # the other cells of the row
    HEAD = "head"  # the first ten lines of the document and its name


TABULAR = frozenset({Scope.HEADER, Scope.BESIDE, Scope.ROW})
"""Scopes that say nothing outside a table."""


class Effect(StrEnum):
    """What a context does to a hit."""

    RAISE = "raise"  # the text names the thing: a doubtful number becomes a find
    LOWER = "lower"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Context:
    """Words near a hit that change the judgement.

    `severity` and `certainty` replace the hit's own where given. `patterns` limits the context to
    patterns of that name.
    """

    scope: Scope
    effect: Effect
    regex: Expression
    within: int = 24
    severity: Severity | None = None
    certainty: float | None = None
    patterns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pattern:
    """One regular expression over the normalised text.

    `digits`: least and most digits of a run (only with `Over.NUMBERS`).
    `named`: a hit stands only if a raising context names it.
    `valid`: a hit stands only with a right check digit.
    `linked`: it is looked for only in lines that name a private person, at most `reach` characters
    from the name (`linking`).
    `reason`, `article`: take the place of the rule's where one rule knows several kinds of a thing.
    The group `value`, where there is one, is the hit; else the whole match is.
    """

    regex: Expression
    name: str = ""
    over: Over = Over.TEXT
    digits: tuple[int, int] = (0, 0)
    where: Where = Where.ANY
    zone: Zone = Zone.ANY
    named: bool = False
    valid: bool = False
    linked: bool = False
    reach: int = 60
    severity: Severity | None = None
    certainty: float | None = None
    reason: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its head says what its cells hold, or the cells themselves do.

    `cell` must match the whole cell (blanks left out), `skip` must not match it, and `holds` must
    match somewhere in it. `placed`: it must lead to a house or a few (`place_pieces`).
    `share`: where no head speaks, the part of the cells that must fit, 0 where only a head counts.
    `various`: then most of them must differ. `with_names`: it counts only in a list that
    has a column of names or ID numbers. `beside`: only in a list one of whose heads it matches.
    `not_title`: where no head speaks, not in a list over which this stands.
    `top`: the head counts in the first rows alone, for below it may be what a cell says.
    """

    header: Expression | None
    not_header: Expression | None
    cell: Expression
    skip: Expression | None
    holds: Expression | None = None
    placed: bool = False
    share: float = 0.0
    various: bool = False
    with_names: bool = False
    beside: Expression | None = None
    not_title: Expression | None = None
    top: bool = False
    severity: Severity | None = None
    certainty: float | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """Lines of one part; in a hit the expected spans stand between ⟦ and ⟧."""

    text: str
    part: str = "body"
    severity: Severity | None = None

    @property
    def bare(self) -> str:
        """The text without the marks of the expected spans."""
        return self.text.replace("⟦", "").replace("⟧", "")


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an office has decided is no such thing: a value (normalised, without blanks) of a rule.

    It is found as ever and kept as a `note` that says so: an exception is never silent.
    """

    rule: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `suggest` names a mask of `masks`, `check` a function of `checks`.

    `words` are searched literally, all at once (`words`); a hit lies as any other hit does.
    `pairs`: for words that are wrong, the right ones; they take the place of the mask.
    """

    id: str
    label: str
    family: Family
    severity: Severity
    certainty: float
    reason: str
    article: str
    suggest: str
    check: str
    patterns: tuple[Pattern, ...]
    words: tuple[str, ...]
    pairs: Mapping[str, str]
    contexts: tuple[Context, ...]
    columns: tuple[Column, ...]
    hit: tuple[Example, ...]
    miss: tuple[Example, ...]
    pack: str

    def __repr__(self) -> str:
        """The id alone: patterns are long and of no use in a log."""
        return f"Rule({self.id})"
