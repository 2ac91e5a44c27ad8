"""Folders for temporary files that vanish with the process that made them.

Such a folder may hold pieces of a document, even of one that must not be on this machine, so it is
removed when its work ends, and what a killed program left behind is removed by the next one.
"""

import logging
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

log = logging.getLogger(__name__)

_PREFIX = "at-"
_OLD_SECONDS = 3600


def make(temp: Path) -> Path:
    """A new private folder under `temp`, named after this process."""
    temp.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=temp))


def remove(folder: Path) -> None:
    """Remove it with everything in it; what cannot go now goes at the next sweep."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        log.info("a temporary folder could not be removed yet")


@contextmanager
def folder(temp: Path) -> Iterator[Path]:
    """A folder for the length of one `with`, removed whatever happens."""
    made = make(temp)
    try:
        yield made
    finally:
        remove(made)


def sweep(temp: Path) -> int:
    """Remove the folders of processes that are no more; how many."""
    left = _ownerless(temp)
    for each in left:
        remove(each)
    return len(left)


def leftovers(temp: Path) -> list[Path]:
    """What lies under `temp` and no process works with: of dead processes, or an hour old."""
    if not temp.is_dir():
        return []
    found = set(_ownerless(temp))
    for each in temp.iterdir():
        try:
            old = time.time() - each.stat().st_mtime > _OLD_SECONDS
        except OSError:  # its owner has just removed it
            continue
        if old and not each.name.startswith(_PREFIX):
            found.add(each)
    return sorted(found)


def _ownerless(temp: Path) -> list[Path]:
    if not temp.is_dir():
        return []
    found = []
    for each in sorted(temp.glob(f"{_PREFIX}*-*")):
        owner = each.name.split("-")[1]
        if owner.isdigit() and not _alive(int(owner)):
            found.append(each)
    return found


def _alive(pid: int) -> bool:
    if pid == os.getpid():
        return True
    if sys.platform == "win32":  # os.kill(pid, 0) would end the process there
        import ctypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        synchronize, timed_out, access_denied, inherit = 0x0010_0000, 0x102, 5, 0
        kernel.OpenProcess.restype = ctypes.c_void_p
        handle = kernel.OpenProcess(synchronize, inherit, pid)
        if not handle:
            return bool(ctypes.get_last_error() == access_denied)
        try:
            return bool(kernel.WaitForSingleObject(ctypes.c_void_p(handle), 0) == timed_out)
        finally:
            kernel.CloseHandle(ctypes.c_void_p(handle))
    else:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
        return True
