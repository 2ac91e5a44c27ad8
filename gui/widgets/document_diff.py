"""The difference between two visible texts: lines first, then characters inside changed lines."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from detection.finding import Severity
from formats.reading import Part, Place, Segment
from gui.widgets.document_text import ShownMark, ShownText


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stayed, went or came."""

    change: Change
    text: str


Line = tuple[Piece, ...]


def visible_lines(segments: Sequence[Segment]) -> list[str]:
    """What a reader sees, a line a segment; rows of a table with their cells side by side."""
    lines: list[str] = []
    last: tuple[object, ...] | None = None
    for segment in segments:
        if not segment.visible or segment.place.part is Part.NAME:
            continue
        place = segment.place
        key: tuple[object, ...] | None = None
        if place.row is not None and (place.table is not None or place.sheet is not None):
            key = (place.member, place.path, place.sheet, place.table, place.row)
        elif place.paragraph is not None:
            key = (place.member, place.path, place.page, place.part in _APART, place.paragraph)
        if key is not None and key == last and lines:
            gap = " │ " if place.row is not None else ""
            lines[-1] += gap + segment.text
        else:
            lines.append(segment.text)
        last = key
    return lines


_LONG = 2000
_APART = frozenset({Part.HEADER, Part.FOOTER, Part.FOOTNOTE, Part.ENDNOTE, Part.TEXTBOX})


def compare(before: Sequence[str], after: Sequence[str]) -> list[Line]:
    """Both texts as one list of lines with what went and what came."""
    lines: list[Line] = []
    # Without the junk rule a long sheet of equal lines costs time in the square of its length.
    matcher = SequenceMatcher(None, before, after, autojunk=len(before) > _LONG)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            lines += [(Piece(Change.SAME, text),) for text in before[i1:i2]]
            continue
        old, new = list(before[i1:i2]), list(after[j1:j2])
        pairs = min(len(old), len(new))
        lines += [_within(o, n) for o, n in zip(old[:pairs], new[:pairs], strict=True)]
        lines += [(Piece(Change.GONE, text),) for text in old[pairs:]]
        lines += [(Piece(Change.NEW, text),) for text in new[pairs:]]
    return lines


def _within(old: str, new: str) -> Line:
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Change.SAME, old[i1:i2]))
            continue
        if i2 > i1:
            pieces.append(Piece(Change.GONE, old[i1:i2]))
        if j2 > j1:
            pieces.append(Piece(Change.NEW, new[j1:j2]))
    return tuple(pieces)


def changed(lines: Sequence[Line]) -> list[int]:
    """Numbers of the lines in which something went or came."""
    return [n for n, line in enumerate(lines) if any(p.change is not Change.SAME for p in line)]


def folded(lines: Sequence[Line], around: int = 2) -> list[Line]:
    """Only what changed and `around` lines beside it; a long equal stretch becomes one line."""
    near = {n + d for n in changed(lines) for d in range(-around, around + 1)}
    kept: list[Line] = []
    skipped = 0
    for number, line in enumerate(lines):
        if number in near:
            if skipped:
                kept.append(_equal(skipped))
            skipped = 0
            kept.append(line)
        else:
            skipped += 1
    if skipped:
        kept.append(_equal(skipped))
    return kept


def _equal(count: int) -> Line:
    return (Piece(Change.SAME, f"—— 以下 {count} 行相同 ——"),)


def unseen_lines(before: Sequence[Segment], after: Sequence[Segment]) -> list[Line]:
    """How many hidden texts of each part there were and are: the lines above do not show them."""
    counts = [Counter(s.place.part for s in side if not s.visible) for side in (before, after)]
    lines: list[Line] = []
    for part in Part:
        was, now = counts[0][part], counts[1][part]
        if was == now == 0:
            continue
        said = f"看不见的内容 · {part.label}："
        if was == now:
            lines.append((Piece(Change.SAME, f"{said}仍有 {now} 处"),))
            continue
        left = f"公开件 {now} 处" if now else "公开件没有"
        lines.append(
            (
                Piece(Change.SAME, said),
                Piece(Change.GONE, f"原件 {was} 处"),
                Piece(Change.SAME, "，"),
                Piece(Change.NEW, left),
            )
        )
    return lines


def as_segments(lines: Sequence[Line]) -> list[Segment]:
    """The difference as a text of its own: what went is a deletion, what came an insertion."""
    part = {Change.SAME: Part.BODY, Change.GONE: Part.DELETION, Change.NEW: Part.INSERTION}
    return [
        Segment(Place(part[piece.change], paragraph=number), piece.text)
        for number, line in enumerate(lines, 1)
        for piece in line
    ]


def marks_of(text: ShownText) -> list[ShownMark]:
    """The colours of a difference: what has come like what is done, what has gone like 遮盖."""
    return [
        ShownMark(
            -1, index, 0, len(segment.text), Severity.HIDE, segment.place.part is Part.INSERTION
        )
        for index, segment in enumerate(text.segments)
        if segment.place.part is not Part.BODY
    ]
