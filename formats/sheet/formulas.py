"""What a formula says besides its result: quoted texts, long numbers, paths of other workbooks."""

import re
from collections.abc import Iterator

from formats.reading import Part, Place, Segment
from formats.sheet.grid import Grid

# Short texts without a Chinese character are punctuation and yes/no, which every formula has.
_SAID = re.compile(
    r'"(?P<text>(?:[^"]|"")*)"|\'(?P<file>(?:[^\']|\'\')*\[(?:[^\']|\'\')*)\'!'
    r"|(?<![\w.$])(?P<number>\d{7,}[Xx]?)(?![\w.])"
)
_NOTES = {
    "text": "公式里的文字",
    "file": "公式引用的文件",
    "number": "公式里的号码",
    "mask": "公式里的遮盖",
}
_LOCAL_INDEX = re.compile(r"\[\d+\][^\\/:]*")


def literals(formula: str, grid: Grid, cell: str, row: int, column: int) -> Iterator[Segment]:
    """Each once a sheet: they travel with the file even if the result shows others."""
    for number, match in enumerate(_SAID.finditer(formula), 1):
        kind = match.lastgroup or ""
        text = match[kind].replace('""', '"').replace("''", "'")
        if kind == "text" and len(text) > 1 and not text.strip("*"):
            # Stars that a formula puts in: the whole value stands in the cell it refers to.
            kind, text = "mask", re.sub(r"(?<=[A-Za-z])\d+", "", formula)
        if text in grid.said or not _tells(kind, text):
            continue
        grid.said.add(text)
        place = Place(
            Part.FIELD, sheet=grid.sheet.name, cell=cell, row=row, column=column,
            paragraph=number, path=grid.sheet.part,
        )  # fmt: skip
        yield Segment(place, text, visible=False, note=_NOTES[kind])


def _tells(kind: str, text: str) -> bool:
    if kind == "file":
        # `[1]Sheet1` counts in a list of links, which is told by itself.
        return not _LOCAL_INDEX.fullmatch(text)
    if kind == "text":
        return any(c.isalnum() for c in text) and len(text) >= (4 if text.isascii() else 2)
    return True
