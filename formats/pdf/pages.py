"""The pages of a PDF one after the other: their lines as segments, and what keeps one from
trusting them."""

from functools import partial
from typing import Any

from formats import ocr
from formats.budget import Budget
from formats.pdf import pictures
from formats.pdf.content import Content
from formats.pdf.document import Box, Frame, page_of
from formats.pdf.layout import Cell
from formats.pdf.lines import PageText
from formats.pdf.objects import Paint, Scanner
from formats.reading import Part, Place, Segment, Trouble, TroubleCode, Unreadable

# A picture smaller than this on both sides (points; about 14 mm) cannot hold a line of names.
SMALL = 40.0
# What a scanner's program recognised, long ago and elsewhere: nobody knows how well.
LAYER_CERTAINTY = 0.9
NOTES = {
    Part.INVISIBLE_TEXT: "字太小、不着墨或与底色相同",
    Part.COVERED_TEXT: "被图形或图片盖住",
    Part.OFF_PAGE: "在页面可见范围以外",
    Part.LAYER: "在关闭的图层里",
}
SCAN_NOTE = "扫描图片自带的文字层，以图片为准"
# As the classes themselves, of a tuple.
_place_of = partial(tuple.__new__, Place)
_segment_of = partial(tuple.__new__, Segment)
_NO_CELL = (None, None, None)


class Pages:
    """Reads pages and keeps what is to be told of them. Page numbers count from 1."""

    def __init__(self, document: Any, scanner: Scanner, budget: Budget) -> None:
        self._document = document
        self._count = len(document)
        self._scanner = scanner
        self._budget = budget
        self.segments: list[Segment] = []
        self.scanned: list[int] = []
        self.layered: list[int] = []
        self.unread_scans: list[int] = []
        self.unread_layers: list[int] = []
        self.unread_pictures: list[int] = []
        self._doubts: list[Trouble] = []
        self.garbled: list[int] = []
        self.unmeasured: list[int] = []
        self.broken: list[int] = []
        self.torn: list[int] = []
        self.boxed: list[int] = []
        self.noted: list[tuple[int, Frame]] = []
        self._tables = 0

    def read(self, number: int, content: Content) -> None:
        """One page. Raises Unreadable(TOO_BIG); a page that does not open is told as broken."""
        try:
            with page_of(self._document, number) as page:
                text = PageText(page, self._scanner, content)
                try:
                    found = self._lines(text, number)
                    self._judge(page, text, found, content, number)
                finally:
                    text.close()
                self.noted.append((number, text.frame))
                if content.torn:
                    self.torn.append(number)
        except Unreadable as error:
            if error.code is not TroubleCode.DAMAGED:
                raise
            self.broken.append(number)

    def _lines(self, text: PageText, number: int) -> list[Segment]:
        lines = text.lines()
        self._budget.spend_segments(len(lines))
        body, tables = Part.BODY, self._tables
        found = [
            _segment_of((_place_of((body, None, number, None, None, None, None, None, line, None,
                                    box)), text, True, "", 1.0))
            if part is body and cell is None
            else _segment(line, text, box, part, cell, number, tables)
            for line, text, _, box, part, cell in lines
        ]  # fmt: skip
        self._tables += max((line.cell.table for line in lines if line.cell), default=0)
        self.segments += found
        if text.boxed:
            self.boxed.append(number)
        return found

    def _judge(
        self, page: Any, text: PageText, found: list[Segment], content: Content, number: int
    ) -> None:
        """What cannot be told from the text alone."""
        boxes: list[Box] = []
        if content.painted:
            boxes = [text.frame.shown(*p.box) for p in text.objects.pictures if _is_large(p)]
        unreadable = text.unreadable
        garbled = unreadable and unreadable * 10 > sum(len(s.text) for s in found) > 0
        if text.layered:
            self.layered.append(number)
            self._recognise(page, text.frame, number, [], self.unread_layers)
        elif not any(s.visible for s in found):
            if text.objects.count > len(text.objects.texts):
                self.scanned.append(number)
                self._recognise(page, text.frame, number, [], self.unread_scans)
        elif garbled:
            self._recognise(page, text.frame, number, [], [])
        elif boxes:
            self._recognise(page, text.frame, number, boxes, self.unread_pictures)
        if garbled:
            self.garbled.append(number)
        if content.bare and self._scanner.loses(text.objects.texts):
            self.unmeasured.append(number)

    def _recognise(
        self, page: Any, frame: Frame, number: int, boxes: list[Box], unread: list[int]
    ) -> None:
        """The text on pictures, where that is wanted; else the page is one a person must read."""
        if not ocr.is_on(self._budget):
            unread.append(number)
            return
        said = pictures.written(page, frame, number, boxes, self._budget)
        self.segments += said.segments
        self._doubts += said.troubles

    @property
    def images(self) -> tuple[int, ...]:
        """The pages that are pictures: a person must see them."""
        return tuple(sorted({*self.scanned, *self.layered}))

    def troubles(self) -> list[Trouble]:
        """What a person must know about the pages."""
        told = (
            (
                TroubleCode.BAD_REDACTION,
                self.boxed,
                "第 {} 页有文字只是被图形或图片盖住，并没有删除，复制就能取出。"
                "请在原文件里删去这些文字，重新导出后再放入。",
            ),
            (
                TroubleCode.NEEDS_OCR,
                self.unread_scans,
                "第 {} 页是扫描图片，程序没有文字可查，请逐页查看。",
            ),
            (
                TroubleCode.NEEDS_OCR,
                self.unread_layers,
                "第 {} 页是带文字层的扫描图片，文字层可能与图片不一致，请对照图片逐页查看。",
            ),
            (
                TroubleCode.NEEDS_OCR,
                self.unread_pictures,
                "第 {} 页上有图片，程序没有读图片上的文字，请查看。",
            ),
            (
                TroubleCode.NEEDS_OCR,
                self.garbled,
                "第 {} 页的字体没有文字对照表，读出来的多是乱码，请逐页查看。",
            ),
            (
                TroubleCode.NEEDS_OCR,
                self.unmeasured,
                "第 {} 页的字体没有嵌在文件里，本机也没有这种字体，有的字读不出来。"
                "请逐页查看，或者用原软件嵌入字体后重新导出。",
            ),
            (
                TroubleCode.DAMAGED,
                self.broken,
                "第 {} 页打不开，没有读到。请用原软件重新导出后再放入。",
            ),
            (
                TroubleCode.DAMAGED,
                self.torn,
                "第 {} 页的内容有损坏，可能没有读全。请用原软件重新导出后再放入。",
            ),
        )
        found = [
            Trouble(code, text.format(ranges(numbers)), Place(_PARTS[code], page=numbers[0]))
            for code, numbers, text in told
            if numbers
        ]
        return found + ocr.together(self._doubts, self._count)


_PARTS = {
    TroubleCode.BAD_REDACTION: Part.COVERED_TEXT,
    TroubleCode.NEEDS_OCR: Part.IMAGE,
    TroubleCode.DAMAGED: Part.IMAGE,
}


def _is_large(picture: Paint) -> bool:
    left, bottom, right, top = picture.box
    return right - left > SMALL and top - bottom > SMALL


def _segment(
    number: int, text: str, box: Box, part: Part, cell: Cell | None, page: int, tables: int
) -> Segment:
    """A line that is no ordinary one. `tables`: how many tables stand on the pages before."""
    table, row, column = cell or _NO_CELL
    if table:
        table += tables
    certainty, note, seen = 1.0, "", True
    if part is Part.IMAGE:
        part = Part.TABLE if cell else Part.BODY
        certainty, note = LAYER_CERTAINTY, SCAN_NOTE
    elif part is not Part.BODY and part is not Part.TABLE:
        note, seen = NOTES[part], False
    place = _place_of((part, None, page, None, None, table, row, column, number, None, box))
    return _segment_of((place, text, seen, note, certainty))


def ranges(numbers: list[int]) -> str:
    """1, 2, 3, 5 as `1-3、5`. The numbers are sorted."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return "、".join(f"{f[0]}-{f[-1]}" if len(f) > 1 else str(f[0]) for f in found)
