"""The single checks of the review. Pure: each gives sentences with what, where and what to do."""

from collections.abc import Iterator

from detection.report import Status
from models.disclosure.case import Action, Case, Origin, Step
from models.disclosure.catalogue import missing

_DECIDING = (Action.SUBMIT, Action.CHECK, Action.CLEAR, Action.APPROVE)
_DONE = {
    Action.SUBMIT: "送审",
    Action.CHECK: "科室审核",
    Action.CLEAR: "保密审查",
    Action.APPROVE: "审批",
}


def reason_given(case: Case) -> Iterator[str]:
    """Returning, withholding and the like are explained in writing."""
    if not case.reason.strip():
        yield "还没有写理由。请写明原因和依据，它会记入日志并印在审批表上。"


def bytes_examined(case: Case) -> Iterator[str]:
    """The newest scan is of this revision, of the rulebook in force, and could read the file."""
    if case.scan is None:
        yield "当前版本还没有检查过。请先重新检查。"
        return
    if case.scan.status is Status.UNREADABLE:
        yield "文件读不出来，程序没有检查过内容。请换一份能打开的文件，或者另存为新格式后替换。"
    elif case.scan.status is Status.STOPPED:
        yield (
            "文件里有国家秘密标志。请立即停止办理，断开网络，并报告保密员；"
            "确属误报的，由保密审查员写明理由放行。"
        )
    elif case.scan.rulebook != case.rulebook:
        yield "检查之后规则更新过，原来的检查不再算数。请先重新检查。"


def nothing_forbidden(case: Case) -> Iterator[str]:
    """A finding of the worst kind blocks whatever was ruled on it."""
    for what in case.stops:
        yield (
            f"文件里有禁止公开的内容：{what}。请停止办理并报告保密员；"
            "确属误报的，改正原文后替换文件，或者由保密审查员写明理由放行。"
        )


def findings_ruled(case: Case) -> Iterator[str]:
    """No finding without a ruling."""
    if case.findings_open:
        yield f"还有 {case.findings_open} 处发现没有处理意见。请在审查页逐处处理。"


def clean_copy_made(case: Case) -> Iterator[str]:
    """What was ruled to be hidden is gone from the bytes, and a fresh file was written."""
    if case.marks_waiting:
        if case.cleanable:
            yield f"有 {case.marks_waiting} 处决定删除或遮盖，还没有生成公开件。请先生成公开件。"
        else:
            yield (
                f"有 {case.marks_waiting} 处决定删除或遮盖，但是{case.kind.value.upper()}格式暂时"
                "不能生成公开件。请用 Word、Excel 或者文本格式的原件处理后替换。"
            )
    elif case.cleanable and case.origin is not Origin.CLEAN:
        yield "还没有生成公开件，原件里的批注、修订、属性等会一起公开。请先生成公开件。"


def pages_seen(case: Case) -> Iterator[str]:
    """Each page that is a picture was looked at, however well its text was recognised; a file that
    was not read whole otherwise was explained."""
    scan = case.scan
    if scan is None:
        return
    unseen = [page for page in scan.image_pages if page not in case.pages_seen]
    who = case.steps[0].officer if case.steps else "送审人"
    if unseen:
        shown = "、".join(str(page) for page in unseen[:10]) + ("等" if len(unseen) > 10 else "")
        yield (
            f"有 {len(unseen)} 页是图片，识别可能有错有漏，{who}还没有看过：第 {shown} 页。"
            "请在审查页逐页看完。"
        )
    elif scan.status is Status.PARTLY and not scan.image_pages:
        written = case.steps[0].reason if case.steps else case.reason
        if not written.strip():
            yield "文件有一部分程序读不出来。请人工看完全部内容，送审时写明看过什么、结论是什么。"


def described(case: Case) -> Iterator[str]:
    """The catalogue fields that must not be empty are filled in."""
    yield from missing(case.values)


def same_bytes(case: Case) -> Iterator[str]:
    """Every step of this round was taken on the bytes that are current now."""
    if not case.steps or case.steps[0].action is not Action.SUBMIT:
        yield "找不到这一轮的送审记录。请退回后重新送审。"
    elif any(step.sha256 != case.sha256 for step in _deciding(case)):
        yield "送审以后文件换过版本，之前的审查意见不再算数。请退回后重新送审。"


def check_taken(case: Case) -> Iterator[str]:
    """Where the office has the 科室 step, it was taken."""
    if case.check_step and _by(case, Action.CHECK) is None:
        yield "缺少科室负责人审核。请退回后重新送审。"


def cleared_by_others(case: Case) -> Iterator[str]:
    """The secrecy review was done, and not by the submitter."""
    clear = _by(case, Action.CLEAR)
    if clear is None:
        yield "缺少保密审查。请退回后重新送审。"
        return
    yield from _twice(case, clear)


def approved_by_others(case: Case) -> Iterator[str]:
    """The approval was given, by somebody who took no earlier step."""
    approve = _by(case, Action.APPROVE)
    if approve is None:
        yield "缺少分管领导审批。请退回后重新送审。"
        return
    yield from _twice(case, approve)


def approved_to_publish(case: Case) -> Iterator[str]:
    """Only what is to be published of the office's own accord goes into a package."""
    if case.values.get("attribute") != "主动公开":
        yield (
            f"公开方式是“{case.values.get('attribute') or '（未定）'}”，不是“主动公开”，不能发布。"
            "请改办不予公开，或者退回改定公开方式。"
        )


def different_person(case: Case) -> Iterator[str]:
    """Whoever acts now took none of this round's earlier deciding steps."""
    for step in _deciding(case):
        if step.officer_id == case.person.id:
            yield (
                f"“{case.person.name}”已经办过这份文件的{_DONE[step.action]}，"
                "同一个人不能再办后面的审查。请由另一位同岗位人员办理。"
            )


def admitter_stays_out(case: Case) -> Iterator[str]:
    """Whoever let a state-secret mark pass does not decide on the document as well."""
    for number, name in case.admitters:
        if number == case.person.id:
            yield (
                f"“{name}”放行过这份文件里的国家秘密标志，不能再办这份文件的送审和审查。"
                "请由另一位同岗位人员办理。"
            )


def admitted_by_others(case: Case) -> Iterator[str]:
    """No step of this round was taken by the officer who let a state-secret mark pass."""
    taken = {step.officer_id: step for step in _deciding(case)}
    for number, name in case.admitters:
        if number in taken:
            yield (
                f"“{name}”放行过这份文件里的国家秘密标志，又办了{_DONE[taken[number].action]}，"
                "应当由不同的人办理。请退回后重新送审。"
            )


def _twice(case: Case, taken: Step) -> Iterator[str]:
    for step in _deciding(case):
        if step.action is not taken.action and step.officer_id == taken.officer_id:
            yield (
                f"{_DONE[step.action]}和{_DONE[taken.action]}都是“{taken.officer}”办的，"
                "应当由不同的人办理。请退回后重新送审。"
            )


def _deciding(case: Case) -> tuple[Step, ...]:
    return tuple(step for step in case.steps if step.action in _DECIDING)


def _by(case: Case, action: Action) -> Step | None:
    return next((step for step in reversed(case.steps) if step.action is action), None)
