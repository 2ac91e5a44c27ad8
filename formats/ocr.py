"""The text on a picture, recognised offline: for picture files and for pictures inside documents.

Recognition takes seconds a page and half a gigabyte, so it happens only where the caller wants it
(`Limits.ocr`, or a recogniser of the caller's own in the budget); elsewhere a picture is told as a
trouble, so that a person looks at it. The networks are loaded with the first picture.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from formats.reading import Part, Place, Segment, Trouble, TroubleCode

if TYPE_CHECKING:
    from PIL import Image

    from formats.budget import Budget

Box = tuple[float, float, float, float]
Drawing = Callable[[], "Image.Image"]
"""Decodes or draws the picture; called only if it is going to be recognised."""


# What comes from a picture is never certain.
_MOST_CERTAIN = 0.99


class Doubt(StrEnum):
    """Why a person must look at a picture all the same."""

    NONE = ""
    OFF = "off"
    MISSING = "missing"
    BROKEN = "broken"
    TOO_BIG = "too-big"
    GIVEN_UP = "given-up"
    POOR = "poor"
    SPARSE = "sparse"


SENTENCES = {
    Doubt.OFF: "图片上的文字没有识别，请人工查看图片。",
    Doubt.MISSING: "本机没有安装图片识别组件，图片上的文字没有识别，请人工查看图片。",
    Doubt.BROKEN: "图片打不开，可能已损坏，图上的文字没有识别。请用原软件打开查看。",
    Doubt.TOO_BIG: "图片过大，图上的文字没有识别，请人工查看图片。",
    Doubt.GIVEN_UP: "识别这张图片时中断或超时，图上的文字没有识别，请人工查看图片。",
    Doubt.POOR: "图片上的文字看不清，识别结果不可靠，请对照图片逐字查看。",
    Doubt.SPARSE: "图片上有内容，认出的文字却很少，请人工查看图片。",
}


class Line(NamedTuple):
    """One recognised line; `box` in pixels (left, top, right, bottom) of the picture."""

    text: str
    box: Box
    certainty: float


class Recognised(NamedTuple):
    """What came of one picture of `width` by `height` pixels; lines in reading order.

    `turn`: quarters clockwise by which the writing stands turned.
    """

    lines: tuple[Line, ...] = ()
    width: int = 0
    height: int = 0
    turn: int = 0
    doubt: Doubt = Doubt.NONE


class Recogniser(Protocol):
    """Reads the pictures of one file, in the order in which its reader meets them."""

    def __call__(self, draw: Drawing) -> Recognised:
        """One picture. Raises nothing but Unreadable(TOO_BIG)."""


class PictureText(NamedTuple):
    """What a picture says. With a trouble, the document's reading is partial."""

    segments: tuple[Segment, ...]
    troubles: tuple[Trouble, ...]


def text_of(
    budget: "Budget",
    picture: "bytes | Image.Image | Drawing",
    place: Place,
    *,
    visible: bool = True,
    note: str = "",
    frame: Box | None = None,
) -> PictureText:
    """The lines on one picture, top to bottom, each with its own certainty (below 1).

    `picture` is an image file's bytes (its first page), a decoded image, or a function that makes
    one, which is not called while recognition is off. `place` is the picture's place; each line's
    number goes into `paragraph`, or into `row` where `paragraph` already says where the picture
    stands. `frame` is where the picture stands on its page, in points from the page's top left
    corner; with it each line has its `box`.

    Troubles (NEEDS_OCR: a person must look): recognition is off, is not installed, reads badly, or
    the picture cannot be decoded. Raises Unreadable(TOO_BIG) past the budget.
    """
    from formats.pictures import decoding

    if isinstance(picture, bytes):
        if decoding.is_tiny(picture):
            return PictureText((), ())
        draw = decoding.drawing(picture)
    else:
        draw = picture if callable(picture) else (lambda: picture)
    found = recogniser(budget)(draw)
    budget.spend_segments(len(found.lines))
    segments = tuple(
        Segment(_line_place(place, number, line, found, frame), line.text, visible, note,
                min(line.certainty, _MOST_CERTAIN))
        for number, line in enumerate(found.lines, 1)
    )  # fmt: skip
    if found.doubt is Doubt.NONE:
        return PictureText(segments, ())
    trouble = Trouble(TroubleCode.NEEDS_OCR, SENTENCES[found.doubt], place)
    return PictureText(segments, (trouble,))


def recogniser(budget: "Budget") -> Recogniser:
    """Who reads pictures for this budget: its own recogniser, this process, or nobody."""
    if budget.recogniser is not None:
        return budget.recogniser
    if budget.limits.ocr and installed():
        from formats.pictures.recognition import recognised

        return recognised
    doubt = Doubt.OFF if installed() else Doubt.MISSING
    return lambda _: Recognised(doubt=doubt)


@cache
def installed() -> bool:
    """Whether this machine has what recognition needs; loads nothing of it."""
    from formats.pictures import sessions

    return sessions.installed()


def is_on(budget: "Budget") -> bool:
    """Whether pictures are read: a reader that would have to draw them can spare itself that."""
    return budget.recogniser is not None or budget.limits.ocr


def _line_place(
    place: Place, number: int, line: Line, found: Recognised, frame: Box | None
) -> Place:
    box = None
    if frame is not None and found.width and found.height:
        across = (frame[2] - frame[0]) / found.width
        down = (frame[3] - frame[1]) / found.height
        left, top, right, bottom = line.box
        box = (
            round(frame[0] + left * across, 2),
            round(frame[1] + top * down, 2),
            round(frame[0] + right * across, 2),
            round(frame[1] + bottom * down, 2),
        )
    if place.paragraph is None:
        return place._replace(paragraph=number, box=box)
    return place._replace(row=number, box=box)


def together(troubles: Iterable[Trouble], pages: int) -> list[Trouble]:
    """Troubles of several pages as one sentence a reason, with the numbers of the pages."""
    alike: dict[str, list[Place]] = {}
    for trouble in troubles:
        alike.setdefault(trouble.text, []).append(trouble.place or Place(Part.IMAGE))
    found = []
    for text, places in alike.items():
        numbers = [place.page for place in places if place.page is not None]
        told = f"第 {ranges(numbers)} 页：{text}" if numbers and pages > 1 else text
        found.append(Trouble(TroubleCode.NEEDS_OCR, told, places[0]))
    return found


def ranges(numbers: Iterable[int]) -> str:
    """1, 2, 3, 5 as `1-3、5`. The numbers are sorted."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] in (number, number - 1):
            found[-1].append(number)
        else:
            found.append([number])
    return "、".join(f"{f[0]}-{f[-1]}" if f[-1] > f[0] else str(f[0]) for f in found)
