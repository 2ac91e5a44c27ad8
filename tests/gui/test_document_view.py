"""Large and awkward documents: opened without a stall, pages drawn as they come into view."""

import gc
import io
import time
from collections.abc import Iterator

import openpyxl
import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from formats.reading import Kind
from gui.pages.review import ReviewPage
from gui.widgets.document_side import Side, Source
from gui.widgets.document_view import DocumentView
from models import queries
from tests.build import pdf
from tests.gui.review_office import SECONDS, Office, sitting

__all__ = ["sitting"]

# The design's limit. What is measured is the processor time the main thread uses between two
# beats: a machine that is busy with other things delays the clock on the wall, not this one.
STALL = 0.050


class Pulse(QObject):
    """A timer that fires each 5 ms and notes how long the main thread worked in between."""

    def __init__(self) -> None:
        super().__init__()
        self.stalls: list[float] = []
        self.waits: list[float] = []
        self._last = time.thread_time()
        self._wall = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now, wall = time.thread_time(), time.perf_counter()
        self.stalls.append(now - self._last)
        self.waits.append(wall - self._wall - 0.005)
        self._last, self._wall = now, wall


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


@pytest.mark.parametrize("what", ["pdf", "sheet", "text"])
def test_a_large_document_opens_without_a_stall(
    view: DocumentView, sitting: Office, qtbot: QtBot, what: str
) -> None:
    made = {"pdf": lambda: pages(300), "sheet": lambda: rows(20_000), "text": text}[what]()
    kind = {"pdf": Kind.PDF, "sheet": Kind.XLSX, "text": Kind.TXT}[what]
    path = sitting.folder / f"大文件.{kind.value}"
    path.write_bytes(made)
    assert sitting.desk.examiner.view(path, count=1).total
    # What the test runner itself holds in memory is no part of the window's work.
    gc.collect()
    gc.freeze()
    worst = []
    for _ in range(3):
        pulse = Pulse()
        view.show_document(Source(path, path.name, kind), None, Side.ORIGINAL, Side.ORIGINAL)
        qtbot.waitUntil(lambda: view._loading[Side.ORIGINAL].complete, timeout=3 * SECONDS)
        sitting.settle(qtbot)
        for share in (0.3, 0.9, 0.5):
            bar = {"pdf": view.pages, "sheet": view.sheet.table, "text": view.flow}[
                what
            ].verticalScrollBar()
            bar.setValue(int(bar.maximum() * share))
            qtbot.wait(60)
        worst.append(max(pulse.stalls))
        print(f"{what}: {1000 * worst[-1]:.0f} ms of work, {1000 * max(pulse.waits):.0f} ms wall")
        pulse.deleteLater()
    gc.unfreeze()
    assert sorted(worst)[1] < STALL


def text() -> bytes:
    return "".join(
        f"第{n}行，覃小满，电话15400003021，住白石沟村{n}组。\n" for n in range(50_000)
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
