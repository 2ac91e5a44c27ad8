"""Marks put in order: sorted by place, overlaps settled, and none forgotten."""

from collections.abc import Sequence

from formats.reading import Mark, Part, Place, TroubleCode, Unreadable

Span = tuple[int, int, str]


class Wanted:
    """The cuts still to be made. `take` hands out those of one place; none may be left over."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        found: dict[Place, list[Span]] = {}
        for mark in marks:
            # The file's own name is no part of its content: the package gives it a safe one.
            if mark.place.part is Part.NAME and mark.place.member is None:
                continue
            found.setdefault(mark.place, []).append((*mark.span, mark.replacement))
        self._spans = {place: settle(spans) for place, spans in found.items()}

    def take(self, place: Place) -> list[Span]:
        """The spans at `place`, sorted and apart; empty if there are none."""
        if not self._spans:
            return []
        return self._spans.pop(place, [])

    def drop(self, parts: frozenset[Part]) -> None:
        """Count the marks in places that a clean copy has none of as done."""
        self._spans = {p: s for p, s in self._spans.items() if p.part not in parts}

    def drop_members(self) -> None:
        """Count the marks inside embedded files as done: no embedded file is kept."""
        self._spans = {p: s for p, s in self._spans.items() if p.member is None}

    def check_all_taken(self) -> None:
        """Raises Unreadable(DAMAGED) if a mark found no place: such a copy must not exist."""
        if self._spans:
            raise Unreadable(
                TroubleCode.DAMAGED,
                f"有 {len(self._spans)} 处要遮盖的内容在文件里找不到，没有生成公开件。"
                "文件可能已改动，请重新检查后再处理。",
            )


def by_place(marks: Sequence[Mark]) -> Wanted:
    """The marks of one file, ready to be taken place by place."""
    return Wanted(marks)


def settle(spans: list[Span]) -> list[Span]:
    """Sorted, no two overlapping: where two touch the same letters the first replacement covers
    both; of two for the same letters the one that leaves less. Raises ValueError for a span that
    runs backwards or starts before the text."""
    settled: list[Span] = []
    for start, end, text in sorted(spans, key=lambda s: (s[0], -s[1], len(s[2]))):
        if start < 0 or end < start:
            raise ValueError("a span must run forwards")
        if settled and start < settled[-1][1]:
            first = settled[-1]
            settled[-1] = (first[0], max(first[1], end), first[2])
        else:
            settled.append((start, end, text))
    return settled


def apply_spans(text: str, spans: list[Span]) -> str:
    """`text` with each span replaced. Raises Unreadable if one reaches past the end."""
    check_reach(text, spans)
    for start, end, replacement in reversed(spans):
        text = text[:start] + replacement + text[end:]
    return text


def check_reach(text: str, spans: list[Span]) -> None:
    """Raises Unreadable(DAMAGED) when a span lies outside the text it was made for."""
    if spans and spans[-1][1] > len(text):
        raise Unreadable(
            TroubleCode.DAMAGED,
            "要遮盖的位置超出了原文，没有生成公开件。文件可能已改动，请重新检查后再处理。",
        )
