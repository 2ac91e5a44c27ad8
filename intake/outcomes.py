"""What comes of examining a file: its report whole, stopped or unreadable."""

import dataclasses
import hashlib
import logging
import time
from pathlib import Path

from detection.finding import Finding, Severity
from detection.report import Report, Status
from formats.reading import Kind, Trouble, TroubleCode, Unreadable
from intake.answers import Answer

log = logging.getLogger(__name__)

CRASHED = (
    "检查这个文件时检查进程意外中断，文件可能已损坏或构造异常。"
    "请用 WPS 或 Word 打开并另存为新文件后再放入；仍不行请由人工查看。"
)
NO_WORKER = "检查进程无法启动，可能内存不足。请关闭一些程序后重试；仍不行请重启电脑。"
RUNS_AWAY = "规则里有句式会让检查停不下来，已停止试用。请写得更具体，减少可以重复的部分。"
DISK_FULL = "磁盘已满，检查进程无法启动。请清理出空间后重试，文件没有改动。"


def whole(answer: Answer) -> Report:
    """The report with all that came beside it. Raises Unreadable if the child sent none."""
    report = answer.value("report", Report)
    if report.status is Status.STOPPED:
        return bare(report, answer.findings)
    return dataclasses.replace(
        report, findings=answer.findings, pieces=answer.pieces, plain=answer.plain
    )


def bare(report: Report, findings: tuple[Finding, ...]) -> Report:
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
        pieces=(),
    )


def unreadable(
    shown: str,
    error: Unreadable,
    findings: tuple[Finding, ...],
    digest_of: Path | None,
    began: float,
    rulebook: str,
) -> Report:
    """Of a file nobody could read; `findings` are those of its name, `digest_of` what is kept."""
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
        rulebook=rulebook,
        title=Path(shown).stem,
        plain="",
    )
    marks = tuple(f for f in findings if f.severity is Severity.STOP)
    return bare(dataclasses.replace(report, troubles=()), marks) if marks else report


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


def died(*, late: bool, seconds: float) -> Unreadable:
    """What a child's end says of its file: too `late` by its `seconds`, or killed by the file."""
    if late:
        return Unreadable(
            TroubleCode.TIMEOUT,
            f"检查这个文件超过 {seconds:.0f} 秒仍未完成，已停止。"
            "请拆分，或用原软件另存为新文件后再放入；也可由人工查看。",
        )
    log.info("a worker died in the middle of a file")
    return Unreadable(TroubleCode.CRASHED, CRASHED)
