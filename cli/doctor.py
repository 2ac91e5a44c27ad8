"""`check`: the doctor. Each line says what was looked at, how it is, and what to do."""

import argparse

from cli import output
from cli.entry import DONE, FOUND
from intake import doctor
from intake.doctor import Health
from models.kernel import base
from models.kernel.home import Home

_MARKS = {Health.OK: "✓", Health.WARN: "!", Health.FAIL: "✗"}


def check(options: argparse.Namespace) -> int:
    """Look at this machine and this office's data."""
    home = Home.locate(options.home)
    lines = list(doctor.machine(home))
    closed = doctor.unopened(home)
    if closed is None:
        try:
            lines += doctor.data(home, output.progress)
        finally:
            base.close_catalogue()
    else:
        lines.append(closed)
    if options.json:
        output.document([line._asdict() for line in lines])
    else:
        output.table(
            ("", "检查", "情况", "说明"),
            [(_MARKS[n.level], n.what, n.level.label, n.says) for n in lines],
        )
    return FOUND if any(n.level is Health.FAIL for n in lines) else DONE
