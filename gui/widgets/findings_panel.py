"""The right column: findings by family, the one selected in full, the opinion and the steps."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QListView,
    QVBoxLayout,
    QWidget,
)

from detection.finding import COLUMN
from gui import theme
from gui.widgets.document_view import DocumentView
from gui.widgets.findings_detail import FindingDetail
from gui.widgets.findings_model import FINDING_ROLE, FindingsDelegate, FindingsModel
from gui.widgets.findings_opinion import OpinionBox
from gui.widgets.findings_order import column_of, progress, same_column, same_rule
from models.disclosure.precedents import Precedent
from models.queries.rows import FindingRow

NARROW = 288
LEAST = 96


class Nothing(NamedTuple):
    """Why the list is empty: in a word for the head, and in a sentence that says what to do."""

    word: str
    says: str


NONE = Nothing("没有发现", "没有发现。请通读全文，确认可以公开后再办下一步。")


class FindingsPanel(QWidget):
    """340 px of findings.

    Signals:
        chosen(int): another finding is selected, by pointer or key.
        bare_toggled(bool): the officer wants to see the text itself, or no longer.
        abandoned(): the list had the keyboard and has gone.
    """

    chosen = Signal(int)
    abandoned = Signal()
    bare_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(NARROW)
        self.setMaximumWidth(theme.INSPECTOR)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._findings: Sequence[FindingRow] = ()
        self._current: int | None = None
        self._view: DocumentView | None = None
        self._may_rule = ""
        self._precedents: Mapping[int, Precedent] = {}
        self.title = QLabel("发现")
        self.title.setProperty("role", "section")
        self.bare = QCheckBox("显示原文（B）")
        self.bare.setToolTip("原文只在内存里，不保存；旁人在场时请用遮盖显示。")
        self.model = FindingsModel(self)
        self.list = QListView()
        self.list.setAccessibleName("发现列表")
        self.list.setModel(self.model)
        self.list.setItemDelegate(FindingsDelegate(self.model))
        self.list.setMouseTracking(True)
        self.list.setMinimumHeight(LEAST)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.none = QLabel(NONE.says)
        self.none.setProperty("role", "second")
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.none.setWordWrap(True)
        self.none.setContentsMargins(24, 0, 24, 0)
        self.detail = FindingDetail()
        self.opinion = OpinionBox()
        head = QWidget()
        head.setProperty("role", "bar")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(theme.BAR)
        line = QHBoxLayout(head)
        line.setContentsMargins(16, 0, 12, 0)
        line.addWidget(self.title, 1)
        line.addWidget(self.bare)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(head)
        rows.addWidget(self.list, 1)
        rows.addWidget(self.none, 1)
        rows.addWidget(self.detail)
        rows.addWidget(self.opinion)
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.bare.toggled.connect(self._toggle_bare)
        self.show_nothing()

    def sizeHint(self) -> QSize:
        return QSize(theme.INSPECTOR, super().sizeHint().height())

    def read_from(self, view: DocumentView) -> None:
        """Where the bare text comes from."""
        self._view = view
        view.read_on.connect(self.freshen)

    @property
    def current(self) -> FindingRow | None:
        """The selected finding."""
        return next((f for f in self._findings if f.id == self._current), None)

    @property
    def precedent(self) -> Precedent | None:
        """What was decided before on the text of the selected finding."""
        return self._precedents.get(self._current or 0)

    def show_findings(
        self,
        findings: Sequence[FindingRow],
        *,
        may_rule: str,
        none: Nothing = NONE,
        labels: Mapping[str, str] | None = None,
        precedents: Mapping[int, Precedent] | None = None,
    ) -> None:
        """The findings of a document; keeps the selected one if it is still there.

        `none`: what to say where there are none. `labels`: the rules' names by id. `precedents`:
        earlier decisions on the same texts by the finding's id.
        """
        self._findings, self._may_rule = findings, may_rule
        self.model.labels, self._precedents = labels or {}, precedents or {}
        self.model.show_findings(findings)
        self.title.setText(f"发现 · {progress(findings) if findings else none.word}")
        left = not findings and self.window().focusWidget() is self.list
        self.list.setVisible(bool(findings))
        self.none.setVisible(not findings)
        self.none.setText(none.says)
        self.opinion.show()
        if left:  # else the keyboard would fall into the opinion, and the keys be written there
            self.abandoned.emit()
        self.select(self._current if self.current is not None else None)

    def count_alike(self, texts: int) -> None:
        """Say how far the selected one's ruling can reach; `texts` in the batch are the same."""
        one = self.current
        if one is not None:
            found = self._findings
            if one.rule == COLUMN:
                self.detail.show_column(len(column_of(found, one)))
                return
            self.detail.show_alike(texts, len(same_rule(found, one)), len(same_column(found, one)))

    def show_nothing(self) -> None:
        """No document."""
        self._findings, self._current = (), None
        self.model.show_findings(())
        self.title.setText("发现")
        self.list.hide()
        self.none.setText("")
        self.none.show()
        self.opinion.hide()
        self.detail.show_finding(None, "", may_rule="")

    def select(self, finding_id: int | None) -> None:
        """Select a finding; nothing is emitted."""
        self._current = finding_id
        row = self.model.row_of(finding_id)
        chosen = self.list.selectionModel()
        with QSignalBlocker(chosen):
            if row is None:
                chosen.clear()
            else:
                index = self.model.index(row)
                chosen.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
                self.list.scrollTo(index)
        self.list.viewport().update()
        self._show_detail()

    def freshen(self) -> None:
        """More text was read, or the toggle moved: show what is bare now."""
        self.model.bare = self._bare if self.bare.isChecked() else None
        self.model.freshen()
        self._show_detail()

    def _bare(self, finding: FindingRow) -> str | None:
        return self._view.bare(finding) if self._view is not None else None

    def _show_detail(self) -> None:
        finding = self.current
        text, read = "", ""
        if finding is not None:
            text = self.model.shown_text(finding)
            read = self._view.certainty(finding) if self._view is not None else ""
        label = self.model.labels.get(finding.rule, "") if finding is not None else ""
        self.detail.show_finding(
            finding, text, may_rule=self._may_rule, read=read, label=label, before=self.precedent
        )

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        finding: FindingRow | None = now.data(FINDING_ROLE) if now.isValid() else None
        if finding is not None and finding.id != self._current:
            self._current = finding.id
            self._show_detail()
            self.chosen.emit(finding.id)

    def _toggle_bare(self, shown: bool) -> None:
        self.freshen()
        self.bare_toggled.emit(shown)
