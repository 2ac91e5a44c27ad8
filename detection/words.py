"""An office's own words: any number of them, found in one walk over the text (Aho-Corasick)."""

from collections.abc import Iterator, Sequence

from detection.literals import Literals
from detection.normal import plain

LONGEST = 64
"""The most characters of one word."""

_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


def word(text: str) -> str:
    """One word as it is searched: normalised as the text is, blanks at its ends left out.

    Raises ValueError (Chinese) for a word that would hit everywhere or is no word.
    """
    found = plain(text).strip()
    if not 2 <= len(found) <= LONGEST:
        raise ValueError(f"词语应有 2 到 {LONGEST} 个字，一个字会到处命中")
    if found.isdigit() and len(found) < 5:
        raise ValueError("只有数字的词语至少要 5 位，否则会到处命中")
    return found


class Words:
    """The words of all rules in one automaton; built once for a rulebook."""

    __slots__ = ("_literals",)

    def __init__(self, rules: Sequence[Sequence[str]]) -> None:
        """`rules[i]`: the words of rule i, as `word` gives them."""
        owners: dict[str, list[int]] = {}
        for number, words in enumerate(rules):
            for one in words:
                owners.setdefault(one, []).append(number)
        self._literals = Literals({one: tuple(numbers) for one, numbers in owners.items()})

    def __bool__(self) -> bool:
        return bool(self._literals)

    def spans(self, text: str) -> Iterator[tuple[int, int, int]]:
        """(start, end, number of the rule) of each word in `text`, by their ends.

        A word that begins or ends in Latin letters or digits is one only where no such character
        goes on beside it: 'AB12' does not lie in 'XAB123'.
        """
        for start, end, numbers in self._literals.find(text):
            if _goes_on(text, start - 1, start) or _goes_on(text, end - 1, end):
                continue
            for number in numbers:
                yield start, end, number


def _goes_on(text: str, left: int, right: int) -> bool:
    return left >= 0 and right < len(text) and text[left] in _WORD and text[right] in _WORD
