"""The inspector beside the catalogue: one document at a glance, and its catalogue fields."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from detection.report import Status
from gui import theme
from gui.pages.catalogue_fields import FieldsForm
from gui.widgets import severity
from gui.widgets.empty import Empty
from gui.widgets.facts import Fact, Facts
from gui.widgets.pill import Pill
from gui.widgets.severity import SeverityMark
from gui.widgets.steps import Steps, steps_of
from gui.widgets.troubles import Troubles
from gui.widgets.words import day, kind_word, moment, size
from models.disclosure.case import Action, State
from models.kernel.person import Person
from models.queries.rows import AdmissionRow, DocumentDetail, PublicationRow, RevisionRow, StepRow


class Shown(NamedTuple):
    """Everything the inspector shows of one document, read in one go."""

    detail: DocumentDetail
    steps: Sequence[StepRow]
    revisions: Sequence[RevisionRow]
    publications: Sequence[PublicationRow]
    admissions: Sequence[AdmissionRow]
    possible: dict[Action, tuple[str, ...]]
    check_step: bool


def read_shown(document_id: int, officer: Person) -> Shown:
    """Read it; runs on the pool."""
    from models import queries
    from models.disclosure import review
    from models.kernel import policy

    detail = queries.document(document_id)
    office = policy.office()
    return Shown(
        detail,
        queries.steps_of(document_id),
        queries.revisions_of(document_id),
        queries.publications(document_id),
        queries.admissions_of(document_id),
        review.possible(document_id, officer),
        office.check_step if office is not None else True,
    )


def against(shown: Shown | None, which: Action | None) -> tuple[str, ...]:
    """Every reason why this act cannot be done with it now."""
    if shown is None:
        return ("先在目录中选一份文件。",)
    if which is None:
        if shown.detail.state is State.APPROVED:
            return ("已审批，请到“发布”页制作发布包。",)
        return ("这份文件在目录中没有下一步。",)
    return shown.possible.get(which, (f"现在不能{which.label}。",))


class Inspector(QWidget):
    """The panel at the right.

    Signals:
        fields_saved(int, dict): the officer wants these fields of this document kept.
    """

    fields_saved = Signal(int, dict)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("文件详情")
        self.shown: Shown | None = None
        self._drafts: dict[int, dict[str, str]] = {}
        self._title = QLabel()
        self._title.setWordWrap(True)
        self._title.setFont(theme.font(theme.BASE_POINTS + 1, strong=True))
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._pill = Pill()
        self._severity = SeverityMark()
        self._facts = QLabel()
        self._facts.setProperty("role", "caption")
        self._facts.setWordWrap(True)
        self.troubles = Troubles(margin=8)
        self.steps = Steps()
        self.form = FieldsForm()
        self.form.saved.connect(self._saved)
        self.form.edited.connect(self._keep_draft)
        self._revisions, self._history, self._publications = Facts(), Facts(), Facts()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("目录信息、版本、经过、发布")
        for widget, words in (
            (self.form, "目录信息"),
            (self._revisions, "版本"),
            (self._history, "经过"),
            (self._publications, "发布"),
        ):
            self.tabs.addTab(_scrolled(widget), words)
        state = QHBoxLayout()
        state.setSpacing(12)
        state.addWidget(self._pill)
        state.addWidget(self._severity)
        state.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(theme.GUTTER, 14, theme.GUTTER, 8)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addLayout(state)
        head.addWidget(self._facts)
        head.addWidget(self.troubles)
        head.addSpacing(4)
        head.addWidget(self.steps)
        one = QWidget()
        rows = QVBoxLayout(one)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(self.tabs, 1)
        self._none = Empty("document", "选中一份文件，这里显示它的目录信息、版本和办理经过。")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._none)
        self._stack.addWidget(one)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def show_document(self, shown: Shown | None) -> None:
        """Another document, or the same one anew; None: nothing is selected."""
        self.shown = shown
        if shown is None:
            self._stack.setCurrentIndex(0)
            return
        detail = shown.detail
        self._title.setText(detail.title or detail.name)
        self._pill.show_state(detail.state)
        self._severity.show_severity(
            detail.severity,
            severity.words(
                detail.severity, detail.open_findings, detail.findings, detail.scan.status
            )
            if detail.findings or detail.scan.status is not Status.READ
            else "没有待核内容",
        )
        self._facts.setText(
            f"{detail.name}\n{kind_word(detail.kind)} · {size(detail.revision.size)}"
            f" · {day(detail.received_at)}由{detail.registered_by}收下"
        )
        self.troubles.show_texts(
            [trouble.text for trouble in detail.scan.troubles]
            or ([detail.scan.status.label] if detail.scan.status is not Status.READ else [])
        )
        self.steps.show_steps(steps_of(detail, shown.steps, check_step=shown.check_step))
        self.form.show_fields(detail.fields, self._drafts.get(detail.id, {}))
        self._revisions.show_facts(_revision_facts(shown), "还没有版本。")
        self._history.show_facts(_history_facts(shown), "还没有办理经过。处理完待核内容后送审。")
        self._publications.show_facts(
            _publication_facts(shown), "还没有发布记录。上传后在“发布”页填写网址和日期。"
        )
        self._stack.setCurrentIndex(1)

    def forget_draft(self, document_id: int) -> None:
        """The fields of this document have been saved."""
        self._drafts.pop(document_id, None)

    def unsaved(self) -> int:
        """How many documents have fields that were typed and not saved."""
        return len(self._drafts)

    def _keep_draft(self) -> None:
        if self.shown is None:
            return
        draft = self.form.draft()
        if draft:
            self._drafts[self.shown.detail.id] = draft
        else:
            self._drafts.pop(self.shown.detail.id, None)

    def _saved(self, fields: dict[str, str]) -> None:
        if self.shown is not None:
            self.fields_saved.emit(self.shown.detail.id, fields)


def _revision_facts(shown: Shown) -> list[Fact]:
    current = shown.detail.revision.id
    return [
        Fact(
            f"第 {row.ordinal} 版 · {row.origin.label}" + ("（当前）" if row.id == current else ""),
            f"{kind_word(row.kind)}，{size(row.size)}，{row.made_by}，{moment(row.made_at)}",
            f"校验值 {row.sha256[:16]}…",
        )
        for row in reversed(shown.revisions)
    ]


def _history_facts(shown: Shown) -> list[Fact]:
    facts = [(row.at, row.action.label, row.officer, row.reason) for row in shown.steps]
    facts += [
        (
            row.at,
            "放行国家秘密标志" + ("" if row.current else "（以前的版本）"),
            row.officer,
            row.reason,
        )
        for row in shown.admissions
    ]
    return [
        Fact(label, f"{officer}，{moment(at)}", reason)
        for at, label, officer, reason in sorted(facts, reverse=True)
    ]


def _publication_facts(shown: Shown) -> list[Fact]:
    return [
        Fact(row.channel, f"{day(row.date)}，{row.officer}", row.url) for row in shown.publications
    ]


def _scrolled(widget: QWidget) -> QScrollArea:
    frame = QWidget()
    frame.setProperty("role", "panel")
    frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    rows = QVBoxLayout(frame)
    rows.setContentsMargins(theme.GUTTER, 12, theme.GUTTER, 12)
    rows.addWidget(widget)
    rows.addStretch(1)
    area = QScrollArea()
    area.setWidget(frame)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
