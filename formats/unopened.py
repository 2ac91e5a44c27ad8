"""Files inside other files that no reader here opens: the words in them, as far as bytes tell."""

import io
import re
import struct
from collections.abc import Iterable, Iterator

from formats.budget import Budget
from formats.carving import LONG
from formats.damage import damage
from formats.oleleft import everything_else
from formats.oleparts import OleParts
from formats.ooxml import wrapped
from formats.package import Package
from formats.reading import Kind, Part, Place, Segment, TroubleCode, Unreadable
from formats.sniff import OLE, sniff_stream

_SLIDES = "PowerPoint Document"
# [MS-PPT] 2.13.24: text atoms of two bytes and of one byte a letter, and names and remarks.
_WIDE_TEXT, _NARROW_TEXT, _WIDE_NAME = 0x0FA0, 0x0FA8, 0x0FBA
_CONTAINER = 0xF
_MARK = re.compile(r"___PPT\d+|\W?")
# [MS-XLSB] 2.3: where in a record the text begins that it holds; a number instead of one.
_CELLS = re.compile(r"xl/(?:worksheets/)?[^/]*\.bin", re.IGNORECASE)
_TEXT_AT = {6: 8, 8: 8, 19: 1, 156: 8, 632: 0, 637: 1}
_NUMBERS = frozenset({5, 9})
_SHEET = 156


def words(data: bytes, error: Unreadable, member: str, budget: Budget) -> list[Segment]:
    """The words of an old office file or a binary workbook; none of a file of any other kind.

    Whether they are seen nobody can tell: all count as unseen. `error` is why the file was not
    read, which whoever asks has told: what breaks off here is told by it. Raises TOO_BIG.
    """
    found: list[Segment] = []
    if error.code is not TroubleCode.ENCRYPTED:
        with budget.deeper():
            damage(member, lambda: found.extend(_words(data, member, budget)))
    return found


def _words(data: bytes, member: str, budget: Budget) -> Iterator[Segment]:
    kind = sniff_stream(io.BytesIO(data), "").kind
    if kind is Kind.PPT:
        parts = OleParts(io.BytesIO(data), budget)
        name = parts.find(_SLIDES) or _SLIDES
        yield from _told(_slides(parts.read(name)), member, name, budget)
        apart = {n for n in parts.names if n.casefold() in ("pictures", "current user")}
        beside = everything_else(parts, {name, *apart}, budget)
        yield from (s._replace(place=_under(s.place, member)) for s in beside.segments)
    elif kind is Kind.XLSB:
        package = Package(io.BytesIO(data), budget)
        for name in filter(_CELLS.fullmatch, package.names):
            yield from _told(_cells(package.read(name)), member, name, budget)
    elif data.startswith(OLE):
        place = Place(Part.EMBEDDED, member=member, path=member)
        yield from wrapped.letters(data, place, budget)


def _under(place: Place, member: str) -> Place:
    inner = place.member
    return place._replace(part=Part.EMBEDDED, member=f"{member}/{inner}" if inner else member)


def _told(texts: Iterable[str], member: str, path: str, budget: Budget) -> Iterator[Segment]:
    for number, text in enumerate(dict.fromkeys(texts), 1):
        budget.spend_segments()
        place = Place(Part.EMBEDDED, member=member, paragraph=number, path=path)
        yield Segment(place, text, visible=False, note="没有打开的文件里的文字")


def _slides(stream: bytes) -> Iterator[str]:
    """The text atoms in their order, in whatever container."""
    at = 0
    while at + 8 <= len(stream):
        version, kind, size = struct.unpack_from("<HHI", stream, at)
        at += 8
        if version & 0xF == _CONTAINER:
            continue
        raw = stream[at : at + size]
        if kind in (_WIDE_TEXT, _WIDE_NAME):
            text = raw.decode("utf-16-le", "replace")
        elif kind == _NARROW_TEXT:
            text = raw.decode("latin-1")
        else:
            text = ""
        text = text.replace("\r", "\n").replace("\v", "\n").strip("\0 \n")
        if not _MARK.fullmatch(text):
            yield text
        at += size


def _cells(part: bytes) -> Iterator[str]:
    """The texts and long numbers of a part's records, in their order."""
    at = 0
    while at < len(part):
        kind, at = _counted(part, at, 2)
        size, at = _counted(part, at, 4)
        record = part[at : at + size]
        at += size
        start = _TEXT_AT.get(kind)
        if start is not None:
            text, behind = _wide(record, start)
            if kind == _SHEET:
                text, _ = _wide(record, behind)
            if text.strip():
                yield text
        elif kind in _NUMBERS and len(record) >= 16:
            number = f"{struct.unpack_from('<d', record, 8)[0]:.15g}"
            if LONG.search(number):
                yield number


def _counted(part: bytes, at: int, most: int) -> tuple[int, int]:
    """2.1.4: seven bits a byte, of which the highest says that another one follows."""
    value = 0
    for number, byte in enumerate(part[at : at + most]):
        value |= (byte & 0x7F) << 7 * number
        at += 1
        if byte < 0x80:
            break
    return value, at


def _wide(record: bytes, at: int) -> tuple[str, int]:
    """2.5.168: how many letters, then the letters; and where they end."""
    if at + 4 > len(record):
        return "", len(record)
    end = at + 4 + 2 * struct.unpack_from("<I", record, at)[0]
    return record[at + 4 : end].decode("utf-16-le", "replace"), end
