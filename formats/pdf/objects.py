"""What is painted on a page, in painting order: texts, fills and pictures, and where they are."""

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from formats.pdf.document import Box
from formats.pdf.geometry import NOWHERE, Matrix, mapped, outside, times, within
from formats.pdf.layers import NO_LAYERS, Layers
from formats.pdf.native import (
    count_clip_segments,
    count_clips,
    count_form,
    count_marks,
    count_objects,
    count_segments,
    get_bounds,
    get_clip,
    get_clip_segment,
    get_draw_mode,
    get_fill,
    get_form_object,
    get_matrix,
    get_mode,
    get_object,
    get_point,
    get_segment,
    get_size,
    get_stroke,
    get_type,
    get_width,
    has_transparency,
)
from formats.pdf.unmeasured import WIDTH
from formats.reading import TroubleCode, Unreadable

MOST_OBJECTS = 2_000_000
DEEPEST_FORM = 12
# Thinner than this is a rule, a border or an underline, and hides nothing.
THICK = 3.0
# Type at most this many points high cannot be read.
TINY = 1.0
# What is less opaque than this, out of 255, hides nothing.
OPAQUE = 200
# A rectangle turned by less than this is upright.
SLANT = 0.01
MOST_CLIPS = 100
MOST_CLIP_POINTS = 1000

Colour = tuple[int, int, int]


class Text(NamedTuple):
    """A text object: its place in the painting order, and what it stands in.

    `matrix` is that of the form it stands in, None on the page itself; `layer`: in one that is off;
    `clip` what the forms around it leave to be seen, None for everything.
    """

    order: int
    matrix: Matrix | None
    layer: bool
    clip: Box | None
    unsure: bool


_ALONE = Text(0, None, layer=False, clip=None, unsure=False)


class Look(NamedTuple):
    """How a text object is drawn. `alpha` 0 to 255; `mixed`: by a mask or a blend mode as well."""

    mode: int
    colour: Colour | None
    alpha: int
    tiny: bool
    mixed: bool


class Paint(NamedTuple):
    """Something painted, its bounds in page space.

    `colour` is that of an even, upright, opaque rectangle, None for a picture or any other thing.
    `sure`: it is such a rectangle or a picture, so that its bounds tell what it covers; if it is
    not, `likely` says whether it is taken to cover what they hold where nothing can be drawn.
    """

    order: int
    handle: int
    box: Box
    colour: Colour | None
    nested: bool
    sure: bool = True
    picture: bool = False
    likely: bool = True


@dataclass(slots=True)
class PageObjects:
    """Everything painted on one page; texts by handle."""

    texts: dict[int, Text] = field(default_factory=dict)
    paints: list[Paint] = field(default_factory=list)
    count: int = 0

    @property
    def pictures(self) -> list[Paint]:
        """The images among the paints."""
        return [p for p in self.paints if p.picture]


_TEXT, _PATH = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH
_IMAGE, _FORM = pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM
_TEXT_OF = Text._make
_SHADING = pdfium.FPDF_PAGEOBJ_SHADING


class Scanner:
    """Walks the objects of pages; one for a document, since it keeps the C buffers."""

    def __init__(self, layers: Layers = NO_LAYERS) -> None:
        self.layers = layers
        self._ints = [ctypes.c_uint() for _ in range(4)]
        self._int_at = [ctypes.addressof(i) for i in self._ints]
        self._floats = [ctypes.c_float() for _ in range(4)]
        self._float_at = [ctypes.addressof(f) for f in self._floats]
        self._six = (ctypes.c_float * 6)()
        self._six_at = ctypes.addressof(self._six)

    def scan(self, page: Any) -> PageObjects:
        """The objects of a pypdfium2 page. Raises Unreadable(TOO_BIG)."""
        handle = ctypes.cast(page.raw, ctypes.c_void_p).value
        found = PageObjects()
        children = [get_object(handle, i) for i in range(count_objects(handle))]
        self._walk(children, found, _ALONE, 0)
        return found

    def _walk(self, children: list[int], found: PageObjects, around: Text, depth: int) -> None:
        """`around` tells of the form that the objects stand in."""
        order = found.count
        if order + len(children) > MOST_OBJECTS:
            raise Unreadable(
                TroubleCode.TOO_BIG, "PDF 一页内的图形对象过多，已停止读取。请人工查看。"
            )
        texts, matrix = found.texts, around.matrix
        named = bool(self.layers.off) and not self.layers.unsure
        for handle in children:
            order += 1
            kind = get_type(handle)
            layer = around.layer or (named and self._in_off_layer(handle))
            if kind == _TEXT:
                texts[handle] = _TEXT_OF((order, matrix, layer, around.clip, around.unsure))
            elif layer and kind != _FORM:
                continue
            elif kind == _PATH:
                self._path(handle, order, around, found)
            elif kind in (_IMAGE, _SHADING):
                clip, sure = self.clip(handle, matrix, around.clip)
                whole = self.bounds(handle, matrix)
                box = within(whole, clip)
                picture, nested = kind == _IMAGE, matrix is not None
                sure = sure and picture and not nested and box == whole
                likely = not has_transparency(handle)
                paint = Paint(order, handle, box, None, nested, sure and likely, picture, likely)
                found.paints.append(paint)
            elif kind == _FORM and depth < DEEPEST_FORM:
                inner = [get_form_object(handle, i) for i in range(max(0, count_form(handle)))]
                found.count = order
                clip, sure = self.clip(handle, matrix, around.clip)
                inside = times(self.matrix(handle), matrix)
                unsure = around.unsure or not sure or bool(has_transparency(handle))
                self._walk(inner, found, Text(0, inside, layer, clip, unsure), depth + 1)
                order = found.count
        found.count = order

    def look(self, handle: int, text: Text) -> Look:
        """How a text is drawn."""
        red, green, blue, alpha = self._ints
        colour = None
        if get_fill(handle, *self._int_at):
            colour = (red.value, green.value, blue.value)
        opacity = alpha.value if colour else 255
        mode = get_mode(handle)
        get_size(handle, self._float_at[0])
        size = self._floats[0].value
        get_matrix(handle, self._six_at)
        # Upright text, as nearly all is, needs no more than its vertical scale.
        tiny = text.matrix is not None or abs(self._six[3]) * size <= 2 * TINY
        if tiny:
            a, b, c, d, _, _ = times(self.matrix(handle), text.matrix)
            tiny = bool(size * abs(a * d - b * c) ** 0.5 <= TINY)
        mixed = opacity == 255 and bool(has_transparency(handle))
        return Look(mode, colour, opacity, tiny, mixed)

    def clip(
        self, handle: int, matrix: Matrix | None, outer: Box | None = None
    ) -> tuple[Box | None, bool]:
        """What an object's clip leaves, in page space, and whether that is all it does.

        A clip that is no upright rectangle is told by its bounds and is not sure.
        """
        path = get_clip(handle)
        sure, box = True, outer
        for number in range(min(MOST_CLIPS, count_clips(path)) if path else 0):
            segments = count_clip_segments(path, number)
            if segments <= 0:
                continue
            xs, ys = [], []
            for i in range(min(segments, MOST_CLIP_POINTS)):
                get_point(get_clip_segment(path, number, i), *self._float_at[:2])
                xs.append(round(self._floats[0].value, 2))
                ys.append(round(self._floats[1].value, 2))
            sure = sure and segments <= 6 and len(set(xs)) <= 2 and len(set(ys)) <= 2
            box = within(mapped((min(xs), min(ys), max(xs), max(ys)), matrix), box)
        return box, sure

    def cuts(self, page: Any) -> bool:
        """Whether a clip may leave out some of a text on the page itself (not in a form)."""
        handle = ctypes.cast(page.raw, ctypes.c_void_p).value
        things = list(map(get_object, repeat(handle), range(count_objects(handle))))
        for thing, clips in zip(things, map(count_clips, map(get_clip, things)), strict=True):
            if clips > 0 and get_type(thing) == _TEXT:
                clip, sure = self.clip(thing, None)
                if not sure or (clip is not None and outside(self.bounds(thing), clip)):
                    return True
        return False

    def _path(self, handle: int, order: int, around: Text, found: PageObjects) -> None:
        """Keep a path that may hide something: not a rule, a border or an underline."""
        box = self.bounds(handle, around.matrix)
        if box[2] - box[0] < THICK or box[3] - box[1] < THICK:
            return
        mode_at, stroke_at = self._int_at[0], self._int_at[1]
        get_draw_mode(handle, mode_at, stroke_at)
        filled, stroked = self._ints[0].value, self._ints[1].value
        segments = count_segments(handle)
        if not filled:
            # A thick straight line covers its bounds; the border of a box covers nothing.
            get_width(handle, self._float_at[0])
            if not stroked or (self._floats[0].value < THICK and segments != 2):
                return
        read = get_fill if filled else get_stroke
        colour: Colour | None = None
        if read(handle, *self._int_at):
            if self._ints[3].value < OPAQUE:
                return
            colour = (self._ints[0].value, self._ints[1].value, self._ints[2].value)
        clip, sure = self.clip(handle, around.matrix, around.clip)
        even = segments == 2
        if filled:
            even = 2 <= segments <= 6 and self._upright(handle, segments, around.matrix)
        mixed = around.unsure or bool(has_transparency(handle))
        if mixed or not sure or not even:
            colour = None
        nested = around.matrix is not None
        box = within(box, clip)
        sure = colour is not None
        found.paints.append(Paint(order, handle, box, colour, nested, sure, likely=not mixed))

    def _upright(self, handle: int, segments: int, outer: Matrix | None) -> bool:
        """Whether the corners use two x and two y values only, on the page too."""
        xs, ys = set(), set()
        for i in range(segments):
            get_point(get_segment(handle, i), self._float_at[0], self._float_at[1])
            xs.add(round(self._floats[0].value, 1))
            ys.add(round(self._floats[1].value, 1))
        a, b, c, d, _, _ = times(self.matrix(handle), outer)
        turned = min(max(abs(b), abs(c)), max(abs(a), abs(d))) > SLANT
        return len(xs) == 2 and len(ys) == 2 and not turned

    def _in_off_layer(self, handle: int) -> bool:
        """Whether marked content puts the object in a layer that is off."""
        return any(_mark_bytes(mark, b"Name") in self.layers.off for mark in _layer_marks(handle))

    def in_a_layer(self, handle: int) -> bool:
        """Whether marked content puts the object in any layer."""
        return any(True for _ in _layer_marks(handle))

    def bounds(self, handle: int, matrix: Matrix | None = None) -> Box:
        """(left, bottom, right, top) in page space."""
        if not get_bounds(handle, *self._float_at):
            return NOWHERE
        left, bottom, right, top = (f.value for f in self._floats)
        return mapped((left, bottom, right, top), matrix)

    def loses(self, texts: Iterable[int]) -> bool:
        """Whether one of these text objects has no width, and so is not in the page's text."""
        for handle in texts:
            left, _, right, _ = self.bounds(handle)
            if right - left < WIDTH:
                return True
        return False

    def matrix(self, handle: int) -> Matrix:
        """The object's own matrix; the identity where it has none."""
        if not get_matrix(handle, self._six_at):
            return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        a, b, c, d, e, f = self._six
        return (a, b, c, d, e, f)


def _layer_marks(handle: int) -> Iterator[Any]:
    pointer = ctypes.cast(handle, pdfium.FPDF_PAGEOBJECT)
    for index in range(max(0, count_marks(handle))):
        mark = pdfium.FPDFPageObj_GetMark(pointer, index)
        if _mark_name(mark) == "OC":
            yield mark


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
