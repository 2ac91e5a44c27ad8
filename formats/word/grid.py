"""Tables and notes of a story: which cell a paragraph stands in, which note is printed."""

from lxml import etree

from formats.reading import Part
from formats.word import names as n
from formats.word.authors import thread_of
from formats.word.look import PAINTED, PAPER, fill_of
from formats.word.passages import stamp
from formats.word.plain import rows
from formats.word.walker import Handler, Story

_GRID_SPAN = f"{n.W}gridSpan"
_GRID_BEFORE = f"{n.W}gridBefore"
_V_MERGE = f"{n.W}vMerge"
_H_MERGE = f"{n.W}hMerge"
_TBLSTYLE = f"{n.W}tblStyle"
_NOTE_TYPE = f"{n.W}type"


def _table(story: Story, element: etree._Element) -> None:
    outer = (story.table, story.row, story.column, story.cell_paragraphs)
    grounds = (story.ground, story.table_ground)
    story.tables += 1
    story.table, story.row, story.column = story.tables, 0, None
    story.table_ground = PAPER
    if story.inspect and (properties := element.find(n.TBLPR)) is not None:
        style = properties.find(_TBLSTYLE)
        shade = properties.find(n.SHD)
        if style is not None and story.look.shades_table(style.get(n.VAL, "")):
            story.table_ground = PAINTED
        elif shade is not None:
            story.table_ground = fill_of(shade)
    rows(story, element)
    story.table, story.row, story.column, story.cell_paragraphs = outer
    story.ground, story.table_ground = grounds


def _row(story: Story, element: etree._Element) -> None:
    story.row = (story.row or 0) + 1
    story.column = 1
    outer = (story.aside, story.inserted, story.change_note)
    properties = element.find(n.TRPR)
    if properties is not None:
        for child in properties:
            if child.tag == _GRID_BEFORE:
                story.column += _count(child)
            elif child.tag == n.INS:
                story.inserted, story.change_note = True, stamp(child)
            elif child.tag == n.DEL:
                story.aside, story.change_note = story.aside or Part.DELETION, stamp(child)
            elif child.tag == f"{n.W}hidden" and n.on(child.get(n.VAL)):
                story.aside = story.aside or Part.HIDDEN
    story.descend(element)
    story.aside, story.inserted, story.change_note = outer


def _cell(story: Story, element: etree._Element) -> None:
    story.cell_paragraphs = 0
    span, aside, inserted = 1, story.aside, story.inserted
    outer_note, story.ground = story.change_note, story.table_ground
    if (
        (element in story.marked.special or story.inspect)
        and len(element)
        and element[0].tag == n.TCPR
    ):
        for child in element[0]:
            tag = child.tag
            if tag == _GRID_SPAN:
                span = max(1, _count(child))
            elif tag in (_V_MERGE, _H_MERGE) and child.get(n.VAL) != "restart":
                story.aside = aside or Part.HIDDEN
            elif tag == n.SHD:
                story.ground = fill_of(child) or story.table_ground
            elif tag == f"{n.W}cellDel":
                story.aside, story.change_note = aside or Part.DELETION, stamp(child)
            elif tag == f"{n.W}cellIns":
                story.inserted, story.change_note = True, stamp(child)
    story.descend(element)
    story.aside, story.inserted, story.change_note = aside, inserted, outer_note
    story.ground = story.table_ground
    story.column = (story.column or 1) + span


def _note(story: Story, element: etree._Element) -> None:
    """One footnote or endnote; one nobody points at is not printed."""
    outer = (story.visible, story.note)
    shown = story.shown_notes
    if shown is not None and element.get(n.ID, "") not in shown:
        story.visible = element.get(_NOTE_TYPE) not in (None, "normal")
        story.note = "正文没有引用"
    story.descend(element)
    story.visible, story.note = outer


def _comment(story: Story, element: etree._Element) -> None:
    story.note = stamp(element) + thread_of(element, story.threads)
    story.descend(element)
    story.note = ""


def _note_reference(story: Story, element: etree._Element) -> None:
    if story.aside is None:
        kind = "footnote" if element.tag.endswith("footnoteReference") else "endnote"
        story.note_references.add((kind, element.get(n.ID, "")))


def _count(element: etree._Element) -> int:
    try:
        return min(int(element.get(n.VAL, "1")), 1000)
    except ValueError:
        return 1


GRID: dict[str, Handler] = {
    n.TBL: _table,
    n.TR: _row,
    n.TC: _cell,
    f"{n.W}footnote": _note,
    f"{n.W}endnote": _note,
    f"{n.W}comment": _comment,
    f"{n.W}footnoteReference": _note_reference,
    f"{n.W}endnoteReference": _note_reference,
}
