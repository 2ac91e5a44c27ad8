"""What a structural check (`structure`) says: where, against which rule, and what exactly."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from detection.normal import END, cleared, normalise
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


class Document(NamedTuple):
    """The seen running text of one document, of the file or of a member: the `indices` of its
    segments in the reading, their `texts`, and the `whole` of these, END between them."""

    segments: Sequence[Segment]
    indices: list[int]
    texts: list[str]
    whole: str

    def holding(self, word: str) -> list[int]:
        """The indices of the segments whose text holds `word`."""
        if word not in self.whole:
            return []
        both = zip(self.indices, self.texts, strict=True)
        return [index for index, text in both if word in text]


def documents(segments: Sequence[Segment]) -> Iterator[Document]:
    """The document that the file is, and each of its members."""
    seen = [n for n, one in enumerate(segments) if one.visible and one.place.part in RUNNING]
    for indices in _by_member(segments, seen):
        texts = [segments[index].text for index in indices]
        yield Document(segments, indices, texts, END.join(texts))


def _by_member(segments: Sequence[Segment], indices: list[int]) -> Collection[list[int]]:
    members = [segments[index].place.member for index in indices]
    if len(set(members)) <= 1:
        return [indices] if indices else []
    found: dict[str | None, list[int]] = {}
    for index, member in zip(indices, members, strict=True):
        found.setdefault(member, []).append(index)
    return found.values()


def lines(segments: Sequence[Segment], indices: Sequence[int]) -> Iterator[Line]:
    """The lines of these segments that are not blank; `offset` counts in the segment's text.

    A line in which characters are left out by the normaliser keeps its raw text, so that offsets
    hold.
    """
    texts = cleared([segments[index].text for index in indices])
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
