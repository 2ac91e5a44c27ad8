"""What is looked for in one text: of all patterns those that can match in it, and where.

The beginnings of all patterns and the words of an office stand in one automaton: one walk over the
text tells which pattern may begin where, and it is tried only there. The outcome is that of a
search from the left, at a fraction of its cost. What begins in too many ways has a gate.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from detection.expression import Expression
from detection.gates import Gate, gate_of, is_open
from detection.literals import Literals
from detection.runs import Runs
from detection.starts import beginnings_of
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


class Found(NamedTuple, Generic[Subject]):
    """What one walk over a text finds: the patterns to try in their order, the words by their
    ends."""

    tries: list[Try[Subject]]
    words: list[Word]


class Search(Generic[Subject]):
    """Many patterns, and for each rule any number of words, looked for together."""

    __slots__ = (
        "_asking",
        "_few",
        "_figures",
        "_literals",
        "_numbers",
        "_owners",
        "_sought",
        "_words",
    )

    def __init__(
        self, sought: Sequence[Sought[Subject]], words: Sequence[Sequence[str]] = ()
    ) -> None:
        """`sought`: in the order of their rules. `words[i]`: the words of rule i, as `words.word`
        gives them."""
        self._sought = tuple(sought)
        owners: dict[str, list[int]] = {}
        figures: dict[str, list[tuple[int, int]]] = {}
        self._asking: list[tuple[int, Gate]] = []
        self._numbers: list[int] = []
        for number, (_, _, regex) in enumerate(sought):
            if regex is None:
                self._numbers.append(number)
                continue
            begins = beginnings_of(regex.pattern)
            if begins is None:
                self._asking.append((number, gate_of(regex.pattern)))
                continue
            for head in begins.heads:
                owners.setdefault(head, []).append(number)
            for behind, counts in begins.figures.items():
                figures.setdefault(behind, []).extend((number, count) for count in counts)
        rules: dict[str, list[int]] = {}
        for rule, some in enumerate(words):
            for one in some:
                rules.setdefault(one, []).append(rule)
        texts = [*owners, *(text for text in rules if text not in owners)]
        self._literals = Literals(texts)
        self._owners = [tuple(owners.get(text, ())) for text in texts]
        self._words = [tuple(rules.get(text, ())) for text in texts]
        # By the character behind the digits: the pattern and how many digits it begins with.
        self._figures = figures

    def find(self, text: str, runs: Runs) -> Found[Subject]:
        """The patterns that may match in `text`, of which `runs` are the digits, and its words."""
        begun: defaultdict[int, list[int]] = defaultdict(list)
        words: list[Word] = []
        owners, of_words = self._owners, self._words
        for number, start, end in self._literals.find(text):
            for owner in owners[number]:
                begun[owner].append(start)
            rules = of_words[number]
            if rules and stands(text, start, end):
                words.extend(Word(rule, start, end) for rule in rules)
        for first, end in runs.figures if self._figures else ():
            for number, count in self._figures.get(text[end : end + 1], ()):
                if end - count >= first:
                    begun[number].append(end - count)
        asked = [number for number, gate in self._asking if is_open(gate, text)]
        tries = []
        for number in sorted([*begun, *asked, *(self._numbers if runs else ())]):
            places = begun.get(number)
            if places is not None:
                # They come by their ends, and a longer beginning may lie round a shorter one.
                places.sort()
                if len(places) * _DENSE > len(text):
                    places = None
            rule, subject, regex = self._sought[number]
            tries.append(Try(rule, subject, regex, places))
        return Found(tries, words)
