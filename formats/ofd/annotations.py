"""Annotations of OFD pages (GB/T 33190-2016, 15) and files that ride along (20)."""

import io
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from formats.ofd.archive import Archive, child, children, local, text, within
from formats.ofd.colours import numbers, truth
from formats.ofd.document import Document
from formats.ofd.drawing import Canvas, Matrix
from formats.ofd.lines import points
from formats.opening import read_stream, shown
from formats.reading import Part, Place, Segment, Trouble, TroubleCode, Unreadable

_TYPES = {"Link": "链接", "Path": "图形", "Highlight": "高亮", "Stamp": "签章", "Watermark": "水印"}


class Note(NamedTuple):
    """One annotation of a page."""

    element: etree._Element
    part: str
    visible: bool


def of_pages(document: Document) -> dict[str, list[Note]]:
    """The annotations by page id. Raises Unreadable."""
    archive = document.archive
    listing = archive.find(document.name, within(document.root, "Annotations"))
    found: dict[str, list[Note]] = {}
    if listing is None:
        return found
    for page in children(archive.xml(listing), "Page"):
        name = archive.find(listing, within(page, "FileLoc"))
        if name is None:
            continue
        notes = found.setdefault(page.get("PageID", ""), [])
        for element in children(archive.xml(name), "Annot"):
            notes.append(Note(element, name, truth(element, "Visible", usual=True)))
    return found


def appearance(note: Note, canvas: Canvas) -> None:
    """Draw what an annotation shows, above the page. Raises Unreadable(TOO_BIG)."""
    look = child(note.element, "Appearance")
    if look is not None:
        corner = numbers(look.get("Boundary"))[:2]
        matrix = Matrix(e=corner[0], f=corner[1]) if len(corner) == 2 else Matrix()
        canvas.draw(look, matrix, _label(note.element), faint=not note.visible)


def segments(notes: list[Note], page: int, first: int) -> Iterator[Segment]:
    """Remarks, parameters and the texts that the annotations draw, numbered from `first`."""
    for number, note in enumerate(notes, first):
        look = child(note.element, "Appearance")
        corner = numbers(look.get("Boundary")) if look is not None else []
        box = None
        if len(corner) == 4:
            left, top, wide, high = corner
            box = points((left, top, left + wide, top + high))
        place = Place(Part.ANNOTATION, page=page, paragraph=number, path=note.part, box=box)
        label = _label(note.element)
        said = within(note.element, "Remark")
        if said:
            yield Segment(place, said, visible=False, note=label)
        for parameter in children(child(note.element, "Parameters"), "Parameter"):
            if text(parameter):
                told = f"{label} {parameter.get('Name', '')}".strip()
                yield Segment(place, text(parameter), visible=False, note=told)
        drawn = " ".join(
            text(each) for each in (look.iter(etree.Element) if look is not None else ())
            if local(each) == "TextCode" and text(each)
        )  # fmt: skip
        if drawn:
            yield Segment(
                place, drawn, note.visible, label if note.visible else f"{label}（不显示）"
            )


def _label(element: etree._Element) -> str:
    kind = element.get("Type", "")
    who = element.get("Creator", "")
    when = element.get("LastModDate", "")
    return " ".join(x for x in ("注释", _TYPES.get(kind, kind), who, when) if x)


def attachments(document: Document) -> tuple[list[Segment], list[Trouble]]:
    """Files inside the file, each read in turn with its name as `place.member`.

    Raises Unreadable.
    """
    archive = document.archive
    listing = archive.find(document.name, within(document.root, "Attachments"))
    found: list[Segment] = []
    troubles: list[Trouble] = []
    if listing is None:
        return found, troubles
    for number, element in enumerate(children(archive.xml(listing), "Attachment"), 1):
        name = archive.find(listing, within(element, "FileLoc"))
        title = element.get("Name", "") or (name or "").rpartition("/")[2]
        place = Place(Part.ATTACHMENT, paragraph=number, path=name)
        hidden = "" if truth(element, "Visible", usual=True) else "（不显示）"
        found.append(Segment(place, shown(title), visible=False, note=f"附件的文件名{hidden}"))
        if name is None:
            troubles.append(_unread(title, "附件不在文件里。", TroubleCode.DAMAGED))
            continue
        more, worse = inside(archive, name, _full(title, name, element))
        found += more
        troubles += worse
    return found, troubles


def _full(title: str, name: str, element: etree._Element) -> str:
    """The attachment's name with a suffix: its title often has none."""
    if "." in title:
        return title
    suffix = (
        name.rpartition(".")[2] if "." in name.rpartition("/")[2] else element.get("Format", "")
    )
    return f"{title}.{suffix}" if suffix else title


def inside(archive: Archive, name: str, title: str) -> tuple[list[Segment], list[Trouble]]:
    """One file inside the file, read in turn. Raises Unreadable(TOO_BIG)."""
    try:
        with archive.budget.deeper():
            reading = read_stream(io.BytesIO(archive.read(name)), archive.budget, title)
    except Unreadable as error:
        if error.code is TroubleCode.TOO_BIG:
            raise
        return [], [_unread(title, error.text, error.code)]
    found = []
    for segment in reading.segments:
        inner = segment.place.member
        if segment.place.part is Part.NAME and inner is None:
            continue
        place = segment.place._replace(member="/".join(x for x in (shown(title), inner) if x))
        found.append(segment._replace(place=place, visible=False))
    troubles = [
        Trouble(t.code, f"OFD 里的“{shown(title)}”：{t.text}", t.place) for t in reading.troubles
    ]
    return found, troubles


def _unread(title: str, why: str, code: TroubleCode) -> Trouble:
    return Trouble(
        code,
        f"OFD 里的“{shown(title)}”没有读成：{why}",
        Place(Part.ATTACHMENT, member=shown(title)),
    )
