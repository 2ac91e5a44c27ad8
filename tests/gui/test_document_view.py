"""Large and awkward documents: read to their end, pages drawn as they come into view."""

import io
from collections.abc import Iterator

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea
from pytestqt.qtbot import QtBot

from formats.reading import Kind
from gui.pages.review import ReviewPage
from gui.widgets.document_side import Side, Source
from gui.widgets.document_view import DocumentView
from models import queries
from tests.build import pdf
from tests.gui.review_office import SECONDS, Office, sitting

__all__ = ["sitting"]


@pytest.fixture
def view(sitting: Office, qtbot: QtBot) -> Iterator[DocumentView]:
    made = DocumentView(sitting.desk)
    qtbot.addWidget(made)
    made.resize(640, 600)
    made.show()
    yield made
    sitting.settle(qtbot)


def pages(count: int) -> bytes:
    """A PDF of text pages, 30 lines each."""
    return pdf.Pdf(
        [
            pdf.Page(
                b"".join(
                    pdf.show(f"第{n}页第{line}行 电话 15400003021", y=800 - 24 * line)
                    for line in range(1, 31)
                )
            )
            for n in range(1, count + 1)
        ]
    ).build()


def scan(count: int) -> bytes:
    """A PDF whose pages hold a picture and no text."""
    made = pdf.Pdf()
    picture = made.stream(
        bytes(range(0, 256, 4)) * 3,
        "/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceRGB"
        " /BitsPerComponent 8",
    )
    for _ in range(count):
        paint = b"q 595 0 0 842 0 0 cm /Im1 Do Q"
        made.pages.append(pdf.Page(paint, resources=f"/XObject << /Im1 {picture} >>"))
    return made.build()


def rows(count: int) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("名单")
    for number in range(count):
        sheet.append([number, "覃小满", "白石沟村1组", "15400003021", "300", "耕地", "已发", ""])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


COUNT = {"pdf": 300, "sheet": 3_000, "text": 5_000}
LARGE = {"pdf": Kind.PDF, "sheet": Kind.XLSX, "text": Kind.TXT}


@pytest.mark.parametrize("what", LARGE)
def test_a_large_document_is_read_to_its_end_and_scrolled(
    view: DocumentView, sitting: Office, qtbot: QtBot, what: str
) -> None:
    # How long the window stands still meanwhile is measured by `main.py bench --only window`.
    kind = LARGE[what]
    path = sitting.folder / f"大文件.{kind.value}"
    path.write_bytes({"pdf": pages, "sheet": rows, "text": text}[what](COUNT[what]))
    said: list[str] = []
    view.said.connect(said.append)
    view.show_document(Source(path, path.name, kind), None, Side.ORIGINAL, Side.ORIGINAL)
    qtbot.waitUntil(lambda: len(view.text) > 0, timeout=SECONDS)
    total = sitting.desk.examiner.view(path, count=1).total
    qtbot.waitUntil(lambda: len(view.text) == total, timeout=3 * SECONDS)
    sitting.settle(qtbot)
    assert any(words.startswith("已读") and words.endswith(f"/{total} 处") for words in said)
    assert said[-1] == ""
    if what == "sheet":  # rows that arrive are shown together, a moment later
        qtbot.waitUntil(lambda: view.sheet.table.model().rowCount() == COUNT[what], timeout=SECONDS)
        # The table learns how far it reaches when it is next laid out.
        nearly = COUNT[what] - 45
        qtbot.waitUntil(lambda: shown_at(view, qtbot, what, 1.0) > nearly, timeout=SECONDS)
    for share in (1.0, 0.0, 0.5):
        assert shown_at(view, qtbot, what, share) == pytest.approx(share * COUNT[what], abs=45)


def shown_at(view: DocumentView, qtbot: QtBot, what: str, share: float) -> int:
    """Scroll to this share of the whole; the number of the page, row or line that is shown."""
    fronts: dict[str, QAbstractScrollArea] = {
        "pdf": view.pages,
        "sheet": view.sheet.table,
        "text": view.flow,
    }
    front = fronts[what]
    bar = front.verticalScrollBar()
    bar.setValue(int(bar.maximum() * share))
    middle = front.viewport().rect().center()
    if what == "pdf":
        qtbot.waitUntil(lambda: view.pages.shows(view.pages.page), timeout=SECONDS)
        return view.pages.page
    if what == "sheet":
        table = view.sheet.table
        row = table.rowAt(middle.y())
        assert table.model().index(row, 0).data() == str(row)
        return row
    qtbot.mouseClick(front.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    caret = view.flow.at_caret
    assert caret is not None
    line = view.text.segments[caret].text
    return int(line[1 : line.index("行")])


def text(count: int) -> bytes:
    return "".join(
        f"第{n}行，覃小满，电话15400003021，住白石沟村{n}组。\n" for n in range(count)
    ).encode()


def test_only_pages_in_view_are_drawn(view: DocumentView, sitting: Office, qtbot: QtBot) -> None:
    path = sitting.folder / "长.pdf"
    path.write_bytes(pages(60))
    view.show_document(Source(path, path.name, Kind.PDF), None, Side.ORIGINAL, Side.ORIGINAL)
    qtbot.waitUntil(lambda: view.pages.shows(1), timeout=SECONDS)
    sitting.settle(qtbot)
    assert not view.pages.shows(40)
    view.pages.go_to_page(40)
    qtbot.waitUntil(lambda: view.pages.shows(40), timeout=SECONDS)
    assert view.pages.page == 40


def test_a_scan_demands_that_each_page_is_looked_at(sitting: Office, qtbot: QtBot) -> None:
    document_id = sitting.take("扫描件.pdf", scan(3))
    page = ReviewPage(sitting.desk)
    qtbot.addWidget(page)
    page.resize(1182, 640)
    sitting.desk.changed.connect(page.refresh)
    page.show()
    page.refresh(None)
    sitting.settle(qtbot)
    detail = queries.document(document_id)
    assert detail.scan.image_pages == (1, 2, 3)
    assert page.seen.isVisible()
    for number in (1, 2, 3):
        qtbot.waitUntil(lambda n=number: page.view.pages.shows(n), timeout=SECONDS)
        assert page.seen.remaining == tuple(range(number, 4))
        page.page_seen()
        sitting.settle(qtbot)
    assert queries.pages_seen(document_id, sitting.who.drafter.id) == {1, 2, 3}
    assert page.seen.remaining == ()


def test_a_file_that_cannot_be_read_says_why(
    view: DocumentView, sitting: Office, qtbot: QtBot
) -> None:
    path = sitting.folder / "坏.docx"
    path.write_bytes(b"PK\x03\x04 nonsense")
    view.show_document(Source(path, path.name, Kind.DOCX), None, Side.ORIGINAL, Side.ORIGINAL)
    qtbot.waitUntil(lambda: bool(view.sentence.text()), timeout=SECONDS)
    assert view.sentence.isVisible()
    assert "。" in view.sentence.text()
