"""A workbook as segments: one a cell, seen or unseen, then everything else the file carries."""

from collections.abc import Iterator
from typing import BinaryIO

from formats.budget import Budget
from formats.ooxml.parts import contents
from formats.reading import Kind, Part, Place, Reading, Segment, Trouble, TroubleCode
from formats.resting import collector_resting
from formats.sheet import remains, surroundings, tables
from formats.sheet.book import Book, Sheet
from formats.sheet.formulas import literals
from formats.sheet.grid import STATES, Grid
from formats.sheet.insides import insides, left_out
from formats.sheet.number_format import LONG, doubt
from formats.sheet.references import letters_of

_PIECE = 10_000
# Excel's old macro sheets are sheets of cells too.
_GRIDS = frozenset({"worksheet", "", "xlMacrosheet", "xlIntlMacrosheet", "dialogsheet"})


def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """All of an .xlsx or .xlsm. Raises Unreadable."""
    with collector_resting():
        book = Book(source, budget)
        handled = {book.name}
        segments: list[Segment] = []
        troubles: list[Trouble] = []
        grids: list[Grid] = []
        for number, sheet in enumerate(book.sheets, 1):
            part = Part.SHEET if sheet.visible else Part.HIDDEN_SHEET
            place = Place(part, sheet=sheet.name, paragraph=number, path=book.name)
            segments.append(Segment(place, sheet.name, sheet.visible, state_note(sheet)))
            if sheet.part is None or sheet.part in handled:
                troubles.append(_no_cells(sheet))
                continue
            if sheet.type not in _GRIDS:
                continue
            handled.add(sheet.part)
            grid = Grid(book, sheet)
            first = len(segments)
            _cells(grid, segments, budget)
            segments += _paid(_pale_runs(grid), budget)
            segments += _paid(_strays(grid), budget)
            troubles += _not_computed(grid)
            repeats = grid.tables or surroundings.repeats_cells(grid.frame)
            shown = {s.text for s in segments[first:]} if repeats else set()
            segments += _paid(surroundings.of_frame(sheet, grid.frame, shown), budget)
            for table in grid.tables:
                handled.add(table.part)
                segments += _paid(tables.words(table, sheet, shown), budget)
            segments += _paid(surroundings.of_relations(book, grid, handled), budget)
            grids.append(grid)
        if book.strings_part is not None:
            handled.add(book.strings_part)
        around = remains.Around(contents(book.package), grids, segments)
        segments += _paid(remains.names(book), budget)
        segments += _paid(remains.traces(book), budget)
        segments += _paid(remains.stray_words(book), budget)
        segments += _paid(remains.leftover_strings(book), budget)
        segments += _paid(remains.everything_else(book, handled, around), budget)
        segments += _paid(iter(book.remarks), budget)
        inner, inner_troubles = insides(book, budget, around)
        segments += inner
        own = {sheet.part for sheet in book.sheets} | {book.strings_part}
        segments += _paid(remains.unsaid_parts(book, own, segments), budget)
        troubles += book.troubles + inner_troubles
        # What the clean copy will not hold was read all the same: not a partial reading.
        unread = bool(troubles)
        troubles += left_out(book)
        return Reading(kind, tuple(segments), tuple(troubles), partial=unread)


def _paid(segments: Iterator[Segment], budget: Budget) -> Iterator[Segment]:
    for segment in segments:
        budget.spend_segments()
        yield segment


def state_note(sheet: Sheet) -> str:
    """What a person asks about a hidden tab."""
    return STATES.get(sheet.state, sheet.state)


def _no_cells(sheet: Sheet) -> Trouble:
    return Trouble(
        TroubleCode.DAMAGED,
        f"工作表“{sheet.name}”在文件里缺少内容，没有读到。请在 WPS 或 Excel 中打开核对并另存。",
        Place(Part.SHEET, sheet=sheet.name),
    )


def _not_computed(grid: Grid) -> list[Trouble]:
    """Cells whose result a spreadsheet program would compute on opening: nobody has read them."""
    if not grid.uncomputed:
        return []
    first = grid.uncomputed[0]
    return [
        Trouble(
            TroubleCode.NOT_SUPPORTED,
            f"工作表“{grid.sheet.name}”有 {len(grid.uncomputed)} 个公式没有保存结果"
            f"（如 {first}），程序读不到。请在 WPS 或 Excel 中打开并保存后再放入。",
            Place(Part.CELL, sheet=grid.sheet.name, cell=first),
        )
    ]


def _cells(grid: Grid, segments: list[Segment], budget: Budget) -> None:
    """Append a segment for each cell. Written for speed: a workbook may have a million of them."""
    new, seen = tuple.__new__, Part.CELL
    sheet, name, path = grid.sheet, grid.sheet.name, grid.sheet.part
    plain = sheet.visible and not grid.hidden_columns and not grid.merges
    paid = len(segments)
    for row in grid.rows():
        if len(segments) - paid > _PIECE:
            budget.spend_segments(len(segments) - paid)
            paid = len(segments)
        number, digits = row.number, str(row.number)
        if plain and row.ordinary and not row.hidden:
            segments += [
                new(Segment, (new(Place, (seen, None, None, name, letters_of(column) + digits, None,
                 number, column, None, path, None)), text, True,
                 doubt(value) if kind == "n" and len(value) > LONG else "", 1.0))
                for column, text, _, kind, value, _, _ in row.cells
                if text
            ]  # fmt: skip
            continue
        open_row = plain and not row.hidden
        for column, text, shown, kind, value, _, formula in row.cells:
            reference = letters_of(column) + digits
            if text:
                part, note = seen, ""
                if not (open_row and shown) or grid.doubtful:
                    part, note = grid.sight(row, column, shown)
                if kind == "n" and len(value) > LONG and (said := doubt(value)):
                    note = f"{note}，{said}" if note else said
                place = new(
                    Place,
                    (part, None, None, name, reference, None, number, column, None, path, None),
                )
                segments.append(new(Segment, (place, text, part is seen, note, 1.0)))
                if kind == "n" and "*" in text:
                    segments.append(_behind(place, value))
            if formula:
                segments += literals(formula, grid, reference, number, column)
    budget.spend_segments(len(segments) - paid)


def _behind(place: Place, value: str) -> Segment:
    """The number of which the cell shows some digits only: its format puts stars in their place."""
    place = place._replace(part=Part.INVISIBLE_TEXT, paragraph=2)
    return Segment(place, value, visible=False, note="数字格式把一部分显示成星号")


def _strays(grid: Grid) -> Iterator[Segment]:
    for number, text in enumerate(grid.strays, 1):
        place = Place(Part.HIDDEN, sheet=grid.sheet.name, paragraph=number, path=grid.sheet.part)
        yield Segment(place, text, visible=False, note="单元格以外的文字")


def _pale_runs(grid: Grid) -> Iterator[Segment]:
    for row, column, text in grid.pale_runs:
        place = Place(
            Part.INVISIBLE_TEXT, sheet=grid.sheet.name, cell=f"{letters_of(column)}{row}",
            row=row, column=column, paragraph=1, path=grid.sheet.part,
        )  # fmt: skip
        yield Segment(place, text, visible=False, note="单元格里的白色文字")
