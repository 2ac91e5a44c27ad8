"""The one gate: set up what is pinned, then check format, lint, types, imports and tests.

Run it with any Python 3.11 to 3.13: `python3 tests/gate.py`. It needs nothing but the standard
library; it makes `.venv` beside the sources and installs `requirements-dev.txt` there (versions and
hashes). Words after the command go to pytest: `python3 tests/gate.py -k workflow`.
"""

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import time
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PINS = ROOT / "requirements-dev.txt"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")

# The shared libraries Qt loads, each with the Debian package that brings it.
SYSTEM = ROOT / "resources" / "system" / "linux.toml"


def missing_packages() -> list[str]:
    """The system packages whose library this Linux cannot load; elsewhere none are needed."""
    if not sys.platform.startswith("linux"):
        return []
    lacking = []
    libraries = tomllib.loads(SYSTEM.read_text(encoding="utf-8"))["libraries"]
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            lacking.append(package)
    return lacking


def set_up() -> None:
    """Make `.venv` and install the pins, once for each content of the pin file."""
    digest = hashlib.sha256(PINS.read_bytes() + sys.version.encode()).hexdigest()
    stamp = VENV / "pins"
    if stamp.exists() and stamp.read_text() == digest and PYTHON.exists():
        return
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    install = [PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", PINS]
    subprocess.run(install, check=True, cwd=ROOT)
    stamp.write_text(digest)


def main(words: list[str]) -> int:
    """Run every check, all of them even when one fails; 0 when all passed."""
    lacking = missing_packages()
    if lacking:
        print(f"missing system packages: apt-get install {' '.join(lacking)}", flush=True)
        return 1
    set_up()
    workers = ["-n", str(min(4, os.cpu_count() or 1))]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "", "QT_QPA_PLATFORM": "offscreen"}
    steps = {
        "format": [BIN / "ruff", "format", "--check", "."],
        "lint": [BIN / "ruff", "check", "."],
        "types": [BIN / "mypy"],
        "imports": [BIN / "lint-imports"],
        "tests": [PYTHON, "-m", "pytest", "-q", "-rs", *workers, *words],
    }
    failed = []
    for name, command in steps.items():
        began = time.monotonic()
        print(f"== {name}", flush=True)
        if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
            failed.append(name)
        print(f"== {name}: {time.monotonic() - began:.0f} s", flush=True)
    if shutil.which("soffice") is None:
        print("note: LibreOffice is not installed; the rendering tests were skipped", flush=True)
    print("gate: " + (f"FAILED: {', '.join(failed)}" if failed else "all passed"), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
