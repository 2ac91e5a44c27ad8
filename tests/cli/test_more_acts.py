"""Marking by hand, giving up a package, and watching once: words the window has buttons for."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from models.disclosure import releases
from tests.cli.conftest import Act, Told

DRAFTER = "覃小满"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def taken(act: Act, letter: Path, capsys: pytest.CaptureFixture[str]) -> int:
    assert act(DRAFTER, "take", letter) == 0
    capsys.readouterr()
    return 1


def test_a_text_is_marked_by_hand(act: Act, taken: int, told: Told) -> None:
    assert act(DRAFTER, "mark", taken, "各村", "--json") == 0
    (made,) = told()["marks"]
    act(DRAFTER, "show", taken, "--json")
    found = next(f for f in told()["items"] if f["id"] == made["id"])
    assert (found["rule"], found["ruling"]) == ("officer-mark", "redact")
    assert "各村" not in str(made)
    assert act(DRAFTER, "rule", taken, "f1", "mask") == 0
    act(DRAFTER, "clean", taken)


def test_a_marked_text_is_gone_from_the_clean_copy(act: Act, taken: int, home: Path) -> None:
    assert act(DRAFTER, "mark", taken, "各村") == 0
    act(DRAFTER, "rule", taken, "all", "mask")
    act(DRAFTER, "clean", taken)
    stored = [p.read_bytes().decode() for p in (home / "originals").rglob("*") if p.is_file()]
    assert sorted("各村" in text for text in stored) == [False, True]


def test_what_stands_twice_must_be_said_which(
    act: Act, taken: int, told: Told, capsys: pytest.CaptureFixture[str]
) -> None:
    assert act(DRAFTER, "mark", taken, "清理沟渠") == 3
    said = capsys.readouterr().err
    assert "2 处" in said
    assert "--nth" in said
    assert act(DRAFTER, "mark", taken, "清理沟渠", "--nth", 3) == 3
    capsys.readouterr()
    assert act(DRAFTER, "mark", taken, "清理沟渠", "--nth", 2, "--json") == 0
    (made,) = told()["marks"]
    assert made["place"]["paragraph"] == 4
    assert act(DRAFTER, "mark", taken, "沟渠", "--all", "--json") == 0
    assert len(told()["marks"]) == 2


def test_what_is_not_there_is_not_marked(
    act: Act, taken: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert act(DRAFTER, "mark", taken, "没有这些字") == 3
    assert "找不到" in capsys.readouterr().err
    assert act(DRAFTER, "mark", 99, "各村") == 3


def test_what_no_reader_sees_needs_no_mark(
    act: Act, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = Document()
    document.add_paragraph("正文")
    document.add_paragraph().add_run("藏着的话").font.hidden = True
    path = tmp_path / "a.docx"
    document.save(str(path))
    assert act(DRAFTER, "take", path) == 0
    capsys.readouterr()
    assert act(DRAFTER, "mark", 1, "藏着的话") == 3
    assert "看不见" in capsys.readouterr().err


def test_watching_once_tells_what_became_of_it(act: Act, tmp_path: Path, letter: Path) -> None:
    inbox = tmp_path / "收件"
    inbox.mkdir()
    assert act(DRAFTER, "watch", inbox, "--once") == 0
    (inbox / "甲.txt").write_bytes(letter.read_bytes())
    assert act(DRAFTER, "watch", inbox, "--once") == 0
    (inbox / "乙.txt").write_bytes(letter.read_bytes())
    assert act(DRAFTER, "watch", inbox, "--once") == 1
    assert act(DRAFTER, "watch", tmp_path / "没有", "--once") == 4


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_watched_folder_that_is_not_there_is_told_and_taken_up_again(
    home: Path, letter: Path, tmp_path: Path, ending: signal.Signals
) -> None:
    inbox = tmp_path / "盘"
    command = [sys.executable, "main.py", "--home", str(home), "--as", DRAFTER, "watch", str(inbox)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),  # noqa: PLW1509
    ) as program:  # fmt: skip
        assert program.stdout is not None
        said = [program.stdout.readline() for _ in range(2)]
        assert any("不见了或打不开" in line for line in said)
        inbox.mkdir()
        assert "恢复了" in program.stdout.readline()
        shutil.copy(letter, inbox)
        assert "已收下" in program.stdout.readline()
        program.send_signal(ending)
        assert "已停止" in program.communicate(timeout=60)[0]
    assert program.returncode == 0


def test_watching_once_takes_from_the_folders_that_are_there(
    act: Act, tmp_path: Path, letter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = tmp_path / "收件"
    inbox.mkdir()
    (inbox / "甲.txt").write_bytes(letter.read_bytes())
    assert act(DRAFTER, "watch", tmp_path / "没有", inbox, "--once") == 4
    assert act(DRAFTER, "list") == 0
    assert "清理沟渠" in capsys.readouterr().out


def test_a_package_that_was_not_finished_is_given_up(
    act: Act,
    taken: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    told: Told,
) -> None:
    assert act(DRAFTER, "abandon", 1, "--reason", "磁盘坏了") == 3
    assert "没有编号为 1" in capsys.readouterr().err
    assert act(DRAFTER, "rule", 1, "all", "mask") == 0
    act(DRAFTER, "clean", 1)
    act(DRAFTER, "rule", 1, "all", "keep", "--reason", "已遮盖")
    for officer, word in (
        (DRAFTER, "submit"), ("骆青山", "check"), ("万知秋", "clear"), ("岑怀远", "approve"),
    ):  # fmt: skip
        assert act(officer, "step", 1, word) == 0

    def full(home: object, *_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(releases, "_wrong_with", full)
    assert act(DRAFTER, "release", 1, "-o", tmp_path / "out") == 4
    capsys.readouterr()
    assert act(DRAFTER, "check", "--json") in {0, 1}
    assert any("1 号" in line["says"] for line in told())
    assert act(DRAFTER, "abandon", 1) == 3
    assert act(DRAFTER, "abandon", 1, "--reason", "磁盘坏了") == 0
    assert "已放弃" in capsys.readouterr().out
    act(DRAFTER, "check", "--json")
    assert not any("1 号" in line["says"] for line in told())
