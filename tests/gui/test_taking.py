"""Files come in through the real pipeline, with real children."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from gui.desk import Desk
from gui.dialogs.box import Box
from gui.taking import Taking
from models import queries
from models.kernel.home import Home

Settle = Callable[[], None]


@pytest.fixture
def taking(qtbot: QtBot, desk: Desk) -> Iterator[Taking]:
    window = QWidget()
    qtbot.addWidget(window)
    made = Taking(desk, window)
    yield made
    made.stop_watching()


def words(box: Box) -> str:
    cells = [
        item.text()
        for table in box.findChildren(QTableWidget)
        for row in range(table.rowCount())
        for column in range(table.columnCount())
        if (item := table.item(row, column)) is not None
    ]
    return "\n".join([label.text() for label in box.findChildren(QLabel)] + cells)


def test_each_file_is_answered_for(
    taking: Taking, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    folder = tmp_path / "来文"
    folder.mkdir()
    (folder / "通知.txt").write_text("关于清理沟渠的通知", encoding="utf-8")
    (folder / "通知副本.txt").write_text("关于清理沟渠的通知", encoding="utf-8")
    (folder / "坏的.docx").write_bytes(b"PK\x03\x04 not a package")
    taking.take([folder])
    settle()
    boxes = taking.parent().findChildren(Box)
    assert len(boxes) == 1
    assert "已有相同文件 1 个" in words(boxes[0])
    assert queries.counts().documents == 2, "a damaged file is a state that needs a person"
    assert (folder / "通知.txt").exists(), "the officer's file stays where it is"


def test_a_state_secret_leaves_no_name_on_the_screen(
    taking: Taking, desk: Desk, settle: Settle, tmp_path: Path, home: Home
) -> None:
    file = tmp_path / "甲乙丙丁.txt"
    file.write_text("机密★10年\n\n关于某事的通知", encoding="utf-8")
    taking.take([file])
    settle()
    boxes = taking.parent().findChildren(Box)
    assert len(boxes) == 1
    assert "国家秘密标志" in words(boxes[0])
    assert "甲乙丙丁" not in words(boxes[0])
    assert queries.counts().documents == 0
    assert list(home.originals.rglob("*.*")) == []


def test_what_arrives_in_a_watch_folder_is_taken_in(
    taking: Taking, desk: Desk, qtbot: QtBot, home: Home
) -> None:
    (home.inbox / "通知.txt").write_text("关于修补道路的通知", encoding="utf-8")
    said: list[str] = []
    taking.watch_said.connect(said.append)
    taking.watch([home.inbox])
    qtbot.waitUntil(lambda: queries.counts().documents == 1, timeout=20_000)
    qtbot.waitUntil(lambda: desk.jobs.idle, timeout=20_000)
    assert any("已查看" in text for text in said)


def test_a_rule_file_added_while_the_window_is_open_is_in_force(
    desk: Desk, home: Home, tmp_path: Path
) -> None:
    path = tmp_path / "通知.txt"
    path.write_text("石板田工程的通知", encoding="utf-8")
    before = desk.examiner.examine(path)
    home.rules.mkdir(exist_ok=True)
    (home.rules / "本镇用词.txt").write_text("石板田工程\n", encoding="utf-8")
    after = desk.examiner.examine(path)
    assert [f.rule for f in before.findings] == []
    assert [f.rule for f in after.findings] == ["words-本镇用词"]
    assert before.rulebook != after.rulebook
