"""Masks that can be undone: what was starred here stands whole there, beside it, or beneath it.

Pure, over a whole reading and what was found in it. The rules' words stand in
`resources/rules/undone.toml`; domain/disclosure.md A8 and A11 (traps).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from detection.checks import REGIONS, compact
from detection.finding import Family, Finding, Severity
from detection.grids import Grid, key_of
from detection.names import FRAGMENTS, person_name
from detection.normal import clear, normalise, plain
from formats.reading import Part, Segment

BESIDE, ELSEWHERE, ON_TOP, ORDER = (
    "mask-beside-birth",
    "mask-elsewhere-whole",
    "mask-on-top",
    "order-joined",
)

_UNDER = frozenset(
    {Part.COVERED_TEXT, Part.INVISIBLE_TEXT, Part.HIDDEN, Part.LAYER, Part.OFF_PAGE}
    | {Part.HIDDEN_COLUMN, Part.HIDDEN_ROW}
)
_BIRTH = frozenset({"birth-date", "age"})
_NUMBERS = frozenset({"id-number", "phone", "bank-account"})
# One class stands first: that is searched fastest.
_STARRED = re.compile("[*＊×※●○■□█某xX](?:(?<![xX])|(?<=[xX])[xX]{3})")
_NUMBER = re.compile(
    r"(?<![0-9A-Za-z*])([1-9][0-9]{1,13})(\*{2,16}|[xX]{4,14})([0-9]{0,7}[0-9Xx]?)(?![0-9A-Za-z*])"
)
_SURNAME = f"(?:{FRAGMENTS['double']}|{FRAGMENTS['single']})"
_NAME = re.compile(
    f"(?P<surname>{_SURNAME})(?P<stars>[*]{{1,3}}|某{{1,2}})(?P<last>[一-鿿]?)(?![一-鿿*])"
)
_LEAST_ROWS = 5
_FIRST_SIX = 6
_LEAST_TAIL = 3
_MOST_ALIKE = 50
_PART_OF_NAMES = 0.8


class Undone(NamedTuple):
    """What a rule (its id) finds at characters `span` of a segment (its index)."""

    rule: str
    segment: int
    span: tuple[int, int]


class _Star(NamedTuple):
    """A masked number or name: what is left before and after, and how long it was (0: unknown)."""

    segment: int
    span: tuple[int, int]
    head: str
    tail: str
    size: int
    name: bool


def undone(
    segments: Sequence[Segment], grids: Iterable[Grid], found: Sequence[tuple[int, Finding]]
) -> Iterator[Undone]:
    """All masks that can be undone. `found`: (index of the segment, finding), whatever the rule."""
    personal = [(i, f) for i, f in found if f.family is Family.PERSONAL]
    yield from _on_top(personal)
    stars = list(_stars(segments))
    if not stars:
        return
    names = _names(personal)
    yield from _beside(segments, stars, personal)
    yield from _elsewhere(stars, personal, names)
    yield from _in_order(segments, grids, names)


def _on_top(personal: Sequence[tuple[int, Finding]]) -> Iterator[Undone]:
    """One a layer, sheet or column, however many there are."""
    told: set[tuple[object, ...]] = set()
    for index, finding in personal:
        place = finding.place
        if place.part in _UNDER and finding.severity is Severity.HIDE:
            instance = (place.part, place.member, place.path, place.sheet, place.page, place.column)
            if instance not in told:
                told.add(instance)
                yield Undone(ON_TOP, index, finding.span)


def _stars(segments: Sequence[Segment]) -> Iterator[_Star]:
    for index, segment in enumerate(segments):
        text = segment.text
        if not segment.visible or not _STARRED.search(text):
            continue
        flat = normalise(clear(text))
        for match in _NUMBER.finditer(flat.text):
            head, hidden, tail = match.groups()
            size = len(head) + len(hidden) + len(tail)
            yield _Star(index, flat.span(*match.span()), head, tail, size, name=False)
        for match in _NAME.finditer(flat.text):
            surname, last = match["surname"], match["last"]
            size = len(surname) + len(match["stars"]) + len(last)
            yield _Star(index, flat.span(*match.span()), surname, last, size, name=True)


def _names(personal: Sequence[tuple[int, Finding]]) -> dict[str, set[str]]:
    """The whole names that were found, by their surname."""
    names: dict[str, set[str]] = {}
    for _, finding in personal:
        if "*" in finding.text or len(finding.text) > 6:
            continue
        bare = "".join(plain(finding.text).split())
        match = re.match(_SURNAME, bare)
        if match and person_name(bare, named=True):
            names.setdefault(match[0], set()).add(bare)
    return names


def _beside(
    segments: Sequence[Segment], stars: Sequence[_Star], personal: Sequence[tuple[int, Finding]]
) -> Iterator[Undone]:
    """Of an ID number all but the birth date, and the birth date or the age in the same row."""
    told = {index for index, finding in personal if finding.rule in _BIRTH}
    rows = {_row(segments[index]) for index in told} - {None}
    # The line before and after too: a page's paragraph is one line after the other.
    near = {i + step for i in told if segments[i].place.row is None for step in (-1, 0, 1)}
    lines = told | {i for i in near if 0 <= i < len(segments) and segments[i].place.row is None}
    for star in stars:
        if star.name or not _is_id(star) or len(star.tail) < _LEAST_TAIL:
            continue
        if star.segment in lines or _row(segments[star.segment]) in rows:
            yield Undone(BESIDE, star.segment, star.span)


def _is_id(star: _Star) -> bool:
    return len(star.head) >= _FIRST_SIX and star.head[:2] in REGIONS and star.size <= 20


def _row(segment: Segment) -> tuple[object, ...] | None:
    key = key_of(segment.place)
    return None if key is None else (*key, segment.place.row)


def _elsewhere(
    stars: Sequence[_Star],
    personal: Sequence[tuple[int, Finding]],
    names: dict[str, set[str]],
) -> Iterator[Undone]:
    """A number of which enough is left to know it again, a name of which more than the surname."""
    whole: dict[str, set[str]] = {}
    for _, finding in personal:
        if finding.rule in _NUMBERS:
            number = compact(finding.text)
            whole.setdefault(number[-_LEAST_TAIL:], set()).add(number)
    for star in stars:
        if star.name:
            known = [n for n in names.get(star.head, ()) if len(n) == star.size]
            alike = [n for n in known if n.endswith(star.tail)]
            # 覃** may be any of several; one alone is who it is.
            if len(alike) == 1 or (alike and star.tail):
                yield Undone(ELSEWHERE, star.segment, star.span)
        elif len(star.tail) >= _LEAST_TAIL:
            known = sorted(whole.get(star.tail.upper()[-_LEAST_TAIL:], ()))[:_MOST_ALIKE]
            tail = star.tail.upper()
            if any(n.startswith(star.head) and n.endswith(tail) for n in known):
                yield Undone(ELSEWHERE, star.segment, star.span)


def _in_order(
    segments: Sequence[Segment], grids: Iterable[Grid], names: dict[str, set[str]]
) -> Iterator[Undone]:
    """A column of masked names whose surnames come as those of a column of whole names do."""
    whole: set[tuple[str, ...]] = set()
    masked: list[tuple[tuple[str, ...], int, tuple[int, int]]] = []
    for grid in grids:
        for numbers in grid.columns.values():
            if len(numbers) < _LEAST_ROWS:
                continue
            surnames: list[str] = []
            starred: list[int] = []
            for number in numbers:
                text = grid.text(number)
                match = _NAME.fullmatch(text)
                if match:
                    starred.append(number)
                    surnames.append(match["surname"])
                else:
                    surname = text[:2] if text[:2] in names else text[:1]
                    if text in names.get(surname, ()):
                        surnames.append(surname)
            if len(surnames) < max(_LEAST_ROWS, _PART_OF_NAMES * (len(numbers) - 1)):
                continue
            if len(starred) > len(surnames) / 2:
                first = grid.cell(starred[0])
                masked.append((tuple(surnames), first.segment, (first.start, first.end)))
            elif len(set(surnames)) > 1:
                whole.add(tuple(surnames))
    for order, index, span in masked:
        if order in whole:
            yield Undone(ORDER, index, span)
