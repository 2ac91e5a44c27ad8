"""Blocks of a picture file that no program needs to show it: whatever stands in them is read."""

import struct
from collections.abc import Iterator

from formats.carving import texts_in
from formats.pictures.notes import decoded, gif_blocks, is_written, jpeg_segments, png_chunks
from formats.reading import Part, Place, Segment

# PNG 1.2 and its extensions; what of them holds words is read as notes.
_PNG = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD hIST pHYs sPLT tIME eXIf acTL fcTL "
    b"fdAT tEXt zTXt iTXt oFFs pCAL sCAL sTER vpAg caNv orNT iDOT cICP mDCv cLLi".split()
)
_WEBP = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"EXIF", b"XMP ", b"ICCP"))
# How the application segments of a JPEG begin that are read elsewhere or hold no words.
_JPEG = (b"JFIF\0", b"JFXX\0", b"Exif\0", b"http://ns.adobe.com/", b"ICC_PROFILE\0", b"MPF\0",
         b"Photoshop 3.0\0", b"Adobe", b"FPXR\0", b"AVI1", b"Ducky")  # fmt: skip
_GIF = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"XMP DataXMP", b"ICCRGBG1012")
# Behind the numbers of the notes.
_FIRST = 1001
_APPLICATION, _LAST_APPLICATION, _COMMENT = 0xE0, 0xEF, 0xFE


def read(data: bytes) -> Iterator[Segment]:
    """The words of each block nobody knows."""
    number = _FIRST
    for name, body in _blocks(data):
        text = decoded(body)
        for said in (text,) if text and is_written(text) else texts_in(body):
            place = Place(Part.METADATA, paragraph=number)
            yield Segment(place, said, visible=False, note=f"图片里的附加数据（{name}）")
            number += 1


def _blocks(data: bytes) -> Iterator[tuple[str, bytes]]:
    if data.startswith(b"\x89PNG"):
        yield from ((decoded(kind), body) for kind, body in png_chunks(data) if kind not in _PNG)
    elif data.startswith(b"\xff\xd8"):
        for marker, body in jpeg_segments(data):
            if _APPLICATION <= marker <= _LAST_APPLICATION and not body.startswith(_JPEG):
                yield f"APP{marker - _APPLICATION}", body
    elif data.startswith(b"GIF8"):
        for label, body in gif_blocks(data):
            if label != _COMMENT and not body.startswith(_GIF):
                yield "GIF", body
    elif data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        at, end = 12, min(8 + struct.unpack_from("<I", data, 4)[0], len(data))
        while at + 8 <= end:
            kind, size = struct.unpack_from("<4sI", data, at)
            if kind not in _WEBP:
                yield decoded(kind), data[at + 8 : at + 8 + size]
            at += 8 + size + size % 2
