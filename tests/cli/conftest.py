"""One run of the program by words, in the sample office."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import main

LETTER = "关于清理沟渠的通知\n\n各村：\n请清理沟渠。联系人手机号15412345678。\n"
Act = Callable[..., int]
Told = Callable[[], Any]


@pytest.fixture
def home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The sample office: four posts, four people, and one who administers."""
    place = tmp_path / "home"
    assert main.main(["--home", str(place), "setup", "--sample"]) == 0
    capsys.readouterr()
    return place


@pytest.fixture
def act(home: Path) -> Act:
    """`act(officer, *words)`: one run of the program; its exit code."""

    def run(officer: str, *words: object) -> int:
        return main.main(["--home", str(home), "--as", officer, *map(str, words)])

    return run


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """The JSON document of the last run."""
    return lambda: json.loads(capsys.readouterr().out)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "通知.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path
