"""The review desk on a real catalogue: looking, ruling, handing in; without a mouse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.pages.review import ReviewPage
from gui.pages.review_keys import KEYS
from gui.pages.review_load import load
from gui.widgets.document_side import Side
from gui.widgets.findings_opinion import FORWARD, actions_from
from gui.widgets.findings_order import together
from models import queries
from models.disclosure import documents, review
from models.disclosure.case import Action, State
from models.disclosure.findings import Ruling
from models.kernel import store
from tests.build.sheet import Tab, row, text, workbook
from tests.gui.review_office import DUTY, Office, page, sitting

__all__ = ["page", "sitting"]

Key = Qt.Key


def begin(page: ReviewPage, office: Office, qtbot: QtBot, document_id: int | None = None) -> None:
    page.show()
    page.refresh(None)
    office.settle(qtbot)
    if document_id is not None:
        page.open_record(document_id)
        office.settle(qtbot)
    qtbot.waitUntil(page.isActiveWindow)


def press(widget: QWidget, key: Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
    target = QApplication.focusWidget() or widget
    QTest.keyClick(target, key, modifiers or Qt.KeyboardModifier.NoModifier)


def answer(page: QWidget, words: str, qtbot: QtBot) -> None:
    """Write into the dialog that asks for a reason, and press its verb."""
    qtbot.waitUntil(lambda: bool(dialogs(page)))
    dialog = dialogs(page)[0]
    field = dialog.findChild(QPlainTextEdit)
    assert field is not None
    field.setPlainText(words)
    verb = [one for one in dialog.findChildren(QPushButton) if one.isEnabled()][-1]
    verb.click()
    qtbot.waitUntil(lambda: not dialogs(page))
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)


def dialogs(page: QWidget) -> list[QDialog]:
    return [d for d in page.findChildren(QDialog) if d.isVisible()]


def test_an_empty_desk_says_so_and_every_key_is_harmless(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    begin(page, sitting, qtbot)
    assert "没有等您办理的文件" in page.view.sentence.text()
    for key in KEYS:
        if key.act != "show_keys":
            getattr(page, key.act)()
    sitting.settle(qtbot)
    assert dialogs(page) == []


def test_from_opening_to_handing_in_without_a_mouse(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    document_id = sitting.take("夏季安排.txt", DUTY)
    begin(page, sitting, qtbot)
    assert page.head.title.text() == queries.document(document_id).title
    assert page.view.flow.isVisible()
    first = page.panel.current
    assert first is not None
    assert page.isAncestorOf(QApplication.focusWidget())
    press(page, Key.Key_M)
    sitting.settle(qtbot)
    after = queries.findings_of(document_id)
    assert after[0].ruling is Ruling.MASK
    assert after[0].ruled_by == sitting.who.drafter.name
    current = page.panel.current
    assert current is not None
    assert current.ruling is None, "after a ruling the next open finding is selected"
    for _ in range(len(after)):
        if page.panel.current is not None and page.panel.current.ruling is None:
            press(page, Key.Key_R)
            sitting.settle(qtbot)
    assert all(f.ruling is not None for f in queries.findings_of(document_id))
    fields = {"organ": "白石沟镇人民政府", "attribute": "主动公开"}
    sitting.desk.act(lambda: documents.edit(document_id, fields, sitting.who.drafter))
    sitting.settle(qtbot)
    assert page.panel.opinion.clean.isVisible()
    press(page, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: queries.document(document_id).state is State.SUBMITTED, timeout=20_000)
    sitting.settle(qtbot)
    public = load(sitting.desk.home, document_id, sitting.who.head).public
    assert public is not None
    assert b"15400003021" not in public.path.read_bytes()


def test_every_button_is_enabled_exactly_when_nothing_speaks_against_it(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    document_id = sitting.take("夏季安排.txt", DUTY)
    begin(page, sitting, qtbot, document_id)
    for officer in (sitting.who.drafter, sitting.who.head, sitting.who.secrecy, sitting.who.leader):
        sitting.sit(officer)
        page.refresh(None)
        sitting.settle(qtbot)
        page.open_record(document_id)
        sitting.settle(qtbot)
        against = review.possible(document_id, officer)
        shown = page.panel.opinion.buttons
        assert shown
        for action, made in shown.items():
            assert made.isEnabled() == (not against[action]), action
            assert all(reason in made.toolTip() for reason in against[action])


@pytest.mark.parametrize("state", list(State))
def test_every_step_of_the_table_has_its_button(state: State) -> None:
    from models.disclosure.workflow import TABLE

    own = {Action.RELEASE, Action.DISCARD, Action.RESTORE}
    wanted = {m.action for m in TABLE if state in m.states} - own
    found = set(actions_from(state, check_step=True)) | set(actions_from(state, check_step=False))
    assert found == wanted
    assert set(FORWARD) >= found & {Action.SUBMIT, Action.CHECK, Action.CLEAR, Action.APPROVE}


def test_undo_takes_the_ruling_back(page: ReviewPage, sitting: Office, qtbot: QtBot) -> None:
    document_id = sitting.take("夏季安排.txt", DUTY)
    begin(page, sitting, qtbot, document_id)
    press(page, Key.Key_R)
    sitting.settle(qtbot)
    press(page, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    sitting.settle(qtbot)
    assert all(f.ruling is None for f in queries.findings_of(document_id))


def test_not_one_asks_once_for_the_same_text_in_the_batch(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    batch, _ = documents.open_batch("八月", sitting.who.drafter)
    one = sitting.take("一.txt", "办公电话 15400003021 谢谢\n", batch)
    two = sitting.take("二.txt", "再次公布 15400003021 欢迎\n", batch)
    begin(page, sitting, qtbot, one)
    press(page, Key.Key_X)
    answer(page, "这是公开的咨询电话", qtbot)
    sitting.settle(qtbot)
    assert queries.findings_of(one)[0].ruling is Ruling.NOT_ONE
    page.open_record(two)
    sitting.settle(qtbot)
    page.panel.list.setFocus()
    press(page, Key.Key_X)
    sitting.settle(qtbot)
    assert dialogs(page) == []
    found = queries.findings_of(two)[0]
    assert (found.ruling, found.ruling_reason) == (Ruling.NOT_ONE, "这是公开的咨询电话")


def test_a_whole_column_is_hidden_at_one_stroke_but_kept_one_by_one(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    number = sitting.take("list.txt", DUTY)
    begin(page, sitting, qtbot, number)
    rule = page.panel.current.rule  # type: ignore[union-attr]  # one is selected
    found = [f for f in queries.findings_of(number) if f.rule == rule]
    assert len(found) == 2
    assert "本文件 2 处" in page.panel.detail.all_alike.text()
    press(page, Key.Key_L)
    press(page, Key.Key_M)
    sitting.settle(qtbot)
    assert [f.ruling for f in queries.findings_of(number) if f.rule == rule] == [Ruling.MASK] * 2
    assert together(found, found[0], Ruling.KEEP, [found[0].id]) == (found[0].id,)


LIST = "序号,姓名,身份证号\n" + "".join(
    f"{n},{name},50011419900307001{n}\n" for n, name in enumerate(("覃小满", "万知秋"), 1)
)


def go_to(page: ReviewPage, number: int, text: str) -> None:
    found = next(f for f in queries.findings_of(number) if f.masked == text)
    page.panel.list.setFocus()
    while page.panel.current is not None and page.panel.current.id != found.id:
        press(page, Key.Key_J)


def test_a_column_that_only_asks_is_kept_at_one_stroke(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    number = sitting.take("名单.csv", LIST)
    begin(page, sitting, qtbot, number)
    go_to(page, number, "覃**")
    sitting.settle(qtbot)
    press(page, Key.Key_L)
    press(page, Key.Key_E)
    sitting.settle(qtbot)
    kept = [f.masked for f in queries.findings_of(number) if f.ruling is Ruling.KEEP]
    assert kept == ["姓名", "覃**", "万**"], "the head goes along"
    # What must be hidden is never kept by the column.
    found = queries.findings_of(number)
    one = next(f for f in found if f.rule == "id-number")
    assert together(found, one, Ruling.KEEP, [one.id]) == (one.id,)
    head = next(f for f in found if f.masked == "身份证号")
    assert together(found, head, Ruling.KEEP, ()) == (head.id,)


def test_the_finding_for_a_column_takes_the_whole_column_out(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    number = sitting.take("名单.csv", LIST)
    begin(page, sitting, qtbot, number)
    for head, key in (("姓名", Key.Key_E), ("身份证号", Key.Key_R)):
        go_to(page, number, head)
        sitting.settle(qtbot)
        assert page.panel.detail.all_alike.text() == "整列一起处理：3 处"
        press(page, key)
        sitting.settle(qtbot)
    assert all(f.ruling is not None for f in queries.findings_of(number))
    press(page, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    sitting.settle(qtbot)
    made = store.path_of(sitting.desk.home, queries.document(number).revision.sha256)
    assert made.read_bytes().decode("utf-8-sig") == "序号,姓名\n1,覃小满\n2,万知秋\n"


def test_all_alike_in_the_batch_says_how_many(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    batch, _ = documents.open_batch("八月", sitting.who.drafter)
    ids = [sitting.take(f"{n}.txt", f"第{n}份 电话 15400003021\n", batch) for n in range(3)]
    begin(page, sitting, qtbot, ids[0])
    assert "3 处" in page.panel.detail.all_alike.text()
    press(page, Key.Key_L)
    press(page, Key.Key_M)
    sitting.settle(qtbot)
    assert all(queries.findings_of(i)[0].ruling is Ruling.MASK for i in ids)


def test_a_mark_is_added_on_text_selected_with_the_keys(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    document_id = sitting.take("说明.txt", "垭口上的那一户\n没有别的\n")
    begin(page, sitting, qtbot, document_id)
    press(page, Key.Key_T)
    assert page.view.flow.hasFocus()
    press(page, Key.Key_Home)
    for _ in range(3):
        press(page, Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert [(s.start, s.end) for s in page.view.selection()] == [(0, 3)]
    press(page, Key.Key_A)
    sitting.settle(qtbot)
    found = queries.findings_of(document_id)
    assert [(f.manual, f.span, f.ruling) for f in found] == [(True, (0, 3), Ruling.REDACT)]


def test_bare_text_is_shown_only_on_demand(page: ReviewPage, sitting: Office, qtbot: QtBot) -> None:
    begin(page, sitting, qtbot, sitting.take("夏季安排.txt", DUTY))
    assert "15400003021" not in page.panel.detail.text.text()
    press(page, Key.Key_B)
    assert page.panel.detail.text.text() == "15400003021"
    press(page, Key.Key_B)
    assert "15400003021" not in page.panel.detail.text.text()


def test_a_mark_and_its_finding_select_each_other(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    document_id = sitting.take("夏季安排.txt", DUTY)
    begin(page, sitting, qtbot, document_id)
    last = queries.findings_of(document_id)[-1]
    page.view.flow.mark_clicked.emit(last.id)
    assert page.panel.current is not None
    assert page.panel.current.id == last.id
    press(page, Key.Key_K)
    assert page.panel.current.id != last.id


def test_a_hidden_row_is_opened_where_it_stands(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    cells = [
        row(1, text("A1", "姓名") + text("B1", "电话")),
        row(2, text("A2", "覃小满") + text("B2", "15400003021"), 'hidden="1"'),
        row(3, text("A3", "闻一舟") + text("B3", "15400004127")),
    ]
    document_id = sitting.take("名单.xlsx", workbook(Tab("名单", "".join(cells))))
    begin(page, sitting, qtbot, document_id)
    sheet = page.view.sheet
    assert sheet.isVisible()
    hidden = [f for f in queries.findings_of(document_id) if f.place.cell == "B2"]
    shown = [f for f in queries.findings_of(document_id) if f.place.cell == "B3"]
    page._select(shown[0].id)
    assert sheet.table.currentIndex().row() == 2
    page._select(hidden[0].id)
    assert not sheet.table.isRowHidden(1)
    assert sheet.table.currentIndex().row() == 1
    page.toggle_hidden()
    assert sheet.table.isRowHidden(1)


def test_another_document_drops_what_was_on_its_way(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    first = sitting.take("甲.txt", "甲文件的内容\n" * 400)
    second = sitting.take("乙.txt", "乙文件的内容\n")
    begin(page, sitting, qtbot)
    page.open_record(first)
    page.open_record(second)
    sitting.settle(qtbot)
    assert page.head.title.toolTip() == queries.document(second).title
    assert all(
        "乙" in segment.text for segment in page.view.text.segments if segment.place.paragraph
    )


def test_original_public_and_difference(page: ReviewPage, sitting: Office, qtbot: QtBot) -> None:
    from intake import pipeline
    from models.disclosure import findings

    document_id = sitting.take("夏季安排.txt", DUTY)
    drafter = sitting.who.drafter
    findings.rule_on([f.id for f in queries.findings_of(document_id)], Ruling.MASK, drafter)
    pipeline.clean_copy(sitting.desk.home, document_id, drafter, sitting.desk.examiner)
    begin(page, sitting, qtbot, document_id)
    assert page.view.side is Side.PUBLIC
    press(page, Key.Key_1)
    sitting.settle(qtbot)
    assert page.view.side is Side.ORIGINAL
    press(page, Key.Key_3)
    sitting.settle(qtbot)
    qtbot.waitUntil(page.view.difference.isVisible, timeout=20_000)
    assert "行不同" in page.head.says.text()


def test_the_original_shows_what_was_ruled_on_the_way_to_the_copy(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    from intake import pipeline
    from models.disclosure import findings

    document_id = sitting.take("夏季安排.txt", DUTY)
    drafter = sitting.who.drafter
    found = queries.findings_of(document_id)
    findings.rule_on([f.id for f in found], Ruling.MASK, drafter)
    pipeline.clean_copy(sitting.desk.home, document_id, drafter, sitting.desk.examiner)
    begin(page, sitting, qtbot, document_id)
    press(page, Key.Key_1)
    sitting.settle(qtbot)
    marks = page.view._marks[Side.ORIGINAL].shown()
    assert {m.finding for m in marks} == {f.id for f in found if f.place.paragraph}
    assert all(m.done for m in marks)
    page.view.flow.mark_clicked.emit(marks[0].finding)
    assert drafter.name in page.head.says.text()
    assert page.panel.current is None or page.panel.current.id != marks[0].finding


def test_a_reason_given_in_another_document_is_offered(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    from models.disclosure import findings

    one = sitting.take("一.txt", "办公电话 15400003021 谢谢\n")
    two = sitting.take("二.txt", "再次公布 15400003021 欢迎\n")
    why = "这是公开的咨询电话"
    number = queries.findings_of(one)[0].id
    findings.rule_on([number], Ruling.NOT_ONE, sitting.who.drafter, why)
    begin(page, sitting, qtbot, two)
    press(page, Key.Key_X)
    qtbot.waitUntil(lambda: bool(dialogs(page)))
    field = dialogs(page)[0].findChild(QPlainTextEdit)
    assert field is not None
    assert field.toPlainText() == why
    answer(page, field.toPlainText(), qtbot)
    sitting.settle(qtbot)
    found = queries.findings_of(two)[0]
    assert (found.ruling, found.ruling_reason) == (Ruling.NOT_ONE, why)


def test_what_the_copy_leaves_behind_is_ruled_on_by_the_one_who_makes_it(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    """A document with an author in its properties and nothing else: one stroke, and a record."""
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:creator>覃小满</dc:creator></cp:coreProperties>"
    )
    tab = Tab("通知", row(1, text("A1", "白石沟镇用水安排")))
    document_id = sitting.take("通知.xlsx", workbook(tab, parts={"docProps/core.xml": core}))
    fields = {"organ": "白石沟镇人民政府", "attribute": "主动公开"}
    documents.edit(document_id, fields, sitting.who.drafter)
    begin(page, sitting, qtbot, document_id)
    (found,) = queries.findings_of(document_id)
    assert found.ruling is None
    assert queries.document(document_id).next_step == "生成公开件"
    assert page.panel.opinion.clean.isVisible()
    assert "1 处随公开件去掉" in page.panel.opinion.why.text()
    press(page, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: queries.document(document_id).state is State.SUBMITTED, timeout=20_000)
    sitting.settle(qtbot)
    first = queries.revisions_of(document_id)[0]
    (ruled,) = queries.findings_of_revision(first.id)
    assert (ruled.ruling, ruled.ruled_by) == (Ruling.REDACT, sitting.who.drafter.name)
    assert ruled.ruling_reason == "制作公开件时一并去掉"
