"""A place in words, short enough for a list: `名单!C3`, `第 2 页第 4 行`, `表 1 第 3 行第 2 列`."""

from formats.reading import Part, Place
from gui.widgets.document_text import column_name

# Parts whose own counting of paragraphs says nothing to a reader.
_UNCOUNTED = frozenset(
    {Part.PROPERTY, Part.METADATA, Part.THUMBNAIL, Part.NAME, Part.DEFINED_NAME, Part.VARIABLE}
)
_PLAIN = frozenset({Part.BODY, Part.TABLE, Part.CELL})


def place_words(place: Place, *, titled: bool = False) -> str:
    """Where it stands, as an officer would say it.

    `titled`: the part and the file inside are said above it already.
    """
    inner = _inside(place)
    if titled:  # counting paragraphs says nothing where they do not stand in a text
        return inner if place.cell or place.sheet or place.row or place.page else ""
    words = [] if place.part in _PLAIN else [place.part.label]
    if inner:
        words.append(inner)
    said = " ".join(words) or "正文"
    return f"{place.member} · {said}" if place.member else said


def _inside(place: Place) -> str:
    if place.cell or place.sheet:
        cell = place.cell
        if not cell and place.row and place.column:
            cell = f"{column_name(place.column)}{place.row}"
        return "!".join(part for part in (place.sheet, cell) if part)
    if place.row is not None and place.column is not None:
        table = f"表 {place.table} " if place.table else ""
        return f"{table}第 {place.row} 行第 {place.column} 列"
    if place.page is not None:
        line = f"第 {place.paragraph} 行" if place.paragraph else ""
        return f"第 {place.page} 页{line}"
    counted = place.paragraph and place.part not in _UNCOUNTED
    return f"第 {place.paragraph} 段" if counted else ""
