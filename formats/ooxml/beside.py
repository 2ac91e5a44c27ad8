"""Reads the parts beside a document's own text: pictures, files, macros, properties, leftovers."""

import io
from collections.abc import Callable, Collection, Sequence
from functools import partial

from lxml import etree

from formats import xml
from formats.budget import Budget
from formats.damage import damage
from formats.ooxml import parts, properties, vectors
from formats.ooxml.embedded import Inside, is_picture, read_embedded
from formats.package import Package
from formats.reading import Part, Place, Segment, Trouble, TroubleCode, Unreadable
from formats.unsaid import MOST, unsaid

_XML_PARTS: dict[str, Callable[[etree._Element, str], list[Segment]]] = {
    "core-properties": properties.properties,
    "extended-properties": properties.properties,
    "custom-properties": properties.properties,
    "customXml": properties.custom_xml,
    "people": properties.people,
    "control": properties.custom_xml,
}


class Beside:
    """Gathers `segments` and `troubles` of one package's side parts, one part after the other.

    `page` is the number of the slide a part belongs to, None where pages are not fixed.
    """

    def __init__(self, package: Package, budget: Budget) -> None:
        self.package = package
        self.budget = budget
        self.segments: list[Segment] = []
        self.troubles: list[Trouble] = []
        self._unread: dict[str, list[Trouble]] = {}

    def guard(self, name: str, act: Callable[[], object], part: Part = Part.HIDDEN) -> None:
        """Do `act` for the part `name`; damage becomes a trouble. Raises Unreadable(TOO_BIG)."""
        self.troubles += damage(name, act, part)

    def read(
        self, name: str, kind: str, page: int | None = None, *, visible: bool, note: str = ""
    ) -> None:
        """A part by the kind of the relationship that leads to it. Raises Unreadable.

        `visible`: what stands where the part is used can be seen; `note` is said of a picture.
        """
        if kind in _XML_PARTS and _is_xml(name):
            self.add(_XML_PARTS[kind](self.package.xml(name), name))
            self.remarks(name)
        elif kind in parts.PICTURES:
            self.picture(name, page, visible=visible, note=note)
        elif kind == "thumbnail":
            self._say(Part.THUMBNAIL, name, "保存时生成的首页小图")
        elif kind in parts.SCRIPTS:
            self._say(Part.SCRIPT, name, "宏或自定义命令")
            self._script(name)
        elif kind in parts.MEDIA:
            self._media(name, page)
        elif kind in parts.FILES and not _is_xml(name):
            self.file(name, page)
        else:
            self.loose(name)

    def loose(self, name: str) -> None:
        """A part that nothing points at, or of a kind nobody knows. Raises Unreadable(TOO_BIG)."""
        self.guard(name, partial(self._loose, name))

    def _loose(self, name: str) -> None:
        if self.package.content_type(name).startswith("image/"):
            self.picture(name, visible=False)
        elif _is_xml(name):
            try:
                self.add(properties.leftovers(self.package.xml(name), name))
                self.remarks(name)
            except Unreadable as error:
                if error.code is TroubleCode.TOO_BIG:
                    raise
                self.file(name)
        else:
            self.file(name)

    def unsaid(self, own: Collection[str], segments: Sequence[Segment]) -> None:
        """What XML parts hold that is in none of these segments; parts in `own` look themselves."""
        names = (
            name
            for name in self.package.names
            if _is_xml(name) and name not in own and self.package.size(name) <= MOST
        )
        self.add(list(unsaid(names, self.package.read, segments)))

    def remarks(self, name: str, page: int | None = None) -> None:
        """What XML comments in a part say."""
        if said := xml.comments(xml.readable(self.package.read(name), name)):
            place = Place(Part.SCRIPT, page=page, path=name)
            self.add([Segment(place, "\n".join(said), visible=False, note="XML 注释")])

    def shaping(self, name: str) -> None:
        """A part that only shapes the document; told if it holds any text at all."""
        data = xml.readable(self.package.read(name), name)
        if properties.may_stray(data):
            self.add(properties.strays(xml.parse(data, name), name))
            self.remarks(name)

    def add(self, segments: list[Segment]) -> None:
        """Keep segments that are ready."""
        self.budget.spend_segments(len(segments))
        self.segments += segments

    def picture(
        self, name: str, page: int | None = None, *, visible: bool = True, note: str = ""
    ) -> None:
        """A picture: its name, what it carries, and the text on it where recognition is on."""
        from formats import ocr  # Pillow: only documents with pictures pay for it
        from formats.pictures import reader as pictures

        place = Place(Part.IMAGE, page=page, path=name)
        note = note if visible else "文档没有显示的图片"
        self.add([Segment(place, name.rpartition("/")[2], visible, note)])
        data = self.package.read(name)
        drawing = vectors.vector(data, name)
        if drawing is not None:
            self.add(vectors.segments(drawing, place, visible=visible))
        if name.casefold().endswith(".svg"):
            if drawing is not None and not drawing.whole:
                self.troubles.append(Trouble(TroubleCode.NEEDS_OCR, vectors.UNREAD, place))
            return
        if drawing is None and not is_picture(data):
            self.file(name, page)
        read = ocr.text_of(self.budget, data, place, visible=visible, note=note)
        carried = pictures.beside(data, self.budget, place)
        self.segments += (*read.segments, *carried.segments)
        for trouble in (*read.troubles, *carried.troubles):
            self._unread.setdefault(trouble.text, []).append(trouble)

    def file(self, name: str, page: int | None = None, *, visible: bool = False) -> None:
        """An embedded file, opened in turn. Raises Unreadable(TOO_BIG)."""
        inside = read_embedded(self.package.read(name), name, self.budget, visible=visible)
        if page is not None:
            inside = Inside(
                [s._replace(place=s.place._replace(page=page)) for s in inside.segments],
                inside.troubles,
            )
        self.segments += inside.segments
        self.troubles += inside.troubles

    def all_troubles(self) -> list[Trouble]:
        """The troubles met; what is said of many pictures is said once."""
        found = []
        for text, alike in self._unread.items():
            many = f"文中有 {len(alike)} 张图片需要人工逐张查看：" if len(alike) > 1 else ""
            found.append(Trouble(alike[0].code, f"{many}{text}", alike[0].place))
        return [*found, *self.troubles]

    def _media(self, name: str, page: int | None) -> None:
        leaf = name.rpartition("/")[2]
        place = Place(Part.EMBEDDED, page=page, path=name)
        self.add([Segment(place, leaf, visible=False, note="音频或视频")])
        self.troubles.append(
            Trouble(
                TroubleCode.NOT_SUPPORTED,
                f"音频或视频“{leaf}”的内容没有检查。请人工播放查看。",
                place,
            )
        )

    def _script(self, name: str) -> None:
        """What macros and commands of one's own say. Raises Unreadable."""
        if _is_xml(name):
            self.add([s._replace(place=s.place._replace(part=Part.SCRIPT), note="自定义命令")
                      for s in properties.custom_xml(self.package.xml(name), name)])  # fmt: skip
            return
        from formats.macros import macros  # only documents with macros pay for it
        from formats.oleparts import OleParts

        source = io.BytesIO(self.package.read(name))
        self.add(macros(OleParts(source, self.budget), name, self.budget))

    def _say(self, part: Part, name: str, note: str) -> None:
        text = name.rpartition("/")[2]
        self.add([Segment(Place(part, path=name), text, visible=False, note=note)])


def _is_xml(name: str) -> bool:
    return name.casefold().endswith((".xml", ".rels", ".vml"))
