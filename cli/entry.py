"""Runs a verb and turns what went wrong into an exit code: the only catcher on this face.

0 done and nothing found against it; 1 done, with findings or failed checks; 2 wrong use;
3 refused by a rule; 4 unavailable (disk, lock, catalogue too new).
"""

import argparse
import importlib
import os
import sys
from pathlib import Path
from typing import TextIO, cast

from cli import output
from exporters import disk
from formats.reading import Unreadable
from models.kernel import crash, logs
from models.kernel.errors import Refused, Unavailable
from models.kernel.home import Home

DONE, FOUND, WRONG_USE, REFUSED, UNAVAILABLE = range(5)

# Each verb's room is loaded only when asked for, so that `scan` does not wait for Word or SQLite.
_ROOMS = {
    "scan": "cli.looking",
    "read": "cli.reading",
    "redact": "cli.looking",
    "take": "cli.catalogue",
    "admit": "cli.catalogue",
    "watch": "cli.catalogue",
    "list": "cli.catalogue",
    "show": "cli.showing",
    "search": "cli.catalogue",
    "edit": "cli.catalogue",
    "replace": "cli.catalogue",
    "rescan": "cli.rules",
    "rules": "cli.rules",
    "rule": "cli.review",
    "mark": "cli.marking",
    "undo": "cli.review",
    "clean": "cli.review",
    "seen": "cli.review",
    "step": "cli.review",
    "release": "cli.review",
    "abandon": "cli.review",
    "publish": "cli.review",
    "notice": "cli.papers",
    "layout": "cli.papers",
    "report": "cli.papers",
    "setup": "cli.office",
    "audit": "cli.office",
    "check": "cli.doctor",
    "demo": "cli.demo",
    "bench": "cli.bench",
}


def _tell_bug(folder: Path, error: BaseException) -> None:
    """What nobody caught: a crash file without text, a sentence without a trace."""
    kept = crash.keep(folder, error)
    where = f"差错记录在本机：{kept}，其中没有文件内容，可交给维护人员。" if kept else ""
    output.complain([f"程序出了差错，这一步没有做成；已保存的内容没有受影响。{where}"])


def run(options: argparse.Namespace) -> int:
    """Do what `options` (from `cli.arguments.parse`) ask for; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may speak GBK; the contract says UTF-8.
        cast("TextIO", stream).reconfigure(encoding="utf-8", errors="replace")  # type: ignore[attr-defined]
    folder = Home.locate(options.home).logs
    logs.begin(folder)
    sys.excepthook = lambda _kind, error, _trace: _tell_bug(folder, error)
    room = importlib.import_module(_ROOMS[options.verb])
    try:
        return int(getattr(room, options.verb)(options))
    except BrokenPipeError:
        # The reader (`| head`) went away: nobody is left to tell. Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Refused as refusal:
        output.complain(refusal.reasons)
        return REFUSED
    except Unreadable as problem:
        output.complain([problem.text])
        return FOUND
    except Unavailable as problem:
        output.complain([f"{problem.what}：{problem.why}"])
        return UNAVAILABLE
    except OSError as error:
        output.complain([_disk_says(error)])
        return UNAVAILABLE
    except KeyboardInterrupt:
        output.complain(["已停止。"])
        return UNAVAILABLE
    except Exception as bug:  # noqa: BLE001  # the last door: 1 would say "done, with findings"
        _tell_bug(folder, bug)
        return UNAVAILABLE


def _disk_says(error: OSError) -> str:
    """A disk or a folder in the way, with the place where the system named one."""
    where = f"“{output.shown(str(error.filename))}”" if error.filename else "文件或文件夹"
    return f"{where}读写不了：{disk.refusal(where, error).why}"
