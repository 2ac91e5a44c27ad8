"""One pass over a story (the body, a header, the notes, the comments), paragraph by paragraph."""

from collections.abc import Callable

from lxml import etree

from formats.budget import Budget
from formats.package import Relationship
from formats.reading import Part, Place, Segment
from formats.word import names as n
from formats.word.look import PAPER, Look
from formats.word.marked import Marked
from formats.word.numbering import Counts
from formats.word.paragraph_look import AWAY, Sheet, put_on, sheet_of
from formats.word.passages import NUMBER, Atom, Paragraph, Told, stamp

_FLD_TYPE = f"{n.W}fldCharType"

CELL_LOOKS = frozenset(
    f"{n.W}{name}"
    for name in ("gridSpan", "vMerge", "hMerge", "cellDel", "cellIns", "gridBefore", "hidden")
)
_ORDINARY = frozenset(
    {
        f"{n.W}body",
        n.P,
        n.PPR,
        n.RUN,
        n.RPR,
        n.T,
        n.TBL,
        n.TR,
        n.TC,
        n.TBLPR,
        n.TRPR,
        n.TCPR,
        n.SECTPR,
        n.GRID,
    }
)

Handler = Callable[["Story", etree._Element], None]


class Story:
    """Walks one part. Afterwards `segments` holds its texts, `atoms` where each lives (only if
    `cutting`), `note_references` the notes shown, `hidden_runs` the runs whose look hides them."""

    def __init__(
        self,
        part: Part,
        path: str,
        look: Look,
        budget: Budget,
        *,
        relationships: dict[str, Relationship] | None = None,
        visible: bool = True,
        note: str = "",
        cutting: bool = False,
        counts: Counts | None = None,
        sheet: Sheet | None = None,
    ) -> None:
        self.part = part
        self.path = path
        self.look = look
        self.budget = budget
        self.relationships = relationships or {}
        self.visible = visible
        self.note = note
        self.root: etree._Element
        self.marked: Marked
        self.inspect = True
        self.shown = visible
        self.segments: list[Segment] = []
        self.atoms: dict[Place, list[Atom]] = {}
        self.cutting = cutting
        self.counts = counts
        self.sheet = sheet or Sheet()
        self.note_references: set[tuple[str, str]] = set()
        self.shown_notes: frozenset[str] | None = None
        self.threads: dict[str, str] = {}
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
        self.ground = PAPER
        self.table_ground = PAPER
        self.fields: list[bool] = []
        self.coding = 0
        self.loose = Paragraph(None)
        self.paragraph = self.loose

    def walk(self, root: etree._Element, *, exact: bool = True) -> None:
        """Everything the part says, in reading order. `exact`: a line may be of exact height."""
        self.root = root
        wanted = [tag for tag in HANDLERS if tag not in _ORDINARY] + list(CELL_LOOKS)
        numbering = None if self.counts is None else self.counts.numbering
        self.marked = Marked(root, wanted, numbering, self.look, exact=exact)
        self.inspect = self.marked.inspect
        if self.marked.sections:
            self.sheet = sheet_of(self.marked.sections)
        HANDLERS.get(root.tag, Story.descend)(self, root)
        place = Place(self.part, path=self.path)
        self.keep(self.loose.told(place, visible=self.visible, note=self.note))
        self.budget.spend_segments(len(self.segments))

    def keep(self, told: list[Told], at: int | None = None) -> None:
        """Add segments, at the end or before those from index `at` on."""
        segments = [segment for segment, _ in told]
        if at is None:
            self.segments += segments
        else:
            self.segments[at:at] = segments
        if self.cutting:
            self.atoms |= {segment.place: atoms for segment, atoms in told}

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
        label = ""
        if self.counts is not None and self.aside is None and element in self.marked.counted:
            label = self.counts.label(element)
        if self.is_plain and element.tag == n.P and element not in self.marked.special:
            self._emit_plain(list(element.iter(n.T)), number, element, label)
            return
        mine = self.paragraph = Paragraph(number)
        if label:
            mine.visible.append(Atom(label, element, NUMBER))
        at = len(self.segments)
        self.descend(element)
        self.paragraph = outer
        if mine.visible or mine.aside:
            self.emit(mine, at)

    @property
    def is_plain(self) -> bool:
        """Whether nothing around what comes next asks for more than its words."""
        return not (self.marked.always or self.coding or self.inserted or self.aside)

    def emit(self, paragraph: Paragraph, at: int) -> None:
        """Place a paragraph's texts before those of the boxes anchored in it."""
        place = self._place(paragraph.number)
        self.keep(paragraph.told(place, visible=self.visible, note=self.note), at)

    def _emit_plain(
        self, texts: list[etree._Element], number: int, paragraph: etree._Element, label: str
    ) -> None:
        """The short way for nearly every paragraph: runs of text and nothing else."""
        text = "".join([element.text or "" for element in texts])
        self.raw.append(text)
        if label:
            text = label + text
        if not text or text.isspace():
            return
        place = self._place(number)
        self.segments.append(_tuple_new(Segment, (place, text, self.visible, self.note, 1.0)))
        if self.cutting:
            counted = [Atom(label, paragraph, NUMBER)] if label else []
            self.atoms[place] = counted + [Atom(e.text or "", e) for e in texts]

    def _place(self, number: int | None) -> Place:
        base = self.part
        if base is Part.BODY and self.table is not None:
            base = Part.TABLE
        return _tuple_new(
            Place,
            (
                base,
                None,
                None,
                None,
                None,
                self.table,
                self.row,
                self.column,
                number,
                self.path,
                None,
            ),
        )

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
        put_on(self.paragraph, element, self.sheet)

    def _run(self, element: etree._Element) -> None:
        if self.inspect and self.aside is None:
            rpr = element[0] if len(element) and element[0].tag == n.RPR else None
            ground = self.paragraph.ground or self.ground
            around = self.paragraph
            if around.away or self.look.hides(rpr, around.style, ground, around.squeezed):
                self.hidden_runs.append(element)
                self.under(Part.HIDDEN, element, AWAY if around.away else "")
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


# A NamedTuple's own constructor is Python code; a long document makes a hundred thousand.
_tuple_new = tuple.__new__


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
    n.TBLPR: _skip,
    n.TRPR: _skip,
    n.TCPR: _skip,
    n.SECTPR: _skip,
    n.GRID: _skip,
    n.TXBX: Story.box,
}
