"""One tree of an OpenDocument file to segments: each paragraph once, then what no page shows."""

from collections.abc import Callable
from functools import partial

from lxml import etree

from formats.budget import Budget
from formats.carving import telling
from formats.numerals import whole
from formats.odf import grid, shapes
from formats.odf import names as n
from formats.odf.places import ADDRESS, Here, Piece, note_of, says_something, squeezed
from formats.odf.styles import PLAIN, Styles
from formats.reading import Part, Place, Segment

_SKIPPED = frozenset(
    {f"{n.DRAW}enhanced-geometry", f"{n.OFFICE}font-face-decls", f"{n.TEXT}sequence-decls",
     f"{n.TEXT}note-citation", f"{n.OFFICE}automatic-styles"}
)  # fmt: skip
# The number or sign of a note, which stands again before the note.
_LONGEST_MARK = 3
_MOST_BLANKS = 200
_BLANKS = {f"{n.TEXT}tab": "\t", f"{n.TEXT}line-break": "\n"}
_ASIDE = {f"{n.SVG}title": "图形的标题", f"{n.SVG}desc": "替代文字"}
_HOLDERS = frozenset({"<number>", "<date/time>", "<footer>", "<header>", "<count>"})
_CONTROL_WORDS = {
    "label": "窗体控件的选项", "title": "窗体控件的提示", "name": "窗体控件的名称",
    "value": "窗体控件的默认值", "default-value": "窗体控件的默认值", "href": "窗体控件的链接",
}  # fmt: skip
_CONTROLS = frozenset({"label", "current-value"})
_KEPT = n.TALKING | {"default-value", "href", "command"}


class Walk:
    """Walks trees of one file; `pictures` are the members shown, and whether they are seen.

    `inline`: pictures and objects in base 64, and whether they are seen.
    """

    def __init__(self, styles: Styles, budget: Budget, path: str) -> None:
        self.segments: list[Segment] = []
        self.pictures: dict[str, bool] = {}
        self.objects: dict[str, Here] = {}
        self.inline: list[tuple[str, bool]] = []
        self.pages = 0
        self.styles = styles
        self.budget = budget
        self.path = path
        self.tables = 0
        self._authors: dict[str, None] = {}
        self.width = self.height = 0.0
        self.may_be_dark = False
        self.hidden_layers: frozenset[str] = frozenset()
        self._does: dict[str, Callable[[etree._Element, Here], None]] = {
            n.P: self._paragraph,
            n.H: self._paragraph,
            f"{n.TEXT}tracked-changes": self._changes,
            f"{n.TEXT}section": self._section,
            f"{n.OFFICE}annotation": self._annotation,
            f"{n.OFFICE_NOW}annotation": self._annotation,
            f"{n.TABLE}content-validation": self._prompt,
            f"{n.TEXT}note": self._note,
            f"{n.TABLE}table": partial(grid.table, self),
            f"{n.TABLE}scenario": self.told_attributes,
            f"{n.DRAW}page": partial(shapes.slide, self),
            f"{n.PRESENTATION}notes": partial(shapes.notes, self),
            f"{n.DRAW}image": partial(shapes.image, self),
            f"{n.DRAW}object": partial(shapes.inside, self),
            f"{n.DRAW}object-ole": partial(shapes.inside, self),
            **dict.fromkeys(shapes.KINDS, partial(shapes.shape, self)),
            f"{n.OFFICE}forms": self._form,
            f"{n.OFFICE}binary-data": self._binary,
            f"{n.SVG}title": self._aside,
            f"{n.SVG}desc": self._aside,
            f"{n.OFFICE}event-listeners": self.told_attributes,
        }

    def walk(self, element: etree._Element, here: Here) -> None:
        """The element and all in it."""
        tag = str(element.tag)
        if tag in _SKIPPED:
            said = "".join(map(str, element.itertext())).strip()
            if len(said) > _LONGEST_MARK:
                self.say(here.unseen(Part.HIDDEN, "软件不认的文字"), said)
            return
        if (does := self._does.get(tag)) is not None:
            does(element, here)
        else:
            self.told_attributes(element, here)
            self.children(element, here)

    def children(self, element: etree._Element, here: Here) -> None:
        """All in the element, and letters that stand where no letters belong."""
        if (element.text or "").strip():
            self.say(here.unseen(Part.HIDDEN, "软件不认的文字"), (element.text or "").strip())
        for child in element:
            self.walk(child, here)
            if (child.tail or "").strip():
                self.say(here.unseen(Part.HIDDEN, "软件不认的文字"), (child.tail or "").strip())

    def strays(self, root: etree._Element, known: frozenset[str]) -> None:
        """What stands in a root element where nothing but these elements belongs."""
        here = Here().unseen(Part.HIDDEN, "软件不认的文字")
        for text in (root.text, *(child.tail for child in root)):
            if text and text.strip():
                self.say(here, text.strip())
        for child in root:
            if str(child.tag) not in known:
                self.walk(child, here)

    # Paragraphs.

    def _paragraph(self, element: etree._Element, here: Here) -> None:
        self.tell(self.pieces_of(element, here), here)

    def pieces_of(self, element: etree._Element, here: Here) -> list[Piece]:
        """A paragraph's letters; what hangs on it is walked at once, its attributes are told."""
        look = self.styles.look("paragraph", element.get(f"{n.TEXT}style-name", ""))
        here = here._replace(look=look.over(here.look))
        hidden = element.find(f".//{n.TEXT}hidden-paragraph")
        if hidden is not None and hidden.get(f"{n.TEXT}is-hidden") == "true":
            here = here.unseen(Part.HIDDEN, "隐藏的段落")
        why = "" if here.visible or here.note != "隐藏的段落" else here.note
        pieces: list[Piece] = []
        self._inline(element, here, pieces, why)
        return pieces

    def _inline(
        self, element: etree._Element, here: Here, pieces: list[Piece], why: str = ""
    ) -> None:
        said = why or here.look.why(here.ground)
        if element.text:
            pieces.append(Piece(squeezed(element.text), said))
        for child in element:
            tag = str(child.tag)
            if tag == f"{n.TEXT}s":
                blanks = min(whole(child.get(f"{n.TEXT}c", "1")), _MOST_BLANKS)
                pieces.append(Piece(" " * blanks, said))
            elif tag in _BLANKS:
                pieces.append(Piece(_BLANKS[tag], said))
            elif tag == f"{n.TEXT}span":
                look = self.styles.look("text", child.get(f"{n.TEXT}style-name", ""))
                self._inline(child, here._replace(look=look.over(here.look)), pieces, why)
            elif tag in (f"{n.TEXT}a", f"{n.TEXT}ruby", f"{n.TEXT}ruby-base", f"{n.TEXT}ruby-text",
                         f"{n.TEXT}meta", f"{n.TEXT}meta-field"):  # fmt: skip
                self.told_attributes(child, here)
                self._inline(child, here, pieces, why)
            elif tag in (f"{n.TEXT}hidden-text", f"{n.TEXT}script"):
                note = "隐藏文字的域" if tag.endswith("text") else "脚本"
                part = Part.HIDDEN if tag.endswith("text") else Part.SCRIPT
                self.told_attributes(child, here)
                if (child.text or "").strip():
                    self.say(here.unseen(part, note), (child.text or "").strip())
            elif tag in self._does:
                self.walk(child, here)
            elif tag.startswith(n.TEXT):  # fields and marks: what they show is their text
                self.told_attributes(child, here)
                shown = child.get(f"{n.TEXT}display") != "none"
                self._inline(child, here, pieces, why or ("" if shown else "隐藏的域"))
            else:
                self.walk(child, here)
            if child.tail:
                pieces.append(Piece(squeezed(child.tail), said))

    def tell(self, pieces: list[Piece], here: Here) -> None:
        """What is seen as one segment, then what is not, pieces that touch together."""
        seen = "".join(p.text for p in pieces if not p.why)
        if seen.strip():
            self.say(here, seen)
        groups: list[list[str]] = []
        last = ""
        for piece in pieces:
            if piece.why and piece.why == last:
                groups[-1][1] += piece.text
            elif piece.why:
                groups.append([piece.why, piece.text])
            last = piece.why
        for why, text in groups:
            if text.strip():
                self.say(here.unseen(Part.HIDDEN, why), text)

    def say(self, here: Here, text: str) -> None:
        """One segment; what a master page says in place of a field is none."""
        if text in _HOLDERS:
            return
        self.budget.spend_segments()
        place = Place(
            here.part, page=here.page, sheet=here.sheet, cell=here.cell, table=here.table,
            row=here.row, column=here.column, paragraph=len(self.segments) + 1, path=self.path,
        )  # fmt: skip
        self.segments.append(Segment(place, text.strip("\n"), here.visible, here.note))

    # What stands beside the text.

    def told_attributes(self, element: etree._Element, here: Here) -> None:
        """Names, tips, addresses and codes that no page shows."""
        for key, value in element.attrib.items():
            name, said = str(key), str(value).strip()
            short = name.rpartition("}")[2]
            if not said or short.endswith(("style-name", "family")):
                continue
            if name == n.HREF:
                if element.tag == f"{n.TEXT}a" or ADDRESS.search(said):
                    self.say(here.unseen(Part.LINK, "链接"), said)
            elif short in n.TALKING and (
                element.tag in n.TOLD_WHOLE or says_something(short, said)
            ):
                part = Part.FIELD if short in ("formula", "condition") else Part.PROPERTY
                self.say(here.unseen(part, note_of(element)), said)

    def _changes(self, element: etree._Element, here: Here) -> None:
        """text:tracked-changes: deletions hold what is gone; insertions only say who."""
        for region in element:
            for change in region:
                stamp = self._stamp(change)
                for remark in change.iterfind(f"{n.OFFICE}change-info/{n.P}"):
                    self.walk(remark, here.unseen(Part.COMMENT, stamp or "修订的说明"))
                if change.tag == f"{n.TEXT}deletion":
                    for child in change:
                        if child.tag != f"{n.OFFICE}change-info":
                            self.walk(child, here.unseen(Part.DELETION, stamp))
                elif stamp and stamp not in self._authors:
                    self._authors[stamp] = None
                    self.say(here.unseen(Part.PROPERTY, "修订人"), stamp)

    @staticmethod
    def _stamp(element: etree._Element) -> str:
        who = element.findtext(f".//{n.DC}creator") or ""
        when = element.findtext(f".//{n.DC}date") or ""
        return f"{who} {when[:16].replace('T', ' ')}".strip()

    def _section(self, element: etree._Element, here: Here) -> None:
        shown = element.get(f"{n.TEXT}display", "true")
        folded = shown == "none" or element.get(f"{n.TEXT}is-hidden") == "true"
        if folded or (shown == "condition" and element.get(f"{n.TEXT}is-hidden") != "false"):
            here = here.unseen(Part.HIDDEN, "隐藏的区域")
        self.told_attributes(element, here)
        self.children(element, here)

    def _annotation(self, element: etree._Element, here: Here) -> None:
        inside = here.unseen(Part.COMMENT, self._stamp(element) or "批注")
        initials = (element.findtext(f"{n.META}creator-initials") or "").strip()
        if telling(initials) and initials not in inside.note:
            self.say(here.unseen(Part.PROPERTY, "批注人的缩写"), initials)
        for child in element:
            if str(child.tag) not in (f"{n.DC}creator", f"{n.DC}date", f"{n.META}date-string",
                                      f"{n.META}creator-initials"):  # fmt: skip
                self.walk(child, inside._replace(look=PLAIN, ground=None))

    def _prompt(self, element: etree._Element, here: Here) -> None:
        """table:content-validation: what may be entered, and what is said of it meanwhile."""
        here = here.unseen(Part.HIDDEN, "输入提示或下拉选项")
        self.told_attributes(element, here)
        self.children(element, here)

    def _note(self, element: etree._Element, here: Here) -> None:
        end = element.get(f"{n.TEXT}note-class") == "endnote"
        part = Part.ENDNOTE if end else Part.FOOTNOTE
        for child in element:
            self.walk(child, here._replace(part=part, look=PLAIN) if here.visible else here)

    def _binary(self, element: etree._Element, here: Here) -> None:
        """office:binary-data: a picture or object in base 64, read after the text."""
        self.inline.append((element.text or "", here.visible))

    def _aside(self, element: etree._Element, here: Here) -> None:
        said = "".join(map(str, element.itertext())).strip()
        if said:
            self.say(here.unseen(Part.ALT_TEXT, _ASIDE[str(element.tag)]), said)

    def _form(self, element: etree._Element, here: Here) -> None:
        """office:forms: what a control shows, and what it keeps."""
        for control in element.iter(etree.Element):
            for text in (control.text, control.tail if control is not element else None):
                if text and text.strip():
                    self.say(here.unseen(Part.FORM_VALUE, "窗体控件里的文字"), text.strip())
            for key, value in control.attrib.items():
                short = str(key).rpartition("}")[2]
                if not str(value).strip() or not str(key).startswith(n.FORM):
                    continue
                if short in _CONTROLS and not control.tag.endswith("option"):
                    self.say(here._replace(part=Part.FORM_VALUE), str(value))
                elif short in _KEPT and (
                    control.tag in n.TOLD_WHOLE or says_something(short, str(value))
                ):
                    note = _CONTROL_WORDS.get(short, "窗体控件里的数据")
                    self.say(here.unseen(Part.FORM_VALUE, note), str(value))
