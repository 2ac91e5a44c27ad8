"""Examination of files in child processes that can be killed."""

import dataclasses
import errno
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from detection.finding import Finding
from detection.report import Report, Status
from formats import ocr
from formats.budget import Limits
from formats.reading import Kind, Mark, Reading, Trouble, TroubleCode, Unreadable
from intake import conversion, door, outcomes
from intake.album import Album
from intake.answers import Answer
from intake.child import Child, Died, Killed, RulesBroken
from intake.crew import Closed, Crew, Lane, NoChild
from intake.frames import BrokenFrame
from intake.views import LineBoxes, PageImage, View

_NOT_THERE = (TroubleCode.MISSING, TroubleCode.IN_USE)


class NotExamined(Unreadable):
    """Not the file's fault: nobody has looked at it, so it must not be kept either."""


class Cancelled(Exception):
    """The caller wanted to stop, or the examiner was closed; the file was not examined."""


class Examiner(AbstractContextManager["Examiner"]):
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
        pictures: bool = True,
    ) -> None:
        """Starts the children in the background; the first call waits for the first of them.

        `pictures`: the text on pictures is recognised, in one further child started on demand.
        """
        self.workers = max(1, workers)
        self.limits = limits or Limits()
        self._reads_pictures = pictures
        self._crew = Crew(
            home_temp.absolute(), self.limits, [rule.absolute() for rule in rules], self.workers
        )
        self._temp = home_temp
        self._closing = threading.Event()
        self._album = Album(self.limits, partial(self._ask, Lane.PICTURES))
        self._rulebook = ""
        self._labels: Mapping[str, str] = {}
        self._batch = 0
        self.complaint = ""
        """Why no file can be called clean now, in Chinese; empty while the rules are sound."""

    def __exit__(self, *_error: object) -> None:
        self.close()

    def begin_batch(self) -> str:
        """Try the planted hits in a child now, and in each child at its next file.

        The complaint, empty where all rules speak; it stays in `complaint`. Raises Cancelled.
        """
        self._batch += 1
        try:
            answer = self._ask(Lane.EXAMINE, {"op": "canaries", "batch": self._batch}, None)
            self.complaint = answer.value("complaint", str)
        except Unreadable as error:
            self.complaint = error.text
        return self.complaint

    def prove(self) -> tuple[str, ...]:
        """What is wrong with the office's rules, in sentences. Raises Cancelled."""
        try:
            return self._ask(Lane.EXAMINE, {"op": "prove"}, None).value("wrong", tuple[str, ...])
        except Unreadable as error:
            late = error.code is TroubleCode.TIMEOUT
            return (outcomes.RUNS_AWAY if late else error.text,)

    def examine(
        self,
        path: Path,
        *,
        name: str | None = None,
        stop: threading.Event | None = None,
        admitted: str = "",
        matter: str = "",
    ) -> Report:
        """Read and scan; a bad file gives a report that says so.

        `name` is the file's name where `path` is a working copy. Setting `stop` kills the child.
        `admitted`: the sha256 of bytes in which an officer has let a state-secret mark pass.
        `matter`: the label of the matter it is published for, "" where none is chosen.
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
        head: dict[str, Any] = {"op": "examine", "path": str(path.absolute()), "name": shown}
        head |= {"batch": self._batch, "admitted": admitted, "matter": matter}
        try:
            report = self._examined(head, path, stop)
            if report.status is Status.UNREADABLE and _not_ours(report.troubles[0].code):
                report = self._converted(report, head, path, stop)
        except Unreadable as error:
            no_look = isinstance(error, NotExamined) or error.code in _NOT_THERE
            report = self._unreadable(shown, error, None if no_look else path, began)
        if any(trouble.code is TroubleCode.DEAF for trouble in report.troubles):
            self.complaint = report.troubles[0].text
        if report.status is not Status.STOPPED and door.changed(path, before):
            changing = Unreadable(TroubleCode.IN_USE, door.CHANGING)
            return self._unreadable(shown, changing, None, began)
        return report

    def _examined(
        self, head: Mapping[str, Any], path: Path, stop: threading.Event | None
    ) -> Report:
        report = outcomes.whole(self._ask(Lane.EXAMINE, head, stop))
        if report.status is not Status.STOPPED and self._unseen(report.troubles):
            return self._with_pictures(report, head, path, stop)
        return report

    def _converted(
        self, report: Report, head: Mapping[str, Any], path: Path, stop: threading.Event | None
    ) -> Report:
        """What another program can make of it examined; the same report where none can.

        Raises Cancelled.
        """
        try:
            with self._copied(path, report.kind, stop) as copy:
                if copy is None:
                    return report
                found = self._examined({**head, "copy": str(copy)}, path, stop)
        except (Unreadable, OSError):
            return report
        return report if found.status is Status.UNREADABLE else found

    @contextmanager
    def _copied(
        self, path: Path, kind: Kind, stop: threading.Event | None
    ) -> Iterator[Path | None]:
        """As `conversion.copied`. Raises Cancelled."""
        stops = [self._closing] if stop is None else [self._closing, stop]
        with conversion.copied(path, kind, self._temp, self.limits, stops) as copy:
            if any(each.is_set() for each in stops):
                raise Cancelled
            yield copy

    def read(self, path: Path, *, name: str | None = None) -> Reading:
        """Every segment. Raises Unreadable, Cancelled."""
        answer = self._seen(Lane.EXAMINE, {"op": "read"}, path, name)
        return dataclasses.replace(answer.value("reading", Reading), segments=answer.segments)

    def view(
        self, path: Path, *, first: int = 0, count: int = 3000, name: str | None = None
    ) -> View:
        """At most `count` segments from number `first` (from 0). Raises Unreadable, Cancelled."""
        head = {"op": "view", "first": max(0, first), "count": max(0, count)}
        answer = self._seen(Lane.LOOK, head, path, name)
        reading = answer.value("reading", Reading)
        return View(reading.kind, answer.segments, answer.value("total", int), reading.pages)

    def page(self, path: Path, page: int, scale: float = 1.0) -> PageImage:
        """One page (from 1) of a PDF or picture, RGB888; `scale` 1.0 is 72 pixels an inch.

        Raises Unreadable.
        """
        head = {"op": "page", "page": page, "scale": scale}
        answer = self._look(Lane.LOOK, head, path, None)
        if answer.picture is None:
            raise Unreadable(TroubleCode.CRASHED, outcomes.CRASHED)
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

    @property
    def labels(self) -> Mapping[str, str]:
        """What the rules are called, by their ids; empty before a child has loaded them."""
        return self._labels

    def use_rules(self, rules: Sequence[Path]) -> None:
        """Other office rules from the next file on."""
        self._rulebook = ""
        self._crew.renew([rule.absolute() for rule in rules])

    def pids(self) -> tuple[int, ...]:
        """The process ids of the children that are alive."""
        return self._crew.pids()

    def close(self) -> None:
        """Kill all children; calls under way raise Cancelled. Safe to call twice."""
        self._closing.set()
        self._crew.close()

    def _look(self, lane: Lane, head: Mapping[str, Any], path: Path, name: str | None) -> Answer:
        door.look(path, self.limits.file_bytes)
        # A child works in a folder of its own: what is relative here is not there.
        where = {"path": str(path.absolute()), "name": name or door.shown_name(path)}
        return self._ask(lane, {**head, **where}, None)

    def _seen(self, lane: Lane, head: Mapping[str, Any], path: Path, name: str | None) -> Answer:
        """The whole reading, of what another program makes of it where no reader is ours."""
        try:
            return self._drawn(lane, head, path, name)
        except Unreadable as error:
            if not _not_ours(error.code):
                raise
            kind = self._look(lane, {"op": "kind"}, path, name).value("kind", Kind)
            with self._copied(path, kind, None) as copy:
                if copy is None:
                    raise
                return self._drawn(lane, {**head, "copy": str(copy)}, path, name)

    def _drawn(self, lane: Lane, head: Mapping[str, Any], path: Path, name: str | None) -> Answer:
        """As `_look`, with what is on the pictures; recognised now if nobody did it before."""
        identity = door.look(path, self.limits.file_bytes)
        known = self._album.of(identity)
        if known is not None:
            return self._look(lane, {**head, "known": known}, path, name)
        answer = self._look(lane, head, path, name)
        if not self._unseen(answer.value("reading", Reading).troubles):
            return answer
        digest = outcomes.fingerprint(path)[1]
        if digest is None:
            return answer
        where = {"path": str(path.absolute()), "name": name or door.shown_name(path)}
        known = self._album.recognised({**head, **where}, identity, digest)
        return self._look(lane, {**head, "known": known}, path, name) if known else answer

    def _unseen(self, troubles: Sequence[Trouble]) -> bool:
        """Whether a reading without recognition met pictures."""
        met = any(t.code is TroubleCode.NEEDS_OCR for t in troubles)
        return self._reads_pictures and met and ocr.installed()

    def _with_pictures(
        self, report: Report, head: Mapping[str, Any], path: Path, stop: threading.Event | None
    ) -> Report:
        """The file examined once more with what is on its pictures; the same report if that fails.

        Raises Cancelled.
        """
        began = time.monotonic()
        try:
            identity = door.identity(path)
            if report.sha256 is None:
                return report
            known = self._album.recognised(head, identity, report.sha256, stop)
            if not known:
                return report
            whole = outcomes.whole(self._ask(Lane.EXAMINE, {**head, "known": known}, stop))
        except (Unreadable, OSError):
            return report
        return dataclasses.replace(whole, seconds=report.seconds + time.monotonic() - began)

    def _ask(
        self,
        lane: Lane,
        head: Mapping[str, Any],
        stop: threading.Event | None,
        answer: Answer | None = None,
    ) -> Answer:
        """One exchange with one child; what came of it is in `answer` even if it raises.

        Raises Unreadable, Cancelled.
        """
        child: Child | None = None
        answer = answer or Answer(self.limits)
        try:
            with self._crew.lend(lane, stop, head.get("batch")) as child:
                self._rulebook, self._labels = child.rulebook, child.labels
                self._crew.arm(child, self.limits.seconds, stop)
                for frame in child.ask(head):
                    more = answer.take(frame)
                    if more is not None:
                        self._crew.arm(child, self.limits.seconds + more, stop)
        except Closed:
            raise Cancelled from None
        except NoChild as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            why = outcomes.DISK_FULL if full else outcomes.NO_WORKER
            raise NotExamined(TroubleCode.CRASHED, why) from None
        except RulesBroken as error:
            raise NotExamined(TroubleCode.CRASHED, error.text) from None
        except (Died, BrokenFrame):
            raise self._why(child.killed if child else None) from None
        return answer.check()

    def _why(self, killed: Killed | None) -> Exception:
        if killed in (Killed.CANCELLED, Killed.CLOSED):
            return Cancelled()
        return outcomes.died(late=killed is Killed.TIMEOUT, seconds=self.limits.seconds)

    def _unreadable(
        self, shown: str, error: Unreadable, digest_of: Path | None, began: float
    ) -> Report:
        """The report of a file nobody could read; its name was still looked at."""
        findings: tuple[Finding, ...] = ()
        if error.code is not TroubleCode.MISSING and not isinstance(error, NotExamined):
            findings = self._scan_name(shown)
        return outcomes.unreadable(shown, error, findings, digest_of, began, self._rulebook)

    def _scan_name(self, shown: str) -> tuple[Finding, ...]:
        try:
            return self._ask(Lane.EXAMINE, {"op": "name", "name": shown}, None).findings
        except Unreadable:
            return ()


def _not_ours(code: TroubleCode) -> bool:
    """Whether no reader of ours opens such a file; one that is locked or hostile stays refused."""
    return code is TroubleCode.NOT_SUPPORTED
