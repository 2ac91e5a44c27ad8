"""Decisions that live on, at the review desk and at the door: precedents, admissions, warnings."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from detection.report import Piece
from gui.pages.review import ReviewPage
from gui.taking import Taking
from models import queries
from models.disclosure import documents, findings, review
from models.disclosure.case import Action, Origin, State
from models.disclosure.rulings import Ruling
from tests import office
from tests.gui.review_office import Office, page, sitting

__all__ = ["page", "sitting"]

NUMBER = "500199199001011234"
WHY = "这是项目编号，立项文件上有"


def show(page: ReviewPage, sitting: Office, qtbot: QtBot, document: int) -> None:
    page.show()
    page.refresh(None)
    page.open_record(document)
    sitting.settle(qtbot)


def dialog(page: QWidget) -> QDialog:
    (found,) = [d for d in page.findChildren(QDialog) if d.isVisible()]
    return found


def verb(box: QDialog, words: str) -> QPushButton:
    return next(one for one in box.findChildren(QPushButton) if one.text().startswith(words))


def test_last_years_decision_is_shown_and_adopted_by_one_key(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    before = sitting.take("去年.txt", f"关于项目编号的公示\n项目编号{NUMBER}。\n")
    (old,) = [f for f in queries.findings_of(before) if f.rule == "id-number"]
    findings.rule_on([old.id], Ruling.NOT_ONE, sitting.who.drafter, WHY)
    number = sitting.take("今年.txt", f"关于二期的公示\n项目编号{NUMBER}，二期。\n")
    show(page, sitting, qtbot, number)
    (new,) = [f for f in queries.findings_of(number) if f.rule == "id-number"]
    page._select(new.id)
    sitting.settle(qtbot)
    said = page.panel.detail.before.text()
    for words in ("今年", "关于项目编号的公示", sitting.who.drafter.name, "不是", WHY, "Y"):
        assert words in said
    assert queries.findings_of(number)[0].ruling is None
    QTest.keyClick(page.panel.list, Qt.Key.Key_Y)
    sitting.settle(qtbot)
    (new,) = [f for f in queries.findings_of(number) if f.rule == "id-number"]
    assert new.ruling is Ruling.NOT_ONE
    assert new.ruling_reason.startswith("沿用《关于项目编号的公示》")


def test_a_finding_says_rule_reason_article_certainty_and_what_to_do(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    number = sitting.take("名单.txt", f"公示\n覃小满身份证号{NUMBER}。\n")
    show(page, sitting, qtbot, number)
    (found,) = [f for f in queries.findings_of(number) if f.rule == "id-number"]
    page._select(found.id)
    detail = page.panel.detail
    assert "身份证" in detail.reason.text()
    assert detail.basis.text().startswith("依据：")
    assert "%" in detail.sure.text()
    assert "校验码不符" in detail.sure.text()
    assert detail.advice.text().endswith("。")
    assert all(label.isVisible() for label in (detail.reason, detail.basis, detail.advice))


def test_a_reviewer_lets_a_mark_in_and_a_clerk_is_not_even_asked(
    page: ReviewPage, sitting: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "培训.txt"
    path.write_text("保密培训材料\n\n机密★10年\n\n上面是样子。\n", encoding="utf-8")
    taking = Taking(sitting.desk, page)
    page.show()
    taking.take([path])
    sitting.settle(qtbot)
    told = dialog(page)
    assert not [b for b in told.findChildren(QPushButton) if "放行" in b.text()]
    told.accept()
    sitting.sit(sitting.who.secrecy)
    taking.take([path])
    sitting.settle(qtbot)
    verb(dialog(page), "确属误报").click()
    qtbot.waitUntil(lambda: bool(dialog(page).findChild(QPlainTextEdit)))
    box = dialog(page)
    assert not verb(box, "放行").isEnabled(), "a reason is compulsory"
    box.findChild(QPlainTextEdit).setPlainText("培训材料")
    verb(box, "放行").click()
    sitting.settle(qtbot)
    (number,) = queries.document_ids()
    (row,) = queries.admissions_of(number)
    assert (row.officer, row.reason) == (sitting.who.secrecy.name, "培训材料")
    show(page, sitting, qtbot, number)
    page.hand_in()
    qtbot.waitUntil(lambda: bool([d for d in page.findChildren(QDialog) if d.isVisible()]))
    box = dialog(page)
    assert "公开件" in box.accessibleName(), "the copy has other bytes and asks anew"
    box.findChild(QPlainTextEdit).setPlainText("公开件里也只是样子")
    verb(box, "放行").click()
    sitting.settle(qtbot)
    assert queries.document(number).revision.origin is Origin.CLEAN
    assert queries.document(number).state is State.RECEIVED
    said = review.possible(number, sitting.who.secrecy)[Action.SUBMIT]
    assert any("放行过" in reason for reason in said)


def test_several_lists_together_are_told_before_handing_in(
    page: ReviewPage, sitting: Office, qtbot: QtBot
) -> None:
    who, home = sitting.who, sitting.desk.home

    def listed(text: str, kind: str) -> int:
        number = office.register_text(home, who.drafter, text)
        content = f"{text}。".encode()
        documents.add_revision(
            number, office.keep(home, content),
            office.make_report(content, pieces=(Piece("覃小满", "", (kind,)),)),
            name="名单.txt", origin=Origin.CLEAN, officer=who.drafter,
        )  # fmt: skip
        return number

    office.approve(listed("残疾人补贴名单", "健康或残疾情况"), who)
    number = listed("危房改造名单", "金额")
    show(page, sitting, qtbot, number)
    page.hand_in()
    sitting.settle(qtbot)
    box = dialog(page)
    assert "可能认出人" in box.accessibleName()
    assert queries.document(number).state is State.RECEIVED
    verb(box, "已经看过").click()
    sitting.settle(qtbot)
    assert queries.document(number).state is State.SUBMITTED
