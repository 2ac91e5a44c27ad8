"""A paragraph as it is walked: what a reader sees, and beside it what is unseen."""

import re
from typing import NamedTuple

from lxml import etree

from formats.reading import Part, Place, Segment
from formats.showing_codes import SHOWN, shown_by
from formats.word import names as n


class Atom(NamedTuple):
    """A piece of text and where it lives: an element's own text, or one of its attributes.

    `attribute` "tail" is the text behind the element. `element` is None for the line breaks that
    keep two unrelated pieces apart.
    """

    text: str
    element: etree._Element | None
    attribute: str | None = None
    inserted: bool = False


Told = tuple[Segment, list[Atom]]
"""A segment and where its letters live: reader and redactor share it, so a mark finds them."""

BREAK = Atom("\n", None)
NUMBER = "#"
"""The `attribute` of the atom that Word counts out before a paragraph; its element is the w:p."""
_STOPS = frozenset("。；！？;!?，,、\n\t \u3000")

# Field codes that say how to number or date and nothing else; any other code is shown to a person.
_HARMLESS = frozenset(
    {
        "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "TOC", "PAGEREF", "REF", "NOTEREF", "SEQ",
        "DATE", "TIME", "STYLEREF", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "HYPERLINK",
        "INDEX", "LISTNUM", "AUTONUM", "EQ", "SAVEDATE", "PRINTDATE", "NUMCHARS", "NUMWORDS",
    }
)  # fmt: skip
_ARGUMENT = re.compile(
    r'\\.{1,2}|"?_(Toc|Ref|Hlk|Hlt)\d+"?|(?i:MERGEFORMAT|CHARFORMAT|arabic|roman|chinesenum[123]|'
    r'upper|lower|caps|firstcap|cardtext|ordinal)|"?\d-\d"?'
    r'|"?[yMdHhmsaApPG/年月日时分秒:.,@#0 -]{1,24}"?'
    r"|图|表|公式|Figure|Table|Equation"
)
_TOKEN = re.compile(r'"[^"]*"|\S+')


def harmless(instruction: str) -> bool:
    """Whether a field code holds nothing a person could have hidden in it."""
    words = _TOKEN.findall(instruction)
    if not words:
        return True
    if words[0].upper() not in _HARMLESS:
        return False
    return all(
        _ARGUMENT.fullmatch(word) and not re.search(r"\d{5}", re.sub(r"_[A-Z][a-z]+\d+", "", word))
        for word in words[1:]
    )


def stamp(element: etree._Element) -> str:
    """Who and when, as `覃小满 2026-03-01 10:00`."""
    date = element.get(n.DATE, "")[:16].replace("T", " ")
    return f"{element.get(n.AUTHOR, '')} {date}".strip()


class Paragraph:
    """What is gathered between the start and the end of one paragraph."""

    __slots__ = (
        "aside", "away", "ground", "last", "notes", "number", "squeezed", "style", "visible",
    )  # fmt: skip

    def __init__(self, number: int | None) -> None:
        self.number = number
        self.visible: list[Atom] = []
        self.aside: dict[Part, list[list[Atom]]] = {}
        self.notes: dict[Part, list[str]] = {}
        self.last: Part | None = None
        self.style = ""
        self.ground = ""
        self.squeezed: bool | None = None
        self.away = False

    def put_aside(self, part: Part, atom: Atom, note: str) -> None:
        """Add unseen text; pieces that touch stay one, so that a split number stays whole."""
        groups = self.aside.setdefault(part, [])
        if self.last is part and groups:
            groups[-1].append(atom)
        else:
            groups.append([atom])
        self.last = part
        self.remark(part, note)

    def put_alone(self, part: Part, atom: Atom) -> None:
        """Add an unseen text that belongs to no other, as an attribute's."""
        if atom.text.strip():
            self.aside.setdefault(part, []).append([atom])
        self.last = None

    def remark(self, part: Part, note: str) -> None:
        """Remember who and when, once."""
        notes = self.notes.setdefault(part, [])
        if note and note not in notes:
            notes.append(note)

    def told(self, place: Place, *, visible: bool, note: str) -> list[Told]:
        """All that was gathered, seen and unseen. `place` is that of the running text."""
        found: list[Told] = []
        atoms, inserted = self.visible, list[Atom]()
        if len(atoms) > 1 and atoms[0].attribute == NUMBER:
            atoms[0] = atoms[0]._replace(inserted=atoms[1].inserted)
        if Part.INSERTION in self.notes and visible:
            atoms, inserted = part_insertions(atoms)
        for part, these in ((place.part, atoms), (Part.INSERTION, inserted)):
            text = "".join([atom.text for atom in these])
            if text.strip():
                said = note if part is place.part else "；".join(self.notes.get(part, ()))
                found.append((Segment(place._replace(part=part), text, visible, said), these))
        for part, groups in self.aside.items():
            coded = part is Part.FIELD
            shown = [g for g in groups if coded and shown_by(_text(g))]
            if shown:
                these = _joined(shown)
                here = place._replace(part=part, path=f"{place.path}/shown")
                found.append((Segment(here, _text(these), visible, SHOWN), these))
            these = _joined(
                [g for g in groups if not (coded and (g in shown or harmless(_text(g))))]
            )
            text = _text(these)
            if text.strip():
                said = "；".join(self.notes.get(part, ()))
                segment = Segment(place._replace(part=part), text, visible=False, note=said)
                found.append((segment, these))
        return found


def _text(atoms: list[Atom]) -> str:
    return "".join([atom.text for atom in atoms])


def part_insertions(atoms: list[Atom]) -> tuple[list[Atom], list[Atom]]:
    """The visible text of a paragraph as (what stood there, what was inserted).

    Parted only at sentence and list marks: a number or a labelled value of which a piece was
    inserted stays whole, on the inserted side.
    """
    blocks: list[list[Atom]] = []
    for atom in atoms:
        if blocks and not _may_part(blocks[-1], atom):
            blocks[-1].append(atom)
        else:
            blocks.append([atom])
    old: list[Atom] = []
    new: list[list[Atom]] = []
    touching = False
    for block in blocks:
        if not any(atom.inserted for atom in block):
            old += block
            touching = False
        elif touching:
            new[-1] += block
        else:
            new.append(block)
            touching = True
    return old, _joined(new)


def _may_part(block: list[Atom], atom: Atom) -> bool:
    if block[-1].inserted == atom.inserted:
        return False
    before, after = block[-1].text[-2:], atom.text[:2]
    if not (before and after):
        return False
    if before[-1] in _STOPS:
        return not (before[0].isalnum() and after[0].isascii() and after[0].isalnum())
    if after[0] in _STOPS:
        return not (before[-1].isascii() and before[-1].isalnum() and after[-1].isalnum())
    return False


def _joined(groups: list[list[Atom]]) -> list[Atom]:
    atoms: list[Atom] = []
    for group in groups:
        if atoms:
            atoms.append(BREAK)
        atoms += group
    return atoms
