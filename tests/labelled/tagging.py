"""Learns the weights by which lines are read (`detection/tagger.py`), from lines that hands marked.

A conditional random field for each kind, by python-crfsuite, which only this needs. What is held
out is never read.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pycrfsuite

from detection.fact_sight import hidden
from detection.normal import normalise
from detection.tagger import DIGIT, EDGE, EDGES, PAIRED, SINGLES, STEP, ZERO, sentences
from detection.weights import SCALE
from tests.labelled.told import Told

LEANING = {"name": 50, "aid": 50, "crime": 50, "minor": 50, "family": 100}
"""So much more than was learned each is taken to begin, in hundredths: a span that is missed costs
more than one that is asked about in vain. Chosen on hands that were not learned from then."""
HEAD = """\
# A letter tells one weight, in tenths: O is nothing, P one more, N one less. For each place and
# kind there are two: that the character begins a span, and that it goes on with one.
"""
_LABELS = OUTSIDE, BEGINS, GOES_ON = ("O", "B", "I")
_BIAS = "bias"
_MOST = 46
"""A letter tells so many steps either way."""
_SETTINGS = {
    "c1": 0.3,  # drawn to nothing, so that most weigh nothing
    "c2": 0.5,
    "max_iterations": 150,
    "feature.minfreq": 3,
    "feature.possible_transitions": 1,  # what never follows is learned to be so
}

Seen = tuple[int, int, str]
"""How many characters, at which of the places, and which."""


class Learned(NamedTuple):
    """Weights by what is seen and label, and of the steps from label to label; natural logarithms
    of odds."""

    weights: Mapping[str, Mapping[str, float]]
    steps: Mapping[tuple[str, str], float]


def learned(lines: Iterable[Told], mark: str) -> Learned:
    """What tells the spans of this mark in the lines."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for one in lines:
        text, labels = _labelled(one, mark)
        features = list(_seen(text))
        for start, end in sentences(text):
            trainer.append(features[start:end], _whole(labels[start:end]))
    trainer.set_params(_SETTINGS)
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        tagger.close()
    weights: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for (feature, label), weight in info.state_features.items():
        weights[feature][label] = weight
    return Learned(weights, info.transitions)


def _seen(text: str) -> Iterator[list[str]]:
    """What is seen at each character of a line."""
    reach = SINGLES[-1]
    signs = [EDGE] * reach + list(map(_sign, hidden(text, ()))) + [EDGE] * reach
    for at in range(reach, len(signs) - reach):
        singles = (f"1{n}{signs[at + d]}" for n, d in enumerate(SINGLES))
        pairs = (f"2{n}{signs[at + d]}{signs[at + d + 1]}" for n, d in enumerate(PAIRED))
        yield [*singles, *pairs, _BIAS]


def _sign(character: str) -> str:
    if "0" <= character <= "9":
        return DIGIT
    return EDGE if character in EDGES or character > "\uffff" else character


def _labelled(one: Told, mark: str) -> tuple[str, list[str]]:
    """The normalised text and a label for each of its characters."""
    flat = normalise(one.text)
    labels = [OUTSIDE] * len(flat.text)
    for start, end in one.spans.get(mark, ()):
        first, last = flat.flat(start), flat.flat(end - 1) + 1
        labels[first:last] = [BEGINS, *[GOES_ON] * (last - first - 1)]
    return flat.text, labels


def _whole(labels: list[str]) -> list[str]:
    """What began in the sentence before begins anew."""
    return [BEGINS, *labels[1:]] if labels[0] == GOES_ON else labels


def table(all_learned: Mapping[str, Learned]) -> Iterator[str]:
    """Lines of the table, from what was learned of each kind."""
    kinds = tuple(all_learned)
    grid: defaultdict[str, list[int]] = defaultdict(lambda: [0] * (2 * len(kinds)))
    yield "kinds " + " ".join(kinds)
    for column, (kind, found) in enumerate(all_learned.items()):
        for feature, by_label in found.weights.items():
            for n, label in enumerate((BEGINS, GOES_ON)):
                more = by_label.get(label, 0) - by_label.get(OUTSIDE, 0)
                grid[feature][2 * column + n] = round(more * SCALE / STEP)
        moves = (found.steps.get((one, two), 0) for one in _LABELS for two in _LABELS)
        yield f"steps {kind} " + " ".join(str(round(SCALE * move)) for move in moves)
        grid[_BIAS][2 * column] += LEANING.get(kind, 0) // STEP
    yield "bias " + " ".join(map(str, grid.pop(_BIAS)))
    places: defaultdict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for feature, values in grid.items():
        if any(values):
            places[feature[0], feature[2:]][int(feature[1])] = _letters(values)
    nothing = _letters([0] * (2 * len(kinds)))
    for (size, signs), known in sorted(places.items()):
        width = len(SINGLES if size == "1" else PAIRED)
        yield f"{size} {signs} " + "".join(known.get(n, nothing) for n in range(width))


def _letters(values: Sequence[int]) -> str:
    return "".join(chr(ZERO + max(-_MOST, min(_MOST, value))) for value in values)
