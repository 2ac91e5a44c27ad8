"""What lies in a workbook and is no XML: pictures, embedded files, macros, printers' settings."""

import re
from collections.abc import Iterator
from functools import partial

from formats.budget import Budget
from formats.ooxml.beside import Beside
from formats.reading import Part, Place, Segment, Trouble, TroubleCode
from formats.sheet.book import Book
from formats.sheet.remains import Around

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".svg",
             ".webp", ".wdp")  # fmt: skip
_XML = (".xml", ".vml", ".rels")
_CHART = re.compile(r"xl/charts/chart[^/]*\.xml")
_SHAPE = re.compile(rb"<(?:\w+:)?sp[\s>]")
# A DEVMODEW, as Windows keeps a printer's settings, begins with its name: 32 units of UTF-16.
_PRINTER_NAME = 64


def insides(book: Book, budget: Budget, around: Around) -> tuple[list[Segment], list[Trouble]]:
    """Every part that is no XML, read by whoever can. Raises Unreadable(TOO_BIG)."""
    beside = Beside(book.package, budget)
    for part in book.package.names:
        folded = part.casefold()
        if folded.endswith(_XML):
            continue
        beside.guard(part, partial(_inside, book, beside, part, folded, around))
    return beside.segments, beside.all_troubles()


def _inside(book: Book, beside: Beside, part: str, folded: str, around: Around) -> None:
    if folded.startswith("docprops/thumbnail"):
        beside.read(part, "thumbnail", visible=False)
    elif folded.endswith("vbaproject.bin"):
        beside.read(part, "vbaProject", visible=False)
    elif "/printersettings/" in folded:
        beside.add(list(_printer(book, part)))
    elif "/customproperty" in folded:
        beside.add(list(_custom(book, part)))
    elif folded.endswith(_PICTURES) or book.package.content_type(part).startswith("image/"):
        grid = around.grid(part)
        first = len(beside.segments)
        beside.picture(part, visible=around.is_shown(part))
        if grid is not None:
            beside.segments[first:] = [
                s._replace(place=s.place._replace(sheet=grid.sheet.name))
                for s in beside.segments[first:]
            ]
    else:
        beside.file(part)


def _printer(book: Book, part: str) -> Iterator[Segment]:
    raw = book.package.read(part)[:_PRINTER_NAME]
    name = raw.decode("utf-16-le", "replace").partition("\0")[0].strip()
    if name.isprintable() and name:
        yield Segment(Place(Part.PROPERTY, path=part), name, visible=False, note="打印机名称")


def _custom(book: Book, part: str) -> Iterator[Segment]:
    """18.3.1.22 says nothing of the bytes; programs write UTF-16 texts."""
    text = book.package.read(part).decode("utf-16-le", "replace").strip("\0 \r\n")
    if text:
        yield Segment(Place(Part.PROPERTY, path=part), text, visible=False, note="工作表自定义属性")


def left_out(book: Book) -> list[Trouble]:
    """What a reader sees and the clean copy will not hold: charts, shapes with text, pictures."""
    charts = shapes = pictures = 0
    for name in book.package.names:
        folded = name.casefold()
        charts += bool(_CHART.fullmatch(folded))
        pictures += folded.endswith(_PICTURES) and not folded.startswith("docprops/")
        if folded.startswith("xl/drawings/drawing"):
            shapes += len(_SHAPE.findall(book.package.read(name)))
    counted = ((charts, "个图表"), (shapes, "个文本框或者形状"), (pictures, "张图片"))
    found = [f"{count} {what}" for count, what in counted if count]
    if not found:
        return []
    return [
        Trouble(
            TroubleCode.LEFT_OUT,
            f"表格里有 {'、'.join(found)}，公开件中不会保留。需要公开的，请写进单元格，"
            "或者另存为 PDF 后放入。",
        )
    ]
