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
from detection.orders import MASKED_NAME, names_of, orders
from detection.sheaf import Sheaf
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
SIGNS = (*"*×○■□█某", *(one + two for kind in ("xX", "_.·…-") for one in kind for two in kind))
"""What hides what stood there: a text without any of them has no masks."""

_HIDING = r"\*{2,16}|[xX]{4,14}|[×○■□█]{2,14}|[_.·-]{4,14}|…{1,4}"
_NUMBER = re.compile(
    rf"([1-9](?<![0-9A-Za-z*][\s\S])[0-9]{{1,13}})({_HIDING})([0-9]{{0,8}}[0-9Xx]?)(?![0-9A-Za-z*])"
)
_AGE = re.compile("(?<![0-9])[1-9][0-9]{0,1}周{0,1}岁")
_YEAR = 4
_SIGN = re.compile("[*×○□某xX][*×○□某xX]*")
_FIRST_SIX = 6
_LEAST_TAIL = 3
_LEAST_HEAD = 10
_MOST_ALIKE = 50


class Undone(NamedTuple):
    """What a rule (its id) finds at characters `span` of a segment (its index)."""

    rule: str
    segment: int
    span: tuple[int, int]


class _Star(NamedTuple):
    """A masked number or name, in its pieces (segment, span): what is left before and after, how
    much is hidden, and how long it was (0: unknown)."""

    pieces: list[tuple[int, tuple[int, int]]]
    head: str
    tail: str
    hidden: int
    size: int
    name: bool

    def undone(self, rule: str) -> Iterator[Undone]:
        """It is undone in each of its pieces."""
        for segment, span in self.pieces:
            yield Undone(rule, segment, span)


def undone(
    segments: Sequence[Segment],
    text: Iterable[Sheaf],
    grids: Iterable[Grid],
    found: Sequence[tuple[int, Finding]],
) -> Iterator[Undone]:
    """All masks that can be undone. `text`: the sheaves in which some of SIGNS stand; `found`:
    (index of the segment, finding), whatever the rule."""
    personal = [(i, f) for i, f in found if f.family is Family.PERSONAL]
    yield from _on_top(personal)
    stars = [star for sheaf in text for star in _stars(sheaf)]
    if not stars:
        return
    names = names_of(finding for _, finding in personal)
    yield from _beside(segments, stars, personal)
    yield from _elsewhere(stars, personal, names)
    yield from _in_order(grids, names)


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


def _stars(sheaf: Sheaf) -> Iterator[_Star]:
    if not sheaf.segments[sheaf.indices[0]].visible:
        return
    for match in _NUMBER.finditer(sheaf.text):
        head, stars, tail = match.groups()
        hidden = len(stars)
        size = 0 if "…" in stars else len(head) + hidden + len(tail)
        yield _Star(sheaf.pieces(*match.span()), head, tail, hidden, size, name=False)
    for match in _masked_names(sheaf.text):
        surname, stars = match["surname"], match["stars"] or match["some"]
        last = match["last"] or ""
        # 骆某 may be anybody of the name, however long his own is.
        size = 0 if stars + last == "某" else len(surname) + len(stars) + len(last)
        yield _Star(sheaf.pieces(*match.span()), surname, last, len(stars), size, name=True)


def _masked_names(text: str) -> Iterator[re.Match[str]]:
    """As `MASKED_NAME.finditer(text)`; signs are rarer than surnames."""
    free = 0
    for sign in _SIGN.finditer(text):
        for start in (sign.start() - 2, sign.start() - 1):
            match = MASKED_NAME.match(text, start) if start >= free else None
            if match is not None:
                free = match.end()
                yield match
                break


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
        ends = (star.pieces[0][0], star.pieces[-1][0])
        if any(index in lines or _row(segments[index]) in rows for index in ends) or (
            star.hidden <= _YEAR and any(_AGE.search(segments[index].text) for index in ends)
        ):
            yield from star.undone(BESIDE)


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
            whole.setdefault(number[:_LEAST_HEAD], set()).add(number)
    for star in stars:
        if star.name:
            known = [n for n in names.get(star.head, ()) if star.size in {0, len(n)}]
            alike = [n for n in known if n.endswith(star.tail)]
            # 覃** may be any of several; one alone is who it is.
            if len(alike) == 1 or (alike and star.tail):
                yield from star.undone(ELSEWHERE)
        elif len(star.tail) >= _LEAST_TAIL or len(star.head) >= _LEAST_HEAD:
            tail = star.tail.upper()
            end = tail[-_LEAST_TAIL:] if len(tail) >= _LEAST_TAIL else star.head[:_LEAST_HEAD]
            known = sorted(whole.get(end, ()))[:_MOST_ALIKE]
            if any(n.startswith(star.head) and n.endswith(tail) for n in known):
                yield from star.undone(ELSEWHERE)


def _in_order(grids: Iterable[Grid], names: dict[str, set[str]]) -> Iterator[Undone]:
    """A column of masked names whose surnames come as those of a column of whole names do."""
    found = list(orders(grids, names))
    whole = {order.surnames for order in found if order.first is None}
    for order in found:
        if order.first is not None and order.surnames in whole:
            yield Undone(ORDER, order.first.segment, (order.first.start, order.first.end))
