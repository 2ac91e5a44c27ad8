"""Any number of strings found in one walk over a text (Aho-Corasick)."""

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick


class Literals:
    """Strings, each known by its number in the order given. Built once for a rulebook.

    They and the texts hold no lone surrogate: normalised text never does (`normal`).
    """

    __slots__ = ("_automaton",)

    def __init__(self, strings: Iterable[str]) -> None:
        self._automaton = AhoCorasick(strings, store_patterns=False)

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """(number of the string, start, end) of each string in `text`, by their ends."""
        return self._automaton.find_matches_as_indexes(text, overlapping=True)
