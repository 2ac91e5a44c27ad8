"""What the command line says when it cannot: an exit code of the contract, never a trace."""

import os
from pathlib import Path

import pytest

import main
from cli import catalogue

ORIGINAL = "关于停水的通知\n联系电话15412345678\n"


@pytest.fixture
def home(tmp_path: Path) -> str:
    """The sample office."""
    place = str(tmp_path / "home")
    assert main.main(["--home", place, "setup", "--sample"]) == 0
    return place


@pytest.mark.parametrize(
    "words",
    [
        ["show", "99999999999999999999"],
        ["show", "0"],
        ["show", "²"],
        ["seen", "1", "99999999999999999999"],
        ["clean", "-1"],
        ["release", "1x", "-o", "out"],
        ["--as", "\udcff", "list"],
        ["search", "\udcff"],
    ],
)
def test_a_number_or_text_that_is_none_is_wrong_use(
    words: list[str], home: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main.main(["--home", home, *words])
    assert stopped.value.code == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize("words", [["²", "submit"], ["1", "jump"], ["submit"], ["9" * 30, "check"]])
def test_a_step_that_is_none_is_wrong_use(words: list[str], home: str) -> None:
    assert main.main(["--home", home, "--as", "覃小满", "step", *words]) == 2


@pytest.mark.parametrize("words", [["--reason", "\udcff"], ["--reason", "坏\udcb9"]])
def test_a_reason_that_is_no_text_is_wrong_use(words: list[str], home: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main.main(["--home", home, "--as", "覃小满", "step", "1", "submit", *words])
    assert stopped.value.code == 2


def test_a_bug_of_ours_is_no_result(
    home: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1 would say "done, with findings"."""

    def broken(options: object) -> int:
        raise KeyError("陶小葵")

    monkeypatch.setattr(catalogue, "list", broken)
    assert main.main(["--home", home, "list"]) == 4
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    assert "陶小葵" not in told.err
    (kept,) = (Path(home) / "logs").glob("crash-*.txt")
    assert "陶小葵" not in kept.read_text(encoding="utf-8")


def test_a_home_that_cannot_be_is_unavailable(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["--home", str(tmp_path / ("长" * 300)), "list"]) == 4
    assert "路径太长" in capsys.readouterr().err


def test_the_original_is_never_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original = tmp_path / "通知.txt"
    original.write_text(ORIGINAL, encoding="utf-8")
    other = tmp_path / "别名.txt"
    os.link(original, other)
    for out in (original, other, tmp_path / "." / "通知.txt"):
        assert main.main(["redact", "--all", str(original), "-o", str(out)]) == 3
    assert original.read_text(encoding="utf-8") == ORIGINAL
    assert "原件" in capsys.readouterr().err


def test_no_folder_for_the_clean_copy_is_unavailable(tmp_path: Path) -> None:
    original = tmp_path / "通知.txt"
    original.write_text(ORIGINAL, encoding="utf-8")
    assert main.main(["redact", str(original), "-o", str(tmp_path / "没有" / "件.txt")]) == 4
    assert main.main(["redact", str(original), "-o", str(tmp_path)]) == 4


def test_a_name_cannot_write_on_the_terminal(
    home: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = tmp_path / "两\n行\x1b[2J\u202etxt.txt"
    odd.write_text("关于停水的通知\n", encoding="utf-8")
    capsys.readouterr()
    assert main.main(["--home", home, "--as", "覃小满", "take", str(odd)]) == 0
    out = capsys.readouterr().out
    assert len(out.splitlines()) == 1
    assert "\x1b" not in out
    assert "\u202e" not in out
