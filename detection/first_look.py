"""Where a name may begin: a surname and the two characters after it, whatever stands beside them.

A surname stands at every fifth place of a text, and nearly all of them fall at this first look.
"""

import re
from typing import NamedTuple

import resources
from detection.evidence import GIVEN, PAIRS, SURNAME, WEIGHTS

_DOUBLE = frozenset(resources.table("rules/tables/surnames.toml")["double"])
_DOUBLE_BONUS = 9
_NO_HAN = "\0-㏿䷀-䷿ꀀ-\U0001ffff\U000323b0-\U0010ffff"


def _followers(least: int) -> str:
    """A class of the Han that weigh `least` or more after a surname."""
    return f"[^{_NO_HAN}{''.join(c for c, weight in GIVEN.items() if weight < least)}]"


def _surnames(least: int) -> str:
    return "".join(c for c, weight in SURNAME.items() if weight >= least)


_UNLIKE = "".join(c for c, weight in GIVEN.items() if weight < 0)
_HAN = re.compile(f"[^{_NO_HAN}]")
_FIRSTS, _SECONDS = ("".join({double[at] for double in _DOUBLE}) for at in range(2))
# The commoner the surname is as a part of words, the more its follower must be like one, or the
# next. One class stands first, and one begins each branch: those are searched fastest.
MAY_BEGIN = re.compile(
    f"[{''.join(SURNAME)}{_FIRSTS}](?={_followers(1)}|{_followers(-2)}(?<=[{_surnames(0)}].)"
    f"|{_followers(-1)}(?:(?![{_UNLIKE}])|(?<=[{_surnames(-1)}].))|[{_SECONDS}](?<=[{_FIRSTS}].))"
)
"""A surname, and after it what may begin a given name."""

_SHORT = WEIGHTS["short"]
_NO_SURNAME = -9
# Words as strong on both sides are rare: what would need them is not looked at.
_NEAR = -1
_MOST_KEPT = 1 << 16


class Beginning(NamedTuple):
    """What may be a name by its first three characters, whatever stands beside it.

    `surname`: how many characters it has. `base`: what it weighs with the first character after it,
    `short`: what it weighs that no second one follows. `most`: what it weighs at best.
    """

    surname: int
    base: int
    short: int
    most: int


class Beginnings(dict[str, Beginning | None]):
    """What each three characters make, None where no name is near; told when first asked."""

    def __missing__(self, three: str) -> Beginning | None:
        if len(self) >= _MOST_KEPT:
            self.clear()
        known = self[three] = _beginning(three)
        return known


def _beginning(three: str) -> Beginning | None:
    first, third = three[:2], GIVEN.get(three[2:], 0)
    if first in _DOUBLE:
        if not _HAN.fullmatch(three, 2):  # 西门3 is a gate.
            return None
        base, short = _DOUBLE_BONUS + third, _SHORT
        return Beginning(2, base, short, base)
    base, short = SURNAME.get(first[0], _NO_SURNAME) + GIVEN.get(first[1], 0), _SHORT
    if first not in PAIRS:
        base += WEIGHTS["no_word"]
    elif base < -1:
        return None
    else:
        base, short = base + WEIGHTS["word"], short + WEIGHTS["short_word"]
    most = base + max(third, short)
    return Beginning(1, base, short, most) if most >= _NEAR else None
