"""Rules that change under the open window: the red line, the background look, what is public."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.desk import Desk
from gui.dialogs.taken import tell_marked
from gui.jobs import Progress
from gui.main_window import MainWindow
from gui.rule_watch import TITLE, RuleWatch
from models import queries
from models.disclosure import releases
from models.kernel.home import Home
from tests import office
from tests.gui.conftest import PATIENCE_MS
from tests.office import DEAF_RULE, OWN_RULE, People

Settle = Callable[[], None]


@pytest.fixture
def watch(window: MainWindow, desk: Desk) -> Iterator[RuleWatch]:
    made = RuleWatch(desk, window)
    made.complained.connect(window.notices.show_complaint)
    yield made
    made.end()


def write(home: Home, text: str) -> None:
    (home.rules / "own.toml").write_text(text, encoding="utf-8")


def test_a_red_line_stays_until_the_rules_are_mended(
    window: MainWindow, watch: RuleWatch, settle: Settle, home: Home
) -> None:
    watch.begin()
    settle()
    assert not window.notices.alarm.isVisible()
    write(home, DEAF_RULE)
    watch.look()
    settle()
    assert window.notices.alarm.isVisible()
    assert "在建工程代号" in window.notices.alarm.text.text()
    assert "own" in window.notices.alarm.text.text(), "the file to be mended"
    window.go("settings")
    settle()
    assert window.notices.alarm.isVisible(), "over every page"
    write(home, "not toml")
    watch.look()
    settle()
    assert window.notices.alarm.isVisible()
    write(home, OWN_RULE)
    watch.look()
    settle()
    assert not window.notices.alarm.isVisible()


def test_what_other_rules_examined_is_examined_again_and_public_ones_are_shown(
    window: MainWindow, watch: RuleWatch, settle: Settle, who: People, home: Home
) -> None:
    public = office.approved_text(home, who, "青石工程的公示")
    releases.release(home, [public], lambda c: office.build_plain(home, c), who.publisher, "包")
    draft = office.register_text(home, who.drafter, "青石工程的通知")
    write(home, OWN_RULE)
    window.count_again()
    settle()
    assert "2 件规则更新后待重查" in window.rail.button("catalogue").accessibleName()
    watch.begin()
    settle()
    assert queries.outdated_ids() == []
    assert queries.document(public).state.value == "released"
    assert {f.rule for f in queries.findings_of(draft)} >= {"own-project"}
    settle()
    assert window.notices.later.isVisible()
    assert "1 份已公开的文件" in window.notices.later.text.text()


def test_a_mark_found_by_new_rules_is_told_with_what_to_do(
    window: MainWindow, watch: RuleWatch, settle: Settle, who: People, home: Home
) -> None:
    number = office.register_text(
        home, who.drafter, "机密★10年\n\n关于某事的通知\n", rulebook="older rules"
    )
    told: list[tuple[int, ...]] = []
    watch.marked.connect(told.append)
    watch.begin()
    settle()
    assert told == [(number,)]
    box = tell_marked(window, told[0])
    said = "".join(label.text() for label in box.findChildren(QLabel))
    assert f"{number} 号" in said
    assert "报告本单位保密员" in said
    box.reject()


def test_it_waits_while_the_officer_works_and_can_be_stopped(
    qtbot: QtBot, watch: RuleWatch, desk: Desk, settle: Settle, who: People, home: Home
) -> None:
    ids = [office.register_text(home, who.drafter, f"青石工程{n}") for n in range(3)]
    write(home, OWN_RULE)
    ended: list[bool] = []

    def mine(progress: Progress) -> None:
        while not progress.stopped():
            pass

    own = desk.work("放入文件", mine, failed=lambda _error: ended.append(True))
    assert own is not None
    watch.begin()
    qtbot.waitUntil(lambda: len(desk.jobs.running()) == 2, timeout=PATIENCE_MS)
    assert [job.title for job in desk.jobs.running()] == ["放入文件", TITLE]
    qtbot.wait(500)
    assert queries.outdated_ids() == ids, "it has not begun"
    desk.jobs.cancel(desk.jobs.running()[1].number)
    desk.jobs.cancel(own)
    settle()
    assert queries.outdated_ids() == ids
    again = RuleWatch(desk)
    again.begin()
    settle()
    again.end()
    assert queries.outdated_ids() == [], "the next start does the rest"
