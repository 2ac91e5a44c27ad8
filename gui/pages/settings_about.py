"""关于与体检: the program, this machine, and whether the office's data are whole."""

import platform
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtWidgets import QWidget

from gui.actions import button
from gui.desk import Desk
from gui.jobs import Progress
from gui.pages.settings_tab import Tab, caption
from gui.tables.columns import Column, Look
from gui.widgets.plain_table import PlainTable
from intake import doctor
from intake.doctor import Health, Line

if TYPE_CHECKING:
    from models.kernel.changes import Changes

SIGNS = {Health.OK: "done", Health.WARN: "ask", Health.FAIL: "stop"}

COLUMNS = (
    Column("what", "项目", 160, lambda n: n.what),
    Column(
        "level", "情况", 110, lambda n: n.level.label, Look.SIGN, value=lambda n: SIGNS[n.level]
    ),
    Column("says", "说明", 500, lambda n: n.says, tip=lambda n: n.says, stretch=True),
)


class AboutTab(Tab):
    """What one tells the person who helps by telephone."""

    title = "关于与体检"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.table = PlainTable(COLUMNS, "体检结果")
        self.look = button("体检(&C)", self._look, role="primary", icon="shield")
        about = caption(
            f"政务公开工作台 · {platform.system()} {platform.release()}"
            f" · Python {platform.python_version()} · Qt {PySide6.__version__}"
            f"\n数据文件夹：{desk.home.root}"
        )
        about.setTextInteractionFlags(about.textInteractionFlags().TextSelectableByMouse)
        self.lay_out(about, [self.look], self.table)

    def refresh(self, changes: "Changes | None") -> None:
        if changes is None:
            home = self.desk.home
            self.desk.read(self, "machine", lambda: list(doctor.machine(home)), self._show)

    def _look(self) -> None:
        self.look.setEnabled(False)
        home = self.desk.home

        def work(progress: Progress) -> list[Line]:
            return [*doctor.machine(home), *doctor.data(home, progress)]

        def stop(error: BaseException) -> None:
            self.look.setEnabled(True)
            self.desk.failed.emit(error)

        self.desk.work("体检", work, then=self._show, failed=stop)

    def _show(self, lines: list[Line]) -> None:
        self.look.setEnabled(True)
        self.table.show_rows(lines)
