"""A Word binary document as segments: every story, then everything else the file carries."""

from collections.abc import Iterator
from typing import BinaryIO

from formats import oleleft
from formats.blips import Told, blips, told
from formats.budget import Budget
from formats.doc97 import fib as numbers
from formats.doc97 import lists
from formats.doc97.asides import Asides
from formats.doc97.fib import BROKEN, OLD, OLD_FILES, Fib
from formats.doc97.formatting import Formatting
from formats.doc97.pictures import DataStream, drawn, joined
from formats.doc97.pieces import Pieces
from formats.doc97.remains import Tables, left_behind
from formats.doc97.story import Revisers, Stories
from formats.oleparts import OleParts
from formats.reading import Kind, Part, Place, Reading, Segment, Trouble, TroubleCode, Unreadable

_STREAM = "WordDocument"


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
    overrides = tables.bytes_of(numbers.OVERRIDES)
    listed = lists.told(tables.levels(), overrides, stories.lists, name)
    segments += _paid(listed, budget)
    drawings = joined(tables.bytes_of(numbers.DRAWINGS))
    shapes = drawn(drawings, "DggInfo")
    segments += _paid(shapes.segments, budget)
    stored = DataStream(data)
    for at in sorted(stories.pictures.pictures):
        segments += _paid(stored.picture(at), budget)
    for at in sorted(stories.pictures.data):
        segments += _paid(stored.form(at), budget)
    segments += _paid(stored.words_left(), budget)
    segments += _paid(tables.between(), budget)
    pictures = Told([], [])
    if kept := [*blips(drawings, stream), *stored.blips]:
        pictures = told(kept, name, budget)
        segments += _paid(pictures.segments, budget)
    covered = [(0, fib.size), *pieces.covered(), *formatting.pages, *(b.kept for b in kept)]
    segments += _paid(left_behind(stream, covered, name), budget)
    left = oleleft.everything_else(parts, handled, budget)
    segments += _paid(left.segments, budget)
    broken = tables.broken + shapes.broken + stored.broken
    damaged = pieces.damaged or formatting.damaged or broken > 0
    troubles = [
        *_troubles(fib, damaged, stored.pictures_left()),
        *pictures.troubles,
        *left.troubles,
    ]
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


def _troubles(fib: Fib, damaged: bool, left: int) -> list[Trouble]:
    troubles = []
    if damaged:
        troubles.append(
            Trouble(
                TroubleCode.DAMAGED,
                "文档内部有损坏，可能没有读全。请在 WPS 或 Word 中打开核对，请另存为 .docx。",
                Place(Part.BODY, path=_STREAM),
            )
        )
    if fib.old:
        troubles.append(
            Trouble(
                TroubleCode.NOT_SUPPORTED,
                "这是 Word 6.0/95 的文件，程序读了全部文字，但可能分不清其中由样式隐藏的文字。"
                "请用 WPS 另存为 .docx 后再放入。",
                Place(Part.BODY, path=_STREAM),
            )
        )
    if left:
        troubles.append(
            Trouble(
                TroubleCode.NEEDS_OCR,
                f"文件里还留着 {left} 张正文中已经删去的图片，打开看不到，但会随文件发出去。"
                "请用 WPS 另存为 .docx 后再放入。",
                Place(Part.REVISION_HISTORY, path="Data"),
            )
        )
    return troubles
