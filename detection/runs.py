"""The runs of digits of a text: where a number may lie at all."""

import re
from collections.abc import Iterator

# A dot joins only where three digits follow: 138.0013.8000, but not 1234.50.
_RUN = re.compile(r"[0-9](?:(?:[ \t\n\x02·\-]{0,3}|\.(?=[0-9]{3}))[0-9]){3,}(?:[ -]?[Xx×Хх])?")
_GAPS = re.compile(r"[ \t\n\x02·.\-]")


class Runs:
    """The runs of digits of a text, found once for all rules, by how many digits they have."""

    def __init__(self, text: str) -> None:
        self._plain: dict[int, list[tuple[int, int]]] = {}
        self._gapped: list[tuple[int, int, int]] = []
        for match in _RUN.finditer(text):
            start, end = match.span()
            run = match[0]
            if _GAPS.search(run):
                self._gapped.append((sum(c.isdigit() for c in run), start, end))
            else:
                self._plain.setdefault(end - start, []).append((start, end))

    def of(self, least: int, most: int) -> Iterator[tuple[int, int]]:
        """The runs in which a number of `least` to `most` digits may lie."""
        for digits in range(least, most + 1):
            yield from self._plain.get(digits, ())
        # Between gaps any part of a longer run may be the number.
        for digits, start, end in self._gapped:
            if digits >= least:
                yield start, end
