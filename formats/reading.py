"""What a file holds: segments of text, each with an exact place and whether a reader sees it."""

from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple


class Part(StrEnum):
    """Where in a file a text stands. The values are the contract of the command line's JSON."""

    NAME = "name"
    BODY = "body"
    TABLE = "table"
    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    COMMENT = "comment"
    INSERTION = "insertion"
    DELETION = "deletion"
    HIDDEN = "hidden"
    TEXTBOX = "textbox"
    ALT_TEXT = "alt-text"
    PROPERTY = "property"
    VARIABLE = "variable"
    FIELD = "field"
    LINK = "link"
    EMBEDDED = "embedded"
    IMAGE = "image"
    THUMBNAIL = "thumbnail"
    SHEET = "sheet"
    CELL = "cell"
    HIDDEN_SHEET = "hidden-sheet"
    HIDDEN_ROW = "hidden-row"
    HIDDEN_COLUMN = "hidden-column"
    DEFINED_NAME = "defined-name"
    PIVOT_CACHE = "pivot-cache"
    EXTERNAL_LINK = "external-link"
    CHART_CACHE = "chart-cache"
    ANNOTATION = "annotation"
    ATTACHMENT = "attachment"
    LAYER = "layer"
    INVISIBLE_TEXT = "invisible-text"
    COVERED_TEXT = "covered-text"
    OFF_PAGE = "off-page"
    FORM_VALUE = "form-value"
    OUTLINE = "outline"
    METADATA = "metadata"
    REVISION_HISTORY = "revision-history"
    SCRIPT = "script"
    NOTES = "notes"
    SUBJECT = "subject"
    EXIF = "exif"

    @property
    def label(self) -> str:
        """The word an officer reads."""
        return _PART_LABELS[self]


_PART_LABELS = {
    Part.NAME: "文件名",
    Part.BODY: "正文",
    Part.TABLE: "表格",
    Part.HEADER: "页眉",
    Part.FOOTER: "页脚",
    Part.FOOTNOTE: "脚注",
    Part.ENDNOTE: "尾注",
    Part.COMMENT: "批注",
    Part.INSERTION: "修订插入",
    Part.DELETION: "修订删除",
    Part.HIDDEN: "隐藏文字",
    Part.TEXTBOX: "文本框",
    Part.ALT_TEXT: "替代文字",
    Part.PROPERTY: "文档属性",
    Part.VARIABLE: "文档变量",
    Part.FIELD: "域代码",
    Part.LINK: "链接",
    Part.EMBEDDED: "嵌入文件",
    Part.IMAGE: "图片",
    Part.THUMBNAIL: "缩略图",
    Part.SHEET: "工作表",
    Part.CELL: "单元格",
    Part.HIDDEN_SHEET: "隐藏工作表",
    Part.HIDDEN_ROW: "隐藏行",
    Part.HIDDEN_COLUMN: "隐藏列",
    Part.DEFINED_NAME: "定义名称",
    Part.PIVOT_CACHE: "透视表缓存",
    Part.EXTERNAL_LINK: "外部链接缓存",
    Part.CHART_CACHE: "图表缓存",
    Part.ANNOTATION: "注释",
    Part.ATTACHMENT: "附件",
    Part.LAYER: "关闭的图层",
    Part.INVISIBLE_TEXT: "不可见文字",
    Part.COVERED_TEXT: "被遮盖的文字",
    Part.OFF_PAGE: "页面以外",
    Part.FORM_VALUE: "表单值",
    Part.OUTLINE: "书签",
    Part.METADATA: "元数据",
    Part.REVISION_HISTORY: "历史版本",
    Part.SCRIPT: "脚本",
    Part.NOTES: "备注",
    Part.SUBJECT: "主题",
    Part.EXIF: "照片信息",
}


class Place(NamedTuple):
    """Where a segment stands. Numbers count from 1; None means "does not apply".

    A NamedTuple, not a dataclass: a workbook has a million of them and this is built twice as fast.
    `box` is (left, top, right, bottom) in points from the page's top left corner.
    `path` is the part inside the container, as `word/document.xml`; `member` an archive member.
    """

    part: Part
    member: str | None = None
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None
    path: str | None = None
    box: tuple[float, float, float, float] | None = None


class Segment(NamedTuple):
    """One run of text at one place. `note` says what a person asks next (author, date).

    `visible`: would a reader of the opened or printed file see it?
    `certainty` is below 1 only for text that was recognised from a picture.
    """

    place: Place
    text: str
    visible: bool = True
    note: str = ""
    certainty: float = 1.0

    def __repr__(self) -> str:
        """Place and length only: a segment may reach a log, its text may not."""
        return f"Segment({self.place.part.value}, {len(self.text)} characters)"


_text_of = itemgetter(Segment._fields.index("text"))


class Kind(StrEnum):
    """What a file is, told from its bytes."""

    DOCX = "docx"
    DOCM = "docm"
    XLSX = "xlsx"
    XLSM = "xlsm"
    PPTX = "pptx"
    PDF = "pdf"
    OFD = "ofd"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    DOC = "doc"
    XLS = "xls"
    XLSB = "xlsb"
    PPT = "ppt"
    OLE = "ole"
    TXT = "txt"
    CSV = "csv"
    HTML = "html"
    RTF = "rtf"
    XML = "xml"
    MHT = "mht"
    EML = "eml"
    MSG = "msg"
    ZIP = "zip"
    RAR = "rar"
    SEVEN_ZIP = "7z"
    PNG = "png"
    JPEG = "jpg"
    TIFF = "tif"
    BMP = "bmp"
    GIF = "gif"
    WEBP = "webp"
    EMPTY = "empty"
    UNKNOWN = "unknown"


class TroubleCode(StrEnum):
    """Why a file could not be read, or not wholly. The values are the contract of the JSON."""

    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_BIG = "too-big"
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    EXTENSION_LIES = "extension-lies"
    NEEDS_OCR = "needs-ocr"
    NOT_SUPPORTED = "not-supported"
    EMPTY = "empty"
    MACROS = "macros"
    MISSING = "missing"
    IN_USE = "in-use"
    BAD_NAME = "bad-name"
    LEFT_OUT = "left-out"
    BAD_REDACTION = "bad-redaction"
    DEAF = "deaf"
    CONVERTED = "converted"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that keeps a person from trusting the reading. `text`: what, where, what to do."""

    code: TroubleCode
    text: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything one file carries. An archive's members are in it, told apart by `place.member`.

    `pages` is None where the format has no fixed pages.
    `partial`: some of the file was not read as text (a scanned page, a member of a kind we cannot
    read, a damaged part); such a reading is never "clean", a person must look.
    """

    kind: Kind
    segments: tuple[Segment, ...]
    troubles: tuple[Trouble, ...] = ()
    pages: int | None = None
    partial: bool = False
    image_pages: tuple[int, ...] = ()

    @property
    def characters(self) -> int:
        """Number of characters in all segments, seen and unseen."""
        return sum(map(len, map(_text_of, self.segments)))


@dataclass(frozen=True, slots=True)
class Mark:
    """An order to the knife: at `place`, characters `span` (start, end) become `replacement`.

    The span counts in the text of the segment that `formats.read` gives at this place.
    """

    place: Place
    span: tuple[int, int]
    replacement: str


class Unreadable(Exception):
    """A file that cannot be read; `code` for programs, `text` a Chinese sentence for people."""

    def __init__(self, code: TroubleCode, text: str) -> None:
        super().__init__(code.value)
        self.code = code
        self.text = text
