"""The data stream ([MS-DOC] 2.1.3): pictures in the text, what form fields keep, and leftovers."""

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from formats.blips import Blip, blips
from formats.carving import between, texts_in
from formats.doc97.fib import DOC_LIES
from formats.doc97.tables import strings
from formats.officeart import is_word_art, label_of, shapes
from formats.reading import Part, Place, Segment

# 2.9.158: a picture whose file's name stands before its shape.
_NAMED = 0x66
# 2.9.78: how every FFData begins, and the kind that is a list to choose from.
_FORM, _CHOICE = 0xFFFFFFFF, 2
# 2.9.174: a drawing of the text or (1) of the headers.
_LABELLED = (b"\0\x0f\0\x02\xf0", b"\1\x0f\0\x02\xf0")
_BEGINNINGS = re.compile(rb"\xff\xd8\xff[\xc0-\xef]|\x89PNG\r\n|GIF8[79]a| EMF\x00\x00\x01\x00")


class Art(NamedTuple):
    """What shapes say; `broken`: in how many places their drawing is."""

    segments: list[Segment]
    broken: int


class DataStream:
    """Reads what the text points at; `left_behind` is what it does not point at any more.

    `broken`: in how many places what it points at is.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.broken = 0
        self.blips: list[Blip] = []
        self._read: list[tuple[int, int]] = []

    def picture(self, at: int) -> list[Segment]:
        """2.9.192 PICF: the name and description of a picture in the text."""
        try:
            size, header, kind = struct.unpack_from("<iHh", self._data, at)
        except DOC_LIES:
            size = header = kind = 0
        end = at + size
        if size <= header or end > len(self._data):
            self.blips.append(Blip(b"", vector=True))
            return []
        self._read.append((at, end))
        begin = at + header
        named: list[Segment] = []
        if kind == _NAMED and begin < end:
            name = self._data[begin + 1 : begin + 1 + self._data[begin]]
            if said := name.decode("gb18030", "replace").strip("\0 "):
                place = Place(Part.LINK, path=f"Data/{at}")
                named.append(Segment(place, said, visible=False, note="图片的文件名"))
            begin += 1 + self._data[begin]
        art = self._data[begin:end]
        kept = list(blips(art))
        self.blips += kept or [Blip(b"", vector=True)]
        told = drawn(art, f"Data/{at}")
        self.broken += told.broken
        return named + told.segments

    def form(self, at: int) -> list[Segment]:
        """2.9.158: what a form field or link keeps unseen: default text, help, address."""
        try:
            size, header = struct.unpack_from("<iH", self._data, at)
        except DOC_LIES:
            self.broken += 1
            return []
        end = at + max(0, size)
        self._read.append((at, end))
        place = Place(Part.FIELD, path=f"Data/{at}")
        kept = self._data[at + header : end]
        texts, whole = form_texts(kept)
        self.broken += end > len(self._data) or not whole
        return [
            Segment(place._replace(paragraph=n), text, visible=False, note="域里的数据")
            for n, text in enumerate(texts, 1)
        ]

    def left_behind(self) -> Iterator[bytes]:
        """The stretches nothing in the text points at."""
        return between(self._data, self._read)

    def pictures_left(self) -> int:
        """How many pictures stand where nothing points: taken out of the text, not of the file."""
        return sum(len(_BEGINNINGS.findall(piece)) for piece in self.left_behind())

    def words_left(self) -> Iterator[Segment]:
        """Texts in stretches up to a picture: what deleted fields kept, names of files."""
        pieces = (_BEGINNINGS.split(piece, maxsplit=1)[0] for piece in self.left_behind())
        found = dict.fromkeys(text for piece in pieces for text in texts_in(piece))
        for number, text in enumerate(found, 1):
            place = Place(Part.REVISION_HISTORY, paragraph=number, path="Data")
            yield Segment(place, text, visible=False, note="删除后仍留在文件里的文字")


class Kept(NamedTuple):
    """The texts a field keeps; `whole`: nothing in it breaks off."""

    texts: list[str]
    whole: bool


def form_texts(data: bytes) -> Kept:
    """2.9.78 FFData: name, default, format, help, hint, macros, and what can be chosen; a name of
    two characters too. Of other data, or where it breaks off, the texts in its bytes."""
    found, whole = list[str](), True
    try:
        version, bits = struct.unpack_from("<IH", data)
        if version != _FORM:
            return Kept(list(texts_in(data)), whole=True)
        at = 10
        for number in range(7):
            if number == 1 and bits & 3:  # a box or a list has a number for its default
                at += 2
                continue
            (length,) = struct.unpack_from("<H", data, at)
            found.append(data[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace"))
            at += 4 + 2 * length
        if bits & 3 == _CHOICE:
            chosen = strings(data[at:], "utf-16-le")
            found += chosen.texts
            whole = chosen.whole
    except DOC_LIES:
        found += texts_in(data)
        whole = False
    return Kept([text for text in dict.fromkeys(found) if text.strip("\0 ")], whole)


def joined(content: bytes) -> bytes:
    """2.9.172 OfficeArtContent without the byte that stands before each drawing (2.9.174)."""
    found, at = [], 0
    while at + 8 <= len(content):
        at += content.startswith(_LABELLED, at)
        length = int.from_bytes(content[at + 4 : at + 8], "little")
        found.append(content[at : at + 8 + length])
        at += 8 + length
    return b"".join(found)


def drawn(data: bytes, path: str) -> Art:
    """Names, descriptions and word art of shapes ([MS-ODRAW])."""
    segments: list[Segment] = []
    found, broken = shapes(data)
    for shape in found:
        for prop, text in shape.texts:
            if text:
                art = is_word_art(prop)
                part = Part.TEXTBOX if art else Part.ALT_TEXT
                place = Place(part, paragraph=len(segments) + 1, path=path)
                segments.append(Segment(place, text, art and not shape.hidden, label_of(prop)))
    return Art(segments, broken)
