"""Files inside a document: opened in turn, so that nothing rides along unread."""

import io
from typing import NamedTuple

from formats.budget import Budget
from formats.opening import read_stream, shown
from formats.reading import Kind, Part, Place, Segment, Trouble, TroubleCode, Unreadable
from formats.sniff import OLE, sniff_stream

# What a part that is called a picture may be; of some kinds of pictures nothing is known here.
_PICTURES = frozenset(
    {Kind.PNG, Kind.JPEG, Kind.TIFF, Kind.BMP, Kind.GIF, Kind.WEBP, Kind.UNKNOWN, Kind.EMPTY}
)


class Inside(NamedTuple):
    """What an embedded file says; `troubles` make the outer reading partial."""

    segments: list[Segment]
    troubles: list[Trouble]


def read_embedded(data: bytes, path: str, budget: Budget, *, visible: bool = False) -> Inside:
    """One embedded file. Its places keep sheet, cell and paragraph, under `member` = its path.

    `visible` is for altChunks, which Word shows as part of the text.
    """
    name = path.rpartition("/")[2]
    place = Place(Part.EMBEDDED, member=path, path=path)
    segments: list[Segment] = []
    troubles: list[Trouble] = []
    if data.startswith(OLE):
        from formats.ooxml import wrapped  # only documents with old objects pay for it

        inside = wrapped.unwrapped(data, place, budget)
        if inside is not None:
            segments, troubles = inside.segments, inside.troubles
            data, name = inside.data, inside.name or name
            if not data and troubles:
                return Inside(segments, troubles)
    try:
        with budget.deeper():
            reading = read_stream(io.BytesIO(data), budget, name)
    except Unreadable as error:
        if error.code is TroubleCode.TOO_BIG:
            raise
        said = Segment(place, name, visible=False, note="嵌入文件")
        troubles.append(
            Trouble(error.code, f"嵌入的文件“{shown(name)}”没有读取：{error.text}", place)
        )
        from formats.unopened import words

        segments += words(data, error, path, budget)
        return Inside([*segments, said], troubles)
    for segment in reading.segments:
        if segment.place.part is Part.NAME:
            continue
        inner = segment.place.member
        here = segment.place._replace(member=f"{path}/{inner}" if inner else path)
        if visible:
            segments.append(segment._replace(place=here))
        else:
            here = here._replace(part=Part.EMBEDDED)
            note = segment.note or segment.place.part.label
            segments.append(segment._replace(place=here, visible=False, note=note))
    troubles += [
        Trouble(t.code, f"嵌入的文件“{shown(name)}”：{t.text}", Place(Part.EMBEDDED, member=path))
        for t in reading.troubles
        if t.code not in (TroubleCode.EXTENSION_LIES, TroubleCode.BAD_NAME)
    ]
    return Inside(segments, troubles)


def is_picture(data: bytes) -> bool:
    """Whether a part that is called a picture is no file of another kind: nobody sees it there."""
    return sniff_stream(io.BytesIO(data), "").kind in _PICTURES
