"""Facts about people, weighed clause by clause: illness, aid, crime, childhood, family, home.

What the patterns of the packs and the parts of places do not tell is told by learned weights, one
for each character and pair of characters of a clause and each kind of fact. They were learned from
labelled lines (`tests/labelled/learning.py`); each is a line of `rules/tables/fact_weights.txt`.
All lines of a sheaf that may tell one are added up at once.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detection.arrays import LAST, PIECE, PairTable, codes
from detection.evidence import PAIRS
from detection.fact_sight import BIAS, DIGIT, HOME, KINDS, MARK, MARKS, NAMED, hidden
from detection.judge import Hit, Judge
from detection.linking import Line, Place, of_whom, with_certainty
from detection.masks import mask_name
from detection.normal import END
from detection.place_pieces import tells_a_house
from detection.rule import Rule
from detection.sheaf import Sheaf
from detection.tags import Tags
from detection.weights import certainty, learned

_FOUND, _FOUND_HOME = 60, 100
"""A clause is told that is likelier a fact than none; homes have been looked for before."""
_REACH = 60
_TWO = 2
_NEVER = -1e9
"""A name is a find of its own."""
_MOST_WORDS = 2
_NAMES = tuple(KINDS)
_LEAST = np.array([_FOUND_HOME if kind == HOME else _FOUND for kind in _NAMES])


class Fact(NamedTuple):
    """What a text says at `start:end` of somebody, how clearly, and by which characters."""

    kind: str
    start: int
    end: int
    score: int
    words: tuple[str, ...]


def _weights() -> dict[str, list[int]]:
    """By what is seen: a weight for each kind."""
    found: dict[str, list[int]] = {}
    for feature, weight in learned("fact_weights.txt").items():
        kind, _, characters = feature.partition(" ")
        found.setdefault(characters, [0] * len(KINDS))[_NAMES.index(kind)] = weight
    return found


Weights = NDArray[np.int32]
"""A row for each of something, a column for each kind."""


def _rows(keys: Sequence[str]) -> Weights:
    return np.array([_WEIGHTS[key] for key in keys], np.int32).reshape(-1, len(KINDS))


_WEIGHTS = _weights()
_BIAS = np.array(_WEIGHTS.pop(BIAS, [0] * len(KINDS)), np.int32)
_SINGLES = sorted(one for one in _WEIGHTS if len(one) == 1)
_PAIRS = sorted(one for one in _WEIGHTS if len(one) == _TWO)
_OF_ONE: Weights = np.zeros((LAST + 1, len(KINDS)), np.int32)
_OF_ONE[codes("".join(_SINGLES))] = _rows(_SINGLES)
_OF_TWO, _IS_PAIR = _rows(_PAIRS), PairTable(_PAIRS)
_FIRST, _SECOND = codes("".join(_PAIRS)).reshape(-1, _TWO).T
_KEYS = _FIRST * (LAST + 1) + _SECOND
_READ_AS = np.arange(LAST + 1)
_READ_AS[codes("0123456789")] = ord(DIGIT)
_READ_AS[codes("".join(MARKS))] = ord(MARK)


class Weighed:
    """The clauses of a text that begins and ends with END, in which names are `hidden`, and what
    each weighs for each kind of fact."""

    def __init__(self, text: str) -> None:
        self._text, near = text, _READ_AS[codes(text)]
        self._one, self._two = _OF_ONE[near], _pairs(near)
        inside = near != ord(MARK)
        edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
        self._starts, self._ends = starts, ends = edges[::2], edges[1::2]
        sums, of_pairs = (
            np.cumsum(some, axis=0, dtype=np.int32) for some in (self._one, self._two)
        )
        # A clause is its characters, and the pairs from the mark before it to the one behind.
        before = of_pairs[starts - _TWO] * (starts >= _TWO)[:, None]
        self._scores = _BIAS + sums[ends - 1] - sums[starts - 1] + of_pairs[ends - 1] - before

    def facts(self) -> Iterator[Fact]:
        """What is likelier a fact than none, in the order of the clauses."""
        for number, kind in np.argwhere(self._scores > _LEAST):
            start, end = int(self._starts[number]), int(self._ends[number])
            yield self._fact(kind, start, end, int(self._scores[number, kind]))

    def home(self, start: int, end: int) -> int:
        """How clearly the clauses that lie in `start:end` tell a home."""
        lie = slice(self._ends.searchsorted(start, "right"), self._starts.searchsorted(end))
        return int(self._scores[lie, _NAMES.index(HOME)].max(initial=int(_NEVER)))

    def words(self, kind: str, start: int, end: int) -> tuple[str, ...]:
        """The common words in `start:end` that speak most for it."""
        text, two = self._text, self._two[:, _NAMES.index(kind)]
        pairs = sorted((two[at], text[at : at + _TWO]) for at in range(start, end - 1))
        words = [pair for weight, pair in reversed(pairs) if weight > 0 and pair in PAIRS]
        return tuple(words[:_MOST_WORDS])

    def _fact(self, kind: int, start: int, end: int, score: int) -> Fact:
        text, one, two = self._text, self._one[:, kind], self._two[:, kind]
        each = one[start:end] + (two[start - 1 : end - 1] + two[start:end]) / _TWO
        shown = zip(text[start:end], each.tolist(), strict=True)
        first, last = _heaviest([_NEVER if c == NAMED else weight for c, weight in shown])
        span = _whole_words(text, start + first, start + last)
        return Fact(_NAMES[kind], *span, score, self.words(_NAMES[kind], *span))


def _pairs(near: NDArray[np.intp]) -> Weights:
    """The weights of the pairs that begin at each character but the last."""
    found = np.zeros((len(near) - 1, len(KINDS)), np.int32)
    at = np.flatnonzero(_IS_PAIR.holds(near[:-1], near[1:]))
    found[at] = _OF_TWO[np.searchsorted(_KEYS, near[at] * (LAST + 1) + near[at + 1])]
    return found


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the word or number that it begins or ends within."""
    while text[start - 1].isdigit() and text[start].isdigit():
        start -= 1
    while text[end - 1].isdigit() and text[end].isdigit():
        end += 1
    return start - (text[start - 1 : start + 1] in PAIRS), end + (text[end - 1 : end + 1] in PAIRS)


def _heaviest(weights: Sequence[float]) -> tuple[int, int]:
    """The part of a row that weighs most together, from and to."""
    best, first, last, begin, together = _NEVER, 0, 0, 0, 0.0
    for at, weight in enumerate(weights):
        if together <= 0:
            begin, together = at, 0.0
        together += weight
        if together > best:
            best, first, last = together, begin, at + 1
    return first, last


class _Part:
    """Some lines of a sheaf, weighed together. `begins`: where each begins in what is weighed."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        texts = [_hidden(text, line) for line in lines]
        self.lines, self.start = lines, lines[0].start
        self.begins = list(accumulate((len(one) + 1 for one in texts), initial=1))
        self.weighed = Weighed(END + END.join(texts) + END)


class Facts:
    """What some lines of a sheaf say of people; where nobody is named, only homes are told."""

    def __init__(self, sheaf: Sheaf, lines: Sequence[Line], tags: Tags) -> None:
        """`tags`: what was read as facts."""
        self._sheaf, self._tags = sheaf, tags
        self._parts = [_Part(sheaf.text, some) for some in _together(lines)]

    def hits(self, rules: Mapping[str, Rule], judge: Judge) -> Iterator[Hit]:
        """The findings, by the rules of these ids."""
        for line, fact in chain(self._weighed(), self._tagged()):
            span = fact.start, fact.end
            whose = of_whom(self._sheaf.text, span, line.named, _REACH)
            rule = rules.get(KINDS[fact.kind])
            home = fact.kind == HOME and tells_a_house(self._sheaf.text[slice(*span)])
            if rule is not None and (home or (fact.kind != HOME and whose is not None)):
                pattern = with_certainty("said", certainty(fact.score))
                because = _because(fact, whose)
                yield from judge.hits(rule, pattern, self._sheaf, *span, because)

    def _weighed(self) -> Iterator[tuple[Line, Fact]]:
        """What the clauses say, but for what was read: of that the bounds are known better."""
        for part in self._parts:
            for fact in part.weighed.facts():
                number = bisect_right(part.begins, fact.start) - 1
                line, shift = part.lines[number], part.lines[number].start - part.begins[number]
                start, end = fact.start + shift, fact.end + shift
                read = self._tags.get(fact.kind, ()) if fact.kind != HOME else ()
                later = bisect_right(read, start, key=lambda one: one.end)
                if later == len(read) or read[later].start >= end:
                    yield line, fact._replace(start=start, end=end)

    def _tagged(self) -> Iterator[tuple[Line, Fact]]:
        """What was read, in the lines that are weighed; homes are joined in `dwellings`."""
        for _, kind, start, end, score in chain.from_iterable(self._tags.values()):
            if kind not in KINDS or kind == HOME:
                continue
            part, line, shift = self._around(start)
            if line.start <= start and end <= line.end:
                words = part.weighed.words(kind, start + shift, end + shift)
                yield line, Fact(kind, start, end, score, words)

    def home(self, start: int, end: int) -> int:
        """How clearly the clauses around a flat span of the sheaf, in one of the lines, tell a
        home; the more above zero the likelier."""
        part, _, shift = self._around(start)
        return part.weighed.home(start + shift, end + shift)

    def _around(self, start: int) -> tuple[_Part, Line, int]:
        """The part and the line in which a flat offset lies, and what is added to come from the
        sheaf's text to the part's."""
        number = bisect_right(self._parts, start, key=lambda part: part.start) - 1
        part = self._parts[max(number, 0)]
        number = max(bisect_right(part.lines, start, key=lambda line: line.start) - 1, 0)
        return part, part.lines[number], part.begins[number] - part.lines[number].start


def _together(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines, as many together as are weighed at once; a longer one is cut."""
    some: list[Line] = []
    size = 0
    for line in chain.from_iterable(map(_cut, lines)):
        length = line.end - line.start
        if some and size + length > PIECE:
            yield some
            some, size = [], 0
        some.append(line)
        size += length
    if some:
        yield some


def _cut(line: Line) -> Iterator[Line]:
    if line.end - line.start <= PIECE:
        yield line
        return
    for start in range(line.start, line.end, PIECE):
        end = min(start + PIECE, line.end)
        first, last = (bisect_left(line.named, at, key=lambda p: p.start) for at in (start, end))
        yield Line(start, end, [one for one in line.named[first:last] if one.end <= end])


def _hidden(text: str, line: Line) -> str:
    names = [(place.start - line.start, place.end - line.start) for place in line.named]
    return hidden(text[line.start : line.end], names)


def _because(fact: Fact, whose: Place | None) -> str:
    """What spoke for it, a Chinese sentence."""
    words = "".join(f"“{word}”" for word in fact.words)
    seen = [f"写有{words}"] if words else []
    if whose is not None:
        seen.append(f"与“{mask_name(whose.key[1])}”写在一起")
    return "依据：" + "，".join(seen or ["用词像是住的地方"]) + "。"
