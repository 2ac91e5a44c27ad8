"""`take`, `admit`, `watch`, `list`, `search`, `edit`, `replace`: the catalogue."""

import argparse
import signal
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
from models.disclosure import admissions, catalogue, documents
from models.disclosure.workflow import State
from models.kernel import policy
from models.kernel.errors import Refused, Unavailable
from models.kernel.home import Home
from models.kernel.person import Person

_STAYS = "文件仍在收件文件夹里，下次看守时再收。"


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


def admit(options: argparse.Namespace) -> int:
    """Let one file in though it bears a state-secret mark: a 保密审查员's act, with a reason."""
    with session.catalogue(options) as home:
        officer = session.officer(options)
        admissions.require(officer, options.reason)
        batch = None
        if options.batch:
            batch, _ = documents.open_batch(options.batch, officer)
        with session.examiner(home) as children:
            taken = pipeline.let_in(
                home, options.file, officer, options.reason, children, batch=batch
            )
    if options.json:
        output.document(_taken_json(taken))
    else:
        output.say(f"{_name(taken.path)}：{taken.says}")
    return DONE if taken.outcome is Outcome.KEPT else FOUND


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
                try:
                    taken = pipeline.take_in(home, path, officer, children, move=True)
                except Unavailable as problem:
                    output.complain([f"{_name(path)}：{problem.what}：{problem.why}{_STAYS}"])
                else:
                    output.say(f"{_name(path)}：{taken.says}")

            def trouble(folder: Path, sentence: str) -> None:
                if sentence:
                    output.complain([output.shown(sentence)])
                else:
                    output.say(f"收件文件夹“{output.shown(str(folder))}”恢复了，继续看守。")

            if options.once:
                return _once(home, folders, officer, children)
            # Also where a shell in the background or a task planner has SIGINT ignored.
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.default_int_handler)
            watching = Watch(folders, ready, on_trouble=trouble)
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
        output.document([row_json(row) for row in rows])
    else:
        output.table(
            ("编号", "标题", "状态", "未处理", "下一步"),
            [(r.id, r.title, r.state.label, r.open_findings, r.next_step) for r in rows],
        )
    return DONE


def row_json(row: queries.DocumentRow) -> dict[str, Any]:
    """One document as `list`, `search` and `show` print it."""
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
        "outdated": row.outdated,
    }


def list(options: argparse.Namespace) -> int:
    """The catalogue, or one state of it, or the trash."""
    if options.state and options.state not in set(State):
        raise Refused(f"没有“{options.state}”这个状态。可用：{'、'.join(State)}。")
    wanted = frozenset({State(options.state)}) if options.state else frozenset()
    recheck = queries.Recheck(options.recheck) if options.recheck else None
    with session.catalogue(options):
        return _rows(
            queries.DocumentFilter(states=wanted, recheck=recheck, trash=options.trash),
            as_json=options.json,
        )


def search(options: argparse.Namespace) -> int:
    """Full text; one and two characters work too."""
    with session.catalogue(options):
        return _rows(queries.DocumentFilter(text=options.text), as_json=options.json)


def edit(options: argparse.Namespace) -> int:
    """Set catalogue fields by their keys; an empty value clears one."""
    fields: dict[str, object] = {}
    for given in options.fields:
        key, equals, value = given.partition("=")
        if not equals or key not in catalogue.BY_KEY:
            known = "、".join(f"{f.key}（{f.label}）" for f in catalogue.FIELDS)
            raise Refused(f"“{given}”不是“目录项=内容”的样子。目录项有：{known}。")
        fields[key] = value
    with session.catalogue(options) as home:
        officer = session.officer(options)
        if "matter" in fields:
            with session.examiner(home) as children:
                pipeline.edit(home, options.id, fields, officer, children)
        else:
            documents.edit(options.id, fields, officer)
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
