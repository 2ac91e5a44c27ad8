"""Where a name may begin at a glance, in a surname and the characters on either side of it.

A surname stands at every fifth place of a text, and nearly all of them fall here, at a sum of
learned weights that knows no words but those of two characters. All places are added up at once.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from detection.arrays import LAST, PIECE, PairTable, codes
from detection.evidence import GIVEN, MARKS, OFTEN, PAIRS, SURNAME
from detection.name_sight import (
    GLANCE_TAIL,
    GLANCE_WORD,
    RARE,
    SUM,
    WORDS,
    glimpse,
    glimpse_ahead,
    glimpse_both,
    glimpse_given,
    glimpse_surname,
)
from detection.names import DOUBLE, FRAGMENTS
from detection.normal import END
from detection.weights import learned

# One name in fifty is lost at the glance; nearly all of these would be anyhow.
_ENOUGH = -380
_WEIGHTS = learned("name_weights.txt")
_LEAST = _ENOUGH - _WEIGHTS.get("glance bias", 0)
_TAIL, _WORD = _WEIGHTS.get(GLANCE_TAIL, 0), _WEIGHTS.get(GLANCE_WORD, 0)
_MOST_AHEAD = 300
"""What stands before a name hardly weighs more."""
_BEFORE = 2
"""So many characters before a surname are looked at."""

_FIRSTS = frozenset(SURNAME) | {double[0] for double in DOUBLE}
MAY_BEGIN = re.compile(f"[{''.join(sorted(_FIRSTS))}](?={FRAGMENTS['han']})")
"""A surname or the beginning of one, and a Han behind it."""
_BEGINS = MAY_BEGIN.match


def _sum(features: Iterable[str]) -> int:
    return sum(_WEIGHTS.get(feature, 0) for feature in features)


def _each(weigh: Callable[[str], int], characters: Iterable[str]) -> NDArray[np.int32]:
    """A number for each character there is: for one that is not given, that of a strange one."""
    found = np.full(LAST + 1, weigh(chr(LAST)), np.int32)
    for character in characters:
        found[ord(character)] = weigh(character)
    return found


_KNOWN = {feature[-1] for feature in _WEIGHTS if feature.startswith("glance")} | MARKS | set("\n")
_FIRST = _each(lambda one: one in _FIRSTS, _FIRSTS).astype(np.bool_)
_SURNAMES = _each(lambda one: _sum(glimpse_surname(one)), _FIRSTS)
_GIVEN = _each(lambda one: _sum(glimpse_given(one)), _KNOWN | GIVEN.keys())
_AHEAD = _each(lambda one: _sum(glimpse_ahead(one)), _KNOWN)
_COMMON = _each(lambda one: SURNAME.get(one, RARE), SURNAME)
_LIKE = _each(lambda one: GIVEN.get(one, 0), GIVEN)
_LOW, _HIGH = (int(end(_COMMON) + end(_LIKE)) for end in (np.min, np.max))
_BOTH = np.array(
    [
        [_WEIGHTS.get(glimpse_both(kind, total), 0) for total in range(_LOW, _HIGH + 1)]
        for kind in (SUM, *WORDS)
    ]
)
_MOST_BOTH = int(_BOTH.max())
_PAIRS, _OFTEN, _DOUBLES = (PairTable(some) for some in (PAIRS, OFTEN, DOUBLE))


@lru_cache(maxsize=1)  # The names of a sheaf are looked for twice: to be read, and to be weighed.
def starts(text: str) -> Sequence[int]:
    """Where a name may begin in the normalised `text`, rising."""
    return tuple(at for first in range(0, len(text), PIECE) for at in _starts(text, first))


def _starts(text: str, first: int) -> list[int]:
    """Those in one piece of the text."""
    last, ahead = first + PIECE, max(first - _BEFORE, 0)
    near = codes(
        f"{END * (_BEFORE - first + ahead)}{text[ahead : last + 1]}{END * (last >= len(text))}"
    )
    at = np.flatnonzero(_FIRST[near[:-1]])
    at = at[at >= _BEFORE]
    one, two = near[at], near[at + 1]
    seen, doubled = _SURNAMES[one] + _GIVEN[two], _DOUBLES.holds(one, two)
    left = doubled | (seen >= _LEAST - _MOST_AHEAD - _MOST_BOTH)
    at, one, two, seen = at[left], one[left], two[left], seen[left]
    kind = _PAIRS.holds(one, two) + _OFTEN.holds(one, two).astype(np.intp)
    seen += _BOTH[kind, _COMMON[one] + _LIKE[two] - _LOW]
    for number in np.flatnonzero(doubled[left]):
        seen[number] = _sum(glimpse(chr(one[number]) + chr(two[number])))
    left = seen >= _LEAST - _MOST_AHEAD
    at, one, seen = at[left], one[left], seen[left]
    before = near[at - 1]
    seen += _AHEAD[before] + _WORD * _PAIRS.holds(near[at - 2], before)
    seen += min(_TAIL, 0) * _PAIRS.holds(before, one)
    likely = (at[seen >= _LEAST] - _BEFORE + first).tolist()
    return [place for place in likely if _BEGINS(text, place)]
