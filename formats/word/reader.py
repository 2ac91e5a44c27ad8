"""A Word package to a Reading: its stories, the parts beside them, nothing passed over."""

from functools import partial
from typing import BinaryIO

from formats.budget import Budget
from formats.ooxml import parts as ooxml
from formats.ooxml.beside import Beside
from formats.ooxml.parts import Reached
from formats.ooxml.properties import outside
from formats.package import Package
from formats.reading import Kind, Part, Reading, TroubleCode, Unreadable
from formats.word import asides, parts
from formats.word import names as n
from formats.word.authors import namings
from formats.word.stories import Document, open_document, tell
from formats.word.usage import shown_pictures
from formats.word.walker import Story

_DAMAGED = "Word 文件缺少正文部分，打不开。请在办公软件中打开并另存，或向来单位重新索取。"


def read_document(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """The whole package. Raises Unreadable when its body cannot be read; damage elsewhere is a
    trouble and makes the reading partial."""
    package = Package(source, budget)
    contents = ooxml.contents(package)
    if contents.main is None:
        raise Unreadable(TroubleCode.DAMAGED, _DAMAGED)
    document = open_document(package, contents.main, budget)
    beside = Beside(package, budget)
    told = {story.path for story in document.stories}
    pictured = any(reached.type in ooxml.PICTURES for reached in contents.reached)
    pictures = shown_pictures(document.stories) if pictured else {}
    for reached in contents.reached:
        if reached.name not in told:
            beside.guard(reached.name, partial(_read, reached, document, beside, pictures))
    for name in contents.unreached:
        beside.loose(name)
    beside.add(outside(contents))
    segments = [segment for story in document.stories for segment in story.segments]
    beside.unsaid(told, [*segments, *beside.segments])
    segments += beside.segments
    troubles = [*document.troubles, *beside.all_troubles()]
    partly = any(t.code is not TroubleCode.MACROS for t in troubles)
    return Reading(kind, tuple(segments), tuple(troubles), partial=partly)


def _read(reached: Reached, document: Document, beside: Beside, pictures: dict[str, bool]) -> None:
    """One part beside the stories that the document points at."""
    name, kind, _ = reached
    if kind == "settings":
        beside.add(asides.settings(beside.package.xml(name), name))
    elif kind in ooxml.DRAWN:
        story = Story(Part.TEXTBOX, name, document.look, beside.budget)
        asides.drawn(beside.package, reached, story)
        beside.segments += story.segments
        beside.remarks(name)
    elif kind == "aFChunk":
        beside.file(name, visible=_is_shown(reached, document))
    elif kind in ooxml.PICTURES:
        note = "图片被裁剪过，裁掉的部分还在文件里" if pictures.get(name) else ""
        seen = name in pictures or reached.source not in {s.path for s in document.stories}
        beside.read(name, kind, visible=seen, note=note)
    elif kind in parts.STORIES:
        part = Part.COMMENT if kind == "comments" else Part.HIDDEN
        story = tell(
            beside.package, name, part, document.look, beside.budget, document.numbering,
            visible=False, note="文档部件库",
        )  # fmt: skip
        beside.segments += story.segments
    elif kind not in parts.SHAPES:
        beside.read(name, kind, visible=True)
    if kind in parts.SHAPES:
        beside.shaping(name)
        if kind in parts.NAMED:
            beside.add(namings(beside.package.read(name), name, document.numbering.shown))


def _is_shown(reached: Reached, document: Document) -> bool:
    """Whether an altChunk of a story asks for this part; a mere relationship shows nothing."""
    for story in document.stories:
        if story.path == reached.source:
            wanted = {r.id for r in story.relationships.values() if r.target == reached.name}
            return any(c.get(n.RID) in wanted for c in story.root.iter(f"{n.W}altChunk"))
    return False
