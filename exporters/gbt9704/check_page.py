"""Checks on page setup and page numbers (5.1, 5.2, 7.5)."""

import re
from collections.abc import Iterator

from exporters.gbt9704.finding import Verdict, failed, judged
from exporters.gbt9704.layout import Layout, Section
from exporters.gbt9704.measures import (
    BOTTOM,
    LEFT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    SIZE_4,
    TOLERANCE,
    TOP,
    TYPE_HEIGHT,
    TYPE_WIDTH,
    Mm,
    Twips,
    font_kind,
    half_points,
    millimetres,
)

# Rounding of editors: Word stores 3.7 cm as 2098, others as 2097.6.
SLACK = Mm(0.05)


def check(layout: Layout) -> Iterator[Verdict]:
    """All sections, then the page numbers."""
    for section in layout.sections:
        yield from _page(section, "" if len(layout.sections) == 1 else f"第{section.number}节")
    yield _numbers(layout)


def _page(section: Section, place: str) -> Iterator[Verdict]:
    wide, high = _mm(section.width), _mm(section.height)
    lying = section.width > section.height
    paper = (PAGE_HEIGHT, PAGE_WIDTH) if lying else (PAGE_WIDTH, PAGE_HEIGHT)
    holds = abs(wide - _mm(paper[0])) <= 1 and abs(high - _mm(paper[1])) <= 1
    yield Verdict("F-01", holds, f"{wide:.0f}×{high:.0f} 毫米", place)
    if lying:
        return  # 8: a lying page keeps the binding edge elsewhere; its margins need the paper
    for id_, measure, wanted in (
        ("F-02", section.top, TOP),
        ("F-03", section.left, LEFT),
        ("F-05", section.bottom, BOTTOM),
        ("F-06", section.right, RIGHT),
    ):
        yield Verdict(id_, _near(_mm(measure), wanted), f"{_mm(measure):.1f} 毫米", place)
    across = _mm(section.width - section.left - section.right)
    down = _mm(section.height - section.top - section.bottom)
    holds = _near(across, TYPE_WIDTH) and _near(down, TYPE_HEIGHT)
    yield Verdict("F-04", holds, f"{across:.0f}×{down:.0f} 毫米", place)


def _mm(length: int) -> Mm:
    return millimetres(Twips(length))


def _near(found: Mm, wanted: Mm) -> bool:
    return abs(found - wanted) <= TOLERANCE + SLACK


def _numbers(layout: Layout) -> Verdict:
    """F-43: face, size, dashes, and the outer edge on odd and even pages."""
    footers = layout.sections[-1].footers if layout.sections else {}
    lines = {kind: p for kind, ps in footers.items() for p in ps if p.page_number}
    if not lines:
        return failed("F-43", "没有页码", "页脚")
    odd, even = lines.get("default"), lines.get("even")
    faults = []
    for paragraph in lines.values():
        look = next((r.look for r in paragraph.runs if re.search(r"\d", r.text)), paragraph.main)
        if font_kind(look.latin or look.font) != "songti":
            faults.append(f"字体{look.latin or look.font or '未设'}")
        if look.size != half_points(SIZE_4):
            faults.append(f"{look.size / 2:g}磅")
        if not re.search(r"[—－–-].*[—－–-]", paragraph.raw):
            faults.append("没有一字线")
    if odd is not None and odd.align == "center":
        faults.append("页码居中")
    elif odd is None or odd.align not in {"right", "end"}:
        faults.append("单页页码不在右侧")
    if not layout.even_and_odd or even is None:
        faults.append("没有分单双页")
    elif even.align not in {"left", "start", "both"}:
        faults.append("双页页码不在左侧")
    return judged("F-43", "、".join(dict.fromkeys(faults)), "页脚")
