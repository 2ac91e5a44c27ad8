"""Files inside a document: opened in turn, so that nothing rides along unread."""

import io
import struct
from collections.abc import Iterator
from typing import NamedTuple

from formats.budget import Budget
from formats.opening import read_stream, shown
from formats.reading import Part, Place, Segment, Trouble, TroubleCode, Unreadable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_LIES = (
    OSError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    struct.error,
)
_NATIVE = "\x01Ole10Native"


class Inside(NamedTuple):
    """What an embedded file says; `troubles` make the outer reading partial."""

    segments: list[Segment]
    troubles: list[Trouble]


def read_embedded(data: bytes, path: str, budget: Budget, *, visible: bool = False) -> Inside:
    """One embedded file. Its places keep sheet, cell and paragraph, under `member` = its path.

    `visible` is for altChunks, which Word shows as part of the text.
    """
    name = path.rpartition("/")[2]
    segments: list[Segment] = []
    if data.startswith(_OLE):
        native = _native(data)
        if native is not None:
            label, data = native
            place = Place(Part.EMBEDDED, member=path, path=path)
            segments.append(Segment(place, shown(label), visible=False, note="嵌入文件的名称"))
            name = label.splitlines()[0] if label else name
    try:
        with budget.deeper():
            reading = read_stream(io.BytesIO(data), budget, name)
    except Unreadable as error:
        if error.code is TroubleCode.TOO_BIG:
            raise
        place = Place(Part.EMBEDDED, member=path, path=path)
        said = Segment(place, name, visible=False, note="嵌入文件")
        trouble = Trouble(error.code, f"嵌入的文件“{shown(name)}”没有读取：{error.text}", place)
        if data.startswith(_OLE) and error.code is TroubleCode.NOT_SUPPORTED:
            segments += _letters(data, place, budget)
        return Inside([*segments, said], [trouble])
    for segment in reading.segments:
        if segment.place.part is Part.NAME:
            continue
        inner = segment.place.member
        place = segment.place._replace(member=f"{path}/{inner}" if inner else path)
        if visible:
            segments.append(segment._replace(place=place))
        else:
            place = place._replace(part=Part.EMBEDDED)
            note = segment.note or segment.place.part.label
            segments.append(segment._replace(place=place, visible=False, note=note))
    troubles = [
        Trouble(t.code, f"嵌入的文件“{shown(name)}”：{t.text}", Place(Part.EMBEDDED, member=path))
        for t in reading.troubles
        if t.code not in (TroubleCode.EXTENSION_LIES, TroubleCode.BAD_NAME)
    ]
    return Inside(segments, troubles)


def _native(data: bytes) -> tuple[str, bytes] | None:
    """The file in an OLE "package" object: its name and paths, one a line, and its bytes.

    [MS-OLEDS] 2.3.6: size, then (by observation) type, label, file path, two words, temporary
    path with its length, data with its length.
    """
    from formats.oleparts import opened, stream_of  # only documents with old objects pay for it

    try:
        with opened(data) as ole:
            if ole.exists("Package"):
                return "", stream_of(ole, "Package", len(data))
            if ole.exists("CONTENTS"):  # where Acrobat keeps a whole PDF; others keep other things
                whole = stream_of(ole, "CONTENTS", len(data))
                if whole.startswith(b"%PDF-"):
                    return "", whole
            if not ole.exists(_NATIVE):
                return None
            stream = stream_of(ole, _NATIVE, len(data))
        label, at = _string(stream, 6)
        source, at = _string(stream, at)
        length = struct.unpack_from("<I", stream, at + 4)[0]
        temporary = stream[at + 8 : at + 8 + length].rstrip(b"\0")
        at += 8 + length
        size = struct.unpack_from("<I", stream, at)[0]
    except _OLE_LIES:
        return None
    lines = dict.fromkeys(
        part.decode("gb18030", "replace") for part in (label, source, temporary) if part
    )
    return "\n".join(lines), stream[at + 4 : at + 4 + size]


def _letters(data: bytes, place: Place, budget: Budget) -> Iterator[Segment]:
    """Texts in an object of another program: what a button or a box says, what a drawing holds."""
    from formats.carving import texts_in
    from formats.oleparts import OleParts

    try:
        parts = OleParts(io.BytesIO(data), budget)
        streams = [parts.read(name) for name in parts.names if name[:1] not in "\x01\x03"]
    except Unreadable as error:
        if error.code is TroubleCode.TOO_BIG:
            raise
        return
    for number, text in enumerate((t for stream in streams for t in texts_in(stream)), 1):
        note = "控件或对象里的文字"
        yield Segment(place._replace(paragraph=number), text, visible=False, note=note)


def _string(stream: bytes, at: int) -> tuple[bytes, int]:
    end = stream.index(b"\0", at)
    return stream[at:end], end + 1
