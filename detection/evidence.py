"""What stands beside a name: words and signs with weights (`rules/tables/naming.toml`)."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import resources
from detection.literals import lengths
from detection.normal import END, JOIN

_TABLE: dict[str, Any] = resources.table("rules/tables/naming.toml")
_LIKE: dict[str, dict[str, str]] = resources.table("rules/tables/namelike.toml")

MARKS = frozenset(END + JOIN + " \t\n,.;:、。!?()[]【】〔〕《》<>“”\"'‘’「」·-—…/|~①②③④⑤⑥⑦⑧⑨⑩")
"""Normalised characters at which a name may begin or end without anybody saying so."""

_SKIPPED = frozenset(" :“\"'‘「(《\t" + END + "\n")
_FURTHEST = 3
_TWO = 2
_BACK = 14
_AHEAD = 48


class Role(StrEnum):
    """Whom the words beside a name make of its bearer; `place`: no person at all."""

    PRIVATE = "private"
    OFFICIAL = "official"
    PLAIN = "plain"
    PLACE = "place"


class Clue(NamedTuple):
    """One piece of evidence; `says` are words of the table, never of the text."""

    weight: int
    role: Role
    says: str


NONE = Clue(0, Role.PLAIN, "")


class _Signs(NamedTuple):
    """Signs of one side as one expression: the group that matched says which, heaviest first."""

    regex: re.Pattern[str]
    clues: tuple[Clue, ...]


def _weights(rows: dict[str, str]) -> dict[str, int]:
    return {c: int(weight) for weight, characters in rows.items() for c in characters}


class _Words(NamedTuple):
    """Words of one side: how long those are that the character next to the name belongs to, the
    longest first, and what each word says."""

    lengths: Mapping[str, Sequence[int]]
    clues: dict[str, Clue]


def _words(side: str, *, last: bool) -> _Words:
    clues: dict[str, Clue] = {}
    for row in _TABLE[side]:
        for word in row["words"].split():
            clues.setdefault(word, Clue(row["weight"], Role(row["role"]), word))
    return _Words(lengths(clues, -1 if last else 0), clues)


def _signs(side: str, end: str = "") -> _Signs:
    """The signs of one side, of those before a name the ones that may end so."""
    signs = (r for r in _TABLE["sign"] if r["side"] == side and end in r.get("ends", ""))
    rows = sorted(signs, key=lambda r: -abs(r["weight"]))
    return _Signs(
        re.compile("|".join(f"({row['regex']})" for row in rows)),
        tuple(Clue(row["weight"], Role(row["role"]), row["says"]) for row in rows),
    )


def _pairs() -> tuple[frozenset[str], frozenset[str]]:
    """All common words, and the frequent ones of them."""
    found, often = set[str](), set[str]()
    for line in resources.text("rules/tables/pairs.txt").splitlines():
        if not line.startswith("#"):
            seldom, _, frequent = line[1:].partition(" ")
            found.update(map(line[0].__add__, seldom + frequent))
            often.update(map(line[0].__add__, frequent))
    # 王家 and 李家 begin a name as often as a place's, and what ends a place's name tells it.
    families = {surname + "家" for surname, weight in SURNAME.items() if weight > 0}
    return frozenset(found - families | set(_TABLE["words"].split())), frozenset(often - families)


WEIGHTS: dict[str, int] = {key: v for key, v in _TABLE.items() if isinstance(v, int)}
"""The numbers at the head of the table, by name."""

SURNAME = _weights(_LIKE["surname"])
GIVEN = _weights(_LIKE["given"])
PAIRS, OFTEN = _pairs()
"""Common words of two characters, and those of them that are frequent."""

PLACE_ENDS = frozenset(_TABLE["place_ends"])
PUBLIC = frozenset(_TABLE["public"]["words"].split())
_BEFORE = _words("before", last=True)
_AFTER = _words("after", last=False)
_SIGNS_BEFORE = {
    end: _signs("before", end) for end in {c for r in _TABLE["sign"] for c in r.get("ends", "")}
}
"""By their last character: most are tried at few places."""
_SIGNS_AFTER = _signs("after")
PRIVATE_LABELS = tuple(
    word for word, c in _BEFORE.clues.items() if c.role is Role.PRIVATE and c.weight > _TWO + 1
)
"""The words before a name that say beyond doubt that one of the people is meant."""

_SIGN_HEADS = frozenset(_TABLE["sign_heads"])
"""What a sign after a name may begin with: only there the signs are tried."""


def before(text: str, start: int) -> Clue:
    """The strongest clue that ends at `start`, marks and blanks between left out."""
    stop = start
    while stop > 0 and start - stop < _FURTHEST and text[stop - 1] in _SKIPPED:
        stop -= 1
    if not stop:
        return NONE
    best = NONE
    last = text[stop - 1]
    signs = _SIGNS_BEFORE.get(last)
    if signs is not None:
        found = signs.regex.search(text, max(0, stop - _BACK), stop)
        if found is not None:
            best = signs.clues[(found.lastindex or 1) - 1]
    for length in _BEFORE.lengths.get(last, ()):
        begins = max(stop - length, 0)
        word = text[begins:stop]
        clue = _BEFORE.clues.get(word)
        if clue is not None and not _runs_over(text, begins, word):
            # A mark between makes a label of a noun, but nothing of a verb.
            if stop == start or clue.weight > 2 or text[stop] == ":":
                return clue if abs(clue.weight) > abs(best.weight) else best
            break
    return best


def _runs_over(text: str, begins: int, word: str) -> bool:
    """Is the first character of a short word the end of another, as 对 in 学校对?"""
    return len(word) == _TWO and begins > 0 and text[begins - 1 : begins + 1] in PAIRS


def after(text: str, end: int) -> Clue:
    """The strongest clue that begins at `end`."""
    if end >= len(text):
        return NONE
    head = text[end]
    best = NONE
    for length in _AFTER.lengths.get(head, ()):
        clue = _AFTER.clues.get(text[end : end + length])
        if clue is not None:
            best = clue
            break
    if head in _SIGN_HEADS:
        found = _SIGNS_AFTER.regex.match(text, end, end + _AHEAD)
        if found is not None:
            sign = _SIGNS_AFTER.clues[(found.lastindex or 1) - 1]
            if abs(sign.weight) > abs(best.weight):
                best = sign
    return best
