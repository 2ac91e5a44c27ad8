"""The text of one shown revision: its segments in reading order, and where findings stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from detection.finding import Severity
from formats.reading import Place, Segment


@dataclass(frozen=True, slots=True)
class ShownMark:
    """A coloured stretch of one segment: `segment` is an index, `start` and `end` count characters.

    `finding` is the row id in the catalogue. `done`: somebody has ruled on it.
    """

    finding: int
    segment: int
    start: int
    end: int
    severity: Severity
    done: bool


@dataclass(frozen=True, slots=True)
class Selected:
    """What the reader has selected: characters `start` to `end` of one segment."""

    segment: int
    start: int
    end: int


def place_key(place: Place) -> Place:
    """The place without its box: boxes are measured, and two readings may differ by a hair."""
    return place if place.box is None else place._replace(box=None)


class ShownText:
    """The segments read so far; grows while a long file is still being read."""

    def __init__(self, segments: Iterable[Segment] = ()) -> None:
        self.segments: list[Segment] = []
        self._at: dict[Place, list[int]] = {}
        self.extend(segments)

    def __len__(self) -> int:
        return len(self.segments)

    def extend(self, segments: Iterable[Segment]) -> range:
        """Append; returns the indexes of what is new."""
        first = len(self.segments)
        for segment in segments:
            index = len(self.segments)
            self._at.setdefault(place_key(segment.place), []).append(index)
            self.segments.append(segment)
        return range(first, len(self.segments))

    def let_go(self, count: int) -> bool:
        """Free the last `count` segments of a text nobody shows any more; False when empty."""
        for segment in self.segments[-count:]:
            self._at.pop(place_key(segment.place), None)
        del self.segments[-count:]
        return bool(self.segments)

    def locate(self, place: Place, span: tuple[int, int]) -> int | None:
        """The index of the segment at `place` that is long enough for `span`; None if not read."""
        for index in self._at.get(place_key(place), ()):
            if 0 <= span[0] <= span[1] <= len(self.segments[index].text):
                return index
        return None

    def bare(self, place: Place, span: tuple[int, int]) -> str | None:
        """The text itself, which lives only in memory; None if that part is not read."""
        index = self.locate(place, span)
        return None if index is None else self.segments[index].text[span[0] : span[1]]


def column_name(number: int) -> str:
    """A spreadsheet's letters for a column number from 1: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


_BROKEN = str.maketrans({chr(c): " " for c in (*range(32), 0x7F, 0x85, 0x2028, 0x2029)})
_BIDI = str.maketrans({chr(c): "�" for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))})


def one_line(text: str) -> str:
    """Text from a file made fit to be painted, character for character: no breaks, no controls.

    Characters that turn the direction of writing are shown as a sign: they are used to disguise.
    The length stays the same, so that spans still count right.
    """
    return text.translate(_BROKEN).translate(_BIDI)


_SEPARATED = str.maketrans({"\n": "\u2028", "\v": "\u2028", "\u2029": "\u2028", "\t": "\t"})


def page_text(text: str) -> str:
    """As `one_line`, but breaks inside a paragraph stay breaks and tabs stay tabs."""
    return text.translate(_PAGE).translate(_BIDI)


_PAGE = _BROKEN | _SEPARATED


def utf16(text: str, offset: int) -> int:
    """Qt counts a character beyond the first plane (𬱖 in a name) as two; spans count it as one."""
    head = text[:offset]
    return offset if head.isascii() else offset + sum(c > "\uffff" for c in head)


def from_utf16(text: str, position: int) -> int:
    """The character at Qt's `position`, counted as Python counts."""
    if text.isascii() or max(text, default="") <= "\uffff":
        return min(position, len(text))
    passed = 0
    for index, character in enumerate(text):
        if passed >= position:
            return index
        passed += 2 if character > "\uffff" else 1
    return len(text)
