"""Examination of files in child processes that can be killed."""

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from detection.report import Report
from formats.budget import Limits
from formats.reading import Kind, Mark, Reading, Segment

if TYPE_CHECKING:  # formats.pdf would load pdfium into the window's own process
    from formats.pdf import CharBox, PageImage


class View(NamedTuple):
    """A window on a file's segments: `segments` from number `first`, of `total` in all."""

    kind: Kind
    segments: tuple[Segment, ...]
    total: int
    pages: int | None


class Cancelled(Exception):
    """The caller wanted to stop, or the examiner was closed; the file was not examined."""


class Examiner:
    """Warm child processes that read and scan files. Thread-safe; each call blocks its thread."""

    def __init__(
        self,
        home_temp: Path,
        *,
        workers: int = 2,
        limits: Limits | None = None,
        rules: Sequence[Path] = (),
    ) -> None:
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def examine(
        self,
        path: Path,
        *,
        name: str | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Report:
        """Read and scan; never raises for a bad file. Raises Cancelled."""
        raise NotImplementedError

    def read(self, path: Path, *, name: str | None = None) -> Reading:
        """Every segment. Raises Unreadable."""
        raise NotImplementedError

    def view(
        self, path: Path, *, first: int = 0, count: int = 3000, name: str | None = None
    ) -> View:
        """At most `count` segments from number `first`. Raises Unreadable."""
        raise NotImplementedError

    def page(self, path: Path, page: int, scale: float = 1.0) -> "PageImage":
        """One PDF page (from 1) drawn, RGB888. Raises Unreadable."""
        raise NotImplementedError

    def boxes(self, path: Path, page: int) -> "tuple[CharBox, ...]":
        """The characters of one PDF page with their boxes. Raises Unreadable."""
        raise NotImplementedError

    def redact(
        self, path: Path, marks: Sequence[Mark], out: Path, kind: Kind | None = None
    ) -> None:
        """Write a new clean file at `out`. Raises Unreadable."""
        raise NotImplementedError

    def close(self) -> None:
        """Kill all children; calls under way raise Cancelled."""
        raise NotImplementedError
