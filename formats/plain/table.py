"""CSV: a segment a cell, and the same cells back with marks applied."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import BinaryIO, NamedTuple

from formats.budget import Budget
from formats.marks import apply_spans, by_place
from formats.plain.text import decoded, opened
from formats.reading import Kind, Mark, Part, Place, Reading, Segment

_DELIMITERS = (",", "\t", ";", "|")
_ROW_ENDS = ("\r\n", "\n", "\r", "")
_LOT = 4096


class Field(NamedTuple):
    """One cell as written (`raw`), as meant (`value`), and the delimiter or line end behind it."""

    row: int
    column: int
    raw: str
    value: str
    after: str


def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
    """One segment a cell that is not blank; rows and columns count from 1, the heading included."""
    segments: list[Segment] = []
    told = 0
    text, troubles = opened(source)
    for field in fields(text):
        if not field.value.strip():
            continue
        segments.append(Segment(_place(field), field.value))
        # Told as it goes, in lots: a table past the limit is refused before it fills the memory.
        if len(segments) - told == _LOT:
            budget.spend_segments(_LOT)
            told = len(segments)
    budget.spend_segments(len(segments) - told)
    return Reading(kind, tuple(segments), troubles, partial=bool(troubles))


def redact(source: BinaryIO, marks: Sequence[Mark], out: BinaryIO) -> None:
    """UTF-8 with a BOM; delimiter, quoting, line ends and untouched cells stay as they were.

    A column of which head and cells are all cut to nothing goes as a whole.
    """
    wanted = by_place(marks)
    written: list[tuple[Field, str]] = []
    filled: dict[int, int] = {}
    left: set[int] = set()
    for field in fields(decoded(source)):
        spans = wanted.take(_place(field))
        value = apply_spans(field.value, spans) if spans else field.value
        written.append((field, _quoted(value, was=field.raw) if spans else field.raw))
        if field.value.strip():
            filled[field.column] = filled.get(field.column, 0) + 1
        if value.strip():
            left.add(field.column)
    wanted.check_all_taken()
    gone = {column for column, number in filled.items() if number > 1} - left
    out.write(b"\xef\xbb\xbf" + "".join(_closed_up(written, gone)).encode("utf-8"))


def _closed_up(written: Sequence[tuple[Field, str]], gone: set[int]) -> Iterator[str]:
    """The rows as they are to be written, without the columns in `gone`."""
    kept: list[str] = []
    delimiter = ""
    for field, raw in written:
        if field.column not in gone:
            kept.append(raw)
        if field.after in _ROW_ENDS:
            yield delimiter.join(kept) + field.after
            kept = []
        else:
            delimiter = field.after


def fields(text: str) -> Iterator[Field]:
    """Every cell in order (RFC 4180; a quote inside an unquoted cell is an ordinary letter)."""
    row, column, end = 1, 1, len(text)
    for match in _pattern(delimiter_of(text)).finditer(text):
        raw, after = match.group(1), match.group(2)
        if match.start() == end and column == 1:
            return  # nothing follows the last line end
        yield Field(row, column, raw, _value(raw), after)
        if after in ("\r\n", "\n", "\r"):
            row, column = row + 1, 1
        elif after:
            column += 1
        else:
            return


def delimiter_of(text: str) -> str:
    """The delimiter that the first lines hold most evenly; a comma if none does."""
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()]
    counts = {d: sorted(line.count(d) for line in lines) for d in _DELIMITERS}
    return max(_DELIMITERS, key=lambda d: (counts[d][len(lines) // 2] if lines else 0, d == ","))


@cache
def _pattern(delimiter: str) -> re.Pattern[str]:
    d = re.escape(delimiter)
    return re.compile(rf'((?:"(?>(?:[^"]++|"")*)"?)?[^{d}\r\n]*)({d}|\r\n|\n|\r|\Z)')


def _value(raw: str) -> str:
    if not raw.startswith('"'):
        return raw
    quoted = re.match(r'"((?>(?:[^"]++|"")*))"?', raw)
    assert quoted is not None
    return quoted.group(1).replace('""', '"') + raw[quoted.end() :]


def _quoted(value: str, *, was: str) -> str:
    if was.startswith('"') or any(c in value for c in ',;|\t"\r\n'):
        return '"' + value.replace('"', '""') + '"'
    return value


def _place(field: Field) -> Place:
    cell = f"{_letters(field.column)}{field.row}"
    return Place(Part.CELL, cell=cell, row=field.row, column=field.column)


@cache
def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
