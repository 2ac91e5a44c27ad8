"""Boxes and matrices of page space: points, y upwards, boxes as (left, bottom, right, top)."""

import ctypes
from collections.abc import Iterable
from typing import Any

import pypdfium2.raw as pdfium

from formats.pdf.document import Box, Frame

Matrix = tuple[float, float, float, float, float, float]
NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)
# A picture of more than this of the page is a scan.
MOST_OF_PAGE = 0.6


def off_page(textpage: Any, chars: Iterable[int], frame: Frame) -> list[int]:
    """Those of the characters whose middle is outside the crop box."""
    found = []
    for index in chars:
        box = char_box(textpage, index)
        if box[2] > box[0] and not frame.holds((box[0] + box[2]) / 2, (box[1] + box[3]) / 2):
            found.append(index)
    return found


def char_box(textpage: Any, index: int) -> Box:
    """The ink of one character: (left, bottom, right, top) in page space."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
    return (left.value, bottom.value, right.value, top.value)


def mapped(box: Box, matrix: Matrix | None) -> Box:
    """The bounds of a box that a matrix moves and turns."""
    if matrix is None:
        return box
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [b * x + d * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
    return (min(xs), min(ys), max(xs), max(ys))


def within(box: Box, clip: Box | None) -> Box:
    """The part of a box that a clip leaves; a box without breadth where nothing is left."""
    if clip is None:
        return box
    left, bottom = max(box[0], clip[0]), max(box[1], clip[1])
    return (left, bottom, max(left, min(box[2], clip[2])), max(bottom, min(box[3], clip[3])))


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


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes share some area."""
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def outside(box: Box, clip: Box) -> bool:
    """Whether some of the box is cut off, by more than a hair."""
    return (
        box[0] < clip[0] - 1 or box[1] < clip[1] - 1 or box[2] > clip[2] + 1 or box[3] > clip[3] + 1
    )


def holds(box: Box, x: float, y: float) -> bool:
    """Whether a box holds a point."""
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def fills(box: Box, frame: Frame) -> bool:
    """Whether a picture is most of the page."""
    wide = min(box[2], frame.right) - max(box[0], frame.left)
    tall = min(box[3], frame.top) - max(box[1], frame.bottom)
    whole = (frame.right - frame.left) * (frame.top - frame.bottom)
    return wide > 0 and tall > 0 and wide * tall > MOST_OF_PAGE * whole
