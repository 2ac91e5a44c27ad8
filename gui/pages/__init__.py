"""The pages of the window, named as data so that a page is imported when it is first opened.

A page shows what `models.queries` says and calls acts through the desk; no page knows another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.pages.page import Page
    from models.queries.rows import Counts


def _nothing(counts: "Counts") -> int | None:
    return None


def _to_recheck(counts: "Counts") -> int:
    return counts.outdated


def _documents(counts: "Counts") -> int:
    return counts.documents


def _under_review(counts: "Counts") -> int:
    return sum(n for state, n in counts.states.items() if state.value in _REVIEWED)


def _to_release(counts: "Counts") -> int:
    return sum(n for state, n in counts.states.items() if state.value == "approved")


_REVIEWED = frozenset({"received", "returned", "submitted", "checked", "cleared"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the rail. `badge` reads the catalogue's counts; None or 0 shows no number.

    `alert`: how many were examined by other rules than those in force.
    """

    key: str
    title: str
    icon: str
    module: str
    cls: str
    badge: Callable[["Counts"], int | None] = _nothing
    alert: Callable[["Counts"], int | None] = _nothing

    def build(self, desk: "Desk") -> "Page":
        """Import and make the page; called once, when it is first opened."""
        page: Page = getattr(import_module(self.module), self.cls)(desk)
        return page


ENTRIES: tuple[Entry, ...] = (
    Entry(
        "catalogue",
        "目录",
        "catalogue",
        "gui.pages.catalogue",
        "CataloguePage",
        _documents,
        _to_recheck,
    ),
    Entry("review", "审查", "review", "gui.pages.review", "ReviewPage", _under_review),
    Entry("releases", "发布", "release", "gui.pages.releases", "ReleasesPage", _to_release),
    Entry("annual", "年度报告", "report", "gui.pages.annual_report", "AnnualReportPage"),
    Entry("settings", "日志与设置", "settings", "gui.pages.settings", "SettingsPage"),
)
