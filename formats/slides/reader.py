"""A presentation to a Reading: slides in order with all they carry, then the parts beside them."""

from functools import partial
from typing import BinaryIO

from lxml import etree

from formats.budget import Budget
from formats.ooxml import parts as ooxml
from formats.ooxml.beside import Beside
from formats.ooxml.parts import Contents, Reached
from formats.ooxml.properties import outside
from formats.package import Package
from formats.reading import Kind, Part, Place, Reading, Segment, TroubleCode, Unreadable
from formats.slides import comments
from formats.slides.canvas import Canvas, inherited
from formats.slides.deck import Deck, names_in, open_deck
from formats.slides.geometry import Box
from formats.slides.telling import Page, Telling
from formats.word import asides
from formats.word.look import Look
from formats.word.walker import Story

_DAMAGED = "演示文稿缺少主要部分，打不开。请在办公软件中打开并另存，或向来单位重新索取。"
_NO_SLIDE = "演示文稿里没有幻灯片，请确认是否放错了文件。"
_HIDDEN = "隐藏的幻灯片"
_LOOSE = "不在放映顺序里的幻灯片"
# Parts that shape the deck and hold no sentence of it; their stray texts are told all the same.
_SHAPES = frozenset(
    {
        "theme", "themeOverride", "tableStyles", "viewProps", "presProps", "printerSettings",
        "font", "chartStyle", "chartColorStyle", "diagramLayout", "diagramColors",
        "diagramQuickStyle", "customXmlProps", "vmlDrawing", "activeXControl", "revisionInfo",
        "changesInfo",
    }
)  # fmt: skip
_APART = frozenset({"slideMaster", "slideLayout", "notesMaster", "handoutMaster", "officeDocument"})


def read_deck(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """The whole package. Raises Unreadable when the presentation part cannot be read; damage
    elsewhere is a trouble and makes the reading partial."""
    package = Package(source, budget)
    contents = ooxml.contents(package)
    if contents.main is None:
        raise Unreadable(TroubleCode.DAMAGED, _DAMAGED)
    deck = open_deck(package, contents.main)
    budget.check_pages(len(deck.slides))
    reading = _Deck(package, budget, deck)
    reading.slides()
    reading.beside(contents)
    reading.kept.unsaid(reading.done - {contents.main}, reading.kept.segments)
    segments = sorted(reading.kept.segments, key=lambda s: s.place.page or len(deck.slides) + 1)
    troubles = reading.kept.all_troubles()
    return Reading(
        kind,
        tuple(segments),
        tuple(troubles),
        pages=len(deck.slides),
        partial=any(t.code is not TroubleCode.MACROS for t in troubles),
        image_pages=_image_pages(segments),
    )


class _Deck:
    """Reads one deck's parts, one after the other, into `kept`."""

    def __init__(self, package: Package, budget: Budget, deck: Deck) -> None:
        self.package = package
        self.budget = budget
        self.deck = deck
        self.kept = Beside(package, budget)
        self.done = {deck.path}
        self.numbers = {name: number for number, name in enumerate(deck.slides, 1)}
        self.shown: dict[str, bool] = {}
        self.in_use: dict[str, bool] = {}
        self._models: dict[str, etree._Element] = {}
        self.authors = comments.authors(package, deck.path)
        self.kept.add(names_in(deck))

    def slides(self) -> None:
        """All slides, their notes, and the layouts and masters they stand on."""
        for name in [*self.deck.slides, *self.deck.loose]:
            self.kept.guard(name, partial(self._slide, name), Part.BODY)
        for name in [n for n in self.package.names if self._is_model(n)]:
            self.kept.guard(name, partial(self._model, name))

    def _slide(self, name: str) -> None:
        root = self.package.xml(name)
        number = self.numbers.get(name)
        page = Page(name, Part.BODY, number)
        if number is None:
            page = Page(name, Part.HIDDEN, None, visible=False, note=_LOOSE)
        elif root.get("show") in ("0", "false"):
            page = Page(name, Part.HIDDEN, number, visible=False, note=_HIDDEN)
        self.shown[name] = page.visible
        chain = inherited(self.package, name)
        if page.visible and root.get("showMasterSp") not in ("0", "false"):
            for above in chain[1:]:
                self.in_use[above] = True
                if self._above(above).get("showMasterSp") in ("0", "false"):
                    break
        self._tell(page, chain, self.deck.size)
        for relationship in self.package.relationships(name):
            notes = self.package.find(relationship.target)
            if relationship.type == "notesSlide" and notes is not None and notes not in self.done:
                act = partial(self._notes, notes, number)
                self.kept.guard(notes, act, Part.NOTES)

    def _notes(self, name: str, number: int | None) -> None:
        page = Page(name, Part.NOTES, number, visible=False, note="备注")
        self._tell(page, inherited(self.package, name), self.deck.notes_size)

    def _is_model(self, name: str) -> bool:
        kind = self.package.content_type(name)
        return kind.endswith(("slideLayout+xml", "slideMaster+xml", "notesMaster+xml",
                              "handoutMaster+xml")) and name not in self.done  # fmt: skip

    def _model(self, name: str) -> None:
        seen = self.in_use.get(name, False)
        note = "母版或版式上的文字" if seen else "没有用到的母版或版式"
        part = Part.BODY if seen else Part.HIDDEN
        page = Page(name, part, None, visible=seen, note=note, model=True)
        self.shown[name] = seen
        self._tell(page, inherited(self.package, name), self.deck.size)

    def _tell(self, page: Page, chain: list[str], size: Box) -> None:
        self.done.add(page.path)
        roots = [self.package.xml(chain[0]), *map(self._above, chain[1:])]
        canvas = Canvas(roots, self._theme(chain[-1]), size, self.deck.defaults)
        links = {r.id: r for r in self.package.relationships(page.path)}
        telling = Telling(page, canvas, links)
        telling.tell(roots[0])
        self.kept.add(telling.segments)
        self.kept.remarks(page.path, page.number)
        for key in telling.shown_ids:
            if key in links and not links[key].external:
                target = links[key].target
                self.in_use[target] = page.visible or self.in_use.get(target, False)

    def _theme(self, name: str) -> etree._Element | None:
        for relationship in self.package.relationships(name):
            if relationship.type == "theme" and self.package.find(relationship.target):
                return self._above(relationship.target)
        return None

    def _above(self, name: str) -> etree._Element:
        """A layout, a master or a theme: many slides stand on it, it is parsed once."""
        if name not in self._models:
            self._models[name] = self.package.xml(name)
        return self._models[name]

    def beside(self, contents: Contents) -> None:
        """Charts, pictures, files, comments, properties, leftovers: by the slide they are on."""
        owners: dict[str, tuple[int | None, bool]] = {}
        for reached in contents.reached:
            owners[reached.name] = self._owner(reached, owners)
            if reached.name not in self.done:
                page, seen = owners[reached.name]
                act = partial(self._part, reached, page, seen=seen)
                self.kept.guard(reached.name, act)
        for name in contents.unreached:
            if name not in self.done:
                self.kept.loose(name)
        self.kept.add(outside(contents))

    def _owner(
        self, reached: Reached, owners: dict[str, tuple[int | None, bool]]
    ) -> tuple[int | None, bool]:
        """The slide a part belongs to, and whether what uses the part is seen."""
        if reached.name in self.shown and reached.type not in _APART:
            return self.numbers.get(reached.name), self.shown[reached.name]
        if reached.type in _APART:
            return None, self.shown.get(reached.name, False)
        page, seen = owners.get(reached.source, (None, False))
        return page, seen and self.in_use.get(reached.name, True)

    def _part(self, reached: Reached, page: int | None, *, seen: bool) -> None:
        name, kind, _ = reached
        if kind == "comments":
            root = self.package.xml(name)
            self.kept.add(comments.comments(root, name, self.authors, page))
        elif kind in ("commentAuthors", "authors"):
            self.kept.add(comments.accounts(self.package.xml(name), name))
        elif kind == "tags":
            self.kept.add(_tags(self.package.xml(name), name, page))
        elif kind in ooxml.DRAWN:
            self._drawn(reached, page, visible=seen)
        elif kind in _SHAPES:
            self.kept.remarks(name)
        else:
            # A page's picture is seen if a shape shows it; a chart's is where its chart is.
            shown = seen and self.in_use.get(name, reached.source not in self.done)
            self.kept.read(name, kind, page, visible=shown)

    def _drawn(self, reached: Reached, page: int | None, *, visible: bool) -> None:
        story = Story(Part.TEXTBOX, reached.name, Look(None), self.budget, visible=visible)
        asides.drawn(self.package, reached, story)
        self.kept.remarks(reached.name, page)
        self.kept.segments += [
            s._replace(place=s.place._replace(page=page)) for s in story.segments
        ]


def _tags(root: etree._Element, path: str, page: int | None) -> list[Segment]:
    """p:tagLst (19.3.1.44): names and values that add-ins keep with a slide or shape."""
    found: list[Segment] = []
    for element in root:
        text = f"{element.get('name', '')}：{element.get('val', '')}"
        place = Place(Part.VARIABLE, page=page, path=path, paragraph=len(found) + 1)
        if element.get("val", "").strip():
            found.append(Segment(place, text, visible=False, note="标签"))
    return found


def _image_pages(segments: list[Segment]) -> tuple[int, ...]:
    """Slides that are pictures and no words."""
    seen = [s for s in segments if s.visible and s.place.page is not None and s.certainty == 1.0]
    worded = {s.place.page for s in seen if s.place.part is not Part.IMAGE}
    pictured = {s.place.page for s in seen if s.place.part is Part.IMAGE}
    return tuple(sorted(page for page in pictured - worded if page is not None))
