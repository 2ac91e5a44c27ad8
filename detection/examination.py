"""Examines one file in this process: read, scan, report.

`intake` runs it in a child that can be killed; the command line may run it directly.
"""

import hashlib
import time
from collections.abc import Sequence
from pathlib import Path

import formats
from detection import canaries, matters
from detection.engine import UNFINISHED, scan
from detection.finding import Finding, Severity
from detection.pieces import pieces_of
from detection.report import Report, Status
from detection.rulebook import Rulebook
from detection.visible import plain_of, title_of
from formats.budget import Budget, Limits
from formats.ocr import Recogniser
from formats.reading import (
    Kind,
    Part,
    Place,
    Reading,
    Segment,
    Trouble,
    TroubleCode,
    Unreadable,
)
from formats.sniff import sniff

_BLOCK = 1 << 20


def examine(
    path: Path,
    rulebook: Rulebook,
    limits: Limits | None = None,
    *,
    name: str | None = None,
    recogniser: Recogniser | None = None,
    copy: Path | None = None,
    admitted: str = "",
    matter: str = "",
) -> Report:
    """Read and scan the file at `path`; never raises for what the file holds.

    `name` is the file's name where `path` is a working copy under another one. `recogniser` reads
    its pictures. `copy` is what another program made of a file that no reader of ours opens.
    `admitted`: the sha256 of the bytes an officer has let in by name and reason; in these the marks
    are findings like others. `matter`: the label of the matter (`matters`) it is published for.

    A state-secret mark gives a STOPPED report that carries nothing of the file but the mark and its
    place; a file that cannot be read an UNREADABLE one, after its name was looked at.
    """
    began = time.perf_counter()
    shown = name or path.name
    try:
        _trust(rulebook)
        budget = Budget(limits, recogniser)
        if copy is None:
            reading = formats.read(path, budget, name=name)
        else:
            reading = formats.read_copy(copy, budget, shown, _kind(path))
        status = Status.PARTLY if reading.partial else Status.READ
    except Unreadable as error:
        place = Place(Part.NAME)
        reading = Reading(
            _kind(path),
            (Segment(place, shown),),
            (Trouble(error.code, error.text),),
            partial=True,
        )
        status = Status.UNREADABLE
    findings = scan(reading, rulebook, matter=matters.find(matter))
    mark = next((f for f in findings if f.severity is Severity.STOP), None)
    # A file nobody could look at is not kept either: it may be marked secret.
    deaf = any(t.code is TroubleCode.DEAF for t in reading.troubles)
    unkept = deaf or (mark is not None and not admitted)
    digest, size = (None, 0) if unkept else _fingerprint(path)
    if mark is not None and (digest is None or digest != admitted):
        return stopped(mark, reading.kind, rulebook.version, time.perf_counter() - began)
    if digest is None and status is not Status.UNREADABLE:
        status = Status.UNREADABLE
        gone = Trouble(TroubleCode.MISSING, "文件在检查时被移走或删除。请确认后重新放入。")
        reading = Reading(reading.kind, (), (*reading.troubles, gone), partial=True)
        findings = ()
    unfinished = troubles_of(findings)
    if unfinished and status is Status.READ:
        status = Status.PARTLY
    return Report(
        status=status,
        kind=reading.kind,
        sha256=digest,
        size=size,
        findings=findings,
        troubles=(*reading.troubles, *unfinished),
        pages=reading.pages,
        image_pages=reading.image_pages,
        characters=reading.characters,
        seconds=time.perf_counter() - began,
        rulebook=rulebook.version,
        title=title_of(reading),
        plain=plain_of(reading, findings),
        pieces=pieces_of(reading.segments, findings),
    )


_trusted: set[str] = set()


def begin_batch() -> None:
    """The planted hits are tried again at the next file of this process."""
    _trusted.clear()


def complaint(rulebook: Rulebook) -> str:
    """As `canaries.complaint`; where all rules speak, they are not asked again in this batch."""
    if rulebook.version in _trusted:
        return ""
    missed = canaries.complaint(rulebook)
    if not missed:
        _trusted.add(rulebook.version)
    return missed


def _trust(rulebook: Rulebook) -> None:
    """Raises Unreadable where a rule misses its planted hit."""
    missed = complaint(rulebook)
    if missed:
        raise Unreadable(TroubleCode.DEAF, f"检查规则的自检没有通过：{missed}")


def stopped(mark: Finding, kind: Kind, rulebook: str, seconds: float) -> Report:
    """The report of a file with a state-secret mark: the mark and its place, nothing else.

    保守国家秘密法 art. 31(3): this machine may not process it, so no hash, size, title or text.
    """
    return Report(
        status=Status.STOPPED,
        kind=kind,
        sha256=None,
        size=0,
        findings=(mark,),
        troubles=(),
        pages=None,
        image_pages=(),
        characters=0,
        seconds=seconds,
        rulebook=rulebook,
        title="",
        plain="",
    )


def troubles_of(findings: Sequence[Finding]) -> tuple[Trouble, ...]:
    """A trouble for each rule that did not come to the end of the file."""
    return tuple(
        Trouble(TroubleCode.TIMEOUT, f.reason, f.place) for f in findings if f.rule == UNFINISHED
    )


def _kind(path: Path) -> Kind:
    try:
        return sniff(path).kind
    except (Unreadable, OSError):
        return Kind.UNKNOWN


def _fingerprint(path: Path) -> tuple[str | None, int]:
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
                size += len(block)
    except OSError:
        return None, 0
    return digest.hexdigest(), size
