"""The digits of a text: where a number may lie at all."""

import re
from collections.abc import Iterator

from detection.arrays import figures

# A dot joins only where three digits follow: 138.0013.8000, but not 1234.50.
_RUN = re.compile(r"[0-9](?:(?:[ \t\n\x02·\-]{0,3}|\.(?=[0-9]{3}))[0-9]){3,}(?:[ -]?[Xx×Хх])?")
_GAPS = re.compile(r"[ \t\n\x02·.\-]")
# Where none of these stands behind a figure, it is the whole run.
_GOES_ON = frozenset(" \t\n\x02·.-Xx×Хх")
_LEAST = 4


class Runs:
    """The digits of a text, found once for all rules.

    `figures`: from, to of those that stand together. `of`: runs of at least four, gaps or none
    between them, by how many they are; true where there are any.
    """

    def __init__(self, text: str) -> None:
        self.figures = figures(text)
        plain: dict[int, list[tuple[int, int]]] = {}
        self._gapped: list[tuple[int, int, int]] = []
        free = 0
        for first, stop in self.figures:
            if first < free:
                continue
            if text[stop : stop + 1] not in _GOES_ON:
                if stop - first >= _LEAST:
                    plain.setdefault(stop - first, []).append((first, stop))
                continue
            match = _RUN.match(text, first)
            if match is None:
                continue
            start, end = match.span()
            free, run = end, match[0]
            if _GAPS.search(run):
                self._gapped.append((sum(c.isdigit() for c in run), start, end))
            else:
                plain.setdefault(end - start, []).append((start, end))
        self._plain = sorted(plain.items())

    def __bool__(self) -> bool:
        return bool(self._plain or self._gapped)

    def of(self, least: int, most: int) -> Iterator[tuple[int, int]]:
        """The runs in which a number of `least` to `most` digits may lie."""
        for digits, spans in self._plain:
            if least <= digits <= most:
                yield from spans
        # Between gaps any part of a longer run may be the number.
        for digits, start, end in self._gapped:
            if digits >= least:
                yield start, end
