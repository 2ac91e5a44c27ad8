"""The files `bench` measures on: ordinary office documents of a known size, made in code."""

from pathlib import Path

from docx import Document
from openpyxl import Workbook

from exporters.sample_office import papers
from exporters.sample_office.persons import persons
from formats.reading import Kind, Part, Place, Reading, Segment

_SENTENCE = (
    "为进一步做好基层政务公开工作，各村（居）民委员会应当按照程序"
    "及时公布惠民资金发放情况，接受群众监督。"
)


def word(path: Path) -> None:
    """A report of some forty pages: 600 paragraphs and a table of 150 rows."""
    document = Document()
    for number in range(600):
        document.add_paragraph(f"{number}、{_SENTENCE}")
    grid = document.add_table(rows=0, cols=5)
    for person in persons(150, seed=20):
        cells = grid.add_row().cells
        for cell, text in zip(
            cells, (person.name, person.village, person.phone, "2", "1080"), strict=True
        ):
            cell.text = text
    document.save(str(path))


def small_word(path: Path) -> None:
    """One page."""
    document = Document()
    for _ in range(12):
        document.add_paragraph(_SENTENCE)
    document.add_paragraph(f"联系人手机{persons(1, seed=21)[0].phone}")
    document.save(str(path))


def sheet(path: Path, rows: int = 5_000) -> None:
    """A list of `rows` persons in seven columns."""
    workbook = Workbook()
    page = workbook.worksheets[0]
    page.append(["序号", "姓名", "村", "组", "身份证号", "一卡通账号", "金额"])
    for number, p in enumerate(persons(rows, seed=22), 1):
        page.append([number, p.name, p.village, p.group, p.id_number, p.card, 92.5 * p.group])
    workbook.save(path)


def pdf(path: Path, pages: int = 60) -> None:
    """A text of `pages` pages."""
    line = (16, _SENTENCE[:27])
    papers.text_pdf(path, tuple(line for _ in range(24 * pages)), lines_a_page=24)


def large(folder: Path) -> dict[str, Path]:
    """What is opened to see whether the window stalls: 300 pages, 140,000 cells, 50,000 lines."""
    folder.mkdir()
    found = {kind: folder / f"large.{kind}" for kind in ("pdf", "xlsx", "txt")}
    pdf(found["pdf"], pages=300)
    sheet(found["xlsx"], rows=20_000)
    lines = (f"第{number}行，{_SENTENCE}\n" for number in range(50_000))
    found["txt"].write_text("".join(lines), encoding="utf-8")
    return found


def prose(megabytes: float) -> Reading:
    """Official prose with a phone or an ID number now and then, `megabytes` of UTF-8."""
    people = persons(200, seed=23)
    segments: list[Segment] = []
    size = 0
    while size < megabytes * 1_000_000:
        number = len(segments)
        text = _SENTENCE
        if number % 12 == 0:
            person = people[number % 200]
            text += f"联系人{person.name}，电话{person.phone}，身份证号{person.id_number}。"
        segments.append(Segment(Place(Part.BODY, paragraph=number + 1), text))
        size += len(text.encode())
    return Reading(Kind.TXT, tuple(segments))


def batch(folder: Path, count: int) -> None:
    """`count` small mixed files: Word, Excel, text, PDF."""
    folder.mkdir()
    people = persons(count, seed=24)
    for number, person in enumerate(people):
        stem = folder / f"{number:03d}"
        match number % 4:
            case 0:
                document = Document()
                for _ in range(30):
                    document.add_paragraph(_SENTENCE)
                document.add_paragraph(f"{person.name} {person.phone} {number}")
                document.save(str(stem.with_suffix(".docx")))
            case 1:
                workbook = Workbook()
                for other in persons(60, seed=number):
                    workbook.worksheets[0].append([other.name, other.village, other.id_number])
                workbook.save(stem.with_suffix(".xlsx"))
            case 2:
                text = "\r\n".join([_SENTENCE] * 40 + [person.id_number])
                stem.with_suffix(".txt").write_bytes(text.encode("gb18030"))
            case _:
                papers.text_pdf(
                    stem.with_suffix(".pdf"), ((16, f"{number} {person.village}"),) * 20
                )
