"""One sheet: its records dealt to cells, drawings and what stands around them."""

import struct
from collections.abc import Callable
from typing import NamedTuple

from formats.biff.book import SILENT, Book
from formats.biff.cells import CELL_RECORDS, Cells
from formats.biff.drawn import Objects
from formats.biff.external import PATH_SIGNS
from formats.biff.records import BOF, EOF, RECORD_LIES, Record, records
from formats.carving import texts_in
from formats.hyperlinks import hyperlink
from formats.reading import Part
from formats.sheet.references import letters_of
from formats.sheet.surroundings import header_text

# Sheet records that hold no text of a person.
_SILENT = SILENT | frozenset(
    {
        *(0x0200, 0x023E, 0x001D, 0x0041, 0x0055, 0x0099, 0x0080, 0x0081, 0x0082, 0x0083, 0x0084),
        *(0x002A, 0x002B, 0x000C, 0x000D, 0x000F, 0x0010, 0x0011, 0x005F, 0x020B, 0x00D7, 0x0201),
        *(0x00BE, 0x0026, 0x0027, 0x0028, 0x0029, 0x00A1, 0x004D, 0x0083, 0x0867, 0x0862, 0x088B),
        *(0x00EC, 0x01B0, 0x00EF, 0x001A, 0x001B, 0x009D, 0x01B2, 0x0236),
        *(0x0021, 0x00A0, 0x0810, 0x088C, 0x0050, 0x0092, 0x005E),
    }
)
_SERIES_TEXT, _WRAPPED = 0x100D, 0x0851
# Records whose fields are not told apart, by what they are to an officer.
_KINDS = {
    **dict.fromkeys(
        (0x00B0, 0x00B1, 0x00B2, 0x00C5, 0x00D0, 0x00F0, 0x00F1, 0x0100, 0x0802, 0x0864),
        (Part.PIVOT_CACHE, "透视表"),
    ),
    **dict.fromkeys(
        (0x00DC, 0x01AD, 0x0803, 0x0804, 0x0805, 0x0806, 0x0807, 0x080A),
        (Part.VARIABLE, "数据连接"),
    ),
}


class Aside(NamedTuple):
    """A text beside the cells. `cell` is (row, column), from 1."""

    part: Part
    text: str
    visible: bool
    note: str
    cell: tuple[int, int] | None = None


class Note(NamedTuple):
    """A comment's place, author and the object that holds its text; -1: the text is here."""

    row: int
    column: int
    author: str
    number: int
    text: str = ""


class Sheet:
    """What one substream holds. `end` is where it ends, 0 if it does not begin where it should."""

    def __init__(self, book: Book, at: int) -> None:
        self.book = book
        self.cells = Cells(book)
        self.objects = Objects()
        self.chart = Cells(book)
        self.asides: list[Aside] = []
        self.notes: list[Note] = []
        self.end = 0
        self.complete = False
        self._in_chart = False
        self._walk(at)
        self.cells.finish()
        book.damaged += self.objects.finish()

    def _walk(self, at: int) -> None:
        depth = 0
        for record in records(self.book.stream, at):
            kind = record.type
            if depth == 0 and kind != BOF:
                return
            self.end = record.end
            try:
                if kind == BOF:
                    depth += 1
                    self._chart_begins(record, depth)
                elif kind == EOF:
                    depth -= 1
                    if depth == 0:
                        self.complete = True
                        return
                else:
                    self._deal(record, depth)
            except RECORD_LIES:
                self.book.damaged += 1
                for text in texts_in(record.whole):
                    self._say(Part.HIDDEN, text, "损坏的数据里的文字")

    def _chart_begins(self, record: Record, depth: int) -> None:
        """A substream inside the sheet's is an embedded chart; a sheet's own may be one too."""
        kind = struct.unpack_from("<H", record.data, 2)[0]
        self._in_chart = depth > 1 or kind == 0x20

    def _deal(self, record: Record, depth: int) -> None:
        kind = record.type
        in_chart = self._in_chart and (depth > 1 or kind in CELL_RECORDS or kind == _SERIES_TEXT)
        take = CELL_RECORDS.get(kind)
        if take is not None:
            take(self.chart if in_chart else self.cells, record)
        elif kind in _HANDLERS:
            _HANDLERS[kind](self, record)
        elif kind not in _SILENT and not 0x1000 <= kind < 0x1100:
            part, note = _KINDS.get(kind, (Part.HIDDEN, "表格以外的数据"))
            for text in texts_in(record.whole):
                self._say(part, text, note)

    def _note(self, record: Record) -> None:
        """2.4.179 Note; in BIFF5 the text is in it."""
        data = record.whole
        row, column, options, number = struct.unpack_from("<HHHH", data)
        if self.book.texts.unicode:
            author, _ = self.book.texts.long(data, 8)
            self.notes.append(Note(row + 1, column + 1, author, number))
            return
        text = data[6:].decode(self.book.texts.encoding, "replace")
        if row == 0xFFFF and self.notes:
            self.notes[-1] = self.notes[-1]._replace(text=self.notes[-1].text + text)
        else:
            self.notes.append(Note(row + 1, column + 1, "", -1, text[:options] or text))

    def _header(self, record: Record) -> None:
        self._page_text(record, Part.HEADER)

    def _footer(self, record: Record) -> None:
        self._page_text(record, Part.FOOTER)

    def _page_text(self, record: Record, part: Part) -> None:
        """2.4.136 Header and 2.4.124 Footer."""
        data, texts = record.whole, self.book.texts
        if data:
            raw, _ = texts.long(data, 0) if texts.unicode else texts.short(data, 0)
            self._say(part, header_text(raw), "", visible=True)

    def _other_pages(self, record: Record) -> None:
        """2.4.137 HeaderFooter: those of even and first pages."""
        data = record.whole
        (options,) = struct.unpack_from("<H", data, 28)
        at = 38
        for number, count in enumerate(struct.unpack_from("<HHHH", data, 30)):
            if not count:
                continue
            text, at = self.book.texts.long(data, at)
            part = Part.FOOTER if number % 2 else Part.HEADER
            shown = bool(options & (1 if number < 2 else 2))
            self._say(part, header_text(text), "偶数页" if number < 2 else "首页", visible=shown)

    def _link(self, record: Record) -> None:
        """2.4.140 HLink."""
        data = record.whole
        row, _, column, _ = struct.unpack_from("<HHHH", data)
        link = hyperlink(data, 24)
        address = "#".join(x for x in (link.address, link.location) if x)
        cell = (row + 1, column + 1)
        self._say(Part.LINK, address, "链接地址", cell)
        self._say(Part.LINK, link.shown, "链接的文字", cell)

    def _link_tip(self, record: Record) -> None:
        """2.4.141 HLinkTooltip."""
        data = record.whole
        row, _, column, _ = struct.unpack_from("<HHHH", data, 2)
        raw = data[10:]
        text = raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace").partition("\0")[0]
        self._say(Part.FIELD, text, "链接提示", (row + 1, column + 1))

    def _validation(self, record: Record) -> None:
        """2.4.92 Dv: four texts, then the two formulas of a rule."""
        data, texts = record.whole, self.book.texts
        at = 4
        for _ in range(4):
            text, at = texts.long(data, at)
            self._say(Part.FIELD, text.replace("\0", ""), "数据有效性提示")
        for _ in range(2):
            (size,) = struct.unpack_from("<H", data, at)
            self._literals(data, at + 4, size, "数据有效性的下拉选项")
            at += 4 + size

    def _condition(self, record: Record) -> None:
        """2.4.42 CF: the two formulas stand at the end, their sizes at the beginning."""
        data = record.whole
        first, second = struct.unpack_from("<HH", data, 2)
        at = len(data) - first - second
        if at < 0:
            raise IndexError("formulas")
        self._literals(data, at, first, "条件格式中的公式")
        self._literals(data, at + first, second, "条件格式中的公式")

    def _literals(self, data: bytes, at: int, size: int, note: str) -> None:
        for piece in self.book.operands(data, at, size, arrays=False):
            if piece.kind == "text" or len(piece.text) >= 11:
                self._say(Part.FIELD, piece.text.replace("\0", "，"), note)

    def _filter(self, record: Record) -> None:
        """2.4.6 AutoFilter: two criteria of ten bytes, then their texts (2.5.10 AFDOper)."""
        data, at = record.whole, 24
        for start in (4, 14):
            if data[start] == 6:
                count = data[start + 6]
                text, at = self.book.texts.counted(data, at, count)
                self._say(Part.FIELD, text, "筛选条件")

    def _scenario(self, record: Record) -> None:
        """2.4.244 Scenario: name, user, comment and values, in this order."""
        data, texts = record.whole, self.book.texts
        cells, _, _, name, comment, user = struct.unpack_from("<HBBBBB", data)
        at = 7
        text, at = texts.counted(data, at, name)
        self._say(Part.FIELD, text, "方案")
        text, at = texts.long(data, at) if user else ("", at)
        self._say(Part.FIELD, text, "方案的作者")
        text, at = texts.long(data, at) if comment else ("", at)
        self._say(Part.FIELD, text, "方案的说明")
        at += 4 * cells
        for _ in range(cells):
            text, at = texts.long(data, at)
            self._say(Part.FIELD, text, "方案的值")

    def _bitmap(self, record: Record) -> None:
        self.book.bitmap(record)

    def _consolidated(self, record: Record) -> None:
        """2.4.86 DConRef: where the data of a consolidation came from."""
        path, _ = self.book.texts.long(record.whole, 6)
        self._say(Part.EXTERNAL_LINK, path.translate(PATH_SIGNS), "合并计算的数据来源")

    def _queried(self, record: Record) -> None:
        """2.4.321 SXString behind a query: how and where the data was fetched."""
        self._say(Part.VARIABLE, self.book.texts.long(record.whole, 0)[0], "数据连接")

    def _series_text(self, record: Record) -> None:
        """2.4.254 SeriesText: titles and labels of a chart."""
        text, _ = self.book.texts.short(record.data, 2)
        self._say(Part.CHART_CACHE, text, "图表里的文字", visible=True)

    def _wrapped(self, record: Record) -> None:
        """2.4.130 FrtWrapper: a record of a chart that older programs shall pass over."""
        kind, size = struct.unpack_from("<HH", record.data, 4)
        if kind == _WRAPPED or 8 + size > len(record.data):
            raise IndexError("wrapped")
        self._deal(Record(kind, record.at, record.data[8 : 8 + size], (), record.end), 2)

    def _say(
        self,
        part: Part,
        text: str,
        note: str,
        cell: tuple[int, int] | None = None,
        *,
        visible: bool = False,
    ) -> None:
        if text.strip():
            self.asides.append(Aside(part, text.strip("\0"), visible, note, cell))

    def _drawing(self, record: Record) -> None:
        self.objects.add_drawing(record)

    def _object(self, record: Record) -> None:
        self.objects.add_object(record)
        if not self.book.texts.unicode:
            for text in texts_in(record.whole):
                self._say(Part.TEXTBOX, text, "", visible=True)

    def _object_text(self, record: Record) -> None:
        self.objects.add_text(record)


def cell_name(row: int, column: int) -> str:
    """`B3` of row 3, column 2."""
    return f"{letters_of(column)}{row}"


_HANDLERS: dict[int, Callable[[Sheet, Record], None]] = {
    0x001C: Sheet._note,
    0x0014: Sheet._header,
    0x0015: Sheet._footer,
    0x089C: Sheet._other_pages,
    0x01B8: Sheet._link,
    0x0800: Sheet._link_tip,
    0x01BE: Sheet._validation,
    0x01B1: Sheet._condition,
    0x009E: Sheet._filter,
    0x00AF: Sheet._scenario,
    _SERIES_TEXT: Sheet._series_text,
    _WRAPPED: Sheet._wrapped,
    0x0051: Sheet._consolidated,
    0x00E9: Sheet._bitmap,
    0x007F: Sheet._bitmap,
    0x00CD: Sheet._queried,
    0x00EC: Sheet._drawing,
    0x005D: Sheet._object,
    0x01B6: Sheet._object_text,
}
