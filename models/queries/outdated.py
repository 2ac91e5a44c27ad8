"""Documents that a change of the rules concerns: examined by other rules, or found later."""

from detection.finding import Severity
from models.disclosure import review
from models.kernel import base
from models.kernel.errors import Unavailable

OUTDATED = (
    "state <> 'discarded' AND ?1 <> '' "
    "AND (SELECT rulebook FROM scan WHERE scan.id = document.scan_id) <> ?1"
)
"""A condition on `document`; its one parameter is `in_force()`."""

FOUND_LATER = f"state = 'released' AND open_findings > 0 AND severity <= {Severity.ASK.rank}"
"""A condition on `document`: no document is released with a finding that nobody ruled on. What is
only a note brings nothing down, and an alarm over it would teach her to look away."""


def in_force() -> str:
    """The version every newest examination should have; "" while a rule file cannot be read."""
    try:
        return review.newest_rulebook()
    except Unavailable:
        return ""


def outdated_ids() -> list[int]:
    """Documents whose newest examination is by other rules; the released ones come first."""
    rows = base.fetch(
        f"SELECT id FROM document WHERE {OUTDATED} "  # noqa: S608  # constant
        "ORDER BY state <> 'released', id",
        (in_force(),),
    )
    return [int(row[0]) for row in rows]


def found_later_ids() -> list[int]:
    """Released documents with findings that only later rules know, the worst first."""
    rows = base.fetch(
        f"SELECT id FROM document WHERE {FOUND_LATER} ORDER BY severity, id"  # noqa: S608
    )
    return [int(row[0]) for row in rows]


def how_many() -> tuple[int, int]:
    """How many are outdated, and how many released ones have something found later."""
    row = base.fetch(
        f"SELECT (SELECT count(*) FROM document WHERE {OUTDATED}), "  # noqa: S608  # constant
        f"(SELECT count(*) FROM document WHERE {FOUND_LATER})",
        (in_force(),),
    )[0]
    return int(row[0]), int(row[1])
