"""What lies behind the end of a file of a known kind: whole files travel there unseen."""

import io
import re

from formats.budget import Budget
from formats.carving import written
from formats.ocr import PictureText
from formats.opening import read_stream
from formats.reading import Kind, Part, Place, Segment, Trouble, TroubleCode, Unreadable
from formats.sniff import sniff_stream

_TEXTS = re.compile(rb"[\x20-\x7e\x80-\xff]{6,}")
_MOST = 20_000
# Padding that cameras, scanners and servers leave.
PADDING = b"\0\xff \r\n\x1a"
_LEAST = 4


def appended(data: bytes, end: int, what: str, budget: Budget) -> PictureText:
    """Bytes from `end` on that belong to no file (`what`): read as the file they are, else as text.

    Raises Unreadable(TOO_BIG).
    """
    tail = data.lstrip(PADDING)
    if len(tail.rstrip(PADDING)) < _LEAST:
        return PictureText((), ())
    member = f"{what}尾部的数据"
    place = Place(Part.EMBEDDED, member=member, path=f"+{end}")
    trouble = Trouble(
        TroubleCode.NOT_SUPPORTED,
        f"{what}结束后还附着 {len(tail)} 字节不属于{what}的数据，打开时看不到。"
        f"请核对来源，另存为新{what}后再公开。",
        place,
    )
    try:
        found = sniff_stream(io.BytesIO(tail), "")
        if found.kind not in (Kind.UNKNOWN, Kind.TXT, Kind.CSV, Kind.EMPTY):
            with budget.deeper():
                reading = read_stream(io.BytesIO(tail), budget, member)
            inner = tuple(_inner(reading.segments, member))
            return PictureText(inner, (trouble, *reading.troubles))
    except Unreadable as error:
        if error.code is TroubleCode.TOO_BIG:
            raise
    texts = map(written, _TEXTS.findall(tail[:_MOST]))
    said = "\n".join(filter(None, texts)) or f"{len(tail)} 字节"
    note = f"{what}结束后附着的数据"
    return PictureText((Segment(place, said, visible=False, note=note),), (trouble,))


def _inner(segments: tuple[Segment, ...], outer: str) -> list[Segment]:
    found = []
    for segment in segments:
        if segment.place.part is Part.NAME and segment.place.member is None:
            continue
        member = "/".join(x for x in (outer, segment.place.member) if x)
        place = segment.place._replace(member=member)
        found.append(segment._replace(place=place, visible=False))
    return found
