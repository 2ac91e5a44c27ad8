"""The rest of a PDF, through pikepdf: opening it, and walking its objects without trust.

Any object may be missing, of another type, or point back at itself (ISO 32000-1, 7.3).
"""

import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import pikepdf

from formats.carving import written
from formats.pdf.losses import broke_off
from formats.reading import Segment, TroubleCode, Unreadable

# Everything pikepdf and qpdf are known to raise on a file that lies.
PDF_LIES = (
    pikepdf.PdfError,
    pikepdf.PasswordError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RuntimeError,
    OverflowError,
)
_WIDE = (b"\xfe\xff", b"\xff\xfe")
# How pikepdf names an object: its number and its generation.
ObjectName = tuple[int, int]
MOST_NODES = 200_000
MOST_OBJECTS = 600_000
MOST_TEXT = 64 * 1024 * 1024


def open_structure(source: BinaryIO) -> pikepdf.Pdf | None:
    """The object tree; None where qpdf cannot read what pdfium could.

    Raises Unreadable(TOO_BIG) for more objects than any document has.
    """
    source.seek(0)
    try:
        pdf = pikepdf.open(source, suppress_warnings=True, inherit_page_attributes=False)
        size: Any = pdf.trailer.get("/Size")
    except PDF_LIES:
        return None
    if isinstance(size, int) and size > MOST_OBJECTS:
        pdf.close()
        raise Unreadable(
            TroubleCode.TOO_BIG,
            f"PDF 里的对象超过 {MOST_OBJECTS // 10_000} 万个，已停止读取。请用原软件拆分后再放入。",
        )
    return pdf


def string_of(value: Any) -> str:
    """A text string, or the text of a stream; empty for anything else."""
    if isinstance(value, pikepdf.Stream):
        try:
            data = plain_bytes(value)
        except PDF_LIES:
            broke_off()
            return ""
        if data.startswith(_WIDE):
            return data.decode("utf-16", "replace")
        return written(data) or data.decode("utf-8", "replace")
    if isinstance(value, pikepdf.String):
        return _string(value).strip("\0")
    if isinstance(value, pikepdf.Name):
        return _shown(str(value)).lstrip("/")
    return ""


def _string(value: Any) -> str:
    """In the standard's own codes (7.9.2), or in that of the machine that wrote it."""
    raw = bytes(value)
    if raw.isascii() or raw.startswith((*_WIDE, b"\xef\xbb\xbf")):
        return str(value)
    return written(raw) or str(value)


def plain_bytes(stream: Any) -> bytes:
    """The decoded bytes of a stream that stands for a text; what breaks off is noted (`losses`).

    Raises Unreadable(TOO_BIG), for no text is so long, and what qpdf raises.
    """
    if entry(stream, "/Filter") != pikepdf.Name.FlateDecode or entry(stream, "/DecodeParms"):
        return bytes(stream.read_bytes())
    engine = zlib.decompressobj()
    try:
        data = engine.decompress(bytes(stream.read_raw_bytes()), MOST_TEXT)
    except zlib.error:
        broke_off()
        return bytes(stream.read_bytes())
    if engine.unconsumed_tail:
        raise Unreadable(
            TroubleCode.TOO_BIG,
            "PDF 里有一段文字解开后大得不正常，已停止读取，可能是恶意构造的文件。请核实来源。",
        )
    if not engine.eof:
        broke_off()
    return data


def items_of(value: Any) -> list[Any]:
    """The members of an array; a single object as a list of one; nothing as an empty list."""
    if value is None:
        return []
    if isinstance(value, pikepdf.Array):
        return [value[i] for i in range(min(len(value), MOST_NODES))]
    return [value]


def entry(value: Any, key: str) -> Any:
    """An entry of a dictionary or stream; None where there is none."""
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return value.get(key)
    return None


def pairs(value: Any) -> list[tuple[str, Any]]:
    """The keys and entries of a dictionary or stream.

    A name is bytes and may be no UTF-8 (7.3.5): pikepdf then gives a key that it does not take
    back, and that nothing can store.
    """
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return [(_shown(key), found) for key, found in value.items()]
    return []


def _shown(key: str) -> str:
    if key.isascii():
        return key
    raw = key.encode("utf-8", "surrogateescape")
    return written(raw) or raw.decode("utf-8", "replace")


def inherited(value: Any, key: str) -> Any:
    """An entry of a page or field, or of what it hangs under (7.7.3.4, 12.7.3.1)."""
    current, left = value, 32
    while current is not None and left:
        found = entry(current, key)
        if found is not None:
            return found
        current, left = entry(current, "/Parent"), left - 1
    return None


class Walk:
    """Visits each object of a tree once, and not more than MOST_NODES."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, int]] = set()
        self._count = 0

    def first_time(self, value: Any) -> bool:
        """Whether this object has not been visited; direct objects count as new."""
        self._count += 1
        if self._count > MOST_NODES:
            return False
        try:
            name = value.objgen
        except AttributeError:
            return True
        if name == (0, 0):
            return True
        if name in self._seen:
            return False
        self._seen.add(name)
        return True

    def tree(self, roots: list[Any], children: Callable[[Any], list[Any]]) -> Iterator[Any]:
        """Depth first, without recursion, so that a deep tree costs no stack."""
        waiting = roots[::-1]
        while waiting:
            value = waiting.pop()
            if self.first_time(value):
                yield value
                waiting += children(value)[::-1]


def gathered(reader: Callable[[], Iterator[Segment]], into: list[Segment]) -> bool:
    """Append what `reader` yields; False when the file broke off under it."""
    try:
        into.extend(reader())
    except PDF_LIES:
        return False
    return True
