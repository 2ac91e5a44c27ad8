"""Segments laid into blocks as a reader expects them: paragraphs, rows of tables, captions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from formats.reading import Part, Place, Segment


class BlockKind(StrEnum):
    """What a block looks like."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ROW = "row"
    ASIDE = "aside"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the page.

    `cells`: for a row its cells by column, each a tuple of lines; for all others one cell. A line
    is a tuple of segment indexes that stand beside each other.
    `table`: an id that all rows of one table share.
    `caption`: what an aside is (页眉, 批注 ...), or the archive's member that begins here.
    """

    kind: BlockKind
    cells: tuple[tuple[tuple[int, ...], ...], ...]
    columns: tuple[int, ...] = ()
    table: tuple[object, ...] | None = None
    caption: str = ""

    def indexes(self) -> tuple[int, ...]:
        """Every segment in the block, in order."""
        return tuple(i for cell in self.cells for line in cell for i in line)


# What stands in the running text itself. Everything else is set apart and named.
_IN_TEXT = frozenset({Part.BODY, Part.TABLE, Part.CELL, Part.INSERTION, Part.DELETION, Part.HIDDEN})
_LONG_HEADING = 40


def _row_of(place: Place) -> tuple[object, ...] | None:
    if place.row is None or (place.table is None and place.column is None):
        return None
    return (*_table_of(place), place.row)


def _table_of(place: Place) -> tuple[object, ...]:
    return (place.member, place.path, place.sheet, place.table)


def _line_of(place: Place) -> tuple[object, ...]:
    return (*_table_of(place), place.page, place.row, place.column, place.paragraph)


class Laying:
    """Lays segments into blocks one after another; a long file arrives in several parts.

    `shown`: the hidden parts the reader has opened. Hidden segments of other parts are left out.
    """

    def __init__(self, shown: frozenset[Part] = frozenset()) -> None:
        self._shown = shown
        self._heading_possible = True
        self._member: str | None = None

    def lay(self, segments: Sequence[Segment], indexes: Iterable[int]) -> list[Block]:
        """Blocks for the segments at `indexes`. Call with whole parts in reading order."""
        blocks: list[Block] = []
        group: list[int] = []
        for index in indexes:
            segment = segments[index]
            if segment.place.part is Part.NAME:
                continue
            if not segment.visible and segment.place.part not in self._shown:
                continue
            if group and not _joins(segments[group[-1]], segment):
                blocks.append(self._block(segments, group))
                group = []
            if segment.place.member != self._member:
                self._member = segment.place.member
                blocks.append(Block(BlockKind.MEMBER, (), caption=self._member or ""))
            group.append(index)
        if group:
            blocks.append(self._block(segments, group))
        return blocks

    def _block(self, segments: Sequence[Segment], group: list[int]) -> Block:
        first = segments[group[0]]
        if _row_of(first.place) is not None and first.place.part in _IN_TEXT:
            return _row(segments, group)
        cells = (_lines(segments, group),)
        if first.place.part not in _IN_TEXT:
            return Block(BlockKind.ASIDE, cells, caption=_caption(first))
        text = "".join(segments[i].text for i in group).strip()
        if self._heading_possible and text:
            self._heading_possible = False
            if len(text) <= _LONG_HEADING and text[-1] not in "。：；，":
                return Block(BlockKind.HEADING, cells)
        return Block(BlockKind.PARAGRAPH, cells)


def _joins(before: Segment, segment: Segment) -> bool:
    """Do two neighbours belong to one block?"""
    row = _row_of(segment.place)
    in_text = segment.place.part in _IN_TEXT
    if (before.place.part in _IN_TEXT) != in_text:
        return False
    if row is not None and in_text:
        return _row_of(before.place) == row
    if not in_text and (before.place.part != segment.place.part or before.note != segment.note):
        return False
    if segment.place.paragraph is None:
        return False
    return _line_of(before.place) == _line_of(segment.place)


def _lines(segments: Sequence[Segment], group: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    lines: list[list[int]] = []
    last: tuple[object, ...] | None = None
    for index in group:
        key = _line_of(segments[index].place)
        if key != last or not lines:
            lines.append([])
        lines[-1].append(index)
        last = key
    return tuple(tuple(line) for line in lines)


def _row(segments: Sequence[Segment], group: Sequence[int]) -> Block:
    by_column: dict[int, list[int]] = {}
    for index in group:
        by_column.setdefault(segments[index].place.column or 1, []).append(index)
    columns = tuple(sorted(by_column))
    place = segments[group[0]].place
    return Block(
        BlockKind.ROW,
        tuple(_lines(segments, by_column[c]) for c in columns),
        columns,
        _table_of(place),
    )


def _caption(segment: Segment) -> str:
    label = segment.place.part.label
    if segment.place.member:
        label = f"{segment.place.member} · {label}"
    return f"{label} · {segment.note}" if segment.note else label


NARROWEST, WIDEST = 3.4, 22.0


def ems(text: str) -> float:
    """About how wide a text is, counted in Chinese characters."""
    return sum(1.0 if character > "\u2e7f" else 0.55 for character in text)


def column_weights(
    blocks: Iterable[Block], segments: Sequence[Segment]
) -> dict[tuple[object, ...], dict[int, float]]:
    """For each table the widest text in each column, in Chinese characters, with its padding."""
    weights: dict[tuple[object, ...], dict[int, float]] = {}
    for block in blocks:
        if block.kind is not BlockKind.ROW or block.table is None:
            continue
        widest = weights.setdefault(block.table, {})
        for column, cell in zip(block.columns, block.cells, strict=True):
            longest = max((sum(ems(segments[i].text) for i in line) for line in cell), default=0)
            wanted = min(WIDEST, max(NARROWEST, longest + 1.2))
            widest[column] = max(widest.get(column, 0.0), wanted)
    return weights
