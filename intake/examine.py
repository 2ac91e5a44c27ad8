"""Examination of files in child processes that can be killed."""

import dataclasses
import errno
import hashlib
import logging
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from detection.finding import Finding, Severity
from detection.report import Report, Status
from formats.budget import Limits
from formats.reading import Kind, Mark, Reading, Trouble, TroubleCode, Unreadable
from intake import door
from intake.answers import Answer
from intake.child import Child, Died, Killed, RulesBroken
from intake.crew import Closed, Crew, Lane, NoChild
from intake.frames import BrokenFrame
from intake.views import LineBoxes, PageImage, View

log = logging.getLogger(__name__)

CRASHED = (
    "检查这个文件时检查进程意外中断，文件可能已损坏或构造异常。"
    "请用 WPS 或 Word 打开并另存为新文件后再放入；仍不行请由人工查看。"
)
_NOT_THERE = (TroubleCode.MISSING, TroubleCode.IN_USE)
NO_WORKER = "检查进程无法启动，可能内存不足。请关闭一些程序后重试；仍不行请重启电脑。"
DISK_FULL = "磁盘已满，检查进程无法启动。请清理出空间后重试，文件没有改动。"


class NotExamined(Unreadable):
    """Not the file's fault: nobody has looked at it, so it must not be kept either."""


class Cancelled(Exception):
    """The caller wanted to stop, or the examiner was closed; the file was not examined."""


class Examiner:
    """Warm child processes that read and scan files. Thread-safe; each call blocks its thread.

    `workers` files are examined at once; `view`, `page` and `boxes` have a child of their own and
    never wait for an examination. A child that hangs, dies or takes too much memory is replaced.
    """

    def __init__(
        self,
        home_temp: Path,
        *,
        workers: int = 2,
        limits: Limits | None = None,
        rules: Sequence[Path] = (),
    ) -> None:
        """Starts the children in the background; the first call waits for the first of them."""
        self.workers = max(1, workers)
        self.limits = limits or Limits()
        self._crew = Crew(
            home_temp.absolute(), self.limits, [rule.absolute() for rule in rules], self.workers
        )
        self._rulebook = ""

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
        self, path: Path, *, name: str | None = None, stop: threading.Event | None = None
    ) -> Report:
        """Read and scan; a bad file gives a report that says so.

        `name` is the file's name where `path` is a working copy. Setting `stop` kills the child.
        `sha256` is None where there is nothing to keep (missing, in use, a folder, empty, larger
        than the limit, changing) and where there may be nothing kept (STOPPED).
        Raises Cancelled.
        """
        began = time.monotonic()
        shown = name or door.shown_name(path)
        try:
            before = door.look(path, self.limits.file_bytes)
        except Unreadable as error:
            return self._unreadable(shown, error, None, began)
        head = {"op": "examine", "path": str(path.absolute()), "name": shown}
        try:
            answer = self._ask(Lane.EXAMINE, head, stop)
            report = self._whole(answer)
        except Unreadable as error:
            no_look = isinstance(error, NotExamined) or error.code in _NOT_THERE
            report = self._unreadable(shown, error, None if no_look else path, began)
        if report.status is not Status.STOPPED and self._changed(path, before):
            changing = Unreadable(TroubleCode.IN_USE, door.CHANGING)
            return self._unreadable(shown, changing, None, began)
        return report

    def read(self, path: Path, *, name: str | None = None) -> Reading:
        """Every segment. Raises Unreadable, Cancelled."""
        answer = self._look(Lane.EXAMINE, {"op": "read"}, path, name)
        return dataclasses.replace(answer.value("reading", Reading), segments=answer.segments)

    def view(
        self, path: Path, *, first: int = 0, count: int = 3000, name: str | None = None
    ) -> View:
        """At most `count` segments from number `first` (from 0). Raises Unreadable, Cancelled."""
        head = {"op": "view", "first": max(0, first), "count": max(0, count)}
        answer = self._look(Lane.LOOK, head, path, name)
        reading = answer.value("reading", Reading)
        return View(reading.kind, answer.segments, answer.value("total", int), reading.pages)

    def page(self, path: Path, page: int, scale: float = 1.0) -> PageImage:
        """One PDF page (from 1), RGB888; `scale` 1.0 is 72 pixels an inch. Raises Unreadable."""
        head = {"op": "page", "page": page, "scale": scale}
        answer = self._look(Lane.LOOK, head, path, None)
        if answer.picture is None:
            raise Unreadable(TroubleCode.CRASHED, CRASHED)
        return answer.picture

    def boxes(self, path: Path, page: int) -> tuple[LineBoxes, ...]:
        """Each line of one PDF page (from 1) with a box a character. Raises Unreadable."""
        head = {"op": "boxes", "page": page}
        return self._look(Lane.LOOK, head, path, None).boxes

    def redact(
        self, path: Path, marks: Sequence[Mark], out: Path, kind: Kind | None = None
    ) -> None:
        """Write a new clean file at `out`. Raises Unreadable, Cancelled."""
        head = {"op": "redact", "marks": list(marks), "out": str(out.absolute()), "kind": kind}
        self._look(Lane.EXAMINE, head, path, None)

    @property
    def rulebook(self) -> str:
        """The version of the rules in force; waits for the first child. Raises Unreadable."""
        if not self._rulebook:
            self._ask(Lane.EXAMINE, {"op": "ping", "pong": 1}, None)
        return self._rulebook

    def use_rules(self, rules: Sequence[Path]) -> None:
        """Other office rules from the next file on."""
        self._rulebook = ""
        self._crew.renew([rule.absolute() for rule in rules])

    def pids(self) -> tuple[int, ...]:
        """The process ids of the children that are alive."""
        return self._crew.pids()

    def close(self) -> None:
        """Kill all children; calls under way raise Cancelled. Safe to call twice."""
        self._crew.close()

    def _look(self, lane: Lane, head: Mapping[str, Any], path: Path, name: str | None) -> Answer:
        door.look(path, self.limits.file_bytes)
        # A child works in a folder of its own: what is relative here is not there.
        where = {"path": str(path.absolute()), "name": name or door.shown_name(path)}
        return self._ask(lane, {**head, **where}, None)

    def _ask(self, lane: Lane, head: Mapping[str, Any], stop: threading.Event | None) -> Answer:
        """One exchange with one child. Raises Unreadable, Cancelled."""
        child: Child | None = None
        answer = Answer(self.limits)
        try:
            with self._crew.lend(lane) as child:
                self._rulebook = child.rulebook
                self._crew.arm(child, self.limits.seconds, stop)
                for frame in child.ask(head):
                    pages = answer.take(frame)
                    if pages is not None:
                        more = pages * self.limits.seconds_per_page
                        self._crew.arm(child, self.limits.seconds + more, stop)
        except Closed:
            raise Cancelled from None
        except NoChild as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            raise NotExamined(TroubleCode.CRASHED, DISK_FULL if full else NO_WORKER) from None
        except RulesBroken as error:
            raise NotExamined(TroubleCode.CRASHED, error.text) from None
        except (Died, BrokenFrame):
            raise self._why(child.killed if child else None) from None
        return answer.check()

    def _why(self, killed: Killed | None) -> Exception:
        if killed in (Killed.CANCELLED, Killed.CLOSED):
            return Cancelled()
        if killed is Killed.TIMEOUT:
            return Unreadable(
                TroubleCode.TIMEOUT,
                f"检查这个文件超过 {self.limits.seconds:.0f} 秒仍未完成，已停止。"
                "请拆分，或用原软件另存为新文件后再放入；也可由人工查看。",
            )
        log.info("a worker died in the middle of a file")
        return Unreadable(TroubleCode.CRASHED, CRASHED)

    @staticmethod
    def _whole(answer: Answer) -> Report:
        report = answer.value("report", Report)
        if report.status is Status.STOPPED:
            return _bare(report, answer.findings)
        return dataclasses.replace(report, findings=answer.findings, plain=answer.plain)

    @staticmethod
    def _changed(path: Path, before: door.Identity) -> bool:
        try:
            return door.identity(path) != before
        except OSError:
            return True

    def _unreadable(
        self, shown: str, error: Unreadable, digest_of: Path | None, began: float
    ) -> Report:
        """The report of a file nobody could read; its name was still looked at."""
        findings: tuple[Finding, ...] = ()
        if error.code is not TroubleCode.MISSING and not isinstance(error, NotExamined):
            findings = self._scan_name(shown)
        size, digest = (0, None) if digest_of is None else fingerprint(digest_of)
        report = Report(
            status=Status.UNREADABLE,
            kind=Kind.EMPTY if error.code is TroubleCode.EMPTY else Kind.UNKNOWN,
            sha256=digest,
            size=size,
            findings=findings,
            troubles=(Trouble(error.code, error.text),),
            pages=None,
            image_pages=(),
            characters=0,
            seconds=time.monotonic() - began,
            rulebook=self._rulebook,
            title=Path(shown).stem,
            plain="",
        )
        marks = tuple(f for f in findings if f.severity is Severity.STOP)
        return _bare(dataclasses.replace(report, troubles=()), marks) if marks else report

    def _scan_name(self, shown: str) -> tuple[Finding, ...]:
        try:
            return self._ask(Lane.EXAMINE, {"op": "name", "name": shown}, None).findings
        except Unreadable:
            return ()


def _bare(report: Report, findings: tuple[Finding, ...]) -> Report:
    """STOPPED with nothing of the file in it, whatever the child sent."""
    return dataclasses.replace(
        report,
        status=Status.STOPPED,
        sha256=None,
        size=0,
        findings=findings[:1],
        characters=0,
        title="",
        plain="",
    )


def fingerprint(path: Path) -> tuple[int, str | None]:
    """Size and sha256 (hex) of a file's bytes; (0, None) when they cannot be read to the end."""
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(1024 * 1024):
                digest.update(block)
                size += len(block)
    except OSError:
        return 0, None
    return size, digest.hexdigest()
