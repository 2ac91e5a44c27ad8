"""Pictures made of lines: the words they draw, and what they carry that nobody sees."""

from typing import NamedTuple

from lxml import etree

from formats import metafiles, xml
from formats.carving import texts_in
from formats.ooxml.properties import words
from formats.reading import Part, Place, Segment, TroubleCode, Unreadable

# How StarView metafiles begin, which LibreOffice keeps beside objects.
_STARVIEW = b"VCLMTF"


class Vector(NamedTuple):
    """`words` are drawn, `beside` is not; not `whole`, it breaks off or holds pictures of dots."""

    words: str = ""
    beside: str = ""
    whole: bool = True


UNREAD = "矢量图有损坏，或含有没有读出的图片。请人工查看。"


def vector(data: bytes, name: str) -> Vector | None:
    """What a drawing says; None for pictures of dots. Raises Unreadable(TOO_BIG)."""
    if name.casefold().endswith(".svg"):
        return _svg(data, name)
    if metafiles.kind_of(data):
        return Vector(*metafiles.told(data))
    if data.startswith(_STARVIEW):
        return Vector("\n".join(texts_in(data)))
    return None


def _svg(data: bytes, name: str) -> Vector:
    try:
        root = xml.parse(xml.without_doctype(data), name)
    except Unreadable as error:
        if error.code is TroubleCode.TOO_BIG:
            raise
        return Vector(beside=xml.without_tags(data), whole=False)
    drawn = words(root)
    values = [str(v) for e in root.iter(etree.Element) for v in e.attrib.values()]
    beside = dict.fromkeys(value for value in values if not value.isascii())
    dots = any(value.startswith("data:") for value in values)
    return Vector(drawn, "\n".join((*beside, *xml.comments(data))), whole=not dots)


def segments(drawing: Vector, place: Place, *, visible: bool) -> list[Segment]:
    """Its words, and what it carries beside them; `place` is the picture's."""
    found = []
    if drawing.words:
        drawn = place._replace(paragraph=0)
        found.append(Segment(drawn, drawing.words, visible, "矢量图里的文字"))
    if drawing.beside:
        unseen = place._replace(part=Part.METADATA, paragraph=1)
        note = "矢量图里不画出的文字"
        found.append(Segment(unseen, drawing.beside, visible=False, note=note))
    return found
