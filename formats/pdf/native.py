"""pdfium's functions bound a second time, with plain integers for handles.

A page has hundreds to thousands of objects, and pypdfium2's own pointers cost more than the calls.
"""

import ctypes
import struct
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from typing import Any, cast

import pypdfium2.raw as pdfium

from formats.pdf.document import Box


def bound(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The same C function, taking and giving plain integers for handles."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    # Keeps the interpreter lock: a call takes a tenth of what giving the lock away costs.
    return ctypes.PYFUNCTYPE(result, *arguments)(address)  # type: ignore[arg-type]  # never null


_P, _I = ctypes.c_void_p, ctypes.c_int
count_objects = bound(pdfium.FPDFPage_CountObjects, _I, _P)
get_object = bound(pdfium.FPDFPage_GetObject, _P, _P, _I)
get_type = bound(pdfium.FPDFPageObj_GetType, _I, _P)
get_mode = bound(pdfium.FPDFTextObj_GetTextRenderMode, _I, _P)
get_fill = bound(pdfium.FPDFPageObj_GetFillColor, _I, _P, _P, _P, _P, _P)
get_stroke = bound(pdfium.FPDFPageObj_GetStrokeColor, _I, _P, _P, _P, _P, _P)
get_width = bound(pdfium.FPDFPageObj_GetStrokeWidth, _I, _P, _P)
get_size = bound(pdfium.FPDFTextObj_GetFontSize, _I, _P, _P)
get_matrix = bound(pdfium.FPDFPageObj_GetMatrix, _I, _P, _P)
get_bounds = bound(pdfium.FPDFPageObj_GetBounds, _I, _P, _P, _P, _P, _P)
has_transparency = bound(pdfium.FPDFPageObj_HasTransparency, _I, _P)
count_segments = bound(pdfium.FPDFPath_CountSegments, _I, _P)
get_segment = bound(pdfium.FPDFPath_GetPathSegment, _P, _P, _I)
get_point = bound(pdfium.FPDFPathSegment_GetPoint, _I, _P, _P, _P)
get_draw_mode = bound(pdfium.FPDFPath_GetDrawMode, _I, _P, _P, _P)
count_form = bound(pdfium.FPDFFormObj_CountObjects, _I, _P)
get_form_object = bound(pdfium.FPDFFormObj_GetObject, _P, _P, ctypes.c_ulong)
count_marks = bound(pdfium.FPDFPageObj_CountMarks, _I, _P)
get_clip = bound(pdfium.FPDFPageObj_GetClipPath, _P, _P)
count_clips = bound(pdfium.FPDFClipPath_CountPaths, _I, _P)
count_clip_segments = bound(pdfium.FPDFClipPath_CountPathSegments, _I, _P, _I)
get_clip_segment = bound(pdfium.FPDFClipPath_GetPathSegment, _P, _P, _I, _I)
set_active = bound(pdfium.FPDFPageObj_SetIsActive, _I, _P, _I)

loose_box = bound(pdfium.FPDFText_GetLooseCharBox, _I, _P, _I, _P)
is_generated = bound(pdfium.FPDFText_IsGenerated, _I, _P, _I)
text_object = bound(pdfium.FPDFText_GetTextObject, _P, _P, _I)

count_chars = bound(pdfium.FPDFText_CountChars, _I, _P)
get_unicode = bound(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _P, _I)
get_text = bound(pdfium.FPDFText_GetText, _I, _P, _I, _I, _P)


def address_of(buffer: bytearray) -> int:
    """Where C may write into a buffer; ctypes would make a new class for each length of one."""
    return ctypes.addressof(ctypes.c_char.from_buffer(buffer)) if buffer else 0


# The fields of an FS_RECTF: left, top, right, bottom.
_RECT = struct.Struct("4f")
# Where C writes the boxes of a page: pdfium is for one thread at a time, and so is this.
_MOST = 1024
_BOXES = memoryview(bytearray(_RECT.size * _MOST))
_start = ctypes.addressof(ctypes.c_char.from_buffer(_BOXES))
# With its arguments converted beforehand a call takes half the time; an index needs no conversion.
_PLACES = [_P.from_param(_start + _RECT.size * number) for number in range(_MOST)]
_loose_box = bound(pdfium.FPDFText_GetLooseCharBox, None)


def loose_boxes(textpage: int, indices: Sequence[int]) -> list[Box]:
    """The loose boxes of characters as (left, top, right, bottom); zeros for what has none.

    A page needs hundreds of them: asked for one by one they take four times as long.
    """
    found: list[Box] = []
    handle = _P.from_param(textpage)
    for at in range(0, len(indices), _MOST):
        some = indices[at : at + _MOST]
        used = _BOXES[: _RECT.size * len(some)]
        used[:] = bytes(len(used))
        deque(map(_loose_box, repeat(handle), some, _PLACES), maxlen=0)
        found += cast(Iterator[Box], _RECT.iter_unpack(used))
    return found
