"""What the tagger finds in sheaves: it reads the lines in which a name or a home may stand.

Most lines of ordinary documents hold neither a surname that looks like one nor a word of living;
they are not read, which is most of the time saved.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from detection import dwellings, first_look
from detection.evidence import MARKS
from detection.fact_sight import HOME
from detection.place_pieces import tells_a_house
from detection.search import Signs
from detection.sheaf import Sheaf
from detection.tagger import Tagged, tagger

Tags = Mapping[str, Sequence[Tagged]]
"""What was found of each kind, in order, by flat offsets of a sheaf; a kind of which nothing was
found is not there."""

NAME = "name"
_LINE = re.compile("[^\0\n]+")
_SHORTEST, _LONGEST = 6, 4000
"""A shorter line tells nothing by its wording; a longer one is read piece by piece."""


def tagged(text: Iterable[tuple[Sheaf, Signs]]) -> list[Tags]:
    """What is read as names, homes and facts in each of the sheaves."""
    sheaves, places, lines = list[Sheaf](), list[tuple[int, int]](), list[str]()
    found: list[dict[str, list[Tagged]]] = []
    for sheaf, signs in text:
        for start, end in _lines(sheaf.text, signs):
            places.append((len(found), start))
            lines.append(sheaf.text[start:end])
        found.append({})
        sheaves.append(sheaf)
    for one in tagger().read(lines):
        number, shift = places[one.line]
        start, end = _bare(lines[one.line], one.start, one.end)
        if start < end:
            moved = one._replace(start=start + shift, end=end + shift)
            found[number].setdefault(one.kind, []).append(moved)
    for sheaf, kinds in zip(sheaves, found, strict=True):
        if HOME in kinds and NAME in kinds:
            apart = (_apart(sheaf.text, one, kinds[NAME]) for one in kinds[HOME])
            kinds[HOME] = list(chain.from_iterable(apart))
    return list(found)


def _lines(text: str, signs: Signs) -> Iterator[tuple[int, int]]:
    free = 0
    for first in sorted((*first_look.starts(text), *dwellings.told(text, signs))):
        if first < free:
            continue
        start = max(text.rfind("\0", 0, first), text.rfind("\n", 0, first)) + 1
        match = _LINE.match(text, start)
        free = match.end() if match else first + 1
        while free - start > _LONGEST:
            cut = text.rfind("。", start, start + _LONGEST) + 1 or start + _LONGEST
            yield start, cut
            start = cut
        if free - start >= _SHORTEST:
            yield start, free


def _bare(line: str, start: int, end: int) -> tuple[int, int]:
    """The span without the marks and blanks it begins and ends with; a bracket that it opened
    stays closed."""
    while start < end and line[start] in MARKS:
        start += 1
    while start < end and line[end - 1] in MARKS:
        if line[end - 1] == ")" and "(" in line[start:end]:
            break
        end -= 1
    return start, end


def _apart(text: str, home: Tagged, names: Sequence[Tagged]) -> Iterator[Tagged]:
    """What is left of a home without the names that were read in it: who lives there is no part
    of it. Behind a name a home stands only where a house is told."""
    start = home.start
    for end, after in [*_within(home, names), (home.end, home.end)]:
        if start < end and (start == home.start or tells_a_house(text[start:end])):
            yield home._replace(start=start, end=end)
        start = after


def _within(home: Tagged, names: Sequence[Tagged]) -> Iterator[tuple[int, int]]:
    """Where the names begin and end that lie in a home, or over its end."""
    for name in names[bisect_right(names, home.start, key=lambda one: one.end) :]:
        if name.start >= home.end:
            return
        yield name.start, name.end
