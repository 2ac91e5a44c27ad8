"""Work away from the main thread: order, lateness, stopping, ending."""

import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.jobs import Cancelled, Jobs, Progress


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.drain(lambda: None)


def fail(error: BaseException) -> None:
    raise AssertionError from error


def test_writes_follow_each_other_as_they_were_asked_for(jobs: Jobs, qtbot: QtBot) -> None:
    done: list[int] = []
    for number in range(50):
        jobs.write(lambda number=number: done.append(number), None, fail)
    qtbot.waitUntil(lambda: jobs.idle)
    assert done == list(range(50))


def test_a_result_comes_back_on_the_main_thread(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[tuple[str, bool]] = []
    here = threading.get_ident()
    jobs.read(
        jobs,
        "one",
        lambda: threading.get_ident() != here,
        lambda away: seen.append((threading.current_thread().name, away)),
        fail,
    )
    qtbot.waitUntil(lambda: jobs.idle)
    assert seen == [("MainThread", True)]


def test_only_the_newest_read_of_a_key_is_delivered(jobs: Jobs, qtbot: QtBot) -> None:
    gate, seen = threading.Event(), []
    jobs.read(jobs, "list", lambda: gate.wait(5) and "old", seen.append, fail)
    jobs.read(jobs, "list", lambda: "new", seen.append, fail)
    gate.set()
    qtbot.waitUntil(lambda: jobs.idle)
    assert seen == ["new"]


def test_a_result_for_an_owner_that_is_gone_is_dropped(jobs: Jobs, qtbot: QtBot) -> None:
    owner, gate, seen = QObject(), threading.Event(), []
    jobs.read(owner, "x", lambda: gate.wait(5), seen.append, fail)
    owner.deleteLater()
    qtbot.wait(1)
    gate.set()
    qtbot.waitUntil(lambda: jobs.idle)
    assert seen == []


def test_a_raised_error_reaches_the_one_who_asked(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[BaseException] = []
    jobs.write(lambda: 1 // 0, None, seen.append)
    qtbot.waitUntil(lambda: jobs.idle)
    assert [type(error) for error in seen] == [ZeroDivisionError]


def test_a_long_job_says_how_far_it_is_and_can_be_stopped(jobs: Jobs, qtbot: QtBot) -> None:
    seen: list[BaseException] = []

    def work(progress: Progress) -> None:
        for number in range(10_000):
            progress(number, 10_000, "某文件")
            time.sleep(0.002)

    number = jobs.work("放入文件", work, None, seen.append)
    assert number is not None
    qtbot.waitUntil(lambda: bool(jobs.running()) and jobs.running()[0].done > 0)
    assert jobs.running()[0].title == "放入文件"
    jobs.cancel(number)
    qtbot.waitUntil(lambda: jobs.idle)
    assert [type(error) for error in seen] == [Cancelled]
    assert jobs.running() == ()


def test_draining_stops_what_runs_finishes_writes_and_refuses_more(
    jobs: Jobs, qtbot: QtBot
) -> None:
    closed, written, late = threading.Event(), [], []

    def waits_for_a_child(_progress: Progress) -> None:
        assert closed.wait(10)

    jobs.work("检查", waits_for_a_child, late.append, late.append)
    jobs.write(lambda: written.append(1), None, fail)
    jobs.drain(closed.set)
    assert written == [1]
    assert jobs.idle
    assert jobs.write(lambda: written.append(2), None, fail) is False
    assert jobs.work("更多", waits_for_a_child, None, fail) is None
    qtbot.wait(20)
    assert late == []
    assert written == [1]
