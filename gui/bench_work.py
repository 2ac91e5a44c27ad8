"""The window at work, measured: while files are examined, large tables, large documents."""

import statistics
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea

from formats.sniff import sniff
from gui import collector
from gui.bench_rows import fill
from gui.bench_stage import Ticks, close, sample, took, turn_for, turn_until, window_at
from gui.desk import Desk
from gui.pages.catalogue import CataloguePage
from gui.widgets.document_parts import Front, front_of
from gui.widgets.document_side import Side, Source
from gui.widgets.document_view import DocumentView
from models import queries
from models.queries.rows import DocumentFilter

OPENINGS = 3


def stall_while_examining(home: str, folder: str) -> dict[str, float]:
    """The longest time between two ticks of a timer while a folder is taken in."""
    window, desk = window_at(Path(home))
    turn_until(lambda: desk.jobs.idle)
    turn_for(1.0)
    ticks = Ticks()
    began = time.perf_counter()
    desk.offered.emit([Path(folder)], None)
    turn_until(lambda: desk.jobs.idle)
    spent = time.perf_counter() - began
    files = queries.counts().documents
    close(window)
    return {"longest": ticks.longest, "work": ticks.work, "files": files, "seconds": spent}


def table_figures(home: str, rows: str) -> dict[str, float]:
    """A catalogue of `rows` documents: open, sort, filter, and one page of rows after a jump."""
    sample(Path(home))
    fill(Path(home), int(rows))
    began = time.perf_counter()
    window, desk = window_at(Path(home))
    page = window.page("catalogue")
    assert isinstance(page, CataloguePage)
    turn_until(lambda: desk.jobs.idle and page.model.row_at(0) is not None)
    figures = {"open": time.perf_counter() - began}
    figures["sort"] = took(lambda: page.model.sort(0, Qt.SortOrder.AscendingOrder), desk)
    figures["filter"] = took(
        lambda: page.filter.show_value(DocumentFilter(attribute="主动公开")), desk
    )
    page.filter.show_value(DocumentFilter())
    turn_until(lambda: desk.jobs.idle)
    ids, pages = page.model.ids(), []
    for start in range(0, len(ids), max(200, len(ids) // 50)):
        asked = time.perf_counter()
        queries.document_rows(ids[start : start + 200])
        pages.append(time.perf_counter() - asked)
    figures["page"] = max(pages)
    figures["page_median"] = sorted(pages)[len(pages) // 2]
    ticks = Ticks()
    bar = page.table.verticalScrollBar()
    for step in range(60):
        bar.setValue(bar.maximum() * ((step * 37) % 60) // 60)
        turn_for(0.02)
    figures["scroll_stall"] = ticks.longest
    close(window)
    return figures


def opening_stall(home: str, file: str) -> dict[str, float]:
    """A large document opened and scrolled through: the longest work at one stroke.

    `work`: processor time of the main thread between two ticks, the median of several openings;
    `longest` by the clock; `texts`: how many pieces of text it has.
    """
    window, desk = window_at(Path(home))
    turn_until(lambda: desk.jobs.idle)
    path = Path(file)
    kind = sniff(path).kind
    view = DocumentView(desk)
    view.resize(640, 600)
    view.show()
    # Counted is the window's work; the child is at work already when an officer opens a document.
    desk.examiner.view(path, count=1)
    collector.begin()
    seen = [_open(desk, view, Source(path, path.name, kind)) for _ in range(OPENINGS)]
    texts = len(view.text)
    view.close()
    close(window)
    return {
        "work": statistics.median(ticks.work for ticks in seen),
        "longest": statistics.median(ticks.longest for ticks in seen),
        "texts": texts,
    }


def _open(desk: Desk, view: DocumentView, source: Source) -> Ticks:
    ticks = Ticks()
    view.show_document(source, None, Side.ORIGINAL, Side.ORIGINAL)
    # Each piece is asked for as the one before is shown.
    turn_until(lambda: len(view.text) > 0 and desk.jobs.idle)
    shown: dict[Front, QAbstractScrollArea] = {
        Front.PAGES: view.pages,
        Front.SHEET: view.sheet.table,
        Front.FLOW: view.flow,
    }
    bar = shown[front_of(source.kind)].verticalScrollBar()
    for share in (0.3, 0.9, 0.5):
        bar.setValue(int(bar.maximum() * share))
        turn_for(0.06)
    ticks.stop()
    return ticks
