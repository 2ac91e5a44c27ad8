"""Places in the words of a person."""

from cli import output
from formats.reading import Part, Place, Trouble

# Parts whose own counting of paragraphs says nothing to a reader.
_UNCOUNTED = frozenset(
    {
        Part.PROPERTY, Part.METADATA, Part.THUMBNAIL, Part.NAME, Part.DEFINED_NAME, Part.VARIABLE,
        Part.SUBJECT, Part.SHEET, Part.HIDDEN_SHEET, Part.EXIF,
    }
)  # fmt: skip


def where(place: Place) -> str:
    """The whole place: 附件.zip/名单.xlsx 单元格 “名单”D5."""
    return " ".join(filter(None, (place.member, place.part.label, spot(place))))


def trouble(told: Trouble) -> str:
    """The sentence, after its place where it has one."""
    return f"{output.shown(where(told.place))}：{told.text}" if told.place else told.text


def spot(place: Place) -> str:
    """Where within its part: “名单”D5, 第2页第3段, 第1个表第3行第2列; "" where none."""
    words = []
    if place.page is not None:
        words.append(f"第{place.page}页")
    if place.sheet is not None or place.cell is not None:
        sheet = f"“{place.sheet}”" if place.sheet is not None else ""
        return "".join((*words, sheet, place.cell or _counted(place)))
    return "".join((*words, _counted(place)))


def _counted(place: Place) -> str:
    words = ""
    if place.row is not None or place.column is not None:
        table = f"第{place.table}个表" if place.table is not None else ""
        row = f"第{place.row}行" if place.row is not None else ""
        words = table + row + (f"第{place.column}列" if place.column is not None else "")
    elif place.table is not None:
        words = f"第{place.table}个表"
    elif place.paragraph is not None and place.part not in _UNCOUNTED:
        words = f"第{place.paragraph}段"
    return words
