"""`notice`, `layout`, `report`: papers in Word, and the checks on them."""

import argparse
import json
from pathlib import Path
from typing import Any

from cli import output, session
from cli.entry import DONE, FOUND
from exporters import annual_report, gbt9704, notices
from formats.reading import Unreadable
from models.kernel import policy
from models.kernel.errors import Refused
from models.reporting import annual, checks


def facts_of(path: Path) -> dict[str, Any]:
    """The JSON object in a facts file. Refused where it is none."""
    try:
        value = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise Refused(f"打不开 {path}。请检查文件是否存在。") from None
    except ValueError:
        raise Refused(f"{path} 不是有效的 JSON 文件。") from None
    if not isinstance(value, dict):
        raise Refused(f"{path} 里应当是一个 JSON 对象。")
    return value


def notice(options: argparse.Namespace) -> int:
    """Write a notice from facts; columns that may not be public are left out and named."""
    made = notices.make(options.kind, facts_of(options.facts), options.out)
    output.say(f"已写出 {made.path}，{made.rows} 行。")
    for reason in made.dropped:
        output.say(f"  未列出：{reason}")
    return DONE


def layout(options: argparse.Namespace) -> int:
    """Check a Word file against GB/T 9704."""
    results = gbt9704.check(options.file)
    if options.json:
        output.document(results)
    else:
        checked = [r for r in results if r["result"] != "not-checked"]
        output.table(
            ("编号", "结果", "应为", "实为", "位置"),
            [
                (r["id"], _RESULTS[r["result"]], r["expected"], r["found"], r["place"])
                for r in sorted(checked, key=lambda r: list(_RESULTS).index(r["result"]))
            ],
        )
        output.say(f"另有 {len(results) - len(checked)} 项文中没有，或者须打印后核对。")
    return FOUND if any(r["result"] == "fail" for r in results) else DONE


_RESULTS = {"fail": "不符合", "warn": "建议", "pass": "符合"}


def report(options: argparse.Namespace) -> int:
    """Build this office's report, or check anybody's."""
    return _build(options) if options.part == "build" else _check(options)


def _build(options: argparse.Namespace) -> int:
    with session.catalogue(options):
        office = policy.office()
        draft = annual.load(options.year)
        organ = office.name if office else ""
    annual_report.write(
        annual_report.AnnualReport(organ, options.year, draft.tables, **draft.texts), options.out
    )
    results = checks.check(draft.tables)
    failed = [c for c in results if c.status == "fails"]
    if options.json:
        output.document(
            {
                "file": str(options.out),
                "year": options.year,
                "organ": organ,
                "tables": draft.tables.to_json(),
                "checks": [_check_json(c) for c in results],
            }
        )
    else:
        output.say(f"已写出 {options.out}。")
        for check in failed:
            output.say(f"  {check.rule} {check.says}")
    return FOUND if failed else DONE


def _check(options: argparse.Namespace) -> int:
    whole: list[dict[str, Any]] = []
    for path in options.files:
        try:
            found = annual_report.read(path)
        except Unreadable as problem:
            output.complain([f"{path}：{problem.text}"])
            whole.append(
                {"file": str(path), "year": None, "organ": None, "tables": None, "checks": []}
            )
            continue
        whole.append(
            {
                "file": str(path),
                "year": found.year,
                "organ": found.organ,
                "tables": found.tables.to_json(),
                "checks": [_check_json(c) for c in checks.check(found.tables)],
                "troubles": list(found.troubles),
            }
        )
    if options.json:
        output.document(whole[0] if len(whole) == 1 else whole)
    else:
        for item in whole:
            if item["tables"] is not None:
                _tell(item)
    clean = all(
        item["tables"] is not None and all(c["status"] == "holds" for c in item["checks"])
        for item in whole
    )
    return DONE if clean else FOUND


def _tell(item: dict[str, Any]) -> None:
    output.say(f"{item['file']}：{item['organ'] or '机关不详'} {item['year'] or '年份不详'}")
    for trouble in item.get("troubles", ()):
        output.say(f"  ! {trouble}")
    bad = [c for c in item["checks"] if c["status"] != "holds"]
    for check in bad:
        output.say(f"  {check['rule']} {check['says']}")
    if not bad:
        output.say("  各项勾稽关系成立。")


def _check_json(check: checks.Check) -> dict[str, Any]:
    return {
        "rule": check.rule,
        "where": check.where,
        "left": check.left,
        "right": check.right,
        "status": check.status,
        "says": check.says,
    }
