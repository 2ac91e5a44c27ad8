"""The audit log: one entry a subject and act, chained; and the check that nobody changed it."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from models.kernel import base, chain
from models.kernel.migrations import triggers
from models.kernel.person import Person
from models.kernel.schema import Audit

_COLUMNS = (
    "id, at, officer_id, officer, action, subject, subject_id, from_state, to_state, sha256, "
    "reason, detail, prev, hash"
)


class Verdict(NamedTuple):
    """`entries` read, the hash at the `head`, the id of the `first_bad` entry; `says` in Chinese.

    `ok` is false with `first_bad` None when the entries are whole but something beside them is
    not: a document's state, a trigger, the head a package was made at.
    """

    ok: bool
    entries: int
    head: str
    first_bad: int | None
    says: str


def write(
    officer: Person | None,
    action: str,
    subject: str,
    subject_id: int | None,
    *,
    from_state: str = "",
    to_state: str = "",
    sha256: str = "",
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> int:
    """Append one entry inside the caller's transaction; its id."""
    last = base.fetch("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
    number, previous = last[0] if last else (0, chain.GENESIS)
    entry = chain.Entry(
        number + 1,
        base.to_text(base.now()),
        officer.id if officer else None,
        officer.name if officer else "",
        action,
        subject,
        subject_id,
        from_state,
        to_state,
        sha256,
        reason,
        json.dumps(detail or {}, ensure_ascii=False, separators=(",", ":"), sort_keys=True),
    )
    Audit.insert(**entry._asdict(), prev=previous, hash=chain.link(previous, entry)).execute()
    return entry.id


def head() -> str:
    """The hash of the newest entry; 64 zeros when there is none."""
    last = base.fetch("SELECT hash FROM audit ORDER BY id DESC LIMIT 1")
    return str(last[0][0]) if last else chain.GENESIS


def verify(known: Verdict | None = None) -> Verdict:
    """Read the chain from the start, or on from a `known` good verdict, and what hangs on it."""
    count, previous = (known.entries, known.head) if known else (0, chain.GENESIS)
    if known and base.fetch("SELECT hash FROM audit WHERE id = ?", (count,)) != (
        [(previous,)] if count else []
    ):
        return _bad(count, previous, count, "已经核验过的记录变了")
    with base.speaking("读不出日志"):
        rows = base.execute(
            f"SELECT {_COLUMNS} FROM audit WHERE id > ? ORDER BY id",  # noqa: S608  # constant
            (count,),
        )
        for row in rows:
            entry, prev, found = chain.Entry(*row[:12]), row[12], row[13]
            if entry.id != count + 1:
                return _bad(count, previous, entry.id, f"第 {count + 1} 条起有记录缺失")
            if prev != previous or chain.link(prev, entry) != found:
                return _bad(count, previous, entry.id, f"第 {entry.id} 条记录的内容被改动过")
            count, previous = entry.id, found
    beside = _beside()
    good = f"日志共 {count} 条，逐条核验无误。"
    says = f"日志 {count} 条完整，但是{beside}" if beside else good
    return Verdict(ok=not beside, entries=count, head=previous, first_bad=None, says=says)


def _bad(count: int, previous: str, first_bad: int, what: str) -> Verdict:
    says = f"{what}。请停止发布，保留现场，并与纸质审批表上的链首值和备份核对。"
    return Verdict(ok=False, entries=count, head=previous, first_bad=first_bad, says=says)


def _beside() -> str:
    """What does not agree with a whole chain, as the rest of a sentence; "" when all agrees."""
    strange = base.fetch(
        "SELECT id FROM document d WHERE state IS NOT (SELECT to_state FROM audit a "
        "WHERE a.subject = 'document' AND a.subject_id = d.id AND a.to_state <> '' "
        "ORDER BY a.id DESC LIMIT 1) ORDER BY id LIMIT 5"
    )
    if strange:
        numbers = "、".join(f"{row[0]} 号" for row in strange)
        return f"文件 {numbers} 的状态与日志不符，有人绕过程序改过目录库。请停止发布并保留现场。"
    lost = base.fetch(
        "SELECT name FROM release WHERE released_at IS NOT NULL "
        "AND head NOT IN (SELECT hash FROM audit) LIMIT 1"
    )
    if lost:
        return (
            f"发布包“{lost[0][0]}”上的链首值在日志里找不到，日志可能被整体换过。"
            "请停止发布并保留现场。"
        )
    present = {row[0] for row in base.fetch("SELECT sql FROM sqlite_master WHERE type = 'trigger'")}
    gone = [text for text in triggers() if text not in present]
    if gone:
        return f"目录库的 {len(gone)} 道防改关卡被拆掉了。请停止发布并从备份恢复。"
    return ""
