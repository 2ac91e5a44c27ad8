"""A text as an array of numbers: all its characters are asked about at once."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.intp]
"""Characters of a text by their numbers; those beyond the first plane are all LAST."""

LAST = 0xFFFF
PIECE = 1 << 18
"""So many characters are asked about at once: more would take memory and gain nothing."""
_DIGITS = np.uint32(10)


def _numbers(text: str) -> NDArray[np.uint32]:
    """One for each character of `text`, which holds no lone surrogate: normalised text never does
    (`normal`)."""
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def codes(text: str) -> Codes:
    """The characters of a normalised text, to look up in tables of LAST + 1 entries."""
    return np.minimum(_numbers(text), LAST).astype(np.intp)


def figures(text: str) -> list[tuple[int, int]]:
    """Where ASCII digits stand together in a normalised text: from and to, rising."""
    found: list[tuple[int, int]] = []
    for first in range(0, len(text), PIECE):
        # What is less than 0 is more than any digit here.
        digit = _numbers(f" {text[first : first + PIECE]} ") - np.uint32(ord("0")) < _DIGITS
        edges = (np.flatnonzero(digit[1:] != digit[:-1]) + first).tolist()
        together = list(zip(edges[::2], edges[1::2], strict=True))
        if found and together and found[-1][1] == together[0][0] == first:
            together[0] = found.pop()[0], together[0][1]
        found += together
    return found


class PairTable:
    """A set of strings of two characters of the first plane, a bit for each pair there could be."""

    __slots__ = ("_bits", "_number", "_wide")

    def __init__(self, pairs: Iterable[str]) -> None:
        first, second = codes("".join(pairs)).reshape(-1, 2).T
        known = np.zeros(LAST + 1, np.bool_)
        known[first] = known[second] = True
        self._wide = int(known.sum()) + 1
        # Zero is any character that stands in none of them.
        self._number = np.zeros(LAST + 1, np.intp)
        self._number[known] = np.arange(1, self._wide)
        byte, bit = self._place(first, second)
        self._bits = np.zeros((self._wide * self._wide >> 3) + 1, np.uint8)
        np.bitwise_or.at(self._bits, byte, bit)

    def holds(self, first: Codes, second: Codes) -> NDArray[np.bool_]:
        """Whether `first[i]` and `second[i]` make one of the pairs, for each i."""
        byte, bit = self._place(first, second)
        return (self._bits[byte] & bit).astype(np.bool_)

    def _place(self, first: Codes, second: Codes) -> tuple[Codes, NDArray[np.uint8]]:
        at = self._number[first] * self._wide + self._number[second]
        return at >> 3, _BITS[at & 7]


_BITS = np.left_shift(1, np.arange(8)).astype(np.uint8)
