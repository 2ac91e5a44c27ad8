"""One rule of the office: filled in, tried on the catalogue, then put in force with a reason."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from gui.actions import button
from gui.desk import Desk
from gui.dialogs.box import Box
from gui.dialogs.rule_fields import RuleFields
from gui.jobs import Progress
from gui.tables.columns import Column, Look
from gui.widgets.plain_table import PlainTable
from models.disclosure import office_rules

if TYPE_CHECKING:
    from intake.rule_trial import Trial

WIDTH = 940
_COLUMNS = (
    Column("title", "会查出的文件", 190, lambda h: f"{h.document_id} 号 {h.title}", stretch=True),
    Column("state", "状态", 70, lambda h: h.state, Look.SECOND),
    Column("places", "处数", 48, lambda h: str(h.places), Look.NUMBER),
    Column("excerpts", "内容", 130, lambda h: "、".join(h.excerpts), Look.SECOND),
)


class RuleTrial(QWidget):
    """The right half: try it, see which documents it would speak in, stop it.

    What is tried is the text that is put in force; any change asks for another trial.
    """

    def __init__(self, desk: Desk, name: str, text: Callable[[], str]) -> None:
        super().__init__()
        self._desk, self.name, self.text = desk, name, text
        self.tried = ""
        self._job: int | None = None
        self.changed: Callable[[], None] = lambda: None
        self.says = QLabel("保存前先试一试：会在目录里的哪些文件中查出什么。什么都不会改。")
        self.says.setWordWrap(True)
        self.says.setTextFormat(Qt.TextFormat.PlainText)
        self.table = PlainTable(_COLUMNS, "试查结果")
        self.table.setMinimumHeight(200)
        self.begin = button("试查(&T)", self.run, icon="search")
        self.halt = button("停止试查", self.stop)
        line = QHBoxLayout()
        line.addWidget(self.begin)
        line.addWidget(self.halt)
        line.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(line)
        rows.addWidget(self.says)
        rows.addWidget(self.table, 1)
        self.halt.hide()

    def look(self, missing: str) -> None:
        """Something was typed: what was tried is no longer what would be saved."""
        self.begin.setEnabled(not missing and self._job is None)
        self.begin.setToolTip(missing)

    def run(self) -> None:
        """The dry run, in the background."""
        desk, name, text = self._desk, self.name, self.text()

        def work(progress: Progress) -> "Trial":
            from intake import rule_trial

            return rule_trial.try_out(
                desk.home, name, text, progress=progress.tell, stopped=progress.stopped
            )

        def done(trial: "Trial") -> None:
            self.tried = "" if trial.wrong else text
            if isValid(self):
                self.table.show_rows(trial.hits)
            self._end(trial.says, wrong=bool(trial.wrong))

        self._job = desk.work("试查规则", work, then=done, failed=self._failed)
        self.begin.setEnabled(False)
        self.halt.show()
        self.says.setText("正在试查，进度见窗口下方。可以随时停止，停止前试过的照样算。")

    def stop(self) -> None:
        """The officer wants no more of it, or closed the box."""
        if self._job is not None:
            self._desk.jobs.cancel(self._job)

    def _failed(self, error: BaseException) -> None:
        self._end("试查没有做完，什么都没有改。请再试一次。", wrong=True)
        from gui.jobs import Cancelled

        if not isinstance(error, Cancelled):
            self._desk.failed.emit(error)

    def _end(self, sentence: str, *, wrong: bool) -> None:
        self._job = None
        if not isValid(self):  # the box was closed meanwhile
            return
        self.halt.hide()
        self.begin.setEnabled(True)
        self.says.setText(sentence)
        self.says.setProperty("role", "error" if wrong else "")
        self.says.style().unpolish(self.says)
        self.says.style().polish(self.says)
        self.changed()


def ask_rule(
    desk: Desk, parent: QWidget, fields: RuleFields, old: office_rules.Entry | None
) -> Box:
    """Fill in, try, save: the fields at the left, the trial at the right."""
    box = Box(parent, "改一条本单位的规则" if old else "加一条本单位的规则", WIDTH)
    trial = RuleTrial(
        desk, office_rules.OWN, lambda: office_rules.with_entry(fields.part, fields.row(), old)
    )
    halves = QWidget()
    line = QHBoxLayout(halves)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(20)
    left = QVBoxLayout()
    left.addWidget(fields)
    left.addStretch(1)
    line.addLayout(left, 5)
    line.addWidget(trial, 6)
    halves.setFixedHeight(400)
    box.put(halves)
    _finish(desk, box, trial, fields.missing, lambda: fields.named)
    fields.edited.connect(lambda: trial.look(fields.missing()))
    fields.edited.connect(trial.changed)
    trial.look(fields.missing())
    box.ask()
    fields.kind.setFocus()
    return box


def ask_file(desk: Desk, parent: QWidget, name: str, text: str) -> Box:
    """A rule file or word list from outside: try it, then put it in force."""
    box = Box(parent, f"导入规则文件“{name}”", 640)
    trial = RuleTrial(desk, name, lambda: text)
    trial.setFixedHeight(320)
    box.put(trial)
    _finish(desk, box, trial, lambda: "", lambda: name)
    box.ask()
    trial.begin.setFocus()
    return box


def _finish(
    desk: Desk, box: Box, trial: RuleTrial, missing: Callable[[], str], named: Callable[[], str]
) -> None:
    """The reason and the verbs; only what was tried can be saved."""
    box.line("为什么这样改（记入日志）：", "second")
    why = QLineEdit()
    why.setAccessibleName("为什么这样改")
    why.setPlaceholderText("例如：按县政府办 2026 年 3 月的通知增加")
    box.put(why)
    officer = desk.officer

    def save() -> None:
        from intake import rule_trial

        text, what, reason = trial.tried, named(), why.text().strip()
        desk.act(
            lambda: rule_trial.save(desk.home, trial.name, text, officer, reason, what),
            says=f"{what}已经生效，以前的文件将在后台重新检查。",
        )
        box.accept()

    box.verb("先不做", box.reject)
    act = box.verb("保存并生效", save, role="primary", default=True)

    def look() -> None:
        same = bool(trial.tried) and not missing() and trial.tried == trial.text()
        reason = (
            missing()
            or ("" if same else "先试查，再保存。")
            or ("" if why.text().strip() else "请写明为什么这样改。")
        )
        act.setEnabled(not reason)
        act.setToolTip(reason)

    trial.changed = look
    box.finished.connect(lambda _result: trial.stop())
    why.textChanged.connect(lambda _text: look())
    look()
