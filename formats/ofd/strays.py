"""Parts of an OFD file that no other part points at: nobody sees them, and they travel along."""

from collections.abc import Iterator

from lxml import etree

from formats.ofd import annotations
from formats.ofd.archive import Archive, local, text
from formats.ofd.beside import data_of
from formats.reading import Part, Place, Segment, Trouble, TroubleCode, Unreadable

_FONTS = (b"\0\1\0\0", b"OTTO", b"true", b"ttcf", b"\1\0\4")


def read(archive: Archive) -> tuple[list[Segment], list[Trouble]]:
    """Every part not reached so far. Raises Unreadable(TOO_BIG)."""
    segments: list[Segment] = []
    troubles: list[Trouble] = []
    for name in archive.names:
        if name in archive.reached:
            continue
        try:
            data = archive.read(name)
            if data.startswith(_FONTS) or not data:
                continue
            if name.casefold().endswith(".xml"):
                segments += texts(archive.xml(name), name, "没有引用的部分")
                continue
        except Unreadable as error:
            if error.code is TroubleCode.TOO_BIG:
                raise
            troubles.append(Trouble(error.code, error.text, Place(Part.HIDDEN, path=name)))
            continue
        place = Place(Part.EMBEDDED, path=name)
        title = name.rpartition("/")[2]
        segments.append(Segment(place, title, visible=False, note="没有引用的部分"))
        more, worse = annotations.inside(archive, name, title)
        segments += more
        troubles += worse
    return segments, troubles


def texts(root: etree._Element, name: str, note: str) -> Iterator[Segment]:
    """The drawn texts of a part that no page shows; all its words where it draws nothing."""
    number = 0
    for element in root.iter(etree.Element):
        if local(element) == "TextCode" and text(element):
            number += 1
            place = Place(Part.HIDDEN, paragraph=number, path=name)
            yield Segment(place, text(element), visible=False, note=note)
    if not number:
        yield from data_of(root, name, note, Part.HIDDEN)
