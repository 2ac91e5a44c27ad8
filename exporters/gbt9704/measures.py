"""The measures of GB/T 9704-2012: numbers with units, fonts, and the facts with their ids.

Sources: `resources/law/gbt9704.toml` (clauses) and, for what fits 22 lines of 28 characters into
the type area, measurements on rendered pages.
"""

from dataclasses import dataclass
from functools import cache
from typing import NewType

import resources

Mm = NewType("Mm", float)
Pt = NewType("Pt", float)
Twips = NewType("Twips", int)
"""1/20 point: page, indent and line spacing in OOXML."""
HalfPoints = NewType("HalfPoints", int)
"""Font sizes in OOXML."""
EighthPoints = NewType("EighthPoints", int)
"""Border widths in OOXML."""

TWIPS_A_MM = 1440 / 25.4


def twips(length: Mm) -> Twips:
    """Millimetres to twips, rounded."""
    return Twips(round(length * TWIPS_A_MM))


def millimetres(length: Twips) -> Mm:
    """Twips to millimetres."""
    return Mm(length / TWIPS_A_MM)


def half_points(size: Pt) -> HalfPoints:
    """Font size for OOXML."""
    return HalfPoints(round(size * 2))


PAGE_WIDTH, PAGE_HEIGHT = Twips(11906), Twips(16838)  # 5.1: A4
TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)  # 5.2.1; bottom and right follow
TYPE_WIDTH, TYPE_HEIGHT = Mm(156), Mm(225)  # 5.2.1
TOLERANCE = Mm(1)  # 5.2.1 gives ±1 mm for top and left

LINES, CHARACTERS = 22, 28  # 5.2.3
# 22 × 580 twips is 4 more than the type area holds and gives 21 lines: 579 just fits.
LINE = Twips(579)
# 28 × 16 pt is wider than 156 mm; a quarter point less after each character makes 28 fit.
TRACKING = Twips(-5)

SIZE_2 = Pt(22)  # 2号
SIZE_SMALL_2 = Pt(18)  # 小二
SIZE_3 = Pt(16)  # 3号
SIZE_4 = Pt(14)  # 4号
SIZE_SMALL_4 = Pt(12)  # 小四
SIZE_5 = Pt(10.5)  # 5号
SIZE_SMALL_5 = Pt(9)  # 小五

CHARACTER = Twips(round(SIZE_3 * 20) + TRACKING)  # one character of body text as it is set
# 156 mm holds 20 characters of 22 pt exactly; 19 leave room for the gaps beside digits.
TITLE_CHARACTERS = 19
TITLE_LINE = Twips(700)  # practice: 33 to 35 pt
# 7.5: the dash stands 7 mm under the type area; with a 14 pt line that is a footer 25 mm up.
FOOTER = Mm(25)

FANGSONG = "仿宋_GB2312"
HEITI = "黑体"
KAITI = "楷体_GB2312"
XIAOBIAOSONG = "方正小标宋简体"
SONGTI = "宋体"
LATIN = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Fact:
    """One rule of the standard. `rendered`: only a rendered page can tell whether it holds."""

    id: str
    subject: str
    strength: str
    clause: str
    expected: str
    rendered: bool


@cache
def facts() -> dict[str, Fact]:
    """All facts by id, in order."""
    return {
        row["id"]: Fact(
            id=row["id"],
            subject=row["subject"],
            strength=row["strength"],
            clause=row["clause"],
            expected=row["expected"],
            rendered=row.get("rendered", False),
        )
        for row in resources.table("law/gbt9704.toml")["fact"]
    }


@cache
def font_kind(name: str) -> str | None:
    """`fangsong`, `heiti`, `kaiti`, `xiaobiaosong` or `songti`, whatever the product is called."""
    for kind, products in resources.table("law/gbt9704.toml")["fonts"].items():
        if name in products:
            return str(kind)
    return None
