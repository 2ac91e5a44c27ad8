"""What the lists of a file tell of each person: for warnings across lists. Pure.

A row with a name in it gives one `Piece`; which kinds of column a list has is told by their heads.
The order of a list's names is a piece as well: a masked list and a whole one of the same order give
each other away.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

import resources
from detection.finding import Finding
from detection.grids import squeeze, tabled
from detection.normal import plain
from detection.orders import MASKED_NAME, names_of, orders
from detection.report import Piece
from detection.tables import Key, table_of
from formats.reading import Segment

_NAME = "name"
_HEAD_ROWS = 8
_HEAD_LENGTH = 24
_SHORT = 6
_VILLAGE = ("村", "社区", "居委会")


ORDER, MASKED_ORDER = "名单的顺序", "遮盖过的名单的顺序"
"""The kinds of a piece that is an order of names; its `person` is made of their surnames."""


def pieces_of(segments: Sequence[Segment], findings: Sequence[Finding]) -> tuple[Piece, ...]:
    """One piece for each name that stands alone in a cell of a table, in the order of the file; and
    one for the order of each list of names."""
    return (*_persons(segments, findings), *_orders(segments, findings))


def _orders(segments: Sequence[Segment], findings: Sequence[Finding]) -> Iterator[Piece]:
    names = names_of(f for f in findings if f.rule == _NAME)
    short = (s.text for s in segments if s.place.row is not None and len(s.text) <= _SHORT)
    if not names and not any(MASKED_NAME.match(text) for text in short):
        return
    for surnames, first in orders(tabled(segments).values(), names):
        kind = ORDER if first is None else MASKED_ORDER
        yield Piece(f"{ORDER}:{'、'.join(surnames)}", "", (kind,))


def _persons(segments: Sequence[Segment], findings: Sequence[Finding]) -> tuple[Piece, ...]:
    names = [f for f in findings if f.rule == _NAME and f.visible and f.whole]
    places = [(f, table_of(f.place)) for f in names]
    tables = {key for _, key in places if key is not None}
    if not tables:
        return ()
    return tuple(_pieces(segments, [(f, key) for f, key in places if key], tables))


def _pieces(
    segments: Sequence[Segment], names: Sequence[tuple[Finding, Key]], tables: set[Key]
) -> Iterator[Piece]:
    heads: defaultdict[Key, dict[int, str]] = defaultdict(dict)
    rows: defaultdict[tuple[Key, int], list[tuple[int, str]]] = defaultdict(list)
    wanted = {(key, f.place.row) for f, key in names}
    for segment in segments:
        key, place = table_of(segment.place), segment.place
        if key not in tables or key is None or place.row is None or place.column is None:
            continue
        text = segment.text.strip()
        if not text or not segment.visible:
            continue
        if (key, place.row) in wanted:
            rows[key, place.row].append((place.column, text))
        elif place.row <= _HEAD_ROWS and len(text) <= _HEAD_LENGTH:
            kind = _kind(squeeze(plain(text)))
            if kind:
                heads[key].setdefault(place.column, kind)
    for found, key in names:
        cells = rows[key, found.place.row or 0]
        kinds = [heads[key][c] for c, text in cells if c in heads[key] and text.strip("*＊×xX-—")]
        village = next((v for _, text in cells if (v := _village(text))), "")
        yield Piece(found.text, village, tuple(dict.fromkeys(kinds)))


@cache
def _kind(head: str) -> str:
    for row in resources.table("rules/tables/pieces.toml")["piece"]:
        if any(word in head for word in row["words"]):
            return str(row["kind"])
    return ""


def _village(text: str) -> str:
    """A cell that names a village: down to it, so that 双碾坝村3组 and 双碾坝村 are the same."""
    if len(text) > _HEAD_LENGTH:
        return ""
    for ending in _VILLAGE:
        head, found, _ = text.partition(ending)
        if found and len(head) > 1:
            return head.rpartition("镇")[2].rpartition("乡")[2] + ending
    return ""
