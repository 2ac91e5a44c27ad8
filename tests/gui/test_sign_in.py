"""Signing in, the first start, and what is said of errors."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from formats.reading import TroubleCode, Unreadable
from gui import errors
from gui.dialogs.box import Box
from gui.dialogs.first_start import FOLDERS, OFFICE, PEOPLE, FirstStart
from gui.dialogs.sign_in import SignIn
from gui.dialogs.taken import tell_secret
from gui.jobs import Cancelled
from models.kernel import base, people, policy
from models.kernel.errors import Refused, Unavailable
from models.kernel.home import Home
from tests.office import PASSWORD, People


def press(parent: object, words: str) -> None:
    found = [b for b in parent.findChildren(QAbstractButton) if words in b.text()]  # type: ignore[attr-defined]
    found[0].click()


def test_a_wrong_password_is_answered_with_a_sentence(
    app: QApplication, qtbot: QtBot, who: People
) -> None:
    dialog = SignIn("白石沟镇人民政府", [who.drafter.name, who.leader.name])
    qtbot.addWidget(dialog)
    dialog.password.setText("bu-dui-de-mima")
    press(dialog, "登录")
    assert "姓名或密码不对" in dialog.says.text()
    assert dialog.person is None
    assert dialog.password.text() == ""
    dialog.password.setText(PASSWORD)
    press(dialog, "登录")
    assert dialog.person == who.drafter


def test_the_named_officer_is_chosen_but_still_asked(
    app: QApplication, qtbot: QtBot, who: People
) -> None:
    names = [who.drafter.name, who.leader.name]
    dialog = SignIn("白石沟镇人民政府", names, chosen=who.leader.name)
    qtbot.addWidget(dialog)
    assert dialog.name.currentText() == who.leader.name
    assert dialog.password.text() == ""


def test_the_first_start_asks_three_things_and_makes_the_office(
    app: QApplication, qtbot: QtBot, home: Home
) -> None:
    dialog = FirstStart(home)
    qtbot.addWidget(dialog)
    press(dialog, "设置本单位")
    assert dialog.pages.currentIndex() == OFFICE
    press(dialog, "下一步")
    assert dialog.pages.currentIndex() == OFFICE, "without a name it goes no further"
    dialog.office._name.setText("白石沟镇人民政府")
    press(dialog, "下一步")
    assert dialog.pages.currentIndex() == PEOPLE
    for number, name in enumerate(("覃小满", "骆青山", "万知秋", "岑怀远", "闻一舟")):
        dialog.people.fill(number, name, f"mima-{number}-2026")
    press(dialog, "下一步")
    assert dialog.pages.currentIndex() == FOLDERS
    press(dialog, "完成设置")
    try:
        assert dialog.result() == FirstStart.DialogCode.Accepted
        office = policy.office()
        assert office is not None
        assert office.name == "白石沟镇人民政府"
        assert [p.name for p in people.everyone()] == [
            "覃小满", "骆青山", "万知秋", "岑怀远", "闻一舟",
        ]  # fmt: skip
    finally:
        base.close_catalogue()


def test_what_is_missing_at_the_first_start_is_said_in_full(
    app: QApplication, qtbot: QtBot, home: Home
) -> None:
    dialog = FirstStart(home)
    qtbot.addWidget(dialog)
    press(dialog, "设置本单位")
    dialog.office._name.setText("白石沟镇人民政府")
    press(dialog, "下一步")
    dialog.people.fill(0, "覃小满", "duan")
    press(dialog, "下一步")
    press(dialog, "完成设置")
    try:
        assert dialog.result() != FirstStart.DialogCode.Accepted
        assert "保密审查员" in dialog._says.text()
        assert "8 个字符" in dialog._says.text()
    finally:
        base.close_catalogue()


@pytest.mark.parametrize(
    ("error", "lead"),
    [
        (Refused("还有 3 处没有处理。"), "这一步现在不能做："),
        (Unavailable("没有保存", "磁盘已满。"), "没有保存"),
        (
            Unreadable(TroubleCode.ENCRYPTED, "文件有密码，请解密后再放入。"),
            "文件有密码，请解密后再放入。",
        ),
        (ZeroDivisionError("500199199001011234"), "程序出了差错，这一步没有做成。"),
    ],
)
def test_an_error_is_said_in_words(error: Exception, lead: str) -> None:
    said = errors.say(error)
    assert said is not None
    assert said.lead == lead
    assert said.bug == isinstance(error, ZeroDivisionError)


def test_what_the_officer_stopped_is_not_an_error() -> None:
    assert errors.say(Cancelled()) is None


def test_our_own_fault_is_told_with_where_its_file_lies(
    app: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    number = "500199199001011234"
    parent = QWidget()
    qtbot.addWidget(parent)
    try:
        int(number + "x")
    except ValueError as error:
        errors.show(error, parent, tmp_path / "logs")
    (file,) = (tmp_path / "logs").iterdir()
    text = file.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "test_sign_in.py" in text
    assert number not in text
    (told,) = parent.findChildren(Box)
    assert file.name in "".join(label.text() for label in told.findChildren(QLabel))
    told.accept()


def test_a_state_secret_is_told_without_a_name(app: QApplication, qtbot: QtBot) -> None:
    box = tell_secret(None, 1)
    qtbot.addWidget(box)
    words = "".join(label.text() for label in box.findChildren(QLabel))
    assert "保密员" in words
    assert "24 小时" in words
    assert ".docx" not in words
    assert box.isModal()


def test_walking_through_the_names_keeps_the_focus_there(
    app: QApplication, qtbot: QtBot, who: People
) -> None:
    dialog = SignIn("白石沟镇人民政府", [who.drafter.name, who.head.name, who.leader.name])
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.name.setFocus()
    qtbot.keyClick(dialog.name, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.name, Qt.Key.Key_Down)
    assert dialog.name.currentText() == who.leader.name
    assert dialog.focusWidget() is dialog.name
