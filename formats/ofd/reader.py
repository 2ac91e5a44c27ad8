"""An OFD file as segments: the lines of its pages, seen or unseen, then all else it carries."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import BinaryIO

from lxml import etree

from formats import ocr
from formats.budget import Budget
from formats.damage import damage
from formats.ofd import annotations, beside, lines, strays
from formats.ofd.archive import Archive, child, children, local, text, within
from formats.ofd.document import Document, PageRef
from formats.ofd.drawing import Canvas, Drawn, share
from formats.ofd.lines import points
from formats.pictures import reader as pictures
from formats.reading import Kind, Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable
from formats.unsaid import Said, unsaid

_DAMAGED = "OFD 文件缺少主文档，打不开。请在阅读器中打开并另存，或向来单位重新索取。"
_LOCKED = "这个 OFD 文件加了密，无法读取。请取得许可、解密后再放入。"
# Only so many areas, the largest, are compared with each run of text.
_MOST_AREAS = 300


def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """The whole file. Raises Unreadable when there is no document in it; damage elsewhere is a
    trouble and makes the reading partial."""
    archive = Archive(source, budget)
    top = archive.find("", "OFD.xml")
    if top is None:
        raise Unreadable(TroubleCode.DAMAGED, _DAMAGED)
    root = archive.xml(top)
    if archive.find("", "Encryptions.xml") or child(root, "Encryptions") is not None:
        raise Unreadable(TroubleCode.ENCRYPTED, _LOCKED)
    gathered = _Gathered(archive, budget)
    bodies = list(children(root, "DocBody"))
    for body in bodies:
        gathered.guard(top, partial(gathered.body, body))
    if not gathered.documents:
        raise Unreadable(TroubleCode.DAMAGED, _DAMAGED)
    gathered.add(*strays.read(archive))
    names = [name for name in archive.names if name.casefold().endswith(".xml")]
    gathered.add([*unsaid(names, archive.read, gathered.segments)])
    troubles = (*gathered.all_troubles(), *gathered.troubles)
    return Reading(
        kind,
        tuple(gathered.segments),
        troubles,
        gathered.pages,
        any(t.code is not TroubleCode.LEFT_OUT for t in troubles),
        tuple(gathered.scanned),
    )


class _Gathered:
    """What was found so far, of one document after the other; pages are counted through."""

    def __init__(self, archive: Archive, budget: Budget) -> None:
        self.archive = archive
        self.budget = budget
        self.segments: list[Segment] = []
        self.troubles: list[Trouble] = []
        self.pages = 0
        self.documents = 0
        self.scanned: list[int] = []
        self._unread: list[Trouble] = []
        self._broken: list[int] = []
        self._covered: list[int] = []
        self._seen: set[str] = set()

    def add(self, segments: Iterable[Segment], troubles: Iterable[Trouble] = ()) -> None:
        """More of both."""
        before = len(self.segments)
        self.segments += segments
        self.troubles += troubles
        self.budget.spend_segments(len(self.segments) - before)

    def guard(self, name: str, act: Callable[[], object]) -> None:
        """Do `act`; damage becomes a trouble. Raises Unreadable(TOO_BIG)."""
        self.troubles += damage(name, act)

    def body(self, body: etree._Element) -> None:
        """One DocBody: its document, its earlier versions, its seals. Raises Unreadable."""
        self.add(beside.properties(child(body, "DocInfo")))
        name = self.archive.find("OFD.xml", within(body, "DocRoot"))
        if name is None:
            raise Unreadable(TroubleCode.DAMAGED, _DAMAGED)
        self._document(Document(self.archive, name))
        self.documents += 1
        current = frozenset(s.text for s in self.segments)
        for version in children(child(body, "Versions"), "Version"):
            location = version.get("BaseLoc", "")
            self.guard(location, partial(self._version, location, current))
        seals = within(body, "Signatures")
        self.guard(seals, lambda: self.add(*beside.seals(self.archive, seals)))

    def _document(self, document: Document) -> None:
        """One document: its pages, then what stands beside them."""
        pages = document.pages()
        self.budget.check_pages(self.pages + len(pages))
        notes: dict[str, list[annotations.Note]] = {}
        self.guard(document.name, lambda: notes.update(annotations.of_pages(document)))
        used: set[str] = set()
        for page in pages:
            self.pages += 1
            try:
                self._page(document, page, notes.get(page.id, []))
                used |= document.templates_of(page)
            except Unreadable as error:
                if error.code is TroubleCode.TOO_BIG:
                    raise
                self._broken.append(self.pages)
        root, name, archive = document.root, document.name, self.archive
        self.guard(name, lambda: self._unused(document, used))
        self.add(beside.outline(root, name))
        self.add(beside.links(child(root, "Actions"), Place(Part.LINK, path=name)))
        self.guard(name, lambda: self.add(beside.custom_tags(archive, name, root)))
        self.guard(name, lambda: self.add(beside.extensions(archive, name, root)))
        self.guard(name, lambda: self.add(*annotations.attachments(document)))
        for part in document.broken:
            text = f"文件内部的 {part} 已损坏，没有读到。请在阅读器中打开核对。"
            self.troubles.append(Trouble(TroubleCode.DAMAGED, text, Place(Part.HIDDEN, path=part)))

    def _page(self, document: Document, page: PageRef, notes: list[annotations.Note]) -> None:
        number = self.pages
        canvas, area = document.drawing(page)
        above = Canvas.above(canvas)
        for note in notes:
            annotations.appearance(note, above)
        drawn = [*canvas.drawn, *above.drawn]
        largest = sorted(drawn, key=_size, reverse=True)[:_MOST_AREAS]
        found = lines.lines(canvas.runs, sorted(largest, key=lambda d: d.order), area)
        self.add(
            Segment(
                Place(line.part, page=number, paragraph=at, box=line.box),
                line.text,
                line.part is Part.BODY,
                line.note,
            )
            for at, line in enumerate(found, 1)
        )
        self.add(annotations.segments(notes, number, len(found) + 1))
        for actions in (*canvas.actions, *above.actions):
            self.add(beside.links(actions, Place(Part.LINK, page=number, path=page.name)))
        if any(line.part is Part.COVERED_TEXT for line in found):
            self._covered.append(number)
        shown = [d for d in drawn if d.resource]
        for picture in shown:
            self._picture(document, picture, number, area)
        if shown and not any(line.part is Part.BODY for line in found):
            self.scanned.append(number)

    def _picture(self, document: Document, picture: Drawn, page: int, area: ocr.Box) -> None:
        name = document.media.get(picture.resource)
        place = Place(Part.IMAGE, page=page, path=name, box=points(picture.box))
        if name is None:
            self._unread.append(Trouble(TroubleCode.NEEDS_OCR, "图片不在文件里。", place))
        elif name not in self._seen:
            self._seen.add(name)
            seen = not picture.faint and share(picture.box, area) > 0
            self._read_picture(name, place, points(picture.box), visible=seen)

    def _read_picture(
        self, name: str, place: Place, frame: ocr.Box | None, *, visible: bool, note: str = ""
    ) -> None:
        def act() -> None:
            data = self.archive.read(name)
            found = ocr.text_of(self.budget, data, place, visible=visible, note=note, frame=frame)
            self.add(found.segments)
            self._unread.extend(found.troubles)
            self.add(*pictures.beside(data, self.budget, place))

        self.guard(name, act)

    def _unused(self, document: Document, used: set[str]) -> None:
        """Templates and pictures that no page shows."""
        for name, root in document.unused_templates(used):
            self.add(strays.texts(root, name, "没有页面使用的模板"))
        said = Said(tuple(self.segments))
        drawn = (e for unit in document.composites.values() for e in unit.iter(etree.Element))
        lost = [text(e) for e in drawn if local(e) == "TextCode" and not said.has(text(e))]
        for number, line in enumerate(lost, 1):
            place = Place(Part.HIDDEN, paragraph=number, path=document.name)
            self.add([Segment(place, line, visible=False, note="没有页面使用的图形")])
        for name in sorted(set(document.media.values()) - self._seen):
            self._seen.add(name)
            place = Place(Part.IMAGE, path=name)
            self._read_picture(name, place, None, visible=False, note="没有页面使用的图片")

    def _version(self, location: str, current: frozenset[str]) -> None:
        """An earlier state of the document: what it says and the current one does not."""
        name = self.archive.find("OFD.xml", location)
        if name is None:
            return
        root = self.archive.xml(name)
        inner = self.archive.find("OFD.xml", within(root, "DocRoot"))
        if inner is None:
            return
        earlier = Document(self.archive, inner)
        note = " ".join(x for x in ("历史版本", root.get("Name", ""), root.get("CreationDate", ""))
                        if x)  # fmt: skip
        for at, page in enumerate(earlier.pages(), 1):
            canvas, area = earlier.drawing(page)
            for number, line in enumerate(lines.lines(canvas.runs, (), area), 1):
                if line.text not in current:
                    place = Place(Part.REVISION_HISTORY, page=at, paragraph=number, path=inner)
                    self.add([Segment(place, line.text, visible=False, note=note)])

    def all_troubles(self) -> list[Trouble]:
        """Those of pages and pictures, as one sentence a reason."""
        found = ocr.together(self._unread, self.pages)
        if self._broken:
            text = f"第 {ocr.ranges(self._broken)} 页已损坏，没有读到。请在阅读器中打开核对。"
            place = Place(Part.BODY, page=self._broken[0])
            found.append(Trouble(TroubleCode.DAMAGED, text, place))
        if self._covered:
            text = (
                f"第 {ocr.ranges(self._covered)} 页上有文字被图形或图片盖住，文字仍在文件里，"
                "复制就能取得。请从原稿中删去文字后重新导出。"
            )
            place = Place(Part.COVERED_TEXT, page=self._covered[0])
            found.append(Trouble(TroubleCode.BAD_REDACTION, text, place))
        return found


def _size(drawn: Drawn) -> float:
    left, top, right, bottom = drawn.box
    return (right - left) * (bottom - top)
