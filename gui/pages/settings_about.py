"""关于与体检: the program, this machine, and whether the office's data are whole."""

import platform
import shutil
import sys
from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

import PySide6
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

import resources
from gui.actions import button
from gui.desk import Desk
from gui.jobs import Progress
from gui.pages.settings_tab import Tab, caption
from gui.tables.columns import Column, Look
from gui.widgets.plain_table import PlainTable
from models.kernel.home import Home

if TYPE_CHECKING:
    from models.kernel.changes import Changes

LOW_DISK = 2 * 1024**3
GIB = 1024**3


class Health(Enum):
    """How a thing is; the values are names of icons and colours."""

    GOOD = ("done", "良好")
    CARE = ("ask", "注意")
    BAD = ("stop", "有问题")


class Line(NamedTuple):
    """One thing looked at."""

    what: str
    health: Health
    says: str


COLUMNS = (
    Column("what", "项目", 160, lambda n: n.what),
    Column("health", "情况", 110, lambda n: n.health.value[1], Look.SIGN, value=lambda n: n.health),
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
            f"政务公开工作台 · Python {platform.python_version()} · Qt {PySide6.__version__}"
            f"\n数据文件夹：{desk.home.root}"
        )
        about.setTextInteractionFlags(about.textInteractionFlags().TextSelectableByMouse)
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 16, 8)
        bar.addWidget(about, 1)
        bar.addWidget(self.look)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(bar)
        rows.addWidget(self.table, 1)

    def refresh(self, changes: "Changes | None") -> None:
        if changes is None:
            faces = frozenset(QFontDatabase.families())
            self.desk.read(
                self, "machine", lambda: list(_machine(self.desk.home, faces)), self._show
            )

    def _look(self) -> None:
        self.look.setEnabled(False)
        home, faces = self.desk.home, frozenset(QFontDatabase.families())

        def work(progress: Progress) -> list[Line]:
            return [*_machine(home, faces), *_data(home, progress)]

        def stop(error: BaseException) -> None:
            self.look.setEnabled(True)
            self.desk.failed.emit(error)

        self.desk.work("体检", work, then=self._show, failed=stop)

    def _show(self, lines: list[Line]) -> None:
        self.look.setEnabled(True)
        self.table.show_rows(lines)


def _machine(home: Home, faces: frozenset[str]) -> Iterator[Line]:
    nearest = next(path for path in (home.root, *home.root.parents) if path.exists())
    free = shutil.disk_usage(nearest).free
    good = free > LOW_DISK
    yield Line(
        "磁盘空间",
        Health.GOOD if good else Health.CARE,
        f"剩余 {free / GIB:.1f} GB" + ("" if good else "，请清理磁盘"),
    )
    lacking = [
        f"{face['name']}（将以{face['stands_in']}代替）"
        for face in resources.table("system/fonts.toml")["face"]
        if face["name"] not in faces
    ]
    yield Line(
        "公文字体",
        Health.CARE if lacking else Health.GOOD,
        f"缺少{'、'.join(lacking)}。请从单位已购字体中安装" if lacking else "齐全",
    )
    yield Line(
        "操作系统", Health.GOOD, f"{platform.system()} {platform.release()}（{sys.platform}）"
    )


def _data(home: Home, progress: Progress) -> Iterator[Line]:
    from models import queries
    from models.disclosure import releases
    from models.kernel import audit, base, store
    from models.queries.rows import DocumentFilter

    progress(0, 0, "目录库")
    broken = base.integrity()
    yield Line(
        "目录库",
        Health.BAD if broken else Health.GOOD,
        f"文件有损坏：{broken}。请停止使用并从备份恢复" if broken else "完好",
    )
    verdict = audit.verify()
    yield Line("日志链", Health.GOOD if verdict.ok else Health.BAD, verdict.says)
    ids = (*queries.document_ids(), *queries.document_ids(DocumentFilter(trash=True)))
    expected = sorted({row.sha256 for one in ids for row in queries.revisions_of(one)})
    lost = 0
    for number, sha256 in enumerate(expected):
        progress(number, len(expected), "原件库")
        lost += not store.intact(home, sha256)
    yield Line(
        "原件库",
        Health.BAD if lost else Health.GOOD,
        f"{lost} 个文件缺失或与登记不符，请从备份恢复"
        if lost
        else f"{len(expected)} 个文件都与登记一致",
    )
    alone = len(releases.orphans(home))
    yield Line(
        "上传包",
        Health.CARE if alone else Health.GOOD,
        f"{alone} 个上传包没有登记为发布，可能是制作时中断；请重新制作，旧的删除"
        if alone
        else "都有发布记录",
    )
