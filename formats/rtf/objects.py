"""What an RTF file carries as bytes: pictures, embedded files, Word's store of custom XML."""

import io
import struct

from formats.budget import Budget
from formats.carving import texts_in
from formats.compound import compound
from formats.containers.members import Members
from formats.oleparts import OleParts
from formats.ooxml import vectors
from formats.ooxml.embedded import read_embedded
from formats.opening import read_stream
from formats.reading import Part, Place, Segment, Trouble, TroubleCode, Unreadable
from formats.rtf.frames import Capture

_LIES = (IndexError, ValueError, struct.error)
_BLIPS = {"pngblip": ".png", "jpegblip": ".jpg"}
_DRAWN = "文中有 {} 张矢量图或旧格式图片，图上的文字没有识别。请人工逐张查看。"
_CUT = "{}的数据有损坏，没有读全。请在 WPS 或 Word 中打开核对。"
_EMBEDDED = 2
_COMPOUND = b"\xd0\xcf\x11\xe0"


class Carried:
    """Reads them one after the other."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.pictures = Members(budget, "文中的图片")
        self.segments: list[Segment] = []
        self.troubles: list[Trouble] = []
        self._drawn = 0
        self._count = 0
        self._read_before: set[bytes] = set()

    def take(self, capture: Capture, data: bytes, kind: str) -> None:
        """What one destination of bytes holds; `kind` is the class of an object."""
        match capture.word:
            case "pict":
                self.picture(data, frozenset(capture.words))
            case "objdata":
                self.embedded(data, kind)
            case "datastore":
                self.store(data)
            case _:
                self.field(data)

    def picture(self, data: bytes, words: frozenset[str]) -> None:
        """A \\pict group's bytes; `words` are the control words in it."""
        suffix = next((_BLIPS[w] for w in words if w in _BLIPS), "")
        if not data:
            return
        self._count += 1
        name = f"图片{self._count}{suffix}"
        if not suffix:
            self._drawn += 1
            place = Place(Part.IMAGE, member=name)
            self.segments.append(Segment(place, name, visible=True, note="图片未识别"))
            if (drawing := vectors.vector(data, name)) is not None:
                self.segments += vectors.segments(drawing, place, visible=True)
            return
        self.budget.spend_entries()
        if data in self._read_before:  # a seal or a logo on every page
            return
        self._read_before.add(data)
        self.budget.spend_bytes(len(data))
        self.pictures.take(data, self.pictures.named(name), name)

    def embedded(self, data: bytes, kind: str) -> None:
        """An \\objdata group's bytes ([MS-OLEDS] 2.2.4, 2.2.5); `kind` is the class it names."""
        self._count += 1
        path = f"对象{self._count}"
        self.budget.spend_entries()
        self.budget.spend_bytes(len(data))
        try:
            form = struct.unpack_from("<I", data, 4)[0]
            words, at = [], 8
            for _ in range(3):
                size = struct.unpack_from("<I", data, at)[0]
                raw = data[at + 4 : at + 4 + size].rstrip(b"\0")
                words.append(raw.decode("gb18030", "replace"))
                at += 4 + size
            native = b""
            if form == _EMBEDDED:
                size = struct.unpack_from("<I", data, at)[0]
                native = data[at + 4 : at + 4 + size]
                at += 4 + size
        except _LIES:
            words, native, at = [], data, len(data) + 1
        if at > len(data):
            self._broken(path)
        # A picture of the object, which programs show until it is opened; of a link, more of it.
        self._beside(data[at:], path)
        if len(words) == 3 and "".join(words[1:]).strip():
            place = Place(Part.LINK, member=path)
            text = " ".join(w for w in words[1:] if w)
            self.segments.append(Segment(place, text, visible=False, note="对象链接的文件"))
        if not native:
            return
        if (words[:1] == ["Package"] or kind == "Package") and not native.startswith(_COMPOUND):
            # 2.3.6 wraps the same bytes in a stream; in it the one reader of packages finds them.
            stream = struct.pack("<I", len(native)) + native
            native = compound({"\x01Ole10Native": stream})
        inside = read_embedded(native, path, self.budget)
        self.segments += inside.segments
        self.troubles += inside.troubles

    def field(self, data: bytes) -> None:
        """A \\datafield group's bytes: what a program keeps of a field."""
        self._count += 1
        self._beside(data, f"域{self._count}")

    def _beside(self, data: bytes, path: str) -> None:
        for number, text in enumerate(texts_in(data), 1):
            place = Place(Part.EMBEDDED, member=path, paragraph=number)
            self.segments.append(Segment(place, text, visible=False, note="对象旁边的数据"))

    def _broken(self, path: str) -> None:
        place = Place(Part.EMBEDDED, member=path)
        self.troubles.append(Trouble(TroubleCode.DAMAGED, _CUT.format(path), place))

    def store(self, data: bytes) -> None:
        """\\*\\datastore: custom XML parts as streams of a compound file ([MS-OSHARED] 2.3.6)."""
        try:
            parts = OleParts(io.BytesIO(data), self.budget)
            items = [(name, parts.read(name)) for name in parts.names]
        except Unreadable as error:
            if error.code is TroubleCode.TOO_BIG:
                raise
            text = f"文件里的自定义数据没有读取：{error.text}"
            self.troubles.append(Trouble(error.code, text, Place(Part.VARIABLE)))
            return
        sealed = Members(self.budget, "自定义数据", sealed=True)
        self._beside(b"\0\0".join(parts.loose()), "自定义数据")
        if parts.cut:
            self._broken("自定义数据")
        for name, item in items:
            if item.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n").startswith(b"<"):
                try:
                    reading = read_stream(io.BytesIO(item), self.budget, "item.xml")
                except Unreadable as error:
                    sealed.refuse(error, name)
                    self._beside(item, name)
                else:
                    sealed.add(reading, name)
            else:
                self._beside(item, name)
        self.segments += sealed.segments
        self.troubles += sealed.troubles

    def finish(self) -> None:
        """What is told once at the end."""
        self.segments += self.pictures.segments
        self.troubles += self.pictures.troubles
        if self._drawn:
            text = _DRAWN.format(self._drawn)
            self.troubles.append(Trouble(TroubleCode.NEEDS_OCR, text, Place(Part.IMAGE)))
