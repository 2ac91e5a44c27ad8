"""The watch on real folders: what arrives is given out once it is whole."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from intake.watch import Watch

DELAY = 0.2


class Heard:
    """Collects what a watch says; waits for it."""

    def __init__(self) -> None:
        self.files: list[Path] = []
        self.troubles: list[tuple[Path, str]] = []
        self.threads: set[str] = set()

    def ready(self, path: Path) -> None:
        self.threads.add(threading.current_thread().name)
        self.files.append(path)

    def trouble(self, folder: Path, sentence: str) -> None:
        self.troubles.append((folder, sentence))

    def wait(self, count: int, seconds: float = 15.0) -> list[Path]:
        _until(lambda: len(self.files) >= count, seconds)
        return self.files


def _until(true: object, seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]  # any callable without arguments
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@pytest.fixture(params=[False, True], ids=["events", "polling"])
def polling(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr("intake.watch.POLL_SECONDS", 0.1)
    return bool(request.param)


@contextmanager
def watching(folder: Path, heard: Heard, *, polling: bool) -> Iterator[Watch]:
    watch = Watch([folder], heard.ready, on_trouble=heard.trouble, delay=DELAY, polling=polling)
    watch.start()
    try:
        yield watch
    finally:
        watch.stop()


def test_what_is_there_and_what_comes_is_given_out_once(tmp_path: Path, polling: bool) -> None:
    heard = Heard()
    (tmp_path / "先.txt").write_text("a")
    with watching(tmp_path, heard, polling=polling) as watch:
        heard.wait(1)
        (tmp_path / "后.txt").write_text("b")
        (tmp_path / "~$后.docx").write_text("lock")
        heard.wait(2)
        watch.rescan()
        time.sleep(4 * DELAY)
    assert heard.files == [tmp_path / "先.txt", tmp_path / "后.txt"]
    assert heard.threads == {"watch"}


def test_a_file_being_copied_is_not_given_out(tmp_path: Path, polling: bool) -> None:
    heard = Heard()
    with watching(tmp_path, heard, polling=polling):
        with (tmp_path / "大.bin").open("wb", buffering=0) as file:
            for _ in range(12):
                file.write(b"x" * 1000)
                time.sleep(DELAY / 3)
                assert heard.files == []
        heard.wait(1)
    assert heard.files[0].stat().st_size == 12_000


def test_save_by_rename_gives_the_final_name_only(tmp_path: Path, polling: bool) -> None:
    heard = Heard()
    with watching(tmp_path, heard, polling=polling):
        (tmp_path / "公示.docx.tmp").write_text("whole")
        (tmp_path / "公示.docx.tmp").rename(tmp_path / "公示.docx")
        heard.wait(1)
        time.sleep(2 * DELAY)
    assert heard.files == [tmp_path / "公示.docx"]


def test_a_folder_moved_in_is_walked(tmp_path: Path, polling: bool) -> None:
    inbox, other = tmp_path / "in", tmp_path / "other"
    inbox.mkdir()
    (other / "二").mkdir(parents=True)
    for number in range(30):
        (other / "二" / f"{number}.txt").write_text("x")
    heard = Heard()
    with watching(inbox, heard, polling=polling):
        other.rename(inbox / "一")
        heard.wait(30)
    assert {p.parent for p in heard.files} == {inbox / "一" / "二"}


def test_a_changed_file_comes_again(tmp_path: Path, polling: bool) -> None:
    heard = Heard()
    with watching(tmp_path, heard, polling=polling):
        (tmp_path / "a.txt").write_text("1")
        heard.wait(1)
        (tmp_path / "a.txt").write_text("12")
        heard.wait(2)


def test_a_file_that_leaves_in_time_is_not_given_out(tmp_path: Path, polling: bool) -> None:
    heard = Heard()
    with watching(tmp_path, heard, polling=polling):
        (tmp_path / "a.txt").write_text("1")
        time.sleep(DELAY / 4)
        (tmp_path / "a.txt").unlink()
        time.sleep(4 * DELAY)
    assert heard.files == []


def test_a_vanished_folder_is_reported_and_taken_up_again(tmp_path: Path, polling: bool) -> None:
    inbox = tmp_path / "收件"
    inbox.mkdir()
    heard = Heard()
    with watching(inbox, heard, polling=polling):
        (inbox / "a.txt").write_text("1")
        heard.wait(1)
        shutil.rmtree(inbox)
        _until(lambda: len(heard.troubles) == 1)
        assert heard.troubles[0][0] == inbox
        assert "收件文件夹" in heard.troubles[0][1]
        inbox.mkdir()
        (inbox / "b.txt").write_text("2")
        heard.wait(2)
        assert heard.troubles[1:] == [(inbox, "")]
        (inbox / "c.txt").write_text("3")
        heard.wait(3)


def test_a_missing_folder_does_not_stop_the_others(tmp_path: Path) -> None:
    heard = Heard()
    watch = Watch([tmp_path / "none", tmp_path], heard.ready, on_trouble=heard.trouble, delay=DELAY)
    watch.start()
    (tmp_path / "a.txt").write_text("1")
    heard.wait(1)
    watch.stop()
    assert heard.troubles[0][0] == tmp_path / "none"


def test_a_listener_that_fails_does_not_end_the_watch(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    heard = Heard()

    def ready(path: Path) -> None:
        heard.ready(path)
        raise RuntimeError(path.name)

    watch = Watch([tmp_path], ready, delay=DELAY)
    watch.start()
    (tmp_path / "覃小满.txt").write_text("1")
    heard.wait(1)
    (tmp_path / "b.txt").write_text("2")
    heard.wait(2)
    watch.stop()
    assert "RuntimeError" in caplog.text
    assert "覃小满" not in caplog.text


def test_stop_joins_and_nothing_comes_after(tmp_path: Path, polling: bool) -> None:
    before = set(
        threading.enumerate()
    )  # what an earlier test left may end meanwhile: only new ones count
    heard = Heard()
    with watching(tmp_path, heard, polling=polling):
        (tmp_path / "a.txt").write_text("1")
        heard.wait(1)
        (tmp_path / "b.txt").write_text("1")
    assert set(threading.enumerate()) <= before
    count = len(heard.files)
    time.sleep(3 * DELAY)
    assert len(heard.files) == count


def test_five_hundred_files_in_fifty_folders(tmp_path: Path) -> None:
    heard = Heard()
    with watching(tmp_path, heard, polling=False):
        for folder in range(50):
            (tmp_path / f"{folder}").mkdir()
            for number in range(10):
                (tmp_path / f"{folder}" / f"{number}.txt").write_text("x")
        heard.wait(500, 30)
        time.sleep(2 * DELAY)
    assert len(set(heard.files)) == len(heard.files) == 500


@pytest.mark.skipif(os.name == "nt", reason="making a link needs a privilege on Windows")
def test_links_are_not_followed(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    inbox.mkdir()
    (tmp_path / "outside.txt").write_text("x")
    (inbox / "link.txt").symlink_to(tmp_path / "outside.txt")
    (inbox / "folder").symlink_to(tmp_path)
    heard = Heard()
    with watching(inbox, heard, polling=False):
        (inbox / "real.txt").write_text("x")
        heard.wait(1)
        time.sleep(3 * DELAY)
    assert heard.files == [inbox / "real.txt"]
