"""What would burst when it is opened, found before a library opens it.

pdfium and qpdf unpack whole streams without asking. So the few streams that could become too large
are unpacked here first, piece by piece and counted; forms that paint forms are weighed.
"""

import re
import zlib
from collections.abc import Set
from typing import Any

import pikepdf

from formats.budget import Budget
from formats.pdf.speech import lists_speak, speaks
from formats.pdf.structure import PDF_LIES, entry
from formats.pdf.unmeasured import BareFonts
from formats.pdf.unpacking import unpacked
from formats.pdf.unshown import unshown
from formats.reading import TroubleCode, Unreadable

# Deflate makes at most 1032 bytes of one: what is smaller packed stays below half a gigabyte.
LARGE, LARGE_TABLE = 512 * 1024, 16 * 1024
# How far before its data the dictionary of a stream may begin.
_HEAD = 4096
_STREAM = re.compile(rb"stream\r?\n")
_CHUNK = 1 << 20
DEEPEST = 40
_PAINTED = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do(?![^\s/<>\[\](){}%])")


def refuse_bursting(data: bytes, budget: Budget) -> None:
    """Unpack the streams that may be too large. Raises Unreadable(TOO_BIG)."""
    if len(data) < LARGE_TABLE:
        return
    at = 0
    while True:
        match = _STREAM.search(data, at)
        if match is None:
            return
        start = match.end()
        end = data.find(b"endstream", start)
        end = len(data) if end < 0 else end
        at = end + 9
        if end - start < LARGE_TABLE:
            continue
        head = data[max(0, match.start() - _HEAD) : match.start()].rpartition(b" obj")[2]
        table = b"ObjStm" in head or b"XRef" in head
        picture = re.search(rb"/Subtype\s*/Image", head) is not None
        if table or (end - start >= LARGE and not picture):
            _count(data[start:end], budget)


def _count(packed: bytes, budget: Budget) -> None:
    engine = zlib.decompressobj()
    total = 0
    while packed:
        try:
            total += len(engine.decompress(packed, _CHUNK))
        except zlib.error:
            return
        if total > budget.limits.opened_bytes:
            budget.spend_bytes(total)
        packed = engine.unconsumed_tail


class Weights:
    """How many bytes of operators a page comes to, with the forms that it paints.

    `spoken`: those of the forms whose text stands for other text. `unshown`: by the object of a
    form, what stands beside its operators.
    """

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._known: dict[tuple[int, int], int] = {}
        self._torn = 0
        self.spoken: list[Any] = []
        self.unshown: dict[tuple[int, int], list[str]] = {}
        self.bare_fonts = BareFonts()

    @property
    def painted(self) -> Set[tuple[int, int]]:
        """The forms met so far, as pikepdf names objects."""
        return self._known.keys()

    def tears(self, content: bytes, resources: Any) -> bool:
        """Whether a form that no earlier page paints could not be unpacked to its end.

        Raises Unreadable(TOO_BIG) for forms painting forms without end.
        """
        torn = self._torn
        weight = self._painted(content, resources, 0)
        if weight > self._budget.limits.opened_bytes:
            raise Unreadable(
                TroubleCode.TOO_BIG,
                "PDF 页面里图形层层套用，展开后过大，已停止读取。请核实来源，重新导出后再放入。",
            )
        return self._torn > torn

    def _painted(self, content: bytes, resources: Any, depth: int) -> int:
        """The weight of the forms that a content paints."""
        if depth > DEEPEST:
            return 0
        things = entry(resources, "/XObject")
        total = 0
        for name in _PAINTED.findall(content):
            thing = entry(things, "/" + name.decode("latin-1"))
            if isinstance(thing, pikepdf.Stream):
                total += self._weight(thing, resources, depth)
        return total

    def _weight(self, form: Any, outer: Any, depth: int) -> int:
        name = form.objgen
        if name not in self._known:
            self._known[name] = 0  # a form that paints itself weighs nothing more
            if entry(form, "/Subtype") == pikepdf.Name.Form:
                try:
                    data = unpacked(form, self._budget, whole=True)
                except (*PDF_LIES, zlib.error):
                    self._torn += 1
                    return 0
                if speaks(data) or lists_speak(entry(form, "/Resources")):
                    self.spoken.append(form)
                if beside := unshown(data):
                    self.unshown[name] = beside
                resources = entry(form, "/Resources") or outer
                self._known[name] = len(data) + self._painted(data, resources, depth + 1)
        return self._known[name]
