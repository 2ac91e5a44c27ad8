"""Paths as a person types them: relative to the folder the person stands in."""

import json
from pathlib import Path

import pytest

import main


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one notice in it, where the person stands."""
    (tmp_path / "通知.txt").write_text("关于停水的通知\n电话15412345678\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_scan_reads_a_relative_path(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["scan", "--json", "通知.txt"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["file"] == "通知.txt"
    assert told["status"] == "read"


def test_scan_takes_relative_rules(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["scan", "--rules", "没有.toml", "--json", "通知.txt"]) == 1
    missing = json.loads(capsys.readouterr().out)
    assert missing["status"] == "unreadable"


def test_read_and_redact_take_relative_paths(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["read", "--json", "通知.txt"]) == 0
    assert json.loads(capsys.readouterr().out)["segments"]
    main.main(["redact", "--all", "通知.txt", "-o", "公开件.txt"])
    assert "15412345678" not in (here / "公开件.txt").read_text(encoding="utf-8-sig")


def test_take_keeps_a_relative_path(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--home", "家", "setup", "--sample"]) == 0
    assert main.main(["--home", "家", "--as", "覃小满", "take", "通知.txt"]) == 0
    assert (here / "家" / "catalogue.db").exists()
