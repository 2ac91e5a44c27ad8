"""The office's own rules in the window: filled in, tried, in force; by two posts only."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from gui.desk import Desk
from gui.dialogs.box import Box
from gui.dialogs.rule_fields import EXCEPTION, PATTERN, RuleFields, may_edit
from gui.dialogs.rule_form import RuleTrial
from gui.pages.settings_rules import RulesTab
from models import queries
from models.disclosure import office_rules
from models.kernel.home import Home
from tests import office
from tests.office import People

Settle = Callable[[], None]


@pytest.fixture
def tab(qtbot: QtBot, desk: Desk, who: People, settle: Settle) -> RulesTab:
    desk.sit_down(who.secrecy)
    made = RulesTab(desk)
    qtbot.addWidget(made)
    desk.changed.connect(made.refresh)
    made.refresh(None)
    settle()
    return made


def box_of(tab: RulesTab) -> Box:
    (box,) = [one for one in tab.findChildren(Box) if one.isVisible()]
    return box


def verb(box: Box, words: str) -> QPushButton:
    return next(one for one in box.findChildren(QPushButton) if one.text().startswith(words))


def fill(box: Box, **values: str) -> None:
    for field in (*box.findChildren(QLineEdit), *box.findChildren(QPlainTextEdit)):
        text = values.get(field.accessibleName())
        if text is not None:
            field.setText(text) if isinstance(field, QLineEdit) else field.setPlainText(text)


def test_words_are_tried_on_the_catalogue_saved_changed_and_taken_away(
    tab: RulesTab, desk: Desk, settle: Settle, home: Home, who: People
) -> None:
    office.register_text(home, who.drafter, "青石工程下周开工，青石工程验收。")
    tab.add.click()
    box = box_of(tab)
    save, trial = verb(box, "保存"), box.findChild(RuleTrial)
    assert isinstance(trial, RuleTrial)
    assert not trial.begin.isEnabled()
    fill(box, 名称="在建工程代号", 词语="青石工程", 理由="还没有公布", 为什么这样改="县里要求")
    assert trial.begin.isEnabled()
    assert not save.isEnabled(), "first the trial"
    assert "先试查" in save.toolTip()
    trial.begin.click()
    settle()
    assert "会在 1 份文件里查出 2 处" in trial.says.text()
    assert save.isEnabled()
    fill(box, 词语="青石工程\n白石工程")
    assert not save.isEnabled(), "what was tried is no longer what would be saved"
    trial.begin.click()
    settle()
    save.click()
    settle()
    (entry,) = office_rules.entries()
    assert entry.data["words"] == ["青石工程", "白石工程"]
    line = tab.table.rows()[0]
    assert (line.label, line.pack) == ("在建工程代号", "本单位")
    tab.table.selectRow(0)
    tab.edit.click()
    box = box_of(tab)
    trial = box.findChild(RuleTrial)
    assert isinstance(trial, RuleTrial)
    fill(box, 名称="工程名", 为什么这样改="名字写错了")
    trial.begin.click()
    settle()
    verb(box, "保存").click()
    settle()
    assert [e.data["label"] for e in office_rules.entries()] == ["工程名"]
    tab.table.selectRow(0)
    tab.remove.click()
    fill(box_of(tab), 理由="已经公布")
    verb(box_of(tab), "移走").click()
    settle()
    assert home.rule_files() == ()
    log = [r for r in queries.audit_rows(queries.audit_ids()) if r.action == "change-rules"]
    assert [row.reason for row in log] == ["已经公布", "名字写错了", "县里要求"]


def test_what_is_wrong_is_said_and_cannot_be_saved(
    tab: RulesTab, desk: Desk, settle: Settle, home: Home
) -> None:
    tab.add.click()
    box = box_of(tab)
    fields = box.findChild(RuleFields)
    assert isinstance(fields, RuleFields)
    fields.kind.setCurrentText(PATTERN)
    fill(
        box, 名称="代号", 句式="青石[甲乙]号", 应当查出="⟦青石丙号⟧", 不应当查出="青石村",
        理由="还没有公布", 为什么这样改="县里要求",
    )  # fmt: skip
    trial = box.findChild(RuleTrial)
    assert isinstance(trial, RuleTrial)
    trial.begin.click()
    settle()
    assert "查不出自己的例子" in trial.says.text()
    assert not verb(box, "保存").isEnabled()
    box.reject()
    assert home.rule_files() == ()


def test_an_exception_offers_no_firm_rule(tab: RulesTab, settle: Settle) -> None:
    tab.add.click()
    fields = box_of(tab).findChild(RuleFields)
    assert isinstance(fields, RuleFields)
    fields.kind.setCurrentText(EXCEPTION)
    offered = {fields.rule.itemData(i) for i in range(fields.rule.count())}
    assert "phone" in offered
    assert not offered & {"state-secret-mark", "comment", "hidden-row"}
    box_of(tab).reject()


@pytest.mark.parametrize("post", ["drafter", "head", "leader", "publisher"])
def test_other_posts_see_and_do_not_change(
    tab: RulesTab, desk: Desk, settle: Settle, who: People, post: str
) -> None:
    desk.sit_down(getattr(who, post))
    tab.refresh(None)
    settle()
    assert not any(b.isEnabled() for b in (tab.add, tab.edit, tab.take_in, tab.remove))
    assert "管理员或者保密审查员" in tab.add.toolTip()


def test_the_programs_own_rules_are_nobodys_to_change(tab: RulesTab, settle: Settle) -> None:
    tab.table.selectRow(0)
    assert not tab.edit.isEnabled()
    assert not tab.remove.isEnabled()
    assert "不能删改" in tab.remove.toolTip()


def test_a_file_that_is_broken_is_told_and_can_be_taken_away(
    tab: RulesTab, settle: Settle, home: Home
) -> None:
    (home.rules / "坏.toml").write_text("not toml", encoding="utf-8")
    tab.refresh(None)
    settle()
    assert "规则不能用" in tab.version.text()
    tab.table.selectRow(0)
    assert tab.remove.isEnabled()


def test_what_the_fields_do_not_know_stays_a_files() -> None:
    row = {"id": "x", "label": "x", "words": ["x"]}
    assert may_edit(office_rules.Entry("office.toml", "rule", 0, row))
    more = row | {"context": [{"scope": "line"}]}
    assert not may_edit(office_rules.Entry("office.toml", "rule", 0, more))
