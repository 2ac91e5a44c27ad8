"""A BIFF workbook as segments: one a cell, seen or unseen, then all else the file carries."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from formats import oleleft
from formats.biff import remains
from formats.biff.book import BROKEN, Book, Tab
from formats.biff.external import Said
from formats.biff.places import STATES, around, cell_segments
from formats.biff.sheet import Sheet
from formats.blips import told
from formats.budget import Budget
from formats.oleparts import OleParts
from formats.reading import Kind, Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable
from formats.resting import collector_resting
from formats.sniff import OLE

_STREAMS = ("Workbook", "Book")
_PIVOTS = ("_sx_db_cur/", "_sx_db/")
_MACRO_SHEET, _MODULE = 1, 6
# So many broken sheets are named one by one.
_NAMED = 20
_WORKSHEET = b"\x10\0"


def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """All of an .xls or .et. Raises Unreadable."""
    source.seek(0)
    with collector_resting():
        if source.read(8) != OLE:
            source.seek(0)
            stream = source.read()
            budget.spend_bytes(len(stream))
            told = _Told(budget)
            told.workbook(stream, "Workbook")
            return told.reading(kind)
        parts = OleParts(source, budget)
        told = _Told(budget)
        read_streams: set[str] = set()
        found = [name for name in map(parts.find, _STREAMS) if name is not None]
        for name in found:
            told.workbook(parts.read(name), name)
            read_streams.add(name)
        if told.book is None:
            raise Unreadable(TroubleCode.DAMAGED, BROKEN)
        for name in parts.names:
            if name.casefold().startswith(_PIVOTS):
                read_streams.add(name)
                told.pivot(remains.PivotCache(parts.read(name), told.book.texts, name), name)
        left = oleleft.everything_else(parts, read_streams, budget)
        told.segments += told.paid(left.segments)
        told.troubles += left.troubles
        return told.reading(kind)


class _Told:
    """What has been read so far."""

    def __init__(self, budget: Budget) -> None:
        self.segments: list[Segment] = []
        self.troubles: list[Trouble] = []
        self.book: Book | None = None
        self._missing: list[Tab] = []
        self._budget = budget

    def paid(self, segments: Iterable[Segment]) -> Iterator[Segment]:
        """Charged as they come, so that an endless table ends."""
        for segment in segments:
            self._budget.spend_segments()
            yield segment

    def reading(self, kind: Kind) -> Reading:
        """The whole."""
        troubles = [*_missing(self._missing), *self.troubles]
        return Reading(kind, tuple(self.segments), tuple(troubles), partial=bool(troubles))

    def workbook(self, stream: bytes, path: str) -> None:
        """One workbook stream: its sheets in order, then what they share."""
        book = Book(stream, self._budget)
        if self.book is None:
            self.book = book
        handled: set[int] = set()
        walked = 0
        for number, tab in enumerate(book.tabs, 1):
            part = Part.HIDDEN_SHEET if tab.state else Part.SHEET
            place = Place(part, sheet=tab.name, paragraph=number, path=path)
            note = STATES.get(tab.state, "隐藏")
            self.segments += self.paid([Segment(place, tab.name, tab.state == 0, note)])
            # Sheets that overlap would let a small file be read a million times.
            if tab.at in handled or not _begins(stream, tab.at) or walked > 2 * len(stream):
                self._missing.append(tab)
                continue
            handled.add(tab.at)
            walked += self._sheet(book, tab, path)
        if not book.tabs and stream[6:8] == _WORKSHEET:
            book.unknown.clear()
            # A worksheet alone, without a workbook around it, as some programs export.
            self._sheet(book, Tab("Sheet1", 0, 0, 0), path)
        self._shared(book, path)

    def pivot(self, cache: remains.PivotCache, path: str) -> None:
        """What one pivot table was made from."""
        self.segments += self.paid(cache.segments())
        if cache.broken:
            self.troubles.append(
                Trouble(
                    TroubleCode.DAMAGED,
                    f"透视表保存的数据有 {cache.broken} 处损坏，没有读全。"
                    "请在 WPS 或 Excel 中打开核对并另存为 .xlsx 后再放入。",
                    Place(Part.PIVOT_CACHE, path=path),
                )
            )

    def _sheet(self, book: Book, tab: Tab, path: str) -> int:
        """Tell one sheet; how many bytes it took."""
        sheet = Sheet(book, tab.at)
        book.covered.append((tab.at, sheet.end))
        self.segments += self.paid(cell_segments(tab, sheet.cells, path))
        self.segments += self.paid(around(tab, sheet, path))
        if not sheet.complete:
            self._missing.append(tab)
        return max(0, sheet.end - tab.at)

    def _shared(self, book: Book, path: str) -> None:
        said: tuple[tuple[Part, list[Said]], ...] = (
            (Part.DEFINED_NAME, book.names),
            (Part.PROPERTY, book.people),
            (Part.EXTERNAL_LINK, book.links.said),
            (Part.HIDDEN, [Said(text, "工作簿以外的数据") for text in book.unknown]),
        )
        for part, texts in said:
            for number, (text, note) in enumerate(texts, 1):
                place = Place(part, paragraph=number, path=f"{path}/{part.value}")
                self.segments += self.paid([Segment(place, text, visible=False, note=note)])
        self.segments += self.paid(remains.formats_with_words(book, path))
        self.segments += self.paid(remains.leftover_strings(book, path))
        self.segments += self.paid(remains.uncovered(book, path))
        if book.pictures:
            shown = told(book.pictures, path, self._budget)
            self.segments += self.paid(shown.segments)
            self.troubles += shown.troubles
        if any(tab.type in (_MACRO_SHEET, _MODULE) for tab in book.tabs):
            self.troubles.append(
                Trouble(
                    TroubleCode.MACROS,
                    "表格带有 Excel 4.0 宏表或宏模块。请用 WPS 另存为 .xlsx 后再放入，以去掉宏。",
                )
            )
        if book.damaged:
            self.troubles.append(
                Trouble(
                    TroubleCode.DAMAGED,
                    f"表格内部有 {book.damaged} 处损坏，没有读全。"
                    "请在 WPS 或 Excel 中打开核对并另存为 .xlsx 后再放入。",
                    Place(Part.SHEET, path=path),
                )
            )


def _begins(stream: bytes, at: int) -> bool:
    """Whether a sheet begins there."""
    return 0 < at < len(stream) and stream[at : at + 2] == b"\x09\x08"


def _missing(tabs: list[Tab]) -> Iterator[Trouble]:
    """Sheets that were not read wholly: each by name, or many in one sentence."""
    what = "在文件里缺少内容，没有读全。请在 WPS 或 Excel 中打开核对并另存。"
    for tab in tabs[:_NAMED]:
        place = Place(Part.SHEET, sheet=tab.name)
        yield Trouble(TroubleCode.DAMAGED, f"工作表“{tab.name}”{what}", place)
    if len(tabs) > _NAMED:
        more = f"另有 {len(tabs) - _NAMED} 个工作表{what}"
        yield Trouble(TroubleCode.DAMAGED, more, Place(Part.SHEET))
