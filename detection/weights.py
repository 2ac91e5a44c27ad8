"""Weights learned from labelled texts (`tests/labelled/learning.py`), read from their tables.

A weight says how much one thing that was seen speaks for a find: hundredths of the natural
logarithm of odds, which are added up. Every line of a table can be read by people.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from math import exp

import resources

SCALE = 100
"""The weights are hundredths."""

_DOUBTFUL, _SURE = 0.6, 0.95
_MOST_KEPT = 1 << 16


@cache
def learned(table: str) -> Mapping[str, int]:
    """The weights of the things seen, by their names. `table`: a file of `rules/tables`."""
    found: dict[str, int] = {}
    for line in resources.text(f"rules/tables/{table}").splitlines():
        if line and not line.startswith("#"):
            weight, feature = line.split(" ", 1)
            found[feature] = int(weight)
    return found


def certainty(score: int) -> float:
    """What a sum of weights makes of a find that is told: 0.6 to 0.95."""
    return round(min(_SURE, max(_DOUBTFUL, 1 / (1 + exp(-score / SCALE)))), 2)


class Sums(dict[str, int]):
    """What is seen in a few characters weighs together, by these characters; told when asked."""

    def __init__(self, weights: Mapping[str, int], seen: Callable[[str], Iterable[str]]) -> None:
        super().__init__()
        self._weights, self._seen = weights, seen

    def __missing__(self, characters: str) -> int:
        if len(self) >= _MOST_KEPT:
            self.clear()
        weight = self._weights
        known = self[characters] = sum(weight.get(f, 0) for f in self._seen(characters))
        return known
