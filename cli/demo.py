"""`demo`: the whole job on the sample office, without a screen, and what it made.

Nothing here goes around a rule: every act is the act of an officer, through the same functions as
the window. What the demo decides for the officers stands in `_ruling_for` and `_HELD_BACK`.
"""

import argparse
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import resources
from cli import output
from cli.entry import DONE, FOUND
from detection.finding import Family
from detection.report import Status
from exporters import annual_report, notices, package, sample_office
from exporters.sample_office import public_list
from formats import CLEANABLE
from intake import pipeline
from intake.examine import Examiner
from intake.pipeline import Outcome, Taken
from models import queries
from models.disclosure import documents, findings, releases, review
from models.disclosure.rulings import Ruling
from models.disclosure.workflow import Action
from models.kernel import audit, base, people, policy
from models.kernel.errors import Refused
from models.kernel.home import Home
from models.kernel.person import Person, Role
from models.reporting import annual, checks

# Families that make a document unfit for release as a whole (条例第十四条、第十六条).
_HELD_BACK = {Family.INTERNAL, Family.PROCESS, Family.KIND, Family.BUSINESS}
# What these officers let stand, and why; everything else that is found goes.
_KEPT = {
    "name": "公示名单需要列出姓名，便于群众监督",
    "personal-column": "只是表头；列里的每一格另有处理意见",
    "landline": "办公电话，依法应当公开（条例第二十条第（二）项）",
}
_YEAR = 2026


@dataclass(frozen=True, slots=True)
class _Office:
    """Who does what in the sample office."""

    home: Home
    drafter: Person
    head: Person
    secrecy: Person
    leader: Person


def demo(options: argparse.Namespace) -> int:
    """Set up, take in, rule, clean, review, release, notice, report; print what was made."""
    out = (options.out or Path("示例单位成果")).absolute()
    home = Home(
        options.home.absolute() if options.home else Path(tempfile.mkdtemp(prefix="gongkai-"))
    )
    if home.catalogue.exists():
        raise Refused(f"{home.root} 里已有单位。演示要用空的数据文件夹，请换一个 --home。")
    out.mkdir(parents=True, exist_ok=True)
    office, officers = sample_office.setup()
    policy.set_up(home, office, officers)
    base.open_catalogue(home, create=False)
    try:
        return _job(_roles(home), out)
    finally:
        base.close_catalogue()


def _roles(home: Home) -> _Office:
    def holder(role: Role) -> Person:
        return next(p for p in people.everyone() if role in p.roles)

    return _Office(
        home, holder(Role.DRAFTER), holder(Role.HEAD), holder(Role.SECRECY), holder(Role.LEADER)
    )


def _job(office: _Office, out: Path) -> int:
    sources = out.parent / f"{out.name}-收件"
    files = sample_office.write_files(sources)
    try:
        with Examiner(office.home.temp) as children:
            taken = pipeline.take_many(
                office.home, [sources], office.drafter, children, progress=output.progress
            )
            ready = [
                t.document_id
                for t in taken
                if t.outcome is Outcome.KEPT
                and t.document_id is not None
                and _prepare(office, t.document_id, children)
            ]
    finally:
        shutil.rmtree(sources)
    _say_taken(taken, len(files))
    approved = [document for document in ready if _reviewed(office, document)]
    output.say(f"审查：{len(approved)} 份经四人办理通过，其余留待人工处理或不予公开。")
    name = f"{_YEAR}年第1批主动公开信息"
    made, _ = releases.release(
        office.home, approved, partial(package.build, out=out), office.drafter, name
    )
    released = next(r for r in queries.releases() if r.id == made)
    notice = notices.make("公示", public_list.facts(), out / "农村低保对象公示.docx")
    report = out / f"{_YEAR}年政府信息公开工作年度报告.docx"
    failed = _report(office, len(approved), report)
    verdict = audit.verify()
    output.say(f"发布包：{released.folder}\n压缩包：{released.archive}")
    output.say(f"审批表：{out / '审批表'}")
    output.say(f"公示：{notice.path}（{notice.rows} 行，未列出 {len(notice.dropped)} 列）")
    output.say(f"年度报告：{report}")
    output.say(f"日志：{verdict.says}")
    output.say(f"数据文件夹：{office.home.root}（可用 --home 打开查看）")
    return DONE if verdict.ok and not failed else FOUND


def _say_taken(taken: Iterable[Taken], written: int) -> None:
    outcomes = [t.outcome for t in taken]
    output.say(
        f"收件：{written} 份，收下 {outcomes.count(Outcome.KEPT)} 份，"
        f"因国家秘密标志拒收 {outcomes.count(Outcome.SECRET)} 份。"
    )


def _prepare(office: _Office, document: int, children: Examiner) -> bool:
    """Rule on everything, clean, look at scans; False where the document is not for release."""
    detail = queries.document(document)
    if detail.scan.status is Status.UNREADABLE:
        return False
    if any(f.family in _HELD_BACK and f.visible for f in queries.findings_of(document)):
        return False
    documents.edit(
        document,
        {
            "organ": detail.fields["organ"] or "白石沟镇人民政府",
            "attribute": "主动公开",
            "validity": "有效",
            "scope": "面向社会",
            "time_limit": "长期公开",
            "source": "本机关制作",
            **_described(detail.title),
        },
        office.drafter,
    )
    _rule(office, document)
    if detail.kind in CLEANABLE:
        pipeline.clean_copy(office.home, document, office.drafter, children)
        _rule(office, document)
    for page in queries.document(document).scan.image_pages:
        documents.saw_page(document, page, office.drafter)
    return True


def _described(title: str) -> dict[str, str]:
    """The genre where the officer knows better than the guess from the title."""
    if "管理办法》的通知" in title:
        return {"genre": "行政规范性文件", "signed_on": "2026-06-03"}
    return {}


def _rule(office: _Office, document: int) -> None:
    for finding in queries.findings_of(document):
        if finding.ruling is None:
            ruling, reason = _ruling_for(finding)
            findings.rule_on([finding.id], ruling, office.drafter, reason)


def _ruling_for(finding: queries.FindingRow) -> tuple[Ruling, str]:
    if finding.family is Family.HIDDEN or not finding.visible:
        return Ruling.REDACT, ""
    if finding.rule in _KEPT:
        return Ruling.KEEP, _KEPT[finding.rule]
    return (Ruling.MASK, "") if finding.suggest else (Ruling.REDACT, "")


def _reviewed(office: _Office, document: int) -> bool:
    """Through four people's hands; a refusal is printed and leaves the document where it is."""
    steps = (
        (Action.SUBMIT, office.drafter),
        (Action.CHECK, office.head),
        (Action.CLEAR, office.secrecy),
        (Action.APPROVE, office.leader),
    )
    for action, officer in steps:
        try:
            review.perform(document, action, officer)
        except Refused as refusal:
            title = queries.document(document).title
            output.say(f"  {title}：{refusal.reasons[0]}")
            return False
    return True


def _report(office: _Office, released: int, out: Path) -> bool:
    """Save and write the annual report; True where a check fails."""
    tables = annual.counted(_YEAR)
    rows = tables.table3.rows
    numbers = {
        "year": _YEAR,
        "released": released,
        "issued": tables.table2.normative[0],
        "received": rows["new"][-1],
        "carried": rows["carried_in"][-1],
        "left": rows["carried_out"][-1],
    }
    texts = {k: t.format(**numbers) for k, t in resources.table("sample/report.toml").items()}
    annual.save(_YEAR, tables, texts, office.drafter)
    organ = sample_office.setup()[0].name
    annual_report.write(annual_report.AnnualReport(organ, _YEAR, tables, **texts), out)
    return any(c.status == "fails" for c in checks.check(tables))
