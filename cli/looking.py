"""`scan`, `redact`: look at files and keep nothing."""

import argparse
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from cli import output, session, words
from cli.entry import DONE, FOUND
from detection.advice import advice, certainty_words
from detection.as_json import report_json
from detection.finding import COLUMN, Finding, Severity
from detection.report import Report, Status
from formats.reading import Mark, Unreadable
from intake.examine import Examiner
from models.kernel.errors import Refused, Unavailable

_SHOWN = 3
"""How many hits of one rule are named to a person; a list has hundreds."""


def walk(paths: Iterable[Path]) -> Iterator[Path]:
    """The files in the order of the arguments; a folder is walked, sorted."""
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file())
        else:
            yield path


def scan(options: argparse.Namespace) -> int:
    """One object a line as in the contract, or a paragraph a file for people."""
    files = list(walk(options.paths))
    matter = _matter(options.profile)
    jobs = options.jobs or min(len(files), os.cpu_count() or 1) or 1
    found = False
    with (
        session.examiner(
            None, workers=jobs, rules=options.rules, pictures=not options.no_ocr
        ) as children,
        ThreadPoolExecutor(jobs) as pool,
    ):
        complaint = children.begin_batch()
        if complaint:
            output.complain([complaint])
        for done, (path, report) in enumerate(
            zip(files, pool.map(partial(children.examine, matter=matter), files), strict=True), 1
        ):
            output.progress(done, len(files), "已检查")
            found = found or bool(report.findings) or report.status is not Status.READ
            if options.json:
                output.line(
                    report_json(str(path), report, reveal=options.reveal, labels=children.labels)
                )
            else:
                _tell(path, report, reveal=options.reveal)
    return FOUND if found else DONE


def _matter(profile: str | None) -> str:
    """The label of the matter that was named, "" where none was. Raises Refused."""
    if not profile:
        return ""
    from exporters import profiles

    return profiles.named(profile).label


def _tell(path: Path, report: Report, *, reveal: bool) -> None:
    if report.status is Status.STOPPED:
        mark = report.findings[0]
        output.say(f"{output.shown(str(path))}\n  {report.status.label}：{mark.reason}")
        output.say(f"      {_advice(mark)}")
        return
    output.say(output.shown(str(path)))
    output.say(f"  {report.status.label}，{report.characters} 字，发现 {len(report.findings)} 处")
    for trouble in report.troubles:
        output.say(f"  ! {words.trouble(trouble)}")
    alike: dict[tuple[Severity, str, bool, str], list[Finding]] = {}
    for finding in report.findings:
        # Each column says of itself what it holds.
        reason = finding.reason if finding.rule == COLUMN else ""
        alike.setdefault((finding.severity, finding.rule, finding.visible, reason), []).append(
            finding
        )
    for (severity, _, visible, _), group in sorted(alike.items(), key=lambda item: item[0][0].rank):
        seen = "" if visible else "（看不见）"
        output.say(
            f"  [{severity.label}] {len(group)} 处{seen} {group[0].reason}（{group[0].basis}）"
        )
        for finding in group[:_SHOWN]:
            text = finding.text if reveal else finding.masked
            sure = certainty_words(finding.certainty, finding.valid)
            output.say(f"      {output.shown(words.where(finding.place))} {text}　{sure}")
        if len(group) > _SHOWN:
            output.say(f"      ……另有 {len(group) - _SHOWN} 处，用 --json 列出全部")
        output.say(f"      {_advice(group[0])}")


def _advice(found: Finding) -> str:
    return advice(found.family, found.severity, found.suggest, visible=found.visible)


def redact(options: argparse.Namespace) -> int:
    """A new clean file without what was found and without hidden parts, then read again."""
    _refuse_over_original(options.file, options.out)
    matter = _matter(options.profile)
    with session.examiner(None, workers=1) as children:
        report = children.examine(options.file)
        if report.status is Status.STOPPED:
            raise Refused(report.findings[0].reason)
        if report.status is Status.UNREADABLE:
            raise Unreadable(report.troubles[0].code, report.troubles[0].text)
        marks = marks_for(report.findings, everything=options.all)
        if options.profile:
            marks += _profile_marks(children, options.file, options.profile)
        children.redact(options.file, marks, options.out, report.kind)
        after = children.examine(options.out, matter=matter)
    left = [f for f in after.findings if f.severity in {Severity.STOP, Severity.HIDE}]
    if options.json:
        output.document(
            {
                "file": str(options.file),
                "out": str(options.out),
                "marks": len(marks),
                "left": len(left),
                "verification": report_json(
                    str(options.out), after, reveal=False, labels=children.labels
                ),
            }
        )
    else:
        output.say(f"已写出 {options.out}：处理 {len(marks)} 处，复查余 {len(after.findings)} 处。")
        _tell(options.out, after, reveal=False)
    return FOUND if after.findings or after.status is not Status.READ else DONE


def _refuse_over_original(file: Path, out: Path) -> None:
    """The officer's file is never changed, under whatever name it is given again."""
    if out.exists() and file.exists() and out.samefile(file):
        raise Refused("“-o”写的就是原件，原件不能被覆盖。请换一个文件名。")
    if out.is_dir() or not out.absolute().parent.is_dir():
        raise Unavailable(
            "公开件没有写出",
            f"“{out}”不是可以写入的文件位置。请写出已有文件夹里的一个文件名。",
        )


def marks_for(findings: Sequence[Finding], *, everything: bool) -> list[Mark]:
    """Orders to the knife for what must be hidden (and, if asked, what must be asked about)."""
    wanted = {Severity.STOP, Severity.HIDE} | ({Severity.ASK} if everything else set())
    return [
        Mark(f.place, f.span, f.suggest) for f in findings if f.visible and f.severity in wanted
    ]


def _profile_marks(children: Examiner, path: Path, profile: str) -> list[Mark]:
    from exporters import profiles

    return profiles.marks(children.read(path), profiles.named(profile))
