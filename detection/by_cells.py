"""What a column of a list is by its cells, where no head says it: most of them look alike."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from detection import by_rows
from detection.grids import Grid, squeeze
from detection.heads import Heads, Speech
from detection.normal import plain
from detection.rule import Column, Rule

NAMES = "person_name"
"""The check of the rule for names."""
_NUMBERED = frozenset({"phone", "id_number"})
_SAMPLE = 60
_LEAST_CELLS = 3
_LEAST_NUMBERED = 2
_SHORTEST_NUMBER = 11
_FEWEST_KINDS = 0.6
_HALF = 0.5
"""Of the rows that hold a number of a person so many name one."""

Fits = Callable[[Rule, Column, str], bool]
"""Could this text (normalised) be what the cells of such a column are?"""


Told = tuple[int, Speech]
"""A column, and what is said of it."""


class ByCells:
    """The columns that `rules` know by what their cells hold."""

    def __init__(self, rules: Sequence[Rule], fits: Fits) -> None:
        self._fits = fits
        self._by_cells = [(r, c) for r in rules for c in r.columns if c.share]
        self.names = [(r, c) for r, c in self._by_cells if r.check == NAMES]
        self._numbers = [(r, r.columns[0]) for r in rules if r.check in _NUMBERED and r.columns]

    def alike(self, grid: Grid, column: int, heads: Heads) -> Speech | None:
        """What most cells of a column look like."""
        sample = _sample(grid, column, heads)
        likely = ((speech, self._share(sample, *speech)) for speech in self._by_cells)
        return next((speech for speech, share in likely if share >= speech[1].share), None)

    def beside_numbers(self, grid: Grid, columns: Iterable[int], heads: Heads) -> Iterator[Told]:
        """The column that names those whose numbers stand in half of the rows.

        Beside a telephone or an ID number fewer cells need look like names: rare ones, nicknames
        and firms are among them.
        """
        rows = list(grid.rows().values())
        rows = rows[:: max(1, len(rows) // _SAMPLE)]
        numbered = sum(any(self._has_number(grid, cell) for cell in cells) for cells in rows)
        if numbered < max(_LEAST_NUMBERED, _HALF * len(rows)):
            return
        samples = {column: _sample(grid, column, heads) for column in columns}
        for speech in self.names:
            shares = {column: self._share(some, *speech) for column, some in samples.items()}
            best = max(shares, key=lambda column: (shares[column], -column), default=0)
            if shares.get(best, 0) >= _HALF:
                yield best, speech

    def by_rows(self, grid: Grid, columns: Collection[int], heads: Heads) -> Iterator[Told]:
        """What the rows say of columns of which neither heads nor cells say it (`by_rows`)."""
        for column, kind in by_rows.read(grid, columns, heads):
            rule = by_rows.COLUMNS[kind]
            speech = next((one for one in self._by_cells if one[0].id == rule), None)
            if speech is not None and _lets(speech[1], _sample(grid, column, heads)):
                yield column, speech

    def _has_number(self, grid: Grid, number: int) -> bool:
        words = plain(grid.raw(grid.cell(number))).split()
        return any(
            len(word) >= _SHORTEST_NUMBER and self._fits(*speech, word)
            for word in words
            for speech in self._numbers
        )

    def _share(self, sample: "_Sample", rule: Rule, spec: Column) -> float:
        """The share of the cells that fit; 0 where they are a few words over and over, or what
        stands above says something else. The first may be a head."""
        _, above, texts = sample
        fitting = [text for text in texts if self._fits(rule, spec, text)]
        if len(fitting) < _LEAST_CELLS:
            return 0
        if not _lets(spec, sample):
            return 0
        if spec.various and len(set(fitting)) < _FEWEST_KINDS * len(fitting):
            return 0
        headed = not above and not self._fits(rule, spec, texts[0])
        return len(fitting) / (len(texts) - headed)


class _Sample(NamedTuple):
    """Some cells of a column, normalised: the titles of the list, what surely stands over the
    others, and these."""

    titles: Sequence[str]
    above: Sequence[str]
    texts: Sequence[str]


def _lets(spec: Column, sample: _Sample) -> bool:
    """Does nothing that stands above speak against it?"""
    said = map(squeeze, sample.above or sample.texts[:1])
    if spec.not_header and any(map(spec.not_header.search, said)):
        return False
    return not (spec.not_title and any(map(spec.not_title.search, sample.titles)))


def _sample(grid: Grid, column: int, heads: Heads) -> _Sample:
    numbers = grid.columns[column]
    above: list[str] = []
    texts: list[str] = []
    for number in numbers[:: max(1, len(numbers) // _SAMPLE)]:
        cell = grid.cell(number)
        if number not in heads.titles and (text := plain(grid.raw(cell)).strip()):
            (above if heads.over(cell.row, number) else texts).append(text)
    return _Sample([grid.text(number) for number in heads.titles], above, texts)
