"""What the printed forms share: boxes to tick, dates, a page without a line grid."""

from collections.abc import Sequence
from datetime import datetime

from exporters.gbt9704 import page
from exporters.gbt9704.measures import FANGSONG, HEITI, SONGTI, Mm, Pt
from exporters.gbt9704.tables import Face
from exporters.gbt9704.writer import Paper

SIDE, TOP, BOTTOM = Mm(20), Mm(18), Mm(18)
WIDTH = Mm(170)

LABEL = Face(HEITI, Pt(10.5), "center", line=Pt(14))
TEXT = Face(FANGSONG, Pt(10.5), "left", line=Pt(14))
CENTRED = Face(FANGSONG, Pt(10.5), "center", line=Pt(14))
QUESTION = Face(FANGSONG, Pt(10), "left", line=Pt(14))
# The box signs belong to no script: one face for both keeps them the same size.
BOXES = Face(FANGSONG, Pt(10.5), "left", latin=FANGSONG, line=Pt(14))
CODE = Face(SONGTI, Pt(8.5), "left", latin="Courier New", line=Pt(11.5))


def paper(organ: str) -> Paper:
    """An A4 form: narrow margins, no grid, the page number in the middle."""
    made = Paper(organ=organ, numbered=False)
    page.set_page(made.section, top=TOP, bottom=BOTTOM, left=SIDE, right=SIDE, line=None)
    page.number_pages_centred(made.section)
    return made


def boxes(choices: Sequence[str], chosen: str = "") -> str:
    """`■主动公开  □依申请公开`: both signs are in every Chinese font."""
    return "　".join(("■" if choice == chosen else "□") + choice for choice in choices)


def day(at: datetime) -> str:
    """2026年3月5日."""
    return f"{at.year}年{at.month}月{at.day}日"


def iso_day(text: str) -> str:
    """2026-03-05 as 2026年3月5日; anything else as it is."""
    parts = text.split("-")
    if len(parts) == 3 and all(part.isdecimal() for part in parts):
        return f"{int(parts[0])}年{int(parts[1])}月{int(parts[2])}日"
    return text


def grouped(digest: str, size: int = 8) -> str:
    """A hash in groups, so that people can compare it."""
    return " ".join(digest[i : i + size] for i in range(0, len(digest), size))
