"""What stands around a hit: its line, its neighbours, the heads of its column, its place.

Every look is bounded, so that a text of nothing but hits stays linear.
"""

import re
from collections.abc import Sequence

from detection.normal import END, JOIN, plain
from detection.rule import Scope, Where, Zone
from detection.sheaf import RUNNING, Sheaf
from detection.tables import Tables
from formats.reading import Part, Segment

LINE = 240
_HEAD_LINES = 10
_PAGE_LINES = 3
_HEAD_CHARACTERS = 4000
_FAR = 400

_BESIDE_ALONE = " \t·.。,;:!()[]【】〔〕<>《》「」『』|_-=~#★*"
"""What may stand beside a mark that is alone in its line (normalised characters)."""

_BLANK = " \t"
_NUMBERING = re.compile(
    r"^[ \t]*(?:第?[一二三四五六七八九十0-9]{1,4}[、.条章节项]|[(][一二三四五六七八九十0-9]{1,3}[)])"
)


class Setting:
    """Answers questions about the neighbourhood of a flat span in a sheaf."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self.tables = Tables(segments)
        self._heads: dict[str | None, str] = {}
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
        if where is Where.LEAD:
            return not _NUMBERING.sub("", before, count=1).strip(_BESIDE_ALONE)
        if where is Where.TAIL:
            return not after.strip(_BESIDE_ALONE)
        return not before.strip(_BESIDE_ALONE) and not after.strip(_BESIDE_ALONE)

    def zone(self, zone: Zone, index: int, offset: int = 0) -> bool:
        """Does character `offset` of segment `index` lie in this zone of its file?"""
        segment = self.segments[index]
        part = segment.place.part
        if zone is Zone.ANY:
            return True
        if zone is Zone.NAME:
            return part is Part.NAME
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
            count = counts.get(key, 0)
            if count >= _HEAD_LINES:
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

    def look(self, scope: Scope, within: int, sheaf: Sheaf, start: int, end: int) -> str:
        """The normalised text that `scope` means, seen from the flat span."""
        text = sheaf.text
        if scope in {Scope.BEFORE, Scope.AFTER, Scope.AROUND}:
            before = self._before(sheaf, start, within) if scope is not Scope.AFTER else ""
            after = self._after(sheaf, end, within) if scope is not Scope.BEFORE else ""
            return before + (END if before and after else "") + after
        if scope is Scope.TOKEN:
            return self._token(text, start, end)
        if scope is Scope.LINE:
            first, last = self.line(sheaf, start, end)
            return text[first:start] + END + text[end:last]
        index = sheaf.index(start)
        if scope is Scope.NEAR:
            first, last = self.line(sheaf, start, end)
            around = (self._neighbour(index, -1), text[first:last], self._neighbour(index, 1))
            return END.join(around)
        if scope is Scope.PREVIOUS:
            return self._neighbour(index, -1)
        if scope is Scope.HEADER:
            return self.tables.heads(index)
        if scope is Scope.BESIDE:
            return self.tables.beside(index)
        if scope is Scope.ROW:
            return self.tables.row(index)
        return self.head(index)

    def _before(self, sheaf: Sheaf, start: int, within: int) -> str:
        text = sheaf.text
        low = max(0, start - within)
        cut = text.rfind(END, low, start)
        own = text[max(low, cut + 1) : start]
        if cut >= 0 and not own.strip(_BLANK) and cut > 0:
            # A label often stands at the end of the line before.
            index = sheaf.index(start)
            if self.segments[index].place.row is None:
                return self._neighbour(index, -1)[-within:]
        return own

    def _after(self, sheaf: Sheaf, end: int, within: int) -> str:
        text = sheaf.text
        high = min(len(text), end + within)
        cut = text.find(END, end, high)
        return text[end : cut if cut >= 0 else high]

    @staticmethod
    def _token(text: str, start: int, end: int) -> str:
        low, high = start, end
        while low > 0 and start - low < _FAR and "!" <= text[low - 1] <= "~":
            low -= 1
        while high < len(text) and high - end < _FAR and "!" <= text[high] <= "~":
            high += 1
        return text[low:high]

    def _neighbour(self, index: int, step: int) -> str:
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
