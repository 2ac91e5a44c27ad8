"""单位与流程: what the papers print of the office, and its route."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from gui.actions import button
from gui.desk import Desk
from gui.pages.settings_tab import Tab, caption
from models.kernel import policy
from models.kernel.policy import Office

if TYPE_CHECKING:
    from models.kernel.changes import Changes

WIDTH = 640
LINES = (
    ("name", "单位名称", "全称，印在审批表、目录和发布包上"),
    ("unit_code", "统一社会信用代码", "十八位"),
    ("region", "行政区划", ""),
    ("review_body", "复议机关", "告知书上写的行政复议机关"),
    ("court", "管辖法院", "告知书上写的人民法院"),
)


class OfficeTab(Tab):
    """The office's own settings; every change is in the log."""

    title = "单位与流程"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._office: Office | None = None
        self.lines: dict[str, QLineEdit] = {}
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        for key, label, hint in LINES:
            line = QLineEdit()
            line.setPlaceholderText(hint)
            line.setAccessibleName(label)
            line.textChanged.connect(lambda _text: self._look())
            form.addRow(label, line)
            self.lines[key] = line
        self.check_step = QCheckBox("送审后先由科室负责人审核，再做保密审查")
        self.check_step.toggled.connect(lambda _on: self._look())
        form.addRow("审查流程", self.check_step)
        form.addRow(
            "",
            caption("承办人自审、保密审查、分管领导审批是必经步骤，不能关闭；超时不会自动通过。"),
        )
        self.save = button("保存设置(&S)", self._save, role="primary")
        self.back = button("还原", self._show_again)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.save)
        inner = QWidget()
        inner.setMaximumWidth(WIDTH)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addSpacing(8)
        column.addLayout(foot)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(24, 20, 24, 16)
        rows.addWidget(inner)
        rows.addStretch(1)
        self._look()

    def refresh(self, changes: "Changes | None") -> None:
        if changes is None or changes.policy:
            self.desk.read(self, "office", policy.office, self._show)

    def value(self) -> Office | None:
        """The office as typed."""
        if self._office is None:
            return None
        typed = {key: line.text().strip() for key, line in self.lines.items()}
        return replace(
            self._office,
            name=typed["name"],
            unit_code=typed["unit_code"],
            region=typed["region"],
            review_body=typed["review_body"],
            court=typed["court"],
            check_step=self.check_step.isChecked(),
        )

    def _show(self, office: Office | None) -> None:
        self._office = office
        if office is not None:
            for key, line in self.lines.items():
                line.setText(getattr(office, key))
            self.check_step.setChecked(office.check_step)
        self._look()

    def _show_again(self) -> None:
        self._show(self._office)

    def _look(self) -> None:
        changed = self.value() != self._office
        self.save.setEnabled(changed)
        self.back.setEnabled(changed)

    def _save(self) -> None:
        new, by = self.value(), self.desk.officer
        if new is not None:
            self.desk.act(lambda: policy.change(new, by), says="单位设置已保存。")
