"""A clean Word document: marks cut, only what a reader sees carried into a new package."""

from collections.abc import Sequence
from typing import BinaryIO

from lxml import etree

from formats.budget import Budget
from formats.marks import by_place
from formats.ooxml import parts
from formats.package import Package
from formats.reading import Mark, Part, Place, TroubleCode, Unreadable
from formats.word import asides
from formats.word import names as n
from formats.word.authors import says_more
from formats.word.cutting import cut, erase, freeze, touches_number
from formats.word.emptied import cell_of, take_out_emptied
from formats.word.stories import Document, even_pages, open_document, printed_headers
from formats.word.stripping import clean, strip
from formats.word.walker import Story

# Where a clean copy keeps nothing: a mark there is obeyed by leaving the place out.
_GONE = frozenset(
    {
        Part.COMMENT, Part.DELETION, Part.HIDDEN, Part.ALT_TEXT, Part.PROPERTY, Part.VARIABLE,
        Part.FIELD, Part.EMBEDDED, Part.THUMBNAIL, Part.OUTLINE, Part.SCRIPT, Part.EXTERNAL_LINK,
        Part.EXIF, Part.METADATA,
    }
)  # fmt: skip
# Settings that shape the page; every other one tells of people, places or programs.
_SETTINGS = frozenset(
    f"{n.W}{name}"
    for name in (
        "zoom", "displayBackgroundShape", "mirrorMargins", "alignBordersAndEdges",
        "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop",
        "defaultTabStop", "autoHyphenation", "consecutiveHyphenLimit", "hyphenationZone",
        "doNotHyphenateCaps", "evenAndOddHeaders", "bookFoldRevPrinting", "bookFoldPrinting",
        "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing",
        "displayHorizontalDrawingGridEvery", "displayVerticalDrawingGridEvery",
        "characterSpacingControl", "strictFirstAndLastChars", "noLineBreaksAfter",
        "noLineBreaksBefore", "footnotePr", "endnotePr", "compat", "themeFontLang",
        "clrSchemeMapping", "decimalSymbol", "listSeparator", "doNotExpandShiftReturn",
    )
) | {f"{n.MATH}mathPr"}  # fmt: skip


def redact_document(source: BinaryIO, marks: Sequence[Mark], out: BinaryIO) -> None:
    """Write the clean copy of a package to `out`. Raises Unreadable; never a half-cut copy."""
    # Pillow and the new package are the knife's own cost; a scan never imports this module.
    from formats.word.rebuilding import Rebuilding

    budget = Budget()
    package = Package(source, budget)
    contents = parts.contents(package)
    if contents.main is None:
        raise Unreadable(TroubleCode.DAMAGED, "Word 文件缺少正文部分，不能生成公开件。")
    document = open_document(package, contents.main, budget, cutting=True)
    for trouble in document.troubles:
        raise Unreadable(trouble.code, trouble.text)
    blank = frozenset(
        name for name in package.names for mark in marks if _is_picture(mark.place, name)
    )
    wanted = by_place(
        [mark for mark in marks if not any(_is_picture(mark.place, name) for name in blank)]
    )
    links: list[etree._Element] = []
    ready: dict[str, etree._Element] = {}
    spans_at = {place: wanted.take(place) for story in document.stories for place in story.atoms}
    frozen = any(
        touches_number(atoms, spans_at[place])
        for story in document.stories
        for place, atoms in story.atoms.items()
    )
    touched: list[etree._Element] = []
    for story in document.stories:
        if frozen:
            story.atoms = {place: freeze(atoms) for place, atoms in story.atoms.items()}
        for segment in story.segments:
            atoms, spans = story.atoms[segment.place], spans_at[segment.place]
            if segment.place.part is Part.LINK:
                if spans:
                    links += [a.element for a in atoms if a.element is not None]
            elif not segment.visible:
                erase(atoms)
            elif spans:
                touched += [c for c in (cell_of(a.element) for a in atoms) if c is not None]
                cut(atoms, spans)
        ready[story.path] = story.root
    take_out_emptied(touched)
    for reached in contents.reached:
        if reached.type in parts.DRAWN:
            story = Story(Part.TEXTBOX, reached.name, document.look, budget, cutting=True)
            asides.drawn(package, reached, story)
            for segment in story.segments:
                atoms, spans = story.atoms[segment.place], wanted.take(segment.place)
                if not segment.visible:
                    erase(atoms)
                elif spans:
                    cut(atoms, spans)
            clean(story.root)
            ready[reached.name] = story.root
    wanted.drop(_GONE)
    wanted.drop_members()
    wanted.check_all_taken()
    for element in links:
        if n.RID in element.attrib:
            element.set(n.RID, "")
    _settle(document, ready)
    _settle_numbering(document, ready, frozen=frozen)
    rebuilding = Rebuilding(package, ready, blank)
    rebuilding.carry_document(contents.main)
    rebuilding.write(out)


def _is_picture(place: Place, name: str) -> bool:
    """Whether a place is on the picture `name`, a line or what it carries; the whole of it goes."""
    if place.part is not Part.IMAGE or place.member is not None:
        return False
    return f"{place.path}/".startswith(f"{name}/")


def _settle_numbering(
    document: Document, ready: dict[str, etree._Element], *, frozen: bool
) -> None:
    """Lists that number nothing lose texts of their own; frozen numbers need no lists at all."""
    root = document.numbering_root
    if root is None:
        return
    for text in root.iter(f"{n.W}lvlText"):
        if text.get(n.VAL, "") not in document.numbering.shown and says_more(text.get(n.VAL, "")):
            text.set(n.VAL, "")
    if frozen:
        for child in list(root):
            root.remove(child)
    clean(root)
    ready[document.numbering_path] = root


def _settle(document: Document, ready: dict[str, etree._Element]) -> None:
    """Every kept story without its unseen parts; headers that no page shows are let go."""
    sections = list(document.root.iter(n.SECTPR))
    printed = printed_headers(sections, even_pages(document.settings))
    for story in document.stories:
        if story.shown:
            strip(story.root, story.hidden_runs)
            _drop_attributes(story)
    for section in document.root.iter(n.SECTPR):
        for reference in section.findall(f"{n.W}headerReference") + section.findall(
            f"{n.W}footerReference"
        ):
            if reference.get(n.RID, "") not in printed:
                section.remove(reference)
    for story in document.stories:
        _drop_unread_notes(story, document.root)
    if document.settings is not None:
        for child in list(document.settings):
            if child.tag not in _SETTINGS:
                document.settings.remove(child)
        clean(document.settings)
        ready[document.settings_path] = document.settings


def _drop_attributes(story: Story) -> None:
    """Tooltips of links: shown only under the pointer."""
    for link in story.root.iter(n.HYPERLINK):
        for attribute in (f"{n.W}tooltip", f"{n.W}docLocation", f"{n.W}tgtFrame"):
            if attribute in link.attrib:
                del link.attrib[attribute]


def _drop_unread_notes(story: Story, body: etree._Element) -> None:
    """Footnotes whose reference was deleted, or never was."""
    for tag in ("footnote", "endnote"):
        notes = [note for note in story.root if note.tag == f"{n.W}{tag}"]
        if not notes:
            continue
        used = {r.get(n.ID) for r in body.iter(f"{n.W}{tag}Reference")}
        for note in notes:
            if note.get(f"{n.W}type") in (None, "normal") and note.get(n.ID) not in used:
                story.root.remove(note)
