"""The acts of the walk: rule, undo, clean, seen, step, release, abandon, publish."""

import argparse
from argparse import ArgumentTypeError
from collections.abc import Sequence
from datetime import date
from functools import partial

from cli import output, session
from cli.arguments import AS_BEFORE, number
from cli.entry import DONE, FOUND, WRONG_USE
from exporters import package
from intake import pipeline
from models import queries
from models.disclosure import aggregation, documents, findings, precedents, releases, review
from models.disclosure.findings import Ruling
from models.disclosure.workflow import Action
from models.kernel.errors import Refused
from models.kernel.person import Person


def rule(options: argparse.Namespace) -> int:
    """Rule on one finding, or on all that are open."""
    with session.catalogue(options):
        officer = session.officer(options)
        rows = queries.findings_of(options.id)
        if options.finding == "all":
            queries.document(options.id)  # refuses a number nobody has
            chosen = [f.id for f in rows if f.ruling is None]
        else:
            chosen = [f.id for f in rows if f"f{f.number}" == options.finding]
            if not chosen:
                raise Refused(
                    f"编号 {options.id} 里没有编号为“{options.finding}”的发现。"
                    f"请用 show {options.id} 核对编号。"
                )
        ruled = len(chosen)
        if options.ruling == AS_BEFORE:
            ruled = _as_before(options.id, chosen, officer)
        else:
            findings.rule_on(chosen, Ruling(options.ruling), officer, options.reason)
        still_open = sum(f.ruling is None for f in queries.findings_of(options.id))
    if options.json:
        output.document({"id": options.id, "ruled": ruled, "open": still_open})
    else:
        output.say(f"已处理 {ruled} 处，还有 {still_open} 处未处理。")
    return DONE


def _as_before(document: int, chosen: Sequence[int], officer: Person) -> int:
    """Adopt what was decided on the same texts elsewhere; how many. Raises Refused for none."""
    before = precedents.precedents(document)
    known = [before[number] for number in chosen if number in before]
    if not known:
        raise Refused("这些发现以前没有对相同文字作过“保留”或“不是”的决定，请逐处处理。")
    for one in known:
        findings.rule_on([one.finding_id], one.ruling, officer, one.adopted)
    return len(known)


def undo(options: argparse.Namespace) -> int:
    """Take back the officer's own last ruling act on a document."""
    with session.catalogue(options):
        findings.undo(options.id, session.officer(options))
        still_open = sum(f.ruling is None for f in queries.findings_of(options.id))
    output.say(f"已收回最近一次处理，还有 {still_open} 处未处理。")
    return DONE


def clean(options: argparse.Namespace) -> int:
    """Make the clean copies by the rulings and examine them."""
    left = {}
    with session.catalogue(options) as home:
        officer = session.officer(options)
        with session.examiner(home) as children:
            for done, document in enumerate(options.ids, 1):
                pipeline.clean_copy(home, document, officer, children, admission=options.admit)
                left[document] = sum(f.ruling is None for f in queries.findings_of(document))
                output.progress(done, len(options.ids), "已制作公开件")
    if options.json:
        output.document([{"id": i, "open": n} for i, n in left.items()])
    else:
        for document, count in left.items():
            output.say(f"编号 {document} 的公开件已制作，复查后还有 {count} 处待处理。")
    return FOUND if any(left.values()) else DONE


def seen(options: argparse.Namespace) -> int:
    """Record that the officer has looked at a page of a scan."""
    with session.catalogue(options):
        documents.saw_page(options.id, options.page, session.officer(options))
    return DONE


def step(options: argparse.Namespace) -> int:
    """One action on one or more documents: all of them or none."""
    *ids, word = options.words
    try:
        numbers = [number(each) for each in ids]
    except ArgumentTypeError:
        numbers = []
    if word not in set(Action) or not numbers:
        output.complain([f"用法：step 编号... 步骤。步骤有：{'、'.join(Action)}。"])
        return WRONG_USE
    action = Action(word)
    if action is Action.RELEASE:
        raise Refused("发布要先做发布包，请用 release 命令。")
    with session.catalogue(options):
        officer = session.officer(options)
        told: dict[int, tuple[str, ...]] = {}
        if action in (Action.SUBMIT, Action.CLEAR):
            told = {each: aggregation.warnings(each) for each in numbers}
        review.perform_all(numbers, action, officer, options.reason)
        rows = queries.document_rows(numbers)
    if options.json:
        output.document(
            [
                {"id": r.id, "state": r.state.value, "warnings": list(told.get(r.id, ()))}
                for r in rows
            ]
        )
    else:
        for row in rows:
            output.say(f"{output.shown(row.title)}：{action.label}，现在是“{row.state.label}”。")
            for warning in told.get(row.id, ()):
                output.say(f"  注意：{output.shown(warning)}")
    return DONE


def release(options: argparse.Namespace) -> int:
    """Build the package of approved documents and release them."""
    with session.catalogue(options) as home:
        officer = session.officer(options)
        build = partial(package.build, out=options.out)
        made, _ = releases.release(home, options.ids, build, officer, options.name)
        found = next(r for r in queries.releases() if r.id == made)
    if options.json:
        output.document(
            {"release": made, "folder": str(found.folder), "archive": str(found.archive)}
        )
    else:
        output.say(f"发布包已做好：{found.folder}\n压缩包：{found.archive}")
    return DONE


def abandon(options: argparse.Namespace) -> int:
    """Give up a package that was begun and never released; its documents stay approved."""
    with session.catalogue(options):
        releases.abandon(options.release, session.officer(options), options.reason)
    output.say(f"已放弃 {options.release} 号发布包。里面的文件仍是“待发布”，可以重新制作。")
    return DONE


def publish(options: argparse.Namespace) -> int:
    """Record where and when a released document was put online."""
    try:
        day = date.fromisoformat(options.date)
    except ValueError:
        output.complain(["日期请写成 2026-11-23 的样子。"])
        return WRONG_USE
    with session.catalogue(options):
        releases.publish(options.id, options.channel, options.url, day, session.officer(options))
    return DONE
