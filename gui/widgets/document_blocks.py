"""Segments laid into blocks as a reader expects them: paragraphs, rows of tables, captions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from formats.mail.header_words import HEADER_WORDS
from formats.reading import Part, Place, Segment
from gui.widgets.document_places import place_words


class BlockKind(StrEnum):
    """What a block looks like."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ROW = "row"
    ASIDE = "aside"
    FACT = "fact"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the page.

    `cells`: for a row its cells by column, each a tuple of lines; for all others one cell. A line
    is a tuple of segment indexes that stand beside each other.
    `table`: an id that all rows of one table share.
    `caption`: what an aside is (页眉, 批注 ...), the name of a fact, or the file or page that
    begins here. `foot`: who changed the paragraph, and when.
    """

    kind: BlockKind
    cells: tuple[tuple[tuple[int, ...], ...], ...]
    columns: tuple[int, ...] = ()
    table: tuple[object, ...] | None = None
    caption: str = ""
    foot: tuple[str, ...] = ()

    def indexes(self) -> tuple[int, ...]:
        """Every segment in the block, in order."""
        return tuple(i for cell in self.cells for line in cell for i in line)


# What stands in the running text itself. Everything else is set apart and named.
_IN_TEXT = frozenset({Part.BODY, Part.TABLE, Part.CELL, Part.INSERTION, Part.DELETION, Part.HIDDEN})
# In text too where they are cells: a hidden sheet of a file inside is a table like the others.
_HIDDEN_CELLS = frozenset({Part.HIDDEN_SHEET, Part.HIDDEN_ROW, Part.HIDDEN_COLUMN})
_FACTS = frozenset({Part.PROPERTY, Part.SUBJECT, Part.METADATA, Part.EXIF, Part.VARIABLE})
_CHANGED = frozenset({Part.INSERTION, Part.DELETION})
_LONG_HEADING = 40
# Below this, a line recognised from a picture has to be compared with it.
DOUBT = 0.85


def _in_text(place: Place) -> bool:
    in_cell = place.row is not None and place.column is not None
    return place.part in _IN_TEXT or (in_cell and place.part in _HIDDEN_CELLS)


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

    def __init__(
        self, shown: frozenset[Part] = frozenset(), member: str = "压缩包内", page: str = "第 {} 页"
    ) -> None:
        self._shown = shown
        self._member_words = member
        self._page_words = page
        self._heading_possible = True
        self._member: str | None = None
        self._page: int | None = None

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
            blocks += self._titles(segment.place)
            group.append(index)
        if group:
            blocks.append(self._block(segments, group))
        return blocks

    def _titles(self, place: Place) -> list[Block]:
        """Where another file inside this one begins, or another page or slide."""
        found = []
        if place.member != self._member:
            self._member, self._page = place.member, None
            if place.member:
                found.append(f"{self._member_words}：{place.member}")
        if place.page is not None and place.page != self._page:
            self._page = place.page
            found.append(self._page_words.format(place.page))
        return [Block(BlockKind.TITLE, (), caption=words) for words in found]

    def _block(self, segments: Sequence[Segment], group: list[int]) -> Block:
        first = segments[group[0]]
        if _row_of(first.place) is not None and _in_text(first.place):
            return _row(segments, group)
        cells = (_lines(segments, group),)
        foot = _foot(segments, group)
        if first.place.part in _FACTS:
            return Block(BlockKind.FACT, cells, caption=fact_words(first))
        if not _in_text(first.place):
            return Block(BlockKind.ASIDE, cells, caption=_caption(first))
        text = "".join(segments[i].text for i in group).strip()
        if self._heading_possible and text:
            self._heading_possible = False
            if len(text) <= _LONG_HEADING and text[-1] not in "。：；，":
                return Block(BlockKind.HEADING, cells, foot=foot)
        return Block(BlockKind.PARAGRAPH, cells, foot=foot)


class ApartLaying:
    """Lays out what has no place in the text: a table of facts, with a title a file or part.

    What stands in rows and columns itself (a cache, a sheet in a file inside) stays a table.
    """

    def __init__(self, member: str = "压缩包内") -> None:
        self._member_words = member
        self._under: str | None = None

    def lay(self, segments: Sequence[Segment], indexes: Iterable[int]) -> list[Block]:
        """Blocks for the segments at `indexes`."""
        blocks: list[Block] = []
        group: list[int] = []
        for index in indexes:
            place = segments[index].place
            if group and not _joins_apart(segments[group[-1]].place, place):
                blocks.append(_apart(segments, group))
                group = []
            under = place.member or place.part
            if under != self._under:
                self._under = under
                inside = f"{self._member_words}：{place.member}" if place.member else ""
                blocks.append(Block(BlockKind.TITLE, (), caption=inside or place.part.label))
            group.append(index)
        if group:
            blocks.append(_apart(segments, group))
        return blocks


def _joins_apart(before: Place, place: Place) -> bool:
    row = _row_of(place)
    if row is None or before.part is not place.part:
        return False
    return place.column is not None and before.column is not None and row == _row_of(before)


def _apart(segments: Sequence[Segment], group: list[int]) -> Block:
    first = segments[group[0]]
    if len(group) > 1:
        return _row(segments, group)
    name = place_words(first.place, titled=True)
    label = first.place.part.label if first.place.member else ""
    note = "" if first.note.endswith("上的文字") and first.certainty < 1 else first.note
    said = (name, label if label != note else "", HEADER_WORDS.get(note, note), recognised(first))
    caption = "，".join(part for part in said if part) or first.place.part.label
    return Block(BlockKind.FACT, ((tuple(group),),), caption=caption)


def recognised(segment: Segment) -> str:
    """`图上识别，把握 87%` for text that was read from a picture; else empty."""
    if segment.certainty >= 1:
        return ""
    look = "，请对照图片核对" if segment.certainty < DOUBT else ""
    return f"图上识别，把握 {int(segment.certainty * 100)}%{look}"


def _foot(segments: Sequence[Segment], group: Sequence[int]) -> tuple[str, ...]:
    """Who inserted and deleted in this paragraph, and when: it leaves the house with the file."""
    said = []
    for index in group:
        segment = segments[index]
        if segment.place.part in _CHANGED and segment.note:
            said.append(f"{segment.place.part.label} · {segment.note}")
    return tuple(dict.fromkeys(said))


def _joins(before: Segment, segment: Segment) -> bool:
    """Do two neighbours belong to one block?"""
    row = _row_of(segment.place)
    in_text = _in_text(segment.place)
    if _in_text(before.place) != in_text:
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


def fact_words(segment: Segment) -> str:
    """The name of a fact: what the file calls it, in Chinese where it is known."""
    note = segment.note
    return HEADER_WORDS.get(note, note) or segment.place.part.label


def _caption(segment: Segment) -> str:
    label = segment.place.part.label
    said = (label, segment.note if segment.note != label else "", recognised(segment))
    return " · ".join(part for part in said if part)


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
