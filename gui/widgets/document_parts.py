"""What can be shown where it stands, and what stands apart: beside the text, behind it, in none."""

from collections.abc import Sequence
from enum import Enum

from formats.reading import Kind, Part, Segment
from gui.widgets.document_blocks import DOUBT
from gui.widgets.document_sheet_model import in_grid
from gui.widgets.document_text import column_name

SLIDES = frozenset({Kind.PPTX, Kind.PPT, Kind.ODP})
SHEETS = frozenset({Kind.XLSX, Kind.XLSM, Kind.XLSB, Kind.XLS, Kind.CSV, Kind.ODS})
PICTURES = frozenset({Kind.PNG, Kind.JPEG, Kind.TIFF, Kind.BMP, Kind.GIF, Kind.WEBP})
PAGED = frozenset({Kind.PDF, *PICTURES})
ARCHIVES = frozenset({Kind.ZIP, Kind.RAR, Kind.SEVEN_ZIP})
LETTERS = frozenset({Kind.PDF, Kind.OFD, Kind.EML, Kind.MSG, Kind.MHT})

_IN_CELLS = frozenset({Part.HIDDEN_ROW, Part.HIDDEN_COLUMN, Part.HIDDEN_SHEET})
# What has a place in running text even if nobody sees it there.
IN_FLOW = frozenset(
    {
        Part.HEADER, Part.FOOTER, Part.FOOTNOTE, Part.ENDNOTE, Part.COMMENT, Part.INSERTION,
        Part.DELETION, Part.HIDDEN, Part.TEXTBOX, Part.ALT_TEXT, Part.FIELD, Part.LINK,
        Part.NOTES, Part.BODY, Part.TABLE, Part.COVERED_TEXT, Part.INVISIBLE_TEXT, Part.OFF_PAGE,
        Part.LAYER, Part.ANNOTATION, Part.FORM_VALUE, *_IN_CELLS,
    }
)  # fmt: skip
# What is drawn on the picture of a page, so that its letters can be marked there.
_ON_PAGE = frozenset({Part.BODY, Part.TABLE, Part.IMAGE})


class Front(Enum):
    """How a file is laid out in the middle of the desk."""

    FLOW = "flow"
    SHEET = "sheet"
    PAGES = "pages"


def front_of(kind: Kind | None) -> Front:
    """How files of this kind are laid out."""
    if kind in PAGED:
        return Front.PAGES
    return Front.SHEET if kind in SHEETS else Front.FLOW


def on_page(segment: Segment) -> bool:
    """Can its letters be marked on the picture of its page?"""
    place = segment.place
    return (
        segment.visible
        and place.part in _ON_PAGE
        and place.member is None
        and place.page is not None
        and place.box is not None
    )


def framed(segment: Segment) -> bool:
    """Has it a box on a page, though its letters are not to be seen there?"""
    place = segment.place
    boxed = place.member is None and place.page is not None and place.box is not None
    return boxed and not on_page(segment)


def has_place(kind: Kind | None, segment: Segment) -> bool:
    """Can it be shown where it stands? What cannot is opened apart.

    The file's name stands above the document, a sheet's on its tab: they are listed only when a
    finding leads to them. An archive's members are laid out one after another; what hides in a
    file inside any other file is listed.
    """
    place = segment.place
    if segment.visible and place.part in (Part.NAME, Part.SHEET):
        return True
    if _inside(kind, segment):
        return False
    front = front_of(kind)
    if front is Front.PAGES:
        return on_page(segment) and segment.certainty >= 1
    if front is Front.SHEET:
        return in_grid(segment)
    return segment.visible or place.part in IN_FLOW


def _inside(kind: Kind | None, segment: Segment) -> bool:
    return bool(segment.place.member) and not segment.visible and kind not in ARCHIVES


def chip_of(kind: Kind | None, segment: Segment) -> Part:
    """The part under which it is opened: what hides in a file inside belongs to that file."""
    if not _inside(kind, segment):
        return segment.place.part
    return Part.ATTACHMENT if kind in LETTERS else Part.EMBEDDED


def member_words(kind: Kind | None) -> str:
    """What a file inside a file of this kind is called."""
    if kind in ARCHIVES:
        return "压缩包内"
    return "附件" if kind in LETTERS else "嵌入的文件"


def page_words(kind: Kind | None) -> str:
    """What a page of such a file is called, with a place for its number."""
    return "幻灯片 {}" if kind in SLIDES else "第 {} 页"


class Tally:
    """One part's chip: how many there are, what they are called, how many are to be compared."""

    __slots__ = ("count", "doubtful", "names", "recognised")

    def __init__(self) -> None:
        self.count = self.doubtful = self.recognised = 0
        self.names: dict[str, None] = {}

    def add(self, segment: Segment) -> None:
        """One more."""
        self.count += 1
        self.recognised += segment.certainty < 1
        self.doubtful += segment.certainty < DOUBT
        name = _name(segment)
        if name:
            self.names[name] = None

    def words(self, part: Part) -> str:
        """`隐藏列 C`, `批注 2`, `文档属性`; rows, columns and sheets by name when they are few."""
        if part in _WITHOUT_COUNT:
            return part.label
        if part is Part.IMAGE and self.recognised:
            more = f"，{self.doubtful} 处须核对" if self.doubtful else ""
            return f"图上文字 {self.count}{more}"
        if not self.names:
            return f"{part.label} {self.count}"
        if len(self.names) <= FEW:
            return f"{part.label} {'、'.join(self.names)}"
        return f"{part.label} {len(self.names)}"


class Unseen:
    """What a reader of the laid out text does not see, by part; grows while the file is read.

    `hidden`: a reader of the file would not see it either. `apart`: it has no place in the layout.
    """

    def __init__(self, kind: Kind | None = None) -> None:
        self.kind = kind
        self.hidden: dict[Part, list[int]] = {}
        self.apart: dict[Part, list[int]] = {}
        self._tallies: dict[Part, Tally] = {}
        self._late: set[int] = set()

    def take(self, segments: Sequence[Segment], fresh: range) -> None:
        """Look at the fresh segments."""
        for index in fresh:
            segment = segments[index]
            placed = has_place(self.kind, segment)
            if segment.visible and placed:
                continue
            part = chip_of(self.kind, segment)
            if not segment.visible:
                self.hidden.setdefault(part, []).append(index)
            if not placed:
                self.apart.setdefault(part, []).append(index)
            self._tallies.setdefault(part, Tally()).add(segment)

    def set_apart(self, index: int, segment: Segment) -> None:
        """One that should have had a place but another stands there already."""
        if index in self._late:
            return
        self._late.add(index)
        part = chip_of(self.kind, segment)
        self.apart.setdefault(part, []).append(index)
        if segment.visible:
            self._tallies.setdefault(part, Tally()).add(segment)

    def parts(self) -> list[Part]:
        """The hidden parts first, then what is seen elsewhere than in the layout."""
        return [*self.hidden, *(part for part in self.apart if part not in self.hidden)]

    def words(self) -> list[tuple[Part, str]]:
        """One chip a part."""
        return [(part, self._tallies[part].words(part)) for part in self.parts()]


FEW = 3
_WITHOUT_COUNT = frozenset({Part.PROPERTY, Part.METADATA, Part.THUMBNAIL, Part.NAME, Part.EXIF})


def _name(segment: Segment) -> str:
    place = segment.place
    if place.part is Part.HIDDEN_COLUMN and place.column:
        return column_name(place.column)
    if place.part is Part.HIDDEN_ROW and place.row:
        return str(place.row)
    return place.sheet or "" if place.part is Part.HIDDEN_SHEET else ""
