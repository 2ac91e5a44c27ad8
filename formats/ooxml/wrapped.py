"""Objects of other programs as old Office wraps them: the file inside, and all around it."""

import io
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field

from formats.budget import Budget
from formats.carving import texts_in, texts_in_all
from formats.oleparts import OLE_LIES, SILENT, OleParts
from formats.opening import shown
from formats.reading import Place, Segment, Trouble, TroubleCode, Unreadable

_NATIVE = "\x01Ole10Native"
# [MS-OLEDS] 2.3.6 keeps any program's own bytes; the packager of Windows begins its with these.
_PACKAGED = (b"\2\0", b"\3\0")
_CUT = "嵌入的文件外面的包装有损坏，可能没有读全。请在 WPS 或 Office 中打开核对。"


@dataclass(slots=True)
class Wrapped:
    """A file and what stands around it. `data` is b"" where no file was found in the wrapping."""

    place: Place
    data: bytes = b""
    name: str = ""
    segments: list[Segment] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)

    def say(self, texts: Iterable[str], note: str) -> None:
        """Texts around the file that no reader sees."""
        for text in texts:
            place = self.place._replace(paragraph=len(self.segments) + 1)
            self.segments.append(Segment(place, shown(text), visible=False, note=note))

    def broken(self) -> None:
        """Tell, once, that the wrapping breaks off."""
        if not self.troubles:
            self.troubles.append(Trouble(TroubleCode.DAMAGED, _CUT, self.place))


def unwrapped(data: bytes, place: Place, budget: Budget) -> Wrapped | None:
    """The file in an OLE object; None where the object is a document of its own, or broken.

    Raises Unreadable(TOO_BIG).
    """
    parts = _parts(data, budget)
    if parts is None:
        return None
    made = Wrapped(place)
    name = next((n for n in map(parts.find, ("Package", "CONTENTS", _NATIVE)) if n is not None), "")
    whole = _read(parts, name) if name else b""
    if name.casefold() == "contents" and not whole.startswith(b"%PDF-"):
        name = parts.find(_NATIVE) or ""  # Acrobat keeps a whole PDF there; others other things
        whole = _read(parts, name) if name else b""
    if not name:
        return None
    if name.casefold() == _NATIVE.casefold():
        _native(made, whole)
    else:
        made.data = whole
    _around(made, parts, name)
    return made


def letters(data: bytes, place: Place, budget: Budget) -> list[Segment]:
    """Texts in an object of another program: what a button or a box says, what a drawing holds."""
    made = Wrapped(place)
    parts = _parts(data, budget)
    if parts is None:
        made.say(texts_in(data), "控件或对象里的文字")
    else:
        _around(made, parts, "")
    return made.segments


def _native(made: Wrapped, stream: bytes) -> None:
    """[MS-OLEDS] 2.3.6: a size, then what the program keeps. The packager's (by observation): type,
    label, path of the file, two words, temporary path with its length, data with its length; behind
    it the three once more in UTF-16.
    """
    words: list[bytes] = []
    at = 0
    try:
        if stream[4:6] in _PACKAGED:
            at = 6
            for _ in range(2):
                end = stream.index(b"\0", at)
                words.append(stream[at:end])
                at = end + 1
            at += 4
            temporary, at = _counted(stream, at)
            words.append(temporary.rstrip(b"\0"))
            made.data, at = _counted(stream, at)
        else:
            made.data, at = _counted(stream, 0)
    except OLE_LIES:
        made.broken()
    lines = list(dict.fromkeys(word.decode("gb18030", "replace") for word in words if word))
    if lines:
        made.name = lines[0]
        text = shown("\n".join(lines))
        made.segments.append(Segment(made.place, text, visible=False, note="嵌入文件的名称"))
    if at > len(stream):
        made.broken()
    made.say([text for text in texts_in(stream[at:]) if text not in lines], "嵌入文件旁边的文字")


def _counted(stream: bytes, at: int) -> tuple[bytes, int]:
    """Bytes behind their length, and where they end: perhaps behind the stream."""
    (size,) = struct.unpack_from("<I", stream, at)
    return stream[at + 4 : at + 4 + size], at + 4 + size


def _around(made: Wrapped, parts: OleParts, name: str) -> None:
    """The other streams of the object, and the bytes that belong to none."""
    others = [n for n in parts.names if n != name and not n.casefold().endswith(SILENT)]
    found = texts_in_all((*(_read(parts, other) for other in others), *parts.loose()))
    said = {line for segment in made.segments for line in segment.text.splitlines()}
    made.say([text for text in found if text not in said], "控件或对象里的文字")
    if parts.cut:
        made.broken()


def _parts(data: bytes, budget: Budget) -> OleParts | None:
    try:
        return OleParts(io.BytesIO(data), budget)
    except Unreadable as error:
        if error.code is TroubleCode.TOO_BIG:
            raise
        return None


def _read(parts: OleParts, name: str) -> bytes:
    """A stream; one that is broken counts as cut off whole."""
    try:
        return parts.read(name)
    except Unreadable as error:
        if error.code is TroubleCode.TOO_BIG:
            raise
        parts.cut[name] = None
        return b""
