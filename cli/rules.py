"""`rules`, `rescan`: the office's own rules, and stored documents looked at again by new ones."""

import argparse
from pathlib import Path

from cli import output, session
from cli.catalogue import row_json
from cli.entry import DONE, FOUND, WRONG_USE
from intake import pipeline, rechecking, rule_trial
from models import queries
from models.disclosure import office_rules
from models.kernel.errors import Refused
from models.kernel.home import Home
from models.kernel.person import Person

AFTERWARDS = (
    "已公开的文件里现在有新发现，请先看这些：不该公开的马上撤回，从各渠道撤下，改正后重新发布；"
    "有国家秘密标志的立即断网并报告保密员；可以公开或者不是的，由保密审查员复核，用 rule 写明理由。"
)


def rescan(options: argparse.Namespace) -> int:
    """Examine the current revisions again; 1 where something is open afterwards."""
    if bool(options.ids) == options.outdated:
        output.complain(["请写出文件编号，或者用 --outdated 重查规则更新后还没有检查的全部文件。"])
        return WRONG_USE
    failed: tuple[tuple[int, str], ...] = ()
    with session.catalogue(options) as home:
        officer = session.officer(options)
        with session.examiner(home) as children:
            if options.outdated:
                found = rechecking.recheck(home, children, officer, progress=output.progress)
                ids, failed = [*found.done], found.failed
            else:
                ids = options.ids
                for done, document in enumerate(ids, 1):
                    pipeline.scan_again(home, document, officer, children, admission=options.admit)
                    output.progress(done, len(ids), "已重新检查")
        later = [number for number in queries.found_later_ids() if number in ids]
        rows = queries.document_rows([*later, *(n for n in ids if n not in later)])
    if options.json:
        output.document([row_json(row) for row in rows])
    else:
        if later:
            output.say(AFTERWARDS)
        for row in rows:
            output.say(
                f"{row.id} 号《{output.shown(row.title)}》（{row.state.label}）："
                f"{row.status.label}，{row.open_findings} 处未处理。"
            )
        if options.outdated:
            output.say(f"重新检查了 {len(ids)} 份。")
    output.complain(f"{number} 号没有重新检查：{why}" for number, why in failed)
    return FOUND if failed or any(row.open_findings for row in rows) else DONE


def rules(options: argparse.Namespace) -> int:
    """The office's own rules: list them, try a file, put it in force, take it away."""
    with session.catalogue(options) as home:
        if options.part == "list":
            return _list(as_json=options.json)
        if options.part == "try":
            return _try(home, options.file, as_json=options.json)
        officer = session.officer(options)
        if options.part == "add":
            name, text = options.file.name, _text(options.file)
            rule_trial.save(home, name, text, officer, options.reason, name)
            output.say(f"“{name}”已经生效。没有按新规则检查的文件，用 rescan --outdated 重查。")
            return DONE
        _remove(options.name, officer, options.reason)
    output.say(
        f"“{output.shown(options.name)}”已移走，原文放在规则文件夹的“{office_rules.ASIDE}”里。"
    )
    return DONE


def _list(*, as_json: bool) -> int:
    rows = [
        {
            "name": entry.name,
            "file": entry.file,
            "kind": {"rule": "rule", "exception": "exception"}.get(entry.part, "file"),
            "label": str(entry.data.get("label") or entry.data.get("rule") or entry.file),
            "reason": str(entry.data.get("reason", "")),
        }
        for entry in office_rules.entries()
    ]
    if as_json:
        output.document(rows)
    else:
        output.table(
            ("名称", "文件", "是什么", "理由"),
            [(r["name"], r["file"], r["label"], r["reason"]) for r in rows],
        )
    return DONE


def _try(home: Home, path: Path, *, as_json: bool) -> int:
    """1 where the file cannot be used or would find something."""
    trial = rule_trial.try_out(home, path.name, _text(path), progress=output.progress)
    if as_json:
        output.document(
            {
                "wrong": list(trial.wrong),
                "tried": trial.tried,
                "total": trial.total,
                "unread": trial.unread,
                "documents": [
                    {
                        "id": hit.document_id,
                        "title": hit.title,
                        "state": hit.state,
                        "places": hit.places,
                        "excerpts": list(hit.excerpts),
                    }
                    for hit in trial.hits
                ],
                "text": trial.says,
            }
        )
    else:
        output.say(trial.says)
        output.table(
            ("编号", "标题", "状态", "处数", "内容"),
            [
                (h.document_id, h.title, h.state, h.places, "、".join(h.excerpts))
                for h in trial.hits
            ],
        )
    return FOUND if trial.wrong or trial.hits else DONE


def _remove(name: str, officer: Person, reason: str) -> None:
    """A whole file by its name, or one rule of the window's file by its id."""
    one = next(
        (e for e in office_rules.entries() if e.file == office_rules.OWN and e.name == name), None
    )
    if one is None or name == one.file:
        office_rules.write(name, None, officer, reason, name)
    else:
        left = office_rules.without_entry(one)
        office_rules.write(office_rules.OWN, left, officer, reason, name)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"“{path.name}”不是 UTF-8 文本。请另存为 UTF-8 后再试。") from None
