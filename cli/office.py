"""`setup` and `audit`: an office begins, and its log is proved."""

import argparse
from pathlib import Path

from cli import output, papers, session
from cli.entry import DONE, FOUND
from exporters import ledgers, sample_office
from models.kernel import audit as log
from models.kernel import base, policy
from models.kernel.errors import Refused
from models.kernel.home import Home
from models.kernel.person import NewPerson, Role
from models.kernel.policy import Office


def setup(options: argparse.Namespace) -> int:
    """The first start without a window: the sample office, or an office from a facts file."""
    home = Home.locate(options.home)
    if options.sample:
        office, people = sample_office.setup()
    elif options.facts:
        office, people = _facts(options.facts)
    else:
        raise Refused("请用 --sample 建立示例单位，或用 --facts 给出单位和人员的 JSON。")
    try:
        policy.set_up(home, office, people)
    finally:
        base.close_catalogue()
    output.say(f"已建立{office.name}，数据在 {home.root}。")
    for person in people if options.sample else ():
        output.say(
            f"  {person.name}（{'、'.join(r.label for r in person.roles)}） 密码 {person.password}"
        )
    return DONE


def _facts(path: Path) -> tuple[Office, tuple[NewPerson, ...]]:
    """`{"office": {name, unit_code, region, ...}, "people": [{name, roles, password}]}`."""
    facts = papers.facts_of(path)
    try:
        given = facts["office"]
        office = Office(
            name=_text(given["name"]),
            unit_code=_text(given["unit_code"]),
            region=_text(given["region"]),
            review_body=_text(given.get("review_body", "")),
            court=_text(given.get("court", "")),
            sample=False,
            check_step=bool(given.get("check_step", True)),
            inboxes=tuple(Path(p) for p in given.get("inboxes", ())),
        )
        people = tuple(
            NewPerson(
                _text(p["name"]), frozenset(Role(r) for r in p["roles"]), _text(p["password"])
            )
            for p in facts["people"]
        )
    except KeyError as missing:
        raise Refused(f"单位信息不完整，缺少 {missing}。请补上后再试。") from None
    except (TypeError, AttributeError):
        raise Refused(
            f"{path} 的写法不对。请写成 office（单位各项）和 people（人员列表），各项都用文字。"
        ) from None
    except ValueError:
        raise Refused(f"角色只能是：{'、'.join(Role)}。请改正后再试。") from None
    return office, people


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def audit(options: argparse.Namespace) -> int:
    """Verify the chain of the log, or write the log as a workbook."""
    with session.catalogue(options):
        if options.part == "export":
            ledgers.write_audit(options.out)
            output.say(f"已写出 {options.out}。")
            return DONE
        verdict = log.verify()
    if options.json:
        output.document(
            {
                "ok": verdict.ok,
                "entries": verdict.entries,
                "head": verdict.head,
                "first_bad": verdict.first_bad,
                "text": verdict.says,
            }
        )
    else:
        output.say(verdict.says)
    return DONE if verdict.ok else FOUND
