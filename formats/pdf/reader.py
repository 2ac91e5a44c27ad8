"""A PDF as segments: the lines of its pages, seen or unseen, then everything else it carries."""

import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import pikepdf
import pypdfium2.raw as pdfium

from formats.budget import Budget
from formats.pdf import annotations, document_parts
from formats.pdf.document import opened, page_of
from formats.pdf.layers import off_layers
from formats.pdf.layout import Line
from formats.pdf.lines import PageText
from formats.pdf.objects import Scanner
from formats.pdf.revisions import earlier_texts
from formats.pdf.structure import entry, gathered, items_of, open_structure
from formats.reading import Kind, Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable

# A picture smaller than this on both sides (points; about 14 mm) cannot hold a line of names.
SMALL = 40.0
NOTES = {
    Part.INVISIBLE_TEXT: "字太小、不着墨或与底色相同",
    Part.COVERED_TEXT: "被图形或图片盖住",
    Part.OFF_PAGE: "在页面可见范围以外",
    Part.LAYER: "在关闭的图层里",
}
_SEEN = frozenset({Part.BODY, Part.TABLE})
_NO_CELL = (None, None, None)
# Fonts without a table of characters give private-use code points or nothing that can be read.
_UNREADABLE = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]")


class _Pages:
    """What the pages gave: collected while walking them."""

    def __init__(self) -> None:
        self.scanned: list[int] = []
        self.pictured: list[int] = []
        self.garbled: list[int] = []
        self.broken: list[int] = []
        self.noted: list[tuple[int, float]] = []
        self.tables = 0


def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """All of a PDF. Raises Unreadable: ENCRYPTED, DAMAGED, TOO_BIG."""
    source.seek(0)
    data = source.read()
    segments: list[Segment] = []
    pages = _Pages()
    structure = open_structure(source)
    try:
        off = frozenset() if structure is None else off_layers(structure)
        with opened(data) as document:
            count = len(document)
            budget.check_pages(count)
            scanner = Scanner(off)
            for number in range(1, count + 1):
                _page(document, number, scanner, segments, pages, budget)
        troubles = _page_troubles(pages)
        if count == 0:
            troubles.append(Trouble(TroubleCode.DAMAGED, "这个 PDF 没有一页，请核对文件。"))
        if structure is None:
            troubles.append(_no_structure())
        else:
            troubles += _rest(structure, off, segments, pages, budget)
    finally:
        if structure is not None:
            structure.close()
    if data.count(b"%%EOF") > 1:
        current = frozenset(s.text.strip() for s in segments)
        segments += earlier_texts(data, current, budget.limits.pages)
    return Reading(
        kind, tuple(segments), tuple(troubles), count, bool(troubles), tuple(pages.scanned)
    )


def _page(
    document: Any,
    number: int,
    scanner: Scanner,
    segments: list[Segment],
    pages: _Pages,
    budget: Budget,
) -> None:
    try:
        with page_of(document, number) as page:
            text = PageText(page, scanner)
            try:
                lines = text.lines()
                found = [_segment(line, number, pages.tables) for line in lines]
                pages.tables += max((line.cell.table for line in lines if line.cell), default=0)
            finally:
                text.close()
            if pdfium.FPDFPage_GetAnnotCount(page.raw) > 0:
                pages.noted.append((number, page.get_height()))
    except Unreadable as error:
        if error.code is not TroubleCode.DAMAGED:
            raise
        pages.broken.append(number)
        return
    budget.spend_segments(len(found))
    segments += found
    pictures = [
        p for p in text.objects.pictures
        if p.box[2] - p.box[0] > SMALL and p.box[3] - p.box[1] > SMALL
    ]  # fmt: skip
    if not any(s.visible for s in found):
        if text.objects.count > len(text.objects.texts):
            pages.scanned.append(number)
    elif pictures:
        pages.pictured.append(number)
    characters = sum(len(s.text) for s in found)
    if sum(len(_UNREADABLE.findall(s.text)) for s in found) * 10 > characters > 0:
        pages.garbled.append(number)


def _segment(line: Line, page: int, tables: int) -> Segment:
    """`tables`: how many tables stand on the pages before."""
    part, cell = line.part, line.cell
    table, row, column = (tables + cell.table, cell.row, cell.column) if cell else _NO_CELL
    place = Place(part, None, page, None, None, table, row, column, line.number, None, line.box)
    return Segment(place, line.text, part in _SEEN, NOTES.get(part, ""))


def _rest(
    structure: pikepdf.Pdf,
    off: frozenset[bytes],
    segments: list[Segment],
    pages: _Pages,
    budget: Budget,
) -> list[Trouble]:
    """Everything that does not stand on a page. Gives the troubles it met."""
    before = len(segments)
    shown: set[tuple[int, int]] = set()

    def notes() -> Iterator[Segment]:
        for number, height in pages.noted:
            page = structure.pages[number - 1].obj
            yield from annotations.of_page(page, number, height)
            for note in items_of(entry(page, "/Annots")):
                shown.add(getattr(note, "objgen", (0, 0)))

    readers: tuple[Callable[[], Iterator[Segment]], ...] = (
        notes,
        lambda: annotations.other_fields(structure.Root, shown),
        lambda: document_parts.outline(structure),
        lambda: document_parts.properties(structure),
        lambda: document_parts.layers(structure, off),
        lambda: document_parts.scripts(structure),
        lambda: document_parts.descriptions(structure),
    )
    whole = [gathered(reader, segments) for reader in readers]
    budget.spend_segments(len(segments) - before)
    troubles = [] if all(whole) else [_no_structure()]
    inner, more = document_parts.attachments(structure, budget)
    segments += inner
    return troubles + more


def _no_structure() -> Trouble:
    return Trouble(
        TroubleCode.DAMAGED,
        "这个 PDF 的内部结构有损坏，注释、表单、附件等可能没有读全。"
        "请用原软件重新导出后再放入，或人工查看。",
    )


def _page_troubles(pages: _Pages) -> list[Trouble]:
    told = (
        (
            TroubleCode.NEEDS_OCR,
            pages.scanned,
            "第 {} 页是扫描图片，程序没有文字可查，请逐页查看。",
        ),
        (
            TroubleCode.NEEDS_OCR,
            pages.pictured,
            "第 {} 页上有图片，程序没有读图片上的文字，请查看。",
        ),
        (
            TroubleCode.NEEDS_OCR,
            pages.garbled,
            "第 {} 页的字体没有文字对照表，读出来的多是乱码，请逐页查看。",
        ),
        (
            TroubleCode.DAMAGED,
            pages.broken,
            "第 {} 页打不开，没有读到。请用原软件重新导出后再放入。",
        ),
    )
    return [
        Trouble(code, text.format(ranges(numbers)), Place(Part.IMAGE, page=numbers[0]))
        for code, numbers, text in told
        if numbers
    ]


def ranges(numbers: list[int]) -> str:
    """1, 2, 3, 5 as `1-3、5`. The numbers are sorted."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return "、".join(f"{f[0]}-{f[-1]}" if len(f) > 1 else str(f[0]) for f in found)
