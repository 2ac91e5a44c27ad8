"""What the desk says and offers where a document cannot be shown: it cannot be read, or may not."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from detection.report import Status
from gui.pages.review_load import Opened
from gui.widgets.document_refusal import Left
from gui.widgets.findings_panel import NONE, Nothing
from intake.taken import SECRET_KEPT
from models.disclosure.case import Action

NOTHING = "没有等您办理的文件。左上方可以改看全部未办结的文件或者某一批。"
_NOT_LOOKED_AT = Nothing("没有检查", "文件没有检查，不知道里面有什么。能做什么，见中间的说明。")
_NOT_ALL = Nothing(
    "没有读全",
    "读到的文字里没有发现。没有读到的部分请人工查看，确认可以公开后再办下一步。",
)


class Refused(NamedTuple):
    """Leading sentence, the reasons, and each act that is left with what speaks against it."""

    lead: str
    why: Sequence[str]
    against: Mapping[Left, Sequence[str]]


def refused(opened: Opened) -> Refused | None:
    """None where the document can be shown."""
    scan = opened.detail.scan
    if scan.status is Status.STOPPED:
        left: dict[Left, Sequence[str]] = {Left.ADMIT: ()} if opened.reviewer else {}
        return Refused("有国家秘密标志，不能打开", (SECRET_KEPT,), left)
    if scan.status is not Status.UNREADABLE:
        return None
    why = [one.text for one in scan.troubles] or [scan.status.label]
    replace = (opened.may_rule,) if opened.may_rule else ()
    return Refused(
        "程序读不了这份文件，里面的内容没有检查",
        (*why, "没有检查过的文件不能送审。可以换一份能打开的文件，或者不公开、不再办理："),
        {
            Left.REPLACE: replace,
            Left.WITHHOLD: opened.against.get(Action.WITHHOLD, ()),
            Left.DISCARD: opened.against.get(Action.DISCARD, ()),
        },
    )


def nothing(opened: Opened) -> Nothing:
    """Why no finding is listed; that nothing was found is not said of what was not read."""
    status = opened.detail.scan.status
    if status is Status.READ:
        return NONE
    return _NOT_ALL if status is Status.PARTLY else _NOT_LOOKED_AT
