"""Where the lines of text on a picture are: a map of ink from a network, then rectangles.

The way of DB (Liao and others, "Real-time Scene Text Detection with Differentiable Binarization",
2020): the network shrinks each line's area, so that neighbours do not touch; each found area is
grown again by area / perimeter.
"""

from typing import Any

import cv2
import numpy as np

from formats.pictures.sessions import Network

_LONGEST = 1600
_SHORTEST = 640
_INK = 0.3
_SURE = 0.5
_GROW = 1.6
_SMALLEST = 3.0
_MOST = 2000
# A picture longer than this many times its width is cut into pieces of that length.
_LONG, _OVERLAP = 2.2, 0.12


def find(image: Any, finder: Network) -> Any:
    """Rectangles of text on a BGR picture: an array (n, 4, 2), corners in pixels, clockwise from
    the corner that is left and top in the rectangle's own upright frame.

    A long picture, as a screen that was scrolled, is looked at in pieces that overlap.
    """
    height, width = image.shape[:2]
    longest, shortest = max(width, height), min(width, height)
    if longest <= _LONG * shortest or longest <= _LONGEST:
        return _find(image, finder)
    piece = max(round(_LONG * shortest), _LONGEST)
    step = piece - round(piece * _OVERLAP)
    found: list[Any] = []
    for start in range(0, max(1, longest - piece + step), step):
        end = min(longest, start + piece)
        part = image[start:end] if height > width else image[:, start:end]
        for box in _find(np.ascontiguousarray(part), finder):
            found.append(box + ((0, start) if height > width else (start, 0)))
    return _once(found)


def _find(image: Any, finder: Network) -> Any:
    height, width = image.shape[:2]
    scale = _scale(width, height)
    wide, high = (max(32, round(side * scale / 32) * 32) for side in (width, height))
    small = cv2.resize(
        image, (wide, high), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    )
    batch = (small.astype(np.float32) / 127.5 - 1.0).transpose(2, 0, 1)[np.newaxis]
    ink = finder.run(np.ascontiguousarray(batch))[0, 0]
    mask = cv2.dilate((ink > _INK).astype(np.uint8), np.ones((2, 2), np.uint8))
    outlines, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = [box for outline in outlines[:_MOST] if (box := _grown(outline, ink)) is not None]
    if not found:
        return np.zeros((0, 4, 2), np.float32)
    boxes = np.array(found, np.float32) * (width / wide, height / high)
    boxes[:, :, 0] = boxes[:, :, 0].clip(0, width - 1)
    boxes[:, :, 1] = boxes[:, :, 1].clip(0, height - 1)
    return boxes.astype(np.float32)


def _once(found: list[Any]) -> Any:
    """What two pieces saw, once: the larger of two boxes, which is the one that was not cut."""
    kept: list[Any] = []
    for box in sorted(found, key=lambda b: -float(cv2.contourArea(b.astype(np.float32)))):
        if not any(_share(box, other) > 0.5 for other in kept):
            kept.append(box)
    return np.array(kept, np.float32) if kept else np.zeros((0, 4, 2), np.float32)


def _share(box: Any, other: Any) -> float:
    """The part of `box` that lies in `other`, both taken upright."""
    low = np.maximum(box.min(axis=0), other.min(axis=0))
    high = np.minimum(box.max(axis=0), other.max(axis=0))
    wide, tall = np.maximum(high - low, 0)
    size = box.max(axis=0) - box.min(axis=0)
    return float(wide * tall / max(1e-6, float(size[0] * size[1])))


def _scale(width: int, height: int) -> float:
    longest, shortest = max(width, height), min(width, height)
    if longest > _LONGEST:
        return _LONGEST / longest
    return max(1.0, min(_SHORTEST / shortest, _LONGEST / longest))


def _grown(outline: Any, ink: Any) -> Any:
    """The rectangle around one area, grown back; None for a speck or a doubtful area."""
    (x, y), (wide, high), angle = cv2.minAreaRect(outline)
    if min(wide, high) < _SMALLEST or _certainty(outline, ink) < _SURE:
        return None
    more = 2 * _GROW * wide * high / (2 * (wide + high))
    wide, high = wide + more, high + more
    # The same rectangle has four names; the one wanted is turned by at most 45 degrees.
    quarters = round(angle / 90)
    angle -= 90 * quarters
    if quarters % 2:
        wide, high = high, wide
    turn = np.deg2rad(angle)
    across = np.array([np.cos(turn), np.sin(turn)]) * wide / 2
    down = np.array([-np.sin(turn), np.cos(turn)]) * high / 2
    middle = np.array([x, y])
    return [middle - across - down, middle + across - down,
            middle + across + down, middle - across + down]  # fmt: skip


def _certainty(outline: Any, ink: Any) -> float:
    left, top, wide, high = cv2.boundingRect(outline)
    part = ink[top : top + high, left : left + wide]
    mask = np.zeros(part.shape, np.uint8)
    cv2.fillPoly(mask, [outline.reshape(-1, 2) - (left, top)], 1)
    return float(cv2.mean(part, mask)[0])
