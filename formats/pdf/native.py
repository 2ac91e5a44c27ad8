"""pdfium's functions bound a second time, with plain integers for handles.

A page has hundreds to thousands of objects, and pypdfium2's own pointers cost more than the calls.
"""

import ctypes
import struct
from collections import deque
from collections.abc import Callable, Sequence
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


def loose_boxes(textpage: int, indices: Sequence[int]) -> list[Box]:
    """The loose boxes of characters as (left, top, right, bottom); zeros for what has none.

    Asked for one by one, as a page needs hundreds, they take twice as long.
    """
    size = _RECT.size * len(indices)
    buffer = bytearray(size)
    start = address_of(buffer)
    places = range(start, start + size, _RECT.size)
    deque(map(loose_box, repeat(textpage), indices, places), maxlen=0)
    return cast(list[Box], list(_RECT.iter_unpack(buffer)))
