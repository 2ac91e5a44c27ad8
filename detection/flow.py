"""Which lines of a page go on in the next one: a paragraph is many lines, and a name may break.

Told by where the lines lie: one that fills the width of its page, and right under it one that
begins at the margin.
"""

from collections.abc import Sequence

from detection.sheaf import RUNNING
from formats.reading import Place, Segment

_LEAST = 15
"""Characters of a line that can fill a page."""

_LAST = frozenset("。；！？;!?")
_HANGING = frozenset("，、。；：！？）》〉」』”’】〕")
"""Closing marks, which may stand over the edge: none begins a line."""

_LEADING = 1.6
_SLACK = 1.2


def running_on(segments: Sequence[Segment]) -> frozenset[int]:
    """The indices of the segments whose text goes on in the segment after them."""
    edges: dict[tuple[object, ...], tuple[float, float]] = {}
    if all(segment.place.box is None for segment in segments):
        return frozenset()
    lines = [_is_line(segment) for segment in segments]
    for segment, line in zip(segments, lines, strict=True):
        box = segment.place.box
        if line and box is not None:
            ends = box[2] - (box[3] - box[1]) * (segment.text[-1:] in _HANGING)
            left, right = edges.get(_page(segment.place), (box[0], ends))
            edges[_page(segment.place)] = (min(left, box[0]), max(right, ends))
    return frozenset(
        index
        for index in range(len(segments) - 1)
        if lines[index]
        and lines[index + 1]
        and _goes_on(segments[index], segments[index + 1], edges[_page(segments[index].place)])
    )


def _is_line(segment: Segment) -> bool:
    place = segment.place
    return place.box is not None and place.row is None and place.part in RUNNING and segment.visible


def _page(place: Place) -> tuple[object, ...]:
    return place.member, place.page, place.part, place.path


def _goes_on(first: Segment, second: Segment, edges: tuple[float, float]) -> bool:
    one, two = first.place.box, second.place.box
    text = first.text.rstrip()
    if one is None or two is None or len(text) < _LEAST or text[-1] in _LAST:
        return False
    height = one[3] - one[1]
    return (
        _page(first.place) == _page(second.place)
        and edges[1] - one[2] <= _SLACK * height
        and two[0] - edges[0] <= height / 2
        and 0 < two[1] - one[1] <= (_LEADING + 1) * height
    )
