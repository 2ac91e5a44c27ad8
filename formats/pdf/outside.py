"""Bytes of a PDF that belong to no object: before, between and behind them (7.5)."""

import re
from collections.abc import Iterator, Sequence

from formats.appended import appended
from formats.budget import Budget
from formats.carving import telling, words_of
from formats.ocr import PictureText
from formats.reading import Part, Place, Segment
from formats.unsaid import Said

_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,10})[ \t\r\n]{1,9}[0-9]{1,5}[ \t\r\n]{1,9}obj(?![a-z])")
_LENGTH = re.compile(rb"/Length\s{0,9}([0-9]{1,10})(?!\s{0,9}[0-9])")
_STREAM, _END, _LAST = b"stream", b"endobj", b"%%EOF"
# A stream's data may be followed by an end of line.
_SLACK = 4


def behind(data: bytes, budget: Budget) -> PictureText:
    """What follows the last end of the file. Raises Unreadable(TOO_BIG)."""
    end = data.rfind(_LAST)
    end = len(data) if end < 0 else end + len(_LAST)
    return appended(data[end:], end, "PDF", budget)


def between(data: bytes, segments: Sequence[Segment]) -> Iterator[Segment]:
    """The telling words before and between the objects that stand in none of the segments."""
    said = Said(segments)
    for start, gap in _gaps(data):
        text = "\n".join(words_of(gap))
        if not telling(text):
            continue
        for number, line in enumerate(filter(telling, text.splitlines()), 1):
            if not said.has(line):
                place = Place(Part.HIDDEN, paragraph=number, path=f"+{start}")
                yield Segment(place, line.strip(), visible=False, note="不属于任何对象的文字")


def _gaps(data: bytes) -> Iterator[tuple[int, bytes]]:
    """What lies outside the objects, up to the last end of the file, with where it begins."""
    last = data.rfind(_LAST)
    last = len(data) if last < 0 else last
    at = 0
    while at < last:
        found = _OBJECT.search(data, at, last)
        start = last if found is None else found.start()
        if data[at:start].strip():
            yield at, data[at:start]
        at = last if found is None else _end_of(data, found.end())


def _end_of(data: bytes, start: int) -> int:
    """Where the object ends whose body begins here."""
    end = data.find(_END, start)
    if end < 0:
        return len(data)
    at = data.find(_STREAM, start, end)
    if at < 0:
        return end + len(_END)
    length = _LENGTH.search(data, start, at)
    if length is not None:
        stop = at + len(_STREAM) + int(length[1])
        if data.find(b"endstream", stop, stop + _SLACK + 11) >= 0:
            end = data.find(_END, stop)
            return len(data) if end < 0 else end + len(_END)
    return end + len(_END)
