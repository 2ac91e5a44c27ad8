"""A Word binary document as segments: every story, then everything else the file carries."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from formats import oleleft
from formats.budget import Budget
from formats.carving import texts_in
from formats.doc97 import fib as numbers
from formats.doc97.asides import Asides
from formats.doc97.fib import BROKEN, OLD, OLD_FILES, Fib
from formats.doc97.formatting import Formatting
from formats.doc97.pieces import Pieces
from formats.doc97.remains import Tables, left_behind
from formats.doc97.story import Revisers, Stories
from formats.officeart import is_word_art, label_of, pictures_in, shapes
from formats.oleparts import OleParts
from formats.reading import Kind, Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable

_STREAM = "WordDocument"
# 2.9.192 PICF and [MS-DOC] 2.9.158 NilPICFAndBinData: both begin with their size and a header's.
_SHAPES = (0x64, 0x66)


def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """All of a .doc or .wps. Raises Unreadable."""
    source.seek(0)
    head = source.read(2)
    if head in OLD_FILES:
        raise Unreadable(TroubleCode.NOT_SUPPORTED, OLD)
    parts = OleParts(source, budget)
    name = parts.find(_STREAM)
    if name is None:
        raise Unreadable(TroubleCode.DAMAGED, BROKEN)
    stream = parts.read(name)
    fib = Fib(stream)
    handled = {name}
    table = stream if fib.old else b""
    table_name = parts.find(fib.table_name)
    if not fib.old:
        if table_name is None:
            raise Unreadable(TroubleCode.DAMAGED, BROKEN)
        table = parts.read(table_name)
        handled.add(table_name)
    data_name = parts.find("Data")
    data = b""
    if data_name is not None:
        data = parts.read(data_name)
        handled.add(data_name)
    encoding = "cp1252"
    if fib.old:
        encoding = "gb18030" if fib.language & 0xFF == 0x04 or _is_double(stream, fib) else "cp1252"
    pieces = Pieces(fib, stream, table, encoding)
    formatting = Formatting(fib, stream, table, data)
    tables = Tables(fib, table, encoding, name)
    revisers = Revisers(tables.strings_of(numbers.REVISERS))
    stories = Stories(pieces, formatting, revisers, budget)
    stories.fonts = tables.fonts()
    segments = list(Asides(fib, stream, tables, stories, name).all())
    segments += _paid(tables.said(), budget)
    drawn, pictures = _drawn(tables.bytes_of(numbers.DRAWINGS), "DggInfo")
    segments += _paid(drawn, budget)
    for at in sorted(stories.pictures.pictures):
        found, more = _picture(data, at)
        pictures += more
        segments += _paid(found, budget)
    for at in sorted(stories.pictures.data):
        segments += _paid(_form_data(data, at), budget)
    covered = [(0, fib.size), *pieces.covered(), *formatting.pages]
    segments += _paid(left_behind(stream, covered, name), budget)
    left = oleleft.everything_else(parts, handled, budget)
    segments += _paid(left.segments, budget)
    troubles = [*_troubles(fib, pieces, formatting, pictures, name), *left.troubles]
    return Reading(kind, tuple(segments), tuple(troubles), partial=bool(troubles))


def _paid(segments: Iterator[Segment] | list[Segment], budget: Budget) -> Iterator[Segment]:
    for segment in segments:
        budget.spend_segments()
        yield segment


def _is_double(stream: bytes, fib: Fib) -> bool:
    """Whether the text of an old file is Chinese: bytes above ASCII that come in pairs."""
    raw = stream[fib.first : fib.last][:65536]
    if not any(byte >= 0x81 for byte in raw):
        return False
    try:
        text = raw.decode("gbk")
    except UnicodeDecodeError:
        return False
    return sum("\u4e00" <= c <= "\u9fff" for c in text) * 4 > sum(c > "\x7f" for c in text)


def _drawn(data: bytes, path: str) -> tuple[list[Segment], int]:
    """Names, descriptions and word art of shapes ([MS-ODRAW]), and how many pictures are stored."""
    segments: list[Segment] = []
    for shape in shapes(data):
        for prop, text in shape.texts:
            if not text:
                continue
            art = is_word_art(prop)
            part = Part.TEXTBOX if art else Part.ALT_TEXT
            place = Place(part, paragraph=len(segments) + 1, path=path)
            segments.append(Segment(place, text, art and not shape.hidden, label_of(prop)))
    return segments, pictures_in(data)


def _picture(data: bytes, at: int) -> tuple[list[Segment], int]:
    """2.9.192 PICF: one picture in the text, with the name and description it has."""
    if at + 8 > len(data):
        return [], 1
    size, header, kind = struct.unpack_from("<iHh", data, at)
    if size < header or at + size > len(data):
        return [], 1
    begin = at + header
    if kind == 0x66 and begin < at + size:
        begin += 1 + data[begin]
    found, _ = _drawn(data[begin : at + size], f"Data/{at}")
    return found, 1


def _form_data(data: bytes, at: int) -> list[Segment]:
    """2.9.158: what a form field or link keeps unseen: default text, help, address."""
    if at + 6 > len(data):
        return []
    size, header = struct.unpack_from("<iH", data, at)
    place = Place(Part.FIELD, path=f"Data/{at}")
    return [
        Segment(place._replace(paragraph=n), text, visible=False, note="域里的数据")
        for n, text in enumerate(texts_in(data[at + header : at + max(0, size)]), 1)
    ]


def _troubles(
    fib: Fib, pieces: Pieces, formatting: Formatting, pictures: int, path: str
) -> list[Trouble]:
    troubles = []
    if pieces.damaged or formatting.damaged:
        troubles.append(
            Trouble(
                TroubleCode.DAMAGED,
                "文档内部有损坏，可能没有读全。请在 WPS 或 Word 中打开核对，请另存为 .docx。",
                Place(Part.BODY, path=path),
            )
        )
    if fib.old:
        troubles.append(
            Trouble(
                TroubleCode.NOT_SUPPORTED,
                "这是 Word 6.0/95 的文件，程序读了全部文字，但可能分不清其中由样式隐藏的文字。"
                "请用 WPS 另存为 .docx 后再放入。",
                Place(Part.BODY, path=path),
            )
        )
    if pictures:
        troubles.append(
            Trouble(
                TroubleCode.NEEDS_OCR,
                f"文档里有 {pictures} 张图片，程序没有读图片上的文字，请逐张查看。",
                Place(Part.IMAGE, path=path),
            )
        )
    return troubles
