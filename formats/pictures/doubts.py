"""Whether a recognised picture still needs a person's look: read badly, or not only text."""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np

from formats.ocr import Doubt
from formats.pictures.letters import Said

# The mean certainty of the characters and the share of right ones, measured on pages made small,
# soft and grey: 0.997 and 99.5 %, 0.992 and 99.2 % with 25 of 25 ID numbers, 0.975 and 96.8 %,
# 0.952 and 95.0 %, 0.924 and 85 % with 16 of 25, 0.75 and 71 %. A sound scan has 0.99.
_POOR = 0.98
_SIDE = 512
_CONTRAST = 40
# The part of a picture, without a margin where scanners leave shadows, that is solid and no text.
_SOLID = 0.03
_MARGIN = 0.04
_ICON = 64


def of(pixels: Any, boxes: Any, said: Sequence[Said]) -> Doubt:
    """The first reason to look, or NONE."""
    letters = sum(len(one.text) for one in said)
    if said:
        # A line in which nothing was read counts as one bad character.
        weight = sum(max(1, len(one.text)) for one in said)
        mean = sum(one.certainty * max(1, len(one.text)) for one in said) / weight
        if mean < _POOR:
            return Doubt.POOR
    if min(pixels.shape[:2]) < _ICON and not letters:
        return Doubt.NONE
    return Doubt.SPARSE if _solid(pixels, boxes) > _SOLID else Doubt.NONE


def _solid(pixels: Any, boxes: Any) -> float:
    """The share of solid areas that differ from the ground and lie under no line of text.

    Thin strokes (rules of a table, handwriting) vanish by opening the mask.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(np.ascontiguousarray(pixels), size, interpolation=cv2.INTER_AREA)
    ground = np.median(small.reshape(-1, 3), axis=0)
    far = np.abs(small.astype(np.float32) - ground).max(axis=2) > _CONTRAST
    mask = cv2.erode(far.astype(np.uint8), np.ones((5, 5), np.uint8))
    mask = cv2.dilate(mask, np.ones((5, 5), np.uint8))
    for box in boxes:
        cv2.fillPoly(mask, [(box * scale).round().astype(np.int32)], 0)
    down, across = (round(side * _MARGIN) for side in mask.shape)
    inner = mask[down : mask.shape[0] - down, across : mask.shape[1] - across]
    return float(inner.mean()) if inner.size else 0.0
