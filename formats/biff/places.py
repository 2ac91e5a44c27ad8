"""A sheet's contents as segments: each cell, then comments, boxes, headers, links and rules."""

from collections.abc import Iterator

from formats.biff.book import Tab
from formats.biff.cells import Cell, Cells
from formats.biff.drawn import NOTE
from formats.biff.sheet import Sheet, cell_name
from formats.officeart import is_word_art, label_of
from formats.reading import Part, Place, Segment
from formats.sheet.references import letters_of

UNSURE = "以数字保存，末几位可能已丢失"
STATES = {0: "", 1: "隐藏", 2: "深度隐藏"}


def cell_segments(tab: Tab, cells: Cells, path: str) -> Iterator[Segment]:
    """One segment a cell, seen or unseen, in the order of the file.

    Written for speed: a workbook may have a million of them.
    """
    new, name = tuple.__new__, tab.name
    plain = not (tab.state or cells.hidden_rows or cells.hidden_columns or cells.merges)
    for cell in cells.cells:
        row, column, text, shown, unsure = cell
        part, note = (Part.CELL, "") if plain and shown else _sight(tab, cells, cell)
        if unsure:
            note = f"{note}，{UNSURE}" if note else UNSURE
        reference = f"{letters_of(column)}{row}"
        place = new(Place, (part, None, None, name, reference, None, row, column, None, path, None))
        yield new(Segment, (place, text, part is Part.CELL, note, 1.0))
    for row, column, found in cells.formulas:
        for number, piece in enumerate(found, 1):
            place = Place(
                Part.FIELD,
                sheet=tab.name,
                cell=cell_name(row, column),
                row=row,
                column=column,
                paragraph=number,
                path=path,
            )
            yield Segment(place, piece.text, visible=False, note="公式里的文字")


def _sight(tab: Tab, cells: Cells, cell: Cell) -> tuple[Part, str]:
    """Where a cell belongs for a reader: Part.CELL if it is seen, else why not."""
    if tab.state:
        return Part.HIDDEN_SHEET, STATES.get(tab.state, "隐藏")
    row, column = cell.row, cell.column
    if not _shows_through(cells, cell):
        if row in cells.hidden_rows:
            return Part.HIDDEN_ROW, "隐藏行（工作表带有筛选）" if cells.filtered else ""
        if column in cells.hidden_columns:
            return Part.HIDDEN_COLUMN, ""
    if cells.merges and cells.merges.covers(row, column):
        return Part.COVERED_TEXT, "合并单元格盖住的内容"
    if not cell.shown:
        return Part.INVISIBLE_TEXT, "格式使内容不显示"
    return Part.CELL, ""


def _shows_through(cells: Cells, cell: Cell) -> bool:
    """Whether a hidden cell is shown in the visible rest of the merge that begins with it."""
    merge = cells.merges.by_corner.get((cell.row, cell.column))
    if merge is None:
        return False
    if all(c in cells.hidden_columns for c in range(merge.left, merge.right + 1)):
        return False
    return any(r not in cells.hidden_rows for r in range(merge.top, merge.bottom + 1))


def around(tab: Tab, sheet: Sheet, path: str) -> Iterator[Segment]:
    """Everything of a sheet that is no cell."""
    shown = tab.state == 0
    texts = _texts_of_notes(sheet)
    for number, note in enumerate(sheet.notes, 1):
        text = note.text or texts.get(note.number, "")
        cell = cell_name(note.row, note.column)
        place = Place(Part.COMMENT, sheet=tab.name, cell=cell, paragraph=number, path=path)
        author = note.author.strip()
        if text.strip():
            said = f"批注，作者 {author}" if author else "批注"
            yield Segment(place, text, visible=False, note=said)
        if author:
            place = Place(Part.PROPERTY, sheet=tab.name, paragraph=number, path=path)
            yield Segment(place, author, visible=False, note="批注作者")
    yield from _drawn(tab, sheet, path)
    for number, aside in enumerate(sheet.asides, 1):
        place = Place(
            aside.part,
            sheet=tab.name,
            cell=None if aside.cell is None else cell_name(*aside.cell),
            paragraph=number,
            path=path,
        )
        yield Segment(place, aside.text, aside.visible and shown, aside.note)
    for number, value in enumerate(sheet.chart.cells, 1):
        place = Place(Part.CHART_CACHE, sheet=tab.name, paragraph=number, path=path)
        yield Segment(place, value.text, visible=False, note="图表保存的数据")


def _texts_of_notes(sheet: Sheet) -> dict[int, str]:
    return {drawn.number: drawn.text for drawn in sheet.objects.objects if drawn.type == NOTE}


def _drawn(tab: Tab, sheet: Sheet, path: str) -> Iterator[Segment]:
    """Text boxes, word art, and the names and descriptions of shapes."""
    number = 0
    texts = _texts_of_notes(sheet)
    noted = {note.number: texts.get(note.number) for note in sheet.notes}
    for shape, drawn in sheet.objects.paired():
        seen = tab.state == 0 and not shape.hidden
        is_note = drawn is not None and drawn.type == NOTE
        told = drawn is not None and is_note and noted.get(drawn.number) == drawn.text
        if drawn is not None and drawn.text.strip() and not told:
            number += 1
            place = Place(Part.TEXTBOX, sheet=tab.name, paragraph=number, path=path)
            note = "没有单元格的批注" if is_note else "隐藏的图形" if shape.hidden else ""
            yield Segment(place, drawn.text, seen and not is_note, note)
        for prop, text in shape.texts:
            if not text:
                continue
            number += 1
            if is_word_art(prop):
                place = Place(Part.TEXTBOX, sheet=tab.name, paragraph=number, path=path)
                yield Segment(place, text, seen, label_of(prop))
            else:
                place = Place(Part.ALT_TEXT, sheet=tab.name, paragraph=number, path=path)
                yield Segment(place, text, visible=False, note=label_of(prop))
