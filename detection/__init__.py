"""What a text contains: segments to findings, pure.

It opens no file but its own rule packs, knows no database and no window. (`examine` is the one
exception: it reads the file it is given, through `formats`.)
"""

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
