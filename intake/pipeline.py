"""The walk: take files in, examine stored ones again, make clean copies."""

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath

import formats
from detection.report import Report, Status
from formats import opening
from formats.reading import Kind, Mark, Part, Unreadable
from intake import outcomes, scratch
from intake.admitting import let_in
from intake.entry import take_in
from intake.examine import Examiner
from intake.many import files_in, take_many
from intake.taken import SECRET_KEPT, Outcome, Taken
from models import queries
from models.disclosure import admissions, documents, findings
from models.kernel import store
from models.kernel.changes import Changes
from models.kernel.errors import Changed, Refused, Unavailable
from models.kernel.home import Home
from models.kernel.person import Person

__all__ = [
    "Outcome", "Taken", "clean_copy", "edit", "files_in", "let_in", "scan_again", "take_in",
    "take_many",
]  # fmt: skip

SWEPT = "制作公开件时一并去掉"
_WHAT = "没有生成公开件"


def scan_again(
    home: Home,
    document_id: int,
    officer: Person | None,
    examiner: Examiner,
    *,
    admission: str = "",
) -> Changes:
    """Examine the current revision's stored bytes again, with today's rules.

    A state-secret mark that only newer rules know is entered as such, and every further step is
    then refused; the caller must tell the officer. `officer` None: the program by itself.
    `admission`: the reason of a 保密审查员 for whom the marks in these bytes are none.
    Raises Unavailable, Refused, Cancelled.
    """
    if officer is not None and admission:
        admissions.require(officer, admission)
    detail = queries.document(document_id)
    revision = detail.revision
    passed = revision.sha256 if admission else admissions.admitted(revision.id)
    stored = _stored(home, revision.sha256)
    matter = detail.fields["matter"]
    report = examiner.examine(stored, name=revision.name, admitted=passed, matter=matter)
    if report.status is not Status.STOPPED and report.sha256 is None:
        raise Unavailable("没有重新检查", _trouble(report))
    if admission and not admissions.marked(report.findings):
        admission = ""
    return documents.add_scan(document_id, report, officer, admission=admission)


def edit(
    home: Home,
    document_id: int,
    fields: Mapping[str, object],
    officer: Person,
    examiner: Examiner,
) -> Changes:
    """Set catalogue fields; another matter judges the lists anew, so the file is examined again.

    Raises Unavailable, Refused, Cancelled.
    """
    before = queries.document(document_id).fields["matter"]
    changes = documents.edit(document_id, fields, officer)
    if queries.document(document_id).fields["matter"] != before:
        changes |= scan_again(home, document_id, officer, examiner)
    return changes


def clean_copy(
    home: Home, document_id: int, officer: Person, examiner: Examiner, *, admission: str = ""
) -> Changes:
    """Write a clean copy of the current revision by the rulings and make it the new revision.

    The copy is always made anew, also where no text has to go: hidden parts, revisions, comments
    and properties stay behind; what nobody has to look at among them is ruled on here. The copy is
    then examined like any file; what is left in it becomes findings. `admission`: the reason of a
    保密审查员 for whom the state-secret marks left in the copy are none; that of the original does
    not hold for it. Raises Refused, Unavailable, Cancelled.
    """
    if admission:
        admissions.require(officer, admission)
    detail = queries.document(document_id)
    revision = detail.revision
    if revision.kind not in formats.CLEANABLE:
        raise Refused(_not_cleanable(detail.title, revision.kind))
    # Each finding has a ruling before its text goes: by the officer who makes the copy.
    swept = [found.id for found in queries.findings_of(document_id) if queries.swept(found)]
    ruled = findings.rule_on(swept, findings.Ruling.REDACT, officer, SWEPT) if swept else Changes()
    marks = findings.marks(document_id)
    complaint = examiner.begin_batch()
    if complaint:
        raise Unavailable(_WHAT, complaint)
    name = clean_name(revision.name, marks, formats.clean_suffix(revision.kind))
    inside = [mark for mark in marks if mark.place.part is not Part.NAME]
    with scratch.folder(home.temp) as folder:
        out = folder / f"clean{PurePath(name).suffix}"
        source = _stored(home, revision.sha256)
        try:
            examiner.redact(source, inside, out, revision.kind)
        except Unreadable as error:
            raise Unavailable(_WHAT, error.text) from None
        passed = outcomes.fingerprint(out)[1] or "" if admission else ""
        matter = detail.fields["matter"]
        report = examiner.examine(out, name=name, admitted=passed, matter=matter)
        if report.status is Status.STOPPED:
            raise Refused(f"《{detail.title}》的公开件没有保存。{SECRET_KEPT}")
        if report.sha256 is None or report.status is Status.UNREADABLE:
            raise Unavailable(_WHAT, f"生成的公开件读不回来，没有保存。{_trouble(report)}")
        try:
            stored = store.keep(home, out, report.sha256)
        except Changed:
            raise Unavailable(_WHAT, "生成的公开件在检查后又变了，没有保存。请重试。") from None
        return (
            ruled
            | documents.add_revision(
                document_id,
                stored,
                report,
                name=name,
                origin=documents.Origin.CLEAN,
                officer=officer,
                made_from=(detail.scan.id, marks),
                admission=admission,
            )[1]
        )


def clean_name(name: str, marks: Sequence[Mark], suffix: str) -> str:
    """The clean copy's name: the texts ruled on in the name are gone from it too."""
    name = opening.shown(name)  # the spans count in the name as it was read
    spans = [m for m in marks if m.place.part is Part.NAME and m.place.member is None]
    for mark in sorted(spans, key=lambda m: m.span, reverse=True):
        start, end = mark.span
        name = name[:start] + mark.replacement + name[end:]
    # "*" may stand in a replacement, and no Windows file name may hold it.
    for forbidden in '\\/:*?"<>|':
        name = name.replace(forbidden, "×" if forbidden == "*" else "_")
    stem = PurePath(f"_{name}").stem[1:]  # of ".txt", whose own stem is ".txt", nothing is left
    return f"{stem.strip(' .') or '未命名'}{suffix}"


def _stored(home: Home, sha256: str) -> Path:
    path = store.path_of(home, sha256)
    if not store.intact(home, sha256):
        raise Unavailable(
            "存档文件不可用",
            "保存的原文件缺失或已被改动。请停止办理这一份，并从备份恢复“originals”文件夹。",
        )
    return path


def _trouble(report: Report) -> str:
    return next((t.text for t in report.troubles), Status.UNREADABLE.label)


def _not_cleanable(title: str, kind: Kind) -> str:
    return (
        f"《{title}》是 {kind.value} 文件，程序还不能为这种文件生成公开件。"
        "请用原软件去掉不宜公开的内容，另存为 docx、xlsx、txt 或 csv 后替换。"
    )
