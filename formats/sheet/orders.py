"""Marks sorted by the cell, tab or header they are for. One that fits nowhere stops the work."""

from collections import defaultdict
from collections.abc import Iterable

from formats.marks import apply_spans, settle
from formats.reading import Mark, Part, TroubleCode, Unreadable

# Parts that the new workbook takes over; a mark on anything else is met by leaving it out.
KEPT = frozenset({Part.CELL, Part.SHEET, Part.HEADER, Part.FOOTER})
Key = tuple[Part, str, str]


class Orders:
    """What to do to which text. Raises Unreadable(DAMAGED) for a mark that fits nowhere."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._by_place: dict[Key, list[Mark]] = defaultdict(list)
        for mark in marks:
            place = mark.place
            if place.part in KEPT and place.member is None:
                self._by_place[_key(place.part, place.sheet, place.cell, place.paragraph)].append(
                    mark
                )
        self._open = set(self._by_place)

    def __bool__(self) -> bool:
        return bool(self._by_place)

    def apply(
        self, text: str, part: Part, sheet: str, cell: str | None = None, number: int | None = None
    ) -> str:
        """The text of one place with its marks carried out."""
        key = _key(part, sheet, cell, number)
        marks = self._by_place.get(key)
        if not marks:
            return text
        self._open.discard(key)
        return cut(text, marks)

    def marked(self, sheet: str) -> bool:
        """Whether a cell of this sheet bears a mark."""
        return any(part is Part.CELL and name == sheet for part, name, _ in self._by_place)

    def leaves(self, text: str, sheet: str, cell: str) -> bool:
        """Whether anything of a cell's text stays; its marks are still to be carried out."""
        marks = self._by_place.get(_key(Part.CELL, sheet, cell, None))
        return not marks or bool(cut(text, marks))

    def done(self) -> None:
        """Raises Unreadable(DAMAGED) if a mark has met no text."""
        if self._open:
            raise _lost()


def cut(text: str, marks: Iterable[Mark]) -> str:
    """Replace the spans; which of two over the same letters stands, `formats.marks` says."""
    spans = [(*mark.span, mark.replacement) for mark in marks]
    if any(not 0 <= start <= end <= len(text) for start, end, _ in spans):
        raise _lost()
    return apply_spans(text, settle(spans))


def _key(part: Part, sheet: str | None, cell: str | None, number: int | None) -> Key:
    detail = cell if part is Part.CELL else number if part in {Part.HEADER, Part.FOOTER} else ""
    return (part, sheet or "", str(detail or ""))


def _lost() -> Unreadable:
    return Unreadable(
        TroubleCode.DAMAGED,
        "有一处要遮盖的内容在表格里找不到了，没有生成公开件。请重新检查这份文件后再试。",
    )
