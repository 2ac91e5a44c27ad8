"""One block of a document laid out to a width: where each character stands, and back again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from formats.reading import Part, Segment
from gui import theme
from gui.widgets.document_blocks import DOUBT, Block, BlockKind
from gui.widgets.document_text import from_utf16, one_line, page_text, utf16

# A paper page of a document, not the interface: its own face, as a reader would open it.
PAPER_FACES = ["FangSong", "仿宋", "FangSong_GB2312", "Noto Serif CJK SC", "Source Han Serif SC"]
TEXT_POINTS = 12.0
HEAD_POINTS = 16.0
ROW_POINTS = 10.5
CAPTION_POINTS = 9.0
WIDEST_NAME = 200.0
PAD = 6.0


def paper_font(points: float = TEXT_POINTS, *, strong: bool = False) -> QFont:
    """The face documents are shown in."""
    made = QFont()
    made.setFamilies([*PAPER_FACES, *theme.font().families()])
    made.setPointSizeF(points)
    made.setBold(strong)
    return made


@dataclass(frozen=True, slots=True)
class LaidPart:
    """One segment in a line: its index, its text, and where in the line's text it begins."""

    segment: int
    text: str
    begin: int


@dataclass(slots=True)
class LaidLine:
    """One text flow inside a block, at `x`, `y` from the block's top left corner."""

    layout: QTextLayout
    x: float
    y: float
    text: str
    parts: tuple[LaidPart, ...]

    def part_at(self, offset: int) -> LaidPart:
        """The segment that holds character `offset` of the line."""
        found = self.parts[0]
        for part in self.parts:
            if part.begin <= offset:
                found = part
        return found


@dataclass(slots=True)
class LaidBlock:
    """A block, heights in pixels.

    `frames`: outlines of cells; `caption`: small words above; `words`: what is ours and not the
    file's, as the name of a fact: it is painted, but cannot be marked.
    """

    height: float
    lines: list[LaidLine] = field(default_factory=list)
    frames: list[QRectF] = field(default_factory=list)
    caption: str = ""
    words: list[LaidLine] = field(default_factory=list)

    def hit(self, point: QPointF) -> tuple[int, int] | None:
        """Segment and character nearest to `point` (from the block's top left corner)."""
        line = self._line_near(point)
        if line is None:
            return None
        inner = point - QPointF(line.x, line.y)
        row = line.layout.lineAt(0)
        for number in range(line.layout.lineCount()):
            candidate = line.layout.lineAt(number)
            row = candidate
            if inner.y() < candidate.y() + candidate.height():
                break
        offset = from_utf16(line.text, int(row.xToCursor(inner.x())))
        part = line.part_at(offset)
        return part.segment, min(max(0, offset - part.begin), len(part.text))

    def _line_near(self, point: QPointF) -> LaidLine | None:
        best: tuple[float, LaidLine] | None = None
        for line in self.lines:
            box = line.layout.boundingRect().translated(line.x, line.y)
            across = max(box.left() - point.x(), 0.0, point.x() - box.right())
            down = max(box.top() - point.y(), 0.0, point.y() - box.bottom())
            distance = across + 4 * down
            if best is None or distance < best[0]:
                best = (distance, line)
        return None if best is None else best[1]

    def rects(self, segment: int, start: int, end: int) -> Iterator[QRectF]:
        """The boxes of characters `start` to `end` of one segment, one a written line."""
        for line in self.lines:
            for part in line.parts:
                if part.segment == segment:
                    first = utf16(line.text, part.begin + start)
                    last = utf16(line.text, part.begin + end)
                    yield from _rects(line, first, last)

    def holds(self, segment: int) -> bool:
        """Does this block show the segment?"""
        return any(part.segment == segment for line in self.lines for part in line.parts)


def _rects(line: LaidLine, first: int, last: int) -> Iterator[QRectF]:
    for number in range(line.layout.lineCount()):
        row = line.layout.lineAt(number)
        begin = max(first, row.textStart())
        end = min(last, row.textStart() + row.textLength())
        if begin < end or first == last == begin:
            left, right = _x(row, begin), _x(row, end)
            yield QRectF(line.x + left, line.y + row.y(), right - left, row.height())


def _x(row: QTextLine, position: int) -> float:
    # The stubs say float; the call gives (x, the nearest valid position).
    found: Any = row.cursorToX(position)
    return float(found[0])


class Layouter:
    """Lays blocks out for one width. `weights`: the widest cell of each column of each table."""

    def __init__(
        self, width: float, weights: Mapping[tuple[object, ...], Mapping[int, float]]
    ) -> None:
        self.width = max(160.0, width)
        self._weights = weights
        self._text = paper_font()
        self._head = paper_font(HEAD_POINTS, strong=True)
        self._row = paper_font(ROW_POINTS)
        self._caption = theme.font(CAPTION_POINTS)
        self.caption_height = QFontMetricsF(self._caption).height() + 4
        self._em = QFontMetricsF(self._text).horizontalAdvance("国")
        self._line_height = QFontMetricsF(self._text).lineSpacing() * 1.25

    def estimate(self, block: Block, segments: Sequence[Segment]) -> int:
        """A quick guess of the height, before the block is laid out."""
        if block.kind is BlockKind.TITLE:
            return int(self.caption_height + 4 * PAD)
        if block.kind in (BlockKind.ROW, BlockKind.FACT):
            return int(self._line_height + 2 * PAD)
        characters = sum(len(segments[i].text) for i in block.indexes())
        rows = 1 + int(characters * self._em / self.width)
        return int(rows * self._line_height + PAD)

    def lay(self, block: Block, segments: Sequence[Segment]) -> LaidBlock:
        """The block with every character in its place."""
        if block.kind is BlockKind.TITLE:
            return LaidBlock(self.caption_height + 4 * PAD, caption=block.caption)
        if block.kind is BlockKind.ROW:
            return self._lay_row(block, segments)
        if block.kind is BlockKind.FACT:
            return self._lay_fact(block, segments)
        aside = block.kind is BlockKind.ASIDE
        head = block.kind is BlockKind.HEADING
        used = self._head if head else self._row if aside else self._text
        top = self.caption_height if aside else PAD * (2 if head else 0)
        left = 12.0 if aside else 0.0
        laid = LaidBlock(0.0, caption=block.caption)
        for line in block.cells[0]:
            one = self._line(line, segments, used, self.width - left, left, top, centred=head)
            laid.lines.append(one)
            top += one.layout.boundingRect().height()
        for words in block.foot:
            said = self._words(words, self.width - left, left, top)
            laid.words.append(said)
            top += said.layout.boundingRect().height()
        laid.height = top + PAD * (2 if head else 1)
        return laid

    def _lay_fact(self, block: Block, segments: Sequence[Segment]) -> LaidBlock:
        """A line of a table of two columns: what it is, and what the file says."""
        edge = min(WIDEST_NAME, self.width * 0.34)
        laid = LaidBlock(0.0)
        name = self._words(block.caption, edge - 2 * PAD, PAD, PAD)
        laid.words.append(name)
        top = PAD
        for line in block.cells[0]:
            width = self.width - edge - 2 * PAD
            one = self._line(line, segments, self._row, width, edge + PAD, top)
            laid.lines.append(one)
            top += one.layout.boundingRect().height()
        laid.height = max(top, PAD + name.layout.boundingRect().height()) + PAD
        laid.frames = [
            QRectF(0, 0, edge, laid.height),
            QRectF(edge, 0, self.width - edge, laid.height),
        ]
        return laid

    def _words(self, text: str, width: float, x: float, y: float) -> LaidLine:
        shown = one_line(text)
        return LaidLine(_flowed(QTextLayout(shown, self._caption), width, 1.0), x, y, shown, ())

    def _lay_row(self, block: Block, segments: Sequence[Segment]) -> LaidBlock:
        edges = self._edges(block)
        laid = LaidBlock(0.0)
        tallest = QFontMetricsF(self._row).lineSpacing()
        for (left, right), cell in zip(edges, block.cells, strict=True):
            top = PAD
            for line in cell:
                width = right - left - 2 * PAD
                one = self._line(line, segments, self._row, width, left + PAD, top)
                laid.lines.append(one)
                top += one.layout.boundingRect().height()
            tallest = max(tallest, top - PAD)
        laid.height = tallest + 2 * PAD
        laid.frames = [QRectF(left, 0, right - left, laid.height) for left, right in edges]
        return laid

    def _edges(self, block: Block) -> list[tuple[float, float]]:
        weights = self._weights.get(block.table or (), {}) or dict.fromkeys(block.columns, 1.0)
        columns = sorted(weights)
        total = sum(weights.values())
        begins: dict[int, float] = {}
        x = 0.0
        for column in columns:
            begins[column] = x
            x += self.width * weights[column] / total
        # A cell without a neighbour to its right is merged over the columns that follow.
        present = list(block.columns)
        after = [*(begins.get(c, 0.0) for c in present[1:]), self.width]
        return [(begins.get(c, 0.0), right) for c, right in zip(present, after, strict=True)]

    def _line(
        self,
        line: Sequence[int],
        segments: Sequence[Segment],
        used: QFont,
        width: float,
        x: float,
        y: float,
        *,
        centred: bool = False,
    ) -> LaidLine:
        parts: list[LaidPart] = []
        text = ""
        for index in line:
            shown = page_text(segments[index].text)
            parts.append(LaidPart(index, shown, len(text)))
            text += shown
        layout = QTextLayout(text, used)
        option = QTextOption(
            Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        )
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(
            [_format(segments[p.segment], p, text) for p in parts if _special(p, segments)]
        )
        _flowed(layout, width, 1.0 if used is self._row else 1.25)
        return LaidLine(layout, x, y, text, tuple(parts))


def _flowed(layout: QTextLayout, width: float, spacing: float) -> QTextLayout:
    """Break it into lines of this width."""
    layout.beginLayout()
    height = 0.0
    while True:
        row = layout.createLine()
        if not row.isValid():
            break
        row.setLineWidth(max(24.0, width))
        row.setPosition(QPointF(0, height))
        height += row.height() * spacing
    layout.endLayout()
    return layout


_STRUCK = frozenset({Part.DELETION})
_ADDED = frozenset({Part.INSERTION})


def _special(part: LaidPart, segments: Sequence[Segment]) -> bool:
    segment = segments[part.segment]
    part_of = segment.place.part
    return not segment.visible or part_of in _ADDED | _STRUCK or segment.certainty < DOUBT


def _format(segment: Segment, part: LaidPart, text: str) -> QTextLayout.FormatRange:
    """Hidden text is underlined with dots, deleted text struck through, inserted underlined.

    What was badly recognised from a picture has a wave under it, as a spelling that is in doubt.
    """
    look = QTextCharFormat()
    if segment.place.part in _STRUCK:
        look.setFontStrikeOut(True)
    elif segment.place.part in _ADDED:
        look.setFontUnderline(True)
    elif segment.certainty < DOUBT:
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        look.setUnderlineColor(QColor(theme.LIGHT.ask))
    else:
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    if not segment.visible:
        look.setForeground(theme.mark("hide", 1.0))
    # The stubs do not know the fields of a FormatRange.
    made: Any = QTextLayout.FormatRange()
    made.start = utf16(text, part.begin)
    made.length = utf16(text, part.begin + len(part.text)) - made.start
    made.format = look
    return cast("QTextLayout.FormatRange", made)
