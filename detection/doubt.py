"""What a structural check (`structure`) says: where, against which rule, and what exactly."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from detection.normal import END, clear, normalise
from detection.sheaf import RUNNING
from formats.reading import Place, Segment


class Doubt(NamedTuple):
    """A doubt about characters `span` of the segment `at`, under the rule of this id.

    `says`: a Chinese sentence put behind the rule's reason; `article` replaces the rule's.
    """

    rule: str
    at: int
    span: tuple[int, int]
    says: str = ""
    article: str = ""


class Line(NamedTuple):
    """A line of running text of the segment `at`: normalised, and the way back."""

    at: int
    offset: int
    text: str
    place: Place


def documents(segments: Sequence[Segment]) -> Iterator[list[int]]:
    """The indices of the seen running text of each document: of the file, of each member."""
    found: dict[str | None, list[int]] = {}
    running = [i for i, s in enumerate(segments) if s.visible and s.place.part in RUNNING]
    for member, indices in groupby(running, lambda i: segments[i].place.member):
        found.setdefault(member, []).extend(indices)
    yield from found.values()


def lines(segments: Sequence[Segment], indices: Sequence[int]) -> Iterator[Line]:
    """The lines of these segments that are not blank; `offset` counts in the segment's text.

    A line in which characters are left out by the normaliser keeps its raw text, so that offsets
    hold.
    """
    texts = [clear(segments[index].text) for index in indices]
    flat = normalise(END.join(texts))
    together = None if flat.left_out else flat.text.split(END)
    for number, index in enumerate(indices):
        offset = 0
        for raw in texts[number].split("\n"):
            end = offset + len(raw)
            if raw and not raw.isspace():
                text = _line(raw) if together is None else together[number][offset:end]
                yield Line(index, offset, text, segments[index].place)
            offset = end + 1


def _line(raw: str) -> str:
    flat = normalise(raw)
    return raw if flat.left_out else flat.text
