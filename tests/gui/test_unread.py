"""A file that was not read, or not wholly, says so where the officer looks, and what is left."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from detection.report import Status
from gui.pages import replacing
from gui.pages.catalogue import CataloguePage
from gui.pages.review import ReviewPage
from gui.widgets.document_refusal import Left
from gui.widgets.troubles import Troubles
from models import queries
from models.disclosure import documents
from models.disclosure.case import Origin
from tests.gui.review_office import DUTY, Office, page, sitting

__all__ = ["page", "sitting"]

BROKEN = b"PK\x03\x04 this was a document once"


def opened(page: ReviewPage, office: Office, qtbot: QtBot, document_id: int) -> None:
    page.show()
    page.refresh(None)
    office.settle(qtbot)
    page.open_record(document_id)
    office.settle(qtbot)


def test_the_lines_fold_after_the_third(qtbot: QtBot) -> None:
    made = Troubles()
    qtbot.addWidget(made)
    made.show_texts(["甲。", "乙。", "甲。"])
    assert made.isVisible()
    assert made.texts == ("甲。", "乙。")
    made.show_texts([f"第 {n} 张图没有读。" for n in range(6)])
    lines = [w for w in made.findChildren(QLabel) if w.text().startswith("第") and w.isVisible()]
    assert len(lines) == 3
    assert made.more.text() == "还有 3 条"
    made.more.click()
    lines = [w for w in made.findChildren(QLabel) if w.text().startswith("第") and w.isVisible()]
    assert len(lines) == 6
    made.show_texts([])
    assert not made.isVisible()


def test_an_extension_that_lies_is_said_at_the_top_of_the_document(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    document_id = sitting.take("名单.xlsx", DUTY)
    opened(page, sitting, qtbot, document_id)
    said = [t.text for t in queries.document(document_id).scan.troubles]
    assert said
    assert page.head.troubles.isVisible()
    assert list(page.head.troubles.texts) == said
    catalogue = CataloguePage(sitting.desk)
    qtbot.addWidget(catalogue)
    catalogue.show()
    catalogue.refresh(None)
    sitting.settle(qtbot)
    catalogue.open_record(document_id)
    sitting.settle(qtbot)
    assert list(catalogue.inspector.troubles.texts) == said
    assert catalogue.inspector.troubles.isVisible()


def test_an_unreadable_file_says_why_large_and_offers_what_is_left(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    document_id = sitting.take("坏.docx", BROKEN)
    detail = queries.document(document_id)
    assert detail.scan.status is Status.UNREADABLE
    opened(page, sitting, qtbot, document_id)
    refusal = page.view.refusal
    assert refusal.isVisible()
    assert detail.scan.troubles[0].text in refusal.says
    offered = {left for left in Left if refusal.buttons[left].isVisible()}
    assert offered == {Left.REPLACE, Left.WITHHOLD, Left.DISCARD}
    assert refusal.buttons[Left.REPLACE].isEnabled()
    assert refusal.buttons[Left.DISCARD].isEnabled()
    assert "没有发现" not in page.panel.none.text(), "nobody looked into it"
    page.show_original()
    assert refusal.isVisible()
    good = sitting.folder / "好.txt"
    good.write_text("关于清理沟渠的通知\n", encoding="utf-8")
    replacing.replace(sitting.desk, page, document_id, detail.title, good)
    sitting.settle(qtbot)
    assert not refusal.isVisible()
    assert page.view.flow.isVisible()
    assert queries.document(document_id).revision.origin is Origin.REPLACEMENT
    refusal.asked.emit(Left.DISCARD)
    asked = [d for d in page.findChildren(QDialog) if d.isVisible()]
    assert "回收站" in asked[0].accessibleName()
    asked[0].reject()


def test_what_could_not_replace_it_is_said(
    page: ReviewPage, sitting: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    document_id = sitting.take("坏.docx", BROKEN)
    opened(page, sitting, qtbot, document_id)
    replacing.replace(sitting.desk, page, document_id, "坏", tmp_path / "不在这里.txt")
    sitting.settle(qtbot)
    (told,) = (d for d in page.findChildren(QDialog) if d.isVisible())
    assert told.accessibleName() == "没有换上新文件"
    told.accept()


def test_documents_go_into_a_batch_from_the_catalogue(sitting: Office, qtbot: QtBot) -> None:
    one, two = (sitting.take(f"{n}.txt", f"关于第{n}件事的通知\n") for n in "一二")
    batch, _ = documents.open_batch("七月", sitting.who.drafter)
    catalogue = CataloguePage(sitting.desk)
    qtbot.addWidget(catalogue)
    sitting.desk.changed.connect(catalogue.refresh)
    catalogue.show()
    catalogue.refresh(None)
    sitting.settle(qtbot)
    catalogue.table.selectAll()
    sitting.settle(qtbot)
    entry = next(a for a in catalogue.batches.actions() if a.text().startswith("七月"))
    entry.trigger()
    sitting.settle(qtbot)
    assert {queries.document(n).batch for n in (one, two)} == {batch}
    assert any("2 份" in a.text() for a in catalogue.batches.actions())
    next(a for a in catalogue.batches.actions() if a.text() == "不归入批次").trigger()
    sitting.settle(qtbot)
    assert {queries.document(n).batch for n in (one, two)} == {None}


def test_the_acts_that_are_left_are_reached_by_key(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    opened(page, sitting, qtbot, sitting.take("坏.docx", BROKEN))
    page.to_text()
    assert page.focusWidget() is page.view.refusal.buttons[Left.REPLACE]


def test_the_keys_stay_with_the_desk_where_nothing_is_found(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    """The list of findings had the keyboard and goes: V must not be written into the opinion."""
    plain = sitting.take("通知.txt", "白石沟镇停水通知。")
    opened(page, sitting, qtbot, sitting.take("夏季安排.txt", DUTY))
    qtbot.waitUntil(page.isActiveWindow)
    page.panel.list.setFocus()
    page.open_record(plain)
    sitting.settle(qtbot)
    assert page.focusWidget() is page.queue.list


def test_a_narrow_desk_puts_the_queue_away_and_q_brings_it(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    document_id = sitting.take("夏季安排.txt", DUTY)
    around = QScrollArea()
    qtbot.addWidget(around)
    around.setWidget(page)
    around.setWidgetResizable(True)
    around.resize(620, 640)
    around.show()
    page.refresh(None)
    page.open_record(document_id)
    sitting.settle(qtbot)
    assert not page.queue.isVisible()
    assert page.minimumSizeHint().width() <= 620
    page.toggle_queue()
    assert page.queue.isVisible()
    detail = page.panel.detail
    low = max(one.geometry().bottom() for one in detail.buttons.values())
    assert detail.height() > low, "what wraps keeps its room"
    around.takeWidget()
