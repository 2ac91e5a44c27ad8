"""Writes a paper in the formats an office meets less often: rtf, xls, pptx, ofd, eml."""

from html import escape

from tests.build import biff, mail, ofd, rtf, slides
from tests.labelled.paper import Grid, Line, Paper, wrapped
from tests.labelled.template import Text

_OFD_WIDTH, _OFD_LINES = 30, 36
_SLIDE_LINES = 6


def write_rtf(paper: Paper) -> bytes:
    """A paragraph each; the builder's own first line stands before them."""
    body = ""
    for block in paper.blocks:
        if isinstance(block, Grid):
            body += rtf.grid(*(tuple(map(_rtf_lines, row)) for row in block.rows))
        elif block.where == "header":
            body += rf"{{\header \pard {rtf.units(block.text.text)}\par}}"
        elif block.where == "hidden":
            body += rf"{{\v {rtf.units(block.text.text)}}}\par "
        else:
            body += "\\pard " + _rtf_lines(block.text) + "\\par "
    return rtf.rtf(body)


def _rtf_lines(text: Text | None) -> str:
    return "\\line ".join(rtf.units(line) for line in text.text.split("\n")) if text else ""


def write_xls(paper: Paper) -> bytes:
    """Everything in the cells of one sheet."""
    body, number = b"", 0
    for block in paper.blocks:
        rows = block.rows if isinstance(block, Grid) else [[block.text]]
        for row in rows:
            for column, cell in enumerate(row):
                if cell is not None and cell.text:
                    body += biff.label(number, column, cell.text)
            number += 1
    return biff.Workbook(tabs=[biff.Tab(body=body)]).file()


def write_pptx(paper: Paper) -> bytes:
    """Six lines a slide, a table on a slide of its own; notes are the first slide's."""
    shapes: list[list[str]] = [[]]
    notes = "".join(escape(text.text) for text in paper.lines("notes"))
    for block in paper.blocks:
        if isinstance(block, Grid):
            rows = [tuple(escape(c.text) if c else "" for c in row) for row in block.rows]
            shapes += [[slides.table(*rows)], []]
            continue
        if block.where == "notes":
            continue
        if len(shapes[-1]) == _SLIDE_LINES:
            shapes.append([])
        top = 400_000 + 950_000 * len(shapes[-1])
        place = slides.frame(400_000, top, 8_000_000, 900_000)
        number = 3 + len(shapes[-1])
        shapes[-1].append(slides.text(escape(block.text.text), at=place, number=number))  # type: ignore[arg-type]
    first, *others = ("".join(s) for s in shapes if s)
    return slides.pptx(slides.Slide(first, notes=notes), *others)


def write_ofd(paper: Paper) -> bytes:
    """Lines of 30 characters, 36 a page; values are cut where the line or the page ends."""
    lines = []
    for block in paper.blocks:
        if isinstance(block, Line):
            lines += wrapped(block.text.text, _OFD_WIDTH)
        else:
            lines += [" ".join(c.text if c else "" for c in row) for row in block.rows]
    pages = []
    for begin in range(0, len(lines), _OFD_LINES):
        objects = [
            ofd.text(escape(line), 20, 20 + 7 * n)
            for n, line in enumerate(lines[begin : begin + _OFD_LINES])
            if line
        ]
        pages.append(ofd.page("".join(objects)))
    return ofd.ofd(pages)


def write_eml(paper: Paper) -> bytes:
    """A mail whose body holds the lines."""
    lines, top = [], mail.TOP
    for block in paper.blocks:
        if isinstance(block, Grid):
            lines += ["\t".join(c.text if c else "" for c in row) for row in block.rows]
        elif block.where == "subject":
            top = top.replace("Subject: 公示", f"Subject: {block.text.text}")
        else:
            lines.append(block.text.text)
    return mail.mail(mail.text("\r\n".join(lines)), top=top)
