"""The frame: pages, keys, counts, dropping, closing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.actions import button
from gui.desk import Desk
from gui.dialogs.box import Box, ask_reason, confirm
from gui.jobs import Progress
from gui.main_window import MainWindow
from gui.pages import ENTRIES
from gui.widgets.rail import WARNING
from models.kernel.home import Home
from tests import office
from tests.office import People

Settle = Callable[[], None]


def test_the_frame_fits_the_smallest_office_screen(window: MainWindow, qtbot: QtBot) -> None:
    for entry in ENTRIES:
        window.go(entry.key)
        hint = window.minimumSizeHint()
        assert hint.width() <= 1366, entry.key
        assert hint.height() <= 728, entry.key


def test_the_foot_of_the_rail_says_what_must_never_come_in(window: MainWindow) -> None:
    assert WARNING == "本软件运行于非涉密计算机，禁止导入涉密文件"
    assert window.findChild(QWidget, "rail") is window.rail
    window.rail.fold(folded=True)
    assert window.rail.width() == 56
    window.rail.fold(folded=False)
    assert window.rail.width() == 184


@pytest.mark.parametrize("number", range(len(ENTRIES)))
def test_control_and_a_number_open_each_page(
    window: MainWindow, qtbot: QtBot, settle: Settle, number: int
) -> None:
    qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + number), Qt.KeyboardModifier.ControlModifier)
    settle()
    assert window.title.text() == ENTRIES[number].title
    assert window.rail.button(ENTRIES[number].key).isChecked()


def test_control_k_goes_to_the_search_and_enter_finds(
    window: MainWindow, qtbot: QtBot, settle: Settle, who: People, home: Home
) -> None:
    office.register_text(home, who.drafter, "关于清理沟渠的通知")
    office.register_text(home, who.drafter, "关于修补道路的通知")
    window.go("settings")
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is window.search or window.focusWidget() is window.search
    window.search.setText("沟渠")  # QTest types Latin letters only
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    settle()
    page = window.page("catalogue")
    assert window.title.text() == "目录"
    assert len(page.model.ids()) == 1  # type: ignore[attr-defined]  # the catalogue page


def test_enter_in_the_empty_search_box_stays_here(
    window: MainWindow, qtbot: QtBot, settle: Settle
) -> None:
    window.go("settings")
    settle()
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    settle()
    assert window.title.text() == "日志与设置"


def test_escape_leaves_the_search_box_for_the_page(
    window: MainWindow, qtbot: QtBot, settle: Settle, who: People, home: Home
) -> None:
    office.register_text(home, who.drafter, "关于清理沟渠的通知")
    page = window.go("catalogue")
    page.refresh(None)
    settle()
    window.search.enter()
    window.search.setText("沟")
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert window.search.text() == ""
    assert window.focusWidget() is page.start()


def test_a_key_asks_for_another_officer(window: MainWindow, qtbot: QtBot) -> None:
    control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(window.switch_asked):
        qtbot.keyClick(window, Qt.Key.Key_L, control_shift)


def has_its_room(window: MainWindow, page: QWidget) -> bool:
    """It is as large as it must be, and what of it is not seen can be scrolled to."""
    least, seen = page.minimumSizeHint(), page.visibleRegion().boundingRect()
    across, along = window.room.horizontalScrollBar(), window.room.verticalScrollBar()
    return (
        page.width() >= least.width()
        and page.height() >= least.height()
        and (seen.width() >= page.width() or across.isVisible())
        and (seen.height() >= page.height() or along.isVisible())
    )


def test_a_page_that_lacks_room_is_scrolled(
    window: MainWindow, settle: Settle, qtbot: QtBot
) -> None:
    # 1366x768 at 200 %, less the system's bars.
    window.resize(683, 340)
    for entry in ENTRIES:
        page = window.go(entry.key)
        settle()
        qtbot.waitUntil(lambda page=page: has_its_room(window, page))
        assert window.width() == 683, entry.key


def test_every_control_has_a_name_for_screen_readers(window: MainWindow, settle: Settle) -> None:
    nameless = []
    for key in ("catalogue", "settings"):
        window.go(key)
        settle()
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QTableView)
    for widget in window.findChildren(QWidget):
        inner = widget.objectName().startswith("qt_") or isinstance(
            widget.parent(), QComboBox | QTableView | QLineEdit
        )
        ours = window.page("catalogue").isAncestorOf(widget) or window.page(
            "settings"
        ).isAncestorOf(widget)
        if ours and isinstance(widget, kinds) and not inner and not _name(widget):
            nameless.append((type(widget).__name__, widget.objectName()))
    assert nameless == []


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


def test_the_tab_key_alone_reaches_every_part_of_the_catalogue(
    window: MainWindow, qtbot: QtBot, settle: Settle, who: People, home: Home
) -> None:
    one = office.register_text(home, who.drafter, "关于清理沟渠的通知")
    window.page("catalogue").refresh(None)
    settle()
    window.page("catalogue").open_record(one)
    settle()
    seen = set()
    for _ in range(80):
        qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
        front = window.focusWidget()
        if front is not None:
            seen.add(_name(front).split("，")[0])
    wanted = {
        "目录", "展开侧栏", "在目录中查找", "放入文件", "去审查", "按文字筛选", "状态", "文件目录",
        "信息名称", "公开方式", "视图", "回收站", "当前人员：覃小满",
    }  # fmt: skip
    assert wanted - seen == set()


def test_every_page_opens_on_a_full_catalogue(
    window: MainWindow, settle: Settle, who: People, home: Home
) -> None:
    office.approved_text(home, who, "关于清理沟渠的通知")
    office.register_text(home, who.drafter, "低保名单 500199199001011234", [office.make_finding()])
    for entry in ENTRIES:
        page = window.go(entry.key)
        settle()
        page.refresh(None)
        settle()
        assert not page.grab().isNull()
        assert page.close_down() is None


def test_the_rail_counts_again_after_an_act(
    window: MainWindow, desk: Desk, settle: Settle, who: People, home: Home
) -> None:
    assert window.rail.button("catalogue").count() == 0
    office.register_text(home, who.drafter, "一份通知")
    desk.changed.emit(_touched())
    settle()
    assert window.rail.button("catalogue").count() == 1
    assert window.rail.button("review").count() == 1


def _touched() -> object:
    from models.kernel.changes import Changes

    return Changes(documents=frozenset({1}))


def test_files_dropped_anywhere_are_offered(
    window: MainWindow, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "通知.txt"
    file.write_text("通知", encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)), QUrl("https://example.invalid/x")])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(desk.offered) as offered:
        window.dropEvent(event)
    assert offered.args == [[file], None]


def test_closing_with_a_job_running_asks_first(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    def slow(progress: Progress) -> None:
        while True:
            progress(1, 10)
            progress.tell(1, 10)

    desk.work("放入文件", slow)
    qtbot.waitUntil(lambda: bool(desk.jobs.running()))
    assert window.status.stop.isVisibleTo(window)
    assert window.close() is False
    box = window.findChild(Box)
    assert box is not None
    verbs = [button.text() for button in box.findChildren(QAbstractButton)]
    assert verbs == ["继续工作", "停止并关闭"]
    box.reject()
    assert desk.jobs.running()


def test_quitting_with_a_job_running_ends_it(desk: Desk, qtbot: QtBot) -> None:
    ended = []

    def slow(progress: Progress) -> None:
        try:
            while True:
                progress(1, 10)
        finally:
            ended.append(True)

    desk.work("放入文件", slow)
    qtbot.waitUntil(lambda: bool(desk.jobs.running()) and desk.jobs.running()[0].done == 1)
    desk.close()
    assert ended == [True]


def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot) -> None:
    pressed: list[bool] = []
    made = button("做", lambda: pressed.append(True))
    qtbot.addWidget(made)
    made.show()
    qtbot.keyClick(made, Qt.Key.Key_Return)
    assert pressed == [True]
    qtbot.keyClick(made, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [True], "Ctrl+Enter belongs to the page"


def test_control_enter_presses_the_verb_from_the_reason(qtbot: QtBot) -> None:
    said: list[str] = []
    box = ask_reason(None, "为什么？", "不是", said.append, offered="上次的理由")
    qtbot.addWidget(box)
    field = box.findChild(QPlainTextEdit)
    assert field is not None
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert said == ["上次的理由"]


def test_enter_never_presses_the_dangerous_verb_of_a_dialog(
    window: MainWindow, qtbot: QtBot
) -> None:
    done: list[bool] = []
    box = confirm(window, "放弃修改？", "放弃", lambda: done.append(True), danger=True)
    qtbot.waitUntil(lambda: box.focusWidget() is not None)
    focus = box.focusWidget()
    assert isinstance(focus, QAbstractButton)
    assert focus.text() == "先不做"
    QTest.keyClick(focus, Qt.Key.Key_Return)
    assert done == []
    assert not box.isVisible()
