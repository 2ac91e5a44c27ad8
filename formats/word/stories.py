"""Which parts of a document are stories, whether they are printed, and nothing in them unread."""

from typing import NamedTuple

from lxml import etree

from formats import xml
from formats.budget import Budget
from formats.package import Package, Relationship
from formats.reading import Part, Place, Segment, Trouble, TroubleCode, Unreadable
from formats.word import names as n
from formats.word.authors import changers, threads
from formats.word.drawn import DRAWN, LONGEST_MEASURE, dense, whole_text
from formats.word.grid import GRID
from formats.word.look import Look
from formats.word.numbering import Counts, Numbering
from formats.word.paragraph_look import Sheet
from formats.word.passages import BREAK, Atom, Told
from formats.word.plain import PLAIN
from formats.word.walker import HANDLERS, Story

HANDLERS.update(GRID)
HANDLERS.update(DRAWN)
HANDLERS.update(PLAIN)

_STORIES = {
    "header": Part.HEADER,
    "footer": Part.FOOTER,
    "footnotes": Part.FOOTNOTE,
    "endnotes": Part.ENDNOTE,
    "comments": Part.COMMENT,
    "glossaryDocument": Part.HIDDEN,
}
_READ = frozenset({n.T, n.DEL_TEXT, n.INSTR_TEXT, n.DEL_INSTR, f"{n.MATH}t", f"{n.A}t"})


class Document(NamedTuple):
    """The main part found, and everything that is told in runs of text."""

    path: str
    root: etree._Element
    look: Look
    numbering: Numbering
    numbering_root: etree._Element | None
    numbering_path: str
    settings: etree._Element | None
    settings_path: str
    stories: list[Story]
    troubles: list[Trouble]


def open_document(
    package: Package, main: str, budget: Budget, *, cutting: bool = False
) -> Document:
    """Read every story of the document at `main`; `cutting` keeps where each letter lives.

    Raises Unreadable."""
    relationships = package.relationships(main)
    by_type: dict[str, list[Relationship]] = {}
    for relationship in relationships:
        if not relationship.external and package.find(relationship.target):
            by_type.setdefault(relationship.type, []).append(relationship)
    styles = _root_of(package, by_type.get("styles"))
    look = Look(styles)
    lists = _root_of(package, by_type.get("numbering"))
    numbering = Numbering(lists, styles)
    settings = _root_of(package, by_type.get("settings"))
    body = tell(package, main, Part.BODY, look, budget, numbering, cutting=cutting)
    stories = [body]
    printed = printed_headers(body.marked.sections, even_pages(settings))
    troubles: list[Trouble] = []
    done = {main}
    for kind, part in _STORIES.items():
        for relationship in by_type.get(kind, ()):
            path = relationship.target
            if path in done:
                continue
            done.add(path)
            shown, note = kind != "comments", ""
            if kind in ("header", "footer"):
                shown = any(r.target == path and r.id in printed for r in by_type[kind])
                note = "" if shown else "没有启用，不会打印"
            elif kind == "glossaryDocument":
                shown, note = False, "文档部件库"
            notes = frozenset(key for name, key in body.note_references if kind == f"{name}s")
            try:
                story = tell(
                    package, path, part, look, budget, numbering,
                    visible=shown, note=note, shown_notes=notes, cutting=cutting, sheet=body.sheet,
                    threads=_threads(package, by_type) if kind == "comments" else None,
                )  # fmt: skip
            except Unreadable as error:
                if error.code is TroubleCode.TOO_BIG:
                    raise
                troubles.append(Trouble(error.code, error.text, Place(part, path=path)))
            else:
                stories.append(story)
    lists_path = by_type["numbering"][0].target if lists is not None else ""
    settings_path = by_type["settings"][0].target if settings is not None else ""
    return Document(
        main, body.root, look, numbering, lists, lists_path, settings, settings_path, stories,
        troubles,
    )  # fmt: skip


def _threads(package: Package, by_type: dict[str, list[Relationship]]) -> dict[str, str]:
    try:
        return threads(package, by_type.get("commentsExtended", []))
    except Unreadable as error:
        if error.code is TroubleCode.TOO_BIG:
            raise
        return {}  # the damage is told where the part is read for its own sake


def _root_of(package: Package, found: list[Relationship] | None) -> etree._Element | None:
    return package.xml(found[0].target) if found else None


def even_pages(settings: etree._Element | None) -> bool:
    """Whether pages of even number have headers of their own."""
    found = None if settings is None else settings.find(f"{n.W}evenAndOddHeaders")
    return found is not None and n.on(found.get(n.VAL))


def printed_headers(sections: list[etree._Element], even: bool) -> set[str]:
    """The relationship ids of the headers and footers that some page shows (17.10.2, 17.10.6)."""
    printed: set[str] = set()
    now: dict[tuple[str, str], str] = {}
    for section in sections:
        title = section.find(f"{n.W}titlePg")
        first = title is not None and n.on(title.get(n.VAL))
        for child in section.iterchildren(f"{n.W}headerReference", f"{n.W}footerReference"):
            now[child.tag, child.get(f"{n.W}type", "default")] = child.get(n.RID, "")
        for (_, kind), key in now.items():
            if kind == "default" or (kind == "first" and first) or (kind == "even" and even):
                printed.add(key)
    return printed


def tell(
    package: Package,
    path: str,
    part: Part,
    look: Look,
    budget: Budget,
    numbering: Numbering,
    *,
    visible: bool = True,
    note: str = "",
    shown_notes: frozenset[str] | None = None,
    threads: dict[str, str] | None = None,
    cutting: bool = False,
    sheet: Sheet | None = None,
) -> Story:
    """The story at `path`, walked. `sheet`: the page of the document's body. Raises Unreadable."""
    data = xml.readable(package.read(path), path)
    root = xml.parse(data, path)
    story = Story(
        part,
        path,
        look,
        budget,
        relationships={r.id: r for r in package.relationships(path)},
        visible=visible,
        note=note,
        cutting=cutting,
        counts=Counts(numbering),
        sheet=sheet,
    )
    if part in (Part.FOOTNOTE, Part.ENDNOTE):
        story.shown_notes = shown_notes
    story.threads = threads or {}
    # A reference to a letter could spell the word another way; one character is found at once.
    spelt = b"#" in data and b"&#" in data
    story.walk(root, exact=spelt or b"exact" in data)
    left = left_over(root, story)
    if left is not None:
        story.keep([left])
    story.keep([(segment, []) for segment in changers(story.marked.changed, path, story.segments)])
    if said := xml.comments(data):
        place = Place(Part.SCRIPT, path=path)
        story.keep([(Segment(place, "\n".join(said), visible=False, note="XML 注释"), [])])
    return story


def left_over(root: etree._Element, story: Story) -> Told | None:
    """Character data in no element that Word shows: a place to carry text out unseen.

    The comparison of lengths is quick; the elements are looked through only when it fails.
    """
    whole = whole_text(root)
    if len(whole) == sum(map(len, story.raw)):
        return None
    if len(dense(whole)) == len(dense("".join(story.raw))):
        return None
    atoms: list[Atom] = []
    skipped: set[etree._Element] = set()
    for element in root.iter():
        if element.tag == n.FALLBACK or element.getparent() in skipped:
            skipped.add(element)
            continue
        if element.tag not in _READ and (element.text or "").strip() and not _number(element.text):
            atoms += [BREAK, Atom(element.text or "", element)]
        if (element.tail or "").strip():
            atoms += [BREAK, Atom(element.tail or "", element, "tail")]
    text = "".join(atom.text for atom in atoms)
    if not text.strip():
        return None
    place = Place(Part.HIDDEN, path=f"{story.path}", paragraph=0)
    return Segment(place, text, visible=False, note="办公软件不显示的文字"), atoms


def _number(text: str | None) -> bool:
    digits = (text or "").strip().removeprefix("-")
    return len(digits) <= LONGEST_MEASURE and digits.isdigit()
