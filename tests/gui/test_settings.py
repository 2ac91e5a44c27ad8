"""日志与设置: the log and its check, officers, office, folders, rules, health."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from gui.desk import Desk
from gui.dialogs.box import Box
from gui.pages.settings import TABS, SettingsPage
from gui.pages.settings_about import AboutTab
from gui.pages.settings_folders import FoldersTab
from gui.pages.settings_log import LogTab
from gui.pages.settings_office import OfficeTab
from gui.pages.settings_people import PeopleTab
from gui.pages.settings_rules import RulesTab
from gui.pages.settings_tab import Tab
from intake import doctor
from models.kernel import people, policy
from models.kernel.errors import Refused
from models.kernel.home import Home
from tests import office
from tests.office import People

Settle = Callable[[], None]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, who: People) -> SettingsPage:
    desk.sit_down(who.admin)
    made = SettingsPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.refresh(None)
    return made


def front(page: SettingsPage, kind: type[Tab], settle: Settle) -> Tab:
    page.open_record(kind.title)
    settle()
    return page.tab(kind)


@pytest.mark.parametrize("kind", TABS)
def test_every_tab_opens(page: SettingsPage, settle: Settle, kind: type[Tab]) -> None:
    assert front(page, kind, settle).accessibleName() == kind.title


def test_the_log_lists_acts_in_words_and_verifies(
    page: SettingsPage, settle: Settle, who: People, home: Home
) -> None:
    office.register_text(home, who.drafter, "关于清理沟渠的通知")
    tab = front(page, LogTab, settle)
    assert isinstance(tab, LogTab)
    tab.refresh(None)
    settle()
    tab.model.row_at(0)
    settle()
    heads = [column.key for column in tab.model.columns]
    cells = {key: tab.model.index(0, heads.index(key)).data() for key in heads}
    assert cells["action"] == "收下文件"
    assert cells["officer"] == who.drafter.name
    tab.verify.click()
    settle()
    assert "核验无误" in tab.verdict.text()


def test_an_officer_is_added_and_leaves(page: SettingsPage, settle: Settle, who: People) -> None:
    tab = front(page, PeopleTab, settle)
    assert isinstance(tab, PeopleTab)
    assert len(tab.table.rows()) == 6
    tab.add.click()
    box = page.findChildren(Box)[-1]
    for line, text in zip(
        box.findChildren(QLineEdit), ("石小兰", "mima-2026-xin", "mima-2026-xin"), strict=True
    ):
        line.setText(text)
    next(b for b in box.findChildren(QAbstractButton) if b.text() == "加入").click()
    settle()
    assert people.by_name("石小兰") is not None
    assert len(tab.table.rows()) == 7
    tab.table.selectRow(6)
    tab.leave.click()
    box = page.findChildren(Box)[-1]
    buttons = {b.text(): b for b in box.findChildren(QPushButton)}
    assert not buttons["停用"].isDefault(), "the dangerous verb is never the default"
    buttons["停用"].click()
    settle()
    gone = people.by_name("石小兰")
    assert gone is not None
    assert not gone.active


def test_a_refusal_reaches_the_frame(
    page: SettingsPage, desk: Desk, qtbot: QtBot, settle: Settle, who: People
) -> None:
    desk.sit_down(who.drafter)
    tab = front(page, OfficeTab, settle)
    assert isinstance(tab, OfficeTab)
    tab.lines["region"].setText("某市另一县")
    with qtbot.waitSignal(desk.failed) as failed:
        tab.save.click()
    assert isinstance(failed.args[0], Refused)
    assert "管理员" in failed.args[0].reasons[0]


def test_the_office_is_changed_and_the_form_says_so(page: SettingsPage, settle: Settle) -> None:
    tab = front(page, OfficeTab, settle)
    assert isinstance(tab, OfficeTab)
    assert not tab.save.isEnabled()
    tab.check_step.setChecked(False)
    assert tab.save.isEnabled()
    tab.save.click()
    settle()
    changed = policy.office()
    assert changed is not None
    assert changed.check_step is False
    assert not tab.save.isEnabled()


def test_folders_and_rules_are_listed(page: SettingsPage, settle: Settle, home: Home) -> None:
    folders = front(page, FoldersTab, settle)
    assert isinstance(folders, FoldersTab)
    assert folders.table.rows()[0].path == home.inbox
    folders.table.selectRow(0)
    assert not folders.remove.isEnabled(), "the home's own inbox stays"
    rules = front(page, RulesTab, settle)
    assert isinstance(rules, RulesTab)
    assert len(rules.table.rows()) > 10
    assert "版本" in rules.version.text()


def test_the_health_check_is_the_doctor_of_the_command_line(
    page: SettingsPage, settle: Settle, home: Home
) -> None:
    tab = front(page, AboutTab, settle)
    assert isinstance(tab, AboutTab)
    tab.look.click()
    settle()
    said = {line.what: line for line in tab.table.rows()}
    assert {"磁盘空间", "目录库", "日志链", "原件库", "发布包"} <= set(said)
    assert "核验无误" in said["日志链"].says
    kept = [*doctor.machine(home), *doctor.data(home)]
    assert [line.what for line in tab.table.rows()] == [line.what for line in kept]
