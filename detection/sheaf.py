"""Segments bound together, so that a million cells cost a few hundred searches, not a million.

Seen and unseen text are bound apart: a number that a deletion interrupts is whole for the reader.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate
from operator import add

from detection.normal import END, JOIN, Flat, cleared, normalise
from detection.numerals import in_digits
from formats.reading import Part, Segment

SIZE = 24_000
"""Characters of a sheaf; one longer segment makes a sheaf of its own."""

RUNNING = frozenset({Part.BODY, Part.TABLE, Part.CELL, Part.INSERTION})
"""Running text; every other part is an edge or stands outside the text."""


_MARKS = frozenset((END, JOIN))
_LABEL_ENDS = frozenset(":：号为是(（信卡")
"""What a label ends with whose number stands in the next line."""

_NOTHING = "\u200b"
"""Stands between two lines of one paragraph: the normaliser leaves it out."""

_MAY_RUN_ON = frozenset("0123456789０１２３４５６７８９ -") | _LABEL_ENDS


class Sheaf:
    """Some segments as one normalised text, and the way back to each."""

    __slots__ = ("flat", "indices", "segments", "starts", "text")

    def __init__(self, segments: Sequence[Segment], indices: list[int], gaps: list[str]) -> None:
        """Bind `segments[i]` for i in `indices`; `gaps[k]` stands after the k-th of them."""
        self.segments = segments
        self.indices = indices
        texts = cleared([segments[i].text for i in indices])
        pieces = list(map(add, texts, gaps))
        self.starts = array("q", accumulate(map(len, pieces[:-1]), initial=1))
        self.flat: Flat = normalise(END + "".join(pieces))
        self.text = in_digits(self.flat.text) if self.flat.spelt else self.flat.text

    def pieces(self, start: int, end: int) -> list[tuple[int, tuple[int, int]]]:
        """The flat span as (index of the segment in the reading, raw span in its text) each."""
        text = self.text[start:end]
        if text and not self.flat.left_out and END not in text and JOIN not in text:
            place = bisect_right(self.starts, start) - 1
            base = self.starts[place]
            return [(self.indices[place], (start - base, end - base))]
        found: list[tuple[int, tuple[int, int]]] = []
        while start < end:
            raw_start = self.flat.raw(start)
            place = bisect_right(self.starts, raw_start) - 1
            stop = min(end, self._flat_end(start, end), self._last_of(place))
            if stop > start:
                first, last = self.flat.span(start, stop)
                base = self.starts[place]
                found.append((self.indices[place], (first - base, last - base)))
            start = stop + (self.text[stop : stop + 1] in _MARKS)
        return found

    def _last_of(self, place: int) -> int:
        """The flat offset behind the segment at `place`: nothing may part it from the next."""
        if place + 1 == len(self.starts):
            return len(self.text)
        return self.flat.flat(self.starts[place + 1] - 1)

    def _flat_end(self, start: int, end: int) -> int:
        ends = (self.text.find(END, start, end), self.text.find(JOIN, start, end))
        return min((e for e in ends if e >= 0), default=end)

    def index(self, offset: int) -> int:
        """The index in the reading of the segment at flat `offset`."""
        return self.indices[bisect_right(self.starts, self.flat.raw(offset)) - 1]


def sheaves(
    segments: Sequence[Segment],
    only: Sequence[int] | None = None,
    run_on: Collection[int] = (),
) -> Iterator[Sheaf]:
    """A reading's segments in sheaves: the seen ones in order, then the unseen ones.

    `only`: indices of the segments to bind, in order; all where None. `run_on`: those whose text
    goes on in the next (`flow`): there nothing stands between.
    """
    wanted = range(len(segments)) if only is None else only
    full = [i for i in wanted if segments[i].text]
    seen = [i for i in full if segments[i].visible]
    unseen = [i for i in full if not segments[i].visible] if len(seen) < len(full) else []
    yield from _bind(segments, seen, run_on)
    yield from _bind(segments, unseen, run_on)


def bound(segments: Sequence[Segment], chain: Sequence[int]) -> Sheaf:
    """Segments that hold the pieces of one number, as lines that run on."""
    return Sheaf(segments, list(chain), [JOIN] * (len(chain) - 1) + [END])


def _bind(
    segments: Sequence[Segment], indices: list[int], run_on: Collection[int]
) -> Iterator[Sheaf]:
    texts = [segments[i].text for i in indices]
    gaps = [END] * len(indices)
    for number in [n for n, text in enumerate(texts[:-1]) if text[-1] in _MAY_RUN_ON]:
        gaps[number] = _gap(segments[indices[number]], segments[indices[number + 1]])
    if run_on:
        gaps = [_NOTHING if i in run_on else gap for i, gap in zip(indices, gaps, strict=True)]
    ends = list(accumulate(map(len, texts)))
    first = 0
    while first < len(indices):
        size = ends[first - 1] if first else 0
        last = bisect_left(ends, size + SIZE, first)
        while last < len(indices) - 1 and gaps[last] != END:
            last += 1
        yield Sheaf(segments, indices[first : last + 1], gaps[first : last + 1])
        first = last + 1


def _gap(first: Segment, second: Segment) -> str:
    """JOIN where a number may run on: two lines of running text, a digit on both sides, or a label
    at the end of the first."""
    last, head = first.text.rstrip()[-2:], second.text.lstrip()[:1]
    one, two = first.place, second.place
    if last[-1:] in _LABEL_ENDS:
        if not (head.isascii() and head.isalnum()) or one.row is not None:
            return END
    elif not last.rstrip("-")[-1:].isdigit() or not (head.isdigit() or head in tuple("XxＸｘ")):
        return END
    if one.part not in RUNNING or two.part not in RUNNING:
        return END
    # Two cells are never one number; two runs of one cell are (a revision begins between them).
    cells = (one.row, one.column) != (two.row, two.column)
    return END if cells or (one.member, one.path) != (two.member, two.path) else JOIN
