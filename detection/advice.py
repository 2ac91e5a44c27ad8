"""What an officer is told of a finding in words: how sure, and what to do. Pure.

The window and the JSON say the same sentences; what a rule's reason and article are stands in the
packs.
"""

from detection.finding import Family, Severity

_SURE = ((0.95, "很有把握"), (0.8, "比较有把握"), (0.6, "很可能是"), (0.0, "不太确定"))

_STOP = (
    "立即停止办理，断开网络，马上报告保密员；不要打开、转发或者删除。"
    "确属误报的，由保密审查员写明理由放行。"
)
_ASK = {
    Family.INTERNAL: "请核实是不是内部事项：是的办理不予公开或者删去，不是的保留。",
    Family.PROCESS: "请核实是不是过程性信息：是的可以不予公开，依法应当公开的保留。",
    Family.KIND: "请核实这种文件该不该公开：不该公开的办理不予公开，可以公开的保留。",
    Family.BUSINESS: "请先征求权利人的意见：不同意公开的删去或者不予公开，同意的保留并写明。",
    Family.WORDING: "请对照原文核对：写错的在原件里改正后替换文件，没有错的保留。",
}


def certainty_words(certainty: float, valid: bool | None) -> str:
    """How sure a rule is, in words and per cent, and what its check digit said."""
    word = next(word for least, word in _SURE if certainty >= least)
    said = f"{word}（{round(certainty * 100)}%）"
    if valid is True:
        said += "，校验码正确"
    elif valid is False:
        said += "，校验码不符，可能写错"
    return said


def advice(family: Family, severity: Severity, suggest: str, *, visible: bool) -> str:
    """What to do about a finding, as one sentence or two. `suggest`: the text in its place."""
    if severity is Severity.STOP:
        return _STOP
    if not visible:
        return "读者看不见，文件发出去别人取得到：请打开看一眼，制作公开件时会去掉。"
    if severity is Severity.NOTE:
        return "供参考，请看一眼；没有问题的保留。"
    if severity is Severity.ASK and family in _ASK:
        return _ASK[family]
    hide = f"改为“{suggest}”" if suggest.strip() else "删去"
    if severity is Severity.ASK:
        return f"请核实：是的，公开前{hide}；不是的，写明理由。"
    return f"公开前{hide}；依法可以公开的，保留并写明依据。"
