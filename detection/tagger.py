"""Reads lines character by character: who is named, where somebody lives, what is said of people.

Each character is weighed as the beginning of such a span and as part of one, by itself, by three
neighbours on either side and by their pairs; of all ways to lay spans over a sentence the heaviest
is taken (a linear-chain conditional random field for each kind). The weights were learned from
labelled lines (`tests/labelled/tagging.py`) and stand in `rules/tables/tagger_weights.txt`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

import resources
from detection.arrays import LAST, Codes, codes
from detection.fact_sight import hidden

SINGLES = (-3, -2, -1, 0, 1, 2, 3)
PAIRED = (-2, -1, 0, 1)
"""Where the characters that are seen stand from the one that is weighed, and where pairs begin."""
EDGE, DIGIT = "|", "0"
"""Stand for what lies beyond a line, and for any digit."""
EDGES = "\0\x01\x02\n\t"
"""What else is read as EDGE, as is every character beyond the first plane."""
STEP = 10
"""What one letter of the table is worth, in hundredths."""
ZERO = ord("O")
"""The letter that weighs nothing; those before it speak against, those behind it for."""
OUTSIDE, BEGINS, GOES_ON = range(3)
"""What a character may be. All weights of the first are nothing."""
_LABELS, _WEIGHED = 3, 2
_NEVER = -(10**6)
_STOP = re.compile("[。!?;]")
_LONGEST = 400
_AT_ONCE = 1 << 16

Sums = NDArray[np.int32]


class Tagged(NamedTuple):
    """A span of a line, by the number of that; `score`: how much it outweighs that there is none,
    in hundredths."""

    line: int
    kind: str
    start: int
    end: int
    score: int


class Tagger:
    """What the table of weights says. `kinds`: what it knows to tell apart."""

    def __init__(self, table: str) -> None:
        rows = dict[str, list[str]]()
        for line in table.split("\n"):
            name, _, rest = line.partition(" ")
            rows.setdefault(name, []).append(rest)
        self.kinds = tuple(rows["kinds"][0].split())
        width = len(self.kinds) * _WEIGHED
        self._bias = np.array(list(map(int, rows["bias"][0].split())), np.int16)
        self._steps = np.array([list(map(int, one.split()[1:])) for one in rows["steps"]])
        self._steps = self._steps.reshape(-1, _LABELS, _LABELS)
        # Two spans of a kind never touch.
        self._steps[:, OUTSIDE, GOES_ON] = self._steps[:, BEGINS:, BEGINS] = _NEVER
        # What the moves weigh more than to stay outside: into a span, on from its first character
        # (more than from others), on, and out of it.
        steps, stay = self._steps, self._steps[:, OUTSIDE, OUTSIDE]
        self._moves = (
            steps[:, OUTSIDE, BEGINS] - stay,
            steps[:, BEGINS, GOES_ON] - steps[:, GOES_ON, GOES_ON],
            steps[:, GOES_ON, GOES_ON] - stay,
            steps[:, BEGINS:, OUTSIDE].max(1) - stay,
        )
        singles = [one[0] for one in rows["1"]]
        pairs = [one[:2] for one in rows["2"]]
        # Row 0 is that of every character or pair that is not in the table.
        self._row = np.zeros(LAST + 1, np.intp)
        self._row[codes("".join(singles))] = np.arange(1, len(singles) + 1)
        of_one = _letters([one[2:] for one in rows["1"]], len(SINGLES) * width)
        of_two = _letters([one[3:] for one in rows["2"]], len(PAIRED) * width)
        self._of_one = _by_place(of_one, len(SINGLES))
        self._of_two = _by_place(of_two, len(PAIRED))
        first, second = codes("".join(pairs)).reshape(-1, 2).T
        keys = first * (LAST + 1) + second
        order = np.argsort(keys)
        self._keys, self._pair = keys[order], order + 1
        self._read_as = np.arange(LAST + 1)
        self._read_as[codes("0123456789")] = ord(DIGIT)
        self._read_as[[*codes(EDGES), LAST]] = ord(EDGE)

    def read(self, lines: Iterable[str]) -> Iterator[Tagged]:
        """What normalised lines hold, in their order."""
        some: list[tuple[int, str]] = []
        size = 0
        for number, line in enumerate(lines):
            if line:
                some.append((number, line))
                size += len(line)
            if size >= _AT_ONCE:
                yield from self._read(some)
                some, size = [], 0
        if some:
            yield from self._read(some)

    def _read(self, lines: Sequence[tuple[int, str]]) -> Iterator[Tagged]:
        gap = EDGE * SINGLES[-1]
        together = hidden(gap + "".join(line + gap for _, line in lines), ())
        sums = self._sums(self._read_as[codes(together)])
        spans, whose = list[tuple[int, int]](), list[tuple[int, int]]()
        at = len(gap)
        for number, line in lines:
            for first, last in sentences(line):
                spans.append((first + at, last + at))
                whose.append((number, at))
            at += len(line) + len(gap)
        for sentence, kind, first, last, score in sorted(self._spans(sums, spans)):
            number, begin = whose[sentence]
            yield Tagged(number, self.kinds[kind], first - begin, last - begin, score)

    def _sums(self, near: Codes) -> Sums:
        """What each character weighs: for each kind as its beginning, and as going on."""
        row = self._row[near]
        keys = near[:-1] * (LAST + 1) + near[1:]
        place = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        pair = np.where(self._keys[place] == keys, self._pair[place], 0)
        width, reach = len(self._bias), SINGLES[-1]
        inner = len(near) - 2 * reach
        found = np.zeros((len(near), width), np.int16)
        within = found[reach : reach + inner]
        within += self._bias
        for number, offset in enumerate(SINGLES):
            within += self._of_one[number][row[reach + offset : reach + offset + inner]]
        for number, offset in enumerate(PAIRED):
            within += self._of_two[number][pair[reach + offset : reach + offset + inner]]
        return found.astype(np.int32).reshape(len(near), len(self.kinds), _WEIGHED) * STEP

    def _spans(
        self, sums: Sums, sentences: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, int, int, int, int]]:
        """Sentence, kind, from, to and score of each span of the heaviest rows of labels."""
        bounds = np.array(sentences)
        hot = self._hot(sums, bounds)
        if not len(hot):
            return
        # The longest first: those that are not over yet are the first ones.
        length = (bounds[:, 1] - bounds[:, 0])[hot[:, 0]]
        order = np.argsort(-length, kind="stable")
        hot, length = hot[order], length[order]
        starts = bounds[hot[:, 0], 0]
        labels = self._labels(sums, starts, length, hot[:, 1])
        for row, first in np.argwhere(labels == BEGINS).tolist():
            last = first + 1
            while labels[row, last] == GOES_ON:
                last += 1
            (number, kind), start = hot[row].tolist(), int(starts[row])
            span, ends = sums[start + first : start + last, kind], last == length[row]
            score = self._score(span, kind, opens=first == 0, closes=bool(ends))
            yield number, kind, start + first, start + last, score

    def _hot(self, sums: Sums, bounds: Codes) -> Codes:
        """The sentences and kinds in which a span would outweigh that there is none."""
        starts, lasts = bounds[:, 0], bounds[:, 1] - 1
        into, first, on, leave = self._moves
        gone_on = np.cumsum(sums[:, :, 1] + on, 0, np.int64)
        # No span goes on from one sentence to the next.
        apart = np.zeros(len(sums), np.int64)
        apart[starts] = -_NEVER
        gone_on -= np.cumsum(apart)[:, None]
        ended = gone_on + leave
        ended[lasts] = gone_on[lasts]
        furthest = np.maximum.accumulate(ended[::-1])[::-1]
        gain = sums[:, :, 0] + (furthest - gone_on)
        gain[starts] -= into
        best = np.maximum.reduceat(gain, bounds.ravel()[:-1])[::2]
        return np.argwhere(best + into + np.maximum(first, 0) > 0)

    def _labels(self, sums: Sums, start: Codes, length: Codes, kind: Codes) -> NDArray[np.int8]:
        """The heaviest row of labels for each sentence and kind, the longest first (Viterbi)."""
        steps, count = self._steps[kind], len(start)
        alive = np.searchsorted(-length, -np.arange(length[0]), "left")
        best = np.zeros((count, _LABELS), np.int64)
        best[:, GOES_ON] = _NEVER
        best[:, BEGINS:] += sums[start, kind]
        back = np.zeros((length[0], count, _LABELS), np.int8)
        for at in range(1, length[0]):
            n = alive[at]
            ways = best[:n, :, None] + steps[:n]
            back[at, :n] = ways.argmax(1)
            best[:n] = ways.max(1)
            best[:n, BEGINS:] += sums[start[:n] + at, kind[:n]]
        labels = np.zeros((count, length[0] + 1), np.int8)
        label = best.argmax(1)
        each = np.arange(count)
        for at in range(length[0] - 1, -1, -1):
            n = alive[at]
            labels[:n, at] = label[:n]
            label[:n] = back[at, each[:n], label[:n]]
        return labels

    def _score(self, sums: Sums, kind: int, *, opens: bool, closes: bool) -> int:
        """How much a span outweighs that there is none. `opens`, `closes`: whether it begins and
        ends the sentence."""
        steps, size = self._steps[kind], len(sums)
        moves = [steps[BEGINS, GOES_ON], *[steps[GOES_ON, GOES_ON]] * (size - 2)][: size - 1]
        if not opens:
            moves.append(steps[OUTSIDE, BEGINS])
        if not closes:
            moves.append(steps[GOES_ON if size > 1 else BEGINS, OUTSIDE])
        inside = sums[0, 0] + sums[1:, 1].sum() + sum(moves)
        return int(inside - steps[OUTSIDE, OUTSIDE] * len(moves))


@cache
def tagger() -> Tagger:
    """The one there is."""
    return Tagger(resources.text("rules/tables/tagger_weights.txt"))


def _letters(rows: Sequence[str], width: int) -> NDArray[np.int16]:
    found = np.frombuffer("".join(rows).encode("ascii"), np.uint8).astype(np.int16) - ZERO
    return found.reshape(len(rows), width)


def _by_place(weights: NDArray[np.int16], places: int) -> list[NDArray[np.int16]]:
    """A table for each place, whose first row weighs nothing."""
    rows = np.concatenate([np.zeros((1, weights.shape[1]), np.int16), weights])
    return [np.ascontiguousarray(one) for one in np.split(rows, places, axis=1)]


def sentences(line: str) -> Iterator[tuple[int, int]]:
    """The spans of the sentences of a line; a very long one in pieces."""
    start = 0
    while start < len(line):
        last = min(len(line), start + _LONGEST)
        match = _STOP.search(line, start, last)
        stop = match.end() if match else last
        yield start, stop
        start = stop
