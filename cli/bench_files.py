"""The files `bench` measures on: ordinary office documents of a known size, made in code."""

from pathlib import Path
from random import Random

from docx import Document
from openpyxl import Workbook

from exporters.sample_office import papers
from exporters.sample_office.persons import persons
from formats.reading import Kind, Part, Place, Reading, Segment

_SENTENCE = (
    "为进一步做好基层政务公开工作，各村（居）民委员会应当按照程序"
    "及时公布惠民资金发放情况，接受群众监督。"
)
_SENTENCES = (
    _SENTENCE,
    "镇党委、政府高度重视，多次召开会议研究部署，明确了牵头领导和责任单位，细化了工作措施。",
    "二、严格把握时间节点。各单位要在每季度末将进展情况书面报送镇党政办公室，逾期未报的予以通报。",
    "截至目前，全镇共完成农村公路硬化12.6公里，安装路灯230盏，整治山坪塘9口，受益群众3100余人。",
    "申请材料不齐全或者不符合法定形式的，应当当场或者在五个工作日内一次性告知需要补正的全部内容。",
    "（三）加强宣传引导。通过院坝会、广播、公开栏等方式，把政策讲清楚、把道理说明白。",
    "本办法自印发之日起施行，有效期五年，此前有关规定与本办法不一致的，以本办法为准。",
    "对工作推进不力、造成不良影响的，依规依纪追究有关人员责任；对成效突出的，予以表扬。",
    "项目资金实行专账管理、专款专用，任何单位和个人不得截留、挤占、挪用。",
    "会议强调，要统筹做好防汛抗旱、森林防火和道路交通安全工作，确保不发生重大事故。",
    "根据《中华人民共和国政府信息公开条例》第二十条的规定，现将有关情况公布如下。",
    "要坚持问题导向，对照清单逐项整改，做到件件有着落、事事有回音。",
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


ORDINARY = 44
"""Sentences of prose to one that names a person: 1.6 finds in 1,000 characters.

So many hold the 980 ordinary documents of `tests/labelled` (398,000 characters, 623 finds on
2026-11-29; 1.0 to 2.2 in its four parts). The texts of real laws hold 0.03.
"""

DENSE = 12
"""Three to four times as many finds as that: 5.5 in 1,000 characters, as a report that names
people in every second paragraph."""


def prose(megabytes: float, every: int) -> Reading:
    """Official prose, `megabytes` of UTF-8; one sentence in `every` ends with a person's name,
    telephone and ID number."""
    people = persons(200, seed=23)
    segments: list[Segment] = []
    size = 0
    while size < megabytes * 1_000_000:
        number = len(segments)
        text = _SENTENCES[number % len(_SENTENCES)]
        if number % every == 0:
            person = people[number // every % 200]
            text += f"联系人{person.name}，电话{person.phone}，身份证号{person.id_number}。"
        segments.append(Segment(Place(Part.BODY, paragraph=number + 1), text))
        size += len(text.encode())
    return Reading(Kind.TXT, tuple(segments))


def words(path: Path, count: int = 20_000) -> None:
    """An office's list of words: `count` of three to five common characters, all different."""
    common = [
        bytes((row, cell)).decode("gb2312", "ignore")
        for row in range(0xB0, 0xD7)
        for cell in range(0xA1, 0xFA)
    ]
    choose = Random(26)  # noqa: S311  # the same words each time
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(choose.choices(common, k=choose.randint(3, 5)))] = None
    path.write_text("\n".join(found), encoding="utf-8")


def batch(folder: Path, count: int) -> None:
    """`count` small mixed files: Word, Excel, text, PDF."""
    folder.mkdir()
    people = persons(count, seed=24)
    for number, person in enumerate(people):
        stem = folder / f"{number:04d}"
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
