"""`scan`, `read`, `redact`: look at files and keep nothing."""

import argparse
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import detection
from cli import output, session
from cli.entry import DONE, FOUND
from detection.as_json import place_json
from detection.finding import Finding, Severity
from detection.report import Report, Status
from formats.reading import Mark, Reading, Unreadable
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
    jobs = options.jobs or min(len(files), os.cpu_count() or 1) or 1
    found = False
    with (
        session.examiner(None, workers=jobs, rules=options.rules) as children,
        ThreadPoolExecutor(jobs) as pool,
    ):
        for done, (path, report) in enumerate(
            zip(files, pool.map(children.examine, files), strict=True), 1
        ):
            output.progress(done, len(files), "已检查")
            found = found or bool(report.findings) or report.status is not Status.READ
            if options.json:
                output.line(detection.report_json(str(path), report, reveal=options.reveal))
            else:
                _tell(path, report, reveal=options.reveal)
    return FOUND if found else DONE


def _tell(path: Path, report: Report, *, reveal: bool) -> None:
    if report.status is Status.STOPPED:
        output.say(
            f"{output.shown(str(path))}\n  {report.status.label}：{report.findings[0].reason}"
        )
        return
    output.say(output.shown(str(path)))
    output.say(f"  {report.status.label}，{report.characters} 字，发现 {len(report.findings)} 处")
    for trouble in report.troubles:
        output.say(f"  ! {trouble.text}")
    alike: dict[tuple[Severity, str, bool], list[Finding]] = {}
    for finding in report.findings:
        alike.setdefault((finding.severity, finding.rule, finding.visible), []).append(finding)
    for (severity, _, visible), group in sorted(alike.items(), key=lambda item: item[0][0].rank):
        seen = "" if visible else "（看不见）"
        output.say(
            f"  [{severity.label}] {len(group)} 处{seen} {group[0].reason}（{group[0].basis}）"
        )
        for finding in group[:_SHOWN]:
            output.say(f"      {where(finding)} {finding.text if reveal else finding.masked}")
        if len(group) > _SHOWN:
            output.say(f"      ……另有 {len(group) - _SHOWN} 处，用 --json 列出全部")


def where(finding: Finding) -> str:
    """A place in the words of a person: 工作表“名单”D5, 第3段."""
    place = finding.place
    words = [place.part.label]
    if place.member:
        words.insert(0, place.member)
    if place.sheet:
        words.append(f"“{place.sheet}”{place.cell or ''}")
    if place.page:
        words.append(f"第{place.page}页")
    if place.table and place.row:
        words.append(f"第{place.table}个表第{place.row}行第{place.column}列")
    elif place.paragraph:
        words.append(f"第{place.paragraph}段")
    return " ".join(words)


def read(options: argparse.Namespace) -> int:
    """Every segment with its place and visibility; findings are masked unless `--reveal`."""
    with session.examiner(None, workers=1) as children:
        report = children.examine(options.file)
        if report.status in {Status.STOPPED, Status.UNREADABLE}:
            if options.json:
                output.document(_reading_json(options.file, report, None, reveal=False))
            else:
                _tell(options.file, report, reveal=False)
            return FOUND
        reading = children.read(options.file)
    if options.json:
        output.document(_reading_json(options.file, report, reading, reveal=options.reveal))
    else:
        _print_reading(report, reading, reveal=options.reveal)
    return DONE if report.status is Status.READ else FOUND


def _texts(report: Report, reading: Reading, *, reveal: bool) -> list[str]:
    """The segments' texts, with the findings masked unless they may be shown."""
    if reveal:
        return [s.text for s in reading.segments]
    hits: dict[tuple[object, ...], list[Finding]] = {}
    for finding in report.findings:
        hits.setdefault(finding.place, []).append(finding)
    texts = []
    for segment in reading.segments:
        text = segment.text
        for finding in sorted(hits.get(segment.place, ()), key=lambda f: -f.span[0]):
            start, end = finding.span
            if text[start:end] == finding.text:
                text = text[:start] + finding.masked + text[end:]
        texts.append(text)
    return texts


def _reading_json(
    path: Path, report: Report, reading: Reading | None, *, reveal: bool
) -> dict[str, Any]:
    whole = detection.report_json(str(path), report, reveal=reveal)
    keys = ("file", "sha256", "kind", "status", "troubles", "pages", "characters")
    segments = [] if reading is None else reading.segments
    texts = [] if reading is None else _texts(report, reading, reveal=reveal)
    return {key: whole[key] for key in keys} | {
        "segments": [
            {
                "place": place_json(s.place),
                "text": text,
                "visible": s.visible,
                "note": s.note,
                "certainty": s.certainty,
            }
            for s, text in zip(segments, texts, strict=True)
        ]
    }


def _print_reading(report: Report, reading: Reading, *, reveal: bool) -> None:
    for trouble in report.troubles:
        output.say(f"! {trouble.text}")
    for segment, text in zip(reading.segments, _texts(report, reading, reveal=reveal), strict=True):
        place = segment.place
        spot = " ".join(str(w) for w in (place.member, place.sheet, place.cell) if w)
        seen = " " if segment.visible else "×"
        note = f"  〔{segment.note}〕" if segment.note else ""
        output.say(f"{seen} {place.part.label:<6} {spot} {text}{note}")


def redact(options: argparse.Namespace) -> int:
    """A new clean file without what was found and without hidden parts, then read again."""
    _refuse_over_original(options.file, options.out)
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
        after = children.examine(options.out)
    left = [f for f in after.findings if f.severity in {Severity.STOP, Severity.HIDE}]
    if options.json:
        output.document(
            {
                "file": str(options.file),
                "out": str(options.out),
                "marks": len(marks),
                "left": len(left),
                "verification": detection.report_json(str(options.out), after, reveal=False),
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

    return profiles.marks(children.read(path), profile)
