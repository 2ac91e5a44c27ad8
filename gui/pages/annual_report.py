"""年度报告: the three statutory tables and the texts of one year, checked while they are typed."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.actions import action, button
from gui.desk import Desk
from gui.dialogs.box import Box, tell
from gui.pages.annual_report_checks import Checks
from gui.pages.annual_report_grid import Field, grids, totalled
from gui.pages.annual_report_table import GridModel, GridTable
from gui.pages.annual_report_texts import Texts
from gui.pages.page import Page
from gui.widgets.words import moment
from models.kernel import base, policy
from models.reporting import annual
from models.reporting.annual import Report
from models.reporting.checks import check
from models.reporting.tables import Tables

if TYPE_CHECKING:
    from exporters.annual_report import AnnualReport
    from models.kernel.changes import Changes

TEXTS = "一、五、六　文字"
HEAD_HEIGHT = 60


class AnnualReportPage(Page):
    """One year at a time."""

    key = "annual"
    title = "年度报告"
    icon = "report"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._report: Report | None = None
        self._tables = Tables()
        self._dirty = False
        self._leave_agreed = False
        self.years = QComboBox()
        self.years.setAccessibleName("年份")
        now = base.now().year
        for year in range(now, now - 6, -1):
            self.years.addItem(f"{year} 年", year)
        self.saved = QLabel()
        self.saved.setProperty("role", "caption")
        self.save_button = button("保存", self.save, role="primary", tip="保存（Ctrl+S）")
        self.export_button = button(
            "导出 Word…", self.export, icon="export", tip="导出 Word（Ctrl+E）"
        )
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("报告的部分")
        self.tabs.setExpanding(False)
        self.stack = QStackedWidget()
        self.models = [GridModel(grid, self) for grid in grids()]
        self.grids = [GridTable(model) for model in self.models]
        self.texts = Texts()
        self.checks = Checks()
        self._lay_out()
        self._connect()

    # --- Page

    def refresh(self, changes: "Changes | None") -> None:
        year = self._year()
        if changes is not None and year not in changes.reports:
            return
        if not self._dirty:
            self._read(year)

    def open_record(self, record: object) -> None:
        if isinstance(record, int):
            self.years.setCurrentIndex(max(0, self.years.findData(record)))

    def may_leave(self) -> bool:
        if not self._dirty or self._leave_agreed:
            self._leave_agreed = False
            return True
        box = Box(self, f"{self._year()} 年的年度报告有没有保存的修改")
        box.line("保存后再离开；或者放弃这些修改。")

        def drop() -> None:
            box.accept()
            self._set_dirty(dirty=False)
            self._read(self._year())

        def keep() -> None:
            box.accept()
            self.save()

        box.verb("放弃修改", drop, role="danger")
        box.verb("继续填写", box.reject)
        box.verb("保存", keep, role="primary", default=True)
        box.ask()
        return False

    def start(self) -> QWidget | None:
        """Numbers can be typed at once."""
        at = self.tabs.currentIndex()
        return self.grids[at] if at < len(self.grids) else next(iter(self.texts.fields.values()))

    # --- building

    def _lay_out(self) -> None:
        bar = QWidget()
        bar.setProperty("role", "bar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(theme.BAR)
        line = QHBoxLayout(bar)
        line.setContentsMargins(12, 0, 12, 0)
        line.setSpacing(8)
        line.addWidget(self.years)
        line.addWidget(self.tabs, 1)
        line.addWidget(self.saved)
        line.addWidget(self.export_button)
        line.addWidget(self.save_button)
        for table in self.grids:
            inner = QWidget()
            inner.setProperty("role", "panel")
            inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            around = QVBoxLayout(inner)
            around.setContentsMargins(16, 12, 16, 12)
            around.addWidget(table)
            self.stack.addWidget(inner)
        self.stack.addWidget(self.texts)
        for name in ("二　主动公开", "三　依申请公开", "四　复议诉讼", TEXTS):
            at = self.tabs.addTab(name)
            self.tabs.setTabToolTip(at, f"{name}（Ctrl+PageDown、Ctrl+PageUp 翻动）")
        third = self.grids[1].horizontalHeader()
        for column, width in enumerate((92, 92, 210)):
            third.setSectionResizeMode(column, third.ResizeMode.Fixed)
            third.resizeSection(column, width)
        # Long names of applicants over narrow columns: three lines of two characters.
        self.grids[1].setRowHeight(2, HEAD_HEIGHT)
        second = self.grids[0].horizontalHeader()
        second.setSectionResizeMode(0, second.ResizeMode.Fixed)
        second.resizeSection(0, 260)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.stack, 1)
        row.addWidget(self.checks)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addLayout(row, 1)

    def _connect(self) -> None:
        action(self, "保存", self.save, key="Ctrl+S")
        action(self, "导出 Word", self.export, key="Ctrl+E")
        action(self, "下一部分", lambda: self._leaf(1), key="Ctrl+PgDown")
        action(self, "上一部分", lambda: self._leaf(-1), key="Ctrl+PgUp")
        action(self, "到核对结果", self.checks.take_focus, key="F6")
        self.tabs.currentChanged.connect(self._show_part)
        self.years.currentIndexChanged.connect(lambda _at: self._turn())
        for model in self.models:
            model.edited.connect(self._edit)
            model.refused.connect(self.desk.said)
        self.texts.edited.connect(lambda: self._set_dirty(dirty=True))
        self.checks.field_asked.connect(self.go_to)

    def _leaf(self, by: int) -> None:
        self.tabs.setCurrentIndex(self.tabs.currentIndex() + by)

    def _show_part(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        if self.isVisible():
            self.take_focus()

    # --- one year

    def _year(self) -> int:
        return int(self.years.currentData())

    def _turn(self) -> None:
        report = self._report
        if report is not None and self._year() != report.year and not self.may_leave():
            self.years.blockSignals(True)  # noqa: FBT003  Qt's signature
            self.years.setCurrentIndex(self.years.findData(report.year))
            self.years.blockSignals(False)  # noqa: FBT003  Qt's signature
            return
        self._read(self._year())

    def _read(self, year: int) -> None:
        self.desk.read(self, "report", lambda: annual.load(year), self._show)

    def _show(self, report: Report) -> None:
        if report.year != self._year() or self._dirty:
            return
        self._report = report
        self._show_tables(totalled(report.tables))
        self.texts.show_texts(report.texts)
        self._set_dirty(dirty=False)

    def _show_tables(self, tables: Tables) -> None:
        self._tables = tables
        wrong = self.checks.show_checks(check(tables))
        for model in self.models:
            model.show_tables(tables)
            model.show_wrong(wrong)

    def _edit(self, tables: Tables) -> None:
        self._show_tables(tables)
        self._set_dirty(dirty=True)

    def _set_dirty(self, *, dirty: bool) -> None:
        self._dirty = dirty
        report = self._report
        self.save_button.setEnabled(dirty)
        if dirty:
            self.saved.setText("有没有保存的修改")
        elif report is None or report.saved_at is None:
            self.saved.setText("草稿：数字来自目录，尚未保存")
        else:
            self.saved.setText(f"{report.saved_by} 保存于 {moment(report.saved_at)}")

    def go_to(self, field: Field) -> None:
        """Bring a cell into view."""
        self.tabs.setCurrentIndex(field.table - 2)
        table = self.grids[field.table - 2]
        table.go_to(field)
        table.setFocus()

    # --- acts

    def save(self) -> None:
        """Keep numbers and texts."""
        if not self._dirty:
            return
        year, tables, texts = self._year(), self._tables, self.texts.texts()
        officer = self.desk.officer
        self._set_dirty(dirty=False)
        self.desk.act(
            lambda: annual.save(year, tables, texts, officer),
            failed=self._not_saved,
            says=f"{year} 年年度报告已保存",
        )

    def _not_saved(self, error: BaseException) -> None:
        self._set_dirty(dirty=True)
        self.desk.failed.emit(error)

    def export(self) -> None:
        """Ask where to, then write the Word report."""
        year = self._year()
        proposed = str(Path.home() / f"{year}年政府信息公开工作年度报告.docx")
        path, _ = QFileDialog.getSaveFileName(self, "导出 Word", proposed, "Word 文档 (*.docx)")
        if path:
            self.write(Path(path))

    def write(self, out: Path) -> None:
        """Write the report as it stands on screen."""
        make = partial(_report, self._year(), self._tables, self.texts.texts())

        def work(_progress: object) -> Path:
            from exporters import annual_report

            annual_report.write(make(), out)
            return out

        def done(_path: object) -> None:
            failing = sum(one.status != "holds" for one in check(self._tables))
            lines = [f"已写到：{out}"]
            if failing:
                lines.append(f"还有 {failing} 处核对不符，请改正后重新导出再报送。")
            tell(self, "年度报告已导出", lines)

        self.desk.work(f"导出 {self._year()} 年年度报告", work, then=done)


def _report(year: int, tables: Tables, texts: dict[str, str]) -> "AnnualReport":
    from exporters.annual_report import AnnualReport

    office = policy.office()
    stripped = {key: texts[key].strip() for key in annual.SECTIONS}
    return AnnualReport(
        organ=office.name if office is not None else "", year=year, tables=tables, **stripped
    )
