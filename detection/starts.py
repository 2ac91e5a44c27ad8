"""Where in a text a pattern may begin at all: one walk over the text for all patterns.

Of most patterns the first characters are known, however many ways they go on. These beginnings
of all patterns stand in one automaton (Aho-Corasick); a pattern is then tried only where one of its
own begins. The outcome is that of a search from the left, at a fraction of its cost.
"""

import importlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import ahocorasick

_parser: Any = importlib.import_module("re._parser")
_MOST = 400
_CLASS = 24
_LONG_ENOUGH = 4

Beginnings = dict[int, list[int]]
"""By the identity of the compiled pattern: the offsets, rising, where it may begin."""


def starts_of(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """What every match begins with, up to four characters each; None where that says too little."""
    found, _ = _starts(list(_parser.parse(pattern.pattern)))
    if not all(_telling(text) for text in found):
        return None
    return frozenset(text[:_LONG_ENOUGH] for text in found)


def _telling(text: str) -> bool:
    """Single characters and digits are everywhere."""
    return len(text) > 1 and not text.isdigit()


def _starts(tree: Sequence[Any]) -> tuple[frozenset[str], bool]:
    """The beginnings of `tree`'s matches, and whether they are its whole matches."""
    found = frozenset({""})
    for op, value in tree:
        if min(map(len, found)) >= _LONG_ENOUGH:
            return found, False
        ways, whole = _of_item(str(op), value)
        if len(found) * len(ways) > _MOST:
            return found, False
        found = frozenset(head + way for head in found for way in ways)
        if not whole:
            return found, False
    return found, True


def _of_item(name: str, value: Any) -> tuple[frozenset[str], bool]:
    if name.startswith("ASSERT") or name == "AT":
        return frozenset({""}), True
    if name == "LITERAL":
        return frozenset({chr(value)}), True
    if name == "IN" and len(value) <= _CLASS and all(str(op) == "LITERAL" for op, _ in value):
        return frozenset(chr(code) for _, code in value), True
    if name == "SUBPATTERN":
        return _starts(list(value[3]))
    if name == "ATOMIC_GROUP":
        return _starts(list(value))
    if name == "BRANCH":
        ways = [_starts(list(branch)) for branch in value[1]]
        return frozenset().union(*(way for way, _ in ways)), all(whole for _, whole in ways)
    if name.endswith("_REPEAT"):
        least, most, inner = int(value[0]), int(value[1]), value[2]
        heads, whole = _starts(list(inner))
        if most == 1 and whole:
            return (heads if least else heads | {""}), True
        if least:
            return heads, False
    return frozenset({""}), False


class Starts:
    """The beginnings of many patterns, found together. The patterns must outlive it."""

    __slots__ = ("_automaton", "known")

    def __init__(self, patterns: Iterable[re.Pattern[str]]) -> None:
        """`known`: the identities of those whose beginnings are looked for."""
        owners: dict[str, list[int]] = {}
        known: set[int] = set()
        for pattern in patterns:
            heads = starts_of(pattern)
            if heads is not None:
                known.add(id(pattern))
                for head in heads:
                    owners.setdefault(head, []).append(id(pattern))
        self.known = frozenset(known)
        self._automaton: Any = ahocorasick.Automaton()
        for head, numbers in owners.items():
            self._automaton.add_word(head, (len(head) - 1, tuple(dict.fromkeys(numbers))))
        if owners:
            self._automaton.make_automaton()

    def find(self, text: str) -> Beginnings:
        """Where in `text` each known pattern may begin; one that cannot is left out."""
        found: Beginnings = {}
        if not self.known:
            return found
        for last, (back, numbers) in self._automaton.iter(text):
            for number in numbers:
                found.setdefault(number, []).append(last - back)
        for places in found.values():
            # They come by their ends, and a longer beginning may lie round a shorter one.
            places.sort()
        return found


def matches(pattern: re.Pattern[str], text: str, places: Sequence[int]) -> Iterator[re.Match[str]]:
    """As `pattern.finditer(text)`, where a match can only begin at one of `places` (rising)."""
    free = 0
    for place in places:
        if place >= free:
            found = pattern.match(text, place)
            if found is not None:
                yield found
                free = max(found.end(), place + 1)
