"""What a line of text on a picture says, and how sure the network is of it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import cv2
import numpy as np

from formats.pictures.sessions import Network

_HEIGHT = 48
# Pixels of width in one run: each of a run's 8-pixel steps answers for 18,710 characters.
_RUN = 2400
_NARROWEST = 96
_WIDEST = 3200
_TURN_SIZE = (192, 48)


class Said(NamedTuple):
    """The text of one line; `certainty` is the mean of its characters'."""

    text: str
    certainty: float


def cut(image: Any, box: Any, turn: int) -> Any:
    """The line in `box`, upright, of a picture that stands turned by `turn` quarters clockwise.

    A box that is higher than wide on an upright page is a line that runs from top to bottom.
    """
    corners = np.roll(box, -turn, axis=0)
    wide = round(float(np.linalg.norm(corners[1] - corners[0])))
    high = round(float(np.linalg.norm(corners[3] - corners[0])))
    wide, high = max(wide, 1), max(high, 1)
    goal = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    how = cv2.getPerspectiveTransform(corners.astype(np.float32), goal)
    line = cv2.warpPerspective(
        image, how, (wide, high), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.rot90(line) if high >= wide * 1.5 else line


def say(lines: Sequence[Any], reader: Network, characters: Sequence[str]) -> list[Said]:
    """What each line says, in the order given."""
    widths = [_width(line) for line in lines]
    said: list[Said] = [Said("", 0.0)] * len(lines)
    some: list[int] = []
    for number in sorted(range(len(lines)), key=widths.__getitem__):
        if some and widths[number] * (len(some) + 1) > _RUN:
            _run(some, lines, widths, reader, characters, said)
            some = []
        some.append(number)
    if some:
        _run(some, lines, widths, reader, characters, said)
    return said


def _width(line: Any) -> int:
    high, wide = line.shape[:2]
    return int(min(_WIDEST, max(16, np.ceil(_HEIGHT * wide / high))))


def _run(
    some: Sequence[int],
    lines: Sequence[Any],
    widths: Sequence[int],
    reader: Network,
    characters: Sequence[str],
    said: list[Said],
) -> None:
    widest = max(_NARROWEST, *(widths[n] for n in some))
    batch = np.zeros((len(some), 3, _HEIGHT, widest), np.float32)
    for at, number in enumerate(some):
        line = cv2.resize(np.ascontiguousarray(lines[number]), (widths[number], _HEIGHT))
        batch[at, :, :, : widths[number]] = line.transpose(2, 0, 1) / np.float32(127.5) - 1
    answer = reader.run(batch)
    best, sure = answer.argmax(axis=2), answer.max(axis=2)
    for at, number in enumerate(some):
        said[number] = _spelled(best[at], sure[at], characters)


def _spelled(best: Any, sure: Any, characters: Sequence[str]) -> Said:
    """CTC: repeats fall together, class 0 parts them."""
    kept = best != 0
    kept[1:] &= best[1:] != best[:-1]
    told = kept & (best != len(characters) - 1)  # whether a gap is a space nobody knows
    if not told.any():
        return Said("", 0.0)
    return Said("".join(characters[n] for n in best[kept]), float(sure[told].mean()))


def upside_down(lines: Sequence[Any], turner: Network) -> float:
    """How sure the network is, on average, that the lines stand on their heads; 0 to 1."""
    batch = np.zeros((len(lines), 3, _TURN_SIZE[1], _TURN_SIZE[0]), np.float32)
    for at, line in enumerate(lines):
        high, wide = line.shape[:2]
        wide = int(min(_TURN_SIZE[0], max(8, np.ceil(_HEIGHT * wide / high))))
        small = cv2.resize(np.ascontiguousarray(line), (wide, _HEIGHT))
        batch[at, :, :, :wide] = small.transpose(2, 0, 1) / np.float32(127.5) - 1
    return float(turner.run(batch)[:, 1].mean())
