"""Every file that the tests of the readers build: specimens of all formats without a list of them.

The tests run in a process of their own with this module as a plug-in, which keeps what they give to
the dispatcher of readers. Tests that damage files are left out: this wants sound ones.
"""

import hashlib
import importlib
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from formats import opening
from formats.budget import Budget
from formats.reading import Kind, Reading, Unreadable
from formats.sniff import sniff_stream

_ROOT = Path(__file__).resolve().parents[2]
_FOLDER = "GONGKAI_SPECIMENS"
_LARGEST = 400 * 1024
_MOST = 300


def harvest(folder: Path) -> None:
    """Fill `folder` with specimens, named by their hash with the kind as suffix."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.proof.harvest"]
    command += ["--continue-on-collection-errors"]
    command += [f"--ignore-glob=*{each}*" for each in ("hostile", "damage", "redactor")]
    done = subprocess.run(
        [*command, "-p", "no:randomly", "tests/formats"],
        cwd=_ROOT,
        env=os.environ | {_FOLDER: str(folder), "PYTHONPATH": str(_ROOT)},
        capture_output=True,
        check=False,
        text=True,
    )
    if not any(folder.iterdir()):
        raise SystemExit(f"no specimen was read:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def keep(folder: Path, data: bytes, name: str) -> None:
    """One specimen, unless it is large, there already, or one of too many of its kind."""
    if not data or len(data) > _LARGEST:
        return
    try:
        kind = sniff_stream(io.BytesIO(data), name).kind.value
    except Unreadable:
        return
    if len(list(folder.glob(f"*.{kind}"))) < _MOST:
        (folder / f"{hashlib.sha256(data).hexdigest()[:12]}.{kind}").write_bytes(data)


def pytest_configure() -> None:
    """As a plug-in: whatever is read from now on, by any reader, is kept first."""
    folder = os.environ.get(_FOLDER)
    if folder is None:
        return
    for name in set(opening.READERS.values()):
        module = importlib.import_module(name)
        vars(module)["read"] = _keeping(Path(folder), module.read)


def _keeping(folder: Path, real: Callable[..., Reading]) -> Callable[..., Reading]:
    def read(source: BinaryIO, budget: Budget, kind: Kind) -> Reading:
        source.seek(0)
        keep(folder, source.read(_LARGEST + 1), f"a.{kind.value}")
        source.seek(0)
        return real(source, budget, kind)

    return read
