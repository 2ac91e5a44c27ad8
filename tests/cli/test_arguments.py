"""The words of the command line: wrong use answers with 2, and no word loads the window."""

import subprocess
import sys
from pathlib import Path

import pytest

from cli import arguments

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    "words",
    [
        ["scan"],
        ["nonsense"],
        ["rule", "1", "f1", "delete"],
        ["redact", "a.docx"],
        ["report"],
        ["step"],
        ["--no-such-option"],
    ],
)
def test_wrong_use_answers_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        arguments.parse(words)
    assert stopped.value.code == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["--home", "h", "--as", "覃小满", "list"],
        ["list", "--home", "h", "--as", "覃小满"],
        ["--home", "h", "list", "--as", "覃小满"],
    ],
)
def test_who_and_where_may_stand_on_either_side(words: list[str]) -> None:
    options = arguments.parse(words)
    assert (options.home, options.officer, options.verb) == (Path("h"), "覃小满", "list")


def test_no_verb_means_the_window() -> None:
    assert arguments.parse(["--as", "覃小满"]).verb is None


def test_the_command_line_runs_without_qt() -> None:
    """Qt may be missing altogether: blocking it must not stop any verb from being loaded."""
    code = (
        "import sys\n"
        "class Block:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name.split('.')[0] in {'PySide6', 'shiboken6'}:\n"
        "            raise ImportError(name)\n"
        "sys.meta_path.insert(0, Block())\n"
        "from cli import entry\n"
        "import importlib\n"
        "for room in set(entry._ROOMS.values()):\n"
        "    importlib.import_module(room)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
