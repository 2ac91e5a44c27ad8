"""The words of the audit log: acts and subjects as an officer calls them."""

import json

from models.disclosure.case import Action, State
from models.queries.rows import AuditRow

ACTS = {
    "set-up": "首次设置",
    "change": "修改设置",
    "sign-in": "登录",
    "locked": "登录锁定",
    "add": "加入人员",
    "set-roles": "调整岗位",
    "set-password": "设置密码",
    "deactivate": "停用人员",
    "register": "收下文件",
    "revise": "产生新版本",
    "examine": "重新检查",
    "admit": "放行国家秘密标志",
    "change-rules": "修改检查规则",
    "edit": "修改目录信息",
    "saw-page": "查看页面",
    "rule": "处理待核内容",
    "undo-rule": "撤销处理",
    "mark": "人工标记",
    "open": "新建",
    "put-in-batch": "归入批次",
    "publish": "登记发布",
    "abandon": "放弃发布包",
    "save": "保存",
    **{action.value: action.label for action in Action},
}
SUBJECTS = {
    "document": "文件",
    "release": "发布包",
    "batch": "批次",
    "officer": "人员",
    "policy": "设置",
    "report": "年度报告",
    "rules": "检查规则",
}
_STATES = {state.value: state.label for state in State}


def act(row: AuditRow) -> str:
    """What was done."""
    return ACTS.get(row.action, row.action)


def subject(row: AuditRow) -> str:
    """What it was done to: 文件 12."""
    word = SUBJECTS.get(row.subject, row.subject)
    return f"{word} {row.subject_id}" if row.subject_id is not None else word


def way(row: AuditRow) -> str:
    """From one state to another; empty where nothing moved."""
    if not row.to_state:
        return ""
    start = _STATES.get(row.from_state, row.from_state)
    end = _STATES.get(row.to_state, row.to_state)
    return f"{start} → {end}" if start else end


def remark(row: AuditRow) -> str:
    """The reason that was written, else what the entry says beside it."""
    if row.reason:
        return row.reason
    try:
        detail = json.loads(row.detail)
    except json.JSONDecodeError:
        return ""
    if not isinstance(detail, dict):
        return ""
    if "label" in detail:
        return str(detail["label"])
    if "url" in detail:
        said = (detail.get("channel"), detail.get("date"), detail["url"])
        return " ".join(str(part) for part in said if part)
    return str(detail.get("name", ""))
