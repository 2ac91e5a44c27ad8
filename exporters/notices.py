"""Notices (公示) from facts: a list with whitelisted columns only."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Notice:
    """The facts of one list notice. `matter` names a whitelist in `resources/masks/`.

    `period` and `date` are printed as given in Chinese form; `rows` are as wide as `columns`.
    """

    title: str
    organ: str
    lead: str
    matter: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    period: str
    contact: str
    date: str


@dataclass(frozen=True, slots=True)
class Written:
    """What was made: columns printed, columns left out (each with the reason in Chinese), rows."""

    path: Path
    printed: tuple[str, ...]
    dropped: tuple[str, ...]
    rows: int


def facts(values: Mapping[str, object]) -> Notice:
    """Check the JSON object of `--facts`. Raises Refused with every reason."""
    raise NotImplementedError


def write(notice: Notice, out: Path) -> Written:
    """Write the notice as a .docx. Raises Refused, or Unavailable when the disk refuses."""
    raise NotImplementedError


def make(kind: str, values: Mapping[str, object], out: Path) -> Written:
    """`main.py notice KIND --facts FILE -o OUT`: look the kind up in KINDS and write it."""
    raise NotImplementedError
