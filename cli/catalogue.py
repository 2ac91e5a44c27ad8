"""`take`, `watch`, `list`, `show`, `search`, `edit`, `replace`, `rescan`: the catalogue."""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cli import output, session
from cli.entry import DONE, FOUND
from intake import door, pipeline, replacing
from intake.examine import Examiner
from intake.pipeline import Outcome, Taken
from intake.watch import Watch
from models import queries
from models.disclosure import catalogue, documents
from models.disclosure.workflow import State
from models.kernel import policy
from models.kernel.errors import Refused, Unavailable
from models.kernel.home import Home
from models.kernel.person import Person


def take(options: argparse.Namespace) -> int:
    """Take files and folders in; the officer's files stay where they are."""
    with session.catalogue(options) as home:
        officer = session.officer(options)
        batch = None
        if options.batch:
            batch, _ = documents.open_batch(options.batch, officer)
        with session.examiner(home) as children:
            outcomes = pipeline.take_many(
                home, options.paths, officer, children, batch=batch, progress=output.progress
            )
    for taken in outcomes:
        if options.json:
            output.line(_taken_json(taken))
        else:
            output.say(f"{_name(taken.path)}：{taken.says}")
    return DONE if all(t.outcome is Outcome.KEPT for t in outcomes) else FOUND


def _name(path: Path) -> str:
    return output.shown(door.shown_name(path))


def _taken_json(taken: Taken) -> dict[str, Any]:
    return {
        "file": str(taken.path),
        "outcome": taken.outcome.value,
        "id": taken.document_id,
        "text": taken.says,
    }


def watch(options: argparse.Namespace) -> int:
    """Watch the office's inboxes (or the folders given) until interrupted."""
    with session.catalogue(options) as home:
        officer = session.officer(options)
        office = policy.office()
        folders = tuple(options.folders) or (office.inboxes if office else ())
        if not folders:
            raise Refused("还没有设置收件文件夹。请在命令后写出文件夹，或在“日志与设置”中添加。")
        with session.examiner(home) as children:

            def ready(path: Path) -> None:
                taken = pipeline.take_in(home, path, officer, children, move=True)
                output.say(f"{_name(path)}：{taken.says}")

            if options.once:
                return _once(home, folders, officer, children)
            watching = Watch(folders, ready)
            watching.start()
            output.say("正在看守收件文件夹，按 Ctrl+C 停止。")
            try:
                while True:
                    time.sleep(1)
            except KeyboardInterrupt:
                output.say("已停止。")
            finally:
                watching.stop()
    return DONE


def _once(home: Home, folders: Sequence[Path], officer: Person, children: Examiner) -> int:
    """Take what is there now; an empty folder is no fault, one that is not there is."""
    there = [folder for folder in folders if folder.is_dir()]
    outcomes = [
        taken
        for taken in pipeline.take_many(home, there, officer, children, move=True)
        if taken.path not in there
    ]
    for taken in outcomes:
        output.say(f"{_name(taken.path)}：{taken.says}")
    lost = [output.shown(str(folder)) for folder in folders if folder not in there]
    if lost:
        raise Unavailable(
            "有收件文件夹没有看守",
            f"找不到{'、'.join(lost)}。请检查网络位置或者移动盘是否接好，再在“日志与设置”中核对。",
        )
    return DONE if all(t.outcome is Outcome.KEPT for t in outcomes) else FOUND


def _rows(documents_filter: queries.DocumentFilter, *, as_json: bool) -> int:
    ids = queries.document_ids(documents_filter)
    rows = queries.document_rows(ids)
    if as_json:
        output.document([_row_json(row) for row in rows])
    else:
        output.table(
            ("编号", "标题", "状态", "未处理", "下一步"),
            [(r.id, r.title, r.state.label, r.open_findings, r.next_step) for r in rows],
        )
    return DONE


def _row_json(row: queries.DocumentRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "name": row.name,
        "state": row.state.value,
        "status": row.status.value,
        "kind": row.kind.value,
        "severity": row.severity.value if row.severity else None,
        "open": row.open_findings,
        "findings": row.findings,
        "next": row.next_step,
    }


def list(options: argparse.Namespace) -> int:
    """The catalogue, or one state of it, or the trash."""
    if options.state and options.state not in set(State):
        raise Refused(f"没有“{options.state}”这个状态。可用：{'、'.join(State)}。")
    wanted = frozenset({State(options.state)}) if options.state else frozenset()
    with session.catalogue(options):
        return _rows(
            queries.DocumentFilter(states=wanted, trash=options.trash), as_json=options.json
        )


def search(options: argparse.Namespace) -> int:
    """Full text; one and two characters work too."""
    with session.catalogue(options):
        return _rows(queries.DocumentFilter(text=options.text), as_json=options.json)


def show(options: argparse.Namespace) -> int:
    """One document: fields, findings with rulings, steps, publications."""
    with session.catalogue(options):
        row = queries.document_rows([options.id])
        if not row:
            raise Refused(f"目录里没有编号 {options.id}。")
        findings = queries.findings_of(options.id)
        steps = queries.steps_of(options.id)
        detail = queries.document(options.id)
    if options.json:
        output.document(
            _row_json(row[0])
            | {
                "fields": detail.fields,
                "items": [_finding_json(f) for f in findings],
                "steps": [
                    {
                        "action": s.action.value,
                        "officer": s.officer,
                        "at": s.at.isoformat(),
                        "reason": s.reason,
                        "sha256": s.sha256,
                    }
                    for s in steps
                ],
            }
        )
        return DONE
    output.say(f"{output.shown(row[0].title)}（编号 {row[0].id}，{row[0].state.label}）")
    output.say(row[0].next_step)
    output.table(
        ("发现", "级别", "规则", "内容", "处理"),
        [
            (
                f"f{f.number}",
                f.severity.label,
                f.rule,
                f.masked,
                f.ruling.label if f.ruling else "未处理",
            )
            for f in findings
        ],
    )
    for step in steps:
        output.say(f"{step.at:%Y-%m-%d %H:%M} {step.action.label} {step.officer} {step.reason}")
    return DONE


def _finding_json(finding: queries.FindingRow) -> dict[str, Any]:
    return {
        "id": f"f{finding.number}",
        "rule": finding.rule,
        "family": finding.family.value,
        "severity": finding.severity.value,
        "text": finding.masked,
        "visible": finding.visible,
        "ruling": finding.ruling.value if finding.ruling else None,
        "reason": finding.ruling_reason,
    }


def edit(options: argparse.Namespace) -> int:
    """Set catalogue fields by their keys; an empty value clears one."""
    fields: dict[str, object] = {}
    for given in options.fields:
        key, equals, value = given.partition("=")
        if not equals or key not in catalogue.BY_KEY:
            known = "、".join(f"{f.key}（{f.label}）" for f in catalogue.FIELDS)
            raise Refused(f"“{given}”不是“目录项=内容”的样子。目录项有：{known}。")
        fields[key] = value
    with session.catalogue(options):
        documents.edit(options.id, fields, session.officer(options))
    output.say("已改目录信息。")
    return DONE


def replace(options: argparse.Namespace) -> int:
    """Another file in the place of the current one, through the same door as `take`."""
    with session.catalogue(options) as home:
        officer = session.officer(options)
        with session.examiner(home) as children:
            taken = replacing.replace(home, options.id, options.file, officer, children)
    if options.json:
        output.document(_taken_json(taken))
    else:
        output.say(taken.says)
    return DONE if taken.outcome is Outcome.KEPT else FOUND


def rescan(options: argparse.Namespace) -> int:
    """Examine the current revisions again; 1 where something is open afterwards."""
    with session.catalogue(options) as home:
        officer = session.officer(options)
        with session.examiner(home) as children:
            for done, document in enumerate(options.ids, 1):
                pipeline.scan_again(home, document, officer, children)
                output.progress(done, len(options.ids), "已重新检查")
        rows = queries.document_rows(options.ids)
    if options.json:
        output.document([_row_json(row) for row in rows])
    else:
        for row in rows:
            output.say(f"{row.title}：{row.status.label}，{row.open_findings} 处未处理。")
    return FOUND if any(row.open_findings for row in rows) else DONE
