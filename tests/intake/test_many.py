"""A batch goes on whatever one file does; order, progress, cancel."""

import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from intake import many
from intake.child import Child
from intake.entry import Looked, look
from intake.examine import Examiner
from intake.frames import Frame
from intake.pipeline import Outcome, files_in, take_many
from models.kernel import audit, base
from models.kernel.home import Home
from tests.intake.files import slow_file, text_file
from tests.office import People


def test_twenty_with_every_kind_of_trouble_among_them(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    folder = tmp_path / "来件"
    folder.mkdir()
    for number in range(16):
        text_file(folder, f"{number:02}.txt", f"第 {number} 号公示\n")
    text_file(folder, "03a.txt", "第 3 号公示\n")
    text_file(folder, "05秘密.txt", "秘密★5年\n某事\n")
    (folder / "07坏.docx").write_bytes(b"PK\x03\x04" + b"\xff" * 300)
    text_file(folder, "09空.txt", "")
    text_file(folder, "~$锁.docx", "x")
    done: list[tuple[int, int]] = []
    results = take_many(
        home, [folder, tmp_path / "没有.txt"], who.drafter, examiner,
        progress=lambda some, total, name: done.append((some, total)),
    )  # fmt: skip
    by_name = {taken.path.name: taken.outcome for taken in results}
    assert [t.path.name for t in results[:-1]] == sorted(by_name.keys() - {"没有.txt"})
    assert by_name.pop("03a.txt") is Outcome.SAME
    assert by_name.pop("05秘密.txt") is Outcome.SECRET
    assert by_name.pop("07坏.docx") is Outcome.KEPT
    assert by_name.pop("09空.txt") is Outcome.FAILED
    assert by_name.pop("没有.txt") is Outcome.FAILED
    assert set(by_name.values()) == {Outcome.KEPT}
    assert len(by_name) == 16
    assert done == [(n, 21) for n in range(1, 22)]
    assert audit.verify().ok


def test_a_killed_child_costs_one_file_of_twenty(
    home: Home, who: People, examiner: Examiner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(19):
        text_file(tmp_path, f"{number:02}.txt", f"第 {number} 号公示\n")
    killer = slow_file(tmp_path, 200_000).rename(tmp_path / "00慢.txt")
    ask = Child.ask

    def asked(child: Child, head: Mapping[str, Any]) -> Iterator[Frame]:
        # It takes seconds: half of one after the child was asked, it is in the middle of it.
        if head["op"] == "examine" and head["name"] == killer.name:
            threading.Timer(0.5, child.kill).start()
        return ask(child, head)

    monkeypatch.setattr(Child, "ask", asked)
    results = take_many(home, sorted(tmp_path.glob("*.txt")), who.drafter, examiner)
    assert len(results) == 20
    assert {t.outcome for t in results} == {Outcome.KEPT}
    (bad,) = [t for t in results if t.path == killer]
    assert "中断" in bad.says


def test_a_folder_without_files_says_so(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    (tmp_path / "空" / "里").mkdir(parents=True)
    (taken,) = take_many(home, [tmp_path / "空"], who.drafter, examiner)
    assert taken.outcome is Outcome.FAILED
    assert "没有可收的文件" in taken.says


def test_cancel_keeps_what_was_registered_and_stops_the_rest(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    quick = text_file(tmp_path, "0.txt")
    slow = [slow_file(tmp_path).rename(tmp_path / f"{n}慢.txt") for n in range(1, 4)]
    done = threading.Event()
    results = take_many(
        home, [quick, *slow], who.drafter, examiner,
        progress=lambda some, total, name: done.set(), cancelled=done.is_set,
    )  # fmt: skip
    assert [t.outcome for t in results] == [Outcome.KEPT]
    assert base.fetch("SELECT count(*) FROM document") == [(1,)]


def test_what_progress_raises_ends_the_batch(
    home: Home, who: People, examiner: Examiner, tmp_path: Path
) -> None:
    class Enough(Exception):
        pass

    def progress(done: int, total: int, name: str) -> None:
        raise Enough

    with pytest.raises(Enough):
        take_many(
            home, [text_file(tmp_path), slow_file(tmp_path)], who.drafter, examiner,
            progress=progress,
        )  # fmt: skip
    assert base.fetch("SELECT count(*) FROM document") == [(1,)]


def test_folders_are_walked_sorted_and_nothing_comes_twice(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "已收/x.txt", "b/~$1.docx", "c/Thumbs.db"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    paths = [tmp_path / "b" / "2.txt", tmp_path]
    names = [path.relative_to(tmp_path).as_posix() for path in files_in(paths)]
    assert names == ["b/2.txt", "a.txt", "b/1.txt"]


def test_much_text_that_waits_holds_the_others_back(tmp_path: Path, examiner: Examiner) -> None:
    small = look(text_file(tmp_path, "一.txt"), examiner)
    large = small._replace(report=replace(small.report, plain="字" * 6_000_000))
    said: list[int] = []
    for looked in (small, large):
        done: Future[Looked] = Future()
        done.set_result(looked)
        said.append(many.ahead([(tmp_path, done), (tmp_path, Future()), (tmp_path, None)]))
    assert said[0] > said[1] >= 2
