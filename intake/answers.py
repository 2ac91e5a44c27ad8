"""What a child answers, put together from its frames and not trusted."""

import logging
from typing import TypeVar

from detection.finding import Finding
from detection.report import Piece
from formats.budget import Limits
from formats.ocr import Recognised
from formats.reading import Segment, TroubleCode, Unreadable
from intake import codec
from intake.frames import MAX_BODY, BrokenFrame, Frame
from intake.views import LineBoxes, PageImage

log = logging.getLogger(__name__)

T = TypeVar("T")

BUG = (
    "程序检查这个文件时出错，没有读完。错误已记入本机日志（不含文件内容）。"
    "请把文件另存为新文件后重试；仍不行请由人工查看并告知管理员。"
)
# A byte of a file comes back as text, as finding and in the index, each with its place.
_TIMES = 4


class Answer:
    """Collects the frames of one answer within `limits`."""

    def __init__(self, limits: Limits) -> None:
        self.picture: PageImage | None = None
        self.drawing: int | None = None
        """The picture that is being recognised, from 0."""
        self._limits = limits
        self._segments: list[Segment] = []
        self._findings: list[Finding] = []
        self._pieces: list[Piece] = []
        self._boxes: list[LineBoxes] = []
        self._pictures: list[Recognised] = []
        self._plain: list[str] = []
        self._room = _TIMES * limits.opened_bytes + MAX_BODY
        self._pages: int | None = None
        self._begun = 0
        self._end: Frame | None = None

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All segments that came."""
        return tuple(self._segments)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings that came."""
        return tuple(self._findings)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What the file's lists tell of each person."""
        return tuple(self._pieces)

    @property
    def boxes(self) -> tuple[LineBoxes, ...]:
        """All lines of boxes that came."""
        return tuple(self._boxes)

    @property
    def pictures(self) -> tuple[Recognised, ...]:
        """What was recognised, picture after picture."""
        return tuple(self._pictures)

    @property
    def plain(self) -> str:
        """The text for the index."""
        return "".join(self._plain)

    def take(self, frame: Frame) -> float | None:
        """One more frame; the seconds it buys, if it buys some. Raises BrokenFrame."""
        head = frame.head
        self._room -= frame.size
        if self._room < 0:
            raise BrokenFrame("more than a file may give")
        if "end" in head:
            self._end = frame
        elif "pages" in head:
            if self._pages is not None:  # each telling buys time
                raise BrokenFrame("pages told twice")
            self._pages = max(0, min(codec.decode(int, head["pages"]), self._limits.pages))
            return self._pages * self._limits.seconds_per_page
        elif "drawing" in head:
            self._take_drawing(codec.decode(int, head["drawing"]))
            return self._limits.seconds_per_picture
        elif "picture" in head:
            self._take_picture(frame)
        elif head.get("part") == "plain":
            self._take_text(frame)
        else:
            self._take_rows(frame)
        return None

    def _take_rows(self, frame: Frame) -> None:
        part, rows = frame.head.get("part"), frame.head.get("rows")
        if part == "segments":
            room = self._limits.segments - len(self._segments)
            self._segments.extend(codec.decode_all(Segment, rows, room))
        elif part == "findings":
            room = self._limits.segments - len(self._findings)
            self._findings.extend(codec.decode_all(Finding, rows, room))
        elif part == "pieces":
            room = self._limits.segments - len(self._pieces)
            self._pieces.extend(codec.decode_all(Piece, rows, room))
        elif part == "boxes":
            room = self._limits.segments - len(self._boxes)
            self._boxes.extend(codec.decode_all(LineBoxes, rows, room))
        elif part == "pictures":
            room = self._limits.pictures - len(self._pictures)
            self._pictures.extend(codec.decode_all(Recognised, rows, room))
            self.drawing = None
        else:
            raise BrokenFrame("no known part")

    def _take_drawing(self, number: int) -> None:
        """A picture is begun: each buys time, so their number has a limit."""
        self._begun += 1
        if self._begun > self._limits.pictures:
            raise BrokenFrame("more pictures than agreed")
        self.drawing = number

    def _take_text(self, frame: Frame) -> None:
        try:
            self._plain.append(frame.body.decode())
        except UnicodeDecodeError as error:
            raise BrokenFrame("not text") from error

    def _take_picture(self, frame: Frame) -> None:
        width, height = codec.decode(tuple[int, int], frame.head["picture"])
        if width < 1 or height < 1 or width * height * 3 != len(frame.body):
            raise BrokenFrame("a picture of another size")
        self.picture = PageImage(width, height, bytes(frame.body))

    def check(self) -> "Answer":
        """Itself, if the child did what it was asked. Raises Unreadable."""
        end = self.value("end", str)
        if end == "done":
            return self
        if end == "unreadable":
            raise Unreadable(self.value("code", TroubleCode), self.value("text", str))
        if end == "failed":
            log.warning("a reader failed: %s", " < ".join(self.value("bug", tuple[str, ...])))
        raise Unreadable(TroubleCode.CRASHED, BUG)

    def value(self, key: str, kind: type[T]) -> T:
        """A value of the last frame. Raises Unreadable if the child did not send one."""
        head = self._end.head if self._end else {}
        try:
            return codec.decode(kind, head.get(key))
        except BrokenFrame:
            raise Unreadable(TroubleCode.CRASHED, BUG) from None
