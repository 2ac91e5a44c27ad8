"""Plain text: a segment a line, and the same lines back with marks applied."""

import re
from collections.abc import Sequence
from typing import BinaryIO, NamedTuple

from formats.budget import Budget
from formats.marks import apply_spans, by_place
from formats.plain.decoding import decode
from formats.reading import (
    Kind,
    Mark,
    Part,
    Place,
    Reading,
    Segment,
    Trouble,
    TroubleCode,
    Unreadable,
)

_BROKEN = "文件里有 {} 处文字的编码已损坏，无法辨认。请用记事本打开核对，或向来源重新索取。"
_STRAYS = "文件里有 {} 个空字节或控制字符，可能在复制或保存时损坏，内容也许不全。请向来源重新索取。"
_STRAY = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f]")
_LINE_END = re.compile(r"(\r\n|\n|\r)")
NO_TEXT = "认不出这个文本文件的编码，无法读取。请用记事本打开，另存为 UTF-8 编码后再放入。"


class Decoded(NamedTuple):
    """The whole text, and what keeps a person from trusting it."""

    text: str
    troubles: tuple[Trouble, ...]


def opened(source: BinaryIO) -> Decoded:
    """The whole text. Raises Unreadable(DAMAGED) when it is in no encoding we know."""
    found = decode(source.read())
    if found is None:
        raise Unreadable(TroubleCode.DAMAGED, NO_TEXT)
    text = found[0]
    troubles = []
    broken = text.count("\ufffd")
    if broken:
        troubles.append(Trouble(TroubleCode.DAMAGED, _BROKEN.format(broken)))
    text, strays = _STRAY.subn("", text.rstrip("\x1a"))
    if strays:
        troubles.append(Trouble(TroubleCode.DAMAGED, _STRAYS.format(strays)))
    return Decoded(text, tuple(troubles))


def decoded(source: BinaryIO) -> str:
    """As `opened`, the text alone."""
    return opened(source).text


def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """One segment a line that is not blank; `paragraph` is the line number."""
    text, troubles = opened(source)
    segments = [
        Segment(Place(Part.BODY, paragraph=number), line)
        for number, line in enumerate(_LINE_END.split(text)[::2], 1)
        if line.strip()
    ]
    budget.spend_segments(len(segments))
    return Reading(kind, tuple(segments), troubles, partial=bool(troubles))


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
