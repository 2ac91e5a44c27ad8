"""Where in a text a pattern may begin at all: one walk over the text for all patterns.

Of most patterns the first characters are known, however many ways they go on. These beginnings
of all patterns stand in one automaton (Aho-Corasick); a pattern is then tried only where one of its
own begins. The outcome is that of a search from the left, at a fraction of its cost.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from detection.literals import Literals
from detection.trees import tree_of
from detection.words import stands

_MOST = 300
_CLASS = 40
_LONG_ENOUGH = 4
# So many single characters may be beginnings: each stands in a text a hundred times more seldom
# than a search through all of it costs.
_SINGLES = 12
# Characters that stand everywhere: alone they tell nothing.
_COMMON = frozenset("\0\x01\x02 \t\n,.。、;:-0123456789")

Beginnings = dict[int, list[int]]
"""By the identity of the compiled pattern: the offsets, rising, where it may begin."""

_Heads = Mapping[str, bool]
"""What a match may begin with: True where that is all of what was looked at, so that what comes
after it in the pattern goes on right there."""

_NOTHING: _Heads = {"": True}
_ANYTHING: _Heads = {"": False}


@cache
def starts_of(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """What every match begins with, up to four characters each; None where that says too little.

    Of a pattern that goes on in too many ways shorter beginnings are taken.
    """
    if pattern.flags & re.IGNORECASE:
        return None
    tree = tree_of(pattern.pattern)
    for length in range(_LONG_ENOUGH, 0, -1):
        found = frozenset(text[:length] for text in _heads(tree, length))
        if _telling(found):
            return found
    return None


def _telling(heads: Iterable[str]) -> bool:
    if any(_COMMON.issuperset(head) for head in heads):
        return False
    return sum(len(head) == 1 for head in heads) <= _SINGLES


def _heads(tree: Iterable[Any], length: int) -> _Heads:
    """Beginnings of `length` characters, or less where they end or may go on in any way."""
    found = _NOTHING
    for op, value in tree:
        if not any(found.values()):
            break
        found = _then(found, _of_item(str(op), value, length), length)
    return found


def _then(heads: _Heads, ways: _Heads, length: int) -> _Heads:
    """What begins with one of `heads` and, where it is open, goes on with one of `ways`."""
    found: dict[str, bool] = {}
    for head, goes_on in heads.items():
        if goes_on and len(head) < length:
            for way, still in ways.items():
                _add(found, (head + way)[:length], still)
        else:
            _add(found, head, goes_on=False)
        if len(found) > _MOST:
            return dict.fromkeys(heads, False)
    return found


def _add(found: dict[str, bool], text: str, goes_on: bool) -> None:
    found[text] = found.get(text, True) and goes_on


def _of_item(name: str, value: Any, length: int) -> _Heads:
    if name.startswith("ASSERT") or name == "AT":
        return _NOTHING
    if name == "LITERAL":
        return {chr(value): True}
    if name == "IN":
        return _of_class(value)
    if name == "SUBPATTERN":
        return _heads(value[3], length)
    if name == "ATOMIC_GROUP":
        return _heads(value, length)
    if name == "BRANCH":
        found: dict[str, bool] = {}
        for branch in value[1]:
            for text, goes_on in _heads(branch, length).items():
                _add(found, text, goes_on)
        return found
    if name.endswith("_REPEAT"):
        return _of_repeat(int(value[0]), int(value[1]), _heads(value[2], length), length)
    return _ANYTHING


def _of_class(items: Sequence[Any]) -> _Heads:
    found: set[str] = set()
    for op, value in items:
        low, high = (value, value) if str(op) == "LITERAL" else (0, _CLASS)
        if str(op) == "RANGE":
            low, high = value
        if str(op) not in {"LITERAL", "RANGE"} or len(found) + high - low >= _CLASS:
            return _ANYTHING
        found.update(map(chr, range(low, high + 1)))
    return dict.fromkeys(found, True)


def _of_repeat(least: int, most: int, once: _Heads, length: int) -> _Heads:
    found = _NOTHING
    for _ in range(min(least, length)):
        found = _then(found, once, length)
    if most == least:
        return found
    # One more, after which nobody knows how many follow.
    more = _then(found, once, length)
    ended = most == least + 1 and least < length
    both = dict(found)
    for text, goes_on in more.items():
        _add(both, text, goes_on and ended)
    return both


class Found(NamedTuple):
    """What one walk over a text finds: where patterns may begin, and (start, end, number of the
    rule) of each word, by their ends."""

    begun: Beginnings
    words: list[tuple[int, int, int]]


class Starts:
    """The beginnings of many patterns and all words, found together in one walk.

    The patterns must outlive it.
    """

    __slots__ = ("_literals", "known")

    def __init__(
        self, patterns: Iterable[re.Pattern[str]], words: Sequence[Sequence[str]] = ()
    ) -> None:
        """`words[i]`: the words of rule i, as `words.word` gives them.

        `known`: the identities of the patterns whose beginnings are looked for.
        """
        owners: dict[str, list[int]] = {}
        rules: dict[str, list[int]] = {}
        known: set[int] = set()
        for pattern in patterns:
            heads = starts_of(pattern)
            if heads is not None:
                known.add(id(pattern))
                for head in heads:
                    owners.setdefault(head, []).append(id(pattern))
        self.known = frozenset(known)
        for number, some in enumerate(words):
            for one in some:
                rules.setdefault(one, []).append(number)
        self._literals = Literals(
            {
                text: (tuple(dict.fromkeys(owners.get(text, ()))), tuple(rules.get(text, ())))
                for text in (owners | rules)
            }
        )

    def find(self, text: str) -> Found:
        """Where in `text` each known pattern may begin (one that cannot is left out), and its
        words."""
        begun: Beginnings = {}
        words: list[tuple[int, int, int]] = []
        for start, end, (numbers, rules) in self._literals.find(text):
            for number in numbers:
                begun.setdefault(number, []).append(start)
            if rules and stands(text, start, end):
                words.extend((start, end, rule) for rule in rules)
        for places in begun.values():
            # They come by their ends, and a longer beginning may lie round a shorter one.
            places.sort()
        return Found(begun, words)


def matches(pattern: re.Pattern[str], text: str, places: Sequence[int]) -> Iterator[re.Match[str]]:
    """As `pattern.finditer(text)`, where a match can only begin at one of `places` (rising)."""
    free = 0
    for place in places:
        if place >= free:
            found = pattern.match(text, place)
            if found is not None:
                yield found
                free = max(found.end(), place + 1)
