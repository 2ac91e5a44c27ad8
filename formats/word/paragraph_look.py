"""What a paragraph's properties do to all that stands in it (ECMA-376 part 1, 17.3.1).

Its style and ground; lines squeezed to nothing; frames and indents that lie off the page.
"""

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from formats.word.look import fill_of, is_squeezed
from formats.word.names import FRAME, INDENT, PSTYLE, SHD, SPACING, VAL, W
from formats.word.passages import Paragraph

# Some programs draw at the edge of the page what others leave out.
AWAY = "移到页面以外，有的软件不显示"
# Twentieths of a point: no page of an office is so narrow that less leads off it.
_FAR = 5000.0
_SIDES = (("left", "leftChars"), ("start", "startChars"))
_ENDS = (("right", "rightChars"), ("end", "endChars"))
# Hundredths of a character of 10.5 points.
_CHARACTER = 2.1


class Sheet(NamedTuple):
    """The largest page of a document in twentieths of a point, and the margins: what is off this is
    off all."""

    width: float = 12240.0
    height: float = 16838.0
    least_left: float = 0.0
    most_left: float = 0.0
    least_right: float = 0.0


def sheet_of(sections: Sequence[etree._Element]) -> Sheet:
    """What the w:sectPr of a story say."""
    sizes = [s for s in (section.find(f"{W}pgSz") for section in sections) if s is not None]
    margins = [m for m in (section.find(f"{W}pgMar") for section in sections) if m is not None]
    usual = Sheet()
    lefts = [_twips(m, "left") or 0.0 for m in margins]
    return Sheet(
        max((_twips(s, "w") or 0.0 for s in sizes), default=0.0) or usual.width,
        max((_twips(s, "h") or 0.0 for s in sizes), default=0.0) or usual.height,
        min(lefts, default=0.0),
        max(lefts, default=0.0),
        min((_twips(m, "right") or 0.0 for m in margins), default=0.0),
    )


def may_lead_away(indent: etree._Element) -> bool:
    """Whether one of the measures of a w:ind is so large that it may lead off a page."""
    sizes = (_twips(indent, str(name).rpartition("}")[2]) for name in indent.attrib)
    return any(size is None or abs(size) >= _FAR for size in sizes)


def put_on(paragraph: Paragraph, properties: etree._Element, sheet: Sheet) -> None:
    """Tell a paragraph what its w:pPr says."""
    for child in properties:
        tag = child.tag
        if tag == PSTYLE:
            paragraph.style = child.get(VAL, "")
        elif tag == SHD:
            paragraph.ground = fill_of(child)
        elif tag == SPACING:
            paragraph.squeezed = is_squeezed(child)
        elif tag == INDENT:
            paragraph.away = paragraph.away or _indented_away(child, sheet)
        elif tag == FRAME:
            paragraph.away = paragraph.away or _framed_away(child, sheet)


def _indented_away(indent: etree._Element, sheet: Sheet) -> bool:
    """Whether lines begin behind the right edge of the page or end before the left one."""
    left, right = _measured(indent, _SIDES), _measured(indent, _ENDS)
    return (
        sheet.least_left + left >= sheet.width or sheet.width - sheet.least_right - right <= 0
    )  # fmt: skip


def _measured(indent: etree._Element, names: Sequence[tuple[str, str]]) -> float:
    for name, characters in names:
        counted = _twips(indent, characters)
        if counted:
            return counted * _CHARACTER
        size = _twips(indent, name)
        if size is not None:
            return size
    return 0.0


def _framed_away(frame: etree._Element, sheet: Sheet) -> bool:
    """Whether a frame of text (17.3.1.11) lies wholly off the page, as far as its place is told."""
    left, wide = _twips(frame, "x"), _twips(frame, "w")
    if left is not None and f"{W}xAlign" not in frame.attrib:
        inside = frame.get(f"{W}hAnchor", "page") != "page"
        first = left + (sheet.least_left if inside else 0.0)
        last = left + (sheet.most_left if inside else 0.0) + (wide or sheet.width)
        if first >= sheet.width or last <= 0:
            return True
    top, high = _twips(frame, "y"), _twips(frame, "h")
    if top is None or f"{W}yAlign" in frame.attrib:
        return False
    # Where on the page the text is that the frame is told from, nobody knows.
    room = 0.0 if frame.get(f"{W}vAnchor", "page") == "page" else sheet.height
    return top >= sheet.height or top + room + (high or sheet.height) <= 0


def _twips(element: etree._Element, name: str) -> float | None:
    """A measure in twentieths of a point; None where there is none."""
    text = element.get(f"{W}{name}", "")
    try:
        return float(text[:-2]) * 20 if text.endswith("pt") else float(text)
    except ValueError:
        return None
