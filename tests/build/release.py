"""Releases of an invented office: stored files, steps and contents for the package tests."""

import hashlib
from datetime import datetime, timedelta, timezone
from pathlib import Path

from models.disclosure.case import Action, State
from models.disclosure.releases import ReleaseContent, ReleaseItem
from models.queries.rows import StepRow

ZONE = timezone(timedelta(hours=8))
MADE_AT = datetime(2026, 11, 23, 10, 20, tzinfo=ZONE)
ORGAN = "白石沟镇人民政府"
HEAD = hashlib.sha256(b"head").hexdigest()
OFFICERS = ("覃小满", "韦守田", "蓝慎言", "罗致远")


def stored(folder: Path, data: bytes) -> Path:
    """A file as the store keeps it: named by its hash."""
    path = folder / hashlib.sha256(data).hexdigest()
    path.write_bytes(data)
    return path


def steps(sha256: str) -> tuple[StepRow, ...]:
    """Four steps by four officers, a day apart."""
    actions = (Action.SUBMIT, Action.CHECK, Action.CLEAR, Action.APPROVE)
    states = (State.RECEIVED, State.SUBMITTED, State.CHECKED, State.CLEARED, State.APPROVED)
    reasons = ("名单已隐去证件号码", "", "不涉及国家秘密、工作秘密", "")
    return tuple(
        StepRow(
            action, OFFICERS[i], MADE_AT + timedelta(days=i), reasons[i], sha256, *states[i : i + 2]
        )
        for i, action in enumerate(actions)
    )


def item(
    folder: Path,
    number: int = 12,
    *,
    title: str = "白石沟镇2026年度耕地地力保护补贴发放情况公示",
    name: str = "补贴发放情况.docx",
    kind: str = "docx",
    data: bytes = b"clean copy",
    **fields: str,
) -> ReleaseItem:
    """One approved document whose bytes lie in `folder`."""
    path = stored(folder, data)
    values = {
        "index_number": "",
        "organ": ORGAN,
        "document_number": "白石府发〔2026〕31号",
        "signed_on": "2026-11-03",
        "topic": "农业、林业、水利",
        "genre": "公示",
        "attribute": "主动公开",
        "attribute_reason": "内部理由",
        "scope": "面向社会",
        "time_limit": "长期公开",
        "validity": "有效",
        "summary": "公示补贴对象、面积和金额。",
        "department": "农业服务中心",
        "column": "涉农补贴",
        "source": "本机关制作",
        "remark": "内部备注",
    }
    return ReleaseItem(
        document_id=number,
        revision_id=1,
        title=title,
        name=name,
        kind=kind,
        sha256=path.name,
        stored=path,
        fields=values | fields,
        steps=steps(path.name),
        approved_by=OFFICERS,
    )


def content(*items: ReleaseItem, name: str = "2026年第1批主动公开信息") -> ReleaseContent:
    """A release of these documents."""
    return ReleaseContent(name, ORGAN, MADE_AT, HEAD, items)
