"""In what order the names of a list come, whole or masked: the same order joins two lists."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import NamedTuple

from detection.finding import Finding
from detection.grids import Cell, Grid
from detection.names import FRAGMENTS, person_name
from detection.normal import plain

SURNAME = f"(?:{FRAGMENTS['double']}|{FRAGMENTS['single']})"
MASKED_NAME = re.compile(
    f"(?P<surname>{SURNAME})(?:(?P<stars>[*×○□]{{1,3}}|[xX]{{2}}|某{{1,2}})"
    "(?P<last>[一-鿿]?)(?![一-鿿*×○□xX])|(?P<some>某{1,2}))"
)
"""A name of which the surname is left, perhaps the last character too."""

_LEAST_ROWS = 5
_PART_OF_NAMES = 0.8
_LONGEST = 6


class Order(NamedTuple):
    """The surnames of a column of names, from above; `first`: its first masked cell, None where the
    names are whole."""

    surnames: tuple[str, ...]
    first: Cell | None


def names_of(personal: Iterable[Finding]) -> dict[str, set[str]]:
    """The whole names that were found, by their surname."""
    names: dict[str, set[str]] = {}
    for finding in personal:
        if "*" in finding.text or len(finding.text) > _LONGEST:
            continue
        bare = "".join(plain(finding.text).split())
        match = re.match(SURNAME, bare)
        if match and person_name(bare, named=True):
            names.setdefault(match[0], set()).add(bare)
    return names


def orders(grids: Iterable[Grid], names: Mapping[str, Set[str]]) -> Iterator[Order]:
    """Of each column of names its order. `names`: the whole names of the file, by surname."""
    for grid in grids:
        for numbers in grid.columns.values():
            if len(numbers) < _LEAST_ROWS:
                continue
            surnames: list[str] = []
            starred: list[int] = []
            for number in numbers:
                text = grid.text(number)
                match = MASKED_NAME.fullmatch(text)
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
                yield Order(tuple(surnames), grid.cell(starred[0]))
            elif len(set(surnames)) > 1:
                yield Order(tuple(surnames), None)
