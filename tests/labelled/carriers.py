"""Writes a paper as a file of its kind, with the builders of `tests/build`."""

import csv
import io
from collections.abc import Callable
from html import escape
from itertools import pairwise
from random import Random

from tests.build import containers, pdf, sheet, word
from tests.labelled.paper import Grid, Line, Paper, wrapped
from tests.labelled.rarer import write_eml, write_ofd, write_pptx, write_rtf, write_xls
from tests.labelled.template import Text

_PDF_WIDTH, _PDF_STEP = 30, 21
_TXT_WIDTH = 36
_SPLIT_PDF_LINES = 4
_BREAK = "<w:r><w:br/></w:r>"


def write(paper: Paper) -> tuple[str, bytes]:
    """The file's name and bytes."""
    if paper.kind == "zip":
        inner = "docx" if paper.rng.random() < 0.5 else "txt"
        members = {
            f"附件/{paper.stem.text}.{inner}": _WRITERS[inner](paper),
            "说明.txt": "附件共一份。".encode(),
        }
        return "材料打包.zip", containers.archive(members)
    return f"{paper.stem.text}.{paper.kind}", _WRITERS[paper.kind](paper)


def _runs(text: Text, paper: Paper) -> str:
    """The runs of a paragraph; where values are to be split, cut inside each label."""
    if not paper.split:
        return _BREAK.join(word.run(escape(line)) for line in text.text.split("\n"))
    cuts = sorted(
        {paper.rng.randrange(m.start + 1, m.end) for m in text.marks if m.end - m.start > 1}
    )
    edges = [0, *cuts, len(text.text)]
    pieces = [text.text[a:b] for a, b in pairwise(edges) if b > a]
    return "".join(word.run(escape(p), "<w:b/>" if n % 2 else "") for n, p in enumerate(pieces))


def _word_table(grid: Grid, paper: Paper) -> str:
    rows = []
    for row in grid.rows:
        cells, at = [], 0
        while at < len(row):
            cell = row[at] or Text("")
            span = 1
            while at + span < len(row) and row[at + span] is None:
                span += 1
            look = f'<w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>' if span > 1 else ""
            cells.append(f"<w:tc>{look}{word.paragraph(_runs(cell, paper))}</w:tc>")
            at += span
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def _docx(paper: Paper) -> bytes:
    body, extras, references = [], [], ""
    for block in paper.blocks:
        if isinstance(block, Grid):
            body.append(_word_table(block, paper))
            continue
        text = escape(block.text.text)
        match block.where:
            case "body":
                body.append(word.paragraph(_runs(block.text, paper)))
            case "header" | "footer" as kind:
                extras.append(word.header(text, kind))
                references += f'<w:{kind}Reference w:type="default" r:id="rId{len(extras)}"/>'
            case "footnote" | "endnote" as kind:
                mark = f'<w:r><w:{kind}Reference w:id="2"/></w:r>'
                body.append(word.paragraph(word.run("见注"), mark))
                extras.append(word.notes(kind, text))
            case "alt-text":
                extras.append(word.image())
                said = f'id="1" name="图片 1" descr="{text}"'
                body.append(word.paragraph(word.picture(f"rId{len(extras)}", said)))
            case "comment":
                anchor = '<w:commentRangeStart w:id="0"/>' + word.run("正文")
                end = '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
                body.append(word.paragraph(anchor + end))
                extras.append(word.comments(text))
            case "textbox":
                body.append(word.paragraph(word.text_box(word.paragraph(word.run(text)))))
            case "hidden":
                body.append(word.paragraph(word.run(text, "<w:vanish/>")))
            case "deletion":
                gone = f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'
                body.append(word.paragraph(f"<w:del {word.CHANGE}>{gone}</w:del>"))
            case "insertion":
                body.append(word.paragraph(f"<w:ins {word.CHANGE}>{word.run(text)}</w:ins>"))
            case "property":
                extras.append(word.properties_part("custom", text))
            case other:
                raise ValueError(other)
    # An id counts within its source part: properties hang at the root, so they come last.
    assert all(e.source for e in extras[:-1])
    return word.docx("".join(body), *extras, section=word.section_with(references))


def _letter(column: int) -> str:
    return chr(64 + column) if column <= 26 else "A" + chr(64 + column - 26)


def _xlsx_cell(reference: str, text: str, counted: bool) -> str:
    """A cell; `counted`: digits are kept as a number, as Excel does with what is typed."""
    if counted and text.isdecimal() and text.isascii() and text[0] != "0" and len(text) <= 15:
        return f'<c r="{reference}"><v>{text}</v></c>'
    return sheet.text(reference, escape(text))


def _xlsx(paper: Paper) -> bytes:
    rows, merges, number = [], [], 0
    tabs, parts, rels, after, name = [], {}, {}, "", "名单"
    hidden_columns: list[Text] = []
    counted = paper.rng.random() < 0.5
    for block in paper.blocks:
        if isinstance(block, Grid):
            for row in block.rows:
                number += 1
                cells = ""
                for column, cell in enumerate(row, 1):
                    if cell is None:
                        continue
                    if cell.text:
                        cells += _xlsx_cell(f"{_letter(column)}{number}", cell.text, counted)
                    span = column
                    while span < len(row) and row[span] is None:
                        span += 1
                    if span > column:
                        merges.append(f"{_letter(column)}{number}:{_letter(span)}{number}")
                rows.append(sheet.row(number, cells))
            continue
        text = escape(block.text.text)
        match block.where:
            case "body":
                number += 1
                rows.append(sheet.row(number, sheet.text(f"A{number}", text)))
            case "comment":
                rels["c"] = ("comments", "../comments.xml")
                parts["xl/comments.xml"] = (
                    f'<comments xmlns="{sheet.MAIN}"><authors><author>经办</author></authors>'
                    f'<commentList><comment ref="A1" authorId="0"><text><r><t>{text}</t></r></text>'
                    "</comment></commentList></comments>"
                )
            case "header":
                after += f"<headerFooter><oddHeader>&amp;C{text}</oddHeader></headerFooter>"
            case "sheet":
                name = text
            case "hidden-sheet":
                hidden = sheet.row(1, sheet.text("A1", text))
                tabs.append(sheet.Tab("底稿", hidden, state="hidden"))
            case "hidden-column":
                hidden_columns.append(block.text)
            case other:
                raise ValueError(other)
    before = ""
    if hidden_columns:
        before = '<cols><col min="30" max="30" width="9" hidden="1"/></cols>'
        for each in hidden_columns:
            number += 1
            rows.append(sheet.row(number, sheet.text(f"AD{number}", escape(each.text))))
    if merges:
        cells = "".join(f'<mergeCell ref="{m}"/>' for m in merges)
        after = f'<mergeCells count="{len(merges)}">{cells}</mergeCells>' + after
    first = sheet.Tab(name, "".join(rows), before=before, after=after, rels=rels)
    return sheet.workbook(first, *tabs, parts=parts)


def _csv(paper: Paper) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    for block in paper.blocks:
        if isinstance(block, Line):
            writer.writerow([block.text.text])
        else:
            for row in block.rows:
                writer.writerow([c.text if c else "" for c in row])
    return out.getvalue().encode(paper.encoding)


def _txt(paper: Paper) -> bytes:
    lines: list[str] = []
    for block in paper.blocks:
        if isinstance(block, Grid):
            lines += ["\t".join(c.text if c else "" for c in row) for row in block.rows]
        elif paper.split:
            lines += wrapped(block.text.text, _TXT_WIDTH)
        else:
            lines.append("　　" + block.text.text if len(block.text.text) > 30 else block.text.text)
    return ("\r\n".join(lines) + "\r\n").encode(paper.encoding)


def _html(paper: Paper) -> bytes:
    body = []
    for block in paper.blocks:
        if isinstance(block, Grid):
            rows = []
            for row in block.rows:
                cells, at = "", 0
                while at < len(row):
                    span = 1
                    while at + span < len(row) and row[at + span] is None:
                        span += 1
                    wide = f' colspan="{span}"' if span > 1 else ""
                    cell = row[at]
                    cells += f"<td{wide}>{escape(cell.text if cell else '')}</td>"
                    at += span
                rows.append(f"<tr>{cells}</tr>")
            body.append(f"<table border='1'>{''.join(rows)}</table>")
            continue
        text = escape(block.text.text)
        match block.where:
            case "hidden":
                body.append(f'<p style="display:none">{text}</p>')
            case "comment":
                body.append(f"<!-- {text} -->")
            case _:
                body.append(f"<p>{text.replace(chr(10), '<br>')}</p>")
    return (
        '<!doctype html><html><head><meta charset="utf-8"><title>公开栏</title></head>'
        f"<body>{''.join(body)}</body></html>"
    ).encode()


def _pdf(paper: Paper) -> bytes:
    """Lines of 30 characters, 34 a page: values are cut where the line or the page ends.

    With a table the page lies on its side, and a column is as wide as its longest cell.
    """
    grids = [b for b in paper.blocks if isinstance(b, Grid)]
    wide, high = (842, 595) if grids else (595, 842)
    most = (high - 90) // _PDF_STEP
    if paper.split and not grids:
        most = _SPLIT_PDF_LINES
    pages: list[list[bytes]] = [[]]
    made = pdf.Pdf()

    def put(cells: list[tuple[str, float, float]]) -> None:
        if len(pages[-1]) == most:
            pages.append([])
        y = high - 60 - _PDF_STEP * len(pages[-1])
        # A lone character of a font that is not embedded has no width, and pdfium passes it over.
        pages[-1].append(b"".join(pdf.show(t.ljust(2, "\u3000"), x, y, z) for t, x, z in cells))

    for block in paper.blocks:
        if isinstance(block, Grid):
            starts, size = _columns(block, wide - 100)
            for row in block.rows:
                texts = [(n, c.text.replace("\n", " ")) for n, c in enumerate(row) if c and c.text]
                put([(text, 50 + starts[n], size) for n, text in texts])
        elif block.where != "body":
            _beside(made, block)
        else:
            if block.text.text.startswith("\f"):
                pages.append([])
            for line in wrapped(block.text.text.lstrip("\f"), _PDF_WIDTH):
                put([(line, 60, 15)])
    entries = f"/MediaBox [0 0 {wide} {high}]"
    if made.objects:
        entries += f" /Annots [{' '.join(f'{number} 0 R' for number in made.objects)}]"
    made.pages = [pdf.Page(b"".join(lines), entries) for lines in pages]
    return made.build()


def _beside(made: pdf.Pdf, line: Line) -> None:
    """A text beside the pages: a note on them, or a bookmark."""
    said = pdf.text_string(line.text.text)
    if line.where == "annotation":
        made.add(b"<< /Type /Annot /Subtype /Text /Rect [10 10 40 40] /Contents " + said + b" >>")
    else:
        made.catalog = b"/Outlines << /First << /Title " + said + b" >> >>"


def _columns(grid: Grid, wide: float) -> tuple[list[float], float]:
    """Where the columns begin, and the size of letters that lets all of them in."""
    longest = [2] * grid.width
    for row in grid.rows:
        for column, cell in enumerate(row):
            spans = column + 1 < len(row) and row[column + 1] is None
            if cell is not None and not spans:
                longest[column] = max(longest[column], len(cell.text))
    size = min(10.5, wide / sum(n + 1 for n in longest))
    return [size * sum(n + 1 for n in longest[:c]) for c in range(grid.width)], size


_WRITERS: dict[str, Callable[[Paper], bytes]] = {
    "docx": _docx, "xlsx": _xlsx, "csv": _csv, "txt": _txt, "html": _html, "pdf": _pdf,
    "rtf": write_rtf, "xls": write_xls, "pptx": write_pptx, "ofd": write_ofd, "eml": write_eml,
}  # fmt: skip


def encoding(kind: str, rng: Random) -> str:
    """An encoding that offices use for this kind of file."""
    return rng.choice(("utf-8", "utf-8-sig", "gb18030")) if kind in {"txt", "csv"} else "utf-8"
