"""`read`: all that one file carries, for a person by place with the unseen first, or as JSON."""

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cli import output, session, words
from cli.entry import DONE, FOUND
from detection.as_json import place_json, report_json
from detection.finding import Family, Finding
from detection.report import Report, Status
from formats.mail.header_words import HEADER_WORDS
from formats.reading import Reading, Segment

_UNSEEN = "看不见的内容（打开或打印时看不到，文件发出去别人取得到）"
_SEEN = "看得见的内容"
_NOTHING_READ = "没有读到里面的内容，不等于里面没有内容。在弄清里面有什么以前，请不要公开。"


class Line(NamedTuple):
    """A segment and what may be shown of its text."""

    segment: Segment
    text: str


def read(options: argparse.Namespace) -> int:
    """Every segment with its place and visibility; findings are masked unless `--reveal`."""
    with session.examiner(None, workers=1) as children:
        report = children.examine(options.file)
        closed = report.status in {Status.STOPPED, Status.UNREADABLE}
        reading = None if closed else children.read(options.file)
    lines = () if reading is None else lines_of(report, reading, reveal=options.reveal)
    if options.json:
        output.document(_reading_json(options.file, report, lines, reveal=options.reveal))
    else:
        tell(options.file, report, lines)
    return DONE if report.status is Status.READ else FOUND


def lines_of(report: Report, reading: Reading, *, reveal: bool) -> tuple[Line, ...]:
    """The segments with their texts, the findings masked unless they may be shown."""
    if reveal:
        return tuple(Line(s, s.text) for s in reading.segments)
    hits: dict[tuple[object, ...], list[Finding]] = {}
    for finding in report.findings:
        if finding.family is Family.HIDDEN:
            continue  # that it is hidden is the finding: what it says is what is asked for
        hits.setdefault(finding.place, []).append(finding)
    lines = []
    for segment in reading.segments:
        text = segment.text
        for finding in sorted(hits.get(segment.place, ()), key=lambda f: -f.span[0]):
            start, end = finding.span
            if text[start:end] == finding.text:
                text = text[:start] + finding.masked + text[end:]
        lines.append(Line(segment, text))
    return tuple(lines)


def _reading_json(
    path: Path, report: Report, lines: Sequence[Line], *, reveal: bool
) -> dict[str, Any]:
    whole = report_json(str(path), report, reveal=reveal)
    keys = (
        "file", "sha256", "kind", "status", "troubles", "pages", "image_pages", "characters",
    )  # fmt: skip
    return {key: whole[key] for key in keys} | {
        "segments": [
            {
                "place": place_json(s.place),
                "text": text,
                "visible": s.visible,
                "note": s.note,
                "certainty": s.certainty,
            }
            for s, text in lines
        ]
    }


def tell(path: Path, report: Report, lines: Sequence[Line]) -> None:
    """For a person: the file, its troubles, then what is unseen, then what is seen."""
    output.say(output.shown(str(path)))
    if report.status is Status.STOPPED:
        output.say(f"  {report.status.label}：{report.findings[0].reason}")
        return
    facts = [report.status.label, report.kind.value]
    if report.pages is not None:
        facts.append(f"{report.pages} 页")
    output.say("  " + "，".join((*facts, f"{report.characters} 字")))
    for trouble in report.troubles:
        output.say(f"  ! {words.trouble(trouble)}")
    if report.image_pages:
        pages = "、".join(str(p) for p in report.image_pages)
        output.say(f"  ! 第 {pages} 页是图片，请逐页对照原件查看。")
    if report.status is Status.UNREADABLE:
        output.say(f"  {_NOTHING_READ}")
        return
    for title, visible in ((_UNSEEN, False), (_SEEN, True)):
        part = [line for line in lines if line.segment.visible is visible]
        output.say(f"\n{title}：{len(part)} 处" if part else f"\n{title}：没有")
        _print_places(part)


def _print_places(lines: Sequence[Line]) -> None:
    """Under the file inside, under the kind of place; in the order they stand."""
    for (member, label), group in _grouped(lines):
        inside = f"{output.shown(member)} " if member else ""
        said = {_remarks(segment) for segment, _ in group}
        shared = said.pop() if len(said) == 1 and len(group) > 1 else ""
        output.say(f"  【{inside}{label}】{len(group)} 处{f'〔{shared}〕' if shared else ''}")
        for segment, text in group:
            spot = words.spot(segment.place)
            rows = [output.shown(row.replace("\t", "  ")) for row in text.splitlines()] or [""]
            first = f"{output.shown(spot)}：{rows[0]}" if spot else rows[0]
            output.say(f"    {first}")
            for row in rows[1:]:
                output.say(f"      {row}")
            remarks = _remarks(segment)
            if remarks and not shared:
                output.say(f"      〔{remarks}〕")


def _grouped(lines: Iterable[Line]) -> list[tuple[tuple[str | None, str], list[Line]]]:
    """By member, then by part, each where it first stands; the order inside stays."""
    found: dict[tuple[str | None, str], list[Line]] = {}
    for line in lines:
        place = line.segment.place
        found.setdefault((place.member, place.part.label), []).append(line)
    order = {member: n for n, (member, _) in reversed(list(enumerate(found)))}
    return sorted(found.items(), key=lambda item: order[item[0][0]])


def _remarks(segment: Segment) -> str:
    """What a person asks next: who and when, how sure the recognition is."""
    note = HEADER_WORDS.get(segment.note, segment.note)
    remarks = [output.shown(note)] if note and note != segment.place.part.label else []
    if segment.certainty < 1:
        remarks.append(f"从图片识别，把握 {segment.certainty:.0%}，请对照图片核对")
    return "；".join(remarks)
