"""A column is data: what it shows of a row, how wide, how it is sorted."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any


class Look(Enum):
    """How a cell is painted."""

    TEXT = auto()
    STRONG = auto()
    SECOND = auto()
    NUMBER = auto()
    SEVERITY = auto()
    SIGN = auto()
    STATE = auto()
    NEXT = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `text` must not raise; `sort` is the ids query's key, None: unsortable.

    `value` gives the delegate more than text where the look needs it: a Severity, a State, or for
    SIGN the name of an icon and of its colour.
    """

    key: str
    title: str
    width: int
    text: Callable[[Any], str]
    look: Look = Look.TEXT
    sort: str | None = None
    value: Callable[[Any], Any] | None = None
    tip: Callable[[Any], str] | None = None
    hidden: bool = False
    stretch: bool = False
