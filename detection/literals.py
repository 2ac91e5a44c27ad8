"""Any number of strings found in one walk over a text (Aho-Corasick)."""

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick

_WINDOW = 100_000
"""Characters walked over at once: a walk needs thirty times as many bytes."""


class Literals:
    """Strings, each known by its number in the order given. Built once for a rulebook.

    They and the texts hold no lone surrogate: normalised text never does (`normal`).
    """

    __slots__ = ("_automaton", "_longest")

    def __init__(self, strings: Sequence[str]) -> None:
        self._automaton = AhoCorasick(strings, store_patterns=False)
        self._longest = max(map(len, strings), default=1)

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(number of the string, start, end) of each string in `text`, by their ends."""
        if len(text) <= _WINDOW:
            return self._automaton.find_matches_as_indexes(text, overlapping=True)
        found: list[tuple[int, int, int]] = []
        for at in range(0, len(text), _WINDOW):
            # What ends in this window may have begun in the one before.
            low = max(0, at - self._longest + 1)
            here = self._automaton.find_matches_as_indexes(
                text[low : at + _WINDOW], overlapping=True
            )
            found += [(n, low + start, low + end) for n, start, end in here if low + end > at]
        return found
