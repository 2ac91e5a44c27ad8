"""All text of a reading in a row, without white space: where labels and findings meet."""

import re
from collections.abc import Sequence
from typing import Any

from detection.finding import Finding
from formats.reading import Part, Reading
from tests.labelled.template import Mark

RUNNING = {"body", "table"}
"""Places whose texts stand in a file in the order of the paper."""
_BLANK = re.compile(r"\s|\u200b")
_SENTENCE_END = re.compile("[。；;！？]")
_SEEN = {Part.NAME, Part.BODY, Part.TABLE, Part.CELL}
# A text as long as this stands in no document twice.
_LONG = 12


class Flat:
    """The text of all segments without white space, and the way back."""

    def __init__(self, reading: Reading) -> None:
        self.segments = reading.segments
        self.text = ""
        self.starts: list[int] = []
        self._kept: list[list[int]] = []
        pieces, at = [], 0
        for segment in reading.segments:
            kept, piece = [], []
            for c in segment.text:
                kept.append(at)
                if not _BLANK.match(c):
                    piece.append(c)
                    at += 1
            kept.append(at)
            self.starts.append(kept[0])
            self._kept.append(kept)
            pieces.append("".join(piece))
        self.text = "".join(pieces)
        self._begun = set(self.starts)
        self._named = [n for n, s in enumerate(self.segments) if s.place.part is Part.NAME]
        self.places: dict[Any, list[int]] = {}
        for number, segment in enumerate(self.segments):
            self.places.setdefault(segment.place, []).append(number)

    def find(self, bare: str, where: str, at: int) -> int:
        """Where a text of the place `where` begins, from `at` on if it is running text; -1."""
        if where == "name":
            named = (self._within(n, bare) for n in self._named)
            return max(named, default=-1)
        if where in RUNNING:
            first = self.text.find(bare, at)
            while first >= 0 and not self._leads(first, bare):
                first = self.text.find(bare, first + 1)
            if first < 0:
                first = self.text.find(bare, at)
            return first if first >= 0 else self.text.find(bare, self.starts[1])
        for number, segment in enumerate(self.segments):
            if segment.place.part not in _SEEN and (place := self._within(number, bare)) >= 0:
                return place
        return -1

    def _within(self, number: int, bare: str) -> int:
        """Where a text stands in a segment; -1."""
        last = number + 1
        high = self.starts[last] if last < len(self.starts) else len(self.text)
        return self.text.find(bare, self.starts[number], high)

    def _leads(self, place: int, bare: str) -> bool:
        """Does a segment begin here? A long text may begin within one."""
        return len(bare) > _LONG or place in self._begun

    def span(self, finding: Finding) -> tuple[int, int]:
        """The flat span of a finding."""
        numbers = self.places[finding.place]
        start, end = finding.span
        for number in numbers:
            text = self.segments[number].text
            if text[start:end] and text[start:end] in finding.text:
                break
        else:
            number = numbers[0]
        kept = self._kept[number]
        last = len(kept) - 1
        return kept[min(start, last)], kept[min(end, last)]

    def segment(self, at: int) -> int:
        """The number of the segment this character is in."""
        return max(n for n, s in enumerate(self.starts) if s <= at)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence, within its segment, around a span."""
        segment = self.segment(start)
        low = self.starts[segment]
        high = self.starts[segment + 1] if segment + 1 < len(self.starts) else len(self.text)
        before = [m.end() for m in _SENTENCE_END.finditer(self.text, low, max(low, start))]
        after = _SENTENCE_END.search(self.text, min(end, high), high)
        return (before[-1] if before else low), (after.end() if after else high)


def squeezed(text: str, marks: Sequence[Mark]) -> tuple[str, list[tuple[int, int, Mark]]]:
    """The text without white space, and the marks over it."""
    places, count = [], 0
    for c in text:
        places.append(count)
        count += not _BLANK.match(c)
    places.append(count)
    return _BLANK.sub("", text), [(places[m.start], places[m.end], m) for m in marks]
