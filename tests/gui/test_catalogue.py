"""目录: empty and full, filter, sort, inspector, acts, trash, copying, views."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from gui.desk import Desk
from gui.dialogs.box import Box
from gui.pages import catalogue_views as views
from gui.pages.catalogue import NOTHING, NOTHING_FITS, TRASH_EMPTY, CataloguePage
from gui.pages.catalogue_acts import forward
from gui.tables.columns_model import ROW_ROLE
from gui.widgets.steps import Mark, steps_of
from models import queries
from models.disclosure import documents, review
from models.disclosure.case import Action, State
from models.kernel.home import Home
from models.queries.rows import DocumentFilter
from tests import office
from tests.office import People

Settle = Callable[[], None]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> CataloguePage:
    made = CataloguePage(desk)
    qtbot.addWidget(made)
    made.resize(1182, 640)
    desk.changed.connect(made.refresh)
    made.show()
    return made


@pytest.fixture
def three(who: People, home: Home) -> list[int]:
    """A notice without findings, a list with one, a notice with one."""
    return [
        office.register_text(home, who.drafter, "关于清理沟渠的通知"),
        office.register_text(
            home, who.drafter, "低保对象名单 500199199001011234", [office.make_finding()]
        ),
        office.register_text(
            home, who.drafter, "关于修补道路的通知", [office.make_finding("13912345678")]
        ),
    ]


def titles(page: CataloguePage) -> list[str]:
    return [page.model.index(row, 0).data() for row in range(page.model.rowCount())]


def box_of(page: CataloguePage) -> Box:
    return page.findChildren(Box)[-1]


def press(box: Box, verb: str) -> None:
    next(b for b in box.findChildren(QAbstractButton) if b.text() == verb).click()


def test_an_empty_catalogue_says_what_belongs_here_and_offers_it(
    page: CataloguePage, settle: Settle
) -> None:
    page.refresh(None)
    settle()
    assert page.empty.isVisibleTo(page)
    assert page.empty.sentence() == NOTHING
    assert not page.hand_on.isEnabled()
    assert page.hand_on.toolTip() == "先在目录中选一份文件。"


def test_a_full_one_lists_the_newest_first(
    page: CataloguePage, settle: Settle, three: list[int]
) -> None:
    page.refresh(None)
    settle()
    page.grab()
    settle()
    assert list(page.model.ids()) == three[::-1]
    assert titles(page)[0] == "关于修补道路的通知"
    assert page.model.index(0, 0).data(ROW_ROLE).state is State.RECEIVED


def test_filters_and_words_narrow_the_list(
    page: CataloguePage, settle: Settle, three: list[int]
) -> None:
    page.refresh(None)
    page.seek("道路")
    settle()
    assert list(page.model.ids()) == [three[2]]
    page.filter.clear.click()
    settle()
    assert len(page.model.ids()) == 3
    page.seek("没有的词")
    settle()
    assert page.empty.sentence() == NOTHING_FITS
    page.filter.show_value(DocumentFilter(states=frozenset({State.APPROVED})))
    settle()
    assert len(page.model.ids()) == 0


def test_sorting_is_asked_of_the_catalogue(
    page: CataloguePage, settle: Settle, three: list[int]
) -> None:
    page.refresh(None)
    settle()
    page.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    settle()
    wanted = sorted(queries.document(i).title for i in three)
    assert [queries.document(i).title for i in page.model.ids()] == wanted


def test_the_place_is_kept_when_the_list_changes(
    page: CataloguePage, settle: Settle, three: list[int], who: People, home: Home
) -> None:
    page.refresh(None)
    settle()
    page.table.show_id(three[0])
    settle()
    office.register_text(home, who.drafter, "又一份通知")
    page.refresh(None)
    settle()
    assert page.table.current_id() == three[0]


@pytest.mark.parametrize("which", [0, 1])
def test_the_next_step_is_enabled_exactly_when_the_rules_allow_it(
    page: CataloguePage, settle: Settle, three: list[int], who: People, which: int
) -> None:
    page.refresh(None)
    settle()
    page.table.show_id(three[which])
    settle()
    reasons = review.possible(three[which], who.drafter)[Action.SUBMIT]
    assert page.hand_on.isEnabled() == (not reasons)
    assert page.hand_on.text() == "交下一步：送审"
    for reason in reasons:
        assert reason in page.hand_on.toolTip()


def test_fields_are_saved_when_the_officer_says_so(
    page: CataloguePage, settle: Settle, three: list[int]
) -> None:
    page.refresh(None)
    settle()
    page.table.show_id(three[0])
    settle()
    number = page.inspector.form.editor("document_number")
    signed = page.inspector.form.editor("signed_on")
    assert isinstance(number, QLineEdit)
    assert isinstance(signed, QLineEdit)
    number.setText("白石府发〔2026〕5号")
    signed.setText("2026.3.5")
    page.table.show_id(three[1])
    settle()
    assert number.text() == ""
    page.table.show_id(three[0])
    settle()
    assert number.text() == "白石府发〔2026〕5号", "what was typed is kept until it is saved"
    press_save = next(
        b for b in page.inspector.form.findChildren(QAbstractButton) if "保存" in b.text()
    )
    press_save.click()
    settle()
    stored = queries.document(three[0]).fields
    assert (stored["document_number"], stored["signed_on"]) == ("白石府发〔2026〕5号", "2026-03-05")
    assert page.inspector.unsaved() == 0


def test_into_the_trash_with_a_reason_and_out_again(
    page: CataloguePage, settle: Settle, three: list[int]
) -> None:
    page.refresh(None)
    settle()
    page.table.show_id(three[0])
    settle()
    page.discard.trigger()
    box = box_of(page)
    verb = next(b for b in box.findChildren(QAbstractButton) if b.text() == "移入回收站")
    assert not verb.isEnabled()
    box.findChild(QPlainTextEdit).setPlainText("重复")
    verb.click()
    settle()
    assert three[0] not in page.model.ids()
    page.trash.trigger()
    settle()
    assert list(page.model.ids()) == [three[0]]
    page.table.selectRow(0)
    settle()
    assert page.restore.isEnabled()
    page.restore.trigger()
    settle()
    assert page.empty.sentence() == TRASH_EMPTY
    assert queries.document(three[0]).state is State.RECEIVED


def test_rows_are_copied_for_excel_and_a_formula_stays_text(
    page: CataloguePage, settle: Settle, three: list[int], who: People
) -> None:
    documents.edit(three[0], {"title": "=1+1 的通知"}, who.drafter)
    page.refresh(None)
    settle()
    page.table.selectAll()
    page.table.copy()
    settle()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("信息名称\t状态\t")
    assert len(lines) == 4
    assert any(line.startswith("'=1+1 的通知\t") for line in lines)


def test_what_is_listed_is_exported_for_excel(
    page: CataloguePage, settle: Settle, three: list[int], tmp_path: Path
) -> None:
    page.refresh(None)
    settle()
    done: list[object] = []
    page.table.export_csv(tmp_path / "目录.csv", done.append)
    settle()
    data = (tmp_path / "目录.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig").count("\n") == 4
    assert len(done) == 1


def test_views_are_kept_for_the_person(desk: Desk, home: Home) -> None:
    settings = QSettings(str(home.settings), QSettings.Format.IniFormat)
    wanted = DocumentFilter(states=frozenset({State.RETURNED}), text="低保")
    views.save(settings, {"退回的低保": wanted})
    settings.sync()
    again = QSettings(str(home.settings), QSettings.Format.IniFormat)
    assert views.load(again) == {"退回的低保": wanted}
    again.setValue(views.KEY, "{ not json")
    assert views.load(again) == {}


def test_enter_opens_the_review(
    page: CataloguePage, desk: Desk, qtbot: QtBot, settle: Settle, three: list[int]
) -> None:
    page.refresh(None)
    settle()
    page.table.show_id(three[1])
    with qtbot.waitSignal(desk.opened) as opened:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.args == ["review", three[1]]


def test_the_steps_follow_the_history(home: Home, who: People) -> None:
    one = office.approved_text(home, who, "关于清理沟渠的通知")
    detail, taken = queries.document(one), queries.steps_of(one)
    marks = [(s.word, s.mark) for s in steps_of(detail, taken, check_step=True)]
    assert [word for word, _ in marks] == [
        "已收", "已检", "处理", "自审", "审核", "保密审查", "审批", "发布",
    ]  # fmt: skip
    assert [mark for _, mark in marks] == [Mark.DONE] * 7 + [Mark.NOW]
    shown = steps_of(detail, taken, check_step=True)
    assert (shown[6].who, shown[4].who) == (who.leader.name, who.head.name)


def test_a_new_revision_takes_the_passed_steps_back(home: Home, who: People) -> None:
    one = office.register_text(home, who.drafter, "关于清理沟渠的通知")
    office.clean_text(home, who.drafter, one, "关于清理沟渠的通知")
    review.perform(one, Action.SUBMIT, who.drafter)
    review.perform(one, Action.RETURN, who.head, "文号不对")
    detail, taken = queries.document(one), queries.steps_of(one)
    marks = {s.word: s.mark for s in steps_of(detail, taken, check_step=True)}
    assert marks["自审"] is Mark.BACK
    assert marks["审核"] is Mark.LATER


def test_without_the_check_step_the_next_act_is_the_secrecy_review() -> None:
    assert forward(State.SUBMITTED, check_step=True) is Action.CHECK
    assert forward(State.SUBMITTED, check_step=False) is Action.CLEAR
    assert forward(State.RELEASED, check_step=True) is None


def test_a_row_that_is_shown_is_chosen_alone_though_a_key_is_held(
    page: CataloguePage, settle: Settle, three: list[int]
) -> None:
    """Ctrl is still down when Ctrl+1 brings the page: the next step must not be taken twice."""
    page.refresh(None)
    settle()
    QTest.keyPress(page.table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    page.table.show_id(three[1])
    page.table.show_id(three[0])
    chosen = page.table.chosen_ids()
    QTest.keyRelease(page.table, Qt.Key.Key_Control)
    assert chosen == [three[0]]


@pytest.mark.parametrize("name", ["severity", "kind", "recheck"])
def test_what_is_chosen_is_a_member_and_not_its_word(
    page: CataloguePage, settle: Settle, name: str
) -> None:
    combo = getattr(page.filter, name)
    for index in range(1, combo.count()):
        combo.setCurrentIndex(index)
        chosen = getattr(page.filter.value(), name)
        assert chosen.label if name != "kind" else chosen.name
        settle()
