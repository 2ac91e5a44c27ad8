"""What is painted on a page, in painting order: texts, fills and pictures, with bounds and colour.

A page has hundreds to thousands of objects, so pdfium's functions are bound here a second time with
plain integers for handles: pypdfium2's own pointers cost more than the calls.
"""

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from formats.pdf.document import Box
from formats.reading import TroubleCode, Unreadable

MOST_OBJECTS = 2_000_000
DEEPEST_FORM = 12
# Thinner than this is a rule, a border or an underline, and hides nothing.
THICK = 3.0
# Type at most this many points high cannot be read.
TINY = 1.0

Matrix = tuple[float, float, float, float, float, float]
Colour = tuple[int, int, int]


class Text(NamedTuple):
    """A text object: where in the painting order, its handle, how it is drawn.

    `matrix` is that of the form it stands in, None on the page itself; `layer`: in one that is off.
    """

    order: int
    handle: int
    mode: int
    colour: Colour
    tiny: bool
    matrix: Matrix | None
    layer: bool


class Paint(NamedTuple):
    """An opaque rectangle (`colour`) or a picture (`colour` None), its bounds in page space."""

    order: int
    handle: int
    box: Box
    colour: Colour | None
    nested: bool


@dataclass(slots=True)
class PageObjects:
    """Everything painted on one page."""

    texts: list[Text] = field(default_factory=list)
    paints: list[Paint] = field(default_factory=list)
    count: int = 0

    @property
    def pictures(self) -> list[Paint]:
        """The images among the paints."""
        return [p for p in self.paints if p.colour is None]


def _bound(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The same C function, taking and giving plain integers for handles."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    # Keeps the interpreter lock: a call takes a tenth of what giving the lock away costs.
    return ctypes.PYFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]  # never null


_P, _I = ctypes.c_void_p, ctypes.c_int
count_objects = _bound(pdfium.FPDFPage_CountObjects, _I, _P)
get_object = _bound(pdfium.FPDFPage_GetObject, _P, _P, _I)
get_type = _bound(pdfium.FPDFPageObj_GetType, _I, _P)
get_mode = _bound(pdfium.FPDFTextObj_GetTextRenderMode, _I, _P)
get_fill = _bound(pdfium.FPDFPageObj_GetFillColor, _I, _P, _P, _P, _P, _P)
get_stroke = _bound(pdfium.FPDFPageObj_GetStrokeColor, _I, _P, _P, _P, _P, _P)
get_width = _bound(pdfium.FPDFPageObj_GetStrokeWidth, _I, _P, _P)
get_size = _bound(pdfium.FPDFTextObj_GetFontSize, _I, _P, _P)
get_matrix = _bound(pdfium.FPDFPageObj_GetMatrix, _I, _P, _P)
get_bounds = _bound(pdfium.FPDFPageObj_GetBounds, _I, _P, _P, _P, _P, _P)
has_transparency = _bound(pdfium.FPDFPageObj_HasTransparency, _I, _P)
count_segments = _bound(pdfium.FPDFPath_CountSegments, _I, _P)
get_segment = _bound(pdfium.FPDFPath_GetPathSegment, _P, _P, _I)
get_point = _bound(pdfium.FPDFPathSegment_GetPoint, _I, _P, _P, _P)
get_draw_mode = _bound(pdfium.FPDFPath_GetDrawMode, _I, _P, _P, _P)
count_form = _bound(pdfium.FPDFFormObj_CountObjects, _I, _P)
get_form_object = _bound(pdfium.FPDFFormObj_GetObject, _P, _P, ctypes.c_ulong)
count_marks = _bound(pdfium.FPDFPageObj_CountMarks, _I, _P)

_TEXT, _PATH = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH
_IMAGE, _FORM = pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM


class Scanner:
    """Walks the objects of pages; one for a document, since it keeps the C buffers."""

    def __init__(self, off_layers: frozenset[bytes] = frozenset()) -> None:
        self._off = off_layers
        self._ints = [ctypes.c_uint() for _ in range(4)]
        self._int_at = [ctypes.addressof(i) for i in self._ints]
        self._floats = [ctypes.c_float() for _ in range(4)]
        self._float_at = [ctypes.addressof(f) for f in self._floats]
        self._six = (ctypes.c_float * 6)()
        self._six_at = ctypes.addressof(self._six)

    def scan(self, page: Any) -> PageObjects:
        """The objects of a pypdfium2 page. Raises Unreadable(TOO_BIG)."""
        handle = ctypes.cast(page.raw, _P).value
        found = PageObjects()
        children = [get_object(handle, i) for i in range(count_objects(handle))]
        self._walk(children, found, None, 0, hidden=False)
        return found

    def _walk(
        self,
        children: list[int],
        found: PageObjects,
        matrix: Matrix | None,
        depth: int,
        *,
        hidden: bool,
    ) -> None:
        order = found.count
        if order + len(children) > MOST_OBJECTS:
            raise Unreadable(
                TroubleCode.TOO_BIG, "PDF 一页内的图形对象过多，已停止读取。请人工查看。"
            )
        texts = found.texts
        new = tuple.__new__
        red, green, blue, alpha = self._int_at
        cred, cgreen, cblue, _ = self._ints
        size_at, size, six_at, six = self._float_at[0], self._floats[0], self._six_at, self._six
        off = bool(self._off)
        for handle in children:
            order += 1
            kind = get_type(handle)
            layer = hidden or (off and self._in_off_layer(handle))
            if kind == _TEXT:
                get_fill(handle, red, green, blue, alpha)
                colour = (cred.value, cgreen.value, cblue.value)
                get_size(handle, size_at)
                get_matrix(handle, six_at)
                # Upright text, as nearly all is, needs no more than its vertical scale.
                tiny = matrix is not None or abs(six[3]) * size.value <= 2 * TINY
                if tiny:
                    tiny = self._is_tiny(handle, size.value, matrix)
                text = (order, handle, get_mode(handle), colour, tiny, matrix, layer)
                texts.append(new(Text, text))
            elif kind == _PATH and not layer:
                self._path(handle, order, matrix, found)
            elif kind == _IMAGE and not layer:
                box = self.bounds(handle, matrix)
                found.paints.append(Paint(order, handle, box, None, matrix is not None))
            elif kind == _FORM and depth < DEEPEST_FORM:
                inner = [get_form_object(handle, i) for i in range(max(0, count_form(handle)))]
                found.count = order
                self._walk(
                    inner, found, times(self.matrix(handle), matrix), depth + 1, hidden=layer
                )
                order = found.count
        found.count = order

    def _is_tiny(self, handle: int, size: float, outer: Matrix | None) -> bool:
        """Whether the type is at most TINY points high on the page, whatever its rotation."""
        a, b, c, d, _, _ = times(self.matrix(handle), outer)
        return bool(size * abs(a * d - b * c) ** 0.5 <= TINY)

    def _path(self, handle: int, order: int, matrix: Matrix | None, found: PageObjects) -> None:
        """Keep a path that is an opaque upright rectangle, or a thick straight line."""
        segments = count_segments(handle)
        if not 2 <= segments <= 6:
            return
        box = self.bounds(handle, matrix)
        if box[2] - box[0] < THICK or box[3] - box[1] < THICK:
            return
        mode_at, stroke_at = self._int_at[0], self._int_at[1]
        get_draw_mode(handle, mode_at, stroke_at)
        filled, stroked = self._ints[0].value, self._ints[1].value
        if has_transparency(handle):
            return
        read = get_fill if filled else get_stroke
        if not filled and not (stroked and segments == 2):
            return
        if filled and not self._upright(handle, segments):
            return
        if read(handle, *self._int_at):
            colour = (self._ints[0].value, self._ints[1].value, self._ints[2].value)
            found.paints.append(Paint(order, handle, box, colour, matrix is not None))

    def _upright(self, handle: int, segments: int) -> bool:
        """Whether the corners use two x and two y values only."""
        xs, ys = set(), set()
        for i in range(segments):
            get_point(get_segment(handle, i), self._float_at[0], self._float_at[1])
            xs.add(round(self._floats[0].value, 1))
            ys.add(round(self._floats[1].value, 1))
        return len(xs) == 2 and len(ys) == 2

    def _in_off_layer(self, handle: int) -> bool:
        """Whether marked content puts the object in a layer that is off."""
        pointer = ctypes.cast(handle, pdfium.FPDF_PAGEOBJECT)
        for index in range(max(0, count_marks(handle))):
            mark = pdfium.FPDFPageObj_GetMark(pointer, index)
            if _mark_name(mark) == "OC" and _mark_bytes(mark, b"Name") in self._off:
                return True
        return False

    def bounds(self, handle: int, matrix: Matrix | None = None) -> Box:
        """(left, bottom, right, top) in page space."""
        if not get_bounds(handle, *self._float_at):
            return (0.0, 0.0, 0.0, 0.0)
        left, bottom, right, top = (f.value for f in self._floats)
        if matrix is None:
            return (left, bottom, right, top)
        a, b, c, d, e, f = matrix
        xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
        ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
        return (min(xs), min(ys), max(xs), max(ys))

    def matrix(self, handle: int) -> Matrix:
        """The object's own matrix; the identity where it has none."""
        if not get_matrix(handle, self._six_at):
            return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        a, b, c, d, e, f = self._six
        return (a, b, c, d, e, f)


def times(inner: Matrix, outer: Matrix | None) -> Matrix:
    """First `inner`, then `outer`."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _mark_name(mark: Any) -> str:
    """The tag of a content mark."""
    length = ctypes.c_ulong()
    buffer = (ctypes.c_ushort * 64)()
    pdfium.FPDFPageObjMark_GetName(mark, buffer, 128, length)
    return bytes(buffer)[: min(length.value, 128)].decode("utf-16-le", "replace").strip("\0")


def _mark_bytes(mark: Any, key: bytes) -> bytes:
    """A string of a content mark, undecoded: pdfium takes it for UTF-8, which it rarely is."""
    length = ctypes.c_ulong()
    pdfium.FPDFPageObjMark_GetParamBlobValue(mark, key, None, 0, length)
    buffer = (ctypes.c_ubyte * max(1, length.value))()
    if not pdfium.FPDFPageObjMark_GetParamBlobValue(mark, key, buffer, length.value, length):
        return b""
    return bytes(buffer)[: length.value]
