"""Lists that are no tables: lines of fields parted by tabs or blanks, and lines side by side."""

import re
from collections.abc import Iterator, Sequence

from detection.grids import Cell, Grid, Key
from detection.sheaf import RUNNING
from formats.reading import Part, Place, Segment

_LONGEST_LINE = 300
_LONGEST_SINGLE = 12
_LEAST_LINES = 2
_ROOM = 3

_STRONG = re.compile(r"\t|[ \u3000\xa0]{2,}|\u3000| ?[|│┃] ?")
_WEAK = re.compile(r"[ \t\u3000\xa0]+| ?[|│┃] ?")
_PARTS = re.compile(r"[ \t\u3000\xa0|│┃]")
_SENTENCE = re.compile(r"[。；;！？]")
_NUMBERING = re.compile(r"[(（]?[0-9０-９一二三四五六七八九十]{1,4}[)）]?[.、．]\s*(?=\D)")
_PARTED = re.compile(r"(?<![一-鿿])[一-鿿][ \u3000]{1,4}[一-鿿](?![一-鿿])")
_NUMBERS = frozenset({"序号", "编号", "序", "号"})
_BOXED = RUNNING | {Part.IMAGE}

Field = tuple[int, int, int]
"""Column, first and last (excluded) character."""


def listed(segments: Sequence[Segment]) -> Iterator[Grid]:
    """The lists among the lines that stand in no table."""
    yield from _spaced(segments)
    yield from _beside(segments)


def _spaced(segments: Sequence[Segment]) -> Iterator[Grid]:
    """Lines that follow each other, each of some fields."""
    made: list[Cell] = []
    row = 0
    key: Key = ()
    for index, segment in enumerate(segments):
        text = segment.text
        # Most lines of most files are sentences: they are told at once.
        prose = len(text) > _LONGEST_SINGLE and ("。" in text or not _PARTS.search(text))
        prose = prose and "\n" not in text
        if prose and not made:
            continue
        place = segment.place
        if place.column is not None or place.part not in RUNNING:
            continue
        if prose:
            yield from _grid(key, segments, made, row)
            made, row = [], 0
            continue
        here = _key(place)
        if here != key:
            yield from _grid(key, segments, made, row)
            made, row, key = [], 0, here
        for start, end in _lines(text):
            fields = _fields(text, start, end)
            if not fields:
                yield from _grid(key, segments, made, row)
                made, row = [], 0
                continue
            row += 1
            made += [Cell(row, column, index, first, last) for column, first, last in fields]
    yield from _grid(key, segments, made, row)


def _grid(key: Key, segments: Sequence[Segment], made: list[Cell], rows: int) -> Iterator[Grid]:
    if rows >= _LEAST_LINES:
        yield Grid((*key, made[0].segment), segments, _aligned(segments, made))


def _aligned(segments: Sequence[Segment], made: list[Cell]) -> list[Cell]:
    """Where lines have more and fewer fields, those of the shorter stand under the nearest."""
    rows: dict[int, list[Cell]] = {}
    for cell in made:
        rows.setdefault(cell.row, []).append(cell)
    longest = max(rows.values(), key=len)
    if any("\t" in segments[row[0].segment].text for row in rows.values()):
        return _numbered(segments, made)
    if all(len(row) == len(longest) for row in rows.values()):
        return made
    marks = [_offset(segments, cell) for cell in longest]
    found: list[Cell] = []
    for row in rows.values():
        least = 0
        for cell in row:
            if len(row) == len(longest):
                found.append(cell)
                continue
            at = _offset(segments, cell)
            free = range(least, len(marks))
            nearest = min(free, key=lambda m: abs(marks[m] - at), default=len(marks) - 1)
            found.append(cell._replace(column=longest[nearest].column))
            least = nearest + 1
    return found


def _numbered(segments: Sequence[Segment], made: list[Cell]) -> list[Cell]:
    """Below 序号 the numbering, which is no field, has a column all the same."""
    firsts = (segments[c.segment].text[c.start : c.end].strip() for c in made if c.column == 1)
    if _NUMBERS.isdisjoint(firsts):
        return made
    moved = []
    for cell in made:
        text = segments[cell.segment].text
        begin = text.rfind("\n", 0, cell.start) + 1
        numbered = _NUMBERING.match(text, begin) is not None
        moved.append(cell._replace(column=cell.column + 1) if numbered else cell)
    return moved


def _offset(segments: Sequence[Segment], cell: Cell) -> int:
    """How far from the line's beginning it stands, a Chinese character being two wide."""
    text = segments[cell.segment].text
    begin = text.rfind("\n", 0, cell.start) + 1
    return sum(1 if c.isascii() else 2 for c in text[begin : cell.start])


def _key(place: Place) -> Key:
    return place.member, place.path, place.sheet, None


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text[start:end].strip():
            yield start, end
        start = end + 1


def _fields(text: str, start: int, end: int) -> list[Field]:
    """The fields of one line; none where it is a sentence."""
    if end - start > _LONGEST_LINE:
        return []
    line = text[start:end].rstrip()
    lead = len(line) - len(line.lstrip(" \u3000\xa0"))
    body = line[lead:]
    if _SENTENCE.search(body):
        return []
    numbering = _NUMBERING.match(body)
    if numbering:
        lead += numbering.end()
        body = body[numbering.end() :]
    gaps = _gaps(body)
    if not gaps and len(body) > _LONGEST_SINGLE:
        return []
    fields: list[Field] = []
    column, at = 1, 0
    for first, last in [*gaps, (len(body), len(body))]:
        if first > at:
            fields.append((column, start + lead + at, start + lead + first))
        column += 1
        at = last
    return fields


def _gaps(body: str) -> list[tuple[int, int]]:
    """Tabs and wide gaps, else single blanks. The blank inside 陈　平 or 姓  名 is none."""
    inside = {match.start() + 1 for match in _PARTED.finditer(body)}
    found: list[tuple[int, int]] = []
    for pattern in (_STRONG, _WEAK):
        found = [m.span() for m in pattern.finditer(body) if m.start() not in inside]
        if found:
            break
    return found


def _beside(segments: Sequence[Segment]) -> Iterator[Grid]:
    """Lines of a page that stand side by side, as in a table of OFD or on a picture."""
    pages: dict[Key, list[int]] = {}
    for index, segment in enumerate(segments):
        place = segment.place
        if place.box is not None and place.column is None and place.part in _BOXED:
            page: Key = (place.member, place.path, place.sheet, place.page or 0, place.part)
            pages.setdefault(page, []).append(index)
    for page, indices in pages.items():
        made = _placed(segments, indices)
        if made:
            yield Grid(page, segments, made)


def _placed(segments: Sequence[Segment], indices: list[int]) -> list[Cell]:
    """Cells of the rows that hold two and more; columns are told by what lies over each other."""
    rows = [row for row in _heights(segments, indices) if len(row) > 1]
    if len(rows) < _LEAST_LINES:
        return []
    bounds: list[tuple[float, float]] = []
    spans = sorted(_across(segments[index]) for row in rows for index in row)
    for left, right in spans:
        if bounds and left < bounds[-1][1] - _ROOM:
            bounds[-1] = (bounds[-1][0], max(bounds[-1][1], right))
        else:
            bounds.append((left, right))
    made: list[Cell] = []
    for number, row in enumerate(rows, 1):
        for index in row:
            left, right = _across(segments[index])
            middle = (left + right) / 2
            column = next((c for c, (_, last) in enumerate(bounds, 1) if middle <= last), 1)
            made.append(Cell(number, column, index, 0, len(segments[index].text)))
    return made


def _across(segment: Segment) -> tuple[float, float]:
    box = segment.place.box or (0.0, 0.0, 0.0, 0.0)
    return box[0], box[2]


def _heights(segments: Sequence[Segment], indices: list[int]) -> list[list[int]]:
    """Segments at one height, each row from left to right."""
    rows: list[list[int]] = []
    bottom = 0.0
    ordered = sorted(indices, key=lambda i: (segments[i].place.box or (0.0, 0.0, 0.0, 0.0))[1])
    for index in ordered:
        box = segments[index].place.box or (0.0, 0.0, 0.0, 0.0)
        middle = (box[1] + box[3]) / 2
        if rows and middle < bottom:
            rows[-1].append(index)
        else:
            rows.append([index])
            bottom = box[3]
    for row in rows:
        row.sort(key=lambda i: _across(segments[i])[0])
    return rows
