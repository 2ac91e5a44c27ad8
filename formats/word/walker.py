"""One pass over a story (the body, a header, the notes, the comments), paragraph by paragraph."""

from collections.abc import Callable

from lxml import etree

from formats.budget import Budget
from formats.package import Relationship
from formats.reading import Part, Place
from formats.word import names as n
from formats.word.look import Look, is_fill
from formats.word.passages import Atom, Paragraph, Passage, stamp

_GRID_SPAN = f"{n.W}gridSpan"
_GRID_BEFORE = f"{n.W}gridBefore"
_V_MERGE = f"{n.W}vMerge"
_H_MERGE = f"{n.W}hMerge"
_PSTYLE = f"{n.W}pStyle"
_TBLSTYLE = f"{n.W}tblStyle"
_FLD_TYPE = f"{n.W}fldCharType"
_NOTE_TYPE = f"{n.W}type"

Handler = Callable[["Story", etree._Element], None]


class Story:
    """Walks one part. Afterwards `passages` holds its texts, `note_references` the notes shown,
    `hidden_runs` the runs whose look hides them."""

    def __init__(
        self,
        part: Part,
        path: str,
        look: Look,
        budget: Budget,
        *,
        suspect: bool = True,
        relationships: dict[str, Relationship] | None = None,
        visible: bool = True,
        note: str = "",
    ) -> None:
        self.part = part
        self.path = path
        self.look = look
        self.budget = budget
        self.inspect = suspect or look.any
        self.relationships = relationships or {}
        self.visible = visible
        self.note = note
        self.passages: list[Passage] = []
        self.note_references: set[tuple[str, str]] = set()
        self.shown_notes: frozenset[str] | None = None
        self.raw: list[str] = []
        self.hidden_runs: list[etree._Element] = []
        self.aside: Part | None = None
        self.inserted = False
        self.change_note = ""
        self.number = 0
        self.tables = 0
        self.table: int | None = None
        self.row: int | None = None
        self.column: int | None = None
        self.cell_paragraphs = 0
        self.shaded = False
        self.table_shaded = False
        self.fields: list[bool] = []
        self.coding = 0
        self.loose = Paragraph(None)
        self.paragraph = self.loose

    def walk(self, root: etree._Element) -> list[Passage]:
        """Everything the part says, in reading order."""
        HANDLERS.get(root.tag, Story.descend)(self, root)
        self.passages += self.loose.passages(
            Place(self.part, path=self.path), self.part, visible=self.visible, note=self.note
        )
        return self.passages

    def descend(self, element: etree._Element) -> None:
        """Walk the children of an element that says nothing itself."""
        handlers = HANDLERS
        for child in element:
            handler = handlers.get(child.tag)
            if handler is None:
                if len(child):
                    self.descend(child)
            else:
                handler(self, child)

    def add(self, text: str, element: etree._Element, attribute: str | None = None) -> None:
        """One piece of running text, to where the present state sends it."""
        paragraph = self.paragraph
        aside = self.aside
        if aside is None and self.coding:
            aside = Part.FIELD
        if aside is None or aside is self.part:
            paragraph.visible.append(Atom(text, element, attribute, self.inserted))
            paragraph.last = None
            if self.inserted:
                paragraph.remark(Part.INSERTION, self.change_note)
        else:
            paragraph.put_aside(aside, Atom(text, element, attribute), self.change_note)

    def under(self, aside: Part | None, element: etree._Element, note: str = "") -> None:
        """Walk `element` with its text put aside; what is already aside stays where it is."""
        outer, outer_note = self.aside, self.change_note
        if self.aside is None:
            self.aside, self.change_note = aside, note or outer_note
        self.descend(element)
        self.aside, self.change_note = outer, outer_note

    def paragraph_of(self, element: etree._Element) -> None:
        """w:p and a:p."""
        outer = self.paragraph
        if self.table is None:
            self.number += 1
            number = self.number
        else:
            self.cell_paragraphs += 1
            number = self.cell_paragraphs
        mine = self.paragraph = Paragraph(number)
        at = len(self.passages)
        self.descend(element)
        self.paragraph = outer
        if mine.visible or mine.aside:
            self.emit(mine, at)

    def emit(self, paragraph: Paragraph, at: int) -> None:
        """Place a paragraph's texts before those of the boxes anchored in it."""
        base = self.part
        if base is Part.BODY and self.table is not None:
            base = Part.TABLE
        place = Place(
            base, None, None, None, None, self.table, self.row, self.column, paragraph.number,
            self.path,
        )  # fmt: skip
        found = paragraph.passages(place, base, visible=self.visible, note=self.note)
        self.budget.spend_segments(len(found))
        if at == len(self.passages):
            self.passages += found
        else:
            self.passages[at:at] = found

    def box(self, element: etree._Element) -> None:
        """A text box: paragraphs of their own, counted with those around it."""
        outer = (self.part, self.table, self.row, self.column, self.cell_paragraphs)
        if self.visible:
            self.part = Part.TEXTBOX
        self.table = self.row = self.column = None
        self.descend(element)
        self.part, self.table, self.row, self.column, self.cell_paragraphs = outer

    def _properties(self, element: etree._Element) -> None:
        """w:pPr: its text is none; its look matters only where something could be hidden."""
        if not self.inspect:
            return
        for child in element:
            if child.tag == _PSTYLE:
                self.paragraph.style = child.get(n.VAL, "")
            elif child.tag == n.SHD:
                self.paragraph.shaded = is_fill(child)

    def _run(self, element: etree._Element) -> None:
        if self.inspect and self.aside is None:
            rpr = element[0] if len(element) and element[0].tag == n.RPR else None
            shaded = self.shaded or self.paragraph.shaded
            if self.look.hides(rpr, self.paragraph.style, shaded=shaded):
                self.hidden_runs.append(element)
                self.under(Part.HIDDEN, element)
                return
        for child in element:
            tag = child.tag
            if tag == n.T:
                self.text(child)
            elif tag != n.RPR:
                HANDLERS.get(tag, Story.descend)(self, child)

    def text(self, element: etree._Element) -> None:
        """w:t and its relatives."""
        text = element.text
        if text:
            self.raw.append(text)
            self.add(text, element)

    def _deleted_text(self, element: etree._Element) -> None:
        """w:delText outside w:del is still not shown by Word."""
        text = element.text
        if text:
            self.raw.append(text)
            aside = self.aside
            self.aside = aside or Part.DELETION
            self.add(text, element)
            self.aside = aside

    def _instruction(self, element: etree._Element) -> None:
        text = element.text
        if text:
            self.raw.append(text)
            part = self.aside or Part.FIELD
            self.paragraph.put_aside(part, Atom(text, element), self.change_note)

    def _field_char(self, element: etree._Element) -> None:
        kind = element.get(_FLD_TYPE)
        if kind == "begin":
            self.fields.append(True)
            self.coding += 1
            self.paragraph.last = None
            self.descend(element)
        elif kind == "separate" and self.fields and self.fields[-1]:
            self.fields[-1] = False
            self.coding -= 1
        elif kind == "end" and self.fields and self.fields.pop():
            self.coding -= 1

    def _simple_field(self, element: etree._Element) -> None:
        self.paragraph.put_alone(Part.FIELD, Atom(element.get(n.INSTR, ""), element, n.INSTR))
        self.descend(element)

    def _insertion(self, element: etree._Element) -> None:
        outer, note = self.inserted, self.change_note
        self.inserted, self.change_note = True, stamp(element)
        self.descend(element)
        self.inserted, self.change_note = outer, note

    def _deletion(self, element: etree._Element) -> None:
        self.under(Part.DELETION, element, stamp(element))

    def _table(self, element: etree._Element) -> None:
        outer = (self.table, self.row, self.column, self.cell_paragraphs)
        shades = (self.shaded, self.table_shaded)
        self.tables += 1
        self.table, self.row, self.column = self.tables, 0, None
        self.table_shaded = False
        if self.inspect and (properties := element.find(n.TBLPR)) is not None:
            style = properties.find(_TBLSTYLE)
            shade = properties.find(n.SHD)
            self.table_shaded = (
                style is not None and self.look.shades_table(style.get(n.VAL, ""))
            ) or (shade is not None and is_fill(shade))
        self.descend(element)
        self.table, self.row, self.column, self.cell_paragraphs = outer
        self.shaded, self.table_shaded = shades

    def _row(self, element: etree._Element) -> None:
        self.row = (self.row or 0) + 1
        self.column = 1
        outer = (self.aside, self.inserted, self.change_note)
        properties = element.find(n.TRPR)
        if properties is not None:
            for child in properties:
                if child.tag == _GRID_BEFORE:
                    self.column += _count(child)
                elif child.tag == n.INS:
                    self.inserted, self.change_note = True, stamp(child)
                elif child.tag == n.DEL:
                    self.aside, self.change_note = self.aside or Part.DELETION, stamp(child)
                elif child.tag == f"{n.W}hidden" and n.on(child.get(n.VAL)):
                    self.aside = self.aside or Part.HIDDEN
        self.descend(element)
        self.aside, self.inserted, self.change_note = outer

    def _cell(self, element: etree._Element) -> None:
        self.cell_paragraphs = 0
        span, aside, inserted = 1, self.aside, self.inserted
        outer_note, self.shaded = self.change_note, self.table_shaded
        if len(element) and element[0].tag == n.TCPR:
            for child in element[0]:
                tag = child.tag
                if tag == _GRID_SPAN:
                    span = max(1, _count(child))
                elif tag in (_V_MERGE, _H_MERGE) and child.get(n.VAL) != "restart":
                    self.aside = aside or Part.HIDDEN
                elif tag == n.SHD:
                    self.shaded = is_fill(child) or self.table_shaded
                elif tag == f"{n.W}cellDel":
                    self.aside, self.change_note = aside or Part.DELETION, stamp(child)
                elif tag == f"{n.W}cellIns":
                    self.inserted, self.change_note = True, stamp(child)
        self.descend(element)
        self.aside, self.inserted, self.change_note = aside, inserted, outer_note
        self.shaded = self.table_shaded
        self.column = (self.column or 1) + span

    def _note(self, element: etree._Element) -> None:
        """One footnote or endnote; one nobody points at is not printed."""
        outer = (self.visible, self.note)
        shown = self.shown_notes
        if shown is not None and element.get(n.ID, "") not in shown:
            self.visible = element.get(_NOTE_TYPE) not in (None, "normal")
            self.note = "正文没有引用"
        self.descend(element)
        self.visible, self.note = outer

    def _comment(self, element: etree._Element) -> None:
        self.note = stamp(element)
        self.descend(element)
        self.note = ""

    def _note_reference(self, element: etree._Element) -> None:
        if self.aside is None:
            kind = "footnote" if element.tag.endswith("footnoteReference") else "endnote"
            self.note_references.add((kind, element.get(n.ID, "")))


def _count(element: etree._Element) -> int:
    try:
        return min(int(element.get(n.VAL, "1")), 1000)
    except ValueError:
        return 1


def _skip(story: Story, element: etree._Element) -> None:
    """An element with nothing to read under it."""


HANDLERS: dict[str, Handler] = {
    n.P: Story.paragraph_of,
    f"{n.A}p": Story.paragraph_of,
    n.PPR: Story._properties,
    n.RUN: Story._run,
    n.RPR: _skip,
    n.T: Story.text,
    f"{n.MATH}t": Story.text,
    f"{n.A}t": Story.text,
    n.DEL_TEXT: Story._deleted_text,
    n.INSTR_TEXT: Story._instruction,
    n.DEL_INSTR: Story._deleted_text,
    n.FLD_CHAR: Story._field_char,
    n.FLD_SIMPLE: Story._simple_field,
    n.INS: Story._insertion,
    n.MOVE_TO: Story._insertion,
    n.DEL: Story._deletion,
    n.MOVE_FROM: Story._deletion,
    n.TBL: Story._table,
    n.TR: Story._row,
    n.TC: Story._cell,
    n.TBLPR: _skip,
    n.TRPR: _skip,
    n.TCPR: _skip,
    n.SECTPR: _skip,
    f"{n.W}tblGrid": _skip,
    n.TXBX: Story.box,
    f"{n.W}footnote": Story._note,
    f"{n.W}endnote": Story._note,
    f"{n.W}comment": Story._comment,
    f"{n.W}footnoteReference": Story._note_reference,
    f"{n.W}endnoteReference": Story._note_reference,
}
