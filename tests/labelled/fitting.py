"""Fits weights to cases: a logistic regression over things that were seen or not.

A case is a choice between its readings and none of them (a conditional logit): a name of three
characters does not speak against its first two where it speaks for all three.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from detection.weights import SCALE

_SEEN = 4
"""A thing must be seen so often."""
LITTLE = 10
"""What weighs less is left out: half of all that is seen."""
_STEPS, _TURNS, _ENOUGH = 15, 60, 1e-3


class Case(NamedTuple):
    """What is seen of each reading; which of them is right, None where none; how much it counts."""

    readings: tuple[tuple[str, ...], ...]
    right: int | None
    share: float


def table(
    cases: Sequence[Case], *, drawn: float, bias: str = "bias", little: int = LITTLE
) -> list[str]:
    """Lines of a table: weight and name of each thing seen, and of the `bias`.

    `drawn`: how strongly weights are drawn to nothing. `little`: what weighs less is left out.
    """
    seen = Counter(f for case in cases for reading in case.readings for f in reading)
    features = sorted(f for f, count in seen.items() if count >= _SEEN)
    number = {feature: n for n, feature in enumerate(features)}
    readings = [reading for case in cases for reading in case.readings]
    # Rows of one width; what is not there is the last column but one, which weighs nothing.
    nothing, always = len(features), len(features) + 1
    rows = np.full((len(readings), 1 + max(map(len, readings))), nothing, np.int32)
    for row, reading in zip(rows, readings, strict=True):
        known = [number[f] for f in reading if f in number]
        row[: len(known) + 1] = [*known, always]
    weights = _fitted(_Choices(cases, rows, always + 1), drawn)
    named = zip([*features, bias], [*weights[:nothing], weights[always]], strict=True)
    scaled = [(round(SCALE * weight), feature) for feature, weight in named]
    return [f"{weight} {feature}" for weight, feature in scaled if abs(weight) >= little]


class _Choices:
    """The cases as arrays: a row a reading, `case` the number of its case."""

    def __init__(self, cases: Sequence[Case], rows: "np.ndarray", columns: int) -> None:
        sizes = [len(case.readings) for case in cases]
        self.rows, self.columns, self.count = rows, columns, len(cases)
        self.case = np.repeat(np.arange(len(cases)), sizes)
        self.share = np.repeat([case.share for case in cases], sizes)
        self.right = np.array(
            [n == case.right for case in cases for n in range(len(case.readings))], float
        )

    def of(self, weights: "np.ndarray") -> "np.ndarray":
        """The sum of each reading."""
        return weights[self.rows].sum(1)

    def back(self, values: "np.ndarray") -> "np.ndarray":
        """The values of the readings, added up for each thing that was seen of them."""
        spread = np.repeat(values, self.rows.shape[1])
        return np.bincount(self.rows.ravel(), spread, self.columns)

    def together(self, values: "np.ndarray") -> "np.ndarray":
        """The sum over all readings of the same case, at each."""
        return np.bincount(self.case, values, self.count)[self.case]

    def likely(self, weights: "np.ndarray") -> "np.ndarray":
        """How likely each reading is."""
        odds = np.exp(np.minimum(self.of(weights), 50))
        return odds / (1 + self.together(odds))


def _fitted(known: _Choices, pull: float) -> "np.ndarray":
    """By Newton's method, each step by conjugate gradients. The last column is the bias, which is
    drawn nowhere; the one before it stays at nothing."""
    weights = np.zeros(known.columns)
    drawn = np.full(known.columns, pull)
    drawn[-2:] = 1e9, 1e-6
    for _ in range(_STEPS):
        likely = known.likely(weights)
        slope = known.back(known.share * (likely - known.right)) + drawn * weights
        scale = known.back(known.share * likely * (1 - likely)) + drawn

        def bent(way: "np.ndarray", likely: "np.ndarray" = likely) -> "np.ndarray":
            across = known.of(way)
            apart = across - known.together(likely * across)
            return known.back(known.share * likely * apart) + drawn * way

        step, rest = np.zeros(known.columns), -slope
        way = rest / scale
        size = rest @ way
        for _ in range(_TURNS):
            across = bent(way)
            long = size / (way @ across)
            step += long * way
            rest = rest - long * across
            before, size = size, rest @ (rest / scale)
            if size < _ENOUGH**2:
                break
            way = rest / scale + size / before * way
        weights += step
        if np.abs(step).max() < _ENOUGH:
            break
    return weights
