"""What our reading calls visible is what LibreOffice puts on the page, and nothing else of it."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from formats import read
from formats.reading import Part, Segment
from tests.build.libreoffice import convert, needs_libreoffice, with_impress
from tests.build.slides import (
    HEIGHT,
    WIDTH,
    Slide,
    frame,
    line,
    pptx,
    shape,
    solid,
    table,
    tc,
    text,
)
from tests.build.slides import run as slide_run
from tests.build.word import (
    CHANGE,
    docx,
    field,
    header,
    notes,
    paragraph,
    run,
    section_with,
    settings,
    styles,
    text_box,
)
from tests.build.word import table as word_table
from tests.formats.test_word_numbering import item, level, lists

pytestmark = [
    *needs_libreoffice,
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed"),
]


class Marks:
    """Hands out markers: a latin word each, since every font has its letters."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.unseen: list[str] = []

    def yes(self) -> str:
        """A marker that must be on the page."""
        self.seen.append(f"SEEN{len(self.seen):03d}Q")
        return self.seen[-1]

    def no(self) -> str:
        """A marker that must not."""
        self.unseen.append(f"UNSEEN{len(self.unseen):03d}Q")
        return self.unseen[-1]


def printed(path: Path) -> str:
    """The text of the pages LibreOffice makes of a file, without white space."""
    convert(path, "pdf", path.parent)
    said = subprocess.run(
        ["pdftotext", "-layout", str(path.with_suffix(".pdf")), "-"],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    return "".join(said.stdout.decode().split())


def holders(segments: tuple[Segment, ...], mark: str) -> Iterator[Segment]:
    return (s for s in segments if mark in s.text and s.place.part is not Part.NAME)


def agree(path: Path, marks: Marks) -> None:
    page = printed(path)
    segments = read(path).segments
    for mark in marks.seen:
        assert mark in page, mark
        assert any(s.visible for s in holders(segments, mark)), mark
    for mark in marks.unseen:
        assert mark not in page, mark
        found = list(holders(segments, mark))
        assert found, mark
        assert not any(s.visible for s in found), mark


def hidden(mark: str) -> str:
    return run(mark, "<w:vanish/>")


def _looks(marks: Marks) -> str:
    """Without w:webHidden, which LibreOffice hides on paper too, against 17.3.2.44."""
    shaded = '<w:shd w:val="clear" w:color="auto" w:fill="1F4E79"/>'
    return (
        paragraph(run(marks.yes()), hidden(marks.no()), run(marks.yes(), '<w:vanish w:val="0"/>'))
        + paragraph(run(marks.no(), '<w:rStyle w:val="Hid"/>'))
        + paragraph(run(marks.no()), properties='<w:pStyle w:val="HidP"/>')
        + paragraph(run(marks.yes(), f'<w:color w:val="FFFFFF"/>{shaded}'))
    )


def _changes(marks: Marks) -> str:
    deleted = f"<w:del {CHANGE}><w:r><w:delText>{marks.no()}</w:delText></w:r></w:del>"
    gone = f"<w:trPr><w:del {CHANGE}/></w:trPr>"
    row = f"<w:tr>{gone}<w:tc>{paragraph(deleted)}</w:tc></w:tr>"
    return (
        paragraph(run(marks.yes()), f"<w:ins {CHANGE}>{run(marks.yes())}</w:ins>", deleted)
        + f"<w:tbl><w:tblPr/><w:tr><w:tc>{paragraph(run(marks.yes()))}</w:tc></w:tr>{row}</w:tbl>"
    )


def _fields(marks: Marks) -> str:
    control = (
        f'<w:sdt><w:sdtPr><w:alias w:val="{marks.no()}"/></w:sdtPr><w:sdtContent>'
        f"{paragraph(run(marks.yes()))}</w:sdtContent></w:sdt>"
    )
    link = f'<w:hyperlink r:id="rIdL" w:tooltip="{marks.no()}">{run(marks.yes())}</w:hyperlink>'
    bookmark = f'<w:bookmarkStart w:id="1" w:name="{marks.no()}"/><w:bookmarkEnd w:id="1"/>'
    return (
        paragraph(field(f' DOCPROPERTY "{marks.no()}" ', marks.yes()))
        + control
        + paragraph(link, bookmark)
        + paragraph(text_box(paragraph(run(marks.yes()))))
        + word_table((marks.yes(), marks.yes()))
    )


def test_a_word_document_prints_what_we_call_visible(tmp_path: Path) -> None:
    marks = Marks()
    made = lists(
        level(0, "decimal", f"{marks.yes()}%1.", '<w:suff w:val="space"/>'),
        level(1, "decimal", f"{marks.no()}20260301%2."),
    )
    looks = (
        '<w:style w:type="character" w:styleId="Hid"><w:name w:val="Hid"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="HidP"><w:name w:val="HidP"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
    )
    references = (
        '<w:headerReference w:type="default" r:id="rId2"/>'
        '<w:headerReference w:type="even" r:id="rId3"/>'
    )
    # LibreOffice prints deletions unless the file asks for its final form.
    shown_as_final = '<w:revisionView w:markup="0" w:insDel="0"/>'
    variables = f'<w:docVars><w:docVar w:name="a" w:val="{marks.no()}"/></w:docVars>'
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = _looks(marks) + _changes(marks) + _fields(marks) + item(marks.yes())
    data = docx(
        body + paragraph(run(marks.yes()), note),
        header(marks.yes()), header(marks.no(), "header", 2), notes("footnote", marks.yes()),
        made, styles(looks), settings(shown_as_final + variables),
        links=(("rIdL", "hyperlink", f"https://www.example.gov.cn/{marks.no()}"),),
        section=section_with(references),
    )  # fmt: skip
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    agree(path, marks)


def test_counted_numbers_are_those_libreoffice_prints(tmp_path: Path) -> None:
    made = lists(
        level(0, "chineseCountingThousand", "第%1条", '<w:suff w:val="space"/>'),
        level(1, "decimal", "%2.", '<w:suff w:val="nothing"/>'),
        level(2, "lowerRoman", "(%3)", '<w:suff w:val="nothing"/>'),
    )
    body = (
        item("A") + item("B", 1) + item("C", 1) + item("D", 2) + item("E", 2)
        + "".join(item(f"F{i}") for i in range(11)) + item("G", 1)
    )  # fmt: skip
    path = tmp_path / "a.docx"
    path.write_bytes(docx(body, made))
    ours = ["".join(s.text.split()) for s in read(path).segments if s.place.part is Part.BODY]
    assert ours[-2:] == ["第十二条F10", "1.G"]
    assert "".join(ours) in printed(path)


@with_impress
def test_a_presentation_prints_what_we_call_visible(tmp_path: Path) -> None:
    marks = Marks()
    dark = shape("", at=frame(0, 5_000_000, WIDTH, 900_000), fill=solid("1F3864"))
    first = (
        text(marks.yes(), at=frame(500_000, 300_000, 6_000_000, 500_000))
        + shape(line(slide_run(marks.yes()), slide_run(marks.yes(), attributes='b="1"')))
        + table((marks.yes(), marks.yes()))
        + text(marks.no(), described='name="文本框 3" hidden="1"')
        + dark
        + text(marks.yes(), solid("FFFFFF"), at=frame(500_000, 5_100_000, 6_000_000, 500_000))
    )
    off = text(marks.no(), at=frame(WIDTH + 3_000_000, HEIGHT + 3_000_000, 2_000_000, 900_000))
    merged = table((tc(line(slide_run(marks.yes())), 'gridSpan="2"'),
                    tc(line(slide_run("")), 'hMerge="1"')))  # fmt: skip
    holder = '<p:ph type="title"/>'
    data = pptx(
        Slide(first, notes=marks.no()),
        Slide(text(marks.no()), 'show="0"'),
        Slide(merged + off),
        Slide(text(marks.yes(), holder=holder, at=""), 'showMasterSp="0"', layout=2),
        master=text(marks.yes(), at=frame(500_000, 6_000_000, 6_000_000, 500_000)),
        layouts=("", shape(line(slide_run(marks.no())), holder=holder)),
        left_out=(Slide(text(marks.no())),),
    )
    path = tmp_path / "a.pptx"
    path.write_bytes(data)
    agree(path, marks)
    assert read(path).pages == 4
