"""What is looked for in one text: of all patterns those that can match in it, and where.

The beginnings of all patterns and the words of an office stand in one automaton: one walk over the
text tells which pattern may begin where, and it is tried only there. The outcome is that of a
search from the left, at a fraction of its cost. What begins in too many ways, or with a single
character, has a gate besides: what a text must hold for it, told by the same walk.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from detection.expression import Expression
from detection.gates import gate_of
from detection.literals import Literals
from detection.runs import Runs
from detection.starts import Beginnings, beginnings_of
from detection.words import stands

_DENSE = 4
"""Where every fourth character may be a beginning, a search through all is cheaper."""

Subject = TypeVar("Subject")


class Sought(NamedTuple, Generic[Subject]):
    """A pattern of the rule `rule` (its number): `regex` is what is searched for, None where it is
    looked for in the runs of digits."""

    rule: int
    subject: Subject
    regex: Expression | None


class Try(NamedTuple, Generic[Subject]):
    """A pattern that may match in a text: at `places` (rising), anywhere where None."""

    rule: int
    subject: Subject
    regex: Expression | None
    places: Sequence[int] | None

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """As `regex.finditer(text)`."""
        if self.regex is None:
            return
        if self.places is None:
            yield from self.regex.finditer(text)
            return
        free, match = 0, self.regex.match
        for place in self.places:
            if place >= free:
                found = match(text, place)
                if found is not None:
                    yield found
                    free = max(found.end(), place + 1)


class Word(NamedTuple):
    """Where a word of the rule `rule` stands."""

    rule: int
    start: int
    end: int


Signs = Mapping[str, Sequence[int]]
"""Where each of some strings begins that stand in a text."""


class Found(NamedTuple, Generic[Subject]):
    """What one walk over a text finds: the patterns to try in their order, the words by their
    ends, and the signs."""

    tries: list[Try[Subject]]
    words: list[Word]
    signs: Signs


class Search(Generic[Subject]):
    """Many patterns, for each rule any number of words, and signs, looked for together."""

    __slots__ = (
        "_asking",
        "_figures",
        "_gates",
        "_literals",
        "_numbers",
        "_owners",
        "_signs",
        "_sought",
        "_words",
    )

    def __init__(
        self,
        sought: Sequence[Sought[Subject]],
        words: Sequence[Sequence[str]] = (),
        signs: Sequence[str] = (),
    ) -> None:
        """`sought`: in the order of their rules. `words[i]`: the words of rule i, as `words.word`
        gives them. `signs`: strings of no rule."""
        self._sought = tuple(sought)
        owners: dict[str, list[int]] = {}
        figures: dict[str, list[tuple[int, int]]] = {}
        self._asking: list[int] = []
        self._numbers: list[int] = []
        gates: dict[int, list[tuple[str, ...]]] = {}
        for number, (_, _, regex) in enumerate(sought):
            if regex is None:
                self._numbers.append(number)
                continue
            begins = beginnings_of(regex.pattern)
            gates[number] = _gate(regex.pattern, begins)
            if begins is None:
                self._asking.append(number)
                continue
            for head in begins.heads:
                owners.setdefault(head, []).append(number)
            for behind, counts in begins.figures.items():
                figures.setdefault(behind, []).extend((number, count) for count in counts)
        rules: dict[str, list[int]] = {}
        for rule, some in enumerate(words):
            for one in some:
                rules.setdefault(one, []).append(rule)
        asked = (word for gate in gates.values() for clause in gate for word in clause)
        texts = list(dict.fromkeys([*owners, *rules, *signs, *asked]))
        self._literals = Literals(texts)
        self._owners = [tuple(owners.get(text, ())) for text in texts]
        self._words = [tuple((text, rule) for rule in rules.get(text, ())) for text in texts]
        number_of = {text: number for number, text in enumerate(texts)}
        self._signs = {number_of[sign]: sign for sign in signs}
        self._gates = {
            number: [frozenset(number_of[word] for word in clause) for clause in gate]
            for number, gate in gates.items()
            if gate
        }
        # By the character behind the digits: the pattern and how many digits it begins with.
        self._figures = figures

    def find(self, text: str, runs: Runs) -> Found[Subject]:
        """The patterns that may match in `text`, of which `runs` are the digits, and its words."""
        words: list[Word] = []
        signs: dict[str, list[int]] = {}
        places: defaultdict[int, list[list[int]]] = defaultdict(list)
        literals = self._literals.find(text)
        for literal, starts in literals.items():
            for owner in self._owners[literal]:
                places[owner].append(starts)
            if literal in self._signs:
                signs[self._signs[literal]] = starts
            for word, rule in self._words[literal]:
                ends = [(start, start + len(word)) for start in starts]
                words.extend(Word(rule, *span) for span in ends if stands(text, *span))
        words.sort(key=attrgetter("end"))
        for owner, starts in self._counted(text, runs).items():
            places[owner].append(starts)
        tries = []
        for number in sorted([*places, *self._asking, *(self._numbers if runs else ())]):
            gate = self._gates.get(number)
            if gate is not None and _is_shut(gate, literals):
                continue
            rule, subject, regex = self._sought[number]
            tries.append(Try(rule, subject, regex, _rising(places.get(number), len(text))))
        return Found(tries, words, signs)

    def _counted(self, text: str, runs: Runs) -> Mapping[int, list[int]]:
        """By the pattern that begins with digits, where as many stand as it asks for."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for first, end in runs.figures if self._figures else ():
            for number, count in self._figures.get(text[end : end + 1], ()):
                if end - count >= first:
                    found[number].append(end - count)
        return found


def _is_shut(gate: Sequence[frozenset[int]], literals: Mapping[int, object]) -> bool:
    """Whether of one clause no literal stands in the text."""
    return any(literals.keys().isdisjoint(clause) for clause in gate)


def _gate(pattern: str, begins: Beginnings | None) -> list[tuple[str, ...]]:
    """What is asked of a text before a pattern is tried that would be at very many places."""
    if begins is None:
        return list(gate_of(pattern))
    if all(len(head) > 1 for head in begins.heads):
        return []
    # Single characters are asked for only where else a whole text would be searched through.
    return [clause for clause in gate_of(pattern) if all(len(word) > 1 for word in clause)]


def _rising(places: Sequence[list[int]] | None, length: int) -> Sequence[int] | None:
    """The places of all beginnings of a pattern in their order; None where they are not known, or
    lie so dense in a text of this length that it is rather searched through."""
    if places is None or sum(map(len, places)) * _DENSE > length:
        return None
    return sorted(chain.from_iterable(places))
