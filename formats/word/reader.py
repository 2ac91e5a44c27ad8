"""A Word package to a Reading: its stories, the parts beside them, nothing passed over."""

from collections.abc import Callable
from typing import BinaryIO

from lxml import etree

from formats.budget import Budget
from formats.package import Package
from formats.reading import Kind, Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable
from formats.word import asides, parts
from formats.word.embedded import read_embedded
from formats.word.look import Look
from formats.word.parts import Reached
from formats.word.stories import open_document
from formats.word.walker import Story

_DAMAGED = "Word 文件缺少正文部分，打不开。请在办公软件中打开并另存，或向来单位重新索取。"
_XML_PARTS: dict[str, Callable[[etree._Element, str], list[Segment]]] = {
    "core-properties": asides.properties,
    "extended-properties": asides.properties,
    "custom-properties": asides.properties,
    "settings": asides.settings,
    "customXml": asides.custom_xml,
    "people": asides.people,
}


def read_document(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """The whole package. Raises Unreadable when its body cannot be read; damage elsewhere is a
    trouble and makes the reading partial."""
    package = Package(source, budget)
    contents = parts.contents(package)
    if contents.main is None:
        raise Unreadable(TroubleCode.DAMAGED, _DAMAGED)
    document = open_document(package, contents.main, budget)
    beside = _Beside(package, budget, document.look)
    told = {story.path for story in document.stories}
    for reached in contents.reached:
        if reached.name not in told:
            beside.read(reached)
    for name in contents.unreached:
        beside.read_unreached(name)
    beside.segments += asides.outside(contents)
    segments = [segment for story in document.stories for segment in story.segments]
    budget.spend_segments(len(beside.segments))
    segments += beside.segments
    troubles = [*document.troubles, *beside.all_troubles()]
    partial = any(t.code is not TroubleCode.MACROS for t in troubles)
    return Reading(kind, tuple(segments), tuple(troubles), partial=partial)


class _Beside:
    """Reads the parts beside the stories, one after the other."""

    def __init__(self, package: Package, budget: Budget, look: Look) -> None:
        self.package = package
        self.budget = budget
        self.look = look
        self.segments: list[Segment] = []
        self.troubles: list[Trouble] = []
        self.pictures: list[Place] = []

    def read(self, reached: Reached) -> None:
        """One part that the document points at."""
        name, kind, _ = reached
        try:
            self._read(name, kind)
        except Unreadable as error:
            if error.code is TroubleCode.TOO_BIG:
                raise
            place = Place(Part.HIDDEN, path=name)
            self.troubles.append(Trouble(error.code, error.text, place))

    def _read(self, name: str, kind: str) -> None:
        if kind in _XML_PARTS:
            self.segments += _XML_PARTS[kind](self.package.xml(name), name)
        elif kind in parts.SHAPES or kind in parts.STORIES:
            return
        elif kind in parts.PICTURES:
            self._picture(Part.IMAGE, name)
        elif kind == "thumbnail":
            self._say(Part.THUMBNAIL, name, "保存时生成的首页小图")
        elif kind in parts.DRAWN:
            story = Story(Part.TEXTBOX, name, self.look, self.budget)
            asides.drawn(self.package.xml(name), name, story)
            self.segments += story.segments
        elif kind in parts.SCRIPTS:
            self._say(Part.SCRIPT, name, "宏或自定义命令")
        elif kind in parts.FILES and not _is_xml(name):
            self._file(name, visible=kind == "aFChunk")
        else:
            self.read_unreached(name)

    def read_unreached(self, name: str) -> None:
        """A part that nothing points at, or of a kind nobody knows."""
        if self.package.content_type(name).startswith("image/"):
            self._picture(Part.IMAGE, name, visible=False)
        elif _is_xml(name):
            try:
                self.segments += asides.leftovers(self.package.xml(name), name)
            except Unreadable as error:
                if error.code is TroubleCode.TOO_BIG:
                    raise
                self._file(name)
        else:
            self._file(name)

    def all_troubles(self) -> list[Trouble]:
        """The troubles met, the unread pictures as one sentence."""
        if not self.pictures:
            return self.troubles
        return [
            Trouble(
                TroubleCode.NEEDS_OCR,
                f"文中有 {len(self.pictures)} 张图片，图上的文字没有识别。请人工逐张查看。",
                self.pictures[0],
            ),
            *self.troubles,
        ]

    def _picture(self, part: Part, name: str, *, visible: bool = True) -> None:
        place = Place(part, path=name)
        note = "图片未识别" if visible else "文档没有引用的图片"
        self.segments.append(Segment(place, name.rpartition("/")[2], visible, note))
        self.pictures.append(place)

    def _file(self, name: str, *, visible: bool = False) -> None:
        inside = read_embedded(self.package.read(name), name, self.budget, visible=visible)
        self.segments += inside.segments
        self.troubles += inside.troubles

    def _say(self, part: Part, name: str, note: str) -> None:
        text = name.rpartition("/")[2]
        self.segments.append(Segment(Place(part, path=name), text, visible=False, note=note))


def _is_xml(name: str) -> bool:
    return name.casefold().endswith((".xml", ".rels", ".vml"))
