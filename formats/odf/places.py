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
    return not re.fullmatch(r"[\d.,%-]*|true|false|ooow:\W*", value)


def is_short(value: str) -> bool:
    return len(value) < 12 if re.fullmatch(r"-?[\d.]+(?:E[+-]?\d+)?", value) else not value.strip()


def note_of(element: etree._Element, short: str) -> str:
    return f"{str(element.tag).rpartition('}')[2]} 的属性 {short}"
