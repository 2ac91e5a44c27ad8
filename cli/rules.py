"""`rescan`: stored documents looked at again by the rules of today."""

import argparse

from cli import output, session
from cli.catalogue import row_json
from cli.entry import DONE, FOUND, WRONG_USE
from intake import pipeline, rechecking
from models import queries

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
