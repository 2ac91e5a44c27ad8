"""The annual report page: numbers typed fast, totals and checks at once, saved and exported."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from gui.pages.annual_report import AnnualReportPage
from gui.pages.annual_report_grid import Field
from gui.pages.annual_report_table import parse
from gui.pages.annual_report_texts import length
from models.reporting import annual
from tests.gui.review_office import Office, sitting

__all__ = ["sitting"]


@pytest.fixture
def page(sitting: Office, qtbot: QtBot) -> Iterator[AnnualReportPage]:
    made = AnnualReportPage(sitting.desk)
    qtbot.addWidget(made)
    made.resize(1182, 640)
    sitting.desk.changed.connect(made.refresh)
    made.show()
    made.refresh(None)
    sitting.settle(qtbot)
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    sitting.settle(qtbot)


def type_in(page: AnnualReportPage, words: str, key: Qt.Key, qtbot: QtBot) -> None:
    """As an officer types: the digits go where the focus is, then the key."""
    for letter in words:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, letter)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)
    qtbot.wait(5)


def test_enter_goes_down_and_tab_to_the_right_over_totals(
    page: AnnualReportPage, sitting: Office, qtbot: QtBot
) -> None:
    page.go_to(Field(3, "new", 0))
    type_in(page, "12", Qt.Key.Key_Return, qtbot)
    type_in(page, "3", Qt.Key.Key_Return, qtbot)
    type_in(page, "4", Qt.Key.Key_Tab, qtbot)
    type_in(page, "5", Qt.Key.Key_Tab, qtbot)
    rows = page._tables.table3.rows
    assert rows["new"] == (12, 0, 0, 0, 0, 0, 12)
    assert rows["carried_in"] == (3, 0, 0, 0, 0, 0, 3)
    assert rows["granted"] == (4, 5, 0, 0, 0, 0, 9)
    assert rows["total"] == (4, 5, 0, 0, 0, 0, 9)
    page.go_to(Field(3, "granted", 5))
    type_in(page, "6", Qt.Key.Key_Tab, qtbot)
    type_in(page, "1", Qt.Key.Key_Down, qtbot)
    assert page._tables.table3.rows["partial"][0] == 1, "Tab passes over the total"


def test_a_failing_check_leads_to_its_cell(
    page: AnnualReportPage, sitting: Office, qtbot: QtBot
) -> None:
    page.go_to(Field(3, "new", 2))
    type_in(page, "2", Qt.Key.Key_Return, qtbot)
    assert "2 处不符" in page.checks.title.text()
    page.tabs.setCurrentIndex(0)
    item = page.checks.list.item(0)
    assert "科研机构" in item.text()
    page.checks.list.itemActivated.emit(item)
    assert page.tabs.currentIndex() == 1
    index = page.grids[1].currentIndex()
    cell = page.models[1].cell(index)
    assert cell is not None
    assert cell.field == Field(3, "carried_in", 2)


def test_labels_and_totals_cannot_be_edited(page: AnnualReportPage, sitting: Office) -> None:
    for model in page.models:
        for cell in model.grid.cells:
            index = model.index(cell.row, cell.column)
            editable = bool(model.flags(index) & Qt.ItemFlag.ItemIsEditable)
            assert editable == (cell.field is not None and not cell.field.computed)
            if not editable:
                assert not model.setData(index, "5")


def test_what_is_no_number_is_refused_in_words(
    page: AnnualReportPage, sitting: Office, qtbot: QtBot
) -> None:
    said: list[str] = []
    sitting.desk.said.connect(said.append)
    index = page.models[0].index_of(Field(2, "licence", 0))
    assert not page.models[0].setData(index, "三件")
    assert "整数" in said[0]


def test_saved_shown_and_read_again(page: AnnualReportPage, sitting: Office, qtbot: QtBot) -> None:
    year = page._year()
    page.models[0].setData(page.models[0].index_of(Field(2, "fee_wan", 0)), "190.457379")
    page.texts.fields["problems"].setPlainText("公示栏更新不够及时。")
    assert page.save_button.isEnabled()
    assert not page.may_leave()
    for dialog in page.findChildren(QDialog):
        dialog.reject()
    page.save()
    sitting.settle(qtbot)
    report = annual.load(year)
    assert report.tables.table2.fee_wan == Decimal("190.457379")
    assert report.texts["problems"] == "公示栏更新不够及时。"
    assert sitting.who.drafter.name in page.saved.text()
    assert page.may_leave()
    page.years.setCurrentIndex(1)
    sitting.settle(qtbot)
    assert page._tables.table2.fee_wan == 0
    page.years.setCurrentIndex(0)
    sitting.settle(qtbot)
    assert page._tables.table2.fee_wan == Decimal("190.457379")


def test_the_exported_report_can_be_read_back(
    page: AnnualReportPage, sitting: Office, qtbot: QtBot
) -> None:
    from exporters import annual_report

    page.models[1].setData(page.models[1].index_of(Field(3, "new", 0)), "2")
    page.models[1].setData(page.models[1].index_of(Field(3, "granted", 0)), "2")
    out = sitting.folder / "报告.docx"
    page.write(out)
    qtbot.waitUntil(lambda: bool(page.findChildren(QDialog)), timeout=20_000)
    for dialog in page.findChildren(QDialog):
        dialog.findChildren(QPushButton)[-1].click()
    read = annual_report.read(out)
    assert read.tables.table3.rows["granted"] == (2, 0, 0, 0, 0, 0, 2)
    assert read.organ == sitting.who.office.name


@pytest.mark.parametrize(
    ("typed", "key", "number"),
    [
        ("", "licence", 0),
        ("１２", "licence", 12),
        ("1,200", "licence", 1200),
        ("1.5", "licence", None),
        ("-1", "licence", None),
        ("/", "licence", None),
        ("0.092", "fee_wan", Decimal("0.092")),
        ("1e400", "fee_wan", None),
        ("nan", "fee_wan", None),
    ],
)
def test_numbers_as_people_type_them(typed: str, key: str, number: object) -> None:
    assert parse(typed, Field(2, key, 0)) == number


def test_characters_are_counted_without_white_space() -> None:
    assert length("一二 三\n四　五") == 5


def test_everything_is_reached_by_key(
    page: AnnualReportPage, sitting: Office, qtbot: QtBot
) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(page.focusWidget() or page, Qt.Key.Key_PageDown, control)
    assert page.tabs.currentIndex() == 1
    assert page.focusWidget() is page.grids[1]
    page.go_to(Field(3, "new", 0))
    type_in(page, "5", Qt.Key.Key_Return, qtbot)
    assert "不符" in page.checks.title.text()
    QTest.keyClick(page.focusWidget() or page, Qt.Key.Key_PageUp, control)
    assert page.tabs.currentIndex() == 0
    QTest.keyClick(page.focusWidget() or page, Qt.Key.Key_F6)
    assert page.focusWidget() is page.checks.list
    QTest.keyClick(page.checks.list, Qt.Key.Key_Return)
    assert page.tabs.currentIndex() == 1
    assert page.focusWidget() is page.grids[1]
