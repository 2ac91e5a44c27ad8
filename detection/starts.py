"""What a pattern's matches begin with, read off the pattern: there alone it needs to be tried.

Of most patterns the first characters are known, however many ways they go on. Of a pattern that
begins with digits is known how many of them come before what other character.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from detection.trees import tree_of

_CLASS = 64
_LONG_ENOUGH = 4
_MOST_DIGITS = 20
# So many beginnings a pattern: of two characters many more, for a text holds few of them.
_MOST, _MOST_SHORT, _SHORT = 300, 2000, 2
# So many single characters may be beginnings: each stands in a text a hundred times more seldom
# than a search through all of it costs.
_SINGLES = 12
# Characters that stand everywhere: alone they tell nothing.
_MARKS = frozenset(",.。、;:-")
_COMMON = _MARKS | frozenset("\0\x01\x02 \t\n0123456789")
_DIGITS = frozenset("0123456789")
_DIGIT = "0"
"""Stands for any digit where digits are only counted."""

_Heads = Mapping[str, bool]
"""What a match may begin with: True where that is all of what was looked at, so that what comes
after it in the pattern goes on right there."""

_NOTHING: _Heads = {"": True}
_ANYTHING: _Heads = {"": False}


class _Look(NamedTuple):
    """How far the beginnings are looked at: so many characters, or (`counting`) the digits and the
    first character that is none."""

    length: int
    counting: bool = False

    @property
    def most(self) -> int:
        """Of more beginnings than this it is not known how they go on."""
        return _MOST if self.length > _SHORT else _MOST_SHORT

    def ends(self, head: str) -> bool:
        """Has enough been seen?"""
        return len(head) >= self.length or (self.counting and head[-1:] not in {"", _DIGIT})

    def one(self, characters: Iterable[str]) -> _Heads:
        """The beginnings that one of these characters makes."""
        if self.counting:
            characters = {_DIGIT if c in _DIGITS else c for c in characters}
        return dict.fromkeys(characters, True)


class Beginnings(NamedTuple):
    """What every match begins with: one of `heads`, up to four characters each, or as many digits
    as `figures` tells by the character behind them."""

    heads: frozenset[str]
    figures: Mapping[str, tuple[int, ...]]


@cache
def beginnings_of(pattern: str) -> Beginnings | None:
    """None where a match may begin with too much.

    Of a pattern that goes on in too many ways shorter heads are taken.
    """
    tree = tree_of(pattern)
    if tree.state.flags & re.IGNORECASE:
        return None
    tried: list[frozenset[str]] = []
    for length in range(_LONG_ENOUGH, 0, -1):
        heads = frozenset(_heads(tree, _Look(length)))
        if _telling(heads):
            return Beginnings(_rather_pairs(tree, heads), {})
        tried.append(heads)
    figures = _figures(tree)
    for heads in tried:
        others = frozenset(head for head in heads if head[:1] not in _DIGITS)
        if figures is not None and _telling(others):
            return Beginnings(others, figures)
    return None


def _figures(tree: Iterable[Any]) -> Mapping[str, tuple[int, ...]] | None:
    """By the character behind them, how many digits a match may begin with, where it begins with
    digits; None where nobody knows what comes behind."""
    found: dict[str, set[int]] = {}
    for head in _heads(tree, _Look(_MOST_DIGITS, counting=True)):
        if not head or head == _DIGIT * len(head):
            return None
        if head[0] == _DIGIT:
            found.setdefault(head[-1], set()).add(len(head) - 1)
    return {behind: tuple(sorted(counts)) for behind, counts in found.items()}


def _telling(heads: Iterable[str]) -> bool:
    if any(_COMMON.issuperset(head) and not _pair_of_marks(head) for head in heads):
        return False
    return _singles(heads) <= _SINGLES


def _singles(heads: Iterable[str]) -> int:
    return sum(len(head) == 1 for head in heads)


def _rather_pairs(tree: Iterable[Any], heads: frozenset[str]) -> frozenset[str]:
    """Where a pattern goes on in too many ways for longer beginnings, pairs may still be known."""
    if not _singles(heads):
        return heads
    pairs = frozenset(_heads(tree, _Look(_SHORT)))
    return pairs if _telling(pairs) and not _singles(pairs) else heads


def _pair_of_marks(head: str) -> bool:
    return len(head) > 1 and _MARKS.issuperset(head)


def _heads(tree: Iterable[Any], look: _Look) -> _Heads:
    """Beginnings as far as they are looked at, or less where they end or may go on in any way."""
    found, word = _NOTHING, ""
    for op, value in tree:
        if op.name == "LITERAL" and not look.counting:
            word += chr(value)
            continue
        if word:
            found, word = _then(found, look.one((word,)), look), ""
        if not any(found.values()):
            return found
        found = _then(found, _of_item(op.name, value, look), look)
    return _then(found, look.one((word,)), look) if word else found


def _then(heads: _Heads, ways: _Heads, look: _Look) -> _Heads:
    """What begins with one of `heads` and, where it is open, goes on with one of `ways`."""
    found: dict[str, bool] = {}
    length, most = look.length, look.most
    for head, goes_on in heads.items():
        if goes_on and not look.ends(head):
            for way, still in ways.items():
                text = (head + way)[:length]
                found[text] = still and found.get(text, True)
        else:
            _add(found, head, goes_on=False)
        if len(found) > most:
            return dict.fromkeys(heads, False)
    return found


def _add(found: dict[str, bool], text: str, goes_on: bool) -> None:
    found[text] = found.get(text, True) and goes_on


def _of_item(name: str, value: Any, look: _Look) -> _Heads:
    if name.startswith("ASSERT") or name == "AT":
        return _NOTHING
    if name == "LITERAL":
        return look.one(chr(value))
    if name == "IN":
        return _of_class(value, look)
    if name == "SUBPATTERN":
        return _heads(value[3], look)
    if name == "ATOMIC_GROUP":
        return _heads(value, look)
    if name == "BRANCH":
        found: dict[str, bool] = {}
        for branch in value[1]:
            for text, goes_on in _heads(branch, look).items():
                _add(found, text, goes_on)
        return found
    if name.endswith("_REPEAT"):
        return _of_repeat(int(value[0]), int(value[1]), _heads(value[2], look), look)
    return _ANYTHING


def _of_class(items: Sequence[Any], look: _Look) -> _Heads:
    found: set[str] = set()
    for op, value in items:
        low, high = (value, value) if op.name == "LITERAL" else (0, _CLASS)
        if op.name == "RANGE":
            low, high = value
        if op.name not in {"LITERAL", "RANGE"} or len(found) + high - low >= _CLASS:
            return _ANYTHING
        found.update(map(chr, range(low, high + 1)))
    return look.one(found)


def _of_repeat(least: int, most: int, once: _Heads, look: _Look) -> _Heads:
    found = _NOTHING
    for _ in range(min(least, look.length)):
        found = _then(found, once, look)
    # One more, after which nobody knows how many follow; digits are counted to the last.
    last = min(most, look.length if look.counting else least + 1)
    both, more = dict(found), found
    for turn in range(least, last):
        more = _then(more, once, look)
        for text, goes_on in more.items():
            _add(both, text, goes_on and (turn + 1 < last or last == most))
    return both
