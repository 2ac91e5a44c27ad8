"""The kernel's own word that nothing leaves a child."""

import ctypes
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from detection.report import Status
from intake import seal
from intake.examine import Examiner
from tests.intake.files import text_file

ENTRY = "import ctypes, socket, threading; from intake import seal\n"


def answer(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", ENTRY + code], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in seal._KERNELS,
    reason="only Linux on these machines has such a filter",
)


def test_native_code_opens_no_socket_either() -> None:
    tried = answer(
        "before = ctypes.CDLL(None, use_errno=True).socket(2, 1, 0)\n"
        "sealed = seal.no_sockets()\n"
        "after = ctypes.CDLL(None, use_errno=True).socket(2, 1, 0)\n"
        "print(before >= 0, sealed, after, ctypes.get_errno())"
    )
    assert tried == "True True -1 13"


def test_a_thread_that_runs_already_is_sealed_too() -> None:
    tried = answer(
        "go, said = threading.Event(), []\n"
        "def late():\n"
        "    go.wait()\n"
        "    said.append(ctypes.CDLL(None).socket(10, 1, 0))\n"
        "thread = threading.Thread(target=late)\n"
        "thread.start()\n"
        "seal.no_sockets()\n"
        "go.set()\n"
        "thread.join()\n"
        "print(said)"
    )
    assert tried == "[-1]"


def test_the_rest_of_the_machine_still_answers() -> None:
    tried = answer(
        "import os, subprocess, sys\n"
        "seal.no_sockets()\n"
        "inner = 'import ctypes; print(ctypes.CDLL(None).socket(2, 1, 0))'\n"
        "print(subprocess.check_output([sys.executable, '-c', inner], text=True).strip())"
    )
    assert tried == "-1", "what a sealed process starts is sealed as well"
    assert ctypes.CDLL(None).getppid() == os.getppid(), "this process is not"


def test_the_children_that_read_files_are_sealed(tmp_path: Path) -> None:
    with Examiner(tmp_path, workers=1) as examiner:
        assert examiner.examine(text_file(tmp_path)).status is Status.READ
        (child,) = examiner.pids()
        assert "Seccomp:\t2" in Path(f"/proc/{child}/status").read_text()
