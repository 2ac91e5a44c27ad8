"""Plain text: a segment a line, and the same lines back with marks applied."""

import re
from collections.abc import Sequence
from typing import BinaryIO

from formats.budget import Budget
from formats.marks import apply_spans, by_place
from formats.plain.decoding import decode
from formats.reading import Kind, Mark, Part, Place, Reading, Segment, TroubleCode, Unreadable

_LINE_END = re.compile(r"(\r\n|\n|\r)")
NO_TEXT = "认不出这个文本文件的编码，无法读取。请用记事本打开，另存为 UTF-8 编码后再放入。"


def decoded(source: BinaryIO) -> str:
    """The whole text. Raises Unreadable(DAMAGED) when it is in no encoding we know."""
    found = decode(source.read())
    if found is None:
        raise Unreadable(TroubleCode.DAMAGED, NO_TEXT)
    return found[0]


def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """One segment a line that is not blank; `paragraph` is the line number."""
    segments = [
        Segment(Place(Part.BODY, paragraph=number), line)
        for number, line in enumerate(_LINE_END.split(decoded(source))[::2], 1)
        if line.strip()
    ]
    budget.spend_segments(len(segments))
    return Reading(kind, tuple(segments))


def redact(source: BinaryIO, marks: Sequence[Mark], out: BinaryIO) -> None:
    """UTF-8 with a BOM (so that Windows programs open it right), the same line ends."""
    pieces = _LINE_END.split(decoded(source))
    wanted = by_place(marks)
    for number in range(1, len(pieces) // 2 + 2):
        at = (number - 1) * 2
        spans = wanted.take(Place(Part.BODY, paragraph=number))
        if spans:
            pieces[at] = apply_spans(pieces[at], spans)
    wanted.check_all_taken()
    out.write(b"\xef\xbb\xbf" + "".join(pieces).encode("utf-8"))
