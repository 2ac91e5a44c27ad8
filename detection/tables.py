"""Tables among the segments: the heads of a column, the cells of a row.

A table is told by (member, path, sheet, table); a cell by its row and column. Merged heads give
their text where the reader puts it: at the first cell they cover.
"""

from collections.abc import Iterator, Sequence

from detection.grids import squeeze
from detection.normal import END
from formats.reading import Place, Segment

_HEAD_ROWS = 8
_HEAD_LENGTH = 24
_ROW_CELLS = 40

Key = tuple[str | None, str | None, str | None, int | None]


def table_of(place: Place) -> Key | None:
    """The table a place belongs to, None if it stands in none."""
    if place.row is None or place.column is None:
        return None
    return place.member, place.path, place.sheet, place.table


class Tables:
    """Looks around a cell. Built only when a hit in a cell first asks."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self._columns: dict[tuple[Key, int], str] | None = None

    def heads(self, index: int) -> str:
        """The short texts in the first rows of the column, above the cell, END between them."""
        place = self.segments[index].place
        key = table_of(place)
        if key is None or place.column is None:
            return ""
        if self._columns is None:
            self._columns = self._collect()
        return self._columns.get((key, place.column), "")

    def _collect(self) -> dict[tuple[Key, int], str]:
        found: dict[tuple[Key, int], list[str]] = {}
        for segment in self.segments:
            place = segment.place
            if place.row is None or place.row > _HEAD_ROWS or place.column is None:
                continue
            text = segment.text
            if 0 < len(text) <= _HEAD_LENGTH and sum(c.isdigit() for c in text) < 4:
                key = (place.member, place.path, place.sheet, place.table)
                found.setdefault((key, place.column), []).append(squeeze(text))
        return {place: END.join(texts) for place, texts in found.items()}

    def beside(self, index: int) -> str:
        """The nearest text to the left in the same row."""
        for segment in self._row_before(index):
            text = segment.text
            if text.strip():
                return squeeze(text) if len(text) <= _HEAD_LENGTH else ""
        return ""

    def row(self, index: int) -> str:
        """The other cells of the row, END between them."""
        before = [squeeze(s.text[:80]) for s in self._row_before(index)][::-1]
        after = [squeeze(s.text[:80]) for s in self._row_after(index)]
        return END.join(before + after)

    def _row_before(self, index: int) -> Iterator[Segment]:
        return self._walk(index, range(index - 1, max(-1, index - _ROW_CELLS), -1))

    def _row_after(self, index: int) -> Iterator[Segment]:
        stop = min(len(self.segments), index + _ROW_CELLS)
        return self._walk(index, range(index + 1, stop))

    def _walk(self, index: int, others: range) -> Iterator[Segment]:
        place = self.segments[index].place
        key = table_of(place)
        if key is None:
            return
        for other in others:
            segment = self.segments[other]
            if table_of(segment.place) != key or segment.place.row != place.row:
                return
            if segment.place.column != place.column:
                yield segment
