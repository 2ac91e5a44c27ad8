"""Every mention of the private persons of a reading, and what is said of them beside it.

Names are known by now (`people`): here they are found wherever they stand, in one walk. Only the
lines that name somebody are searched for facts about people, and each fact is told of the person
it most likely belongs to: the nearest name in its sentence, else the one its pronoun means.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import resources
from detection.evidence import NONE, PAIRS, Role, after
from detection.expression import Expression
from detection.finding import Finding
from detection.judge import Hit, Judge
from detection.literals import Literals
from detection.masks import mask_name
from detection.normal import END
from detection.people import Member, Person
from detection.rule import Pattern, Rule
from detection.runs import Runs
from detection.search import Search, Try
from detection.sheaf import Sheaf

PERSON = "person-in-text"
"""The id of the rule whose finds are names in running text."""

_LINE = re.compile("[^\0\n]+")
# Behind a semicolon a field with its label goes on with the same record: 户主：..；地址：..
_SENTENCE_END = re.compile("[。!?\0\n]|;(?![㐀-鿿]{2,8}:)")
_TABLE = resources.table("rules/tables/naming.toml")["linking"]
_GOES_ON = re.compile('[“" ]{0,2}(?:' + "|".join(_TABLE["goes_on"].split()) + ")")
_AHEAD = 24
_AT_ONCE = re.compile("[的:“ ]{0,2}")
_SHORT = 2


Named = Mapping[tuple[Member, str], Person]
"""People by the member of the archive and the name."""


class Place(NamedTuple):
    """Where in a flat text a person is named."""

    start: int
    end: int
    key: tuple[Member, str]
    person: Person


class Line(NamedTuple):
    """A line of a flat text that names somebody: from, to, and whom."""

    start: int
    end: int
    named: Sequence[Place]


class Linking:
    """Finds the names of `people` and the facts that `rules` look for beside them."""

    def __init__(
        self, people: Named, rules: Sequence[Rule], judge: Judge, facts: Search[Pattern]
    ) -> None:
        """`people`: all that are named; officials among them are only stepped over.

        `facts`: what the rules look for beside a name.
        """
        self._facts = facts
        self._rules = rules
        self._people = people
        self._judge = judge
        self._rule = next((r for r in rules if r.id == PERSON), None)
        self._name = list(dict.fromkeys(name for _, name in people))
        self._names = Literals(self._name)
        # What is said of each is the same at all his places.
        self._said_of = {
            key: (with_certainty("person", person.certainty), person.because)
            for key, person in people.items()
            if person.is_private
        }

    def private(self, sheaf: Sheaf) -> list[Place]:
        """Where private persons are named in a sheaf, in order."""
        if not self._people:
            return []
        return [place for place in self._places(sheaf) if place.person.is_private]

    def read(self, sheaf: Sheaf, places: Sequence[Place], lines: Sequence[Line]) -> Iterator[Hit]:
        """The findings in one sheaf, whose `private` are `places`, in its `lines`: facts first,
        then the names."""
        text = sheaf.text
        named = self._rule
        if not places or named is None:
            return
        naming = END + END.join(text[line.start : line.end] for line in lines) + END
        for attempt in self._facts.find(naming, Runs(naming)).tries:
            for span, within in _spans(attempt, naming, lines):
                yield from self._said(sheaf, span, within, attempt)
        for place in places:
            pattern, because = self._said_of[place.key]
            for hit in self._judge.hits(named, pattern, sheaf, place.start, place.end, because):
                if not _is_cell(hit.finding):
                    yield hit

    def _places(self, sheaf: Sheaf) -> list[Place]:
        """The names in a sheaf; of those that overlap, the first, and of these the longest."""
        text = sheaf.text
        kept: list[Place] = []
        found = [
            (start, -len(self._name[number]), self._name[number])
            for number, starts in self._names.find(text).items()
            for start in starts
        ]
        for start, _, name in sorted(found):
            end = start + len(name)
            if (kept and start < kept[-1].end) or not _ends(text, start, end):
                continue
            member = sheaf.segments[sheaf.index(start)].place.member
            key = (member, name)
            person = self._people.get(key)
            if person is not None:
                kept.append(Place(start, end, key, person))
        return kept

    def _said(
        self,
        sheaf: Sheaf,
        span: tuple[int, int],
        named: Sequence[Place],
        attempt: Try[Pattern],
    ) -> Iterator[Hit]:
        fact, rule = attempt.subject, self._rules[attempt.rule]
        span = _after_names(span, named)
        place = of_whom(sheaf.text, span, named, fact.reach)
        if place is not None:
            because = f"与“{mask_name(place.key[1])}”写在一起。"
            yield from self._judge.hits(rule, fact, sheaf, *span, because)


@cache
def with_certainty(name: str, certainty: float) -> Pattern:
    """What stands for a pattern where a find was weighed; of the few certainties there are, each
    is made once. `name`: what is found."""
    return Pattern(Expression(""), name=name, certainty=certainty)


def _spans(
    attempt: Try[Pattern], naming: str, lines: Sequence[Line]
) -> Iterator[tuple[tuple[int, int], Sequence[Place]]]:
    """The flat spans of what the pattern finds in `naming`, the lines put together, END before
    each; and who is named in the line."""
    group = "value" if "value" in attempt.subject.regex.groups else 0
    number, offset = 0, 1
    for match in attempt.matches(naming):
        start, end = match.span(group)
        while start > offset + lines[number].end - lines[number].start:
            offset += lines[number].end - lines[number].start + 1
            number += 1
        shift = lines[number].start - offset
        yield (start + shift, end + shift), lines[number].named


def _is_cell(finding: Finding) -> bool:
    """A cell that holds nothing but a name is its column's matter."""
    return finding.whole and finding.place.row is not None


def _ends(text: str, start: int, end: int) -> bool:
    """Does the name end here, or go on as a place's or as another word?"""
    clue = after(text, end)
    if clue.role is Role.PLACE:
        return False
    return clue is not NONE or end - start > _SHORT or text[end - 1 : end + 1] not in PAIRS


def lines_of(text: str, places: Sequence[Place], others: Sequence[int] = ()) -> Iterator[Line]:
    """The lines that name somebody, and those in which one of `others` lies."""
    free = 0
    for first in sorted((*(place.start for place in places), *others)):
        if first < free:
            continue
        start = max(text.rfind("\0", 0, first), text.rfind("\n", 0, first)) + 1
        match = _LINE.match(text, start)
        free = match.end() if match else first + 1
        named = (bisect_left(places, at, key=lambda p: p.start) for at in (start, free))
        yield Line(start, free, places[slice(*named)])


def _after_names(span: tuple[int, int], named: Sequence[Place]) -> tuple[int, int]:
    """The span without the names it begins with or runs over: they are finds of their own."""
    start, end = span
    for place in named[bisect_right(named, start - 1, key=lambda p: p.start) :]:
        if place.end >= end:
            break
        start = place.end
    return start, end


def of_whom(text: str, span: tuple[int, int], named: Sequence[Place], reach: int) -> Place | None:
    """The person whom what is said at `span` most likely belongs to, None where nobody is near.

    `named`: the names of the line; `reach`: so many characters may lie between.
    """
    start, end = span
    later = bisect_right(named, start, key=lambda p: p.start)
    following = named[later] if later < len(named) else None
    if following is not None and _AT_ONCE.fullmatch(text, end, following.start):
        return following
    before = named[later - 1] if later else None
    if before is not None and start - before.start <= reach:
        if before.end > start:
            return before
        between = [m.end() for m in _SENTENCE_END.finditer(text, before.end, start)]
        if not between or _GOES_ON.match(text, between[-1]):
            return before
    if following is None or following.start - end > min(_AHEAD, reach):
        return None
    return None if _SENTENCE_END.search(text, end, following.start) else following
