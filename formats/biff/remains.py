"""What a workbook carries beside its sheets: pivot caches, change logs, bytes nobody points at."""

import struct
from collections.abc import Iterator

from formats.biff.book import Book
from formats.biff.records import RECORD_LIES, Record, Texts, records
from formats.carving import between, texts_in, texts_in_all
from formats.reading import Part, Place, Segment

_FIELD, _STRING, _NUMBER, _INTEGER, _MOMENT, _CACHE = 0xC7, 0xCD, 0xC9, 0xCC, 0xCE, 0xC6
_VALUES = frozenset({_FIELD, _STRING, _NUMBER, _INTEGER, _MOMENT, _CACHE})
_PIVOT_NOTE = "透视表保存的源数据"


class PivotCache:
    """[MS-XLS] 2.1.7.12: the values of the table a pivot table was made from, in one stream.

    `broken`: in how many places; known once all `segments` were asked for.
    """

    def __init__(self, stream: bytes, texts: Texts, path: str) -> None:
        self.broken = 0
        self._stream = stream
        self._texts = texts
        self._path = path

    def segments(self) -> Iterator[Segment]:
        """Each value; of what is broken or not known, the texts in its bytes."""
        for number, (text, note) in enumerate(self._values(), 1):
            place = Place(Part.PIVOT_CACHE, paragraph=number, path=self._path)
            yield Segment(place, text, visible=False, note=note)

    def _values(self) -> Iterator[tuple[str, str]]:
        end = 0
        for record in records(self._stream, 0):
            end = record.end
            try:
                text, note = _pivot_value(record, self._texts)
            except RECORD_LIES:
                self.broken += 1
                yield from self._carved(record.whole)
                continue
            if text.strip():
                yield text.strip(), note
            elif record.type not in _VALUES:
                yield from self._carved(record.whole)
        if self._stream[end:].strip(b"\0"):
            self.broken += 1
            yield from self._carved(self._stream[end:])

    @staticmethod
    def _carved(data: bytes) -> Iterator[tuple[str, str]]:
        return ((text, _PIVOT_NOTE) for text in texts_in(data))


def _pivot_value(record: Record, texts: Texts) -> tuple[str, str]:
    data = record.whole
    if record.type == _STRING:
        return texts.long(data, 0)[0], _PIVOT_NOTE
    if record.type == _FIELD:
        # 2.4.313 SXFDB: seven words before the name.
        return texts.long(data, 14)[0], "透视表的字段"
    if record.type == _CACHE:
        # 2.4.292 SXDB: who refreshed it stands last.
        (count,) = struct.unpack_from("<H", data, 18)
        return (texts.counted(data, 20, count)[0] if count < 0xFFFF else ""), "透视表的刷新人"
    if record.type == _NUMBER:
        value = struct.unpack_from("<d", data)[0]
        return (str(int(value)) if value.is_integer() else f"{value:.15g}"), _PIVOT_NOTE
    if record.type == _INTEGER:
        return str(struct.unpack_from("<h", data)[0]), _PIVOT_NOTE
    if record.type == _MOMENT:
        year, month, day, hour, minute, _ = struct.unpack_from("<HHBBBB", data)
        return f"{year}-{month:02}-{day:02} {hour:02}:{minute:02}", _PIVOT_NOTE
    return "", ""


def leftover_strings(book: Book, path: str) -> Iterator[Segment]:
    """Shared strings that no cell uses, and phonetic guides. Call it after reading all sheets."""
    for index, text in enumerate(book.strings):
        if index not in book.used_strings and text.strip():
            place = Place(Part.HIDDEN, paragraph=index + 1, path=path)
            yield Segment(place, text, visible=False, note="没有单元格使用的残留文字")
    for index, text in book.phonetics:
        place = Place(Part.HIDDEN, paragraph=index + 1, column=2, path=path)
        yield Segment(place, text, visible=False, note="注音")


def uncovered(book: Book, path: str) -> Iterator[Segment]:
    """Texts in bytes of the stream that belong to no sheet: what an earlier saving left there."""
    for number, text in enumerate(texts_in_all(between(book.stream, book.covered)), 1):
        place = Place(Part.REVISION_HISTORY, paragraph=number, path=path)
        yield Segment(place, text, visible=False, note="工作表以外残留的文字")


def formats_with_words(book: Book, path: str) -> Iterator[Segment]:
    """Words written into number formats, as `"覃小满"0`: any cell could show them."""
    number = 0
    for code in dict.fromkeys(book.looks.own_codes):
        for literal in _literals(code):
            number += 1
            place = Place(Part.FIELD, paragraph=number, path=path)
            yield Segment(place, literal, visible=False, note="数字格式里的文字")


def _literals(code: str) -> Iterator[str]:
    for index, piece in enumerate(code.split('"')):
        if index % 2 and len(piece.strip()) >= 4 and any(c.isalnum() for c in piece):
            yield piece
