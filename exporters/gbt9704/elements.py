"""The elements of an official document (7.3): each function adds one to a paper."""

import re
from collections.abc import Sequence

from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Twips as Length
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from exporters.gbt9704 import shape, styles
from exporters.gbt9704.measures import CHARACTER, CHARACTERS, HEITI, KAITI, LINE, Twips
from exporters.gbt9704.styles import Style
from exporters.gbt9704.writer import Paper, clean

LONGEST_HEADING = 40
_CHINESE = "[一二三四五六七八九十]+"
_LEVEL_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (rf"{_CHINESE}、", rf"（{_CHINESE}）", r"[0-9]+[.．]", r"（[0-9]+）")
)


def paragraph(paper: Paper, text: str, style: Style) -> Paragraph:
    """Add one paragraph in a style; control characters are dropped, line feeds are kept."""
    made = paper.document.add_paragraph()
    set_style(made, style)
    if text:
        made.add_run(clean(text))
    return made


def set_style(paragraph: Paragraph, style: Style) -> None:
    """Point a paragraph to one of our styles by its id."""
    properties = paragraph._p.get_or_add_pPr()
    element = properties.get_or_add_pStyle()
    element.set(qn("w:val"), style.id)


def indent(paragraph: Paragraph, **characters: float) -> None:
    """Set `left`, `right`, `hanging` or `firstLine` in characters.

    Written twice: in hundredths of a character for Word and WPS, in twips for the rest.
    """
    properties = paragraph._p.get_or_add_pPr()
    element = properties.get_or_add_ind()
    if "hanging" in characters:
        # The style's own first-line indent would win over a hanging one in some programs.
        for name in ("w:firstLine", "w:firstLineChars"):
            element.attrib.pop(qn(name), "")
    for name, count in characters.items():
        element.set(qn(f"w:{name}Chars"), str(round(count * 100)))
        element.set(qn(f"w:{name}"), str(round(count * CHARACTER)))


def empty(paper: Paper, lines: int = 1) -> None:
    """Empty lines."""
    for _ in range(lines):
        paragraph(paper, "", styles.PLAIN)


def title(paper: Paper, text: str, *, keep: Sequence[str] = ()) -> None:
    """F-20: 2号小标宋, centred, shaped; one empty line follows (F-22)."""
    _lines(paragraph(paper, "", styles.TITLE), shape.lines(clean(text), keep=tuple(keep)))
    empty(paper)


def _lines(made: Paragraph, lines: Sequence[str]) -> None:
    for number, line in enumerate(lines):
        run = made.add_run(line)
        if number < len(lines) - 1:
            run.add_break(WD_BREAK.LINE)


def addressee(paper: Paper, text: str) -> None:
    """F-22: flush left, a full-width colon at the end."""
    paragraph(paper, text.rstrip("：: ") + "：", styles.PLAIN)


def body(paper: Paper, text: str) -> None:
    """F-24: each line of `text` is a paragraph, indented by two characters."""
    for line in text.split("\n"):
        if line.strip():
            paragraph(paper, line.strip(), styles.BODY)


def heading(paper: Paper, level: int, text: str) -> Paragraph:
    """F-25 to F-28: level 1 to 4; the number is part of the text."""
    return paragraph(paper, text, styles.LEVELS[level - 1])


def prose(paper: Paper, text: str) -> None:
    """Running text whose headings stand in it, as people type it: each line a paragraph.

    `一、…` alone on a line is a level 1 heading, `（一）…` a level 2 one; when a sentence follows
    in the same paragraph (`（一）主动公开。全年……`) only the heading is in 楷体.
    """
    for line in (line.strip() for line in text.split("\n")):
        if not line:
            continue
        level = level_of(line)
        sentence = line.find("。")
        if level is None or level > 2:
            paragraph(paper, line, styles.BODY)
        elif sentence in {-1, len(line) - 1} and len(line) <= LONGEST_HEADING:
            heading(paper, level, line)
        elif level == 2 and 0 < sentence <= LONGEST_HEADING:
            made = paragraph(paper, "", styles.BODY)
            _face(made.add_run(clean(line[: sentence + 1])), KAITI)
            made.add_run(clean(line[sentence + 1 :]))
        else:
            paragraph(paper, line, styles.BODY)


def level_of(line: str) -> int | None:
    """1 to 4 for a line that begins with 一、 （一） 1. （1）; None for any other."""
    for level, pattern in enumerate(_LEVEL_PATTERNS, 1):
        if pattern.match(line):
            return level
    return None


def right_tab(paragraph: Paragraph, place: Twips) -> None:
    """A tab stop at `place` that what follows ends at."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(Length(place), WD_TAB_ALIGNMENT.RIGHT)


def gap(paper: Paper) -> None:
    """Half an empty line, between a table and what follows."""
    made = paragraph(paper, "", styles.PLAIN)
    made.paragraph_format.line_spacing = Length(LINE // 2)


def labelled(paper: Paper, label: str, text: str) -> None:
    """A body paragraph that begins with a label in 黑体, as 公示期： or 联系电话：."""
    made = paragraph(paper, "", styles.BODY)
    _face(made.add_run(clean(label)), HEITI)
    made.add_run(clean(text))


def _face(run: Run, font: str) -> None:
    """Set a run in one Chinese face; `font.name` alone would change Latin letters only."""
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def attachments_note(paper: Paper, names: Sequence[str]) -> None:
    """F-30: 附件说明; an empty line, two characters in, names aligned, no mark at their ends."""
    if not names:
        return
    empty(paper)
    bare = [clean(name).rstrip("。；;，,. ") for name in names]
    if len(bare) == 1:
        made = paragraph(paper, f"附件：{bare[0]}", styles.PLAIN)
        indent(made, left=5, hanging=3)
        return
    for number, name in enumerate(bare, 1):
        label = f"附件：{number}." if number == 1 else f"{number}."
        made = paragraph(paper, f"{label}\t{name}", styles.PLAIN)
        indent(made, left=6, hanging=4 if number == 1 else 1)
        made.paragraph_format.tab_stops.add_tab_stop(Length(6 * CHARACTER))


def signature(paper: Paper, organ: str, date: str, *, sealed: bool) -> None:
    """Organ and date. Sealed (F-31): date four characters from the right, organ centred over it.

    Without a seal (F-33): organ two characters from the right, the date begins two characters
    right of the organ's beginning; a longer date stands two from the right and moves the organ.
    """
    organ, date = clean(organ), clean(date)
    name, day = shape.width(organ), shape.width(date)
    if sealed:
        empty(paper, 2)
        day_right = max(4.0, (name - day) / 2)
        name_right = day_right + day / 2 - name / 2
    else:
        empty(paper)
        name_right, day_right = 2.0, name - day
        if day_right < 2:
            day_right = 2.0
            name_right = 4 + day - name
    name_right = min(max(name_right, 0.0), CHARACTERS - 1.0)
    for text, right in ((organ, name_right), (date, day_right)):
        made = paragraph(paper, text, styles.SIGNATURE)
        indent(made, right=right)
        made.paragraph_format.keep_with_next = text is organ


def note(paper: Paper, text: str) -> None:
    """F-37: 附注 in round brackets, two characters in."""
    paragraph(paper, f"（{text.strip('（）() ')}）", styles.BODY)


def attachment(paper: Paper, number: int | None, heading_text: str) -> None:
    """F-38: a new page, 附件 and number in 黑体 on line 1, the title centred on line 3."""
    made = paragraph(paper, "附件" + (str(number) if number else ""), styles.ATTACHMENT)
    made.paragraph_format.page_break_before = True
    empty(paper)
    title(paper, heading_text)
