"""Any number of strings found in one walk over a text (Aho-Corasick)."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ahocorasick_rs import BytesAhoCorasick

# Two bytes a character: a third fewer steps than UTF-8 takes over Chinese, and what lies where is
# told without a table of the characters' places. The byte that few texts vary in comes first.
_CODE = "utf-16-be"
_WIDE = re.compile("[\U00010000-\U0010ffff]")
"""Characters of four bytes."""


class Literals:
    """Strings, each known by its number in the order given. Built once for a rulebook.

    They and the texts hold no lone surrogate: normalised text never does (`normal`).
    """

    __slots__ = ("_automaton",)

    def __init__(self, strings: Sequence[str]) -> None:
        self._automaton = BytesAhoCorasick([text.encode(_CODE) for text in strings])

    def find(self, text: str) -> Mapping[int, list[int]]:
        """Where each string that stands in `text` begins, by its number; rising."""
        data = text.encode(_CODE)
        found: defaultdict[int, list[int]] = defaultdict(list)
        for number, start, _ in self._automaton.find_matches_as_indexes(data, overlapping=True):
            # The last byte of a character and the first of the next are none.
            if not start & 1:
                found[number].append(start >> 1)
        if len(data) == 2 * len(text):
            return found
        wide = [match.start() + before for before, match in enumerate(_WIDE.finditer(text))]
        return {n: [s - bisect_left(wide, s) for s in starts] for n, starts in found.items()}


def lengths(words: Iterable[str], at: int = 0) -> Mapping[str, Sequence[int]]:
    """How long the words are whose character `at` is this one, the longest first: so they are
    looked up in a dictionary where one place of a text is asked about."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[at], set()).add(len(word))
    return {character: sorted(some, reverse=True) for character, some in found.items()}
