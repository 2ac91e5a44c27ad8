"""A picture's lines with their text: found, turned the right way round, read, put in order."""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from PIL import Image

from formats.ocr import Doubt, Drawing, Line, Recognised
from formats.pictures import doubts, letters, lines
from formats.pictures.decoding import LIES
from formats.pictures.sessions import Failed, Missing, networks
from formats.reading import TroubleCode, Unreadable

# A line must be this much longer than high to tell which way round the page stands.
_LONG = 2.0
_ASKED = 12
# A4 at 400 dpi has 15 million pixels; more does not help to read it.
_MOST_PIXELS = 24_000_000
# Below this it is a pattern that the finder took for a line.
_LEAST = 0.5
_DOUBT = 0.15


# A letterhead stands on every page, and an earlier version of a file has the same scans.
_REMEMBERED = 256
_seen: OrderedDict[bytes, Recognised] = OrderedDict()


def recognised(draw: Drawing) -> Recognised:
    """One picture, with why a person must look at it all the same. Raises nothing."""
    try:
        image = draw()
    except (Unreadable, MemoryError) as error:
        big = isinstance(error, MemoryError) or error.code is TroubleCode.TOO_BIG
        return Recognised(doubt=Doubt.TOO_BIG if big else Doubt.BROKEN)
    except LIES:
        return Recognised(doubt=Doubt.BROKEN)
    try:
        digest = hashlib.blake2b(image.tobytes(), key=repr(image.size).encode()).digest()
        if digest not in _seen:
            _seen[digest] = recognise(image)
            if len(_seen) > _REMEMBERED:
                _seen.popitem(last=False)
        return _seen[digest]
    except Missing:
        return Recognised(doubt=Doubt.MISSING)
    except (Failed, MemoryError, cv2.error):
        return Recognised(doubt=Doubt.GIVEN_UP)


def recognise(image: Image.Image) -> Recognised:
    """All text on `image`. Raises `sessions.Missing`, `sessions.Failed`, MemoryError."""
    nets = networks()
    width, height = image.size
    scale = max(1.0, (width * height / _MOST_PIXELS) ** 0.5)
    if scale > 1:
        image = image.resize((round(width / scale), round(height / scale)), Image.Resampling.BOX)
    pixels = np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])
    boxes = lines.find(pixels, nets.finder)
    if not len(boxes):
        return Recognised((), width, height, 0, doubts.of(pixels, boxes, ()))
    turn = _turn(pixels, boxes)
    if turn % 2:  # the finder is less sure of lines that stand
        upright = np.rot90(pixels, turn)
        boxes = _turned_back(lines.find(upright, nets.finder), turn, pixels.shape)
    boxes = boxes[_reading_order(boxes, turn)]
    said = letters.say([letters.cut(pixels, b, turn) for b in boxes], nets.reader, nets.characters)
    doubt = doubts.of(pixels, boxes, said)
    found = tuple(
        Line(one.text.strip(), _around(box * scale), round(one.certainty, 4))
        for box, one in zip(boxes, said, strict=True)
        if one.text.strip() and one.certainty >= _LEAST
    )
    return Recognised(found, width, height, turn, doubt)


def _turn(pixels: Any, boxes: Any) -> int:
    """Which way the page stands: by the direction of its long lines, then by a look at some.

    Where the small network is in doubt, the reader itself reads a few lines both ways.
    """
    nets = networks()
    wide = np.linalg.norm(boxes[:, 1] - boxes[:, 0], axis=1)
    high = np.linalg.norm(boxes[:, 3] - boxes[:, 0], axis=1)
    level, standing = wide >= high * _LONG, high >= wide * _LONG
    sideways = high[standing].sum() > wide[level].sum()
    chosen, length = (standing, high) if sideways else (level, wide)
    turn = 1 if sideways else 0
    asked = np.flatnonzero(chosen)
    if not len(asked):
        return 0
    asked = asked[np.argsort(-length[asked])][:_ASKED]
    some = [letters.cut(pixels, boxes[n], turn) for n in asked]
    heads = letters.upside_down(some, nets.turner)
    if sideways or _DOUBT < heads < 1 - _DOUBT:
        heads = _read_both_ways(some)
    return turn + 2 if heads > 0.5 else turn


def _turned_back(boxes: Any, turn: int, shape: tuple[int, ...]) -> Any:
    """Boxes found on the upright page, as they lie on the page that stands turned sideways."""
    high, wide = shape[:2]
    x, y = boxes[:, :, 0], boxes[:, :, 1]
    if turn == 1:
        return np.roll(np.stack((wide - 1 - y, x), axis=2), 1, axis=1)
    return np.roll(np.stack((y, high - 1 - x), axis=2), 3, axis=1)


def _read_both_ways(some: Sequence[Any]) -> float:
    """1.0 where the lines read better on their heads."""
    nets = networks()
    few = some[:4]
    said = letters.say([*few, *(line[::-1, ::-1] for line in few)], nets.reader, nets.characters)
    upright = sum(one.certainty for one in said[: len(few)])
    return float(sum(one.certainty for one in said[len(few) :]) > upright)


def _reading_order(boxes: Any, turn: int) -> Any:
    """Top to bottom, and from left to right what stands on one line, as the page is read."""
    middle = boxes.mean(axis=1)
    x, y = middle[:, 0], middle[:, 1]
    across, down = ((x, y), (y, -x), (-x, -y), (-y, x))[turn]
    side = boxes[:, :, 1 - turn % 2]
    tall = side.max(axis=1) - side.min(axis=1)
    order: list[int] = []
    row: list[int] = []
    for n in np.argsort(down, kind="stable"):
        if row and down[n] - down[row[-1]] > min(tall[n], tall[row[-1]]) / 2:
            order += sorted(row, key=across.__getitem__)
            row = []
        row.append(int(n))
    return np.array(order + sorted(row, key=across.__getitem__))


def _around(box: Any) -> tuple[float, float, float, float]:
    left, top = box.min(axis=0)
    right, bottom = box.max(axis=0)
    return (round(float(left), 1), round(float(top), 1),
            round(float(right), 1), round(float(bottom), 1))  # fmt: skip
