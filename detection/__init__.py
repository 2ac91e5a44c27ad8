"""What a text contains: segments to findings, pure.

It opens no file but its own rule packs, knows no database and no window. (`examine` is the one
exception: it reads the file it is given, through `formats`.)

A name is loaded when it is first asked for: who only tells of findings does not wait for the rules.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detection.as_json import report_json
    from detection.engine import scan
    from detection.examination import begin_batch, examine
    from detection.finding import Family, Finding, Severity
    from detection.report import Report, Status
    from detection.rulebook import BadRule, Rulebook, load

__all__ = [
    "BadRule",
    "Family",
    "Finding",
    "Report",
    "Rulebook",
    "Severity",
    "Status",
    "begin_batch",
    "examine",
    "load",
    "report_json",
    "scan",
]

_ROOMS = {
    "BadRule": "rulebook",
    "Family": "finding",
    "Finding": "finding",
    "Report": "report",
    "Rulebook": "rulebook",
    "Severity": "finding",
    "Status": "report",
    "begin_batch": "examination",
    "examine": "examination",
    "load": "rulebook",
    "report_json": "as_json",
    "scan": "engine",
}


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(name)
    return getattr(importlib.import_module(f"detection.{_ROOMS[name]}"), name)
