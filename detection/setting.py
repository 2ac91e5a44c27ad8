"""What stands around a hit: its line, its neighbours, the heads of its column, its place.

Every look is bounded, so that a text of nothing but hits stays linear.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from detection.normal import END, JOIN, plain
from detection.rule import FARTHEST, Scope, Where, Zone
from detection.sheaf import RUNNING, Sheaf
from detection.tables import Tables
from formats.reading import Part, Segment

LINE = 240
_HEAD_LINES = 10
_PAGE_LINES = 3
_HEAD_CHARACTERS = 4000
_FAR = 400

_BESIDE_ALONE = " \t·.。,;:!()[]【】〔〕〖〗“”‘’\"'<>《》「」『』|_-=~#★*"
"""What may stand beside a mark that is alone in its line (normalised characters)."""

_BLANK = " \t"
# Asked for every hit, by names of our own: a member is looked up ten times as slowly.
_BEFORE, _AFTER, _AROUND = Scope.BEFORE, Scope.AFTER, Scope.AROUND
_NAMES = frozenset({Part.NAME, Part.EMBEDDED, Part.ATTACHMENT})
"""Parts that hold the name of a file: its own, a member's, one that lies inside it."""
_COUNT = "[一二三四五六七八九十0-9]{1,4}"
_NUMBERING = re.compile(rf"^[ \t]*(?:第?{_COUNT}[、.条章节项]|[(]{_COUNT}[)])")


class Setting:
    """Answers questions about the neighbourhood of a flat span in a sheaf."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self.tables = Tables(segments)
        self._heads: dict[str | None, str] = {}
        self._neighbours: dict[tuple[int, int], str] = {}
        self._heads_at: dict[int, int] = {}
        self._front: list[int] = []
        self._find_front()

    def line(self, sheaf: Sheaf, start: int, end: int) -> tuple[int, int]:
        """The flat bounds of the line around the span, at most LINE characters either way."""
        text = sheaf.text
        low, high = max(0, start - LINE), min(len(text), end + LINE)
        first = max(text.rfind(c, low, start) for c in (END, JOIN, "\n"))
        lasts = (text.find(c, end, high) for c in (END, JOIN, "\n"))
        return first + 1 if first >= 0 else low, min((n for n in lasts if n >= 0), default=high)

    def lies(self, where: Where, sheaf: Sheaf, start: int, end: int) -> bool:
        """Does the span lie so in its line?"""
        if where is Where.ANY:
            return True
        first, last = self.line(sheaf, start, end)
        text = sheaf.text
        before, after = text[first:start], text[end:last]
        if ":" in before and self._is_property(sheaf, start):
            before = before.rpartition(":")[2]  # 备注：秘密 is a property's name and its value
        if where is Where.LEAD:
            return not _NUMBERING.sub("", before, count=1).strip(_BESIDE_ALONE)
        if where is Where.TAIL:
            return not after.strip(_BESIDE_ALONE)
        return not before.strip(_BESIDE_ALONE) and not after.strip(_BESIDE_ALONE)

    def _is_property(self, sheaf: Sheaf, start: int) -> bool:
        return self.segments[sheaf.index(start)].place.part is Part.PROPERTY

    def zone(self, zone: Zone, index: int, offset: int = 0) -> bool:
        """Does character `offset` of segment `index` lie in this zone of its file?"""
        segment = self.segments[index]
        part = segment.place.part
        if zone is Zone.ANY:
            return True
        if zone is Zone.NAME:
            return part in _NAMES
        edge = part not in RUNNING or not segment.visible
        if zone is Zone.EDGE:
            return edge
        if zone is Zone.FRONT and edge:
            return True
        return not edge and self._in_head(index, offset)

    def _in_head(self, index: int, offset: int) -> bool:
        line = self._heads_at.get(index)
        if line is None or offset > _HEAD_CHARACTERS:
            return False
        segment = self.segments[index]
        place = segment.place
        if place.row is not None and place.table is None:
            return True
        limit = _HEAD_LINES if place.page in {None, 1} else _PAGE_LINES
        return line + segment.text.count("\n", 0, offset) < limit

    @property
    def front(self) -> Sequence[int]:
        """The indices of all segments that lie at an edge or in a head, in order."""
        return self._front

    def _find_front(self) -> None:
        """One walk: how many lines of its document, sheet or page stand before each segment."""
        counts: dict[tuple[str | None, str | None, int | None], int] = {}
        last_row: tuple[str | None, int | None, int] | None = None
        full: object = None  # the document, sheet or page whose head is over
        for index, segment in enumerate(self.segments):
            place = segment.place
            if place.part not in RUNNING or not segment.visible:
                self._front.append(index)
                continue
            if place.row is not None and place.table is None:
                if place.row <= _HEAD_LINES:
                    self._heads_at[index] = place.row - 1
                    self._front.append(index)
                continue
            key = (place.member, place.sheet, place.page)
            if key == full:
                continue
            count = counts.get(key, 0)
            if count >= _HEAD_LINES:
                full = key
                continue
            if place.row is not None:
                # The cells of one row of a table are one line.
                row = (place.member, place.table, place.row)
                if row == last_row:
                    self._heads_at[index] = max(count - 1, 0)
                    self._front.append(index)
                    continue
                last_row = row
            self._heads_at[index] = count
            self._front.append(index)
            text = segment.text.strip()
            if text:
                counts[key] = count + 1 + text.count("\n")

    def neighbour(self, index: int, step: int) -> str:
        """The nearest text before (-1) or after (1) segment `index` that is seen like it."""
        found = self._neighbours.get((index, step))
        if found is None:
            found = self._neighbours[index, step] = self._find_neighbour(index, step)
        return found

    def _find_neighbour(self, index: int, step: int) -> str:
        visible = self.segments[index].visible
        other = index + step
        for _ in range(12):
            if not 0 <= other < len(self.segments):
                return ""
            segment = self.segments[other]
            if segment.visible == visible and segment.text.strip():
                if segment.place.member != self.segments[index].place.member:
                    return ""
                if segment.place.part is Part.NAME:
                    return ""
                text = segment.text[-LINE:] if step < 0 else segment.text[:LINE]
                return plain(text)
            other += step
        return ""

    def head(self, index: int) -> str:
        """The name and the first ten lines of the document that segment `index` belongs to."""
        member = self.segments[index].place.member
        if not self._heads:
            self._heads = self._all_heads()
        return self._heads.get(member, "")

    def _all_heads(self) -> dict[str | None, str]:
        lines: dict[str | None, list[str]] = {}
        counts: dict[str | None, int] = {}
        for segment in self.segments:
            place = segment.place
            count = counts.get(place.member, 0)
            if count >= _HEAD_LINES or not segment.visible:
                continue
            if place.part is not Part.NAME and place.part not in RUNNING:
                continue
            text = segment.text[:LINE].strip()
            if text:
                lines.setdefault(place.member, []).append(plain(text))
                counts[place.member] = count + (place.part is not Part.NAME)
        return {member: "\n".join(found) for member, found in lines.items()}


class Around:
    """Answers the contexts of one hit; what was looked at once is kept.

    `before`: what stands before it in the segment; at its very beginning, the line before. `after`:
    what stands behind it in the segment.
    """

    __slots__ = ("_seen", "after", "before", "end", "index", "setting", "sheaf", "start")

    def __init__(self, setting: Setting, sheaf: Sheaf, start: int, end: int, index: int) -> None:
        self.setting = setting
        self.sheaf = sheaf
        self.start = start
        self.end = end
        self.index = index
        self.before = self._before()
        self.after = self._after()
        self._seen: dict[Scope, str] = {}

    def look(self, scope: Scope, within: int) -> str:
        """The normalised text that `scope` means, kept for the next that asks; before and after
        the hit `within` characters of it."""
        if scope is _BEFORE:
            return self.before[-within:]
        if scope is _AFTER:
            return self.after[:within]
        if scope is _AROUND:
            return self.before[-within:] + END + self.after[:within]
        text = self._seen.get(scope)
        if text is None:
            text = self._seen[scope] = _LOOKS[scope](self)
        return text

    def _before(self) -> str:
        text = self.sheaf.text
        low = max(0, self.start - FARTHEST)
        cut = text.rfind(END, low, self.start)
        own = text[max(low, cut + 1) : self.start]
        # A label often stands at the end of the line before.
        at_start = cut > 0 and not own.strip(_BLANK)
        if at_start and self.setting.segments[self.index].place.row is None:
            return self.setting.neighbour(self.index, -1)[-FARTHEST:]
        return own

    def _after(self) -> str:
        text = self.sheaf.text
        high = min(len(text), self.end + FARTHEST)
        cut = text.find(END, self.end, high)
        return text[self.end : cut if cut >= 0 else high]

    def token(self) -> str:
        """The unbroken run of printable ASCII characters it stands in."""
        text = self.sheaf.text
        low, high = self.start, self.end
        while low > 0 and self.start - low < _FAR and "!" <= text[low - 1] <= "~":
            low -= 1
        while high < len(text) and high - self.end < _FAR and "!" <= text[high] <= "~":
            high += 1
        return text[low:high]

    def line(self) -> str:
        """Its line, END in its place."""
        text = self.sheaf.text
        first, last = self.setting.line(self.sheaf, self.start, self.end)
        return text[first : self.start] + END + text[self.end : last]

    def near(self) -> str:
        """Its line, and the lines before and after."""
        first, last = self.setting.line(self.sheaf, self.start, self.end)
        neighbour = self.setting.neighbour
        own = self.sheaf.text[first:last]
        return END.join((neighbour(self.index, -1), own, neighbour(self.index, 1)))


_LOOKS: Mapping[Scope, Callable[[Around], str]] = {
    Scope.HEADER: lambda hit: hit.setting.tables.heads(hit.index),
    Scope.BESIDE: lambda hit: hit.setting.tables.beside(hit.index),
    Scope.ROW: lambda hit: hit.setting.tables.row(hit.index),
    Scope.PREVIOUS: lambda hit: hit.setting.neighbour(hit.index, -1),
    Scope.HEAD: lambda hit: hit.setting.head(hit.index),
    Scope.TOKEN: Around.token,
    Scope.LINE: Around.line,
    Scope.NEAR: Around.near,
}
