"""LibreOffice, where it is installed, as the converter of last resort: never needed, never trusted.

It runs on a copy in a private folder, with a profile of its own that forbids macros, active content
and the network, within the limits of one file, and is killed with all it started.
"""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from formats.budget import Limits
from formats.conversion import ORDERS, Order
from formats.reading import Kind
from intake import child, scratch, winjob

_POLL_SECONDS = 0.05
# What soffice.bin ends with to be started again, after it has laid out a new profile.
_AGAIN = (79, 81)
_STARTS = 3
_WINDOWS = "LibreOffice/program/soffice.bin"
# Names of LibreOffice's own settings. Its links to outside are never followed, port 9 answers none.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>"""
_ITEM = (
    '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse">'
    "<value>{}</value></prop></item>"
)
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def program() -> Path | None:
    """Where LibreOffice's own binary is, without the script that would start others."""
    places = [Path(found).resolve() for name in ("soffice", "libreoffice")
              if (found := shutil.which(name))]  # fmt: skip
    places += [Path(os.environ[name]) / _WINDOWS for name in ("PROGRAMFILES", "PROGRAMFILES(X86)")
               if name in os.environ]  # fmt: skip
    return next((p.with_name("soffice.bin") for p in places
                 if p.with_name("soffice.bin").is_file()), None)  # fmt: skip


@contextmanager
def copied(
    path: Path, kind: Kind, temp: Path, limits: Limits, stops: Sequence[threading.Event]
) -> Iterator[Path | None]:
    """What LibreOffice makes of a file, for the length of one `with`; None where it does not.

    Setting any of `stops` ends it. Raises OSError where the disk is full.
    """
    order, binary = ORDERS.get(kind), program()
    if order is None or binary is None:
        yield None
        return
    with scratch.folder(temp.absolute()) as place:
        source = place / f"original.{kind.value}"
        shutil.copyfile(path, source)
        profile = place / "profile" / "user"
        profile.mkdir(parents=True)
        items = "".join(_ITEM.format(*setting) for setting in _SETTINGS)
        (profile / "registrymodifications.xcu").write_text(_PROFILE.format(items), encoding="utf-8")
        yield _made(_words(binary, order, source), source, order, limits, stops)


def _words(binary: Path, order: Order, source: Path) -> list[str]:
    place = source.parent
    return [
        str(binary), f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless",
        "--norestore", "--nologo", "--nolockcheck", "--nodefault", f"--infilter={order.reads}",
        "--convert-to", f"{order.suffix[1:]}:{order.writes}", "--outdir", str(place / "made"),
        str(source),
    ]  # fmt: skip


def _made(
    words: list[str], source: Path, order: Order, limits: Limits, stops: Sequence[threading.Event]
) -> Path | None:
    due = time.monotonic() + limits.seconds
    for _ in range(_STARTS):
        code = _run(words, source.parent, limits, due, stops)
        if code not in _AGAIN:
            break
    made = source.parent / "made" / f"{source.stem}{order.suffix}"
    return made if code == 0 and made.is_file() else None


def _run(
    words: list[str], place: Path, limits: Limits, due: float, stops: Sequence[threading.Event]
) -> int | None:
    """The program's exit code; None where it was killed."""
    fence = [
        str(limits.memory),
        str(limits.opened_bytes),
        str(int(limits.seconds)),
        str(os.getpid()),
    ]
    before = [*child.command(child.LAUNCH_ARGUMENT), *fence] if sys.platform == "linux" else []
    process = subprocess.Popen(
        [*before, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=place,
        env=_environment(place),
        start_new_session=True,
    )
    try:
        _job = winjob.confine(int(getattr(process, "_handle", 0)), limits.memory)
        while time.monotonic() < due and not any(stop.is_set() for stop in stops):
            with suppress(subprocess.TimeoutExpired):
                return process.wait(_POLL_SECONDS)
        return None
    finally:
        _kill(process)


def _environment(place: Path) -> dict[str, str]:
    """Ours without a screen or a session to talk to; nothing is written outside `place`."""
    found = child.environment(place)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "SESSION_MANAGER"):
        found.pop(name, None)
    return found | {"HOME": str(place), "SAL_USE_VCLPLUGIN": "svp"}


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """It and all that it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
