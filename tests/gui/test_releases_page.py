"""The release page: choose, build, enter where it was put up, find what is missing, take back."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from gui.dialogs.box import ask_reason
from gui.pages.releases import ReleasesPage
from gui.pages.releases_read import on_one_only, read_channels
from models import queries
from models.disclosure import documents, releases, review
from models.disclosure.case import Action, State
from tests import office as offices
from tests.gui.review_office import Office, sitting

__all__ = ["sitting"]


@pytest.fixture
def page(sitting: Office, qtbot: QtBot) -> Iterator[ReleasesPage]:
    sitting.sit(sitting.who.publisher)
    made = ReleasesPage(sitting.desk)
    qtbot.addWidget(made)
    made.resize(1182, 640)
    sitting.desk.changed.connect(made.refresh)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    sitting.settle(qtbot)


def approved(sitting: Office, text: str) -> int:
    document_id = offices.register_text(sitting.desk.home, sitting.who.drafter, text)
    fields = {"organ": "白石沟镇人民政府", "attribute": "主动公开"}
    documents.edit(document_id, fields, sitting.who.drafter)
    offices.clean_text(sitting.desk.home, sitting.who.drafter, document_id, text)
    offices.approve(document_id, sitting.who)
    return document_id


def show(page: ReleasesPage, sitting: Office, qtbot: QtBot) -> None:
    page.refresh(None)
    sitting.settle(qtbot)


def dialog(page: ReleasesPage, qtbot: QtBot) -> QDialog:
    qtbot.waitUntil(lambda: any(d.isVisible() for d in page.findChildren(QDialog)))
    return next(d for d in page.findChildren(QDialog) if d.isVisible())


def press_verb(asked: QDialog) -> None:
    [one for one in asked.findChildren(QPushButton) if one.isEnabled()][-1].click()


def test_an_empty_page_says_what_belongs_there(
    page: ReleasesPage, sitting: Office, qtbot: QtBot
) -> None:
    show(page, sitting, qtbot)
    assert "通过审批" in page.waiting.empty.sentence()
    assert page.made.empty.isVisibleTo(page.made)
    assert "还没有已发布的文件" in page.channels.empty.sentence()


def test_the_keyboard_goes_to_the_list_once_there_is_one(
    page: ReleasesPage, sitting: Office, qtbot: QtBot
) -> None:
    show(page, sitting, qtbot)
    page.take_focus()
    assert page.tabs.hasFocus()
    approved(sitting, "关于清理沟渠的通知\n")
    show(page, sitting, qtbot)
    assert page.waiting.table.hasFocus()
    page.tabs.setFocus()
    show(page, sitting, qtbot)
    assert page.tabs.hasFocus(), "an officer who went to the tabs is left there"


def test_ticked_documents_become_a_package(
    page: ReleasesPage, sitting: Office, qtbot: QtBot
) -> None:
    first = approved(sitting, "关于清理沟渠的通知\n")
    second = approved(sitting, "关于修路的通知\n")
    show(page, sitting, qtbot)
    assert not page.waiting.make.isEnabled()
    page.waiting.table.setFocus()
    page.waiting.table.show_id(first)
    QTest.keyClick(page.waiting.table, Qt.Key.Key_Space)
    assert page.waiting.model.chosen() == (first,)
    page.waiting.name.setText("十一月第一批")
    page.waiting.make.click()
    qtbot.waitUntil(lambda: queries.document(first).state is State.RELEASED, timeout=20_000)
    sitting.settle(qtbot)
    assert queries.document(second).state is State.APPROVED
    made = [row for row in queries.releases() if row.released_at is not None]
    assert [row.name for row in made] == ["十一月第一批"]
    assert made[0].folder is not None
    assert (made[0].folder / "manifest.json").is_file()
    assert page.tabs.currentIndex() == 1
    assert page.made.title.text() == "十一月第一批"


def test_a_document_that_may_not_be_released_cannot_be_ticked_and_says_why(
    page: ReleasesPage, sitting: Office, qtbot: QtBot
) -> None:
    document_id = approved(sitting, "关于清理沟渠的通知\n")
    sitting.sit(sitting.who.head)
    show(page, sitting, qtbot)
    index = page.waiting.model.index(0, 0)
    assert not page.waiting.model.flags(index) & Qt.ItemFlag.ItemIsUserCheckable
    against = review.possible(document_id, sitting.who.head)[Action.RELEASE]
    assert all(reason in str(index.data(Qt.ItemDataRole.ToolTipRole)) for reason in against)


def test_where_and_when_is_entered_and_what_is_missing_is_found(
    page: ReleasesPage, sitting: Office, qtbot: QtBot
) -> None:
    ids = [approved(sitting, f"第{n}份通知\n") for n in range(2)]
    releases.release(
        sitting.desk.home, ids, lambda c: offices.build_plain(sitting.desk.home, c),
        sitting.who.publisher,
    )  # fmt: skip
    show(page, sitting, qtbot)
    page.tabs.setCurrentIndex(1)
    page.made.documents.show_id(ids[0])
    page.made.publish.click()
    asked = dialog(page, qtbot)
    fields = [f for f in asked.findChildren(QLineEdit) if f.accessibleName() == "网址或地点"]
    fields[0].setText("https://www.example.gov.cn/1.html")
    press_verb(asked)
    sitting.settle(qtbot)
    entered = queries.publications(ids[0])
    assert [(p.channel, p.url) for p in entered] == [
        ("政府网站", "https://www.example.gov.cn/1.html")
    ]
    assert entered[0].date <= date(2100, 1, 1)
    missing = on_one_only(read_channels(), "", "政府网站")
    assert [row.id for row in missing] == [ids[1]]
    assert page.channels.model.rowCount() == 1


def test_a_recall_asks_for_its_reason(page: ReleasesPage, sitting: Office, qtbot: QtBot) -> None:
    document_id = approved(sitting, "关于清理沟渠的通知\n")
    releases.release(
        sitting.desk.home, [document_id],
        lambda c: offices.build_plain(sitting.desk.home, c), sitting.who.publisher,
    )  # fmt: skip
    show(page, sitting, qtbot)
    page.tabs.setCurrentIndex(1)
    assert page.made.recall.isEnabled()
    page.made.recall.setFocus()
    page.made.recall.click()
    asked = dialog(page, qtbot)
    field = asked.findChild(QPlainTextEdit)
    assert field is not None
    field.setPlainText("内容有误，更正后重新发布")
    press_verb(asked)
    sitting.settle(qtbot)
    assert queries.document(document_id).state is State.RECALLED
    assert not page.made.recall.isEnabled()
    assert page.focusWidget() is page.made.documents


def test_a_package_without_a_release_is_reported(
    page: ReleasesPage, sitting: Office, qtbot: QtBot
) -> None:
    stray = sitting.desk.home.packages / "半途而废"
    stray.mkdir(parents=True)
    (stray / "manifest.json").write_text("{}", encoding="utf-8")
    show(page, sitting, qtbot)
    assert page.orphans.isVisible()
    assert "半途而废" in page.orphans.text()


def test_the_parts_are_turned_by_key_and_the_keyboard_goes_into_their_list(
    page: ReleasesPage, sitting: Office, qtbot: QtBot
) -> None:
    document_id = approved(sitting, "白石沟镇防汛安排")
    page.release((document_id,), "第1批", sitting.desk.home.packages / "第1批")
    sitting.settle(qtbot)
    QTest.keyClick(page, Qt.Key.Key_3)
    assert QApplication.focusWidget() is page.start()
    QTest.keyClick(page, Qt.Key.Key_2)
    assert QApplication.focusWidget() is page.made.table
    page.hide()
    page.made.folder.setFocus()
    page.show()
    assert page.focusWidget() is page.made.table


def test_the_place_in_a_package_is_kept_when_a_channel_is_entered(
    page: ReleasesPage, sitting: Office, qtbot: QtBot
) -> None:
    both = tuple(approved(sitting, text) for text in ("白石沟镇防汛安排", "白石沟镇防火安排"))
    page.release(both, "第1批", sitting.desk.home.packages / "第1批")
    sitting.settle(qtbot)
    page.made.documents.show_id(both[1])
    officer = sitting.who.publisher
    sitting.desk.act(lambda: releases.publish(both[1], "政府公报", "", date(2026, 3, 5), officer))
    sitting.settle(qtbot)
    line = page.made.documents.current_line()
    assert line is not None
    assert line.id == both[1]
    assert line.words[2] == "政府公报"


def test_enter_opens_a_document_of_the_channel_check(
    page: ReleasesPage, sitting: Office, qtbot: QtBot
) -> None:
    document_id = approved(sitting, "白石沟镇防汛安排")
    page.release((document_id,), "第1批", sitting.desk.home.packages / "第1批")
    sitting.settle(qtbot)
    QTest.keyClick(page, Qt.Key.Key_3)
    with qtbot.waitSignal(sitting.desk.opened) as opened:
        QTest.keyClick(page.channels.table, Qt.Key.Key_Return)
    assert opened.args == ["catalogue", document_id]


def test_the_hint_names_the_key_that_works(page: ReleasesPage, qtbot: QtBot) -> None:
    for danger in (False, True):
        given: list[str] = []
        box = ask_reason(page, "撤回", "撤回", given.append, danger=danger)
        field = box.findChild(QPlainTextEdit)
        assert field is not None
        assert ("Ctrl+Enter" in field.placeholderText()) is not danger
        field.setPlainText("内容有误")
        QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert bool(given) is not danger
        if danger:
            qtbot.waitUntil(box.isActiveWindow)
            for key in (Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Return):
                QTest.keyClick(box.focusWidget() or box, key)
            assert given == ["内容有误"]
