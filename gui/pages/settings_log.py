"""日志: every act in its order, and the check that nothing was changed afterwards."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from gui.actions import button
from gui.desk import Desk
from gui.dialogs.box import tell
from gui.pages import settings_words as words
from gui.pages.catalogue_acts import documents_folder
from gui.pages.settings_tab import Tab
from gui.tables.columns import Column, Look
from gui.tables.rows_model import Order, RowsModel
from gui.tables.table import Table
from gui.widgets.words import moment
from models import queries
from models.kernel.audit import Verdict

if TYPE_CHECKING:
    from array import array

    from models.kernel.changes import Changes

COLUMNS = (
    Column("id", "序号", 64, lambda r: str(r.id), Look.NUMBER, sort="id"),
    Column("at", "时间", 160, lambda r: moment(r.at), Look.SECOND),
    Column("officer", "人员", 96, lambda r: r.officer or "程序"),
    Column("action", "做了什么", 120, words.act),
    Column("subject", "对象", 104, words.subject),
    Column("way", "状态变化", 160, words.way),
    Column("remark", "理由或内容", 200, words.remark, tip=words.remark, stretch=True),
    Column("hash", "链值", 110, lambda r: r.hash[:12], Look.SECOND, tip=lambda r: r.hash),
)


class LogTab(Tab):
    """The audit log."""

    title = "日志"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.model = RowsModel(
            desk, COLUMNS, self._ids, queries.audit_rows, Order("id", descending=True), self
        )
        self.table = Table(desk, self.model, "audit")
        self.table.setAccessibleName("审计日志")
        self.verdict = QLabel("每一步都记入日志并前后相扣，改动任何一条都能核验出来。")
        self.verdict.setProperty("role", "second")
        self.verdict.setWordWrap(True)
        self.verify = button("立即核验(&V)", self._verify, role="primary", icon="shield")
        self.export = button("导出日志…(&E)", self._export, icon="export")
        self.lay_out(self.verdict, [self.export, self.verify], self.table)

    def refresh(self, changes: "Changes | None") -> None:
        self.model.reload()

    def _ids(self, order: Order) -> "array[int]":
        ids = queries.audit_ids()
        return ids if order.descending else ids[::-1]

    def _verify(self) -> None:
        from models.kernel import audit

        self.verify.setEnabled(False)
        self.verdict.setText("正在逐条核验……")

        def stop(error: BaseException) -> None:
            self.verify.setEnabled(True)
            self.desk.failed.emit(error)

        self.desk.read(self, "verify", audit.verify, self._show, stop)

    def _show(self, verdict: Verdict) -> None:
        self.verify.setEnabled(True)
        self.verdict.setText(f"{verdict.says} 链首 {verdict.head[:16]}…")
        self.verdict.setToolTip(f"链首：{verdict.head}")
        self.verdict.setProperty("role", "good" if verdict.ok else "error")
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)

    def _export(self) -> None:
        proposed = str(Path(documents_folder()) / "审计日志.csv")
        name, _ = QFileDialog.getSaveFileName(
            self, "导出日志", proposed, "Excel 可打开的表格 (*.csv)"
        )
        if name:
            file = Path(name)
            self.table.export_csv(
                file, lambda _none: tell(self, "日志已导出。", (f"文件：{file}",))
            )
