"""Where a walk over an OpenDocument tree stands, and which of its words tell something."""

import re
from typing import NamedTuple

from lxml import etree

from formats.odf.styles import PAPER, PLAIN, Look
from formats.reading import Part

# What programs call things by themselves says nothing; a name that a person gave may.
_AUTOMATIC = re.compile(
    r"[\x00-\x7f]{0,40}|(?:图像|图片|表格|框架|对象|形状|工作表|幻灯片|页)\s*\d*"
)
_LONG = re.compile(r"(?<![\d.])\d{11}")
LONG_NUMBER = re.compile(r"\d{6}")
ADDRESS = re.compile(r"(?:[a-z]+:)?//|[\\/]|^mailto:", re.IGNORECASE)


class Here(NamedTuple):
    """What is known where the walk stands. `ground`: the colour under letters, None if unknown."""

    part: Part = Part.BODY
    visible: bool = True
    note: str = ""
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    look: Look = PLAIN
    ground: int | None = PAPER

    def unseen(self, part: Part, note: str) -> "Here":
        """The same place in something no reader sees; what is unseen already stays what it is."""
        return self._replace(part=part, visible=False, note=note) if self.visible else self


class Piece(NamedTuple):
    """Letters of one look; `why` they are unseen."""

    text: str
    why: str


def squeezed(text: str) -> str:
    """White space as ODF collapses it (6.1.2): blanks and breaks that count are elements."""
    return re.sub(r"[ \t\r\n]+", " ", text)


def says_something(short: str, value: str) -> bool:
    if short in ("name", "display-name", "value", "text", "label"):
        return not _AUTOMATIC.fullmatch(value) or bool(LONG_NUMBER.search(value))
    return not re.fullmatch(r"[\d.,%-]*|true|false|ooow:\W*", value) or bool(_LONG.search(value))


def is_short(value: str) -> bool:
    return len(value) < 12 if re.fullmatch(r"-?[\d.]+(?:E[+-]?\d+)?", value) else not value.strip()


_CALLED = {
    "user-field-decl": "用户字段", "variable-decl": "变量", "variable-set": "变量",
    "placeholder": "占位符的提示", "text-input": "输入域的提示", "label": "下拉选项",
    "bookmark": "书签", "bookmark-start": "书签", "reference-mark": "引用标记",
    "section": "区域的名称", "frame": "框或图片的名称", "page": "幻灯片的名称", "g": "组合的名称",
    "show": "自定义放映的名称", "a": "链接的名称或提示", "hidden-text": "隐藏文字的域",
    "hidden-paragraph": "隐藏段落的条件", "conditional-text": "条件文字",
    "alphabetical-index-mark": "索引项", "named-range": "定义的名称",
    "named-expression": "定义的名称", "database-range": "数据区域",
    "filter-condition": "筛选条件", "content-validation": "数据有效性", "scenario": "方案",
    "error-message": "出错提示", "help-message": "输入提示",
}  # fmt: skip


def note_of(element: etree._Element) -> str:
    """What an officer reads beside a name or value that no page shows."""
    return _CALLED.get(str(element.tag).rpartition("}")[2], "程序不显示的名称或数据")
